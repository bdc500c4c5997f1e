import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { purge } from '../../../src/features/about/purge.ts';
import { pastDrills } from '../../../src/features/drills/score-store.ts';
import type { StoredMessage } from '../../../src/local/conversations.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import { practiceTenant } from '../../../src/practice.ts';
import { testDatabases } from '../../support/databases.ts';
import { Harness, wordsIn } from '../../support/harness.ts';
import { begin, channel, MARK, minute, titlesOf, wordsOf, type Begun } from './stage.ts';

const invented = '9000000101';
const answers = (score: string, comment = '') => ({
  ...{ s1: score, s2: score, s3: score, s4: score, s5: score },
  ...{ c1: comment, c2: '', c3: '', c4: '', c5: '' },
});

describe.each(testDatabases)('a practice run, on $name', ({ open }) => {
  let bot: Harness;
  beforeAll(async () => {
    bot = await Harness.start({ database: await open() });
  });
  afterAll(() => bot?.stop());

  const tenant = () => bot.standIn.world.tenantId;
  const textOf = async (key: string, line: string, place: Parameters<Harness['say']>[2] = channel) =>
    (await bot.say(key, line, place)).map(wordsOf).join('\n');
  const drillId = async ({ rootId }: Begun) => {
    const [row] = await bot.database.query<{ id: string }>('SELECT id FROM drill WHERE conversation_id LIKE $1', [
      `%messageid=${rootId}`,
    ]);
    return row?.id as string;
  };
  const countOf = async (sql: string, values: unknown[] = []) =>
    Number((await bot.database.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`, values))[0]?.n);
  const injectsIn = (messages: readonly StoredMessage[]) =>
    messages.map(wordsOf).flatMap((words) => /Inject (\d) of \d · [^\n]*/.exec(words)?.[1] ?? []);
  /** Lets time pass; what came in the thread. Those of the tests before may still go on. */
  const pass = async (ms: number, { rootId }: Begun) => (await bot.pass(ms)).filter((post) => post.rootId === rootId);
  const end = async (begun: Begun) => {
    await bot.say('priya', 'end the drill', begun.place);
    const [closing] = await pass(2_000, begun);
    return closing as StoredMessage;
  };

  describe('starts only where nothing real is', () => {
    test('in a personal chat it says why not, and what to do', async () => {
      const text = await textOf('priya', 'start a drill', { kind: 'personal' });
      expect(text).toContain('needs the team');
      expect(text).toContain('Write a new post in a channel');
      expect(await countOf('drill')).toBe(0);
    });

    test.each([
      ['an ICM was tracked', 'track 512345001'],
      ['a check was begun', 'should I open an ICM?'],
      ['a question was asked', 'what does a scribe do?'],
    ])('in a thread in which %s it does not', async (_what, line) => {
      const [first] = await bot.say('lukas', line, channel);
      const place = { kind: 'channel', rootId: first?.rootId as string } as const;
      expect(await textOf('lukas', 'start a drill', place)).toContain('must not mix with what is real');
      expect(await countOf('drill')).toBe(0);
    });

    test('what comes between the question and the start stops it', async () => {
      const { message } = await bot.ask('lukas', 'start a drill', channel);
      await bot.say('priya', 'track 512345002', { kind: 'channel', rootId: message.rootId as string });
      const outcome = await bot.press('lukas', message.id, 'Practise “Outage in a region”');
      expect(outcome).toMatchObject({ kind: 'notice', text: expect.stringContaining('must not mix') as unknown });
      expect(await countOf('drill')).toBe(0);
      // The real one stays real.
      expect(await countOf('icm WHERE tenant_id = $1 AND number = $2', [tenant(), '512345002'])).toBe(1);
    });

    test('asking twice, or by somebody else as well, does no harm', async () => {
      const { message } = await bot.ask('lukas', 'start a drill', channel);
      await bot.say('priya', 'start a practice run', { kind: 'channel', rootId: message.rootId as string });
      await bot.press('lukas', message.id, 'Practise “Outage in a region”');
      expect(await countOf('drill')).toBe(1);
      await bot.pass(1_000);
      expect(wordsOf(bot.standIn.conversations.message(message.id)!)).toContain('“Outage in a region” was chosen.');
    });

    test('of two who start it at once one wins, and the other is told', async () => {
      const { message } = await bot.ask('lukas', 'start a drill', channel);
      const before = await countOf('drill');
      const outcomes = await Promise.all([
        bot.press('lukas', message.id, 'Practise “Outage in a region”'),
        bot.press('priya', message.id, 'Practise “Lost data that was none”'),
      ]);
      expect(await countOf('drill')).toBe(before + 1);
      expect(await countOf('drill_run')).toBe(before + 1);
      for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: 'notice' });
      const posts = await bot.pass(2_000);
      expect(posts.filter((post) => wordsOf(post).includes('Practice run: '))).toHaveLength(1);
      // The old card starts no second one.
      const again = await bot.client.press(bot.person('mei'), message.id, {
        type: 'Action.Execute',
        verb: 'drill/start',
        data: { scenario: 'lost-data' },
      });
      expect(again).toMatchObject({ kind: 'notice', text: expect.stringContaining('has begun already') as unknown });
      expect(await countOf('drill')).toBe(before + 1);
    });

    test('a client that knows only Action.Submit starts it as well', async () => {
      const { message } = await bot.ask('diego', 'start a drill', channel);
      const before = await countOf('drill');
      await bot.client.press(bot.person('diego'), message.id, {
        type: 'Action.Submit',
        data: { verb: 'drill/start', scenario: 'angry-customer' },
      });
      await bot.app.settle();
      expect(await countOf('drill')).toBe(before + 1);
    });

    test('elsewhere what moves one says that there is none', async () => {
      for (const line of ['next inject', 'end the drill', 'pause the drill', 'score the drill'])
        expect(await textOf('priya', line)).toContain('There is no practice run in this thread.');
    });

    test('questions about practice runs are still answered from the documents', async () => {
      for (const line of ['what is a practice run?', 'drill', 'practice run', 'how do I run a drill'])
        expect(await textOf('priya', line)).toContain('Share the process first.');
    });
  });

  describe('runs', () => {
    test('the ICM is tracked by the real functions, under its own tenant', async () => {
      const begun = await begin(bot);
      const id = await drillId(begun);
      const texts = [begun.briefing, begun.icm].map(wordsOf);
      expect(texts[0]).toContain(`The ICM is ${invented} (support request Sev A, ICM Sev 1, outage). It is invented.`);
      expect(texts[1]).toContain(`ICM ${invented} · Jobs in one region without output`);
      for (const text of texts) expect(text.startsWith(MARK)).toBe(true);
      expect(
        await bot.database.query(`SELECT tenant_id FROM icm WHERE number = $1 AND tenant_id LIKE $2`, [
          invented,
          `%${id}`,
        ]),
      ).toEqual([{ tenant_id: practiceTenant(tenant(), id) }]);
      const trail = `audit WHERE tenant_id = $1 AND event = 'icm tracked'`;
      expect(await countOf(trail, [practiceTenant(tenant(), id)])).toBe(1);
      // What is real knows nothing of it.
      expect(await textOf('priya', 'my ICMs')).not.toContain(invented);
      expect(await textOf('priya', `resolve ${invented}`)).toContain(`I do not track ${invented}`);
      expect(await textOf('priya', 'my ICMs', begun.place)).toContain(invented);
      expect(await textOf('priya', 'my reminders')).not.toContain(invented);
    });

    test('injects come when they are due, "next" brings all of them forward, and a pause holds them', async () => {
      const begun = await begin(bot);
      expect(injectsIn(await pass(4 * minute, begun))).toEqual([]);
      expect(injectsIn(await pass(2 * minute, begun))).toEqual(['1']);
      await bot.say('lukas', 'next inject', begun.place);
      expect(injectsIn(await pass(2_000, begun))).toEqual(['2']);
      // The third comes 10 minutes after the second, not at its old time.
      expect(injectsIn(await pass(9 * minute, begun))).toEqual([]);
      expect(injectsIn(await pass(2 * minute, begun))).toEqual(['3']);
      expect(await textOf('priya', 'pause the drill', begun.place)).toContain(
        'Paused: no inject comes until you continue.',
      );
      expect(injectsIn(await pass(3 * 60 * minute, begun))).toEqual([]);
      expect(await textOf('priya', 'next inject', begun.place)).toContain('Press “Continue” first.');
      await bot.say('priya', 'continue the drill', begun.place);
      expect(injectsIn(await pass(8 * minute, begun))).toEqual([]);
      expect(injectsIn(await pass(40 * minute, begun))).toEqual(['4', '5']);
      expect(await textOf('priya', 'next inject', begun.place)).toContain('All injects are out.');
    });

    test('after the bot was away, late injects come in their order and none is lost', async () => {
      const begun = await begin(bot);
      // Nobody sends for three hours.
      bot.clock.now += 3 * 60 * minute;
      expect(injectsIn(await pass(5_000, begun))).toEqual(['1', '2', '3', '4', '5']);
    });

    test('whoever plays a part is called with it, and only they give it back', async () => {
      const begun = await begin(bot);
      const { briefing } = begun;
      await bot.press('mei', briefing.id, 'I play “The customer”');
      expect(wordsIn(bot.cardFor('lukas', briefing.id))).toContain('**The customer:** Mei Tanaka');
      await bot.press('lukas', briefing.id, 'Mei Tanaka: give “The customer” back');
      expect(wordsIn(bot.cardFor('lukas', briefing.id))).toContain('Only they can give it back.');
      const [inject] = await pass(6 * minute, begun);
      expect(JSON.stringify(inject!.content)).toContain('<at>Mei Tanaka</at>, you play this part');
      expect(JSON.stringify(inject!.content)).toContain(bot.person('mei').id);
      // An older card changes nothing.
      const outcome = await bot.client.press(bot.person('amara'), briefing.id, {
        type: 'Action.Execute',
        verb: 'drill/play',
        data: { part: 'leadership', revision: '1' },
      });
      expect(outcome.kind).toBe('card');
      expect(wordsIn(bot.cardFor('amara', briefing.id))).toContain('That card was an older one.');
      expect(await countOf('drill_part WHERE drill_id = $1', [await drillId(begun)])).toBe(1);
    });

    test('a promise in it reminds in its thread, and its end takes everything back', async () => {
      const begun = await begin(bot);
      const id = await drillId(begun);
      await bot.say('priya', `remind me about ${invented} in 2 hours`, begun.place);
      await bot.say('lukas', 'track 512345888', begun.place);
      const posts = await pass(106 * minute, begun);
      expect(posts.map(wordsOf).join()).toContain('update due in 15 min');
      const closing = await end(begun);
      expect(wordsOf(closing)).toContain('Resolved: A faulty configuration of the region was rolled back.');
      expect(wordsOf(closing)).toContain('This was the last update of this practice run.');
      expect(titlesOf(closing)).toEqual(['Keep my answers', 'Show my answers', 'Findings so far']);
      const practice = practiceTenant(tenant(), id);
      expect(await countOf(`icm WHERE tenant_id = $1 AND status = 'open'`, [practice])).toBe(0);
      expect(await countOf(`follow_up WHERE tenant_id = $1 AND status = 'open'`, [practice])).toBe(0);
      expect(await countOf(`outbox WHERE tenant_id = $1 AND state IN ('waiting', 'sending')`, [practice])).toBe(0);
      expect(await pass(5 * 60 * minute, begun)).toEqual([]);
      expect(await textOf('priya', 'end the drill', begun.place)).toContain(
        'The practice run is over. Nothing was changed.',
      );
      // The thread stays one of practice.
      expect(await textOf('priya', 'track 512345889', begun.place)).toContain(MARK);
    });

    test('what was held back while its thread refused posts goes out when somebody speaks there', async () => {
      const begun = await begin(bot);
      const practice = practiceTenant(tenant(), await drillId(begun));
      await bot.app.outbox.park(practice, bot.standIn.world.channel.id, 'refused for a while');
      expect(injectsIn(await pass(6 * minute, begun))).toEqual([]);
      // Another process may have parked it; within a minute each knows.
      const other = await Harness.start({
        database: { ...bot.database, close: async () => undefined },
        standIn: bot.standIn,
      });
      other.clock.now = bot.clock.now;
      await other.say('priya', 'drill status', begun.place);
      await other.app.stop(2_000);
      expect(injectsIn(await pass(2_000, begun))).toEqual(['1']);
    });

    test('ending it by the button asks first', async () => {
      const begun = await begin(bot);
      const { briefing } = begun;
      await bot.press('lukas', briefing.id, 'End the practice run');
      expect(wordsIn(bot.cardFor('lukas', briefing.id))).toContain('End it for everybody?');
      await bot.press('lukas', briefing.id, 'Go on practising');
      expect(await countOf(`drill_run WHERE drill_id = $1 AND state = 'running'`, [await drillId(begun)])).toBe(1);
      await bot.press('lukas', briefing.id, 'End the practice run');
      await bot.press('lukas', briefing.id, 'End it for everybody');
      expect(await countOf(`drill_run WHERE drill_id = $1 AND state = 'ended'`, [await drillId(begun)])).toBe(1);
    });
  });

  describe('the five questions and the findings', () => {
    test('one answer of each, changed until the findings are shared, without names', async () => {
      const begun = await begin(bot);
      expect(await textOf('priya', 'score the drill', begun.place)).toContain('still going on');
      await bot.say('lukas', 'drill status', begun.place);
      const closing = await end(begun);
      const notice = (key: string) => wordsIn(bot.cardFor(key, closing.id));
      await bot.press('priya', closing.id, 'Keep my answers', { ...answers('4'), s3: '' });
      expect(notice('priya')).toContain('Please give each of the five questions a score from 1 to 5.');
      await bot.press('priya', closing.id, 'Keep my answers', answers('9'));
      expect(notice('priya')).toContain('Please give each of the five questions a score');
      await bot.press('priya', closing.id, 'Keep my answers', answers('4', 'Lukas was slow'));
      expect(notice('priya')).toContain('You wrote “Lukas”. Please say it without names');
      expect(await countOf('drill_score WHERE drill_id = $1', [await drillId(begun)])).toBe(0);

      await bot.press('lukas', closing.id, 'Keep my answers', answers('2', 'Mei had no role.'));
      await bot.press('priya', closing.id, 'Keep my answers', answers('3', 'It took a while.'));
      await bot.press('priya', closing.id, 'Keep my answers', answers('5', 'It took a while.'));
      expect(await countOf('drill_score WHERE drill_id = $1', [await drillId(begun)])).toBe(10);

      const before = new Set(bot.messages().map(({ id }) => id));
      await bot.press('mei', closing.id, 'Findings so far');
      const findings = bot.messages().find(({ id }) => !before.has(id)) as StoredMessage;
      const seen = () => wordsIn(bot.cardFor('mei', findings.id));
      expect(seen()).toContain('3 people took part, 2 answered the five questions.');
      expect(seen()).toContain('3.5 of 5 on average, from 2 to 5 (2 answers)');
      expect(seen()).toContain('“somebody had no role.”');
      expect(seen()).not.toContain('Lukas');
      await bot.press('mei', findings.id, 'Share the findings', {
        well: 'Updates in time',
        improve: 'Priya must call',
      });
      expect(seen()).toContain('You wrote “Priya”.');
      await bot.press('mei', findings.id, 'Share the findings', {
        well: 'Updates in time',
        improve: 'Name roles first',
      });
      const shared = wordsIn(bot.cardFor('lukas', findings.id));
      expect(shared).toContain('Share this with your leadership and key decision-makers');
      expect(shared).toContain('# Findings of a practice run: Outage in a region');
      expect(shared).toContain('## What to improve');
      expect(shared).toContain('Name roles first');

      await bot.press('lukas', closing.id, 'Keep my answers', answers('1'));
      expect(wordsIn(bot.cardFor('lukas', closing.id))).toContain('answers cannot be changed any more');
      expect(await countOf('drill_score WHERE drill_id = $1 AND score = 1', [await drillId(begun)])).toBe(0);

      const list = await textOf('diego', 'drills', { kind: 'personal' });
      expect(list).toContain('Outage in a region, 3 took part, 3.5 of 5 from 2 people, findings shared.');
      const [newest] = await pastDrills(bot.database, tenant(), { limit: 1 });
      expect(newest).toMatchObject({
        scenario: 'Outage in a region',
        answers: 2,
        average: 3.5,
        participants: 3,
        isShared: true,
      });
    });

    test('without any answer the findings say so', async () => {
      const begun = await begin(bot);
      await end(begun);
      expect(await textOf('priya', 'share the findings', begun.place)).toContain('Nobody answered.');
    });
  });

  describe('is kept no longer than it should', () => {
    test('“forget me” forgets in practice runs too', async () => {
      const begun = await begin(bot, 'diego');
      const id = await drillId(begun);
      await bot.press('diego', begun.briefing.id, 'I play “Leadership”');
      await bot.say('diego', `remind me about ${invented} in 2 hours`, begun.place);
      await bot.say('diego', 'my time zone is America/Chicago', begun.place);
      await bot.say('priya', 'end the drill', begun.place);
      const [closing] = await pass(2_000, begun);
      await bot.press('diego', closing!.id, 'Keep my answers', answers('3', 'Fine.'));
      // Something that is still open in a practice run keeps nobody.
      await bot.say('diego', 'track 512345777', begun.place);

      const { message } = await bot.ask('diego', 'forget me');
      await bot.press('diego', message.id, 'Forget me');
      const { aadObjectId, name, id: teamsId } = bot.person('diego');
      const tables = await bot.database.query<{ t: string; c: string }>(
        `SELECT table_name AS t, column_name AS c FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name <> 'inbox'`,
      );
      const left: string[] = [];
      for (const { t, c } of tables)
        for (const trace of [aadObjectId, name, teamsId])
          if (await countOf(`${t} WHERE position($1 in "${c}"::text) > 0`, [trace])) left.push(`${t}.${c}: ${trace}`);
      expect(left).toEqual([]);
      expect(await countOf('icm WHERE tenant_id = $1', [practiceTenant(tenant(), id)])).toBe(2);
    });

    test('what was practised is gone after its time, also what is still open; what is real stays', async () => {
      const begun = await begin(bot);
      const id = await drillId(begun);
      await bot.say('priya', 'track 512345666 sev A', begun.place);
      await bot.say('priya', `remind me about ${invented} in 2 hours`, begun.place);
      await bot.say('priya', 'my time zone is Europe/Berlin', begun.place);
      await bot.say('priya', 'which colour has the office carpet', begun.place);
      await bot.say('priya', 'track 512345667', channel);
      const real = await countOf('icm WHERE tenant_id = $1', [tenant()]);
      const practised = await countOf('icm WHERE tenant_id LIKE $1', ['%/practice/%']);
      const { retention } = loadPlaybook();
      const left = async () => {
        const tables = await bot.database.query<{ t: string }>(
          `SELECT table_name AS t FROM information_schema.columns
           WHERE table_schema = current_schema() AND column_name = 'tenant_id'`,
        );
        const found: string[] = [];
        for (const { t } of tables)
          if (await countOf(`${t} WHERE tenant_id = $1`, [practiceTenant(tenant(), id)])) found.push(t);
        return found.sort();
      };
      await purge(bot.database, retention);
      expect(await left()).toEqual(
        expect.arrayContaining(['audit', 'follow_up', 'icm', 'outbox', 'preference', 'route']),
      );
      await bot.database.query(`UPDATE drill SET created_at = now() - make_interval(days => $1) WHERE id = $2`, [
        retention.practice + 1,
        id,
      ]);
      await purge(bot.database, retention);
      expect(await left()).toEqual([]);
      expect(await countOf('icm WHERE tenant_id = $1', [tenant()])).toBe(real);
      expect(await countOf('icm WHERE tenant_id LIKE $1', ['%/practice/%'])).toBe(practised - 2);
      // The thread stays one of practice, and its row stays for that.
      expect(await textOf('priya', 'track 512345668', begun.place)).toContain(MARK);
      await bot.database.query(
        `UPDATE drill_run SET started_at = now() - make_interval(days => $1) WHERE drill_id = $2`,
        [retention.trail + 1, id],
      );
      await purge(bot.database, retention);
      expect(await textOf('priya', 'drill status', begun.place)).toContain(
        'so long ago that I do not keep it any more',
      );
    });
  });
});
