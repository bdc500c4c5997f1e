import { channelOf, type Outbox } from './outbox.ts';

/** How long a process may take to see that another one has parked a channel, in ms. */
const freshMs = 60_000;

/**
 * Parks and unparks by conversation. Nearly every turn asks for nothing to be unparked, so what is parked is kept in
 * memory and read again once a minute.
 */
export function createParking(outbox: Pick<Outbox, 'park' | 'unpark' | 'parkedChannels'>) {
  let known: Promise<ReadonlySet<string>> | undefined;
  let readAt = -Infinity;
  const parked = (): Promise<ReadonlySet<string>> => {
    if (!known || performance.now() - readAt > freshMs) {
      readAt = performance.now();
      known = outbox.parkedChannels();
      known.catch(() => (known = undefined));
    }
    return known;
  };
  return {
    async park(tenantId: string, conversationId: string, reason: string): Promise<void> {
      known = undefined;
      await outbox.park(tenantId, channelOf(conversationId), reason);
    },
    async unpark(tenantId: string, conversationId: string): Promise<void> {
      const channelId = channelOf(conversationId);
      if (!(await parked()).has(`${tenantId} ${channelId}`)) return;
      known = undefined;
      await outbox.unpark(tenantId, channelId);
    },
  };
}
