import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Conversations, type Attachment, type MessageContent, type StoredMessage } from './conversations.ts';
import { asRecord, asString, readJson, sendJson } from './json.ts';
import { refusal } from './loopback.ts';
import { createWorld, type Person, type World } from './world.ts';

/** A request that the bot made. */
export interface RecordedRequest {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
  readonly at: number;
  /** Status that was answered; undefined while it runs, or when the connection was dropped. */
  status?: number;
}

/** What a test can do to a request. */
export interface Fault {
  /** Answered instead of the truth. Without it the request is only delayed (or dropped). */
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  /** The request takes effect first: the message is posted although the bot is told otherwise. */
  readonly afterEffect?: boolean;
  readonly delayMs?: number;
  /** The connection is cut without an answer. */
  readonly drop?: boolean;
}

export type OnRequest = (info: { method: string; path: string; body: unknown }) => Fault | undefined;

export interface StandInOptions {
  readonly world?: World;
  readonly now?: () => number;
}

/** The smaller of the published size limits, so that a message that passes here passes in Teams. */
const MAX_ACTIVITY_BYTES = 28 * 1024;

class ConnectorError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

interface Target {
  /** Chat or channel. */
  readonly conversationId: string;
  readonly rootId?: string;
  /** Set for a personal chat. */
  readonly person?: Person;
}

/** Plays the Bot Connector REST API of Teams on 127.0.0.1, with everything in memory. */
export class ConnectorStandIn {
  readonly world: World;
  readonly conversations: Conversations;
  /** Every request of the bot since the start, oldest first. */
  readonly requests: RecordedRequest[] = [];
  onRequest: OnRequest | undefined;
  /** Serves what is not the connector: the page. */
  otherPaths: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined;
  readonly #now: () => number;
  #server: Server | undefined;

