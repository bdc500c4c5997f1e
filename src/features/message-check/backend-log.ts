import { hide, type DraftText, type Stretch } from './draft-text.ts';
import { bulkOfIds, isCustomers, isSaidToBeOurs } from './log-owner.ts';
import { hasLogCells, isException, isRow, isRowOfLog, logPoints, prosePoints } from './log-signs.ts';

/** From here on a line is one of a log. Found by measuring on labelled drafts. */
const ENOUGH = 2.5;
/** From here on a line is mostly prose: about three small words. */
const PROSE = 1.2;

/**
 * Lines of our own logs: stack traces, log lines, rows of a query's result, identifiers in bulk (F16). What the customer
 * sees or sent (one error message, a query, an event) is fine.
 */
export function logsIn({ source, text, from }: DraftText): Stretch[] {
  const quoted = quotesIn(text).filter((quote) => isQuotedLog(text, source, from, quote));
  const rest = hide(text, quoted);
  const lines = linesOf(rest);
  const typed = lines.map(({ start, end }) =>
    Array.from({ length: end - start }, (_, at) =>
      rest[start + at] === ' ' ? ' ' : source.slice(from[start + at] ?? 0, (from[start + at] ?? 0) + 1),
    ).join(''),
  );
  const points = typed.map(logPoints);
  const isOursAt = (index: number): boolean => isSaidToBeOurs(text, lines[index] ?? { start: 0, end: 0 });
  const whole = typed.map(
    (line, index) =>
      (points[index] ?? 0) - prosePoints(line) >= ENOUGH - (isOursAt(index) ? 0.75 : 0) || isInTable(typed, index),
  );
  const marked = whole.map((isLog, index) => isLog || continuesLog(typed, points, whole, index));
  const stretches = joined(lines, marked, typed).filter((stretch) => !isCustomers(text, stretch));
  const found = [...stretches, ...quoted];
  return [...found, ...bulkOfIds(text, found), ...attachedLogs(text)].sort((a, b) => a.start - b.start);
}

/** A line of our log in the middle of a sentence, in quotes or as code, needs fewer signs where it is called ours. */
function isQuotedLog(text: string, source: string, from: readonly number[], quote: Stretch): boolean {
  const typed = source.slice(from[quote.start] ?? 0, (from[quote.end - 1] ?? 0) + 1);
  const points = logPoints(typed) - prosePoints(typed) / 2;
  if (points < 0.75 || isCustomers(text, quote)) return false;
  return points + (isSaidToBeOurs(text, quote) ? 1.25 : 0) >= ENOUGH - 0.5;
}

/** Longer quotes are left to the reader of lines. */
const LONGEST_QUOTE = 400;

function quotesIn(text: string): Stretch[] {
  const quotes: Stretch[] = [];
  let open: number | undefined;
  for (const { index } of text.matchAll(/["“”„`]/g)) {
    const isClose =
      open !== undefined &&
      index - open > 3 &&
      index - open <= LONGEST_QUOTE &&
      !text.slice(open, index).includes('\n\n');
    if (open !== undefined && isClose) quotes.push({ start: open + 1, end: index });
    open = isClose ? undefined : index;
  }
  return quotes;
}

/** "Please find the backend log attached." */
function attachedLogs(text: string): Stretch[] {
  return [...text.matchAll(/[^.!?\n]+/g)].flatMap((match): Stretch[] => {
    const [words] = match;
    if (
      !/\b(?:attach|upload|mirror|enclosed|exported|put|saved|copied|shared folder|workspace|download|zip|as requested|find)/.test(
        words,
      )
    )
      return [];
    if (!/(?<!to )(?:log|logs|logged|trace|traces|dump|dumps)(?![a-z])/.test(words) || ASKED.test(words)) return [];
    if (
      !/\b(?:backend|back-end|internal|engine|node|worker|server|scheduler|our|full|complete)(?![a-z])|_worker_|backend_|asanode/.test(
        words,
      )
    )
      return [];
    const start = match.index + words.length - words.trimStart().length;
    return [{ start, end: match.index + words.trimEnd().length }];
  });
}

/** What the reader is asked for, or has. */
const ASKED =
  /\b(?:please (?:attach|upload|send|share)|(?:could|can|would) you|you (?:can|could|sent|attached|uploaded)|your (?:\w{1,20} )?(?:logs?|traces?))\b/;

function linesOf(text: string): Stretch[] {
  const lines: Stretch[] = [];
  let start = 0;
  for (const match of text.matchAll(/\n/g)) {
    lines.push({ start, end: match.index });
    start = match.index + 1;
  }
  lines.push({ start, end: text.length });
  return lines.flatMap((line) => {
    const words = text.slice(line.start, line.end);
    return prosePoints(words) < PROSE || isException(words) ? [line] : partsOf(text, line);
  });
}

/** A log line within a sentence: "the row was: | ... |. In words: ..." */
function partsOf(text: string, { start, end }: Stretch): Stretch[] {
  const parts: Stretch[] = [];
  let first = start;
  for (const match of text.slice(start, end).matchAll(/[\p{L}\p{N})\]|}>"`][.:;,!?] /gu)) {
    const isComma = match[0].charAt(1) === ',';
    if (isComma && /[\p{L}\p{N}]/u.test(match[0].charAt(0))) continue;
    parts.push({ start: first, end: start + match.index + 2 });
    first = start + match.index + match[0].length;
  }
  return [...parts, { start: first, end }].filter((part) => part.end > part.start);
}

function isInTable(lines: readonly string[], index: number): boolean {
  const line = lines[index] ?? '';
  if (!isRow(line)) return false;
  const near = [lines[index - 2], lines[index - 1], lines[index + 1], lines[index + 2]].map((one) => one ?? '');
  if (![line, ...near].some(hasLogCells)) return false;
  return near.some(isRow) || isRowOfLog(line);
}

/** Lines between and beside log lines that are part of them: an exception above its frames. */
function continuesLog(
  lines: readonly string[],
  points: readonly number[],
  whole: readonly boolean[],
  index: number,
): boolean {
  const line = lines[index] ?? '';
  if (line.trim() === '' || !(whole[index - 1] === true || whole[index + 1] === true)) return false;
  if (isException(line)) return true;
  if (prosePoints(line) >= PROSE) return false;
  return (points[index] ?? 0) >= 1 || /^\s{2}/.test(line) || /^[\]})]/.test(line);
}

/** Log lines that follow each other are one finding. */
function joined(lines: readonly Stretch[], marked: readonly boolean[], typed: readonly string[]): Stretch[] {
  const stretches: Stretch[] = [];
  let last = -2;
  lines.forEach((line, index) => {
    if (marked[index] !== true) return;
    const open = stretches.at(-1);
    const isNext = typed.slice(last + 1, index).every((one) => one.trim() === '');
    if (open !== undefined && isNext && last >= 0)
      stretches[stretches.length - 1] = { start: open.start, end: line.end };
    else stretches.push(line);
    last = index;
  });
  return stretches;
}
