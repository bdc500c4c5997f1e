import { describe, expect, test } from '@jest/globals';
import {
  cleanParts,
  knownParts,
  mergedParts,
  missingParts,
  neededParts,
  noParts,
  onlyNeeded,
  prefilledParts,
  staleParts,
  type StatusUpdate,
  type UpdateParts,
} from '../../../src/features/incidents/status-update.ts';

const parts = (some: Partial<UpdateParts>): UpdateParts => ({ ...noParts, ...some });
const full = parts({
  what: 'job fleet-eu is 10 minutes late',
  since: '20 November at 05:30 UTC',
  who: 'drivers in Lyon',
  expect: 'old positions on the map',
  steps: 'the product team moves it to new nodes',
  how: 'the job was moved to new nodes',
  verified: 'it ran for 6 hours without a stop',
});
let sequence = 0;
const update = (some: Partial<StatusUpdate>): StatusUpdate => ({
  id: `u${sequence}`,
  tenantId: 't',
  icmId: 'i',
  sequence: (sequence += 1),
  audience: 'internal',
  stage: 'progress',
  parts: full,
  next: undefined,
  postedBy: { aadObjectId: 'p', name: 'Priya Sharma' },
  postedAt: new Date('2026-11-20T09:00:00Z'),
  zone: 'Etc/UTC',
  ...some,
});

describe('what an update needs', () => {
  test.each<[audience: 'external' | 'internal', stage: 'progress' | 'resolved', missing: string[]]>([
    ['external', 'progress', ['what', 'since', 'who', 'expect']],
    ['internal', 'progress', ['what', 'since', 'who', 'expect', 'steps']],
    ['external', 'resolved', ['what', 'since', 'who', 'how', 'verified']],
    ['internal', 'resolved', ['what', 'since', 'who', 'how', 'verified']],
  ])('%s, %s: each part is named that is missing', (audience, stage, missing) => {
    expect(missingParts(noParts, audience, stage)).toEqual(missing);
    expect(missingParts(full, audience, stage)).toEqual([]);
    for (const part of neededParts(audience, stage))
      expect(missingParts({ ...full, [part]: ' . ' }, audience, stage)).toEqual([part]);
  });

  test.each(['yes', 'Done.', 'verified by me', 'n/a', 'It is fixed', 'TBD'])(
    'how it was verified is not told by “%s” (F84)',
    (verified) => {
      expect(missingParts({ ...full, verified }, 'internal', 'resolved')).toEqual(['verified']);
    },
  );

  test.each(['no errors for 6 hours', 'the customer sees every truck again', 'restarted the job'])(
    'but by “%s”',
    (verified) => {
      expect(missingParts({ ...full, verified }, 'internal', 'resolved')).toEqual([]);
    },
  );

  test('what stands in a field that is not shown is not posted', () => {
    expect(onlyNeeded(full, 'external', 'progress')).toMatchObject({
      steps: '',
      how: '',
      verified: '',
      what: full.what,
    });
    expect(onlyNeeded(full, 'internal', 'resolved')).toMatchObject({ steps: '', expect: '', how: full.how });
  });

  test('what cannot be seen is taken out, and NUL, which no database takes', () => {
    expect(cleanParts(parts({ what: ' a\u0000b\u202Ec\uD800 ', who: 'x'.repeat(5_000) }))).toMatchObject({
      what: 'abc\uFFFD',
      who: 'x'.repeat(300),
    });
  });
});

describe('what is known', () => {
  test('is the last state of each part, with the update that said it first', () => {
    const first = update({ parts: onlyNeeded(full, 'internal', 'progress') });
    const second = update({ audience: 'external', parts: parts({ ...full, who: 'all drivers', steps: '' }) });
    const third = update({ parts: parts({ ...full, who: 'all drivers' }) });
    const known = knownParts([first, second, third]);
    expect(known.map(({ part, text, update: of }) => [part, text, of.sequence])).toEqual([
      ['what', full.what, first.sequence],
      ['since', full.since, first.sequence],
      ['who', 'all drivers', second.sequence],
      ['expect', full.expect, first.sequence],
      ['steps', full.steps, first.sequence],
    ]);
  });

  test('resolved: how and how verified in place of steps; if it goes on after that, the other way round', () => {
    const resolved = update({ stage: 'resolved', parts: onlyNeeded(full, 'internal', 'resolved') });
    const names = (updates: StatusUpdate[]) => knownParts(updates).map(({ part }) => part);
    expect(names([update({}), resolved])).toEqual(['what', 'since', 'who', 'how', 'verified']);
    const on = update({ parts: onlyNeeded(full, 'internal', 'progress') });
    expect(names([resolved, on])).toEqual(['what', 'since', 'who', 'expect', 'steps']);
    expect(prefilledParts([resolved, on]).how).toBe('');
  });
});

describe('two who write at once', () => {
  const base = parts({ what: 'late', who: 'Lyon', expect: 'old positions' });
  test.each<[who: string, newest: string, merged: string]>([
    ['Lyon', 'all of France', 'all of France'],
    ['Lyon and Paris', 'all of France', 'Lyon and Paris'],
    ['Lyon', 'Lyon', 'Lyon'],
    ['', 'all of France', ''],
    // What the newer one says nothing of stays.
    ['Lyon', '', 'Lyon'],
  ])('“%s” in the form and “%s” in the newer one give “%s”', (who, newest, merged) => {
    expect(mergedParts({ ...base, who }, base, { ...base, who: newest }).who).toBe(merged);
  });
});

describe('a part of an earlier day', () => {
  const isToday = (at: Date) => at.toISOString().startsWith('2026-11-21');
  test.each<[text: string, isStale: boolean]>([
    ['today at 05:30', true],
    ['since this morning', true],
    ['10 minutes ago', true],
    ['20 November at 05:30 UTC', false],
    ['the job is late', false],
  ])('“%s”', (text, isStale) => {
    const known = knownParts([update({ parts: parts({ ...full, since: text }) })]);
    expect(staleParts(parts({ ...full, since: text }), known, isToday).map(({ part }) => part)).toEqual(
      isStale ? ['since'] : [],
    );
    // Written anew, or on the same day, it is right.
    expect(staleParts(parts({ ...full, since: `${text}!` }), known, isToday)).toEqual([]);
    expect(staleParts(parts({ ...full, since: text }), known, () => true)).toEqual([]);
  });
});
