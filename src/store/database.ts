import pg from 'pg';
import { AppError } from '../errors.ts';

export interface Queryable {
  /** `name` makes it a prepared statement: for what runs on each turn. */
  query<Row extends object>(sql: string, values?: readonly unknown[], name?: string): Promise<Row[]>;
}

/** One SQL, two homes: PostgreSQL, or PGlite behind the same `pg` pool. */
export interface Database extends Queryable {
  readonly kind: 'postgresql' | 'pglite';
  /** Runs `work` in one transaction; what it throws rolls back. Inside, use only the `Queryable` it is given. */
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
  /** Round trips so far, for the benchmark and its test. */
  readonly counts: { statements: number };
  close(): Promise<void>;
}

export function openPostgres(url: string, options: { readonly max?: number } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    // A turn must be answered within seconds, so a database that hangs is as good as one that is gone.
    connectionTimeoutMillis: 3_000,
    statement_timeout: 5_000,
    query_timeout: 6_000,
    idleTimeoutMillis: 60_000,
    application_name: 'asa-icm-bot',
    keepAlive: true,
  });
  return overPool('postgresql', pool, async () => {});
}

/** The `Database` over a pool. `closeMore` runs after the pool has ended. */
export function overPool(kind: Database['kind'], pool: pg.Pool, closeMore: () => Promise<void>): Database {
  const counts = { statements: 0 };
  // A connection that breaks while it is idle must not end the process; the next query opens a new one.
  pool.on('error', () => {});

  const on = (client: pg.ClientBase): Queryable => ({
    async query<Row extends object>(sql: string, values: readonly unknown[] = [], name?: string) {
      counts.statements += 1;
      const { rows } = await client.query<Row>({ text: sql, values: [...values], ...(name ? { name } : {}) });
      return rows;
    },
  });
  const withClient = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    let client: pg.PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      throw new AppError('database-unavailable', 'no connection to the database', error);
    }
    let broken = false;
    // The pool listens to the connections that lie idle only; one that breaks in use would end the process.
    const onBreak = (): void => void (broken = true);
    client.on('error', onBreak);
    try {
      return await work(client);
    } catch (error) {
      const lost = isLost(error);
      // A statement that hangs on a dead connection would hold up the ROLLBACK behind it as well.
      if (lost && kind === 'postgresql') broken = true;
      // PGlite has one session: a failed block stays open and would poison every later statement (25P02).
      else await client.query('ROLLBACK').catch(() => (broken = true));
      throw lost ? new AppError('database-unavailable', 'the database went away', error) : error;
    } finally {
      client.off('error', onBreak);
      client.release(broken && kind === 'postgresql');
    }
  };

  return {
    kind,
    counts,
    query: (sql, values, name) => withClient((client) => on(client).query(sql, values, name)),
    transaction: (work) =>
      withClient(async (client) => {
        await client.query('BEGIN');
        const result = await work(on(client));
        // After a failed statement that `work` swallowed, COMMIT rolls back and reports no error.
        const { command } = await client.query('COMMIT');
        if (command !== 'COMMIT') throw new AppError('internal', 'the transaction was rolled back');
        return result;
      }),
    async close() {
      await pool.end();
      await closeMore();
    },
  };
}

/** Connection errors, shutdown of the server (57P0x), too many connections (53300) and time-outs (57014). */
function isLost(error: unknown): boolean {
  if (error instanceof AppError) return false;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string') return /^(08|57P0|57014|53300|ECONN|EPIPE|ETIMEDOUT)/.test(code);
  return error instanceof Error && /connection|timeout/i.test(error.message);
}
