import type { Queryable } from '../../store/database.ts';
import type { Change, Person } from '../feature.ts';
import { practiceTenant } from '../../practice.ts';
import { WHAT_IS_KEPT } from './what-is-kept.ts';

/** ICMs that the person still looks after: the team would lose sight of them. */
export async function openIcmsOf(records: Queryable, person: Person): Promise<readonly string[]> {
  const rows = await records.query<{ number: string }>(
    `SELECT number FROM icm WHERE tenant_id = $1 AND engineer_id = $2 AND status = 'open' ORDER BY number LIMIT 20`,
    [person.tenantId, person.aadObjectId],
  );
  return rows.map(({ number }) => number);
}

/**
 * Forgets a person: deletes what is theirs alone, and puts `alias` ("forgotten-" and a new UUID) where the team's
 * records or the trail named them. Nothing is done when an ICM came to them meanwhile.
 */
export function forget(person: Person, alias: string): Change {
  return async (transaction) => {
    if ((await openIcmsOf(transaction, person)).length > 0) return false;
    const who = [person.tenantId, person.aadObjectId];
    const [chat] = await transaction.query<{ conversation_id: string }>(
      'SELECT conversation_id FROM personal_chat WHERE tenant_id = $1 AND person_id = $2',
      who,
    );
    // The trigger of the trail lets just this one replacement through, in this transaction alone.
    await transaction.query(
      `SELECT set_config('icm.forget_person', $1, true), set_config('icm.forget_as', $2, true),
              set_config('icm.forget_chat', $3, true)`,
      [person.aadObjectId, alias, chat?.conversation_id ?? ''],
    );
    for (const tenantId of [person.tenantId, ...(await practiceTenants(transaction, person.tenantId))])
      await forgetUnder(transaction, tenantId, person.aadObjectId, alias, chat?.conversation_id ?? '');
    await transaction.query(`SELECT set_config('icm.forget_person', '', true)`);
    return true;
  };
}

/** Tenants under which the organisation has practised; anybody may be named there, also who never took part. */
async function practiceTenants(transaction: Queryable, tenantId: string): Promise<readonly string[]> {
  const rows = await transaction.query<{ id: string }>('SELECT id FROM drill WHERE tenant_id = $1', [tenantId]);
  return rows.map((row) => practiceTenant(tenantId, row.id));
}

/** The same for everything that lies under one tenant. `chat`: id of the person's personal chat, or ''. */
async function forgetUnder(
  transaction: Queryable,
  tenantId: string,
  personId: string,
  alias: string,
  chat: string,
): Promise<void> {
  await transaction.query(
    `UPDATE audit SET actor_id = replace(actor_id, $2, $3), subject = replace(subject, $2, $3),
       details = replace(details::text, $2, $3)::jsonb,
       conversation_id = CASE WHEN conversation_id = $4 THEN $3 ELSE conversation_id END
     WHERE tenant_id = $1 AND (actor_id = $2 OR subject = $2 OR conversation_id = $4 OR position($2 in details::text) > 0)`,
    [tenantId, personId, alias, chat],
  );
  for (const { forget: statements } of WHAT_IS_KEPT)
    for (const statement of statements)
      await transaction.query(statement, [tenantId, personId, ...(statement.includes('$3') ? [alias] : [])]);
}
