import type { Queryable } from '../../store/database.ts';
import { isUuid } from '../../store/uuid.ts';
import type { Change, Person, Place } from '../feature.ts';

/** An ICM that the team keeps an eye on. */
export interface Icm {
  readonly id: string;
  readonly tenantId: string;
  /** As the ICM system counts: 7 to 10 digits. */
  readonly number: string;
  readonly title: string;
  readonly srNumber: string | undefined;
  readonly caseSeverity: 'A' | 'B' | 'C' | undefined;
  readonly icmSeverity: 1 | 2 | 3 | undefined;
  readonly outage: boolean;
  readonly status: 'open' | 'resolved';
  /** Where its reminders go. */
  readonly place: Place;
  /** Who looks after it. */
  readonly engineer: Person;
  /** Goes up with every change; a button carries the one that it was drawn with. */
  readonly revision: number;
}

/** What a change of an ICM may set; what is not named stays. */
export type IcmPatch = Partial<
  Pick<Icm, 'title' | 'srNumber' | 'caseSeverity' | 'icmSeverity' | 'outage' | 'status' | 'engineer' | 'place'>
>;

interface IcmRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly number: string;
  readonly title: string;
  readonly sr_number: string | null;
  readonly case_severity: Icm['caseSeverity'] | null;
  readonly icm_severity: Icm['icmSeverity'] | null;
  readonly outage: boolean;
  readonly status: Icm['status'];
  readonly place_kind: Place['kind'];
  readonly conversation_id: string;
  readonly service_url: string;
  readonly bot_id: string;
  readonly engineer_id: string;
  readonly engineer_teams_id: string;
  readonly engineer_name: string;
  readonly revision: number;
}

export function toIcm(row: IcmRow): Icm {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    number: row.number,
    title: row.title,
    srNumber: row.sr_number ?? undefined,
    caseSeverity: row.case_severity ?? undefined,
    icmSeverity: row.icm_severity ?? undefined,
    outage: row.outage,
    status: row.status,
    place: {
      kind: row.place_kind,
      conversationId: row.conversation_id,
      serviceUrl: row.service_url,
      botId: row.bot_id,
    },
    engineer: {
      tenantId: row.tenant_id,
      aadObjectId: row.engineer_id,
      teamsId: row.engineer_teams_id,
      name: row.engineer_name,
    },
    revision: row.revision,
  };
}

export async function icmById(records: Queryable, tenantId: string, id: string): Promise<Icm | undefined> {
  if (!isUuid(id)) return undefined;
  const [row] = await records.query<IcmRow>('SELECT * FROM icm WHERE tenant_id = $1 AND id = $2', [tenantId, id]);
  return row && toIcm(row);
}

export async function icmByNumber(records: Queryable, tenantId: string, number: string): Promise<Icm | undefined> {
  const [row] = await records.query<IcmRow>('SELECT * FROM icm WHERE tenant_id = $1 AND number = $2', [
    tenantId,
    number,
  ]);
  return row && toIcm(row);
}

/** ICMs that a line may mean, also resolved ones: by the end of the ICM's or the case's number. At most 20. */
export async function icmsByNumbers(
  records: Queryable,
  tenantId: string,
  numbers: readonly string[],
): Promise<readonly Icm[]> {
  const rows = await records.query<IcmRow>(
    `SELECT DISTINCT icm.* FROM icm, unnest($2::text[]) AS said(number)
     WHERE tenant_id = $1 AND (right(icm.number, length(said.number)) = said.number
       OR right(icm.sr_number, length(said.number)) = said.number) LIMIT 20`,
    [tenantId, numbers],
  );
  return rows.map(toIcm);
}

/** The ICMs of an engineer, open ones first, newest first. At most `limit`. */
export async function icmsOf(
  records: Queryable,
  person: Pick<Person, 'tenantId' | 'aadObjectId'>,
  includeResolved: boolean,
  limit = 50,
): Promise<readonly Icm[]> {
  const rows = await records.query<IcmRow>(
    `SELECT * FROM icm WHERE tenant_id = $1 AND engineer_id = $2 AND (status = 'open' OR $3)
     ORDER BY status, created_at DESC, id LIMIT $4`,
    [person.tenantId, person.aadObjectId, includeResolved, limit],
  );
  return rows.map(toIcm);
}

