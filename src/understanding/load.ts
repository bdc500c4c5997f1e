import { readFileSync } from 'node:fs';
import { understandingOf } from './classifier.ts';
import type { Understanding } from './intents.ts';
import { decode, type StoredWeights } from './weights-format.ts';

/** Data and not a module, since it would be parsed as a program at every start. */
export const weightsFile = new URL('./weights.json', import.meta.url);

/**
 * The understanding of typed lines, as learned from the example phrases that come with the bot. Learning takes a
 * second or two, so it is done beforehand (`npm run train`) and start-up only reads the result.
 */
export function loadUnderstanding(): Understanding {
  return understandingOf(decode(JSON.parse(readFileSync(weightsFile, 'utf8')) as StoredWeights));
}
