import { wordSet } from '../../understanding/token-pattern.ts';
import type { Place } from './recovery.ts';
import { COPULAS, DOCUMENTS, HYPOTHETICAL, PROBLEMS, RESOLVED, STRICT_PROBLEMS } from './resolved-words.ts';

/** These need something before them that can be resolved. */
const WEAK = wordSet('removed lifted cleared settled handled finished ended done over patched undone');

const ADVERBS = wordSet(`
  now already completely fully entirely finally all therefore also meanwhile successfully just since thus been again
  permanently definitely of hence therefore quickly both totally currently officially apparently presumably
  probably luckily fortunately thankfully well by effectively indeed then so hereby even today
`);

/** "I consider it fixed", "it looks solved to me", "resolved by engineering". */
export function isConsidered(words: readonly string[]): Place | undefined {
  const at = words.findIndex((word) =>
    /^(?:resolved|fixed|solved|closed|done|mitigated|sorted|over|ok|fine)$/.test(word),
  );
  if (at < 0 || words.some((word) => /^(?:not|never|if|until|will|would|cannot)$/.test(word))) return undefined;
  const before = words.slice(Math.max(0, at - 14), at);
  const isThought = before.some(
    (word, index) =>
      /^(?:consider|regard|deem|declare|believe|assume|call)$/.test(word) &&
      !/^(?:please|you)$/.test(before[index - 1] ?? ''),
  );
  const isSeen =
    (/^(?:looks?|seems?|appears?|considered|deemed)$/.test(words[at - 1] ?? '') &&
      !/^(?:ok|fine)$/.test(words[at] ?? '')) ||
    (/^(?:ok|fine)$/.test(words[at] ?? '') &&
      words
        .slice(at + 1, at + 5)
        .join(' ')
        .startsWith('from now on'));
  const isByUs = at === 0 && (words[1] === 'by' || words[1] === 'it' || (words[1] === 'on' && words[2] === 'our'));
  return isThought || isSeen || isByUs ? { from: at, to: at + 1 } : undefined;
}

/** "is fixed", "has been taken care of", "is back to normal". */
export function isBecome(words: readonly string[]): Place | undefined {
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const to = RESOLVED.has(word) ? at + 1 : phraseEnd(words, at);
    if (to === undefined) continue;
    const copula = copulaBefore(words, at);
    if (copula === undefined || isHypothetical(words, copula) || isReader(words, copula)) continue;
    if (isOtherUse(words, at, copula)) continue;
    const subject = words.slice(0, copula);
    if (WEAK.has(word) && subject.length > 0 && !isAboutProblem(words)) continue;
    if (/^(?:removed|lifted|settled|patched|undone)$/.test(word) && !subject.some((one) => STRICT_PROBLEMS.has(one)))
      continue;
    return { from: copula, to };
  }
  return undefined;
}

const PHRASES = [
  'taken care of',
  'dealt with',
  'behind us',
  'behind you',
  'a thing of the past',
  'under control again',
  'put right',
  'set right',
  'out of the way',
  'back to normal',
  'back to work',
  'back in service',
  'back in operation',
  'back in business',
  'back on track',
  'back online',
  'back up',
  'back and running',
  'back to green',
  'back to healthy',
  'back to its',
  'back to their',
  'back to real',
  'back in order',
  'back to the usual',
  'all set',
  'in order again',
  'up and running',
  'ironed out',
  'straightened out',
  'cleared up',
  'all good',
  'all clear',
  'no more',
  'in the clear',
  'as it should be',
  'no longer',
].map((phrase) => phrase.split(' '));

const BACK_ENDS = wordSet('. ! , ; now again since online live');

function phraseEnd(words: readonly string[], at: number): number | undefined {
  const phrase = PHRASES.find((one) => one.every((word, index) => words[at + index] === word));
  if (phrase !== undefined && phrase[0] !== 'no') return at + phrase.length;
  // "is back." and "are back since 10:00"
  const next = words[at + 1];
  return words[at] === 'back' && (next === undefined || BACK_ENDS.has(next) || /^\d/.test(next)) ? at + 1 : undefined;
}

/** The form of "to be" in front, with adverbs between. */
function copulaBefore(words: readonly string[], at: number): number | undefined {
  for (let before = at - 1; before >= Math.max(0, at - 5); before -= 1) {
    const word = words[before] ?? '';
    if (COPULAS.has(word) && word !== 'be') return before;
    // "seems to be resolved", "should be fixed now": it is said all the same.
    if (word === 'be')
      return /^(?:should|must)$/.test(words[before - 1] ?? '') || /^(?:seems?|appears?)$/.test(words[before - 2] ?? '')
        ? before
        : undefined;
    if (!ADVERBS.has(word) && !/ly$/.test(word)) return undefined;
  }
  return undefined;
}

function isHypothetical(words: readonly string[], at: number): boolean {
  const before = words.slice(Math.max(0, at - 4), at);
  const rest = words.slice(at, at + 4);
  if (rest.includes('not') || rest.includes('yet') || words.slice(at).includes('yet')) return true;
  if (before.some((word) => /^(?:seems?|appears?|should|must)$/.test(word))) return before.includes('not');
  return before.some((word) => HYPOTHETICAL.has(word));
}

/** The reader, or the writer's own whereabouts. */
function isReader(words: readonly string[], at: number): boolean {
  const subject = words[at - 1] ?? '';
  return ['i', 'we', 'he', 'she'].includes(subject);
}

function isOtherUse(words: readonly string[], at: number, copula: number): boolean {
  const next = words[at + 1] ?? '';
  const word = words[at] ?? '';
  if (word === 'fixed' && next === 'at' && !/^\d{1,2}[:.]\d\d/.test(words[at + 2] ?? '')) return true;
  if (word === 'fixed' && /^(?:at|to|size|length|in|by)$/.test(next) && /^\d|design/.test(words[at + 2] ?? ''))
    return true;
  if (
    /^(?:fixed|resolved|corrected|addressed)$/.test(word) &&
    next === 'in' &&
    /^(?:version|release|sdk|build|v?\d)/.test(words[at + 2] ?? '')
  )
    return true;
  if (word === 'over' && /^(?:the|\d|a|an|to|all)/.test(next)) return true;
  if (word === 'resolved' && next === 'to') return true;
  // "daylight saving is handled twice there", "the list was gone for 12 minutes"
  if (
    /^(?:handled|addressed)$/.test(word) &&
    /^(?:twice|by|as|in|at|like|differently|separately|once|only)$/.test(next)
  )
    return true;
  if (
    /^(?:gone|lifted|removed)$/.test(word) &&
    /^(?:was|were)$/.test(words[copula] ?? '') &&
    /^(?:for|from|between|until|during)$/.test(next)
  )
    return true;
  return (
    words.slice(Math.max(0, copula - 5), copula).some((one) => DOCUMENTS.has(one)) &&
    !words.slice(0, copula).some((one) => STRICT_PROBLEMS.has(one))
  );
}

const isAboutProblem = (words: readonly string[]): boolean => words.some((word) => PROBLEMS.has(word));
