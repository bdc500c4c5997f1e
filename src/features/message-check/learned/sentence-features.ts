import { hashOf } from '../../../understanding/model.ts';
import { isTime } from './sentence-tokens.ts';

/** What the rules found in a sentence. */
export interface RuleHits {
  readonly next: boolean;
  readonly restore: boolean;
  readonly resolved: boolean;
  readonly verified: boolean;
}

/** Words that turn what is said around them: who speaks, of what time, and whether it is so at all. */
const turning = new Set(
  [
    ...['i', 'we', 'my', 'our', 'you', 'your', 'it', 'they', 'he', 'she', 'not', 'no', 'will', 'if', 'until', 'still'],
    ...['again', 'when', 'once', 'should', 'would', 'can'],
  ].map(hashOf),
);

/** Kinds of features; each has its own half of the hash. */
const KIND = { word: 1, stem: 2, pair: 3, triple: 4, apart: 5, wide: 6, time: 7, timeWith: 8, turned: 9, whole: 10 };

/** Taken out once: where tests run, each look at a global is slow. */
const { imul } = Math;

const mix = (first: number, second: number): number => {
  let hash = imul(first ^ (second >>> 15) ^ (second << 7), 0x2c1b3c6d);
  hash = imul(hash ^ second ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
};

/** The features of a sentence, as hashes: words, neighbours, and what stands together with a time. */
export function featuresOf(tokens: readonly string[], isQuestion: boolean, hits: RuleHits): Set<number> {
  const features = new Set<number>([mix(KIND.whole, 0)]);
  const add = (kind: number, first: number, second = 0, third = 0): void => {
    features.add(mix(mix(mix(kind, first), second), third));
  };
  const all = ['^', ...tokens, '$'];
  const stems = all.map((token) => hashOf(token.startsWith('<') ? token : token.slice(0, 6)));
  const distinct = [...new Set(stems)];
  const times = new Set<number>();
  all.forEach((token, at) => {
    const stem = stems[at] as number;
    add(KIND.word, hashOf(token));
    add(KIND.stem, stem);
    const [second, third, fourth] = [stems[at + 1], stems[at + 2], stems[at + 3]];
    if (second !== undefined) add(KIND.pair, stem, second);
    if (second !== undefined && third !== undefined) add(KIND.triple, stem, second, third);
    if (third !== undefined) add(KIND.apart, stem, third);
    if (fourth !== undefined) add(KIND.wide, stem, fourth);
    if (isTime(token)) times.add(stem);
  });
  for (const time of times) {
    add(KIND.time, time);
    for (const stem of distinct) add(KIND.timeWith, time, stem);
  }
  if (times.size === 0) add(KIND.time, 0);
  for (const turn of distinct) if (turning.has(turn)) for (const stem of distinct) add(KIND.turned, turn, stem);
  if (isQuestion) add(KIND.whole, 1);
  if (hits.next) add(KIND.whole, 2);
  if (hits.restore) add(KIND.whole, 3);
  if (hits.resolved) add(KIND.whole, 4);
  if (hits.verified) add(KIND.whole, 5);
  return features;
}
