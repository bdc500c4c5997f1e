// The whole of chrono-node loads a dozen languages, which is a tenth of the start.
import * as en from 'chrono-node/en';
import { Temporal } from 'temporal-polyfill';

/** A date, a time of day or both, found by chrono-node in a prepared line. */
export interface ClockMention {
  readonly start: number;
  readonly end: number;
  readonly date?: DateSaid;
  /** "Monday 24 November": named beside the date, and maybe another one; 1 is Monday. */
  readonly weekday?: number;
  readonly time?: TimeSaid;
  /** "14:00-15:00": where it ends. */
  readonly until?: TimeSaid;
}

export type DateSaid =
  | {
      readonly kind: 'day';
      readonly date: Temporal.PlainDate;
      /** "tomorrow": counted from today */ readonly relative: boolean;
    }
  /** Without a year: the coming one is meant. */
  | { readonly kind: 'month and day'; readonly month: number; readonly day: number }
  /** 1 is Monday. */
  | { readonly kind: 'weekday'; readonly weekday: number; readonly which: 'next' | 'this' | 'last' | 'coming' }
  | { readonly kind: 'workday' }
  /** "next week", "in December": days that nobody can be reminded on to the minute. */
  | { readonly kind: 'vague'; readonly first: Temporal.PlainDate };

export interface TimeSaid {
  readonly hour: number;
  readonly minute: number;
  /** "at 3" may be 03:00 or 15:00; "3:30" is likelier said than meant on the 24-hour clock. */
  readonly half: 'said' | 'bare' | 'with minutes';
}

/**
 * English. Figures are ISO by now, so that the order of day and month makes no difference; the day-first setting would
 * take "December 29, 9am" for December 2029.
 */
const chrono = new en.Chrono(en.configuration.createCasualConfiguration(false));

/** More figures than any promise has; what a hostile line holds beyond is not read. */
const MOST_FIGURES = 48;

/** `text` is prepared and its lengths, zones and parts of the day are put out of sight; `today` is the person's day. */
export function clocksIn(text: string, today: Temporal.PlainDate): ClockMention[] {
  const read = readByChrono(withoutOtherWords(text), today).filter(
    ({ start, date, time }) => date?.kind !== 'vague' || time !== undefined || isVagueDate(text, start),
  );
  return [...read, ...workdays(text)].sort((a, b) => a.start - b.start);
}

/** "in May", "next week", and not "I may". */
function isVagueDate(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 12), start);
  return (
    /^(?:next|this|last|end)\b/.test(text.slice(start)) ||
    /\b(?:in|by|until|till|early|late|mid|of|next|this) $/.test(before)
  );
}

function workdays(text: string): ClockMention[] {
  return [...text.matchAll(/\b(?:next|the next|on the next) workday\b/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    date: { kind: 'workday' },
  }));
}

const CALENDAR = new Set(
  `today tomorrow overmorrow yesterday monday tuesday wednesday thursday friday saturday sunday january february
  march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov
  dec next this last past at on of to until week weekend month am pm a p noon t end day`.split(/\s+/),
);

/** chrono-node takes any two letters behind a time for a zone; words that say no time are put out of its sight. */
function withoutOtherWords(text: string): string {
  let figures = 0;
  return text.replace(/[a-z']+|\d+/g, (word, at: number) => {
    if (word >= '0' && word <= '9~') {
      figures += 1;
      return figures > MOST_FIGURES ? '·'.repeat(word.length) : word;
    }
    // "2nd", "5pm"
    if (/\d/.test(text[at - 1] ?? '') && /^(?:st|nd|rd|th|am|pm|t)$/.test(word)) return word;
    return CALENDAR.has(word) && figures <= MOST_FIGURES ? word : '·'.repeat(word.length);
  });
}

type Result = ReturnType<typeof chrono.parse>[number];

/**
 * chrono-node reckons in the machine's own zone. Noon is there on every day of every zone, so days come out right from
 * it on every machine; hours are taken only as they are said, and moments are made by Temporal.
 */
function readByChrono(text: string, today: Temporal.PlainDate): ClockMention[] {
  const noon = new Date(Date.UTC(today.year, today.month - 1, today.day, 12));
  return chrono
    .parse(text, { instant: noon, timezone: 0 })
    .slice(0, 12)
    .map((result) => toMention(result, today))
    .filter((mention) => mention !== undefined);
}

