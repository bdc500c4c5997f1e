import type { Queryable } from '../../store/database.ts';
import type { Change, Person } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';

/** Roles of an incident (F66-F69), in the order in which they are shown. */
export const ROLES = ['commander', 'communications', 'scribe', 'sme'] as const;
export type Role = (typeof ROLES)[number];

type OfIcm = Pick<Icm, 'tenantId' | 'id'>;

/** Who has had a role, from when to when. */
export interface RoleTerm {
  readonly id: string;
  readonly role: Role;
  readonly person: Person;
  readonly by: Pick<Person, 'aadObjectId' | 'name'>;
  readonly since: Date;
  /** `undefined`: they have it now. */
  readonly ended: { readonly at: Date; readonly by: string } | undefined;
}

/** A role of an ICM as it stands. */
export interface RoleState {
  readonly role: Role;
  readonly holder: RoleTerm | undefined;
  /** How many have had it. */
  readonly turns: number;
  /** Goes up with every change of this role; a button carries the one that it was drawn with. */
  readonly revision: number;
}

interface TermRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly role: Role;
  readonly person_id: string;
  readonly person_teams_id: string;
  readonly person_name: string;
  readonly assigned_by: string;
  readonly assigned_by_name: string;
  readonly assigned_at: Date;
  readonly ended_at: Date | null;
  readonly ended_by_name: string | null;
}

const toTerm = (row: TermRow): RoleTerm => ({
  id: row.id,
  role: row.role,
  person: {
    tenantId: row.tenant_id,
    aadObjectId: row.person_id,
    teamsId: row.person_teams_id,
    name: row.person_name,
  },
  by: { aadObjectId: row.assigned_by, name: row.assigned_by_name },
  since: row.assigned_at,
  ended: row.ended_at ? { at: row.ended_at, by: row.ended_by_name ?? '' } : undefined,
});

/** Everybody who has or had a role, in the order of time. */
export async function roleTerms(records: Queryable, icm: OfIcm): Promise<readonly RoleTerm[]> {
  const rows = await records.query<TermRow>(
    'SELECT * FROM icm_role WHERE tenant_id = $1 AND icm_id = $2 ORDER BY assigned_at, role, turn',
    [icm.tenantId, icm.id],
  );
  return rows.map(toTerm);
}

/** All four roles of an ICM as they stand, also those that nobody has. */
export async function rolesOf(records: Queryable, icm: OfIcm): Promise<Readonly<Record<Role, RoleState>>> {
  const terms = await roleTerms(records, icm);
  const stateOf = (role: Role): RoleState => {
    const all = terms.filter((term) => term.role === role);
    const holder = all.find(({ ended }) => ended === undefined);
    return { role, holder, turns: all.length, revision: all.length * 2 - (holder ? 1 : 0) };
  };
  return Object.fromEntries(ROLES.map((role) => [role, stateOf(role)])) as Record<Role, RoleState>;
}

/** Who has which role now; roles that nobody has are left out. */
export async function holdersOf(records: Queryable, icm: OfIcm): Promise<ReadonlyMap<Role, Person>> {
  const roles = await rolesOf(records, icm);
  return new Map(
    ROLES.flatMap((role) => {
      const { holder } = roles[role];
      return holder ? [[role, holder.person] as const] : [];
    }),
  );
}

/**
 * Gives a role to somebody, or with `to` undefined to nobody: whoever has it has it no more, and the row stays. `false`
 * when the role has changed since `state` was read: of two people at once one wins.
 */
export function changeRole(
  icm: OfIcm,
  state: RoleState,
  to: { readonly id: string; readonly person: Person } | undefined,
  by: Person,
  now: Date,
): Change {
  return async (transaction) => {
    if (state.holder) {
      const ended = await transaction.query(
        `UPDATE icm_role SET ended_at = $4, ended_by = $5, ended_by_name = $6
         WHERE tenant_id = $1 AND icm_id = $2 AND id = $3 AND ended_at IS NULL RETURNING id`,
        [icm.tenantId, icm.id, state.holder.id, now.toISOString(), by.aadObjectId, by.name],
      );
      if (ended.length === 0) return false;
    }
    if (!to) return true;
    const rows = await transaction.query(
      `INSERT INTO icm_role (id, tenant_id, icm_id, role, turn, person_id, person_teams_id, person_name, assigned_by,
         assigned_by_name, assigned_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING RETURNING id`,
      [
        to.id,
        icm.tenantId,
        icm.id,
        state.role,
        state.turns + 1,
        to.person.aadObjectId,
        to.person.teamsId,
        to.person.name,
        by.aadObjectId,
        by.name,
        now.toISOString(),
      ],
    );
    return rows.length === 1;
  };
}
