import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { AppError } from '../errors.ts';
import { overPool, type Database } from './database.ts';
import { lockDirectory } from './directory-lock.ts';

/** PGlite 0.5 is PostgreSQL 18; a directory of another major version cannot be opened. */
const majorVersion = '18';

/**
 * Opens the embedded database in `dataDir/pglite`. For one process on one machine; it survives a killed process but,
 * having no fsync, not a power cut.
 * @throws AppError data-directory when another process has it, or when it cannot be opened
 */
export async function openEmbedded(dataDir: string): Promise<Database> {
  const directory = join(resolve(dataDir), 'pglite');
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new AppError(
      'data-directory',
      `DATA_DIR: expected a folder that can be written to, ${resolve(dataDir)} is not`,
      error,
    );
  }
  const version = join(directory, 'PG_VERSION');
  if (existsSync(version) && readFileSync(version, 'utf8').trim() !== majorVersion) {
    throw new AppError(
      'data-directory',
      `DATA_DIR: ${directory} was written by PostgreSQL ${readFileSync(version, 'utf8').trim()}, expected ${majorVersion}. Move it away, or use the version of this bot that wrote it.`,
    );
  }
  // PGlite itself does not refuse a second process, and two of them destroy the data.
  const lock = lockDirectory(resolve(dataDir));
  try {
    const { PGlite } = await import('@electric-sql/pglite');
    const { createPgConfig } = await import('@electric-sql/pglite/node-postgres');
    class Embedded extends PGlite {
      // It would read the array types of the catalogue for its own queries; ours go through `pg`, which knows them.
      override _initArrayTypes(): Promise<void> {
        return Promise.resolve();
      }
    }
    const pglite = new Embedded({
      dataDir: directory,
      startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB', '-c', 'max_wal_size=64MB'],
    });
    await pglite.waitReady;
    const pool = new pg.Pool(createPgConfig(pglite));
    const database = overPool('pglite', pool, async () => {
      clearInterval(vacuum);
      await pglite.close();
      lock.release();
    });
    // There is no autovacuum; without this the files only grow.
    const vacuum = setInterval(() => void database.query('VACUUM').catch(() => {}), 3_600_000);
    vacuum.unref();
    return database;
  } catch (error) {
    lock.release();
    throw error instanceof AppError
      ? error
      : new AppError('data-directory', `DATA_DIR: the database in ${directory} cannot be opened`, error);
  }
}
