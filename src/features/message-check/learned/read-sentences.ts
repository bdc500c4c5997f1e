import { readFileSync } from 'node:fs';
import { onceForEach } from '../../../understanding/once-for-each.ts';
import { isLastUpdate } from '../last-update.ts';
import { nextContacts } from '../next-contact.ts';
import type { Sentence } from '../sentences.ts';
import { findUnconfirmedClaim } from '../spelled-claim.ts';
import { spelledRestorePromises } from '../spelled-promise.ts';
import { isVerified } from '../verified.ts';
import { featuresOf, type RuleHits } from './sentence-features.ts';
import { decode, likelihoodsOf, type Meaning, type SentenceModel, type StoredSentenceModel } from './sentence-model.ts';
import { tokensOf } from './sentence-tokens.ts';

/** Data and not a module, since it would be parsed as a program. */
export const sentenceWeights = new URL('./sentence-weights.json', import.meta.url);

/**
 * What a rule that sees it adds to the probability, and from which sum on a sentence means it. Chosen on drafts that the
 * examples hold nothing of (docs/measurements.md).
 */
const SEEN: Readonly<Record<Meaning, number>> = { restore: 0.3, next: 0.4, resolved: 0.3, verified: 0.3 };
const ENOUGH = { restore: 0.45, restoreAlone: 0.6, next: 0.5, unconfirmed: 0.5 };

/** How surely a sentence means each of them, 0 to 1. */
export type Meant = Readonly<Record<Meaning, number>>;

/** What was repaired at a time is no promise of one, and the two sound alike. */
const promiseOf = ({ restore, resolved }: Meant): number => restore - 0.5 * resolved;
export const promisesRepair = (meant: Meant): boolean => promiseOf(meant) > ENOUGH.restore;
/** Enough where no time stands in it. */
export const surelyPromisesRepair = (meant: Meant): boolean => promiseOf(meant) > ENOUGH.restoreAlone;
export const namesContact = ({ next }: Meant): boolean => next > ENOUGH.next;

/**
 * Of each sentence, whether it calls it resolved while nothing in the message tells how that was confirmed. Who promises a
 * repair in another sentence rarely calls it done in this one.
 */
export function unconfirmedIn(read: readonly Meant[]): readonly boolean[] {
  const most = (values: readonly number[]): number => values.reduce((one, other) => Math.max(one, other), 0);
  const verified = most(read.map((one) => one.verified));
  const promised = most(read.map((one) => one.restore));
  const surest = read.findIndex(({ restore }) => restore === promised);
  const elsewhere = most(read.map((one, index) => (index === surest ? 0 : one.restore)));
  return read.map(
    ({ resolved }, index) =>
      resolved * (1 - verified) * (1 - 0.3 * (index === surest ? elsewhere : promised)) > ENOUGH.unconfirmed,
  );
}

let model: SentenceModel | undefined;

/** What the rules see in each sentence of a draft. */
function hitsIn(sentences: readonly Sentence[]): RuleHits[] {
  const contacts = new Set(nextContacts(sentences).map(({ sentence }) => sentence));
  return sentences.map((sentence) => ({
    next: contacts.has(sentence) || isLastUpdate(sentence),
    restore: spelledRestorePromises(sentence).length > 0,
    resolved: findUnconfirmedClaim(sentence) !== undefined,
    verified: isVerified([sentence]),
  }));
}

/** The features of each sentence of a draft. */
export function featuresIn(sentences: readonly Sentence[]): Set<number>[] {
  return hitsIn(sentences).map((hits, index) => featuresWith(sentences[index] as Sentence, hits));
}

const featuresWith = (sentence: Sentence, hits: RuleHits): Set<number> =>
  featuresOf(tokensOf(sentence), sentence.isQuestion, hits);

/**
 * What each sentence of a draft means, as learned from labelled sentences (`npm run train`). The rules that are spelled
 * out find the usual words and say where they stand; how people say such things has no end.
 */
export const readSentences = onceForEach((sentences: readonly Sentence[]): readonly Meant[] => {
  const learned = (model ??= decode(JSON.parse(readFileSync(sentenceWeights, 'utf8')) as StoredSentenceModel));
  return hitsIn(sentences).map((hits, index): Meant => {
    const sentence = sentences[index] as Sentence;
    const likely = sentence.isGreeting ? undefined : likelihoodsOf(featuresWith(sentence, hits), learned);
    if (likely === undefined) return { restore: 0, next: 0, resolved: 0, verified: 0 };
    const surely = (meaning: Meaning): number => Math.min(1, likely[meaning] + (hits[meaning] ? SEEN[meaning] : 0));
    return {
      restore: surely('restore'),
      next: surely('next'),
      resolved: surely('resolved'),
      verified: surely('verified'),
    };
  });
});
