import { wordSet } from '../../understanding/token-pattern.ts';
import { timeWord } from '../../understanding/time-words.ts';
import {
  type Item,
  LONG_UNITS,
  MONTHS,
  PARTS,
  type Piece,
  ROUGH,
  WEEKDAYS,
  form,
  isNumber,
  isUnit,
  next2,
} from './time-words.ts';

/** "in no time", "any minute now": at once, which is no time to write by and a promise all the same (F77). */
export function atOnce(items: readonly Item[], at: number): Piece | undefined {
  if (!AT_ONCE.has(form(items, at))) return undefined;
  const words = [0, 1, 2].map((next) => form(items, at + next)).join(' ');
  const length =
    /^in no time/.test(words) || /^in a (?:jiffy|moment|minute|second)/.test(words)
      ? 3
      : /^(?:any minute|any moment|right away|within minutes|in minutes|within seconds)/.test(words)
        ? 2
        : /^(?:immediately|instantly|momentarily)/.test(words)
          ? 1
          : 0;
  return length === 0 ? undefined : { to: at + length, kind: 'at once' };
}

const AT_ONCE = wordSet('in any right within immediately instantly momentarily');

export function cadenceAt(items: readonly Item[], at: number): Piece | undefined {
  const word = form(items, at);
  if (word === 'every' || word === 'each') {
    let next = at + 1;
    while (
      next < at + 4 &&
      (isNumber(form(items, next)) ||
        ['second', 'other', 'full', 'half', 'working', 'business', '-', 'single'].includes(form(items, next)) ||
        /^\d{1,2}-\d{1,2}$/.test(form(items, next)))
    )
      next += 1;
    const unit = form(items, next);
    if (isUnit(unit) || PARTS.has(unit) || WEEKDAYS.has(unit) || /^\d{1,3}(?:h|min|m)$/.test(unit))
      return { to: next + 1, kind: 'cadence' };
    if (next > at + 1 && /^(?:half|hour)/.test(form(items, next - 1))) return { to: next, kind: 'cadence' };
    return /^\d{1,3}(?:h|min|m)$/.test(form(items, at + 1)) ? { to: at + 2, kind: 'cadence' } : undefined;
  }
  if (/^(?:hourly|daily|half-hourly|bi-hourly|two-hourly|\d{1,2}-hourly|twice-daily|weekly|fortnightly)$/.test(word))
    return { to: at + 1, kind: 'cadence' };
  if (
    /^(?:once|twice|times)$/.test(word) &&
    ['a', 'per', 'each', 'every', 'an'].includes(form(items, at + 1)) &&
    isUnit(form(items, at + 2))
  )
    return { to: at + 3, kind: 'cadence' };
  if (
    /^\d{1,3}-(?:minute|hour)$/.test(word) &&
    ['interval', 'intervals', 'rhythm', 'cadence'].includes(form(items, at + 1))
  )
    return { to: at + 2, kind: 'cadence' };
  if (word === 'on' && next2(items, at) === 'the hour') return { to: at + 3, kind: 'cadence' };
  if (/^interval/.test(word) && form(items, at + 1) === 'of' && isNumber(form(items, at + 2)))
    return { to: at + 4, kind: 'cadence' };
  return undefined;
}

/** Rough ranges, which promise no day (F14). */
export function rangeAt(items: readonly Item[], at: number): Piece | undefined {
  const word = form(items, at);
  const next = form(items, at + 1);
  if (/^\d{1,3}-\d{1,3}$/.test(word) && isUnit(next)) return { to: at + 2, kind: 'range' };
  if (
    isNumber(word) &&
    ['to', 'or', '-'].includes(next) &&
    isNumber(form(items, at + 2)) &&
    isUnit(form(items, at + 3))
  )
    return { to: at + 4, kind: 'range' };
  if (word === 'between' && isNumber(next) && form(items, at + 2) === 'and' && isUnit(form(items, at + 4)))
    return { to: at + 5, kind: 'range' };
  if (ROUGH.has(word) && (isUnit(next) || (next === 'of' && isUnit(form(items, at + 2)))))
    return { to: at + (isUnit(next) ? 2 : 3), kind: 'range' };
  if (/^(?:next|coming|following)$/.test(word) && LONG_UNITS.has(next)) return { to: at + 2, kind: 'range' };
  if (
    /^(?:next|coming)$/.test(word) &&
    (isNumber(next) || ROUGH.has(next)) &&
    isUnit(form(items, at + 2)) &&
    LONG_UNITS.has(form(items, at + 2))
  )
    return { to: at + 3, kind: 'range' };
  if (/^(?:mid|early|late|middle|beginning|end)$/.test(word)) {
    const month = next === 'of' || next === '-' ? at + 2 : at + 1;
    const isDeadline = word === 'end' && /^(?:by|at|before|the)$/.test(form(items, at - 1));
    if (MONTHS.has(form(items, month))) return { to: month + 1, kind: isDeadline ? 'exact' : 'range' };
  }
  if (/^(?:mid|early|late)-[a-z]+$/.test(word) && MONTHS.has(timeWord(word.replace(/^[a-z]+-/, ''))))
    return { to: at + 1, kind: 'range' };
  if (word === 'in' && MONTHS.has(next) && !/^\d{1,2}$/.test(form(items, at + 2))) return { to: at + 2, kind: 'range' };
  if (/^q[1-4]$/.test(word)) return { to: at + 1, kind: 'range' };
  return undefined;
}

/** "in two hours", "within the hour", "45 minutes from now", "2 hours ago". */
export function spanAt(items: readonly Item[], at: number): Piece | undefined {
  const word = form(items, at);
  const leads = word === 'in' || word === 'within';
  let next = leads ? at + 1 : at;
  while (
    leads &&
    [
      'the',
      'about',
      'around',
      'at',
      'most',
      'less',
      'than',
      'under',
      'approximately',
      'roughly',
      'next',
      'another',
      'max',
      'one',
      'exactly',
      'only',
      'just',
    ].includes(form(items, next)) &&
    next < at + 4
  ) {
    if (form(items, next) === 'one' && isUnit(form(items, next + 1))) break;
    next += 1;
  }
  const isGlued = /^\d{1,3}(?:h|hrs?|mins?|m|d)$/.test(form(items, next));
  const start = next;
  while (
    next < start + 4 &&
    (isNumber(form(items, next)) ||
      ['and', 'business', 'working', 'more', 'another', 'full'].includes(form(items, next)))
  )
    next += 1;
  const hasNumber = next > start || isGlued || (leads && form(items, next - 1) === 'the');
  if (!hasNumber) return undefined;
  if (isGlued) next = start;
  const unit = form(items, next);
  if (!isGlued && !isUnit(unit)) return undefined;
  const to = next + 1;
  if (['ago', 'earlier', 'before'].includes(form(items, to))) return { to: to + 1, kind: 'exact', isPast: true };
  const isAhead = form(items, to) === 'from' && form(items, to + 1) === 'now';
  if (isAhead) return { to: to + 2, kind: 'exact' };
  // Weeks and months are rough by themselves: nobody reads a day out of "within two weeks".
  if (/^(?:tops|max|maximum|at most)$/.test(form(items, to)) && !isGlued) return { to: to + 1, kind: 'exact' };
  if (leads) return { to, kind: LONG_UNITS.has(unit) ? 'range' : 'exact' };
  return undefined;
}
