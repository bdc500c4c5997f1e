import { existsSync, readFileSync } from 'node:fs';
import { figure } from './figures.ts';
import { readDrafts, scoreDrafts, scoreTable } from './eval-drafts.ts';
import { createUnderstanding } from '../src/understanding/classifier.ts';
import { INTENTS, isIntent, type Intent, type Phrases, type Understanding } from '../src/understanding/intents.ts';
import { loadPhrases } from '../src/understanding/load-phrases.ts';
import { loadUnderstanding } from '../src/understanding/load.ts';
import { normalize } from '../src/understanding/normalize.ts';

/**
 * How well typed lines are understood and drafts are checked: `npm run eval`.
 *
 * The labelled lines (../shared/eval) and the paraphrases only measure; the bot learns from `phrases.yaml` alone.
 * Nothing here is random: two runs print the same.
 */
interface Line {
  readonly text: string;
  readonly intent: Intent;
}

interface Result extends Line {
  readonly answer: string;
  readonly right: boolean;
  /** Taken, without asking back, for this topic. */
  readonly takenFor: Intent | undefined;
  readonly asksBack: boolean;
}

const LABELLED = new URL('../../shared/eval/utterances.jsonl', import.meta.url);
const PARAPHRASES = new URL('../test/understanding/paraphrases.jsonl', import.meta.url);
/** What the bot answers from the first release on; the other topics must not be taken for one of these. */
const FIRST: readonly Intent[] = ['should_open_icm', 'severity_mapping', 'severity_changed', 'help'];
const FOLDS = 5;

function readLines(file: URL): Line[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const { text, intent } = JSON.parse(line) as { text: string; intent: string };
      if (!isIntent(intent)) throw new Error(`${file.pathname}: expected an intent, got ${intent}`);
      return { text, intent };
    });
}

/** Right: the label, or one of two that are asked back; for what is out of scope also "not understood". */
function measure(understanding: Understanding, lines: readonly Line[]): Result[] {
  return lines.map((line) => {
    const reading = understanding.understand(line.text);
    switch (reading.kind) {
      case 'clear':
        return result(line, reading.intent, reading.intent === line.intent, reading.intent);
      case 'either':
        return result(line, reading.intents.join(' or '), reading.intents.includes(line.intent), undefined);
      case 'none':
        return result(line, 'none', line.intent === 'out_of_scope', undefined);
    }
  });
}

function result(line: Line, answer: string, right: boolean, takenFor: Intent | undefined): Result {
  return { ...line, answer, right, takenFor, asksBack: answer.includes(' or ') };
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

const rightOf = (results: readonly Result[]): string =>
  share(results.filter((one) => one.right).length, results.length);

function summary(results: readonly Result[]): string {
  const right = results.filter((one) => one.right).length;
  const asked = results.filter((one) => one.asksBack).length;
  const first = results.filter(({ intent }) => FIRST.includes(intent) || intent === 'out_of_scope');
  const others = results.filter(({ intent }) => !FIRST.includes(intent) && intent !== 'out_of_scope');
  const taken = others.filter(({ takenFor }) => takenFor !== undefined && FIRST.includes(takenFor));
  const outside = results.filter(({ intent }) => intent === 'out_of_scope');
  const mistaken = outside.filter(({ takenFor }) => takenFor !== undefined && takenFor !== 'out_of_scope');
  return [
    `right ${right} of ${results.length} (${share(right, results.length)})`,
    `first four and out_of_scope ${share(first.filter((one) => one.right).length, first.length)}`,
    `other ten taken for one of the first four ${share(taken.length, others.length)}`,
    `out_of_scope taken for a topic ${share(mistaken.length, outside.length)}`,
    `asked back between two ${share(asked, results.length)}`,
  ].join('; ');
}

function perIntent(results: readonly Result[]): string {
  return INTENTS.map((intent) => {
    const own = results.filter((one) => one.intent === intent);
    const right = own.filter((one) => one.right).length;
    return `  ${intent.padEnd(18)} ${String(right).padStart(5)} of ${String(own.length).padEnd(5)} ${share(right, own.length)}`;
  }).join('\n');
}

function confusions(results: readonly Result[]): string {
  const columns = [...INTENTS.map((_, index) => String(index + 1)), 'ask', 'none'];
  const header = `  ${''.padEnd(21)}${columns.map((name) => name.padStart(5)).join('')}`;
  const rows = INTENTS.map((intent, index) => {
    const own = results.filter((one) => one.intent === intent);
    const counts = [
      ...INTENTS.map((other) => own.filter(({ takenFor }) => takenFor === other).length),
      own.filter((one) => one.asksBack).length,
      own.filter(({ answer }) => answer === 'none').length,
    ];
    const cells = counts.map((count) => (count === 0 ? '.' : String(count)).padStart(5)).join('');
    return `  ${String(index + 1).padStart(2)} ${intent.padEnd(18)}${cells}`;
  });
  return [header, ...rows].join('\n');
}

function phrasesOf(lines: readonly Line[]): Phrases {
  return new Map(
    INTENTS.map((intent) => [intent, lines.filter((line) => line.intent === intent).map(({ text }) => text)]),
  );
}

function inFold(fold: number): (_: unknown, index: number) => boolean {
  return (_, index) => index % FOLDS === fold;
}

function not(test: (_: unknown, index: number) => boolean): (_: unknown, index: number) => boolean {
  return (line, index) => !test(line, index);
}

interface CrossCheck {
  readonly phrases: Result[];
  readonly labelled: Result[];
}

/** Learns from four fifths, measures on the last; `withLabelled` lets it learn from labelled lines as well. */
function crossCheck(phrases: readonly Line[], labelled: readonly Line[], withLabelled: boolean): CrossCheck {
  const results: CrossCheck = { phrases: [], labelled: [] };
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const learnt = phrases.filter(not(inFold(fold)));
    const understanding = createUnderstanding(
      phrasesOf(withLabelled ? [...learnt, ...labelled.filter(not(inFold(fold)))] : learnt),
    );
    results.phrases.push(...measure(understanding, phrases.filter(inFold(fold))));
    results.labelled.push(...measure(understanding, labelled.filter(inFold(fold))));
  }
  return results;
}

