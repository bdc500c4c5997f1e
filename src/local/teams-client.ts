import {
  botAddedActivity,
  cardActionActivity,
  extensionActivity,
  installationUpdateActivity,
  messageActivity,
  submitActivity,
  typedAsHtml,
  withMentions,
  type CardAction,
  type ExtensionContext,
  type Place,
  type Scene,
  type TeamsActivity,
} from './activities.ts';
import type { ConnectorStandIn } from './connector-stand-in.ts';
import type { StoredMessage } from './conversations.ts';
import { asRecord, asString } from './json.ts';
import type { Person } from './world.ts';

/** What came of something that a person did. `text` is for the page. */
export type Outcome =
  | { readonly kind: 'done' }
  /** In a channel a bot gets only what mentions it. */
  | { readonly kind: 'not-mentioned' }
  /** The bot gave this person a card; it is in the views of the message. */
  | { readonly kind: 'card' }
  /** The bot answered with a sentence. */
  | { readonly kind: 'notice'; readonly text: string }
  /** A message extension shows a dialog with a card. */
  | { readonly kind: 'dialog'; readonly title: string; readonly card: unknown }
  | { readonly kind: 'error'; readonly text: string }
  /** Nothing was delivered: what was typed is not lost. */
  | { readonly kind: 'unreachable'; readonly text: string }
  | { readonly kind: 'refused'; readonly text: string };

type BotAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'broken' };

export interface TeamsClientOptions {
  readonly standIn: ConnectorStandIn;
  readonly botUrl: string;
  readonly now?: () => number;
  /** Teams waits 15 seconds. */
  readonly timeoutMs?: number;
  /** Told after each request: undefined when the bot answered well, else a sentence about what is wrong. */
  readonly onBotProblem?: (problem: string | undefined) => void;
}

const UNABLE = 'Something went wrong. Unable to reach app.';
const CARD = 'application/vnd.microsoft.card.adaptive';
/** Teams asks for a refresh only when the card that it has is older than this. */
const VIEW_IS_FRESH_MS = 60_000;

/** Does what a Teams client and the service behind it do when a person types, presses a button or adds the app. */
export class TeamsClient {
  readonly #standIn: ConnectorStandIn;
  readonly #botUrl: string;
  readonly #now: () => number;
  readonly #timeoutMs: number;
  readonly #onBotProblem: (problem: string | undefined) => void;

  constructor(options: TeamsClientOptions) {
    this.#standIn = options.standIn;
    this.#botUrl = options.botUrl;
    this.#now = options.now ?? Date.now;
    this.#timeoutMs = options.timeoutMs ?? 15_000;
    this.#onBotProblem = options.onBotProblem ?? (() => undefined);
  }

  async send(person: Person, place: Place, text: string): Promise<Outcome> {
    const { world, conversations } = this.#standIn;
    if (text.trim() === '') return { kind: 'refused', text: 'Type something first.' };
    if (place.kind === 'personal' && !conversations.isInstalled(person)) {
      return { kind: 'refused', text: 'Add the app to this chat first.' };
    }
    const rootId = place.kind === 'channel' ? place.rootId : undefined;
    if (rootId !== undefined && conversations.message(rootId)?.rootId !== rootId) {
      return { kind: 'refused', text: 'The first post of this thread is gone.' };
    }
    const conversationId = place.kind === 'personal' ? person.chatId : world.channel.id;
    const content = withMentions(text, world);
    const message = conversations.add(conversationId, rootId, person.id, content);
    const mentioned = content.entities.some((entity) => entity.mentioned.id === world.bot.id);
    if (place.kind === 'channel' && !mentioned) return { kind: 'not-mentioned' };

    const scene = this.scene(person, conversations.placeOf(message));
    const answer = await this.post(messageActivity(scene, { id: message.id, text }));
    // It was never delivered, so it must not stand there as if it were.
    if (answer.kind === 'unreachable') conversations.remove(message.id);
    return this.#toOutcome(answer);
  }

