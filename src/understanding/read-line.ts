import type { Temporal } from 'temporal-polyfill';
import { dayPartsIn, type DayPart } from './day-parts.ts';
import { askFrom, askTooSoon, askUnit, decide, type Candidates } from './decide-time.ts';
import { clocksIn, type ClockMention } from './read-clock.ts';
import { spansIn, type SpanMention } from './read-span.ts';
import { meaningsOf, MORE_THAN_ONE, type Meanings } from './time-meanings.ts';
import type { TimeReading } from './time-reading.ts';
import { blank, typed, type Traced } from './traced-text.ts';
import { after, atWallTime, type Moment } from './wall-time.ts';
import type { ZoneMeaning } from './zone-abbreviations.ts';
import { zonesIn, type ZonesSaid } from './zone-in-time.ts';

/** A prepared line, and when and where it was said. */
export interface Line {
  readonly traced: Traced;
  readonly now: Temporal.Instant;
  /** The engineer's. */
  readonly zone: string;
}

export const RANGE = 'Please give a time from 1 minute to 90 days ahead, for example "in 2 hours" or "tomorrow 9:00".';

/** What was found in a line, each kind with the others put out of sight. */
interface Found {
  readonly line: Line;
  readonly zones: ZonesSaid;
  readonly spans: readonly SpanMention[];
  readonly parts: readonly DayPart[];
  /** The line without all but its dates and times. */
  readonly rest: string;
  readonly clocks: readonly ClockMention[];
  /** The day that the clocks were counted from. */
  readonly today: Temporal.PlainDate;
}

export function readLine(line: Line): TimeReading {
  const found = find(line);
  const now = line.now.epochMilliseconds;
  const wrong = found.spans.find(({ role }) => role === 'wrong');
  if (wrong !== undefined) {
    const words = typed(line.traced, wrong.start, wrong.end);
    return { kind: 'refused', reason: `${words} is no time that I can use. ${RANGE}`, words };
  }
  const candidates = strong(found) ?? weak(found);
  if (candidates !== undefined) return decide(recurring(candidates, line.traced.text), now, line.zone);
  return withoutATime(line);
}

const WANTED = String.raw`\b(?:remind|ping|nudge|alert|notify|tell|update) (?:me|us|cx|customer|the customer)(?: again)?`;
const SOON = new RegExp(
  String.raw`${WANTED} (?:now|right now|immediately|asap)\b|^ ?(?:now|right now|immediately|asap) ?$`,
);
const LATER = new RegExp(String.raw`${WANTED} (?:later|soon|shortly)\b|^ ?(?:later|soon) ?$`);
const NO_UNIT = /\b(?:in|every|within|snooze|snooze for) (\d{1,3})(?![\d:./^-]| ?[a-z%])/;

/** Lines that want to be reminded and do not say when. */
function withoutATime(line: Line): TimeReading {
  const now = line.now.epochMilliseconds;
  const { text } = line.traced;
  const said = (match: RegExpExecArray): string => typed(line.traced, match.index, match.index + match[0].length);
  const soon = SOON.exec(text);
  if (soon !== null) return askTooSoon(now, line.zone, said(soon));
  const later = LATER.exec(text);
  if (later !== null) return askFrom([60, 120, 240], 'When exactly shall I remind you?', now, line.zone, said(later));
  const number = NO_UNIT.exec(text);
  return number === null ? { kind: 'none' } : askUnit(Number(number[1]), said(number), now, line.zone);
}

function find(line: Line): Found {
  const own = line.now.toZonedDateTimeISO(line.zone);
  const zones = zonesIn(line.traced, line.zone, line.now);
  const withoutZones = without(line.traced.text, zones.stretches);
  const spans = spansIn(withoutZones);
  const withoutSpans = without(withoutZones, spans);
  const parts = dayPartsIn(withoutSpans);
  const rest = without(withoutSpans, parts);
  const [said] = zones.zones;
  const today = said === undefined ? own.toPlainDate() : line.now.toZonedDateTimeISO(said.zone).toPlainDate();
  return { line, zones, spans, parts, rest, today, clocks: relevant(clocksIn(rest, today), rest) };
}

function without(text: string, stretches: readonly { readonly start: number; readonly end: number }[]): string {
  return stretches.reduce((left, { start, end }) => blank(left, start, end), text);
}

/** "The outage began at 9:00, remind me at 17:00": when something began is no promise, if there is another. */
function relevant(clocks: readonly ClockMention[], text: string): readonly ClockMention[] {
  const promised = clocks.filter(
    ({ start, end }) =>
      !STORY_BEFORE.test(text.slice(Math.max(0, start - 24), start)) && !STORY_AFTER.test(text.slice(end, end + 12)),
  );
  return promised.some(({ time }) => time !== undefined) || clocks.every(({ time }) => time === undefined)
    ? promised
    : clocks;
}

