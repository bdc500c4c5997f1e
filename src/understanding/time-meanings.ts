import { Temporal } from 'temporal-polyfill';
import { hourIn, PARTS, type DayPart, type PartName } from './day-parts.ts';
import type { ClockMention, DateSaid, TimeSaid } from './read-clock.ts';
import { showDate } from './show-time.ts';

/** A date and a time of day that a line may mean, in the zone that it was said in. */
export interface Wall {
  readonly wall: Temporal.PlainDateTime;
  readonly notes: readonly string[];
}

/** All that a line's dates and times may mean, the likeliest first. More than one is asked. */
export interface Meanings {
  readonly walls: readonly Wall[];
  /** Why it is asked, ending in a question. */
  readonly question?: string;
  /** A day without a time, or a part of one: it is asked even where one choice is left. */
  readonly isLoose?: boolean;
  /** A day was named and no time of it. */
  readonly isDayOnly?: boolean;
}

const HOURS_OF_A_DAY = ['09:00', '12:00', '17:00'];

/** `now` is the wall clock in the zone that the times were said in. */
export function meaningsOf(
  clocks: readonly ClockMention[],
  parts: readonly DayPart[],
  now: Temporal.PlainDateTime,
): Meanings {
  const dates = datesOf(clocks, parts, now.toPlainDate());
  const said = clocks.flatMap(({ time, until }) => [time, until].filter((one) => one !== undefined));
  const times = distinct(said, ({ hour, minute, half }) => `${hour}:${minute}${half}`);
  if (dates.question !== undefined) return withTime(dates, times[0], parts[0]?.name, now);
  if (dates.days.length > 1 && times.length > 1) return pairs(clocks, parts, now);
  if (times.length > 1) {
    const each = times.map((time) => withTime(dates, time, parts[0]?.name, now));
    return { walls: each.flatMap(({ walls }) => walls.slice(0, 2)), question: MORE_THAN_ONE };
  }
  // "Midnight tonight" is midnight.
  const part = parts.find(({ name }) => name === 'midnight') ?? parts.at(-1);
  return withTime(dates, times[0], part?.name, now);
}

export const MORE_THAN_ONE = 'You named more than one time. Which one do you mean?';

function pairs(clocks: readonly ClockMention[], parts: readonly DayPart[], now: Temporal.PlainDateTime): Meanings {
  const complete = clocks.filter(({ date, time }) => date !== undefined && time !== undefined);
  const each = (complete.length > 0 ? complete : clocks).map((clock) =>
    withTime(datesOf([clock], [], now.toPlainDate()), clock.time, parts[0]?.name, now),
  );
  const walls = each.flatMap((one) => one.walls.slice(0, 1));
  return { walls, ...(walls.length > 1 ? { question: MORE_THAN_ONE } : {}) };
}

interface Days {
  readonly days: readonly Temporal.PlainDate[];
  readonly question?: string;
  readonly notes: readonly string[];
  /** No day was said at all, so that the coming moment is meant. */
  readonly isOpen: boolean;
  readonly isVague: boolean;
  /** "today" was said: an hour that has passed may be the evening's. */
  readonly isToday: boolean;
}

function datesOf(clocks: readonly ClockMention[], parts: readonly DayPart[], today: Temporal.PlainDate): Days {
  const said = clocks.flatMap(({ date, weekday }): DateSaid[] => [
    ...(date === undefined ? [] : [date]),
    ...(weekday === undefined ? [] : [{ kind: 'weekday', weekday, which: 'coming' } as const]),
  ]);
  const isToday = said.some((one) => one.kind === 'day' && one.relative && one.date.equals(today));
  const plain = { notes: [], isOpen: false, isVague: false, isToday };
  const fixed = distinct(
    said.filter(({ kind }) => kind !== 'weekday').flatMap((one) => daysOf(one, today).days),
    String,
  );
  const weekdays = said.filter((one) => one.kind === 'weekday');
  const isVague = said.length > 0 && said.every(({ kind }) => kind === 'vague');
  if (fixed.length > 0) {
    const wrong = weekdays.find(({ weekday }) => fixed.every(({ dayOfWeek }) => dayOfWeek !== weekday));
    if (wrong === undefined)
      return { ...plain, days: fixed, isVague, ...(fixed.length > 1 ? { question: WHICH_DAY } : {}) };
    const other = daysOf(wrong, today).days;
    return { ...plain, days: [...fixed, ...other], question: 'You named two different days. Which one do you mean?' };
  }
  if (weekdays.length > 0) {
    const each = weekdays.map((one) => daysOf(one, today));
    const days = distinct(
      each.flatMap((one) => one.days),
      String,
    );
    const question =
      each.find((one) => one.question !== undefined)?.question ?? (days.length > 1 ? WHICH_DAY : undefined);
    return { ...plain, days, ...(question === undefined ? {} : { question }) };
  }
  return { ...plain, days: [today], isOpen: !parts.some(({ isToday }) => isToday) };
}

