import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import type { FuzzReport } from './fuzz-report.ts';

const root = new URL('../..', import.meta.url).pathname;

test('100,000 mutated activities bring no 5xx, no crash and no error, and the bot goes on', async () => {
  // A program of its own: a rejection that nobody handles ends it, as it would end the bot.
  const run = promisify(execFile)(process.execPath, ['test/turns/fuzz-run.ts'], { cwd: root, maxBuffer: 1e8 });
  const { stdout } = await run;
  const report = JSON.parse(stdout) as FuzzReport;
  const { perSecond, statuses } = report;
  console.log(
    `${report.count} activities (seed ${report.seed}) in ${report.seconds} s: ${perSecond.overHttp}/s over HTTP, ${perSecond.direct}/s straight to the handler; HTTP ${JSON.stringify(statuses)}`,
  );
  expect(report.faults).toEqual([]);
  expect(report.changed).toEqual([]);
  expect(report.answered).toBe(true);
  expect(report.count).toBe(Number(process.env['FUZZ_COUNT'] ?? 100_000));
  expect(report.crowded).toBeLessThan(report.count / 1_000 + 1);
  // They do not only knock at the door: each hundredth at least brings a check forward.
  expect(report.changes).toBeGreaterThan(report.count / 100);
}, 600_000);
