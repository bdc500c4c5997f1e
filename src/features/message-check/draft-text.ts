import { foldCharacter } from '../../understanding/traced-text.ts';

/** Longer drafts are read to here (row I4 of the reliability table), in UTF-16 units. */
export const MOST_READ = 20_000;

/** A draft as it was typed and as it is read: without case, accents, look-alike forms and invisible characters. */
export interface DraftText {
  /** What was typed, as far as it is read. */
  readonly source: string;
  /** Folded; line breaks stay. */
  readonly text: string;
  /** Start and end in `source`, for each unit of `text`. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** A stretch of the folded text; `end` is the first unit after it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export function readDraft(draft: string): DraftText {
  const source = cutToGrapheme(draft, MOST_READ);
  const pieces: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const character of source) {
    const plain = foldOne(character);
    pieces.push(plain);
    for (let count = 0; count < plain.length; count += 1) {
      from.push(at);
      to.push(at + character.length);
    }
    at += character.length;
  }
  return { source, text: pieces.join(''), from, to };
}

/** Long dashes part words, however tightly they are set. */
const SPECIAL = new Map([
  ['\n', '\n'],
  ['\u2028', '\n'],
  ['\u2029', '\n'],
  ['`', '`'],
  ['–', '-'],
  ['—', ' - '],
  ['\ufffd', ' '],
]);

function foldOne(character: string): string {
  return SPECIAL.get(character) ?? foldCharacter(character);
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** No grapheme that people write is longer; a longer one is cut. */
const LONGEST_GRAPHEME = 200;

function cutToGrapheme(text: string, most: number): string {
  if (text.length <= most) return text;
  const first = most - LONGEST_GRAPHEME;
  let end = first;
  for (const { index } of segmenter.segment(text.slice(first, most + LONGEST_GRAPHEME))) {
    if (first + index > most) break;
    end = first + index;
  }
  return text.slice(0, end);
}

/** Where a stretch of the folded text stands in what was typed, invisible characters around it left out. */
export function placeOf(draft: DraftText, { start, end }: Stretch): Stretch {
  const first = draft.from[start] ?? draft.source.length;
  return { start: first, end: end > start ? (draft.to[end - 1] ?? draft.source.length) : first };
}

/** The text with stretches put out of sight; every other unit keeps its place. */
export function hide(text: string, stretches: readonly Stretch[], by = ' '): string {
  if (stretches.length === 0) return text;
  let hidden = '';
  let done = 0;
  for (const { start, end } of [...stretches].sort((a, b) => a.start - b.start)) {
    if (end <= done) continue;
    const first = Math.max(start, done);
    hidden += text.slice(done, first) + text.slice(first, end).replace(/[^\n]/g, by);
    done = end;
  }
  return hidden + text.slice(done);
}

export function overlaps(one: Stretch, others: readonly Stretch[]): boolean {
  return others.some(({ start, end }) => one.start < end && start < one.end);
}
