import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createConnector, type Connector } from '../../src/bot/connector.ts';
import { isLoopbackServiceUrl } from '../../src/bot/service-url.ts';
import { ConnectorStandIn, type Fault } from '../../src/local/connector-stand-in.ts';
import { createWorld, type Person } from '../../src/local/world.ts';

const world = createWorld();
const [priya] = world.people as [Person];
const message = JSON.stringify({ type: 'message', text: 'hello' });
let standIn: ConnectorStandIn;
let connector: Connector;

beforeEach(async () => {
  standIn = new ConnectorStandIn({ world });
  await standIn.start();
  connector = create();
});
afterEach(async () => {
  await connector.close();
  await standIn.stop();
});

const create = (timeoutMs = 10_000, token = () => Promise.resolve<string | undefined>('the-token')) =>
  createConnector({ token, mayCall: isLoopbackServiceUrl, timeoutMs });
const post = (json = message) => connector.post(standIn.serviceUrl, priya.chatId, undefined, json);
/** With a body where none is said: an answer without one is tried on its own below. */
const answering = (fault: Fault): Fault => (fault.status === undefined ? fault : { body: {}, ...fault });
const methods = () => standIn.requests.map(({ method }) => method);

test('a post gives the id that Teams tells, and carries the token', async () => {
  const id = await post();
  expect(standIn.conversations.messages.map((one) => one.id)).toEqual([id]);
  expect(standIn.requests[0]?.headers.authorization).toBe('Bearer the-token');
  expect(connector.counts.requests).toBe(1);
});

test('nothing is signed where there is no token', async () => {
  const unsigned = create(10_000, () => Promise.resolve(undefined));
  await unsigned.post(standIn.serviceUrl, priya.chatId, undefined, message);
  await unsigned.close();
  expect(standIn.requests[0]?.headers).not.toHaveProperty('authorization');
});

test('a post in answer to a message names it in its address', async () => {
  await connector.post(standIn.serviceUrl, priya.chatId, '17;x/y', message);
  expect(standIn.requests[0]?.path).toBe(`/v3/conversations/${priya.chatId}/activities/17;x/y`);
});

test('a message is replaced by its id, as often as one likes', async () => {
  const id = String(await post());
  for (const text of ['second', 'third']) {
    await connector.replace(standIn.serviceUrl, priya.chatId, id, JSON.stringify({ type: 'message', text }));
  }
  expect(standIn.conversations.message(id)?.content.text).toBe('third');
});

test.each([
  ['200 with a list', { status: 200, body: [1] }],
  ['200 with null', { status: 200, body: null }],
  ['201 with an id that is no text', { status: 201, body: { id: 7 } }],
  ['201 with an empty id', { status: 201, body: { id: '' } }],
  ['201 with an id without an end', { status: 201, body: { id: 'x'.repeat(2_000) } }],
  ['200 with more than anybody reads', { status: 200, body: { id: 'x'.repeat(200_000) } }],
] as [string, Fault][])('%s is sent, without an id, and not sent again', async (_title, fault) => {
  standIn.onRequest = () => answering(fault);
  expect(await post()).toBeUndefined();
  expect(methods()).toEqual(['POST']);
});

