import type { CaseSeverity } from '../playbook/facts.ts';
import type { LetterMention } from './letter-mentions.ts';
import { isNegation, wordsBefore, wordSet } from './token-pattern.ts';

/** Severity of the support request, now and before a change. */
export interface LettersSaid {
  readonly now?: CaseSeverity;
  readonly before?: CaseSeverity;
}

const CHANGE_WORDS = new Set(['->', 'to', 'became', 'becomes', 'now', 'into']);

export function readLetters(tokens: readonly string[], letters: readonly LetterMention[]): LettersSaid {
  const distinct = new Set(letters.map(({ letter }) => letter));
  const [first, second] = letters;
  if (first === undefined) return {};
  const last = letters.at(-1) ?? first;
  if (hasLettersInARow(tokens)) return {};
  if (second === undefined || distinct.size === 1) return readSingle(tokens, last);
  return letters.length === 2 ? readPair(tokens, first, second) : {};
}

/** "A B A all week": which one it is now cannot be told. */
function hasLettersInARow(tokens: readonly string[]): boolean {
  const isLetter = (token: string | undefined): boolean => token === 'a' || token === 'b' || token === 'c';
  return tokens.some((token, index) => isLetter(token) && isLetter(tokens[index + 1]) && isLetter(tokens[index + 2]));
}

function readSingle(tokens: readonly string[], mention: LetterMention): LettersSaid {
  // "lower to B?" and "refuses to go to B" name a severity that the case does not have.
  if (isProposed(tokens, mention)) return {};
  if (!isFormer(tokens, mention)) return { now: mention.letter };
  return tokens.some((word) => CHANGED.has(word)) ? { before: mention.letter } : {};
}

const CHANGED = wordSet(`
  now went changed raised lowered bumped upgraded downgraded became moved increased decreased dropped reduced
  escalated up down change turned
`);
const PROPOSALS = wordSet(`
  lower drop downgrade reduce decrease raise bump upgrade increase step deescalate refuses refused declines
  declined
  wants want asks asked demands wishes would
`);

function isProposed(tokens: readonly string[], mention: LetterMention): boolean {
  const before = wordsBefore(tokens, mention.index, 6);
  return before.includes('to') && before.some((word) => PROPOSALS.has(word) || isNegation(word));
}

/** Two letters tell a change, or a choice ("B or C"), of which nothing follows. */
function readPair(tokens: readonly string[], first: LetterMention, second: LetterMention): LettersSaid {
  const between = tokens.slice(first.index + 1, second.index);
  if (isFormer(tokens, second) || isNow(tokens, first) || between.includes('from')) {
    return { before: second.letter, now: first.letter };
  }
  if (isFormer(tokens, first)) return { before: first.letter, now: second.letter };
  // "a B case with an ICM, and they raised it to A": joined, but by what happened and not as a choice.
  if (!between.includes('or') && between.at(-1) === 'to' && between.some((word) => CHANGED.has(word)))
    return { before: first.letter, now: second.letter };
  if (between.includes('or') || between.includes('/') || between.includes('and') || between.includes('vs')) return {};
  if (between.some((word) => CHANGE_WORDS.has(word))) return { before: first.letter, now: second.letter };
  return {};
}

/** "was B", "used to be B", "originally B", "from B". */
function isFormer(tokens: readonly string[], mention: LetterMention): boolean {
  const before = wordsBefore(tokens, mention.index, 4);
  if (before.includes('now')) return false;
  if (!before.some((word) => FORMER.has(word)) || before.slice(0, 2).includes('to')) return false;
  // "a request from a sev B case" tells where it comes from, not what it was.
  return !before.includes('from') || tokens.some((word) => CHANGED.has(word) || word === 'to' || word === '->');
}

const FORMER = wordSet(`
  was used originally initially started formerly previously from instead before
`);

function isNow(tokens: readonly string[], mention: LetterMention): boolean {
  return wordsBefore(tokens, mention.index, 3).includes('now') || tokens[mention.index + 1] === 'now';
}
