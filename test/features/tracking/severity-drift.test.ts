import { expect, test } from '@jest/globals';
import { driftOf, severityFor, type Severities } from '../../../src/features/tracking/severity-drift.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';

const playbook = loadPlaybook();
type Row = readonly [
  caseSeverity: Severities['caseSeverity'],
  icmSeverity: Severities['icmSeverity'],
  outage: boolean,
  kind: 'raise' | 'uncovered' | 'fits',
  rules?: readonly string[],
];

const rows: readonly Row[] = [
  ['A', 1, false, 'uncovered', ['F2']],
  ['A', 2, false, 'fits'],
  ['A', 3, false, 'raise', ['F2', 'F6']],
  ['B', 1, false, 'uncovered', ['F3', 'F6']],
  ['B', 2, false, 'uncovered', ['F3', 'F6']],
  ['B', 3, false, 'fits'],
  ['C', 1, false, 'uncovered', ['F3']],
  ['C', 2, false, 'uncovered', ['F3']],
  ['C', 3, false, 'fits'],
  ['A', 1, true, 'fits'],
  ['A', 2, true, 'raise', ['F1']],
  ['A', 3, true, 'raise', ['F1']],
  ['B', 2, true, 'raise', ['F1']],
  ['C', 1, true, 'fits'],
  [undefined, 1, true, 'fits'],
  [undefined, 3, true, 'raise', ['F1']],
  [undefined, 1, false, 'fits'],
  [undefined, 3, false, 'fits'],
  ['A', undefined, false, 'fits'],
  [undefined, undefined, true, 'fits'],
  [undefined, undefined, false, 'fits'],
];

test.each(rows)('case %s with ICM Sev %s, outage %s: %s', (caseSeverity, icmSeverity, outage, kind, rules = []) => {
  const drift = driftOf({ caseSeverity, icmSeverity, outage }, playbook);
  expect(drift?.kind ?? 'fits').toBe(kind);
  expect(drift?.citations.map(({ id }) => id) ?? []).toEqual(expect.arrayContaining([...rules]));
  if (drift?.kind === 'raise') {
    expect(drift.short).toContain(`should be Sev ${drift.expected} (${rules[0]})`);
    expect(drift.open).toBeUndefined();
  }
  if (drift?.kind === 'uncovered') {
    expect(drift.short).toContain('ask an SME');
    expect(drift.open?.tension).toBe('T2');
    expect(drift.open?.whoDecides).toContain('SME');
  }
});

const changes: readonly (readonly [Severities, Severities, string, 'raise' | 'uncovered' | 'fits'])[] = [
  [sev('B', 3), sev('A', 3), 'change the ICM from Sev 3 to Sev 2', 'raise'],
  [sev('C', 3), sev('A', 3), 'change the ICM from Sev 3 to Sev 2', 'raise'],
  [sev('A', 2), sev('B', 2), 'do not cover a case that goes down from Sev A to B', 'uncovered'],
  [sev('A', 2), sev('C', 2), 'do not cover a case that goes down from Sev A to C', 'uncovered'],
  [sev('A', 1, true), sev('A', 1), 'when an outage or its impact is over', 'uncovered'],
  [sev('B', 1, true), sev('B', 1), 'when an outage or its impact is over', 'uncovered'],
  [sev('A', 2), sev('A', 2, true), 'an outage is ICM Sev 1, not Sev 2', 'raise'],
  [sev('C', 3), sev('B', 3), '', 'fits'],
  [sev('B', 3), sev('C', 3), '', 'fits'],
];

test.each(changes)('from %j to %j: %s', (before, after, words, kind) => {
  const drift = driftOf(after, playbook, before);
  expect(drift?.kind ?? 'fits').toBe(kind);
  expect(drift?.headline ?? '').toContain(words);
});

test('the table gives nothing while neither case nor outage is known', () => {
  expect(severityFor(sev(undefined, 1), playbook)).toBeUndefined();
});

function sev(
  caseSeverity: Severities['caseSeverity'],
  icmSeverity: Severities['icmSeverity'],
  outage = false,
): Severities {
  return { caseSeverity, icmSeverity, outage };
}
