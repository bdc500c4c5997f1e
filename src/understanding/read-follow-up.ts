import type { CaseSeverity } from '../playbook/facts.ts';
import {
  ABOUT,
  CANCEL_SAID,
  DONE,
  DONE_FIRST,
  DUE,
  DUE_AT,
  HOW_OFTEN,
  LIST,
  MOVE,
  OF_TEAM,
  OVERDUE,
  REMIND,
  SET,
  SNOOZE,
  SNOOZE_SAID,
  TIME,
  TIMED_UPDATE,
  TO_CHANNEL,
  UNDO,
  type Wordings,
} from './follow-up-patterns.ts';
import { AWAY, BACK, HANDS, HOURS, LIVES_IN, ZONE_SAID } from './follow-up-setting-patterns.ts';
import { MAX_TEXT_LENGTH, normalize } from './normalize.ts';
import { REAL_WORDS } from './real-words.ts';
import { readNames } from './read-names.ts';
import { readSeverityTokens } from './read-severity.ts';
import { readTicketNumbers, type SuspiciousNumber } from './read-ticket-numbers.ts';
import { findAll, isBreak, isNegation, matches, wordsAfter, wordsBefore, wordSet, type Span } from './token-pattern.ts';
import { KNOWN_WORDS } from './vocabulary.ts';

/**
 * What is asked about follow-ups.
 *
 * `set`: promise, plan or reminder; `move`: another time for one that exists; `snooze`: only the reminder later;
 * `cancel`: none needed any more; `done`: the update was sent (the line may name the next time as well);
 * `list`, `overdue`: which there are; `zone`, `hours`: settings of the engineer; `away`, `back`: who has them meanwhile;
 * `how-often`: the interval, which the documents leave open (T11); `undo`: a button was pressed by mistake;
 * `about`: why and when the bot reminds; `unclear`: none of these, ask.
 */
export type FollowUpKind =
  | 'set'
  | 'move'
  | 'snooze'
  | 'cancel'
  | 'done'
  | 'list'
  | 'overdue'
  | 'zone'
  | 'hours'
  | 'away'
  | 'back'
  | 'how-often'
  | 'undo'
  | 'about'
  | 'unclear';

export interface FollowUpRequest {
  readonly kind: FollowUpKind;
  readonly icmNumbers: readonly string[];
  readonly srNumbers: readonly string[];
  /** Ends of numbers: "the reminder for 4321". */
  readonly shortNumbers: readonly string[];
  /** Numbers that are neither, to be asked back. */
  readonly suspicious: readonly SuspiciousNumber[];
  /** Names as typed; whose they are is not known here. */
  readonly people: readonly string[];
  readonly caseSeverity?: CaseSeverity;
  /** Asked about everybody's follow-ups, not only the own ones. */
  readonly ofTeam: boolean;
  /** The channel or the team is to be reminded, not the engineer alone. */
  readonly toChannel: boolean;
}

export function readFollowUp(text: string): FollowUpRequest {
  const tokens = normalize(text);
  const kind = kindOf(tokens);
  const { caseSeverity } = readSeverityTokens(tokens);
  return {
    kind,
    ...readTicketNumbers(text),
    people: readNames(text.slice(0, MAX_TEXT_LENGTH)),
    ...(caseSeverity === undefined ? {} : { caseSeverity }),
    ofTeam: (kind === 'list' || kind === 'overdue') && matches(OF_TEAM, tokens),
    toChannel: kind === 'set' && matches(TO_CHANNEL, tokens),
  };
}

type Test = (tokens: readonly string[]) => boolean;

const says =
  (wordings: Wordings): Test =>
  (tokens) =>
    matches(wordings, tokens);

/** The first that fits wins: what stands higher is said in more special words. */
const RULES: readonly (readonly [FollowUpKind, Test])[] = [
  ['undo', says(UNDO)],
  ['done', isDoneAtOnce],
  ['about', says(ABOUT)],
  ['snooze', says(SNOOZE_SAID)],
  ['snooze', (tokens) => isAskedToRemind(tokens) && matches(SNOOZE, tokens)],
  ['set', isAskedToRemind],
  ['zone', isZone],
  ['hours', (tokens) => matches(HOURS, tokens) && !tokens.includes('due')],
  ['back', says(BACK)],
  ['away', isAway],
  ['how-often', (tokens) => matches(HOW_OFTEN, tokens) && !tokens.includes('my') && !isPromised(tokens)],
  ['done', isDone],
  ['cancel', isCancelled],
  ['snooze', says(SNOOZE)],
  ['move', says(MOVE)],
  ['overdue', says(OVERDUE)],
  ['set', (tokens) => matches(DUE_AT, tokens) && !isAsked(tokens)],
  ['list', says(LIST)],
  ['list', says(DUE)],
  ['set', says(SET)],
  ['set', says(TIME)],
];

function kindOf(tokens: readonly string[]): FollowUpKind {
  return RULES.find(([, isMeant]) => isMeant(tokens))?.[0] ?? 'unclear';
}

