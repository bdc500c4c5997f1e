import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A message that is there: what people would see. */
export interface Copy {
  readonly text: string;
  /** With its thread. */
  readonly conversationId: string;
  /** When it arrived, ms since 1970 of the connector's clock. */
  readonly at: number;
}

/** A request of the bot, answered or not. */
export interface Asked {
  readonly method: string;
  readonly conversationId: string;
  /** Text of the message that it would post. */
  readonly text: string;
  readonly at: number;
  /** `undefined` while it runs, and when no answer was given. */
  status?: number;
  /** What it asked for was done. */
  effect: boolean;
  open: boolean;
}

/** What becomes of a request instead of the truth. */
export interface Answer {
  readonly status?: number;
  readonly code?: string;
  readonly retryAfter?: string;
  /** It takes effect first, although the bot is told otherwise. */
  readonly afterEffect?: boolean;
  /** The connection is cut. */
  readonly reset?: boolean;
  /** No answer ever comes. */
  readonly hang?: boolean;
  /** Before it takes effect. */
  readonly delayMs?: number;
  /** Between the effect and the answer. */
  readonly answerMs?: number;
}

export type Darkness = 'refuses' | 'answers 503' | 'hangs';

export interface StrictOptions {
  readonly now?: () => number;
  readonly faults?: (asked: Asked) => Answer | undefined;
  /** The channels and chats that there are; any other is not found. Default: all that look like one. */
  readonly knows?: (channelId: string) => boolean;
}

/** Table 1.3 of the platform notes: most requests of a bot to one channel or chat in so many ms. */
const posts = [
  [1_000, 7],
  [2_000, 8],
  [30_000, 60],
  [3_600_000, 1_800],
] as const;
const reads = [
  [1_000, 14],
  [2_000, 16],
  [30_000, 120],
  [3_600_000, 3_600],
] as const;
const tenantPosts = [[1_000, 50]] as const;

/** Counts requests in sliding windows. */
class Windows {
  readonly #times = new Map<string, number[]>();
  /** Takes a request and says whether it is one too many; such a one counts as well. */
  exceeds(key: string, at: number, limits: readonly (readonly [number, number])[]): boolean {
    const times = this.#times.get(key) ?? [];
    this.#times.set(key, times);
    times.push(at);
    const longest = Math.max(...limits.map(([ms]) => ms));
    while ((times[0] as number) <= at - longest) times.shift();
    return limits.some(([ms, most]) => times.length > most && (times[times.length - 1 - most] as number) > at - ms);
  }
}

/**
 * The connector as it treats a bot that it does not like: checks each post, applies the published rate table, keeps
 * every copy with its time, fails as it is told and can go dark. The one in `src/local` knows one small team only.
 */
export class StrictConnector {
  readonly copies: Copy[] = [];
  readonly asked: Asked[] = [];
  /** Requests that a bot must never make: over the rate, or malformed. */
  readonly complaints: string[] = [];
  faults: StrictOptions['faults'];
  readonly #options: StrictOptions;
  readonly #now: () => number;
  readonly #rates = new Windows();
  #server: Server | undefined;
  #port = 0;
  #dark: Darkness | undefined;
  #lastId = 1_700_000_000_000;

  constructor(options: StrictOptions = {}) {
    this.#options = options;
    this.faults = options.faults;
    this.#now = options.now ?? Date.now;
  }

