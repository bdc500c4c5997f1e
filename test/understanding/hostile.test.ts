import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { loadUnderstanding } from '../../src/understanding/load.ts';
import { normalize } from '../../src/understanding/normalize.ts';

/**
 * Row I5 for what is no regular expression: every reader, found by its first parameter, on 100 KB of repetitions of
 * each kind of token. Prints the slowest; the goal is 10 ms.
 */
const folder = new URL('../../src/understanding/', import.meta.url);
type Reader = (input: unknown) => unknown;

interface Found {
  readonly name: string;
  readonly run: (text: string, tokens: readonly string[]) => unknown;
}

async function readersOf(file: string): Promise<Found[]> {
  const tree = ts.createSourceFile(file, readFileSync(new URL(file, folder), 'utf8'), ts.ScriptTarget.Latest, true);
  const module = (await import(new URL(file, folder).href)) as Record<string, Reader>;
  const found: Found[] = [];
  tree.forEachChild((node) => {
    if (!ts.isFunctionDeclaration(node) || node.name === undefined) return;
    const run = module[node.name.text];
    const [first, ...others] = node.parameters;
    // What needs more than the line is called by one of the others.
    if (run === undefined || first === undefined || others.some((one) => !one.questionToken && !one.initializer))
      return;
    const type = first.type?.getText() ?? '';
    const name = `${file}: ${node.name.text}`;
    if (type === 'string') found.push({ name, run: (text) => run(text) });
    if (type === 'readonly string[]') found.push({ name, run: (_, tokens) => run(tokens) });
  });
  return found;
}

const files = readdirSync(folder).filter((file) => file.startsWith('read-') || file === 'looks-like.ts');
const understanding = loadUnderstanding();
const readers: Found[] = [
  ...(await Promise.all(files.map(readersOf))).flat(),
  { name: 'classifier', run: (text) => understanding.understand(text) },
  { name: 'normalize', run: (text) => normalize(text) },
];

const HUNDRED_KB = 100_000;
const REPEATED = [
  'a',
  ' ',
  '\n',
  '1',
  '1 ',
  '1.1',
  '12:30 ',
  '1:1:',
  '-',
  '- 1 -',
  '->',
  "a'",
  '@a ',
  '@',
  '"a',
  '"',
  '“a” ',
  '#4321 ',
  '512345678 ',
  '512 345 678 ',
  '2411 2200 5000 1234-',
  '24112200500012341',
  'icm 512345678 ',
  'track 512345678 ',
  'sev a -> b ',
  'from b to a ',
  'not no never ',
  'remind me ',
  'remind me not ',
  'snooze ',
  'hand my to ',
  'to Priya ',
  'Priya Priya ',
  'to A ',
  'told customer ',
  'how often ',
  'when is my next ',
  'update due ',
  'every 2 hours ? ',
  'i am in ',
  'my own dear old ',
  'asked my own ',
  'no outage not outage ',
  'is ',
  'if ',
  ', . ',
  'east us 2 ',
  'xqzv ',
  'updaet ',
  'follow - up ',
  'sr ',
  'resolved 1 closed ',
  'w/o b4 24x7 ',
  '\ufdfa',
  '\ud800',
  'e\u0301\u0302',
  '👩‍👩‍👧‍👦',
  '🇩🇪',
  '\0',
  'ß',
  'İ',
];

test('readers are found', () => {
  expect(readers.length).toBeGreaterThan(20);
});

test('no reader is busy for a second with 100 KB of repetitions', () => {
  const slowest = readers.map(({ name, run }) => {
    const times = REPEATED.map((piece) => {
      const text = piece.repeat(Math.ceil(HUNDRED_KB / piece.length));
      const tokens = normalize(text);
      // The best of three: on a busy machine other programs are measured as well.
      const rounds = [1, 2, 3].map(() => {
        const start = performance.now();
        run(text, tokens);
        return performance.now() - start;
      });
      return { piece, ms: Math.min(...rounds) };
    });
    return { name, ...times.reduce((most, one) => (one.ms > most.ms ? one : most)) };
  });
  slowest.sort((a, b) => b.ms - a.ms);
  const rows = slowest
    .slice(0, 12)
    .map(({ name, piece, ms }) => `${ms.toFixed(1).padStart(8)} ms  ${name}  ${JSON.stringify(piece)}`);
  console.info(`slowest of ${readers.length} readers on 100 KB, goal 10 ms:\n${rows.join('\n')}`);
  expect(slowest.filter(({ ms }) => ms > 1_000)).toEqual([]);
});
