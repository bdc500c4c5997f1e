import { Temporal } from 'temporal-polyfill';
import { zoneOr } from './zones.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A moment for people, with its zone, so that nobody takes it for another: "today 17:00 (Europe/Berlin, UTC+1)".
 *
 * `at` and `now` are moments, `zone` an IANA name or an offset; "today" and "tomorrow" are days of that zone. English,
 * the same on every machine. A zone that does not exist is shown as UTC.
 */
export function showTime(at: Date, zone: string, now: Date): string {
  const place = zoneOr(zone, 'UTC');
  const then = zoned(at, place);
  if (then === undefined) return 'no time';
  const where =
    place === 'UTC' ? '(UTC)' : place.includes('/') ? `(${place}, ${showOffset(then)})` : `(${showOffset(then)})`;
  return `${showDay(then, zoned(now, place))} ${showClock(then)} ${where}`;
}

/** "17:00", 24 hours. */
export function showClock(then: Temporal.ZonedDateTime | Temporal.PlainDateTime): string {
  return `${two(then.hour)}:${two(then.minute)}`;
}

/** "Fri 27 Nov 2026", always with the year. */
export function showDate(date: Temporal.PlainDate | Temporal.ZonedDateTime): string {
  return `${showShortDate(date)} ${date.year}`;
}

function showShortDate(date: Temporal.PlainDate | Temporal.ZonedDateTime): string {
  return `${DAYS[date.dayOfWeek - 1]} ${date.day} ${MONTHS[date.month - 1]}`;
}

function showDay(then: Temporal.ZonedDateTime, now: Temporal.ZonedDateTime | undefined): string {
  const ahead = now?.toPlainDate().until(then.toPlainDate()).days;
  if (ahead === 0) return 'today';
  if (ahead === 1) return `tomorrow, ${showShortDate(then)},`;
  return `${showDate(then)},`;
}

/** "UTC+5:30" */
export function showOffset(then: Temporal.ZonedDateTime): string {
  const minutes = Math.round(then.offsetNanoseconds / 60e9);
  const rest = Math.abs(minutes) % 60;
  const hours = Math.floor(Math.abs(minutes) / 60);
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${two(rest)}`}`;
}

function zoned(at: Date, zone: string): Temporal.ZonedDateTime | undefined {
  const milliseconds = at.getTime();
  // The ends of what a Date can hold leave no room for an offset.
  if (!(Math.abs(milliseconds) <= 8.63e15)) return undefined;
  return Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(zone);
}

const MINUTE = 60_000;

/**
 * A length of time for people, in the two largest units that are not zero: "1 h 30 min", "2 days", "2 days 3 h".
 *
 * `milliseconds` is cut to whole minutes; a day is 24 hours. Less than a minute is "less than 1 min"; what is negative
 * is shown by its size, the sentence around it says "ago".
 */
export function showSpan(milliseconds: number): string {
  const minutes = Math.floor(Math.abs(milliseconds) / MINUTE);
  if (!Number.isFinite(minutes)) return 'no time';
  if (minutes < 1) return 'less than 1 min';
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60), minutes % 60];
  const parts = [
    ...(days === 0 ? [] : [days === 1 ? '1 day' : `${days} days`]),
    ...(hours === 0 ? [] : [`${hours} h`]),
    ...(rest === 0 ? [] : [`${rest} min`]),
  ];
  return parts.slice(0, 2).join(' ');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** The parts of a moment in a zone, for lists that name the zone once. */
export interface Stamp {
  /** "Fri 20 Nov 2026" */
  readonly day: string;
  /** "14:05" */
  readonly clock: string;
  /** "UTC+1" */
  readonly offset: string;
  /** "2026-11-20T14:05:00+01:00" */
  readonly iso: string;
}

/** A moment in a zone, taken apart. A zone that does not exist is shown as UTC. */
export function stampOf(at: Date, zone: string): Stamp {
  const then = zoned(at, zoneOr(zone, 'UTC'));
  if (then === undefined) return { day: 'no date', clock: 'no time', offset: '', iso: '' };
  return {
    day: showDate(then),
    clock: showClock(then),
    offset: showOffset(then),
    iso: then.toString({ timeZoneName: 'never', smallestUnit: 'second' }),
  };
}
