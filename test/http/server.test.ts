import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import http, { Agent, request as httpRequest, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { gzipSync, deflateSync, brotliCompressSync } from 'node:zlib';
import { AppError } from '../../src/errors.ts';
import { bodyLimits } from '../../src/http/json-body.ts';
import { createHttpServer, type HttpAnswer, type HttpServer } from '../../src/http/server.ts';
import { createLogger } from '../../src/logger.ts';

let server: HttpServer;
let port: number;
let lines: string[];
let bodies: Record<string, unknown>[];
let answer: (body: Record<string, unknown>) => Promise<HttpAnswer>;
let problem: string | undefined;
const sockets: Socket[] = [];

beforeEach(async () => {
  [lines, bodies, problem] = [[], [], undefined];
  answer = () => Promise.resolve({ status: 200, body: '{"ok":true}' });
  server = createHttpServer({
    log: createLogger('debug', { write: (line: string) => void lines.push(line) }),
    onActivity: (body) => {
      bodies.push(body);
      return answer(body);
    },
    readiness: () => Promise.resolve(problem),
    maxInFlight: 4,
  });
  port = (await server.listen(0, '127.0.0.1')).port;
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.close(1_000);
});

interface Answered {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly text: string;
}

/** Writes bytes as they are and reads until the other side ends or a whole answer is there. */
function raw(...parts: string[]): Promise<Answered> {
  const withoutBody = parts[0]?.startsWith('HEAD') ?? false;
  return new Promise((resolve, reject) => {
    const socket = open();
    let text = '';
    const finish = () => {
      const parsed = parseAnswer(text, withoutBody);
      if (!parsed) return reject(new Error(`no answer, got: ${JSON.stringify(text)}`));
      socket.destroy();
      resolve(parsed);
    };
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (parseAnswer(text, withoutBody)) finish();
    });
    socket.on('close', finish);
    socket.on('error', () => {});
    for (const part of parts) socket.write(part);
  });
}

function parseAnswer(text: string, withoutBody: boolean): Answered | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const [first = '', ...rest] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    rest.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = text.slice(end + 4);
  if (!withoutBody && body.length < Number(headers['content-length'] ?? 0)) return undefined;
  return { status: Number(first.split(' ')[1]), headers, text: body };
}

function open(): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  sockets.push(socket);
  return socket;
}

type Headers = Record<string, string>;
async function post(body: string | Uint8Array<ArrayBuffer>, headers: Headers = {}): Promise<Answered> {
  const response = await fetch(`http://127.0.0.1:${port}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text: await response.text(),
  };
}

/** A refusal is a closed code, a fixed sentence and an id that is in the log as well; nothing else. */
function expectRefusal(answered: Answered, status: number): void {
  expect(answered.status).toBe(status);
  const { error, ...rest } = JSON.parse(answered.text) as { error: Record<string, string> };
  expect(rest).toEqual({});
  expect(Object.keys(error).sort()).toEqual(['code', 'correlationId', 'message']);
  expect(error['message']).toBe(new AppError(error['code'] as never, '').sentence);
  expect(lines.some((line) => line.includes(String(error['correlationId'])))).toBe(true);
  expectHeaders(answered);
}

function expectHeaders({ headers }: Answered): void {
  expect(headers).not.toHaveProperty('server');
  expect(headers).not.toHaveProperty('x-powered-by');
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
}

async function expectAlive(): Promise<void> {
  expect(await post('{"type":"message"}')).toMatchObject({ status: 200, text: '{"ok":true}' });
}

test('a good activity reaches the handler with its authorization and a new correlation id', async () => {
  const seen: string[][] = [];
  const own = createHttpServer({
    log: createLogger('silent'),
    onActivity: (_body, authorization, correlationId) => {
      seen.push([authorization, correlationId]);
      return Promise.resolve({ status: 201, body: '{"id":"1"}' });
    },
    readiness: () => Promise.resolve(undefined),
  });
  const at = await own.listen(0, '127.0.0.1');
  try {
    for (const authorization of ['Bearer a.b.c', '']) {
      const response = await fetch(`http://127.0.0.1:${at.port}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'Application/JSON ; charset=utf-8', authorization },
        body: '{"type":"message","text":"ä"}',
      });
      expect([response.status, await response.text()]).toEqual([201, '{"id":"1"}']);
    }
  } finally {
    await own.close(1_000);
  }
  expect(seen.map(([authorization]) => authorization)).toEqual(['Bearer a.b.c', '']);
  expect(new Set(seen.map(([, id]) => id)).size).toBe(2);
});

