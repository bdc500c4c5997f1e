import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { figure } from '../../scripts/figures.ts';
import { startChild, type Child, type Numbers } from './child.ts';
import { explainFinding, fill, type Finding } from './jobs/finding.ts';
import { contenders, makeHome, type ContenderName, type Item } from './jobs/home.ts';
import { shown, table } from './report.ts';
import { median, medianRatio, seededRandom, shuffled, type Interval } from './statistics.ts';

/** `npm run bench:jobs`: our outbox beside a bare pg-boss worker and a plain loop. It only prints; no time fails it. */
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '15' },
    pending: { type: 'string', default: '100000' },
    due: { type: 'string', default: '10000' },
    rows: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    part: { type: 'string', multiple: true },
    profile: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(`npm run bench:jobs -- [options]
  --part P      drain, lateness, finding or idle; may be given more than once (default all)
  --rounds N    rounds of drain, each contender once in each; a third as many of lateness (default 7)
  --seconds S   of lateness for each contender in a round (default 15)
  --pending N   rows that wait during the drain (default 100000); --due N of them at once (default 10000)
  --rows N      rows of the larger table in finding (default 1000000)
  --seed N      order of the contenders, places of the posts, and the intervals (default 1)
  --profile DIR writes a CPU profile of each worker there (its figures are then a little worse)`);
  process.exit(0);
}
const serverUrl = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test';
const [rounds, seconds, pending, due, seed] = [
  options.rounds,
  options.seconds,
  options.pending,
  options.due,
  options.seed,
].map(Number) as [number, number, number, number, number];
const wanted = (part: string): boolean => !options.part || options.part.includes(part);
const random = seededRandom(seed);

const home = await makeHome(serverUrl);
const standIn = await startChild('./jobs/stand-in.ts');
const serviceUrl = `http://127.0.0.1:${standIn.port}`;
const children = new Set<Child>();
let lastKey = 0;
process.once('SIGINT', () => void cleanUp().finally(() => process.exit(130)));
try {
  console.log(
    `Node ${process.version}, seed ${seed}; ratios are of medians, [ ] holds 95 % of 1,000 resamplings of the rounds\n`,
  );
  if (wanted('drain') || wanted('idle')) await drainAndIdle();
  if (wanted('lateness')) await lateness();
  if (wanted('finding')) await finding();
} finally {
  await cleanUp();
}

async function cleanUp(): Promise<void> {
  await Promise.all([...children].map((child) => child.stop()));
  await standIn.stop();
  await home.drop();
}

async function start(contender: ContenderName, pace: 'on' | 'off'): Promise<Child> {
  const child = await startChild(
    './jobs/contender.ts',
    { CONTENDER: contender, PACE: pace, DATABASE_URL: home.url, STAND_IN: serviceUrl },
    options.profile
      ? [
          '--cpu-prof',
          `--cpu-prof-dir=${options.profile}`,
          `--cpu-prof-name=${contender}-${process.hrtime.bigint()}.cpuprofile`,
        ]
      : [],
  );
  children.add(child);
  return child;
}
async function stop(child: Child): Promise<void> {
  children.delete(child);
  await child.stop();
}

/** Eight tenants with 125 conversations each. */
function items(count: number, dueAt: (at: number) => number): Item[] {
  return Array.from({ length: count }, (_item, at) => {
    const tenantId = `t${Math.floor(random() * 8)}`;
    return {
      key: (lastKey += 1),
      tenantId,
      channelId: `19:${tenantId}-${Math.floor(random() * 125)}`,
      dueAt: dueAt(at),
    };
  });
}

async function posted(count: number, limitMs: number): Promise<Numbers> {
  const until = Date.now() + limitMs;
  for (;;) {
    const counts = await standIn.ask('counts');
    if ((counts['posts'] ?? 0) >= count) return counts;
    if (Date.now() > until) {
      console.log(`  only ${counts['posts']} of ${count} posts came in ${limitMs / 1_000} s`);
      return counts;
    }
    await sleep(50);
  }
}
async function reset(): Promise<void> {
  await (await fetch(`${serviceUrl}/bench/reset`, { method: 'POST' })).text();
}

