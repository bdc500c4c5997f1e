import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../errors.ts';

export interface DirectoryLock {
  release(): void;
}

/**
 * Takes a directory for this process. The lock is a lock of the system on a file, by way of SQLite, as Node has no
 * other door to it: the system lets go of it when the process dies, however it dies, so there is nothing stale to
 * take over and no moment in which two can take it.
 * @throws AppError data-directory when a living process has it
 */
export function lockDirectory(directory: string): DirectoryLock {
  const file = join(directory, 'lock');
  let holder: DatabaseSync | undefined;
  try {
    holder = new DatabaseSync(file);
    holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    holder?.close();
    const busy = (error as { errcode?: unknown }).errcode === 5;
    throw new AppError(
      'data-directory',
      busy
        ? `DATA_DIR: another running bot uses ${directory}. Stop it, or give this one a DATA_DIR of its own; several processes share a PostgreSQL (DATABASE_URL).`
        : `DATA_DIR: ${file} cannot be locked, expected a folder on a local disk that this user can write to`,
      error,
    );
  }
  const held = holder;
  return { release: () => held.close() };
}