  constructor(options: StandInOptions = {}) {
    this.#now = options.now ?? Date.now;
    this.world = options.world ?? createWorld();
    this.conversations = new Conversations(this.world, this.#now);
  }

  /** `http://127.0.0.1:<port>`; throws before the start. */
  get url(): string {
    const address = this.#server?.address() as AddressInfo | null | undefined;
    if (!address) throw new Error('The connector stand-in has no address: call start() first');
    return `http://127.0.0.1:${address.port}`;
  }

  /** As Teams writes it: with a closing slash. */
  get serviceUrl(): string {
    return `${this.url}/`;
  }

  /** Port 0 takes any free one. */
  async start(port = 0): Promise<void> {
    const server = createServer((request, response) => {
      this.#serve(request, response).catch(() =>
        sendJson(response, 500, { error: { code: 'ServiceError', message: 'The stand-in failed' } }),
      );
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refused = refusal(request);
    if (refused !== undefined) return sendJson(response, 403, { error: { code: 'NotLocal', message: refused } });
    const { pathname } = new URL(request.url ?? '/', 'http://local');
    if (pathname.startsWith('/v3/')) return this.#connector(request, response, pathname);
    if (this.otherPaths !== undefined) return this.otherPaths(request, response);
    sendJson(response, 404, { error: { code: 'NotFound', message: pathname } });
  }

  async #connector(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
    const method = request.method ?? 'GET';
    const segments = decode(pathname);
    let body: unknown;
    let unreadable = segments === undefined;
    try {
      body = await readJson(request);
    } catch {
      unreadable = true;
    }
    const path = segments === undefined ? pathname : `/${segments.join('/')}`;
    const recorded: RecordedRequest = { method, path, body, headers: request.headers, at: this.#now() };
    this.requests.push(recorded);

    const fault = this.onRequest?.({ method, path, body });
    const answer = (status: number, value?: unknown, headers?: Record<string, string>): void => {
      recorded.status = status;
      sendJson(response, status, value, headers);
    };
    /** True when the fault was the answer. */
    const fail = async (): Promise<boolean> => {
      if (fault?.delayMs !== undefined) await delay(fault.delayMs);
      if (fault?.drop === true) request.socket.destroy();
      else if (fault?.status !== undefined) answer(fault.status, fault.body, fault.headers);
      return fault?.drop === true || fault?.status !== undefined;
    };

    if (fault?.afterEffect !== true && (await fail())) return;
    try {
      if (unreadable || segments === undefined) throw new ConnectorError(400, 'BadSyntax', 'The body is not JSON');
      const result = this.#route(method, segments, body, request.url ?? '/');
      if (fault?.afterEffect === true && (await fail())) return;
      answer(result.status, result.body);
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      answer(error.status, { error: { code: error.code, message: error.message } });
    }
  }

  #route(method: string, segments: string[], body: unknown, url: string): { status: number; body?: unknown } {
    const [, resource, id, kind, item, ...rest] = segments;
    const call = `${method} ${kind ?? ''}${item === undefined ? '' : '/*'}`;
    if (resource === 'conversations' && rest.length === 0) {
      if (id === undefined && method === 'POST') return { status: 201, body: this.#create(asRecord(body)) };
      if (id !== undefined) {
        switch (call) {
          case 'POST activities':
          case 'POST activities/*':
            return { status: 201, body: { id: this.#post(this.#target(id), body) } };
          case 'PUT activities/*':
            return { status: 200, body: { id: this.#update(id, item ?? '', body) } };
          case 'DELETE activities/*':
            this.#delete(id, item ?? '');
            return { status: 200 };
          case 'GET members':
            return { status: 200, body: this.#members(id) };
          case 'GET pagedmembers':
            return { status: 200, body: this.#page(id, new URL(url, 'http://local').searchParams) };
          case 'GET members/*':
            return { status: 200, body: this.#member(id, item ?? '') };
        }
      }
    }
    throw new ConnectorError(404, 'NotFound', `The stand-in does not know ${method} /${segments.join('/')}`);
  }

  #create(body: Record<string, unknown>): { id: string; activityId?: string } {
    const channelData = asRecord(body['channelData']);
    const tenantId = asString(body['tenantId']) ?? asString(asRecord(channelData['tenant'])['id']);
    if (tenantId !== this.world.tenantId) {
      throw new ConnectorError(
        403,
        'ForbiddenOperationException',
        `Expected tenantId ${this.world.tenantId}, got ${tenantId ?? 'none'}`,
      );
    }
    const channelId = asString(asRecord(channelData['channel'])['id']);
    if (channelId !== undefined) {
      if (body['activity'] === undefined) {
        throw new ConnectorError(400, 'BadSyntax', 'A new thread in a channel needs its first activity');
      }
      const activityId = this.#post(this.#target(channelId), body['activity']);
      return { id: `${channelId};messageid=${activityId}`, activityId };
    }
    const members = Array.isArray(body['members']) ? body['members'] : [];
    const person = members.length === 1 ? this.#person(asString(asRecord(members[0])['id']) ?? '') : undefined;
    if (person === undefined)
      throw new ConnectorError(400, 'BadArgument', 'Expected one known member, or channelData.channel.id');
    const target = this.#target(person.chatId);
    if (body['activity'] === undefined) return { id: person.chatId };
    return { id: person.chatId, activityId: this.#post(target, body['activity']) };
  }

  #post(target: Target, body: unknown): string {
    const activity = asRecord(body);
    if (activity['type'] === 'typing') {
      this.conversations.typing(target.conversationId, target.rootId);
      return this.conversations.nextId();
    }
    const content = contentOf(activity);
    return this.conversations.add(target.conversationId, target.rootId, this.world.bot.id, content).id;
  }

  #update(conversation: string, id: string, body: unknown): string {
    const message = this.#ownMessage(this.#target(conversation), id);
    this.conversations.update(message.id, contentOf(asRecord(body)));
    return message.id;
  }

  #delete(conversation: string, id: string): void {
    this.conversations.remove(this.#ownMessage(this.#target(conversation), id).id);
  }

  #ownMessage(target: Target, id: string): StoredMessage {
    const message = this.conversations.message(id);
    if (message === undefined || message.conversationId !== target.conversationId) {
      throw new ConnectorError(404, 'ActivityNotFoundInConversation', `Activity ${id} is not in this conversation`);
    }
    if (message.from !== this.world.bot.id) {
      throw new ConnectorError(403, 'ForbiddenOperationException', 'A bot can change its own messages only');
    }
    return message;
  }

  /** The conversation that an id names, if the bot may speak there. */
  #target(id: string): Target {
    const [conversationId = '', rootId] = id.split(';messageid=');
    const person = this.world.people.find((one) => one.chatId === id);
    if (person !== undefined) {
      if (this.conversations.isInstalled(person)) return { conversationId: person.chatId, person };
      throw new ConnectorError(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
    }
    const { channel, team } = this.world;
    const known = conversationId === channel.id || (conversationId === team.id && rootId === undefined);
    // A thread goes with its first post: that post must still be there.
    const root = rootId === undefined ? undefined : this.conversations.message(rootId);
    if (!known || (rootId !== undefined && root?.rootId !== rootId)) {
      throw new ConnectorError(404, 'ConversationNotFound', 'Conversation not found.');
    }
    return { conversationId: channel.id, ...(rootId === undefined ? {} : { rootId }) };
  }

  #members(conversation: string): unknown[] {
    const { person } = this.#target(conversation);
    return (person === undefined ? this.world.people : [person]).map((one) => this.#account(one));
  }

  #page(conversation: string, query: URLSearchParams): { members: unknown[]; continuationToken?: string } {
    const all = this.#members(conversation);
    const from = Number(query.get('continuationToken') ?? 0);
    const to = from + Number(query.get('pageSize') ?? 200);
    return { members: all.slice(from, to), ...(to < all.length ? { continuationToken: String(to) } : {}) };
  }

  #member(conversation: string, id: string): unknown {
    const target = this.#target(conversation);
    const person = this.#person(id);
    if (person === undefined || (target.person !== undefined && target.person !== person)) {
      throw new ConnectorError(404, 'MemberNotFoundInConversation', `Member ${id} is not in this conversation`);
    }
    return this.#account(person);
  }

  /** Without mail address and user principal name: Teams stopped telling them to bots. */
  #account(person: Person): unknown {
    const [givenName = '', surname = ''] = person.name.split(' ');
    const { id, aadObjectId, name, userRole } = person;
    return {
      id,
      name,
      objectId: aadObjectId,
      aadObjectId,
      givenName,
      surname,
      tenantId: this.world.tenantId,
      userRole,
    };
  }

  #person(id: string): Person | undefined {
    return this.world.people.find((one) => one.id === id || one.aadObjectId === id);
  }
}

/** Checks a message as Teams does and keeps what is visible of it. */
function contentOf(activity: Record<string, unknown>): MessageContent {
  const bytes = JSON.stringify(activity).length * 2;
  if (bytes > MAX_ACTIVITY_BYTES) {
    throw new ConnectorError(
      413,
      'MessageSizeTooBig',
      `Expected at most ${MAX_ACTIVITY_BYTES} bytes of UTF-16, got ${bytes}`,
    );
  }
  if (activity['type'] !== 'message') {
    throw new ConnectorError(400, 'BadSyntax', `Expected type message or typing, got ${String(activity['type'])}`);
  }
  const text = asString(activity['text']);
  const attachments = (Array.isArray(activity['attachments']) ? activity['attachments'] : []) as Attachment[];
  if (!text && attachments.length === 0) {
    throw new ConnectorError(400, 'BadSyntax', 'Activity resulted into empty payload');
  }
  // Teams splits such a message in two and tells the id of neither: the bot could never update it.
  if (text && attachments.length > 0) {
    throw new ConnectorError(400, 'BadArgument', 'Expected text or attachments, got both: send the card alone');
  }
  const textFormat = asString(activity['textFormat']);
  return {
    ...(text ? { text } : {}),
    ...(textFormat === undefined ? {} : { textFormat }),
    ...(Array.isArray(activity['entities']) ? { entities: activity['entities'] } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
  };
}

/** Path segments, decoded; undefined when the encoding is broken. */
function decode(pathname: string): string[] | undefined {
  try {
    return pathname.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
