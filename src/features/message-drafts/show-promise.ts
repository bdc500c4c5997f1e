import { Temporal } from 'temporal-polyfill';
import { zoneOr } from '../../understanding/zones.ts';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const two = (value: number): string => String(value).padStart(2, '0');

/**
 * A moment as it is written to a customer: "on Friday, 20 November at 17:00 (UTC+1)". Always the day, never "today":
 * the message may be read tomorrow. The distance from UTC is plain for everybody; the name of the zone is the engineer's.
 */
export function showPromise(at: Date, zone: string): string {
  const then = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zoneOr(zone, 'UTC'));
  const minutes = Math.round(then.offsetNanoseconds / 60e9);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const offset = minutes === 0 ? 'UTC' : `UTC${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${two(rest)}`}`;
  return `on ${days[then.dayOfWeek - 1]}, ${then.day} ${months[then.month - 1]} at ${two(then.hour)}:${two(then.minute)} (${offset})`;
}
