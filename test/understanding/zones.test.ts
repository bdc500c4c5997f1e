import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { isZone, readZone, zoneLabel, zoneOr } from '../../src/understanding/zones.ts';
import { MEANINGS_OF } from '../../src/understanding/zone-abbreviations.ts';
import { NEW_NAME_OF, ZONES_OF_PLACE } from '../../src/understanding/zone-places.ts';

describe('a zone is read however it is named', () => {
  test.each([
    ["I'm in Bangalore", 'Asia/Kolkata'],
    ['Dublin', 'Europe/Dublin'],
    ['Redmond', 'America/Los_Angeles'],
    ['I sit in Hyderabad, India', 'Asia/Kolkata'],
    ['new york city', 'America/New_York'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['Zürich', 'Europe/Zurich'],
    ['MÜNCHEN', 'Europe/Berlin'],
    ['Buenos Aires', 'America/Argentina/Buenos_Aires'],
    ['Kathmandu', 'Asia/Kathmandu'],
    ['Kiev', 'Europe/Kyiv'],
    ['washington dc', 'America/New_York'],
    ['Port-au-Prince', 'America/Port-au-Prince'],
    ["I live in Israel's north", 'Asia/Jerusalem'],
    ['Poland', 'Europe/Warsaw'],
    ['europe/berlin', 'Europe/Berlin'],
    ['my zone is America/New_York.', 'America/New_York'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['CET', 'Europe/Berlin'],
    ['pst', 'America/Los_Angeles'],
    ['PT', 'America/Los_Angeles'],
    ['est', 'America/New_York'],
    ['UTC', 'UTC'],
    ['UTC+2', '+02:00'],
    ['utc + 5:30', '+05:30'],
    ['GMT-3:30', '-03:30'],
    ['+05:30', '+05:30'],
    ['ＵＴＣ＋２', '+02:00'],
  ])('%s is %s', (text, zone) => {
    expect(readZone(text)).toMatchObject({ kind: 'zone', zone });
  });
  test('the words are the ones that were typed', () => {
    expect(readZone('I work from São Paulo now')).toMatchObject({ words: 'São Paulo' });
  });
});

describe('what may be several zones is asked', () => {
  test.each([
    ['IST', ['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem']],
    ['I am in the US', ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles']],
    ['portland', ['America/Los_Angeles', 'America/New_York']],
    ['Berlin or Dublin', ['Europe/Berlin', 'Europe/Dublin']],
  ])('%s', (text, zones) => {
    const reading = readZone(text);
    expect(reading).toMatchObject({ kind: 'ask', question: expect.stringMatching(/\?$/) });
    if (reading.kind === 'ask') expect(reading.choices.map(({ zone }) => zone)).toEqual(zones);
  });
});

test.each([
  '',
  'hello',
  'tell us more',
  'the cat sat',
  'UTC+25',
  'sev 2',
  'Mars/Atlantis',
  '12345',
  'that is west of here',
])('"%s" names no zone', (text) => {
  expect(readZone(text)).toEqual({ kind: 'none' });
});

describe('tables', () => {
  test('every zone of every place and abbreviation is one that times can be reckoned in', () => {
    const zones = [
      ...[...ZONES_OF_PLACE.values()].flat(),
      ...NEW_NAME_OF.values(),
      ...[...MEANINGS_OF.values()].flat().map(({ zone }) => zone),
    ];
    for (const zone of new Set(zones)) {
      expect({ zone, is: isZone(zone) }).toEqual({ zone, is: true });
      expect(() => Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)).not.toThrow();
    }
  });
  test('every IANA zone is read by its name', () => {
    for (const name of Intl.supportedValuesOf('timeZone')) {
      const zone = NEW_NAME_OF.get(name) ?? name;
      expect(readZone(name)).toMatchObject({ kind: 'zone', zone });
    }
  });
  test('an abbreviation stands for an offset that its zone has in summer or in winter', () => {
    for (const [letters, meanings] of MEANINGS_OF) {
      for (const { zone, minutes } of meanings) {
        if (minutes === undefined) continue;
        const offsets = ['2026-01-15T12:00Z', '2026-07-15T12:00Z'].map(
          (at) => Temporal.Instant.from(at).toZonedDateTimeISO(zone).offsetNanoseconds / 60e9,
        );
        expect({ letters, offsets, has: offsets.includes(minutes) }).toEqual({ letters, offsets, has: true });
      }
    }
  });
});

describe('isZone and zoneOr', () => {
  test.each([
    'Europe/Berlin',
    'Asia/Kolkata',
    'Asia/Calcutta',
    'America/Argentina/Buenos_Aires',
    'UTC',
    '+05:30',
    '-08:00',
  ])('%s is a zone', (name) => {
    expect(isZone(name)).toBe(true);
  });
  test.each([
    '',
    'Mars/Olympus',
    'Berlin',
    '+25:00',
    '+05:99',
    'constructor',
    '__proto__',
    'Europe/Berlin\n',
    'a'.repeat(1_000),
  ])('"%s" is none', (name) => {
    expect(isZone(name)).toBe(false);
  });
  test('a setting that is no zone gives way to the fallback, and that to UTC', () => {
    expect(zoneOr('Europe/Berlin', 'UTC')).toBe('Europe/Berlin');
    expect(zoneOr('Nowhere/At_All', 'Asia/Tokyo')).toBe('Asia/Tokyo');
    expect(zoneOr(undefined, 'neither')).toBe('UTC');
  });
  test('a label names the city and the zone', () => {
    expect(zoneLabel('America/New_York')).toBe('New York (America/New_York)');
    expect(zoneLabel('+05:30')).toBe('UTC+05:30');
    expect(zoneLabel('UTC')).toBe('UTC');
  });
});

test('no text makes the reader of zones throw, and what it gives is a zone', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...ZONES_OF_PLACE.keys())), (text) => {
      const reading = readZone(text);
      if (reading.kind === 'zone') expect(isZone(reading.zone)).toBe(true);
      if (reading.kind === 'ask') expect(reading.choices.every(({ zone }) => isZone(zone))).toBe(true);
    }),
    { numRuns: 1_500, seed: 5 },
  );
});
