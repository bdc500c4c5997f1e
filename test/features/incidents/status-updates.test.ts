import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { followUpTimeline } from '../../../src/features/follow-ups/follow-up-timeline.ts';
import { purge } from '../../../src/features/about/purge.ts';
import { statusUpdateFeature } from '../../../src/features/incidents/status-update-feature.ts';
import type { StoredMessage } from '../../../src/local/conversations.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import { testDatabases } from '../../support/databases.ts';
import { fieldOf } from '../../support/fields.ts';
import { buttonsOf, cardOf, Harness, wordsIn, type CardJson } from '../../support/harness.ts';
import { withLeads } from '../../support/leads.ts';

const minute = 60_000;
const hour = 60 * minute;
const shipped = loadPlaybook();
const playbook = {
  ...withLeads(shipped, 'amara'),
  statusUpdates: { ...shipped.statusUpdates, every: { '2': 30 } },
};
const parts = {
  what: 'job fleet-eu writes its output up to 10 minutes late',
  since: '20 November at 05:30 UTC',
  who: 'only the drivers in Lyon',
  expect: 'positions on the map are up to 10 minutes old, and no data is lost',
  steps: 'the product team moves the job to new nodes',
};
const ending = {
  how: 'the job was moved to new nodes',
  verified: 'it has run for 6 hours without a stop, and the customer confirmed it',
};
/** What stands in the fields of a card. */
function inputsOf(node: unknown): Record<string, string> {
  if (Array.isArray(node)) return Object.assign({}, ...node.map(inputsOf)) as Record<string, string>;
  if (typeof node !== 'object' || node === null) return {};
  const { type, id, value, ...rest } = node as CardJson;
  if (String(type).startsWith('Input.')) return { [String(id)]: typeof value === 'string' ? value : '' };
  return inputsOf(Object.values(rest));
}
const titlesOf = (card: CardJson) => buttonsOf(card).map((button) => String(button['title']));

