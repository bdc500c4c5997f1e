import type { Draft, Found } from './found.ts';
import { hasGap } from './gaps.ts';
import { namesContact, readSentences } from './learned/read-sentences.ts';

/** A message says when the next one comes (F13, F80), or plainly that it is the last (T18). */
export function findMissingNextUpdate({ sentences, text, endOfBody }: Draft): Found[] {
  const isThere = readSentences(sentences).some(namesContact) || hasGap(text, /next update|write next|next contact/);
  return isThere ? [] : [{ rule: 'no-next-update', start: endOfBody, end: endOfBody }];
}
