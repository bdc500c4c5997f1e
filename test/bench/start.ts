import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { atMost, figure } from '../../scripts/figures.ts';
import { startChild } from './child.ts';
import { onPglite, onPostgres, type Home } from './contenders.ts';
import { teamsServiceUrl } from './people.ts';
import { shown, table } from './report.ts';
import { questionActivity } from './scenarios.ts';
import { botSettings, channelAuthorization, newKey } from './signing.ts';
import { median, medianRatio, seededRandom, shuffled } from './statistics.ts';

/**
 * `npm run bench:start`: from the start of the process until the first question is answered, HTTP 200 and the reply
 * at the stand-in; and until `/readyz` answers, on tables that are there. Both bots run as in production, tokens
 * checked; ours is `src/main.ts` itself. It only prints.
 */
const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '15' }, seed: { type: 'string', default: '1' } },
});
const rounds = Number(options.rounds);
const seed = Number(options.seed);

/** Goal from the start of the process to ready, with tables that are there, in ms. */
const readyGoalMs = 2_000;

interface Starter {
  readonly name: string;
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  /** Ours says when it is ready; a bare bot is ready when it listens. */
  readonly readyPath: string | undefined;
  readonly goal: number | undefined;
  readonly times: number[];
  /** Until it said that it is ready; for a bare bot until it listened. */
  readonly readyTimes: number[];
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const bundles = ['main.js', 'main.mjs', 'main.cjs'].map((name) => here(`../../dist/${name}`));
process.env['BENCH_KEY'] = newKey();
const postgres = await onPostgres();
const homes = [postgres, onPglite()].filter((home): home is Home => home !== undefined);
const standIn = await startChild('./stand-in.ts');
const standInUrl = `http://127.0.0.1:${standIn.port}`;
const authorization = channelAuthorization(teamsServiceUrl);

try {
  const starters = contenders();
  // The first start makes the tables and fills the file cache; it is no figure.
  for (const starter of starters) await startOnce(starter);
  const random = seededRandom(seed);
  for (let round = 0; round < rounds; round += 1) {
    for (const starter of shuffled(starters, random)) {
      const { readyMs, answeredMs } = await startOnce(starter);
      starter.readyTimes.push(readyMs);
      starter.times.push(answeredMs);
    }
  }
  report(starters);
} finally {
  await standIn.stop();
  for (const home of homes) await home.remove();
}

function contenders(): Starter[] {
  const bare = { readyPath: undefined, goal: undefined, env: {} };
  const starters: Starter[] = [{ ...bare, name: 'echo', file: here('./echo-bot.ts'), times: [], readyTimes: [] }];
  const bundle = bundles.find((file) => existsSync(file));
  if (!bundle) console.log('No dist/main.js, so the bundled build is left out (scripts/bundle.ts makes it).');
  for (const { contender } of homes) {
    const ours = { readyPath: '/readyz', env: contender.env };
    const goal = contender.name === 'ours, PGlite' ? 2 : 1.3;
    starters.push({ ...ours, name: contender.name, file: here('../../src/main.ts'), goal, times: [], readyTimes: [] });
    if (bundle && contender.name === 'ours, PostgreSQL') {
      starters.push({
        ...ours,
        name: `${contender.name}, bundled`,
        file: bundle,
        goal: 0.9,
        times: [],
        readyTimes: [],
      });
    }
  }
  return starters;
}

/** Milliseconds from spawn until it is ready, and to the first answer. */
async function startOnce(starter: Starter): Promise<{ readyMs: number; answeredMs: number }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await fetch(`${standInUrl}/bench/record`);
  const environment = { ...process.env, ...botSettings, HOST: '127.0.0.1', PORT: String(port), STAND_IN: standInUrl };
  const from = performance.now();
  const bot = spawn(process.execPath, ['--import', new URL('./fake-hosts.ts', import.meta.url).href, starter.file], {
    env: { ...environment, ...starter.env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    await ready(bot, `${url}${starter.readyPath ?? '/'}`, starter.readyPath !== undefined);
    const readyMs = performance.now() - from;
    const headers = { 'content-type': 'application/json', authorization };
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers,
      body: questionActivity(teamsServiceUrl),
    });
    const posts = (await (await fetch(`${standInUrl}/bench/posts`)).json()) as { body: string }[];
    const answeredMs = performance.now() - from;
    if (response.status !== 200 || posts.length !== 1 || !/sev/i.test(posts[0]?.body ?? '')) {
      throw new Error(
        `${starter.name} answered ${response.status} ${await response.text()}, posted ${JSON.stringify(posts)}`,
      );
    }
    return { readyMs, answeredMs };
  } finally {
    await ended(bot);
  }
}

async function ready(bot: ChildProcess, url: string, mustSayReady: boolean): Promise<void> {
  for (;;) {
    if (bot.exitCode !== null) throw new Error(`the bot ended with ${bot.exitCode}`);
    const status = await fetch(url).then(
      async (response) => (await response.text(), response.status),
      () => 0,
    );
    if (mustSayReady ? status === 200 : status !== 0) return;
    await delay(3);
  }
}

async function ended(bot: ChildProcess): Promise<void> {
  if (bot.exitCode !== null || bot.signalCode !== null) return;
  const gone = new Promise((resolve) => bot.once('exit', resolve));
  bot.kill('SIGTERM');
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function report(starters: readonly Starter[]): void {
  const base = starters[0]?.times ?? [];
  const rows = starters.map(({ name, times, readyTimes, readyPath, goal }) => {
    const ratio = times === base ? undefined : medianRatio(times, base, seed);
    const reached = ratio && goal !== undefined ? `<= ${goal} ${ratio.value <= goal ? 'reached' : 'MISSED'}` : '';
    const most = Math.max(...readyTimes);
    const isOurs = readyPath !== undefined;
    if (isOurs && ratio) {
      const answered = { value: `${median(times).toFixed(0)} ms`, ratio: shown(ratio), goal: reached };
      figure({ by: 'bench:start', what: `start to the first answer, ${name}`, ...answered });
      const ready = { value: `${median(readyTimes).toFixed(0)} ms, at most ${most.toFixed(0)}` };
      figure({ by: 'bench:start', what: `start to ready, ${name}`, ...ready, goal: atMost(most, readyGoalMs) });
    }
    return [
      ...[name, median(times).toFixed(0), ratio ? shown(ratio) : '', reached, median(readyTimes).toFixed(0)],
      ...[most.toFixed(0), isOurs ? atMost(most, readyGoalMs) : ''],
    ];
  });
  console.log(`Start to the first answered message, Node ${process.version}, ${rounds} rounds, medians, [ ] 95 %`);
  console.log(table([['', 'ms', 'x echo', 'goal', 'ready ms', 'at most', 'goal'], ...rows]));
}
