import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { purge } from '../../../src/features/about/purge.ts';
import { WHAT_IS_KEPT, WITHOUT_PEOPLE } from '../../../src/features/about/what-is-kept.ts';
import type { Place } from '../../../src/local/activities.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import { testDatabases } from '../../support/databases.ts';
import { buttonsOf, Harness, wordsIn } from '../../support/harness.ts';

const channel: Place = { kind: 'channel' };
const { retention } = loadPlaybook();

describe.each(testDatabases)('what is kept, on $name', ({ open }) => {
  let bot: Harness;
  beforeAll(async () => {
    bot = await Harness.start({ database: await open() });
  });
  afterAll(() => bot?.stop());
  beforeEach(async () => {
    for (const table of [
      'follow_up',
      'icm',
      'tracking_shown',
      'preference',
      'kept_words',
      'pg_consent',
      'dialog',
      'audit',
    ])
      await bot.database.query(`DELETE FROM ${table}`);
  });
  const priya = () => bot.person('priya').aadObjectId;
  const tables = async () =>
    (
      await bot.database.query<{ name: string }>(
        `SELECT table_name AS name FROM information_schema.tables
         WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1`,
      )
    ).map(({ name }) => name);
  /** Every place in which an id stands, as "table.column". */
  const placesOf = async (id: string): Promise<string[]> => {
    const columns = await bot.database.query<{ t: string; c: string }>(
      `SELECT table_name AS t, column_name AS c FROM information_schema.columns
       WHERE table_schema = current_schema() AND table_name <> 'inbox' ORDER BY 1, 2`,
    );
    const found: string[] = [];
    for (const { t, c } of columns) {
      const [row] = await bot.database.query(`SELECT 1 FROM ${t} WHERE position($1 in "${c}"::text) > 0 LIMIT 1`, [id]);
      if (row) found.push(`${t}.${c}`);
    }
    return found;
  };

  test('the list names every table of the database, and no other', async () => {
    const named = [...WHAT_IS_KEPT.flatMap((kept) => kept.tables), ...WITHOUT_PEOPLE].sort();
    expect(named).toEqual(await tables());
  });

  test.each(['what do you keep about me?', 'who can see what I ask?', 'privacy'])('“%s” is answered', async (line) => {
    const { card } = await bot.ask('priya', line);
    expect(wordsIn(card)).toContain('Nobody else sees what you ask me here.');
    expect(wordsIn(card)).toContain(
      `only if you passed them to the leads. Their list does not name you. Kept: ${retention.words} days.`,
    );
  });

  test('in a channel the answer says that everybody reads along', async () => {
    const { card } = await bot.ask('priya', 'who can see what I ask?', channel);
    expect(wordsIn(card)).toContain('Everybody who can read this conversation');
  });

  test('after “forget me” the id stands nowhere, and the trail keeps its rows', async () => {
    await bot.say('priya', 'track 512345678 sev B', channel);
    await bot.say('priya', 'remind me about 512345678 in 3 hours', channel);
    await bot.say('priya', 'I am the scribe for 512345678', channel);
    await bot.say('priya', 'I am the commander for 512345678', channel);
    await bot.say('priya', 'default scribe is me', channel);
    await bot.say('priya', 'default commander is @Lukas Weber', channel);
    await bot.say('priya', 'impact 512345678 high', channel);
    await bot.say('priya', 'should I open an ICM?');
    await bot.say('priya', 'my time zone is Europe/Berlin');
    await bot.say('priya', 'resolve 512345678', channel);
    await bot.say('priya', 'track 512345999');
    await bot.say('priya', 'resolve 512345999');
    await bot.say('lukas', 'track 512340000', channel);
    const odd = await bot.ask('priya', 'which colour has the office carpet');
    await bot.press('priya', odd.message.id, 'Pass my words to the leads', { question: 'the carpet' });
    const before = await bot.database.query<{ id: string; event: string }>('SELECT id, event FROM audit ORDER BY id');
    expect(await placesOf(priya())).not.toEqual([]);

    const { message, card } = await bot.ask('priya', 'forget me');
    expect(wordsIn(card)).toContain('This cannot be undone');
    await bot.press('priya', message.id, 'Forget me');
    expect(await placesOf(priya())).toEqual([]);
    expect(await placesOf(bot.person('priya').name)).toEqual([]);
    const after = await bot.database.query<{ id: string; event: string; actor_id: string }>(
      'SELECT id, event, actor_id FROM audit ORDER BY id',
    );
    expect(after.map(({ id, event }) => ({ id, event })).slice(0, before.length)).toEqual(before);
    expect(new Set(after.map(({ actor_id }) => actor_id)).size).toBe(2);
    expect(await bot.database.query('SELECT number FROM icm ORDER BY number')).toEqual([
      { number: '512340000' },
      { number: '512345678' },
    ]);
    // Whoever writes again begins anew.
    expect(wordsIn((await bot.ask('priya', 'help')).card)).toContain('What I can do');
  });

  test('somebody with open ICMs hands them over first', async () => {
    await bot.say('priya', 'track 512345678', channel);
    const [message] = await bot.say('priya', 'forget me');
    expect(message?.content.text).toContain('open ICMs: 512345678');
  });

  test('an ICM that comes meanwhile stops it', async () => {
    const { message } = await bot.ask('priya', 'forget me');
    await bot.say('priya', 'track 512345678', channel);
    await bot.press('priya', message.id, 'Forget me');
    expect(await placesOf(priya())).toContain('icm.engineer_id');
  });

  test('in a channel nobody is forgotten, nor asked', async () => {
    const [message] = await bot.say('priya', 'forget me', channel);
    expect(message?.content.text).toContain('in our personal chat');
  });

  test('the trail refuses every other change, also while somebody is forgotten', async () => {
    await bot.say('priya', 'track 512345678', channel);
    const attempt = (sql: string) =>
      bot.database.transaction(async (transaction) => {
        await transaction.query(
          `SELECT set_config('icm.forget_person', $1, true), set_config('icm.forget_as', $2, true), set_config('icm.forget_chat', '', true)`,
          [priya(), 'forgotten-00000000-0000-4000-8000-000000000000'],
        );
        await transaction.query(sql);
      });
    for (const sql of [
      `UPDATE audit SET event = 'nothing'`,
      `UPDATE audit SET at = now()`,
      `UPDATE audit SET details = '{}'`,
      `UPDATE audit SET actor_id = 'somebody'`,
      'TRUNCATE audit',
    ])
      await expect(attempt(sql)).rejects.toThrow('audit rows are never changed');
    await expect(bot.database.query(`UPDATE audit SET actor_id = 'x'`)).rejects.toThrow('audit rows are never changed');
  });

  test('the purge deletes what is past its time, and nothing else', async () => {
    await bot.say('priya', 'track 512345678', channel);
    await bot.say('priya', 'resolve 512345678', channel);
    await bot.say('priya', 'track 512345679', channel);
    await purge(bot.database, retention);
    expect(await bot.database.query('SELECT 1 FROM icm')).toHaveLength(2);
    await bot.database.query(`UPDATE icm SET resolved_at = now() - interval '500 days' WHERE status = 'resolved'`);
    await bot.database.query(
      `INSERT INTO kept_words (id, tenant_id, person_id, report_on, topic, words, created_at)
       VALUES (gen_random_uuid(), 't', 'p', now(), 'none', 'old', now() - interval '91 days'),
              (gen_random_uuid(), 't', 'p', now(), 'none', 'new', now() - interval '89 days')`,
    );
    await purge(bot.database, retention);
    expect(await bot.database.query('SELECT number FROM icm')).toEqual([{ number: '512345679' }]);
    expect(await bot.database.query('SELECT words FROM kept_words')).toEqual([{ words: 'new' }]);
    await bot.database.query(
      `INSERT INTO audit (at, tenant_id, actor_id, conversation_id, event, subject, details)
       VALUES (now() - interval '401 days', 't', 'a', 'c', 'long ago', 's', '{}')`,
    );
    await purge(bot.database, retention);
    expect(await bot.database.query(`SELECT 1 FROM audit WHERE event = 'long ago'`)).toEqual([]);
  });

  test('the card to forget has one button', async () => {
    const { card } = await bot.ask('priya', 'forget me');
    expect(buttonsOf(card).map((button) => button['title'])).toEqual(['Forget me']);
  });
});
