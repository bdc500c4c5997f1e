import { TOO_FAR, TOO_FAR_RANGE } from './calendar-dates.ts';
import { showSpan, showTime } from './show-time.ts';
import type { TimeChoice, TimeReading } from './time-reading.ts';
import type { Moment } from './wall-time.ts';

/** All that a line may mean, and why it would be asked. */
export interface Candidates {
  readonly moments: readonly Moment[];
  readonly question?: string;
  /** Asked even where one moment is left. */
  readonly mustAsk: boolean;
  readonly words: string;
}

const MINUTE = 60_000;
/** The least and the most that a promise may lie ahead, in milliseconds: row I7 of platform-and-reliability.md. */
export const SHORTEST = MINUTE;
export const LONGEST = 90 * 24 * 60 * MINUTE;

/** Turns candidates into a reading: what is past or out of range is refused, what is in doubt is asked. */
export function decide(candidates: Candidates, now: number, zone: string): TimeReading {
  const { words } = candidates;
  const all = inOrderOfMoments(candidates.moments, now);
  const ahead = all.filter(({ exact }) => exact >= now);
  const [first] = all;
  if (first === undefined) return { kind: 'none' };
  if (ahead.length === 0) return { kind: 'refused', reason: pastReason(first, candidates.mustAsk, words, now), words };
  const kept = ahead.filter(({ at }) => at - now >= SHORTEST && at - now <= LONGEST);
  const [only] = kept;
  if (only === undefined) {
    return ahead.some(({ at }) => at - now < SHORTEST)
      ? askTooSoon(now, zone, words)
      : { kind: 'refused', reason: tooFarReason(ahead, now), words };
  }
  const isAsked = candidates.mustAsk || kept.length > 1 || (candidates.question !== undefined && all.length === 1);
  if (isAsked) {
    const question = candidates.question ?? 'Do you mean this time?';
    return { kind: 'ask', question, choices: toChoices(kept, now), zone: only.zone, words };
  }
  const notes =
    all.length > 1 ? [...only.notes, `I took ${showTime(new Date(only.at), only.zone, new Date(now))}.`] : only.notes;
  return { kind: 'time', at: new Date(only.at), zone: only.zone, words, notes };
}

interface Placed {
  /** Milliseconds since 1970, as reckoned. */
  readonly exact: number;
  /** The same in whole minutes. */
  readonly at: number;
  readonly zone: string;
  readonly notes: readonly string[];
}

function inOrderOfMoments(moments: readonly Moment[], now: number): Placed[] {
  const placed = moments.map(({ at, notes }) => {
    const exact = at.epochMilliseconds;
    // People look at clocks without seconds: said at 10:00:20, "in 30 min" is 10:30. Rounding must not make of one
    // whole minute less than one.
    const down = Math.floor(exact / MINUTE) * MINUTE;
    const rounded = down - now < SHORTEST && exact - now >= SHORTEST ? down + MINUTE : down;
    return { exact, at: rounded, zone: at.timeZoneId, notes };
  });
  return [...new Map(placed.map((one) => [one.at, one] as const).reverse()).values()].reverse();
}

function toChoices(placed: readonly Placed[], now: number): TimeChoice[] {
  return placed.slice(0, 4).map(({ at, zone }) => ({
    label: showTime(new Date(at), zone, new Date(now)),
    at: new Date(at),
  }));
}

function pastReason(first: Placed, isLoose: boolean, words: string, now: number): string {
  // Of "yesterday" no hour was said, so none is shown.
  const shown = isLoose ? '' : ` (${showTime(new Date(first.at), first.zone, new Date(now))})`;
  return `"${words.slice(0, 60)}" is in the past${shown}. Please give a time that is still to come.`;
}

/** Less than a minute ahead a reminder could not be kept. */
export function askTooSoon(now: number, zone: string, words: string): TimeReading {
  const question = 'That is less than a minute from now. When shall I remind you instead?';
  return askFrom([15, 30, 60], question, now, zone, words);
}

/** A date without a year that has just passed is next year's: which day was taken is told. */
function tooFarReason([first]: readonly Placed[], now: number): string {
  if (first === undefined) return TOO_FAR;
  const shown = showTime(new Date(first.at), first.zone, new Date(now));
  return `${shown} is more than 90 days ahead. ${TOO_FAR_RANGE}`;
}

/** "in 5": minutes, or hours? */
export function askUnit(count: number, words: string, now: number, zone: string): TimeReading {
  const question = `${count} what: minutes, hours or days?`;
  return askFrom([count, count * 60, count * 24 * 60], question, now, zone, words);
}

/** Asks with choices so many minutes from `now`; those out of range are left out. */
export function askFrom(
  minutes: readonly number[],
  question: string,
  now: number,
  zone: string,
  words: string,
): TimeReading {
  const choices = minutes
    .map((count) => ({ count, at: (Math.floor(now / MINUTE) + count) * MINUTE }))
    .filter(({ at }) => at - now >= SHORTEST && at - now <= LONGEST)
    .map(({ count, at }) => ({
      at: new Date(at),
      label: `in ${showSpan(count * MINUTE)}, ${showTime(new Date(at), zone, new Date(now))}`,
    }));
  return { kind: 'ask', question, choices, zone, words };
}
