import { Temporal } from 'temporal-polyfill';
import { rewrite, type Traced } from './traced-text.ts';

/**
 * Dates in figures. They are checked and brought to ISO form here, because chrono-node drops a date that does not
 * exist and reads on: "2026-02-30 10:00" would become 10:00 today.
 */
export type DatesInFigures =
  | {
      readonly kind: 'read';
      /** One, or one for each order of day and month; the likelier first. */ readonly texts: readonly Traced[];
    }
  | { readonly kind: 'refused'; readonly reason: string };

const MONTHS = 'january|february|march|april|may|june|july|august|september|october|november|december';
const MONTH_NAMES = MONTHS.split('|');
const CAPITALS = new Map(MONTH_NAMES.map((name) => [name, name.slice(0, 1).toUpperCase() + name.slice(1)]));

/** `today` is the day in the engineer's zone; a date without a year is the coming one. */
export function readDatesInFigures(traced: Traced, today: Temporal.PlainDate): DatesInFigures {
  const reason = impossible(traced.text, today);
  if (reason !== undefined) return { kind: 'refused', reason };
  const fixed = isoDates(traced, today);
  const dayFirst = figures(fixed, today, true);
  const monthFirst = figures(fixed, today, false);
  if (dayFirst === undefined && monthFirst === undefined) {
    return { kind: 'refused', reason: 'There is no such date in the calendar. Please give the date as 2026-12-01.' };
  }
  const texts = [dayFirst, monthFirst].filter((one) => one !== undefined);
  return { kind: 'read', texts: texts.length === 2 && texts[0]?.text === texts[1]?.text ? texts.slice(0, 1) : texts };
}

const date = (year: number, month: number, day: number): Temporal.PlainDate | undefined => {
  if (month < 1 || month > 12 || day < 1 || year > 9_999) return undefined;
  const made = Temporal.PlainDate.from({ year, month, day: 1 });
  return day > made.daysInMonth ? undefined : made.with({ day });
};

function impossible(text: string, today: Temporal.PlainDate): string | undefined {
  for (const match of text.matchAll(/(?<![\d./-])\+?(\d{4,6})[-/](\d{1,2})[-/](\d{1,2})(?!\d)/g)) {
    const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
    if (year > 9_999) return TOO_FAR;
    if (date(year, month, day) === undefined && date(year, day, month) === undefined) return noSuchDate(match[0]);
  }
  if (/\byear \d{5,6}\b/.test(text)) return TOO_FAR;
  const named = text.matchAll(
    new RegExp(
      `(?<![\\d:.])(?:(\\d{1,2})(?:st|nd|rd|th|\\.)?(?: of)?[ -])?(${MONTHS})\\b\\.?(?: (\\d{1,2})(?:st|nd|rd|th)?(?![\\d:]| ?[ap]m))?(?:,? (\\d{4,6}))?(?![\\d:])`,
      'g',
    ),
  );
  for (const match of named) {
    const day = Number(match[1] ?? match[3] ?? 1);
    const month = MONTH_NAMES.indexOf(match[2] ?? '') + 1;
    if (Number(match[4] ?? 0) > 9_999) return TOO_FAR;
    const years = match[4] === undefined ? [today.year, today.year + 1] : [Number(match[4])];
    if (years.every((year) => date(year, month, day) === undefined))
      return noSuchDate(`${day} ${CAPITALS.get(match[2] ?? '')}`);
  }
  return undefined;
}

export const TOO_FAR_RANGE = 'I can remind you from 1 minute to 90 days ahead; please give an earlier time.';
export const TOO_FAR = `That is more than 90 days ahead. ${TOO_FAR_RANGE}`;

function noSuchDate(words: string): string {
  return `There is no ${words} in the calendar. Please give another date.`;
}

