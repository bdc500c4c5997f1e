import { readPastTime } from '../../src/understanding/read-past-time.ts';

/** A Friday; 10:00 in Berlin, 18:00 in Tokyo. */
const now = new Date('2026-11-20T09:00:00Z');
const read = (text: string, zone = 'UTC', at = now): string => {
  const reading = readPastTime(text, { now: at, zone });
  return reading.kind === 'time' ? reading.at.toISOString().slice(0, 16) : reading.kind;
};

describe('when something happened', () => {
  test.each<[words: string, zone: string, at: string]>([
    ['05:20 UTC', 'Asia/Tokyo', '2026-11-20T05:20'],
    ['05:20', 'Europe/Berlin', '2026-11-20T04:20'],
    ['5:20', 'UTC', '2026-11-20T05:20'],
    ['9am', 'UTC', '2026-11-20T09:00'],
    ['00:00', 'UTC', '2026-11-20T00:00'],
    // Still to come today, so it was yesterday.
    ['13:00', 'UTC', '2026-11-19T13:00'],
    ['23:50', 'Asia/Tokyo', '2026-11-19T14:50'],
    ['yesterday 22:10', 'Europe/Berlin', '2026-11-19T21:10'],
    ['today 08:00', 'UTC', '2026-11-20T08:00'],
    ['friday 14:00', 'UTC', '2026-11-13T14:00'],
    ['monday 14:00', 'UTC', '2026-11-16T14:00'],
    ['19 nov 05:20', 'UTC', '2026-11-19T05:20'],
    ['Oct 1, 3pm', 'UTC', '2026-10-01T15:00'],
    ['2026-11-19 05:20', 'Europe/Berlin', '2026-11-19T04:20'],
    ['20 minutes ago', 'UTC', '2026-11-20T08:40'],
    ['1 hour 10 min ago', 'UTC', '2026-11-20T07:50'],
    ['2 days ago', 'UTC', '2026-11-18T09:00'],
    ['just now', 'UTC', '2026-11-20T09:00'],
    ['by the monitor at 05:30', 'UTC', '2026-11-20T05:30'],
  ])('“%s” in %s', (words, zone, at) => {
    expect(read(words, zone)).toBe(at);
  });

  test('just after midnight it was the evening before', () => {
    expect(read('23:50', 'UTC', new Date('2026-11-20T00:30:00Z'))).toBe('2026-11-19T23:50');
  });

  test.each([
    ['today 13:00', 'refused'],
    ['tomorrow 9am', 'refused'],
    ['2027-01-01 10:00', 'refused'],
    ['2026-01-01 10:00', 'refused'],
    ['in 2 hours', 'refused'],
    ['30 min', 'refused'],
    ['25:00', 'refused'],
    ['05:20 IST', 'ask'],
    ['yesterday', 'ask'],
    ['5', 'refused'],
    ['soon', 'none'],
    ['later', 'none'],
    ['', 'none'],
  ])('“%s” is %s', (words, kind) => {
    expect(read(words).slice(0, 7)).toBe(kind);
  });

  test('whatever is read has passed, in every zone and at every hour', () => {
    const zones = ['UTC', 'Asia/Kolkata', 'America/Los_Angeles', 'Pacific/Auckland', 'Europe/Berlin'];
    const words = ['05:20', '9am', '17:45', 'yesterday 3pm', 'monday 10:00', '3 hours ago', '1 Nov 10:00'];
    // Two days around the end of summer time in Berlin.
    for (let hour = 0; hour < 48; hour += 7)
      for (const zone of zones)
        for (const said of words) {
          const at = new Date(Date.UTC(2026, 9, 24, hour, 13));
          const reading = readPastTime(said, { now: at, zone });
          if (reading.kind !== 'time') continue;
          expect(reading.at.getTime()).toBeLessThanOrEqual(at.getTime() + 60_000);
          if (/^\d/.test(said) && !said.includes('Nov'))
            expect(at.getTime() - reading.at.getTime()).toBeLessThan(25 * 3_600_000);
        }
  });
});
