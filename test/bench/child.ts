import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a process of the benchmark can be asked; each answers with an object of numbers. */
export type Question = 'cpu' | 'counts' | 'stop';
export type Numbers = Readonly<Record<string, number>>;

interface Request {
  readonly id: number;
  readonly question: Question;
}
interface Answer {
  readonly id: number;
  readonly numbers: Numbers;
}

/** A process of the benchmark, seen from the one that runs it. */
export interface Child {
  readonly port: number;
  readonly pid: number;
  ask(question: Question): Promise<Numbers>;
  stop(): Promise<void>;
}

/** Starts `file` (beside this one) on the same Node and waits until it says on which port it listens. */
export function startChild(
  file: string,
  env: Readonly<Record<string, string>> = {},
  execArgv: readonly string[] = [],
): Promise<Child> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    env: { ...process.env, ...env },
    execArgv: [...execArgv],
    // Its log goes nowhere, as it would go to a collector; its complaints are shown.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready`)));
    child.once('message', (first: { port: number }) => resolve(wrap(child, first.port)));
  });
}

function wrap(child: ChildProcess, port: number): Child {
  const waiting = new Map<number, (numbers: Numbers) => void>();
  let last = 0;
  child.on('message', ({ id, numbers }: Answer) => {
    waiting.get(id)?.(numbers);
    waiting.delete(id);
  });
  const ask = (question: Question): Promise<Numbers> =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      child.send({ id: last, question } satisfies Request);
    });
  return {
    port,
    pid: child.pid ?? 0,
    ask,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.send({ id: 0, question: 'stop' } satisfies Request);
        setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
      }),
  };
}

export interface ParentOptions {
  readonly port: number;
  /** Waits for work that earlier turns left behind, so that it is counted with them. */
  readonly settle?: () => Promise<void>;
  readonly counts?: () => Numbers;
  readonly stop?: () => Promise<void>;
}

/** The other end, in the process that was started. Without a parent (started by hand) it only prints the port. */
export function answerParent(options: ParentOptions): void {
  if (!process.send) {
    process.stdout.write(`listening on ${options.port}\n`);
    return;
  }
  const answer = async ({ id, question }: Request): Promise<void> => {
    if (question === 'stop') {
      await options.stop?.();
      process.exit(0);
    }
    await options.settle?.();
    const { user, system } = process.cpuUsage();
    const numbers = question === 'cpu' ? { seconds: (user + system) / 1e6 } : (options.counts?.() ?? {});
    process.send?.({ id, numbers } satisfies Answer);
  };
  process.on('message', (request: Request) => void answer(request));
  // A benchmark that was killed leaves nobody behind.
  process.on('disconnect', () => process.exit(0));
  process.send({ port: options.port });
}
