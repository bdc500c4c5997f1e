import { MEANINGS, SCALE, modelOf, type Meaning, type SentenceModel } from './sentence-model.ts';

/** A sentence to learn from. */
export interface Example {
  readonly features: ReadonlySet<number>;
  readonly meanings: ReadonlySet<Meaning>;
}

/** Chosen on drafts that the examples hold nothing of (docs/measurements.md). */
export const TUNING = { models: 3, passes: 6, rate: 0.5, decay: 1e-4, least: 2 };

/**
 * Logistic regression for each meaning by stochastic gradient descent, each weight with its own step size (AdaGrad); the
 * mean of a few that saw the examples in other orders. Deterministic.
 */
export function trainSentences(examples: readonly Example[]): SentenceModel {
  const places = placesOf(examples);
  const vectors = examples.map(({ features }) =>
    Int32Array.from([...features].flatMap((feature) => places.get(feature) ?? [])),
  );
  const columns = MEANINGS.map((meaning) => {
    const labels = examples.map(({ meanings }) => meanings.has(meaning));
    const mean = new Float64Array(places.size);
    for (let model = 0; model < TUNING.models; model += 1)
      learn(vectors, labels, places.size, model).forEach((weight, at) => {
        mean[at] = (mean[at] as number) + weight / TUNING.models;
      });
    return mean;
  });
  return compressed(places, columns);
}

function placesOf(examples: readonly Example[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { features } of examples)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const known = [...counts].filter(([, count]) => count >= TUNING.least).map(([feature]) => feature);
  return new Map(known.sort((a, b) => a - b).map((feature, place) => [feature, place]));
}

function learn(vectors: readonly Int32Array[], labels: readonly boolean[], size: number, model: number): Float64Array {
  const weights = new Float64Array(size);
  const squares = new Float64Array(size);
  const order = vectors.map((_, index) => index);
  // Taken out once: where tests run, each look at a global is slow.
  const { exp, imul, sqrt } = Math;
  let seed = 12_345 + 777 * model;
  for (let pass = 0; pass < TUNING.passes; pass += 1) {
    for (let index = order.length - 1; index > 0; index -= 1) {
      seed = (imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      const other = (seed >>> 8) % (index + 1);
      [order[index], order[other]] = [order[other] as number, order[index] as number];
    }
    for (const index of order) {
      const vector = vectors[index] as Int32Array;
      const length = (vector.length + 1) ** SCALE;
      let score = 0;
      for (const feature of vector) score += weights[feature] as number;
      const isOne = labels[index] as boolean;
      const error = ((isOne ? 1 : 0) - 1 / (1 + exp(-score / length))) / length;
      for (const feature of vector) {
        const gradient = error - TUNING.decay * (weights[feature] as number);
        const square = (squares[feature] as number) + gradient * gradient;
        squares[feature] = square;
        weights[feature] = (weights[feature] as number) + (TUNING.rate * gradient) / sqrt(square + 1e-6);
      }
    }
  }
  return weights;
}

/** One byte for each weight; features that say nothing are left out. */
function compressed(places: ReadonlyMap<number, number>, columns: readonly Float64Array[]): SentenceModel {
  const largest = columns.reduce(
    (most, column) => column.reduce((one, value) => Math.max(one, Math.abs(value)), most),
    0,
  );
  const step = largest / 127 || 1;
  const kept = [...places].flatMap(([feature, place]) => {
    const row = columns.map((column) => Math.round((column[place] as number) / step));
    return row.some((value) => Math.abs(value) > 1) ? [{ feature, row }] : [];
  });
  // `placesOf` goes by ascending features.
  return modelOf(
    Uint32Array.from(kept, ({ feature }) => feature),
    Int8Array.from(kept.flatMap(({ row }) => row)),
    step,
  );
}