  /** A pressed button. The action carries its inputs merged into `data`. */
  async press(person: Person, messageId: string, action: CardAction): Promise<Outcome> {
    const message = this.#botMessage(person, messageId);
    if (message === undefined) return { kind: 'refused', text: 'This message is gone.' };
    if (action.type !== 'Action.Submit') return this.#invoke(person, message, action, 'manual');

    const place = this.#standIn.conversations.placeOf(message);
    const teams = asRecord(asRecord(action.data)['msteams']);
    if (teams['type'] === 'imBack') return this.send(person, place, asString(teams['value']) ?? '');
    const scene = this.scene(person, place);
    const id = this.#standIn.conversations.nextId();
    const activity =
      teams['type'] === 'messageBack'
        ? messageActivity(scene, {
            id,
            text: asString(teams['text']) ?? '',
            value: teams['value'],
            replyToId: messageId,
          })
        : submitActivity(scene, { id, data: action.data ?? {}, replyToId: messageId });
    return this.#toOutcome(await this.post(activity));
  }

  /** Asks for this person's own card, as a client does by itself. A failure stays silent, as in Teams. */
  async refresh(person: Person, messageId: string): Promise<Outcome> {
    const message = this.#botMessage(person, messageId);
    const action = message && this.refreshAction(person, message);
    if (message === undefined || action === undefined) return { kind: 'refused', text: 'There is nothing to refresh.' };
    return this.#invoke(person, message, action, 'automatic');
  }

