import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'parsed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = `
  import { loadPlaybook } from ${JSON.stringify(new URL('../../src/playbook/load.ts', import.meta.url).href)};
  try { console.log(JSON.stringify(loadPlaybook(process.argv[1]))); } catch (error) { console.log(error.message); }`;

/** A process of its own, as the compile cache belongs to a process. */
const read = (file: string | undefined): string =>
  execFileSync(process.execPath, ['--input-type=module', '-e', script, ...(file === undefined ? [] : [file])], {
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache') },
    encoding: 'utf8',
  });
const kept = (): string[] =>
  readdirSync(join(folder, 'cache'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /playbook-\w+\.json$/.test(name),
  );

const change = (): void => {
  for (const name of kept()) {
    const file = join(folder, 'cache', name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('Livesite DRI', 'Somebody Else'));
  }
};

test('a second start reads what the first one parsed, and comes to the same', () => {
  const first = read(undefined);
  expect(kept()).toHaveLength(2);
  expect(read(undefined)).toBe(first);
  // That it is read at all: what is kept is changed, and the change is seen.
  change();
  expect(read(undefined)).toContain('Somebody Else');
});

test('a fault in a file that was read before still names its line', () => {
  const file = join(folder, 'own.yaml');
  writeFileSync(file, 'extends: asa\nowners:\n  livesite-dri:\n    rule: F999\n');
  const first = read(file);
  expect(first).toContain('own.yaml:4:11 owners.livesite-dri.rule');
  expect(read(file)).toBe(first);
});

test('what others may write is not read', () => {
  change();
  expect(read(undefined)).toContain('Somebody Else');
  for (const name of kept()) chmodSync(join(folder, 'cache', name), 0o666);
  expect(read(undefined)).not.toContain('Somebody Else');
});

test('what is kept and cannot be read is parsed anew', () => {
  const good = read(undefined);
  for (const name of kept()) writeFileSync(join(folder, 'cache', name), '{ not json');
  expect(read(undefined)).not.toBe('');
  expect(JSON.parse(read(undefined)).name).toBe(JSON.parse(good).name);
});
