import type { MessageRuleId } from '../../playbook/schema.ts';
import type { DraftText, Stretch } from './draft-text.ts';
import type { Sentence } from './sentences.ts';

/** What a rule found, in places of the folded text. */
export interface Found extends Stretch {
  readonly rule: MessageRuleId;
  /** What the corrected message has instead; without it the playbook's replacement stands in the same place. */
  readonly edit?: Edit;
}

/** A change of the draft, in places of the folded text. An empty stretch is an insertion. */
export interface Edit extends Stretch {
  readonly text: string;
}

/** A draft prepared for the rules. */
export interface Draft extends DraftText {
  /** Addresses of pages and people. */
  readonly links: readonly Link[];
  /** Lines of our own logs. */
  readonly logs: readonly Stretch[];
  /** What is told in sentences: without greeting, sign-off, links, logs and quoted queries. */
  readonly sentences: readonly Sentence[];
  /** Where something that is missing is put: behind the last sentence and behind the greeting. */
  readonly endOfBody: number;
  readonly startOfBody: number;
}

export interface Link extends Stretch {
  readonly isIcm: boolean;
}