/** "Move my 3pm follow-up to 5" */
const STORY_AFTER = /^ (?:follow-?up|reminder|meeting|call|one|sync|slot)/;
const STORY_BEFORE =
  /\b(?:since|from|began|begun|started|start|happened|occurred|reported|failed|failing|opened|created|raised|filed|received|mitigated|was|were|said) (?:at |on )?$/;

/** Lengths that plainly lie ahead, and dates and times; undefined where there are none. */
function strong(found: Found): Candidates | undefined {
  const counted = fromAnotherTime(found);
  if (counted !== undefined) return counted;
  const ahead = found.spans.filter(({ role }) => role === 'ahead');
  const hasTime = found.parts.length > 0 || found.clocks.some(({ time }) => time !== undefined);
  const [day] = ahead.filter(isOnCalendar);
  if (day !== undefined && hasTime && found.clocks.every(({ date }) => date === undefined))
    return onThatDay(found, day);
  const fromSpans = ahead.length === 0 ? undefined : spanCandidates(found, ahead);
  const fromClocks = hasTime ? clockCandidates(found, found.clocks) : undefined;
  return unite(fromSpans, fromClocks);
}

/** What is read where nothing plainer is said: "every 4 hours", a day without a time, "30m", what is past. */
function weak(found: Found): Candidates | undefined {
  const of = (role: SpanMention['role']): SpanMention[] => found.spans.filter((one) => one.role === role);
  if (of('every').length > 0) {
    return { ...spanCandidates(found, of('every')), question: ONCE, mustAsk: true };
  }
  if (found.clocks.length > 0) return clockCandidates(found, found.clocks);
  if (of('bare').length > 0) return spanCandidates(found, of('bare'));
  return of('past').length > 0 ? spanCandidates(found, of('past')) : undefined;
}

function isOnCalendar({ span, others }: SpanMention): boolean {
  return span.elapsed === 0 && others.length === 0;
}

/** Two that agree are one ("in 2 hours, at 17:00"); what is past gives way to what is ahead. */
function unite(spans: Candidates | undefined, clocks: Candidates | undefined): Candidates | undefined {
  if (spans === undefined || clocks === undefined) return spans ?? clocks;
  const same = clocks.moments.filter(({ at }) =>
    spans.moments.some((one) => Math.abs(one.at.epochMilliseconds - at.epochMilliseconds) < 60_000),
  );
  if (same.length > 0) return { moments: same.slice(0, 1), mustAsk: false, words: clocks.words };
  const words = `${spans.words} ${clocks.words}`;
  return { moments: [...spans.moments, ...clocks.moments], question: MORE_THAN_ONE, mustAsk: false, words };
}

function spanCandidates({ line }: Found, spans: readonly SpanMention[]): Candidates {
  const own = line.now.toZonedDateTimeISO(line.zone);
  const moments = spans.flatMap(({ span, others, role }) =>
    [span, ...others].map((one) => after(own, one, role === 'past' ? -1 : 1)),
  );
  const isVague = spans.some(({ others }) => others.length > 0);
  const words = wordsOf(line.traced, spans);
  const question = spans.length > 1 ? MORE_THAN_ONE : isVague ? `How long do you mean by "${words}"?` : undefined;
  return { moments, mustAsk: false, words, ...(question === undefined ? {} : { question }) };
}

/** "30 min before 17:00", "2 days after Monday 9:00" */
function fromAnotherTime(found: Found): Candidates | undefined {
  const counted = found.spans.find(({ role }) => role === 'before' || role === 'after');
  if (counted === undefined) return undefined;
  const other = clockCandidates(found, found.clocks);
  const words = `${wordsOf(found.line.traced, [counted])} ${counted.role}`;
  if (other.moments.length === 0) return undefined;
  const moments = other.moments.map(({ at, notes }) => {
    const moved = after(at, counted.span, counted.role === 'before' ? -1 : 1);
    return { at: moved.at, notes: [...notes, ...moved.notes] };
  });
  return { ...other, moments, words: `${words} ${other.words}` };
}

/** "in 2 days at 15:00" */
function onThatDay(found: Found, day: SpanMention): Candidates {
  const date = found.today.add({ months: day.span.months, days: day.span.days });
  const own = found.line.now.toZonedDateTimeISO(found.line.zone);
  const landed = day.span.workdays > 0 ? after(own, day.span).at.toPlainDate() : date;
  const mention: ClockMention = { start: day.start, end: day.end, date: { kind: 'day', date: landed, relative: true } };
  return clockCandidates(found, [mention, ...found.clocks]);
}

