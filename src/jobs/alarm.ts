import { AsyncLocalStorage } from 'node:async_hooks';
import type { PgBoss } from 'pg-boss';
import type { Logger } from '../logger.ts';
import type { Database, Queryable } from '../store/database.ts';
import type { Alarmed } from '../store/outbox.ts';

/** An alarm that has rung: `jobId` is to be switched off when the row has been seen to. */
export interface Rung {
  readonly jobId: string;
  readonly id: string;
}

/**
 * The alarm clock of the outbox: rings a row when its time has come, in one process of many. It may ring twice or,
 * when its tables are lost, not at all; the outbox stands both.
 */
export interface Alarm {
  /** Sets alarms, in the caller's transaction where one is given. Never throws: a row without an alarm is found. */
  set(rows: readonly Alarmed[], transaction?: Queryable): Promise<void>;
  /** What rings now, the oldest promise first, at most `limit`. Nobody else gets these. */
  ring(limit: number): Promise<readonly Rung[]>;
  off(jobIds: readonly string[]): Promise<void>;
  /** Makes the tables if they are not there, and says whether it did. Throws when it cannot; may be called again. */
  start(): Promise<boolean>;
  stop(): Promise<void>;
}

const queue = 'outbox';
/** pg-boss puts the higher priority first, and takes 32 bits: seconds before a day far enough away. */
const epochSeconds = Date.UTC(2026, 0, 1) / 1_000;
const priorityOf = (dueAt: Date) => -Math.max(-2e9, Math.min(2e9, Math.floor(dueAt.getTime() / 1_000) - epochSeconds));

/** Over pg-boss, in a schema of its own beside ours, through the same pool. */
export function createAlarm(database: Database, log: Logger): Alarm {
  let boss: PgBoss | undefined;
  // What pg-boss asks on its way to an insert (its cache of queues) must go through the same transaction: PGlite has one
  // connection, and waiting for a second one inside a transaction would never end.
  const current = new AsyncLocalStorage<Queryable>();
  const db = {
    async executeSql(text: string, values: unknown[] = []) {
      const rows = await (current.getStore() ?? database).query<object>(text, values);
      // Several statements at once give no rows.
      return { rows: (rows as object[] | undefined) ?? [] };
    },
  };

  // When the clock of the database was asked, by both clocks. Ours only goes forward, and cannot be set.
  let asked = { here: -Infinity, there: 0 };
  /**
   * Rows with a later promise cannot ring yet. Without this bound the queue would look through all that wait, however
   * far ahead, each time that fewer ring than it was asked for. An hour more than enough, should a clock be set.
   */
  const lowestPriority = async (): Promise<number> => {
    if (performance.now() - asked.here > 60_000) {
      const [row] = await database.query<{ now: Date }>('SELECT now()');
      asked = { here: performance.now(), there: row?.now.getTime() ?? Date.now() };
    }
    return priorityOf(new Date(asked.there + performance.now() - asked.here + 3_600_000));
  };

  return {
    async set(rows, transaction) {
      if (!boss || rows.length === 0) return;
      const jobs = rows.map(({ id, at, dueAt }) => ({ data: { id }, startAfter: at, priority: priorityOf(dueAt) }));
      try {
        // Tables of the queue that are gone must not take the change with them, hence the savepoint.
        await transaction?.query('SAVEPOINT alarm');
        await (transaction ? current.run(transaction, () => boss?.insert(queue, jobs)) : boss.insert(queue, jobs));
        await transaction?.query('RELEASE SAVEPOINT alarm');
      } catch (error) {
        await transaction?.query('ROLLBACK TO SAVEPOINT alarm');
        log.warn({ kind: 'alarm', error }, 'alarms could not be set; the rows are found when they are due');
      }
    },
    async ring(limit) {
      if (!boss) return [];
      const jobs = await boss.fetch<{ id: string }>(queue, { batchSize: limit, minPriority: await lowestPriority() });
      return jobs.map((job) => ({ jobId: job.id, id: job.data.id }));
    },
    async off(jobIds) {
      if (boss && jobIds.length > 0) await boss.deleteJob(queue, [...jobIds]);
    },
    async start() {
      // It takes a tenth of a second to load, which the first answer shall not wait for.
      const { PgBoss: Boss } = await import('pg-boss');
      const [row] = await database.query<{ schema: string }>('SELECT current_schema() AS schema');
      const fresh = new Boss({
        db,
        schema: row?.schema === 'public' ? 'pgboss' : `${row?.schema ?? 'public'}_boss`,
        backend: database.kind === 'pglite' ? 'pglite' : 'postgres',
        schedule: false,
        superviseIntervalSeconds: 10,
        monitorIntervalSeconds: 10,
        reindex: false,
        monitorVacuum: false,
      });
      fresh.on('error', (error) => log.warn({ kind: 'alarm', error }, 'the queue had a problem'));
      await boss?.stop({ graceful: false }).catch(() => {});
      boss = undefined;
      const isNew = !(await fresh.isInstalled());
      await fresh.start();
      await fresh.createQueue(queue, { retryLimit: 5, retryDelay: 1, expireInSeconds: 60, deleteAfterSeconds: 3_600 });
      boss = fresh;
      return isNew;
    },
    async stop() {
      await boss?.stop({ graceful: false }).catch(() => {});
      boss = undefined;
    },
  };
}
