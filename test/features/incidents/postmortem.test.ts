import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCardRenderer, maxCardLength, warmTemplates } from '../../../src/bot/card-renderer.ts';
import { postmortemForm } from '../../../src/features/incidents/postmortem-views.ts';
import {
  emptyFields,
  FIELDS,
  fieldNames,
  mergeFields,
  STEPS,
  type Fields,
  type Step,
} from '../../../src/features/incidents/postmortem.ts';
import type { Icm } from '../../../src/features/tracking/icm-store.ts';
import { testDatabases } from '../../support/databases.ts';
import { cardOf, wordsIn, type Harness } from '../../support/harness.ts';
import { channel, hour, minute, newNumber, shownTo, startBot, threadOf, titles } from './stage.ts';

const day = 24 * hour;

describe('what two people write at the same time', () => {
  const fields = fc.record(
    Object.fromEntries(fieldNames.map((name) => [name, fc.constantFrom('', 'a', 'b', 'c')])) as Record<
      keyof Fields,
      fc.Arbitrary<string>
    >,
  );
  test('nothing that only one of them changed is lost, and what both changed is told', () => {
    fc.assert(
      fc.property(fields, fields, fields, (base, theirs, mine) => {
        const merged = mergeFields(base, theirs, mine);
        for (const name of fieldNames) {
          const [was, their, my] = [base[name], theirs[name], mine[name]];
          if (my === was) expect(merged.fields[name]).toBe(their);
          else expect(merged.fields[name]).toBe(my);
          expect(merged.conflicts.includes(name)).toBe(my !== was && their !== was && my !== their);
        }
      }),
    );
  });
});

describe('the form', () => {
  beforeAll(warmTemplates);
  test('holds the longest texts whole, with what somebody else wrote beside them', () => {
    const renderer = createCardRenderer(new URL('../../../cards/', import.meta.url));
    const icm = { id: crypto.randomUUID(), number: '512345678', title: '' } as Icm;
    for (const step of Object.keys(STEPS) as Step[]) {
      // Quotes and line ends take two characters in JSON: the worst there is.
      const full = Object.fromEntries(
        fieldNames.map((name) => [name, '"\n'.repeat(FIELDS[name].most).slice(0, FIELDS[name].most - 1) + 'x']),
      ) as Fields;
      const reply = postmortemForm(icm, step, full, 1, { theirs: full, notices: ['n'.repeat(300)] });
      if (reply.kind !== 'card') throw new Error('Expected a card');
      const json = renderer.render(reply.card, reply.view);
      expect(json.length).toBeLessThanOrEqual(maxCardLength);
      for (const name of STEPS[step].fields) expect(json).toContain(JSON.stringify(full[name]));
    }
  });
  test('has a field for everything that a postmortem has', () => {
    expect(Object.values(STEPS).flatMap(({ fields }) => [...fields])).toEqual([...fieldNames]);
    expect(Object.keys(emptyFields)).toEqual([...fieldNames]);
  });
});

