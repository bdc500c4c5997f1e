import { MAX_TEXT_LENGTH } from './normalize.ts';

/**
 * A text that was folded and rewritten, and where each of its UTF-16 units stood in what was typed, so that a person
 * can be shown their own words.
 */
export interface Traced {
  readonly text: string;
  /** The typed text, cut. */
  readonly source: string;
  /** Start and end in `source`, for each unit of `text`. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

const SPECIAL = new Map([
  ['½', '.5'],
  ['¼', '.25'],
  ['¾', '.75'],
  ['：', ':'],
  ['−', '-'],
  ['–', '-'],
  ['—', '-'],
  ['‑', '-'],
  ['‐', '-'],
  ['’', "'"],
  ['‘', "'"],
  ['´', "'"],
  ['`', "'"],
  ['٫', '.'],
]);

/** Folds case, accents, full-width forms and the digits of every script. Cut at `MAX_TEXT_LENGTH`. */
export function fold(text: string): Traced {
  const source = text.slice(0, MAX_TEXT_LENGTH).toWellFormed();
  let folded = '';
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const character of source) {
    const end = at + character.length;
    const plain = foldCharacter(character);
    folded += plain;
    for (let count = 0; count < plain.length; count += 1) {
      from.push(at);
      to.push(end);
    }
    at = end;
  }
  return { text: folded, source, from, to };
}

/** One character without case and accent, in plain letters and figures; invisible ones vanish. */
export function foldCharacter(character: string): string {
  const special = SPECIAL.get(character);
  if (special !== undefined) return special;
  if (character <= '\u007f') return character < ' ' ? ' ' : character.toLowerCase();
  if (/\p{Nd}/u.test(character)) return String(digitValue(character));
  return character
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[\p{Zs}\p{Zl}\p{Zp}\p{Cc}]/gu, ' ');
}

/** Digits stand in runs of ten, zero first; runs may touch, so the distance to the start is taken by tens. */
function digitValue(character: string): number {
  let point = character.codePointAt(0) ?? 0;
  let before = 0;
  while (before < 60 && /\p{Nd}/u.test(String.fromCodePoint(point - 1))) {
    point -= 1;
    before += 1;
  }
  return before % 10;
}

/** What is replaced, and by what; undefined leaves it. */
export type Rule = readonly [RegExp, (match: RegExpExecArray) => string | undefined];

/**
 * Replaces each match by what `by` returns; undefined leaves it. A replacement counts as the whole of what it stands
 * for.
 */
export function rewrite(traced: Traced, pattern: RegExp, by: (match: RegExpExecArray) => string | undefined): Traced {
  let text = '';
  const from: number[] = [];
  const to: number[] = [];
  let done = 0;
  const keep = (end: number): void => {
    text += traced.text.slice(done, end);
    for (let index = done; index < end; index += 1) {
      from.push(traced.from[index] ?? 0);
      to.push(traced.to[index] ?? 0);
    }
  };
  for (const match of traced.text.matchAll(pattern)) {
    const replacement = match[0] === '' ? undefined : by(match);
    if (replacement === undefined || replacement === match[0]) continue;
    const end = match.index + match[0].length;
    keep(match.index);
    text += replacement;
    for (let count = 0; count < replacement.length; count += 1) {
      from.push(traced.from[match.index] ?? 0);
      to.push(traced.to[end - 1] ?? 0);
    }
    done = end;
  }
  if (done === 0) return traced;
  keep(traced.text.length);
  return { text, source: traced.source, from, to };
}

/** What was typed between two places of the rewritten text. */
export function typed(traced: Traced, start: number, end: number): string {
  const first = traced.from[start] ?? 0;
  const last = traced.to[Math.max(start, end - 1)] ?? first;
  return traced.source.slice(first, last).trim();
}

/** The text with a stretch put out of sight; every other character keeps its place. */
export function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
}