function isDoneAtOnce(tokens: readonly string[]): boolean {
  if (isAsked(tokens)) return false;
  return findAll(DONE_FIRST, tokens).some(({ start, end }) => start === 0 && !isUnfinished(tokens, start, end));
}

function isDone(tokens: readonly string[]): boolean {
  return !isAsked(tokens) && findAll(DONE, tokens).some(({ start, end }) => !isUnfinished(tokens, start, end));
}

/** In front of these, or between, nothing has happened yet: "told the customer we'd get back", "when sent". */
const NOT_YET = wordSet(`
  to be will would should must shall when if before once until wants wanted expects expected whether unless not never
  no going gonna need needs want
`);

function isUnfinished(tokens: readonly string[], start: number, end: number): boolean {
  const inside = tokens.slice(start, end).filter((word) => word !== 'to');
  const around = [...wordsBefore(tokens, start, 4), ...inside];
  if (around.some((word) => NOT_YET.has(word) || isNegation(word))) return true;
  // Only "told" says nothing of an update: what was told is a promise when a time to come follows.
  const told = tokens.slice(start, end).findIndex((word) => word === 'told' || word === 'tell' || word === 'said');
  return told !== -1 && wordsAfter(tokens, start + told, 12).some((word) => PROMISING.has(word));
}

const PROMISING = wordSet(`
  would will we wed i id back by in until tomorrow next at before tonight end eod on within hear
`);

/** "promised daily updates" sets something; "customer wants daily updates" asks for a rule. */
function isPromised(tokens: readonly string[]): boolean {
  return (
    tokens.includes('promised') || tokens.includes('repeat') || tokens.includes('reminder') || tokens.includes('digest')
  );
}

/** A question by its first word or by its sign. */
function isAsked(tokens: readonly string[]): boolean {
  const [first = '', second = ''] = tokens;
  return tokens.includes('?') || QUESTION_WORDS.has(first) || (first === 'did' && second !== 'it' && second !== 'that');
}

const QUESTION_WORDS = wordSet('has have was is are who when what which how why does do should can could');

function isAskedToRemind(tokens: readonly string[]): boolean {
  return findAll(REMIND, tokens).some((span) => !isRefused(tokens, span));
}

/** "no need to remind me", "don't ping me at night"; but "don't forget to remind me". */
function isRefused(tokens: readonly string[], { start, end }: Span): boolean {
  const before = wordsBefore(tokens, start, 5);
  if (tokens.slice(start, end).some((word) => word === 'forget' || word === 'miss')) return false;
  if (before.includes('forget')) return false;
  return before.some((word) => isNegation(word) || STOPS.has(word));
}

const STOPS = wordSet('stop cancel delete quit who too without overdue missed remove');

function isCancelled(tokens: readonly string[]): boolean {
  return findAll(CANCEL_SAID, tokens).some(({ start }) => {
    const before = wordsBefore(tokens, start, 2);
    // "don't cancel", "did I cancel it": nothing is to be cancelled.
    return !before.some((word) => isNegation(word) || word === 'did' || word === 'why');
  });
}

function isZone(tokens: readonly string[]): boolean {
  // "next update at 5 my time zone" gives a time; the zone is part of it.
  const isTimed = matches(TIMED_UPDATE, tokens);
  if (matches(ZONE_SAID, tokens)) return !isTimed;
  return findAll(LIVES_IN, tokens).some(({ end }) => isPlace(tokens, end));
}

/** "I'm in Bangalore": a word that is nothing else to the bot, at the end of the clause or before a further name. */
function isPlace(tokens: readonly string[], index: number): boolean {
  const word = tokens[index] === 'the' ? tokens[index + 1] : tokens[index];
  if (word === undefined || isBreak(word) || !/^\p{L}{2,}$/u.test(word)) return false;
  if (word === 'us' || word === 'uk') return true;
  return !KNOWN_WORDS.has(word) && !REAL_WORDS.has(word) && !NO_PLACES.has(word) && !matches(TIME, [word]);
}

const NO_PLACES = wordSet(`
  a an my the bed home office lunch dinner trouble transit charge hurry here there it this that half hour tears
  training class court hospital traffic flight plane train
`);

function isAway(tokens: readonly string[]): boolean {
  const goes = findAll(HANDS, tokens).some(({ end }) => !isTime(tokens, end));
  return goes || findAll(AWAY, tokens).some(({ start }) => !isCustomers(tokens, start));
}

function isTime(tokens: readonly string[], index: number): boolean {
  return wordsAfter(tokens, index, 2).some((word) => matches(TIME, [word]));
}

/** The customer's leave is no leave of the engineer. */
function isCustomers(tokens: readonly string[], index: number): boolean {
  const near = [...wordsBefore(tokens, index, 3), tokens[index] ?? ''];
  return near.some(
    (word) => word === 'customer' || word === 'he' || word === 'she' || word === 'they' || word === 'pg',
  );
}
