import { existsSync, renameSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { snapshotFile } from './databases.ts';

/** Says which databases the tests run on, and makes the empty PGlite once. */
export default async function setUp(): Promise<void> {
  const url = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test';
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.end();
    process.env['TEST_POSTGRES'] = url;
    console.log('\nStores are tested on PGlite and on the PostgreSQL at 127.0.0.1:5432.');
  } catch {
    delete process.env['TEST_POSTGRES'];
    console.log('\nStores are tested on PGlite. No PostgreSQL answers at TEST_DATABASE_URL, so it is left out.');
  }
  if (existsSync(snapshotFile)) return;
  const { PGlite } = await import('@electric-sql/pglite');
  const db = await PGlite.create();
  const dump = await db.dumpDataDir('gzip');
  await db.close();
  const temporary = `${snapshotFile}.${process.pid}`;
  writeFileSync(temporary, Buffer.from(await dump.arrayBuffer()));
  renameSync(temporary, snapshotFile);
}
