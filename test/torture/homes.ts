import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createAlarm } from '../../src/jobs/alarm.ts';
import { createLogger } from '../../src/logger.ts';
import { openPostgres, type Database } from '../../src/store/database.ts';
import { openEmbedded } from '../../src/store/embedded-database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createOutbox } from '../../src/store/outbox.ts';
import { toDelivery, type Reminder } from './feature.ts';

/** A row of the outbox as it is at the end. */
export interface Row {
  readonly id: string;
  readonly subject: string;
  readonly state: string;
  readonly copies: number;
  readonly due_at: Date;
  readonly reason: string | null;
}

/** Where the records of a run are. */
export interface Home {
  readonly name: 'PostgreSQL' | 'PGlite';
  readonly replicas: number;
  /** What the replicas are told of it. */
  readonly env: Readonly<Record<string, string>>;
  /** Keeps reminders and sets their alarms in one transaction; missing where only the replica can. */
  readonly add?: (reminders: readonly Reminder[], serviceUrl: string) => Promise<void>;
  /** How many are neither out nor given up; missing where only the replica can look. */
  readonly open?: () => Promise<number>;
  /** All rows, when no replica runs any more. */
  rows(): Promise<readonly Row[]>;
  drop(): Promise<void>;
}

const readRows = (database: Database) =>
  database.query<Row>('SELECT id, subject, state, copies, due_at, reason FROM outbox');

/** A database of its own on the server at `url`, dropped after. */
export async function onPostgres(url: string, replicas: number): Promise<Home> {
  const name = `torture_${process.pid}_${Date.now()}`;
  const admin = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await admin(`CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const database = openPostgres(own.href, { max: 4 });
  await migrate(database);
  const alarm = createAlarm(database, createLogger('silent'));
  await alarm.start();
  const outbox = createOutbox(database, (rows, transaction) => alarm.set(rows, transaction));
  return {
    name: 'PostgreSQL',
    replicas,
    env: { DATABASE_URL: own.href },
    add: (reminders, serviceUrl) =>
      database.transaction((transaction) =>
        outbox.add(
          transaction,
          reminders.map((reminder) => toDelivery(reminder, serviceUrl)),
        ),
      ),
    async open() {
      const [row] = await database.query<{ n: string }>(
        `SELECT count(*) AS n FROM outbox WHERE state IN ('waiting', 'sending')`,
      );
      return Number(row?.n);
    },
    rows: () => readRows(database),
    async drop() {
      await alarm.stop();
      await database.close();
      await admin(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** The embedded database in a folder of its own; made from `snapshot`, a packed empty one, where that is there. */
export function onPglite(snapshot?: string): Home {
  const folder = mkdtempSync(join(tmpdir(), 'torture-'));
  if (snapshot !== undefined && existsSync(snapshot)) {
    mkdirSync(join(folder, 'pglite'), { mode: 0o700 });
    execFileSync('tar', ['xzf', snapshot, '-C', join(folder, 'pglite')]);
  }
  return {
    name: 'PGlite',
    replicas: 1,
    env: { DATA_DIR: folder },
    async rows() {
      const database = await openEmbedded(folder);
      try {
        return await readRows(database);
      } finally {
        await database.close();
      }
    },
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
