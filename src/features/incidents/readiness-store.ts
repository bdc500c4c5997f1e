import { organisationOf } from '../../practice.ts';
import type { Queryable } from '../../store/database.ts';
import { channelOf } from '../../store/outbox.ts';
import type { Change, Person } from '../feature.ts';

/** What a team agreed on about its updates to one audience; the documents give no interval (T11). */
export interface Standard {
  /** Where they go, in the team's words; empty: not agreed. */
  readonly channel: string;
  /** Minutes between two updates; `undefined`: not agreed. */
  readonly everyMinutes: number | undefined;
}

/** The standards of a team: for stakeholders and customers (F82), for its own people (F83), and who was asked (F86). */
export interface TeamStandards {
  readonly external: Standard;
  readonly internal: Standard;
  /** Names of `readiness.groups` in the playbook. */
  readonly consulted: readonly string[];
}

/** What is kept of an item of the checklist (F94). */
export interface ItemState {
  readonly done: { readonly at: Date; readonly by: Pick<Person, 'aadObjectId' | 'name'> } | undefined;
  readonly owner: Pick<Person, 'aadObjectId' | 'teamsId' | 'name'> | undefined;
  readonly note: string;
}

/** The readiness checklist of a channel or chat. */
export interface Checklist {
  readonly id: string;
  readonly tenantId: string;
  /** The channel without its thread, or the chat. */
  readonly channelId: string;
  /** 0 while nobody has changed anything: then nothing is kept. */
  readonly revision: number;
  readonly nudges: boolean;
  readonly standards: TeamStandards;
  /** By the item's name in the playbook; an item that is not there is open. */
  readonly items: ReadonlyMap<string, ItemState>;
}

export const openItem: ItemState = { done: undefined, owner: undefined, note: '' };

interface ChecklistRow {
  readonly id: string;
  readonly revision: number;
  readonly nudges: boolean;
  readonly external_channel: string;
  readonly external_minutes: number | null;
  readonly internal_channel: string;
  readonly internal_minutes: number | null;
  readonly consulted: string[];
}

interface ItemRow {
  readonly item: string;
  readonly done_at: Date | null;
  readonly done_by_id: string | null;
  readonly done_by_name: string | null;
  readonly owner_id: string | null;
  readonly owner_teams_id: string | null;
  readonly owner_name: string | null;
  readonly note: string;
}

const toItem = (row: ItemRow): ItemState => ({
  done:
    row.done_at && row.done_by_id !== null
      ? { at: row.done_at, by: { aadObjectId: row.done_by_id, name: row.done_by_name ?? '' } }
      : undefined,
  owner:
    row.owner_id === null
      ? undefined
      : { aadObjectId: row.owner_id, teamsId: row.owner_teams_id ?? '', name: row.owner_name ?? '' },
  note: row.note,
});

const toStandards = (row: ChecklistRow): TeamStandards => ({
  external: { channel: row.external_channel, everyMinutes: row.external_minutes ?? undefined },
  internal: { channel: row.internal_channel, everyMinutes: row.internal_minutes ?? undefined },
  consulted: row.consulted,
});

const rowOf = async (records: Queryable, tenantId: string, channelId: string): Promise<ChecklistRow | undefined> => {
  const [row] = await records.query<ChecklistRow>('SELECT * FROM readiness WHERE tenant_id = $1 AND channel_id = $2', [
    tenantId,
    channelId,
  ]);
  return row;
};

/** The checklist of the channel or chat that a conversation belongs to; `undefined`: nobody has begun it. */
export async function checklistOf(
  records: Queryable,
  tenantId: string,
  conversationId: string,
): Promise<Checklist | undefined> {
  const channelId = channelOf(conversationId);
  const row = await rowOf(records, tenantId, channelId);
  if (!row) return undefined;
  const items = await records.query<ItemRow>(
    'SELECT * FROM readiness_item WHERE tenant_id = $1 AND readiness_id = $2',
    [tenantId, row.id],
  );
  return {
    id: row.id,
    tenantId,
    channelId,
    revision: row.revision,
    nudges: row.nudges,
    standards: toStandards(row),
    items: new Map(items.map((item) => [item.item, toItem(item)])),
  };
}

/**
 * What the team of a channel agreed on about its updates, for whatever proposes an interval; `undefined`: nothing yet.
 * `conversationId` may name a thread. An interval in it is the team's own, never one of the documents (T11). A practice
 * run is told what really was agreed on, since people behave in it as if it were real (F87).
 */
export async function teamStandards(
  records: Queryable,
  tenantId: string,
  conversationId: string,
): Promise<TeamStandards | undefined> {
  const row = await rowOf(records, organisationOf(tenantId), channelOf(conversationId));
  return row && toStandards(row);
}

/**
 * Keeps a checklist as it is to be, without its items, in place of the one that was read: the first time it is made,
 * then it must still be at `before.revision`.
 */
export function keepChecklist(before: Checklist, after: Omit<Checklist, 'items' | 'revision'>, at: Date): Change {
  const { external, internal, consulted } = after.standards;
  const values = [
    after.nudges,
    external.channel,
    external.everyMinutes ?? null,
    internal.channel,
    internal.everyMinutes ?? null,
    [...consulted],
    at.toISOString(),
  ];
  return async (transaction) => {
    const rows =
      before.revision === 0
        ? await transaction.query(
            `INSERT INTO readiness (id, tenant_id, channel_id, nudges, external_channel, external_minutes,
               internal_channel, internal_minutes, consulted, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
             ON CONFLICT (tenant_id, channel_id) DO NOTHING RETURNING id`,
            [after.id, after.tenantId, after.channelId, ...values],
          )
        : await transaction.query(
            `UPDATE readiness SET revision = revision + 1, nudges = $4, external_channel = $5, external_minutes = $6,
               internal_channel = $7, internal_minutes = $8, consulted = $9, updated_at = $10
             WHERE id = $1 AND tenant_id = $2 AND revision = $3 RETURNING id`,
            [before.id, before.tenantId, before.revision, ...values],
          );
    return rows.length === 1;
  };
}

/** Keeps an item of a checklist that `keepChecklist` has taken in the same transaction. */
export function keepItem(checklist: Pick<Checklist, 'id' | 'tenantId'>, item: string, state: ItemState): Change {
  return async (transaction) => {
    await transaction.query(
      `INSERT INTO readiness_item (tenant_id, readiness_id, item, done_at, done_by_id, done_by_name, owner_id,
         owner_teams_id, owner_name, note)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (readiness_id, item) DO UPDATE SET done_at = excluded.done_at, done_by_id = excluded.done_by_id,
         done_by_name = excluded.done_by_name, owner_id = excluded.owner_id, owner_teams_id = excluded.owner_teams_id,
         owner_name = excluded.owner_name, note = excluded.note`,
      [
        checklist.tenantId,
        checklist.id,
        item,
        state.done?.at.toISOString() ?? null,
        state.done?.by.aadObjectId ?? null,
        state.done?.by.name ?? null,
        state.owner?.aadObjectId ?? null,
        state.owner?.teamsId ?? null,
        state.owner?.name ?? null,
        state.note,
      ],
    );
    return true;
  };
}
