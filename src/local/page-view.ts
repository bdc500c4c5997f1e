import type { StoredMessage } from './conversations.ts';
import { asRecord } from './json.ts';
import type { TeamsClient } from './teams-client.ts';
import type { Person, World } from './world.ts';

/** A message as one person sees it: what the page draws. */
export interface MessageView {
  readonly id: string;
  readonly place: 'personal' | 'channel';
  readonly rootId?: string;
  readonly from: { readonly name: string; readonly key?: string; readonly isBot: boolean };
  readonly text?: string;
  readonly textFormat?: string;
  /** Names that are mentions in the text. */
  readonly mentions: readonly string[];
  readonly cards: readonly unknown[];
  /** Kinds of attachment that the page cannot draw. */
  readonly unsupported: readonly string[];
  /** The card is this person's own, not the one that the others see. */
  readonly isOwnView: boolean;
  readonly refreshDue: boolean;
  readonly at: number;
  readonly edited: boolean;
  /** Changes whenever the drawing must change. */
  readonly revision: string;
}

const CARD = 'application/vnd.microsoft.card.adaptive';

export function viewOf(message: StoredMessage, person: Person, world: World, client: TeamsClient): MessageView {
  const sender = world.people.find((one) => one.id === message.from);
  const attachments = message.content.attachments ?? [];
  const own = message.views[person.key];
  const { text, textFormat, entities = [] } = message.content;
  return {
    id: message.id,
    place: message.rootId === undefined ? 'personal' : 'channel',
    ...(message.rootId === undefined ? {} : { rootId: message.rootId }),
    from: sender ? { name: sender.name, key: sender.key, isBot: false } : { name: world.bot.name, isBot: true },
    ...(text === undefined ? {} : { text }),
    ...(textFormat === undefined ? {} : { textFormat }),
    mentions: entities.flatMap((entity) => {
      const name = asRecord(asRecord(entity)['mentioned'])['name'];
      return typeof name === 'string' ? [name] : [];
    }),
    cards: own ? [own.card] : attachments.filter((one) => one.contentType === CARD).map((one) => one.content),
    unsupported: attachments.filter((one) => one.contentType !== CARD).map((one) => one.contentType),
    isOwnView: own !== undefined,
    refreshDue: client.refreshAction(person, message) !== undefined,
    at: message.at,
    edited: message.revision > 1,
    revision: `${message.revision}.${own?.revision ?? 0}`,
  };
}
