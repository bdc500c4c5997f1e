import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { FuzzReport } from './fuzz-report.ts';

/**
 * `npm run fuzz`: mutated activities for a time, in rounds of one process each (row H13). The seed of a round is printed
 * and replays it; ends with 1 when anything was found.
 */
const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    count: { type: 'string', default: '50000' },
    replay: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
if (options.help) {
  say(`npm run fuzz -- [options]
  --seconds N   new rounds are begun for so long (default 60)
  --seed S      seed of the first round, the next takes the next (default: the day)
  --count N     activities of a round (default 50000); a replay needs the same
  --replay S    one round with this seed`);
  process.exit(0);
}
const seconds = Number(options.seconds);
const count = Number(options.count);
const today = Number(new Date().toISOString().slice(0, 10).replaceAll('-', ''));
const first = Number(options.replay ?? options.seed ?? today);
if (!(seconds > 0 && count >= 100 && Number.isInteger(first)))
  throw new Error('Expected --seconds above 0, --count 100 or more, a whole number as seed');

const totals: Record<string, number> = {};
let [activities, changes, found, rounds] = [0, 0, 0, 0];
const from = performance.now();
for (let seed = first; rounds === 0 || (!options.replay && performance.now() - from < seconds * 1_000); seed += 1) {
  rounds += 1;
  const { report, output } = await round(seed);
  const problems = report
    ? [
        ...report.faults,
        ...report.changed.map((name) => `Object.prototype.${name} was changed`),
        ...(report.answered ? [] : ['afterwards the bot answered no more']),
        ...(report.crowded > report.count / 1_000 + 1 ? [`${report.crowded} turns gave up`] : []),
      ]
    : [`the process ended: ${output.slice(-2_000)}`];
  found += problems.length;
  if (report) {
    activities += report.count;
    changes += report.changes;
    for (const [status, times] of Object.entries(report.statuses)) totals[status] = (totals[status] ?? 0) + times;
    const { overHttp, direct } = report.perSecond;
    say(
      `seed ${seed}: ${report.count} activities in ${report.seconds} s (${overHttp}/s over HTTP, ${direct}/s straight), found ${problems.length}`,
    );
  }
  for (const problem of problems) say(`  ${problem}`);
  if (problems.length > 0) say(`  again: npm run fuzz -- --replay ${seed} --count ${count}`);
}
say(`${activities} activities in ${rounds} rounds, ${Math.round((performance.now() - from) / 1_000)} s`);
say(
  `HTTP ${Object.entries(totals)
    .map(([status, times]) => `${status}: ${times}`)
    .join(', ')}; steps of checks kept: ${changes}`,
);
say(found === 0 ? 'HOLDS: nothing found' : `FOUND ${found}`);
process.exitCode = found === 0 ? 0 : 1;

/** A process of its own: what would end the bot ends it. */
function round(seed: number): Promise<{ report: FuzzReport | undefined; output: string }> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', new URL('./fuzz-run.ts', import.meta.url).pathname],
    {
      env: { ...process.env, FUZZ_COUNT: String(count), FUZZ_SEED: String(seed) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let [output, complaints] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  return new Promise((resolve) =>
    child.once('close', (code) =>
      resolve(
        code === 0
          ? { report: JSON.parse(output) as FuzzReport, output }
          : { report: undefined, output: `${output}${complaints}` },
      ),
    ),
  );
}
