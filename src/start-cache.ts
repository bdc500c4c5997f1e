import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

/**
 * What an earlier start worked out, beside the compiled code of that start, so that the next one need not do it again.
 * Without a compile cache, or when it cannot be written, nothing is kept. Whoever reads it checks what it was made from.
 */
export const startCache = {
  get(name: string): unknown {
    const file = fileOf(name);
    if (file === undefined) return undefined;
    try {
      // The folder may be one that everybody can write to, and the playbook says who may decide: only our own file counts.
      const { uid, mode } = statSync(file);
      if (process.getuid && (uid !== process.getuid() || (mode & 0o022) !== 0)) return undefined;
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      return undefined;
    }
  },
  /** Keeps what JSON can hold as it is, and nothing else. */
  set(name: string, data: unknown): void {
    const file = fileOf(name);
    if (file === undefined) return;
    const json = JSON.stringify(data);
    if (json === undefined || !isDeepStrictEqual(JSON.parse(json), data)) return;
    try {
      // Another process may read it in this moment.
      const unfinished = `${file}.${process.pid}`;
      writeFileSync(unfinished, json, { mode: 0o600 });
      renameSync(unfinished, file);
    } catch {
      // It is only a cache.
    }
  },
};

function fileOf(name: string): string | undefined {
  const folder = getCompileCacheDir();
  return folder === undefined ? undefined : join(folder, `${name}.json`);
}
