import { wordSet } from '../../understanding/token-pattern.ts';
import type { Sentence } from './sentences.ts';

const MESSAGES = wordSet(`
  update updates message messages mail mails email emails e-mail e-mails note notes communication communications
  contact letter letters one notice
`);
const LAST = wordSet('last final concluding');

/** It says that it is the last, in words that are known. */
export function isLastUpdate({ words: all }: Sentence): boolean {
  const words = all.map(({ word }) => word);
  return words.some((word, at) => {
    const next = words.slice(at + 1, at + 5);
    if (LAST.has(word)) {
      const isMessage = next.slice(0, 3).some((one) => MESSAGES.has(one));
      const before = words.slice(Math.max(0, at - 7), at);
      // "Since my last update" is an earlier one.
      return (
        isMessage &&
        (at === 0 ||
          next.includes('from') ||
          (before.some((one) => ['this', 'is', 'be', 'as', 'consider', 'was'].includes(one)) &&
            !before.some((one) => ['since', 'in', 'from', 'after', 'yesterday'].includes(one))))
      );
    }
    if (word === 'no' || word === 'not' || word === 'nothing') {
      const rest = words.slice(at + 1, at + 10);
      const isFurther = rest.some((one) =>
        ['further', 'more', 'again', 'additional', 'other', 'anymore', 'longer', 'another'].includes(one),
      );
      return (
        isFurther &&
        rest.some((one) => MESSAGES.has(one) || ['hear', 'write', 'contact', 'follow', 'come'].includes(one)) &&
        !rest.some((one) => ['until', 'before', 'yet', 'hesitate'].includes(one)) &&
        !words
          .slice(Math.max(0, at - 3), at)
          .some(
            (one, from, before) =>
              /^(?:have|has|received)$/.test(one) || (one === 'is' && before[from - 1] !== 'there'),
          )
      );
    }
    return false;
  });
}