function clockCandidates(found: Found, clocks: readonly ClockMention[]): Candidates {
  const { line, zones, parts } = found;
  const said: readonly ZoneMeaning[] = zones.zones.length > 0 ? zones.zones : [{ zone: line.zone }];
  const read = said.map((one) => inZone(found, clocks, one));
  const moments = read.length > 1 ? read.flatMap((one) => one.moments.slice(0, 1)) : read.flatMap((one) => one.moments);
  const question =
    read.length > 1
      ? 'In which time zone is that?'
      : zones.isTheirs
        ? THEIRS
        : read.find((one) => one.question !== undefined)?.question;
  const words = wordsOf(line.traced, [...clocks, ...parts, ...zones.stretches]);
  const mustAsk = zones.isTheirs || read.some((one) => one.mustAsk);
  return { moments, words, mustAsk, ...(question === undefined ? {} : { question }) };
}

const THEIRS =
  'I do not know the time zone of the customer. In your own zone it would be this; which zone do you mean?';

function inZone(found: Found, clocks: readonly ClockMention[], said: ZoneMeaning): Omit<Candidates, 'words'> {
  const there = found.line.now.toZonedDateTimeISO(said.zone).toPlainDateTime();
  const here = found.line.now.toZonedDateTimeISO(found.line.zone).toPlainDateTime();
  const meanings = meaningsOf(clocks, found.parts, there);
  const dates = clocks.flatMap(({ date }) => (date === undefined ? [] : [date]));
  const isFixed = dates.some((date) => date.kind === 'month and day' || (date.kind === 'day' && !date.relative));
  const isRelative = dates.length > 0 && !isFixed;
  if (!isRelative || there.toPlainDate().equals(here.toPlainDate())) return placed(meanings, said, found.line.zone);
  // "tomorrow" is another day there than here.
  const shifted = clocksIn(found.rest, here.toPlainDate());
  const both = [...meanings.walls, ...meaningsOf(shifted, found.parts, here).walls];
  return placed(
    {
      ...meanings,
      walls: both,
      question: meanings.question ?? 'It is another day there than here. Which day do you mean?',
    },
    said,
    found.line.zone,
  );
}

function placed(meanings: Meanings, said: ZoneMeaning, own: string): Omit<Candidates, 'words'> {
  let question = meanings.question;
  const moments = meanings.walls.flatMap(({ wall, notes }): Moment[] => {
    const local = atWallTime(wall, said.zone, said.minutes);
    const moment = { at: local.at, notes: [...notes, ...local.notes] };
    const isAsSaid = said.minutes === undefined || local.at.offsetNanoseconds === said.minutes * 60e9;
    // Who writes "EST" in summer and lives by those clocks means them.
    if (isAsSaid || said.minutes === undefined) return [moment];
    if (said.zone === own) return [{ ...moment, notes: [...moment.notes, 'I took the time of your own clocks.'] }];
    // "PST" written in July: most mean the clocks on the wall, some the letters.
    question ??=
      'Daylight saving changes what those letters say on that day. Do you mean the local time there, or the letters as they stand?';
    const exact = wall.toZonedDateTime('UTC').subtract({ minutes: said.minutes }).withTimeZone(said.zone);
    return [moment, { at: exact, notes }];
  });
  return { moments, mustAsk: meanings.isLoose === true, ...(question === undefined ? {} : { question }) };
}

const AGAIN_AND_AGAIN =
  /\b(?:(?:every|each|jeden|cada|chaque) (?:\d{1,4} |other |single )?(?:second|minute|hour|day|week|workday|month|morning|afternoon|evening|night|monday|tuesday|wednesday|thursday|friday|saturday|sunday|[hmd]\b)|daily|weekly|nightly)/;

const ONCE = 'I remind you once, not again and again. Shall I remind you then for the first time?';

/** Reminders are single: one that shall come again and again is asked, with its first moment offered. */
function recurring(candidates: Candidates, text: string): Candidates {
  if (!AGAIN_AND_AGAIN.test(text)) return candidates;
  return { ...candidates, question: ONCE, mustAsk: true };
}

/** The words of several stretches, as they were typed; neighbours are joined with what stands between them. */
function wordsOf(traced: Traced, stretches: readonly { readonly start: number; readonly end: number }[]): string {
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of [...stretches].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && start - last.end <= 3) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined.map(({ start, end }) => typed(traced, start, end)).join(' ');
}
