import type { Feature } from '../feature.ts';
import { namesOf } from '../tracking/names.ts';

/** That a consent of the product group was put on record for the ICM (F37 to F40). One out of a personal chat is not told. */
export const pgConsentTimeline: NonNullable<Feature['timeline']> = async (icm, records) => {
  const rows = await records.query<{ recorded_at: Date; recorded_by: string }>(
    "SELECT recorded_at, recorded_by FROM pg_consent WHERE tenant_id = $1 AND ticket = $2 AND place_kind <> 'personal'",
    [icm.tenantId, icm.number],
  );
  const names = await namesOf(
    records,
    icm.tenantId,
    rows.map(({ recorded_by }) => recorded_by),
  );
  return rows.map(({ recorded_at, recorded_by }) => ({
    at: recorded_at,
    kind: 'decision',
    text: 'Consent of the product group put on record',
    by: names.get(recorded_by),
  }));
};
