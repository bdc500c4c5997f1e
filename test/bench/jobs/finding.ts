import pg from 'pg';
import { createAlarm } from '../../../src/jobs/alarm.ts';
import { createLogger } from '../../../src/logger.ts';
import { openPostgres, type Database } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { createOutbox } from '../../../src/store/outbox.ts';
import { median } from '../statistics.ts';

/** What finding the due rows costs, by the number of rows that wait for another day. */
export interface Finding {
  readonly name: string;
  readonly ms: readonly number[];
  readonly buffers: number;
  readonly scans: readonly string[];
}

/** Fewer than are asked for, as nearly always. */
const dueRows = 48;
const askedFor = 64;

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}
interface Explained {
  readonly Plan: Plan & { readonly 'Shared Hit Blocks': number; readonly 'Shared Read Blocks': number };
  readonly 'Execution Time': number;
  readonly 'Planning Time': number;
}

/** Tables with `count` rows of the future and some that are due, in a schema of its own. */
export async function fill(url: string, schema: string, count: number): Promise<void> {
  const database = openIn(url, schema);
  await migrate(database);
  const alarm = createAlarm(database, createLogger('warn'));
  await alarm.start();
  await alarm.stop();
  await database.close();
  // Rows by the million are made by the server, hence without the time limits of the bot's pool.
  const client = new pg.Client({ connectionString: url, options: `-c search_path=${schema}` });
  await client.connect();
  await client.query(`
    INSERT INTO route (tenant_id, channel_id) SELECT 't' || t, '19:c' || c FROM generate_series(0, 7) t, generate_series(0, 124) c
    UNION ALL SELECT 't' || t, '' FROM generate_series(0, 7) t`);
  await client.query(`
    INSERT INTO outbox (tenant_id, channel_id, conversation_id, place_kind, bot_id, job, subject, stage, due_at, wake_at)
    SELECT 't' || n % 8, c, c, 'channel', '28:b', 'bench/post', n::text, 'one', due, due FROM (
      SELECT n, '19:c' || n / 8 % 125 AS c,
        CASE WHEN n < ${dueRows} THEN now() - (n + 1) * interval '1 second' ELSE now() + interval '1 day' + n * interval '1 second' END AS due
      FROM generate_series(0, ${count + dueRows - 1}) n
    ) items`);
  const { rows } = await client.query<{ table: string }>(
    `SELECT table_name AS table FROM ${schema}_boss.queue WHERE name = 'outbox'`,
  );
  // As the alarm sets them: the sooner the promise, the higher the priority.
  await client.query(`
    INSERT INTO ${schema}_boss.${rows[0]?.table ?? 'job'} (name, data, priority, start_after, policy, retry_limit, retry_delay, expire_seconds, deletion_seconds)
    SELECT 'outbox', json_build_object('id', id), -floor(extract(epoch FROM due_at) - extract(epoch FROM timestamptz '2026-01-01Z'))::int,
      wake_at, 'standard', 5, 1, 60, 3600 FROM outbox`);
  await client.query('VACUUM ANALYZE');
  await client.end();
}

/** Runs what a worker asks to find what is due, each statement under EXPLAIN (ANALYZE, BUFFERS), and takes it back. */
export async function explainFinding(url: string, schema: string, rounds: number): Promise<readonly Finding[]> {
  const asked: { name: string; sql: string; values: readonly unknown[] }[] = [];
  const database = openIn(url, schema);
  let current = '';
  const spy: Database = {
    ...database,
    query: async (sql, values = [], name) => {
      if (current !== '' && /^\s*(WITH|SELECT|UPDATE)/.test(sql) && sql !== 'SELECT now()')
        asked.push({ name: current, sql, values });
      return database.query(sql, values, name);
    },
  };
  const alarm = createAlarm(spy, createLogger('warn'));
  await alarm.start();
  const outbox = createOutbox(spy, async () => {});
  const ids = (await outbox.lost()).slice(0, dueRows);
  const during = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    current = name;
    await work();
    current = '';
  };
  await during('next (timer)', () => outbox.msToNext(1_000));
  await during('lost (sweep)', () => outbox.lost());
  await during('ring (pg-boss)', () => alarm.ring(askedFor));
  await during('claim', () => outbox.claim(ids));
  await alarm.stop();
  await database.close();

  const client = new pg.Client({ connectionString: url, options: `-c search_path=${schema}` });
  await client.connect();
  // What was taken while listening in is put back.
  await client.query(
    `UPDATE outbox SET state = 'waiting', lease_until = NULL, attempt = 0, wake_at = due_at WHERE id = ANY ($1)`,
    [ids],
  );
  await client.query(`UPDATE route SET paced_to = '-infinity'`);
  await client.query(
    `UPDATE ${schema}_boss.job SET state = 'created', started_on = NULL WHERE name = 'outbox' AND state = 'active'`,
  );
  await client.query('VACUUM ANALYZE');
  const statements = [
    ...new Map(asked.filter(({ sql }) => !/FROM \S+\.queue/.test(sql)).map((one) => [one.name, one])).values(),
  ];
  const found: Finding[] = [];
  for (const { name, sql, values } of statements) {
    const plans: Explained[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await client.query('BEGIN');
      const { rows } = await client.query<{ 'QUERY PLAN': Explained[] }>(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`,
        [...values],
      );
      await client.query('ROLLBACK');
      plans.push(rows[0]?.['QUERY PLAN'][0] as Explained);
    }
    found.push({
      name,
      ms: plans.map((plan) => plan['Execution Time']),
      buffers: median(plans.map(({ Plan: plan }) => plan['Shared Hit Blocks'] + plan['Shared Read Blocks'])),
      scans: [...new Set(scansIn((plans.at(-1) as Explained).Plan))],
    });
  }
  await client.end();
  return found;
}

function scansIn(plan: Plan): string[] {
  const relation = plan['Relation Name'];
  const own =
    relation !== undefined && plan['Node Type'].includes('Scan') && !readsNothing(plan)
      ? [`${plan['Node Type']} ${plan['Index Name'] ?? relation}`]
      : [];
  return [...own, ...(plan.Plans ?? []).flatMap(scansIn)];
}

function openIn(url: string, schema: string): Database {
  return openPostgres(`${url}?options=${encodeURIComponent(`-c search_path=${schema}`)}`, { max: 2 });
}

/** pg-boss joins a table of its own that is empty here. */
const readsNothing = (plan: Plan): boolean =>
  plan['Node Type'] === 'Seq Scan' && plan['Actual Rows'] === 0 && !plan['Rows Removed by Filter'];
