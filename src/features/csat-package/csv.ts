import { oneLine } from './typed-text.ts';

/** What a spreadsheet takes for the beginning of a formula, also in the wide forms of East Asian keyboards. */
const formula = /^[\s'"]*[=+\-@＝＋－＠]/u;

/** One cell: always quoted, one line, and never a formula. */
export function csvCell(value: string): string {
  const line = oneLine(value, 4_000);
  // An apostrophe in front makes it text for every spreadsheet.
  const text = formula.test(line) || /^[\t\r\n]/.test(value) ? `'${line}` : line;
  return `"${text.replaceAll('"', '""')}"`;
}

/** Rows as CSV (RFC 4180), lines end in CR LF. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** A text in parts of at most `most` UTF-16 units, cut at line ends where there are any. */
export function inParts(text: string, most: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const at = rest.lastIndexOf('\n', most - 1) + 1;
    // A line that is longer than a part is cut inside, but not within a character.
    const end = at > 0 ? at : most - (/[\uD800-\uDBFF]/.test(rest[most - 1] ?? '') ? 1 : 0);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest === '' && parts.length > 0 ? parts : [...parts, rest];
}
