import type { Playbook } from '../../playbook/schema.ts';
import type { Dialog } from '../feature.ts';
import { assess } from './assess.ts';
import { factsOf, readState } from './check-state.ts';

/** What a check tells of the ICM that it led to, as the fields of a form; `undefined` for a dialog that is no check. */
export function draftOfCheck(dialog: Dialog, playbook: Playbook) {
  if (dialog.feature !== 'advice') return undefined;
  const { state } = readState(dialog.state, playbook);
  const facts = factsOf(state, playbook);
  const result = assess(facts, playbook);
  const { caseSeverity } = facts;
  const severity = result.kind === 'verdict' ? result.severity : null;
  const [srNumber, ...more] = state.srNumbers;
  return {
    srNumber: more.length === 0 ? (srNumber ?? '') : '',
    caseSeverity: caseSeverity === 'A' || caseSeverity === 'B' || caseSeverity === 'C' ? caseSeverity : 'unknown',
    icmSeverity: severity === null ? 'unknown' : String(severity),
    outage: String(facts.outage === true),
  };
}
