import { canFollowSeverity, letterAt } from './letter-mentions.ts';
import { isBreak, wordSet } from './token-pattern.ts';

/** A severity in figures, named in a line. */
export interface NumberMention {
  readonly index: number;
  readonly value: number;
  /** Whose severity the number is, as far as the words beside it say. */
  readonly of: 'icm' | 'case' | 'unsaid';
}

export function numberMentions(tokens: readonly string[]): NumberMention[] {
  return tokens.flatMap((_, index) => {
    const number = numberAt(tokens, index);
    return number === undefined ? [] : [{ index, ...number }];
  });
}

const NUMBER_WORDS = new Map([
  ['zero', 0],
  ['one', 1],
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
]);
const FILLERS = wordSet(`
  is was still at as a an = : to be of number set now only just stays remains currently always level it made with
  got opened filed created raised in says shows on the from went dropped lowered downgraded bumped upgraded
  changed back should for goes down up
`);

function numberAt(tokens: readonly string[], index: number): Omit<NumberMention, 'index'> | undefined {
  const token = tokens[index] ?? '';
  const value = /^\d(?:\.\d)?$/.test(token) ? Number(token) : NUMBER_WORDS.get(token);
  if (value === undefined || value >= 6) return undefined;
  if (tokens[index - 1] !== 'sev' && UNITS.has(tokens[index + 1] ?? '')) return undefined;
  const written = NUMBER_WORDS.has(token);
  const direct = tokens[index - 1] === 'sev' || tokens[index - 1] === 'icm';
  if (written) return direct ? { value, of: ownerOf(tokens, index) } : undefined;
  const owner = ownerOf(tokens, index);
  if (direct || owner !== 'unsaid') return isCount(tokens, index) ? undefined : { value, of: owner };
  if (isChange(tokens, index) || isSetTo(tokens, index)) return { value, of: 'unsaid' };
  return undefined;
}

/** A number that counts something, or is a time, is no severity. */
const UNITS = wordSet(`
  day hour minute week customer case icm region job pm am time times people more su mb gb percent % subscription
  month year days others users jobs engineer sme / of different similar steps meeting regions pg x
`);

function isCount(tokens: readonly string[], index: number): boolean {
  return tokens[index - 1] === 'with' && tokens[index - 2] === 'case';
}

const SEVERITY_SIGNS = wordSet(`
  -> to from vs or = and
`);

/** "from 2 to 3", "2 -> 3", "A to 1", "B = 3": a number across from another severity. */
function isChange(tokens: readonly string[], index: number): boolean {
  const isSeverity = (at: number): boolean => /^(?:[abc]|[0-5](?:\.5)?)$/.test(tokens[at] ?? '');
  const before = SEVERITY_SIGNS.has(tokens[index - 1] ?? '') && (isSeverity(index - 2) || tokens[index - 2] === 'sev');
  const after =
    SEVERITY_SIGNS.has(tokens[index + 1] ?? '') &&
    (isSeverity(index + 2) || (tokens[index + 2] === 'sev' && isSeverity(index + 3)));
  return before || after || tokens[index - 1] === 'from';
}

const SETTERS = wordSet(`
  set make made put use used choose chose picked pick filed file downgraded downgrade upgraded upgrade lowered
  lower raised raise dropped drop bumped bump changed change reduce reduced wants want keep selected select
  demands moved opened says said insists
`);
const BETWEEN = wordSet(`
  it to as a at on the icm sev my in just only this that is use with make should be always back
`);

/** "make it 3", "set to 2", "I picked 3". */
function isSetTo(tokens: readonly string[], index: number): boolean {
  if (!isBreak(tokens[index + 1]) && !canFollowSeverity(tokens[index + 1])) return false;
  for (let at = index - 1; at >= 0 && at >= index - 5; at -= 1) {
    const token = tokens[at] ?? '';
    if (SETTERS.has(token)) return true;
    if (!BETWEEN.has(token)) return false;
  }
  return false;
}

/** Looks to both sides, past filler words, for the ICM or the support request that the number belongs to. */
function ownerOf(tokens: readonly string[], index: number): NumberMention['of'] {
  const after = tokens[index + 1];
  const sevBefore = tokens[index - 1] === 'sev';
  if (sevBefore && (after === 'icm' || after === 'case')) return after;
  for (let at = index - 1; at >= 0 && at >= index - 7; at -= 1) {
    const token = tokens[at] ?? '';
    if (token === 'icm') return 'icm';
    // "A case = sev 2": the support request has its letter already, so the number is the ICM's.
    if (token === 'case')
      return hasLetter(tokens, at) ? 'icm' : tokens.slice(at, index).includes('sev') ? 'case' : 'unsaid';
    if (token !== 'sev' && !FILLERS.has(token)) return 'unsaid';
  }
  return 'unsaid';
}

function hasLetter(tokens: readonly string[], caseAt: number): boolean {
  return letterAt(tokens, caseAt - 1) !== undefined || letterAt(tokens, caseAt + 1) !== undefined;
}
