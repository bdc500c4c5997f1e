import { wordSet } from '../../understanding/token-pattern.ts';
import type { Clause } from './clauses.ts';
import { DOCUMENTS, FINITE, NEXT, NOUNS, PAST, isInTime, namesContact } from './contact-words.ts';

/** "Next: 18:00", "Workshop on Thursday 9:00?", "Mail follows at 18:15": a few words and a time. */
export function isHeading(words: readonly string[], clause: Clause): boolean {
  if (!clause.times.some(namesContact)) return false;
  const rest = words.filter((_, at) => !isInTime(clause, at));
  const plain = rest.filter((word) => /^\p{L}/u.test(word));
  if (
    plain.length > 9 ||
    rest.some((word) => FINITE.has(word) || PAST.has(word) || /^(?:please|your|thanks|thank)$/.test(word))
  )
    return false;
  return (
    plain[0] === 'next' ||
    plain.some((word) => (NOUNS.has(word) && word !== 'one' && word !== 'status') || HEADINGS.has(word))
  );
}

const HEADINGS = wordSet(
  'teams link diary silence workshop chat numbers figures counts proximo proxima prochain prochaine nachste nachstes prossimo volgende view confirmation ping result results summary next walkthrough debrief review',
);

/** "Next update: 12:30 UTC", "our call on Thursday", "the report follows on Friday". */
export function namesTheNext(words: readonly string[], clause: Clause): boolean {
  // "the rest of what I wrote stands, including the next mail at 17:00"
  const next = words.findIndex((word, at) => NOUNS.has(word) && words.slice(Math.max(0, at - 3), at).includes('next'));
  if (
    next > 0 &&
    !words.includes('no') &&
    clause.times.some(({ from, ...time }) => from >= next && namesContact({ from, ...time }))
  )
    return true;
  if (words.some((word, at) => PAST.has(word) && words[at - 1] !== 'be')) return false;
  if (words.includes('please')) return false;
  return words.some((word, at) => {
    if (/^(?:reach|reaches)$/.test(word) && words[at + 1] === 'you') return true;
    const isDocument = DOCUMENTS.has(word);
    if (!NOUNS.has(word) && !isDocument) return false;
    const before = words.slice(Math.max(0, at - 4), at);
    if (before.includes('your') || before.includes('no') || (before.includes('last') && !before.includes('next')))
      return false;
    if (word === 'one' && !before.includes('next')) return false;
    if (isDocument) return words.some((other) => COMES.has(other) || other === 'by');
    // "Update at 20:00"
    if (at === 0 && clause.times.some(namesContact)) return true;
    const isMany = word === 'updates';
    if (isMany || before.some((one) => NEXT.has(one))) return true;
    // A meeting has a time of its own: "the call on Monday".
    if (/^(?:call|meeting|session|check-in|sync|appointment|teams-call)$/.test(word)) return true;
    return clause.times.some(({ kind }) => kind === 'cadence') || words.some((other) => COMES.has(other));
  });
}

const COMES = wordSet(
  'follow follows following come comes coming due scheduled planned available ready expected shared sent delivered arrive published provided issued completed',
);
