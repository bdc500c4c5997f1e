import { wordSet } from '../../understanding/token-pattern.ts';
import { DOCUMENTS, FIRST, NOUNS, isContactVerb } from './contact-words.ts';

/** "You will hear from me", "expect an update", "you'll get my next message". */
export function readerHears(words: readonly string[]): boolean {
  return words.some((word, at) => {
    if (word === 'expect' && !FIRST.has(words[at - 1] ?? ''))
      return words
        .slice(at + 1, at + 9)
        .some((next) => NOUNS.has(next) || DOCUMENTS.has(next) || next === 'me' || next === 'us');
    if (word !== 'you') return false;
    const after = words.slice(at + 1, at + 6);
    if (after.includes('not')) return false;
    const verb = after.findIndex((next) => HEARS.has(next));
    if (verb < 0 || (verb > 0 && !after.slice(0, verb).some((next) => FUTURE.has(next)))) return false;
    const rest = words.slice(at + 2 + verb, at + 14 + verb);
    // "You will get a PDF of it on 14 February."
    if (verb > 0 && /^(?:get|receive|have|find)$/.test(after[verb] ?? '') && after[0] === 'will') return true;
    return (
      after[verb] === 'hear' ||
      (after[verb] === 'be' &&
        rest
          .slice(0, 3)
          .some((next) => /^(?:informed|updated|notified|contacted|called|told|kept|phoned|briefed)$/.test(next))) ||
      rest.some((next) => NOUNS.has(next) || DOCUMENTS.has(next) || next === 'me' || next === 'us')
    );
  });
}

const HEARS = wordSet('be hear get receive have find see expect');

const FUTURE = wordSet('will shall can going should may');

/**
 * At a time that is named something of ours comes to the reader, or one of us does: "a count goes to you by Friday noon",
 * "count on a mail from me on Wednesday", "I am in your office on Thursday at 12:00".
 */
export function comesToReader(words: readonly string[], timed: boolean): boolean {
  if (!timed || words.some((word) => /^(?:not|no|please|if)$/.test(word))) return false;
  return words.some((word, at) => {
    const next = words[at + 1] ?? '';
    if (word === 'to' && next === 'you') return words.slice(Math.max(0, at - 3), at).some((one) => COMING.has(one));
    if (word === 'from' && /^(?:me|us)$/.test(next))
      return words.slice(Math.max(0, at - 3), at).some((one) => NOUNS.has(one) || DOCUMENTS.has(one));
    return (
      FIRST.has(word) &&
      /^(?:am|are)$/.test(next) &&
      /^(?:in|at|on)$/.test(words[at + 2] ?? '') &&
      words[at + 3] === 'your'
    );
  });
}

const COMING = wordSet(`
  go goes come comes reply replies return returns introduce write writes report reports talk talks speak speaks explain
  explains turn turns himself herself themselves
`);

/** "Let us talk on Thursday", "shall we meet", "speak to you at 10", "more at 16:00". */
export function isProposal(words: readonly string[], timed: boolean): boolean {
  const [first = '', second = '', third = ''] = words;
  if (first === 'let' && second === 'me' && isContactVerb(words, 2)) return true;
  if (first === 'let' && second === 'us')
    return isContactVerb(words, 2) || TALKS.has(third) || words.includes('together');
  if (/^(?:shall|can|could|would)$/.test(first) && second === 'we')
    return timed || words.includes('together') || words.slice(2, 6).some((_, at) => isContactVerb(words, at + 2));
  if (/^(?:until|till)$/.test(first)) return words.length <= 6;
  if (/^(?:talk|speak|see|call|more|hear|back)$/.test(first))
    return (
      /^(?:to|you|with|from|soon|then|again|on|at|tomorrow|details|news|information|later|and)$/.test(second) ||
      second === ''
    );
  return false;
}

const TALKS = wordSet('talk speak meet look go review discuss catch connect sync touch');

/** "I have set a reminder for Tuesday", "the invitation is out for 10:00". */
export function isReserved(words: readonly string[]): boolean {
  const isOurs = words.some((word) => FIRST.has(word)) || words.includes('invitation') || words.includes('invite');
  return isOurs && words.some((word) => RESERVED.has(word)) && words.some((word) => SLOTS.has(word));
}

const RESERVED = wordSet('set booked blocked scheduled reserved put sent arranged planned have is');

const SLOTS = wordSet('reminder diary call meeting slot session appointment invitation invite calendar time');
