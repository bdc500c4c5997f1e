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
  /** Replaces one of the bot's own messages. Repeating it does no harm. */
  replace(serviceUrl: string, conversationId: string, activityId: string, json: string): Promise<void>;
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
    connections: 64,
    keepAliveTimeout: 60_000,
    connect: { timeout: 3_000 },
  });
  const counts = { requests: 0 };

  const call = async (
    method: 'POST' | 'PUT',
    serviceUrl: string,
    path: string,
    json: string,
  ): Promise<string | undefined> => {
    if (!options.mayCall(serviceUrl)) throw new AppError('address-refused', 'serviceUrl is not on the list');
    for (let attempt = 1; ; attempt += 1) {
      const result = await once(method, `${serviceUrl.replace(/\/+$/, '')}${path}`, json);
      if (result.kind === 'sent') return result.id;
      if (result.kind === 'not-sent' && result.retryInMs !== undefined && attempt === 1) {
        await delay(result.retryInMs);
        continue;
      }
      throw new AppError(
        result.kind === 'not-sent' ? 'send-refused' : 'send-unknown',
        `connector: ${result.why}`,
        result.cause,
      );
    }
  };

  const once = async (method: 'POST' | 'PUT', url: string, json: string): Promise<Sent> => {
    let token: string | undefined;
    try {
      token = await options.token();
    } catch (error) {
      return { kind: 'not-sent', why: 'no token', cause: error };
    }
    counts.requests += 1;
    try {
      const response = await request(agent, url, {
        method,
        // One limit for all of it: undici's own would start anew with each byte that trickles in.
        signal: AbortSignal.timeout(timeout),
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: json,
      });
      // The status says what became of the message, also when the rest of the answer is lost.
      const text = await readShort(response.body).catch(() => '');
      return outcome(response.statusCode, response.headers['retry-after'], text);
    } catch (error) {
      return neverLeft(error)
        ? { kind: 'not-sent', why: 'no connection', retryInMs: 200, cause: error }
        : { kind: 'unknown', why: 'connection broke', cause: error };
    }
  };

  return {
    counts,
    post: async (serviceUrl, conversationId, replyTo, json) =>
      call(
        'POST',
        serviceUrl,
        `/v3/conversations/${segment(conversationId)}/activities${replyTo === undefined ? '' : `/${segment(replyTo)}`}`,
        json,
      ),
    replace: async (serviceUrl, conversationId, activityId, json) => {
      await call(
        'PUT',
        serviceUrl,
        `/v3/conversations/${segment(conversationId)}/activities/${segment(activityId)}`,
        json,
      );
    },
    close: () => agent.close(),
  };
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

type Sent =
  | { readonly kind: 'sent'; readonly id: string | undefined }
  | { readonly kind: 'not-sent'; readonly why: string; readonly retryInMs?: number; readonly cause?: unknown }
  | { readonly kind: 'unknown'; readonly why: string; readonly cause?: unknown };

function outcome(status: number, retryAfter: string | string[] | undefined, text: string): Sent {
  if (status >= 200 && status < 300) return { kind: 'sent', id: idIn(text) };
  if (status === 412) return { kind: 'not-sent', why: 'status 412', retryInMs: 200 };
  if (status === 429) {
    // A turn never sleeps longer than a second for one; what must not be lost goes out later by a job, not here.
    const seconds = typeof retryAfter === 'string' && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : 0.5;
    return { kind: 'not-sent', why: 'status 429', ...(seconds <= 1 ? { retryInMs: seconds * 1_000 } : {}) };
  }
  return status >= 500 || status === 408
    ? { kind: 'unknown', why: `status ${status}` }
    : { kind: 'not-sent', why: `status ${status}` };
}

function idIn(text: string): string | undefined {
  try {
    const id: unknown = (JSON.parse(text) as { id?: unknown } | null)?.id;
    return typeof id === 'string' && id !== '' && id.length <= 1_024 ? id : undefined;
  } catch {
    return undefined;
  }
}

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
