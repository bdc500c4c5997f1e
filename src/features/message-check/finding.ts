import type { MessageRuleId, MessageSeverity } from '../../playbook/schema.ts';

/** Something in a draft that the documents speak against, or something that is missing from it. */
export interface Finding {
  readonly rule: MessageRuleId;
  readonly severity: MessageSeverity;
  /** UTF-16 places in the draft as it was typed. Equal where something is missing: it belongs there. */
  readonly start: number;
  readonly end: number;
  /** The exact words as they were typed; empty where something is missing. */
  readonly words: string;
  /** In a word or two: `The word "ICM"`. From the playbook. */
  readonly title: string;
  /** A plain sentence from the playbook. */
  readonly why: string;
  /** What to write instead, or in addition. Words in brackets are for the engineer to fill in. */
  readonly replacement?: string;
  /** F-numbers of the rules; `cite(id, playbook)` gives their words. */
  readonly cites: readonly string[];
  /** Where the documents disagree or are silent about it: `openPoint(id, playbook)`. */
  readonly tension?: string;
}

/** The words of a draft that name the next contact, to be read by `readTime`. */
export interface PromisedContact {
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

/** What a check comes to. Nothing of it is kept anywhere. */
export interface MessageCheck {
  /** In the order of the draft. */
  readonly findings: readonly Finding[];
  /** The draft, changed only where it must be. What only the engineer knows stands there in brackets. */
  readonly corrected: string;
  /** The brackets of `corrected` that are still to be filled in, each once. */
  readonly toFill: readonly string[];
  readonly promise?: PromisedContact;
  /** How many characters were read where the draft is longer (row I4); `corrected` keeps the rest as it is. */
  readonly readTo?: number;
  /** There is nothing in it that could be checked: no letter and no digit. */
  readonly isEmpty: boolean;
}
