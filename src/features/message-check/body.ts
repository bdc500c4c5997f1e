import { wordSet } from '../../understanding/token-pattern.ts';
import type { Sentence } from './sentences.ts';

const CLOSINGS = wordSet(`
  regards best kind sincerely cheers thanks thank greetings cordially yours warm many mit viele freundliche saludos
  cordialement sent have apologies sorry we
`);
const POLITE = wordSet(`
  regards best kind sincerely cheers greetings cordially yours warm viele freundlichen saludos cordialement
`);

/** Where something is put that a message lacks: behind its last sentence, before thanks, regards and the name. */
export function endOfBody(text: string, sentences: readonly Sentence[]): number {
  let last = sentences.length - 1;
  for (; last > 0; last -= 1) {
    const sentence = sentences[last];
    if (sentence === undefined || !isClosing(sentence, last === sentences.length - 1)) break;
  }
  return sentences[last]?.end ?? text.trimEnd().length;
}

/** "Best regards", "Thank you for your patience!", a name by itself. */
function isClosing({ words }: Sentence, isLast: boolean): boolean {
  const plain = words.filter(({ word }) => /^\p{L}/u.test(word));
  const [first, second] = plain.map(({ word }) => word);
  if (first === undefined) return true;
  if (POLITE.has(first) && plain.length <= 4) return true;
  if (isLast && plain.length <= 3 && plain.every(({ isCapital }) => isCapital)) return true;
  const isThanks =
    (first === 'thank' || first === 'thanks' || (first === 'many' && second === 'thanks')) && plain.length <= 9;
  const isWish = first === 'have' && (second === 'a' || second === 'nice') && plain.length <= 7;
  return isThanks || isWish || (CLOSINGS.has(first) && plain.length <= 2);
}

/** Behind the greeting. */
export function startOfBody(text: string, sentences: readonly Sentence[]): number {
  const greeting = sentences.findLast(({ isGreeting }) => isGreeting);
  const first = sentences.find(({ isGreeting }) => !isGreeting);
  return first?.start ?? greeting?.end ?? text.search(/\S|$/);
}
