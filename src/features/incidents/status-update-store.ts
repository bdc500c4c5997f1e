import type { UpdatePart } from '../../playbook/schema.ts';
import type { Queryable } from '../../store/database.ts';
import { isUuid } from '../../store/uuid.ts';
import type { Change } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';
import type { Audience, StatusUpdate, UpdateStage } from './status-update.ts';

type UpdateRow = Readonly<Record<UpdatePart, string>> & {
  readonly id: string;
  readonly tenant_id: string;
  readonly icm_id: string;
  readonly sequence: number;
  readonly audience: Audience;
  readonly stage: UpdateStage;
  readonly next_at: Date | null;
  readonly next_zone: string | null;
  readonly posted_by: string;
  readonly posted_by_name: string;
  readonly posted_at: Date;
  readonly zone: string;
};

const toUpdate = (row: UpdateRow): StatusUpdate => ({
  id: row.id,
  tenantId: row.tenant_id,
  icmId: row.icm_id,
  sequence: row.sequence,
  audience: row.audience,
  stage: row.stage,
  parts: {
    what: row.what,
    since: row.since,
    who: row.who,
    expect: row.expect,
    steps: row.steps,
    how: row.how,
    verified: row.verified,
  },
  next: row.next_at ? { at: row.next_at, zone: row.next_zone ?? row.zone } : undefined,
  postedBy: { aadObjectId: row.posted_by, name: row.posted_by_name },
  postedAt: row.posted_at,
  zone: row.zone,
});

export async function updateById(records: Queryable, tenantId: string, id: string): Promise<StatusUpdate | undefined> {
  if (!isUuid(id)) return undefined;
  const [row] = await records.query<UpdateRow>('SELECT * FROM status_update WHERE tenant_id = $1 AND id = $2', [
    tenantId,
    id,
  ]);
  return row && toUpdate(row);
}

/** The updates of an ICM, oldest first; with `upTo` only those of a sequence up to it. */
export async function updatesOf(
  records: Queryable,
  icm: { readonly tenantId: string; readonly id: string },
  upTo = 2_147_483_647,
): Promise<readonly StatusUpdate[]> {
  const rows = await records.query<UpdateRow>(
    'SELECT * FROM status_update WHERE tenant_id = $1 AND icm_id = $2 AND sequence <= $3 ORDER BY sequence',
    [icm.tenantId, icm.id, upTo],
  );
  return rows.map(toUpdate);
}

/**
 * Keeps a new update. `false` when somebody posted one of the same number meanwhile, or the ICM was resolved or reopened:
 * the handler then runs again on what is there now.
 */
export function addUpdate(update: StatusUpdate, icm: Icm): Change {
  return async (transaction) => {
    const { parts } = update;
    const rows = await transaction.query(
      `INSERT INTO status_update (id, tenant_id, icm_id, sequence, audience, stage, what, since, who, expect, steps, how,
         verified, next_at, next_zone, posted_by, posted_by_name, posted_at, zone)
       SELECT $1, icm.tenant_id, icm.id, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19
       FROM icm WHERE icm.tenant_id = $2 AND icm.id = $3 AND icm.status = $20
       ON CONFLICT (icm_id, sequence) DO NOTHING RETURNING id`,
      [
        update.id,
        update.tenantId,
        update.icmId,
        update.sequence,
        update.audience,
        update.stage,
        parts.what,
        parts.since,
        parts.who,
        parts.expect,
        parts.steps,
        parts.how,
        parts.verified,
        update.next?.at.toISOString() ?? null,
        update.next?.zone ?? null,
        update.postedBy.aadObjectId,
        update.postedBy.name,
        update.postedAt.toISOString(),
        update.zone,
        icm.status,
      ],
    );
    return rows.length === 1;
  };
}

/** The message of a thread that shows what is known, and is changed in place. */
export interface KnownMessage {
  readonly conversationId: string;
  readonly activityId: string;
}

export async function knownMessageOf(records: Queryable, icm: Icm): Promise<KnownMessage | undefined> {
  const [row] = await records.query<{ conversation_id: string; activity_id: string }>(
    'SELECT conversation_id, activity_id FROM what_is_known WHERE tenant_id = $1 AND icm_id = $2',
    [icm.tenantId, icm.id],
  );
  return row && { conversationId: row.conversation_id, activityId: row.activity_id };
}

/** Keeps the message that a delivery has just posted as the one that shows what is known. */
export function keepKnownMessage(icm: Icm, deliveryId: string): Change {
  return async (transaction) => {
    await transaction.query(
      `INSERT INTO what_is_known (icm_id, tenant_id, conversation_id, activity_id)
       SELECT $2, tenant_id, conversation_id, activity_id FROM outbox
       WHERE tenant_id = $1 AND id = $3 AND activity_id IS NOT NULL
       ON CONFLICT (icm_id) DO UPDATE SET conversation_id = excluded.conversation_id, activity_id = excluded.activity_id`,
      [icm.tenantId, icm.id, deliveryId],
    );
    return true;
  };
}
