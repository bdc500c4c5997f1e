import { INTENTS } from './intents.ts';

/** A linear model: for each feature one weight per intent, in the order of `INTENTS`. */
export interface Model {
  /** Hashes of the features, ascending. */
  readonly hashes: Uint32Array;
  /** `INTENTS.length` weights per feature, in the order of `hashes`, as multiples of `step`. */
  readonly weights: Int8Array;
  readonly step: number;
}

export const INTENT_COUNT = INTENTS.length;

/** Taken out once: where tests run, each look at a global is slow. */
const { imul } = Math;

/** FNV-1a. Some ten thousand features in 32 bits: a collision is rare, and harmless when it happens. */
export function hashOf(feature: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < feature.length; index += 1) {
    hash = imul(hash ^ feature.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** Place of a feature in the model, or -1. */
export function placeOf(feature: string, { hashes }: Model): number {
  const wanted = hashOf(feature);
  let low = 0;
  let high = hashes.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = hashes[middle] ?? 0;
    if (found === wanted) return middle;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** One probability per intent, in the order of `INTENTS`. */
export function probabilitiesOf(features: Iterable<string>, model: Model): Float64Array {
  const scores = new Float64Array(INTENT_COUNT);
  let known = 0;
  for (const feature of features) {
    const place = placeOf(feature, model);
    if (place === -1) continue;
    known += 1;
    for (let intent = 0; intent < INTENT_COUNT; intent += 1) {
      scores[intent] = (scores[intent] ?? 0) + (model.weights[place * INTENT_COUNT + intent] ?? 0);
    }
  }
  const scale = model.step / Math.sqrt(known || 1);
  return softmax(scores.map((score) => score * scale));
}

/** Scores to probabilities, in place. */
export function softmax(scores: Float64Array): Float64Array {
  const highest = Math.max(...scores);
  let sum = 0;
  for (let index = 0; index < scores.length; index += 1) {
    scores[index] = Math.exp((scores[index] ?? 0) - highest);
    sum += scores[index] ?? 0;
  }
  for (let index = 0; index < scores.length; index += 1) scores[index] = (scores[index] ?? 0) / sum;
  return scores;
}
