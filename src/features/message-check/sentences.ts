import { wordSet } from '../../understanding/token-pattern.ts';
import type { Stretch } from './draft-text.ts';

/** A word, number or sign of a sentence, folded, with its place in the folded text. */
export interface Word extends Stretch {
  readonly word: string;
  /** It began with a capital letter where it was typed. */
  readonly isCapital: boolean;
}

export interface Sentence extends Stretch {
  readonly words: readonly Word[];
  readonly isQuestion: boolean;
  readonly isGreeting: boolean;
}

/** Longer ones are cut there, so that hostile text takes no time. */
const MOST_WORDS = 120;

/** Cuts folded text into sentences: at full stops, at empty lines, and at line breaks that begin something new. */
export function sentencesIn(text: string, isCapitalAt: (index: number) => boolean): Sentence[] {
  const sentences: Sentence[] = [];
  for (const stretch of cut(text, isCapitalAt).flatMap((one) => withoutGreeting(text, one))) {
    const words = wordsIn(text, stretch, isCapitalAt);
    for (let first = 0; first < words.length; first += MOST_WORDS) {
      const part = words.slice(first, first + MOST_WORDS);
      const [start, end] = [part[0]?.start ?? stretch.start, part.at(-1)?.end ?? stretch.end];
      sentences.push({
        start,
        end,
        words: part,
        isQuestion: /\?\s*$/.test(text.slice(Math.max(end - 2, start), end + 1)),
        isGreeting: isGreeting(part, sentences.length),
      });
    }
  }
  return sentences;
}

/** Behind these a full stop ends no sentence. */
const ABBREVIATIONS = wordSet(`
  mr mrs ms dr prof st no nr approx e.g i.e eg ie etc vs min max hrs hr ca bzw z.b dept ext fig tel a.m p.m am pm incl
  resp inc sr jr jan feb mar apr jun jul aug sep sept oct nov dec
`);

