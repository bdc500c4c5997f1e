/**
 * Runs many seeds of the simulation on all cores: `npm run simulate -- --seeds 100000 --from 1`. `--replay 4711` runs
 * one and prints all that happens in it; `--json` prints the totals for a program. Ends with 1 on a violation.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';
import { add, merge, noTotals, tableOf, type Totals } from './totals.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    replay: { type: 'string' },
    json: { type: 'boolean', default: false },
    child: { type: 'boolean', default: false },
  },
});
/** So many seeds are handed to a process at once. */
const portion = 100;

interface Portion {
  readonly from: number;
  readonly to: number;
}

async function runPortion({ from, to }: Portion): Promise<Totals> {
  const totals = noTotals();
  for (let seed = from; seed < to; seed += 1) add(totals, await simulate(seed));
  return totals;
}

/** Hands out portions until there are none left. */
function work(child: ChildProcess, next: () => Portion | undefined, done: (totals: Totals) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const hand = (): void => {
      const more = next();
      if (more) child.send(more);
      else child.disconnect();
    };
    child.on('message', (totals: Totals) => {
      done(totals);
      hand();
    });
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`a process of the simulation ended with ${code}`)),
    );
    hand();
  });
}

async function runAll(from: number, seeds: number): Promise<void> {
  const totals = noTotals();
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1_000;
  let handed = from;
  const next = (): Portion | undefined => {
    if (handed >= from + seeds) return undefined;
    const one = { from: handed, to: Math.min(handed + portion, from + seeds) };
    handed = one.to;
    return one;
  };
  let said = 0;
  const done = (more: Totals): void => {
    merge(totals, more);
    for (const { seed, violations } of more.failed) console.error(`seed ${seed}: ${violations.join('; ')}`);
    if (values.json || seconds() - said < 10) return;
    said = seconds();
    console.error(`${totals.runs} of ${seeds} seeds, ${Math.round(totals.runs / seconds())}/s`);
  };
  const children = Array.from({ length: availableParallelism() }, () => fork(import.meta.filename, ['--child']));
  await Promise.all(children.map((child) => work(child, next, done)));
  if (values.json) console.log(JSON.stringify({ totals, seconds: seconds() }));
  else console.log(tableOf(totals, seconds()));
  const [failed] = totals.failed.sort((a, b) => a.seed - b.seed);
  if (!failed) return;
  console.error(`To see what happened: npm run simulate -- --replay ${failed.seed}`);
  console.error('Keep the seed in test/simulation/seeds.json with what it found.');
  process.exitCode = 1;
}

if (values.child)
  process.on('message', (one: Portion) => void runPortion(one).then((totals) => process.send?.(totals)));
else if (values.replay !== undefined) {
  const run = await simulate(Number(values.replay), { say: (line) => console.log(line) });
  console.log(run);
  if (run.violations.length > 0) process.exitCode = 1;
} else await runAll(Number(values.from), Number(values.seeds));
