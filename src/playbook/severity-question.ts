import type { CaseSeverity, Need } from './facts.ts';

/** What a question about severity says, as far as it could be read. Nothing in it is guessed. */
export interface SeverityQuestion {
  /** An outage is said to be there now (true) or excluded (false). */
  readonly outage?: boolean;
  /** Whether it is an outage at all is being asked ("3 customers hit, is that an outage?"). */
  readonly outageUnclear?: boolean;
  /** An outage, or the impact, is said to be over or mitigated. */
  readonly ended?: boolean;
  /** Severity of the support request now. `'1'` only where the text clearly speaks of the support request. */
  readonly caseSeverity?: CaseSeverity;
  /** Severity of the support request before a change, where one is told. */
  readonly caseSeverityBefore?: CaseSeverity;
  /** The line is about a change, whatever else it tells of it. */
  readonly changed?: boolean;
  /** Direction of a change where only that is told: "sev down", "case got bumped". */
  readonly direction?: 'up' | 'down';
  /** Severity that the ICM has, or that somebody wants it to have: any number a person can write, also 4 or 2.5. */
  readonly icmSeverity?: number;
  /** Somebody (PG, manager) asks for another ICM severity than the table's (F4). */
  readonly pressure?: boolean;
  /** "Severity 1" was said, and it could be the support request's or the ICM's (T1). */
  readonly unclearOne?: boolean;
  /** Kind of request, where named ("sev for a feature request icm"). */
  readonly need?: Need;
}
