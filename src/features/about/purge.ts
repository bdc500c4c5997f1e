import type { Retention } from '../../playbook/schema.ts';
import type { Queryable } from '../../store/database.ts';
import { practiceTenant } from '../../practice.ts';
import { WHAT_IS_KEPT, WITHOUT_PRACTICE } from './what-is-kept.ts';

/** Deletes whatever is past its time. Each statement stands alone: one that fails does not keep the others. */
export async function purge(records: Queryable, retention: Retention): Promise<void> {
  const failures: unknown[] = [];
  for (const { purge: statements } of WHAT_IS_KEPT)
    for (const { sql, days } of statements)
      await records.query(sql, [retention[days]]).catch((error: unknown) => failures.push(error));
  await records.query(practisedSql, [retention.practice]).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'not everything could be deleted that is past its time');
}

/**
 * What was practised so long ago, also ICMs that are still open there: one statement, so that no row is left without
 * the one that it belongs to.
 */
const practisedSql = `WITH past AS MATERIALIZED (
    SELECT tenant_id || '${practiceTenant('', '')}' || id AS tenant FROM drill
    WHERE created_at < now() - make_interval(days => $1::int)
  )${WHAT_IS_KEPT.flatMap(({ tables }) => tables)
    .filter((table) => !WITHOUT_PRACTICE.includes(table))
    .map((table) => `, of_${table} AS (DELETE FROM ${table} WHERE tenant_id IN (SELECT tenant FROM past))`)
    .join('')}
  SELECT 1 AS done`;