const WHICH_DAY = 'Which day do you mean?';

function daysOf(said: DateSaid, today: Temporal.PlainDate): { days: Temporal.PlainDate[]; question?: string } {
  switch (said.kind) {
    case 'day':
      return { days: [said.date] };
    case 'vague':
      return { days: [said.first] };
    case 'month and day':
      return { days: [comingDate(said.month, said.day, today)] };
    case 'workday': {
      let day = today.add({ days: 1 });
      while (day.dayOfWeek > 5) day = day.add({ days: 1 });
      return { days: [day] };
    }
    case 'weekday':
      return weekdaysOf(said.weekday, said.which, today);
  }
}

/** "next friday" is this week's to some and next week's to others; "friday" on a Friday likewise. */
function weekdaysOf(
  weekday: number,
  which: 'next' | 'this' | 'last' | 'coming',
  today: Temporal.PlainDate,
): { days: Temporal.PlainDate[]; question?: string } {
  const ahead = (weekday - today.dayOfWeek + 7) % 7;
  const day = today.add({ days: ahead });
  const later = day.add({ days: 7 });
  if (which === 'last') return { days: [today.add({ days: ahead - 7 })] };
  if (which === 'this') return { days: [day] };
  if (which === 'next') {
    if (ahead === 0) return { days: [later] };
    return weekday > today.dayOfWeek ? { days: [day, later], question: WHICH_DAY } : { days: [day] };
  }
  return ahead === 0 ? { days: [day, later], question: WHICH_DAY } : { days: [day] };
}

function comingDate(month: number, day: number, today: Temporal.PlainDate): Temporal.PlainDate {
  for (const year of [today.year, today.year + 1]) {
    const first = Temporal.PlainDate.from({ year, month, day: 1 });
    if (day > first.daysInMonth) continue;
    const date = first.with({ day });
    if (Temporal.PlainDate.compare(date, today) >= 0) return date;
  }
  return Temporal.PlainDate.from({ year: today.year + 1, month, day });
}

function withTime(
  days: Days,
  time: TimeSaid | undefined,
  part: PartName | undefined,
  now: Temporal.PlainDateTime,
): Meanings {
  if (time === undefined && part === undefined) {
    if (days.isOpen) return { walls: [] };
    const walls = days.days.flatMap((day) => HOURS_OF_A_DAY.map((clock) => wallAt(day, clock)));
    // One choice for each day where the day itself is in doubt, else three of the one day.
    const chosen = days.days.length > 1 ? walls.filter((_, index) => index % 3 !== 1) : walls;
    const which = days.isVague ? 'Which day and time do you mean?' : 'At what time?';
    return { walls: chosen, question: days.question ?? which, isDayOnly: true, isLoose: true };
  }
  if (time === undefined && part !== undefined) return withPart(days, part, now);
  if (time === undefined) return { walls: [] };
  const each = days.days.map((day) => hoursOn(day, time, part, days, now));
  const question = days.question ?? each.find((one) => one.question !== undefined)?.question;
  // The reason to take one half of the day is told only where it was taken.
  const walls = each.flatMap((one) => one.walls);
  if (days.isVague) return { walls, question: 'Which day do you mean?' };
  return { walls, ...(question === undefined ? {} : { question }) };
}

function withPart(days: Days, part: PartName, now: Temporal.PlainDateTime): Meanings {
  if (part === 'midnight') return midnight(days, now);
  if (part === '24:00') return { walls: days.days.map((day) => wallAt(day.add({ days: 1 }), '00:00')) };
  const walls = days.days.flatMap((day) =>
    PARTS[part].map((clock) => {
      const on = wallAt(day, clock);
      const isPast = Temporal.PlainDateTime.compare(on.wall, now) <= 0;
      return isPast && days.isOpen ? wallAt(day.add({ days: 1 }), clock) : on;
    }),
  );
  return { walls, question: `Which time do you mean by "${part}"?`, isLoose: true };
}

/** Without a day the coming midnight is plain; midnight of a day may be where it begins or where it ends. */
function midnight(days: Days, now: Temporal.PlainDateTime): Meanings {
  const starts = days.days.map((day) => wallAt(day, '00:00'));
  const ends = days.days.map((day) => wallAt(day.add({ days: 1 }), '00:00'));
  const [end] = ends;
  if (end !== undefined && (days.isOpen || days.days.every((day) => day.equals(now.toPlainDate())))) {
    return {
      walls: [
        { wall: end.wall, notes: [`I took the coming midnight, where ${showDate(end.wall.toPlainDate())} begins.`] },
      ],
    };
  }
  return { walls: [...ends, ...starts], question: 'Midnight at the end of that day or at its beginning?' };
}

