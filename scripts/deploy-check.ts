import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { playDockerfile } from './play-dockerfile.ts';

/**
 * `npm run deploy:check`: the steps of `deploy/Dockerfile` in an empty folder, from the files that git would hand out,
 * then its start as another user that may write nothing there, until `/readyz` answers. With `DATABASE_URL` the records
 * are there, otherwise in an embedded database. Ends with 1 where something does not hold.
 */
const folder = mkdtempSync(join(tmpdir(), 'deploy-check-'));
const facts: string[] = [];
const hold = (what: string, holds: boolean) => {
  facts.push(`${holds ? 'holds' : 'FAILS'}  ${what}`);
  if (!holds) process.exitCode = 1;
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const sizeOf = (path: string): number =>
  readdirSync(path, { recursive: true })
    .map((name) => statSync(join(path, String(name))))
    .reduce((sum, one) => sum + (one.isFile() ? one.size : 0), 0);

async function answers(port: number, path: string, init: RequestInit = {}): Promise<number> {
  return fetch(`http://127.0.0.1:${port}${path}`, { ...init, signal: AbortSignal.timeout(2_000) }).then(
    (answer) => answer.status,
    () => 0,
  );
}

try {
  const context = join(folder, 'context');
  const kept = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  for (const file of kept.split('\0').filter((name) => name !== '' && existsSync(name)))
    cpSync(file, join(context, file));
  const image = playDockerfile(readFileSync('deploy/Dockerfile', 'utf8'), context, folder);
  const app = join(image.root, image.workdir);
  const files = readdirSync(app, { recursive: true }).map(String);
  facts.push(`       ${files.length} entries, ${(sizeOf(app) / 1_000_000).toFixed(1)} MB besides the base image`);
  hold('no sources, tests or scripts', !files.some((file) => /^(src|test|scripts)(\/|$)/.test(file)));
  const packages = readdirSync(join(app, 'node_modules'));
  hold('of the packages nothing but the embedded database', packages.join() === '@electric-sql');
  const bundle = files.filter((file) => /^dist\/[^/]+\.mjs$/.test(file));
  const text = bundle.map((file) => readFileSync(join(app, file), 'utf8')).join('\n');
  hold('no local Teams in the bundle', !text.includes('local Teams') && !text.includes('page/index.html'));
  hold('it does not run as root', image.user !== undefined && image.user !== 'root');

  const port = await freePort();
  const writable = join(folder, 'tmp');
  mkdirSync(writable, { mode: 0o777 });
  const isRoot = process.getuid?.() === 0;
  // The user of the image may read what lies below /app and write none of it.
  execFileSync('chmod', ['-R', 'a+rX,go-w', folder]);
  execFileSync('chmod', ['a+rwx', writable]);
  const database = process.env['DATABASE_URL'];
  const child = spawn(
    image.command[0] === 'node' ? process.execPath : (image.command[0] as string),
    image.command.slice(1),
    {
      cwd: app,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(isRoot ? { uid: 1000, gid: 1000 } : {}),
      env: {
        ...image.environment,
        PORT: String(port),
        HOST: '127.0.0.1',
        TMPDIR: writable,
        ...(database === undefined ? { DATA_DIR: join(writable, 'data') } : { DATABASE_URL: database }),
        MicrosoftAppId: randomUUID(),
        MicrosoftAppTenantId: randomUUID(),
        MicrosoftAppPassword: 'only-for-this-check',
      },
    },
  );
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part));
  const ended = once(child, 'exit');
  const began = Date.now();
  while (child.exitCode === null && Date.now() - began < 60_000 && (await answers(port, '/readyz')) !== 200)
    await delay(50);
  hold(`/readyz answers 200, after ${Date.now() - began} ms`, (await answers(port, '/readyz')) === 200);
  const unsigned = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"type":"message"}' };
  hold('a message without a token is refused with 401', (await answers(port, '/api/messages', unsigned)) === 401);
  hold('what it says does not hold the secret', !Buffer.concat(said).includes('only-for-this-check'));
  child.kill('SIGTERM');
  const [code] = (await ended) as [number | null];
  hold('SIGTERM ends it with 0', code === 0);
  facts.push(
    `       ${isRoot ? 'ran as user 1000' : 'ran as the current user'}, ${database === undefined ? 'embedded database' : 'PostgreSQL'}`,
  );
  if (process.exitCode === 1) process.stderr.write(Buffer.concat(said).toString('utf8').slice(-4_000));
} finally {
  process.stdout.write(`${facts.join('\n')}\n`);
  rmSync(folder, { recursive: true, force: true });
}
