import { fork } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Latencies } from '../bench/statistics.ts';
import type { Day } from './day.ts';
import type { FloodCount, FloodOrder } from './flooder.ts';
import type { Watched } from './watched.ts';

export interface FloodRun {
  readonly bot: Watched;
  /** Engineers at work meanwhile. */
  readonly day: Day;
  readonly rps: number;
  readonly say: (line: string) => void;
  readonly complaintsIn: (log: readonly string[]) => string[];
}

interface Stage {
  readonly name: string;
  readonly seconds: number;
  readonly order?: Omit<FloodOrder, 'url' | 'seconds'>;
  /** What the flood may be answered with. */
  readonly allowed?: readonly number[];
  /** Most ms for 99 % of the turns of the engineers (row H9); none where they may be turned away. */
  readonly goal?: number;
}

/**
 * Row H9: engineers at work, a flood of 1,000 requests a second without a token, a flood of signed turns on more
 * connections than it takes turns at once, and the engineers again. It may turn signed turns away (503: Teams sends
 * them again), but nobody else; and afterwards everything is as it was.
 */
export async function flood({ bot, day, rps, say, complaintsIn }: FloodRun): Promise<boolean> {
  const unsigned = { authorization: undefined, connections: 200, rps: 1_000 };
  const stages: readonly Stage[] = [
    { name: 'warming up', seconds: 10 },
    { name: 'engineers alone', seconds: 15, goal: 1_000 },
    {
      name: '1,000 a second, no token',
      seconds: 15,
      order: { ...unsigned, body: day.floodBody() },
      allowed: [401],
      goal: 1_000,
    },
    {
      name: '1,000 a second, token of nobody',
      seconds: 15,
      order: { ...unsigned, authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln', body: day.floodBody() },
      allowed: [401],
      goal: 1_000,
    },
    {
      name: '600 signed turns at once',
      seconds: 10,
      order: { authorization: day.authorization(), connections: 600, body: day.floodBody() },
      allowed: [200, 503],
    },
    { name: 'engineers again', seconds: 15, goal: 1_000 },
  ];
  let isOk = true;
  const before = await bot.look();
  for (const { name, seconds, order, allowed = [], goal } of stages) {
    day.latencies = new Latencies();
    day.turns = 0;
    const flooding = order && sendFlood({ ...order, url: `${bot.url}/api/messages`, seconds });
    const under: Promise<void>[] = [];
    for (const until = performance.now() + seconds * 1_000; performance.now() < until; await delay(1_000 / rps))
      under.push(day.turn().catch((error: unknown) => void day.faults.push(String(error))));
    const counted = await flooding;
    await Promise.all(under);
    const faults = day.faults.splice(0);
    // While signed turns flood it, those of the engineers may be turned away as well.
    const failed =
      order?.authorization !== undefined && allowed.includes(503)
        ? faults.filter((one) => !one.endsWith('HTTP 503'))
        : faults;
    const p99 = Latencies.quantile([day.latencies], 0.99);
    const others = Object.keys(counted?.statuses ?? {}).filter((status) => !allowed.includes(Number(status)));
    const good = failed.length + others.length === 0 && (goal === undefined || p99 <= goal);
    isOk &&= good;
    const look = await bot.look();
    say(
      `${name.padEnd(32)} engineers ${String(day.turns).padStart(4)}, p50 ${Latencies.quantile([day.latencies], 0.5).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, failed ${faults.length}; RSS ${(look.rss / 1e6).toFixed(0)} MB  ${good ? 'holds' : 'DOES NOT HOLD'}`,
    );
    if (counted)
      say(
        `${''.padEnd(32)} flood: ${Math.round(counted.sent / counted.seconds)} a second, ${Object.entries(
          counted.statuses,
        )
          .map(([status, count]) => `${count} of ${status}`)
          .join(', ')}`,
      );
    for (const fault of failed.slice(0, 5)) say(`  ${fault.slice(0, 300)}`);
  }
  const complaints = complaintsIn(bot.takeLog());
  for (const line of complaints.slice(0, 5)) say(`  log: ${line.slice(0, 300)}`);
  await delay(2_000);
  const after = await bot.look();
  const grown = (after.heapKept - before.heapKept) / 1e6;
  say(`heap after collection grew by ${grown.toFixed(1)} MB; lines of the log that complain: ${complaints.length}`);
  isOk &&= complaints.length === 0 && grown < 50;
  say(isOk ? 'HOLDS: it sheds, and recovers' : 'DOES NOT HOLD');
  return isOk;
}

function sendFlood(order: FloodOrder): Promise<FloodCount> {
  const child = fork(fileURLToPath(new URL('./flooder.ts', import.meta.url)));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the flood ended with ${code}`)));
    child.once('message', (count: FloodCount) => resolve(count));
    child.send(order);
  });
}
