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
}

interface TurnBase {
  readonly person: Person;
  readonly place: Place;
  readonly now: Date;
  readonly correlationId: string;
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
    }
  /** Replaces one of the bot's own messages. */
  | { readonly kind: 'replace'; readonly activityId: string; readonly reply: Reply }
  /** Not wanted any more. */
  | { readonly kind: 'drop'; readonly reason: string; readonly then?: readonly NewDelivery[] };

/** What the outbox calls when something is due. */
export interface Job {
  readonly name: `${string}/${string}`;
  /** Only reads; may be called several times for one delivery. */
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

/** Keeps `data` and `run` of an action in step for the type checker. */
export function action<Schema extends z.ZodType>(definition: Action<Schema>): Action {
  return definition;
}

/** A feature is one value that carries its own triggers; `features/index.ts` lists them all. */
export interface Feature {
  readonly name: string;
  readonly commands?: readonly Command[];
  readonly actions?: readonly Action[];
  readonly jobs?: readonly Job[];
  /**
   * Lines that this feature takes for its own, whatever the understanding says of them: those whose form leaves no doubt
   * ("track 512345678").
   */
  readonly claims?: (text: string) => Command['name'] | undefined;
  /** Typed words while a dialog of this feature is open; `undefined` when they do not belong to it. */
  readonly typed?: (turn: MessageTurn & { readonly dialog: Dialog }, services: Services) => Outcome | undefined;
  /** Answers what no command answers; one feature has it. */
  readonly fallback?: (turn: MessageTurn, reading: Reading, services: Services) => Outcome;
  /** What the bot says of itself when it is installed somewhere; one feature has it. */
  readonly introduction?: (place: Place, services: Services) => Reply;
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
}

/** The same outcome for a button that posts its answer below: the card that holds it may be somebody else's. */
export function asNewMessage(outcome: Outcome, note = 'See the new message below.'): Outcome {
  const posted = outcome.reply ? [{ to: 'here' as const, reply: outcome.reply }] : [];
  return { ...outcome, reply: { kind: 'text', text: note }, sends: [...posted, ...(outcome.sends ?? [])] };
}
