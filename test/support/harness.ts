import { createApp, type App, type AppOptions } from '../../src/app.ts';
import { localIdentity } from '../../src/bot/identity.ts';
import type { Feature } from '../../src/features/feature.ts';
import { ConnectorStandIn } from '../../src/local/connector-stand-in.ts';
import type { Place } from '../../src/local/activities.ts';
import type { StoredMessage } from '../../src/local/conversations.ts';
import { TeamsClient, type Outcome } from '../../src/local/teams-client.ts';
import type { Person } from '../../src/local/world.ts';
import { createLogger } from '../../src/logger.ts';
import { loadPlaybook } from '../../src/playbook/load.ts';
import type { Database } from '../../src/store/database.ts';
import { loadUnderstanding } from '../../src/understanding/load.ts';
import { testDatabases } from './databases.ts';

const playbook = loadPlaybook();
const understanding = loadUnderstanding();

/** An Adaptive Card as a tree of anything. */
export type CardJson = Record<string, unknown>;

export interface HarnessOptions extends Partial<
  Pick<AppOptions, 'identity' | 'metrics' | 'playbook' | 'smtp' | 'mailTimeoutMs' | 'invokeBudgetMs' | 'sendTimeoutMs'>
> {
  readonly database?: Database;
  readonly moreFeatures?: readonly Feature[];
  readonly standIn?: ConnectorStandIn;
  /** The outbox sends by itself, on the real clock of the database; without it `pass` moves the time. */
  readonly sends?: boolean;
}

/**
 * The bot as it runs, on real HTTP, with the connector stand-in as Teams and a clock that stands still: what a person
 * says and presses goes the whole way and back.
 */
export class Harness {
  readonly app: App;
  readonly standIn: ConnectorStandIn;
  readonly client: TeamsClient;
  readonly database: Database;
  readonly url: string;
  /** Lines of the log, one JSON object each. */
  readonly log: string[];
  /** The standing clock, ms since 1970; a test moves it. */
  readonly clock: { now: number };

  private constructor(parts: Pick<Harness, 'app' | 'standIn' | 'client' | 'database' | 'url' | 'log' | 'clock'>) {
    this.app = parts.app;
    this.standIn = parts.standIn;
    this.client = parts.client;
    this.database = parts.database;
    this.url = parts.url;
    this.log = parts.log;
    this.clock = parts.clock;
  }

  static async start(options: HarnessOptions = {}): Promise<Harness> {
    const log: string[] = [];
    const clock = { now: Date.UTC(2026, 10, 20, 9, 0) };
    const database = options.database ?? (await (testDatabases[0] as (typeof testDatabases)[number]).open());
    const standIn = options.standIn ?? new ConnectorStandIn({ now: () => clock.now++ });
    if (!options.standIn) await standIn.start(0);
    const app = createApp({
      identity: options.identity ?? localIdentity(),
      database,
      playbook: options.playbook ?? playbook,
      understanding,
      log: createLogger('debug', { write: (line: string) => void log.push(line) }),
      now: () => new Date(clock.now),
      sends: options.sends ?? false,
      ...(options.sends ? {} : { testClock: () => new Date(clock.now) }),
      ...(options.metrics ? { metrics: options.metrics } : {}),
      ...(options.smtp ? { smtp: options.smtp } : {}),
      ...(options.mailTimeoutMs === undefined ? {} : { mailTimeoutMs: options.mailTimeoutMs }),
      ...(options.moreFeatures ? { moreFeatures: options.moreFeatures } : {}),
      ...(options.invokeBudgetMs === undefined ? {} : { invokeBudgetMs: options.invokeBudgetMs }),
      ...(options.sendTimeoutMs === undefined ? {} : { sendTimeoutMs: options.sendTimeoutMs }),
    });
    const address = await app.start(0, '127.0.0.1');
    await app.ready;
    const url = `http://127.0.0.1:${address.port}`;
    const client = new TeamsClient({ standIn, botUrl: `${url}/api/messages`, now: () => clock.now });
    return new Harness({ app, standIn, client, database, url, log, clock });
  }

  async stop(): Promise<void> {
    await this.app.stop(2_000);
    await this.standIn.stop();
  }

