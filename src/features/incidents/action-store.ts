import type { Queryable } from '../../store/database.ts';
import { isUuid } from '../../store/uuid.ts';
import type { Change, Person } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';

/** Something that is to be done after an incident, with an owner and a day. */
export interface ActionItem {
  readonly id: string;
  readonly tenantId: string;
  readonly icmId: string;
  /** Its number within the ICM. */
  readonly seq: number;
  readonly what: string;
  /** Without an id it is only a name, and cannot be mentioned. */
  readonly owner: { readonly aadObjectId: string; readonly teamsId: string; readonly name: string };
  /** When its owner is reminded. */
  readonly dueAt: Date;
  /** IANA zone in which the day was said. */
  readonly zone: string;
  readonly status: 'open' | 'done' | 'dropped';
  readonly revision: number;
  readonly addedBy: { readonly aadObjectId: string; readonly name: string };
  readonly createdAt: Date;
  readonly ended: { readonly at: Date; readonly by: string } | undefined;
}

interface Row {
  readonly id: string;
  readonly tenant_id: string;
  readonly icm_id: string;
  readonly seq: number;
  readonly what: string;
  readonly owner_id: string;
  readonly owner_teams_id: string;
  readonly owner_name: string;
  readonly due_at: Date;
  readonly zone: string;
  readonly status: ActionItem['status'];
  readonly revision: number;
  readonly added_by_id: string;
  readonly added_by_name: string;
  readonly created_at: Date;
  readonly ended_at: Date | null;
  readonly ended_by_name: string | null;
}

const toAction = (row: Row): ActionItem => ({
  id: row.id,
  tenantId: row.tenant_id,
  icmId: row.icm_id,
  seq: row.seq,
  what: row.what,
  owner: { aadObjectId: row.owner_id, teamsId: row.owner_teams_id, name: row.owner_name },
  dueAt: row.due_at,
  zone: row.zone,
  status: row.status,
  revision: row.revision,
  addedBy: { aadObjectId: row.added_by_id, name: row.added_by_name },
  createdAt: row.created_at,
  ended: row.ended_at ? { at: row.ended_at, by: row.ended_by_name ?? '' } : undefined,
});

export async function actionById(records: Queryable, tenantId: string, id: string): Promise<ActionItem | undefined> {
  if (!isUuid(id)) return undefined;
  const [row] = await records.query<Row>('SELECT * FROM postmortem_action WHERE tenant_id = $1 AND id = $2', [
    tenantId,
    id,
  ]);
  return row && toAction(row);
}

/** The actions of an ICM by their numbers. */
export async function actionsOf(records: Queryable, icm: Pick<Icm, 'tenantId' | 'id'>): Promise<readonly ActionItem[]> {
  const rows = await records.query<Row>(
    'SELECT * FROM postmortem_action WHERE tenant_id = $1 AND icm_id = $2 ORDER BY seq',
    [icm.tenantId, icm.id],
  );
  return rows.map(toAction);
}

/** Keeps a new action under its number; `false` when somebody has taken the number meanwhile. */
export function addAction(item: ActionItem): Change {
  return async (transaction) => {
    const rows = await transaction.query(
      `INSERT INTO postmortem_action (id, tenant_id, icm_id, seq, what, owner_id, owner_teams_id, owner_name, due_at, zone,
         added_by_id, added_by_name, created_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 FROM icm WHERE icm.tenant_id = $2 AND icm.id = $3
       ON CONFLICT (tenant_id, icm_id, seq) DO NOTHING RETURNING id`,
      [
        item.id,
        item.tenantId,
        item.icmId,
        item.seq,
        item.what,
        item.owner.aadObjectId,
        item.owner.teamsId,
        item.owner.name,
        item.dueAt.toISOString(),
        item.zone,
        item.addedBy.aadObjectId,
        item.addedBy.name,
        item.createdAt.toISOString(),
      ],
    );
    return rows.length === 1;
  };
}

/** Changes what, whose or when of an open action that is still as it was read. */
export function changeAction(item: ActionItem, patch: Pick<ActionItem, 'what' | 'owner' | 'dueAt' | 'zone'>): Change {
  return async (transaction) => {
    const rows = await transaction.query(
      `UPDATE postmortem_action SET what = $4, owner_id = $5, owner_teams_id = $6, owner_name = $7, due_at = $8,
         zone = $9, revision = revision + 1
       WHERE tenant_id = $1 AND id = $2 AND revision = $3 AND status = 'open' RETURNING id`,
      [
        item.tenantId,
        item.id,
        item.revision,
        patch.what,
        patch.owner.aadObjectId,
        patch.owner.teamsId,
        patch.owner.name,
        patch.dueAt.toISOString(),
        patch.zone,
      ],
    );
    return rows.length === 1;
  };
}

/** Ends an open action that is still as it was read. */
export function endAction(item: ActionItem, status: 'done' | 'dropped', by: Person, now: Date): Change {
  return async (transaction) => {
    const rows = await transaction.query(
      `UPDATE postmortem_action SET status = $4, ended_at = $5, ended_by_id = $6, ended_by_name = $7,
         revision = revision + 1
       WHERE tenant_id = $1 AND id = $2 AND revision = $3 AND status = 'open' RETURNING id`,
      [item.tenantId, item.id, item.revision, status, now.toISOString(), by.aadObjectId, by.name],
    );
    return rows.length === 1;
  };
}
