import { readRoles, type RoleRequest } from '../../understanding/read-roles.ts';
import { say, type MessageTurn, type Outcome, type Person, type Services } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { isSame, memberOf } from '../tracking/permission.ts';
import { clearDefault, listDefaults, setDefaultTyped, applyDefaults } from './default-roles.ts';
import { rolesOf, type Role } from './role-store.ts';
import { keptOut, setRoles, shownRoles, toldInThread } from './role-steps.ts';
import { plainRole, theRole } from './role-views.ts';
import { icmMeant } from './which-icm.ts';

/** Answers a typed line about roles: who has which, who gets one, who has one by default. */
export async function answerRoles(turn: MessageTurn, services: Services): Promise<Outcome> {
  const request = readRoles(turn.text) ?? listOnly;
  switch (request.kind) {
    case 'default-list':
      return listDefaults(turn, services);
    case 'default-set':
      return oneRole(request, async (role) => setDefaultTyped(role, request.self, turn, services));
    case 'default-clear':
      return oneRole(request, async (role) => clearDefault(role, undefined, turn, services));
    case 'default-use':
      return onIcm(request, turn, services, async (icm) => applyDefaults(icm, turn, services));
    case 'list':
      return onIcm(request, turn, services, async (icm) => shownRoles(icm, turn, services));
    case 'assign':
      return onIcm(request, turn, services, async (icm) =>
        oneRole(request, async (role) => assign(icm, role, request.self, turn, services)),
      );
    case 'step-down':
      return onIcm(request, turn, services, async (icm) =>
        oneRole(request, async (role) => stepDown(icm, role, turn, services)),
      );
  }
}

const listOnly: RoleRequest = { kind: 'list', roles: [], self: false, numbers: [], certain: true };

async function oneRole(request: RoleRequest, act: (role: Role) => Promise<Outcome>): Promise<Outcome> {
  const [role, ...more] = request.roles;
  if (role === undefined || more.length > 0)
    return say('Which role? Please name one: commander, communications officer, scribe or subject matter expert.');
  return act(role);
}

async function onIcm(
  request: RoleRequest,
  turn: MessageTurn,
  services: Services,
  act: (icm: Icm) => Promise<Outcome>,
): Promise<Outcome> {
  const meant = await icmMeant(turn, request.numbers, services);
  if ('ask' in meant) return meant.ask;
  return (await keptOut(meant.icm, turn, services)) ?? toldInThread(await act(meant.icm), meant.icm, turn);
}

async function assign(icm: Icm, role: Role, self: boolean, turn: MessageTurn, services: Services): Promise<Outcome> {
  const called = theRole(role, services.playbook);
  const [mentioned, ...more] = turn.mentioned;
  if (!mentioned) {
    if (self) return setRoles(icm, { [role]: turn.person }, turn, services);
    const example = `“${plainRole(role, services.playbook)} of ${icm.number} is @”`;
    const how =
      turn.place.kind === 'personal'
        ? `Nobody else can be mentioned in our chat, and a name alone does not tell me who it is. Write it in the channel: @ and my name, then ${example} and pick the name.`
        : `Who shall be ${called}? A name alone does not tell me who it is. Write ${example} and pick the name from the list that Teams shows.`;
    return shownRoles(icm, turn, services, `${how} Nothing was changed.`);
  }
  if (more.length > 0)
    return shownRoles(
      icm,
      turn,
      services,
      'You mention more than one person. A role is one person’s. Nothing was changed.',
    );
  const person = await memberFor(icm, mentioned, turn, services);
  return typeof person === 'string'
    ? shownRoles(icm, turn, services, person)
    : setRoles(icm, { [role]: person }, turn, services);
}

/** The member of the place of an ICM who was mentioned, asked of Teams; or a sentence why there is none. */
async function memberFor(
  icm: Icm,
  mentioned: { readonly teamsId: string; readonly name: string },
  turn: MessageTurn,
  services: Services,
): Promise<Person | string> {
  if (mentioned.teamsId === turn.person.teamsId) return turn.person;
  if (icm.place.kind === 'personal')
    return 'It is tracked in a personal chat, where only its engineer can have a role. Nothing was changed.';
  const person = await memberOf(icm.place, icm.tenantId, mentioned.teamsId, services);
  if (person === 'silent')
    return `Teams does not tell me at the moment who ${mentioned.name} is. Nothing was changed. Please try again in a minute.`;
  return person ?? `${mentioned.name} is not a member here, or is a guest. Nothing was changed.`;
}

/** Whoever has the role has it no more. "Step down" of somebody else's role is for those who may change it. */
async function stepDown(icm: Icm, role: Role, turn: MessageTurn, services: Services): Promise<Outcome> {
  const { holder } = (await rolesOf(services.records, icm))[role];
  if (!holder)
    return shownRoles(icm, turn, services, `Nobody is ${theRole(role, services.playbook)}. Nothing was changed.`);
  const saysSelf = /\b(?:i|i['’]?m|step|stepping)\b/i.test(turn.text.slice(0, 40));
  if (saysSelf && !isSame(holder.person, turn.person))
    return shownRoles(
      icm,
      turn,
      services,
      `You are not ${theRole(role, services.playbook)}: ${holder.person.name} is. Nothing was changed.`,
    );
  return setRoles(icm, { [role]: undefined }, turn, services);
}
