import { channelOf } from '../../store/outbox.ts';
import type { Person, Place, Services } from '../feature.ts';
import { preferenceOf } from '../follow-ups/preference-store.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { isSame, mayChange, memberOf } from '../tracking/permission.ts';
import { officerOf } from './officer.ts';
import { type Role, type RoleState } from './role-store.ts';

/**
 * Whether somebody takes part in an ICM: whoever is in the channel or chat where it is tracked. What is tracked in a
 * personal chat is its engineer's. `silent`: Teams does not answer at the moment.
 */
export async function takesPart(
  icm: Icm,
  person: Person,
  place: Place,
  services: Services,
): Promise<'yes' | 'no' | 'silent'> {
  if (person.tenantId !== icm.tenantId) return 'no';
  if (await mayChange(icm, person, services)) return 'yes';
  if (icm.place.kind === 'personal') return 'no';
  if (channelOf(icm.place.conversationId) === channelOf(place.conversationId)) return 'yes';
  const member = await memberOf(icm.place, person.tenantId, person.aadObjectId, services);
  return member === 'silent' ? 'silent' : member ? 'yes' : 'no';
}

/**
 * Whether somebody who takes part may change a role. One that nobody has is anybody's to give; one that somebody has is
 * changed by them, by the incident commander (who directs the responders, F66), or by whoever may change the ICM.
 */
export async function mayChangeRole(
  icm: Icm,
  roles: Readonly<Record<Role, RoleState>>,
  role: Role,
  person: Person,
  services: Services,
): Promise<boolean> {
  const { holder } = roles[role];
  if (!holder || isSame(holder.person, person)) return true;
  const commander = roles.commander.holder;
  if (commander && isSame(commander.person, person)) return true;
  return mayChange(icm, person, services);
}

/** Who can change a role that somebody has, as a sentence. */
export function whoMayChangeRole(
  icm: Icm,
  roles: Readonly<Record<Role, RoleState>>,
  role: Role,
  services: Services,
): string {
  const commander = role === 'commander' ? undefined : roles.commander.holder?.person.name;
  const names = [
    roles[role].holder?.person.name,
    commander === undefined ? undefined : `the incident commander (${commander})`,
    `${icm.engineer.name} as the engineer of the ICM`,
    services.playbook.people.leads.length > 0 ? 'a lead' : undefined,
  ].filter((name) => name !== undefined);
  return `That can be changed by ${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}.`;
}

/** Somebody who works on the fix and has a role that should be somebody else's. */
export interface Doubled {
  readonly role: 'communications' | 'scribe';
  readonly person: Person;
  /** What they fix it as. */
  readonly as: 'sme' | 'engineer';
}

/** Who works on the fix and communicates or takes notes as well (F70, F71, F80): said, and not forbidden. */
export function doubledIn(icm: Pick<Icm, 'engineer'>, roles: Readonly<Record<Role, RoleState>>): readonly Doubled[] {
  const sme = roles.sme.holder?.person;
  return (['communications', 'scribe'] as const).flatMap((role): Doubled[] => {
    const person = roles[role].holder?.person;
    if (!person) return [];
    if (sme && isSame(sme, person)) return [{ role, person, as: 'sme' }];
    return isSame(icm.engineer, person) ? [{ role, person, as: 'engineer' }] : [];
  });
}

/**
 * Whether somebody may answer for the communication with the customer: whoever may change the ICM, its communications
 * officer (F67), and who stands in for the officer.
 */
export async function mayCommunicate(icm: Icm, person: Person, services: Services): Promise<boolean> {
  if (await mayChange(icm, person, services)) return true;
  const officer = await officerOf(services.records, icm);
  if (!officer) return false;
  if (isSame(officer, person)) return true;
  const { delegate } = await preferenceOf(services.records, officer);
  return delegate !== undefined && isSame(delegate, person);
}
