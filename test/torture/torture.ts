import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../bench/statistics.ts';
import { StrictConnector } from '../support/strict-connector.ts';
import { judge, type Kill, type Verdict } from './checks.ts';
import { darkPhases, seededFaults } from './faults.ts';
import { readText, type Reminder } from './feature.ts';
import type { Home } from './homes.ts';
import { Replicas, send, type Replica } from './replicas.ts';

export interface TortureOptions {
  readonly home: Home;
  readonly kills: number;
  readonly seed: number;
  /** Reminders for each kill. */
  readonly perKill?: number;
  /** Kills both replicas at once now and then. */
  readonly both?: boolean;
  /** Mean time between dark phases of the connector; 0 for none. */
  readonly darkEveryMs?: number;
  /** Time limit of a send, where a short run cannot wait for the usual 8 s. */
  readonly sendTimeoutMs?: number;
  /** Most time for the last rows to settle. */
  readonly settleMs?: number;
  readonly onKill?: (count: number) => void;
}

const tenants = 8;
const channelsOfEach = 60;

/** Runs replicas on a failing connector, kills them again and again, and says what became of every reminder. */
export async function torture(options: TortureOptions): Promise<Verdict> {
  const { home } = options;
  const random = seededRandom(options.seed);
  const connector = await new StrictConnector({ faults: seededFaults(seededRandom(options.seed + 1)) }).start();
  const kept: Reminder[] = [];
  const kills: Kill[] = [];
  const vanished = new Set<string>();
  /** What each process has said that it took. */
  const taken = new Map<string, Set<string>>();
  const waiting = new Map<number, Reminder[]>();
  const unclear = new Set<string>();
  let openThere = Infinity;

  const replicas = new Replicas({
    count: home.replicas,
    env: {
      ...home.env,
      ...(options.sendTimeoutMs === undefined ? {} : { SEND_TIMEOUT_MS: String(options.sendTimeoutMs) }),
    },
    serviceUrl: connector.serviceUrl,
    onReport(from, report) {
      if (report.kind === 'took') {
        const own = taken.get(from.name) ?? new Set();
        taken.set(from.name, own.add(report.subject));
      }
      if (report.kind === 'unclear') unclear.add(report.id);
      if (report.kind === 'open') openThere = report.count;
      if (report.kind === 'added') {
        kept.push(...(waiting.get(report.batch) ?? []));
        waiting.delete(report.batch);
      }
      if (report.kind !== 'ready' || !report.subjects) return;
      const found = new Set(report.subjects);
      for (const { subject } of kept) if (!found.has(subject)) vanished.add(subject);
      // What was not confirmed may be there or not: adding it again must do no harm.
      for (const [batch, reminders] of waiting) send(from.child, { kind: 'add', batch, reminders });
    },
  });

  let [count, batches] = [0, 0];
  const add = async (): Promise<void> => {
    const reminders = Array.from({ length: options.perKill ?? 20 }, (): Reminder => {
      count += 1;
      const tenantId = `t${Math.floor(random() * tenants)}`;
      const channel = `19:${tenantId}-c${Math.floor(random() * channelsOfEach)}`;
      return {
        subject: `r${count}`,
        tenantId,
        conversationId: random() < 0.5 ? channel : `${channel};messageid=${1 + Math.floor(random() * 3)}`,
        dueAt: Date.now() + 100 + Math.floor(random() * 3_000),
      };
    });
    if (home.add) {
      await home.add(reminders, connector.serviceUrl);
      kept.push(...reminders);
    } else {
      waiting.set((batches += 1), reminders);
      const [only] = replicas.running;
      if (only?.isReady) send(only.child, { kind: 'add', batch: batches, reminders });
    }
  };

  const postsOf = ({ name }: Replica) =>
    connector.asked.filter(({ method, text }) => method === 'POST' && readText(text).by === name);
  const openPosts = (replica: Replica): number => {
    let open = 0;
    // The newest are at the end, and none stays open for longer than ten seconds.
    for (let at = connector.asked.length - 1; at >= 0; at -= 1) {
      const asked = connector.asked[at]!;
      if (asked.at < Date.now() - 10_000) break;
      if (asked.open && asked.method === 'POST' && readText(asked.text).by === replica.name) open += 1;
    }
    return open;
  };
  const kill = async (slot: number, restart: boolean): Promise<void> => {
    const victim = replicas.running[slot] as Replica;
    const at = Date.now();
    const inFlight = openPosts(victim);
    const answered = new Set(
      postsOf(victim)
        .filter(({ status }) => status !== undefined)
        .map(({ text }) => readText(text).subject),
    );
    const held = [...(taken.get(victim.name) ?? [])].filter((subject) => !answered.has(subject));
    kills.push({ name: victim.name, at, inFlight, held });
    options.onKill?.(kills.length);
    await replicas.kill(slot, restart);
  };

  const dark = darkPhases(connector, seededRandom(options.seed + 2), options.darkEveryMs ?? 30_000);
  let settled = true;
  try {
    await replicas.start();
    while (kills.length < options.kills) {
      await add();
      await replicas.allReady();
      // One process alone needs a moment to get anything done at all.
      await sleep((100 + random() * 700) * (home.replicas > 1 ? 1 : 2));
      const slot = Math.floor(random() * home.replicas);
      // Half of them strike in the middle of a post, if one comes along.
      for (let ms = 0; kills.length % 2 === 0 && ms < 300; ms += 2) {
        if (openPosts(replicas.running[slot] as Replica) > 0) break;
        await sleep(2);
      }
      if (options.both && home.replicas > 1 && random() < 0.2) {
        await Promise.all(replicas.running.map((_replica, each) => kill(each, false)));
        await Promise.all(replicas.running.map((_replica, each) => replicas.restart(each)));
      } else await kill(slot, true);
    }
    await dark.stop();
    await replicas.allReady();
    settled = await settle();
  } finally {
    await dark.stop();
    await replicas.stop();
    await connector.stop();
  }
  const verdict = judge({
    kills,
    kept,
    unclear,
    rows: await home.rows(),
    connector,
    dark: dark.spans,
    died: replicas.died,
    vanished: [...vanished],
  });
  return settled ? verdict : { ...verdict, violations: ['the rows did not settle in time', ...verdict.violations] };

  /** Waits until every row is out or given up: two leases, two pauses, and the pace. */
  async function settle(): Promise<boolean> {
    const until = Date.now() + (options.settleMs ?? 120_000);
    for (let quiet = 0; Date.now() < until;) {
      await sleep(500);
      const [only] = replicas.running;
      if (!home.open && only) send(only.child, { kind: 'open?' });
      const open = home.open ? await home.open() : openThere;
      quiet = open === 0 ? quiet + 1 : 0;
      if (quiet >= 3 && waiting.size === 0) return true;
    }
    return false;
  }
}
