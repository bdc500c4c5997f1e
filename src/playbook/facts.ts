/**
 * What is known about a customer's case when somebody asks "should I open an ICM?".
 *
 * A field that is `undefined` has not been asked or said yet; `'unknown'` means that it was asked and the engineer
 * does not know. `assess` turns facts into the next question or the verdict.
 */
export interface Facts {
  /** What the customer needs from us. The kind of request is branched on first (T3). */
  readonly need?: Need;
  /** Whether there is an outage: what an engineer validated, or what the customer was said to see (F1, F29). */
  readonly outage?: boolean | 'unknown';
  /**
   * Severity of the customer's support request. `'1'` is a support request called "Severity 1" (F22); no document
   * equates it with Sev A (T1), so it is a value of its own.
   */
  readonly caseSeverity?: CaseSeverity;
  /** Whether the support request is Severity 1, known before its exact severity is (F22). */
  readonly severityOne?: boolean;
  /** Whether there is evidence of a bug (F19). */
  readonly bugEvidence?: boolean | 'unknown';
  /** Who indicated that an ICM is required (F20, F21); `'none'` when nobody did. */
  readonly requestedBy?: Requester;
  /** The four parts of the initial investigation (F29). A missing field has not been asked. */
  readonly investigated?: Partial<Readonly<Record<InvestigationStep, boolean>>>;
  /** Whether the search of existing ICMs found a similar one (F29, T17). */
  readonly similarIcmFound?: boolean;
  /** Whether colleagues in the Teams channel were asked already (F30). */
  readonly askedColleagues?: boolean;
  /** Whether SMEs were asked already (F31). */
  readonly askedSmes?: boolean;
  /** Whether SMEs can be reached now; if not, the collab channel takes their place (F32). */
  readonly smesAvailable?: boolean;
}

export type CaseSeverity = 'A' | 'B' | 'C' | '1' | 'unknown';
/** Severity of the ICM itself (F1-F3). */
export type IcmSeverity = 1 | 2 | 3;
export type Need =
  | 'bug-fix'
  | 'quota-increase'
  | 'feature-request'
  | 'rca'
  | 'documentation-question'
  | 'query-question'
  | 'troubleshooting-help'
  | 'beyond-skills'
  | 'unknown';
export type Requester = 'none' | 'sme' | 'sr-engineer' | 'product-group' | 'unknown';
export type InvestigationStep = 'asc' | 'tsgs' | 'existingIcms' | 'outageCheck';
export type Verdict =
  | 'open'
  | 'do-not-open'
  | 'investigate-first'
  | 'ask-colleagues'
  | 'ask-smes'
  | 'ask-collab-channel'
  | 'follow-existing';
