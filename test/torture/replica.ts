import { enableCompileCache } from 'node:module';
import type { Reminder } from './feature.ts';

// A replica is started hundreds of times in a run; most of a start is the reading of modules.
enableCompileCache();

/** What the runner tells a replica. `go` may come long after the start: until then it is a spare that has all but begun. */
export type Order =
  | { readonly kind: 'go'; readonly serviceUrl: string }
  | { readonly kind: 'add'; readonly batch: number; readonly reminders: readonly Reminder[] }
  /** How many rows are neither out nor given up? */
  | { readonly kind: 'open?' }
  | { readonly kind: 'stop' };

/** What it tells the runner. */
export type Report =
  | { readonly kind: 'warm' }
  /** It runs; `subjects` are the rows that it found, on the embedded database only. */
  | { readonly kind: 'ready'; readonly subjects?: readonly string[] }
  | { readonly kind: 'added'; readonly batch: number }
  | { readonly kind: 'open'; readonly count: number }
  | { readonly kind: 'took'; readonly subject: string }
  /** It heard no clear answer to the post of this row. */
  | { readonly kind: 'unclear'; readonly id: string }
  | { readonly kind: 'flagged'; readonly subject: string };

const { createApp } = await import('../../src/app.ts');
const { localIdentity } = await import('../../src/bot/identity.ts');
const { createLogger } = await import('../../src/logger.ts');
const { loadPlaybook } = await import('../../src/playbook/load.ts');
const { openPostgres } = await import('../../src/store/database.ts');
const { openEmbedded } = await import('../../src/store/embedded-database.ts');
const { loadUnderstanding } = await import('../../src/understanding/load.ts');
const { toDelivery, tortureFeature } = await import('./feature.ts');
await import('pg-boss');

const name = process.env['REPLICA'] ?? 'replica';
const databaseUrl = process.env['DATABASE_URL'];
const report = (what: Report): void => void process.send?.(what);
const readLog = (line: string): void => {
  if (process.env['LOG_LEVEL'] !== undefined) process.stdout.write(line);
  const { outcome, correlationId } = JSON.parse(line) as { outcome?: string; correlationId?: string };
  if (outcome === 'unclear') report({ kind: 'unclear', id: correlationId as string });
};
const [playbook, understanding] = [loadPlaybook(), loadUnderstanding()];
if (databaseUrl === undefined) await import('@electric-sql/pglite');

const go = async (serviceUrl: string): Promise<void> => {
  const database = databaseUrl ? openPostgres(databaseUrl) : await openEmbedded(process.env['DATA_DIR'] as string);
  const app = createApp({
    identity: localIdentity(),
    database,
    playbook,
    understanding,
    ...(process.env['SEND_TIMEOUT_MS'] ? { sendTimeoutMs: Number(process.env['SEND_TIMEOUT_MS']) } : {}),
    log: createLogger((process.env['LOG_LEVEL'] ?? 'warn') as 'warn', { write: readLog }),
    moreFeatures: [
      tortureFeature(
        name,
        ({ subject }) => report({ kind: 'took', subject }),
        ({ subject }) => report({ kind: 'flagged', subject }),
      ),
    ],
  });
  const countOpen = async () =>
    (await database.query(`SELECT FROM outbox WHERE state IN ('waiting', 'sending')`)).length;
  process.on('message', (order: Order) => {
    if (order.kind === 'stop') void app.stop(5_000).then(() => process.exit(0));
    if (order.kind === 'open?') void countOpen().then((count) => report({ kind: 'open', count }));
    if (order.kind !== 'add') return;
    const rows = order.reminders.map((reminder) => toDelivery(reminder, serviceUrl));
    // What fails is not told: the runner takes it for not kept, as the engineer would whom nobody answered.
    database
      .transaction((transaction) => app.outbox.add(transaction, rows))
      .then(
        () => report({ kind: 'added', batch: order.batch }),
        () => {},
      );
  });
  await app.start(0, '127.0.0.1');
  await app.ready;
  if (databaseUrl) return report({ kind: 'ready' });
  const found = await database.query<{ subject: string }>('SELECT subject FROM outbox');
  report({ kind: 'ready', subjects: found.map(({ subject }) => subject) });
};

process.once('message', (order: Order) => {
  if (order.kind === 'go') void go(order.serviceUrl);
});
// A run that was killed leaves nobody behind.
process.on('disconnect', () => process.exit(0));
report({ kind: 'warm' });
