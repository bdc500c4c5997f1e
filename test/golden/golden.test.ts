import { beforeAll, describe, expect, test } from '@jest/globals';
import { hasOpenssl } from '../support/certificates.ts';
import { play, readGolden, type Outcome } from './stage.ts';

if (!hasOpenssl) console.log('No openssl on this machine: the golden activities are not played.');

const all = readGolden();

test('there are at least forty, each in a conversation of its own, and each says what it is about', () => {
  expect(all.size).toBeGreaterThanOrEqual(40);
  const places = [...all.values()].map(({ activity }) => (activity['conversation'] as { id: string }).id);
  expect(new Set(places).size).toBe(all.size);
  for (const { about, expected } of all.values()) {
    expect(about).toMatch(/^[A-Z].{10,}\.$/);
    // Without it the comparison would hold for anything.
    expect(expected).toBeDefined();
  }
});

(hasOpenssl ? describe : describe.skip)('an activity as Teams sends it, through the door of production', () => {
  let outcomes: ReadonlyMap<string, Outcome>;
  beforeAll(async () => {
    outcomes = await play(all);
  }, 120_000);

  test.each([...all])('%s', (name, { expected }) => {
    expect(JSON.parse(JSON.stringify(outcomes.get(name)))).toEqual(expected);
  });
});
