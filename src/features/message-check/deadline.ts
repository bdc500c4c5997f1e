import { wordSet } from '../../understanding/token-pattern.ts';
import { type Clause, wordsOf } from './clauses.ts';
import type { Stretch } from './draft-text.ts';
import { speaksOfContact } from './next-contact.ts';
import { plansOutcome } from './outcome-promise.ts';

/** "By Saturday 08:00, when the first cabin leaves, it will count again": the time stands apart from what is so then. */
export function withMain(clause: Clause, later: readonly Clause[]): Clause {
  const [time] = clause.times;
  const main = later.find(({ opener }) => opener === undefined);
  if (time === undefined || main === undefined || main.times.length > 0) return clause;
  const rest = clause.words.filter((word, at) => /^\p{L}/u.test(word.word) && (at < time.from || at >= time.to));
  const isBare = rest.length <= 3 && rest.every(({ word }) => BARE.has(word) || word.length < 5);
  return isBare && (clause.opener === undefined || clause.opener === 'but')
    ? { ...clause, words: [...clause.words, ...main.words] }
    : clause;
}

const BARE = wordSet('by at on from until before latest the but and no later than');

/** A deadline without a time of day: "before you open the doors", "should take no longer than an hour". */
export function deadlineIn(clause: Clause, before: Clause | undefined): Stretch[] {
  const words = wordsOf(clause);
  const whole = (from: number, to: number): Stretch[] => {
    const [first, last] = [clause.words[from], clause.words[Math.max(from, to - 1)]];
    return first === undefined || last === undefined ? [] : [{ start: first.start, end: last.end }];
  };
  const isReader = /^(?:you|your)$/.test(words[0] ?? '');
  if (
    clause.opener === 'before' &&
    isReader &&
    before !== undefined &&
    !speaksOfContact(before) &&
    plansOutcome(before)
  )
    return whole(0, words.filter((word) => word !== '.').length);
  const takes = words.findIndex((word) => /^(?:takes?|lasts?)$/.test(word));
  if (takes < 0 || words.some((word) => /^(?:if|usually|often|normally|i|me|you|we|took)$/.test(word))) return [];
  const till = clause.times.find(
    ({ from, isPast }) => !isPast && from > takes && /^(?:until|till)$/.test(words[from - 1] ?? ''),
  );
  if (till !== undefined) return whole(till.from - 1, till.to);
  const than = words.indexOf('than', takes);
  const isBound = than > 0 && /^(?:longer|more|less)$/.test(words[than - 1] ?? '');
  const unit = words.findIndex((word, at) => at > than && at < than + 4 && /^(?:hours?|minutes?|days?)$/.test(word));
  const isPlanned = words.slice(0, than).some((word) => /^(?:will|should|not|no)$/.test(word));
  return isBound && unit > 0 && isPlanned ? whole(than, unit + 1) : [];
}
