/** What the model says of a sentence: each by itself, so a sentence may mean several. */
export const MEANINGS = ['restore', 'next', 'resolved', 'verified'] as const;
export type Meaning = (typeof MEANINGS)[number];

/** Probabilities, 0 to 1. */
export type Likelihoods = Readonly<Record<Meaning, number>>;

/**
 * For each feature a weight for each meaning, in the order of `MEANINGS`, in multiples of `step`. Arrays and no map:
 * there are hundreds of thousands of features.
 */
export interface SentenceModel {
  /** The known features, ascending. */
  readonly features: Uint32Array;
  /** Where those with the same upper 16 bits begin. */
  readonly starts: Uint32Array;
  readonly weights: Int8Array;
  readonly step: number;
}

/** The weights of a sentence count less the more of them there are. */
export const SCALE = 0.5;

/** The model of features in ascending order. */
export function modelOf(features: Uint32Array, weights: Int8Array, step: number): SentenceModel {
  const starts = new Uint32Array(65_537);
  for (const feature of features) (starts[(feature >>> 16) + 1] as number) += 1;
  for (let at = 1; at < starts.length; at += 1) (starts[at] as number) += starts[at - 1] as number;
  return { features, starts, weights, step };
}

function placeOf(feature: number, { features, starts }: SentenceModel): number | undefined {
  const end = starts[(feature >>> 16) + 1] as number;
  for (let place = starts[feature >>> 16] as number; place < end; place += 1)
    if (features[place] === feature) return place;
  return undefined;
}

export function likelihoodsOf(features: Iterable<number>, model: SentenceModel): Likelihoods {
  const { weights, step } = model;
  const scores = MEANINGS.map(() => 0);
  let known = 1;
  for (const feature of features) {
    const place = placeOf(feature, model);
    if (place === undefined) continue;
    known += 1;
    for (let meaning = 0; meaning < MEANINGS.length; meaning += 1)
      scores[meaning] = (scores[meaning] as number) + (weights[place * MEANINGS.length + meaning] as number);
  }
  const [restore, next, resolved, verified] = scores.map(
    (score) => 1 / (1 + Math.exp((-score * step) / known ** SCALE)),
  );
  return { restore, next, resolved, verified } as Likelihoods;
}

/** A model as text. */
export interface StoredSentenceModel {
  readonly step: number;
  /** 32-bit hashes, the low byte first, in base64. */
  readonly hashes: string;
  /** Signed bytes in base64. */
  readonly weights: string;
}

export function decode({ step, hashes, weights }: StoredSentenceModel): SentenceModel {
  const bytes = Buffer.from(hashes, 'base64');
  const features = Uint32Array.from({ length: bytes.length / 4 }, (_, place) => bytes.readUInt32LE(place * 4));
  return modelOf(features, Int8Array.from(Buffer.from(weights, 'base64')), step);
}

export function encode({ step, features, weights }: SentenceModel): StoredSentenceModel {
  const bytes = Buffer.alloc(features.length * 4);
  features.forEach((feature, place) => bytes.writeUInt32LE(feature, place * 4));
  return { step, hashes: bytes.toString('base64'), weights: Buffer.from(weights).toString('base64') };
}
