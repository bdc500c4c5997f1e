import type { NumberMention } from './number-mentions.ts';
import { findAll, isBreak, isNegation, patterns, wordsAfter, wordsBefore, wordSet } from './token-pattern.ts';

const WISH = patterns(`
  pg|manager|lead|em|pm|dri|tam|boss|director|management|owner|developer|leadership|csam|vp ~2 says|said|say|wants|want|asks|asked|told|tells|insists|demands|demanded|insisted|pushes|pushing|thinks|expects|claims|requests|requested|prefers|yelled|recommends|suggests|suggested
  customer|team|account ~2 wants|demands|insists|asks|asked|requests|requested|expects|pushes
  told|asked|forced|pressured ~2 by ~1 pg|manager|lead|em|pm|dri
`);
const DONE_BY_OTHERS = patterns(`
  pg|manager|em|pm|dri|owner|developer|boss|lead ~2 downgraded|lowered|dropped|reduced|raised|bumped|upgraded|set|changed|moved|put
  downgraded|lowered|dropped|reduced|raised|bumped|upgraded|changed by ~1 pg|manager|em|pm|dri|owner|developer
`);

/** Somebody asks for an ICM severity by name, or has changed the ICM's. A customer may change the own case. */
export function isUnderPressure(tokens: readonly string[], numbers: readonly NumberMention[]): boolean {
  const wishes = findAll(WISH, tokens).filter(({ start }) => !wordsBefore(tokens, start, 3).some(isNegation));
  // In the same clause: "customer wants A, icm is at 3" wishes for no 3.
  const named = wishes.some(({ end }) =>
    numbers.some(({ index, of }) => of !== 'case' && index >= end && !tokens.slice(end, index).some(isBreak)),
  );
  if (named || wishes.some(({ end }) => asksForChange(wordsAfter(tokens, end, 6)))) return true;
  return findAll(DONE_BY_OTHERS, tokens).some(({ end }) => {
    const after = tokens.slice(end, end + 7);
    return (
      !after.includes('case') &&
      (after.includes('icm') || numbers.some(({ index }) => index >= end && index <= end + 7) || after.includes('sev'))
    );
  });
}

function asksForChange(after: readonly string[]): boolean {
  const changes = after.some((word) => CHANGES.has(word));
  return changes && (after.includes('sev') || after.includes('icm')) && !after.includes('case');
}

const CHANGES = wordSet(`
  lower raise downgrade upgrade reduce increase drop bump higher lowered raised downgraded different another
`);
