import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { testDatabases } from '../support/databases.ts';

const root = new URL('../..', import.meta.url).pathname;
/** Row X13: 1,000 in each run, 10,000 on demand. */
const wanted = Number(process.env['INTERLEAVINGS'] ?? 1_000);

interface Report {
  readonly rounds: number;
  readonly seed: number;
  readonly seconds: number;
  readonly turns: number;
  readonly checks: number;
  /** Checks that came to an end. */
  readonly verdicts: number;
}

describe.each(testDatabases)('five engineers in one thread on $name', ({ name }) => {
  const rounds = name === 'PGlite' ? wanted : Math.ceil(wanted / 10);

  test(`never cross their answers in ${rounds} random orders, partly at the same time`, async () => {
    const program = ['test/turns/interleaving-run.ts', name, String(rounds)];
    const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: root, maxBuffer: 1e8 });
    const report = JSON.parse(stdout) as Report;
    const { seconds, turns, checks, verdicts } = report;
    console.log(
      `${rounds} interleavings on ${name} (seed ${report.seed}): ${turns} turns of ${checks} checks, ${verdicts} of them to the end, in ${seconds.toFixed(0)} s, ${Math.round(turns / seconds)} turns/s`,
    );
    expect(report.rounds).toBe(rounds);
    expect(checks).toBeGreaterThanOrEqual(5 * rounds);
    expect(verdicts).toBeGreaterThan(rounds / 5);
  }, 1_800_000);
});
