import type { Queryable } from '../../store/database.ts';
import type { Change, Person } from '../feature.ts';

/** What somebody has set for themselves, or what their client told. */
export interface Preference {
  readonly zone: string | undefined;
  /** The person said so; otherwise it is what the client said last. */
  readonly zoneIsSet: boolean;
  /** Working time in that zone, "HH:MM"; days 1 (Monday) to 7. `undefined`: the playbook's. */
  readonly hours: { readonly from: string; readonly to: string; readonly days: readonly number[] } | undefined;
  readonly awayUntil: Date | undefined;
  readonly delegate: Person | undefined;
}

interface PreferenceRow {
  readonly zone: string | null;
  readonly zone_is_set: boolean;
  readonly work_from: string | null;
  readonly work_to: string | null;
  readonly work_days: number[] | null;
  readonly away_until: Date | null;
  readonly delegate_id: string | null;
  readonly delegate_teams_id: string | null;
  readonly delegate_name: string | null;
}

type Who = Pick<Person, 'tenantId' | 'aadObjectId'>;

export async function preferenceOf(records: Queryable, person: Who): Promise<Preference> {
  const [row] = await records.query<PreferenceRow>('SELECT * FROM preference WHERE tenant_id = $1 AND person_id = $2', [
    person.tenantId,
    person.aadObjectId,
  ]);
  return {
    zone: row?.zone ?? undefined,
    zoneIsSet: row?.zone_is_set ?? false,
    hours:
      row?.work_from && row.work_to
        ? { from: row.work_from, to: row.work_to, days: row.work_days ?? [1, 2, 3, 4, 5] }
        : undefined,
    awayUntil: row?.away_until ?? undefined,
    delegate: row?.delegate_id
      ? {
          tenantId: person.tenantId,
          aadObjectId: row.delegate_id,
          teamsId: row.delegate_teams_id ?? '',
          name: row.delegate_name ?? '',
        }
      : undefined,
  };
}

/** Keeps what somebody set; what is not named stays. */
export function keepPreference(person: Person, patch: Partial<Preference>): Change {
  return async (transaction) => {
    await transaction.query(
      `INSERT INTO preference (tenant_id, person_id, teams_id, name) VALUES ($1, $2, $3, $4)
       ON CONFLICT (tenant_id, person_id) DO UPDATE SET teams_id = excluded.teams_id, name = excluded.name, updated_at = now()`,
      [person.tenantId, person.aadObjectId, person.teamsId, person.name],
    );
    const sets: [string, unknown][] = [];
    if ('zone' in patch) sets.push(['zone', patch.zone ?? null]);
    if ('zoneIsSet' in patch) sets.push(['zone_is_set', patch.zoneIsSet ?? false]);
    if ('hours' in patch) {
      sets.push(['work_from', patch.hours?.from ?? null], ['work_to', patch.hours?.to ?? null]);
      sets.push(['work_days', patch.hours ? [...patch.hours.days] : null]);
    }
    if ('awayUntil' in patch) sets.push(['away_until', patch.awayUntil?.toISOString() ?? null]);
    if ('delegate' in patch) {
      sets.push(['delegate_id', patch.delegate?.aadObjectId ?? null]);
      sets.push(
        ['delegate_teams_id', patch.delegate?.teamsId ?? null],
        ['delegate_name', patch.delegate?.name ?? null],
      );
    }
    if (sets.length > 0) {
      await transaction.query(
        `UPDATE preference SET ${sets.map(([name], at) => `${name} = $${at + 3}`).join(', ')} WHERE tenant_id = $1 AND person_id = $2`,
        [person.tenantId, person.aadObjectId, ...sets.map(([, value]) => value)],
      );
    }
    return true;
  };
}

/** Those of the people who have met the bot or were found in a roster, by their ids in the directory. */
export async function knownPeople(
  records: Queryable,
  tenantId: string,
  ids: readonly string[],
): Promise<readonly Person[]> {
  if (ids.length === 0) return [];
  const rows = await records.query<{ person_id: string; teams_id: string; name: string }>(
    'SELECT person_id, teams_id, name FROM preference WHERE tenant_id = $1 AND lower(person_id) = ANY ($2::text[])',
    [tenantId, ids.map((id) => id.toLowerCase())],
  );
  return rows.map((row) => ({ tenantId, aadObjectId: row.person_id, teamsId: row.teams_id, name: row.name }));
}

/** Somebody who has met the bot, by their id in the directory: needed to mention them. */
export async function knownPerson(records: Queryable, tenantId: string, id: string): Promise<Person | undefined> {
  const [row] = await records.query<{ teams_id: string; name: string }>(
    'SELECT teams_id, name FROM preference WHERE tenant_id = $1 AND person_id = $2',
    [tenantId, id],
  );
  return row && { tenantId, aadObjectId: id, teamsId: row.teams_id, name: row.name };
}
