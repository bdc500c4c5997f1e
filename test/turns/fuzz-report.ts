/** The line of JSON that `fuzz-run.ts` ends with. */
export interface FuzzReport {
  readonly count: number;
  readonly seed: number;
  /** What was wrong, with the activity. */
  readonly faults: readonly string[];
  /** Names on `Object.prototype` that are not what they were. */
  readonly changed: readonly string[];
  /** Turns that gave up because one person typed more at once than a person can. */
  readonly crowded: number;
  /** Checks that a mutated activity has brought forward. */
  readonly changes: number;
  /** A question after the storm was answered. */
  readonly answered: boolean;
  readonly statuses: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly perSecond: { readonly overHttp: number; readonly direct: number };
}
