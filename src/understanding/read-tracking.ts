import type { CaseSeverity } from '../playbook/facts.ts';
import { normalize } from './normalize.ts';
import {
  ADD_TO_LIST,
  CLICKS,
  FIND,
  HOW_TRACK,
  MAIL_MISSING,
  MAIL_WANTED,
  OPEN_QUESTIONS,
  RESOLVED_ONES,
  STOP_MAIL,
  WATCH_OR_SUBSCRIBE,
} from './portal-patterns.ts';
import { readNames } from './read-names.ts';
import { readSeverityTokens } from './read-severity.ts';
import {
  joinDigitGroups,
  readTicketNumbers,
  type SuspiciousNumber,
  type TicketNumbers,
} from './read-ticket-numbers.ts';
import { cutTitle } from './read-title.ts';
import { findAll, isNegation, matches, patterns, wordsBefore, wordSet, type TokenPattern } from './token-pattern.ts';
import {
  BARE_REOPEN,
  BARE_RESOLVE,
  BECAME,
  ESCALATE,
  FORM,
  HAND_OVER,
  MINE,
  OPENED,
  RAISED,
  RECEIVED,
  REOPEN,
  RESOLVE,
  TRACK,
  UNTRACK,
} from './tracking-patterns.ts';

/**
 * What is asked about tracked ICMs.
 *
 * Commands to the bot: `track` (with a number) and `form` (without), `received`, `list`, `resolve`, `reopen` (both also without),
 * `hand-over`, `severity` (the case's or the ICM's changed), `untrack`, `escalate`. Questions about the portal:
 * `how-track` (F8), `how-email` (F9), `how-watch-or-subscribe` (F10), `how-resolved` (F11), `how-find` (F8, F11),
 * `how-stop-email` and `not-documented` (the documents are silent). `unclear`: none of these, ask.
 */
export type TrackingKind =
  | 'track'
  | 'form'
  | 'received'
  | 'list'
  | 'resolve'
  | 'reopen'
  | 'hand-over'
  | 'severity'
  | 'untrack'
  | 'escalate'
  | 'how-track'
  | 'how-watch-or-subscribe'
  | 'how-email'
  | 'how-stop-email'
  | 'how-resolved'
  | 'how-find'
  | 'not-documented'
  | 'unclear';

export interface TrackingRequest {
  readonly kind: TrackingKind;
  /** The one ICM that the line is about; `undefined` when none, or more than one, is named. */
  readonly icmNumber?: string;
  /** The one support request that is named beside it. */
  readonly srNumber?: string;
  readonly icmNumbers: readonly string[];
  readonly srNumbers: readonly string[];
  /** Numbers to be asked back: of a length that no ICM and no case has, or in the other's place. */
  readonly suspicious: readonly SuspiciousNumber[];
  readonly caseSeverity?: CaseSeverity;
  /** Before the change, where one is told. */
  readonly caseSeverityBefore?: CaseSeverity;
  /** Severity of the ICM as said; any number that a person can write, also 4 or 2.5. */
  readonly icmSeverity?: number;
  readonly outage?: boolean;
  /** What stands in double quotes beside a number, as typed. Nothing else is read out of it. */
  readonly title?: string;
  readonly people: readonly string[];
  /** Resolved ones are asked for as well. */
  readonly includeResolved: boolean;
}

export function readTracking(text: string): TrackingRequest {
  const { rest, title } = cutTitle(text);
  const tokens = normalize(joinDigitGroups(rest));
  const numbers = readTicketNumbers(rest, true);
  const icm = onlyIcm(numbers);
  const { caseSeverity, caseSeverityBefore, icmSeverity, outage } = readSeverityTokens(tokens);
  const said = {
    icmNumber: icm,
    srNumber: numbers.srNumbers.length === 1 ? numbers.srNumbers[0] : undefined,
    caseSeverity,
    caseSeverityBefore,
    icmSeverity,
    outage,
    title,
  };
  const isSeveritySaid = caseSeverity !== undefined || icmSeverity !== undefined || caseSeverityBefore !== undefined;
  return {
    kind: kindOf(tokens, numbers, isSeveritySaid),
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
    icmNumbers: numbers.icmNumbers,
    srNumbers: numbers.srNumbers,
    suspicious: numbers.suspicious,
    people: readNames(rest),
    includeResolved: matches(WITH_RESOLVED, tokens),
  };
}

const WITH_RESOLVED = patterns(`
  resolved|closed|all|old
  view all
`);

/** The one number that can be the ICM: not one that stands where the case number belongs. */
function onlyIcm({ icmNumbers, suspicious }: TicketNumbers): string | undefined {
  const left = icmNumbers.filter(
    (digits) => !suspicious.some((odd) => odd.digits === digits && odd.why === 'looks-like-icm'),
  );
  return left.length === 1 ? left[0] : undefined;
}

