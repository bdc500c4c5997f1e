import { Temporal } from 'temporal-polyfill';
import { normalize } from './normalize.ts';
import { readTime } from './read-time.ts';
import { showTime } from './show-time.ts';
import type { TimeChoice, TimeContext } from './time-reading.ts';
import { wordSet } from './token-pattern.ts';
import { zoneOr } from './zones.ts';

/** What a line says about when something happened. Moments are whole minutes of the last 89 days. */
export type PastReading =
  | { readonly kind: 'time'; readonly at: Date; readonly zone: string }
  /** A plain sentence that ends in a question, and what may be meant. */
  | { readonly kind: 'ask'; readonly question: string; readonly choices: readonly TimeChoice[] }
  | { readonly kind: 'refused'; /** What was wrong and what to do. */ readonly reason: string }
  | { readonly kind: 'none' };

const MINUTE = 60_000;
/** Days back from which a time is read, the nearest first: a weekday is found within a week, a date within the rest. */
const DAYS_BACK = [0, 1, 2, 3, 4, 5, 6, 7, 30, 60, 89];

/**
 * Reads when something happened, for example "05:20 UTC", "yesterday 22:10", "19 Nov 5pm" or "20 min ago": the latest
 * moment that it can mean and that is not to come.
 *
 * It is `readTime`, which reads what lies ahead, asked from the beginning of today, of yesterday and so on. What lies
 * ahead even then is refused. A time without a day is today's, or yesterday's if it is still to come today.
 */
export function readPastTime(text: string, context: TimeContext): PastReading {
  const zone = zoneOr(context.zone, 'UTC');
  const now = context.now.getTime();
  const words = text.slice(0, 300).trim();
  if (/^(?:just |right )?now[.!]?$/i.test(words)) return { kind: 'time', at: floor(now), zone };
  const ago = words.toLowerCase().indexOf(' ago');
  if (ago > 0 && ago <= 60) return timeAgo(words.slice(0, ago), { now: context.now, zone });
  const tokens = normalize(words);
  if (tokens.some((token) => VAGUE.has(token))) return { kind: 'none' };
  if (/^\d{1,3}$/.test(words))
    return { kind: 'refused', reason: `${words} alone is no time. Please write for example “05:20 UTC” or “5am”.` };
  if (isSpan(tokens))
    return {
      kind: 'refused',
      reason: 'That is a length of time. Please write when it was: “05:20 UTC” or “20 minutes ago”.',
    };
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).startOfDay();
  // Days that are named from today become dates: they are asked from other days here.
  const dated = words
    .replace(/\byesterday\b/gi, today.subtract({ days: 1 }).toPlainDate().toString())
    .replace(/\btoday\b/gi, today.toPlainDate().toString())
    .replace(/\btomorrow\b/gi, today.add({ days: 1 }).toPlainDate().toString());
  let later: Date | undefined;
  let refused: string | undefined;
  for (const days of DAYS_BACK) {
    const from = new Date(today.subtract({ days }).epochMilliseconds - MINUTE);
    const reading = readTime(dated, { now: from, zone });
    if (reading.kind === 'none') return { kind: 'none' };
    if (reading.kind === 'refused') {
      refused ??= reading.reason;
      continue;
    }
    const all = reading.kind === 'time' ? [{ at: reading.at, label: '' }] : reading.choices;
    const choices = all.filter(({ at }) => at.getTime() <= now + MINUTE);
    const [only] = choices;
    if (only && choices.length === 1) return { kind: 'time', at: only.at, zone: reading.zone };
    if (only && reading.kind === 'ask')
      return {
        kind: 'ask',
        question: reading.question,
        choices: choices.map(({ at }) => ({ at, label: showTime(at, reading.zone, context.now) })),
      };
    later ??= all[0]?.at;
  }
  if (later)
    return {
      kind: 'refused',
      reason: `${showTime(later, zone, context.now)} is still to come. Please give a time that has passed.`,
    };
  const reason = refused === undefined || /past|90 days/.test(refused) ? TOO_LONG_AGO : refused;
  return { kind: 'refused', reason };
}

const TOO_LONG_AGO = 'I read times of the last 89 days. Please write for example “05:20 UTC” or “2026-11-19 22:10”.';

/** These name no moment that has passed. */
const VAGUE = wordSet('soon later shortly asap sometime');
const UNITS = wordSet('second seconds minute minutes hour hours day days week weeks month months');

/** "in 2 hours", "30 min": counted from now, which is another moment here. */
const isSpan = (tokens: readonly string[]): boolean =>
  tokens.some((token, at) => UNITS.has(token) && /^(?:\d|an?$|half|one$|two$|few$)/.test(tokens[at - 1] ?? ''));

const floor = (ms: number): Date => new Date(Math.floor(ms / MINUTE) * MINUTE);

/** "20 min", said with "ago": as far back as `readTime` reads it ahead. */
function timeAgo(span: string, { now, zone }: TimeContext): PastReading {
  const reading = readTime(`in ${span}`, { now, zone });
  if (reading.kind === 'none') return reading;
  if (reading.kind !== 'time')
    return { kind: 'refused', reason: 'How long ago? Please write for example “20 minutes ago” or “05:20 UTC”.' };
  return { kind: 'time', at: floor(2 * now.getTime() - reading.at.getTime()), zone };
}
