import { normalize } from './normalize.ts';
import { readSeverityTokens } from './read-severity.ts';
import { stemOf } from './stem.ts';
import { classesOf } from './word-classes.ts';

/** What the model sees of a line. */
export interface LineFeatures {
  /** Words, neighbours, word classes and the line's shape, as strings. Each counts once however often it occurs. */
  readonly features: ReadonlySet<string>;
  /** The features that are whole words: they tell how much of the line is known at all. */
  readonly words: ReadonlySet<string>;
}

/** A long pasted text says what it is about at its beginning; the rest only costs time. */
const MAX_TOKENS = 60;
const PUNCTUATION = new Set(['.', ',', ';', ':', '!', '?', '#']);

export function featuresOf(text: string): LineFeatures {
  const all = normalize(text);
  const tokens = all.length > MAX_TOKENS ? all.slice(0, MAX_TOKENS) : all;
  const words = tokens.filter((token) => !PUNCTUATION.has(token)).map(shapeOfNumber);
  const features = new Set<string>();
  addWords(features, words);
  addNeighbours(features, words);
  addClassPairs(features, words);
  addShape(features, tokens, words);
  addWhatIsSaid(features, tokens);
  return { features, words: new Set(words.map((word) => `w ${word}`)) };
}

function addWords(features: Set<string>, words: readonly string[]): void {
  for (const word of words) {
    features.add(`w ${word}`);
    features.add(`s ${stemOf(word)}`);
    if (word.length > 4) features.add(`h ${word.slice(0, 4)}`);
    for (const name of classesOf(word)) features.add(`c ${name}`);
  }
}

function addNeighbours(features: Set<string>, words: readonly string[]): void {
  let previous = '^';
  for (const word of [...words, '$']) {
    features.add(`b ${previous} ${word}`);
    for (const name of classesOf(word)) {
      features.add(`d ${previous} ${name}`);
      for (const before of classesOf(previous)) features.add(`e ${before} ${name}`);
    }
    previous = word;
  }
}

/** Two kinds of words anywhere in the line: "customer ... call ... pg" is about the product group's part in it. */
function addClassPairs(features: Set<string>, words: readonly string[]): void {
  const classes = [...new Set(words.flatMap(classesOf))].sort();
  classes.forEach((first, index) => {
    for (const second of classes.slice(index + 1)) features.add(`p ${first} ${second}`);
  });
  if (classes.length === 0) features.add('no class');
}

function addShape(features: Set<string>, tokens: readonly string[], words: readonly string[]): void {
  features.add('bias');
  features.add(`length ${lengthBand(words.length)}`);
  if (tokens.includes('?')) features.add('question');
  if (words.length === 0) features.add(`only ${tokens.slice(0, 3).join('')}`);
}

/** What the reader of severities finds: "B to A" and "sev c -> sev a" have this in common and no two words. */
function addWhatIsSaid(features: Set<string>, tokens: readonly string[]): void {
  const said = readSeverityTokens(tokens);
  const names = Object.keys(said);
  for (const name of names) features.add(`x ${name}`);
  if (names.length > 1) features.add(`x ${names.join(' ')}`);
  if (said.need !== undefined) features.add(`x need ${said.need}`);
}

function lengthBand(count: number): string {
  if (count <= 3) return String(count);
  if (count <= 5) return '5';
  if (count <= 8) return '8';
  return count <= 14 ? '14' : 'long';
}

/** Numbers are told apart by what they can be: which support request it is does not matter, that it is one does. */
function shapeOfNumber(token: string): string {
  if (!/^\d/.test(token) || /[a-z]/.test(token)) return token;
  if (/^\d+:\d+$/.test(token)) return '<time>';
  if (/^\d+\.\d+$/.test(token)) return '<decimal>';
  if (/^[12]\d{9,15}$/.test(token)) return '<sr>';
  if (/^\d{8,9}$/.test(token)) return '<icm-number>';
  if (token.length === 1) return token;
  return token.length <= 3 ? '<number>' : '<long-number>';
}
