import { KNOWN_WORDS } from './vocabulary.ts';
import { REAL_WORDS } from './real-words.ts';

/**
 * Puts typing mistakes right, carefully: a wrong correction changes what somebody said.
 *
 * Words of four letters or more may be one edit away from a known word (a swap of neighbours is one edit), words of
 * eight or more two. Shorter words and everything with a digit stay as they are, and so does every English word
 * that merely looks like one of ours ("house" is no "hour").
 */
export function correctSpelling(word: string): string {
  if (word.length < 4 || word.length > 24 || KNOWN_WORDS.has(word) || REAL_WORDS.has(word)) return word;
  if (!isPlainLetters(word)) return word;
  const remembered = memory.get(word);
  if (remembered !== undefined) return remembered;
  const corrected = nearestKnownWord(word) ?? word;
  // Bounded, so that hostile text cannot grow it without end.
  if (memory.size >= 5000) memory.clear();
  memory.set(word, corrected);
  return corrected;
}

const memory = new Map<string, string>();

interface Candidate {
  readonly word: string;
  readonly letters: number;
}

const CANDIDATES_BY_LENGTH = new Map<number, Candidate[]>();
for (const word of KNOWN_WORDS) {
  if (word.length < 4 || !isPlainLetters(word)) continue;
  const group = CANDIDATES_BY_LENGTH.get(word.length) ?? [];
  group.push({ word, letters: letterSet(word) });
  CANDIDATES_BY_LENGTH.set(word.length, group);
}

function nearestKnownWord(word: string): string | undefined {
  const allowed = word.length >= 8 ? 2 : 1;
  const letters = letterSet(word);
  let best: string | undefined;
  let bestDistance = allowed + 1;
  // Own length first: a swap or a wrong key is likelier than a lost letter when distances are equal.
  for (const length of [word.length, word.length + 1, word.length - 1, word.length + 2, word.length - 2]) {
    if (Math.abs(length - word.length) > allowed) continue;
    for (const candidate of CANDIDATES_BY_LENGTH.get(length) ?? []) {
      // Each edit changes at most two members of the letter set, so most words are ruled out by one comparison.
      if (countBits(letters ^ candidate.letters) > 2 * allowed) continue;
      // Two edits in seven letters make another word of it ("toString", "testing").
      const limit = candidate.word.length < 8 ? 1 : allowed;
      const distance = editDistance(word, candidate.word, Math.min(limit, bestDistance - 1));
      if (distance <= limit && distance < bestDistance) {
        best = candidate.word;
        bestDistance = distance;
      }
    }
  }
  return best;
}

/** Optimal string alignment distance; `limit + 1` when it is greater than `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    let smallest = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let value = Math.min(at(previous, j) + 1, at(current, j - 1) + 1, at(previous, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        value = Math.min(value, at(beforePrevious, j - 2) + 1);
      }
      current.push(value);
      smallest = Math.min(smallest, value);
    }
    if (smallest > limit) return limit + 1;
    beforePrevious = previous;
    previous = current;
  }
  return Math.min(at(previous, b.length), limit + 1);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

function isPlainLetters(word: string): boolean {
  return /^[a-z]+$/.test(word);
}

function letterSet(word: string): number {
  let set = 0;
  for (let index = 0; index < word.length; index += 1) set |= 1 << (word.charCodeAt(index) - 97);
  return set;
}

function countBits(bits: number): number {
  let rest = bits;
  let count = 0;
  while (rest !== 0) {
    rest &= rest - 1;
    count += 1;
  }
  return count;
}
