import { say, type AuditEvent, type Change, type Outcome, type Person, type Services } from '../feature.ts';
import { openFollowUp } from '../follow-ups/follow-up-store.ts';
import type { Actor } from '../follow-ups/follow-up-steps.ts';
import { planAnew } from '../follow-ups/promises.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { isSame } from '../tracking/permission.ts';
import { mayChangeRole, takesPart, whoMayChangeRole } from './role-rights.ts';
import { changeRole, ROLES, rolesOf, type Role, type RoleState, type RoleTerm } from './role-store.ts';
import { rolesReply, theRole, type Roles } from './role-views.ts';

/** Who shall have a role; `undefined`: nobody any more. */
export type Wanted = Partial<Record<Role, Person | undefined>>;

/** The roles as they stand, with a remark. */
export async function shownRoles(icm: Icm, turn: Actor, services: Services, notice?: string): Promise<Outcome> {
  return { reply: await rolesReply(icm, turn.now, services, { notice }) };
}

/**
 * Why somebody may not touch the roles of an ICM at all, as an answer; `undefined`: they may. What is tracked in
 * somebody's personal chat is not told.
 */
export async function keptOut(icm: Icm, turn: Actor, services: Services): Promise<Outcome | undefined> {
  const part = await takesPart(icm, turn.person, turn.place, services);
  if (part === 'yes') return undefined;
  if (part === 'silent')
    return say('Teams does not tell me at the moment who is in that channel. Nothing was changed. Please try again.');
  return icm.place.kind === 'personal'
    ? say(`I do not track ICM ${icm.number} here. Nothing was changed.`)
    : say(`The roles of ICM ${icm.number} are for the people of the channel where it is tracked. Nothing was changed.`);
}

/**
 * Gives roles to people, with all that follows: who has them no more, where the reminders go, the trail, the card. Who
 * may is checked here; that the people are members is checked before.
 */
export async function setRoles(
  icm: Icm,
  wanted: Wanted,
  turn: Actor,
  services: Services,
  /** More to say when it is done. */
  remarks: readonly string[] = [],
  /** The roles as they were when the press was checked; read twice, a change in between would be met half-way. */
  seen?: Roles,
): Promise<Outcome> {
  const { playbook, records } = services;
  const roles = seen ?? (await rolesOf(records, icm));
  const differing = ROLES.filter((role) => role in wanted && !isHeldBy(roles[role], wanted[role]));
  if (icm.status !== 'open')
    return shownRoles(icm, turn, services, 'The ICM is resolved, so nothing was changed. To go on, reopen it first.');
  if (differing.length === 0) return shownRoles(icm, turn, services, 'It is so already. Nothing was changed.');
  for (const role of differing)
    if (!(await mayChangeRole(icm, roles, role, turn.person, services)))
      return shownRoles(
        icm,
        turn,
        services,
        `Nothing was changed. ${roles[role].holder?.person.name ?? 'Somebody'} is ${theRole(role, playbook)}. ${whoMayChangeRole(icm, roles, role, services)}`,
      );
  const steps = differing.map((role) => stepOf(icm, roles[role], wanted[role], turn, services));
  const after: Roles = { ...roles, ...Object.fromEntries(steps.map(({ after: state }) => [state.role, state])) };
  const reminders = differing.includes('communications')
    ? await movedReminders(icm, wanted.communications, turn, services)
    : undefined;
  const notices = [...steps.map(({ line }) => line), ...(reminders ? [reminders.line] : []), ...remarks];
  return {
    reply: await rolesReply(
      icm,
      turn.now,
      services,
      {
        notice: notices.join(' '),
        told: steps.flatMap(({ told }) => told).filter(({ person }) => !isSame(person, turn.person)),
      },
      after,
    ),
    changes: [...steps.map(({ change }) => change), ...(reminders?.changes ?? [])],
    audit: auditOf(icm, differing, roles, wanted),
  };
}

const isHeldBy = (state: RoleState, person: Person | undefined): boolean =>
  person === undefined ? state.holder === undefined : !!state.holder && isSame(state.holder.person, person);

interface Step {
  readonly change: Change;
  readonly after: RoleState;
  readonly line: string;
  readonly told: readonly { readonly person: Person; readonly line: string }[];
}

function stepOf(icm: Icm, state: RoleState, to: Person | undefined, turn: Actor, services: Services): Step {
  const { role, holder } = state;
  const called = theRole(role, services.playbook);
  const id = services.newId();
  const term: RoleTerm | undefined = to && { id, role, person: to, by: turn.person, since: turn.now, ended: undefined };
  const turns = state.turns + (to ? 1 : 0);
  const before = holder ? ` Before, it was ${holder.person.name}.` : '';
  return {
    change: changeRole(icm, state, to && { id, person: to }, turn.person, turn.now),
    after: { role, holder: term, turns, revision: turns * 2 - (to ? 1 : 0) },
    line: to
      ? `${to.name} is ${called} now.${before}`
      : `${holder?.person.name ?? 'Somebody'} is not ${called} any more. Nobody is, for now.`,
    told: [
      ...(to ? [{ person: to, line: `you are ${called} of ICM ${icm.number} now.` }] : []),
      ...(holder ? [{ person: holder.person, line: `you are not ${called} of ICM ${icm.number} any more.` }] : []),
    ],
  };
}

/** The reminders of an open promise go to somebody else, in that one's working time. */
async function movedReminders(icm: Icm, officer: Person | undefined, turn: Actor, services: Services) {
  const followUp = await openFollowUp(services.records, icm.id);
  if (!followUp) return undefined;
  const reminded = officer ?? icm.engineer;
  const { changes } = await planAnew(followUp, icm, turn.now, services, { reminded });
  return { changes, line: `Reminders of the promised update go to ${reminded.name} from now on.` };
}

function auditOf(icm: Icm, differing: readonly Role[], roles: Roles, wanted: Wanted): AuditEvent {
  const details = differing.flatMap((role) => [
    [`${role}From`, roles[role].holder?.person.aadObjectId ?? null],
    [`${role}To`, wanted[role]?.aadObjectId ?? null],
  ]);
  return { event: 'roles changed', subject: icm.id, details: Object.fromEntries(details) as AuditEvent['details'] };
}

/** A card of the ICM that is answered elsewhere is shown where it is tracked as well: whoever has a role reads it there. */
export function toldInThread(outcome: Outcome, icm: Icm, turn: Actor): Outcome {
  const isThere = icm.place.kind === 'personal' || icm.place.conversationId === turn.place.conversationId;
  if (isThere || !outcome.changes?.length || !outcome.reply) return outcome;
  return { ...outcome, sends: [...(outcome.sends ?? []), { to: icm.place, reply: outcome.reply }] };
}
