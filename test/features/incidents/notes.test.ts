import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Place } from '../../../src/local/activities.ts';
import { testDatabases } from '../../support/databases.ts';
import type { Harness } from '../../support/harness.ts';
import { channel, newNumber, shownTo, startBot, threadOf, titles } from './stage.ts';

describe.each(testDatabases)('notes and changes on $name', ({ open }) => {
  let bot: Harness;
  beforeAll(async () => {
    bot = await startBot(await open());
  });
  afterAll(() => bot.stop());

  /** A thread with one tracked ICM. */
  async function tracked(key = 'lukas', place: Place = channel) {
    const icm = newNumber();
    const { message } = await bot.ask(key, `track ${icm}`, place);
    return { icm, thread: place.kind === 'channel' ? threadOf(message) : place };
  }
  const rows = (icm: string) =>
    bot.database.query<{
      kind: string;
      seq: number;
      at: Date;
      words: string;
      team: string;
      effect: string;
      author_name: string;
      revision: number;
      deleted_at: Date | null;
    }>(`SELECT e.* FROM incident_entry e JOIN icm ON icm.id = e.icm_id WHERE icm.number = $1 ORDER BY e.kind, e.seq`, [
      icm,
    ]);
  const textOf = (messages: { readonly content: { readonly text?: string } }[]) => messages[0]?.content.text ?? '';

  test('a note in a thread with one ICM needs no number, and is confirmed in one line', async () => {
    const { icm, thread } = await tracked();
    const { message } = await bot.ask('priya', 'note: gateway restarted, no effect', thread);
    expect(shownTo(bot, 'priya', message)).toContain(`Note 1 is on the timeline of ICM ${icm}`);
    expect(shownTo(bot, 'priya', message)).not.toContain('gateway restarted');
    expect(await rows(icm)).toMatchObject([
      { kind: 'note', seq: 1, words: 'gateway restarted, no effect', author_name: 'Priya Sharma' },
    ]);
  });

  test('a note without a time has the time of the message, one with a time the last such time', async () => {
    const { icm, thread } = await tracked();
    const at = bot.clock.now;
    await bot.say('lukas', 'note: first', thread);
    await bot.say('lukas', 'note at 08:15: second', thread);
    await bot.say('lukas', 'note yesterday 23:10: third', thread);
    const [first, second, third] = await rows(icm);
    expect(Math.abs(first!.at.getTime() - at)).toBeLessThan(5_000);
    // Lukas is in Berlin; the clock stands at 10:00 there on 20 November.
    expect(second!.at.toISOString()).toBe('2026-11-20T07:15:00.000Z');
    expect(third!.at.toISOString()).toBe('2026-11-19T22:10:00.000Z');
  });

  test('a time that is still to come comes back in the form with the words', async () => {
    const { icm, thread } = await tracked();
    const { message } = await bot.ask('lukas', 'note today 23:50: gateway restarted', thread);
    expect(shownTo(bot, 'lukas', message)).toContain('is still to come. Please give a time');
    expect(JSON.stringify(bot.cardFor('lukas', message.id))).toContain('gateway restarted');
    expect(await rows(icm)).toEqual([]);
    await bot.press('lukas', message.id, 'Save the note', { when: '08:00', words: 'gateway restarted' });
    expect(await rows(icm)).toMatchObject([{ words: 'gateway restarted', seq: 1 }]);
    expect(shownTo(bot, 'amara', message)).toContain('Note 1 is on the timeline');
  });

  test('with several ICMs in the thread it is asked which one, and the words are kept', async () => {
    const { icm, thread } = await tracked();
    const other = newNumber();
    await bot.say('lukas', `track ${other}`, thread);
    const { message } = await bot.ask('lukas', 'note: which one?', thread);
    const card = bot.cardFor('lukas', message.id);
    expect(shownTo(bot, 'lukas', message)).toContain('Which ICM is this note for?');
    expect(titles(card)).toEqual(expect.arrayContaining([`ICM ${icm}`, `ICM ${other}`]));
    await bot.press('lukas', message.id, `ICM ${other}`, { words: 'which one?', number: '' });
    expect(await rows(other)).toMatchObject([{ words: 'which one?' }]);
    expect(await rows(icm)).toEqual([]);
  });

  test('of an ICM that nobody tracks the words stay in the form until it is tracked', async () => {
    const icm = newNumber();
    const { message } = await bot.ask('amara', `note ${icm}: portal slow`, channel);
    expect(shownTo(bot, 'amara', message)).toContain(`I do not track ICM ${icm} yet`);
    await bot.press('amara', message.id, 'Save the note', { words: 'portal slow', number: icm });
    expect(await rows(icm)).toEqual([]);
    await bot.say('amara', `track ${icm}`, channel);
    await bot.press('amara', message.id, 'Save the note', { words: 'portal slow', number: icm });
    expect(await rows(icm)).toMatchObject([{ words: 'portal slow' }]);
  });

  test('a change keeps its team and its result, and a second one before the result gets the advice', async () => {
    const { icm, thread } = await tracked();
    const first = await bot.ask('lukas', 'change: restarted the gateway, team Networking', thread);
    expect(shownTo(bot, 'lukas', first.message)).not.toContain('Change only one thing');
    const second = await bot.ask('priya', 'change: moved the job to another cluster', thread);
    expect(shownTo(bot, 'priya', second.message)).toContain('Change only one thing at a time');
    expect(shownTo(bot, 'priya', second.message)).toContain('Change 1 has no result yet: restarted the gateway');
    expect(shownTo(bot, 'priya', second.message)).toContain('(F73)');
    await bot.press('priya', second.message.id, 'Save the result', { effect: 'jobs run again' });
    await bot.say('amara', 'result of change 1: no effect', thread);
    expect(await rows(icm)).toMatchObject([
      { seq: 1, words: 'restarted the gateway', team: 'Networking', effect: 'no effect' },
      { seq: 2, words: 'moved the job to another cluster', effect: 'jobs run again' },
    ]);
    const third = await bot.ask('lukas', 'change: scaled up. Result: faster', thread);
    expect(shownTo(bot, 'lukas', third.message)).not.toContain('Change only one thing');
  });

  test('a correction keeps what was there before, and is marked', async () => {
    const { icm, thread } = await tracked();
    await bot.say('lukas', 'note: gatway restarted', thread);
    await bot.say('lukas', 'correct note 1: gateway restarted', thread);
    expect(await rows(icm)).toMatchObject([{ words: 'gateway restarted', revision: 2 }]);
    const former = await bot.database.query(
      `SELECT v.words FROM incident_entry_version v JOIN incident_entry e ON e.id = v.entry_id
       JOIN icm ON icm.id = e.icm_id WHERE icm.number = $1`,
      [icm],
    );
    expect(former).toEqual([{ words: 'gatway restarted' }]);
    const { message } = await bot.ask('lukas', `timeline ${icm}`, thread);
    expect(shownTo(bot, 'lukas', message)).toContain('gateway restarted (corrected)');
  });

  test('a deleted note loses its words for good, and the timeline says that there was one', async () => {
    const { icm, thread } = await tracked();
    const { message } = await bot.ask('lukas', 'note: contoso password is hunter2', thread);
    await bot.say('lukas', 'correct note 1: contoso password is hunter3', thread);
    await bot.press('lukas', message.id, 'Delete');
    expect(await rows(icm)).toMatchObject([{ revision: 2, deleted_at: null }]);
    await bot.say('lukas', 'delete note 1', thread);
    expect(await rows(icm)).toMatchObject([{ words: '', revision: 3 }]);
    const everything = JSON.stringify([
      await bot.database.query('SELECT * FROM incident_entry_version'),
      await bot.database.query('SELECT * FROM incident_entry'),
      await bot.database.query('SELECT * FROM audit'),
      bot.log,
    ]);
    expect(everything).not.toContain('hunter');
    const shown = await bot.ask('lukas', `timeline ${icm}`, thread);
    expect(shownTo(bot, 'lukas', shown.message)).toContain('Note 1: deleted by its writer');
  });

  test('nobody changes or deletes the note of another, by line, by button or by a forged button', async () => {
    const { icm, thread } = await tracked();
    const { message } = await bot.ask('priya', 'note: disk full', thread);
    expect(textOf(await bot.say('lukas', 'delete note 1', thread))).toContain('by Priya Sharma');
    expect(textOf(await bot.say('lukas', 'correct note 1: all fine', thread))).toContain('by Priya Sharma');
    // Amara is a lead: leads do not rewrite what others saw.
    expect(JSON.stringify(await bot.press('amara', message.id, 'Delete'))).toContain('by Priya Sharma');
    const button = { type: 'Action.Execute', verb: 'note/save', title: 'Save the note' };
    const [row] = await bot.database.query<{ id: string; icm_id: string }>(
      `SELECT e.id, e.icm_id FROM incident_entry e JOIN icm ON icm.id = e.icm_id WHERE icm.number = $1`,
      [icm],
    );
    const data = { icm: row!.icm_id, entry: row!.id, revision: '1', kind: 'note', words: 'all fine', when: '' };
    await bot.client.press(bot.person('lukas'), message.id, { ...button, data });
    expect(await rows(icm)).toMatchObject([{ words: 'disk full', revision: 1, author_name: 'Priya Sharma' }]);
  });

  test('an entry cannot be reached through another ICM or another organisation', async () => {
    const { icm } = await tracked();
    const other = await tracked();
    const { message } = await bot.ask('priya', 'note: here', other.thread);
    const [row] = await bot.database.query<{ id: string }>(
      `SELECT e.id FROM incident_entry e JOIN icm ON icm.id = e.icm_id WHERE icm.number = $1`,
      [other.icm],
    );
    const [wrong] = await bot.database.query<{ id: string }>('SELECT id FROM icm WHERE number = $1', [icm]);
    const data = { icm: wrong!.id, entry: row!.id, revision: '1' };
    const press = () =>
      bot.client.press(bot.person('priya'), message.id, {
        type: 'Action.Execute',
        verb: 'note/delete',
        title: 'x',
        data,
      });
    expect(JSON.stringify(await press())).toContain('not there any more');
    await bot.database.query(`UPDATE icm SET tenant_id = 'another' WHERE number = $1`, [other.icm]);
    expect(JSON.stringify(await bot.press('priya', message.id, 'Delete'))).toContain('I do not track that ICM');
    expect(textOf(await bot.say('priya', `delete note 1 of ${other.icm}`, channel))).toContain('I do not track');
    expect(await rows(other.icm)).toMatchObject([{ words: 'here' }]);
    await bot.database.query(`DELETE FROM icm WHERE number = $1`, [other.icm]);
  });

  test('what is tracked in a personal chat gets no notes from others, and tells them nothing', async () => {
    const { icm } = await tracked('priya', { kind: 'personal' });
    await bot.say('priya', 'note: contoso is upset', { kind: 'personal' });
    expect(await rows(icm)).toHaveLength(1);
    expect(textOf(await bot.say('lukas', `note ${icm}: hello`, channel))).toContain('personal chat');
    expect(textOf(await bot.say('lukas', `timeline ${icm}`, channel))).toContain('personal chat');
    expect(await rows(icm)).toHaveLength(1);
  });

  test('two who save at the same moment both get a number', async () => {
    const { icm, thread } = await tracked();
    await Promise.all([
      bot.client.send(bot.person('lukas'), thread, `@${bot.standIn.world.bot.name} note: one`),
      bot.client.send(bot.person('priya'), thread, `@${bot.standIn.world.bot.name} note: two`),
    ]);
    await bot.app.settle();
    const kept = await rows(icm);
    expect(kept.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(kept.map(({ words }) => words).sort()).toEqual(['one', 'two']);
  });

  test('hostile words are kept and shown to the letter', async () => {
    const { icm, thread } = await tracked();
    const nasty =
      "note: <at>All</at> **b** [x](http://evil.example) ${icm} {{DATE(1)}} '; DROP TABLE icm; -- \u202Egpj.exe";
    await bot.say('lukas', nasty, thread);
    const { message } = await bot.ask('lukas', `timeline ${icm}`, thread);
    const shown = shownTo(bot, 'lukas', message);
    expect(shown).toContain('[x](http://evil.example)');
    expect(shown).toContain('DROP TABLE icm');
    expect(shown).not.toContain('\u202E');
    expect(JSON.stringify(bot.cardFor('lukas', message.id))).not.toContain('"text":"<at>All');
  });

  test('too long a note is said to be so and nothing is kept', async () => {
    const { icm, thread } = await tracked();
    expect(textOf(await bot.say('lukas', `note: ${'x'.repeat(2_001)}`, thread))).toContain('2000 are the most');
    expect(textOf(await bot.say('lukas', `note: ${'x'.repeat(15_000)}`, thread))).toContain('It has 15000 characters;');
    expect(await rows(icm)).toEqual([]);
  });

  test('a question about notes is still answered by the guide', async () => {
    const [message] = await bot.say('priya', 'what should incident notes look like?');
    expect(shownTo(bot, 'priya', message!)).toContain('Good notes');
  });
});
