import { onceForEach } from '../../understanding/once-for-each.ts';
import { type Clause, clausesIn, wordsOf } from './clauses.ts';
import { DOCUMENTS, FINITE, FIRST, LEADING, isContactVerb, isInTime, namesContact } from './contact-words.ts';
import type { Stretch } from './draft-text.ts';
import type { Sentence } from './sentences.ts';
import { speaksOfContact } from './speaks-of-contact.ts';
import type { TimeMention } from './time-mentions.ts';
export { speaksOfContact } from './speaks-of-contact.ts';

/** Where a draft says when its writer will be in contact next, in places of the folded text. */
export interface Contact {
  /** The words of the time, as far as they stand together. */
  readonly time: Stretch;
  readonly sentence: Sentence;
}

/**
 * All next contacts that are named with a day, a time or an interval (F13, T7), in the order of the draft. A rule, the
 * learned reader and the promise ask for them.
 */
export const nextContacts: (sentences: readonly Sentence[]) => readonly Contact[] = onceForEach(readContacts);

function readContacts(sentences: readonly Sentence[]): Contact[] {
  return sentences.flatMap((sentence, index) => {
    const own = contactsIn(sentence);
    if (own.length > 0) return own;
    // "Can you do it at 15:00? I will be on the phone with you then."
    const before = sentences[index - 1];
    if (
      before !== undefined &&
      clausesIn(sentence).some((clause) => wordsOf(clause).includes('then') && speaksOfContact(clause))
    )
      return timesOf(before)
        .slice(-1)
        .map((time) => ({ time, sentence }));
    // "Next update" on one line and its time on the next.
    const next = sentences[index + 1];
    return next !== undefined && isTimeAlone(next) && clausesIn(sentence).some((clause) => speaksOfContact(clause))
      ? timesOf(next).map((time) => ({ time, sentence: next }))
      : [];
  });
}

function contactsIn(sentence: Sentence): Contact[] {
  const clauses = clausesIn(sentence);
  const found: Contact[] = [];
  clauses.forEach((clause, index) => {
    if (clause.opener === 'if' || clause.opener === 'whether') return;
    if (!speaksOfContact(clause) && !contactFollows(clause, clauses.slice(index + 1))) return;
    const own = clause.times.filter((time) => namesContact(time) && !isOfDocument(wordsOf(clause), time));
    const times = own.length > 0 ? own.map((time) => ({ clause, time })) : besides(clauses, index);
    for (const { clause: holder, time } of times) found.push({ time: stretchOf(holder, time), sentence });
  });
  return found;
}

/** "the RCA for 3 May": when it happened. */
function isOfDocument(words: readonly string[], { from }: TimeMention): boolean {
  const [noun = '', link = ''] = words.slice(Math.max(0, from - 2), from);
  return (
    /^(?:for|from|of)$/.test(link) &&
    (DOCUMENTS.has(noun) || /^(?:incident|outage|disruption|rows|events|night)$/.test(noun))
  );
}

/** "I will see tomorrow at 9:00 whether it started and tell you." */
function contactFollows(clause: Clause, later: readonly Clause[]): boolean {
  const [subject = '', plan = ''] = wordsOf(clause);
  if (!FIRST.has(subject) || plan !== 'will') return false;
  return [clause, ...later].some((one) => {
    const words = wordsOf(one);
    return words.some((word, at) => word === 'and' && isContactVerb(words, at + 1) && words[at + 2] === 'you');
  });
}

/** The time may stand beside: "I have set a reminder for Tuesday and will report then". */
function besides(clauses: readonly Clause[], index: number): { clause: Clause; time: TimeMention }[] {
  return [clauses[index - 1], clauses[index + 1]].flatMap((clause) => {
    if (clause === undefined || clause.opener === 'if') return [];
    const words = wordsOf(clause);
    // "I will look whether it runs on Thursday and tell you": the time is that of the looking.
    if (clause.opener === 'whether')
      return words.some((word, at) => word === 'and' && isContactVerb(words, at + 1))
        ? clause.times.filter(namesContact).map((time) => ({ clause, time }))
        : [];
    const isBare = !words.some((word, at) => FINITE.has(word) && !isInTime(clause, at));
    const isOurs = /^(?:i|we)$/.test(words.find((word) => !LEADING.has(word)) ?? '');
    if (!isBare && !isOurs) return [];
    return clause.times.filter(namesContact).map((time) => ({ clause, time }));
  });
}

export function stretchOf(clause: Clause, { from, to }: TimeMention): Stretch {
  const [first, last] = [clause.words[from], clause.words[Math.max(from, to - 1)]];
  return { start: first?.start ?? 0, end: last?.end ?? first?.end ?? 0 };
}

function isTimeAlone(sentence: Sentence): boolean {
  const [clause, more] = clausesIn(sentence);
  if (clause === undefined || more !== undefined) return false;
  const timed = clause.times.filter(namesContact);
  const covered = timed.reduce((sum, { from, to }) => sum + to - from, 0);
  return timed.length > 0 && sentence.words.length - covered <= 3;
}

function timesOf(sentence: Sentence): Stretch[] {
  return clausesIn(sentence).flatMap((clause) =>
    clause.times.filter(namesContact).map((time) => stretchOf(clause, time)),
  );
}
