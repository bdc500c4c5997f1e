import type { Person, Place } from '../features/feature.ts';
import type { Database } from './database.ts';

/** Where the bot is installed, and where it has introduced itself. */
export interface Places {
  /** Remembers a person's personal chat with the bot; the newest address counts. */
  keepPersonalChat(person: Person, place: Place): Promise<void>;
  /** The bot was removed there: nothing can be said in private any more. */
  forgetPersonalChat(tenantId: string, conversationId: string): Promise<void>;
  personalChat(person: Pick<Person, 'tenantId' | 'aadObjectId'>): Promise<Place | undefined>;
  /** True the first time for a conversation, false ever after (until the bot is removed and comes back). */
  introduceOnce(tenantId: string, conversationId: string): Promise<boolean>;
  forgetIntroduction(tenantId: string, conversationId: string): Promise<void>;
}

export function createPlaces(database: Database): Places {
  return {
    async keepPersonalChat(person, place) {
      await database.query(
        `INSERT INTO personal_chat (tenant_id, person_id, conversation_id, service_url, bot_id) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (tenant_id, person_id) DO UPDATE
         SET conversation_id = excluded.conversation_id, service_url = excluded.service_url, bot_id = excluded.bot_id, updated_at = now()`,
        [person.tenantId, person.aadObjectId, place.conversationId, place.serviceUrl, place.botId],
      );
    },
    async forgetPersonalChat(tenantId, conversationId) {
      await database.query('DELETE FROM personal_chat WHERE tenant_id = $1 AND conversation_id = $2', [
        tenantId,
        conversationId,
      ]);
    },
    async personalChat(person) {
      const [row] = await database.query<{ conversation_id: string; service_url: string; bot_id: string }>(
        'SELECT conversation_id, service_url, bot_id FROM personal_chat WHERE tenant_id = $1 AND person_id = $2',
        [person.tenantId, person.aadObjectId],
      );
      return (
        row && { kind: 'personal', conversationId: row.conversation_id, serviceUrl: row.service_url, botId: row.bot_id }
      );
    },
    async introduceOnce(tenantId, conversationId) {
      const rows = await database.query(
        'INSERT INTO introduction (tenant_id, conversation_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1 AS done',
        [tenantId, conversationId],
      );
      return rows.length === 1;
    },
    async forgetIntroduction(tenantId, conversationId) {
      await database.query('DELETE FROM introduction WHERE tenant_id = $1 AND conversation_id = $2', [
        tenantId,
        conversationId,
      ]);
    },
  };
}
