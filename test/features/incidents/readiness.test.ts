import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import { purge } from '../../../src/features/about/purge.ts';
import type { Services } from '../../../src/features/feature.ts';
import { nextNudge, nudgeFor, readinessJobs } from '../../../src/features/incidents/readiness-nudge.ts';
import { teamStandards } from '../../../src/features/incidents/readiness-store.ts';
import { cardActionActivity } from '../../../src/local/activities.ts';
import { practiceTenant } from '../../../src/practice.ts';
import { testDatabases } from '../../support/databases.ts';
import { fieldOf } from '../../support/fields.ts';
import { buttonsOf, Harness, wordsIn } from '../../support/harness.ts';

const playbook = loadPlaybook();
const channel = { kind: 'channel' } as const;
const hour = 3_600_000;
const day = 24 * hour;

describe('the day of the monthly nudge', () => {
  const digest = (zone: string, at = '09:00', days = [1, 2, 3, 4, 5]) => ({
    ...playbook,
    reminders: { ...playbook.reminders, digest: { at, zone, days } },
  });
  test.each([
    ['is the first working day of the next month', '2026-11-05T12:00:00Z', 'Etc/UTC', '2026-12-01T09:00:00.000Z'],
    ['comes after a weekend', '2026-07-10T12:00:00Z', 'Etc/UTC', '2026-08-03T09:00:00.000Z'],
    ['leaves those alone who began a week before', '2026-11-28T12:00:00Z', 'Etc/UTC', '2027-01-01T09:00:00.000Z'],
    [
      'is in this month where its first working day is far ahead',
      '2026-07-31T23:00:00Z',
      'Asia/Tokyo',
      '2026-09-01T00:00:00.000Z',
    ],
    ['keeps the wall clock in summer', '2026-03-10T12:00:00Z', 'Europe/Berlin', '2026-04-01T07:00:00.000Z'],
    ['and in winter', '2026-10-10T12:00:00Z', 'Europe/Berlin', '2026-11-02T08:00:00.000Z'],
  ])('%s', (_title, now, zone, dueAt) => {
    const next = nextNudge(new Date(now), digest(zone));
    expect(next.dueAt.toISOString()).toBe(dueAt);
  });

  test('a month has one, and each is at least a week ahead, whenever it is asked for', () => {
    const months = new Map<string, number>();
    let last = 0;
    for (let now = Date.UTC(2026, 0, 1); now < Date.UTC(2028, 0, 1); now += 17 * hour) {
      const { month, dueAt } = nextNudge(new Date(now), digest('America/New_York'));
      expect(dueAt.getTime()).toBeGreaterThanOrEqual(now + 7 * day);
      expect(dueAt.getTime()).toBeLessThan(now + 45 * day);
      expect(dueAt.getTime()).toBeGreaterThanOrEqual(last);
      expect(months.get(month) ?? dueAt.getTime()).toBe(dueAt.getTime());
      months.set(month, (last = dueAt.getTime()));
    }
    expect(months.size).toBeGreaterThanOrEqual(24);
  });
});

test('a nudge that could not be delivered is followed by the one of the next month', async () => {
  const place = { kind: 'channel', conversationId: '19:a', serviceUrl: 's', botId: 'b' } as const;
  const first = nudgeFor(
    { id: 'one', tenantId: 't', channelId: '19:a' },
    place,
    new Date('2026-11-05T12:00:00Z'),
    playbook,
  );
  const next = await readinessJobs[0]?.undelivered?.(
    { ...first, id: 'row', repeat: false },
    { state: 'parked', reason: 'why' },
    { playbook } as Services,
  );
  expect([first.stage, first.dueAt.toISOString()]).toEqual(['2026-12', '2026-12-01T09:00:00.000Z']);
  expect(next).toEqual([{ ...first, stage: '2027-01', dueAt: new Date('2027-01-01T09:00:00Z') }]);
});

