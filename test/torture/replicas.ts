import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Order, Report } from './replica.ts';

const entry = fileURLToPath(new URL('./replica.ts', import.meta.url));

/** One process that runs the bot. */
export interface Replica {
  readonly name: string;
  readonly child: ChildProcess;
  readonly ready: Promise<void>;
  isReady: boolean;
  readonly exited: Promise<void>;
}

export interface ReplicasOptions {
  readonly count: number;
  readonly env: Readonly<Record<string, string>>;
  readonly serviceUrl: string;
  readonly onReport: (from: Replica, report: Report) => void;
}

/**
 * Keeps so many replicas running, and one more process that has read its modules and waits: a dead one is replaced
 * within a tenth of a second, so that a thousand kills take minutes.
 */
export class Replicas {
  readonly running: Replica[] = [];
  readonly #options: ReplicasOptions;
  #spare: Replica & { readonly warm: Promise<void> };
  #started = 0;
  /** Processes that ended although nobody killed them. */
  readonly died: string[] = [];
  #stopping = false;

  constructor(options: ReplicasOptions) {
    this.#options = options;
    this.#spare = this.#fork();
  }

  async start(): Promise<void> {
    for (let at = 0; at < this.#options.count; at += 1) await (await this.#next(at)).ready;
  }

  /** SIGKILL, then another process in its place; resolves when the old one is gone. */
  async kill(slot: number, restart = true): Promise<void> {
    const victim = this.running[slot] as Replica;
    victim.isReady = false;
    victim.child.removeAllListeners('exit');
    victim.child.kill('SIGKILL');
    await victim.exited;
    if (restart) await this.#next(slot);
  }

  /** Puts another process in an empty place. */
  async restart(slot: number): Promise<void> {
    await this.#next(slot);
  }

  async allReady(): Promise<void> {
    await Promise.all(this.running.map(({ ready }) => ready));
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    for (const { child } of this.running) send(child, { kind: 'stop' });
    this.#spare.child.kill('SIGKILL');
    const late = setTimeout(() => this.running.forEach(({ child }) => child.kill('SIGKILL')), 10_000);
    await Promise.all([...this.running, this.#spare].map(({ exited }) => exited));
    clearTimeout(late);
  }

  async #next(slot: number): Promise<Replica> {
    const spare = this.#spare;
    this.#spare = this.#fork();
    await spare.warm;
    this.running[slot] = spare;
    send(spare.child, { kind: 'go', serviceUrl: this.#options.serviceUrl });
    return spare;
  }

  #fork(): Replica & { readonly warm: Promise<void> } {
    const name = `p${(this.#started += 1)}`;
    const child = fork(entry, {
      env: { ...process.env, NODE_OPTIONS: '', ...this.#options.env, REPLICA: name },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const [warm, ready] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const replica = { name, child, warm: warm.promise, ready: ready.promise, exited, isReady: false };
    child.once('exit', (code, signal) => {
      if (!this.#stopping) this.died.push(`${name} ended with ${code ?? signal}`);
    });
    // Whoever waits for a process that is dead would wait for ever.
    child.once('close', () => (warm.resolve(), ready.resolve()));
    child.on('error', () => {});
    child.on('message', (report: Report) => {
      if (report.kind === 'warm') warm.resolve();
      if (report.kind === 'ready') {
        replica.isReady = true;
        ready.resolve();
      }
      this.#options.onReport(replica, report);
    });
    return replica;
  }
}

export function send(child: ChildProcess, order: Order): void {
  if (child.connected) child.send(order, () => {});
}
