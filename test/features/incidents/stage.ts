import type { Place } from '../../../src/local/activities.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import type { Database } from '../../../src/store/database.ts';
import { buttonsOf, cardOf, Harness, wordsIn, type CardJson } from '../../support/harness.ts';
import { withLeads } from '../../support/leads.ts';
import type { StoredMessage } from '../../../src/local/conversations.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const channel = { kind: 'channel' } as const;

const base = loadPlaybook();
export const playbook = withLeads(base, 'amara');

let number = 530_000_000;
export const newNumber = (): string => String((number += 1));

/** The thread that a message stands in. */
export const threadOf = (message: StoredMessage): Place => ({
  kind: 'channel',
  ...(message.rootId === undefined ? {} : { rootId: message.rootId }),
});

export const startBot = (database: Database, hasLead = true): Promise<Harness> =>
  Harness.start({ database, playbook: hasLead ? playbook : base });

export const words = (card: CardJson): string => wordsIn(card);
export const titles = (card: CardJson): string[] => buttonsOf(card).map((button) => String(button['title']));
export const shownTo = (bot: Harness, key: string, message: StoredMessage): string =>
  wordsIn(bot.cardFor(key, message.id));
export { cardOf };