function wallAt(day: Temporal.PlainDate, clock: string): Wall {
  return { wall: day.toPlainDateTime(Temporal.PlainTime.from(clock)), notes: [] };
}

const MORNING_OR_AFTERNOON = 'In the morning or in the afternoon?';

/** The moments of one day that an hour may mean; an hour without "am" or "pm" may mean two. */
function hoursOn(
  day: Temporal.PlainDate,
  time: TimeSaid,
  part: PartName | undefined,
  { isOpen, isToday }: Days,
  now: Temporal.PlainDateTime,
): Meanings {
  const at = (hour: number, notes: readonly string[] = [], later = 0): Wall => ({
    wall: day.add({ days: later }).toPlainDateTime({ hour, minute: time.minute }),
    notes,
  });
  if (time.half === 'said' || (time.hour > 12 && part === undefined))
    return isOpen ? coming(at(time.hour), now) : { walls: [at(time.hour)] };
  if (part !== undefined) {
    const { hour, nextDay } = hourIn(part, time.hour);
    const meant = at(hour, [], nextDay ? 1 : 0);
    return isOpen ? coming(meant, now, 24) : { walls: [meant] };
  }
  if (time.hour === 12) return isOpen ? noonOrMidnight(at(12), now) : { walls: [at(12, ['I took 12:00 at noon.'])] };
  return isOpen || isToday ? bareToday(at, time, isOpen, now) : bareOn(at, time);
}

type At = (hour: number, notes?: readonly string[], days?: number) => Wall;

const clockOf = ({ hour, minute }: TimeSaid, add = 0): string =>
  `${String(hour + add).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

/** Seven to eleven on another day is the morning to everybody at work; one to six is the afternoon to most. */
function bareOn(at: At, time: TimeSaid): Meanings {
  if (time.hour < 7) return { walls: [at(time.hour + 12), at(time.hour)], question: MORNING_OR_AFTERNOON };
  return { walls: [at(time.hour, time.half === 'bare' ? [`I took ${clockOf(time)} in the morning.`] : [])] };
}

function bareToday(at: At, time: TimeSaid, isOpen: boolean, now: Temporal.PlainDateTime): Meanings {
  const isAhead = ({ wall }: Wall): boolean => Temporal.PlainDateTime.compare(wall, now) > 0;
  const morning = at(time.hour);
  const later = at(time.hour + 12, [`I took ${clockOf(time, 12)}, as ${clockOf(time)} has passed.`]);
  if (isAhead(morning)) {
    if (time.half === 'with minutes' && time.hour >= 7) return { walls: [morning] };
    const both = time.hour < 7 ? [at(time.hour + 12), morning] : [morning, at(time.hour + 12)];
    return { walls: both, question: MORNING_OR_AFTERNOON };
  }
  if (isAhead(later)) {
    if (time.hour < 7) return { walls: [later] };
    if (!isOpen) return { walls: [at(time.hour + 12)], question: 'In the evening?' };
    return { walls: [at(time.hour + 12), at(time.hour, [], 1)], question: 'This evening or tomorrow morning?' };
  }
  if (!isOpen) return { walls: [at(time.hour + 12)] };
  const tomorrow: At = (hour, notes = []) => at(hour, [...notes], 1);
  return bareOn(tomorrow, time);
}

function noonOrMidnight(noon: Wall, now: Temporal.PlainDateTime): Meanings {
  if (Temporal.PlainDateTime.compare(noon.wall, now) > 0)
    return { walls: [{ ...noon, notes: ['I took 12:00 at noon.'] }] };
  const midnightNext = { wall: noon.wall.add({ hours: 12 }), notes: [] };
  return {
    walls: [{ wall: noon.wall.add({ days: 1 }), notes: [] }, midnightNext],
    question: 'At noon or at midnight?',
  };
}

/** Up to here ahead a time that has passed today is plainly tomorrow's ("9am" said at 16:00); what has passed within the hour may be a slip. */
const PLAINLY_TOMORROW_HOURS = 23;

function coming(meant: Wall, now: Temporal.PlainDateTime, plainly = PLAINLY_TOMORROW_HOURS): Meanings {
  if (Temporal.PlainDateTime.compare(meant.wall, now) > 0) return { walls: [meant] };
  const wall = meant.wall.add({ days: 1 });
  const clock = meant.wall.toPlainTime().toString({ smallestUnit: 'minute' });
  if (now.until(wall).total('hours') > plainly) {
    return { walls: [{ wall, notes: [] }], question: `${clock} has passed today. Do you mean tomorrow?` };
  }
  return { walls: [{ wall, notes: [`${clock} has passed today, so I took tomorrow.`] }] };
}

function distinct<T>(values: readonly T[], key: (value: T) => string): T[] {
  return [...new Map(values.map((value) => [key(value), value] as const).reverse()).values()].reverse();
}
