import { parseArgs } from 'node:util';
import { atMost, figure } from '../../scripts/figures.ts';
import { startChild, type Child, type Numbers } from './child.ts';
import {
  echo,
  echoAgain,
  onPglite,
  onPostgres,
  peers,
  type Contender,
  type ContenderName,
  type Home,
} from './contenders.ts';
import { closeConnections, drive } from './load.ts';
import { installPeers } from './install-peers.ts';
import { teamsServiceUrl } from './people.ts';
import { peerLines, scenarioTable, stepLines, table } from './report.ts';
import { scenarios, type Scenario, type Target } from './scenarios.ts';
import { botSettings, channelAuthorization, newKey } from './signing.ts';
import { seededRandom, shuffled, type Sample } from './statistics.ts';

/** `npm run bench:turns`: our bot against a bare echo bot, alternately in one run. It only prints; no time fails anything. */
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    scenario: { type: 'string', multiple: true },
    signed: { type: 'boolean', default: false },
    tokens: { type: 'string', default: '1' },
    control: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    profile: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(`npm run bench:turns -- [options]
  --rounds N      rounds, each contender once in each (default 20)
  --seconds S     time for each contender and scenario in a round (default 1)
  --seed N        order of the contenders, and the intervals (default 1)
  --scenario K    card, step or text; may be given more than once (default all)
  --signed        both sides check RS256 tokens and send one (default: neither)
  --tokens N      with --signed, so many tokens in turn (default 1, as Teams sends one for an hour; ours remembers
                  100, so that with 200 it checks a signature on every turn, as the echo always does)
  --control       a second echo bot, to show how far apart two identical bots come out
  --peers         echo bots of @microsoft/agents-hosting and @microsoft/teams.apps too
  --profile DIR   writes a CPU profile of each bot there (its figures are then a little worse)`);
  process.exit(0);
}
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);
const seed = Number(options.seed);
const tokens = Number(options.tokens);
const chosen = scenarios.filter(({ key }) => !options.scenario || options.scenario.includes(key));
if (!(rounds >= 1 && seconds > 0 && tokens >= 1 && chosen.length > 0))
  throw new Error('Expected --rounds and --tokens 1 or more, --seconds above 0, a known --scenario');

interface Runner {
  readonly contender: Contender;
  readonly child: Child;
  readonly target: Target;
}

if (options.signed) process.env['BENCH_KEY'] = newKey();
const homes = [await onPostgres(), onPglite()].filter((home): home is Home => home !== undefined);
const runners: Runner[] = [];
const standIn = await startChild('./stand-in.ts');
process.once('SIGINT', () => void cleanUp().finally(() => process.exit(130)));
try {
  await startAll();
  await measure();
  await count();
} finally {
  await cleanUp();
}

async function cleanUp(): Promise<void> {
  await closeConnections();
  for (const { child } of runners) await child.stop();
  await standIn.stop();
  for (const home of homes) await home.remove();
}

async function startAll(): Promise<void> {
  const standInUrl = `http://127.0.0.1:${standIn.port}`;
  const serviceUrl = options.signed ? teamsServiceUrl : `${standInUrl}/`;
  const authorizations = options.signed
    ? Array.from({ length: tokens }, (_, at) => channelAuthorization(serviceUrl, at))
    : [];
  const env = { STAND_IN: standInUrl, LOG_LEVEL: 'info', ...(options.signed ? botSettings : {}) };
  const execArgv = [
    ...(options.signed ? ['--import', new URL('./fake-hosts.ts', import.meta.url).href] : []),
    ...(options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : []),
  ];
  if (options.peers && options.signed) {
    console.log('The peers are left out: their SDKs take their keys from other addresses, so they run unsigned only.');
  }
  const contenders = [
    echo,
    ...(options.control ? [echoAgain] : []),
    ...homes.map((home) => home.contender),
    ...(options.peers && !options.signed && installPeers() ? peers : []),
  ];
  for (const contender of contenders) {
    const child = await startChild(contender.file, { ...env, ...contender.env }, execArgv).catch((error: unknown) => {
      // The echo and ours must run; a peer that cannot is told and left out.
      if (!peers.includes(contender)) throw error;
      console.log(`${contender.name} does not run here: ${String(error)}`);
    });
    if (!child) continue;
    const url = `http://127.0.0.1:${child.port}/api/messages`;
    const target = { url, standIn: standInUrl, serviceUrl, authorizations, ours: contender.ours };
    runners.push({ contender, child, target });
  }
}

