import { Temporal } from 'temporal-polyfill';
import { dayPartsIn } from './day-parts.ts';
import { inKnownForms } from './time-text.ts';
import { fold } from './traced-text.ts';
import { atWallTime } from './wall-time.ts';
import { zoneOr } from './zones.ts';

/** When a person works, in their own zone. */
export interface Hours {
  /** IANA name; one that does not exist counts as UTC. */
  readonly zone: string;
  /** Working time, "HH:MM" on the wall clock, 24 hours. A `from` behind `to` is a night shift over midnight. */
  readonly from: string;
  /** The first minute that is no working time. The same as `from` means around the clock. */
  readonly to: string;
  /** Working days, 1 is Monday and 7 Sunday. A night shift belongs to the day that it begins on. */
  readonly days: readonly number[];
}

export type HoursReading =
  | { readonly kind: 'hours'; readonly from: string; readonly to: string; readonly days?: readonly number[] }
  | { readonly kind: 'quiet'; readonly from: string; readonly to: string }
  | { readonly kind: 'refused'; /** What was wrong and what to do. */ readonly reason: string }
  | { readonly kind: 'none' };

/** Whether `at` lies outside of the person's working days or hours. Nobody without working days is ever quiet. */
export function isQuiet(at: Date, hours: Hours): boolean {
  const then = zoned(at, hours);
  if (then === undefined || hours.days.length === 0) return false;
  return shiftsAround(then.toPlainDate(), hours).every(({ start, end }) => at < start || at >= end);
}

/** `at` itself where it is not quiet, else the next moment that is not. */
export function nextWorking(at: Date, hours: Hours): Date {
  return isQuiet(at, hours) ? nextStart(at, hours) : at;
}

/**
 * The start of the working time that `dayOf` lies in, or of the next one. On a working day before work it is that
 * day's start; after work it is the next working day's.
 */
export function workingMorning(dayOf: Date, hours: Hours): Date {
  const then = zoned(dayOf, hours);
  if (then === undefined || hours.days.length === 0) return dayOf;
  const running = shiftsAround(then.toPlainDate(), hours).find(({ start, end }) => dayOf >= start && dayOf < end);
  return running === undefined ? nextStart(dayOf, hours) : running.start;
}

interface Shift {
  readonly start: Date;
  readonly end: Date;
}

/** A change of clocks that swallows "09:00" moves the start as it moves everything: see `atWallTime`. */
function shiftOn(day: Temporal.PlainDate, hours: Hours): Shift {
  const zone = zoneOr(hours.zone, 'UTC');
  const isOverMidnight = minutesOf(hours.to) <= minutesOf(hours.from);
  const moment = (on: Temporal.PlainDate, minutes: number): Date => {
    const wall = on.toPlainDateTime({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
    return new Date(atWallTime(wall, zone).at.epochMilliseconds);
  };
  return {
    start: moment(day, minutesOf(hours.from)),
    end: moment(isOverMidnight ? day.add({ days: 1 }) : day, minutesOf(hours.to)),
  };
}

/** The shifts that can hold a moment of `day`: its own and the night shift of the day before. */
function shiftsAround(day: Temporal.PlainDate, hours: Hours): Shift[] {
  return [day.subtract({ days: 1 }), day]
    .filter(({ dayOfWeek }) => hours.days.includes(dayOfWeek))
    .map((one) => shiftOn(one, hours));
}

function nextStart(at: Date, hours: Hours): Date {
  const day = zoned(at, hours)?.toPlainDate();
  for (let days = 0; day !== undefined && days <= 8; days += 1) {
    const candidate = day.add({ days });
    if (!hours.days.includes(candidate.dayOfWeek)) continue;
    const { start } = shiftOn(candidate, hours);
    if (start >= at) return start;
  }
  return at;
}

function zoned(at: Date, hours: Hours): Temporal.ZonedDateTime | undefined {
  if (!(Math.abs(at.getTime()) < 8e15)) return undefined;
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zoneOr(hours.zone, 'UTC'));
}

/** Minutes since midnight of "HH:MM"; what is none counts as midnight. */
function minutesOf(clock: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock);
  return match === null ? 0 : Number(match[1]) * 60 + Number(match[2]);
}

