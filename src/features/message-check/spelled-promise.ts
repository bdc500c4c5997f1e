import { wordSet } from '../../understanding/token-pattern.ts';
import { type Clause, clausesIn, wordsOf } from './clauses.ts';
import { deadlineIn, withMain } from './deadline.ts';
import type { Stretch } from './draft-text.ts';
import { isPresentPromise, isRestored } from './is-restored.ts';
import { speaksOfContact, stretchOf } from './next-contact.ts';
import { promisesOutcome } from './outcome-promise.ts';
import { FUTURE, REPORTS, STRONG } from './restored-words.ts';
import type { Sentence } from './sentences.ts';
import type { TimeMention } from './time-mentions.ts';

/** The words of a promise. */
export interface SpelledPromise extends Stretch {
  /** Of a deployment: then there is a rough wording for it. */
  readonly isDelivery: boolean;
}

/** The promises of a sentence, as far as their words are known ones. */
export function spelledRestorePromises(sentence: Sentence): SpelledPromise[] {
  if (isRefused(sentence) || sentence.words.some(({ word }) => PLANNED_BY_OTHERS.has(word))) return [];
  const clauses = clausesIn(sentence);
  const told = clauses.flatMap((clause, index) => deadlineIn(clause, clauses[index - 1]));
  return [
    ...told.map((stretch) => ({ ...stretch, isDelivery: false })),
    ...clauses.flatMap((one, index) => {
      const clause = withMain(one, clauses.slice(index + 1));
      const time = promisedTime(clause);
      if (time === undefined) return [];
      const stretch = stretchOf(clause, { ...time, ...withAssurance(clause, time) });
      return [{ ...stretch, isDelivery: wordsOf(clause).some((word) => DELIVERIES.has(word)) }];
    }),
  ];
}

const DELIVERIES = wordSet('deploy deployed deployment rollout hotfix release released patch ship shipped update');

/** Dates that are set and no repair: retirements, maintenance. */
const PLANNED_BY_OTHERS = wordSet(
  'retire retires retired retirement maintenance deprecated deprecation expires expire',
);

/** "I cannot promise that it will be back before 18:00." */
function isRefused({ words: all }: Sentence): boolean {
  const words = all.map(({ word }) => word);
  return words.some(
    (word, at) =>
      ((word === 'not' ||
        word === 'no' ||
        word === 'never' ||
        word === 'unable' ||
        word === 'without' ||
        word === 'too') &&
        words.slice(at + 1, at + 8).some((next) => COMMITS.has(next))) ||
      word === 'whether',
  );
}

const COMMITS = wordSet(`
  promise promising guarantee guaranteeing commit committing say tell predict estimate know give confirm eta name early
  guess sure certain
`);

function promisedTime(clause: Clause): TimeMention | undefined {
  if (clause.opener === 'if' || clause.opener === 'whether' || clause.opener === 'unless') return undefined;
  const words = wordsOf(clause);
  const time = clause.times.find(
    (one) => (one.kind === 'exact' || one.kind === 'at once') && !one.isPast && !isOfAnother(words, one),
  );
  if (time === undefined || isReadersTask(words)) return undefined;
  const isOutcome = promisesOutcome(clause, time);
  if (speaksOfContact(clause) && !promisesAnyway(words) && !(isOutcome && !words.some((word) => REPORTS.has(word))))
    return undefined;
  return isRestored(words, time) || isPresentPromise(words, time) || isOutcome ? time : undefined;
}

/** "before your 18:00 batch run" still names the time; "the export from Monday" does not. */
function isOfAnother(words: readonly string[], { from, to, hasClock }: TimeMention): boolean {
  const isFromThen =
    words[from - 1] === 'from' &&
    hasClock &&
    !/^(?:to|until|till|-)$/.test(words[to] ?? '') &&
    words.slice(0, from).some((word) => FUTURE.has(word));
  if (isFromThen || (words[from - 1] === 'of' && words[from - 2] === 'as')) return false;
  if (words[from - 1] === 'from' && /^(?:on|onwards?)$/.test(words[to] ?? '')) return false;
  const before = words.slice(Math.max(0, from - 2), from);
  if (words.slice(Math.max(0, from - 4), from).includes('between')) return true;
  return (
    before.includes('from') ||
    before.includes('of') ||
    before.includes('until') ||
    before.includes('between') ||
    before.includes('since')
  );
}

/** What the reader or the reader's people have to do is no promise of ours. */
function isReadersTask(words: readonly string[]): boolean {
  if (words.includes('please')) return true;
  return words.some((word, at) => {
    const next = words[at + 1] ?? '';
    if (word === 'you') return READERS_MODALS.has(next);
    return word === 'your' && READERS_PEOPLE.has(next);
  });
}

const READERS_MODALS = wordSet('need must should have can could may want plan would asked wrote said told mentioned');

const READERS_PEOPLE = wordSet(
  'team colleague colleagues admin administrator network it dba vendor supplier partner developers side',
);

/** "We promise that it will be fixed by 5": contact words beside do not make it a next update. */
function promisesAnyway(words: readonly string[]): boolean {
  return words.some((word) => STRONG.has(word)) && !words.some((word) => REPORTS.has(word));
}

/** "at the latest", "sharp", "on the dot", "guaranteed" go with the time. */
export function withAssurance(clause: Clause, { from, to }: TimeMention): { from: number; to: number } {
  const words = wordsOf(clause);
  let [first, last] = [from, to];
  while (LEADS.has(words[first - 1] ?? '') && first > 0) first -= 1;
  for (const tail of TAILS) {
    const next = words.slice(last, last + tail.length).join(' ');
    if (next === tail.join(' ')) last += tail.length;
  }
  return { from: first, to: last };
}

const LEADS = wordSet('at by on before until around about within in no later than latest the');

const TAILS = [
  'sharp',
  'on the dot',
  'at the latest',
  'at latest',
  'latest',
  ', guaranteed',
  'guaranteed',
  ', i promise',
  'for sure',
  'exactly',
  'your time',
  'local time',
].map((tail) => tail.split(' '));
