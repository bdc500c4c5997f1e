import { answerSeverity } from '../../../src/features/severity/severity.ts';
import type { SeverityQuestion } from '../../../src/playbook/severity-question.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import { SEVERITY_ANSWERS } from '../../../src/playbook/schema.ts';

const playbook = loadPlaybook();

/** Question, kind of answer, ICM severity, first rule cited, tension. */
const rows: readonly (readonly [SeverityQuestion, string, number | null, string, string?])[] = [
  [{}, 'table', null, 'F1'],
  [{ outage: false }, 'table', null, 'F1'],
  [{ caseSeverity: 'A' }, 'case', 2, 'F2'],
  [{ caseSeverity: 'B' }, 'case', 3, 'F3'],
  [{ caseSeverity: 'C' }, 'case', 3, 'F3'],
  [{ caseSeverity: 'B', outage: false }, 'case', 3, 'F3'],
  [{ caseSeverity: 'unknown' }, 'case-unknown', null, 'F2'],
  [{ caseSeverity: '1' }, 'case-one', null, 'F22', 'T1'],
  [{ unclearOne: true }, 'which-one', null, 'F1', 'T1'],
  [{ unclearOne: true, caseSeverity: 'A' }, 'a-is-not-one', 2, 'F2', 'T1'],
  [{ outage: true }, 'outage', 1, 'F1'],
  [{ outage: true, caseSeverity: 'C' }, 'outage', 1, 'F1'],
  [{ outage: true, caseSeverity: 'A', icmSeverity: 1 }, 'outage', 1, 'F1'],
  [{ outage: true, need: 'quota-increase' }, 'outage', 1, 'F1'],
  [{ outage: true, caseSeverityBefore: 'B' }, 'outage-changes', 1, 'F1'],
  [{ outage: true, icmSeverity: 2 }, 'outage-mismatch', 1, 'F1'],
  [{ outageUnclear: true }, 'outage-meaning', null, 'F29'],
  [{ outageUnclear: true, icmSeverity: 1, direction: 'up' }, 'outage-meaning', null, 'F29'],
  [{ outage: true, ended: true, icmSeverity: 1 }, 'ended', null, 'F6', 'T2'],
  [{ ended: true, caseSeverity: 'A' }, 'ended', null, 'F6', 'T2'],
  [{ caseSeverityBefore: 'B', caseSeverity: 'A' }, 'up', 2, 'F6'],
  [{ caseSeverityBefore: 'B', caseSeverity: 'A', icmSeverity: 3 }, 'up', 2, 'F6'],
  [{ caseSeverityBefore: 'C', caseSeverity: 'A' }, 'up', 2, 'F6'],
  [{ caseSeverityBefore: 'B', caseSeverity: 'A', icmSeverity: 2 }, 'up-done', 2, 'F6'],
  [{ direction: 'up', caseSeverity: 'A', icmSeverity: 3 }, 'up', 2, 'F6'],
  [{ direction: 'up', caseSeverity: 'A' }, 'up-unknown', 2, 'F6'],
  [{ direction: 'up', caseSeverity: 'B' }, 'same', 3, 'F3'],
  [{ caseSeverityBefore: 'C', caseSeverity: 'B' }, 'same', 3, 'F3'],
  [{ caseSeverityBefore: 'B', caseSeverity: 'C' }, 'same', 3, 'F3'],
  [{ caseSeverityBefore: 'B', caseSeverity: 'C', icmSeverity: 2 }, 'mismatch', 3, 'F3'],
  [{ caseSeverityBefore: 'A', caseSeverity: 'B' }, 'down', null, 'F6', 'T2'],
  [{ direction: 'down', caseSeverity: 'C' }, 'down-unknown', null, 'F3', 'T2'],
  [{ direction: 'down' }, 'either-way', null, 'F6', 'T2'],
  [{ direction: 'up' }, 'either-way', null, 'F6', 'T2'],
  [{ caseSeverity: 'A', icmSeverity: 3 }, 'mismatch', 2, 'F2'],
  [{ caseSeverity: 'A', icmSeverity: 1 }, 'mismatch', 2, 'F2'],
  [{ caseSeverity: 'B', icmSeverity: 2 }, 'mismatch', 3, 'F3'],
  [{ caseSeverity: 'A', icmSeverity: 2 }, 'matches', 2, 'F2'],
  [{ caseSeverity: 'C', icmSeverity: 3 }, 'matches', 3, 'F3'],
  [{ caseSeverity: 'A', icmSeverity: 3, pressure: true }, 'pressure', 2, 'F2'],
  [{ caseSeverity: 'A', icmSeverity: 3, pressure: true, direction: 'down' }, 'pressure', 2, 'F2'],
  [{ pressure: true }, 'pressure-table', null, 'F1'],
  [{ icmSeverity: 2 }, 'icm-only', null, 'F2'],
  [{ icmSeverity: 4 }, 'no-such-severity', null, 'F1'],
  [{ icmSeverity: 2.5, caseSeverity: 'C' }, 'no-such-severity', 3, 'F3'],
  [{ need: 'feature-request' }, 'need', null, 'F2'],
  [{ need: 'rca', caseSeverity: 'A' }, 'case', 2, 'F2'],
];

