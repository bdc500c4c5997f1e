import { spawn, type ChildProcess } from 'node:child_process';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
/** Settings of the shell that runs the tests must not reach the bot. */
const own = /^(PORT|HOST|DATA_DIR|DATABASE_URL|PLAYBOOK_FILE|LOG_LEVEL|NODE_ENV|NODE_OPTIONS|Microsoft.*)$/;

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
}

/** An entry of the bot as a process of its own. */
export class BotProcess {
  readonly child: ChildProcess;
  readonly port: number;
  stdout = '';
  stderr = '';
  readonly ended: Promise<Ended>;

  /** Starts `entry` (`src/local.ts`) with nothing of the environment but the path and `settings`. */
  constructor(entry: string, settings: Readonly<Record<string, string>>) {
    const inherited = Object.entries(process.env).filter(([name]) => !own.test(name));
    this.port = Number(settings['PORT'] ?? 0);
    this.child = spawn(join(root, 'node_modules/.bin/node'), [entry], {
      cwd: root,
      env: { ...Object.fromEntries(inherited), ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.ended = new Promise((resolve) => this.child.once('close', (code, signal) => resolve({ code, signal })));
  }

  /** Resolves when the bot says that it runs. */
  async running(): Promise<this> {
    const gone = this.ended.then(({ code }) => {
      throw new Error(`Expected the bot to run, it ended with ${String(code)}: ${this.stdout}${this.stderr}`);
    });
    const up = new Promise<void>((resolve) => {
      const look = () => {
        if (this.stdout.includes('Stop with Ctrl+C')) resolve();
      };
      this.child.stdout?.on('data', look);
      look();
    });
    await Promise.race([up, gone]);
    gone.catch(() => undefined);
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/api/messages`;
  }

  async post(activity: unknown): Promise<{ status: number; text: string }> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify(activity),
    });
    return { status: response.status, text: await response.text() };
  }

  /** Whether anybody takes a connection. */
  async listens(): Promise<boolean> {
    const socket = connect(this.port, '127.0.0.1');
    const taken = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    return taken;
  }

  async end(signal: NodeJS.Signals): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }
}

const listen = (port: number): Promise<Server | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
const close = (server: Server) => new Promise((resolve) => server.close(resolve));

/** A port that is free, and so is the next one: the local Teams takes it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const first = (await listen(0)) as Server;
    const { port } = first.address() as AddressInfo;
    const second = await listen(port + 1);
    await close(first);
    if (second) {
      await close(second);
      return port;
    }
  }
}

/** Keeps a port from others until it is let go. */
export async function takePort(port: number): Promise<() => Promise<unknown>> {
  const server = await listen(port);
  if (!server) throw new Error(`Expected port ${port} to be free`);
  return () => close(server);
}
