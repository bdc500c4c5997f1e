import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { atMost, figure } from '../../scripts/figures.ts';
import { Watched } from '../soak/watched.ts';
import { slopeOf } from '../soak/slope.ts';
import { startChild } from './child.ts';
import { onPostgres } from './contenders.ts';
import { closeConnections, drive } from './load.ts';
import { teamsServiceUrl } from './people.ts';
import { table } from './report.ts';
import { scenarios, type Target } from './scenarios.ts';
import { botSettings, channelAuthorization, newKey } from './signing.ts';

/**
 * `npm run memory`: memory of our bot (PostgreSQL, tokens checked, `src/main.ts` and the bundle) after so many turns
 * beside a bare echo bot that was driven the same way, and what stays on the heap after a collection from turn to turn.
 */
const { values: options } = parseArgs({
  options: {
    turns: { type: 'string', default: '10000' },
    more: { type: 'string', default: '40000' },
    pace: { type: 'string' },
    snapshots: { type: 'string' },
    flag: { type: 'string', multiple: true },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(`npm run memory -- [options]
  --turns N        turns until the memory is compared (default 10000)
  --more N         turns after that, for the growth of the heap (default 40000)
  --pace N         at most about so many turns a second (default: as many as it can)
  --snapshots DIR  heap snapshots of ours after the turns and at the end
  --flag OPTION    an option of Node for ours; may be given more than once`);
  process.exit(0);
}
const [turns, more] = [Number(options.turns), Number(options.more)];
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const pace = options.pace === undefined ? Infinity : Number(options.pace);
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

process.env['BENCH_KEY'] = newKey();
const home = await onPostgres();
const standIn = await startChild('./stand-in.ts');
const standInUrl = `http://127.0.0.1:${standIn.port}`;

interface Measured {
  readonly name: string;
  readonly rss: number;
  readonly kept: number;
  readonly end: number;
  /** Bytes for each turn. */
  readonly slope: number | undefined;
}

/** Drives one bot through a third of each scenario, the same for all. */
async function measure(name: string, file: string, env: Readonly<Record<string, string>>): Promise<Measured> {
  const isOurs = name !== 'echo';
  const bot = await Watched.start({
    file,
    env: { ...botSettings, LOG_LEVEL: 'info', STAND_IN: standInUrl, BENCH_KEY: process.env['BENCH_KEY'] ?? '', ...env },
    imports: [new URL('./fake-hosts.ts', import.meta.url).href],
    flags: isOurs ? (options.flag ?? []) : [],
    ...(isOurs ? { readyPath: '/readyz' } : {}),
  });
  const target: Target = {
    url: `${bot.url}/api/messages`,
    standIn: standInUrl,
    serviceUrl: teamsServiceUrl,
    authorizations: [channelAuthorization(teamsServiceUrl)],
    ours: isOurs,
  };
  let done = 0;
  const turn = async (count: number): Promise<void> => {
    for (const scenario of scenarios) {
      const part = Math.round(count / scenarios.length);
      const most = Number.isFinite(pace) ? 100 : part;
      for (let left = part; left > 0; left -= most) {
        const lanes = await scenario.prepare(target);
        const rest = delay((Math.min(left, most) / pace) * 1_000);
        await drive({ ...target, lanes, limit: { turns: Math.min(left, most) } });
        await rest;
      }
      done += part;
    }
    bot.takeLog();
  };
  try {
    // Unlike at the end, nothing is collected by hand on the way: that would hide what the process takes by itself.
    await turn(turns);
    const first = await bot.look();
    if (isOurs && options.snapshots) await bot.snapshot(`${options.snapshots}/${name}-first.heapsnapshot`);
    const points: (readonly [number, number])[] = [];
    let last = first;
    for (const until = done + more; isOurs && done < until;) {
      await turn(Math.min(5_000, more));
      last = await bot.look();
      points.push([done, last.heapKept]);
    }
    if (isOurs && options.snapshots) await bot.snapshot(`${options.snapshots}/${name}-last.heapsnapshot`);
    const slope = points.length > 2 ? slopeOf(points) : undefined;
    return { name, rss: first.rss, kept: first.heapKept, end: last.rss, slope };
  } finally {
    await closeConnections();
    await bot.stop();
  }
}

try {
  const echo = await measure('echo', here('./echo-bot.ts'), {});
  const bundle = here('../../dist/main.mjs');
  const ours: Measured[] = [];
  if (home) {
    ours.push(await measure('ours, PostgreSQL', here('../../src/main.ts'), home.contender.env));
    if (existsSync(bundle)) ours.push(await measure('ours, PostgreSQL, bundled', bundle, home.contender.env));
    else console.log('No dist/main.mjs, so the bundled build is left out (npm run build makes it).');
  }
  const rows = [echo, ...ours].map((one) => {
    const ratio = one.rss / echo.rss;
    const growth = one.slope === undefined ? undefined : (one.slope * 10_000) / 1e6;
    if (one !== echo) {
      const rss = { value: `${megabytes(one.rss)} MB`, ratio: ratio.toFixed(2), goal: atMost(ratio, 1.5) };
      figure({ by: 'memory', what: `memory after ${turns} turns, ${one.name}`, ...rss });
      if (growth !== undefined) {
        const grown = { value: `${growth.toFixed(2)} MB`, goal: atMost(growth, 1) };
        figure({ by: 'memory', what: `growth of the heap over 10,000 turns, ${one.name}`, ...grown });
      }
    }
    return [
      one.name,
      megabytes(one.rss),
      one === echo ? '' : ratio.toFixed(2),
      one === echo ? '' : atMost(ratio, 1.5),
      megabytes(one.kept),
      growth === undefined ? '' : growth.toFixed(2),
      growth === undefined ? '' : atMost(growth, 1),
      one === echo ? '' : megabytes(one.end),
    ];
  });
  console.log(`Memory after ${turns} turns, Node ${process.version}, MB; growth over ${more} more turns`);
  console.log(
    table([
      [
        '',
        'RSS',
        'x echo',
        'goal',
        'collected',
        'x echo',
        'heap kept',
        'growth / 10,000',
        'goal',
        `RSS after ${turns + more}`,
      ],
      ...rows,
    ]),
  );
} finally {
  await standIn.stop();
  await home?.remove();
}
