import { isBreak, wordSet } from './token-pattern.ts';

/** The severity of a support request, named in a line. */
export interface LetterMention {
  readonly index: number;
  readonly letter: 'A' | 'B' | 'C';
}

export function letterMentions(tokens: readonly string[]): LetterMention[] {
  return tokens.flatMap((_, index) => {
    const letter = letterAt(tokens, index);
    return letter === undefined ? [] : [{ index, letter }];
  });
}

const LETTERS = new Map<string, 'A' | 'B' | 'C'>([
  ['a', 'A'],
  ['b', 'B'],
  ['c', 'C'],
]);
/** What may follow "a" when it is the severity and not the article. */
const AFTER_SEVERITY_A = wordSet(`
  now today yesterday overnight again already this last so then and or with without while since after before
  because do does should what which how is was has icm case sev to from by at on in for not still directly
  straight 24x7 -> = / + < gets get needs means vs as went goes became becomes correct right ok please too anyway
  morning when where would will can must i we pg customer outage even
`);
export function canFollowSeverity(token: string | undefined): boolean {
  return token !== undefined && AFTER_SEVERITY_A.has(token);
}

const CHANGED_TO = new Set(['to', '->', 'became', 'becomes']);
const IS = wordSet(`
  is was now still as only be are at remains stays again currently just and or from vs + = : /
`);

/** The severity letter at `index`, unless the letter is something else there: an article, "b/c", "plan B". */
export function letterAt(tokens: readonly string[], index: number): 'A' | 'B' | 'C' | undefined {
  const letter = LETTERS.get(tokens[index] ?? '');
  if (letter === undefined) return undefined;
  const accepted = letter === 'A' ? isSeverityA(tokens, index) : isSeverityBOrC(tokens, index);
  return accepted ? letter : undefined;
}

function isSeverityBOrC(tokens: readonly string[], index: number): boolean {
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  // "b/c" is "because" unless the line speaks of severities.
  const other = tokens[index] === 'b' ? tokens[index + 2] : tokens[index - 2];
  if ((tokens[index] === 'b' ? after : before) === '/' && (other === 'c' || other === 'b')) {
    return (
      tokens.includes('sev') ||
      tokens.includes('case') ||
      tokens.length <= 3 ||
      tokens.includes('->') ||
      tokens.includes('=')
    );
  }
  if (before !== undefined && NAMES_A_LETTER.has(before)) return false;
  if (tokens.length === 1 || (tokens.length === 2 && isBreak(after))) return true;
  if (before === 'sev' || before === 'case' || after === 'case' || after === 'sev' || after === '->') return true;
  if (before !== undefined && (CHANGED_TO.has(before) || IS.has(before))) return true;
  if (after === 'to' || after === '=' || after === '/' || after === '+' || after === 'vs') return true;
  if (after === 'or' || after === 'and' || after === 'became' || after === 'icm' || after === 'now') return true;
  return (LETTERS.has(before ?? '') || LETTERS.has(after ?? '')) && tokens.length > 2;
}

/** "plan B", "option C" and "drive C" are no severities. */
const NAMES_A_LETTER = wordSet(`
  plan option part vitamin drive type step series building team customer job group class grade point variant
  version i
`);

function isSeverityA(tokens: readonly string[], index: number): boolean {
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  const ends = isBreak(after) || AFTER_SEVERITY_A.has(after ?? '');
  if (before !== undefined && NAMES_A_LETTER.has(before)) return false;
  if (before === '->' || after === '->') return true;
  if (LETTERS.has(before ?? '') && before !== 'a' && tokens[index - 1] !== undefined && ends) return true;
  if (after === '/' || before === '/')
    return LETTERS.has(tokens[index + 2] ?? '') || LETTERS.has(tokens[index - 2] ?? '') || before === '/';
  if ((after === 'to' || after === 'or' || after === 'and') && LETTERS.has(tokens[index + 2] ?? '')) return true;
  if (before === 'sev') return isLetterAfterSev(tokens, index);
  if (after === 'case' || (after === 'sev' && isBreak(tokens[index + 2]))) return isLetterBeforeCase(tokens, index);
  if (after === '=' || before === '=' || before === ':' || before === '+' || after === '+') return ends;
  if (before === undefined && isBreak(after)) return tokens.length <= 2;
  if (isBreak(after) && (before === 'for' || before === 'of' || before === 'on'))
    return tokens.includes('sev') || tokens.includes('icm');
  if (before === 'case') return ends;
  if (before === 'to' && /^\d$/.test(tokens[index + 1] ?? '')) return false;
  if (after === 'to' && /^\d$/.test(tokens[index + 2] ?? '')) return true;
  if (before !== undefined && (CHANGED_TO.has(before) || IS.has(before)))
    return ends && !isArticleBeforeSev(tokens, index);
  return false;
}

/** "raised to a sev 2": the article before another severity. */
function isArticleBeforeSev(tokens: readonly string[], index: number): boolean {
  const after = tokens[index + 1];
  return (
    after === 'sev' ||
    after === 'icm' ||
    after === 'case' ||
    after === 'customer' ||
    after === 'pg' ||
    after === 'outage'
  );
}

/** "sev a" is the severity, but "what sev a customer's case gets" and "set the sev a bit lower" are not. */
function isLetterAfterSev(tokens: readonly string[], index: number): boolean {
  const after = tokens[index + 1];
  if (isBreak(after)) return true;
  const asked = tokens[index - 2] === 'what' || tokens[index - 2] === 'which';
  if (asked) return AFTER_SEVERITY_A.has(after ?? '') && !isArticleBeforeSev(tokens, index);
  return !NOT_AFTER_SEVERITY.has(after ?? '');
}

const NOT_AFTER_SEVERITY = wordSet(`
  bit little lot few notch level different new certain single couple while year month week day
`);

/** "A case, which icm?", "an A case", "my A case"; but "is it a case for pg" and "for a case". */
function isLetterBeforeCase(tokens: readonly string[], index: number): boolean {
  const before = tokens[index - 1];
  const afterCase = tokens[index + 2];
  if (before === 'sev') return true;
  if (before === undefined || isBreak(before)) return isBreak(afterCase) || AFTER_A_CASE.has(afterCase ?? '');
  return BEFORE_A_CASE.has(before);
}

const AFTER_A_CASE = wordSet(`
  icm = so and which what sev with w -> gets get needs + 24x7 1 2 3 always means
`);
const BEFORE_A_CASE = wordSet(`
  an a my the this that his her our their your 24x7 every each new all no another any is-sev
`);
