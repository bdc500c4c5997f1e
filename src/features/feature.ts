import type { z } from 'zod';
import type { Intent, Reading, Understanding } from '../understanding/intents.ts';
import type { Playbook } from '../playbook/schema.ts';
import type { Queryable } from '../store/database.ts';
import type { AnyCard } from './card.ts';

/** Somebody who does something. Always from the verified activity, never from card data or text. */
export interface Person {
  readonly tenantId: string;
  /** Id in the directory (Entra); the only id that rights are tied to. */
  readonly aadObjectId: string;
  /** Id in Teams ("29:..."), needed for mentions and views; another one for each bot. */
  readonly teamsId: string;
  readonly name: string;
}

/** Where something happens. In a channel `conversationId` names the thread. */
export interface Place {
  readonly kind: 'personal' | 'channel' | 'group';
  readonly conversationId: string;
  readonly serviceUrl: string;
  readonly botId: string;
}

/** A guided conversation of one person in one place: one row, owned by one feature. */
export interface Dialog {
  readonly id: string;
  readonly feature: string;
  readonly place: Pick<Place, 'conversationId'>;
  readonly ownerId: string;
  readonly ownerTeamsId: string;
  readonly ownerName: string;
  /** Goes up with every change; a button carries the one that it was drawn with. */
  readonly revision: number;
  /** What the feature keeps. Whoever reads it checks it: an older version of the program may have written it. */
  readonly state: unknown;
  readonly open: boolean;
  /** The message that shows it, where known. */
  readonly cardActivityId: string | undefined;
  /** Id of the practice run that its thread belongs to, which never changes while there is a dialog in it. */
  readonly drill: string | undefined;
}

interface TurnBase {
  readonly person: Person;
  readonly place: Place;
  readonly now: Date;
  readonly correlationId: string;
  /** Id of the message that was typed, or of the press, as Teams names it. */
  readonly activityId?: string | undefined;
  /** IANA name of the zone that the person's Teams client is in, as it says; not checked. */
  readonly clientZone: string | undefined;
  /** People whom the line mentions, besides the bot. */
  readonly mentioned: readonly Mentioned[];
}

/** Somebody whom a line mentions; who they are in the directory is not said. */
export interface Mentioned {
  readonly teamsId: string;
  readonly name: string;
}

/** Somebody typed something. */
export interface MessageTurn extends TurnBase {
  /** Text without the mention of the bot, trimmed. */
  readonly text: string;
  /** The person's newest open dialog in this place. */
  readonly dialog: Dialog | undefined;
}

/** Somebody pressed a button, or the client refreshes a card. */
export interface ActionTurn<Data = unknown> extends TurnBase {
  readonly data: Data;
  /** The client refreshes on its own: only read, whatever the verb. */
  readonly automatic: boolean;
  /** The dialog that `data.dialog` names, if it exists in this tenant and conversation. Its owner may be another. */
  readonly dialog: Dialog | undefined;
  /** The message that holds the card. */
  readonly cardActivityId: string | undefined;
  /**
   * Pressed in a dialog of an extension, which only this person sees: there is no message that it could stand below,
   * and the bot may be no member of the place.
   */
  readonly inDialog: boolean;
}

/** Somebody called an extension: on a message, at the compose box or in the command box. */
export interface ExtensionTurn extends TurnBase {
  /** Plain text of the message that it was called on. */
  readonly message: string | undefined;
}

export type Reply =
  | { readonly kind: 'card'; readonly card: AnyCard; readonly view: unknown }
  | { readonly kind: 'text'; readonly text: string };

/** What the turn does to dialogs. At most one change a turn; `update` counts only on the revision that was read. */
export type DialogChange =
  | {
      readonly kind: 'start';
      readonly id: string;
      readonly feature: string;
      readonly state: unknown;
    }
  | {
      readonly kind: 'update';
      readonly dialog: Dialog;
      readonly state: unknown;
      readonly open: boolean;
      /** It goes on in another place. */
      readonly moveTo?: Place;
    };

