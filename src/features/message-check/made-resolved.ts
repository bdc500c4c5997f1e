import { wordSet } from '../../understanding/token-pattern.ts';
import type { Place } from './recovery.ts';
import { ACTIVE, COPULAS, DOCUMENTS, HYPOTHETICAL, PROBLEMS, RESOLVED, STRICT_PROBLEMS } from './resolved-words.ts';

const ACTIVE_WEAK = wordSet('corrected cleared restored removed lifted ended stopped stops ends brought');

/** "The restart fixed the delay", "we have solved it". */
export function isMade(words: readonly string[]): Place | undefined {
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const isStrong = ACTIVE.has(word);
    if (!isStrong && !ACTIVE_WEAK.has(word)) continue;
    const before = words[at - 1] ?? '';
    const next = words[at + 1] ?? '';
    const behind = words.slice(at + 1, at + 9);
    if (
      COPULAS.has(before) ||
      ['a', 'the', 'an', 'your', 'word', 'of', '"', 'no'].includes(before) ||
      next === '' ||
      /^[.,;:!"-]$/.test(next)
    )
      continue;
    const start = Math.max(0, at - 4);
    if (words.slice(start, at).some((one) => HYPOTHETICAL.has(one))) continue;
    if (words.slice(0, at).some((one) => one === 'you')) continue;
    if (words[0] === 'your' && READERS_PEOPLE.has(words[1] ?? '')) continue;
    if (behind.some((one) => DOCUMENTS.has(one))) continue;
    if (/^(?:at|to|size|windows?|length|number|in)$/.test(next)) continue;
    if (
      !isStrong &&
      !behind.some(
        (one) =>
          STRICT_PROBLEMS.has(one) ||
          one === 'service' ||
          one === 'everything' ||
          one === 'delays' ||
          one === 'errors' ||
          one === 'backlog',
      )
    )
      continue;
    if (word === 'brought' && !behind.includes('back')) continue;
    return { from: at, to: Math.min(words.length, at + 1) };
  }
  return undefined;
}

const READERS_PEOPLE = wordSet('team colleague colleagues admin network it dba vendor partner developers side');

/** "Problem solved!", "All good again", "Fixed." */
export function fragment(words: readonly string[]): Place | undefined {
  const plain = words.filter((word) => /^[\p{L}]/u.test(word));
  if (plain.length === 0 || plain.length > 7 || plain.some((word) => HYPOTHETICAL.has(word))) return undefined;
  const [first = '', second = '', third = ''] = plain;
  const isWhole =
    (PROBLEMS.has(first) && RESOLVED.has(second)) ||
    (first === 'all' && /^(?:good|clear|fine|green|well|done|fixed|solved|sorted|set)$/.test(second)) ||
    (/^(?:fixed|solved|resolved|sorted|repaired)$/.test(first) && plain.length < 4) ||
    (first === 'everything' && /^(?:back|fine|fixed|solved|normal|good|ok|okay|works|runs)$/.test(second)) ||
    (first === 'back' && /^(?:to|in|up|online)$/.test(second) && /^(?:normal|business|service|and|)$/.test(third)) ||
    (first === 'status' && RESOLVED.has(second)) ||
    (first === 'good' && second === 'news' && plain.some((word) => ACTIVE.has(word)));
  return isWhole ? { from: words.indexOf(first), to: Math.min(words.length, words.indexOf(first) + 2) } : undefined;
}

/** "moved to the resolved state", "set to mitigated", "closed as fixed". */
export function setTo(words: readonly string[]): Place | undefined {
  const at = words.findIndex((word, index) => /^(?:resolved|mitigated|solved|fixed)$/.test(word) && index > 1);
  if (at < 0) return undefined;
  const before = words.slice(Math.max(0, at - 5), at);
  if (!before.some((word) => word === 'to' || word === 'as')) return undefined;
  const verbs = words.slice(0, at);
  if (verbs.some((word) => /^(?:will|would|if|not|before|can|may|should|want|please)$/.test(word))) return undefined;
  return verbs.some((word) => MOVES.has(word)) ? { from: at, to: at + 1 } : undefined;
}

const MOVES = wordSet(
  'set moved moving went closed closing marked marking changed switched setting turned put flagged',
);
