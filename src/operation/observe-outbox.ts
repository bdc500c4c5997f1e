import type { Outbox } from '../store/outbox.ts';
import type { Metrics } from './metrics.ts';

/** The same outbox; what comes of its rows, and what the auditor finds, is told to `metrics`. */
export function observeOutbox(outbox: Outbox, metrics: Metrics, now: () => number): Outbox {
  return {
    ...outbox,
    async finish(row, result, more) {
      const isKept = await outbox.finish(row, result, more);
      // Whoever has the lease by now tells of it.
      if (isKept) metrics.delivered(row.job, result.kind, Math.max(0, now() - row.dueAt.getTime()) / 1_000);
      return isKept;
    },
    async health() {
      const health = await outbox.health();
      metrics.audited(health);
      return health;
    },
  };
}
