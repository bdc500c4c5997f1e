/** What the model says of a sentence: each by itself, so a sentence may mean several. */
export const MEANINGS = ['restore', 'next', 'resolved', 'verified'] as const;
export type Meaning = (typeof MEANINGS)[number];

/** Probabilities, 0 to 1. */
export type Likelihoods = Readonly<Record<Meaning, number>>;

/** For each feature a weight for each meaning, in the order of `MEANINGS`, in multiples of `step`. */
export interface SentenceModel {
  readonly places: ReadonlyMap<number, number>;
  readonly weights: Int8Array;
  readonly step: number;
}

/** The weights of a sentence count less the more of them there are. */
export const SCALE = 0.4;

export function likelihoodsOf(features: Iterable<number>, { places, weights, step }: SentenceModel): Likelihoods {
  const scores = MEANINGS.map(() => 0);
  let known = 1;
  for (const feature of features) {
    const place = places.get(feature);
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
  const places = new Map<number, number>();
  for (let place = 0; place * 4 < bytes.length; place += 1) places.set(bytes.readUInt32LE(place * 4), place);
  return { step, places, weights: Int8Array.from(Buffer.from(weights, 'base64')) };
}

export function encode({ step, places, weights }: SentenceModel): StoredSentenceModel {
  const bytes = Buffer.alloc(places.size * 4);
  for (const [hash, place] of places) bytes.writeUInt32LE(hash, place * 4);
  return { step, hashes: bytes.toString('base64'), weights: Buffer.from(weights).toString('base64') };
}