test.each(
  rows.map(([said, id, icm, rule, tension = null]) => [JSON.stringify(said), said, id, icm, rule, tension] as const),
)('%s gets the right answer', (_title, question, id, icmSeverity, rule, tension) => {
  const answer = answerSeverity(question, playbook);
  expect([answer.id, answer.icmSeverity, answer.citations[0]?.id, answer.disagreement?.tension ?? null]).toEqual([
    id,
    icmSeverity,
    rule,
    tension,
  ]);
  expect(answer.headline.length).toBeLessThanOrEqual(120);
  expect([answer.headline, ...answer.lines, ...answer.suggestions.map(({ text }) => text)].join(' ')).not.toMatch(
    /[{}]/,
  );
});

test('every kind of answer is in the table', () => {
  expect(SEVERITY_ANSWERS.filter((id) => !rows.some((row) => row[1] === id))).toEqual([]);
});

test('"Severity 1" is asked back, never guessed', () => {
  expect(answerSeverity({ unclearOne: true }, playbook).ask).toBe('case-or-icm');
  expect(answerSeverity({ unclearOne: true, caseSeverity: 'A' }, playbook).ask).toBe('case-or-icm');
  expect(answerSeverity({ caseSeverity: '1' }, playbook).ask).toBeUndefined();
});

test('pressure is answered with the reason for the table and the way to an SME', () => {
  const answer = answerSeverity({ caseSeverity: 'A', icmSeverity: 3, pressure: true }, playbook);
  expect(answer.headline).toBe('Sev A case: ICM Sev 2, also when somebody asks for another severity.');
  expect(answer.citations.map(({ id }) => id)).toContain('F4');
  expect(answer.lines.join(' ')).toContain('SME');
});

test('the rise from B to A is answered with the change', () => {
  const answer = answerSeverity({ caseSeverityBefore: 'B', caseSeverity: 'A', icmSeverity: 3 }, playbook);
  expect(answer.headline).toBe('Yes, change the ICM from Sev 3 to Sev 2.');
});

test('an ICM that may have to be lowered is left to an SME', () => {
  expect(answerSeverity({ caseSeverity: 'B', icmSeverity: 2 }, playbook).lines.join(' ')).toContain('ask an SME');
  expect(answerSeverity({ caseSeverity: 'A', icmSeverity: 3 }, playbook).lines).toEqual(['Change the ICM to Sev 2.']);
});

test('every combination of what a question can say gets one whole answer', () => {
  const cases = [undefined, 'A', 'B', 'C', '1', 'unknown'] as const;
  const maybe = [undefined, true] as const;
  let count = 0;
  for (const outage of [undefined, true, false])
    for (const caseSeverity of cases)
      for (const caseSeverityBefore of cases)
        for (const direction of [undefined, 'up', 'down'] as const)
          for (const icmSeverity of [undefined, 1, 2, 3, 4, 2.5])
            for (const ended of maybe)
              for (const pressure of maybe)
                for (const unclearOne of maybe)
                  for (const outageUnclear of maybe) {
                    const said = {
                      outage,
                      caseSeverity,
                      caseSeverityBefore,
                      direction,
                      icmSeverity,
                      ended,
                      pressure,
                      unclearOne,
                      outageUnclear,
                    };
                    const question = Object.fromEntries(
                      Object.entries(said).filter(([, value]) => value !== undefined),
                    ) as SeverityQuestion;
                    const answer = answerSeverity(question, playbook);
                    count += 1;
                    if (answer.headline.includes('{') || answer.headline.length > 120 || answer.citations.length === 0)
                      throw new Error(`${JSON.stringify(question)}: ${answer.id} ${answer.headline}`);
                  }
  expect(count).toBe(3 * 6 * 6 * 3 * 6 * 16);
});
