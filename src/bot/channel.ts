import { channelOf } from '../store/outbox.ts';
import type { Person, Place, Reply } from '../features/feature.ts';
import type { CardRenderer } from './card-renderer.ts';
import type { Connector, SendResult } from './connector.ts';

/** Puts replies into messages and posts them. */
export interface Channel {
  /**
   * Posts a new message as part of a turn; what surely did not arrive is tried once more.
   * @throws AppError send-refused (nothing was posted), send-unknown (it may have been), address-refused, card-invalid
   */
  say(
    place: Place,
    reply: Reply,
    to?: { readonly person?: Person; readonly replyTo?: string },
  ): Promise<string | undefined>;
  /** One try to post a new message; says what became of it. @throws AppError card-invalid, address-refused */
  tryPost(place: Place, reply: Reply, summary: string): Promise<SendResult>;
  /** The same as the first message of a new thread in the channel of `place`. */
  tryNewThread(place: Place, tenantId: string, reply: Reply, summary: string): Promise<SendResult>;
  /** Replaces one of the bot's own messages; repeating it does no harm. @throws as `say` */
  replace(place: Place, activityId: string, reply: Reply): Promise<void>;
  /** One try to replace. */
  tryReplace(place: Place, activityId: string, reply: Reply): Promise<SendResult>;
  /** A member of the team or chat of `place`, by id in the directory or in Teams. @throws AppError when nobody knows */
  member(place: Place, tenantId: string, id: string): Promise<Person | undefined>;
  /** Asks Teams something harmless, to see whether it answers at all. */
  probe(place: Place): Promise<boolean>;
}

/** `says`: how a text is said, for a practice run. */
export function createChannel(
  renderer: CardRenderer,
  connector: Connector,
  says: (text: string) => string = (text) => text,
): Channel {
  const bodyOf = (place: Place, reply: Reply, more: object): string => {
    const head = { type: 'message', from: { id: place.botId }, conversation: { id: place.conversationId }, ...more };
    if (reply.kind === 'text') return JSON.stringify({ ...head, textFormat: 'markdown', text: says(reply.text) });
    const card = renderer.render(reply.card, reply.view);
    return `${JSON.stringify(head).slice(0, -1)},"attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":${card}}]}`;
  };
  return {
    say: async (place, reply, { person, replyTo } = {}) =>
      connector.post(
        place.serviceUrl,
        place.conversationId,
        replyTo,
        bodyOf(place, reply, {
          ...(person ? { recipient: { id: person.teamsId } } : {}),
          ...(replyTo === undefined ? {} : { replyToId: replyTo }),
        }),
      ),
    tryPost: async (place, reply, summary) =>
      connector.tryPost(place.serviceUrl, place.conversationId, bodyOf(place, reply, { summary })),
    async tryNewThread(place, tenantId, reply, summary) {
      const channelId = channelOf(place.conversationId);
      const activity = bodyOf({ ...place, conversationId: channelId }, reply, { summary });
      const head = {
        isGroup: true,
        bot: { id: place.botId },
        tenantId,
        channelData: { channel: { id: channelId }, tenant: { id: tenantId } },
      };
      return connector.tryNewThread(place.serviceUrl, `${JSON.stringify(head).slice(0, -1)},"activity":${activity}}`);
    },
    replace: async (place, activityId, reply) =>
      connector.replace(place.serviceUrl, place.conversationId, activityId, bodyOf(place, reply, {})),
    tryReplace: async (place, activityId, reply) =>
      connector.tryReplace(place.serviceUrl, place.conversationId, activityId, bodyOf(place, reply, {})),
    async member(place, tenantId, id) {
      const found = await connector.member(place.serviceUrl, channelOf(place.conversationId), id);
      if (!found || (found.tenantId ?? tenantId) !== tenantId) return undefined;
      return { ...found, tenantId, name: found.name.trim() || 'Somebody' };
    },
    probe: (place) => connector.probe(place.serviceUrl, channelOf(place.conversationId)),
  };
}
