/**
 * Small patterns over tokens, instead of regular expressions over text: readable, and bounded in time by construction.
 *
 * A pattern is written as words with spaces between them:
 * `a|b` one of these words; `word?` may be missing; `~3` up to three words in between; `#` a number; `^` the beginning
 * and `$` the end of a clause; `at|#|$` "at", a number or the end. A gap never crosses the end of a clause or a negation, so "asked nobody about it" does
 * not match `asked ~3 it`.
 */
export interface TokenPattern {
  readonly elements: readonly Element[];
}

type Element =
  | {
      readonly kind: 'words';
      readonly words: ReadonlySet<string>;
      readonly number: boolean;
      readonly end: boolean;
      readonly optional: boolean;
    }
  | { readonly kind: 'gap'; readonly most: number }
  | { readonly kind: 'number' | 'start' | 'end' };

/** A set of words, written with white space between them. */
export function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}

export interface Span {
  /** Index of the first token that matched. */
  readonly start: number;
  /** Index after the last token that matched. */
  readonly end: number;
}

const BREAKS = wordSet(`
  . , ; ? ! : but however although though
`);
const NEGATIONS = wordSet(`
  not no never without nobody none neither nor
`);

export function isBreak(token: string | undefined): boolean {
  return token === undefined || BREAKS.has(token);
}

export function isNegation(token: string | undefined): boolean {
  return token !== undefined && NEGATIONS.has(token);
}

export function pattern(source: string): TokenPattern {
  return { elements: source.split(' ').map(readElement) };
}

/** Several patterns, one per line. */
export function patterns(sources: string): TokenPattern[] {
  return sources
    .trim()
    .split('\n')
    .map((line) => pattern(line.trim()));
}

function readElement(source: string): Element {
  if (source === '#') return { kind: 'number' };
  if (source === '^') return { kind: 'start' };
  if (source === '$') return { kind: 'end' };
  if (source.startsWith('~')) return { kind: 'gap', most: Number(source.slice(1)) };
  const optional = source.length > 1 && source.endsWith('?');
  const words = new Set((optional ? source.slice(0, -1) : source).split('|'));
  return { kind: 'words', words, number: words.delete('#'), end: words.delete('$'), optional };
}

/** The first place where the pattern fits, at or after `from`. */
export function find(wanted: TokenPattern, tokens: readonly string[], from = 0): Span | undefined {
  for (let start = from; start < tokens.length; start += 1) {
    const end = matchFrom(wanted.elements, 0, tokens, start);
    if (end !== undefined) return { start, end };
  }
  return undefined;
}

export function findAll(wanted: readonly TokenPattern[], tokens: readonly string[]): Span[] {
  const spans: Span[] = [];
  for (const one of wanted) {
    let from = 0;
    for (;;) {
      const span = find(one, tokens, from);
      if (span === undefined) break;
      spans.push(span);
      from = span.start + 1;
    }
  }
  return spans;
}

export function matches(wanted: readonly TokenPattern[], tokens: readonly string[]): boolean {
  return wanted.some((one) => find(one, tokens) !== undefined);
}

function matchFrom(
  elements: readonly Element[],
  at: number,
  tokens: readonly string[],
  index: number,
): number | undefined {
  const element = elements[at];
  if (element === undefined) return index;
  const token = tokens[index];
  switch (element.kind) {
    case 'start':
      return index === 0 || isBreak(tokens[index - 1]) ? matchFrom(elements, at + 1, tokens, index) : undefined;
    case 'end':
      return isBreak(token) ? matchFrom(elements, at + 1, tokens, index) : undefined;
    case 'number':
      return token !== undefined && /^\d/.test(token) ? matchFrom(elements, at + 1, tokens, index + 1) : undefined;
    case 'words': {
      if (token !== undefined && (element.words.has(token) || (element.number && /^\d/.test(token)))) {
        const end = matchFrom(elements, at + 1, tokens, index + 1);
        if (end !== undefined) return end;
      }
      const isThere = element.optional || (element.end && isBreak(token));
      return isThere ? matchFrom(elements, at + 1, tokens, index) : undefined;
    }
    case 'gap':
      for (let skipped = 0; skipped <= element.most; skipped += 1) {
        const end = matchFrom(elements, at + 1, tokens, index + skipped);
        if (end !== undefined) return end;
        const next = tokens[index + skipped];
        if (isBreak(next) || isNegation(next)) return undefined;
      }
      return undefined;
  }
}

/** The words of the clause before `index`, nearest first, at most `most`. */
export function wordsBefore(tokens: readonly string[], index: number, most: number): string[] {
  const words: string[] = [];
  for (let at = index - 1; at >= 0 && words.length < most && !isBreak(tokens[at]); at -= 1)
    words.push(tokens[at] ?? '');
  return words;
}

/** The words of the clause from `index` on, at most `most`. */
export function wordsAfter(tokens: readonly string[], index: number, most: number): string[] {
  const words: string[] = [];
  for (let at = index; at < tokens.length && words.length < most && !isBreak(tokens[at]); at += 1)
    words.push(tokens[at] ?? '');
  return words;
}

/** Words that, at the beginning of a clause, make it a question or a condition. */
const OPENERS = wordSet(`
  when suppose assuming once before does did is are was were should can could must would will shall may do how
  what who which why where any need require
`);
const CONDITIONS = new Set(['if', 'whether', 'unless', 'until']);
/** With "not" these begin a statement whose subject was left out: "can't find it", "didn't ask". */
const AUXILIARIES = wordSet(`
  can could do does did would will
`);
const SUBJECTS = wordSet(`
  you we i they anyone anybody the there it somebody someone
`);

/** Whether the clause around `index` asks, or sets a condition: what stands there is not said to be so. */
export function isAskedOrConditional(tokens: readonly string[], index: number): boolean {
  const clause = wordsBefore(tokens, index, Number.POSITIVE_INFINITY);
  if (clause.some((word) => CONDITIONS.has(word))) return true;
  const opener = clause.at(-1);
  const next = tokens[index - clause.length + 1];
  if (opener === undefined) return false;
  if (opener === 'have' || opener === 'has') return SUBJECTS.has(next ?? '');
  return OPENERS.has(opener) && !(AUXILIARIES.has(opener) && next === 'not');
}

/** Whether what stands at `index` is simply said: not negated shortly before, not asked, not a condition. */
export function isSaid(tokens: readonly string[], index: number): boolean {
  return !wordsBefore(tokens, index, 3).some(isNegation) && !isAskedOrConditional(tokens, index);
}
