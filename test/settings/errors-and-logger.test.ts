import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { AppError, describeError, toAppError, type ErrorCode } from '../../src/errors.ts';
import type { logLevels } from '../../src/logger.ts';
import { createLogger, quietConsole } from '../../src/logger.ts';

let lines: string[];
beforeEach(() => {
  lines = [];
});
const log = (level: (typeof logLevels)[number] = 'debug') =>
  createLogger(level, { write: (line: string) => void lines.push(line) });

/** Errors that hold a secret wherever an error can hold one. */
const canary = 'CANARY-s3cret';
class ForeignError extends Error {}
const carriers: [string, () => unknown][] = [
  ['the message', () => new Error(`password=${canary}`)],
  ['the message of a class of its own', () => new ForeignError(canary)],
  ['a message of several lines', () => new Error(`first\n${canary}\nlast`)],
  [
    'a message with lines like frames',
    () => new Error(`boom\n    at ${canary} (file:///a.ts:1:1)\n    at x (node:y:1:1)`),
  ],
  [
    'a message that was changed',
    () => Object.assign(new Error(`old\n    at ${canary} (a.ts:1:1)`), { message: 'new' }),
  ],
  [
    'a message that was emptied',
    () => Object.assign(new Error(`${canary}\n    at ${canary} (a.ts:1:1)`), { message: '' }),
  ],
  ['the name', () => Object.assign(new Error('x'), { name: canary })],
  ['a name of letters', () => Object.assign(new Error('x'), { name: 'CANARYsecret' })],
  ['the code', () => Object.assign(new Error('x'), { code: canary })],
  ['the stack', () => Object.assign(new Error('x'), { stack: `${canary}\n at ${canary}` })],
  ['a stack that is an object', () => Object.assign(new Error('x'), { stack: { a: canary } })],
  ['the cause', () => new Error('x', { cause: new Error(canary) })],
  ['the cause of the cause', () => new Error('x', { cause: new Error('y', { cause: new Error(canary) }) })],
  ['a cause that is a text', () => new Error('x', { cause: canary })],
  ['a cause that is an object', () => new Error('x', { cause: { token: canary } })],
  ['the cause of an own error', () => new AppError('internal', 'x', new Error(canary))],
  [
    'own properties',
    () => Object.assign(new Error('x'), { config: { headers: { authorization: canary } }, body: canary }),
  ],
  ['several errors in one', () => new AggregateError([new Error(canary)], canary)],
  [
    'a database error',
    () => Object.assign(new Error(canary), { code: '23505', detail: canary, where: canary, query: canary }),
  ],
  [
    'an address that cannot be parsed',
    () => {
      try {
        return new URL(`http://[${canary}`);
      } catch (error) {
        return error;
      }
    },
  ],
  [
    'JSON that cannot be parsed',
    () => {
      try {
        return JSON.parse(`{"a":${canary}`) as unknown;
      } catch (error) {
        return error;
      }
    },
  ],
  ['a text', () => canary],
  ['an object', () => ({ message: canary, stack: canary })],
  ['a symbol', () => Symbol(canary)],
  ['a function', () => Object.defineProperty(() => canary, 'name', { value: canary })],
  [
    'a getter that throws',
    () =>
      Object.defineProperty(new Error('x'), 'stack', {
        get: () => {
          throw new Error(canary);
        },
      }),
  ],
  [
    'a cause in a circle',
    () => {
      const error = new Error(canary);
      error.cause = error;
      return error;
    },
  ],
  ['a class that is named by data', () => new ({ [canary]: class extends Error {} }[canary] as ErrorConstructor)('x')],
];

describe('a secret does not reach the log in', () => {
  test.each(carriers)('%s', (_title, make) => {
    log().error({ correlationId: 'c', error: make() }, 'it failed');
    log().warn({ error: new AppError('send-unknown', 'connector: status 500', make()) }, 'sent');
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).not.toMatch(/CANARY|s3cret/);
      expect(JSON.parse(line)).toMatchObject({ error: { name: expect.any(String) as unknown } });
    }
  });

  test.each(carriers)('%s, nor the sentence for people', (_title, make) => {
    const error = toAppError(make());
    expect(error.code).toBe('internal');
    expect(error.sentence + error.message).not.toMatch(/CANARY|s3cret/);
  });
});

