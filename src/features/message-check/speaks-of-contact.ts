import { wordSet } from '../../understanding/token-pattern.ts';
import { type Clause, wordsOf } from './clauses.ts';
import {
  DOCUMENTS,
  FINITE,
  FIRST,
  LEADING,
  MENDS,
  NOUNS,
  PAST,
  THINKS,
  VERBS,
  VERBS_WITH,
  isContactVerb,
  isInTime,
  namesContact,
} from './contact-words.ts';
import { isHeading, namesTheNext } from './named-contact.ts';
import { hasOwnContact } from './own-contact.ts';
import { comesToReader, isProposal, isReserved, readerHears } from './reader-hears.ts';

/** Whether a clause speaks of the writer's own next contact with the reader. */
export function speaksOfContact(clause: Clause): boolean {
  const words = wordsOf(clause);
  return (
    planOfOurs(words, clause) ||
    isHeading(words, clause) ||
    hasOwnContact(words) ||
    readerHears(words) ||
    comesToReader(words, clause.times.some(namesContact)) ||
    namesTheNext(words, clause) ||
    isProposal(words, clause.times.some(namesContact)) ||
    isReserved(words)
  );
}

/** "I will pull the numbers again on Monday": whatever the writer does at a time that is named. */
function planOfOurs(words: readonly string[], clause: Clause): boolean {
  if (!clause.times.some(namesContact) || clause.opener === 'when' || clause.opener === 'once') return false;
  const first = words.findIndex((word, index) => !LEADING.has(word) && !isInTime(clause, index));
  // "As agreed I am switching to weekly ones."
  const own = words.findIndex((word, index) => index < first + 4 && FIRST.has(word));
  const at = own < 0 ? first : own;
  const [subject = '', plan = '', verb = ''] = words.slice(at);
  if (FIRST.has(subject)) {
    const isPlan =
      isPresent(plan) ||
      /^(?:will|shall|would|suggest|propose)$/.test(plan) ||
      (/^(?:am|are)$/.test(plan) && verb.endsWith('ing'));
    return isPlan && !words.includes('not') && !words.slice(at).some((word) => MENDS.has(word));
  }
  if (subject === 'will' || subject === 'shall' || subject === 'can' || subject === 'could') {
    return (
      (subject === 'will' || plan === 'we' || isContactVerb(words, at + 1)) && !words.some((word) => MENDS.has(word))
    );
  }
  // "Writing again at 16:00"
  if (
    subject.endsWith('ing') &&
    (VERBS.has(subject) || VERBS_WITH.has(subject) || subject === 'checking' || subject === 'looking')
  )
    return true;
  return (
    words.includes('there') &&
    words.some((word) => /^(?:will|is)$/.test(word)) &&
    words.some((word) => NOUNS.has(word) || DOCUMENTS.has(word))
  );
}

/** "Friday 10:00 I test it": the present of a plan. */
const isPresent = (word: string): boolean =>
  /^\p{L}{3,}$/u.test(word) &&
  !word.endsWith('ed') &&
  !PAST.has(word) &&
  !FINITE.has(word) &&
  !THINKS.has(word) &&
  !NO_PLAN.has(word);

const NO_PLAN = wordSet(
  'saw found got made took began left kept put let say just also still now can cannot tell commit guarantee assure expect',
);
