/** A length of time found in a prepared line. */
export interface SpanMention {
  readonly start: number;
  readonly end: number;
  readonly span: Span;
  /** Other lengths that the words may mean ("a few hours", "2-3 hours"), the likeliest first; empty where it is clear. */
  readonly others: readonly Span[];
  readonly role: SpanRole;
}

/** What is added on the calendar, keeping the wall clock, and what is added as elapsed time. */
export interface Span {
  readonly months: number;
  readonly days: number;
  readonly workdays: number;
  /** Milliseconds of elapsed time; hours and minutes are elapsed whatever the clocks do. */
  readonly elapsed: number;
}

export type SpanRole =
  /** "in 2 hours", "2 hours from now" */
  | 'ahead'
  /** "30m": ahead unless the line says something plainer. */
  | 'bare'
  | 'every'
  /** "2 hours ago" */
  | 'past'
  /** "30 min before", "2 days after": counted from a time that follows. */
  | 'before'
  | 'after'
  /** "down for 3 hours": how long something is. */
  | 'length'
  /** "-5 min", "5h5", "10^9 min": no length that can be kept. */
  | 'wrong';

const HOUR = 3_600_000;
const UNITS: ReadonlyMap<string, Span> = new Map([
  ...['s', 'second', 'seconds'].map((word) => [word, span({ elapsed: 1_000 })] as const),
  ...['m', 'minute', 'minutes'].map((word) => [word, span({ elapsed: 60_000 })] as const),
  ...['h', 'hour', 'hours'].map((word) => [word, span({ elapsed: HOUR })] as const),
  ...['d', 'day', 'days'].map((word) => [word, span({ days: 1 })] as const),
  ...['w', 'week', 'weeks'].map((word) => [word, span({ days: 7 })] as const),
  ...['workday', 'workdays', 'bd'].map((word) => [word, span({ workdays: 1 })] as const),
  ...['mo', 'month', 'months'].map((word) => [word, span({ months: 1 })] as const),
  ...['y', 'year', 'years'].map((word) => [word, span({ months: 12 })] as const),
]);

export function span(parts: Partial<Span>): Span {
  return { months: 0, days: 0, workdays: 0, elapsed: 0, ...parts };
}

const NUMBER = String.raw`nan|infinity|few|couple|an?|\d{1,20}(?:[.,]\d{1,6})?(?:\^\d{1,4}|e\+?\d{1,4})?|\.\d{1,4}`;
const FIRST = new RegExp(String.raw`(?<![\w.·^:])([+-]?)(${NUMBER})[ -]?(?:more )?([a-z]{1,8})`, 'g');
const NEXT = new RegExp(String.raw`(?: and |, | |,|)()(${NUMBER}) ?([a-z]{1,8})`, 'y');
const CLOCK_SPAN = /\bin (\d{1,2}):([0-5]\d)(?: ?h| ?hour)?\b(?! ?[ap]m)/g;

/** Every length of time in a prepared text, in order; see `prepare`. */
export function spansIn(text: string): SpanMention[] {
  const found: SpanMention[] = [];
  let done = 0;
  for (const match of text.matchAll(FIRST)) {
    if (match.index < done) continue;
    const mention = spanAt(text, match);
    if (mention === undefined) continue;
    found.push(mention);
    done = mention.end;
  }
  for (const match of text.matchAll(CLOCK_SPAN)) {
    const elapsed = Number(match[1]) * HOUR + Number(match[2]) * 60_000;
    const [start, end] = [match.index + 3, match.index + match[0].length];
    found.push({ start, end, span: span({ elapsed }), others: [], role: 'ahead' });
  }
  return found.sort((a, b) => a.start - b.start);
}