/** A line of the trail: who, when and where are added by the engine. Never text that a person typed. */
export interface AuditEvent {
  readonly event: string;
  readonly subject: string;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * Changes rows of a feature in the transaction of the turn. `false`: what it rests on has changed since it was read, so
 * nothing of the turn is kept and the handler runs again.
 */
export type Change = (transaction: Queryable) => Promise<boolean>;

/** Something that must surely go out, now or later: a row of the outbox, kept with the change that it follows from. */
export interface NewDelivery {
  readonly tenantId: string;
  readonly place: Place;
  /** Name of the job that says, when the time has come, what is posted. */
  readonly job: string;
  /** What it is about; deliveries of one subject can be dropped together. */
  readonly subject: string;
  /** Which of the posts about the subject. A second one with the same job, subject and stage is not taken. */
  readonly stage: string;
  readonly dueAt: Date;
}

/** A delivery whose time has come. */
export interface Delivery extends NewDelivery {
  readonly id: string;
  /** It may have arrived already: the message must say that it may be a repeat. */
  readonly repeat: boolean;
}

/** What a job says of a delivery. */
export type Posting =
  /** A new message. `then`: what follows when it is out, kept with that. `shorter` is tried when it is too large. */
  | {
      readonly kind: 'post';
      readonly reply: Reply;
      /** One line for the notification; a card alone would be announced as "sent a card". */
      readonly summary: string;
      readonly shorter?: Reply;
      readonly then?: readonly NewDelivery[];
      /** Opens a thread of its own in the channel of its place; `moved` of the job is told which. */
      readonly opensThread?: boolean;
      /** What is kept when it is out. It cannot be taken back any more, so this must not say `false`. */
      readonly change?: Change;
    }
  /** Replaces one of the bot's own messages. */
  | { readonly kind: 'replace'; readonly activityId: string; readonly reply: Reply }
  /** Asked again in so many ms: what it waits for is under way elsewhere. No failure. */
  | { readonly kind: 'later'; readonly inMs: number; readonly reason: string }
  /**
   * Nothing is posted: not wanted any more, or all that the time brings is `change`, kept together with what follows.
   * Where that says `false`, nothing is kept and the job runs again.
   */
  | {
      readonly kind: 'drop';
      readonly reason: string;
      readonly then?: readonly NewDelivery[];
      readonly change?: Change;
    };

/** What the outbox calls when something is due. */
export interface Job {
  readonly name: `${string}/${string}`;
  /**
   * May be called several times for one delivery, also at the same time, so it only reads. What must happen once (an
   * email) it first takes in a row of its own, which only one caller gets.
   */
  readonly run: (delivery: Delivery, now: Date, services: Services) => Promise<Posting>;
  /** It could not be delivered or nobody knows whether it was: whom to tell instead. */
  readonly undelivered?: (delivery: Delivery, why: Undelivered, services: Services) => Promise<readonly NewDelivery[]>;
  /** The thread was gone, and the message opened a new one. */
  readonly moved?: (delivery: Delivery, place: Place) => Change;
}

/** `parked`: it surely did not arrive and is not tried again; `unconfirmed`: two tries, neither confirmed. */
export interface Undelivered {
  readonly state: 'parked' | 'unconfirmed';
  /** A sentence for people. */
  readonly reason: string;
}

/** What must go out after the change is kept. */
export type Send =
  /** A new message in the place of the turn. */
  | { readonly to: 'here'; readonly reply: Reply }
  /** A new message in the person's personal chat; `to` is looked up by the feature before. */
  | { readonly to: Place; readonly reply: Reply }
  /** Replaces one of the bot's own messages in the place of the turn, for everybody. */
  | { readonly to: 'replace'; readonly activityId: string; readonly reply: Reply };

/** What a turn comes to. Handlers compute it and change nothing themselves; the engine writes, then sends. */
export interface Outcome {
  /** To what was typed: a new message. To a button: the card in its place, for the person who pressed. */
  readonly reply?: Reply;
  /**
   * What is kept as the answer to a repeat instead of `reply`, and told then: for a reply that holds a customer's
   * words, which must not be kept. Where nothing changes nothing is kept anyway, and a repeat computes again.
   */
  readonly keptAs?: string;
  /** A button's reply is shown to everybody (the message itself is updated). */
  readonly forEverybody?: boolean;
  readonly dialog?: DialogChange;
  readonly audit?: AuditEvent;
  /** Rows of the feature that change with it, all or none. */
  readonly changes?: readonly Change[];
  /** What goes out directly afterwards; it is lost when the process dies in that moment. `deliver` is not. */
  readonly sends?: readonly Send[];
}

/** What a person types. */
export interface Command {
  /** Stable short name: `should-i-open`. */
  readonly name: string;
  /** Words on a button and in the command list of Teams. */
  readonly title: string;
  /** One sentence for help. */
  readonly summary: string;
  /** What to type; the first is shown in help, and all of them are understood to the letter. */
  readonly examples: readonly [string, ...string[]];
  /** Meanings of a free line that this command answers. */
  readonly intents?: readonly Intent[];
  /** Kept out of help and the command list: words such as "thanks". */
  readonly hidden?: boolean;
  /** Which example stands in the command list of Teams; by itself the first short one without a number; `false`: none. */
  readonly listed?: string | false;
  readonly run: (turn: MessageTurn, services: Services) => Promise<Outcome> | Outcome;
}

/** What a button sends. */
export interface Action<Schema extends z.ZodType = z.ZodType> {
  readonly verb: `${string}/${string}`;
  /** Shape of the card's data. What does not fit is answered with a sentence, never with an error. */
  readonly data: Schema;
  /** Only reads; the one kind that an automatic refresh may call. */
  readonly readOnly?: boolean;
  readonly run: (turn: ActionTurn<z.output<Schema>>, services: Services) => Promise<Outcome> | Outcome;
}

/**
 * What Teams offers in the menu of a message, at the compose box or in the command box. It opens a dialog that only the
 * person sees; the manifest lists the extensions from here.
 */
export interface Extension {
  /** Id of the command in the manifest: at most 64 letters and digits. */
  readonly id: string;
  /** At most 32 characters. */
  readonly title: string;
  /** At most 128 characters. */
  readonly description: string;
  readonly contexts: readonly ('message' | 'compose' | 'commandBox')[];
  /** Verbs of the actions whose buttons work in its dialog. */
  readonly verbs: readonly Action['verb'][];
  /** What the dialog shows first; it only reads. */
  readonly open: (turn: ExtensionTurn, services: Services) => Promise<Outcome> | Outcome;
}

/** Somebody types into the search of an extension; it is asked again with every few letters. */
export interface SearchTurn extends TurnBase {
  /** As typed so far, at most 500 characters; empty when it was just opened. */
  readonly text: string;
}

/** Something that a search found. */
export interface SearchResult {
  readonly title: string;
  /** One line below the title, in the list. */
  readonly line: string;
  /** What is put into the message when it is picked. */
  readonly reply: Extract<Reply, { kind: 'card' }>;
}

/**
 * A search at the compose box or in the command box. What is picked goes into the person's own message, in any chat, so
 * its card keeps only those buttons that need no bot. A search only reads, and nothing of it is kept.
 */
export interface Search {
  /** Id of the command in the manifest: at most 64 letters and digits. */
  readonly id: string;
  /** At most 32 characters. */
  readonly title: string;
  /** At most 128 characters. */
  readonly description: string;
  readonly contexts: readonly ('compose' | 'commandBox')[];
  /** The field to type into: title at most 32 characters, description at most 128. */
  readonly parameter: { readonly name: string; readonly title: string; readonly description: string };
  /** Everything that is found, the best first; the client shows it page by page. */
  readonly find: (turn: SearchTurn, services: Services) => readonly SearchResult[];
}

/** Something that happened to an ICM, as its timeline tells it (F71, F72). */
export interface TimelineEntry {
  readonly at: Date;
  readonly kind:
    | 'note'
    | 'change'
    | 'decision'
    | 'severity'
    | 'tracking'
    | 'role'
    | 'field'
    | 'update'
    | 'promise'
    | 'reminder'
    | 'escalation'
    | 'action';
  /** One sentence; it may hold words that a person typed. Never a second copy of what another entry says. */
  readonly text: string;
  /** A moment that the sentence ends with ("Next update promised for"): told in the zone of whoever reads it. */
  readonly about?: Date;
  /** `at` was set beforehand and is stamped by no clock ("not sent by its time"): not told a second too early. */
  readonly isPlanned?: true;
  /** Name of whoever did it; `undefined`: the bot, or it is not known. */
  readonly by: string | undefined;
}

/** A stretch of time: `from` belongs to it, `to` does not. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** A figure of the team, for its leads. It is never about a single person. */
export interface Figure {
  /** Figures of one group stand together and share a scale where they have one unit. */
  readonly group: string;
  readonly title: string;
  /** `ms` is a length of time in milliseconds. */
  readonly unit: 'count' | 'ms' | 'score';
  /** One for each period, in their order; `undefined`: there was nothing to compute it from. */
  readonly values: readonly (number | undefined)[];
  /** What is said where there was nothing to compute it from: "none was decided". */
  readonly none?: string;
}

/** What a feature knows of an item of the readiness checklist: people tick, the bot only tells. */
export interface ReadinessHint {
  /** Name of the item in the playbook (`readiness.items`). */
  readonly item: string;
  /** One sentence. */
  readonly text: string;
}

/** Keeps `data` and `run` of an action in step for the type checker. */
export function action<Schema extends z.ZodType>(definition: Action<Schema>): Action {
  return definition;
}

/** A feature is one value that carries its own triggers; `features/index.ts` lists them all. */
export interface Feature {
  readonly name: string;
  /**
   * Said in a practice run instead of everything that this feature does: it would reach people or systems that take no
   * part. Without it the feature works as always, on the records of the practice run.
   */
  readonly inPractice?: string;
  readonly commands?: readonly Command[];
  readonly actions?: readonly Action[];
  readonly jobs?: readonly Job[];
  readonly extensions?: readonly Extension[];
  readonly searches?: readonly Search[];
  /**
   * Work that the first question would have to wait for, in steps of a few ms each: done in the background once the bot
   * is ready.
   */
  readonly prepare?: (services: Services) => Iterable<unknown>;
  /**
   * Lines that are this feature's even while a dialog of another is open: a customer's message that was pasted to be
   * checked is no answer to a question and must not be kept as one.
   */
  readonly interrupts?: (text: string) => Command['name'] | undefined;
  /**
   * Lines that this feature takes for its own, whatever the understanding says of them: those whose form leaves no doubt
   * ("track 512345678").
   */
  readonly claims?: (text: string) => Command['name'] | undefined;
  /**
   * Answers a free line before the commands of its meaning do; `undefined` leaves it to them. Asked after commands and
   * claims, with what the understanding made of the line.
   */
  readonly answers?: (
    turn: MessageTurn,
    reading: Reading,
    services: Services,
  ) => Promise<Outcome | undefined> | Outcome | undefined;
  /** Typed words while a dialog of this feature is open; `undefined` when they do not belong to it. */
  readonly typed?: (turn: MessageTurn & { readonly dialog: Dialog }, services: Services) => Outcome | undefined;
  /** Answers what no command answers; one feature has it. */
  readonly fallback?: (turn: MessageTurn, reading: Reading, services: Services) => Promise<Outcome> | Outcome;
  /** What the rows of this feature tell of an ICM, in any order. What lies ahead of the reader is left out for them. */
  readonly timeline?: (
    icm: { readonly tenantId: string; readonly id: string; readonly number: string },
    records: Queryable,
  ) => Promise<readonly TimelineEntry[]>;
  /** The team's figures of each period, for its leads; always all of them, zeros included. */
  readonly figures?: (
    asked: { readonly tenantId: string; readonly periods: readonly Period[]; readonly now: Date },
    services: Pick<Services, 'records' | 'playbook'>,
  ) => Promise<readonly Figure[]>;
  /** What the rows of this feature tell of the readiness of a channel (without its thread) or chat. */
  readonly readiness?: (
    asked: { readonly tenantId: string; readonly channelId: string },
    services: Pick<Services, 'records' | 'playbook'>,
  ) => Promise<readonly ReadinessHint[]>;
  /** What the bot says of itself when it is installed somewhere; one feature has it. */
  readonly introduction?: (place: Place, services: Services) => Reply;
}

/** An email: plain text, to addresses that were checked. */
export interface Letter {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** Whom an answer goes to; empty: the sender. */
  readonly replyTo: readonly string[];
  readonly subject: string;
  /** Lines end in LF. */
  readonly text: string;
  /** The same for all tries to send it, so that a reader finds it again: "<id@domain>". */
  readonly messageId: string;
}

/** What became of an email. `reason` is a sentence for people. */
export type MailOutcome =
  /** The mail server has taken it, but not for those in `refused`. */
  | { readonly kind: 'sent'; readonly refused: readonly string[] }
  /** Surely nothing was sent. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** It may have been sent: the answer to the text was lost. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** Email, where a server is set. */
export interface Mail {
  /** The sender's address; `undefined`: no server is set, and letters are only composed. */
  readonly from: string | undefined;
  /** One try never takes longer than this, in ms. */
  readonly limitMs: number;
  /** One try; never throws and never tries again. */
  send(letter: Letter, at: Date): Promise<MailOutcome>;
  /** The letter as a draft for a mail program (RFC 5322 but for the sender, who is whoever sends it; lines end in CR LF). */
  compose(letter: Letter, at: Date): Promise<string>;
}

/** What handlers are given. */
export interface Services {
  readonly playbook: Playbook;
  readonly understanding: Understanding;
  readonly features: readonly Feature[];
  /** Every card by its name. */
  readonly cards: ReadonlyMap<string, AnyCard>;
  /** Answers a line as if it had been typed. */
  readonly answer: (turn: MessageTurn) => Promise<Outcome>;
  /** New opaque ids. */
  readonly newId: () => string;
  /** The person's personal chat with the bot, where the bot is installed there. */
  readonly personalChat: (person: Pick<Person, 'tenantId' | 'aadObjectId'>) => Promise<Place | undefined>;
  /**
   * A member of the team or chat of `place`, by id in the directory or in Teams: asked of Teams at the moment.
   * @throws AppError send-unknown, send-refused when Teams cannot say
   */
  readonly member: (place: Place, tenantId: string, id: string) => Promise<Person | undefined>;
  /** The records, to read; what changes them is an `Outcome`. */
  readonly records: Queryable;
  /** Keeps what must go out, as part of the changes of an outcome. */
  readonly deliver: (deliveries: readonly NewDelivery[]) => Change;
  /** Takes back what is not out yet of a subject; all of its jobs, or the named one. */
  readonly takeBack: (tenantId: string, subject: string, job?: string) => Change;
  readonly mail: Mail;
}

/** An answer in a sentence. */
export const say = (text: string): Outcome => ({ reply: { kind: 'text', text } });

/** What a button changed is shown to everybody who reads the card. */
export const toEverybody = (outcome: Outcome): Outcome =>
  outcome.changes?.length ? { ...outcome, forEverybody: true } : outcome;

/** The same outcome for a button that posts its answer below: the card that holds it may be somebody else's. */
export function asNewMessage(outcome: Outcome, note = 'See the new message below.'): Outcome {
  const posted = outcome.reply ? [{ to: 'here' as const, reply: outcome.reply }] : [];
  return { ...outcome, reply: { kind: 'text', text: note }, sends: [...posted, ...(outcome.sends ?? [])] };
}

/** Nothing is posted. */
export const drop = (reason: string): Posting => ({ kind: 'drop', reason });
