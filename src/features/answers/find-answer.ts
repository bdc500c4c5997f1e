import type { Intent, Reading } from '../../understanding/intents.ts';
import type { Playbook, Topic } from '../../playbook/schema.ts';
import type { Hit } from '../../understanding/topic-finder.ts';
import { normalize } from '../../understanding/normalize.ts';
import { readSeverityTokens } from '../../understanding/read-severity.ts';
import { kindOf } from './line-kind.ts';
import { topicsOf, type Topics } from './topics.ts';

/** What the playbook has for a line. */
export type Found =
  | { readonly kind: 'topic'; readonly topic: string }
  /** About equally likely, the likelier first: ask which one is meant. */
  | { readonly kind: 'which'; readonly topics: readonly string[] }
  /** `near`: the most likely ones all the same, to offer as buttons. */
  | { readonly kind: 'none'; readonly near: readonly string[] };

/** How like a line has to be, by what else it may be. Chosen by `npm run eval` on what is left out there. */
const BAR = {
  /** Worth a button. */
  near: 0.22,
  /** Nothing else has an answer to it. */
  alone: 0.36,
  /** It reads like something that the bot has no business with. */
  outside: 0.42,
  /** A command answers it, in its own and better way. */
  command: 0.62,
  /** A command would begin something, but only an answer may be wanted. */
  dialog: 0.55,
  /** A command answers it, and the topic is about something else. */
  other: 0.52,
  /** It reads like a wish that the bot do something for the person, or like a question about the bot. */
  wish: 0.5,
  /** The same, but asked as something that can be known. */
  question: 0.36,
} as const;
/** Two this close are both meant, as far as one can tell. */
const CLOSE = 0.05;
/** Below this the understanding has hardly more than a guess at what a line is about, and the examples decide. */
const UNSURE = 0.4;
/** What it counts that the understanding reads the same topic. */
const AGREES = 0.1;

/** Intents whose command begins something: a check of a case, a request. */
const BEGINS: readonly Intent[] = ['should_open_icm', 'csat_escalation', 'what_to_share'];
/** Intents whose command reads the line closer than a topic can, and cites the same rules. */
const DETAILED: readonly Intent[] = ['severity_mapping', 'severity_changed', 'tracking_howto'];
/** Intents whose command acts for a person, or is about the bot itself. */
const ACTS: readonly Intent[] = ['followup_reminder', 'help'];

/**
 * Finds the answer to a typed line, taking into account what the understanding made of it.
 * `hasCommand` tells whether something else answers an intent.
 */
export function findAnswer(
  text: string,
  reading: Reading,
  playbook: Playbook,
  hasCommand: (intent: Intent) => boolean,
): Found {
  const topics = topicsOf(playbook);
  const exact = topics.toTheLetter(text);
  const said = reading.kind === 'clear' ? reading.intent : undefined;
  const isLeft = (id: string): boolean =>
    topics.all.get(id)?.ahead !== true &&
    said !== undefined &&
    DETAILED.includes(said) &&
    hasCommand(said) &&
    topics.all.get(id)?.intent === said;
  if (exact !== undefined && !isLeft(exact)) return { kind: 'topic', topic: exact };
  const hits = ranked(text, reading, topics);
  const [best] = hits;
  const near = hits
    .filter(({ score }) => score >= BAR.near)
    .slice(0, 3)
    .map(({ id }) => id);
  if (!best) return { kind: 'none', near };
  const words = normalize(text);
  const line = kindOf(words);
  if (reading.kind !== 'clear' || reading.intent === 'out_of_scope') {
    const bar = line.isWish || line.isForeign ? BAR.command : reading.kind === 'clear' ? BAR.outside : BAR.alone;
    return best.score >= bar ? oneOrWhich(hits, topics) : { kind: 'none', near };
  }
  const { intent } = reading;
  if (hasCommand(intent)) {
    // Whoever names a severity wants it worked out.
    const isAhead = topics.all.get(best.id)?.ahead === true;
    if (isAhead && readSeverityTokens(words).caseSeverity !== undefined) return { kind: 'none', near };
    if (isLeft(best.id)) return { kind: 'none', near };
    if (intent === 'should_open_icm' && line.isDecision) return { kind: 'none', near };
    if (intent === 'followup_reminder' && !line.isQuestion && line.isOwn) return { kind: 'none', near };
    const bar = reading.confidence < UNSURE ? BAR.alone : barOf(intent, topics.all.get(best.id), line.isQuestion);
    if (best.score < bar) return { kind: 'none', near };
    return oneOrWhich(hits, topics);
  }
  if (line.isForeign && best.score < BAR.outside) return { kind: 'none', near };
  if (best.score >= BAR.alone) return oneOrWhich(hits, topics);
  const general = topics.general.get(intent);
  return general === undefined ? { kind: 'none', near } : { kind: 'topic', topic: general };
}

function barOf(intent: Intent, topic: Topic | undefined, isQuestion: boolean): number {
  if (topic?.ahead) return BAR.outside;
  if (ACTS.includes(intent)) return isQuestion ? BAR.question : BAR.wish;
  if (topic?.intent !== intent) return BAR.other;
  if (!BEGINS.includes(intent)) return BAR.command;
  return isQuestion && intent !== 'should_open_icm' ? BAR.question : BAR.dialog;
}

/** Results for somebody who searches: the best first, whatever else the words could mean. */
export function searchTopics(text: string, playbook: Playbook, limit = 8): readonly string[] {
  const topics = topicsOf(playbook);
  const hits = topics.finder.find(text).filter(({ score }) => score > 0.15);
  const exact = topics.toTheLetter(text);
  return [...new Set([...(exact === undefined ? [] : [exact]), ...hits.map(({ id }) => id)])].slice(0, limit);
}

function ranked(text: string, reading: Reading, topics: Topics): Hit[] {
  const meant =
    reading.kind === 'clear'
      ? [reading.intent]
      : reading.kind === 'either'
        ? reading.intents
        : reading.nearest.slice(0, 1);
  return topics.finder
    .find(text)
    .map(({ id, score }) => {
      const intent = topics.all.get(id)?.intent;
      return { id, score: intent !== undefined && meant.includes(intent as Intent) ? score + AGREES : score };
    })
    .sort((a, b) => b.score - a.score);
}

function oneOrWhich(hits: readonly Hit[], topics: Topics): Found {
  const [best] = hits as [Hit, ...Hit[]];
  const own = topics.all.get(best.id)?.cites ?? [];
  const close = hits.filter(({ id, score }) => {
    if (id === best.id) return true;
    // Where one says what the other is about, nothing needs to be asked: either is right.
    const other = topics.all.get(id)?.cites ?? [];
    const isSame = own.includes(other[0] ?? '') || other.includes(own[0] ?? '');
    return best.score - score < CLOSE && !isSame;
  });
  return close.length > 1
    ? { kind: 'which', topics: close.slice(0, 3).map(({ id }) => id) }
    : { kind: 'topic', topic: best.id };
}
