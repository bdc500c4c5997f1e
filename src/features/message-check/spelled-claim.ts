import { wordSet } from '../../understanding/token-pattern.ts';
import { isBecome, isConsidered } from './become-resolved.ts';
import { type Clause, clausesIn, wordsOf } from './clauses.ts';
import type { Stretch } from './draft-text.ts';
import { fragment, isMade, setTo } from './made-resolved.ts';
import { promisesOutcome } from './outcome-promise.ts';
import { type Place, recoveryIn } from './recovery.ts';
import { isPresentPromise } from './is-restored.ts';
import type { Sentence } from './sentences.ts';
import { isNoMore, worksAgain } from './works-again.ts';

/** The words of a sentence that call it resolved, as far as they are known ones. */
export function findUnconfirmedClaim(sentence: Sentence): Stretch | undefined {
  if (sentence.isQuestion || isPartial(sentence)) return undefined;
  const first = clausesIn(sentence)
    .filter((clause) => !(clause.opener === 'which' && isFromThen(sentence)))
    .map((clause) => ({ clause, place: claimIn(clause) }))
    .find(({ place }) => place !== undefined);
  if (first?.place === undefined) return undefined;
  const [from, to] = [first.clause.words[first.place.from], first.clause.words[first.place.to - 1]];
  return { start: from?.start ?? 0, end: to?.end ?? 0 };
}

/** "that takes till 13:15, after which they are there again": what is said hangs on a time to come. */
function isFromThen({ words }: Sentence): boolean {
  return words.some(({ word }, at) => /^(?:after|from|upon)$/.test(word) && words[at + 1]?.word === 'which');
}

/** "It is sending again, but 30 stations are still blank." */
function isPartial({ words }: Sentence): boolean {
  return words.some(
    ({ word }, at) => word === 'still' && !/^(?:watch|monitor|observ|keep|look)/.test(words[at + 1]?.word ?? ''),
  );
}

/** What is only supposed, or not yet so. */
const NOT_YET = wordSet('if when whenever once until unless whether in-case before');

export function claimIn(clause: Clause): Place | undefined {
  if (clause.opener !== undefined && NOT_YET.has(clause.opener)) return undefined;
  const words = wordsOf(clause);
  if (words.some((word) => NOT_OURS.has(word))) return undefined;
  if (` ${words.join(' ')} `.includes(' as soon as possible ')) return undefined;
  // "should be gone by noon" is a promise.
  if (words.includes('should') && clause.times.some(({ kind, isPast }) => kind !== 'cadence' && !isPast))
    return undefined;
  const isTold = words.some((word) => /^(?:was|were|had)$/.test(word));
  if (
    !isTold &&
    clause.times.some((time) => !time.isPast && (isPresentPromise(words, time) || promisesOutcome(clause, time)))
  )
    return undefined;
  // "tonight they unlock it, afterwards the job writes again"
  if (words.slice(0, 3).some((word) => LATER.has(word)) && !words.includes('now')) return undefined;
  return (
    isConsidered(words) ??
    isBecome(words) ??
    isMade(words) ??
    worksAgain(words) ??
    isNoMore(words) ??
    fragment(words) ??
    setTo(words) ??
    recoveryIn(words)
  );
}

const LATER = wordSet('afterwards then thereafter thereupon subsequently');

/** Another problem than the reader's. */
const NOT_OURS = wordSet('similar unrelated earlier previous');
