import { AppError, describeError } from './errors.ts';

/** Runs an entry; what stops it from starting is told in plain lines, without a stack, and ends the process with 1. */
export async function run(start: () => Promise<{ stop: () => Promise<void> }>): Promise<void> {
  try {
    // Asked to stop while it starts, it finishes the start and then stops in order.
    const starting = start();
    let stopping = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        // A second Ctrl+C means it.
        if (stopping) process.exit(1);
        stopping = true;
        void starting
          .then((running) => running.stop())
          .then(
            () => process.exit(0),
            () => process.exit(1),
          );
      });
    }
    await starting;
  } catch (thrown) {
    process.stderr.write(`${sentenceFor(thrown)}\n`);
    process.exit(1);
  }
}

function sentenceFor(thrown: unknown): string {
  if (thrown instanceof AppError) return thrown.message;
  const { code, port } = thrown as { code?: unknown; port?: unknown };
  if (code === 'EADDRINUSE')
    return `PORT: ${String(port)} is taken by another program. Stop that one, or set PORT to a free port.`;
  if (code === 'EACCES') return `PORT: this user may not listen on port ${String(port)}. Set PORT to one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return 'HOST: expected an address of this machine.';
  // The message of a foreign error may quote what is in the settings; its class, code and place do not.
  return `The bot could not start: ${JSON.stringify(describeError(thrown))}`;
}
