import { CLOCK_WORDINGS } from './clock-wordings.ts';
import { DAY_WORDINGS } from './day-wordings.ts';
import { MAX_TEXT_LENGTH } from './normalize.ts';
import { NUMBER_WORDS, timeWord } from './time-words.ts';
import { fold, rewrite, type Rule, type Traced } from './traced-text.ts';

/**
 * Prepares a line for the readers of times: what is no time is put out of sight, and the ways to say one thing become
 * one. Every expression here is linear, without nested repetition; a rule is `[what, by what]`.
 */
export function prepare(text: string): Traced {
  // "à 15h" and "às 10" are "at"; without its accent the letter would be an article ("a 2h break").
  const withSigns = text.slice(0, MAX_TEXT_LENGTH).replace(/(?<!\S)às?(?=\s\d)/giu, (word) => '@'.padEnd(word.length));
  let traced: Traced = { ...fold(withSigns), source: fold(text).source };
  for (const [pattern, by] of NO_TIMES) traced = rewrite(traced, pattern, by);
  traced = inKnownForms(traced);
  for (const [pattern, by] of [...DAY_WORDINGS, ...CLOCK_WORDINGS]) traced = rewrite(traced, pattern, by);
  return traced;
}

/** Words of time in their known forms, and nothing else changed. */
export function inKnownForms(traced: Traced): Traced {
  return rewrite(traced, /[a-z][a-z'-]*[a-z]|\b2(?:nite|night|day|moro|morrow)\b/g, (match) => wordsOf(match[0]));
}

/** Hyphens join words ("mid-day", "forty-five") and part them ("monday-friday"). */
function wordsOf(word: string): string {
  const whole = timeWord(word);
  if (whole !== word || !word.includes('-')) return whole;
  if (NUMBER_WORDS.has(word)) return word;
  return word.split('-').map(timeWord).join('-');
}

/** Stands where something was that is no time. A letter of no alphabet, so that nothing is read across it. */
const HIDDEN = '·';
const hide = (): string => HIDDEN;

const COUNTED =
  'customers?|cx|clients?|users?|people|persons?|jobs?|icms?|incidents?|tickets?|cases?|srs?|times|regions?|' +
  'subscriptions?|subs|partitions?|nodes?|sus?|events?|rows?|messages?|records?|units?|updates?|emails?|calls?|' +
  'errors?|failures?|inputs?|outputs?|queries|devices?|hubs?|engineers?|mb|gb|kb|tb|percent|usd|x';
const OWNER =
  'icms?|srs?|cases?|incidents?|tickets?|inc|cris?|bugs?|work ?items?|wi|tasks?|support requests?|requests?|id';
const NUMBERED =
  'sev|severity|svr|p|prio|priority|version|ver|v|step|attempt|option|error|code|http|port|line|build|kb|part|team|' +
  'level|tier|phase|compat|net|east us|west us|us|page|rule|group|region|item|question';

const NO_TIMES: readonly Rule[] = [
  [/<at>[^<]{0,100}<\/at>/g, hide],
  [/\bhttps?:\/\/[^\s]{1,500}/g, hide],
  [/(?<![^\s<(])[a-z0-9._-]{1,64}@[a-z0-9-]{1,64}\.[a-z0-9.-]{1,64}/g, hide],
  [/(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])/g, hide],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, hide],
  [/\b24 ?[x/] ?7\b|\bblack friday\b|\bcyber monday\b/g, hide],
  // The day of a year or a date run together, before bare numbers go.
  [/(?<![\d.:-])(20\d\d)(0[1-9]|1[0-2])([0-3]\d)(?=t\d)/g, (match) => `${match[1]}-${match[2]}-${match[3]}`],
  [/(?<=\d-\d\d-\d\dt)([0-2]\d)([0-5]\d)(?=z|[+-]|\s|$)/g, (match) => `${match[1]}:${match[2]}`],
  [new RegExp(`\\b(?:${OWNER})\\b[ .:#-]{0,3}(?:number|no|nr|id)?[ .:#]{0,3}\\d{4,20}(?![-/:.]?\\d)`, 'g'), hide],
  [/#\s?\d{1,20}\b/g, hide],
  [new RegExp(`\\b(?:${NUMBERED})[ .:#=-]{0,2}\\d{1,4}(?:\\.\\d{1,4})?(?![\\d:/.-]|\\s?[ap]\\.?m)`, 'g'), hide],
  [/\bv\d{1,4}(?:\.\d{1,6}){1,4}\b/g, hide],
  [/(?<![\d.])\d{1,4}\.\d{1,4}\.\d{1,4}(?![\d.])(?<!\.\d\d\d\d|(?:\d\d|\.\d)\.\d\d\.\d\d|\.\d\d)/g, hide],
  [/(?<![\d:])\d{1,12}(?:[.,]\d{1,6})?\s?%/g, hide],
  [
    new RegExp(`(?<![\\d:./-])\\d{1,12}(?:[.,]\\d{1,6})?[km]?\\s?(?:more |other |new |open )?(?:${COUNTED})\\b`, 'g'),
    hide,
  ],
  // What is left of long numbers is nobody's time, unless a unit follows or it is a year out of all bounds.
  [
    /(?<![\d.:/^e+-]|e\+|\d )\d{5,}(?!\d|\s?(?:[smhdwy]|sec|min|h(?:ou)?rs?|std|day|week|month|year)[a-z]*\b|-\d\d?-\d)/g,
    maybeYear,
  ],
];

/** A number of five or six digits after a month is a year, far away as it is. */
function maybeYear(match: RegExpExecArray): string | undefined {
  const before = match.input.slice(Math.max(0, match.index - 16), match.index);
  const isYear = match[0].length <= 6 && /\b(?:year|[a-z]{3,9}\.?,?(?: \d{1,2}(?:st|nd|rd|th)?,?)?) $/.test(before);
  return isYear && MONTH_BEFORE.test(before) ? undefined : HIDDEN;
}
const MONTH_BEFORE = /\b(?:year|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/;