test.each([200, 201, 202])('%d with an empty body is sent, without an id, and not sent again', async (status) => {
  let requests = 0;
  const server = createHttpServer((request, response) => {
    requests += 1;
    response.statusCode = status;
    request.resume().on('end', () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  expect(await connector.post(url, 'c', undefined, message)).toBeUndefined();
  expect(requests).toBe(1);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('what surely did not arrive is sent once more:', () => {
  test.each([
    ['412', { status: 412 }],
    ['429 without Retry-After', { status: 429 }],
    ['429 with Retry-After 0', { status: 429, headers: { 'retry-after': '0' } }],
    ['429 with Retry-After 1', { status: 429, headers: { 'retry-after': '1' } }],
    ['429 with garbage in Retry-After', { status: 429, headers: { 'retry-after': 'soon' } }],
    ['429 with a negative Retry-After', { status: 429, headers: { 'retry-after': '-5' } }],
    ['429 with a date in Retry-After', { status: 429, headers: { 'retry-after': 'Fri, 20 Nov 2026 09:00:00 GMT' } }],
    ['429 with a Retry-After without an end', { status: 429, headers: { 'retry-after': '9'.repeat(400) } }],
  ] as [string, Fault][])('%s', async (_title, fault) => {
    standIn.onRequest = () => (standIn.requests.length === 1 ? answering(fault) : undefined);
    expect(await post()).toBe(standIn.conversations.messages[0]?.id);
    expect(methods()).toEqual(['POST', 'POST']);
    standIn.requests.length = 0;
    standIn.onRequest = () => answering(fault);
    await expect(post()).rejects.toMatchObject({ code: 'send-refused' });
    expect(methods()).toEqual(['POST', 'POST']);
  });

  test('a connection that is refused', async () => {
    const gone = new ConnectorStandIn({ world });
    await gone.start();
    const { serviceUrl } = gone;
    await gone.stop();
    await expect(connector.post(serviceUrl, priya.chatId, undefined, message)).rejects.toMatchObject({
      code: 'send-refused',
    });
    expect(connector.counts.requests).toBe(2);
  });
});

describe('what Teams refused is not sent again:', () => {
  test.each([
    ...[400, 401, 403, 404, 405, 409, 413, 415].map((status) => [String(status), { status }] as [string, Fault]),
    ['429 with Retry-After 2: a turn does not sleep so long', { status: 429, headers: { 'retry-after': '2' } }],
    ['429 with Retry-After 3600', { status: 429, headers: { 'retry-after': '3600' } }],
  ] as [string, Fault][])('%s', async (_title, fault) => {
    standIn.onRequest = () => answering(fault);
    await expect(post()).rejects.toMatchObject({ code: 'send-refused' });
    expect(methods()).toEqual(['POST']);
  });
});

describe('what may have arrived is never sent again:', () => {
  test.each([
    ...[408, 500, 501, 502, 503, 504, 599].map((status) => [String(status), { status }] as [string, Fault]),
    ['502 after the message is there', { status: 502, afterEffect: true }],
    ['503 with Retry-After', { status: 503, headers: { 'retry-after': '0' } }],
    ['a connection that is cut', { drop: true }],
    ['a connection that is cut after the message is there', { drop: true, afterEffect: true }],
  ] as [string, Fault][])('%s', async (_title, fault) => {
    standIn.onRequest = () => answering(fault);
    await expect(post()).rejects.toMatchObject({ code: 'send-unknown' });
    expect(methods()).toEqual(['POST']);
    expect(connector.counts.requests).toBe(1);
  });

  test('an answer that does not come within the limit', async () => {
    standIn.onRequest = () => ({ delayMs: 3_000, status: 200, body: {} });
    const hasty = create(200);
    await expect(hasty.post(standIn.serviceUrl, priya.chatId, undefined, message)).rejects.toMatchObject({
      code: 'send-unknown',
    });
    expect(methods()).toEqual(['POST']);
    await hasty.close();
  });
});

test.each([301, 302, 303, 307, 308])(
  'a redirect (%d) is not followed, so the token goes nowhere else',
  async (status) => {
    const elsewhere = new ConnectorStandIn({ world });
    await elsewhere.start();
    standIn.onRequest = () => ({
      status,
      body: {},
      headers: { location: `${elsewhere.url}/v3/conversations/x/activities` },
    });
    await expect(post()).rejects.toMatchObject({ code: 'send-refused' });
    expect([methods(), elsewhere.requests]).toEqual([['POST'], []]);
    await elsewhere.stop();
  },
);

describe('a server that answers byte by byte', () => {
  let server: Server;
  let sockets: Socket[];
  beforeEach(async () => {
    sockets = [];
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  test.each([
    ['HTTP/1.1 201 Created\r\nContent-Length: 1000\r\n\r\n{', undefined],
    ['HTTP/1.1 403 Forbidden\r\nContent-Length: 1000\r\n\r\n{', 'send-refused'],
    ['HTTP/1.1 500 Oops\r\nContent-Length: 1000\r\n\r\n{', 'send-unknown'],
    ['HTTP/1.1 201 Crea', 'send-unknown'],
    ['this is not HTTP', 'send-unknown'],
  ])('is waited for until the limit, and the status counts: %j', async (start, code) => {
    server.on('connection', (socket) => {
      socket.write(start);
      // A byte now and then must not start the limit anew.
      const drip = setInterval(() => socket.write(' '), 20);
      socket.on('close', () => clearInterval(drip));
    });
    const hasty = create(400);
    const sent = hasty.post(url(), 'c', undefined, message);
    if (code === undefined) expect(await sent).toBeUndefined();
    else await expect(sent).rejects.toMatchObject({ code });
    expect(sockets).toHaveLength(1);
    await hasty.close();
  });
});

test('without a token nothing is sent, and the failure says so', async () => {
  const broken = create(1_000, () => Promise.reject(new Error('CANARY')));
  const failure: unknown = await broken
    .post(standIn.serviceUrl, priya.chatId, undefined, message)
    .catch((e: unknown) => e);
  expect(failure).toMatchObject({ code: 'send-refused', message: 'connector: no token' });
  expect(standIn.requests).toEqual([]);
  await broken.close();
});

test.each(['', '.', '..'])('an id "%s" does not lead to another address', async (id) => {
  await expect(connector.post(standIn.serviceUrl, id, undefined, message)).rejects.toMatchObject({
    code: 'address-refused',
  });
  await expect(connector.post(standIn.serviceUrl, 'c', id, message)).rejects.toMatchObject({ code: 'address-refused' });
  expect(standIn.requests).toEqual([]);
});

test.each(['a/../../b', 'a?b#c', '\uD800', 'ä ö', '%2e%2e', 'a\r\nb', '19:x@thread.tacv2;messageid=1'])(
  'an id %j stays one step of the path',
  async (id) => {
    await expect(connector.post(standIn.serviceUrl, id, undefined, message)).rejects.toMatchObject({
      code: 'send-refused',
    });
    expect(standIn.requests[0]?.path).toBe(`/v3/conversations/${id.toWellFormed()}/activities`);
  },
);

test('1,000 sends after the first hundred open no new connection and are 1,000 requests', async () => {
  let [connections, requests] = [0, 0];
  const server = createHttpServer((request, response) => {
    requests += 1;
    request.resume().on('end', () => response.end('{"id":"1"}'));
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const send = async (count: number) => {
    for (let at = 0; at < count; at += 5) {
      await Promise.all(Array.from({ length: 5 }, () => connector.post(url, 'c', undefined, message)));
    }
  };
  await send(100);
  const warm = connections;
  await send(1_000);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect([requests, connector.counts.requests]).toEqual([1_100, 1_100]);
  expect(warm).toBeLessThanOrEqual(64);
  expect(connections - warm).toBe(0);
});
