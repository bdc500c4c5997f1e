import { matches, patterns } from '../../understanding/token-pattern.ts';
import { classesOf } from '../../understanding/word-classes.ts';

/** Somebody wants a decision on a case of their own: that is the guided check, whatever else it is like. */
const DECISION = patterns(`
  should|shall|do|can|could|may|must|need|want i|we|to ~3 open|create|raise|file|log|cut|submit
  ^ open|create|raise|file an? icm
  icm or not
  need|needs|warrant|warrants|justify|justifies|deserve|deserves|qualify|qualifies ~2 icm
`);

/** Something that can be known is asked for: the bot would not be asked to do it in these words. */
const QUESTION = patterns(`
  ^ what|why|which|who|whom|how|is|are|should|do|does|must|may|where
`);
/** Something is to be done, by the bot or by others: no answer is asked for. */
const WISH = patterns(`
  ^ please? create|open|send|email|call|escalate|set|close|run|delete|remove|increase|raise|change|write|fix|restart
  ^ please? approve|reset|book|transfer|assign|reassign|forward|file|submit|update|upload|post|reply|generate|translate
  ^ can|could|will|would you
  for me now|please|$
`);
/** A product or a matter that the documents have nothing on. */
const isForeign = (word: string): boolean => classesOf(word).includes('other');
/** Somebody speaks of a promise of their own. */
const OWN = patterns('my|mine|me|remind|reminder');

/** What a line is besides its subject; `words` are those of `normalize`. */
export interface LineKind {
  readonly isDecision: boolean;
  readonly isOwn: boolean;
  readonly isQuestion: boolean;
  readonly isWish: boolean;
  readonly isForeign: boolean;
}

export function kindOf(words: readonly string[]): LineKind {
  return {
    isDecision: matches(DECISION, words),
    isOwn: matches(OWN, words),
    isQuestion: matches(QUESTION, words),
    isWish: matches(WISH, words),
    isForeign: words.some(isForeign),
  };
}
