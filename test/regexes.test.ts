import { readdirSync, readFileSync } from 'node:fs';
import type { checkSync as CheckSync } from 'recheck';
import ts from 'typescript';
import type * as Hours from '../src/understanding/hours.ts';
import type * as ReadTime from '../src/understanding/read-time.ts';

/**
 * No text that a person sends may keep an expression busy (row I5 of the reliability table). Every regular expression
 * in `src` is found in the syntax tree, so that none is missed, and proved by `recheck`.
 */
// Its own JavaScript: the other backends are programs that have to be there.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = (await import('recheck')) as { checkSync: typeof CheckSync };

const MOST_MS_TO_PROVE = 5_000;
/** Longest time on one hostile string of 100 KB; the goal is 10 ms, which a busy machine cannot hold. */
const MOST_MS_TO_RUN = 1_000;

/** `file expression` and why it may stay. */
const KNOWN = new Map<string, string>([]);
/** Files that put expressions together at run time, and why they may. */
const DYNAMIC = new Map([
  ['local/activities.ts', 'names of the people of the local Teams, escaped; never in production'],
]);
/** Modules that put theirs together from word lists of their own when they are loaded: what they make is proved below. */
const MADE_WHEN_LOADED = [
  'understanding/calendar-dates.ts',
  'understanding/clock-wordings.ts',
  'understanding/day-wordings.ts',
  'understanding/hours.ts',
  'understanding/read-clock.ts',
  'understanding/read-line.ts',
  'understanding/read-span.ts',
  'understanding/time-text.ts',
];

interface Expression {
  readonly file: string;
  readonly literal: string;
  readonly source: string;
  readonly flags: string;
}

const root = new URL('../src/', import.meta.url).pathname;
const literals: Expression[] = [];
const dynamic: string[] = [];
for (const file of readdirSync(root, { recursive: true }).map(String)) {
  if (file.endsWith('.ts')) collect(file);
}

function collect(file: string): void {
  const tree = ts.createSourceFile(file, readFileSync(root + file, 'utf8'), ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      literals.push({ file, literal: node.text, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    if (ts.isIdentifier(node) && node.text === 'RegExp' && !ts.isTypeNode(node.parent)) dynamic.push(file);
    ts.forEachChild(node, visit);
  };
  visit(tree);
}

const keyOf = ({ file, literal }: Expression): string => `${file} ${literal}`;
const isKnown = (expression: Expression): boolean => KNOWN.has(keyOf(expression));

test('expressions are found', () => {
  expect(literals.length).toBeGreaterThan(50);
});

test('expressions are put together at run time only where a reason is given', () => {
  expect([...new Set(dynamic)].filter((file) => !DYNAMIC.has(file) && !MADE_WHEN_LOADED.includes(file))).toEqual([]);
});

test('every reason belongs to an expression that is there', () => {
  const there = new Set(literals.map(keyOf));
  expect([...KNOWN.keys()].filter((key) => !there.has(key))).toEqual([]);
});

test('every expression in src is proved to be safe', () => {
  const bad = literals.flatMap((expression) => {
    const prove = (timeout: number) => checkSync(expression.source, expression.flags, { timeout });
    const first = prove(MOST_MS_TO_PROVE);
    // On a busy machine the time runs out before the proof is done.
    const proof = first.status === 'unknown' ? prove(6 * MOST_MS_TO_PROVE) : first;
    if (proof.status === 'safe') return [];
    const attack = proof.status === 'vulnerable' ? proof.attack : undefined;
    if (attack)
      console.info(`${keyOf(expression)}: ${attack.pattern}: ${runFor(expression, attack.string)} ms for 20 KB`);
    return isKnown(expression) ? [] : [`${keyOf(expression)}: ${proof.status} ${attack?.pattern ?? ''}`];
  });
  expect(bad).toEqual([]);
}, 600_000);

const fill = (piece: string, end = ''): string => piece.repeat(Math.ceil(100_000 / piece.length)) + end;
/** Repetitions of what the expressions look for; the sign at the end makes every match fail. */
const HOSTILE = [
  'a',
  '1',
  ' ',
  '\n',
  '\n ',
  '-',
  '/',
  '@',
  '<',
  '&',
  "a'",
  '1.',
  '1 ',
  'a ',
  '(',
  '"',
  '<at>',
  '\u0301',
  'é',
  '😀',
  '\\',
  '_',
  '*',
  'a:1:1',
  '123-',
].map((piece) => fill(piece, '\0!'));

function runFor({ source, flags }: Expression, text: string): number {
  const expression = new RegExp(source, flags.replace('y', ''));
  const start = performance.now();
  // All matches, as `replace` and `match` look for them.
  // The end of an attack is what makes it fail, so it is kept when the middle is cut.
  (text.slice(0, 20_000) + text.slice(-20)).replace(expression, '');
  return Math.round(performance.now() - start);
}

test('no expression is busy for a second with 100 KB of repetitions', () => {
  const slow: { readonly expression: string; readonly ms: number }[] = [];
  for (const one of literals.filter((expression) => !isKnown(expression))) {
    const times = HOSTILE.map((text) => {
      const expression = new RegExp(one.source, one.flags.replace('y', ''));
      // The best of three: on a busy machine other programs are measured as well.
      const rounds = [1, 2, 3].map(() => {
        const start = performance.now();
        text.replace(expression, '');
        return performance.now() - start;
      });
      return Math.min(...rounds);
    });
    slow.push({ expression: keyOf(one), ms: Math.max(...times) });
  }
  slow.sort((a, b) => b.ms - a.ms);
  const rows = slow
    .slice(0, 8)
    .map(({ expression, ms }) => `${ms.toFixed(1).padStart(8)} ms  ${expression.slice(0, 100)}`);
  console.info(`slowest of ${slow.length} expressions on 100 KB, goal 10 ms:\n${rows.join('\n')}`);
  expect(slow.filter(({ ms }) => ms > MOST_MS_TO_RUN)).toEqual([]);
});

test('every expression that is put together when its module is loaded is proved to be safe', async () => {
  const made = new Map<string, { source: string; flags: string }>();
  const real = globalThis.RegExp;
  globalThis.RegExp = new Proxy(real, {
    construct(target, [source, flags]: [string | RegExp, string?]) {
      const expression = new target(source, flags);
      // Whoever made it: chrono makes many of its own, and sees at most 2,000 characters.
      const [, , maker = ''] = new Error().stack?.split('\n') ?? [];
      if (maker.includes(root)) made.set(String(expression), { source: expression.source, flags: expression.flags });
      return expression;
    },
  });
  try {
    for (const file of MADE_WHEN_LOADED) await import(`${root}${file}`);
    const { readTime } = (await import(`${root}understanding/read-time.ts`)) as typeof ReadTime;
    const { readHours } = (await import(`${root}understanding/hours.ts`)) as typeof Hours;
    // Some are put together with the first line that is read.
    for (const line of ['next friday at half past 4 pm CET', 'in 2h30', '2026-02-30', 'mon-thu 7-15', 'quiet 20-8']) {
      readTime(line, { now: new Date(0), zone: 'Europe/Berlin' });
      readHours(line);
    }
  } finally {
    globalThis.RegExp = real;
  }
  expect(made.size).toBeGreaterThan(MADE_WHEN_LOADED.length);
  const bad = [...made.values()].filter(
    ({ source, flags }) => checkSync(source, flags, { timeout: MOST_MS_TO_PROVE }).status !== 'safe',
  );
  expect(bad).toEqual([]);
}, 120_000);
