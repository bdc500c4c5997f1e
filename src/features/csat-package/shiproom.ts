import type { Queryable } from '../../store/database.ts';
import { selectEscalation, toEscalation } from '../escalation/escalation-store.ts';
import { maySeeEscalation } from '../escalation/access.ts';
import type { MessageTurn, Services } from '../feature.ts';
import { icmByNumber } from '../tracking/icm-store.ts';
import { maySee } from '../tracking/permission.ts';
import type { HeldPackage } from './held-package.ts';
import { freshPackage, toPackage, type PackageRow } from './package-store.ts';

/** An open CSAT Impacting case with what shiproom asks about it (F50). */
export interface ShiproomCase extends HeldPackage {
  /** When an SME approved it. */
  readonly since: Date;
  /** It comes out of a personal chat that is not the reader's: of what was typed only the number is told. */
  readonly isPrivate: boolean;
  /** The last follow-up that was marked as sent; `hidden`: the ICM is tracked in a chat that is not the reader's. */
  readonly lastUpdate: Date | 'none' | 'hidden';
  /** The next promised one. */
  readonly nextUpdate: Date | undefined;
}

/** A list that is longer than that is nothing to read out in a meeting; the CSV says that it is cut. */
export const mostCases = 500;

/**
 * The cases that an SME approved and that are not over: oldest first, at most `mostCases`. A case is over when its ICM
 * is resolved here, or somebody took it off the list.
 */
export async function openCases(
  { person, place }: Pick<MessageTurn, 'person' | 'place'>,
  services: Services,
): Promise<readonly ShiproomCase[]> {
  const { records } = services;
  const rows = await records.query<{ id: string }>(
    `${selectEscalation}
     LEFT JOIN csat_package p ON p.escalation_id = e.id
     LEFT JOIN icm i ON i.tenant_id = e.tenant_id AND i.number = e.icm_number
     WHERE e.tenant_id = $1 AND e.state = 'approved' AND p.closed_at IS NULL AND i.status IS DISTINCT FROM 'resolved'
     ORDER BY d.at, e.id LIMIT ${mostCases}`,
    [person.tenantId],
  );
  const packages = await packagesOf(
    records,
    rows.map(({ id }) => id),
  );
  const cases: ShiproomCase[] = [];
  for (const row of rows) {
    const escalation = toEscalation(row);
    const icm = await icmByNumber(records, escalation.tenantId, escalation.icmNumber);
    const updates = icm && (await updatesOf(records, icm.id));
    const isPrivate = !(await maySeeEscalation(escalation, person, place, services));
    const isHidden = isPrivate || (icm !== undefined && !(await maySee(icm, person, services)));
    cases.push({
      escalation,
      package: packages.get(escalation.id) ?? freshPackage(escalation.tenantId, escalation.id),
      icm,
      isPrivate,
      since: escalation.decision?.at ?? escalation.updatedAt,
      lastUpdate: isHidden ? 'hidden' : (updates?.last ?? 'none'),
      nextUpdate: isHidden ? undefined : updates?.next,
    });
  }
  return cases;
}

async function packagesOf(records: Queryable, ids: readonly string[]) {
  const rows = await records.query<PackageRow>('SELECT * FROM csat_package WHERE escalation_id = ANY ($1::uuid[])', [
    [...ids],
  ]);
  return new Map(rows.map((row) => [row.escalation_id, toPackage(row)]));
}

async function updatesOf(records: Queryable, icmId: string) {
  const [row] = await records.query<{ last: Date | null; next: Date | null }>(
    `SELECT max(closed_at) FILTER (WHERE status = 'sent') AS last, max(due_at) FILTER (WHERE status = 'open') AS next
     FROM follow_up WHERE icm_id = $1`,
    [icmId],
  );
  return { last: row?.last ?? undefined, next: row?.next ?? undefined };
}
