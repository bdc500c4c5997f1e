import type { Queryable } from '../../store/database.ts';
import type { Feature, MessageTurn } from '../feature.ts';
import { namesOf } from '../tracking/names.ts';

/**
 * The check that a thread of a channel came to an ICM by: the person's own last one there that said so, within a day, and
 * that belongs to no other ICM. In a personal chat nobody can tell which case a number is about.
 */
export async function checkBefore(
  records: Queryable,
  { person, place }: Pick<MessageTurn, 'person' | 'place'>,
): Promise<string | undefined> {
  if (place.kind !== 'channel') return undefined;
  const [row] = await records.query<{ subject: string }>(
    `SELECT subject FROM audit v
     WHERE tenant_id = $1 AND actor_id = $2 AND conversation_id = $3 AND event = 'verdict'
       AND details ->> 'verdict' IN ('open', 'follow-existing') AND at > now() - interval '1 day'
       AND NOT EXISTS (SELECT FROM audit t WHERE t.tenant_id = $1 AND t.actor_id = $2 AND t.event = 'icm tracked'
         AND t.details ->> 'check' = v.subject)
     ORDER BY id DESC LIMIT 1`,
    [person.tenantId, person.aadObjectId, place.conversationId],
  );
  return row?.subject;
}

/** The verdict that an ICM was tracked on, in the words and with the rules of that time. */
export const verdictTimeline: NonNullable<Feature['timeline']> = async (icm, records) => {
  const [row] = await records.query<{ at: Date; actor_id: string; said: string | null; cites: string | null }>(
    `SELECT v.at, v.actor_id, v.details ->> 'said' AS said, v.details ->> 'cites' AS cites
     FROM audit t JOIN audit v ON v.tenant_id = t.tenant_id AND v.subject = t.details ->> 'check' AND v.id < t.id
     WHERE t.tenant_id = $1 AND t.subject = $2 AND t.event = 'icm tracked' AND v.event = 'verdict'
     ORDER BY v.id DESC LIMIT 1`,
    [icm.tenantId, icm.id],
  );
  // A verdict of an older version of the program has no words.
  if (!row?.said) return [];
  const names = await namesOf(records, icm.tenantId, [row.actor_id]);
  const text = `Verdict of the check: ${row.said} (${row.cites})`;
  return [{ at: row.at, kind: 'decision', text, by: names.get(row.actor_id) }];
};
