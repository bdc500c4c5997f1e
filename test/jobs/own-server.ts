import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const home = '/usr/lib/postgresql';

/** Folder of the PostgreSQL programs on this machine, if there are any and they can be run. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(home) ? readdirSync(home).sort((a, b) => Number(b) - Number(a)) : [];
  const folder = versions.map((version) => join(home, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
  if (folder === undefined || process.getuid?.() !== 0) return folder;
  // PostgreSQL refuses to run as root.
  try {
    execFileSync('runuser', ['-u', 'postgres', '--', 'true'], { stdio: 'ignore' });
    return folder;
  } catch {
    return undefined;
  }
}

/** A PostgreSQL server of a test's own, to be stopped and killed; never the shared one. */
export class OwnServer {
  readonly port: number;
  readonly #bin: string;
  readonly #folder: string;
  #server: ChildProcess | undefined;

  private constructor(bin: string, folder: string, port: number) {
    this.#bin = bin;
    this.#folder = folder;
    this.port = port;
  }

  static async make(bin: string): Promise<OwnServer> {
    const folder = mkdtempSync(join(tmpdir(), 'own-server-'));
    const isRoot = process.getuid?.() === 0;
    if (isRoot) execFileSync('chown', ['postgres', folder]);
    else chmodSync(folder, 0o700);
    const server = new OwnServer(bin, folder, await freePort());
    const [program, args] = server.#command('initdb', [
      '-D',
      join(folder, 'data'),
      '-U',
      'postgres',
      '-A',
      'trust',
      '-N',
    ]);
    execFileSync(program, args, { stdio: 'ignore', cwd: folder });
    return server;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  #command(name: string, args: readonly string[]): [string, string[]] {
    const program = join(this.#bin, name);
    return process.getuid?.() === 0 ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, [...args]];
  }

  /** Resolves when it answers. */
  async start(): Promise<void> {
    const [program, args] = this.#command('postgres', [
      ...['-D', join(this.#folder, 'data'), '-p', String(this.port), '-k', this.#folder],
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'shared_buffers=16MB'],
    ]);
    this.#server = spawn(program, args, { stdio: 'ignore', cwd: this.#folder });
    for (;;) {
      const client = new pg.Client({ connectionString: this.url });
      client.on('error', () => {});
      try {
        await client.connect();
        await client.end();
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  /** SIGINT is the fast shutdown of PostgreSQL; SIGKILL leaves a crash to recover from. */
  async end(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const gone = new Promise((resolve) => server.once('close', resolve));
    // With runuser the server is a child; its id is in the first line of its lock file.
    const pid = Number(
      execFileSync('head', ['-1', join(this.#folder, 'data', 'postmaster.pid')], { encoding: 'utf8' }),
    );
    process.kill(pid, signal);
    // What is asked to end in order waits for its clients; nobody else may keep it.
    if (signal === 'SIGTERM') setTimeout(() => process.kill(pid, 'SIGINT'), 500);
    await gone;
  }

  async remove(): Promise<void> {
    await this.end('SIGINT');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
