import { onceForEach } from '../../understanding/once-for-each.ts';
import { wordSet } from '../../understanding/token-pattern.ts';
import { clockAt } from './clock-times.ts';
import { dayAt } from './day-times.ts';
import type { Word } from './sentences.ts';
import { atOnce, cadenceAt, rangeAt, spanAt } from './span-times.ts';
import {
  DAY_WORDS,
  type Item,
  MONTHS,
  NUMBERS,
  type Piece,
  ROUGH,
  type TimeMention,
  WEEKDAYS,
  form,
  formsOf,
  isZone,
} from './time-words.ts';
export type { TimeMention } from './time-words.ts';

/** All times of a sentence, in its order. The clauses ask for them, and the learned reader. */
export const timesIn: (words: readonly Word[]) => readonly TimeMention[] = onceForEach(readTimes);

function readTimes(words: readonly Word[]): TimeMention[] {
  const items = formsOf(words);
  const mentions: TimeMention[] = [];
  let at = 0;
  while (at < items.length) {
    const piece = pieceAt(items, at);
    if (piece === undefined) {
      at += 1;
      continue;
    }
    mentions.push(extended(items, at, piece));
    at = Math.max(at + 1, mentions.at(-1)?.to ?? 0);
  }
  const read: TimeMention[] = [];
  for (const one of mentions) {
    const last = read.at(-1);
    // "from 06:50 to 07:20": both are of the same stretch.
    const isEnd =
      last?.isPast === true && last.to === one.from - 1 && /^(?:to|and|-|until)$/.test(form(items, last.to));
    read.push({ ...one, isPast: one.isPast || isEnd || isPast(items, one) });
  }
  return read;
}

function extended(items: readonly Item[], from: number, first: Piece): TimeMention {
  let { to } = first;
  let hasClock = first.hasClock ?? false;
  // "Thursday, 26 September at 10:00 CEST sharp" is one.
  for (;;) {
    let next = to;
    while (next < to + 3 && JOINING.has(items[next]?.form ?? '')) next += 1;
    const more = pieceAt(items, next);
    if (more !== undefined && more.kind === first.kind && first.kind === 'exact' && !more.isPast) {
      to = more.to;
      hasClock ||= more.hasClock ?? false;
      continue;
    }
    if (TAILS.has(items[to]?.form ?? '') || isZone(items, to)) {
      to += 1;
      continue;
    }
    break;
  }
  return { from, to, kind: first.kind, isPast: first.isPast ?? false, hasClock };
}

const JOINING = wordSet(', at on the by in ( around about of between');

const TAILS = wordSet('sharp local');

/** Words that a time may begin with; figures and joined words may as well. */
const STARTS = new Set([
  ...wordSet(`every each hourly daily weekly fortnightly once twice times interval intervals on in within between next
    following mid early late middle beginning end close start q1 q2 q3 q4 quarter noon midday midnight lunch lunchtime
    this later earlier yesterday last any right immediately instantly momentarily`),
  ...NUMBERS,
  ...ROUGH,
  ...WEEKDAYS,
  ...MONTHS,
  ...DAY_WORDS,
]);

function pieceAt(items: readonly Item[], at: number): Piece | undefined {
  const first = form(items, at);
  if (!STARTS.has(first) && !/^\d/.test(first) && !first.includes('-')) return undefined;
  return (
    atOnce(items, at) ??
    cadenceAt(items, at) ??
    rangeAt(items, at) ??
    spanAt(items, at) ??
    clockAt(items, at) ??
    dayAt(items, at)
  );
}

/** "since 10:00", "between 02:00 and 04:00": it tells when something was. */
export function isPast(items: readonly Item[], { from, to }: TimeMention): boolean {
  for (let at = from - 1; at >= Math.max(0, from - 3); at -= 1) {
    const word = form(items, at);
    if (word === 'since') return true;
    if (word === 'from' && form(items, to) === 'to') return true;
    if (
      ![
        'about',
        'around',
        'the',
        'early',
        'late',
        ',',
        'at',
        'at least',
        'on',
        'roughly',
        'approximately',
        'shortly',
        'before',
      ].includes(word)
    )
      break;
  }
  return form(items, to) === 'ago';
}
