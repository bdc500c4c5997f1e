import fc from 'fast-check';
import { isQuiet, nextWorking, readHours, workingMorning, type Hours } from '../../src/understanding/hours.ts';

const office: Hours = { zone: 'Europe/Berlin', from: '09:00', to: '17:00', days: [1, 2, 3, 4, 5] };
const night: Hours = { zone: 'Asia/Kolkata', from: '22:00', to: '06:00', days: [1, 2, 3, 4, 5] };
const at = (text: string): Date => new Date(text);

describe('quiet is what lies outside of working days and hours', () => {
  test.each([
    ['2026-11-20T08:59:59+01:00', true],
    ['2026-11-20T09:00:00+01:00', false],
    ['2026-11-20T16:59:59+01:00', false],
    ['2026-11-20T17:00:00+01:00', true],
    ['2026-11-21T12:00:00+01:00', true],
    ['2026-11-22T23:30:00Z', true],
  ])('%s: %s in an office in Berlin', (moment, quiet) => {
    expect(isQuiet(at(moment), office)).toBe(quiet);
  });
  test.each([
    ['2026-11-20T21:59:00+05:30', true],
    ['2026-11-20T22:00:00+05:30', false],
    // The shift of Friday ends on Saturday morning.
    ['2026-11-21T05:59:00+05:30', false],
    ['2026-11-21T06:00:00+05:30', true],
    ['2026-11-21T23:00:00+05:30', true],
    // Monday before dawn would be Sunday's shift, and there is none.
    ['2026-11-23T03:00:00+05:30', true],
  ])('%s: %s on the night shift in India', (moment, quiet) => {
    expect(isQuiet(at(moment), night)).toBe(quiet);
  });
  test('the same hour twice is around the clock', () => {
    const always = { ...office, from: '00:00', to: '00:00', days: [1, 2, 3, 4, 5, 6, 7] };
    expect(isQuiet(at('2026-11-21T03:00:00Z'), always)).toBe(false);
  });
  test('without working days nobody is ever quiet, as no moment to wait for would come', () => {
    expect(isQuiet(at('2026-11-21T03:00:00Z'), { ...office, days: [] })).toBe(false);
  });
  test('a zone that does not exist counts as UTC, a date that is none is not quiet', () => {
    expect(isQuiet(at('2026-11-20T09:00:00Z'), { ...office, zone: 'Mars/Olympus' })).toBe(false);
    expect(isQuiet(new Date(Number.NaN), office)).toBe(false);
  });
});

