import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { createAlarm } from '../../../src/jobs/alarm.ts';
import { createLogger } from '../../../src/logger.ts';
import { openPostgres, type Database } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { createOutbox } from '../../../src/store/outbox.ts';

export const contenders = ['ours', 'pg-boss', 'plain loop'] as const;
export type ContenderName = (typeof contenders)[number];

/** A post of the benchmark. */
export interface Item {
  readonly key: number;
  readonly tenantId: string;
  readonly channelId: string;
  /** ms since 1970 */
  readonly dueAt: number;
}

export const textOf = (key: number | string, dueAt: number): string => `${key}:${dueAt}`;

/** The schema of the bare pg-boss worker; ours has its own. */
export const bareSchema = 'bare_boss';

/** A database of its own for all contenders, each with its own tables. */
export interface JobsHome {
  readonly url: string;
  readonly database: Database;
  /** Gives a contender items to post. */
  add(contender: ContenderName, items: readonly Item[], serviceUrl: string): Promise<void>;
  drop(): Promise<void>;
}

export async function makeHome(serverUrl: string): Promise<JobsHome> {
  const name = `bench_jobs_${process.pid}_${Date.now()}`;
  const admin = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 2_000 });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await admin(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const database = openPostgres(url.href, { max: 2 });
  await migrate(database);
  await database.query(`
    CREATE TABLE plain (
      id bigint PRIMARY KEY, tenant_id text NOT NULL, channel_id text NOT NULL, due_at timestamptz NOT NULL,
      state text NOT NULL DEFAULT 'waiting'
    ) WITH (fillfactor = 70)`);
  await database.query(`CREATE INDEX plain_due ON plain (due_at) WHERE state = 'waiting'`);
  // The pace of the other two, as ours has it.
  await database.query(`
    CREATE TABLE paced (tenant_id text, channel_id text, paced_to timestamptz NOT NULL DEFAULT '-infinity',
      PRIMARY KEY (tenant_id, channel_id)) WITH (fillfactor = 70)`);

  const alarm = createAlarm(database, createLogger('warn'));
  await alarm.start();
  const outbox = createOutbox(database, (rows, transaction) => alarm.set(rows, transaction));
  const bare = new PgBoss({ connectionString: url.href, schema: bareSchema, max: 2, schedule: false });
  bare.on('error', (error) => console.error(error));
  await bare.start();
  await bare.createQueue('post', { retryLimit: 5 });

  const addSome = async (contender: ContenderName, items: readonly Item[], serviceUrl: string): Promise<void> => {
    if (contender !== 'ours')
      await database.query(
        `INSERT INTO paced (tenant_id, channel_id)
         SELECT DISTINCT tenant_id, channel_id FROM (
           SELECT tenant_id, channel_id FROM json_to_recordset($1::json) AS t(tenant_id text, channel_id text)
           UNION ALL SELECT tenant_id, '' FROM json_to_recordset($1::json) AS t(tenant_id text)
         ) both_levels ON CONFLICT DO NOTHING`,
        [JSON.stringify(items.map(({ tenantId, channelId }) => ({ tenant_id: tenantId, channel_id: channelId })))],
      );
    if (contender === 'ours')
      await database.transaction((transaction) =>
        outbox.add(
          transaction,
          items.map(({ key, tenantId, channelId, dueAt }) => ({
            tenantId,
            place: { kind: 'channel', conversationId: channelId, serviceUrl, botId: '28:b' },
            job: 'bench/post',
            subject: String(key),
            stage: 'one',
            dueAt: new Date(dueAt),
          })),
        ),
      );
    else if (contender === 'pg-boss')
      await bare.insert(
        'post',
        items.map((item) => ({ data: item, startAfter: new Date(item.dueAt) })),
      );
    else
      await database.query(
        `INSERT INTO plain (id, tenant_id, channel_id, due_at)
         SELECT * FROM json_to_recordset($1::json) AS t(id bigint, tenant_id text, channel_id text, due_at timestamptz)`,
        [
          JSON.stringify(
            items.map((item) => ({
              id: item.key,
              tenant_id: item.tenantId,
              channel_id: item.channelId,
              due_at: new Date(item.dueAt).toISOString(),
            })),
          ),
        ],
      );
  };

  return {
    url: url.href,
    database,
    async add(contender, items, serviceUrl) {
      for (let at = 0; at < items.length; at += 1_000)
        await addSome(contender, items.slice(at, at + 1_000), serviceUrl);
    },
    async drop() {
      await alarm.stop();
      await bare.stop({ graceful: false });
      await database.close();
      await admin(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
