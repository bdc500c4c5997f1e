import { setTimeout as delay } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Request as RestifyRequest, Response as RestifyResponse } from 'restify';
// Not `restify` itself: it also loads its plugins, of which none is used here; that is more than half of its time.
import RestifyRouter from 'restify/lib/router.js';
import RestifyServer from 'restify/lib/server.js';
import { AppError, toAppError, type ErrorCode } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { readJsonObject } from './json-body.ts';

/** What the turn behind `/api/messages` answers: a status and, for an invoke, a JSON text. */
export interface HttpAnswer {
  readonly status: number;
  /** JSON text, ready to send. */
  readonly body?: string;
}

export interface HttpServerOptions {
  readonly log: Logger;
  /** Handles one activity. Whatever it throws becomes a fixed body with a correlation id. */
  readonly onActivity: (
    body: Record<string, unknown>,
    authorization: string,
    correlationId: string,
  ) => Promise<HttpAnswer>;
  /** Whether the bot can answer now; a sentence when not. */
  readonly readiness: () => Promise<string | undefined>;
  /** Told of each request that is answered with an error. */
  readonly onRefused?: ((code: ErrorCode) => void) | undefined;
  /** How many activities may be under way at once before more are refused with 503. */
  readonly maxInFlight?: number;
}

export interface HttpServer {
  /** @throws the listen error (EADDRINUSE and others) */
  listen(port: number, host: string): Promise<AddressInfo>;
  /** Goes on answering for so many ms, and asks whoever is connected to connect anew elsewhere. */
  drain(ms: number): Promise<void>;
  /** Takes no new requests, waits for those under way, at most `limitMs`. */
  close(limitMs?: number): Promise<void>;
  readonly inFlight: () => number;
}

/** restify's own lines would go past the closed list of fields (logger.ts); it has none that anybody misses. */
const silent = Object.fromEntries(
  ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => [level, () => undefined]),
);

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { log } = options;
  const maxInFlight = options.maxInFlight ?? 256;
  let inFlight = 0;
  /** It goes on answering, and keeps no connection for later. */
  let draining = false;
  /** It takes nothing new. */
  let closing = false;
  const restifyOptions = { name: 'bot', ignoreTrailingSlash: false, log: silent };
  const restifyServer = new RestifyServer({ ...restifyOptions, router: new RestifyRouter(restifyOptions) });
  const node = restifyServer.server as Server;
  // restify takes over every connection that asks for an upgrade and leaves it lying: unanswered, without a time
  // limit, and in the way of closing. Without its listener Node answers as if nothing had been asked.
  node.removeAllListeners('upgrade');
  // It also passes errors of the server on to itself, where one that nobody listens to ends the process.
  restifyServer.on('error', () => {});
  // Node's own defaults leave a half-sent request open for minutes.
  node.headersTimeout = 5_000;
  node.requestTimeout = 10_000;
  node.keepAliveTimeout = 65_000;
  // Each may hold one body of 256 KB while it is read.
  node.maxConnections = 2_000;
  (node as unknown as { connectionsCheckingInterval: number }).connectionsCheckingInterval = 1_000;

  // Requests whose answer is not out yet, whatever their route.
  let open = 0;
  node.on('request', (_request: IncomingMessage, response: ServerResponse) => {
    open += 1;
    response.once('close', () => {
      open -= 1;
      if (closing && open === 0) node.closeAllConnections();
    });
  });

  const send = (response: ServerResponse, status: number, body: string): void => {
    if (response.writableEnded || response.destroyed) return;
    response.removeHeader('Server');
    if (draining || closing) response.setHeader('Connection', 'close');
    response.writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    });
    response.end(body);
  };
  const sendError = (response: ServerResponse, error: AppError, correlationId: string): void => {
    log[error.level]({ correlationId, code: error.code, status: error.status, error }, 'request refused');
    options.onRefused?.(error.code);
    // Whoever sends too much does not get to keep the connection; the rest of the body is not read.
    if (error.code === 'too-large' || error.code === 'unsupported-media') response.setHeader('Connection', 'close');
    send(
      response,
      error.status,
      JSON.stringify({ error: { code: error.code, message: error.sentence, correlationId } }),
    );
  };
  const route =
    (handler: Handler): ((request: RestifyRequest, response: RestifyResponse) => Promise<void>) =>
    async (request, response) => {
      try {
        await handler(request, response);
      } catch (thrown) {
        sendError(response, toAppError(thrown), randomUUID());
      }
    };

  // One request with a Host header such as "a b" ends a restify 12 process (restify issue 2011), and an absolute
  // target such as "http://[" does the same, so both are turned away before restify parses them.
  (restifyServer as unknown as { first: (guard: (q: IncomingMessage, s: ServerResponse) => boolean) => void }).first(
    (request, response) => {
      if (isWellFormedTarget(request)) return true;
      sendError(response, new AppError('bad-request', 'malformed target or Host header'), randomUUID());
      return false;
    },
  );

  // None of these calls back: restify would answer a second time, and that ends the process.
  const refusal =
    (code: ErrorCode) =>
    (_request: unknown, response: ServerResponse): void =>
      sendError(response, new AppError(code, 'no such route'), randomUUID());
  restifyServer.on('NotFound', refusal('not-found'));
  restifyServer.on('MethodNotAllowed', refusal('method-not-allowed'));
  restifyServer.on('VersionNotAllowed', refusal('not-found'));
  restifyServer.on('UnsupportedMediaType', refusal('unsupported-media'));
  restifyServer.on('restifyError', refusal('internal'));

  restifyServer.post(
    '/api/messages',
    route(async (request, response) => {
      const correlationId = randomUUID();
      try {
        const body = await readJsonObject(request);
        // Only whole requests count: a few hundred bodies that trickle in must not take the places of the others.
        if (inFlight >= maxInFlight) throw new AppError('busy', 'too many turns');
        inFlight += 1;
        try {
          const answer = await options.onActivity(body, request.headers.authorization ?? '', correlationId);
          send(response, answer.status, answer.body ?? '{}');
        } finally {
          inFlight -= 1;
        }
      } catch (thrown) {
        sendError(response, toAppError(thrown), correlationId);
      }
    }),
  );
  restifyServer.get(
    '/healthz',
    route(async (_request, response) => send(response, 200, '{"status":"alive"}')),
  );
  restifyServer.get(
    '/readyz',
    route(async (_request, response) => {
      const problem = await options.readiness();
      send(
        response,
        problem ? 503 : 200,
        JSON.stringify(problem ? { status: 'not ready', problem } : { status: 'ready' }),
      );
    }),
  );

  return {
    inFlight: () => inFlight,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        node.once('error', reject);
        node.listen(port, host, () => {
          node.off('error', reject);
          node.on('error', (error) => log.error({ error }, 'http server failed'));
          resolve(node.address() as AddressInfo);
        });
      }),
    async drain(ms) {
      draining = true;
      await delay(ms);
    },
    close: (limitMs = 20_000) =>
      new Promise((resolve) => {
        closing = true;
        const force = setTimeout(() => node.closeAllConnections(), limitMs);
        node.close(() => {
          clearTimeout(force);
          resolve();
        });
        // Whoever has connected and asked nothing yet is not waited for.
        if (open === 0) node.closeAllConnections();
      }),
  };
}

/** Whether restify can parse the address of the request: it puts the two together in just this way. */
function isWellFormedTarget(request: IncomingMessage): boolean {
  const { url = '', headers } = request;
  return url.startsWith('/') && URL.canParse(`http://${headers.host || 'localhost'}${url}`);
}
