import { features } from '../../src/features/index.ts';
import { offeredExtensions } from '../../src/features/offered-extensions.ts';
import {
  botAddedActivity,
  cardActionActivity,
  extensionActivity,
  installationUpdateActivity,
  messageActivity,
  searchActivity,
  submitActivity,
  type CardAction,
  type Place,
  type Scene,
} from '../../src/local/activities.ts';
import type { Person, World } from '../../src/local/world.ts';
import { world as benchWorld } from '../bench/people.ts';
import { Latencies, seededRandom } from '../bench/statistics.ts';
import { buttonsOf } from '../support/harness.ts';
import type { Microsoft } from '../support/microsoft.ts';
import { appId, serviceUrl, tenantId } from '../support/tokens.ts';

interface Live {
  readonly person: Person;
  readonly place: Place;
  readonly messageId: string;
  readonly card: unknown;
}

const world: World = { ...benchWorld, tenantId, bot: { ...benchWorld.bot, id: `28:${appId}` } };
const extensions = offeredExtensions(features);
/** Every line that help names, and a few that people write. */
const lines = [
  ...features
    .flatMap(({ commands = [] }) => commands.flatMap(({ examples }) => examples))
    // Whoever has themselves forgotten has no past that could grow.
    .filter((line) => !/forget/i.test(line)),
  'the job is down for all customers in west europe, what severity?',
  'sev a case, customer sees an outage in West Europe, open an ICM?',
  'what does the incident commander do?',
  'who owns the ICM after the handover?',
  'how often must the customer get an update on a sev b?',
  'can you order me a pizza?',
];
const draft =
  'Hello Ana,\n\nI have opened an IcM, 512345678, for job fleet-eu, which has been late since 07:20 UTC today. I will write to you again tomorrow at 09:00 CET.\n\nKind regards\nPriya';
/** Sentences with which the bot says that it failed. */
const sorry = /Something went wrong on my side|cannot reach my records|still working on it|took too long/;

/**
 * A team of fifty at work, through signed activities on real HTTP: questions, checks, promises, buttons, dialogs of the
 * menus, refreshes, repeats. Which comes next is drawn from a seed.
 */
export class Day {
  readonly #random: () => number;
  readonly #microsoft: Microsoft;
  readonly #url: () => string;
  readonly #live: Live[] = [];
  readonly #kinds: Record<string, number> = {};
  #authorization = { header: '', at: -Infinity };
  #lastId = Date.now();
  #last: object | undefined;
  latencies = new Latencies();
  /** Turns of this span. */
  turns = 0;
  readonly faults: string[] = [];

  constructor(microsoft: Microsoft, url: () => string, seed: number) {
    this.#microsoft = microsoft;
    this.#url = url;
    this.#random = seededRandom(seed);
  }

  /** How many turns of each kind there were. */
  get kinds(): Readonly<Record<string, number>> {
    return this.#kinds;
  }

