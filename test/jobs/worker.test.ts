import { createWorker } from '../../src/jobs/worker.ts';
import { createLogger } from '../../src/logger.ts';

/** A worker on rows that are due at given times, in virtual ms; every question to the database takes 3 ms. */
async function timesTaken(dueAt: readonly number[], untilMs: number): Promise<Map<string, number>> {
  let now = 0;
  const planned: { at: number; run: () => void }[] = [];
  const after = (ms: number, run: () => void) => {
    const one = { at: now + ms, run };
    planned.push(one);
    return () => void (planned.includes(one) && planned.splice(planned.indexOf(one), 1));
  };
  const trip = () => new Promise<void>((resolve) => after(3, resolve));
  const rows = new Map(dueAt.map((at, n) => [`row ${n}`, at]));
  const taken = new Map<string, number>();
  const worker = createWorker({
    log: createLogger('silent'),
    timers: { now: () => now, after },
    alarm: {
      start: async () => false,
      stop: async () => {},
      set: async () => {},
      off: async () => {},
      async ring(limit) {
        const asked = now;
        await trip();
        const due = [...rows].filter(([id, at]) => at <= asked && !taken.has(id)).slice(0, limit);
        return due.map(([id]) => ({ id, jobId: id }));
      },
    },
    outbox: {
      setAlarms: async () => {},
      lost: async () => [],
      health: async () => ({ late: 0, oldestLate: undefined, parked: 0, unconfirmed: 0 }),
      async msToNext(limitMs) {
        const asked = now;
        await trip();
        const coming = [...rows.values()].filter((at) => at > asked);
        return Math.min(limitMs, Math.min(...coming, Infinity) - asked);
      },
    },
    sender: {
      take: async (ids) => ids.forEach((id) => taken.set(id, now)),
      takeDue: async () => 0,
      busy: 0,
      slow: () => 0,
      freed: async () => {},
      paused: async () => false,
      settle: async () => {},
    },
  });
  worker.start();
  while (now < untilMs) {
    // All that follows without waiting comes first.
    for (let at = 0; at < 20; at += 1) await new Promise((resolve) => setImmediate(resolve));
    planned.sort((a, b) => a.at - b.at);
    const next = planned.shift();
    if (!next) break;
    now = Math.max(now, next.at);
    next.run();
  }
  void worker.stop();
  return taken;
}

test('whatever the moment at which a row falls due, it is taken some round trips later and not a poll later', async () => {
  // Each alone, four seconds from the others, and each a millisecond later in the round of the worker.
  const dueAt = Array.from({ length: 12 }, (_item, n) => 5_000 + n * 4_001);
  const taken = await timesTaken(dueAt, 60_000);
  dueAt.forEach((at, n) => expect((taken.get(`row ${n}`) ?? Infinity) - at).toBeLessThanOrEqual(12));
  // And pairs: the second falls due while the first is looked for.
  const pairs = Array.from({ length: 12 }, (_item, n) => [5_000 + n * 4_000, 5_000 + n * 4_000 + n]).flat();
  const both = await timesTaken(pairs, 60_000);
  pairs.forEach((at, n) => expect((both.get(`row ${n}`) ?? Infinity) - at).toBeLessThanOrEqual(20));
});
