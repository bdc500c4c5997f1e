import { Temporal } from 'temporal-polyfill';
import type { WeeksAsked } from '../../understanding/read-weeks.ts';
import { zoneOr } from '../../understanding/zones.ts';
import type { Period } from '../feature.ts';

/** A week of the ISO calendar in a zone: from Monday 00:00 there to the next Monday 00:00. */
export interface Week extends Period {
  /** "2026-W47" */
  readonly name: string;
  /** First and last day, "2026-11-16". */
  readonly monday: string;
  readonly sunday: string;
  /** It is not over yet. */
  readonly isNow: boolean;
}

/** As many as one card can show. */
export const mostWeeks = 4;

/** The weeks that are asked for, the oldest first; `zone` is an IANA name, and one that does not exist counts as UTC. */
export function weeksFor(asked: WeeksAsked, now: Date, zone: string): readonly Week[] {
  const place = zoneOr(zone, 'UTC');
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(place).toPlainDate();
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const [first, count] =
    asked.kind === 'last'
      ? [Math.min(asked.count, mostWeeks), Math.min(asked.count, mostWeeks)]
      : asked.kind === 'recent'
        ? [mostWeeks - 1, mostWeeks]
        : [0, 1];
  return Array.from({ length: count }, (_, at) => weekFrom(monday.subtract({ weeks: first - at }), place, now));
}

function weekFrom(monday: Temporal.PlainDate, zone: string, now: Date): Week {
  const next = monday.add({ weeks: 1 });
  const startOf = (day: Temporal.PlainDate) => new Date(day.toZonedDateTime(zone).epochMilliseconds);
  const to = startOf(next);
  return {
    from: startOf(monday),
    to,
    name: `${monday.yearOfWeek}-W${String(monday.weekOfYear).padStart(2, '0')}`,
    monday: monday.toString(),
    sunday: next.subtract({ days: 1 }).toString(),
    isNow: to.getTime() > now.getTime(),
  };
}