async function measure(): Promise<void> {
  console.log(
    `Node ${process.version}, ${rounds} rounds of ${seconds} s, seed ${seed}, tokens ${options.signed ? `checked (${tokens} in turn)` : 'not checked'} on both sides`,
  );
  const results = new Map(chosen.map((scenario) => [scenario.key, new Map<ContenderName, Sample[]>()] as const));
  for (const scenario of chosen) {
    for (const runner of runners.filter(({ contender }) => contender.scenarios.includes(scenario.key))) {
      if (runner.contender.ours) await scenario.check(runner.target);
      await sample(scenario, runner, Math.max(2, seconds));
      results.get(scenario.key)?.set(runner.contender.name, []);
    }
  }
  const random = seededRandom(seed);
  for (let round = 1; round <= rounds; round += 1) {
    for (const scenario of shuffled(chosen, random)) {
      for (const runner of shuffled(runners, random)) {
        results
          .get(scenario.key)
          ?.get(runner.contender.name)
          ?.push(await sample(scenario, runner, seconds));
      }
    }
    if (process.stdout.isTTY) process.stdout.write(`\rround ${round} of ${rounds} `);
  }
  console.log('\nRatios are of the totals of all rounds; [ ] holds 95 % of 1,000 resamplings of the rounds.\n');
  for (const scenario of chosen) {
    const samples = results.get(scenario.key) ?? new Map<ContenderName, Sample[]>();
    console.log(scenarioTable(scenario, samples, seed));
    for (const line of scenario.key === 'text' ? peerLines(samples, seed) : []) console.log(line);
    const messages = results.get('text')?.get('echo');
    for (const line of scenario.key === 'step' && messages ? stepLines(samples, messages, seed) : []) console.log(line);
    console.log('');
  }
}

/** One contender in one scenario of one round. What its turns leave behind is counted with them. */
async function sample(scenario: Scenario, { child, target }: Runner, duration: number): Promise<Sample> {
  const lanes = await scenario.prepare(target);
  const before = await child.ask('cpu');
  const from = performance.now();
  const { turns, latencies } = await drive({ ...target, lanes, limit: { seconds: duration } });
  const after = await child.ask('cpu');
  const elapsed = (performance.now() - from) / 1_000;
  return { turns, seconds: elapsed, cpu: (after['seconds'] ?? 0) - (before['seconds'] ?? 0), latencies };
}

/** The counters that no noise can move, over 1,000 turns of each scenario after everything above. */
async function count(): Promise<void> {
  const turns = 1_000;
  const rows = [
    ['', 'scenario', 'connector calls/turn', 'new connections', 'SQL round trips/turn', 'templates', 'expansions'],
  ];
  for (const scenario of chosen) {
    for (const { contender, child, target } of runners) {
      if (!contender.scenarios.includes(scenario.key)) continue;
      // Connections that idled through the other contenders' time are opened again here, outside the count.
      await drive({ ...target, lanes: await scenario.prepare(target), limit: { turns: 300 } });
      const lanes = await scenario.prepare(target);
      await child.ask('counts');
      const read = async (): Promise<Numbers> => ({ ...(await child.ask('counts')), ...(await standIn.ask('counts')) });
      const before = await read();
      await drive({ ...target, lanes, limit: { turns } });
      const after = await read();
      const grown = (name: string): number => (after[name] ?? Number.NaN) - (before[name] ?? Number.NaN);
      if (contender.ours) {
        const round = grown('statements') / turns;
        const what = `SQL round trips for a turn, ${scenario.title}, ${contender.name.slice('ours, '.length)}`;
        figure({ by: 'bench:turns', what, value: round.toFixed(2), goal: atMost(round, 2) });
      }
      const own = (name: string, per: number): string => (contender.ours ? String(grown(name) / per) : '-');
      rows.push([
        contender.name,
        scenario.key,
        String(grown('requests') / turns),
        String(grown('connections')),
        own('statements', turns),
        own('templates', 1),
        own('expansions', 1),
      ]);
    }
  }
  console.log(`Counters over ${turns} turns after warm-up`);
  console.log(table(rows));
  console.log(
    'Goals for ours: 1 connector call per reply, 0 new connections, at most 2 SQL round trips per turn, 0 templates.',
  );
}