/** Week dates, days of a year, and ISO dates in other dress become ISO dates. */
function isoDates(traced: Traced, today: Temporal.PlainDate): Traced {
  // Each number once, whatever a hostile line holds.
  const days = new Map<string, string | undefined>();
  const coming = (day: string): string | undefined => {
    if (!days.has(day)) days.set(day, comingDay(Number(day), today)?.toString());
    return days.get(day);
  };
  let done = rewrite(traced, /(?<![\d-])(\d{4})-?w(\d{2})(?:-?([1-7]))?(?![\d-])/g, (match) =>
    weekDate(Number(match[1]), Number(match[2]), Number(match[3] ?? 1)),
  );
  done = rewrite(done, /(?<![\d-])(20\d\d)-(\d{3})(?![\d-])/g, (match) => {
    const first = Temporal.PlainDate.from({ year: Number(match[1]), month: 1, day: 1 });
    return Number(match[2]) <= first.daysInYear && Number(match[2]) > 0
      ? first.add({ days: Number(match[2]) - 1 }).toString()
      : undefined;
  });
  done = rewrite(done, /(?<![\d./-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/g, (match) =>
    date(Number(match[1]), Number(match[2]), Number(match[3]))?.toString(),
  );
  return rewrite(
    done,
    /\b(?:on )?the (\d{1,2})(?:st|nd|rd|th)\b(?! (?:of|icm|sr|time|day|update|customer|january|february|march|april|may|june|july|august|september|october|november|december))/g,
    (match) => coming(match[1] ?? ''),
  );
}

function weekDate(year: number, week: number, day: number): string | undefined {
  if (year < 1970 || year > 9_998 || week < 1 || week > 53) return undefined;
  // 4 January lies in week 1 by definition (ISO 8601).
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  const found = fourth.add({ days: (week - 1) * 7 + day - fourth.dayOfWeek });
  return found.yearOfWeek === year ? found.toString() : undefined;
}

/** The coming day of that number: "the 5th" said on the 10th is next month's. */
function comingDay(day: number, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  for (let months = 0; months < 3; months += 1) {
    const month = today.add({ months });
    const found = date(month.year, month.month, day);
    if (found !== undefined && Temporal.PlainDate.compare(found, today) >= 0) return found;
  }
  return undefined;
}

const FIGURES =
  /(?<![\d./:-]|·[ /]{0,2})(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\d/:]|[.-]\d| ?[ap]m\b| ?%| ?of\b)/g;

/** Days and months in figures by one order; undefined where a date would not exist in either. */
function figures(traced: Traced, today: Temporal.PlainDate, dayFirst: boolean): Traced | undefined {
  let isWrong = false;
  const done = rewrite(traced, FIGURES, (match) => {
    const [, first = '', sign = '', second = '', year] = match;
    if (year === undefined && !isDateWithoutYear(match)) return undefined;
    // Whoever writes dots writes the day first.
    const order = dayFirst || sign === '.';
    const [day, month] = order ? [Number(first), Number(second)] : [Number(second), Number(first)];
    const found = ofYear(year, month, day, today) ?? (sign === '.' ? undefined : ofYear(year, day, month, today));
    if (found === undefined) isWrong = true;
    return found?.toString();
  });
  // What is left of fractions chrono-node would take for dates.
  return isWrong ? undefined : rewrite(done, /(?<![\d/-])\d{1,3}\/\d{1,3}(?![\d/])/g, () => '·');
}

function ofYear(
  year: string | undefined,
  month: number,
  day: number,
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  if (year !== undefined) return date(year.length === 2 ? 2_000 + Number(year) : Number(year), month, day);
  const found = date(today.year, month, day);
  if (found !== undefined && Temporal.PlainDate.compare(found, today) >= 0) return found;
  return date(today.year + 1, month, day) ?? found;
}

/** "3/4" is a date behind "on" or beside a time, and three quarters elsewhere; "12.30" and "10-11" are no dates. */
function isDateWithoutYear(match: RegExpExecArray): boolean {
  if (match[2] !== '/') return match[2] === '.' && match.input.startsWith('.', match.index + match[0].length);
  const before = match.input.slice(Math.max(0, match.index - 16), match.index);
  const after = match.input.slice(match.index + match[0].length, match.index + match[0].length + 12);
  return (
    /(?:^|\b(?:on|by|until|till|due|before|me|update|at|for|day|tomorrow),? ?(?:·[ ,]{0,3})?)$/.test(
      before.trimStart(),
    ) || /^,? ?(?:at |t)?\d{1,2}(?::\d\d| ?[ap]m)/.test(after)
  );
}
