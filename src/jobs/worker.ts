import type { Logger } from '../logger.ts';
import type { Outbox, OutboxHealth } from '../store/outbox.ts';
import type { Alarm } from './alarm.ts';
import type { Sender } from './sender.ts';

export interface WorkerOptions {
  readonly outbox: Pick<Outbox, 'msToNext' | 'lost' | 'setAlarms' | 'health'>;
  readonly alarm: Alarm;
  readonly sender: Sender;
  readonly log: Logger;
  /**
   * One post after the other, as long as Teams answers: each that is under way when the process dies may come twice.
   * Those that take long are not waited for.
   */
  readonly oneByOne?: boolean;
  /** So many alarms that ring together are a burst (default 64). */
  readonly burst?: number;
  /** What it waits by; only the simulation gives one of its own. */
  readonly timers?: Timers;
}

export interface Timers {
  /** A clock that only goes forward, in ms. */
  now(): number;
  /** Runs it in so many ms, unless the function that is given back is called before; `background` keeps no process up. */
  after(ms: number, run: () => void, background?: boolean): () => void;
}

const realTimers: Timers = {
  now: () => performance.now(),
  after(ms, run, background = false) {
    const timer = setTimeout(run, ms);
    if (background) timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Keeps the outbox moving: wakes for the next row that is due, and finds what was lost. */
export interface Worker {
  /** Never throws: what is not there yet is waited for. */
  start(): void;
  /** Something may be due now. */
  wake(): void;
  /** Takes nothing new and waits for what is under way. */
  stop(): Promise<void>;
  /** Sends all that is due, and waits for it; for tests, which move the clock. */
  drain(): Promise<void>;
  /** As the auditor found it last. */
  readonly health: OutboxHealth | undefined;
  /** Looks at once. */
  audit(): Promise<OutboxHealth>;
}

/** Rows that another process kept are seen so soon; most ring before, since their time was known. */
const pollMs = 1_000;
const sweepEveryMs = 2_000;
const auditEveryMs = 60_000;
const atOnce = 256;
/** Under load it takes many at a time: when half of the places are free again, or so long after the first. */
const gatherMs = 10;
/** Alarms are switched off so many at a time, or when nothing rings any more. */
const offAtOnce = 256;
const startAfterMs = 300;
/** What takes longer than that holds up no others. */
const slowMs = 100;

export function createWorker(options: WorkerOptions): Worker {
  const { outbox, alarm, sender, log, timers = realTimers, burst = 64 } = options;
  let stopping = false;
  let alarmIsSet = false;
  let running: Promise<void> | undefined;
  let lastSweep = -Infinity;
  let wakeUp: (() => void) | undefined;
  let woken = false;
  let health: OutboxHealth | undefined;
  let endAudits: (() => void) | undefined;

  const sleep = (ms: number): Promise<void> => {
    if (woken || stopping) {
      woken = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const cancel = timers.after(ms, done);
      function done(): void {
        cancel();
        wakeUp = undefined;
        woken = false;
        resolve();
      }
      wakeUp = done;
    });
  };

  const room = (): number => (options.oneByOne ? Math.min(atOnce, 1 + sender.slow(slowMs)) : atOnce) - sender.busy;
  /** Waits until some more are out, but not for long. */
  const within = async (ms: number, enough: () => boolean): Promise<void> => {
    let isOver = false;
    let cancel: () => void = () => {};
    const awhile = new Promise<void>((resolve) => {
      cancel = timers.after(ms, () => {
        isOver = true;
        resolve();
      });
    });
    const freed = async (): Promise<void> => {
      do await sender.freed();
      while (!isOver && !enough());
    };
    await Promise.race([freed(), awhile]);
    cancel();
  };
  const roomAgain = async (): Promise<void> => {
    if (options.oneByOne) return within(slowMs / 3, () => true);
    if (room() <= 0) await sender.freed();
    if (room() < atOnce / 2) await within(gatherMs, () => room() >= atOnce / 2);
  };

  const full = () => room() <= (options.oneByOne ? 0 : atOnce / 4);

  /** Takes what rings until nothing does, and says whether anything did. */
  const takeDue = async (): Promise<boolean> => {
    let some = false;
    const toSwitchOff: string[] = [];
    while (!stopping && !(await sender.paused())) {
      if (full()) {
        await roomAgain();
        if (room() <= 0) continue;
      }
      const rung = alarmIsSet ? await alarm.ring(options.oneByOne ? burst : room()) : [];
      if (rung.length === 0) break;
      some = true;
      toSwitchOff.push(...rung.map(({ jobId }) => jobId));
      await Promise.all([
        options.oneByOne ? undefined : sender.take([...new Set(rung.map(({ id }) => id))]),
        toSwitchOff.length >= offAtOnce ? alarm.off(toSwitchOff.splice(0)) : undefined,
      ]);
      if (options.oneByOne || rung.length >= burst) await takeBurst();
    }
    // An alarm that is left on rings once more, for nothing.
    await alarm.off(toSwitchOff);
    return some;
  };

  /**
   * Very many are due at once, or they go out one by one: then the rows are asked, not one alarm after the other, which
   * costs as much as the lease itself. Their alarms ring for nothing when all of them are out.
   */
  const takeBurst = async (): Promise<void> => {
    for (;;) {
      if (full()) await roomAgain();
      const wanted = room();
      if (stopping || (await sender.paused())) return;
      if (wanted > 0 && (await sender.takeDue(wanted)) < wanted) return;
    }
  };

  /** Takes what should have rung and did not: its alarm is gone, or whoever had it died. */
  const takeLost = async (): Promise<number> => {
    if (stopping || room() <= 0 || (await sender.paused())) return 0;
    const ids = await outbox.lost();
    if (ids.length > 0) await (options.oneByOne ? takeBurst() : sender.take(ids.slice(0, room())));
    return ids.length;
  };

  /** Does what is to be done now, and says for how many ms nothing is. */
  const step = async (): Promise<number> => {
    if (!alarmIsSet) {
      // The first time, and when its tables were lost: the rows say what is to ring.
      if (await alarm.start()) await outbox.setAlarms();
      alarmIsSet = true;
    }
    // First the time and then the look: what falls due in between ends the sleep at once, and not a second later.
    const nextAt = (await outbox.msToNext(pollMs)) + timers.now();
    const some = await takeDue();
    if (timers.now() - lastSweep >= sweepEveryMs) {
      lastSweep = timers.now();
      while ((await takeLost()) > 0) await roomAgain();
    }
    // Those that rang and have to wait for the pace have a new time.
    return some ? 0 : Math.max(0, nextAt - timers.now());
  };

  const run = async (): Promise<void> => {
    let failures = 0;
    // The first answers of a fresh process come before what it has to load for this.
    await sleep(startAfterMs);
    while (!stopping) {
      try {
        const ms = await step();
        failures = 0;
        if (ms > 0) await sleep(ms);
      } catch (error) {
        failures += 1;
        // The tables of the queue may be gone: they are made anew. Our own rows are all that counts.
        alarmIsSet = false;
        if (failures === 1 || failures % 30 === 0) log.warn({ kind: 'worker', error }, 'the worker starts over');
        await sleep(Math.min(1_000 * failures, 5_000));
        // What must go out goes out without the queue too, if only the queue is broken.
        await takeLost().catch(() => {});
      }
    }
  };

  const audit = async (): Promise<OutboxHealth> => {
    health = await outbox.health();
    if (health.late > 0) {
      log.error(
        { kind: 'auditor', count: health.late, reason: `the oldest was due at ${health.oldestLate?.toISOString()}` },
        'posts are more than two minutes late',
      );
    }
    return health;
  };

  const auditLater = (): void => {
    const look = (): void => {
      auditLater();
      audit().catch((error: unknown) => log.error({ kind: 'auditor', error }, 'the auditor cannot look'));
    };
    endAudits = timers.after(auditEveryMs, look, true);
  };

  return {
    start() {
      running ??= run();
      if (!endAudits) auditLater();
    },
    wake() {
      woken = true;
      wakeUp?.();
    },
    async stop() {
      stopping = true;
      endAudits?.();
      wakeUp?.();
      await running;
      await sender.settle();
      await alarm.stop();
    },
    async drain() {
      do await sender.settle();
      while ((await takeLost()) > 0);
    },
    audit,
    get health() {
      return health;
    },
  };
}
