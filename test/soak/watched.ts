import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../support/production.ts';
import type { Look } from './probe.ts';

export interface WatchedOptions {
  /** File of the entry. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  /** Modules that are loaded before it, besides the probe. */
  readonly imports?: readonly string[];
  /** Options of Node. */
  readonly flags?: readonly string[];
  /** Where it says that it is ready; without one it is ready when it listens. */
  readonly readyPath?: string;
}

/** A bot in a process of its own that can be looked into (`probe.ts`). */
export class Watched {
  readonly port: number;
  readonly child: ChildProcess;
  /** From the start of the process until it said that it is ready. */
  readonly readyMs: number;
  readonly exited: Promise<number | NodeJS.Signals | null>;
  readonly #probe: number;
  readonly #log: string[];

  private constructor(parts: Pick<Watched, 'port' | 'child' | 'readyMs' | 'exited'>, probe: number, log: string[]) {
    this.port = parts.port;
    this.child = parts.child;
    this.readyMs = parts.readyMs;
    this.exited = parts.exited;
    this.#probe = probe;
    this.#log = log;
  }

  static async start({ file, env, imports = [], flags = [], readyPath }: WatchedOptions): Promise<Watched> {
    const [port, probe] = [await freePort(), await freePort()];
    const { PATH = '', HOME = '' } = process.env;
    const from = performance.now();
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--expose-gc',
        ...flags,
        ...[new URL('./probe.ts', import.meta.url).href, ...imports].flatMap((module) => ['--import', module]),
        file,
      ],
      {
        env: { PATH, HOME, HOST: '127.0.0.1', PORT: String(port), PROBE_PORT: String(probe), ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const lines: string[] = [];
    for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', (line) => lines.push(line));
    const exited = new Promise<number | NodeJS.Signals | null>((resolve) =>
      child.once('close', (code, signal) => resolve(code ?? signal)),
    );
    for (;;) {
      if (child.exitCode !== null) throw new Error(`${file} ended:\n${lines.join('\n')}`);
      const answer = await fetch(`http://127.0.0.1:${port}${readyPath ?? '/'}`).catch(() => undefined);
      await answer?.arrayBuffer();
      if (readyPath === undefined ? answer !== undefined : answer?.status === 200) break;
      await delay(10);
    }
    return new Watched({ port, child, readyMs: performance.now() - from, exited }, probe, lines);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What it wrote since the last call. */
  takeLog(): string[] {
    return this.#log.splice(0);
  }

  async look(): Promise<Look> {
    return (await (await fetch(`http://127.0.0.1:${this.#probe}/`)).json()) as Look;
  }

  /** Writes a heap snapshot; it takes seconds and needs as much memory again. */
  async snapshot(file: string): Promise<void> {
    await (await fetch(`http://127.0.0.1:${this.#probe}/snapshot?file=${encodeURIComponent(file)}`)).arrayBuffer();
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    this.child.kill(signal);
    return this.exited;
  }
}
