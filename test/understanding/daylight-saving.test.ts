import { Temporal } from 'temporal-polyfill';
import { readTime } from '../../src/understanding/read-time.ts';

/** Row X18 of platform-and-reliability.md: gaps and overlaps of twelve zones, each read once and at the right instant. */
const ZONES = [
  'Europe/Berlin',
  'Europe/London',
  'Europe/Dublin',
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Santiago',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Asia/Jerusalem',
];

interface Case {
  readonly title: string;
  readonly text: string;
  readonly now: Temporal.ZonedDateTime;
  readonly zone: string;
  /** Milliseconds since 1970. */
  readonly expected: number;
  readonly note?: RegExp;
}

/** The changes of clocks from 2017 on; São Paulo gave them up in 2019, so its last ones are among them. */
function transitions(zone: string, count: number): Temporal.ZonedDateTime[] {
  const found: Temporal.ZonedDateTime[] = [];
  let at = Temporal.ZonedDateTime.from(`2017-01-01T00:00[${zone}]`);
  while (found.length < count) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.year > 2030) break;
    found.push(next);
    at = next;
  }
  return found;
}

const clock = (wall: Temporal.PlainDateTime): string => wall.toPlainTime().toString({ smallestUnit: 'minute' });

/** What is worked out here rests on the two offsets beside the change and on nothing of the reader. */
function casesOf(zone: string): Case[] {
  return transitions(zone, 5).flatMap((change) => {
    const before = change.subtract({ milliseconds: 1 });
    const shift = change.offsetNanoseconds - before.offsetNanoseconds;
    const minutes = Math.abs(shift) / 60e9;
    const [earlierOffset, laterOffset] = [before.offsetNanoseconds, change.offsetNanoseconds];
    // The wall clock at the moment of the change, by the clocks before and after it.
    const wallBefore = Temporal.Instant.fromEpochMilliseconds(change.epochMilliseconds + earlierOffset / 1e6)
      .toZonedDateTimeISO('UTC')
      .toPlainDateTime();
    const isGap = shift > 0;
    const doubtful = isGap ? wallBefore : wallBefore.subtract({ minutes });
    const middle = doubtful.add({ minutes: minutes / 2 });
    const utcOf = (wall: Temporal.PlainDateTime, offset: number): number =>
      wall.toZonedDateTime('UTC').epochMilliseconds - offset / 1e6;
    const now = change
      .toPlainDateTime()
      .subtract({ days: 2 })
      .with({ hour: 12, minute: 0, second: 0, millisecond: 0 })
      .toZonedDateTime(zone);
    const date = (wall: Temporal.PlainDateTime): string => wall.toPlainDate().toString();
    const elapsed = change.epochMilliseconds - 30 * 60_000;
    const justBefore = Temporal.Instant.fromEpochMilliseconds(elapsed).toZonedDateTimeISO(zone);
    const kind = isGap ? 'gap' : 'overlap';
    const note = isGap ? /does not exist/ : /comes twice; I took the first/;
    const name = (what: string): string => `${zone} ${date(wallBefore)} ${kind}: ${what}`;
    return [
      // In a gap the offset before the change moves the time forward by the gap; in an overlap it is the first of two.
      {
        title: name('its first minute'),
        text: `${date(doubtful)} ${clock(doubtful)}`,
        now,
        zone,
        expected: utcOf(doubtful, earlierOffset),
        note,
      },
      {
        title: name('its middle'),
        text: `${date(middle)} ${clock(middle)}`,
        now,
        zone,
        expected: utcOf(middle, earlierOffset),
        note,
      },
      {
        title: name('the minute before it'),
        text: `${date(doubtful.subtract({ minutes: 1 }))} ${clock(doubtful.subtract({ minutes: 1 }))}`,
        now,
        zone,
        expected: utcOf(doubtful.subtract({ minutes: 1 }), earlierOffset),
      },
      {
        title: name('the minute behind it'),
        text: `${date(doubtful.add({ minutes }))} ${clock(doubtful.add({ minutes }))}`,
        now,
        zone,
        expected: utcOf(doubtful.add({ minutes }), laterOffset),
      },
      {
        title: name('an hour is sixty minutes across it'),
        text: 'in 1 hour',
        now: justBefore,
        zone,
        expected: elapsed + 60 * 60_000,
      },
      {
        title: name('a day keeps the wall clock across it'),
        text: 'in 3 days',
        now,
        zone,
        expected: utcOf(now.toPlainDateTime().add({ days: 3 }), laterOffset),
        note: /clocks change/,
      },
    ];
  });
}

