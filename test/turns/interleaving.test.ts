import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { testDatabases } from '../support/databases.ts';

const root = new URL('../..', import.meta.url).pathname;
/** Row X13: 1,000 in each run, 10,000 on demand. */
const wanted = Number(process.env['INTERLEAVINGS'] ?? 1_000);
const seed = Number(process.env['INTERLEAVING_SEED'] ?? 1);

interface Report {
  readonly rounds: number;
  readonly seconds: number;
  readonly turns: number;
  readonly checks: number;
  /** Checks that came to an end. */
  readonly ended: number;
}

async function run(database: string, rounds: number, from: number): Promise<Report> {
  const program = ['test/turns/interleaving-run.ts', database, String(rounds), String(from)];
  const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: root, maxBuffer: 1e8 });
  return JSON.parse(stdout) as Report;
}

describe.each(testDatabases)('five engineers in one thread on $name', ({ name }) => {
  const rounds = name === 'PGlite' ? wanted : Math.ceil(wanted / 10);

  test(`never cross their answers in ${rounds} random orders, partly at the same time`, async () => {
    const half = Math.ceil(rounds / 2);
    const reports = await Promise.all([run(name, half, seed), run(name, rounds - half, seed + 1)]);
    const sum = (what: keyof Report) => reports.reduce((total, report) => total + report[what], 0);
    const seconds = Math.max(...reports.map((report) => report.seconds));
    console.log(
      `${rounds} interleavings on ${name} (seeds ${seed} and ${seed + 1}): ${sum('turns')} turns of ${sum('checks')} checks, ${sum('ended')} of them to the end, in ${seconds.toFixed(0)} s, ${Math.round(sum('turns') / seconds)} turns/s`,
    );
    expect(sum('rounds')).toBe(rounds);
    expect(sum('checks')).toBeGreaterThanOrEqual(5 * rounds);
    expect(sum('ended')).toBeGreaterThan(rounds / 5);
  }, 1_800_000);
});
