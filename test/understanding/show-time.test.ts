import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { showSpan, showTime } from '../../src/understanding/show-time.ts';

const now = new Date('2026-11-20T10:00:00Z');

describe('a moment is shown with its day and its zone', () => {
  test.each([
    ['2026-11-20T16:00:00Z', 'Europe/Berlin', 'today 17:00 (Europe/Berlin, UTC+1)'],
    ['2026-11-21T08:00:00Z', 'Europe/Berlin', 'tomorrow, Sat 21 Nov, 09:00 (Europe/Berlin, UTC+1)'],
    ['2026-11-27T16:00:00Z', 'Europe/Berlin', 'Fri 27 Nov 2026, 17:00 (Europe/Berlin, UTC+1)'],
    ['2026-07-01T16:00:00Z', 'Europe/Berlin', 'Wed 1 Jul 2026, 18:00 (Europe/Berlin, UTC+2)'],
    ['2026-11-20T20:00:00Z', 'Asia/Kolkata', 'tomorrow, Sat 21 Nov, 01:30 (Asia/Kolkata, UTC+5:30)'],
    ['2026-11-20T20:00:00Z', 'America/St_Johns', 'today 16:30 (America/St_Johns, UTC-3:30)'],
    ['2026-11-20T20:00:00Z', 'UTC', 'today 20:00 (UTC)'],
    ['2026-11-20T20:00:00Z', '+05:30', 'tomorrow, Sat 21 Nov, 01:30 (UTC+5:30)'],
    ['2026-11-20T20:00:00Z', 'Nowhere/At_All', 'today 20:00 (UTC)'],
    ['2026-11-19T20:00:00Z', 'UTC', 'Thu 19 Nov 2026, 20:00 (UTC)'],
    ['2027-01-01T00:00:00Z', 'UTC', 'Fri 1 Jan 2027, 00:00 (UTC)'],
  ])('%s in %s is "%s"', (at, zone, expected) => {
    expect(showTime(new Date(at), zone, now)).toBe(expected);
  });
  test('the two hours of an overlap are told apart by their offset', () => {
    const shown = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((at) =>
      showTime(new Date(at), 'Europe/Berlin', now),
    );
    expect(shown).toEqual([
      'Sun 25 Oct 2026, 02:30 (Europe/Berlin, UTC+2)',
      'Sun 25 Oct 2026, 02:30 (Europe/Berlin, UTC+1)',
    ]);
  });
  test('a date that is none makes no error', () => {
    expect(showTime(new Date(Number.NaN), 'UTC', now)).toBe('no time');
    expect(showTime(new Date(8.64e15), 'Europe/Berlin', now)).toBe('no time');
    expect(showTime(now, 'UTC', new Date(Number.NaN))).toBe('Fri 20 Nov 2026, 10:00 (UTC)');
  });
});

describe('a length of time is shown in its two largest units', () => {
  test.each([
    [0, 'less than 1 min'],
    [59_999, 'less than 1 min'],
    [60_000, '1 min'],
    [90 * 60_000, '1 h 30 min'],
    [2 * 3_600_000, '2 h'],
    [24 * 3_600_000, '1 day'],
    [48 * 3_600_000, '2 days'],
    [51 * 3_600_000 + 60_000, '2 days 3 h'],
    [-90 * 60_000, '1 h 30 min'],
    [Number.NaN, 'no time'],
    [Number.POSITIVE_INFINITY, 'no time'],
  ])('%d is "%s"', (milliseconds, expected) => {
    expect(showSpan(milliseconds)).toBe(expected);
  });
});

describe('the zone and the language of the machine make no difference', () => {
  const source = fileURLToPath(new URL('../../src/understanding/', import.meta.url));
  const program = `
    const { readTime } = await import('file://${source}read-time.ts');
    const { showTime } = await import('file://${source}show-time.ts');
    const seen = [];
    for (const [now, zone] of [
      ['2026-03-08T02:30:00Z', 'Europe/Berlin'], ['2026-03-08T10:30:00Z', 'Asia/Kolkata'],
      ['2026-10-03T15:45:00Z', 'Pacific/Chatham'], ['2026-09-06T04:10:00Z', 'America/Santiago'],
      ['2026-11-01T05:30:00Z', 'America/New_York'], ['2026-12-31T23:59:00Z', 'UTC'],
    ])
      for (const text of ['tomorrow 9am', 'friday 17:00', 'in 2 days', 'noon', 'tomorrow', 'jan 2 9am', '2:30', 'in 3h', 'next monday 10:00', '1/2/2027 9am', 'end of month'])
        seen.push(JSON.stringify(readTime(text, { now: new Date(now), zone })), showTime(new Date(now), zone, new Date(now)));
    console.log(seen.join('\\n'));`;
  const outputOn = (zone: string, language: string): string => {
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      env: { ...process.env, TZ: zone, LANG: language, LC_ALL: language, NODE_OPTIONS: '' },
      encoding: 'utf8',
    });
    return run.status === 0 ? run.stdout : run.stderr;
  };
  test('a machine in New York, on Lord Howe, in Santiago and in UTC reads and shows the same', () => {
    const expected = outputOn('UTC', 'C');
    expect(expected).toContain('"kind":"time"');
    for (const zone of ['America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Pacific/Apia']) {
      expect(outputOn(zone, 'de_DE.UTF-8')).toBe(expected);
    }
  });
});
