import type { Model } from './model.ts';

/** A model as text, to be kept in a source file. */
export interface StoredWeights {
  readonly step: number;
  /** 32-bit numbers, the low byte first, in base64. */
  readonly hashes: string;
  /** Signed bytes in base64. */
  readonly weights: string;
}

export function encode({ hashes, weights, step }: Model): StoredWeights {
  const bytes = Buffer.alloc(hashes.length * 4);
  hashes.forEach((hash, place) => bytes.writeUInt32LE(hash, place * 4));
  return { step, hashes: bytes.toString('base64'), weights: Buffer.from(weights).toString('base64') };
}

export function decode(stored: StoredWeights): Model {
  const bytes = Buffer.from(stored.hashes, 'base64');
  const hashes = Uint32Array.from({ length: bytes.length / 4 }, (_, place) => bytes.readUInt32LE(place * 4));
  return { step: stored.step, hashes, weights: Int8Array.from(Buffer.from(stored.weights, 'base64')) };
}
