import type { Queryable } from '../../store/database.ts';
import type { Person } from '../feature.ts';
import { toIcm, type Icm } from '../tracking/icm-store.ts';
import { holdersOf } from './role-store.ts';

/** The communications officer of an ICM (F67), if somebody is. */
export async function officerOf(records: Queryable, icm: Pick<Icm, 'tenantId' | 'id'>): Promise<Person | undefined> {
  return (await holdersOf(records, icm)).get('communications');
}

/**
 * Who is reminded of the promised updates of an ICM: its communications officer, who should not be the one who works on
 * the fix (F70, F80); its engineer where nobody is.
 */
export async function remindedOf(records: Queryable, icm: Pick<Icm, 'tenantId' | 'id' | 'engineer'>): Promise<Person> {
  return (await officerOf(records, icm)) ?? icm.engineer;
}

/** Open ICMs of others that somebody is the communications officer of, newest first. At most 50. */
export async function icmsAsOfficer(
  records: Queryable,
  person: Pick<Person, 'tenantId' | 'aadObjectId'>,
): Promise<readonly Icm[]> {
  const rows = await records.query<Parameters<typeof toIcm>[0]>(
    `SELECT icm.* FROM icm JOIN icm_role r ON r.icm_id = icm.id AND r.tenant_id = icm.tenant_id
     WHERE icm.tenant_id = $1 AND r.person_id = $2 AND r.role = 'communications' AND r.ended_at IS NULL
       AND icm.status = 'open' AND icm.engineer_id <> $2 ORDER BY icm.created_at DESC LIMIT 50`,
    [person.tenantId, person.aadObjectId],
  );
  return rows.map(toIcm);
}