describe.each(testDatabases)('status updates, on $name', ({ open }) => {
  let bot: Harness;
  beforeAll(async () => {
    bot = await Harness.start({ playbook, database: await open() });
    for (const key of ['priya', 'amara', 'mei']) await bot.say(key, 'help');
  });
  afterAll(() => bot?.stop());
  beforeEach(async () => {
    await bot.database.query('DELETE FROM outbox');
    await bot.database.query(`UPDATE route SET paced_to = '-infinity', not_before = '-infinity'`);
    bot.clock.now = Date.parse('2026-11-20T09:00:00Z');
  });

  let number = 515_000_000;
  /** An ICM of Lukas in a thread of the channel. */
  async function tracked(details = '"Job fleet-eu is late" case sev A icm sev 2', key = 'lukas') {
    const icm = String((number += 1));
    const { message } = await bot.ask(key, `track ${icm} ${details}`, { kind: 'channel' });
    return { icm, thread: { kind: 'channel', rootId: message.rootId! } as const, card: message };
  }
  const now = (message: StoredMessage) => wordsIn(cardOf(bot.standIn.conversations.message(message.id)!));
  /** Presses as a client does: with everything that stands in the fields, and what is typed over it. */
  const press = async (key: string, id: string, title: string, inputs: Record<string, string> = {}) =>
    bot.press(key, id, title, { ...inputsOf(bot.cardFor(key, id)), ...inputs });
  const form = async (key: string, line: string, place: Parameters<Harness['ask']>[2]) => bot.ask(key, line, place);
  /** Fills in the form and posts it; gives the messages that come of it. */
  async function post(key: string, icm: string, place: Parameters<Harness['ask']>[2], inputs: Record<string, string>) {
    const { message } = await form(key, `status update ${icm}`, place);
    await press(key, message.id, 'Post the update', inputs);
    return { message, posts: await bot.pass(10_000) };
  }
  const rows = (icm: string) =>
    bot.database.query<Record<string, unknown>>(
      `SELECT u.* FROM status_update u JOIN icm ON icm.id = u.icm_id WHERE icm.number = $1 ORDER BY sequence`,
      [icm],
    );
  const followUps = (icm: string) =>
    bot.database.query<{ status: string; due_at: Date }>(
      `SELECT f.status, f.due_at FROM follow_up f JOIN icm ON icm.id = f.icm_id WHERE icm.number = $1 ORDER BY f.created_at, f.status = 'open'`,
      [icm],
    );

  test('is posted for everybody, and its next time becomes the promise of the ICM', async () => {
    const { icm, thread } = await tracked();
    await bot.say('lukas', `next update on ${icm} in 1 hour`, thread);
    const { message, card } = await form('lukas', `customer update for ${icm}`, thread);
    expect(fieldOf(card, 'what')).toBe('Job fleet-eu is late');
    expect(fieldOf(card, 'next')).toBe('today 10:35 (Europe/Berlin, UTC+1)');
    expect(wordsIn(card)).toContain('your team’s own interval of 30 min');
    expect(wordsIn(card)).toContain(
      'The next update was promised for today 11:00 (Europe/Berlin, UTC+1). An update for the customer keeps it; one for colleagues leaves it open.',
    );
    const { steps: _forColleagues, ...told } = parts;
    await press('lukas', message.id, 'Post the update', { ...told, next: 'today 17:00' });
    expect(now(message)).toContain(`Lukas Weber posted update 1 for ICM ${icm}; it stands below.`);
    expect(now(message)).toContain('The next one is due today 17:00 (Europe/Berlin, UTC+1), and I remind of it.');
    const [posted, known, ...more] = await bot.pass(10_000);
    expect(more).toEqual([]);
    for (const one of [posted!, known!]) expect(one.rootId).toBe(thread.rootId);
    const words = now(posted!);
    for (const said of Object.values(told)) expect(words).toContain(said);
    expect(words).toContain('Lukas Weber, Fri 20 Nov 2026, 10:00 (Europe/Berlin, UTC+1)');
    expect(words).toContain('Next update: Fri 20 Nov 2026, 17:00 (Europe/Berlin, UTC+1)');
    expect(now(known!)).toContain(`What is known · ICM ${icm} · Job fleet-eu is late`);
    expect((await followUps(icm)).map(({ status }) => status)).toEqual(['sent', 'open']);
    expect((await followUps(icm))[1]!.due_at).toEqual(new Date('2026-11-20T16:00:00Z'));
    // The old promise reminds no more, the new one does.
    expect(await bot.pass(6 * hour)).toEqual([]);
    const [ahead] = await bot.pass(50 * minute);
    expect(now(ahead!)).toContain(`update due in 15 min · ICM ${icm}`);
  });

  test('one for colleagues leaves the promise to the customer open, and keeps its own', async () => {
    const { icm, thread } = await tracked();
    await bot.say('lukas', `next update on ${icm} in 1 hour`, thread);
    const { message } = await post('lukas', icm, thread, { ...parts, next: 'today 17:00' });
    expect(now(message)).toContain(
      'The customer was promised an update for today 11:00 (Europe/Berlin, UTC+1): that stays open, and it is what I remind of.',
    );
    expect(now(message)).not.toContain('and I remind of it');
    expect((await followUps(icm)).map(({ status }) => status)).toEqual(['open']);
    expect((await followUps(icm))[0]!.due_at).toEqual(new Date('2026-11-20T10:00:00Z'));
    const other = await tracked();
    await post('lukas', other.icm, other.thread, { ...parts, next: 'in 1 hour' });
    await post('lukas', other.icm, other.thread, { next: 'in 2 hours' });
    expect((await followUps(other.icm)).map(({ status }) => status)).toEqual(['sent', 'open']);
  });

  test('the second begins with what the first said, and what is known is changed in place', async () => {
    const { icm, thread } = await tracked();
    const first = await post('lukas', icm, thread, { ...parts, next: 'in 1 hour' });
    const known = first.posts[1]!;
    bot.clock.now += 30 * minute;
    const { message, card } = await form('lukas', `status update ${icm}`, thread);
    for (const [part, said] of Object.entries(parts)) expect(fieldOf(card, part)).toBe(said);
    expect(fieldOf(card, 'next')).not.toBe('in 1 hour');
    await press('lukas', message.id, 'Post the update', { who: 'all drivers in France', next: 'in 2 hours' });
    const posts = await bot.pass(10_000);
    expect(posts).toHaveLength(1);
    expect(now(posts[0]!)).toContain('Who it affects · changed');
    expect(now(posts[0]!)).toContain('What is happening · as in update 1');
    const words = now(known);
    expect(words).toContain('after update 2');
    expect(words).toMatch(/all drivers in France\nSince update 2 for colleagues, Fri 20 Nov 2026, 10:30/);
    expect(words).toMatch(/late\nSince update 1 for colleagues, Fri 20 Nov 2026, 10:00/);
    expect(words).toContain('12:30 (Europe/Berlin, UTC+1)');
    expect(words).not.toContain('Lyon');
  });

  test('what is missing is named field by field, and nothing typed is lost', async () => {
    const { icm, thread } = await tracked('');
    const { message } = await form('lukas', `status update ${icm}`, thread);
    await press('lukas', message.id, 'Post the update', { what: 'job fleet-eu is late', next: '' });
    const card = bot.cardFor('lukas', message.id);
    for (const said of [
      'when it was detected',
      'who it affects',
      'what can be expected',
      'which steps are being taken',
    ])
      expect(wordsIn(card)).toContain(`Please say ${said}`);
    expect(wordsIn(card)).toContain('Please say when the next update will occur');
    expect(wordsIn(card)).not.toContain('Please say what specifically is happening');
    expect(fieldOf(card, 'what')).toBe('job fleet-eu is late');
    expect(await rows(icm)).toEqual([]);
    // Another kind keeps what was typed, also what it does not ask for.
    await press('lukas', message.id, 'Write it for the customer', { ...parts, next: 'tomorrow 9am' });
    await press('lukas', message.id, 'It is resolved', {});
    await press('lukas', message.id, 'Write it for colleagues', {});
    await press('lukas', message.id, 'It still goes on', {});
    expect(fieldOf(bot.cardFor('lukas', message.id), 'steps')).toBe(parts.steps);
    expect(fieldOf(bot.cardFor('lukas', message.id), 'next')).toBe('tomorrow 9am');
  });

  test.each([
    ['yesterday 10:00', /in the past/],
    ['at 25:00', /25:00/],
    ['when we know more', /Please say when the next update will occur/],
    ['in 10 years', /90 days/],
  ])('a next update “%s” is asked back', async (next, said) => {
    const { icm, thread } = await tracked();
    const { message, posts } = await post('lukas', icm, thread, { ...parts, next });
    expect(posts).toEqual([]);
    expect(wordsIn(bot.cardFor('lukas', message.id))).toMatch(said);
    expect(fieldOf(bot.cardFor('lukas', message.id), 'next')).toBe(next);
  });

  test('an unclear one is asked back with what may be meant, and a pick posts it', async () => {
    const { icm, thread } = await tracked();
    const { message } = await post('lukas', icm, thread, { ...parts, next: 'friday 17:00' });
    const card = bot.cardFor('lukas', message.id);
    expect(wordsIn(card)).toContain('Which day do you mean?');
    expect(JSON.stringify(card)).toContain('Fri 27 Nov 2026, 17:00 (Europe/Berlin, UTC+1)');
    await press('lukas', message.id, 'Post the update', { at: '2026-11-27T16:00:00.000Z' });
    await bot.pass(10_000);
    expect(await rows(icm)).toMatchObject([{ ...parts, next_at: new Date('2026-11-27T16:00:00Z') }]);
  });

  test('what must not reach a customer blocks, with the words and the way out; no press gets around it', async () => {
    const { icm, thread } = await tracked();
    const { message } = await form('lukas', `customer update for ${icm}`, thread);
    const what = `IcM ${icm} shows that job fleet-eu is late`;
    await press('lukas', message.id, 'Post the update', { ...parts, what, next: 'today 17:00' });
    const card = bot.cardFor('lukas', message.id);
    expect(wordsIn(card)).toContain('It is not posted yet. This must not go to a customer; please change it below.');
    expect(wordsIn(card)).toContain(`You wrote “${icm}”. Write instead: “our request to the product team”.`);
    expect(titlesOf(card)).not.toContain('Post it as it is');
    expect(fieldOf(card, 'what')).toBe(what);
    // The button of another finding, forged to accept this one.
    const button = buttonsOf(card).find((one) => one['title'] === 'Post the update')!;
    const forged = { ...(button['data'] as object), ...parts, what, next: 'today 17:00', shown: 'icm-word,icm-number' };
    await bot.client.press(bot.person('lukas'), message.id, {
      ...button,
      verb: 'status-update/anyhow',
      data: forged,
    } as never);
    await bot.app.settle();
    expect(await bot.pass(10_000)).toEqual([]);
    expect(await rows(icm)).toEqual([]);
    // For colleagues it is no finding.
    await press('lukas', message.id, 'Write it for colleagues', { ...parts, what, next: 'today 17:00' });
    await press('lukas', message.id, 'Post the update', {});
    expect(await rows(icm)).toMatchObject([{ audience: 'internal', what }]);
  });

  test('what should be changed is shown, and can be posted as it is; something new is shown again', async () => {
    const { icm, thread } = await tracked();
    const { message } = await form('lukas', `customer update for ${icm}`, thread);
    const expectation = 'it will be fixed by 15:00 today';
    await press('lukas', message.id, 'Post the update', { ...parts, expect: expectation, next: 'today 17:00' });
    expect(wordsIn(bot.cardFor('lukas', message.id))).toContain('A promised time to restore');
    expect(await rows(icm)).toEqual([]);
    await press('lukas', message.id, 'Post it as it is', { what: `IcM ${icm}` });
    expect(wordsIn(bot.cardFor('lukas', message.id))).toContain('Number of an ICM');
    expect(await rows(icm)).toEqual([]);
    await press('lukas', message.id, 'Post the update', { what: parts.what });
    await press('lukas', message.id, 'Post it as it is', {});
    expect(await rows(icm)).toMatchObject([{ audience: 'external', expect: expectation, steps: '' }]);
  });

  test('the last one says how it was resolved and how that was verified, and needs no next time (T18)', async () => {
    const { icm, thread } = await tracked();
    const first = await post('lukas', icm, thread, { ...parts, next: 'in 1 hour' });
    const { message } = await form('lukas', `last update for ${icm}`, thread);
    await press('lukas', message.id, 'Post the update', { how: 'done', verified: '', last: 'true', next: '' });
    expect(wordsIn(bot.cardFor('lukas', message.id))).toContain('Please say how it was resolved.');
    expect(wordsIn(bot.cardFor('lukas', message.id))).toContain('Please say how that was verified.');
    await press('lukas', message.id, 'Post the update', { ...ending, last: 'true', next: '' });
    expect(now(message)).toContain(`It was the last update. When the ICM is resolved too, write “resolve ${icm}”.`);
    const [posted] = await bot.pass(10_000);
    expect(now(posted!)).toContain('This is the last update.');
    expect(now(posted!)).toContain('update 2 · resolved');
    expect(titlesOf(cardOf(posted!))).not.toContain('Post the next update');
    const known = now(first.posts[1]!);
    for (const said of [...Object.values(ending), 'none, the last one was posted']) expect(known).toContain(said);
    expect(known).not.toContain(parts.steps);
    expect((await followUps(icm)).map(({ status }) => status)).toEqual(['sent']);
    expect(now(posted!)).toContain('What the problem was · as in update 1');
    expect(now(posted!)).toContain('How it was resolved · new');
    expect(await bot.pass(5 * hour)).toEqual([]);
    // After the ICM is resolved only a last one can be posted.
    await bot.say('lukas', `resolve ${icm}`, thread);
    const late = await form('lukas', `status update ${icm}`, thread);
    await press('lukas', late.message.id, 'Post the update', { last: 'false', next: 'in 1 hour' });
    expect(wordsIn(bot.cardFor('lukas', late.message.id))).toContain(`write “reopen ${icm}” first`);
    expect((await followUps(icm)).filter(({ status }) => status === 'open')).toEqual([]);
  });

  test('after a missed promise it says how late it was, and how to escalate', async () => {
    const { icm, thread } = await tracked();
    await post('lukas', icm, thread, { ...parts, next: 'in 1 hour' });
    bot.clock.now += 80 * minute;
    const { message } = await post('lukas', icm, thread, { next: 'in 1 hour' });
    expect(now(message)).toContain('It came 20 min after the promised time.');
    expect(now(message)).toContain(`write “escalate ${icm}”`);
    const [row] = await bot.database.query<{ details: unknown }>(
      `SELECT details FROM audit WHERE event = 'status update posted' ORDER BY id DESC LIMIT 1`,
    );
    expect(row!.details).toMatchObject({ sequence: 2, late: true });
  });

  test('what was said by the day is not taken over to the next day', async () => {
    const { icm, thread } = await tracked();
    await post('lukas', icm, thread, { ...parts, since: 'today at 05:30', next: 'tomorrow 10:00' });
    bot.clock.now += 24 * hour;
    const { message, posts } = await post('lukas', icm, thread, { next: 'in 1 hour' });
    expect(posts.filter((one) => now(one).includes('update 2'))).toEqual([]);
    expect(wordsIn(bot.cardFor('lukas', message.id))).toContain('“Detected” names a time by the day');
    await press('lukas', message.id, 'Post the update', { since: '20 November, 05:30', next: 'in 1 hour' });
    expect(await rows(icm)).toHaveLength(2);
  });

  test('two who post at once are both kept, in order, with one promise and one message of what is known', async () => {
    const { icm, thread } = await tracked();
    const { posts } = await post('lukas', icm, thread, { ...parts, next: 'in 1 hour' });
    const forms = [
      await form('lukas', `status update ${icm}`, thread),
      await form('amara', `status update ${icm}`, thread),
    ];
    const [one, other] = forms.map(({ message, card }) => ({
      id: message.id,
      button: buttonsOf(card).find((button) => button['title'] === 'Post the update')!,
    }));
    await Promise.all([
      bot.client.press(bot.person('lukas'), one!.id, {
        ...one!.button,
        data: { ...(one!.button['data'] as object), ...parts, who: 'all drivers in France', next: 'in 2 hours' },
      } as never),
      bot.client.press(bot.person('amara'), other!.id, {
        ...other!.button,
        data: { ...(other!.button['data'] as object), ...parts, steps: 'we restart the job', next: 'in 3 hours' },
      } as never),
    ]);
    await bot.app.settle();
    const updates = await rows(icm);
    expect(updates.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    // Whoever came second left as it was what the first had changed.
    expect(updates[2]).toMatchObject({
      who: 'all drivers in France',
      steps: 'we restart the job',
    });
    const promises = await followUps(icm);
    expect(promises.filter(({ status }) => status === 'open')).toHaveLength(1);
    expect(promises.find(({ status }) => status === 'open')!.due_at).toEqual(updates[2]!['next_at']);
    const after = await bot.pass(20_000);
    expect(after.filter((message) => now(message).includes('What is known ·'))).toEqual([]);
    expect(now(posts[1]!)).toContain('after update 3');
    expect(now(posts[1]!)).toContain('we restart the job');
  });

  test('whoever writes on after the last one was posted is asked first', async () => {
    const { icm, thread } = await tracked();
    await post('lukas', icm, thread, { ...parts, next: 'in 1 hour' });
    const slow = await form('amara', `status update ${icm}`, thread);
    const quick = await form('lukas', `last update for ${icm}`, thread);
    await press('lukas', quick.message.id, 'Post the update', { ...ending, last: 'true' });
    await press('amara', slow.message.id, 'Post the update', { next: 'in 2 hours', who: 'everybody' });
    expect(wordsIn(bot.cardFor('amara', slow.message.id))).toContain('Lukas Weber posted update 2 while you wrote');
    expect(await rows(icm)).toHaveLength(2);
    await press('amara', slow.message.id, 'Post the update', {});
    expect(await rows(icm)).toMatchObject([{}, { stage: 'resolved' }, { stage: 'progress', who: 'everybody' }]);
  });

  describe('what is known', () => {
    test('is one click away on the ICM and on an update, for that person alone, with the way back', async () => {
      const { icm, thread, card } = await tracked();
      await press('priya', card.id, 'What is known');
      expect(wordsIn(bot.cardFor('priya', card.id))).toContain('No status update was posted yet');
      expect(now(card)).not.toContain('No status update was posted yet');
      await press('priya', card.id, 'Back to the ICM');
      const { posts } = await post('lukas', icm, thread, { ...parts, next: 'in 1 hour' });
      await press('priya', posts[0]!.id, 'What is known');
      expect(wordsIn(bot.cardFor('priya', posts[0]!.id))).toContain('(Europe/Berlin, UTC+1), after update 1.');
      await press('priya', posts[0]!.id, 'Back to the update');
      expect(wordsIn(bot.cardFor('priya', posts[0]!.id))).toContain(parts.who);
    });

    test('asked for in the thread it moves to the end, and is changed there from then on', async () => {
      const { icm, thread } = await tracked();
      const { posts } = await post('lukas', icm, thread, { ...parts, next: 'in 1 hour' });
      expect(await bot.say('priya', `what is known about ${icm}?`, thread)).toEqual([]);
      const [moved, ...more] = await bot.pass(5_000);
      expect(more).toEqual([]);
      expect(now(posts[1]!)).toBe(`What is known about ICM ${icm} is in a newer message.`);
      await post('lukas', icm, thread, { who: 'all of France', next: 'in 1 hour' });
      expect(now(moved!)).toContain('all of France');
      // Elsewhere it is an answer.
      const { card } = await bot.ask('priya', `what is known about ${icm}`);
      expect(wordsIn(card)).toContain('all of France');
    });

    test('survives a thread that is gone: the update opens a new one, and it follows', async () => {
      const { icm, thread } = await tracked();
      const { message } = await form('lukas', `status update ${icm}`, thread);
      await press('lukas', message.id, 'Post the update', { ...parts, next: 'in 1 hour' });
      bot.standIn.onRequest = ({ method, path }) =>
        method === 'POST' && path.includes(thread.rootId)
          ? { status: 404, body: { error: { code: 'NotFound' } } }
          : undefined;
      const posts = await bot.pass(20_000);
      bot.standIn.onRequest = undefined;
      expect(posts.map((one) => one.rootId === thread.rootId)).toEqual([false, false]);
      expect(posts[0]!.rootId).toBe(posts[1]!.rootId);
      expect(now(posts[1]!)).toContain('What is known');
    });
  });

  test('the communications officer posts as well, and stands in what is known (F67, F80)', async () => {
    const { icm, thread } = await tracked();
    const [refused] = await bot.say('priya', `status update ${icm}`, thread);
    expect(refused?.content.text).toContain(`write “I am communications officer of ${icm}”`);
    await bot.say('priya', `I am communications officer of ${icm}`, thread);
    const { posts } = await post('priya', icm, thread, { ...parts, next: 'in 1 hour' });
    expect(now(posts[0]!)).toContain('Priya Sharma, Fri 20 Nov 2026, 14:30 (Asia/Kolkata, UTC+5:30)');
    expect(now(posts[1]!)).toMatch(/Communications officer\nPriya Sharma/i);
    // Who is reminded of the next one is the officer.
    const [ahead] = await bot.pass(50 * minute);
    expect(now(ahead!)).toContain('<at>Priya Sharma</at>');
  });

  describe('as a message to the customer', () => {
    test('it passes the check, and where others read along it goes to the personal chat', async () => {
      const { icm, thread } = await tracked();
      const { message } = await form('lukas', `customer update for ${icm}`, thread);
      await press('lukas', message.id, 'Post the update', { ...parts, next: 'today 17:00' });
      const [posted] = await bot.pass(10_000);
      await press('priya', posted!.id, 'Copy as a customer message');
      const copy = bot.messages().at(-1)!;
      expect(copy.conversationId).toBe(bot.person('priya').chatId);
      expect(wordsIn(cardOf(copy))).toContain('It passes the check.');
      const text = fieldOf(cardOf(copy), 'text')!;
      expect(text).toContain('We will send you the next update on Friday, 20 November at 17:00 (UTC+1).');
      expect(text).toContain('Kind regards,\nPriya Sharma');
      expect(text).not.toMatch(/icm|new nodes/i);
      expect(text).not.toContain(icm);
    });
  });

  describe('attacks', () => {
    test('somebody who may not change the ICM posts nothing, whatever the button says', async () => {
      const { icm, thread } = await tracked();
      const { message, card } = await form('lukas', `status update ${icm}`, thread);
      const [said] = await bot.say('priya', `status update ${icm}`, thread);
      expect(said?.content.text).toContain(
        'Nothing was posted. Only Lukas Weber, who looks after it, or a lead can do that.',
      );
      const button = buttonsOf(card).find((one) => one['title'] === 'Post the update')!;
      const outcome = await bot.client.press(bot.person('priya'), message.id, {
        ...button,
        data: { ...(button['data'] as object), ...parts, next: 'today 17:00' },
      } as never);
      expect(JSON.stringify(outcome)).toContain('Nothing was posted.');
      expect(await rows(icm)).toEqual([]);
    });

    test('what is tracked in a personal chat is shown to nobody else, by number or by id', async () => {
      const icm = String((number += 1));
      await bot.say('mei', `track ${icm} "Secret job"`);
      const { message } = await form('mei', `status update ${icm}`, { kind: 'personal' });
      await press('mei', message.id, 'Post the update', { ...parts, next: 'in 1 hour' });
      const posts = await bot.pass(10_000);
      expect(posts).toHaveLength(2);
      const { card } = await bot.ask('priya', `what is known about ${icm}`);
      expect(JSON.stringify(card)).not.toMatch(/Secret|fleet-eu/);
      const [update] = await rows(icm);
      const other = await tracked();
      const { posts: own } = await post('lukas', other.icm, other.thread, { ...parts, next: 'today 17:00' });
      for (const verb of [
        'status-update/known',
        'status-update/show',
        'status-update/message',
        'status-update/open',
        'status-update/form',
      ]) {
        const data = { icm: update!['icm_id'], update: update!['id'], back: 'update', ...parts, what: '' };
        const outcome = await bot.client.press(bot.person('priya'), own[0]!.id, {
          type: 'Action.Execute',
          verb,
          data,
        });
        await bot.app.settle();
        expect(JSON.stringify(outcome)).not.toMatch(/Secret|10 minutes late/);
        expect(JSON.stringify(bot.cardFor('priya', own[0]!.id))).not.toMatch(/Secret/);
      }
    });

    test('another organisation finds nothing', async () => {
      const { icm, thread } = await tracked();
      await post('lukas', icm, thread, { ...parts, next: 'today 17:00' });
      await bot.database.query(
        `UPDATE status_update SET tenant_id = 'other' WHERE icm_id IN (SELECT id FROM icm WHERE number = $1)`,
        [icm],
      );
      const { card } = await bot.ask('amara', `what is known about ${icm}`);
      expect(wordsIn(card)).toContain('No status update was posted yet');
    });

    test('hostile words stay words, in every card and no log', async () => {
      const { icm, thread } = await tracked();
      const what = '[free](https://evil.example) <at>Amara Nowak</at> ${$root.icm} **bold** \u202Eevil\u202C {{x}}';
      bot.log.length = 0;
      const { posts } = await post('lukas', icm, thread, { ...parts, what, next: 'today 17:00' });
      for (const message of posts) {
        const json = JSON.stringify(cardOf(bot.standIn.conversations.message(message.id)!));
        expect(json).not.toMatch(/(?<!\\)(?:\]\(https|<at>)|\u202E|\*\*bold/);
        expect(json).toContain('$root.icm');
        expect(cardOf(message)['msteams']).toBeUndefined();
      }
      expect(bot.log.join()).not.toMatch(/evil|fleet-eu|Lyon/);
      const audit = await bot.database.query(`SELECT details, subject FROM audit WHERE event = 'status update posted'`);
      expect(JSON.stringify(audit)).not.toMatch(/evil|fleet-eu|Lyon/);
      const [kept] = await bot.database.query<{ n: string }>(
        `SELECT count(*) AS n FROM inbox WHERE answer::text LIKE '%evil.example%'`,
      );
      expect(Number(kept!.n)).toBe(0);
    });

    test('the longest words fit every card, and nothing is cut in the form', async () => {
      const { icm, thread } = await tracked();
      const long = Object.fromEntries(
        [
          ['what', 700],
          ['since', 120],
          ['who', 300],
          ['expect', 350],
          ['steps', 500],
          ['how', 500],
          ['verified', 350],
        ].map(([part, most]) => [part, `${'a "b" c\nd '.repeat(100).slice(0, Number(most) - 1)}.`]),
      ) as Record<string, string>;
      const { message } = await form('lukas', `customer update for ${icm}`, thread);
      await press('lukas', message.id, 'Post the update', {
        ...long,
        what: `IcM ${icm} [CSAT Impacting] fixed by 15:00. ${long['what']!.slice(60)}`,
        next: 'soon',
      });
      const inputs = { ...long, next: 'today 17:00' };
      await press('lukas', message.id, 'Post the update', inputs);
      const card = bot.cardFor('lukas', message.id);
      for (const [part, said] of Object.entries(long))
        expect(fieldOf(card, part)?.length ?? said.length).toBe(said.length);
      await press('lukas', message.id, 'Write it for colleagues', inputs);
      await press('lukas', message.id, 'Post the update', inputs);
      if ((await rows(icm)).length === 0) await press('lukas', message.id, 'Post it as it is', inputs);
      expect(await bot.pass(10_000)).toHaveLength(2);
    });
  });

  test('tells the key fields when it was detected, where nobody has', async () => {
    const { icm, thread } = await tracked();
    const fields = async () => {
      const { card } = await bot.ask('lukas', `key fields ${icm}`, thread);
      return wordsIn(card);
    };
    const { message } = await post('lukas', icm, thread, { ...parts, since: '20 minutes ago', next: 'today 17:00' });
    expect(now(message)).toContain(
      `In the key fields I took today 09:40 (Europe/Berlin, UTC+1) as when it was detected. If that is wrong, write “detected ${icm} at …”.`,
    );
    expect(await fields()).toContain('Detected\ntoday 09:40 (Europe/Berlin, UTC+1)');
    await bot.say('lukas', `detected ${icm} at 05:30 UTC`, thread);
    const later = await post('lukas', icm, thread, { ...parts, since: 'today at 07:00 UTC', next: 'today 17:00' });
    expect(now(later.message)).not.toContain('key fields');
    expect(await fields()).toContain('Detected\ntoday 06:30 (Europe/Berlin, UTC+1)');

    const unclear = await tracked();
    await post('lukas', unclear.icm, unclear.thread, { ...parts, since: 'by a customer call', next: 'today 17:00' });
    const { card } = await bot.ask('lukas', `key fields ${unclear.icm}`, unclear.thread);
    expect(wordsIn(card)).toContain('Detected\nnot known');
  });

  test('tells its part of the timeline', async () => {
    const { icm, thread } = await tracked();
    await post('lukas', icm, thread, { ...parts, next: 'today 17:00' });
    const [row] = await bot.database.query<{ id: string; tenant_id: string }>(
      'SELECT id, tenant_id FROM icm WHERE number = $1',
      [icm],
    );
    const entries = await statusUpdateFeature.timeline!(
      { id: row!.id, tenantId: row!.tenant_id, number: icm },
      bot.database,
    );
    expect(entries).toMatchObject([
      { kind: 'update', by: 'Lukas Weber', at: new Date((await rows(icm))[0]!['posted_at'] as Date) },
    ]);
    // Sentences that end, and no time in the zone of the writer: the promise tells it, in the zone of the ICM.
    expect(entries[0]!.text).toBe(
      `Update 1 for colleagues: ${parts.what}. Affects: ${parts.who}. Steps: ${parts.steps}.`,
    );
    const other = { id: row!.id, tenantId: 'other', number: icm };
    expect(await statusUpdateFeature.timeline!(other, bot.database)).toEqual([]);
  });

  test('a promise that an update keeps is told once, by whoever posted it, and all times are in one zone', async () => {
    const { icm, thread } = await tracked();
    await bot.say('lukas', `next update on ${icm} in 1 hour`, thread);
    const { message: shownForm } = await form('lukas', `customer update for ${icm}`, thread);
    const { steps: _forColleagues, ...told } = parts;
    await press('lukas', shownForm.id, 'Post the update', { ...told, next: 'in 2 hours' });
    await bot.pass(10_000);
    const [row] = await bot.database.query<{ id: string; tenant_id: string }>(
      'SELECT id, tenant_id FROM icm WHERE number = $1',
      [icm],
    );
    const entries = await followUpTimeline({ id: row!.id, tenantId: row!.tenant_id, number: icm }, bot.database);
    const sent = entries.filter(({ text }) => text.startsWith('The promised update was sent'));
    expect(sent).toMatchObject([{ by: 'Lukas Weber' }]);
    const { message } = await bot.ask('mei', `timeline ${icm}`, thread);
    const shown = wordsIn(bot.cardFor('mei', message.id));
    expect(shown).toContain('Update 1 for the customer');
    expect(shown).toContain('Next update promised for Fri 20 Nov 2026 12:00');
    expect(shown).toContain('All times: Europe/Berlin (UTC+1)');
    expect(shown).not.toContain('Asia/Tokyo');
  });

  test('“forget me” takes the name out, and old ones go with their ICM', async () => {
    const { icm, thread } = await tracked('sev A', 'mei');
    await bot.database.query(`UPDATE icm SET status = 'resolved', resolved_at = now() WHERE number <> $1`, [icm]);
    await post('mei', icm, thread, { ...parts, next: 'in 1 hour' });
    await bot.say('mei', `resolve ${icm}`, thread);
    const { message } = await bot.ask('mei', 'forget me');
    await press('mei', message.id, 'Forget me');
    expect(await rows(icm)).toMatchObject([{ posted_by_name: 'Somebody', what: parts.what }]);
    expect(JSON.stringify(await rows(icm))).not.toContain(bot.person('mei').aadObjectId);
    const days = shipped.retention.updates;
    await bot.database.query(`UPDATE icm SET resolved_at = now() - make_interval(days => $2) WHERE number = $1`, [
      icm,
      days - 1,
    ]);
    await purge(bot.database, shipped.retention);
    expect(await rows(icm)).toHaveLength(1);
    await purge(bot.database, { ...shipped.retention, updates: days - 2, resolvedIcms: days });
    expect(await rows(icm)).toEqual([]);
  });
});