  /** Lets time pass, in steps of at most a minute, and sends what falls due; gives the bot's new messages. */
  async pass(ms: number): Promise<StoredMessage[]> {
    const before = new Set(this.messages().map((message) => message.id));
    const end = this.clock.now + ms;
    while (this.clock.now < end) {
      const next = await this.#nextWake();
      // Whatever is due is found a second later; the hours in between are skipped.
      this.clock.now = Math.min(end, Math.max(this.clock.now + 1_000, next + 1_000));
      await this.app.worker.drain();
    }
    // What followed from the last of them.
    this.clock.now += 1_000;
    await this.app.worker.drain();
    return this.messages().filter((message) => !before.has(message.id) && message.from === this.standIn.world.bot.id);
  }

  async #nextWake(): Promise<number> {
    const [row] = await this.database.query<{ at: Date | null }>(
      `SELECT min(wake_at) AS at FROM outbox WHERE state IN ('waiting', 'sending')`,
    );
    return row?.at?.getTime() ?? Infinity;
  }

  person(key: string): Person {
    const found = this.standIn.world.people.find((person) => person.key === key);
    if (!found) throw new Error(`Expected a person of the world, got "${key}"`);
    return found;
  }

  /** Types a line; gives the bot's new messages in that place. In a channel the bot is mentioned. */
  async say(key: string, text: string, place: Place = { kind: 'personal' }): Promise<StoredMessage[]> {
    const before = new Set(this.messages().map((message) => message.id));
    const typed = place.kind === 'channel' ? `@${this.standIn.world.bot.name} ${text}` : text;
    const outcome = await this.client.send(this.person(key), place, typed);
    if (outcome.kind !== 'done') throw new Error(`Expected the line to be taken, got ${JSON.stringify(outcome)}`);
    await this.app.settle();
    return this.messages().filter((message) => !before.has(message.id) && message.from === this.standIn.world.bot.id);
  }

  /** Says a line and gives the one card that comes back. */
  async ask(key: string, text: string, place?: Place): Promise<{ message: StoredMessage; card: CardJson }> {
    const messages = await this.say(key, text, place);
    if (messages.length !== 1) throw new Error(`Expected one answer, got ${messages.length}`);
    const message = messages[0] as StoredMessage;
    return { message, card: cardOf(message) };
  }

  /** Presses the button with this title on the card as this person sees it. */
  async press(key: string, messageId: string, title: string, inputs: Record<string, string> = {}): Promise<Outcome> {
    const action = buttonsOf(this.cardFor(key, messageId)).find((button) => button['title'] === title);
    if (!action) {
      const titles = buttonsOf(this.cardFor(key, messageId)).map((button) => String(button['title']));
      throw new Error(`Expected a button "${title}", got: ${titles.join(' | ')}`);
    }
    const data = { ...(action['data'] as object | undefined), ...inputs };
    const outcome = await this.client.press(this.person(key), messageId, {
      ...action,
      data,
      type: String(action['type']),
    });
    await this.app.settle();
    return outcome;
  }

  /** The card of a message as this person sees it: the own view, or what everybody sees. */
  cardFor(key: string, messageId: string): CardJson {
    const message = this.standIn.conversations.message(messageId);
    if (!message) throw new Error(`Expected a message ${messageId}`);
    return (message.views[key]?.card as CardJson | undefined) ?? cardOf(message);
  }

  messages(): StoredMessage[] {
    return this.standIn.conversations.messages;
  }

  /** Posts any body to the bot's door. */
  async raw(body: unknown, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
    const response = await fetch(`${this.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  }
}

export function cardOf(message: StoredMessage): CardJson {
  const content = message.content.attachments?.[0]?.content;
  if (content === undefined) throw new Error(`Expected a card, got the text: ${String(message.content.text)}`);
  return content as CardJson;
}

/** Every action of a card, also inside containers. */
export function buttonsOf(card: unknown): CardJson[] {
  if (Array.isArray(card)) return card.flatMap(buttonsOf);
  if (typeof card !== 'object' || card === null) return [];
  const node = card as CardJson;
  const here = Array.isArray(node['actions']) ? (node['actions'] as CardJson[]) : [];
  return [
    ...here,
    ...Object.entries(node).flatMap(([key, value]) => (key === 'actions' || key === 'refresh' ? [] : buttonsOf(value))),
  ];
}

/** All words of a card that a person can read, in order, without Markdown escapes. */
export function wordsIn(card: unknown): string {
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === 'string' && ['text', 'title', 'value', 'label'].includes(key)) found.push(value);
      else if (key !== 'refresh' && key !== 'data' && key !== 'fallback') walk(value);
    }
  };
  walk(card);
  return found.join('\n').replace(/\\([^A-Za-z0-9\s])/g, '$1');
}
