import { say, type MessageTurn, type Outcome, type Person, type Services } from '../feature.ts';
import type { Actor } from '../follow-ups/follow-up-steps.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { isSame, memberOf } from '../tracking/permission.ts';
import { defaultsIn, setDefault } from './default-role-store.ts';
import { rolesOf, ROLES, type Role } from './role-store.ts';
import { setRoles, shownRoles, type Wanted } from './role-steps.ts';
import { defaultsReply, roleName, theRole, type RoleExtras } from './role-views.ts';

/** Who has which role by default here (F70). */
export async function listDefaults(turn: Actor, services: Services, extras: RoleExtras = {}): Promise<Outcome> {
  const defaults = await defaultsIn(services.records, turn.person.tenantId, turn.place);
  return { reply: defaultsReply(turn.place, defaults, services, extras) };
}

/** "default commander is @Amara", or "is me". Whoever is a member of the place may set it. */
export async function setDefaultTyped(
  role: Role,
  self: boolean,
  turn: MessageTurn,
  services: Services,
): Promise<Outcome> {
  const [mentioned, ...more] = turn.mentioned;
  const refused = async (notice: string) => listDefaults(turn, services, { notice: `${notice} Nothing was changed.` });
  if (!mentioned && !self)
    return refused(
      turn.place.kind === 'personal'
        ? 'Nobody else can be mentioned in our chat, and a name alone does not tell me who it is. Set it in the channel.'
        : 'A name alone does not tell me who it is. Begin the name with @ and pick it from the list that Teams shows.',
    );
  if (more.length > 0) return refused('You mention more than one person. A role is one person’s.');
  const person =
    !mentioned || mentioned.teamsId === turn.person.teamsId
      ? turn.person
      : await memberOf(turn.place, turn.person.tenantId, mentioned.teamsId, services);
  if (person === 'silent') return refused(`Teams does not tell me at the moment who ${mentioned?.name ?? ''} is.`);
  if (person === undefined) return refused(`${mentioned?.name ?? 'That person'} is not a member here, or is a guest.`);
  return kept(role, person, turn, services);
}

/**
 * Takes out who has a role by default. `seen`: id of whom the card showed; when it is another by now, nothing changes.
 */
export async function clearDefault(
  role: Role,
  seen: string | undefined,
  turn: Actor,
  services: Services,
): Promise<Outcome> {
  const person = (await defaultsIn(services.records, turn.person.tenantId, turn.place)).get(role);
  if (!person || (seen !== undefined && person.aadObjectId !== seen))
    return listDefaults(turn, services, {
      notice: 'It is another one by now. This is how it is; nothing was changed.',
    });
  return kept(role, undefined, turn, services);
}

async function kept(role: Role, person: Person | undefined, turn: Actor, services: Services): Promise<Outcome> {
  const before = await defaultsIn(services.records, turn.person.tenantId, turn.place);
  const after = new Map(before);
  if (person) after.set(role, person);
  else after.delete(role);
  const called = theRole(role, services.playbook);
  const line = `you are ${called} by default here from now on.`;
  return {
    reply: defaultsReply(turn.place, after, services, {
      notice: person ? `${person.name} is ${called} by default from now on.` : `Nobody is ${called} by default now.`,
      told: person && !isSame(person, turn.person) ? [{ person, line }] : [],
    }),
    changes: [setDefault(turn.place, role, person, turn.person, turn.now)],
    audit: {
      event: 'default role set',
      subject: role,
      details: { to: person?.aadObjectId ?? null, from: before.get(role)?.aadObjectId ?? null },
    },
  };
}

/** Gives the roles that nobody has to those who have them by default. Who has left the place is named and left out. */
export async function applyDefaults(icm: Icm, turn: Actor, services: Services): Promise<Outcome> {
  const defaults = await defaultsIn(services.records, icm.tenantId, icm.place);
  if (defaults.size === 0)
    return shownRoles(
      icm,
      turn,
      services,
      'No default roles are set where it is tracked. Write “default roles” there.',
    );
  const roles = await rolesOf(services.records, icm);
  const free = ROLES.flatMap((role) => {
    const person = defaults.get(role);
    return person && !roles[role].holder ? [{ role, person }] : [];
  });
  const found = await Promise.all(
    free.map(async (one) => ({ ...one, member: await stillThere(icm, one.person, turn, services) })),
  );
  if (found.some(({ member }) => member === 'silent'))
    return say('Teams does not tell me at the moment who is a member here. Nothing was changed. Please try again.');
  const wanted: Wanted = Object.fromEntries(
    found.flatMap(({ role, member }) => (member && member !== 'silent' ? [[role, member]] : [])),
  );
  const gone = found.filter(({ member }) => member === undefined);
  const missing = gone.map(
    ({ role, person }) => `${person.name} (${roleName(role, services.playbook)}) is not a member here any more.`,
  );
  if (Object.keys(wanted).length === 0)
    return shownRoles(icm, turn, services, [...missing, 'No role was free for them. Nothing was changed.'].join(' '));
  return setRoles(icm, wanted, turn, services, missing);
}

/** The person if they still take part where an ICM is tracked; in a personal chat that is its engineer alone. */
async function stillThere(icm: Icm, person: Person, turn: Actor, services: Services) {
  if (isSame(person, turn.person)) return turn.person;
  if (icm.place.kind === 'personal') return isSame(person, icm.engineer) ? person : undefined;
  return memberOf(icm.place, icm.tenantId, person.aadObjectId, services);
}
