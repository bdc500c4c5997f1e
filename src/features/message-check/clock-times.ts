import { wordSet } from '../../understanding/token-pattern.ts';
import { type Item, type Piece, WEEKDAYS, form, isUnit, isZone } from './time-words.ts';

const CLOCK_LEADS = wordSet('at by until till before around about from after to @ um gegen bis - ~ than');

export function clockAt(items: readonly Item[], at: number): Piece | undefined {
  const word = form(items, at);
  const next = form(items, at + 1);
  const before = form(items, at - 1);
  const clock = (to: number): Piece => ({ to: withHalf(items, to), kind: 'exact', hasClock: true });
  if (/^(?:[01]?\d|2[0-4]):[0-5]\d(?::\d\d)?$/.test(word)) return clock(at + 1);
  if (
    /^(?:[01]?\d|2[0-4])[.:h][0-5]\d(?:am|pm|h|z|hrs)?$/.test(word) &&
    (!/^\d+\.\d+$/.test(word) ||
      CLOCK_LEADS.has(before) ||
      isZone(items, at + 1) ||
      isHalf(items, at + 1) ||
      next === 'uhr')
  )
    return clock(at + 1);
  if (/^(?:[01]?\d|2[0-4])(?:am|pm|h|hrs|uhr)$/.test(word) && (/[mr]$/.test(word) || CLOCK_LEADS.has(before)))
    return clock(at + 1);
  if (
    /^(?:0?\d|1\d|2[0-4])$/.test(word) &&
    (isHalf(items, at + 1) ||
      next === 'uhr' ||
      next === "o'clock" ||
      next === 'oclock' ||
      (CLOCK_LEADS.has(before) && isZone(items, at + 1)))
  )
    return clock(at + 1 + (isHalf(items, at + 1) ? 0 : isZone(items, at + 1) ? 0 : 1));
  if (
    /^(?:[01]\d|2[0-3])[0-5]\d$/.test(word) &&
    (isZone(items, at + 1) || next === 'hrs' || next === 'h' || (before === 'at' && !isUnit(next)))
  )
    return clock(at + 1);
  if (/^(?:[01]\d|2[0-3])[0-5]\d(?:z|h|hrs)$/.test(word)) return clock(at + 1);
  if (
    /^(?:1?\d|2[0-4]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$/.test(word) &&
    ['at', 'by', 'before', 'around'].includes(before)
  ) {
    const following = items[at + 1]?.form;
    const isAlone =
      following === undefined ||
      /^[.,;!?)]$/.test(following) ||
      [
        'today',
        'tomorrow',
        'on',
        'your',
        'my',
        'our',
        'in',
        'sharp',
        'local',
        'and',
        'for',
        'to',
        'with',
        'latest',
        'tonight',
      ].includes(following) ||
      WEEKDAYS.has(following);
    // "grows by four in spring"
    if (before === 'by' && following === 'in' && !/\d/.test(word)) return undefined;
    if (isAlone || following === "o'clock") return clock(at + (following === "o'clock" ? 2 : 1));
  }
  if (/^(?:\d|1\d|2[0-3])$/.test(word) && next === 'h' && CLOCK_LEADS.has(before)) return clock(at + 2);
  if (word === 'lunch' && /^(?:before|by|after|until|at)$/.test(before)) return clock(at + 1);
  if (/^(?:noon|midday|midnight|lunchtime)$/.test(word)) return clock(at + 1);
  if (['half', 'quarter'].includes(word) && ['past', 'to'].includes(next)) return clock(at + 3);
  return undefined;
}

/** "5 pm", "5 p.m." */
function isHalf(items: readonly Item[], at: number): boolean {
  const word = items[at]?.word;
  if (word === 'am' || word === 'pm') return true;
  return (word === 'a' || word === 'p') && items[at + 1]?.word === '.' && items[at + 2]?.word === 'm';
}

function withHalf(items: readonly Item[], at: number): number {
  if (!isHalf(items, at)) return at;
  if (items[at + 1]?.word !== '.') return at + 1;
  return items[at + 3]?.word === '.' ? at + 4 : at + 3;
}
