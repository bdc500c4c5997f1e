import { Temporal } from 'temporal-polyfill';
import { readDatesInFigures } from './calendar-dates.ts';
import { askUnit } from './decide-time.ts';
import { RANGE, readLine, type Line } from './read-line.ts';
import { valueOf } from './read-span.ts';
import { showClock, showTime } from './show-time.ts';
import type { TimeContext, TimeReading } from './time-reading.ts';
import { prepare } from './time-text.ts';
import { rewrite, typed, type Traced } from './traced-text.ts';
import { zoneOr } from './zones.ts';

export type { TimeChoice, TimeContext, TimeReading } from './time-reading.ts';

/**
 * Reads the moment that a line promises, relative to `context.now` and in the engineer's zone.
 *
 * Hours and minutes are elapsed time, days and weeks keep the wall clock. What may mean two moments is asked back,
 * what lies in the past or out of range is refused with the reason. Limits and the rules for past times: rows I6 to I8
 * of platform-and-reliability.md. Numbers of ICMs and support requests, severities and counts are no times.
 */
export function readTime(text: string, context: TimeContext): TimeReading {
  const zone = zoneOr(context.zone, 'UTC');
  const now = context.now.getTime();
  // A clock that shows no time, or one at the ends of what a Date holds, tells nobody what "tomorrow" is.
  if (!(Math.abs(now) < 8e15)) return { kind: 'none' };
  const line: Line = { traced: prepare(text), now: Temporal.Instant.fromEpochMilliseconds(now), zone };
  const wrong = wrongFigures(line);
  if (wrong !== undefined) return wrong;
  const own = line.now.toZonedDateTimeISO(zone);
  const figures = readDatesInFigures(sameTime(endOfDay(line.traced), own), own.toPlainDate());
  if (figures.kind === 'refused')
    return { kind: 'refused', reason: figures.reason, words: wordsWithFigures(line.traced) };
  const [first, second] = figures.texts.map((traced) => readLine({ ...line, traced }));
  if (first === undefined) return { kind: 'none' };
  return second === undefined ? first : eitherOrder(first, second, context.now);
}

/** Lengths and clock times that cannot be, before anybody reads a part of them. */
function wrongFigures(line: Line): TimeReading | undefined {
  const { traced } = line;
  const { text } = traced;
  const alone = /^([+-]?)(nan|infinity|\d{1,400}(?:\.\d{1,9})?(?:e\+?\d{1,4}|\^\d{1,4})?)$/.exec(text.trim());
  if (alone !== null) return bareNumber(alone[1] ?? '', alone[2] ?? '', line);
  for (const match of text.matchAll(/(?<![\d.:+-])(\d{1,2}):(\d\d)(?::(\d\d))?(?![\d:])/g)) {
    const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
    if (hour < 24 && minute < 60 && second < 60) continue;
    if (hour === 24 && minute === 0 && second === 0) continue;
    return noSuchTime(typed(traced, match.index, match.index + match[0].length));
  }
  const half =
    /(?<![\d:.])(?:0|1[3-9]|2\d|[3-9]\d)(?::\d\d)? ?[ap]m\b/.exec(text) ?? /\bat 2[5-9](?![\d:.]| ?[a-z%])/.exec(text);
  if (half !== null) return noSuchTime(typed(traced, half.index, half.index + half[0].length));
  return undefined;
}

function noSuchTime(words: string): TimeReading {
  return {
    kind: 'refused',
    reason: `There is no ${words} on the clock. Please give a time from 00:00 to 23:59.`,
    words,
  };
}

/** A number by itself has no unit; one that could be no interval in any unit is refused at once. */
function bareNumber(sign: string, number: string, line: Line): TimeReading {
  const value = valueOf(number);
  const words = line.traced.text.trim().slice(0, 40);
  if (sign === '-' || !(value >= 1 && value <= 90 * 24 * 60)) {
    return { kind: 'refused', reason: `${words} is no time that I can use. ${RANGE}`, words };
  }
  return askUnit(value, words, line.now.epochMilliseconds, line.zone);
}

/** 24:00 is where the next day begins; chrono-node drops it. */
function endOfDay(traced: Traced): Traced {
  return rewrite(traced, /(?<![\d:.])24:00(?::00)?(?![\d:])/g, () => 'lastmidnight');
}

/** "tomorrow, same time" */
function sameTime(traced: Traced, own: Temporal.ZonedDateTime): Traced {
  return rewrite(traced, /\b(?:at )?(?:the )?same time\b/g, () => showClock(own));
}

function wordsWithFigures(traced: Traced): string {
  const found = /(?<![^\s·])\+?[a-z\d]{1,12}[-/.:]?\d[^\s·]{0,30}(?: \d[^\s·]{0,12})?/.exec(traced.text);
  return found === null ? '' : typed(traced, found.index, found.index + found[0].length);
}

/** A date such as 1/2/2026 was read in both orders. */
function eitherOrder(dayFirst: TimeReading, monthFirst: TimeReading, now: Date): TimeReading {
  const readings = [dayFirst, monthFirst].filter((one) => one.kind === 'time' || one.kind === 'ask');
  const [first] = readings;
  if (first === undefined) return dayFirst;
  const choices = readings.flatMap((one) =>
    one.kind === 'time' ? [{ at: one.at, label: showTime(one.at, one.zone, now) }] : one.choices.slice(0, 2),
  );
  const question = 'Is the day or the month first in that date?';
  return { kind: 'ask', question, choices, zone: first.zone, words: first.words };
}