function spanAt(text: string, match: RegExpExecArray): SpanMention | undefined {
  const [whole, sign = '', number = '', word = ''] = match;
  const unit = UNITS.get(word);
  if (unit === undefined || isLetters(number, whole)) return undefined;
  let total = times(unit, valueOf(number));
  let end = match.index + whole.length;
  let previous = word;
  for (;;) {
    NEXT.lastIndex = end;
    const next = NEXT.exec(text);
    const nextUnit = next === null ? undefined : UNITS.get(next[3] ?? '');
    if (next === null || nextUnit === undefined || isLetters(next[2] ?? '', next[0])) break;
    total = plus(total, times(nextUnit, valueOf(next[2] ?? '')));
    end += next[0].length;
    previous = next[3] ?? '';
  }
  const half = /^ and a half(?![a-z])/.exec(text.slice(end));
  if (half !== null) [total, end] = [plus(total, times(UNITS.get(previous) ?? unit, 0.5)), end + half[0].length];
  const rest = /^( ?)(\d{1,3})(?![\d:.]| ?[a-z])/.exec(text.slice(end));
  const isHours = UNITS.get(previous)?.elapsed === HOUR;
  if (rest !== null && (rest[1] === '' || (isHours && /^[0-5]\d$/.test(rest[2] ?? '')))) {
    // "2h30" says minutes; nobody can say what "5h5" is.
    end += rest[0].length;
    if (isHours && /^[0-5]\d$/.test(rest[2] ?? '')) total = plus(total, span({ elapsed: Number(rest[2]) * 60_000 }));
    else return { start: match.index, end, span: total, others: [], role: 'wrong' };
  }
  // A word that goes on is no unit: "5 more" is no "5 m".
  if (/^[a-z\d]/.test(text.slice(end))) return undefined;
  return withRole(text, { start: match.index, end, span: total }, { sign, number, unit });
}

/** "a d" and "am": an article needs a written-out unit behind it. */
function isLetters(number: string, whole: string): boolean {
  return /^an?$/.test(number) && !/ [a-z]{3,}$/.test(whole);
}

function withRole(
  text: string,
  found: { readonly start: number; readonly end: number; readonly span: Span },
  said: { readonly sign: string; readonly number: string; readonly unit: Span },
): SpanMention {
  const before = text.slice(Math.max(0, found.start - 40), found.start);
  const after = text.slice(found.end, found.end + 24);
  const range = /(\d{1,6}(?:\.\d)?) ?(?:-|to|or|bis) ?$/.exec(before);
  const isRange = range !== null || (said.sign === '-' && /\d ?$/.test(before));
  if (said.sign === '-' && !isRange) return { ...found, others: [], role: 'wrong' };
  const role = isPossible(found.span) ? roleOf(before.slice(0, range?.index), after, text) : 'wrong';
  if (range !== null) {
    const shorter = times(said.unit, valueOf(range[1] ?? ''));
    const start = found.start - (before.length - range.index);
    return { start, end: found.end, span: shorter, others: [found.span], role };
  }
  const orMore = /^ or (two|2|three|3)(?![\d:]| ?[ap]m| [a-z]*(?:day|clock))/.exec(after);
  if (orMore !== null) {
    const others = [times(said.unit, /t?wo|2/.test(orMore[1] ?? '') ? 2 : 3)];
    return { ...found, end: found.end + orMore[0].length, others, role };
  }
  const ago = /^ ?(?:ago|earlier|back)\b/.exec(after)?.[0].length ?? 0;
  return { ...found, end: found.end + ago, others: vagueOnes(said.number, said.unit), role };
}

/** What "a few hours" may be, besides the three that are taken first. */
function vagueOnes(number: string, unit: Span): Span[] {
  const isMinutes = unit.elapsed === 60_000;
  if (number === 'few') return (isMinutes ? [5, 15] : [2, 4]).map((count) => times(unit, count));
  return number === 'couple' ? [times(unit, isMinutes ? 5 : 3)] : [];
}

