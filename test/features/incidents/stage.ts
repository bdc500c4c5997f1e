import type { Place } from '../../../src/local/activities.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import type { Database } from '../../../src/store/database.ts';
import { buttonsOf, cardOf, Harness, wordsIn, type CardJson } from '../../support/harness.ts';
import type { StoredMessage } from '../../../src/local/conversations.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const channel = { kind: 'channel' } as const;

const base = loadPlaybook();
/** Amara is the lead. */
export const lead = {
  name: 'Amara Nowak',
  aadObjectId: '4f3cbd85-6ea0-414c-99f7-b0518cae2344',
  tenantId: '5f1d7d0a-6a5c-4a53-9d0c-2b7a4c1f0e11',
};
export const playbook = { ...base, people: { ...base.people, leads: [lead] } };

let number = 530_000_000;
export const newNumber = (): string => String((number += 1));

/** The thread that a message stands in. */
export const threadOf = (message: StoredMessage): Place => ({
  kind: 'channel',
  ...(message.rootId === undefined ? {} : { rootId: message.rootId }),
});

export const startBot = (database: Database, withLead = true): Promise<Harness> =>
  Harness.start({ database, playbook: withLead ? playbook : base });

export const words = (card: CardJson): string => wordsIn(card);
export const titles = (card: CardJson): string[] => buttonsOf(card).map((button) => String(button['title']));
export const shownTo = (bot: Harness, key: string, message: StoredMessage): string =>
  wordsIn(bot.cardFor(key, message.id));
export { cardOf };