  /** The refresh action that is due for this person, if any. */
  refreshAction(person: Person, message: StoredMessage): CardAction | undefined {
    const view = message.views[person.key];
    if (view !== undefined && this.#now() - view.at < VIEW_IS_FRESH_MS) return undefined;
    const refresh = asRecord(asRecord(message.content.attachments?.[0]?.content)['refresh']);
    const userIds = Array.isArray(refresh['userIds']) ? (refresh['userIds'] as unknown[]) : [];
    const action = asRecord(refresh['action']);
    return userIds.includes(person.id) && action['type'] === 'Action.Execute'
      ? (action as unknown as CardAction)
      : undefined;
  }

  /** Calls a message extension, or presses a button in its dialog (`data`: the button's data with the inputs). */
  async extension(
    person: Person,
    place: Place,
    call: {
      readonly commandId: string;
      readonly context: ExtensionContext;
      readonly messageId?: string;
      readonly data?: unknown;
    },
  ): Promise<Outcome> {
    const { world, conversations } = this.#standIn;
    const { commandId, context, messageId, data } = call;
    const found = messageId === undefined ? undefined : conversations.message(messageId);
    if (messageId !== undefined && !(found && conversations.canSee(person, found)))
      return { kind: 'refused', text: 'This message is gone.' };
    const from = [world.bot, ...world.people].find(({ id }) => id === found?.from)?.name ?? '';
    const typed = String(found?.content.text ?? '').replace(/<at>([^<]*)<\/at>/g, '@$1');
    const answer = await this.post(
      extensionActivity(this.scene(person, found ? conversations.placeOf(found) : place), {
        kind: data === undefined ? 'fetchTask' : 'submitAction',
        commandId,
        context,
        ...(found ? { message: { id: found.id, from, html: typedAsHtml(typed, world) } } : {}),
        ...(data === undefined ? {} : { data }),
      }),
    );
    if (answer.kind === 'unreachable') return { kind: 'unreachable', text: this.#problem(answer) };
    if (answer.kind !== 'answered' || answer.status !== 200) return { kind: 'error', text: UNABLE };
    return asDialog(answer.body);
  }

  /** Adds the app to the personal chat or removes it, and tells the bot. */
  async setInstalled(person: Person, installed: boolean): Promise<Outcome> {
    const { conversations } = this.#standIn;
    if (conversations.isInstalled(person) === installed) return { kind: 'done' };
    conversations.setInstalled(person, installed);
    const outcome = await this.#announce(this.scene(person, { kind: 'personal' }), installed ? 'add' : 'remove');
    if (outcome.kind === 'unreachable') conversations.setInstalled(person, !installed);
    return outcome;
  }

  /** Tells the bot where it is installed from the start: in the team and with some people. */
  async announceInstalls(): Promise<Outcome> {
    const { world, conversations } = this.#standIn;
    const [first] = world.people;
    if (first === undefined) return { kind: 'done' };
    let outcome = await this.#announce(this.scene(first, { kind: 'channel' }), 'add');
    for (const person of world.people) {
      if (outcome.kind !== 'unreachable' && conversations.isInstalled(person)) {
        outcome = await this.#announce(this.scene(person, { kind: 'personal' }), 'add');
      }
    }
    return outcome;
  }

  scene(person: Person, place: Place): Scene {
    const { world, serviceUrl } = this.#standIn;
    return { world, person, place, serviceUrl, at: this.#now() };
  }

  /** Posts any activity to the bot. */
  async post(activity: TeamsActivity): Promise<BotAnswer> {
    const answer = await this.#fetch(activity);
    const ok = answer.kind === 'answered' && answer.status < 300;
    this.#onBotProblem(ok ? undefined : this.#problem(answer));
    return answer;
  }

  async #fetch(activity: TeamsActivity): Promise<BotAnswer> {
    try {
      const response = await fetch(this.#botUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(activity),
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
      const text = await response.text();
      return { kind: 'answered', status: response.status, body: parse(text) };
    } catch (error) {
      const code = asRecord((error as { cause?: unknown }).cause)['code'];
      const never = code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL';
      return { kind: never ? 'unreachable' : 'broken' };
    }
  }

  #problem(answer: BotAnswer): string {
    switch (answer.kind) {
      case 'answered':
        return `The bot answered with HTTP ${answer.status}. Its log says why.`;
      case 'broken':
        return `The bot gave no answer within ${this.#timeoutMs / 1000} seconds, or cut the connection.`;
      case 'unreachable':
        return `Nothing listens at ${this.#botUrl}. Start the bot and try again.`;
    }
  }

  #toOutcome(answer: BotAnswer): Outcome {
    if (answer.kind === 'unreachable') return { kind: 'unreachable', text: this.#problem(answer) };
    if (answer.kind === 'broken' || answer.status >= 300) return { kind: 'error', text: this.#problem(answer) };
    return { kind: 'done' };
  }

  async #announce(scene: Scene, action: 'add' | 'remove'): Promise<Outcome> {
    const outcome = this.#toOutcome(await this.post(installationUpdateActivity(scene, action)));
    if (action === 'remove' || outcome.kind === 'unreachable') return outcome;
    return this.#toOutcome(await this.post(botAddedActivity(scene)));
  }

  async #invoke(
    person: Person,
    message: StoredMessage,
    action: CardAction,
    trigger: 'manual' | 'automatic',
  ): Promise<Outcome> {
    const { conversations } = this.#standIn;
    const scene = this.scene(person, conversations.placeOf(message));
    const answer = await this.post(cardActionActivity(scene, { action, trigger, replyToId: message.id }));
    if (answer.kind !== 'answered' || answer.status !== 200) return { kind: 'error', text: UNABLE };
    const { statusCode, type, value } = asRecord(answer.body);
    if (statusCode !== 200) return { kind: 'error', text: UNABLE };
    if (type === 'application/vnd.microsoft.activity.message' && typeof value === 'string') {
      return { kind: 'notice', text: value };
    }
    if (type !== CARD || asRecord(value)['type'] !== 'AdaptiveCard') return { kind: 'error', text: UNABLE };
    // The bot may have deleted the message while it answered.
    if (conversations.message(message.id) !== undefined) conversations.setView(message.id, person, value);
    return { kind: 'card' };
  }

  #botMessage(person: Person, id: string): StoredMessage | undefined {
    const { world, conversations } = this.#standIn;
    const message = conversations.message(id);
    const there = message?.from === world.bot.id && conversations.canSee(person, message);
    return there ? message : undefined;
  }
}

/** A task: a dialog with a card, or a sentence. Anything else is what Teams cannot show. */
function asDialog(body: unknown): Outcome {
  const { type, value } = asRecord(asRecord(body)['task']);
  if (type === 'message' && typeof value === 'string') return { kind: 'notice', text: value };
  const { title, card } = asRecord(value);
  const { contentType, content } = asRecord(card);
  if (type !== 'continue' || contentType !== CARD || asRecord(content)['type'] !== 'AdaptiveCard')
    return { kind: 'error', text: UNABLE };
  return { kind: 'dialog', title: asString(title) ?? '', card: content };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
