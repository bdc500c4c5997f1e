import { readFile, rename, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { ConnectorStandIn } from './connector-stand-in.ts';
import type { Change, Snapshot } from './conversations.ts';
import { readJson, sendJson } from './json.ts';
import { servePageFile } from './page-files.ts';
import { viewOf } from './page-view.ts';
import { TeamsClient, type Outcome } from './teams-client.ts';
import { createWorld, type Person, type World } from './world.ts';

export interface LocalTeamsOptions {
  /** Port of the page and of the connector; 0 takes any free one. Keep it fixed so that stored addresses stay good. */
  readonly port: number;
  /** Where the bot takes activities: `http://127.0.0.1:3978/api/messages`. */
  readonly botUrl: string;
  readonly log?: (line: string) => void;
  readonly world?: World;
  /** What the page proposes to type. */
  readonly hints?: readonly string[];
  /** What the bot offers in the menu of a message and at the compose box. */
  readonly extensions?: readonly LocalExtension[];
  /** File that keeps the conversations, so that a restart loses nothing. Without it they live in memory. */
  readonly stateFile?: string;
  /** Tell the bot at the start where it is installed. Default: yes, unless the conversations came from `stateFile`. */
  readonly announce?: boolean;
  readonly timeoutMs?: number;
  readonly now?: () => number;
}

/** A message extension as the page offers it. */
export interface LocalExtension {
  readonly id: string;
  readonly title: string;
  readonly contexts: readonly string[];
  /** A search is asked for results; anything else opens a dialog. */
  readonly type: 'action' | 'query';
}

export interface LocalTeams {
  readonly url: string;
  readonly standIn: ConnectorStandIn;
  readonly client: TeamsClient;
  stop(): Promise<void>;
}

const HINTS = ['help', 'Should I open an ICM?', 'Sev A case: which ICM severity?'];

/** Starts the page and the connector on one port of 127.0.0.1. */
export async function startLocalTeams(options: LocalTeamsOptions): Promise<LocalTeams> {
  const log = options.log ?? (() => undefined);
  const world = options.world ?? createWorld();
  const now = options.now ?? Date.now;
  const standIn = new ConnectorStandIn({ world, now });
  const restored = await restore(standIn, options.stateFile, log);
  const keeper = keepState(standIn, options.stateFile, log);

  const client = new TeamsClient({
    standIn,
    botUrl: options.botUrl,
    now,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    onBotProblem: (problem) => page.setBotProblem(problem),
  });
  const page = new Page(standIn, client, options.hints ?? HINTS, options.extensions ?? []);
  standIn.otherPaths = (request, response) => page.serve(request, response);
  await standIn.start(options.port);
  log(`Local Teams: ${standIn.url}`);

  if (options.announce ?? !restored) {
    const outcome = await client.announceInstalls();
    if (outcome.kind !== 'done')
      log(`The bot was not told where it is installed. ${'text' in outcome ? outcome.text : ''}`);
  }
  return {
    url: standIn.url,
    standIn,
    client,
    stop: async () => {
      page.close();
      await standIn.stop();
      await keeper.stop();
    },
  };
}

const who = { as: z.string() };
const text = z.string().max(20_000);
const requests = {
  '/api/send': z.object({ ...who, place: z.enum(['personal', 'channel']), rootId: z.string().optional(), text }),
  '/api/press': z.object({
    ...who,
    messageId: z.string(),
    action: z.looseObject({ type: z.enum(['Action.Execute', 'Action.Submit']) }),
  }),
  '/api/refresh': z.object({ ...who, messageId: z.string() }),
  '/api/extension': z.object({
    ...who,
    place: z.enum(['personal', 'channel']),
    commandId: z.string(),
    context: z.enum(['message', 'compose', 'commandBox']),
    messageId: z.string().optional(),
    data: z.record(z.string(), z.unknown()).optional(),
  }),
  '/api/install': z.object({ ...who, installed: z.boolean() }),
};

/** The page's own small API: JSON over POST, and one stream of events for each open tab. */
class Page {
  readonly #standIn: ConnectorStandIn;
  readonly #client: TeamsClient;
  readonly #hints: readonly string[];
  readonly #extensions: readonly LocalExtension[];
  readonly #tabs = new Map<ServerResponse, Person>();
  readonly #heartbeat: NodeJS.Timeout;
  #botProblem: string | undefined;

  constructor(
    standIn: ConnectorStandIn,
    client: TeamsClient,
    hints: readonly string[],
    extensions: readonly LocalExtension[],
  ) {
    this.#standIn = standIn;
    this.#client = client;
    this.#hints = hints;
    this.#extensions = extensions;
    standIn.conversations.on('change', (change) => this.#tell(change));
    this.#heartbeat = setInterval(() => {
      for (const tab of this.#tabs.keys()) tab.write(':\n\n');
    }, 25_000).unref();
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const tab of this.#tabs.keys()) tab.end();
  }

  setBotProblem(problem: string | undefined): void {
    if (problem === this.#botProblem) return;
    this.#botProblem = problem;
    for (const tab of this.#tabs.keys()) send(tab, 'bot', { problem });
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local');
    if (request.method === 'POST') return this.#post(pathname, request, response);
    if (request.method === 'GET') {
      const person = this.#person(searchParams.get('as'));
      if (pathname === '/api/state' && person) return sendJson(response, 200, this.#state(person));
      if (pathname === '/api/events' && person) return this.#open(response, person);
      if (await servePageFile(pathname, response)) return;
    }
    sendJson(response, 404, { error: `There is nothing at ${pathname}` });
  }

  async #post(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A form of another page cannot send this type without asking first.
    if (!request.headers['content-type']?.startsWith('application/json')) {
      return sendJson(response, 415, { error: 'Expected application/json' });
    }
    let outcome: Outcome | undefined;
    try {
      outcome = await this.#act(path, await readJson(request));
    } catch (error) {
      if (!(error instanceof z.ZodError || error instanceof SyntaxError)) throw error;
      return sendJson(response, 400, { error: error.message });
    }
    if (outcome === undefined) return sendJson(response, 404, { error: `There is nothing at ${path}` });
    sendJson(response, 200, outcome);
  }

  async #act(path: string, body: unknown): Promise<Outcome | undefined> {
    const stranger: Outcome = { kind: 'refused', text: 'Nobody here has that name.' };
    switch (path) {
      case '/api/send': {
        const { as, place, rootId, text } = requests[path].parse(body);
        const person = this.#person(as);
        const where =
          place === 'personal' ? { kind: place } : { kind: place, ...(rootId === undefined ? {} : { rootId }) };
        return person ? this.#client.send(person, where, text) : stranger;
      }
      case '/api/press': {
        const { as, messageId, action } = requests[path].parse(body);
        const person = this.#person(as);
        return person ? this.#client.press(person, messageId, action) : stranger;
      }
      case '/api/refresh': {
        const { as, messageId } = requests[path].parse(body);
        const person = this.#person(as);
        return person ? this.#client.refresh(person, messageId) : stranger;
      }
      case '/api/extension': {
        const { as, place, commandId, context, messageId, data } = requests[path].parse(body);
        const person = this.#person(as);
        const call = {
          ...{ commandId, context },
          ...(messageId === undefined ? {} : { messageId }),
          ...(data === undefined ? {} : { data }),
        };
        return person ? this.#client.extension(person, { kind: place }, call) : stranger;
      }
      case '/api/install': {
        const { as, installed } = requests[path].parse(body);
        const person = this.#person(as);
        return person ? this.#client.setInstalled(person, installed) : stranger;
      }
      default:
        return undefined;
    }
  }

  #state(person: Person): unknown {
    const { world, conversations } = this.#standIn;
    return {
      me: person,
      people: world.people,
      bot: world.bot,
      team: world.team,
      channel: world.channel,
      hints: this.#hints,
      extensions: this.#extensions,
      installed: conversations.isInstalled(person),
      botProblem: this.#botProblem,
      messages: conversations.messages
        .filter((message) => conversations.canSee(person, message))
        .map((message) => viewOf(message, person, world, this.#client)),
    };
  }

  #open(response: ServerResponse, person: Person): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
    this.#tabs.set(response, person);
    response.on('close', () => this.#tabs.delete(response));
  }

  #tell(change: Change): void {
    const { world, conversations } = this.#standIn;
    for (const [tab, person] of this.#tabs) {
      switch (change.kind) {
        case 'message':
        case 'view':
          if (change.kind === 'view' && change.person !== person.key) break;
          if (conversations.canSee(person, change.message)) {
            send(tab, 'message', viewOf(change.message, person, world, this.#client));
          } else if (change.kind === 'message' && change.isNew && change.message.from === world.bot.id) {
            // Whoever plays several people wants to know that another one of them got a message.
            const other = world.people.find((one) => one.chatId === change.message.conversationId);
            send(tab, 'elsewhere', { person: other?.key });
          }
          break;
        case 'removed':
          if (conversations.canSee(person, change.message)) send(tab, 'removed', { id: change.message.id });
          break;
        case 'typing':
          if (change.conversationId === world.channel.id || change.conversationId === person.chatId) {
            send(tab, 'typing', { place: change.conversationId === person.chatId ? 'personal' : 'channel' });
          }
          break;
        case 'install':
          if (change.person.key === person.key) send(tab, 'install', { installed: change.installed });
      }
    }
  }

  #person(key: string | null): Person | undefined {
    return this.#standIn.world.people.find((person) => person.key === key);
  }
}

function send(tab: ServerResponse, event: string, data: unknown): void {
  tab.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** True when conversations of an earlier run are there again. A broken file is put aside: it is only a plaything. */
async function restore(
  standIn: ConnectorStandIn,
  file: string | undefined,
  log: (line: string) => void,
): Promise<boolean> {
  if (file === undefined) return false;
  try {
    standIn.conversations.restore(JSON.parse(await readFile(file, 'utf8')) as Snapshot);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log(`Local Teams starts empty: ${file} cannot be read.`);
    return false;
  }
}

/** Writes the conversations shortly after each change and once more at the end. */
function keepState(
  standIn: ConnectorStandIn,
  file: string | undefined,
  log: (line: string) => void,
): { stop(): Promise<void> } {
  if (file === undefined) return { stop: async () => undefined };
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();
  const write = (): Promise<void> => {
    timer = undefined;
    writing = writing.then(async () => {
      // A crash in the middle must not leave half a file behind.
      await writeFile(`${file}.new`, JSON.stringify(standIn.conversations.snapshot()));
      await rename(`${file}.new`, file);
    });
    writing = writing.catch((error: unknown) =>
      log(`Local Teams cannot keep its conversations in ${file}: ${String(error)}`),
    );
    return writing;
  };
  standIn.conversations.on('change', () => {
    timer ??= setTimeout(() => void write(), 200);
  });
  return {
    stop: async () => {
      clearTimeout(timer);
      await write();
    },
  };
}
