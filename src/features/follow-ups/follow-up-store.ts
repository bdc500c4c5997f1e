import type { Queryable } from '../../store/database.ts';
import { isUuid } from '../../store/uuid.ts';
import type { Change } from '../feature.ts';

/** A promised next contact with the customer (F13, F75, F80). */
export interface FollowUp {
  readonly id: string;
  readonly tenantId: string;
  readonly icmId: string;
  readonly dueAt: Date;
  /** IANA zone in which it was said; times are shown in it. */
  readonly zone: string;
  readonly status: 'open' | 'sent' | 'replaced' | 'not-due' | 'resolved';
  readonly snoozedUntil: Date | undefined;
  readonly snoozes: number;
  /** Goes up with every change; reminders and buttons of an older one count no more. */
  readonly revision: number;
  readonly createdAt: Date;
}

interface FollowUpRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly icm_id: string;
  readonly due_at: Date;
  readonly zone: string;
  readonly status: FollowUp['status'];
  readonly snoozed_until: Date | null;
  readonly snoozes: number;
  readonly revision: number;
  readonly created_at: Date;
}

const toFollowUp = (row: FollowUpRow): FollowUp => ({
  id: row.id,
  tenantId: row.tenant_id,
  icmId: row.icm_id,
  dueAt: row.due_at,
  zone: row.zone,
  status: row.status,
  snoozedUntil: row.snoozed_until ?? undefined,
  snoozes: row.snoozes,
  revision: row.revision,
  createdAt: row.created_at,
});

export async function followUpById(records: Queryable, tenantId: string, id: string): Promise<FollowUp | undefined> {
  if (!isUuid(id)) return undefined;
  const [row] = await records.query<FollowUpRow>('SELECT * FROM follow_up WHERE tenant_id = $1 AND id = $2', [
    tenantId,
    id,
  ]);
  return row && toFollowUp(row);
}

/** The open promise of an ICM, if there is one. */
export async function openFollowUp(records: Queryable, icmId: string): Promise<FollowUp | undefined> {
  const [row] = await records.query<FollowUpRow>(`SELECT * FROM follow_up WHERE icm_id = $1 AND status = 'open'`, [
    icmId,
  ]);
  return row && toFollowUp(row);
}

/** The open promises of several ICMs, by the ICM's id. */
export async function openFollowUps(
  records: Queryable,
  icmIds: readonly string[],
): Promise<ReadonlyMap<string, FollowUp>> {
  const rows = await records.query<FollowUpRow>(
    `SELECT * FROM follow_up WHERE icm_id = ANY ($1::uuid[]) AND status = 'open'`,
    [icmIds],
  );
  return new Map(rows.map((row) => [row.icm_id, toFollowUp(row)]));
}

/** Keeps a new promise; the one before it, if any, must be closed in the same turn. */
export function addFollowUp(followUp: FollowUp, createdBy: string): Change {
  return async (transaction) => {
    const rows = await transaction.query(
      `INSERT INTO follow_up (id, tenant_id, icm_id, due_at, zone, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (icm_id) WHERE status = 'open' DO NOTHING RETURNING id`,
      [
        followUp.id,
        followUp.tenantId,
        followUp.icmId,
        followUp.dueAt.toISOString(),
        followUp.zone,
        createdBy,
        followUp.createdAt.toISOString(),
      ],
    );
    return rows.length === 1;
  };
}

/** Ends a promise that is still open at the revision that was read. */
export function closeFollowUp(followUp: FollowUp, status: Exclude<FollowUp['status'], 'open'>): Change {
  return async (transaction) => {
    const rows = await transaction.query(
      `UPDATE follow_up SET status = $3, closed_at = now(), revision = revision + 1
       WHERE tenant_id = $4 AND id = $1 AND revision = $2 AND status = 'open' RETURNING id`,
      [followUp.id, followUp.revision, status, followUp.tenantId],
    );
    return rows.length === 1;
  };
}

/** Pauses the reminders of a promise (`until`), or only counts its revision up, so that its reminders are planned anew. */
export function touchFollowUp(followUp: FollowUp, snooze?: { readonly until: Date }): Change {
  return async (transaction) => {
    const rows = await transaction.query(
      `UPDATE follow_up SET revision = revision + 1, snoozed_until = coalesce($3::timestamptz, snoozed_until),
         snoozes = snoozes + CASE WHEN $3::timestamptz IS NULL THEN 0 ELSE 1 END
       WHERE tenant_id = $4 AND id = $1 AND revision = $2 AND status = 'open' RETURNING id`,
      [followUp.id, followUp.revision, snooze?.until.toISOString() ?? null, followUp.tenantId],
    );
    return rows.length === 1;
  };
}
