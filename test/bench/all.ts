import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readFigures, type Figure } from '../../scripts/figures.ts';
import { table } from './report.ts';

/**
 * `npm run bench`: every bench and evaluation one after the other, and all their figures in one table with ratios and
 * goals. Nothing fails on a figure: a busy machine makes any of them. Ends with 1 when a bench itself broke.
 */
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(`npm run bench -- [options]
  --quick     few rounds of each (about five minutes; figures are rough)
  --only B    one of them, as it is called in package.json; may be given more than once`);
  process.exit(0);
}

interface Bench {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly quick: readonly string[];
}
const benches: readonly Bench[] = [
  {
    ...{ name: 'bench:turns', file: './run.ts' },
    ...{ args: ['--signed'], quick: ['--signed', '--rounds', '4', '--seconds', '0.5'] },
  },
  { name: 'bench:start', file: './start.ts', args: [], quick: ['--rounds', '3'] },
  { name: 'memory', file: './memory.ts', args: [], quick: ['--turns', '3000', '--more', '15000'] },
  { name: 'bench:extension', file: './extension.ts', args: [], quick: ['--turns', '200'] },
  {
    ...{ name: 'bench:jobs', file: './jobs.ts', args: [] },
    quick: [
      ...['--rounds', '2', '--seconds', '5', '--due', '2000', '--pending', '10000', '--rows', '100000'],
      ...['--part', 'drain', '--part', 'lateness', '--part', 'finding'],
    ],
  },
  { name: 'bench:answers', file: './answers.ts', args: ['100000'], quick: ['5000'] },
  { name: 'bench:messages', file: './messages.ts', args: [], quick: [] },
  { name: 'eval', file: '../../scripts/eval.ts', args: [], quick: [] },
  { name: 'eval:answers', file: '../../scripts/eval-answers.ts', args: [], quick: [] },
];
const known = benches.map(({ name }) => name);
for (const name of options.only ?? [])
  if (!known.includes(name)) throw new Error(`Expected --only with one of ${known.join(', ')}, got ${name}`);

const folder = mkdtempSync(join(tmpdir(), 'figures-'));
const broken: string[] = [];
const figures: Figure[] = [];
console.log(`Node ${process.version}, load ${loadavg()[0]?.toFixed(1)} before the first bench`);
try {
  for (const [at, bench] of benches.entries()) {
    if (options.only && !options.only.includes(bench.name)) continue;
    const from = performance.now();
    const file = join(folder, `${at}.jsonl`);
    const { code, output } = await run(bench, file);
    const found = readFigures(file);
    figures.push(...found);
    console.log(`  ${bench.name}: ${found.length} figures, ${Math.round((performance.now() - from) / 1_000)} s`);
    if (code !== 0 || found.length === 0) {
      broken.push(bench.name);
      console.log(output.slice(-2_000));
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log('');
console.log(
  table([
    ['figure', 'value', 'ratio [95 %]', 'goal', 'alone by npm run'],
    ...figures.map(({ what, value, ratio = '', goal = '', by }) => [what, value, ratio, goal, by]),
  ]),
);
const missed = figures.filter(({ goal }) => goal?.includes('MISSED'));
const withGoal = figures.filter(({ goal }) => goal !== undefined);
console.log(`\n${figures.length} figures, ${withGoal.length} with a goal, ${missed.length} of them missed`);
if (broken.length > 0) console.log(`did not run to their end: ${broken.join(', ')}`);
process.exitCode = broken.length > 0 ? 1 : 0;

/** Its own tables are kept for the case that it breaks. */
function run({ file, args, quick }: Bench, figuresFile: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL(file, import.meta.url)), ...(options.quick ? quick : args)],
    {
      env: { ...process.env, FIGURES_FILE: figuresFile },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}
