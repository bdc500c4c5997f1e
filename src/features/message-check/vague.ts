import { wordSet } from '../../understanding/token-pattern.ts';
import { clausesIn, wordsOf } from './clauses.ts';
import type { Draft, Found } from './found.ts';
import { hasGap } from './gaps.ts';
import { namesContact, readSentences } from './learned/read-sentences.ts';
import type { Sentence, Word } from './sentences.ts';

/** From here on a message says something that only fits this case. Found by measuring on labelled drafts. */
const ENOUGH = 2;

/** A message that would fit any customer: what happens, since when, to whom and what to expect is missing (F74, F75). */
export function findVagueness(draft: Draft): Found[] {
  if (concreteness(draft) >= ENOUGH || hasGap(draft.text, /exactly|affected/)) return [];
  return [{ rule: 'vague', start: draft.startOfBody, end: draft.startOfBody }];
}

/** How much of a message fits only this case: names, figures, parts of the service, times when something was. */
export function concreteness(draft: Draft): number {
  const read = readSentences(draft.sentences);
  let sum = draft.logs.length > 0 ? 0.75 : 0;
  draft.sentences.forEach((sentence, index) => {
    if (sentence.isGreeting) return;
    const meant = read[index];
    const isContact = meant !== undefined && namesContact(meant);
    sum += ofSentence(draft, sentence, isContact) * (isContact ? 0.5 : 1);
  });
  return sum;
}

/** Parts of the service and kinds of data that the message may be about. */
const PARTS = wordSet(`
  partition partitions query window windows watermark storage account hub hubs receiver receivers consumer checkpoint
  checkpoints throughput latency schema timestamp join reference blob sql cosmos kafka gateway endpoint firewall port
  tls certificate token identity udf function autoscale streaming units cpu memory region throttling serialization
  deserialization csv json avro parquet dashboard report reports table tables row rows column columns sensor sensors
  device devices meter meters metric watermarks tumbling hopping session trucks orders sales payments telemetry
  readings alarms visitors passengers tickets counters dns tcp vnet subnet namespace adapter connector key keys sku
  quota subscription late duplicate duplicates twice missing dropped drops delayed stuck restarted retry timezone
  backlog delta lake power bi synapse warehouse container metrics
`);
const AFFECTED = wordSet('only other others both none rest except besides neither');
const GENERAL_NAMES = wordSet(`
  azure microsoft stream analytics product team support engineering monday tuesday wednesday thursday friday saturday
  sunday january february march april may june july august september october november december regards best kind thanks
  thank please service engineer customer icm sr case incident csat impacting hi hello dear
`);

function ofSentence(draft: Draft, sentence: Sentence, isContact: boolean): number {
  const clauses = clausesIn(sentence);
  let sum = 0;
  for (const clause of clauses) {
    const words = wordsOf(clause);
    const inTimes = new Set(
      clause.times.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)),
    );
    sum += clause.times.reduce((points, { isPast }) => points + (isPast ? 1.5 : isContact ? 0 : 0.75), 0);
    const seen = new Set<string>();
    clause.words.forEach((word, at) => {
      if (inTimes.has(at) || seen.has(word.word)) return;
      seen.add(word.word);
      sum += ofWord(draft, word, at + (clause === clauses[0] ? 0 : 1), words);
    });
  }
  return sum;
}

function ofWord(draft: Draft, { word, isCapital, start }: Word, at: number, words: readonly string[]): number {
  // Names that only we know tell the reader nothing.
  if (/_in_\d/.test(word)) return 0;
  // Names of things: taxi-heatmap, gatectl02, dynamicMapping.
  if (/^[\p{L}\p{N}]+[-_][\p{L}\p{N}_-]+$/u.test(word) && !COMMON_HYPHENS.test(word) && !/^\d+-\d+$/.test(word))
    return 1.5;
  if (/\d/.test(word) && /\p{L}/u.test(word)) return 1;
  if (/^\d/.test(word)) return word.replace(/\D/g, '').length >= 7 ? 0 : 1;
  if (PARTS.has(word)) return 0.75;
  if (AFFECTED.has(word)) return 0.5;
  const typed = draft.source.slice(draft.from[start] ?? 0, (draft.from[start] ?? 0) + word.length);
  if (/^\p{Ll}+\p{Lu}/u.test(typed)) return 1.5;
  if (
    isCapital &&
    at > 0 &&
    word.length > 2 &&
    !GENERAL_NAMES.has(word) &&
    !/^(?:[.]|hi|hello|dear)$/.test(words[at - 1] ?? '')
  )
    return 0.75;
  return 0;
}

const COMMON_HYPHENS =
  /^(?:e-mail|follow-up|up-to-date|well-known|so-called|on-call|in-depth|high-priority|top-priority|check-in|sign-off|day-to-day|step-by-step|non-|re-|pre-|co-|ongoing-|long-|short-|full-time|24-7|one-on-one|root-cause|first-|second-|third-|end-to-end|work-around|write-up|touch-point|hand-over|double-check|state-of|real-time|back-end|front-end|heads-up)/;
