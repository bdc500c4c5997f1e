import type { Sentence } from '../sentences.ts';
import { timesIn } from '../time-mentions.ts';

/** Longer sentences are read so far. */
const MOST_TOKENS = 60;

/**
 * A sentence as the model reads it: words, with kinds in the place of what differs from message to message: times by
 * their kind, numbers, names of jobs and devices.
 */
export function tokensOf({ words }: Pick<Sentence, 'words'>): string[] {
  const times = new Map(timesIn(words).map((time) => [time.from, time]));
  const tokens: string[] = [];
  let at = 0;
  while (at < words.length && tokens.length < MOST_TOKENS) {
    const time = times.get(at);
    if (time && time.to > at) {
      tokens.push(`<${time.kind}${time.hasClock ? ' clock' : ''}${time.isPast ? ' past' : ''}>`);
      at = time.to;
      continue;
    }
    const { word, isCapital } = words[at] as (typeof words)[number];
    if (/^\d[\d.,:]{0,20}%?$/.test(word)) tokens.push('<number>');
    else if (/\d|_/.test(word) || (word.length > 9 && word.includes('-'))) tokens.push('<name>');
    else {
      if (isCapital && at > 0 && word !== 'i' && !word.startsWith("i'")) tokens.push('<capital>');
      tokens.push(word);
    }
    at += 1;
  }
  return tokens;
}

/** Whether a token stands for a time. */
export const isTime = (token: string): boolean => /^<(?:exact|range|cadence|at once)/.test(token);