async function drainAndIdle(): Promise<void> {
  for (const contender of contenders)
    await home.add(
      contender,
      items(pending - due, (at) => Date.now() + 86_400_000 + at * 1_000),
      serviceUrl,
    );
  await home.database.query('ANALYZE').catch(() => {});
  const workers = new Map<ContenderName, Child>();
  for (const contender of contenders) workers.set(contender, await start(contender, 'off'));

  if (wanted('drain')) {
    const rates = new Map<ContenderName, number[]>(contenders.map((name) => [name, []]));
    const wrong = new Map<ContenderName, number>(contenders.map((name) => [name, 0]));
    // The first round warms up and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      for (const contender of shuffled(contenders, random)) {
        await reset();
        // All of them fall due at one moment, when they are all there.
        const dueAt = Date.now() + Math.max(2_500, due / 2);
        await home.add(
          contender,
          items(due, () => dueAt),
          serviceUrl,
        );
        const behind = Date.now() - dueAt;
        if (behind > 0) console.log(`  ${contender}: the rows were there ${behind} ms too late`);
        const counts = await posted(due, 120_000);
        if (round > 0) rates.get(contender)?.push(((counts['posts'] ?? 0) / ((counts['lastAt'] ?? 0) - dueAt)) * 1_000);
        wrong.set(contender, (wrong.get(contender) ?? 0) + (counts['twice'] ?? 0) + (counts['early'] ?? 0));
        await sleep(500);
      }
      if (process.stdout.isTTY) process.stdout.write(`\rround ${round} of ${rounds} `);
    }
    const own = rates.get('ours') ?? [];
    console.log(`Drain: ${due} posts due at once, ${pending} rows pending, no pace, one process (${rounds} rounds)`);
    const rows = [['', 'posts/s', 'twice or early', 'ours / it', 'goal']];
    for (const contender of contenders) {
      const theirs = rates.get(contender) ?? [];
      const ratio = contender === 'ours' ? undefined : medianRatio(own, theirs, seed);
      if (ratio) {
        const what = `posts of a burst, against ${contender}`;
        const drained = { value: `${median(own).toFixed(0)} posts/s`, ratio: shown(ratio) };
        figure({ by: 'bench:jobs', what, ...drained, goal: atLeast(ratio, contender === 'pg-boss' ? 1 : 0.5) });
      }
      rows.push([
        contender,
        median(theirs).toFixed(0),
        String(wrong.get(contender)),
        ratio ? shown(ratio) : '',
        ratio
          ? atLeast(ratio, contender === 'pg-boss' ? 1 : 0.5)
          : wrong.get('ours') === 0
            ? 'never twice, never early: reached'
            : 'MISSED',
      ]);
    }
    console.log(`${table(rows)}\n`);
  }

  if (wanted('idle')) {
    await sleep(5_000);
    const read = () =>
      Promise.all(contenders.map(async (name) => (await workers.get(name)?.ask('cpu'))?.['seconds'] ?? 0));
    const before = await read();
    const ms = 30_000;
    await sleep(ms);
    const after = await read();
    console.log(`Idle: CPU of the process while ${pending - due} rows wait for tomorrow, ms per minute`);
    console.log(
      `${table([['', 'ms/min'], ...contenders.map((name, at) => [name, ((((after[at] ?? 0) - (before[at] ?? 0)) * 1_000 * 60_000) / ms).toFixed(0)])])}\n`,
    );
  }
  for (const child of workers.values()) await stop(child);
}

async function lateness(): Promise<void> {
  const perSecond = 100;
  const processes = 4;
  const found = new Map<ContenderName, Numbers[]>(contenders.map((name) => [name, []]));
  const times = Math.max(2, Math.round(rounds / 3));
  for (let round = 0; round < times; round += 1) {
    for (const contender of shuffled(contenders, random)) {
      const workers = await Promise.all(Array.from({ length: processes }, () => start(contender, 'on')));
      await sleep(1_500);
      await reset();
      const from = Date.now() + 2_000;
      const all = items(perSecond * seconds, (at) => from + at * (1_000 / perSecond));
      await home.add(contender, all, serviceUrl);
      await posted(all.length, seconds * 1_000 + 20_000);
      // What comes twice comes later.
      await sleep(500);
      found.get(contender)?.push(await standIn.ask('counts'));
      for (const worker of workers) await stop(worker);
    }
  }
  console.log(
    `Lateness: ${perSecond} due per second over 8 tenants and 1,000 conversations, pace on, ${processes} processes (${times} rounds of ${seconds} s)`,
  );
  const rows = [['', 'p50 ms', 'p99 ms', 'worst p99', 'max ms', 'twice', 'early', 'goal']];
  for (const contender of contenders) {
    const all = found.get(contender) ?? [];
    const of = (name: string): number[] => all.map((counts) => counts[name] ?? Number.NaN);
    const sum = (name: string): number => of(name).reduce((total, value) => total + value, 0);
    const p99 = median(of('p99'));
    const isInTime = `<= 250 ${p99 <= 250 ? 'reached' : 'MISSED'}`;
    if (contender === 'ours')
      figure({
        by: 'bench:jobs',
        what: 'lateness of 100 posts a second',
        value: `p99 ${p99.toFixed(0)} ms`,
        goal: isInTime,
      });
    rows.push([
      contender,
      median(of('p50')).toFixed(1),
      p99.toFixed(1),
      Math.max(...of('p99')).toFixed(1),
      Math.max(...of('most')).toFixed(0),
      String(sum('twice')),
      String(sum('early')),
      contender === 'ours'
        ? `p99 <= 250 ms ${p99 <= 250 ? 'reached' : 'MISSED'}; never twice, never early ${sum('twice') + sum('early') === 0 ? 'reached' : 'MISSED'}`
        : '',
    ]);
  }
  console.log(`${table(rows)}\n`);
}