const generated = ZONES.flatMap(casesOf);

describe('changes of clocks in twelve zones', () => {
  test('there are at least 200 cases, and every zone has some', () => {
    expect(generated.length).toBeGreaterThanOrEqual(200);
    for (const zone of ZONES) expect(generated.filter((one) => one.zone === zone).length).toBeGreaterThan(0);
  });
  test.each(generated)('$title', ({ text, now, zone, expected, note }) => {
    const reading = readTime(text, { now: new Date(now.epochMilliseconds), zone });
    expect(reading).toMatchObject({ kind: 'time', zone });
    if (reading.kind !== 'time') return;
    expect(reading.at.toISOString()).toBe(new Date(expected).toISOString());
    expect(reading.notes.some((one) => /does not exist|comes twice|clocks change/.test(one))).toBe(note !== undefined);
    if (note !== undefined) expect(reading.notes.join(' ')).toMatch(note);
  });
});

describe('moments that were worked out by hand', () => {
  test.each([
    // Berlin goes from 02:00 to 03:00, 01:00 UTC.
    ['2026-03-29 02:30', '2026-03-27T12:00:00+01:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29 01:59', '2026-03-27T12:00:00+01:00', 'Europe/Berlin', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29 03:00', '2026-03-27T12:00:00+01:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25 02:30', '2026-10-23T12:00:00+02:00', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    [
      '2026-10-25 02:30 (Europe/Berlin, UTC+1)',
      '2026-10-23T12:00:00+02:00',
      'Europe/Berlin',
      '2026-10-25T01:30:00.000Z',
    ],
    [
      '2026-10-25 02:30 (Europe/Berlin, UTC+2)',
      '2026-10-23T12:00:00+02:00',
      'Europe/Berlin',
      '2026-10-25T00:30:00.000Z',
    ],
    ['in 24 hours', '2026-10-24T15:00:00+02:00', 'Europe/Berlin', '2026-10-25T13:00:00.000Z'],
    ['in 1 day', '2026-10-24T15:00:00+02:00', 'Europe/Berlin', '2026-10-25T14:00:00.000Z'],
    ['in a week', '2026-10-24T15:00:00+02:00', 'Europe/Berlin', '2026-10-31T14:00:00.000Z'],
    // New York: 02:00 to 03:00 on 8 March, 02:00 to 01:00 on 1 November.
    ['tomorrow 2:30am', '2026-03-07T18:00:00-05:00', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['tomorrow 1:30am', '2026-10-31T18:00:00-04:00', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['in 2 hours', '2026-03-08T01:30:00-05:00', 'America/New_York', '2026-03-08T08:30:00.000Z'],
    // Phoenix keeps one time all year, Kolkata too.
    ['tomorrow 15:00', '2026-03-07T12:00:00-07:00', 'America/Phoenix', '2026-03-08T22:00:00.000Z'],
    // Lord Howe goes forward by half an hour only: 02:00 to 02:30 on 4 October 2026, from UTC+10:30 to UTC+11.
    ['2026-10-04 02:15', '2026-10-02T12:00:00+10:30', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
    ['2026-10-04 02:30', '2026-10-02T12:00:00+10:30', 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z'],
    // ... and back from 02:00 to 01:30 on 5 April 2026.
    ['2026-04-05 01:45', '2026-04-03T12:00:00+11:00', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
    // Chatham goes from 02:45 to 03:45 on 27 September 2026, from UTC+12:45 to UTC+13:45.
    ['2026-09-27 03:00', '2026-09-25T12:00:00+12:45', 'Pacific/Chatham', '2026-09-26T14:15:00.000Z'],
    ['2026-09-27 03:45', '2026-09-25T12:00:00+12:45', 'Pacific/Chatham', '2026-09-26T14:00:00.000Z'],
    // Santiago changes at midnight: 6 September 2026 begins at 01:00.
    ['2026-09-06 00:30', '2026-09-04T12:00:00-04:00', 'America/Santiago', '2026-09-06T04:30:00.000Z'],
    ['tomorrow 9am', '2026-09-05T12:00:00-04:00', 'America/Santiago', '2026-09-06T12:00:00.000Z'],
  ])('%s said at %s in %s', (text, now, zone, expected) => {
    expect(readTime(text, { now: new Date(now), zone })).toMatchObject({ kind: 'time', at: new Date(expected) });
  });
});
