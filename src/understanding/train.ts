import { featuresOf } from './features.ts';
import { INTENTS, type Phrases } from './intents.ts';
import { hashOf, INTENT_COUNT, softmax, type Model } from './model.ts';

/** Chosen by five-fold cross-checks (scripts/eval.ts); all of them matter by less than one percent. */
export const TUNING = { passes: 12, rate: 0.25, decay: 0.001, least: 3, balance: 0.5 };

interface Example {
  readonly label: number;
  readonly features: readonly string[];
}

/**
 * Multinomial logistic regression by stochastic gradient descent, each weight with its own step size (AdaGrad).
 * Deterministic: the examples are visited in a fixed shuffled order. Takes a second or two for the shipped phrases,
 * which is why their weights are kept in `weights.json`.
 */
export function train(phrases: Phrases): Model {
  const examples: Example[] = INTENTS.flatMap((intent, label) =>
    (phrases.get(intent) ?? []).map((text) => ({ label, features: [...featuresOf(text).features] })),
  );
  const ids = frequentFeatures(examples);
  const weights = descend(examples, ids, phrases);
  return compress(ids, weights);
}

function descend(examples: readonly Example[], ids: ReadonlyMap<string, number>, phrases: Phrases): Float32Array {
  const vectors = examples.map(({ features }) => Int32Array.from(features.flatMap((name) => ids.get(name) ?? [])));
  const weights = new Float32Array(ids.size * INTENT_COUNT);
  const squares = new Float32Array(ids.size * INTENT_COUNT);
  // A topic with many examples must not drown one with few.
  const average = examples.length / INTENT_COUNT;
  const shares = INTENTS.map((intent) => (average / (phrases.get(intent)?.length || 1)) ** TUNING.balance);
  const order = shuffledOrder(examples.length);
  for (let pass = 0; pass < TUNING.passes; pass += 1) {
    for (const index of order) {
      const label = examples[index]?.label ?? 0;
      learn(vectors[index] ?? new Int32Array(), label, shares[label] ?? 1, weights, squares);
    }
  }
  return weights;
}

function learn(vector: Int32Array, label: number, share: number, weights: Float32Array, squares: Float32Array): void {
  const length = 1 / Math.sqrt(vector.length || 1);
  const probabilities = predict(vector, weights, length);
  for (let intent = 0; intent < INTENT_COUNT; intent += 1) {
    const error = ((intent === label ? 1 : 0) - (probabilities[intent] ?? 0)) * length * share;
    if (Math.abs(error) < 1e-4) continue;
    for (const feature of vector) {
      const at = feature * INTENT_COUNT + intent;
      const weight = weights[at] ?? 0;
      const gradient = error - TUNING.decay * weight;
      const square = (squares[at] ?? 0) + gradient * gradient;
      squares[at] = square;
      weights[at] = weight + (TUNING.rate * gradient) / Math.sqrt(square + 1e-8);
    }
  }
}

function predict(vector: Int32Array, weights: Float32Array, length: number): Float64Array {
  const scores = new Float64Array(INTENT_COUNT);
  for (const feature of vector) {
    for (let intent = 0; intent < INTENT_COUNT; intent += 1) {
      scores[intent] = (scores[intent] ?? 0) + (weights[feature * INTENT_COUNT + intent] ?? 0);
    }
  }
  for (let intent = 0; intent < INTENT_COUNT; intent += 1) scores[intent] = (scores[intent] ?? 0) * length;
  return softmax(scores);
}

/** A feature of one or two examples teaches nothing but those examples, except a whole word. */
function frequentFeatures(examples: readonly Example[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { features } of examples) {
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  const ids = new Map<string, number>();
  for (const [feature, count] of counts) {
    if (count >= TUNING.least || feature.startsWith('w ') || feature.startsWith('only ')) ids.set(feature, ids.size);
  }
  return ids;
}

/** One byte per weight is enough: the order of the topics does not depend on the third decimal. */
function compress(ids: ReadonlyMap<string, number>, weights: Float32Array): Model {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const step = largest / 127 || 1;
  const sorted = [...ids].map(([feature, id]) => ({ hash: hashOf(feature), id })).sort((a, b) => a.hash - b.hash);
  const compressed = new Int8Array(sorted.length * INTENT_COUNT);
  sorted.forEach(({ id }, place) => {
    for (let intent = 0; intent < INTENT_COUNT; intent += 1) {
      compressed[place * INTENT_COUNT + intent] = Math.round((weights[id * INTENT_COUNT + intent] ?? 0) / step);
    }
  });
  return { hashes: Uint32Array.from(sorted, ({ hash }) => hash), weights: compressed, step };
}

function shuffledOrder(count: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  let seed = 12_345;
  for (let index = count - 1; index > 0; index -= 1) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    // The low bits of such a generator repeat; the high ones do not.
    const other = (seed >>> 8) % (index + 1);
    const kept = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}
