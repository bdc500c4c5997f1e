import { readdirSync, readFileSync } from 'node:fs';
import type { Database } from './database.ts';

const folder = new URL('./migrations/', import.meta.url);

/**
 * Brings the tables up to date: each file of `migrations/` once, in the order of the names, each in a transaction of
 * its own. Several processes may start at once; they wait for each other.
 */
export async function migrate(database: Database, files: URL = folder): Promise<readonly string[]> {
  const names = readdirSync(files)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const done = await applied(database);
  const fresh: string[] = [];
  for (const name of names.filter((file) => !done.has(file))) {
    await database.transaction(async (transaction) => {
      await transaction.query('SELECT pg_advisory_xact_lock(727205)');
      await transaction.query(
        'CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
      );
      const [row] = await transaction.query(
        'INSERT INTO migration (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING name',
        [name],
      );
      if (!row) return;
      for (const statement of statements(readFileSync(new URL(name, files), 'utf8')))
        await transaction.query(statement);
      fresh.push(name);
    });
  }
  return fresh;
}

/** One statement in all starts but the first, where the table is not there yet. */
async function applied(database: Database): Promise<ReadonlySet<string>> {
  try {
    return new Set((await database.query<{ name: string }>('SELECT name FROM migration')).map((row) => row.name));
  } catch (error) {
    if ((error as { code?: unknown }).code === '42P01') return new Set();
    throw error;
  }
}

/** Splits at the semicolons that end a line, but not inside a `$$` body. */
function statements(sql: string): string[] {
  const parts: string[] = [];
  let current = '';
  let inBody = false;
  for (const line of sql.split('\n')) {
    if (line.startsWith('--')) continue;
    current += `${line}\n`;
    if ((line.split('$$').length - 1) % 2 === 1) inBody = !inBody;
    if (!inBody && line.trimEnd().endsWith(';')) {
      parts.push(current);
      current = '';
    }
  }
  return [...parts, current].filter((part) => part.trim() !== '');
}
