import type { Queryable } from '../../store/database.ts';
import type { Change, Person } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { fieldsFrom, type Fields } from './postmortem.ts';

/** The postmortem of an ICM at one of its revisions. */
export interface Postmortem {
  readonly id: string;
  readonly tenantId: string;
  readonly icmId: string;
  readonly revision: number;
  readonly fields: Fields;
  readonly savedBy: { readonly aadObjectId: string; readonly name: string };
  readonly savedAt: Date;
}

interface Row {
  readonly id: string;
  readonly tenant_id: string;
  readonly icm_id: string;
  readonly revision: number;
  readonly fields: unknown;
  readonly saved_by_id: string;
  readonly saved_by_name: string;
  readonly saved_at: Date;
}

const toPostmortem = (row: Row): Postmortem => ({
  id: row.id,
  tenantId: row.tenant_id,
  icmId: row.icm_id,
  revision: row.revision,
  fields: fieldsFrom(row.fields),
  savedBy: { aadObjectId: row.saved_by_id, name: row.saved_by_name },
  savedAt: row.saved_at,
});

const select = `SELECT p.id, p.tenant_id, p.icm_id, v.revision, v.fields, v.saved_by_id, v.saved_by_name, v.saved_at
  FROM postmortem p JOIN postmortem_version v ON v.postmortem_id = p.id AND v.tenant_id = p.tenant_id`;

/** As it is now; `undefined` while nobody has saved anything of it. */
export async function postmortemOf(
  records: Queryable,
  icm: Pick<Icm, 'tenantId' | 'id'>,
): Promise<Postmortem | undefined> {
  const [row] = await records.query<Row>(
    `${select} WHERE p.tenant_id = $1 AND p.icm_id = $2 AND v.revision = p.revision`,
    [icm.tenantId, icm.id],
  );
  return row && toPostmortem(row);
}

/** As it was at a revision. */
export async function postmortemAt(
  records: Queryable,
  tenantId: string,
  id: string,
  revision: number,
): Promise<Postmortem | undefined> {
  const [row] = await records.query<Row>(`${select} WHERE p.tenant_id = $1 AND p.id = $2 AND v.revision = $3`, [
    tenantId,
    id,
    revision,
  ]);
  return row && toPostmortem(row);
}

/** Whether the person has saved any of its revisions. */
export async function hasWritten(records: Queryable, id: string, person: Person): Promise<boolean> {
  const rows = await records.query(
    'SELECT 1 AS one FROM postmortem_version WHERE tenant_id = $1 AND postmortem_id = $2 AND saved_by_id = $3 LIMIT 1',
    [person.tenantId, id, person.aadObjectId],
  );
  return rows.length > 0;
}

/** Keeps new fields as the next revision of `former`, or as the first; `false` when somebody was faster. */
export function savePostmortem(
  icm: Pick<Icm, 'tenantId' | 'id'>,
  former: Postmortem | undefined,
  next: { readonly id: string; readonly fields: Fields },
  by: Person,
  now: Date,
): Change {
  return async (transaction) => {
    const rows = former
      ? await transaction.query<{ revision: number }>(
          `UPDATE postmortem SET revision = revision + 1 WHERE tenant_id = $1 AND id = $2 AND revision = $3
           RETURNING revision`,
          [icm.tenantId, former.id, former.revision],
        )
      : await transaction.query<{ revision: number }>(
          `INSERT INTO postmortem (id, tenant_id, icm_id, created_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (tenant_id, icm_id) DO NOTHING RETURNING revision`,
          [next.id, icm.tenantId, icm.id, now.toISOString()],
        );
    const [row] = rows;
    if (!row) return false;
    await transaction.query(
      `INSERT INTO postmortem_version (postmortem_id, tenant_id, revision, fields, saved_by_id, saved_by_name, saved_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        former?.id ?? next.id,
        icm.tenantId,
        row.revision,
        JSON.stringify(next.fields),
        by.aadObjectId,
        by.name,
        now.toISOString(),
      ],
    );
    return true;
  };
}

/** When a postmortem was shared, the first time first. */
export interface Share {
  readonly revision: number;
  readonly by: string;
  readonly at: Date;
}

export async function sharesOf(records: Queryable, icm: Pick<Icm, 'tenantId' | 'id'>): Promise<readonly Share[]> {
  return (
    await records.query<{ revision: number; shared_by_name: string; shared_at: Date }>(
      `SELECT s.revision, s.shared_by_name, s.shared_at FROM postmortem_share s
       JOIN postmortem p ON p.id = s.postmortem_id
       WHERE s.tenant_id = $1 AND p.tenant_id = $1 AND p.icm_id = $2 ORDER BY s.shared_at`,
      [icm.tenantId, icm.id],
    )
  ).map(({ revision, shared_by_name, shared_at }) => ({ revision, by: shared_by_name, at: shared_at }));
}

/** Keeps that a revision was shared; `false` when it was already, or is not the present one any more. */
export function keepShare(postmortem: Postmortem, by: Person, pointedOut: number, now: Date): Change {
  return async (transaction) => {
    const rows = await transaction.query(
      `INSERT INTO postmortem_share (postmortem_id, tenant_id, revision, shared_by_id, shared_by_name, shared_at, pointed_out)
       SELECT p.id, p.tenant_id, p.revision, $4, $5, $6, $7 FROM postmortem p
       WHERE p.tenant_id = $1 AND p.id = $2 AND p.revision = $3
       ON CONFLICT (postmortem_id, revision) DO NOTHING RETURNING revision`,
      [postmortem.tenantId, postmortem.id, postmortem.revision, by.aadObjectId, by.name, now.toISOString(), pointedOut],
    );
    return rows.length === 1;
  };
}

/** When the first of it was saved, and by whom. */
export async function begunOf(records: Queryable, icm: Pick<Icm, 'tenantId' | 'id'>) {
  const [row] = await records.query<{ saved_at: Date; saved_by_name: string }>(
    `SELECT v.saved_at, v.saved_by_name FROM postmortem p
     JOIN postmortem_version v ON v.postmortem_id = p.id AND v.tenant_id = p.tenant_id AND v.revision = 1
     WHERE p.tenant_id = $1 AND p.icm_id = $2`,
    [icm.tenantId, icm.id],
  );
  return row && { at: row.saved_at, by: row.saved_by_name };
}
