import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Icm } from '../../../src/features/tracking/icm-store.ts';
import type { TimelineEntry } from '../../../src/features/feature.ts';
import { addEntry, type Entry } from '../../../src/features/incidents/entry-store.ts';
import { entryTimeline } from '../../../src/features/incidents/entry-timeline.ts';
import { timelineCsv, timelineMarkdown } from '../../../src/features/incidents/timeline-export.ts';
import { inOrder, kindNames, shownIn } from '../../../src/features/incidents/timeline.ts';
import { PRACTICE_MARK, practiceTenant } from '../../../src/practice.ts';
import { testDatabases } from '../../support/databases.ts';
import type { Harness } from '../../support/harness.ts';
import { channel, hour, minute, newNumber, shownTo, startBot, threadOf, titles } from './stage.ts';

const icm = { id: 'i', tenantId: 't', number: '512345678', title: 'Job "stuck", | again' } as Icm;
/** The clocks of Berlin and New York are moved in these days, at different times. */
const from = Date.UTC(2026, 9, 24);
const to = Date.UTC(2026, 10, 2);
const now = new Date(to + hour);
const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'UTC', 'Pacific/Auckland', '+05:30');
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('=1+1', '+cmd|x', '@SUM(A1)', '-2', '"a","b"', 'a\r\nb', '# no heading', '- no item', '<b>x</b>'),
);
const entry: fc.Arbitrary<TimelineEntry> = fc.record(
  {
    at: fc.integer({ min: from, max: to }).map((ms) => new Date(ms)),
    kind: fc.constantFrom(...(Object.keys(kindNames) as TimelineEntry['kind'][])),
    text: words,
    about: fc.integer({ min: from, max: to }).map((ms) => new Date(ms)),
    by: fc.option(words, { nil: undefined }),
  },
  { requiredKeys: ['at', 'kind', 'text', 'by'] },
);

