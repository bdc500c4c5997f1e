import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { table } from '../bench/report.ts';
import type { Verdict } from './checks.ts';
import { onPglite, onPostgres, type Home } from './homes.ts';
import { torture } from './torture.ts';

/** `npm run torture`: real processes, real SIGKILLs, a connector that fails; ends with 1 if a promise was broken. */
const { values: options } = parseArgs({
  options: {
    kills: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    both: { type: 'boolean', default: false },
    pglite: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(`npm run torture -- [options]
  --kills N    SIGKILLs (default 300; 100 with --pglite); 20 reminders for each
  --seed N     of faults and times (default another each time; what the machine does is not repeated)
  --both       now and then both replicas at once
  --pglite     one process on the embedded database instead of two on PostgreSQL (TEST_DATABASE_URL)`);
  process.exit(0);
}
const url = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test';
const kills = Number(options.kills ?? (options.pglite ? 100 : 300));
const home: Home = options.pglite ? onPglite() : await onPostgres(url, 2);
process.once('SIGINT', () => void home.drop().finally(() => process.exit(130)));

const from = performance.now();
let verdict: Verdict;
try {
  verdict = await torture({
    home,
    kills,
    seed: Number(options.seed),
    both: options.both,
    onKill: (count) => void (process.stdout.isTTY && process.stdout.write(`\rkill ${count} of ${kills} `)),
  });
} finally {
  await home.drop();
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
console.log(
  `\n${new Date().toISOString().slice(0, 10)}, commit ${commit}, Node ${process.version}: npm run torture -- ${process.argv.slice(2).join(' ')} (seed ${options.seed}), ${Math.round((performance.now() - from) / 1_000)} s\n`,
);
console.log(
  table([
    ['', `${home.name}, ${home.replicas} process${home.replicas > 1 ? 'es' : ''}`],
    ...Object.entries(verdict.figures).map(([name, figure]) => [name, String(figure)]),
  ]),
);
console.log(
  verdict.violations.length === 0
    ? '\nEvery promise was kept.'
    : `\nBROKEN:\n${verdict.violations.slice(0, 30).join('\n')}`,
);
process.exit(verdict.violations.length === 0 ? 0 : 1);
