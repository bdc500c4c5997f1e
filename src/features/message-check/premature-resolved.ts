import type { Draft, Found } from './found.ts';
import { hasGap } from './gaps.ts';
import { readSentences, unconfirmedIn } from './learned/read-sentences.ts';
import { findUnconfirmedClaim } from './spelled-claim.ts';
import { waitsWithTheWord } from './verified.ts';

/**
 * It is called resolved, and nothing in the message tells how that was confirmed (F78, F83). One finding for each
 * sentence; what it adds is put behind the last of them.
 */
export function findUnconfirmedResolutions({ sentences, text, endOfBody }: Draft, wording: string): Found[] {
  const unconfirmed = unconfirmedIn(readSentences(sentences));
  if (waitsWithTheWord(sentences) || hasGap(text, /verified|how it was/)) return [];
  const claims = sentences.flatMap((sentence, index) => {
    // Whose name is below claims nothing.
    if (unconfirmed[index] !== true || sentence.isQuestion || sentence.start >= endOfBody) return [];
    const { start, end } = findUnconfirmedClaim(sentence) ?? sentence;
    return [{ start, end, behind: sentence.end }];
  });
  const last = claims.at(-1);
  return claims.map(({ start, end, behind }) => ({
    rule: 'premature-resolved',
    start,
    end,
    edit: { start: behind, end: behind, text: behind === last?.behind ? ` ${wording}` : '' },
  }));
}
