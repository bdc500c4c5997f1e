import { EventEmitter } from 'node:events';
import type { Place } from './activities.ts';
import type { Person, World } from './world.ts';

export interface Attachment {
  readonly contentType: string;
  readonly content?: unknown;
  readonly name?: string;
}

/** What is visible in a message; everything that an update replaces. */
export interface MessageContent {
  readonly text?: string;
  readonly textFormat?: string;
  readonly entities?: readonly unknown[];
  readonly attachments?: readonly Attachment[];
}

export interface StoredMessage {
  /** Milliseconds since 1970, as Teams' message ids are. */
  readonly id: string;
  /** The personal chat or the channel, never with `;messageid=`. */
  readonly conversationId: string;
  /** Channel only: id of the post that opened the thread; equal to `id` for that post. */
  readonly rootId?: string;
  /** `28:...` or `29:...`. */
  readonly from: string;
  readonly at: number;
  readonly content: MessageContent;
  /** Rises with every update. */
  readonly revision: number;
  /** Cards that the bot gave to one person in answer to an invoke, by `Person.key`. An update drops them all. */
  readonly views: Readonly<Record<string, { readonly card: unknown; readonly at: number; readonly revision: number }>>;
}

export type Change =
  | { readonly kind: 'message'; readonly message: StoredMessage; readonly isNew: boolean }
  | { readonly kind: 'view'; readonly message: StoredMessage; readonly person: string }
  | { readonly kind: 'removed'; readonly message: StoredMessage }
  | { readonly kind: 'typing'; readonly conversationId: string; readonly rootId?: string }
  | { readonly kind: 'install'; readonly person: Person; readonly installed: boolean };

/** All of it, as plain JSON. */
export interface Snapshot {
  readonly messages: readonly StoredMessage[];
  readonly installed: readonly string[];
}

/** The memory of the local Teams: messages, personal views of cards, and who has the app. */
export class Conversations extends EventEmitter<{ change: [Change] }> {
  readonly #world: World;
  readonly #now: () => number;
  #messages = new Map<string, StoredMessage>();
  #installed: Set<string>;
  #lastId = 0;

  constructor(world: World, now: () => number = Date.now) {
    super();
    this.#world = world;
    this.#now = now;
    this.#installed = new Set(world.people.filter((person) => person.installed).map((person) => person.key));
  }

  get messages(): StoredMessage[] {
    return [...this.#messages.values()];
  }

  message(id: string): StoredMessage | undefined {
    return this.#messages.get(id);
  }

  isInstalled(person: Person): boolean {
    return this.#installed.has(person.key);
  }

  setInstalled(person: Person, installed: boolean): void {
    if (installed) this.#installed.add(person.key);
    else this.#installed.delete(person.key);
    this.emit('change', { kind: 'install', person, installed });
  }

  /** Two messages in one millisecond still get two ids. */
  nextId(): string {
    this.#lastId = Math.max(this.#now(), this.#lastId + 1);
    return String(this.#lastId);
  }

  add(conversationId: string, rootId: string | undefined, from: string, content: MessageContent): StoredMessage {
    const id = this.nextId();
    const inChannel = conversationId === this.#world.channel.id;
    const message: StoredMessage = {
      id,
      conversationId,
      ...(inChannel ? { rootId: rootId ?? id } : {}),
      from,
      at: this.#now(),
      content,
      revision: 1,
      views: {},
    };
    this.#messages.set(id, message);
    this.emit('change', { kind: 'message', message, isNew: true });
    return message;
  }

  update(id: string, content: MessageContent): void {
    const old = this.#mustHave(id);
    const message = { ...old, content, revision: old.revision + 1, views: {} };
    this.#messages.set(id, message);
    this.emit('change', { kind: 'message', message, isNew: false });
  }

  remove(id: string): void {
    const message = this.#mustHave(id);
    this.#messages.delete(id);
    this.emit('change', { kind: 'removed', message });
  }

  /** The card that only this person sees from now on. */
  setView(id: string, person: Person, card: unknown): void {
    const old = this.#mustHave(id);
    const view = { card, at: this.#now(), revision: (old.views[person.key]?.revision ?? 0) + 1 };
    const message = { ...old, views: { ...old.views, [person.key]: view } };
    this.#messages.set(id, message);
    this.emit('change', { kind: 'view', message, person: person.key });
  }

  typing(conversationId: string, rootId?: string): void {
    this.emit('change', { kind: 'typing', conversationId, ...(rootId === undefined ? {} : { rootId }) });
  }

  placeOf(message: StoredMessage): Place {
    return message.rootId === undefined ? { kind: 'personal' } : { kind: 'channel', rootId: message.rootId };
  }

  /** A personal chat is seen by its person alone, the channel by everybody. */
  canSee(person: Person, message: StoredMessage): boolean {
    return message.conversationId === this.#world.channel.id || message.conversationId === person.chatId;
  }

  snapshot(): Snapshot {
    return { messages: this.messages, installed: [...this.#installed] };
  }

  restore(snapshot: Snapshot): void {
    this.#messages = new Map(snapshot.messages.map((message) => [message.id, message]));
    this.#installed = new Set(snapshot.installed);
    this.#lastId = Math.max(0, ...snapshot.messages.map((message) => Number(message.id)));
  }

  #mustHave(id: string): StoredMessage {
    const message = this.#messages.get(id);
    if (message === undefined) throw new Error(`Expected message ${id} to be there, got nothing`);
    return message;
  }
}
