import { readFileSync } from 'node:fs';
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
 * From which probability on a sentence means it: less is enough where the rules see it too (chosen on drafts that the
 * examples hold nothing of, docs/measurements.md).
 */
const ENOUGH: Readonly<Record<Meaning, { readonly seen: number; readonly unseen: number }>> = {
  restore: { seen: 0.5, unseen: 0.6 },
  next: { seen: 0.3, unseen: 0.3 },
  resolved: { seen: 0.3, unseen: 0.6 },
  verified: { seen: 0.1, unseen: 0.6 },
};

/** What a sentence means. */
export type Meant = Readonly<Record<Meaning, boolean>>;

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
export function readSentences(sentences: readonly Sentence[]): readonly Meant[] {
  const known = remembered.get(sentences);
  if (known !== undefined) return known;
  const learned = (model ??= decode(JSON.parse(readFileSync(sentenceWeights, 'utf8')) as StoredSentenceModel));
  const read = hitsIn(sentences).map((hits, index): Meant => {
    const sentence = sentences[index] as Sentence;
    const likely = sentence.isGreeting ? undefined : likelihoodsOf(featuresWith(sentence, hits), learned);
    const means = (meaning: Meaning): boolean =>
      (likely?.[meaning] ?? 0) > ENOUGH[meaning][hits[meaning] ? 'seen' : 'unseen'];
    return {
      restore: means('restore'),
      next: means('next'),
      resolved: means('resolved'),
      verified: means('verified'),
    };
  });
  remembered.set(sentences, read);
  return read;
}

/** Three rules ask for them. */
const remembered = new WeakMap<readonly Sentence[], readonly Meant[]>();
