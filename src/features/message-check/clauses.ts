import { onceForEach } from '../../understanding/once-for-each.ts';
import { wordSet } from '../../understanding/token-pattern.ts';
import type { Sentence, Word } from './sentences.ts';
import { timesIn, type TimeMention } from './time-mentions.ts';

/** A part of a sentence with one statement of its own. */
export interface Clause {
  readonly words: readonly Word[];
  /** "if", "when", "until": what it hangs on. */
  readonly opener: string | undefined;
  /** Its times; the numbers are those of `words`. */
  readonly times: readonly TimeMention[];
}

const CONJUNCTIONS = wordSet(`
  but while whereas although though because which who whose where when whenever once if unless whether until so as
  since before after therefore hence however otherwise
`);
const FINITE = wordSet(`
  will shall is are was were has have had can could should would may might must am do does did
`);
const SUBJECTS = wordSet(`i we you it they he she this that there everything all`);
const NO_SUBJECT = wordSet('and or , ; : at on by in');

/** Parts a sentence where a new statement begins. Linear in its words. Each rule asks for them. */
export const clausesIn = onceForEach(({ words }: Sentence): readonly Clause[] => partsIn(words).flatMap(clausesOf));

/** What stands in brackets is a part of its own; around it the sentence goes on. */
function partsIn(words: readonly Word[]): readonly (readonly Word[])[] {
  if (!words.some(({ word }) => word === '(' || word === ')')) return words.length > 0 ? [words] : [];
  const outer: Word[] = [];
  const inner: Word[][] = [];
  let open: Word[] | undefined;
  for (const word of words) {
    if (word.word === '(') inner.push((open = []));
    else if (word.word === ')') open = undefined;
    else (open ?? outer).push(word);
  }
  return [outer, ...inner].filter((part) => part.length > 0);
}

function clausesOf(words: readonly Word[]): Clause[] {
  const times = timesIn(words);
  const inTime = new Set(
    times.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index)),
  );
  const clauses: Clause[] = [];
  let first = 0;
  let opener: string | undefined;
  const close = (to: number): void => {
    if (to <= first) return;
    // A time that reaches over the comma belongs to both sides.
    const isAll = first === 0 && to === words.length;
    const own = isAll ? words : words.slice(first, to);
    clauses.push({ words: own, opener, times: isAll ? times : timesIn(own) });
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]?.word ?? '';
    if (inTime.has(at) && word !== ',') continue;
    const begins = beginsAt(opener, words, at, first, inTime);
    if (begins === undefined) continue;
    close(at);
    first = begins.first;
    opener = begins.opener;
  }
  close(words.length);
  return clauses;
}

const AFTER_I = wordSet('will shall am are would');
const BEFORE_I = wordSet('and or , that than you what');

interface Beginning {
  readonly first: number;
  readonly opener: string | undefined;
}

function beginsAt(
  opener: string | undefined,
  words: readonly Word[],
  at: number,
  first: number,
  inTime: ReadonlySet<number>,
): Beginning | undefined {
  const word = words[at]?.word ?? '';
  if ([';', '-', '|', '*'].includes(word)) return { first: at + 1, opener: undefined };
  // "Next update: 12:30" is one.
  if (word === ':') return at - first <= 5 ? undefined : { first: at + 1, opener: undefined };
  // "I will look if it happens again and will write on Friday"
  if (word === 'and' && /^(?:will|shall)$/.test(words[at + 1]?.word ?? '') && opener !== undefined)
    return { first: at + 1, opener: undefined };
  if (word === ',' || word === 'and' || word === 'or') {
    const next = word === ',' && ['and', 'but', 'or', 'so'].includes(words[at + 1]?.word ?? '') ? at + 2 : at + 1;
    if (CONJUNCTIONS.has(words[next]?.word ?? '')) return undefined;
    return hasOwnSubject(words, next, inTime) ? { first: next, opener: undefined } : undefined;
  }
  // "If you send the query I will have comments": no comma parts them.
  if (
    (word === 'i' || word === 'we') &&
    at > first + 2 &&
    AFTER_I.has(words[at + 1]?.word ?? '') &&
    !BEFORE_I.has(words[at - 1]?.word ?? '')
  )
    return { first: at, opener: undefined };
  if (!CONJUNCTIONS.has(word)) return undefined;
  if (word === 'once' && /^(?:again|more)$/.test(words[at + 1]?.word ?? '')) return undefined;
  if (word === 'as') {
    const isTime = words[at + 1]?.word === 'soon' && words[at + 2]?.word === 'as';
    if (isTime) return words[at + 3]?.word === 'possible' ? undefined : { first: at + 3, opener: 'when' };
    return hasOwnSubject(words, at + 1, inTime) ? { first: at + 1, opener: undefined } : undefined;
  }
  // "before 18:00", "since Monday", "so far"
  if (
    /^(?:before|after|until|since|so|therefore|hence|however|otherwise)$/.test(word) &&
    !hasOwnSubject(words, at + 1, inTime)
  )
    return undefined;
  return { first: at + 1, opener: word };
}

const MOST_OF_A_SUBJECT = 8;

/** Whether a statement begins here: a pronoun and more, or some words and a finite verb behind them. */
function hasOwnSubject(words: readonly Word[], at: number, inTime: ReadonlySet<number>): boolean {
  // "and at 16:10 the times will be back"
  if (NO_SUBJECT.has(words[at]?.word ?? '') && inTime.has(at + 1)) at += 1;
  while (inTime.has(at)) at += 1;
  const first = words[at]?.word ?? '';
  if (first === '' || NO_SUBJECT.has(first)) return false;
  if (SUBJECTS.has(first)) return true;
  if (FINITE.has(first)) return false;
  for (let next = at + 1; next < Math.min(words.length, at + MOST_OF_A_SUBJECT); next += 1) {
    const word = words[next]?.word ?? '';
    if (/^[,;:()]$/.test(word) || (CONJUNCTIONS.has(word) && word !== 'as')) return false;
    if (FINITE.has(word) && !inTime.has(next)) return true;
  }
  return false;
}

export const wordsOf = (clause: Clause): string[] => clause.words.map(({ word }) => word);
