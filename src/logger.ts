import { pino, type DestinationStream } from 'pino';
import { describeError } from './errors.ts';

/** Levels that LOG_LEVEL takes. ERROR means that a person must act now. */
export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * The fields that a log line may hold. The list is closed so that no text of a person, no name, no token and no
 * address can slip into the log by a careless spread (rule 8 of the platform notes).
 */
export interface LogFields {
  readonly correlationId?: string;
  readonly code?: string;
  readonly status?: number;
  readonly kind?: string;
  readonly outcome?: string;
  readonly ms?: number;
  readonly count?: number;
  readonly address?: string;
  readonly reason?: string;
  readonly error?: unknown;
}

const fieldNames = ['correlationId', 'code', 'status', 'kind', 'outcome', 'ms', 'count', 'address', 'reason'] as const;

/** JSON escapes the control characters below U+0020; these end lines or start escapes in some viewers as well. */
const lineBreakers = /[\u007F-\u009F\u2028\u2029]/g;

/** The fields of the list and no others, whatever a spread brought along: the types alone do not stop that. */
function listed(fields: LogFields): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of fieldNames) {
    const value = fields[name];
    if (typeof value === 'string') kept[name] = value.slice(0, 500).replace(lineBreakers, '?');
    else if (typeof value === 'number') kept[name] = value;
  }
  if (fields.error !== undefined) kept['error'] = describeError(fields.error);
  return kept;
}

export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** One JSON object a line on standard output (or `destination`); control characters are escaped by JSON itself. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const out = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination ?? pino.destination(1));
  const write =
    (name: 'debug' | 'info' | 'warn' | 'error') =>
    (fields: LogFields, message: string): void => {
      if (out.isLevelEnabled(name)) out[name](listed(fields), message);
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/**
 * The SDK prints whole errors, tokens included, with `console.error`. From here on the console leads to the log, and
 * only the fact that something was printed is kept.
 */
export function quietConsole(log: Logger): void {
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    // eslint-disable-next-line no-console -- this is what leads the console to the log
    console[method] = (...args: unknown[]) => {
      const error = args.find((arg) => arg instanceof Error);
      log.debug({ kind: 'console', ...(error ? { error } : {}) }, 'a library wrote to the console');
    };
  }
}
