import { placeOf } from './draft-text.ts';
import type { Finding } from './finding.ts';
import type { Draft, Found } from './found.ts';

/** What stands between a noun and its number. */
const JOINED = /^[\s#:()=,-]{0,4}(?:(?:with |under )?(?:the |its )?(?:number|no\.?|id|nr\.?))?[\s#:()=-]{0,4}$/i;

interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The draft with every finding put right, and nothing else changed. Of changes that meet the first one is made. */
export function correct(typed: string, draft: Draft, found: readonly Found[], findings: readonly Finding[]): string {
  const starts = new Set(draft.sentences.map(({ start }) => start));
  const changes = found
    .map((one, index) => changeOf(one, findings[index], draft, starts))
    .filter(({ start, end, text }) => end > start || text !== '')
    // What is added at a place comes before what is changed there.
    .sort((a, b) => a.start - b.start || Number(a.end > a.start) - Number(b.end > b.start) || b.end - a.end);
  let corrected = '';
  let done = 0;
  for (const { start, end, text } of changes) {
    if (start < done) continue;
    const between = typed.slice(done, start);
    // "ICM 512345678" is one thing: it is named once.
    const isSame = text !== '' && isNamed(corrected, text) && JOINED.test(between);
    corrected += isSame ? '' : between + text;
    done = isSame ? end + closing(between, typed.charAt(end)) : end;
  }
  return corrected + typed.slice(done);
}

/** Whether the words before already end with the same thing, whichever article stands before it. */
function isNamed(before: string, text: string): boolean {
  const core = text.replace(/^(?:an?|our|the) /i, '').toLowerCase();
  return before.toLowerCase().endsWith(core);
}

/** With what is named twice go the brackets or commas around it. */
function closing(between: string, next: string): number {
  if (between.includes('(') && next === ')') return 1;
  return between.includes(',') && next === ',' ? 1 : 0;
}

function changeOf(found: Found, finding: Finding | undefined, draft: Draft, starts: ReadonlySet<number>): Change {
  const { edit } = found;
  if (edit !== undefined)
    return {
      ...placeOf(draft, edit),
      text: edit.end > edit.start ? asSentence(starts, edit.start, edit.text) : edit.text,
    };
  const text = finding?.replacement ?? '';
  const place = placeOf(draft, found);
  if (found.end > found.start) return { ...place, text: asSentence(starts, found.start, text) };
  // What is missing is added as a paragraph before the rest, or behind the last sentence.
  const isStart = found.rule === 'vague';
  return { ...place, text: isStart ? `${text}\n\n` : ` ${text}` };
}

/** With a capital letter where a sentence begins. */
function asSentence(starts: ReadonlySet<number>, start: number, text: string): string {
  return starts.has(start) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
