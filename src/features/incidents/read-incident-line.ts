import { wordSet } from '../../understanding/token-pattern.ts';

/** Words that may stand around the one that says what is wanted: "please show me the timeline of ICM 512345678". */
const AROUND = wordSet(`
  please pls show me see open give get display the a an our full whole complete draft write start begin create prepare
  make edit now of for on to icm incident number no nr this so far thanks thank you can could we us i want
`);

/** What a line asks for that holds nothing but the word itself, small words and a number. */
export interface IncidentLine {
  readonly icmNumber: string | undefined;
  /** There is more than the bare word: a bare word may be a question for the documents. */
  readonly isClear: boolean;
}

/**
 * Whether a line is "timeline 512345678" or the like: one of `words`, a number, and small words. `undefined` for
 * everything else, questions among them ("what is a timeline?").
 */
export function readIncidentLine(text: string, words: ReadonlySet<string>): IncidentLine | undefined {
  if (text.length > 200 || text.includes('?')) return undefined;
  const tokens = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('post-mortem', 'postmortem')
    .replaceAll('post mortem', 'postmortem')
    .split(/[\s,.:!#"“”]+/)
    .filter((token) => token !== '');
  const isNumber = (token: string) => /^\d{7,10}$/.test(token);
  const wanted = tokens.filter((token) => words.has(token));
  const numbers = [...new Set(tokens.filter(isNumber))];
  if (wanted.length !== 1 || numbers.length > 1) return undefined;
  if (!tokens.every((token) => words.has(token) || AROUND.has(token) || isNumber(token))) return undefined;
  return { icmNumber: numbers[0], isClear: tokens.length > 1 };
}
