export interface TimeContext {
  readonly now: Date;
  /** IANA zone of the engineer; one that does not exist counts as UTC. */
  readonly zone: string;
}

export interface TimeChoice {
  readonly label: string;
  readonly at: Date;
}

/** What a line says about when to remind. Moments are whole minutes, at least one minute and at most 90 days ahead. */
export type TimeReading =
  | {
      readonly kind: 'time';
      readonly at: Date;
      /** The zone that it was read in: the engineer's unless the text names another. */
      readonly zone: string;
      /** The words that were read, as they were typed. */
      readonly words: string;
      /** What was assumed and should be shown, plain short sentences. */
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'ask';
      /** A plain sentence that ends in a question. */
      readonly question: string;
      /** None to four, the likeliest first. */
      readonly choices: readonly TimeChoice[];
      readonly zone: string;
      readonly words: string;
    }
  | { readonly kind: 'refused'; /** What was wrong and what to do. */ readonly reason: string; readonly words: string }
  | { readonly kind: 'none' };