async function finding(): Promise<void> {
  const [few, many] = [1_000, Number(options.rows)];
  for (const [schema, count] of [
    ['few', few],
    ['many', many],
  ] as const) {
    await home.database.query(`CREATE SCHEMA ${schema}`);
    await fill(home.url, schema, count);
  }
  const samples = { few: [] as Finding[][], many: [] as Finding[][] };
  for (let round = 0; round < Math.max(3, rounds); round += 1)
    for (const schema of shuffled(['few', 'many'] as const, random))
      samples[schema].push([...(await explainFinding(home.url, schema, 5))]);
  console.log(
    `Finding 48 due rows among ${few} and among ${many} that wait (EXPLAIN ANALYZE, BUFFERS; median of ${samples.few.length} rounds of 5)`,
  );
  const rows = [['', `ms, ${few}`, `ms, ${many}`, 'ratio', `buffers, ${few}`, `buffers, ${many}`, 'scans', 'goal']];
  const names = (samples.few[0] ?? []).map(({ name }) => name);
  const msOf = (schema: 'few' | 'many', name: string | undefined): number[] =>
    samples[schema].map((round) =>
      round.filter((one) => name === undefined || one.name === name).reduce((sum, { ms }) => sum + median(ms), 0),
    );
  const buffersOf = (schema: 'few' | 'many', name: string | undefined): number =>
    median(
      samples[schema].map((round) =>
        round.filter((one) => name === undefined || one.name === name).reduce((sum, { buffers }) => sum + buffers, 0),
      ),
    );
  for (const name of [...names, undefined]) {
    const ratio = medianRatio(msOf('many', name), msOf('few', name), seed);
    if (name === undefined) {
      const what = `finding 48 due rows among ${many}, against ${few}`;
      const took = { value: `${median(msOf('many', name)).toFixed(2)} ms`, ratio: shown(ratio) };
      figure({ by: 'bench:jobs', what, ...took, goal: atMost(ratio, 1.5) });
    }
    const scans = [
      ...new Set((samples.many.at(-1) ?? []).filter((one) => one.name === name).flatMap((one) => one.scans)),
    ];
    const isSequential = scans.some((scan) => scan.startsWith('Seq Scan'));
    rows.push([
      name ?? 'all of it',
      median(msOf('few', name)).toFixed(2),
      median(msOf('many', name)).toFixed(2),
      shown(ratio),
      String(buffersOf('few', name)),
      String(buffersOf('many', name)),
      scans.join(', '),
      name === undefined ? atMost(ratio, 1.5) : isSequential ? 'SEQUENTIAL SCAN' : 'no sequential scan: reached',
    ]);
  }
  console.log(`${table(rows)}\n`);
}

function atLeast({ value, low, high }: Interval, goal: number): string {
  return `>= ${goal.toFixed(2)} ${low >= goal ? 'reached' : value >= goal ? 'reached, within noise' : high >= goal ? 'missed, within noise' : 'MISSED'}`;
}
function atMost({ value, low, high }: Interval, goal: number): string {
  return `<= ${goal.toFixed(2)} ${high <= goal ? 'reached' : value <= goal ? 'reached, within noise' : low <= goal ? 'missed, within noise' : 'MISSED'}`;
}