/** What "night" means where somebody names no hours; said back to them, so that they can change it. */
const NIGHT = { from: '20:00', to: '08:00' };
const QUIET =
  /\b(?:quiet|do not disturb|dnd|silent|silence|mute|no (?:pings?|reminders?|messages?)|(?:do not|dont|don't|never|not) (?:ping|remind|disturb|message|wake|bother|call|nudge|write)|leave me alone)\b/;
const WORK =
  /\b(?:work|working|works|hours|shift|available|on duty|office|online|reachable|schedule|arbeite|arbeitszeit|trabajo|travaille)\b/;

const CLOCK = String.raw`(\d{1,2})(?:[:.](\d\d))? ?([ap]m)?`;
const RANGE = new RegExp(String.raw`(?<![\d:.])${CLOCK} ?(?:-|to|until|till|and|bis|a|\/) ?(?:at )?${CLOCK}(?![\d:])`);
const SINGLE = new RegExp(String.raw`\b(after|from|before|until|till|at) (?:at )?${CLOCK}(?![\d:])`, 'g');

/** Reads "quiet hours 20:00-08:00", "don't ping me at night" and "I work 7-15 mon-thu". Times are the wall clock. */
export function readHours(text: string): HoursReading {
  const folded = inKnownForms(fold(text)).text;
  const isAboutQuiet = QUIET.test(folded);
  if (!isAboutQuiet && !WORK.test(folded)) return { kind: 'none' };
  const range = RANGE.exec(folded);
  if (range === null) return isAboutQuiet ? quietWithoutRange(folded) : { kind: 'none' };
  const from = clockOf(range[1], range[2], range[3]);
  const to = clockOf(range[4], range[5], range[6]);
  if (from === undefined || to === undefined) return refused(range[0]);
  if (isAboutQuiet) return from === to ? refused(range[0]) : { kind: 'quiet', from, to };
  const end = endOf(from, to, range);
  if (end === from) return refused(range[0]);
  const days = daysIn(folded);
  return { kind: 'hours', from, to: end, ...(days.length === 0 ? {} : { days }) };
}

/** "9 to 5" is said by people who leave in the afternoon: an end before a bare morning start is taken twelve later. */
function endOf(from: string, to: string, range: RegExpExecArray): string {
  const isBare = range[6] === undefined && range[5] === undefined && Number(range[4]) <= 8;
  const isMorning = range[3] !== 'pm' && minutesOf(from) < 12 * 60 && minutesOf(from) >= 6 * 60;
  return isBare && isMorning && minutesOf(to) < minutesOf(from)
    ? clockText(minutesOf(to) / 60 + 12, minutesOf(to) % 60)
    : to;
}

function quietWithoutRange(folded: string): HoursReading {
  const said = new Map(
    [...folded.matchAll(SINGLE)].map((match) => [match[1] ?? '', clockOf(match[2], match[3], match[4])]),
  );
  const from = said.get('after') ?? said.get('from');
  const to = said.get('before') ?? said.get('until') ?? said.get('till');
  if (from !== undefined || to !== undefined) return { kind: 'quiet', from: from ?? NIGHT.from, to: to ?? NIGHT.to };
  if (dayPartsIn(folded).some(({ name }) => name === 'night' || name === 'evening')) return { kind: 'quiet', ...NIGHT };
  return { kind: 'none' };
}

function refused(words: string): HoursReading {
  return { kind: 'refused', reason: `I cannot read hours from "${words.trim()}". Please write them as 09:00-17:00.` };
}

function clockOf(hours: string | undefined, minutes: string | undefined, half: string | undefined): string | undefined {
  const [said, minute] = [Number(hours), Number(minutes ?? 0)];
  if (minute > 59 || said > 24 || (said === 24 && minute > 0) || (half !== undefined && (said > 12 || said === 0))) {
    return undefined;
  }
  const hour = half === undefined ? said % 24 : (said % 12) + (half === 'pm' ? 12 : 0);
  return clockText(hour, minute);
}

function clockText(hour: number, minute: number): string {
  return `${String(Math.floor(hour)).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

const WEEK = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
const DAY = `(${WEEK.join('|')})`;

/** Working days, 1 is Monday; empty where none are named. */
function daysIn(folded: string): number[] {
  const range = new RegExp(`\\b${DAY} ?(?:-|to|through|until|bis) ?${DAY}\\b`).exec(folded);
  if (range !== null) {
    const first = WEEK.indexOf(range[1] ?? '');
    const count = ((WEEK.indexOf(range[2] ?? '') - first + 7) % 7) + 1;
    return Array.from({ length: count }, (_, index) => ((first + index) % 7) + 1).sort((a, b) => a - b);
  }
  if (/\b(?:working|work|business|week)[ -]?day|\bweekdays?\b/.test(folded)) return [1, 2, 3, 4, 5];
  if (/\bevery day\b|\bdaily\b|\b7 day/.test(folded)) return [1, 2, 3, 4, 5, 6, 7];
  return WEEK.flatMap((day, index) => (new RegExp(`\\b${day}\\b`).test(folded) ? [index + 1] : []));
}
