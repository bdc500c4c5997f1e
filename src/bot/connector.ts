import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import { Agent, request } from './http-client.ts';
import type { ServiceUrlRule } from './service-url.ts';

/** Gives the bearer token for sends, or `undefined` where nothing is signed (local mode). */
export type TokenSource = () => Promise<string | undefined>;

export interface ConnectorOptions {
  readonly token: TokenSource;
  readonly mayCall: ServiceUrlRule;
  /** Time for one request from the queue to the end of its answer, in ms (section 6, row X6: 8 s). */
  readonly timeoutMs?: number;
  /** Told of each request; ms from its beginning to the end of its answer. */
  readonly onResult?: ((result: SendResult, ms: number) => void) | undefined;
}

/** What became of one request. */
export type SendResult =
  /** It is there; `conversationId` only for a new thread. */
  | {
      readonly kind: 'sent';
      readonly id: string | undefined;
      readonly conversationId?: string | undefined;
      readonly body?: Readonly<Record<string, unknown>>;
    }
  /** Surely nothing was posted. `code` is the connector's own word for it. */
  | {
      readonly kind: 'refused';
      readonly why: string;
      /** HTTP status; `undefined` when there was no answer at all: no connection, or no token. */
      readonly status?: number | undefined;
      readonly code?: string | undefined;
      /** How long the connector wants to be left alone, in ms. */
      readonly retryAfterMs?: number | undefined;
      readonly cause?: unknown;
    }
  /** It may have been posted: the answer was lost, or the connector failed in the middle. */
  | { readonly kind: 'unknown'; readonly why: string; readonly cause?: unknown };

/** Somebody in the roster of a conversation. */
export interface Member {
  readonly teamsId: string;
  readonly aadObjectId: string;
  readonly name: string;
  /** Where Teams tells it: a shared channel has members of other organisations. */
  readonly tenantId: string | undefined;
}

/** One message of the bot. `json` is the body of the activity. */
export interface Connector {
  /**
   * Posts a new message; `replyTo` keeps it with the message it answers. Gives the id of the message, if Teams told one.
   * @throws AppError send-refused (nothing was posted), send-unknown (it may have been), address-refused
   */
  post(
    serviceUrl: string,
    conversationId: string,
    replyTo: string | undefined,
    json: string,
  ): Promise<string | undefined>;
  /** One try to post a new message, for who decides on the next try. @throws AppError address-refused */
  tryPost(serviceUrl: string, conversationId: string, json: string): Promise<SendResult>;
  /** One try to open a new thread; `json` names the channel and holds the first message. @throws AppError address-refused */
  tryNewThread(serviceUrl: string, json: string): Promise<SendResult>;
  /** Replaces one of the bot's own messages. Repeating it does no harm. */
  replace(serviceUrl: string, conversationId: string, activityId: string, json: string): Promise<void>;
  /** One try to replace. @throws AppError address-refused */
  tryReplace(serviceUrl: string, conversationId: string, activityId: string, json: string): Promise<SendResult>;
  /**
   * Looks a member of a conversation up, by id in the directory or in Teams; `undefined` when there is none.
   * @throws AppError send-unknown, send-refused when the roster cannot be asked
   */
  member(serviceUrl: string, conversationId: string, id: string): Promise<Member | undefined>;
  /** Whether the connector gives any answer that is not a failure of its own. Changes nothing. */
  probe(serviceUrl: string, conversationId: string): Promise<boolean>;
  /** Requests sent, for the benchmark and its test. */
  readonly counts: { requests: number };
  close(): Promise<void>;
}

/**
 * The one way out to Teams. The SDK's client is built anew on each turn, repeats a failed POST up to three times
 * (each can be a second visible message) and waits without a limit; this one keeps its connections, has time limits
 * and repeats only what surely did not arrive: once, after a short wait.
 */