const words = (text: string): string[] => normalize(text).filter((token) => /[^?!.,;:]/.test(token));

/** Share of words in common, 0 to 1. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((word) => b.has(word)).length;
  return common / (a.size + b.size - common || 1);
}

/** Phrases that share half of their words or more with a labelled line are left out, to see what is not mere likeness. */
function unlike(phrases: readonly Line[], labelled: readonly Line[], limit: number): Line[] {
  const measured = labelled.map(({ text }) => new Set(words(text)));
  return phrases.filter(({ text }) => {
    const own = new Set(words(text));
    return !measured.some((other) => likeness(own, other) >= limit);
  });
}

function timing(understanding: Understanding, lines: readonly Line[]): string {
  const times: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    for (const { text } of lines) {
      const start = performance.now();
      understanding.understand(text);
      times.push(performance.now() - start);
    }
  }
  times.sort((a, b) => a - b);
  const at = (part: number): string => (times[Math.floor(times.length * part)] ?? 0).toFixed(3);
  return `per line: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

const phrases: Line[] = [...loadPhrases()].flatMap(([intent, texts]) => texts.map((text) => ({ text, intent })));
const labelled = readLines(LABELLED);
const paraphrases = readLines(PARAPHRASES);
const shipped = loadUnderstanding();
const print = (text: string): void => console.log(text);

print(`example phrases: ${phrases.length}`);
if (labelled.length > 0) {
  const results = measure(shipped, labelled);
  print(
    `\nlabelled lines: ${summary(results)}\n${perIntent(results)}\n\nlabel (row), taken for (column)\n${confusions(results)}`,
  );
  figure({ by: 'eval', what: 'labelled lines understood', value: rightOf(results) });
  print('\nnot right:');
  for (const { intent, answer, text } of results.filter((one) => !one.right))
    print(`  ${intent} -> ${answer}: ${text}`);
  const known = new Set(phrases.map(({ text }) => words(text).join(' ')));
  print(
    `\nwithout lines that are also a phrase: ${summary(results.filter(({ text }) => !known.has(words(text).join(' '))))}`,
  );
  const harder = createUnderstanding(phrasesOf(unlike(phrases, labelled, 0.5)));
  print(
    `learnt without phrases that share half their words with a labelled line: ${summary(measure(harder, labelled))}`,
  );
}
figure({ by: 'eval', what: 'blind paraphrases understood', value: rightOf(measure(shipped, paraphrases)) });
print(`\nblind paraphrases: ${summary(measure(shipped, paraphrases))}`);
for (const withLabelled of [false, true]) {
  const { phrases: ofPhrases, labelled: ofLabelled } = crossCheck(phrases, labelled, withLabelled);
  print(`\nfive-fold, learnt from ${withLabelled ? 'phrases and labelled lines' : 'phrases'}`);
  print(`  held-out phrases: ${summary(ofPhrases)}`);
  if (labelled.length > 0) print(`  held-out labelled lines: ${summary(ofLabelled)}`);
}

/** Drafts of customer messages: labelled, our own, and those written apart from the rules. */
const DRAFTS: readonly (readonly [string, URL])[] = [
  ['labelled', new URL('../../shared/eval/drafts.jsonl', import.meta.url)],
  ['our own', new URL('../test/features/message-check/own-drafts.jsonl', import.meta.url)],
  ['written apart', new URL('../test/features/message-check/blind-drafts.jsonl', import.meta.url)],
  ['not learned from', new URL('../test/features/message-check/blind8.jsonl', import.meta.url)],
];
for (const [name, file] of DRAFTS) {
  const drafts = readDrafts(file);
  if (drafts.length > 0)
    print(`\ncustomer messages, ${name}: ${drafts.length}\n${scoreTable(scoreDrafts(drafts), true)}`);
}
// Times differ from run to run, so they are printed only on request.
if (process.argv.includes('--times')) print(`\n${timing(shipped, [...labelled, ...paraphrases])}`);
