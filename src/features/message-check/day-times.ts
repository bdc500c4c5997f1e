import { DAY_WORDS, type Item, MONTHS, PARTS, type Piece, SHORT_DAYS, WEEKDAYS, form, isUnit } from './time-words.ts';

export function dayAt(items: readonly Item[], at: number): Piece | undefined {
  const word = form(items, at);
  const next = form(items, at + 1);
  const day = (to: number): Piece => ({ to, kind: 'exact' });
  if (WEEKDAYS.has(word) || DAY_WORDS.has(word)) {
    if (SHORT_DAYS.has(items[at]?.word ?? '') && !items[at]?.isCapital) return undefined;
    return day(PARTS.has(next) ? at + 2 : at + 1);
  }
  if (word === 'this' && PARTS.has(next)) return day(at + 2);
  if (
    (word === 'later' || word === 'earlier') &&
    (next === 'today' || next === 'tonight' || (next === 'this' && PARTS.has(form(items, at + 2))))
  )
    return day(at + (next === 'this' ? 3 : 2));
  if (word === 'yesterday') return { to: at + 1, kind: 'exact', isPast: true };
  if (word === 'last' && (WEEKDAYS.has(next) || PARTS.has(next) || isUnit(next)))
    return { to: at + 2, kind: 'exact', isPast: true };
  if (/^\d{4}-\d{1,2}-\d{1,2}(?:t\d\d)?/.test(word) || /^\d{1,2}[./]\d{1,2}[./](?:20)?\d\d$/.test(word))
    return day(at + 1);
  if (/^(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?$/.test(word)) {
    const month = next === 'of' || next === '.' ? at + 2 : at + 1;
    if (MONTHS.has(form(items, month))) return day(withYear(items, month + 1));
    if (
      /(?:st|nd|rd|th)$/.test(word) &&
      ['the', 'on', 'by'].includes(form(items, at - 1)) &&
      (next === '' || /^[.,;!?)]$/.test(next) || next === 'at')
    )
      return day(at + 1);
    return undefined;
  }
  if (/^\d{1,2}[./]\d{1,2}$/.test(word) && ['on', 'by', 'until', 'the', 'am', ','].includes(form(items, at - 1)))
    return day(at + 1);
  if (MONTHS.has(word) && /^(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?$/.test(next)) return day(withYear(items, at + 2));
  const end = endOfDay(items, at);
  return end === undefined ? undefined : day(end);
}

function withYear(items: readonly Item[], at: number): number {
  const year = form(items, at) === ',' ? at + 1 : at;
  return /^20\d\d$/.test(form(items, year)) ? year + 1 : at;
}

/** "end of the day", "close of business", "end of this week" */
function endOfDay(items: readonly Item[], at: number): number | undefined {
  if (!/^(?:end|close|start|beginning)$/.test(form(items, at)) || form(items, at + 1) !== 'of') return undefined;
  let next = at + 2;
  while (
    next < at + 6 &&
    ['the', 'this', 'your', 'my', 'our', 'next', 'business', 'working', 'work', 'current'].includes(form(items, next))
  )
    next += 1;
  const word = form(items, next);
  if (
    ['day', 'week', 'workday', 'play', 'shift', 'month', 'hour'].includes(word) ||
    DAY_WORDS.has(word) ||
    WEEKDAYS.has(word)
  )
    return next + 1;
  return ['business', 'work'].includes(form(items, next - 1)) ? next : undefined;
}