  async turn(): Promise<void> {
    const dice = this.#random();
    if (dice < 0.3) return this.#type('question', this.#pick(lines));
    if (dice < 0.42) return this.#type('check', 'should I open an ICM?');
    if (dice < 0.52) {
      const number = 512_000_000 + Math.floor(this.#random() * 2_000);
      const minutes = 1 + Math.floor(this.#random() * 30);
      return this.#type('promise', `next update on ${number} in ${minutes} minutes`);
    }
    if (dice < 0.56) return this.#extension();
    if (dice < 0.58) return this.#repeat();
    if (dice < 0.59) return this.#event();
    return this.#press(dice < 0.66);
  }

  #pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.#random() * values.length)] as T;
  }

  #id(): string {
    return String((this.#lastId += 1));
  }

  #scene(person = this.#pick(world.people), place?: Place): Scene {
    const somewhere: Place =
      this.#random() < 0.5
        ? { kind: 'personal' }
        : { kind: 'channel', rootId: String(1 + Math.floor(this.#random() * 40)) };
    return { world, person, place: place ?? somewhere, serviceUrl, at: Date.now() };
  }

  async #type(kind: string, line: string): Promise<void> {
    const scene = this.#scene();
    const text = scene.place.kind === 'channel' ? `@${world.bot.name} ${line}` : line;
    const activity = messageActivity(scene, { id: this.#id(), text });
    if ((await this.#send(kind, activity)) === undefined) return;
    // The answer was posted before the turn was; without one somebody waits for ever.
    const posted = this.#microsoft.received.findLast(({ replyTo }) => replyTo === activity.id);
    if (!posted) return void this.faults.push(`no answer to "${line}"`);
    const { attachments, text: words } = JSON.parse(posted.body) as {
      attachments?: { content: unknown }[];
      text?: string;
    };
    if (sorry.test(words ?? '')) this.faults.push(`"${line}": ${words}`);
    this.#show(scene, posted.id, attachments?.[0]?.content);
  }

  #show({ person, place }: Scene, messageId: string, card: unknown): void {
    if (card === undefined) return;
    this.#live.push({ person, place, messageId, card });
    if (this.#live.length > 300) this.#live.splice(0, 100);
  }

  /** A button of a card that is there, by its owner or (sometimes) by another; or the client asks for a refresh. */
  async #press(isRefresh: boolean): Promise<void> {
    const live = this.#live.length > 0 ? this.#pick(this.#live) : undefined;
    const buttons = buttonsOf(live?.card).filter(({ type }) => type === 'Action.Execute');
    const refresh = (live?.card as { refresh?: { action?: CardAction } } | undefined)?.refresh?.action;
    if (!live || buttons.length === 0 || (isRefresh && !refresh)) return this.#type('question', this.#pick(lines));
    const scene = this.#scene(this.#random() < 0.9 ? live.person : undefined, live.place);
    const button = this.#pick(buttons);
    const data = { ...(button['data'] as object | undefined), ...this.#filled(live.card) };
    const fallback = button['fallback'] as { data?: object } | undefined;
    if (!isRefresh && fallback?.data && this.#random() < 0.1) {
      const submitted = submitActivity(scene, {
        id: this.#id(),
        data: { ...fallback.data, ...this.#filled(live.card) },
        replyToId: live.messageId,
      });
      return void (await this.#send('submit', submitted));
    }
    const activity = isRefresh
      ? cardActionActivity(scene, {
          id: `f:${this.#id()}`,
          action: refresh as CardAction,
          trigger: 'automatic',
          replyToId: live.messageId,
        })
      : cardActionActivity(scene, {
          id: `f:${this.#id()}`,
          action: { ...(button as unknown as CardAction), data },
          replyToId: live.messageId,
        });
    const body = await this.#send(isRefresh ? 'refresh' : 'press', activity);
    if (body === undefined) return;
    const { type, value } = parse(body);
    if (type === 'application/vnd.microsoft.card.adaptive') this.#show(scene, live.messageId, value);
    else if (type !== 'application/vnd.microsoft.activity.message')
      this.faults.push(`a press got ${body.slice(0, 200)}`);
  }

  /** Something in every input of a card: a choice of each list, a few words in each field. */
  #filled(card: unknown): Record<string, string> {
    const found: Record<string, string> = {};
    const walk = (node: unknown): void => {
      if (Array.isArray(node)) return node.forEach(walk);
      if (typeof node !== 'object' || node === null) return;
      const { type, id, choices, value } = node as {
        type?: unknown;
        id?: unknown;
        choices?: { value: string }[];
        value?: unknown;
      };
      if (typeof type === 'string' && type.startsWith('Input.') && typeof id === 'string')
        found[id] = choices?.length
          ? this.#pick(choices).value
          : typeof value === 'string'
            ? value
            : 'The job is late since 07:20 UTC';
      Object.values(node).forEach(walk);
    };
    walk(card);
    return found;
  }

  async #extension(): Promise<void> {
    const extension = this.#pick(extensions);
    const scene = this.#scene();
    const id = `f:${this.#id()}`;
    const activity =
      extension.type === 'query'
        ? searchActivity(scene, { id, commandId: extension.id, parameter: extension.parameters[0].name, text: 'sev' })
        : extensionActivity(scene, {
            ...{ id, kind: 'fetchTask', commandId: extension.id, context: extension.contexts[0] as 'message' },
            ...(extension.contexts.includes('message')
              ? { message: { id: '1', from: scene.person.name, html: `<p>${draft}</p>` } }
              : {}),
          });
    await this.#send(extension.type === 'query' ? 'search' : 'dialog', activity);
  }

  async #event(): Promise<void> {
    const scene = this.#scene();
    await this.#send(
      'event',
      this.#random() < 0.5
        ? installationUpdateActivity(scene, 'add', `f:${this.#id()}`)
        : botAddedActivity(scene, `f:${this.#id()}`),
    );
  }

  async #repeat(): Promise<void> {
    if (this.#last) await this.#send('repeat', this.#last);
  }

  /** The answer; `undefined` when there was none. */
  async #send(kind: string, activity: object): Promise<string | undefined> {
    this.#kinds[kind] = (this.#kinds[kind] ?? 0) + 1;
    this.#last = activity;
    this.turns += 1;
    const from = performance.now();
    const { status, body } = await this.#post(activity);
    this.latencies.add(performance.now() - from);
    if (status !== 200) return void this.faults.push(`${kind}: HTTP ${status}`);
    if (sorry.test(body)) this.faults.push(`${kind}: ${body.slice(0, 200)}`);
    return body;
  }

  /** Of what Teams posts; it signs for an hour at a time as well. */
  authorization(): string {
    if (performance.now() - this.#authorization.at > 600_000)
      this.#authorization = { header: this.#microsoft.authorization(serviceUrl), at: performance.now() };
    return this.#authorization.header;
  }

  /** A question in a channel whose id is still to be filled in. */
  floodBody(): string {
    const scene = this.#scene(world.people[0], { kind: 'channel', rootId: '1' });
    return JSON.stringify(messageActivity(scene, { id: '#id#', text: `@${world.bot.name} sev a?` }));
  }

  async #post(activity: object): Promise<{ status: number; body: string }> {
    try {
      const response = await fetch(`${this.#url()}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: this.authorization() },
        body: JSON.stringify(activity),
        signal: AbortSignal.timeout(15_000),
      });
      return { status: response.status, body: await response.text() };
    } catch (error) {
      return { status: 0, body: String(error) };
    }
  }
}

function parse(body: string): { type?: unknown; value?: unknown } {
  try {
    return JSON.parse(body) as { type?: unknown; value?: unknown };
  } catch {
    return {};
  }
}
