import { noteCard } from '../advice/advice-cards.ts';
import { cardReply } from '../card.ts';
import type { Outcome, Person, Services } from '../feature.ts';
import type { Actor } from '../follow-ups/follow-up-steps.ts';
import { knownPeople } from '../follow-ups/preference-store.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { isSame, memberOf } from '../tracking/permission.ts';
import { defaultsIn } from './default-role-store.ts';
import { ROLES, rolesOf, roleTerms, type Role } from './role-store.ts';
import { setRoles, shownRoles, type Wanted } from './role-steps.ts';
import { revisionsOf, roleFormReply, type Roles } from './role-views.ts';

/** What stands for "nobody" in the lists. */
const NOBODY = 'nobody';

export type Picked = Readonly<Record<Role, string>>;

/** The form with the people who are known from the ICM and its thread. */
export async function pickRoles(icm: Icm, turn: Actor, services: Services): Promise<Outcome> {
  const roles = await rolesOf(services.records, icm);
  const picked = Object.fromEntries(
    ROLES.map((role) => [role, roles[role].holder?.person.aadObjectId ?? NOBODY]),
  ) as Picked;
  return { reply: roleFormReply(icm, roles, await peopleOf(icm, turn, services), picked) };
}

/**
 * Sets the roles as picked. Who a picked id is, is asked of Teams: the card only says which. Roles that have changed since
 * it was drawn are shown as they are.
 */
export async function savePicked(
  icm: Icm,
  picked: Picked,
  revision: string,
  turn: Actor,
  services: Services,
): Promise<Outcome> {
  const roles = await rolesOf(services.records, icm);
  if (revision !== revisionsOf(roles))
    return shownRoles(
      icm,
      turn,
      services,
      'Somebody has changed the roles meanwhile. This is how they are now; nothing was changed.',
    );
  const differing = ROLES.filter((role) => picked[role] !== (roles[role].holder?.person.aadObjectId ?? NOBODY));
  const wanted: Wanted = {};
  const problems: string[] = [];
  for (const role of differing) {
    const found = picked[role] === NOBODY ? undefined : await memberPicked(icm, picked[role], turn, services);
    if (typeof found === 'string') problems.push(found);
    else wanted[role] = found;
  }
  if (problems.length > 0) return { reply: await again(icm, roles, picked, problems, turn, services) };
  const outcome = await setRoles(icm, wanted, turn, services, [], roles);
  if (!outcome.changes?.length || !outcome.reply) return outcome;
  // An edit of a message notifies nobody: who has a role now is mentioned in a new one.
  const { reply, ...rest } = outcome;
  const line = `${turn.person.name} has set the roles of ICM ${icm.number}. See the new message below.`;
  return {
    ...rest,
    reply: cardReply(noteCard, { line, canStart: false }),
    forEverybody: true,
    sends: [{ to: 'here', reply }],
  };
}

async function again(
  icm: Icm,
  roles: Roles,
  picked: Picked,
  problems: readonly string[],
  turn: Actor,
  services: Services,
) {
  return roleFormReply(icm, roles, await peopleOf(icm, turn, services), picked, problems);
}

async function memberPicked(icm: Icm, id: string, turn: Actor, services: Services): Promise<Person | string> {
  if (isSame({ tenantId: turn.person.tenantId, aadObjectId: id }, turn.person)) return turn.person;
  const person = await memberOf(icm.place, icm.tenantId, id, services);
  if (person === 'silent')
    return 'Teams does not tell me at the moment who is a member here. Please try again in a minute.';
  if (person && person.aadObjectId.toLowerCase() === id.toLowerCase()) return person;
  const name = (await peopleOf(icm, turn, services)).find(({ aadObjectId }) => aadObjectId === id)?.name;
  return `${name ?? 'Somebody whom you picked'} is not a member here any more, or is a guest. Please pick another one.`;
}

/** People whom the records know from an ICM and its thread, whoever asks first. At most 25. */
async function peopleOf(icm: Icm, turn: Actor, services: Services): Promise<readonly Person[]> {
  const { records } = services;
  const terms = await roleTerms(records, icm);
  const defaults = await defaultsIn(records, icm.tenantId, icm.place);
  const rows = await records.query<{ actor_id: string }>(
    `SELECT actor_id FROM audit WHERE tenant_id = $1 AND conversation_id = $2 GROUP BY actor_id
     ORDER BY max(id) DESC LIMIT 20`,
    [icm.tenantId, icm.place.conversationId],
  );
  const met = await knownPeople(
    records,
    icm.tenantId,
    rows.map(({ actor_id }) => actor_id),
  );
  const all = [turn.person, icm.engineer, ...terms.map(({ person }) => person), ...defaults.values(), ...met];
  const isThere = ({ aadObjectId, teamsId }: Person): boolean => aadObjectId !== '' && teamsId !== '';
  return [...new Map(all.filter(isThere).map((person) => [person.aadObjectId, person])).values()].slice(0, 25);
}