  /** As Teams writes it: with a closing slash. */
  get serviceUrl(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  get dark(): Darkness | undefined {
    return this.#dark;
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => void this.#serve(request, response));
    server.keepAliveTimeout = 120_000;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  async goDark(how: Darkness): Promise<void> {
    this.#dark = how;
    if (how === 'refuses') await this.stop();
  }

  async comeBack(): Promise<void> {
    this.#dark = undefined;
    // Who hangs is let go, as a connection that was dead breaks when the line is back.
    this.#server?.closeAllConnections();
    if (!this.#server) await this.start();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // Whoever asked has gone, perhaps killed.
      return;
    }
    const at = this.#now();
    const [, , , id = '', kind = '', item] = (request.url ?? '').split('?')[0]!.split('/').map(decodeURIComponent);
    const body = parse(Buffer.concat(chunks).toString('utf8'));
    const method = request.method ?? 'GET';
    const text = typeof body['text'] === 'string' ? body['text'] : '';
    const asked: Asked = { method, conversationId: id, text, at, effect: false, open: true };
    this.asked.push(asked);
    response.once('close', () => (asked.open = false));

    const truth = () => this.#truth(asked, kind, item, body);
    const answer: Answer | undefined =
      this.#dark === 'hangs'
        ? { hang: true }
        : this.#dark === 'answers 503'
          ? { status: 503 }
          : (this.#overRate(asked) ?? this.faults?.(asked));
    if (answer?.delayMs !== undefined) await sleep(answer.delayMs);
    const isFault = answer?.hang === true || answer?.reset === true || answer?.status !== undefined;
    const result = !isFault || answer?.afterEffect === true ? truth() : undefined;
    if (answer?.answerMs !== undefined) await sleep(answer.answerMs);
    if (answer?.hang) return;
    if (answer?.reset) return void request.socket.destroy();
    const status = answer?.status ?? result?.status ?? 500;
    const sent = isFault ? { error: { code: answer?.code ?? 'Fault', message: 'as told' } } : (result?.body ?? {});
    asked.status = status;
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(answer?.retryAfter === undefined ? {} : { 'retry-after': answer.retryAfter }),
    });
    response.end(JSON.stringify(sent));
  }

  #overRate({ method, conversationId, at }: Asked): Answer | undefined {
    const channel = channelIn(conversationId);
    const isPost = method === 'POST';
    const limits = isPost ? posts : reads;
    if (method === 'PUT') return undefined;
    const over =
      this.#rates.exceeds(`${isPost ? 'post' : 'read'} ${channel}`, at, limits) ||
      (isPost && this.#rates.exceeds(`tenant ${tenantIn(channel)}`, at, tenantPosts));
    if (!over) return undefined;
    this.complaints.push(`over the rate: ${method} ${conversationId} at ${at}`);
    return { status: 429, retryAfter: '1' };
  }

  #truth(
    asked: Asked,
    kind: string,
    item: string | undefined,
    body: Record<string, unknown>,
  ): { status: number; body: object } {
    const { method, conversationId, at } = asked;
    if (method === 'GET' && kind === 'pagedmembers') return { status: 200, body: { members: [] } };
    const channel = channelIn(conversationId);
    if (!(this.#options.knows?.(channel) ?? channel.startsWith('19:')))
      return { status: 404, body: { error: { code: 'ConversationNotFound', message: 'Conversation not found.' } } };
    const conversation = (body['conversation'] as { id?: unknown } | undefined)?.id;
    const wrong =
      method !== 'POST' || kind !== 'activities' || item !== undefined
        ? `${method} ${kind}`
        : body['type'] !== 'message' || conversation !== conversationId
          ? `type ${String(body['type'])} to ${String(conversation)}`
          : asked.text === '' || typeof body['summary'] !== 'string'
            ? 'no text or no summary'
            : undefined;
    if (wrong !== undefined) {
      this.complaints.push(`malformed: ${wrong}`);
      return { status: 400, body: { error: { code: 'BadSyntax', message: wrong } } };
    }
    asked.effect = true;
    this.copies.push({ text: asked.text, conversationId, at });
    return { status: 201, body: { id: String((this.#lastId += 1)) } };
  }
}

const channelIn = (conversationId: string) => conversationId.split(';')[0] as string;
/** Conversations of these runs are called "19:tenant-channel". */
const tenantIn = (channel: string) => channel.slice(3).split('-')[0] as string;

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
