import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { lockDirectory } from '../../src/store/directory-lock.ts';
import { openEmbedded } from '../../src/store/embedded-database.ts';
import { temporaryFolder } from '../support/databases.ts';

// The first opening of a folder makes a whole database, which takes many seconds on a busy machine.
jest.setTimeout(240_000);

const holder = new URL('holder.ts', import.meta.url).pathname;
let folder: ReturnType<typeof temporaryFolder>;
let children: Holder[];
beforeEach(() => {
  folder = temporaryFolder();
  children = [];
});
afterEach(async () => {
  await Promise.all(children.map((child) => child.kill()));
  folder.remove();
});

/** A process that opens the database of this test. */
class Holder {
  readonly lines: string[] = [];
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcess;
  readonly #waiting = new Set<() => void>();

  constructor(path: string, task: 'hold' | 'write' | 'close' = 'hold') {
    this.#process = spawn(process.execPath, [holder, path, task], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.ended = new Promise((resolve) => this.#process.once('close', (code) => resolve(code)));
    createInterface({ input: this.#process.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      this.lines.push(line);
      for (const check of this.#waiting) check();
    });
    children.push(this);
  }

  /** Resolves with the line number `count`, counted from one. */
  line(count: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (this.lines.length < count) return;
        this.#waiting.delete(check);
        resolve(this.lines[count - 1] as string);
      };
      this.#waiting.add(check);
      check();
      void this.ended.then(() => reject(new Error(`ended after: ${this.lines.join(' | ')}`)));
    });
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.ended;
  }

  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#process.kill(name);
  }
}

test('a second process is refused with a clear sentence, also while the first one does not move', async () => {
  const first = new Holder(folder.path);
  // It is refused from the first moment on: making the database keeps the first process busy for seconds.
  expect(await first.line(1)).toBe('open');
  for (const state of ['SIGCONT', 'SIGSTOP'] as const) {
    first.signal(state);
    const second = new Holder(folder.path);
    expect(await second.ended).toBe(3);
    expect(second.lines).toEqual([
      `refused data-directory DATA_DIR: another running bot uses ${folder.path}. Stop it, or give this one a DATA_DIR of its own; several processes share a PostgreSQL (DATABASE_URL).`,
    ]);
  }
  await expect(openEmbedded(folder.path)).rejects.toMatchObject({ code: 'data-directory' });
});

test('of six processes that start at the same time one gets the folder', async () => {
  const all = Array.from({ length: 6 }, () => new Holder(folder.path));
  const answers = await Promise.all(all.map((one) => one.line(1).catch(() => 'ended')));
  expect(answers.filter((line) => line === 'open')).toHaveLength(1);
  expect(answers.filter((line) => line.startsWith('refused data-directory'))).toHaveLength(5);
});

// Row X25 in small, and a lock that nobody holds any more.
test('a writer that is killed three times leaves every row that it acknowledged, and no half transaction', async () => {
  let acknowledged = 0;
  for (const rows of [30, 60, 90]) {
    const writer = new Holder(folder.path, 'write');
    expect(await writer.line(1)).toBe('open');
    await writer.line(1 + rows);
    await writer.kill();
    acknowledged = Math.max(acknowledged, ...writer.lines.slice(1).map(Number));
  }
  const database = await openEmbedded(folder.path);
  const [row] = await database.query<{ n: number; most: number }>(
    'SELECT count(*)::int AS n, max(n) AS most FROM written',
  );
  await database.close();
  expect(acknowledged).toBeGreaterThanOrEqual(360);
  expect(row?.most).toBeGreaterThanOrEqual(acknowledged);
  // Numbers without a gap, always two at a time.
  expect(row?.n).toBe(row?.most);
  expect((row?.n ?? 1) % 2).toBe(0);
});

test('a process that is killed while it makes the database leaves a folder that the next one can use', async () => {
  const first = new Holder(folder.path);
  const started = join(folder.path, 'pglite');
  while (!existsSync(started)) await new Promise((resolve) => setTimeout(resolve, 5));
  await first.kill();
  expect(await new Holder(folder.path, 'close').ended).toBe(0);
});

test('a database that is closed can be opened again, by this process and by others', async () => {
  for (let at = 0; at < 2; at += 1) {
    const database = await openEmbedded(folder.path);
    expect(database.kind).toBe('pglite');
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await database.close();
  }
  const next = new Holder(folder.path, 'close');
  expect(await next.ended).toBe(0);
  expect(next.lines).toEqual(['open', 'closed']);
  expect(statSync(join(folder.path, 'pglite')).mode & 0o077).toBe(0);
});

describe('the folder is refused', () => {
  test.each(['17', '19', 'garbage', ''])('when PostgreSQL %s wrote it, and stays as it is', async (version) => {
    mkdirSync(join(folder.path, 'pglite'));
    const file = join(folder.path, 'pglite', 'PG_VERSION');
    writeFileSync(file, `${version}\n`);
    await expect(openEmbedded(folder.path)).rejects.toMatchObject({
      code: 'data-directory',
      message: `DATA_DIR: ${join(folder.path, 'pglite')} was written by PostgreSQL ${version}, expected 18. Move it away, or use the version of this bot that wrote it.`,
    });
    expect(readFileSync(file, 'utf8')).toBe(`${version}\n`);
  });

  test('when it is a file', async () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    for (const path of [file, join(file, 'below')]) {
      await expect(openEmbedded(path)).rejects.toMatchObject({
        code: 'data-directory',
        message: `DATA_DIR: expected a folder that can be written to, ${path} is not`,
      });
    }
  });

  test('when it holds a broken database, and the lock is given back', async () => {
    mkdirSync(join(folder.path, 'pglite'));
    writeFileSync(join(folder.path, 'pglite', 'PG_VERSION'), '18\n');
    for (let at = 0; at < 2; at += 1) {
      await expect(openEmbedded(folder.path)).rejects.toMatchObject({
        code: 'data-directory',
        message: `DATA_DIR: the database in ${join(folder.path, 'pglite')} cannot be opened`,
      });
    }
  });
});

describe('a lock', () => {
  test('is refused while it is held, also by another name of the folder, and free afterwards', () => {
    const data = join(folder.path, 'data');
    const link = join(folder.path, 'link');
    mkdirSync(data);
    symlinkSync(data, link);
    const lock = lockDirectory(data);
    for (const path of [data, link]) {
      expect(() => lockDirectory(path)).toThrow(expect.objectContaining({ code: 'data-directory' }));
    }
    lock.release();
    lockDirectory(link).release();
  });

  test('works in a folder with a long name', () => {
    const long = join(folder.path, 'x'.repeat(150), 'ä b'.repeat(20));
    mkdirSync(long, { recursive: true });
    const lock = lockDirectory(long);
    expect(() => lockDirectory(long)).toThrow(/another running bot uses/);
    lock.release();
  });

  test('that cannot be made says so', () => {
    expect(() => lockDirectory(join(folder.path, 'nowhere'))).toThrow(
      /DATA_DIR: .* cannot be locked, expected a folder/,
    );
    writeFileSync(join(folder.path, 'lock'), 'something else that is longer than a page '.repeat(200));
    chmodSync(join(folder.path, 'lock'), 0o600);
    expect(() => lockDirectory(folder.path)).toThrow(/cannot be locked/);
  });
});