/** CSV as RFC 4180 has it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (quoted && sign === '"' && text[at + 1] === '"') [cell, at] = [`${cell}"`, at + 1];
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === ',') [row, cell] = [[...row, cell], ''];
    else if (!quoted && sign === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
      at += 1;
    } else cell += sign;
  }
  return rows;
}

describe('a timeline', () => {
  test('is in order and complete, and what is still to come is not on it', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), fc.array(entry, { maxLength: 5 }), (past, future) => {
        const ahead = future.map((one) => ({ ...one, at: new Date(one.at.getTime() + 30 * 24 * hour) }));
        const sorted = inOrder([...ahead, ...past], now);
        expect(sorted).toHaveLength(past.length);
        expect(new Set(sorted)).toEqual(new Set(past));
        for (const [at, one] of sorted.entries())
          expect(one.at.getTime()).toBeGreaterThanOrEqual(sorted[at - 1]?.at.getTime() ?? 0);
      }),
    );
  });

  test('is shown in one zone, and no two moments that differ by a minute look the same', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), zone, (entries, wanted) => {
        const shown = shownIn(inOrder(entries, now), wanted, now);
        expect(shown.zone).toBe(wanted);
        const seen = new Map<string, number>();
        for (const { at, stamp, time } of shown.entries) {
          expect(Date.parse(stamp.iso)).toBe(Math.floor(at.getTime() / 1_000) * 1_000);
          const label = `${stamp.day} ${time}`;
          const minutes = Math.floor(at.getTime() / minute);
          expect(seen.get(label) ?? minutes).toBe(minutes);
          seen.set(label, minutes);
        }
      }),
    );
  });

  test('the CSV is read back: every entry once, in order, its UTC time to the millisecond, and no formula', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), zone, (entries, wanted) => {
        const sorted = inOrder(entries, now);
        const [first, header, ...rows] = parseCsv(timelineCsv(icm, sorted, wanted, now));
        expect(first?.[0]).toContain('Internal document, not for the customer.');
        expect(header).toEqual([`Time (${wanted})`, 'Time (UTC)', 'Kind', 'What happened', 'By']);
        expect(rows.map((row) => row[1])).toEqual(sorted.map(({ at }) => at.toISOString()));
        for (const [at, row] of rows.entries()) {
          expect(row).toHaveLength(5);
          expect(Date.parse(row[0] ?? '')).toBe(Math.floor(sorted[at]!.at.getTime() / 1_000) * 1_000);
          for (const cell of row.slice(3)) expect(cell).not.toMatch(/^\s*[=+\-@]/);
        }
      }),
    );
  });

  test('the Markdown has a line for each entry, says its zone and who it is for, and nothing in it opens a block', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), zone, (entries, wanted) => {
        const sorted = inOrder(entries, now);
        const lines = timelineMarkdown(icm, sorted, wanted, now).split('\n');
        expect(lines).toContain('Internal document, not for the customer.');
        expect(lines.filter((line) => line.startsWith('All times: '))).toHaveLength(1);
        expect(lines.filter((line) => line.startsWith('- '))).toHaveLength(sorted.length);
        for (const line of lines) expect(line).toMatch(/^(?:$|# |### |- \d\d:\d\d|All times|Internal)/);
        expect(lines.join('\n').replace(/\\./g, '')).not.toMatch(/[<>|`[\]]/);
      }),
    );
  });

  test('what is copied out of a practice run says so, and nothing real does', () => {
    const practised = { ...icm, tenantId: practiceTenant('t', 'd') };
    for (const exported of [timelineMarkdown, timelineCsv]) {
      expect(exported(practised, [], 'UTC', now)).toContain(PRACTICE_MARK);
      expect(exported(icm, [], 'UTC', now)).not.toContain(PRACTICE_MARK);
    }
  });

  test('an hour that a clock shows twice is told apart', () => {
    const twice = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((at) => ({
      at: new Date(at),
      kind: 'note' as const,
      text: 'x',
      by: undefined,
    }));
    const shown = shownIn(twice, 'Europe/Berlin', now);
    expect(shown.zoneLine).toBe('Europe/Berlin (UTC+2 and UTC+1)');
    expect(shown.entries.map(({ time }) => time)).toEqual(['02:30 UTC+2', '02:30 UTC+1']);
  });

  test('every note and change is on it once, and every result', () => {
    const base = { tenantId: 't', icmId: 'i', team: '', author: { aadObjectId: 'a', name: 'A' }, revision: 1 };
    const rows = fc.array(
      fc.record({ kind: fc.constantFrom('note', 'change'), effect: fc.boolean(), isDeleted: fc.boolean() }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(rows, (made) => {
        const all = made.map(({ kind, effect, isDeleted }, at): Entry => {
          const has = kind === 'change' && effect && !isDeleted;
          return {
            ...base,
            id: String(at),
            kind: kind,
            seq: at + 1,
            at: new Date(from + at * minute),
            words: `w${at}`,
            effect: has ? { words: `e${at}`, at: new Date(from), by: 'B' } : undefined,
            correctedAt: undefined,
            deletedAt: isDeleted ? new Date(to) : undefined,
            createdAt: new Date(from),
          };
        });
        const told = entryTimeline(all);
        expect(told).toHaveLength(all.length + all.filter(({ effect }) => effect).length);
        for (const [at, one] of all.entries()) {
          const about = told.filter(({ text }) => new RegExp(`\\bw${at}\\b`).test(text));
          expect(about).toHaveLength(one.deletedAt ? 0 : 1);
        }
      }),
    );
  });
});

describe.each(testDatabases)('the timeline of an ICM on $name', ({ open }) => {
  let bot: Harness;
  beforeAll(async () => {
    bot = await startBot(await open());
    // What the database stamps by itself and what the bot does are then of one clock.
    bot.clock.now = Date.now();
  });
  afterAll(() => bot.stop());
  const textOf = (messages: { readonly content: { readonly text?: string } }[]) => messages[0]?.content.text ?? '';

  test('collects by itself what all features know, each thing once', async () => {
    const icm = newNumber();
    const { message } = await bot.ask('lukas', `track ${icm} sev b, icm sev 3`, channel);
    const thread = threadOf(message);
    await bot.say('lukas', `${icm} went from B to A`, thread);
    await bot.say('lukas', `next update on ${icm} in 30 min`, thread);
    await bot.say('priya', 'note: gateway restarted', thread);
    const posts = await bot.pass(31 * minute);
    expect(posts.length).toBeGreaterThan(0);
    await bot.say('lukas', `update sent ${icm}`, thread);
    await bot.say('amara', `take over ${icm}`, thread);
    await bot.say('amara', `resolve ${icm}`, thread);
    bot.clock.now += hour;
    const shown = await bot.ask('amara', `timeline ${icm}`, thread);
    const text = shownTo(bot, 'amara', shown.message);
    for (const expected of [
      `ICM ${icm} is tracked from here on: case severity B, ICM severity 3`,
      'Changed: case severity from B to A',
      'Next update promised for',
      'Note 1: gateway restarted',
      'Reminder posted before the promised time',
      'Taken over from Lukas Weber',
      'Marked as resolved',
    ])
      expect(text.split(expected)).toHaveLength(2);
    expect(text).toContain('Note · Priya Sharma');
    expect(text).toContain('Tracking · Lukas Weber');
  });

  const outage = 'outage in West Europe confirmed, sev A case, it is a bug: should I open an ICM?';
  const timelineIn = async (icm: string, place: Parameters<Harness['ask']>[2]) => {
    bot.clock.now += hour;
    return shownTo(bot, 'priya', (await bot.ask('priya', `timeline ${icm}`, place)).message);
  };

  test('begins with the verdict that an ICM was tracked on, by its button or in its thread', async () => {
    const verdict = 'Verdict of the check: Open an ICM: ICM Sev 1, owner CSS Escalation. (F';
    const check = await bot.ask('lukas', outage, channel);
    const before = bot.messages().length;
    await bot.press('lukas', check.message.id, 'Track this ICM');
    await bot.pass(minute);
    const form = bot.messages()[before]!;
    const pressed = newNumber();
    await bot.press('lukas', form.id, 'Track it', { number: pressed });
    const text = await timelineIn(pressed, threadOf(check.message));
    expect(text.split(verdict)).toHaveLength(2);
    expect(text).toContain('Decision · Lukas Weber');
    expect(text.indexOf(verdict)).toBeLessThan(text.indexOf('is tracked from here on'));

    // It belongs to that ICM: another one in the thread was not opened on it.
    const other = newNumber();
    await bot.say('lukas', `track ${other}`, threadOf(check.message));
    expect(await timelineIn(other, threadOf(check.message))).not.toContain('Verdict');

    const again = await bot.ask('lukas', outage, channel);
    const typed = newNumber();
    await bot.say('lukas', `I opened ICM ${typed} 'Jobs without output', outage`, threadOf(again.message));
    expect(await timelineIn(typed, threadOf(again.message))).toContain(verdict);
  });

  test('a promise is not called missed before its time', async () => {
    const icm = newNumber();
    const { message } = await bot.ask('lukas', `track ${icm}`, channel);
    const thread = threadOf(message);
    await bot.say('lukas', `next update on ${icm} in 4 min`, thread);
    const shown = async () => shownTo(bot, 'lukas', (await bot.ask('lukas', `timeline ${icm}`, thread)).message);
    const before = await shown();
    expect(before).toContain('Next update promised for');
    expect(before).not.toContain('was not sent by its time');
    await bot.pass(6 * minute);
    expect(await shown()).toContain('The promised update was not sent by its time');
  });

  test('is paged, and its exports hold everything', async () => {
    const icm = newNumber();
    const { message } = await bot.ask('lukas', `track ${icm}`, channel);
    const thread = threadOf(message);
    const [row] = await bot.database.query<{ id: string; tenant_id: string }>(
      'SELECT id, tenant_id FROM icm WHERE number = $1',
      [icm],
    );
    for (let seq = 1; seq <= 25; seq += 1)
      await addEntry({
        id: crypto.randomUUID(),
        tenantId: row!.tenant_id,
        icmId: row!.id,
        kind: 'note',
        seq,
        at: new Date(bot.clock.now + seq * 1_000),
        words: `thing ${seq}`,
        team: '',
        effect: undefined,
        author: { aadObjectId: 'x', name: 'Priya Sharma' },
        revision: 1,
        correctedAt: undefined,
        deletedAt: undefined,
        createdAt: new Date(bot.clock.now),
      })(bot.database);
    bot.clock.now += hour;
    const shown = await bot.ask('lukas', `timeline ${icm}`, thread);
    const text = () => shownTo(bot, 'lukas', shown.message);
    expect(text()).toContain('Entries 17 to 26 of 26.');
    expect(text()).toContain('Note 25: thing 25');
    await bot.press('lukas', shown.message.id, 'Earlier');
    expect(text()).toContain('Entries 7 to 16 of 26.');
    await bot.press('lukas', shown.message.id, 'Earlier');
    expect(text()).toContain('Entries 1 to 6 of 26.');
    expect(titles(bot.cardFor('lukas', shown.message.id))).not.toContain('Earlier');
    const before = bot.messages().length;
    await bot.press('lukas', shown.message.id, 'All of it as CSV');
    const csv = JSON.stringify(bot.messages().slice(before));
    expect(csv).toContain('not for the customer');
    for (let seq = 1; seq <= 25; seq += 1) expect(csv).toContain(`Note ${seq}: thing ${seq}`);
  });

  test('a button of another organisation or a forged id shows nothing', async () => {
    const icm = newNumber();
    const { message } = await bot.ask('lukas', `track ${icm}`, channel);
    const thread = threadOf(message);
    await bot.say('lukas', 'note: secret words', thread);
    const shown = await bot.ask('lukas', `timeline ${icm}`, thread);
    await bot.database.query(`UPDATE icm SET tenant_id = 'another' WHERE number = $1`, [icm]);
    const outcome = JSON.stringify(await bot.press('lukas', shown.message.id, 'All of it as CSV'));
    expect(outcome).toContain('I do not track that ICM');
    for (const id of ["' OR 1=1 --", '00000000-0000-4000-8000-000000000000', ''])
      expect(
        JSON.stringify(
          await bot.client.press(bot.person('lukas'), shown.message.id, {
            type: 'Action.Execute',
            verb: 'timeline/show',
            title: 'x',
            data: { icm: id, page: '0' },
          }),
        ),
      ).not.toContain('secret words');
    await bot.database.query(`DELETE FROM icm WHERE number = $1`, [icm]);
  });

  test('without an ICM it says what to write', async () => {
    expect(textOf(await bot.say('priya', 'timeline'))).toContain('for example “timeline 512345678”');
  });
});
