import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `src/main.ts` in a process of its own, as it runs in production but for the way to Teams. */
export class Production {
  readonly port: number;
  /** Its log and what it wrote before it had one. */
  output = '';
  readonly child: ChildProcess;
  readonly exited: Promise<number | NodeJS.Signals | null>;

  private constructor(port: number, child: ChildProcess) {
    this.port = port;
    this.child = child;
    this.exited = new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
    child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  /** `entry`: another program with the same settings and addresses. */
  static async spawn(
    environment: Readonly<Record<string, string>>,
    entry = at('../../src/main.ts'),
  ): Promise<Production> {
    const port = await freePort();
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--import', at('./lead-to-stand-in.ts'), entry],
      {
        env: { PATH, HOME, HOST: '127.0.0.1', PORT: String(port), ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    return new Production(port, child);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Resolves to the ms that it took until `/readyz` said so. */
  async ready(limitMs = 60_000): Promise<number> {
    const from = performance.now();
    while (performance.now() - from < limitMs) {
      if (this.child.exitCode !== null) throw new Error(`The bot ended:\n${this.output}`);
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      await answer?.arrayBuffer();
      if (answer?.status === 200) return performance.now() - from;
      await delay(20);
    }
    throw new Error(`The bot was not ready in time:\n${this.output}`);
  }

  post(activity: unknown, authorization: string): Promise<Response> {
    return fetch(`${this.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify(activity),
    });
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    this.child.kill(signal);
    return this.exited;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