/** "Hi Tim, the job ..." greets first. */
function withoutGreeting(text: string, { start, end }: Stretch): Stretch[] {
  const greeting = /^\s*(\p{L}+)(?: [\p{L}.'-]+){0,4}\s?[,!:-](?=\s)/u.exec(
    text.slice(start, Math.min(end, start + 90)),
  );
  if (greeting === null || !GREETINGS.has(greeting[1] ?? '')) return [{ start, end }];
  const at = start + greeting[0].length;
  return /\S/.test(text.slice(at, end))
    ? [
        { start, end: at },
        { start: at, end },
      ]
    : [{ start, end }];
}

function cut(text: string, isCapitalAt: (index: number) => boolean): Stretch[] {
  const stretches: Stretch[] = [];
  let start = 0;
  for (const match of text.matchAll(/[.!?]+|\n/g)) {
    const at = match.index + match[0].length;
    if (match.index < start || !isEnd(text, start, match.index, match[0], isCapitalAt)) continue;
    // Quotes and brackets behind the full stop belong to the sentence.
    const closing = /^["')\]*_]*/.exec(text.slice(at, at + 3))?.[0].length ?? 0;
    if (/[\p{L}\p{N}]/u.test(text.slice(start, at + closing))) stretches.push({ start, end: at + closing });
    start = at + closing;
  }
  if (/\S/.test(text.slice(start))) stretches.push({ start, end: text.length });
  return stretches;
}

function isEnd(
  text: string,
  start: number,
  index: number,
  sign: string,
  isCapitalAt: (index: number) => boolean,
): boolean {
  const at = index + sign.length;
  if (sign === '\n') return /^[ \t]*\n/.test(text.slice(at, at + 80)) || isNewLine(text, index, at);
  const next = text.charAt(at);
  if (/\p{L}/u.test(next)) return sign.length === 1 && isNewSentence(text, index, isCapitalAt);
  if (next !== '' && !/[\s"')\]*_]/.test(next)) return false;
  if (!sign.startsWith('.')) return true;
  const word =
    text
      .slice(Math.max(start, index - 8), index)
      .match(/[\p{L}.]+/gu)
      ?.at(-1) ?? '';
  const follows = text
    .slice(at, at + 12)
    .trimStart()
    .charAt(0);
  if (ABBREVIATIONS.has(word) && text.endsWith(word, index) && !isEndAfter(word, follows)) return false;
  // "the 14. of March"
  return !(/\d/.test(text.charAt(index - 1)) && isMonthOrOf(text, at));
}

/** "until noon.The job": the space was forgotten, and "System.Text" is a name. */
function isNewSentence(text: string, at: number, isCapitalAt: (index: number) => boolean): boolean {
  const word =
    text
      .slice(Math.max(0, at - 40), at)
      .match(/[\p{L}\p{N}_-]+/gu)
      ?.at(-1) ?? '';
  return isCapitalAt(at + 1) && word !== '' && !isCapitalAt(at - word.length) && /^\p{L}+$/u.test(word);
}

/** "at 5 p.m. The job" */
function isEndAfter(word: string, follows: string): boolean {
  return /^(?:[ap]\.?m|etc)$/.test(word) && follows !== '' && !/[\d(]/.test(follows);
}

function isMonthOrOf(text: string, at: number): boolean {
  return /^\s(?:of|january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|marz|mai|juni|juli|oktober|dezember)(?![a-z])/.test(
    text.slice(at, at + 12),
  );
}

/** A line break within a wrapped sentence is none; before a list, a label or after a short line it is one. */
function isNewLine(text: string, before: number, after: number): boolean {
  const lineStart = text.lastIndexOf('\n', before - 1) + 1;
  const line = text.slice(Math.max(lineStart, before - 200), before).trimEnd();
  if (line.length < 40 || /[.!?:;,]$/.test(line)) return true;
  return /^\s*(?:[-*•>#]|\d{1,2}[.)]\s)/.test(text.slice(after, after + 20));
}

const WORD = /[\p{L}\p{N}_]+(?:['’-][\p{L}\p{N}_]+|(?<=\d)[.:,/](?=\d)[\p{N}]+)*|[^\s\p{L}\p{N}_]/gu;

const PARTS: readonly (readonly [RegExp, string])[] = [
  [/^(\p{L}+)n't$/u, 'not'],
  [/^(\p{L}+)'ll$/u, 'will'],
  [/^(i)'m$/, 'am'],
  [/^(\p{L}+)'re$/u, 'are'],
  [/^(\p{L}+)'ve$/u, 'have'],
  [/^(\p{L}+)'d$/u, 'would'],
  [/^(it|that|there|he|she|what|here|everything|all|who|where|how)'s$/, 'is'],
  [/^(let)'s$/, 'us'],
];
const WHOLE = new Map<string, readonly string[]>([
  ["can't", ['can', 'not']],
  ['cannot', ['can', 'not']],
  ['cant', ['can', 'not']],
  ["won't", ['will', 'not']],
  ['wont', ['will', 'not']],
  ['dont', ['do', 'not']],
  ['doesnt', ['does', 'not']],
  ['didnt', ['did', 'not']],
  ['isnt', ['is', 'not']],
  ['ill', ['i', 'will']],
  ['youll', ['you', 'will']],
  ['gonna', ['going', 'to']],
  ['ive', ['i', 'have']],
  ['weve', ['we', 'have']],
  ['im', ['i', 'am']],
  ['asap', ['as', 'soon', 'as', 'possible']],
]);

function wordsIn(text: string, { start, end }: Stretch, isCapitalAt: (index: number) => boolean): Word[] {
  const words: Word[] = [];
  for (const match of text.slice(start, end).matchAll(WORD)) {
    const at = start + match.index;
    const isCapital = isCapitalAt(at);
    const follows = text.slice(at + match[0].length, at + match[0].length + 14);
    for (const word of split(isShortIs(match[0], follows) ? `${match[0].slice(0, -2)} is` : match[0]))
      words.push({ word, isCapital, start: at, end: at + match[0].length });
  }
  return words;
}

/** "your problem's resolved" */
function isShortIs(word: string, follows: string): boolean {
  return word.endsWith("'s") && /^ (?:resolved|fixed|solved|gone|back|over|done|working|running|been)\b/.test(follows);
}

/** "I'll" is two words. */
function split(word: string): readonly string[] {
  if (word.includes(' ')) return word.split(' ');
  const whole = WHOLE.get(word);
  if (whole !== undefined) return whole;
  if (!word.includes("'")) return [word];
  for (const [ending, part] of PARTS) {
    const first = ending.exec(word)?.[1];
    if (first !== undefined) return [first, part];
  }
  return [word];
}

const GREETINGS = wordSet(`
  hi hello dear hey hallo bonjour hola ola ciao liebe lieber guten good sehr salut moin servus buenos buongiorno greetings
  namaste salam
`);

/** "Hi Bruno," on its own line. */
function isGreeting(words: readonly Word[], index: number): boolean {
  return (
    index < 2 &&
    words.length <= 9 &&
    GREETINGS.has(words[0]?.word ?? '') &&
    [',', '!', ':', '-', '.'].includes(words.at(-1)?.word ?? '')
  );
}
