import type { Queryable } from '../../store/database.ts';

/** Names of people by their ids in the directory, as far as they are known; whoever was forgotten has none. */
export async function namesOf(
  records: Queryable,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await records.query<{ id: string; name: string }>(
    `SELECT engineer_id AS id, engineer_name AS name FROM icm WHERE tenant_id = $1 AND engineer_id = ANY ($2::text[])
     UNION SELECT person_id, name FROM preference WHERE tenant_id = $1 AND person_id = ANY ($2::text[])`,
    [tenantId, [...new Set(ids)]],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