function toMention(result: Result, today: Temporal.PlainDate): ClockMention | undefined {
  // "from 2 to 3" is no stretch of time as long as nothing makes hours of it.
  if (/^\d{1,2} ?(?:-|to|until) ?\d{1,2}$/.test(result.text)) return undefined;
  const date = dateOf(result, today);
  const time = timeOf(result.start, result.text);
  const weekday = weekdayBeside(result);
  // chrono-node leaves null where its types say undefined.
  const until = result.end ? timeOf(result.end, result.text) : undefined;
  if (date === undefined && time === undefined) return undefined;
  return {
    start: result.index,
    end: result.index + result.text.length,
    ...(date === undefined ? {} : { date }),
    ...(weekday === undefined ? {} : { weekday }),
    ...(time === undefined ? {} : { time }),
    ...(until === undefined ? {} : { until }),
  };
}

/** chrono-node lets the date win over a weekday named with it, without a word. */
function weekdayBeside({ start, text }: Result): number | undefined {
  const weekday = start.get('weekday');
  const isNamed = /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/.test(text);
  if (!isNamed || weekday === null || !start.isCertain('weekday') || !start.isCertain('day')) return undefined;
  return weekday === 0 ? 7 : weekday;
}

function dateOf({ start, text }: Result, today: Temporal.PlainDate): DateSaid | undefined {
  const [year, month, day] = [start.get('year') ?? 0, start.get('month') ?? 0, start.get('day') ?? 0];
  if (/\blast (?:week|month)$/.test(text)) return past(dayOf(year, month, day));
  if (/\b(?:next|this|end of(?: next| this)?) (?:week|month)$/.test(text)) return vague(dayOf(year, month, day), today);
  if (start.isCertain('day')) {
    if (!start.isCertain('month')) return undefined;
    if (!start.isCertain('year')) return { kind: 'month and day', month, day };
    const date = dayOf(year, month, day);
    return date === undefined
      ? undefined
      : { kind: 'day', date, relative: /\b(?:today|tomorrow|overmorrow|yesterday)\b/.test(text) };
  }
  const weekday = start.get('weekday');
  if (start.isCertain('weekday') && weekday !== null) {
    return { kind: 'weekday', weekday: weekday === 0 ? 7 : weekday, which: whichOf(text) };
  }
  if (start.isCertain('month') || start.tags().has('result/relativeDate')) {
    return vague(dayOf(year, month, start.isCertain('month') ? 1 : day), today);
  }
  return undefined;
}

function past(date: Temporal.PlainDate | undefined): DateSaid | undefined {
  return date === undefined ? undefined : { kind: 'day', date, relative: false };
}

function vague(first: Temporal.PlainDate | undefined, today: Temporal.PlainDate): DateSaid | undefined {
  if (first === undefined) return undefined;
  const monday = first.add({ days: first.dayOfWeek > 5 ? 8 - first.dayOfWeek : 0 });
  return { kind: 'vague', first: Temporal.PlainDate.compare(monday, today) > 0 ? monday : today };
}

function dayOf(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  if (year < 1 || year > 9_999) return undefined;
  const date = Temporal.PlainDate.from({ year, month, day });
  return date.day === day ? date : undefined;
}

function whichOf(text: string): 'next' | 'this' | 'last' | 'coming' {
  if (/\bnext\b/.test(text)) return 'next';
  if (/\bthis\b/.test(text)) return 'this';
  return /\b(?:last|past)\b/.test(text) ? 'last' : 'coming';
}

function timeOf(components: Result['start'], text: string): TimeSaid | undefined {
  if (!components.isCertain('hour')) return undefined;
  const [hour, minute] = [components.get('hour') ?? 0, components.get('minute') ?? 0];
  const isSaid =
    components.isCertain('meridiem') ||
    hour === 0 ||
    (hour === 12 && /12[:.]\d\d/.test(text)) ||
    hour > 12 ||
    new RegExp(`(?<!\\d)0${hour}[:.]`).test(text);
  return { hour, minute, half: isSaid ? 'said' : /\d[:.]\d\d/.test(text) ? 'with minutes' : 'bare' };
}
