import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createCardRenderer, maxCardLength, warmTemplates } from '../../../src/bot/card-renderer.ts';
import { addEscalation, decideEscalation } from '../../../src/features/escalation/escalation-store.ts';
import { features } from '../../../src/features/index.ts';
import { barOf, numbersCsv, numbersReply } from '../../../src/features/incidents/numbers-views.ts';
import { weeksFor } from '../../../src/features/incidents/weeks.ts';
import { cardActionActivity } from '../../../src/local/activities.ts';
import { createWorld } from '../../../src/local/world.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import { escalationOf } from '../../support/approved.ts';
import { testDatabases } from '../../support/databases.ts';
import { Harness, wordsIn } from '../../support/harness.ts';
import { withLeads } from '../../support/leads.ts';
import { Dice } from '../../turns/mutate.ts';

const hour = 3_600_000;
const world = createWorld();
const base = loadPlaybook();

describe('weeks', () => {
  test.each([
    ['Europe/Berlin', '2026-11-20T09:00:00Z', '2026-W47', '2026-11-15T23:00:00.000Z', '2026-11-22T23:00:00.000Z'],
    // On a Monday, a minute before and after midnight there.
    ['Asia/Kolkata', '2026-11-15T18:29:00Z', '2026-W46', '2026-11-08T18:30:00.000Z', '2026-11-15T18:30:00.000Z'],
    ['Asia/Kolkata', '2026-11-15T18:31:00Z', '2026-W47', '2026-11-15T18:30:00.000Z', '2026-11-22T18:30:00.000Z'],
    // A week in which the clocks change has an hour more or less.
    ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-W43', '2026-10-18T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['Europe/Berlin', '2027-03-28T12:00:00Z', '2027-W12', '2027-03-21T23:00:00.000Z', '2027-03-28T22:00:00.000Z'],
    // The first days of a year belong to the last week of the one before.
    ['Etc/UTC', '2027-01-03T12:00:00Z', '2026-W53', '2026-12-28T00:00:00.000Z', '2027-01-04T00:00:00.000Z'],
    ['No/Where', '2026-11-20T09:00:00Z', '2026-W47', '2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
  ])('in %s at %s are those of the ISO calendar', (zone, now, name, from, to) => {
    const [week] = weeksFor({ kind: 'this' }, new Date(now), zone);
    expect([week?.name, week?.from.toISOString(), week?.to.toISOString()]).toEqual([name, from, to]);
  });

  test('follow each other without a gap, and only the present one is not over', () => {
    const weeks = weeksFor({ kind: 'recent' }, new Date('2026-11-01T12:00:00Z'), 'America/New_York');
    expect(weeks.map(({ name }) => name)).toEqual(['2026-W41', '2026-W42', '2026-W43', '2026-W44']);
    for (const [at, week] of weeks.slice(1).entries()) expect(week.from).toEqual(weeks[at]?.to);
    expect(weeks.map(({ isNow }) => isNow)).toEqual([false, false, false, true]);
    const last = weeksFor({ kind: 'last', count: 4, asMonth: false }, new Date('2026-11-01T12:00:00Z'), 'Etc/UTC');
    expect(last.map(({ name }) => name)).toEqual(['2026-W40', '2026-W41', '2026-W42', '2026-W43']);
  });
});

test('bars are in proportion, and what is not zero is seen', () => {
  expect([0, 1, 50, 100, undefined].map((value) => barOf(value, 100).length)).toEqual([0, 1, 5, 10, 0]);
});

test('the first cell of a row is never read as a formula, and no value is an empty cell', () => {
  const weeks = weeksFor({ kind: 'this' }, new Date('2026-11-20T09:00:00Z'), 'Etc/UTC');
  const figures = [
    { group: '=1+1', title: 'A, "B"', unit: 'ms', values: [5_400_000] },
    { group: 'g', title: 't', unit: 'ms', values: [undefined], none: 'no decision' },
  ] as const;
  expect(numbersCsv(figures, weeks, 'Etc/UTC').split('\r\n').slice(1, 3)).toEqual([
    '"2026-W47","2026-11-16","2026-11-22","Etc/UTC","\'=1+1","A, ""B""","minutes","90"',
    '"2026-W47","2026-11-16","2026-11-22","Etc/UTC","g","t","minutes",""',
  ]);
});

describe('a card of four weeks', () => {
  const asked = { kind: 'recent' } as const;
  const zone = 'America/Argentina/Buenos_Aires';
  const weeks = weeksFor(asked, new Date('2026-11-20T09:00:00Z'), zone);
  const renderer = createCardRenderer(new URL('../../../cards/', import.meta.url));
  const rendered = (count: number) => {
    const figures = Array.from({ length: count }, (_, at) => ({
      group: `Promised updates, number ${at % 5}`,
      title: `Moved or not needed, before their time, ${at}`,
      unit: 'ms' as const,
      values: [100_000_000, 100_000_000, 100_000_000, 100_000_000],
    }));
    const reply = numbersReply(figures, weeks, asked, zone);
    if (reply.kind !== 'card') throw new Error('Expected a card');
    return renderer.render(reply.card, reply.view);
  };
  beforeAll(warmTemplates);

  test('holds 21 figures that all have long values, whole', () => {
    const json = rendered(21);
    expect(json.length).toBeLessThanOrEqual(maxCardLength);
    expect(json.match(/▇{10} 1 day 3 h"/g)).toHaveLength(84);
    expect(json).not.toContain('in the CSV');
  });

  test('leaves what is more to the CSV, and says so', () => {
    const json = rendered(40);
    expect(json).toContain('all of it is in the CSV');
    expect(json.match(/▇{10} 1 day 3 h"/g)).toHaveLength(84);
  });
});

describe.each(testDatabases)('the numbers on $name', ({ open }) => {
  let bot: Harness;
  beforeAll(async () => {
    bot = await Harness.start({ database: await open(), playbook: withLeads(base, 'amara', 'priya', 'diego') });
  });
  afterAll(() => bot.stop());
  beforeEach(() => {
    bot.clock.now = Date.parse('2026-11-20T09:00:00Z');
  });
  afterEach(async () => {
    for (const table of ['follow_up', 'icm', 'audit']) await bot.database.query(`DELETE FROM ${table}`);
  });

  const event = async (at: Date, name: string, subject: string, details: object, tenantId = world.tenantId) =>
    bot.database.query(
      `INSERT INTO audit (at, tenant_id, actor_id, conversation_id, event, subject, details)
       VALUES ($1, $2, 'a', 'c', $3, $4, $5)`,
      [at.toISOString(), tenantId, name, subject, JSON.stringify(details)],
    );
  const promise = async (due: Date, status: string, closed: Date | undefined, tenantId = world.tenantId) => {
    const icm = randomUUID();
    await bot.database.query(
      `INSERT INTO icm (id, tenant_id, number, place_kind, conversation_id, service_url, bot_id, engineer_id,
         engineer_teams_id, engineer_name) VALUES ($1, $2, $3, 'channel', 'c', 's', 'b', 'e', 't', 'Secret Name')`,
      [icm, tenantId, icm.slice(0, 12)],
    );
    await bot.database.query(
      `INSERT INTO follow_up (id, tenant_id, icm_id, due_at, zone, status, created_by, closed_at)
       VALUES ($1, $2, $3, $4, 'Etc/UTC', $5, 'e', $6)`,
      [randomUUID(), tenantId, icm, due.toISOString(), status, closed?.toISOString() ?? null],
    );
  };
  let number = 700_000_000;
  const escalation = async (
    asked: Date,
    decided: Date | undefined,
    decision: 'approved' | 'declined',
    tenantId = world.tenantId,
  ) => {
    const person = (key: string) => ({ tenantId, aadObjectId: randomUUID(), teamsId: `29:${key}`, name: key });
    const place = { kind: 'channel', conversationId: '19:a', serviceUrl: 'http://127.0.0.1/', botId: '28:b' } as const;
    const one = escalationOf(person('Secret Name'), place, asked, { icmNumber: String((number += 1)) });
    await bot.database.transaction(addEscalation(one));
    if (decided)
      await bot.database.transaction(
        decideEscalation(one, { decision, by: person('sme'), at: decided, revision: one.revision, words: 'why' }),
      );
  };
  /** The CSV of some weeks as the lead gets it: "group / figure" and the values by week. */
  const table = async (key: string, line: string) => {
    const { message } = await bot.ask(key, line);
    const before = new Set(bot.messages().map(({ id }) => id));
    await bot.press(key, message.id, 'Export as CSV');
    const text = bot
      .messages()
      .filter(({ id }) => !before.has(id))
      .map(
        (one) =>
          (one.content.attachments?.[0]?.content as { body?: { id?: string; value?: string }[] } | undefined)?.body,
      )
      .flatMap((body) => body?.find(({ id }) => id === 'copyText')?.value ?? [])
      .join('');
    const found = new Map<string, string[]>();
    for (const row of text.trim().split(/\r?\n/).slice(1)) {
      const [, , , , group, figure, , value] = row.slice(1, -1).split('","');
      const name = `${group} / ${figure}`;
      found.set(name, [...(found.get(name) ?? []), value ?? '']);
    }
    return found;
  };
  const valuesOf = (found: ReadonlyMap<string, string[]>, figure: string) =>
    [...found].find(([name]) => name.endsWith(` / ${figure}`))?.[1];

  test('weeks without anything are zeros, and the card says what it counts and that nobody is named', async () => {
    const { card } = await bot.ask('amara', 'numbers');
    const shown = wordsIn(card);
    expect(shown).toContain('Numbers: this week so far, and the 3 weeks before');
    expect(shown).toContain('in Warsaw (Europe/Warsaw)');
    expect(shown).toContain('16 to 22 Nov (2026-W47, so far)');
    expect(shown).toContain('Kept in time\nEach week\n0');
    expect(shown).toContain('Time to the decision, median\nEach week\nno decision');
    expect(shown).toContain('No figure is about a single person.');
    for (const values of (await table('amara', 'numbers')).values()) {
      expect(values).toHaveLength(4);
      expect(values.every((value) => value === '0' || value === '')).toBe(true);
    }
  });

  test('promises: kept, missed, moved and still to come', async () => {
    const due = new Date('2026-11-18T12:00:00Z');
    const at = (minutes: number) => new Date(due.getTime() + minutes * 60_000);
    await promise(due, 'sent', at(-5));
    await promise(due, 'sent', at(0));
    await promise(due, 'sent', at(1));
    await promise(due, 'open', undefined);
    await promise(due, 'replaced', at(-60));
    await promise(due, 'replaced', at(60));
    await promise(due, 'resolved', at(-1));
    await promise(due, 'not-due', at(1));
    await promise(new Date('2026-11-21T12:00:00Z'), 'open', undefined);
    await promise(due, 'sent', at(-5), randomUUID());
    const found = await table('amara', 'numbers for this week');
    expect(valuesOf(found, 'Kept in time')).toEqual(['2']);
    expect(valuesOf(found, 'Missed')).toEqual(['4']);
    expect(valuesOf(found, 'Moved or not needed, before their time')).toEqual(['2']);
    const shown = wordsIn((await bot.ask('amara', 'numbers for this week')).card);
    expect(shown).toContain('Kept in time\n▇▇▇▇▇ 2');
    expect(shown).toContain('Missed\n▇▇▇▇▇▇▇▇▇▇ 4');
  });

  test('a check counts once, with its last verdict', async () => {
    const at = new Date('2026-11-18T12:00:00Z');
    await event(at, 'verdict', 'one', { verdict: 'open' });
    await event(at, 'verdict', 'one', { verdict: 'ask-smes' });
    await event(at, 'verdict', 'two', { verdict: 'open' });
    await event(at, 'check started', 'three', {});
    await event(at, 'verdict', 'four', { verdict: 'open' }, randomUUID());
    const found = await table('amara', 'numbers for this week');
    expect(valuesOf(found, base.verdicts.open.name)).toEqual(['1']);
    expect(valuesOf(found, base.verdicts['ask-smes'].name)).toEqual(['1']);
  });

  test('severities: a difference counts where it begins and where it ends', async () => {
    const step = async (day: string, name: string, subject: string, severities: object) =>
      event(new Date(`2026-11-${day}T12:00:00Z`), name, subject, { outage: false, ...severities });
    // Tracked with a difference last week, put right this week.
    await step('10', 'icm tracked', 'one', { caseSeverity: 'A', icmSeverity: 3 });
    await step('11', 'icm changed', 'one', { caseSeverity: 'A', icmSeverity: 3, fields: 'title' });
    await step('18', 'icm changed', 'one', { caseSeverity: 'A', icmSeverity: 2 });
    // It fits, then the case is raised.
    await step('11', 'icm tracked', 'two', { caseSeverity: 'B', icmSeverity: 3 });
    await step('19', 'icm changed', 'two', { caseSeverity: 'A', icmSeverity: 3 });
    // What is not known differs from nothing, and does not fit either.
    await step('12', 'icm tracked', 'three', { caseSeverity: 'A', icmSeverity: 3 });
    await step('19', 'icm changed', 'three', { caseSeverity: null, icmSeverity: 3 });
    const found = await table('amara', 'numbers');
    expect(valuesOf(found, 'Tracked')).toEqual(['0', '0', '3', '0']);
    expect(valuesOf(found, 'Severity came to differ from the table')).toEqual(['0', '0', '2', '1']);
    expect(valuesOf(found, 'Severity fits the table again')).toEqual(['0', '0', '0', '1']);
  });

  test('a severity that is changed by words and buttons is counted as it was', async () => {
    bot.clock.now = Date.now();
    const icm = '712345678';
    await bot.say('amara', `track ${icm} sev A, icm sev 3`);
    await bot.say('amara', `the ICM ${icm} is sev 2 now`);
    // The trail has the clock of the database; the present week is not over in an hour, or the next has begun.
    bot.clock.now = Date.now() + hour;
    const found = await table('amara', 'numbers');
    const total = (figure: string) => (valuesOf(found, figure) ?? []).reduce((sum, value) => sum + Number(value), 0);
    expect(total('Tracked')).toBe(1);
    expect(total('Severity came to differ from the table')).toBe(1);
    expect(total('Severity fits the table again')).toBe(1);
  });

  test('rows at the borders of weeks are counted as a naive recount does, in three zones and over changes of clocks', async () => {
    const dice = new Dice(20261120);
    const naiveWeek = (at: Date, timeZone: string): string => {
      const parts = Object.fromEntries(
        new Intl.DateTimeFormat('en-GB', {
          timeZone,
          year: 'numeric',
          month: '2-digit',
          day: '2-digit',
          weekday: 'short',
        })
          .formatToParts(at)
          .map(({ type, value }) => [type, value]),
      );
      const back = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts['weekday'] ?? '');
      const monday = Date.UTC(Number(parts['year']), Number(parts['month']) - 1, Number(parts['day']) - back);
      return new Date(monday).toISOString().slice(0, 10);
    };
    const zones = { amara: 'Europe/Warsaw', priya: 'Asia/Kolkata', diego: 'America/Chicago' } as const;
    const moments: Date[] = [];
    const spans: { readonly at: Date; readonly ms: number }[] = [];
    // Around each midnight from Sunday to Monday in any of the zones, over the end of summer time.
    for (const midnight of ['2026-10-11', '2026-10-18', '2026-10-25', '2026-11-01', '2026-11-08'])
      for (const offset of [18.5, 22, 23, 29, 30])
        for (const ms of [-1, 0, 1, dice.below(7 * 24) * hour])
          moments.push(new Date(Date.parse(`${midnight}T00:00:00Z`) + offset * hour + ms));
    for (const at of moments) {
      await event(at, 'verdict', randomUUID(), { verdict: 'open' });
      await promise(at, 'sent', new Date(at.getTime() + (dice.below(2) === 0 ? -1 : 1)));
      if (dice.below(3) === 0) {
        const ms = 60_000 * (1 + dice.below(3_000));
        await escalation(new Date(at.getTime() - ms), at, 'approved');
        spans.push({ at, ms });
      }
    }
    bot.clock.now = Date.parse('2026-11-12T12:00:00Z');
    const promises = await bot.database.query<{ due_at: Date; closed_at: Date }>(
      'SELECT due_at, closed_at FROM follow_up',
    );
    for (const [key, zone] of Object.entries(zones)) {
      const weeks = ['2026-10-12', '2026-10-19', '2026-10-26', '2026-11-02'];
      const count = (all: readonly Date[]) =>
        weeks.map((week) => String(all.filter((at) => naiveWeek(at, zone) === week).length));
      const found = await table(key, 'numbers for the last 4 weeks');
      expect(valuesOf(found, base.verdicts.open.name)).toEqual(count(moments));
      expect(valuesOf(found, 'Kept in time')).toEqual(
        count(promises.filter(({ due_at, closed_at }) => closed_at <= due_at).map(({ due_at }) => due_at)),
      );
      expect(valuesOf(found, 'Missed')).toEqual(
        count(promises.filter(({ due_at, closed_at }) => closed_at > due_at).map(({ due_at }) => due_at)),
      );
      expect(valuesOf(found, 'Approved')).toEqual(count(spans.map(({ at }) => at)));
      const minutes = weeks.map((week) =>
        spans
          .filter(({ at }) => naiveWeek(at, zone) === week)
          .map(({ ms }) => ms / 60_000)
          .sort((a, b) => a - b),
      );
      const median = (all: readonly number[]) =>
        all.length === 0
          ? ''
          : String(((all[Math.floor((all.length - 1) / 2)] ?? 0) + (all[Math.floor(all.length / 2)] ?? 0)) / 2);
      expect(valuesOf(found, 'Time to the decision, median')).toEqual(minutes.map(median));
      expect(valuesOf(found, 'Time to the decision, longest')).toEqual(
        minutes.map((all) => (all.length === 0 ? '' : String(Math.max(...all)))),
      );
    }
  }, 120_000);

  test('what everything at once comes to still fits into a card', async () => {
    for (const verdict of Object.keys(base.verdicts))
      for (const day of ['03', '10', '17', '19'])
        await event(new Date(`2026-11-${day}T12:00:00Z`), 'verdict', randomUUID(), { verdict });
    for (const day of ['01', '05', '12', '19']) {
      await promise(new Date(`2026-11-${day}T12:00:00Z`), 'sent', new Date('2026-11-19T15:00:00Z'));
      await escalation(new Date(`2026-11-${day}T12:00:00Z`), new Date(`2026-11-${day}T13:00:00Z`), 'declined');
    }
    const { card } = await bot.ask('amara', 'numbers');
    expect(JSON.stringify(card).length).toBeLessThan(12_000);
    expect(wordsIn(card)).toContain('Declined');
  });

  test('are shown to leads only, in private only, whatever a button says', async () => {
    const sentence = 'I show the numbers to the leads of the team only.';
    const [refused] = await bot.say('mei', 'numbers for last week');
    expect(refused?.content.text).toContain(sentence);
    const { message } = await bot.ask('amara', 'numbers');
    const forge = async (key: string, verb: string, weeks: unknown, other: object = {}, trigger?: 'automatic') => {
      const scene = bot.client.scene(bot.person(key), { kind: 'personal' });
      const before = bot.messages().length;
      const { text } = await bot.raw(
        cardActionActivity(
          { ...scene, ...other, at: (bot.clock.now += 1) },
          {
            action: {
              type: 'Action.Execute',
              verb,
              data: { weeks, isLead: true, aadObjectId: bot.person('amara').aadObjectId },
            },
            replyToId: message.id,
            ...(trigger ? { trigger } : {}),
          },
        ),
      );
      await bot.app.settle();
      expect(bot.messages().length).toBe(before);
      return text;
    };
    for (const verb of ['numbers/show', 'numbers/csv']) {
      expect(await forge('mei', verb, 'this')).toContain(sentence);
      expect(await forge('mei', verb, 'this', {}, 'automatic')).toContain(sentence);
      // The same person in another organisation is somebody else.
      const stranger = { world: { ...world, tenantId: '00000000-0000-4000-8000-00000000beef' } };
      expect(await forge('amara', verb, 'this', stranger)).toContain('no lead is named yet');
    }
    for (const weeks of ['last 99', '__proto__', '', 5, null, { $gt: '' }])
      expect(await forge('amara', 'numbers/show', weeks)).not.toContain('Kept in time');
  });

  test('asked for in a channel they go to the personal chat of the lead', async () => {
    await bot.say('priya', 'help');
    const messages = await bot.say('priya', 'numbers', { kind: 'channel' });
    const chat = bot.person('priya').chatId;
    expect(messages.filter(({ conversationId }) => conversationId !== chat).map(({ content }) => content.text)).toEqual(
      ['The numbers are for the leads only. They are in our personal chat.'],
    );
    const [shown] = messages.filter(({ conversationId }) => conversationId === chat);
    expect(wordsIn(bot.cardFor('priya', shown!.id))).toContain('Kept in time');
  });
});

test('without a lead the numbers say so', async () => {
  const bot = await Harness.start({ playbook: base });
  const [answer] = await bot.say('priya', 'numbers');
  expect(answer?.content.text).toContain('no lead is named yet');
  await bot.stop();
});

test('a feature that is added tells its figures by itself', async () => {
  const own = { group: 'Drills', title: 'Score', unit: 'score', values: [4.5] } as const;
  const bot = await Harness.start({
    playbook: withLeads(base, 'priya'),
    moreFeatures: [
      {
        name: 'of-the-test',
        figures: async ({ tenantId, periods }) => {
          expect([tenantId, periods.length]).toEqual([world.tenantId, 1]);
          return Promise.resolve([own]);
        },
      },
    ],
  });
  expect(wordsIn((await bot.ask('priya', 'numbers for last week')).card)).toContain('Drills\nScore\n▇▇▇▇▇▇▇▇▇▇ 4.5');
  await bot.stop();
});

test('every feature that has figures says them all, also where there is nothing', () => {
  expect(features.filter(({ figures }) => figures).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['advice', 'tracking', 'follow-up', 'escalation']),
  );
});