/** How many ICMs `icmsOf` would give without its limit. */
export async function countIcmsOf(
  records: Queryable,
  person: Pick<Person, 'tenantId' | 'aadObjectId'>,
  includeResolved: boolean,
): Promise<number> {
  const [row] = await records.query<{ n: string }>(
    `SELECT count(*) AS n FROM icm WHERE tenant_id = $1 AND engineer_id = $2 AND (status = 'open' OR $3)`,
    [person.tenantId, person.aadObjectId, includeResolved],
  );
  return Number(row?.n ?? 0);
}

/** Open ICMs of a thread or chat, newest first. */
export async function icmsIn(records: Queryable, tenantId: string, conversationId: string): Promise<readonly Icm[]> {
  const rows = await records.query<IcmRow>(
    `SELECT * FROM icm WHERE tenant_id = $1 AND conversation_id = $2 AND status = 'open' ORDER BY created_at DESC LIMIT 20`,
    [tenantId, conversationId],
  );
  return rows.map(toIcm);
}

/** Resolved ICMs of a thread or chat, the last one first. */
export async function resolvedIn(
  records: Queryable,
  tenantId: string,
  conversationId: string,
): Promise<readonly Icm[]> {
  const rows = await records.query<IcmRow>(
    `SELECT * FROM icm WHERE tenant_id = $1 AND conversation_id = $2 AND status = 'resolved'
     ORDER BY resolved_at DESC LIMIT 20`,
    [tenantId, conversationId],
  );
  return rows.map(toIcm);
}

/** All open ICMs under a tenant, oldest first: for a practice run, whose tenant holds a handful. At most 100. */
export async function icmsOpen(records: Queryable, tenantId: string): Promise<readonly Icm[]> {
  const rows = await records.query<IcmRow>(
    `SELECT * FROM icm WHERE tenant_id = $1 AND status = 'open' ORDER BY created_at, id LIMIT 100`,
    [tenantId],
  );
  return rows.map(toIcm);
}

/** Keeps a new ICM. Nothing is kept when somebody has tracked the number meanwhile. */
export function addIcm(icm: Icm): Change {
  return async (transaction) => {
    const rows = await transaction.query(
      `INSERT INTO icm (id, tenant_id, number, title, sr_number, case_severity, icm_severity, outage, status, place_kind,
         conversation_id, service_url, bot_id, engineer_id, engineer_teams_id, engineer_name)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
       ON CONFLICT (tenant_id, number) DO NOTHING RETURNING id`,
      [icm.id, icm.tenantId, icm.number, ...columnsOf(icm)],
    );
    return rows.length === 1;
  };
}

/** Changes an ICM that is still at the revision that was read. */
export function changeIcm(icm: Icm, patch: IcmPatch): Change {
  return async (transaction) => {
    const rows = await transaction.query(
      `UPDATE icm SET title = $3, sr_number = $4, case_severity = $5, icm_severity = $6, outage = $7, status = $8,
         place_kind = $9, conversation_id = $10, service_url = $11, bot_id = $12, engineer_id = $13,
         engineer_teams_id = $14, engineer_name = $15, revision = revision + 1,
         resolved_at = CASE WHEN $8 = 'resolved' THEN coalesce(resolved_at, now()) END
       WHERE tenant_id = $16 AND id = $1 AND revision = $2 RETURNING id`,
      [icm.id, icm.revision, ...columnsOf({ ...icm, ...patch }), icm.tenantId],
    );
    return rows.length === 1;
  };
}

const columnsOf = (icm: Icm): unknown[] => [
  icm.title,
  icm.srNumber ?? null,
  icm.caseSeverity ?? null,
  icm.icmSeverity ?? null,
  icm.outage,
  icm.status,
  icm.place.kind,
  icm.place.conversationId,
  icm.place.serviceUrl,
  icm.place.botId,
  icm.engineer.aadObjectId,
  icm.engineer.teamsId,
  icm.engineer.name,
];

/** Whether the person has been shown how to watch and subscribe to this ICM (F7: once for each ICM and engineer). */
export async function wasShownTracking(records: Queryable, person: Person, number: string): Promise<boolean> {
  const rows = await records.query(
    'SELECT 1 AS one FROM tracking_shown WHERE tenant_id = $1 AND icm_number = $2 AND person_id = $3',
    [person.tenantId, number, person.aadObjectId],
  );
  return rows.length > 0;
}

export function markTrackingShown(person: Person, number: string): Change {
  return async (transaction) => {
    await transaction.query(
      'INSERT INTO tracking_shown (tenant_id, icm_number, person_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [person.tenantId, number, person.aadObjectId],
    );
    return true;
  };
}