const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));

// H1
describe('a body that is no JSON object is refused with 400:', () => {
  test.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ['nothing', ''],
    ['a blank', ' '],
    ['half an object', '{"type":'],
    ['a trailing comma', '{"type":"message",}'],
    ['two objects', '{}{}'],
    ['single quotes', "{'type':'message'}"],
    ['null', 'null'],
    ['a list', '[{"type":"message"}]'],
    ['a string', '"message"'],
    ['a number', '7'],
    ['a boolean', 'true'],
    ['NaN', 'NaN'],
    ['a byte order mark', '\uFEFF{"type":"message"}'],
    ['UTF-16', utf16('{"type":"message"}')],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['an overlong slash', new Uint8Array([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d])],
    ['a NUL', '\0'],
    ['a line break in a string', '{"type":"a\nb"}'],
    ['a form', 'type=message'],
    // H5
    ['100,000 open brackets', '['.repeat(100_000)],
    ['100,000 open braces', '{"a":'.repeat(40_000)],
    ['33 levels', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`],
    ['2,001 keys', `{${Array.from({ length: 2_001 }, (_, key) => `"${key}":1`).join()}}`],
  ])('%s', async (_title, body) => {
    expectRefusal(await post(body), 400);
    expect(bodies).toEqual([]);
    await expectAlive();
  });

  test.each<[string, string]>([
    ['32 levels', `${'{"a":'.repeat(32)}1${'}'.repeat(32)}`],
    ['2,000 keys', `{${Array.from({ length: 2_000 }, (_, key) => `"${key}":1`).join()}}`],
    ['brackets in a string', JSON.stringify({ text: '[{:'.repeat(5_000) })],
    ['escaped quotes before brackets', JSON.stringify({ text: `\\"${'["\\'.repeat(5_000)}` })],
  ])('but %s are taken', async (_title, body) => {
    expect((await post(body)).status).toBe(200);
  });

  test('and of a key that stands twice the last one counts', async () => {
    await post('{"type":"a","type":"b"}');
    expect(bodies).toEqual([{ type: 'b' }]);
  });

  test('and a key like __proto__ is data', async () => {
    await post('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    expect(Object.keys(bodies[0] ?? {})).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

// H5: the number of the bar is 20 ms; a machine under load gets more.
test('a hostile body of 256 KB costs less than a moment', async () => {
  const { parseObject } = await import('../../src/http/json-body.ts');
  const hostile = [
    '['.repeat(262_144),
    `{${'"a":1,'.repeat(43_000)}`,
    `{"a":"${'\\"'.repeat(131_000)}"}`,
    `{"a":[${'0,'.repeat(131_000)}0]}`,
  ];
  for (const text of hostile) {
    const bytes = Buffer.from(text);
    const times = Array.from({ length: 20 }, () => {
      const start = performance.now();
      try {
        parseObject(bytes);
      } catch (error) {
        expect(error).toMatchObject({ code: 'bad-request' });
      }
      return performance.now() - start;
    }).sort((a, b) => a - b);
    // A reader that goes back and forth takes minutes; the benchmark has the figure.
    expect(times[10]).toBeLessThan(2_000);
  }
});

// H2
describe('an encoded body is refused with 415 and never opened:', () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000, 32));
  test.each<[string, string, Buffer]>([
    ['gzip garbage', 'gzip', Buffer.from('garbage')],
    ['a gzip bomb', 'gzip', bomb],
    ['deflate', 'deflate', deflateSync('{"type":"message"}')],
    ['br', 'br', brotliCompressSync('{"type":"message"}')],
    ['identity', 'identity', Buffer.from('{"type":"message"}')],
    ['two encodings', 'gzip, gzip', Buffer.from('x')],
    ['an empty name', '', Buffer.from('{"type":"message"}')],
    ['capitals', 'GZIP', Buffer.from('x')],
  ])('%s', async (_title, encoding, body) => {
    expectRefusal(await post(new Uint8Array(body), { 'content-encoding': encoding }), 415);
    expect(bodies).toEqual([]);
    await expectAlive();
  });

  test('10,000 of them, and a process of its own lives on and grows by less than 10 MB', async () => {
    const child = fork(new URL('door-child.ts', import.meta.url), { execArgv: ['--expose-gc'] });
    const told = async (): Promise<{ port?: number; rss?: number }> =>
      ((await once(child, 'message')) as [{ port?: number; rss?: number }])[0];
    const { port: childPort } = await told();
    const rss = async (): Promise<number> => {
      child.send('rss');
      return (await told()).rss as number;
    };
    const agent = new Agent({ keepAlive: true, maxSockets: 20 });
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const send = (count: number) =>
      Promise.all(
        Array.from(
          { length: count },
          () =>
            new Promise<number | undefined>((resolve, reject) => {
              const out = httpRequest(
                { port: childPort, host: '127.0.0.1', path: '/api/messages', method: 'POST', headers, agent },
                (answer) => void answer.resume().once('end', () => resolve(answer.statusCode)),
              );
              out.once('error', reject);
              out.end('garbage');
            }),
        ),
      );
    try {
      // Until the compiler and the heap have found their size: about 14,000 requests.
      for (let at = 0; at < 16; at += 1) await send(1_000);
      const before = await rss();
      for (let at = 0; at < 10; at += 1) expect(new Set(await send(1_000))).toEqual(new Set([415]));
      expect((await rss()) - before).toBeLessThan(10_000_000);
    } finally {
      agent.destroy();
      child.kill();
    }
  }, 180_000);
});

// H3
describe('a body of another type is refused with 415 and leaves no file:', () => {
  const multipart = '--x\r\nContent-Disposition: form-data; name="f"; filename="f.bin"\r\n\r\ndata\r\n--x--\r\n';
  test.each<[string, string | undefined, string]>([
    ['multipart', 'multipart/form-data; boundary=x', multipart],
    ['a form', 'application/x-www-form-urlencoded', 'type=message'],
    ['plain text', 'text/plain', '{"type":"message"}'],
    ['application/jsonx', 'application/jsonx', '{"type":"message"}'],
    ['application/json5', 'application/json5', '{}'],
    ['application/ld+json', 'application/ld+json', '{}'],
    ['text/json', 'text/json', '{}'],
    ['an empty type', '', '{}'],
    ['two types', 'text/plain, application/json', '{}'],
    ['no type', undefined, '{}'],
  ])('%s', async (_title, type, body) => {
    // Other tests make files there at the same time, but none with an upload's name.
    const uploads = () => readdirSync(tmpdir()).filter((name) => /^upload_|^[0-9a-f]{25,32}$/.test(name));
    const before = uploads();
    const head = `POST /api/messages HTTP/1.1\r\nHost: a\r\n${type === undefined ? '' : `Content-Type: ${type}\r\n`}Content-Length: ${body.length}\r\n\r\n`;
    expectRefusal(await raw(head, body), 415);
    expect(bodies).toEqual([]);
    expect(uploads()).toEqual(before);
    await expectAlive();
  });
});

// H4
describe('a body over 256 KB is refused with 413:', () => {
  test('at 262,145 bytes, while 262,144 are taken', async () => {
    const sized = (bytes: number) => JSON.stringify({ text: 'x'.repeat(bytes - '{"text":""}'.length) });
    expect(sized(bodyLimits.bytes)).toHaveLength(262_144);
    expect((await post(sized(bodyLimits.bytes))).status).toBe(200);
    const head = `POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 262145\r\n\r\n`;
    expectRefusal(await raw(head), 413);
  });

  test.each([1_000_000, 20_000_000, Number.MAX_SAFE_INTEGER])(
    '%d bytes declared, before any is read',
    async (length) => {
      const head = `POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
      const answered = await raw(head);
      expectRefusal(answered, 413);
      expect(answered.headers['connection']).toBe('close');
      await expectAlive();
    },
  );

  test('chunks without an end, and the connection is closed', async () => {
    const socket = open();
    let text = '';
    socket.on('data', (data) => (text += data.toString()));
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.write(
      'POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    const chunk = Buffer.from(`4000\r\n${'x'.repeat(0x4000)}\r\n`);
    const pump = () => {
      while (socket.writable && socket.write(chunk));
    };
    socket.on('drain', pump);
    pump();
    await closed;
    // What the kernel holds on the way counts as written; far less than endless all the same.
    expect(socket.bytesWritten).toBeLessThan(30_000_000);
    // The answer can get lost when the connection is cut under a sender that goes on sending.
    if (text !== '') expect(text).toContain('413');
    expect(bodies).toEqual([]);
    await expectAlive();
  });
});

// H7
describe('other addresses and methods', () => {
  test.each([
    ['GET', '/api/messages', 405],
    ['HEAD', '/api/messages', 405],
    ['PUT', '/api/messages', 405],
    ['PATCH', '/api/messages', 405],
    ['DELETE', '/api/messages', 405],
    ['OPTIONS', '/api/messages', 405],
    ['TRACE', '/api/messages', 405],
    ['POST', '/healthz', 405],
    ['GET', '/', 404],
    ['GET', '/favicon.ico', 404],
    ['POST', '/api', 404],
    ['POST', '/api/messages/', 404],
    ['POST', '/API/MESSAGES', 404],
    ['POST', '//api/messages', 404],
    ['POST', '/api//messages', 404],
    ['POST', '///', 404],
    ['GET', '/%', 404],
    ['GET', '/%00', 404],
    ['GET', '/..%2f..%2fetc%2fpasswd', 404],
    ['GET', '/__proto__', 404],
    ['GET', '/constructor', 404],
    ['OPTIONS', '*', 400],
    ['GET', 'http://[', 400],
    ['GET', 'http://evil.example/healthz', 400],
    ['POST', 'http://a/api/messages', 400],
    ['GET', '//[', 404],
    ['GET', '//a b:99999/', 400],
  ])('%s %s is answered with %d', async (method, target, status) => {
    const answered = await raw(`${method} ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    if (method === 'HEAD' || answered.text === '') expect(answered.status).toBe(status);
    else expectRefusal(answered, status);
    expect(answered.headers).not.toHaveProperty('server');
    await expectAlive();
  });

  test('a wrong address is no error that a person must act on', async () => {
    await raw('GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n');
    await raw('GET /api/messages HTTP/1.1\r\nHost: a\r\n\r\n');
    const levels = lines.map((line) => (JSON.parse(line) as { level: number }).level);
    expect(levels).toEqual([30, 30]);
  });

  test.each([
    ['a b', 400],
    ['[', 400],
    [']', 400],
    ['%', 400],
    ['a:99999', 400],
    ['a:x', 400],
    ['[::1', 400],
    ['a%', 400],
    ['<script>', 400],
    ['a^b', 400],
    ['a|b', 400],
    ['a@b@c:x', 400],
    // The parser makes something of these; the address is then another one, or the same.
    ['\\\\', 404],
    ['a?b', 404],
    ['a#b', 404],
    ['', 200],
    ['a\tb', 200],
  ])('Host "%s" does not end the process', async (host, status) => {
    const answered = await raw(
      `POST /api/messages HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
    );
    if (status === 200) expect(answered.status).toBe(200);
    else expectRefusal(answered, status);
    await expectAlive();
  });

  test.each(['localhost', '127.0.0.1:3978', '[::1]:3978', 'bot.example', 'BOT.EXAMPLE:443'])(
    'Host "%s" is taken',
    async (host) => {
      const head = `POST /api/messages HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n`;
      expect((await raw(head, '{}')).status).toBe(200);
    },
  );

  test.each<[string, string, number]>([
    ['a header of 20 KB', `GET /healthz HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20_480)}\r\n\r\n`, 431],
    ['no Host at all', 'GET /healthz HTTP/1.1\r\n\r\n', 400],
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['two lengths', 'POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}', 400],
    [
      'a length and chunks',
      'POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a negative length', 'POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n', 400],
    ['a header with a bare line feed', 'GET /healthz HTTP/1.1\r\nHost: a\r\nX: a\n b\x00\r\n\r\n', 400],
  ])('%s is answered by Node itself', async (_title, text, status) => {
    const answered = await raw(text);
    expect(answered.status).toBe(status);
    expect(answered.headers).not.toHaveProperty('server');
    await expectAlive();
  });

  test.each([
    ['an upgrade', 'GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n', 200],
    [
      'Expect: 100-continue',
      'POST /api/messages HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}',
      100,
    ],
    ['another expectation', 'GET /healthz HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\n\r\n', 417],
    ['HTTP/1.0', 'GET /healthz HTTP/1.0\r\n\r\n', 200],
    ['Accept-Version of restify', 'GET /healthz HTTP/1.1\r\nHost: a\r\nAccept-Version: 9.9.9\r\n\r\n', 200],
  ])('%s does no harm', async (_title, text, status) => {
    expect((await raw(text)).status).toBe(status);
    await expectAlive();
  });

  test('CONNECT is cut off', async () => {
    await expect(raw('CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n')).rejects.toThrow('no answer');
    await expectAlive();
  });
});

test.each([
  ['/healthz', undefined, 200, '{"status":"alive"}'],
  ['/healthz', 'the database cannot be reached', 200, '{"status":"alive"}'],
  ['/readyz', undefined, 200, '{"status":"ready"}'],
  ['/readyz', 'starting', 503, '{"status":"not ready","problem":"starting"}'],
])('GET %s with the problem %s is answered with %d', async (path, why, status, text) => {
  problem = why;
  const answered = await raw(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
  expect(answered).toMatchObject({ status, text });
  expectHeaders(answered);
});

// H15
test.each<[string, () => unknown, number]>([
  ['an error', () => new Error('password=CANARY'), 500],
  ['an error with a cause', () => new Error('x', { cause: new Error('CANARY') }), 500],
  ['an own error', () => new AppError('unauthorized', 'token: issuer', new Error('CANARY')), 401],
  ['an own error of another organisation', () => new AppError('forbidden', 'tenant'), 403],
  ['a text', () => 'CANARY', 500],
  ['undefined', () => undefined, 500],
  ['null', () => null, 500],
  ['an object that cannot be read', () => Object.create(null) as unknown, 500],
  [
    'an error with a status of its own',
    () => Object.assign(new Error('CANARY'), { statusCode: 418, body: 'CANARY' }),
    500,
  ],
])('a handler that throws %s gets a fixed body', async (_title, thrown, status) => {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- anything can be thrown
  answer = () => Promise.reject(thrown());
  const answered = await post('{}');
  expectRefusal(answered, status);
  expect(answered.text + lines.join('')).not.toContain('CANARY');
});

test('more activities at once than the limit are refused with 503 and the others are finished', async () => {
  const gate = Promise.withResolvers<HttpAnswer>();
  answer = () => gate.promise;
  const first = Array.from({ length: 4 }, () => post('{}'));
  while (server.inFlight() < 4) await new Promise(setImmediate);
  expectRefusal(await post('{}'), 503);
  // Other addresses and refusals go on.
  expect((await raw('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n')).status).toBe(200);
  gate.resolve({ status: 200 });
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(server.inFlight()).toBe(0);
  answer = () => Promise.resolve({ status: 200, body: '{"ok":true}' });
  await expectAlive();
});

// H6
describe('slow requests', () => {
  test('are limited by the time limits of Node', () => {
    const made: Server[] = [];
    const create = http.createServer;
    http.createServer = (...args: unknown[]) => {
      const one = create(...(args as []));
      made.push(one);
      return one;
    };
    try {
      createHttpServer({
        log: createLogger('silent'),
        onActivity: () => Promise.resolve({ status: 200 }),
        readiness: () => Promise.resolve(undefined),
      });
    } finally {
      http.createServer = create;
    }
    expect(made[0]).toMatchObject({
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
      maxConnections: 2_000,
    });
  });

  test('1,000 headers and bodies that trickle in take no place from others, and all are cut off', async () => {
    const body =
      'POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{';
    const headers = 'POST /api/messages HTTP/1.1\r\nHost: a\r\nX-Slow: ';
    const slow = Array.from({ length: 1_000 }, open);
    let cut = 0;
    for (const socket of slow) socket.once('close', () => (cut += 1)).on('data', () => {});
    await Promise.all(
      slow.map((socket, at) => new Promise((resolve) => socket.write(at % 2 ? body : headers, resolve))),
    );
    // One byte each now and then keeps them from being idle, and does not help them.
    const trickle = setInterval(() => slow.forEach((socket) => socket.writable && socket.write(' ')), 1_000);
    const times: number[] = [];
    while (cut < slow.length) {
      const from = performance.now();
      await expectAlive();
      times.push(performance.now() - from);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    clearInterval(trickle);
    times.sort((a, b) => a - b);
    console.log(
      `beside 1,000 slow clients: ${times.length} good requests, p99 ${Math.round(times[Math.floor(times.length * 0.99)] ?? NaN)} ms`,
    );
    // They were served all the time, not only when the slow ones had gone.
    expect(times.length).toBeGreaterThan(20);
    expect(bodies).toHaveLength(times.length);
  }, 60_000);

  test('headers and a body that never end are cut off with 408', async () => {
    const start = performance.now();
    const [headers, body] = await Promise.all([
      raw('POST /api/messages HTTP/1.1\r\nHost: a\r\nX-Slow: ').then((answered) => ({
        answered,
        ms: performance.now() - start,
      })),
      raw(
        'POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
      ).then((answered) => ({ answered, ms: performance.now() - start })),
    ]);
    expect([headers.answered.status, body.answered.status]).toEqual([408, 408]);
    expect(headers.ms).toBeGreaterThan(4_000);
    expect(headers.ms).toBeLessThan(body.ms);
    expect(bodies).toEqual([]);
    await expectAlive();
  });

  test('a client that leaves in the middle of its body harms nobody', async () => {
    for (let at = 0; at < 20; at += 1) {
      const socket = open();
      await new Promise((resolve) =>
        socket.write(
          'POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
          resolve,
        ),
      );
      socket.destroy();
    }
    await expectAlive();
    expect(server.inFlight()).toBe(0);
  });

  test('a client that leaves before its answer harms nobody', async () => {
    const gate = Promise.withResolvers<HttpAnswer>();
    answer = () => gate.promise;
    const socket = open();
    socket.write(
      'POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
    );
    while (server.inFlight() < 1) await new Promise(setImmediate);
    socket.destroy();
    gate.resolve({ status: 200, body: '{}' });
    answer = () => Promise.resolve({ status: 200, body: '{"ok":true}' });
    await expectAlive();
  });
});

describe('closing', () => {
  test('while it drains it answers whoever has connected before, though others have gone', async () => {
    const early = open();
    await once(early, 'connect');
    const drained = server.drain(2_000);
    expect(await post('{"type":"message"}')).toMatchObject({ status: 200, headers: { connection: 'close' } });
    const body = '{"type":"message"}';
    const head = `POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    early.write(head + body);
    const [answer] = (await once(early, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 /);
    await drained;
  });

  test('finishes what is under way, answers with Connection: close and takes nothing new', async () => {
    const gate = Promise.withResolvers<HttpAnswer>();
    answer = () => gate.promise;
    const agent = new Agent({ keepAlive: true });
    const under = new Promise<{ status: number | undefined; connection: string | undefined }>((resolve, reject) => {
      const sent = httpRequest(
        { port, agent, method: 'POST', path: '/api/messages', headers: { 'content-type': 'application/json' } },
        (response) => {
          response.resume();
          response.on('end', () => resolve({ status: response.statusCode, connection: response.headers.connection }));
        },
      );
      sent.on('error', reject);
      sent.end('{}');
    });
    while (server.inFlight() < 1) await new Promise(setImmediate);
    const closed = server.close(20_000);
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow('fetch failed');
    gate.resolve({ status: 200, body: '{}' });
    expect(await under).toEqual({ status: 200, connection: 'close' });
    await closed;
    agent.destroy();
  });

  test('does not wait for connections that ask nothing', async () => {
    const silent = open();
    await new Promise((resolve) => silent.once('connect', resolve));
    const agent = new Agent({ keepAlive: true });
    await new Promise((resolve, reject) =>
      httpRequest({ port, agent, path: '/healthz' }, (response) => response.resume().on('end', resolve))
        .on('error', reject)
        .end(),
    );
    const start = performance.now();
    await server.close(25_000);
    expect(performance.now() - start).toBeLessThan(15_000);
    agent.destroy();
  });

  test('cuts off what does not finish within its limit', async () => {
    answer = () => new Promise(() => {});
    const hanging = raw(
      'POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
    );
    hanging.catch(() => {});
    while (server.inFlight() < 1) await new Promise(setImmediate);
    await server.close(50);
    await expect(hanging).rejects.toThrow('no answer');
  });

  test('twice is the same as once', async () => {
    await Promise.all([server.close(1_000), server.close(1_000)]);
  });
});

test('a taken port is told to whoever listens', async () => {
  const second = createHttpServer({
    log: createLogger('silent'),
    onActivity: () => Promise.resolve({ status: 200 }),
    readiness: () => Promise.resolve(undefined),
  });
  await expect(second.listen(port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE', port });
});