function kindOf(tokens: readonly string[], numbers: TicketNumbers, isSeveritySaid: boolean): TrackingKind {
  const tickets = new Set([
    ...numbers.icmNumbers,
    ...numbers.srNumbers,
    ...numbers.shortNumbers,
    ...numbers.suspicious.map(({ digits }) => digits),
  ]);
  // From here on a number is the number of a ticket.
  // A colon only leads to it: "opened an icm: 512345678".
  const words = tokens.filter((token) => token !== ':').map((token) => wordFor(token, tickets));
  const command = tickets.size > 0 ? commandOf(words, isSeveritySaid) : undefined;
  return command ?? questionOf(words) ?? 'unclear';
}

function wordFor(token: string, tickets: ReadonlySet<string>): string {
  if (/^\d/.test(token)) return tickets.has(token) ? token : '<number>';
  return token === 'incident' || token === 'incidents' ? 'icm' : token;
}

type Rule = readonly [TrackingKind, (words: readonly string[]) => boolean];
type Wordings = readonly TokenPattern[];

const says =
  (wordings: Wordings) =>
  (words: readonly string[]): boolean =>
    matches(wordings, words);

/** Done, or asked for; not only asked about, and not denied. */
const orders =
  (wordings: Wordings) =>
  (words: readonly string[]): boolean =>
    !isQuestion(words) && findAll(wordings, words).some(({ start }) => !wordsBefore(words, start, 3).some(isNegation));

const ASKING = wordSet('how what when where why which who should shall must do does did is are was has have');

function isQuestion(words: readonly string[]): boolean {
  const [first = '', second = ''] = words;
  if (first === 'have' || first === 'do') return second === 'i' || second === 'you' || second === 'we';
  return ASKING.has(first) || ((first === 'can' || first === 'may') && second === 'i');
}

function commandOf(words: readonly string[], isSeveritySaid: boolean): TrackingKind | undefined {
  const rules: readonly Rule[] = [
    ['how-stop-email', says(STOP_MAIL)],
    ['untrack', orders(UNTRACK)],
    ['received', orders(RECEIVED)],
    ['hand-over', orders(HAND_OVER)],
    ['track', orders(OPENED)],
    ['severity', (all) => isSeveritySaid && orders(BECAME)(all)],
    ['track', orders(TRACK)],
    ['reopen', orders(REOPEN)],
    ['resolve', orders(RESOLVE)],
    ['track', orders(RAISED)],
    ['escalate', orders(ESCALATE)],
    ['severity', (all) => isSeveritySaid && !isQuestion(all)],
    ['how-email', says(MAIL_WANTED)],
    ['list', says(MINE)],
  ];
  return rules.find(([, isMeant]) => isMeant(words))?.[0];
}

const QUESTIONS: readonly Rule[] = [
  ['reopen', says(BARE_REOPEN)],
  ['resolve', says(BARE_RESOLVE)],
  ['received', (words) => says(RECEIVED)(words) && words.includes('icm')],
  ['how-watch-or-subscribe', says(WATCH_OR_SUBSCRIBE)],
  ['not-documented', says(MAIL_MISSING)],
  ['how-stop-email', says(STOP_MAIL)],
  ['not-documented', says(UNTRACK)],
  ['not-documented', says(OPEN_QUESTIONS)],
  ['how-email', says(MAIL_WANTED)],
  ['form', (words) => says(FORM)(words) && !asksHow(words)],
  ['list', (words) => says(MINE)(words) && !asksWhere(words) && !isListOfResolved(words)],
  ['how-track', says(ADD_TO_LIST)],
  ['how-resolved', says(RESOLVED_ONES)],
  ['how-track', says(CLICKS)],
  ['how-find', says(FIND)],
  ['how-track', says(HOW_TRACK)],
];

function questionOf(words: readonly string[]): TrackingKind | undefined {
  return QUESTIONS.find(([, isMeant]) => isMeant(words))?.[0];
}

const PORTAL_WORDS = wordSet('where how query dashboard find locate lost missing empty portal');

function asksHow(words: readonly string[]): boolean {
  return isQuestion(words) || words.some((word) => word === 'how' || word === 'what' || word === 'steps');
}

function asksWhere(words: readonly string[]): boolean {
  return words.some((word) => PORTAL_WORDS.has(word));
}

/** "a list of the resolved ones" and "View All" are what F11 describes; "show resolved" asks for the bot's own list. */
function isListOfResolved(words: readonly string[]): boolean {
  if (words.includes('view') && words.includes('all')) return true;
  if ((words[0] === 'see' || words[0] === 'view') && matches(RESOLVED_ONES, words)) return true;
  return words.includes('list') && words.includes('of') && matches(RESOLVED_ONES, words);
}