describe('the next moment that is not quiet', () => {
  test.each([
    ['2026-11-20T12:00:00+01:00', '2026-11-20T11:00:00.000Z'],
    ['2026-11-20T07:00:00+01:00', '2026-11-20T08:00:00.000Z'],
    ['2026-11-20T17:00:00+01:00', '2026-11-23T08:00:00.000Z'],
    ['2026-11-21T12:00:00+01:00', '2026-11-23T08:00:00.000Z'],
    // Clocks go back on the weekend, so Monday 09:00 is an hour later in UTC.
    ['2026-10-23T18:00:00+02:00', '2026-10-26T08:00:00.000Z'],
    ['2026-03-27T18:00:00+01:00', '2026-03-30T07:00:00.000Z'],
  ])('after %s it is %s', (moment, expected) => {
    expect(nextWorking(at(moment), office).toISOString()).toBe(expected);
  });
  test('a start that a change of clocks leaves out moves forward by the gap', () => {
    const early = { zone: 'Europe/Berlin', from: '02:30', to: '10:00', days: [7] };
    expect(nextWorking(at('2026-03-28T12:00:00+01:00'), early).toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });
});

describe('the start of the working day that holds a moment or follows it', () => {
  test.each([
    ['2026-11-20T12:00:00+01:00', office, '2026-11-20T08:00:00.000Z'],
    ['2026-11-20T07:00:00+01:00', office, '2026-11-20T08:00:00.000Z'],
    ['2026-11-20T18:00:00+01:00', office, '2026-11-23T08:00:00.000Z'],
    ['2026-11-22T12:00:00+01:00', office, '2026-11-23T08:00:00.000Z'],
    ['2026-11-21T03:00:00+05:30', night, '2026-11-20T16:30:00.000Z'],
    ['2026-11-21T08:00:00+05:30', night, '2026-11-23T16:30:00.000Z'],
  ])('%s', (moment, hours, expected) => {
    expect(workingMorning(at(moment), hours).toISOString()).toBe(expected);
  });
});

test('in every zone the next working moment is not quiet, not earlier, and within eight days', () => {
  const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '59'));
  const hours = fc.record({
    zone: fc.constantFrom('Europe/Berlin', 'America/Santiago', 'Australia/Lord_Howe', 'Pacific/Chatham', 'UTC'),
    from: clock.map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`),
    to: clock.map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  });
  const moment = fc.date({ min: at('2025-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z'), noInvalidDate: true });
  fc.assert(
    fc.property(moment, hours, (now, one) => {
      const next = nextWorking(now, one);
      expect(next.getTime()).toBeGreaterThanOrEqual(now.getTime());
      expect(next.getTime() - now.getTime()).toBeLessThan(8 * 24 * 3_600_000 + 2 * 3_600_000);
      expect(isQuiet(next, one)).toBe(false);
    }),
    { numRuns: 1_000, seed: 11 },
  );
});

describe('hours are read from a line', () => {
  test.each([
    ["don't ping me at night", { kind: 'quiet', from: '20:00', to: '08:00' }],
    ['quiet hours 20:00-08:00', { kind: 'quiet', from: '20:00', to: '08:00' }],
    ['quiet hours from 10pm until 7am', { kind: 'quiet', from: '22:00', to: '07:00' }],
    ['no pings after 6pm', { kind: 'quiet', from: '18:00', to: '08:00' }],
    ['never ping me before 9am', { kind: 'quiet', from: '20:00', to: '09:00' }],
    ['do not disturb after 18:00 and before 8', { kind: 'quiet', from: '18:00', to: '08:00' }],
    ['I work 7-15 mon-thu', { kind: 'hours', from: '07:00', to: '15:00', days: [1, 2, 3, 4] }],
    ['I work 9 to 5', { kind: 'hours', from: '09:00', to: '17:00' }],
    [
      'my working hours are 9am-6pm Monday to Friday',
      { kind: 'hours', from: '09:00', to: '18:00', days: [1, 2, 3, 4, 5] },
    ],
    ['I work 8:30-17:00 on weekdays', { kind: 'hours', from: '08:30', to: '17:00', days: [1, 2, 3, 4, 5] }],
    ['I work sun-thu 9-17', { kind: 'hours', from: '09:00', to: '17:00', days: [1, 2, 3, 4, 7] }],
    ['mon, wed and fri I work 9-13', { kind: 'hours', from: '09:00', to: '13:00', days: [1, 3, 5] }],
    ['I work nights 22:00-06:00', { kind: 'hours', from: '22:00', to: '06:00' }],
    ['I work fri-mon 9-17', { kind: 'hours', from: '09:00', to: '17:00', days: [1, 5, 6, 7] }],
    ['hello', { kind: 'none' }],
    ['remind me at 5', { kind: 'none' }],
    ['in 2 hours', { kind: 'none' }],
  ])('%s', (text, expected) => {
    expect(readHours(text)).toEqual(expected);
  });
  test.each(['quiet hours 25:00-08:00', 'working hours 13am-5pm', 'working hours 9:00-9:00', 'I work 9:75-17:00'])(
    '%s is refused with what to write instead',
    (text) => {
      expect(readHours(text)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('09:00-17:00') });
    },
  );
  test('no text makes it throw', () => {
    const salad = fc.array(
      fc.constantFrom('quiet', 'work', '9', '-', '17:00', 'mon', 'to', 'after', 'night', 'pm', '99'),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          salad.map((words) => words.join(' ')),
        ),
        (text) => {
          const { kind } = readHours(text);
          expect(['hours', 'quiet', 'refused', 'none']).toContain(kind);
        },
      ),
      { numRuns: 1_000, seed: 2 },
    );
  });
});