describe.each(testDatabases)('postmortems on $name', ({ open }) => {
  let bot: Harness;
  beforeAll(async () => {
    bot = await startBot(await open());
    // A lead is reached only in a personal chat with the bot.
    await bot.client.announceInstalls();
    await bot.app.settle();
  });
  afterAll(() => bot.stop());

  async function tracked(key = 'lukas') {
    const icm = newNumber();
    const { message } = await bot.ask(key, `track ${icm}`, channel);
    return { icm, thread: threadOf(message) };
  }
  const textOf = (messages: { readonly content: { readonly text?: string } }[]) => messages[0]?.content.text ?? '';
  const versions = (icm: string) =>
    bot.database.query<{ revision: number; fields: Fields; saved_by_name: string }>(
      `SELECT v.* FROM postmortem_version v JOIN postmortem p ON p.id = v.postmortem_id JOIN icm ON icm.id = p.icm_id
       WHERE icm.number = $1 ORDER BY v.revision`,
      [icm],
    );
  const actions = (icm: string) =>
    bot.database.query<{ what: string; owner_name: string; owner_id: string; due_at: Date; status: string }>(
      `SELECT a.* FROM postmortem_action a JOIN icm ON icm.id = a.icm_id WHERE icm.number = $1 ORDER BY seq`,
      [icm],
    );
  /** A postmortem with a saved summary. */
  async function written(summary: string, key = 'lukas') {
    const { icm, thread } = await tracked(key);
    const { message } = await bot.ask(key, `postmortem ${icm}`, thread);
    await bot.press(key, message.id, 'What happened');
    await bot.press(key, message.id, 'Save', { summary, impact: 'two customers' });
    return { icm, thread, message };
  }

  test('the draft tells of promised updates that were never sent, open or replaced after their time', async () => {
    const { icm, thread } = await tracked();
    await bot.say('lukas', `next update on ${icm} in 5 min`, thread);
    const draft = async () => shownTo(bot, 'lukas', (await bot.ask('lukas', `postmortem ${icm}`, thread)).message);
    expect(await draft()).not.toContain('not sent by the promised time');
    await bot.pass(10 * minute);
    expect(await draft()).toContain('1 promised update was not sent by the promised time, nor after it.');
    await bot.say('lukas', `next update on ${icm} in 2 hours`, thread);
    // The clock of the database is not the clock of the test.
    await bot.database.query(
      `UPDATE follow_up SET closed_at = due_at + interval '8 minutes' WHERE status = 'replaced'
         AND icm_id = (SELECT id FROM icm WHERE number = $1)`,
      [icm],
    );
    expect(await draft()).toContain('1 promised update was not sent by the promised time, nor after it.');
    await bot.pass(3 * hour);
    expect(await draft()).toContain('2 promised updates were not sent by the promised time, nor after it.');
  });

  test('the draft comes from the records, without names, and is not saved by being looked at', async () => {
    const { icm, thread } = await tracked();
    await bot.say('lukas', 'change: restarted the gateway, team Networking. Result: no effect', thread);
    await bot.say('priya', 'change: moved the job', thread);
    const { message } = await bot.ask('lukas', 'draft the postmortem', thread);
    const text = shownTo(bot, 'lukas', message);
    expect(text).toContain('Nothing of it is saved yet');
    expect(text).toContain('Change 1: restarted the gateway (team Networking). Result: no effect.');
    expect(text).toContain('1 change has no result written down.');
    expect(text).toContain('Still empty: Impact, Problem, Symptoms, Root cause');
    expect(text).toContain('(F90)');
    expect(text).not.toContain('Priya');
    expect(await versions(icm)).toEqual([]);
  });

  test('two who edit at once lose nothing, and the second one sees what both changed', async () => {
    const { icm, message } = await written('Jobs stood still.');
    await bot.press('lukas', message.id, 'What happened');
    await bot.press('priya', message.id, 'What happened');
    await bot.press('priya', message.id, 'Save', {
      summary: 'Jobs stood still for two hours.',
      impact: 'two customers',
    });
    // Lukas changes the impact alone: both are kept.
    await bot.press('lukas', message.id, 'Save', { summary: 'Jobs stood still.', impact: 'three customers' });
    expect((await versions(icm)).at(-1)).toMatchObject({
      revision: 3,
      fields: { summary: 'Jobs stood still for two hours.', impact: 'three customers' },
    });
    await bot.press('amara', message.id, 'What happened');
    await bot.press('lukas', message.id, 'What happened');
    await bot.press('lukas', message.id, 'Save', { summary: 'By Lukas', impact: 'three customers' });
    await bot.press('amara', message.id, 'Save', { summary: 'By Amara', impact: 'three customers' });
    const form = JSON.stringify(bot.cardFor('amara', message.id));
    expect(form).toContain('By Amara');
    expect(form).toContain('Saved there meanwhile: “By Lukas”');
    expect((await versions(icm)).at(-1)).toMatchObject({ fields: { summary: 'By Lukas' } });
    await bot.press('amara', message.id, 'Save', { summary: 'By both', impact: 'three customers' });
    expect((await versions(icm)).at(-1)).toMatchObject({
      fields: { summary: 'By both' },
      saved_by_name: 'Amara Nowak',
    });
    expect((await versions(icm)).map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5]);
  });

  test('the leads read what went well, before what is improved', async () => {
    const { message } = await written('The job stood still.');
    await bot.press('lukas', message.id, 'What we learned');
    await bot.press('lukas', message.id, 'Save', { wentWell: 'The alert came in time.', improve: 'A runbook.' });
    await bot.press('lukas', message.id, 'Check and share');
    await bot.press('lukas', message.id, 'Share with the leads');
    const posts = (await bot.pass(minute)).filter((one) => one.content.attachments !== undefined);
    expect(posts.map((one) => wordsIn(cardOf(one))).join()).toContain(
      'What went well\nThe alert came in time.\nWhat we improve\nA runbook.',
    );
  });

  test('words of blame are pointed out before it is shared; whoever wrote it may share all the same', async () => {
    const { icm, message } = await written('It was late because Lukas forgot to restart the job.');
    await bot.press('lukas', message.id, 'Check and share');
    const shown = shownTo(bot, 'lukas', message);
    expect(shown).toContain('Words that may sound like blame');
    expect(shown).toContain('“Lukas forgot to restart the job”: it names somebody beside a fault.');
    expect(shown).toContain('Say instead: This did not happen: “restart the job”.');
    expect(shown).toContain('(F91)');
    expect(titles(bot.cardFor('lukas', message.id))).toContain('Share it as it is');
    await bot.press('lukas', message.id, 'Share it as it is');
    const posts = await bot.pass(minute);
    const post = posts.find(
      (one) => one.content.attachments !== undefined && wordsIn(cardOf(one)).includes(`ICM ${icm}`),
    );
    expect(wordsIn(cardOf(post!))).toContain('What we learned from');
    expect(wordsIn(cardOf(post!))).toContain('How that was verified\nNot written down.');
    expect(post!.conversationId).toBe(bot.person('amara').chatId);
    const trail = await bot.database.query<{ event: string; details: object }>(
      `SELECT event, details FROM audit WHERE event LIKE 'postmortem %' AND subject = (SELECT id::text FROM icm WHERE number = $1)
       ORDER BY id`,
      [icm],
    );
    expect(trail).toMatchObject([
      { event: 'postmortem saved' },
      { event: 'postmortem blame pointed out', details: { count: 1 } },
      { event: 'postmortem shared', details: { pointedOut: 1, leads: 1 } },
    ]);
    expect(JSON.stringify(trail)).not.toContain('forgot');
    expect(bot.log.join('')).not.toContain('forgot');
  });

  test('is shared once for each version, only by who has a part in it, and only as it was looked at', async () => {
    const { icm, message } = await written('Jobs stood still.');
    await bot.press('lukas', message.id, 'Check and share');
    const share = { type: 'Action.Execute', verb: 'postmortem/share', title: 'x' };
    const [row] = await bot.database.query<{ id: string }>('SELECT id FROM icm WHERE number = $1', [icm]);
    const press = async (key: string, revision: string) =>
      JSON.stringify(
        await bot.client.press(bot.person(key), message.id, { ...share, data: { icm: row!.id, revision } }),
      );
    expect(await press('priya', '1')).toContain('can share it');
    await press('lukas', '0');
    expect(shownTo(bot, 'lukas', message)).toContain('It has changed since you looked at it');
    await bot.press('lukas', message.id, 'Check and share');
    await bot.press('lukas', message.id, 'Share with the leads');
    await press('lukas', '1');
    expect(shownTo(bot, 'lukas', message)).toContain('This version was shared already');
    const posts = await bot.pass(minute);
    expect(posts.filter(({ conversationId }) => conversationId === bot.person('amara').chatId)).toHaveLength(1);
  });

  test('an action is asked for until it has an owner and a day, and its owner is reminded of it', async () => {
    bot.clock.now = Date.parse('2026-11-20T09:00:00Z');
    await bot.database.query('DELETE FROM outbox');
    const { icm, thread } = await tracked();
    const { message } = await bot.ask('lukas', 'action: add an alert for gateway errors', thread);
    expect(shownTo(bot, 'lukas', message)).toContain('Who takes care of it?');
    await bot.press('lukas', message.id, 'Save the action', { what: 'add an alert', owner: 'me', due: '' });
    expect(shownTo(bot, 'lukas', message)).toContain('Until when?');
    await bot.press('lukas', message.id, 'Save the action', { what: 'add an alert', owner: 'me', due: 'Monday' });
    expect(shownTo(bot, 'priya', message)).toContain(`Action 1 of ICM ${icm} is on the list`);
    expect(await actions(icm)).toMatchObject([{ what: 'add an alert', owner_name: 'Lukas Weber', status: 'open' }]);
    // Monday 23 November at the team's time, on the clock of Berlin.
    expect((await actions(icm))[0]!.due_at.toISOString()).toBe('2026-11-23T08:00:00.000Z');
    const reminded = (await bot.pass(3 * day)).filter((one) => JSON.stringify(one).includes('is due today'));
    expect(reminded).toHaveLength(1);
    expect(JSON.stringify(bot.cardFor('lukas', reminded[0]!.id))).toContain('<at>Lukas Weber</at>');
    const overdue = (await bot.pass(2 * day)).filter((one) => JSON.stringify(one).includes('is overdue'));
    expect(overdue).toHaveLength(1);
    await bot.press('priya', overdue[0]!.id, 'Done');
    expect(await actions(icm)).toMatchObject([{ status: 'done' }]);
    expect(shownTo(bot, 'lukas', overdue[0]!)).toContain('Done: Priya Sharma.');
    await bot.press('lukas', reminded[0]!.id, 'Done');
    expect(shownTo(bot, 'lukas', reminded[0]!)).toContain('That card was an older one');
    expect((await bot.pass(5 * day)).filter((one) => JSON.stringify(one).includes('Action 1'))).toEqual([]);
  });

  test('a mention in the line makes the owner, and a moved day is reminded of once', async () => {
    bot.clock.now = Date.parse('2026-11-20T09:00:00Z');
    await bot.database.query('DELETE FROM outbox');
    const { icm, thread } = await tracked();
    const { message } = await bot.ask('lukas', 'action: write the runbook, owner @Priya Sharma, by Monday', thread);
    expect(await actions(icm)).toMatchObject([
      { what: 'write the runbook', owner_name: 'Priya Sharma', owner_id: bot.person('priya').aadObjectId },
    ]);
    await bot.press('lukas', message.id, 'Change');
    await bot.press('lukas', message.id, 'Save the action', {
      what: 'write the runbook',
      owner: 'Priya Sharma',
      due: 'Wednesday',
    });
    expect(await actions(icm)).toMatchObject([{ owner_id: bot.person('priya').aadObjectId }]);
    const posts = (await bot.pass(3.5 * day)).filter((one) => JSON.stringify(one).includes('write the runbook'));
    expect(posts).toEqual([]);
    const later = (await bot.pass(2 * day)).filter((one) => JSON.stringify(one).includes('write the runbook'));
    expect(later).toHaveLength(1);
    expect(JSON.stringify(later)).toContain('<at>Priya Sharma</at>');
  });

  test('a form or an action of another ICM or organisation changes nothing', async () => {
    const one = await written('One.');
    const other = await written('Other.');
    await bot.say('lukas', 'action: act, owner me, by Monday', other.thread);
    const idOf = async (sql: string, number: string) =>
      (await bot.database.query<{ id: string }>(sql, [number]))[0]?.id ?? '';
    const icmId = await idOf('SELECT id FROM icm WHERE number = $1', one.icm);
    const actionId = await idOf(
      'SELECT a.id FROM postmortem_action a JOIN icm ON icm.id = a.icm_id WHERE icm.number = $1',
      other.icm,
    );
    const forged = (verb: string, data: object) =>
      bot.client.press(bot.person('lukas'), one.message.id, { type: 'Action.Execute', verb, title: 'x', data });
    await forged('action/done', { icm: icmId, action: actionId, revision: '1' });
    await forged('postmortem/save', { icm: icmId, revision: '99', step: 'what', summary: 'evil', impact: '' });
    await forged('postmortem/save', { icm: icmId, revision: '1', step: 'nothing', summary: 'evil' });
    expect(await actions(other.icm)).toMatchObject([{ status: 'open' }]);
    expect(await versions(one.icm)).toHaveLength(1);
    await bot.database.query(`UPDATE icm SET tenant_id = 'another' WHERE number = $1`, [one.icm]);
    expect(JSON.stringify(await bot.press('lukas', one.message.id, 'Check and share'))).toContain(
      'I do not track that ICM',
    );
    await bot.database.query(`DELETE FROM icm WHERE number = $1`, [one.icm]);
    expect(await bot.database.query('SELECT 1 FROM postmortem WHERE icm_id = $1', [icmId])).toEqual([]);
  });

  test('the Markdown has every field, the actions and the timeline, and says that it is internal', async () => {
    const { thread, message } = await written('Jobs stood still.\n# not a heading');
    await bot.say('lukas', 'note: gateway restarted', thread);
    const action = await bot.ask('lukas', 'action: write a runbook, owner me, by Friday', thread);
    await bot.press('lukas', action.message.id, 'No longer needed');
    const before = bot.messages().length;
    await bot.press('lukas', message.id, 'As Markdown');
    const text = JSON.stringify(bot.messages().slice(before));
    for (const { label } of Object.values(FIELDS)) expect(text).toContain(`## ${label}`);
    expect(text).toContain('Internal document, not for the customer.');
    expect(text).toContain('\\\\# not a heading');
    expect(text).toContain('Note 1: gateway restarted');
    expect(text).toMatch(/- 1\. write a runbook · Lukas Weber · [^·]* · no longer needed/);
    expect(text).not.toContain('dropped');
  });

  test('a question about postmortems is still answered by the guide', async () => {
    const [message] = await bot.say('priya', 'what is a postmortem for?');
    expect(shownTo(bot, 'priya', message!)).not.toContain('Which ICM');
    expect(textOf(await bot.say('priya', 'postmortem 599999999'))).toContain('I do not track ICM 599999999');
  });
});

describe('without leads in the playbook', () => {
  let bot: Harness;
  beforeAll(async () => {
    bot = await startBot(await testDatabases[0]!.open(), false);
  });
  afterAll(() => bot.stop());
  test('it says so and offers the text to copy', async () => {
    const icm = newNumber();
    const tracked = await bot.ask('lukas', `track ${icm}`, channel);
    const { message } = await bot.ask('lukas', `postmortem ${icm}`, threadOf(tracked.message));
    await bot.press('lukas', message.id, 'What happened');
    await bot.press('lukas', message.id, 'Save', { summary: 'Jobs stood still.', impact: '' });
    await bot.press('lukas', message.id, 'Check and share');
    expect(shownTo(bot, 'lukas', message)).toContain('No leads are named in the playbook');
    expect(titles(bot.cardFor('lukas', message.id))).toEqual(['Change the wording', 'As Markdown for the leads']);
    const before = bot.messages().length;
    await bot.press('lukas', message.id, 'As Markdown for the leads');
    expect(JSON.stringify(bot.messages().slice(before))).toContain('What we learned from');
  });
});
