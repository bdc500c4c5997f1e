const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
// Nothing here needs a second look: no control, no Markdown, nothing outside printable ASCII.
const harmless = /^[A-Za-z0-9 ,;:'"?/%$=@^.()-]*$/;
// What opens a block: heading, quote, list, rule, underlined heading, delimiter row of a table.
const lineStart = /^(\s{0,3})([#>+=:-]|\d{1,9}[.)])/gm;
// Four columns of space before a line make a block of code, in which escapes would be shown.
const indent = /^ *(?: {4}|\t)[ \t]*/gm;
// Control characters but line feed and tab; bidirectional controls; zero-width and format characters; byte order mark.
const invisible =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200C\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g;
const strayJoiner = /(?<!\p{Extended_Pictographic}|\uFE0F|[\u{1F3FB}-\u{1F3FF}])\u200D/gu;
// Letters that nobody sees, except in the flags of countries within countries.
const strayTag = /(?<!\u{1F3F4}[\u{E0020}-\u{E007E}]{0,8})[\u{E0000}-\u{E007F}]/gu;
const markStorm = /(\p{M}{4})\p{M}+/gu;
/** UTF-16 units of one character on the screen; the longest real one, a family, has about 30. */
const graphemeLimit = 40;

/**
 * Makes text from people or data safe to show: well-formed, without invisible or direction-changing characters, with
 * at most four marks on a letter. What it says is kept; what only deceives the eye is not.
 */
export function cleanText(raw: string): string {
  if (harmless.test(raw)) return raw;
  return (
    raw
      .toWellFormed()
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
      .replace(invisible, '')
      .replace(strayTag, '')
      .replace(strayJoiner, '')
      // After what stood between a letter and its marks is gone.
      .normalize('NFC')
      .replace(markStorm, '$1')
  );
}

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