describe('what the log tells of an error', () => {
  test('is its class, a code of Node, undici or PostgreSQL, and where it came from', () => {
    const described = describeError(Object.assign(new TypeError('CANARY'), { code: 'ECONNREFUSED' }));
    expect(described).toMatchObject({ name: 'TypeError', code: 'ECONNREFUSED' });
    expect(described.frames).toContain('errors-and-logger.test.ts');
  });

  test.each(['23505', '57P01', 'ERR_INVALID_URL', 'UND_ERR_CONNECT_TIMEOUT', 'EADDRINUSE'])(
    'keeps the code %s',
    (code) => {
      expect(describeError(Object.assign(new Error('x'), { code })).code).toBe(code);
    },
  );

  test('is the message and the code of our own', () => {
    expect(describeError(new AppError('send-refused', 'connector: status 403'))).toMatchObject({
      name: 'AppError',
      code: 'send-refused',
      message: 'connector: status 403',
    });
  });

  test('of 100 KB of line breaks is made in no time', () => {
    const error = Object.assign(new Error('x'), { stack: `${'\n'.repeat(100_000)} a\n\tat x` });
    const start = performance.now();
    describeError(error);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
  test('has frames even where the message is empty', () => {
    expect(describeError(new Error()).frames).toContain('errors-and-logger.test.ts');
  });
});

test('every code has a status, a sentence without anything from inside and a level', () => {
  const codes: ErrorCode[] = [
    'bad-request',
    'unauthorized',
    'forbidden',
    'not-found',
    'too-large',
    'busy',
    'keys-unavailable',
    'database-unavailable',
    'internal',
  ];
  for (const code of codes) {
    const error = new AppError(code, 'inner');
    expect(error.status).toBeGreaterThanOrEqual(400);
    expect(error.sentence).toMatch(/^[A-Z].+\.$/);
    expect(error.sentence).not.toContain('inner');
  }
});

test('an AppError stays what it is and keeps its cause', () => {
  const cause = new Error('x');
  const error = new AppError('forbidden', 'y', cause);
  expect(toAppError(error)).toBe(error);
  expect(error.cause).toBe(cause);
});

// Row I11.
test.each([
  'a\nb',
  'a\r\n{"level":60,"msg":"forged"}',
  '\u001B[31mred\u001B[0m',
  '"},"x":{"',
  '\u2028\u2029\u0085',
  '\u009B31m',
  '\0',
  '\uD800',
  '\\',
  '%s %d %o',
])('the field %j stays one line of JSON', (reason) => {
  log().info({ reason, kind: reason, address: reason, outcome: reason }, 'something');
  expect(lines).toHaveLength(1);
  const [line = ''] = lines;
  expect(line.endsWith('\n')).toBe(true);

  expect(line.slice(0, -1)).not.toMatch(/[\0-\u001F\u007F-\u009F\u2028\u2029]/);
  const parsed = JSON.parse(line) as Record<string, unknown>;
  expect(Object.keys(parsed).sort()).toEqual(['address', 'kind', 'level', 'msg', 'outcome', 'reason', 'time']);
  expect(parsed).toMatchObject({ level: 30, msg: 'something' });
});

test('a field that is not on the list is left out, and a long one is cut', () => {
  const careless = {
    ...{ text: canary, authorization: canary, name: canary, level: 60, msg: canary },
    count: 1,
    reason: 'x'.repeat(5_000),
  };
  log().info(careless, 'something');
  log().info({ kind: { text: canary } as never, status: '200' as never }, 'something');
  expect(lines.join('')).not.toContain('CANARY');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 30, count: 1, reason: 'x'.repeat(500) });
});

test.each([
  ['debug', 4],
  ['info', 3],
  ['warn', 2],
  ['error', 1],
  ['silent', 0],
] as const)('level %s writes %d of the four levels', (level, count) => {
  const logger = log(level);
  for (const name of ['debug', 'info', 'warn', 'error'] as const) logger[name]({}, name);
  expect(lines).toHaveLength(count);
});

describe('the console', () => {
  const methods = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
  const before = { ...console };
  afterEach(() => void Object.assign(console, before));

  test('leads to the log, where nothing of what was printed is kept', () => {
    const out = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockReturnValue(true));
    quietConsole(log());
    for (const method of methods) console[method](canary, new Error(canary), { token: canary });
    const written = out.flatMap((spy) => spy.mock.calls);
    out.forEach((spy) => spy.mockRestore());
    expect(written).toEqual([]);
    expect(lines).toHaveLength(methods.length);
    expect(lines.join('')).not.toContain('CANARY');
  });
});