describe.each(testDatabases)('the readiness checklist on $name', ({ open }) => {
  let bot: Harness;
  beforeAll(async () => {
    bot = await Harness.start({ database: await open() });
  });
  afterAll(() => bot.stop());
  beforeEach(() => {
    bot.clock.now = Date.parse('2026-11-20T09:00:00Z');
  });
  afterEach(async () => {
    for (const table of ['readiness_item', 'readiness', 'outbox', 'audit'])
      await bot.database.query(`DELETE FROM ${table}`);
    await bot.database.query(`UPDATE route SET paced_to = '-infinity', not_before = '-infinity'`);
  });

  const list = async (key = 'priya') => (await bot.ask(key, 'readiness', channel)).message;
  const words = (key: string, id: string) => wordsIn(bot.cardFor(key, id));
  const rows = async () => bot.database.query<{ revision: number }>('SELECT revision FROM readiness');
  const inChannel = async (key: string, text: string) => wordsIn((await bot.ask(key, text, channel)).card);

  test('shows nine open items with their source, and looking begins nothing', async () => {
    const message = await list();
    const shown = words('priya', message.id);
    expect(shown).toContain('Readiness checklist: 0 of 9 done');
    for (const [at, title] of Object.values(playbook.readiness.items).entries())
      expect(shown).toContain(`${at + 1}. ${title}\n☐ Open. No owner yet.`);
    expect(shown).toContain('(F94)');
    expect(await rows()).toEqual([]);
    expect(await bot.pass(60 * day)).toEqual([]);
  });

  test('is marked by words and by buttons, with date, zone and name', async () => {
    expect(await inChannel('lukas', 'mark item 3 done')).toContain(
      '3. Define incident roles\n☑ Done today 10:00 (Europe/Berlin, UTC+1) by Lukas Weber.\n4.',
    );
    expect(await inChannel('priya', 'mark item 3 done')).toContain('Item 3 is done already. Nothing was changed.');
    const message = await list();
    await bot.press('priya', message.id, 'Mark done', { item: 'drill', note: 'on 3 November' });
    for (const key of ['priya', 'lukas']) {
      expect(words(key, message.id)).toContain('Readiness checklist: 2 of 9 done');
      expect(words(key, message.id)).toContain('Note: on 3 November');
    }
    await bot.press('lukas', message.id, 'Mark open', { item: 'drill' });
    expect(words('priya', message.id)).toContain('Lukas Weber opened item 6 again.');
    expect(words('priya', message.id)).toContain('Readiness checklist: 1 of 9 done');
    await bot.press('lukas', message.id, 'Save the note', { item: 'drill', note: '' });
    expect(words('priya', message.id)).toContain('The note of item 6 is taken out.');
    expect(words('priya', message.id)).not.toContain('Note: on 3 November');
    expect(await inChannel('priya', 'mark item 10 done')).toContain('there is no item 10');
  });

  test('owners come by a real mention or by a button, and are told', async () => {
    const { card } = await bot.ask('priya', 'owner of item 3 is @Lukas Weber', channel);
    expect(wordsIn(card)).toContain('<at>Lukas Weber</at> owns item 3 now.');
    expect(card['msteams']).toMatchObject({ entities: [{ mentioned: { id: bot.person('lukas').id } }] });
    expect(await inChannel('priya', 'owner of item 3 is Lukas Weber')).toContain('A name alone does not tell me.');
    expect(await inChannel('priya', 'owner of item 3 is @Lukas Weber or @Mei Tanaka')).toContain(
      'You mention 2 people, and an item has one owner.',
    );
    const message = await list();
    await bot.press('mei', message.id, 'I take it', { item: 'improve' });
    expect(words('priya', message.id)).toContain('9. Never stop improving\n☐ Open. Owner: Mei Tanaka.');
    expect(await inChannel('mei', 'I take item 9')).toContain('Mei Tanaka owns item 9 already.');
    expect(await inChannel('mei', 'item 9 has no owner')).toContain('9. Never stop improving\n☐ Open. No owner yet.');
  });

  test('a note keeps what was typed, and nothing of it stands in the trail', async () => {
    const note = 'see *wiki* <b>page</b> [x](https://example.com)';
    expect(await inChannel('priya', `note for item 2: ${note}`)).toContain('Note: ');
    const [item] = await bot.database.query<{ note: string }>('SELECT note FROM readiness_item');
    expect(item?.note).toBe(note);
    const message = await list();
    await bot.press('priya', message.id, 'Save the note', { item: 'slas', note: 'x'.repeat(301) });
    expect(words('priya', message.id)).toContain('That note has 301 characters, and 300 are the most.');
    expect(fieldOf(bot.cardFor('priya', message.id), 'note')).toBe('x'.repeat(301));
    const trail = JSON.stringify(await bot.database.query('SELECT * FROM audit'));
    expect(trail).toContain('readiness note');
    expect(trail).not.toContain('wiki');
    expect(bot.log.join('\n')).not.toContain('wiki');
  });

  test('the interval of updates is the team’s own: a form takes it, and status updates can ask for it', async () => {
    const { message, card } = await bot.ask('priya', 'our updates go to #asa-incidents every 30 minutes', channel);
    expect(wordsIn(card)).toContain('No document gives an interval for updates.');
    expect([fieldOf(card, 'externalChannel'), fieldOf(card, 'externalInterval')]).toEqual([
      '#asa-incidents',
      '30 minutes',
    ]);
    const { tenantId, channel: team } = bot.standIn.world;
    expect(await teamStandards(bot.database, tenantId, team.id)).toBeUndefined();
    const typed = {
      externalChannel: '#asa-incidents',
      externalInterval: '30 minutes',
      internalChannel: 'Bridge',
      internalInterval: 'often',
      consulted: 'engineering,support,nobody',
    };
    await bot.press('priya', message.id, 'Save', typed);
    expect(words('priya', message.id)).toContain('I could not read “often” as an interval.');
    expect(fieldOf(bot.cardFor('priya', message.id), 'internalInterval')).toBe('often');
    expect(await rows()).toEqual([]);
    await bot.press('priya', message.id, 'Save', { ...typed, internalInterval: '1 h' });
    const shown = words('lukas', message.id);
    expect(shown).toContain('Updates to stakeholders and customers: #asa-incidents, every 30 min');
    expect(shown).toContain('Updates to our own people: Bridge, every 1 h');
    expect(shown).toContain('Asked about it: Engineering, Support');
    const standards = {
      external: { channel: '#asa-incidents', everyMinutes: 30 },
      internal: { channel: 'Bridge', everyMinutes: 60 },
      consulted: ['engineering', 'support'],
    };
    expect(await teamStandards(bot.database, tenantId, `${team.id};messageid=17`)).toEqual(standards);
    expect(await teamStandards(bot.database, practiceTenant(tenantId, 'drill'), team.id)).toEqual(standards);
    expect(await teamStandards(bot.database, 'another', team.id)).toBeUndefined();
    expect(await teamStandards(bot.database, tenantId, '19:other@thread.tacv2')).toBeUndefined();
    const again = await bot.ask('lukas', 'our update standards', channel);
    expect(fieldOf(again.card, 'internalInterval')).toBe('1 h');
  });

  test('is nudged about once a month, in the channel, while something is open', async () => {
    await inChannel('priya', 'mark item 3 done');
    await inChannel('priya', 'owner of item 4 is @Lukas Weber');
    expect(await bot.pass(10 * day)).toEqual([]);
    // Tuesday, 1 December.
    const [first, ...more] = await bot.pass(2 * day);
    expect(more).toEqual([]);
    expect(first?.conversationId.startsWith(bot.standIn.world.channel.id)).toBe(true);
    const shown = words('priya', first!.id);
    expect(shown).toContain('Readiness checklist: 8 of 9 are open');
    expect(shown).toContain('4. Set channel and standards for stakeholder comms (Lukas Weber)');
    expect(shown).not.toContain('3. Define incident roles');
    expect(bot.cardFor('priya', first!.id)['msteams']).toBeUndefined();
    expect(await bot.pass(27 * day)).toEqual([]);
    // Friday, 1 January.
    expect(await bot.pass(5 * day)).toHaveLength(1);
    await bot.press('lukas', first!.id, 'No more nudges');
    expect(words('priya', first!.id)).toContain('No more nudges.');
    expect(await bot.pass(70 * day)).toEqual([]);
    expect(await inChannel('priya', 'nudge us again')).toContain('I post once a month what is still open');
    expect(await bot.pass(40 * day)).toHaveLength(1);
    for (let item = 1; item <= 9; item += 1) await bot.say('priya', `mark item ${item} done`, channel);
    expect(await bot.pass(70 * day)).toEqual([]);
    await bot.say('priya', 'reopen item 6', channel);
    const [last] = await bot.pass(40 * day);
    expect(words('priya', last!.id)).toContain('Readiness checklist: 1 of 9 is open');
  });

  test('a nudge that was muted and wanted again before its day still comes', async () => {
    await inChannel('priya', 'mark item 3 done');
    await inChannel('priya', 'no more nudges');
    await inChannel('priya', 'nudge us again');
    expect(await bot.pass(12 * day)).toHaveLength(1);
  });

  test('an old card shows how it is now, keeps what was typed and changes nothing', async () => {
    const message = await list();
    await bot.say('lukas', 'mark item 1 done', channel);
    await bot.press('priya', message.id, 'Mark done', { item: 'drill', note: 'my words' });
    const shown = bot.cardFor('priya', message.id);
    expect(wordsIn(shown)).toContain('That card was an older one.');
    expect([fieldOf(shown, 'item'), fieldOf(shown, 'note')]).toEqual(['drill', 'my words']);
    expect(words('priya', message.id)).toContain('1 of 9 done');
    await bot.press('priya', message.id, 'Mark done', { item: 'drill', note: 'my words' });
    expect(words('priya', message.id)).toContain('2 of 9 done');
  });

  test('two who press at once: one is kept, the other is shown how it is', async () => {
    await bot.say('lukas', 'mark item 1 done', channel);
    const [one, two] = [await list('priya'), await list('lukas')];
    await Promise.all([
      bot.press('priya', one.id, 'Mark done', { item: 'drill' }),
      bot.press('lukas', two.id, 'Mark done', { item: 'improve' }),
    ]);
    const kept = await bot.database.query('SELECT item FROM readiness_item WHERE done_at IS NOT NULL');
    expect(kept).toHaveLength(2);
    expect(await rows()).toEqual([{ revision: 2 }]);
  });

  test('forged buttons, other places and refreshes change nothing', async () => {
    await bot.say('priya', 'mark item 1 done', channel);
    const message = await list();
    const before = JSON.stringify([
      await bot.database.query('SELECT * FROM readiness'),
      await bot.database.query('SELECT * FROM readiness_item ORDER BY item'),
    ]);
    const { data } = buttonsOf(bot.cardFor('priya', message.id)).find(({ title }) => title === 'Mark done')! as {
      data: Record<string, string>;
    };
    const scene = bot.client.scene(bot.person('mei'), bot.standIn.conversations.placeOf(message));
    const attempt = async (verb: string, more: object, other: Partial<typeof scene> = {}, trigger?: 'automatic') => {
      const { status, text } = await bot.raw(
        cardActionActivity(
          { ...scene, ...other, at: (bot.clock.now += 1) },
          {
            action: { type: 'Action.Execute', verb, data: { ...data, item: 'drill', on: 'no', ...more } },
            replyToId: message.id,
            ...(trigger ? { trigger } : {}),
          },
        ),
      );
      expect(status).toBe(200);
      return text;
    };
    const elsewhere = { world: { ...scene.world, channel: { ...scene.world.channel, id: '19:another@thread.tacv2' } } };
    const stranger = { world: { ...scene.world, tenantId: '00000000-0000-4000-8000-00000000beef' } };
    for (const verb of ['done', 'reopen', 'own', 'note', 'nudges', 'agree']) {
      await attempt(`readiness/${verb}`, {}, elsewhere);
      await attempt(`readiness/${verb}`, {}, stranger);
      await attempt(`readiness/${verb}`, {}, { place: { kind: 'personal' } });
      await attempt(`readiness/${verb}`, {}, {}, 'automatic');
      await attempt(`readiness/${verb}`, { checklist: '00000000-0000-4000-8000-000000000009' });
      await attempt(`readiness/${verb}`, { item: '__proto__', note: { $ne: 1 }, on: 'maybe', consulted: 5 });
    }
    for (const verb of ['done', 'reopen', 'own', 'note', 'agree'])
      for (const revision of ['0', '-1', '99', 'x', null]) await attempt(`readiness/${verb}`, { revision });
    expect(
      JSON.stringify([
        await bot.database.query('SELECT * FROM readiness'),
        await bot.database.query('SELECT * FROM readiness_item ORDER BY item'),
      ]),
    ).toBe(before);
  });

  test('what other features know of an item stands with it, and ticks nothing', async () => {
    const asked: unknown[] = [];
    const other = await Harness.start({
      moreFeatures: [
        {
          name: 'of-the-test',
          readiness: async (about) => {
            asked.push(about);
            return Promise.resolve([{ item: 'drill', text: 'A practice run was held on 3 November.' }]);
          },
        },
      ],
    });
    const { card } = await other.ask('priya', 'readiness', channel);
    expect(wordsIn(card)).toContain(
      '6. Simulate an incident\n☐ Open. No owner yet.\nA practice run was held on 3 November.',
    );
    const { tenantId, channel: team } = other.standIn.world;
    expect(asked).toEqual([{ tenantId, channelId: team.id }]);
    await other.stop();
  });

  test('“forget me” takes the name out, and a list that nobody touches is purged', async () => {
    await bot.say('mei', 'mark item 1 done', channel);
    await bot.say('mei', 'I take item 2', channel);
    const { message } = await bot.ask('mei', 'forget me');
    await bot.press('mei', message.id, 'Forget me');
    const shown = words('priya', (await list()).id);
    expect(shown).toContain('by Somebody.');
    expect(shown).toContain('2. Set and share SLAs\n☐ Open. No owner yet.');
    expect(JSON.stringify(await bot.database.query('SELECT * FROM readiness_item'))).not.toContain(
      bot.person('mei').aadObjectId,
    );
    await bot.database.query(`UPDATE readiness SET updated_at = now() - interval '799 days'`);
    await purge(bot.database, playbook.retention);
    expect(await rows()).toHaveLength(1);
    await bot.database.query(`UPDATE readiness SET updated_at = now() - interval '801 days'`);
    await purge(bot.database, playbook.retention);
    expect(await rows()).toEqual([]);
    expect(await bot.database.query('SELECT item FROM readiness_item')).toEqual([]);
  });

  test('in a personal chat it says where the list is kept, and questions keep their topic', async () => {
    const { card } = await bot.ask('priya', 'mark item 3 done');
    expect(wordsIn(card)).toContain('I keep this list for a team, in its channel');
    expect(wordsIn(card)).toContain('9. Never stop improving');
    expect(await rows()).toEqual([]);
    expect(wordsIn((await bot.ask('priya', 'what is on the checklist?')).card)).toContain(
      'Getting incident ready: nine things',
    );
  });
});
