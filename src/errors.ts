/** Every way in which the bot can fail, and what each means to the outside. A new code is added here and nowhere else. */
const table = {
  'bad-request': { status: 400, sentence: 'The request could not be read.', level: 'info' },
  unauthorized: {
    status: 401,
    sentence: 'The request is not signed by the Bot Framework for this bot.',
    level: 'warn',
  },
  forbidden: { status: 403, sentence: 'This bot does not serve that organisation.', level: 'warn' },
  'not-found': { status: 404, sentence: 'There is nothing at this address.', level: 'info' },
  'method-not-allowed': { status: 405, sentence: 'This address does not take that method.', level: 'info' },
  'too-large': { status: 413, sentence: 'The request is larger than 256 KB.', level: 'info' },
  'unsupported-media': { status: 415, sentence: 'Expected an uncompressed application/json body.', level: 'info' },
  busy: { status: 503, sentence: 'Too many requests at once. Try again in a moment.', level: 'warn' },
  'keys-unavailable': {
    status: 503,
    sentence: 'The request cannot be checked right now. Try again in a moment.',
    level: 'error',
  },
  'database-unavailable': {
    status: 503,
    sentence: 'I cannot reach my records right now. Nothing was changed. Please try again in a minute.',
    level: 'error',
  },
  'send-refused': { status: 502, sentence: 'Teams did not take the message.', level: 'warn' },
  'send-unknown': { status: 502, sentence: 'Teams did not confirm the message.', level: 'warn' },
  'address-refused': { status: 502, sentence: 'The address to answer to is not a Teams address.', level: 'error' },
  'settings-invalid': { status: 500, sentence: 'The settings are not complete.', level: 'error' },
  'playbook-invalid': { status: 500, sentence: 'The playbook has mistakes.', level: 'error' },
  'card-invalid': { status: 500, sentence: 'Something went wrong on my side. Nothing was changed.', level: 'error' },
  'data-directory': { status: 500, sentence: 'The data directory cannot be used.', level: 'error' },
  internal: { status: 500, sentence: 'Something went wrong on my side. Nothing was changed.', level: 'error' },
} as const satisfies Record<string, { status: number; sentence: string; level: 'info' | 'warn' | 'error' }>;

export type ErrorCode = keyof typeof table;

/** A failure with a closed code. `message` is for the log and must never hold secrets or text that a person typed. */
export class AppError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'AppError';
    this.code = code;
  }
  /** HTTP status for the request that failed. */
  get status(): number {
    return table[this.code].status;
  }
  /** What a person is told: fixed text, nothing from inside. */
  get sentence(): string {
    return table[this.code].sentence;
  }
  get level(): 'info' | 'warn' | 'error' {
    return table[this.code].level;
  }
}

/** Wraps whatever was thrown; an AppError stays what it is. */
export function toAppError(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : new AppError('internal', 'unexpected failure', thrown);
}

interface ErrorDescription {
  readonly name: string;
  readonly code?: string;
  readonly message?: string;
  readonly frames?: string;
  readonly cause?: ErrorDescription;
}

/**
 * What the log may say about a failure. The message of a foreign error can quote connection strings or what a person
 * typed, so only our own messages are kept; of others the class, a short machine code and the stack frames.
 * Never throws: an error that cannot be described must not become a second one.
 */
export function describeError(thrown: unknown, depth = 0): ErrorDescription {
  if (!(thrown instanceof Error)) return { name: typeof thrown };
  try {
    const code = codeOf(thrown);
    const frames = framesOf(thrown);
    return {
      name: classOf(thrown),
      ...(code === undefined ? {} : { code }),
      ...(thrown instanceof AppError ? { message: thrown.message } : {}),
      ...(frames === undefined ? {} : { frames }),
      ...(thrown.cause !== undefined && depth < 3 ? { cause: describeError(thrown.cause, depth + 1) } : {}),
    };
  } catch {
    return { name: 'Error' };
  }
}

/** The name of the class and not `name`, which anybody can set to anything. */
function classOf(error: Error): string {
  const { constructor } = Object.getPrototypeOf(error) as { constructor?: { name?: unknown } };
  return typeof constructor?.name === 'string' && /^\w{1,60}$/.test(constructor.name) ? constructor.name : 'Error';
}

/** Codes of Node, undici and PostgreSQL are in capitals and digits; what looks otherwise may be anything. */
function codeOf(error: Error): string | undefined {
  if (error instanceof AppError) return error.code;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : undefined;
}

/** The frames alone. The head of a stack repeats the message, and a message can hold lines that look like frames. */
function framesOf(error: Error): string | undefined {
  const { stack, message } = error;
  if (typeof stack !== 'string') return undefined;
  const start = stack.indexOf(message);
  const head = stack.slice(0, start + message.length);
  // A message that was changed later leaves the old one in the stack, where nobody can tell it from the frames.
  if (start === -1 || (message === '' && /^\w+: \S/.test(stack)) || /\n[^\S\n]+at /.test(head.slice(0, start)))
    return undefined;
  const frames = stack
    .slice(head.length)
    .split('\n')
    // A frame ends in its place; a line that somebody made up may hold anything.
    .filter((line) => /^\s+at [^()]{0,200}(\([^()]{1,300}:\d+:\d+\)|:\d+:\d+)$/.test(line))
    .slice(0, 8)
    .map((line) => line.trim().slice(0, 300));
  return frames.length > 0 ? frames.join(' | ') : undefined;
}