function roleOf(before: string, after: string, text: string): SpanRole {
  if (/^ ?(?:ago|earlier|back)\b/.test(after)) return 'past';
  if (/\b(?:before|hace|il y a) ?$/.test(before)) return 'past';
  if (/^ (?:before|prior)\b/.test(after)) return 'before';
  if (/^ (?:later|hence|from (?:now|today)|out)\b/.test(after)) return 'ahead';
  if (/^ (?:after|from|past) (?=\S)/.test(after)) return 'after';
  if (/\b(?:every|each|once every|alle|cada|toutes les|jede[nrs]?) (?:other )?$/.test(before)) return 'every';
  if (/\b(?:once|twice|thrice|times|per) $/.test(before)) return 'every';
  if (/\bin (?:less|no more|not more) than $/.test(before)) return 'ahead';
  if (LENGTH_AFTER.test(after)) return 'length';
  const isPutOff = /\b(?:snooze|postpone|delay (?:it|this|me)|defer|pause|mute|wait|hold|push|move|extend)\b/.test(
    text,
  );
  if (/\b(?:for|by)(?: about| another| at least)? ?$/.test(before)) return isPutOff ? 'ahead' : 'length';
  if (LENGTH_BEFORE.test(before)) return isPutOff && /\b(?:to|is|of) ?$/.test(before) ? 'ahead' : 'length';
  return AHEAD_BEFORE.test(before) ? 'ahead' : 'bare';
}

const LENGTH_AFTER =
  /^[ -](?:outage|downtime|window|tumbling|hopping|sliding|session|delay|lag|latency|long|of|old|late|behind|sla|watermark|job|run|interval|ttl|retention|timeout|backlog|meeting|call|worth|already|now|total|each)\b/;
const LENGTH_BEFORE =
  /\b(?:since|past|last|previous|took|takes|taking|take|been|lasted|lasts|over|than|of|is|was|are|sla|window|delay|lag|lagging|latency|watermark|behind|down|up to|nearly|almost|late|spent|waiting|waits|waited)(?: about| around| by)? ?$/;
const AHEAD_BEFORE =
  /(?:\b(?:in|within|after|another|wait|snooze|postpone|defer|next|about|around|approx|approximately|roughly|exactly|me|make it)(?: about| around| approx| exactly| roughly| just| at most)? ?[~+]?| [+~])$/;

/** Outside of this no arithmetic is tried; a bit more than ninety days, so that the limit itself is told by its name. */
const MOST_DAYS = 40_000;

function isPossible({ months, days, workdays, elapsed }: Span): boolean {
  const all = months * 31 + days + workdays + elapsed / (24 * HOUR);
  return Number.isFinite(all) && all > 0 && all <= MOST_DAYS;
}

/** The number that a person wrote; NaN and infinity where it is none that can be counted. */
export function valueOf(written: string): number {
  if (written === 'few') return 3;
  if (written === 'couple') return 2;
  if (written === 'a' || written === 'an') return 1;
  if (written.includes('infinity')) return Number.POSITIVE_INFINITY;
  const power = /^(\d{1,20})\^(\d{1,4})$/.exec(written);
  if (power !== null) return Number(power[1]) ** Number(power[2]);
  // "1,5" is one and a half, "1,500" fifteen hundred.
  return Number(/,\d{3}$/.test(written) ? written.replace(',', '') : written.replace(',', '.'));
}

/** Parts of a day and of a week are elapsed time and days; part of a month is counted in days. */
function times(unit: Span, count: number): Span {
  const days = unit.days * count + (unit.months > 0 ? (count % 1) * unit.months * 30 : 0);
  if (!Number.isFinite(count)) return span({ elapsed: count });
  return {
    months: unit.months * Math.trunc(count),
    days: Math.trunc(days),
    workdays: Math.ceil(unit.workdays * count),
    elapsed: unit.elapsed * count + (days % 1) * 24 * HOUR,
  };
}

function plus(a: Span, b: Span): Span {
  return {
    months: a.months + b.months,
    days: a.days + b.days,
    workdays: a.workdays + b.workdays,
    elapsed: a.elapsed + b.elapsed,
  };
}
