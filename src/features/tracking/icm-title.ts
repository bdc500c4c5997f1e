const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Longest title that is kept, in characters as they are seen. */
export const longestTitle = 200;

/** A title as it is kept: one line, without control characters, cut. What it says is nobody's to judge. */
export function cleanTitle(raw: string): string {
  const line = raw
    .slice(0, 4_000)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return cutTo(line, longestTitle);
}

/** The first words of a title, with an ellipsis where it goes on. */
export function shortTitle(title: string, most: number): string {
  const short = cutTo(title, most);
  return short === title ? title : `${short.trimEnd()}…`;
}

function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  let count = 0;
  for (const { index } of segmenter.segment(text)) {
    if (count === most || index > most * 4) return text.slice(0, index);
    count += 1;
  }
  return text.length > most * 4 ? text.slice(0, most * 4).toWellFormed() : text;
}
