import { channelOf } from '../../store/outbox.ts';
import type { Queryable } from '../../store/database.ts';
import type { Change, Person, Place, ReadinessHint, Services } from '../feature.ts';
import { ROLE_NAMES } from './role-timeline.ts';
import { ROLES, type Role } from './role-store.ts';

type Where = Pick<Place, 'conversationId'>;

/** Who has which role by default in the channel or chat of a place (F70): the same for all threads of a channel. */
export async function defaultsIn(
  records: Queryable,
  tenantId: string,
  place: Where,
): Promise<ReadonlyMap<Role, Person>> {
  const rows = await records.query<{ role: Role; person_id: string; person_teams_id: string; person_name: string }>(
    'SELECT * FROM default_role WHERE tenant_id = $1 AND channel_id = $2',
    [tenantId, channelOf(place.conversationId)],
  );
  const byRole = new Map(
    rows.map((row) => [
      row.role,
      { tenantId, aadObjectId: row.person_id, teamsId: row.person_teams_id, name: row.person_name },
    ]),
  );
  return new Map(
    ROLES.flatMap((role) => {
      const person = byRole.get(role);
      return person ? [[role, person] as const] : [];
    }),
  );
}

/** Keeps who has a role by default there; `undefined`: nobody. */
export function setDefault(place: Where, role: Role, person: Person | undefined, by: Person, now: Date): Change {
  const key = [by.tenantId, channelOf(place.conversationId), role];
  return async (transaction) => {
    await (person === undefined
      ? transaction.query('DELETE FROM default_role WHERE tenant_id = $1 AND channel_id = $2 AND role = $3', key)
      : transaction.query(
          `INSERT INTO default_role (tenant_id, channel_id, role, person_id, person_teams_id, person_name, set_by, set_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (tenant_id, channel_id, role) DO UPDATE SET person_id = excluded.person_id,
             person_teams_id = excluded.person_teams_id, person_name = excluded.person_name,
             set_by = excluded.set_by, set_at = excluded.set_at`,
          [...key, person.aadObjectId, person.teamsId, person.name, by.aadObjectId, now.toISOString()],
        ));
    return true;
  };
}

/** Which roles the channel has set beforehand (F70): what the bot can tell of the item "Define incident roles" (F94). */
export async function rolesReadiness(
  { tenantId, channelId }: { readonly tenantId: string; readonly channelId: string },
  { records }: Pick<Services, 'records'>,
): Promise<readonly ReadinessHint[]> {
  const held = [...(await defaultsIn(records, tenantId, { conversationId: channelId }))];
  if (held.length === 0) return [];
  const named = held.map(([role, { name }]) => `${ROLE_NAMES[role]} ${name}`).join(', ');
  return [{ item: 'roles', text: `Set beforehand here: ${named}.` }];
}
