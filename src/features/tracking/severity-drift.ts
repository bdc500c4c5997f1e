import type { IcmSeverity } from '../../playbook/facts.ts';
import { cite, openPoint, type Citation, type OpenPoint } from '../../playbook/cite.ts';
import type { Playbook } from '../../playbook/schema.ts';
import { answerSeverity, type SeverityAnswer } from '../severity/severity.ts';
import type { Icm } from './icm-store.ts';

/** What the severities of an ICM are judged by. */
export type Severities = Pick<Icm, 'caseSeverity' | 'icmSeverity' | 'outage'>;

/** The ICM severity does not fit the case or the outage. */
export interface Drift {
  /**
   * `raise`: the table asks for a more urgent ICM (F1, F2, F6). `uncovered`: the ICM is more urgent than the table
   * gives; no document says that it may go down (T2), so an SME decides.
   */
  readonly kind: 'raise' | 'uncovered';
  /** What the table gives. */
  readonly expected: IcmSeverity;
  /** All of it in a few words, for lists: "ICM Sev 3, should be Sev 2 (F2)". */
  readonly short: string;
  readonly headline: string;
  readonly lines: readonly string[];
  /** The deciding rule first. */
  readonly citations: readonly Citation[];
  /** Where the documents are silent, with who decides. */
  readonly open?: OpenPoint;
}

/** What the table gives for an outage or a case; `undefined` while neither is known. */
export function severityFor(icm: Pick<Icm, 'caseSeverity' | 'outage'>, playbook: Playbook): IcmSeverity | undefined {
  const { table } = playbook.severity;
  if (icm.outage) return table.outage.icm;
  return icm.caseSeverity && table[icm.caseSeverity].icm;
}

/**
 * Compares the severities with the table of the playbook; `undefined` where they fit or one of them is not known.
 * `before` is what they were, where they have just changed: the answer is then about the change.
 */
export function driftOf(icm: Severities, playbook: Playbook, before?: Severities): Drift | undefined {
  const expected = severityFor(icm, playbook);
  const given = icm.icmSeverity;
  if (expected === undefined || given === undefined || expected === given) return undefined;
  const answer = answerOnChange(icm, before, playbook);
  const row = icm.outage ? playbook.severity.table.outage : playbook.severity.table[icm.caseSeverity ?? 'A'];
  const { up, down } = playbook.severity.answers;
  if (given > expected) {
    const rules = [row.rule, ...(icm.outage ? [] : up.cites)];
    return {
      kind: 'raise',
      expected,
      short: `ICM Sev ${given}, should be Sev ${expected} (${row.rule})`,
      headline: answer.headline,
      lines: answer.lines,
      citations: merged(
        rules.map((rule) => cite(rule, playbook)),
        answer.citations,
      ),
    };
  }
  return {
    kind: 'uncovered',
    expected,
    short: `ICM Sev ${given}, the table gives Sev ${expected}; going down is not in the documents, ask an SME`,
    headline: answer.headline,
    lines: answer.lines,
    citations: merged([cite(row.rule, playbook), ...down.cites.map((rule) => cite(rule, playbook))], answer.citations),
    ...(down.tension === undefined ? {} : { open: openPoint(down.tension, playbook) }),
  };
}

/** The playbook's answer to the severities as they are or, with `before`, to their change. */
export function answerOnChange(icm: Severities, before: Severities | undefined, playbook: Playbook): SeverityAnswer {
  const { caseSeverity, icmSeverity } = icm;
  const known = {
    ...(caseSeverity === undefined ? {} : { caseSeverity }),
    ...(icmSeverity === undefined ? {} : { icmSeverity }),
  };
  if (icm.outage) return answerSeverity({ ...known, outage: true }, playbook);
  if (before?.outage) return answerSeverity({ ...known, ended: true }, playbook);
  const was = before?.caseSeverity;
  const isCaseChange = was !== undefined && caseSeverity !== undefined && was !== caseSeverity;
  return answerSeverity({ ...known, ...(isCaseChange ? { caseSeverityBefore: was } : {}) }, playbook);
}

function merged(first: readonly Citation[], then: readonly Citation[]): Citation[] {
  return [...new Map([...first, ...then].map((citation) => [citation.id, citation])).values()];
}
