import type { Queryable } from '../../store/database.ts';
import type { Change, Person } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';

/** Degrees of impact, urgency and priority, as the table of targets names them (F61), the least first. */
export const LEVELS = ['low', 'medium', 'high', 'critical'] as const;
export type Level = (typeof LEVELS)[number];

/** The moments of an incident, in the order in which they happen. */
export const MOMENTS = ['beganAt', 'detectedAt', 'firstResponseAt', 'resolvedAt', 'closedAt'] as const;
export type Moment = (typeof MOMENTS)[number];

/** What somebody has typed of the fields that are reported on afterwards (F56, F57). */
export interface TypedFields extends Partial<Record<Moment, Date | undefined>> {
  readonly reportedBy?: string | undefined;
  readonly assignedTo?: string | undefined;
  readonly impact?: Level | undefined;
  readonly urgency?: Level | undefined;
}

/** A length of time, in ms, and from where it is counted. */
export interface Lasted {
  readonly fromDetected: number | undefined;
  readonly fromBegan: number | undefined;
}

/** What the records know of the fields. */
export interface KnownFields {
  /** Who tracked the ICM. */
  readonly reportedBy: string | undefined;
  /** The engineer of the ICM. */
  readonly assignedTo: string;
  /** When it was marked as resolved. */
  readonly resolvedAt: Date | undefined;
}

/** The key fields of an ICM: what was typed, and what is known without that. */
export interface KeyFields extends Partial<Record<Moment, Date | undefined>> {
  /** As typed, else whoever tracked the ICM. */
  readonly reportedBy: string | undefined;
  /** As typed, else the engineer of the ICM. */
  readonly assignedTo: string;
  readonly impact: Level | undefined;
  readonly urgency: Level | undefined;
  /** What is known without what was typed. */
  readonly known: KnownFields;
  readonly toFirstResponse: Lasted;
  readonly toResolution: Lasted;
  /** Only what was typed. */
  readonly typed: TypedFields;
  /** Goes up with every change; 0 while nothing was typed. */
  readonly revision: number;
  /** When something was typed last. */
  readonly changedAt: Date | undefined;
}

interface FieldsRow {
  readonly reported_by: string | null;
  readonly assigned_to: string | null;
  readonly began_at: Date | null;
  readonly detected_at: Date | null;
  readonly first_response_at: Date | null;
  readonly resolved_at: Date | null;
  readonly closed_at: Date | null;
  readonly impact: Level | null;
  readonly urgency: Level | null;
  readonly revision: number;
  readonly changed_at: Date;
}

type OfIcm = Pick<Icm, 'tenantId' | 'id' | 'engineer'>;

/** What was typed of the key fields of an ICM, and when last; revision 0 while nothing was. */
export async function typedFieldsOf(
  records: Queryable,
  icm: Pick<Icm, 'tenantId' | 'id'>,
): Promise<{ readonly typed: TypedFields; readonly revision: number; readonly changedAt: Date | undefined }> {
  const [row] = await records.query<FieldsRow>('SELECT * FROM icm_key_fields WHERE tenant_id = $1 AND icm_id = $2', [
    icm.tenantId,
    icm.id,
  ]);
  const typed: TypedFields = {
    reportedBy: row?.reported_by ?? undefined,
    assignedTo: row?.assigned_to ?? undefined,
    beganAt: row?.began_at ?? undefined,
    detectedAt: row?.detected_at ?? undefined,
    firstResponseAt: row?.first_response_at ?? undefined,
    resolvedAt: row?.resolved_at ?? undefined,
    closedAt: row?.closed_at ?? undefined,
    impact: row?.impact ?? undefined,
    urgency: row?.urgency ?? undefined,
  };
  return { typed, revision: row?.revision ?? 0, changedAt: row?.changed_at };
}

/**
 * The key fields of an ICM (F56, F57). What nobody typed comes from the records: assigned to is the engineer, resolved
 * is when it was marked so, reported by is who tracked it.
 */
export async function keyFieldsOf(records: Queryable, icm: OfIcm): Promise<KeyFields> {
  const { typed, revision, changedAt } = await typedFieldsOf(records, icm);
  const [kept] = await records.query<{ resolved_at: Date | null }>(
    'SELECT resolved_at FROM icm WHERE tenant_id = $1 AND id = $2',
    [icm.tenantId, icm.id],
  );
  const known: KnownFields = {
    reportedBy: await trackedBy(records, icm),
    assignedTo: icm.engineer.name,
    resolvedAt: kept?.resolved_at ?? undefined,
  };
  return withTyped(typed, known, revision, changedAt);
}

/** The fields with what is typed put over what is known. */
export function withTyped(
  typed: TypedFields,
  known: KnownFields,
  revision: number,
  changedAt: Date | undefined,
): KeyFields {
  const resolvedAt = typed.resolvedAt ?? known.resolvedAt;
  return {
    ...typed,
    impact: typed.impact,
    urgency: typed.urgency,
    reportedBy: typed.reportedBy ?? known.reportedBy,
    assignedTo: typed.assignedTo ?? known.assignedTo,
    resolvedAt,
    known,
    toFirstResponse: lasted(typed, typed.firstResponseAt),
    toResolution: lasted(typed, resolvedAt),
    typed,
    revision,
    changedAt,
  };
}

function lasted({ beganAt, detectedAt }: TypedFields, until: Date | undefined): Lasted {
  const from = (start: Date | undefined) => (start && until ? until.getTime() - start.getTime() : undefined);
  return { fromDetected: from(detectedAt), fromBegan: from(beganAt) };
}

/** Name of whoever tracked an ICM, where the records still know it. */
async function trackedBy(records: Queryable, icm: OfIcm): Promise<string | undefined> {
  const [row] = await records.query<{ actor_id: string; name: string | null }>(
    `SELECT a.actor_id, p.name FROM audit a
     LEFT JOIN preference p ON p.tenant_id = a.tenant_id AND p.person_id = a.actor_id
     WHERE a.tenant_id = $1 AND a.subject = $2 AND a.event = 'icm tracked' ORDER BY a.id LIMIT 1`,
    [icm.tenantId, icm.id],
  );
  if (row?.actor_id === icm.engineer.aadObjectId) return icm.engineer.name;
  return row?.name ?? undefined;
}

/** Keeps what was typed, all of it. `false` when somebody else has changed the fields since `revision` was read. */
export function keepFields(icm: OfIcm, fields: TypedFields, revision: number, by: Person, now: Date): Change {
  const values = [
    icm.tenantId,
    icm.id,
    fields.reportedBy ?? null,
    fields.assignedTo ?? null,
    ...MOMENTS.map((moment) => fields[moment]?.toISOString() ?? null),
    fields.impact ?? null,
    fields.urgency ?? null,
    by.aadObjectId,
    now.toISOString(),
  ];
  return async (transaction) => {
    const rows =
      revision === 0
        ? await transaction.query(
            `INSERT INTO icm_key_fields (tenant_id, icm_id, reported_by, assigned_to, began_at, detected_at,
               first_response_at, resolved_at, closed_at, impact, urgency, changed_by, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING RETURNING icm_id`,
            values,
          )
        : await transaction.query(
            `UPDATE icm_key_fields SET reported_by = $3, assigned_to = $4, began_at = $5, detected_at = $6,
               first_response_at = $7, resolved_at = $8, closed_at = $9, impact = $10, urgency = $11, changed_by = $12,
               changed_at = $13, revision = revision + 1
             WHERE tenant_id = $1 AND icm_id = $2 AND revision = $14 RETURNING icm_id`,
            [...values, revision],
          );
    return rows.length === 1;
  };
}
