import type { Temporal } from 'temporal-polyfill';
import type { Span } from './read-span.ts';
import { showClock, showOffset } from './show-time.ts';

/** A moment, and what had to be assumed for it; each note is a plain sentence for the person. */
export interface Moment {
  readonly at: Temporal.ZonedDateTime;
  readonly notes: readonly string[];
}

/**
 * The moment at which the clocks of `zone` show `wall`. A time that a change of clocks leaves out moves forward by the
 * gap, of one that comes twice the first is taken (platform-and-reliability.md 5.2, row DST); both are said. `offset`,
 * in minutes, settles which of two is meant.
 */
export function atWallTime(wall: Temporal.PlainDateTime, zone: string, offset?: number): Moment {
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { at: earlier, notes: [] };
  if (!later.toPlainDateTime().equals(wall)) {
    const taken = wall.toZonedDateTime(zone, { disambiguation: 'compatible' });
    const sentence = `Clocks go forward then, so ${showClock(wall)} does not exist; I took ${showClock(taken)}.`;
    return { at: taken, notes: [sentence] };
  }
  const said = [earlier, later].find((one) => offset !== undefined && one.offsetNanoseconds === offset * 60e9);
  if (said !== undefined) return { at: said, notes: [] };
  const sentence = `Clocks go back then, so ${showClock(wall)} comes twice; I took the first one (${showOffset(earlier)}).`;
  return { at: earlier, notes: [sentence] };
}

/**
 * `span` after `from`: months, days and working days on the calendar with the wall clock kept, the rest as elapsed
 * time. `sign` -1 counts back. Working days are Monday to Friday.
 */
export function after(from: Temporal.ZonedDateTime, span: Span, sign: 1 | -1 = 1): Moment {
  let day = from.toPlainDate().add({ months: sign * span.months, days: sign * span.days });
  for (let left = span.workdays; left > 0; left -= 1) {
    do day = day.add({ days: sign });
    while (day.dayOfWeek > 5);
  }
  const isElapsed = day.equals(from.toPlainDate());
  const landed = isElapsed
    ? { at: from, notes: [] }
    : atWallTime(day.toPlainDateTime(from.toPlainTime()), from.timeZoneId);
  const moved = landed.at.add({ milliseconds: sign * Math.round(span.elapsed) });
  const isKept = !isElapsed && landed.notes.length === 0 && from.offsetNanoseconds !== landed.at.offsetNanoseconds;
  if (!isKept) return { at: moved, notes: landed.notes };
  return { at: moved, notes: [`The clocks change before then; I kept the time of day, ${showClock(landed.at)}.`] };
}
