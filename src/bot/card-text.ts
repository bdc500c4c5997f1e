import { harmless } from '../clean-text.ts';

export { cleanText } from '../clean-text.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
// What opens a block: heading, quote, list, rule, underlined heading, delimiter row of a table.
const lineStart = /^(\s{0,3})([#>+=:-]|\d{1,9}[.)])/gm;
// Four columns of space before a line make a block of code, in which escapes would be shown.
const indent = /^ *(?: {4}|\t)[ \t]*/gm;
/** UTF-16 units of one character on the screen; the longest real one, a family, has about 30. */
const graphemeLimit = 40;

/**
 * Cuts at a grapheme boundary and says how much is missing, so that nobody takes a part for the whole. At most `max`
 * graphemes are kept, the notice not counted.
 */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = 0;
  let end = 0;
  for (const { segment, index } of segmenter.segment(text)) {
    // A chain of joined emoji counts as one and can have any length.
    if (kept === max || segment.length > graphemeLimit)
      return `${text.slice(0, end)}… (${countFrom(text, index)} more characters)`;
    kept += 1;
    end = index + segment.length;
  }
  return text;
}

/** Graphemes from `index` on. Segmenting is slow, so what is far beyond reading is counted in UTF-16 units. */
function countFrom(text: string, index: number): number {
  const near = text.slice(index, index + 4_000);
  return [...segmenter.segment(near)].length + text.length - index - near.length;
}

/** Escapes what Adaptive Cards would read as Markdown or as a date function, so that the text is shown to the letter. */
export function escapeMarkdown(text: string): string {
  if (harmless.test(text) && !/^(?: {4}|\s*(?:[=:-]|\d+[.)]))/.test(text)) return text;
  return text
    .replace(/[\\`*_~[\]<|!]/g, '\\$&')
    .replace(/&(?=#?[A-Za-z0-9]{1,32};)/g, '\\&')
    .replace(/\{(?=\{)/g, '{\\')
    .replace(indent, (space) => space.replaceAll('\t', '    ').replaceAll(' ', '\u00A0'))
    .replace(lineStart, (_all, space: string, mark: string) => `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`);
}
