import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { planOf } from './plan.ts';
import { simulate } from './simulate.ts';
import { tableOf, type Totals } from './totals.ts';

const root = new URL('../..', import.meta.url).pathname;
/** Seeds that once failed, and what each found. */
const kept = JSON.parse(readFileSync(new URL('./seeds.json', import.meta.url), 'utf8')) as {
  readonly seed: number;
  readonly found: string;
}[];
const seeds = Number(process.env['SIMULATION_SEEDS'] ?? 2_000);

test(`nothing is lost, early, too fast or there a third time in ${seeds} simulated runs`, async () => {
  // A program of its own, as `npm run simulate`: it uses all cores, and nothing of the test runner is in its way.
  const run = promisify(execFile);
  const args = ['test/simulation/run.ts', '--seeds', String(seeds), '--json'];
  // It ends with 1 on a violation; the totals say which.
  const { stdout } = await run(process.execPath, args, { cwd: root, maxBuffer: 1e8 }).catch(
    (error: unknown) => error as { stdout: string },
  );
  const { totals, seconds } = JSON.parse(stdout) as { totals: Totals; seconds: number };
  console.log(tableOf(totals, seconds));
  expect(totals.failed.slice(0, 3)).toEqual([]);
  expect(totals.runs).toBe(seeds);
  // It does not only idle: each kind of fault has occurred, and posts went out all the same.
  expect(totals.faults['kill']).toBeGreaterThan(seeds);
  expect(totals.faults['clock jump']).toBeGreaterThan(seeds / 2);
  expect(totals.posts).toBeGreaterThan(seeds * 5);
}, 300_000);

test('one seed is one run, to the letter', async () => {
  const once = async () => {
    const lines: string[] = [];
    const run = await simulate(7, { say: (line) => void lines.push(line) });
    return { run, lines };
  };
  expect(planOf(7)).toEqual(planOf(7));
  const [first, second] = [await once(), await once()];
  expect(first.lines.length).toBeGreaterThan(50);
  expect(second).toEqual(first);
});

if (kept.length > 0)
  test.each(kept)('seed $seed stays mended: $found', async ({ seed }) => {
    expect((await simulate(seed)).violations).toEqual([]);
  });