export function createConnector(options: ConnectorOptions): Connector {
  const timeout = options.timeoutMs ?? 8_000;
  const agent = new Agent({
    connections: 192,
    keepAliveTimeout: 60_000,
    connect: { timeout: 3_000 },
  });
  const counts = { requests: 0 };

  const attempt = async (
    method: 'POST' | 'PUT' | 'GET',
    serviceUrl: string,
    path: string,
    json?: string,
  ): Promise<SendResult> => {
    if (!options.mayCall(serviceUrl)) throw new AppError('address-refused', 'serviceUrl is not on the list');
    let token: string | undefined;
    try {
      token = await options.token();
    } catch (error) {
      return { kind: 'refused', why: 'no token', cause: error };
    }
    counts.requests += 1;
    try {
      const response = await request(agent, `${withoutSlash(serviceUrl)}${path}`, {
        method,
        // One limit for all of it: undici's own would start anew with each byte that trickles in.
        signal: AbortSignal.timeout(timeout),
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(json === undefined ? {} : { body: json }),
      });
      // The status says what became of the message, also when the rest of the answer is lost.
      const text = await readShort(response.body).catch(() => '');
      return resultOf(response.statusCode, response.headers['retry-after'], text);
    } catch (error) {
      return neverLeft(error)
        ? { kind: 'refused', why: 'no connection', cause: error }
        : { kind: 'unknown', why: 'connection broke', cause: error };
    }
  };

  const once: typeof attempt = async (...all) => {
    const from = performance.now();
    const result = await attempt(...all);
    options.onResult?.(result, performance.now() - from);
    return result;
  };

  /** As part of a turn: one more try, soon, when nothing was posted and soon is enough. */
  const surely = async (method: 'POST' | 'PUT', serviceUrl: string, path: string, json: string) => {
    let result = await once(method, serviceUrl, path, json);
    const waitMs = result.kind === 'refused' ? soon(result) : undefined;
    if (waitMs !== undefined) {
      await delay(waitMs);
      result = await once(method, serviceUrl, path, json);
    }
    if (result.kind === 'sent') return result.id;
    const code = result.kind === 'refused' ? 'send-refused' : 'send-unknown';
    throw new AppError(code, `connector: ${result.why}`, result.cause);
  };

  const activities = (conversationId: string) => `/v3/conversations/${segment(conversationId)}/activities`;
  return {
    counts,
    post: async (serviceUrl, conversationId, replyTo, json) =>
      surely(
        'POST',
        serviceUrl,
        `${activities(conversationId)}${replyTo === undefined ? '' : `/${segment(replyTo)}`}`,
        json,
      ),
    tryPost: async (serviceUrl, conversationId, json) => once('POST', serviceUrl, activities(conversationId), json),
    tryNewThread: (serviceUrl, json) => once('POST', serviceUrl, '/v3/conversations', json),
    replace: async (serviceUrl, conversationId, activityId, json) => {
      await surely('PUT', serviceUrl, `${activities(conversationId)}/${segment(activityId)}`, json);
    },
    tryReplace: async (serviceUrl, conversationId, activityId, json) =>
      once('PUT', serviceUrl, `${activities(conversationId)}/${segment(activityId)}`, json),
    async member(serviceUrl, conversationId, id) {
      const path = `/v3/conversations/${segment(conversationId)}/members/${segment(id)}`;
      const result = await once('GET', serviceUrl, path);
      if (result.kind === 'refused' && result.status === 404) return undefined;
      if (result.kind !== 'sent')
        throw new AppError(
          result.kind === 'refused' ? 'send-refused' : 'send-unknown',
          `roster: ${result.why}`,
          result.cause,
        );
      const { body = {} } = result;
      const aadObjectId = idOf(body['aadObjectId']) ?? idOf(body['objectId']);
      const teamsId = idOf(body['id']);
      // A guest of a meeting is in the roster but has no place in the directory, so nothing can be tied to them.
      if (teamsId === undefined || aadObjectId === undefined || body['userRole'] === 'anonymous') return undefined;
      return {
        teamsId,
        aadObjectId,
        name: typeof body['name'] === 'string' ? body['name'].slice(0, 200) : '',
        tenantId: idOf(body['tenantId']),
      };
    },
    async probe(serviceUrl, conversationId) {
      const result = await once(
        'GET',
        serviceUrl,
        `/v3/conversations/${segment(conversationId)}/pagedmembers?pageSize=1`,
      );
      // A refusal is an answer too; only silence and a failure inside are none.
      return (
        result.kind === 'sent' || (result.kind === 'refused' && result.status !== undefined && result.status !== 429)
      );
    },
    close: () => agent.close(),
  };
}

/** A turn never sleeps longer than a second; what must not be lost goes out later by a job, not here. */
function soon(result: Extract<SendResult, { kind: 'refused' }>): number | undefined {
  if (result.why === 'no connection' || result.status === 412) return 200;
  if (result.status !== 429) return undefined;
  const waitMs = result.retryAfterMs ?? 500;
  return waitMs <= 1_000 ? waitMs : undefined;
}

/** Teams writes its address with a closing slash. */
function withoutSlash(url: string): string {
  let end = url.length;
  while (end > 0 && url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}

/** An id as one step of a path. */
function segment(id: string): string {
  // The URL parser would take these for steps upwards, escaped or not.
  if (id === '' || id === '.' || id === '..') throw new AppError('address-refused', 'the id is not one');
  return encodeURIComponent(id.toWellFormed());
}

const beforeTheConnection = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether the failure came before the first byte of the request was written, the TLS handshake included. */
function neverLeft(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && (beforeTheConnection.has(code) || /^(ERR_TLS_|CERT_|DEPTH_ZERO_)/.test(code));
}

function resultOf(status: number, retryAfter: string | string[] | undefined, text: string): SendResult {
  const body = bodyIn(text);
  if (status >= 200 && status < 300) {
    // A new thread is named by its conversation; the message in it by a field of its own.
    const isThread = typeof body['activityId'] === 'string';
    return isThread
      ? { kind: 'sent', id: idOf(body['activityId']), conversationId: idOf(body['id']) }
      : { kind: 'sent', id: idOf(body['id']), body };
  }
  if (status >= 500 || status === 408) return { kind: 'unknown', why: `status ${status}` };
  const error = body['error'] as { code?: unknown } | null | undefined;
  return {
    kind: 'refused',
    why: `status ${status}`,
    status,
    code: typeof error?.code === 'string' ? error.code.slice(0, 100) : undefined,
    retryAfterMs: typeof retryAfter === 'string' ? readRetryAfter(retryAfter, Date.now()) : undefined,
  };
}

/** Seconds or a date, as HTTP has it; anything else, or more than an hour, says nothing that can be trusted. */
export function readRetryAfter(value: string, now: number): number | undefined {
  const ms = /^\s*\d{1,9}(\.\d{1,3})?\s*$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  if (!Number.isFinite(ms) || ms < 0) return undefined;
  return Math.min(ms, 3_600_000);
}

function bodyIn(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const idOf = (id: unknown) => (typeof id === 'string' && id !== '' && id.length <= 1_024 ? id : undefined);

/** Reads at most 64 KB: an answer of the connector is short, and nothing else is worth the memory. */
async function readShort(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    // Leaving the loop ends the connection.
    if ((length += chunk.length) > 65_536) return '';
  }
  return Buffer.concat(chunks).toString('utf8');
}
