import { cite } from '../../playbook/cite.ts';
import type { Playbook } from '../../playbook/schema.ts';
import { showTime } from '../../understanding/show-time.ts';
import { cardReply } from '../card.ts';
import type { Person, Place, Reply, Services } from '../feature.ts';
import { nameOf } from '../tracking/icm-view.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { defaultsIn } from './default-role-store.ts';
import { defaultRolesCard, roleFormCard, rolesCard } from './role-cards.ts';
import { zoneOfIcm } from './icm-zone.ts';
import { doubledIn } from './role-rights.ts';
import { ROLES, rolesOf, type Role, type RoleState } from './role-store.ts';

export type Roles = Readonly<Record<Role, RoleState>>;

/** What is said besides who has which role. */
export interface RoleExtras {
  readonly notice?: string | undefined;
  /** People who have just got a role, or lost one: they are mentioned. */
  readonly told?: readonly { readonly person: Person; readonly line: string }[];
}

export const roleName = (role: Role, playbook: Playbook): string => playbook.incidentRoles.roles[role].name;

/** "the incident commander" */
export function theRole(role: Role, playbook: Playbook): string {
  const called = roleName(role, playbook);
  return `the ${called.charAt(0).toLowerCase()}${called.slice(1)}`;
}

/** "communications officer", within a sentence. */
export const plainRole = (role: Role, playbook: Playbook): string => theRole(role, playbook).slice('the '.length);

/** What people type for a role: "commander". */
const TYPED: Readonly<Record<Role, string>> = {
  commander: 'commander',
  communications: 'communications officer',
  scribe: 'scribe',
  sme: 'subject matter expert',
};

/** The card with all roles of an ICM. `roles`: as they are after a change that is not kept yet. */
export async function rolesReply(
  icm: Icm,
  now: Date,
  services: Services,
  extras: RoleExtras = {},
  roles?: Roles,
): Promise<Reply> {
  const { playbook, records } = services;
  const shown = roles ?? (await rolesOf(records, icm));
  const zone = await zoneOfIcm(icm, services);
  const isOpen = icm.status === 'open';
  const usable = isOpen ? [...(await defaultsIn(records, icm.tenantId, icm.place))] : [];
  const free = usable.filter(([role]) => shown[role].holder === undefined);
  const told = extras.told ?? [];
  return cardReply(rolesCard, {
    icm: icm.id,
    heading: `Roles · ${nameOf(icm)}`,
    ...(extras.notice === undefined ? {} : { notice: extras.notice }),
    told: told.map(({ person, line }) => ({ name: person.name, teamsId: person.teamsId, line })),
    roles: ROLES.map((role) => {
      const { holder, revision } = shown[role];
      return {
        role,
        revision: String(revision),
        title: roleName(role, playbook),
        does: playbook.incidentRoles.roles[role].does,
        holder: holder ? `${holder.person.name}, since ${showTime(holder.since, zone, now)}` : 'nobody yet',
        canTake: isOpen && holder === undefined,
        canEnd: isOpen && holder !== undefined,
      };
    }),
    doubled: isOpen ? doubledLines(icm, shown, playbook) : [],
    ...(free.length === 0
      ? {}
      : { defaults: free.map(([role, person]) => `${roleName(role, playbook)}: ${person.name}`).join(', ') }),
    canPick: isOpen && icm.place.kind !== 'personal',
    how: howToName(icm),
    source: sourceOf(playbook),
  });
}

function howToName(icm: Icm): string {
  if (icm.status !== 'open') return 'It is resolved, so the roles stay as they were.';
  if (icm.place.kind === 'personal')
    return 'It is tracked in a personal chat, where only its engineer can have a role. Track it in a channel to share the work.';
  return `For somebody else write “commander of ${icm.number} is @name” and pick the name from the list that Teams shows. To hand over: “hand over scribe of ${icm.number} to @name”. In a channel begin with @ and my name.`;
}

/** Who has two roles that should be apart, in words. */
export function doubledLines(icm: Icm, roles: Roles, playbook: Playbook): { readonly text: string }[] {
  return doubledIn(icm, roles).map(({ role, person, as }) => {
    const fixes = as === 'sme' ? `is ${theRole('sme', playbook)}` : 'looks after the ICM';
    const { text, cites } = playbook.incidentRoles.separate[role];
    return { text: `${person.name} ${fixes} and is ${theRole(role, playbook)} as well. ${text} (${cites.join(', ')})` };
  });
}

function sourceOf(playbook: Playbook): string {
  const rules = ROLES.map((role) => cite(playbook.incidentRoles.roles[role].rule, playbook));
  return `${[...new Set(rules.map(({ source }) => source))].join('; ')} (${rules.map(({ id }) => id).join(', ')})`;
}

/** The revisions of all four roles, as a button of the form carries them. */
export const revisionsOf = (roles: Roles): string => ROLES.map((role) => roles[role].revision).join('-');

/** The form with a list of people for each role. `picked`: ids in the directory, "nobody" for none. */
export function roleFormReply(
  icm: Icm,
  roles: Roles,
  people: readonly Person[],
  picked: Readonly<Record<Role, string>>,
  problems: readonly string[] = [],
): Reply {
  return cardReply(roleFormCard, {
    icm: icm.id,
    revision: revisionsOf(roles),
    heading: `Roles · ${nameOf(icm)}`,
    problems: problems.map((text) => ({ text })),
    ...picked,
    people: people.map(({ aadObjectId, name }) => ({ id: aadObjectId, label: name })),
    how: `These are people whom I know from here. For somebody else write “scribe of ${icm.number} is @name”.`,
  });
}

/** The card of the roles that people have by default in a channel or chat. */
export function defaultsReply(
  place: Place,
  defaults: ReadonlyMap<Role, Person>,
  services: Services,
  extras: RoleExtras = {},
): Reply {
  const { playbook } = services;
  const { text, cites } = playbook.incidentRoles.beforehand;
  return cardReply(defaultRolesCard, {
    heading: `Default roles of this ${place.kind === 'channel' ? 'channel' : 'chat'}`,
    ...(extras.notice === undefined ? {} : { notice: extras.notice }),
    told: (extras.told ?? []).map(({ person, line }) => ({ name: person.name, teamsId: person.teamsId, line })),
    roles: ROLES.map((role) => {
      const person = defaults.get(role);
      return {
        role,
        title: roleName(role, playbook),
        holder: person?.name ?? 'nobody',
        person: person?.aadObjectId ?? '',
        canRemove: person !== undefined,
      };
    }),
    how:
      place.kind === 'personal'
        ? 'Write “default commander is me”. Colleagues can be set in the channel, by a mention. With an ICM the roles are set by one button, or by “set the default roles for 512345678”.'
        : `Write “default ${TYPED.commander} is @name”. With an ICM the roles are set by one button, or by “set the default roles for 512345678”.`,
    source: `${text} ${[...new Set(cites.map((rule) => cite(rule, playbook).source))].join('; ')} (${cites.join(', ')})`,
  });
}
