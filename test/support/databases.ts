import { mkdtempSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openPostgres, overPool, type Database } from '../../src/store/database.ts';

/** Written by `global-setup.ts`: an empty database, ready made, since making one takes seconds. */
export const snapshotFile = join(tmpdir(), 'asa-icm-bot-test-pglite-0.5.16.tar.gz');

export interface TestDatabase {
  readonly name: string;
  open(): Promise<Database>;
}

/** PGlite in memory. */
const pglite: TestDatabase = {
  name: 'PGlite',
  async open() {
    const { PGlite } = await import('@electric-sql/pglite');
    const { createPgConfig } = await import('@electric-sql/pglite/node-postgres');
    const db = await PGlite.create({
      ...(existsSync(snapshotFile) ? { loadDataDir: new Blob([readFileSync(snapshotFile)]) } : {}),
      startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
    });
    return overPool('pglite', new pg.Pool(createPgConfig(db)), () => db.close());
  },
};

/** A schema of its own in the PostgreSQL that answers at TEST_DATABASE_URL. */
export async function newSchema(prefix: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const url = process.env['TEST_POSTGRES'] as string;
  const schema = `${prefix}_${randomBytes(6).toString('hex')}`;
  const admin = openPostgres(url, { max: 1 });
  await admin.query(`CREATE SCHEMA ${schema}`);
  return {
    url: `${url}${url.includes('?') ? '&' : '?'}options=-csearch_path%3D${schema}`,
    async drop() {
      await admin.query(`DROP SCHEMA ${schema} CASCADE`);
      await admin.query(`DROP SCHEMA IF EXISTS ${schema}_boss CASCADE`);
      await admin.close();
    },
  };
}

/** Its schema is dropped on close. */
const postgresql: TestDatabase = {
  name: 'PostgreSQL',
  async open() {
    const { url, drop } = await newSchema('test');
    const database = openPostgres(url);
    return {
      ...database,
      close: async () => {
        await database.close();
        await drop();
      },
    };
  },
};

/** The databases that the stores are tried on: PostgreSQL only where one answers (the first lines of a run say so). */
export const testDatabases: readonly TestDatabase[] = process.env['TEST_POSTGRES'] ? [pglite, postgresql] : [pglite];

/** A folder that is gone after the test. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'asa-icm-bot-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
