import { AppError } from '../../errors.ts';
import type { Person, Place, Services } from '../feature.ts';
import { preferenceOf } from '../follow-ups/preference-store.ts';
import type { Icm } from './icm-store.ts';

type Who = Pick<Person, 'tenantId' | 'aadObjectId'>;

export const isSame = (one: Who, other: Who): boolean =>
  one.tenantId === other.tenantId && one.aadObjectId === other.aadObjectId;

/** Whether somebody may change an ICM: its engineer, the engineer's delegate, a lead of the playbook. */
export async function mayChange(icm: Icm, person: Person, services: Services): Promise<boolean> {
  if (isSame(icm.engineer, person) || isLead(person, services)) return true;
  const { delegate } = await preferenceOf(services.records, icm.engineer);
  return delegate !== undefined && isSame(delegate, person);
}

const isLead = (person: Person, services: Services): boolean =>
  services.playbook.people.leads.some((lead) => isSame(lead, person));

/** Whether somebody may read more of an ICM than its number and who looks after it. */
export async function maySee(icm: Icm, person: Person, services: Services): Promise<boolean> {
  return icm.place.kind !== 'personal' || mayChange(icm, person, services);
}

/** Those of which somebody may read more: nobody finds out by guessing what others track in their personal chats. */
export async function visibleTo(icms: readonly Icm[], person: Person, services: Services): Promise<readonly Icm[]> {
  const visible = await Promise.all(icms.map(async (icm) => maySee(icm, person, services)));
  return icms.filter((_icm, at) => visible[at]);
}

/** Who can change it, as a sentence. */
export async function whoMayChange(icm: Icm, services: Services): Promise<string> {
  const { delegate } = await preferenceOf(services.records, icm.engineer);
  const others = [
    ...(delegate ? [delegate.name] : []),
    ...(services.playbook.people.leads.length > 0 ? ['a lead'] : []),
  ];
  return `Only ${icm.engineer.name}, who looks after it,${others.map((name) => ` or ${name}`).join('')} can do that.`;
}

const roomOf = (place: Pick<Place, 'conversationId'>): string => place.conversationId.split(';messageid=', 1)[0] ?? '';

/**
 * Whether somebody may take an ICM over: whoever is in the channel or chat where it is tracked. What is tracked in a
 * personal chat is not for everybody; there only those who may change it can.
 */
export async function mayTakeOver(icm: Icm, person: Person, place: Place, services: Services): Promise<boolean> {
  if (isSame(icm.engineer, person)) return false;
  if (await mayChange(icm, person, services)) return true;
  if (icm.place.kind === 'personal') return false;
  if (roomOf(icm.place) === roomOf(place)) return true;
  const member = await memberOf(icm.place, person.tenantId, person.aadObjectId, services);
  return member !== undefined && member !== 'silent';
}

/** A member of a place; `undefined`: nobody with that id is; `silent`: Teams does not answer. */
export async function memberOf(
  place: Place,
  tenantId: string,
  id: string,
  services: Services,
): Promise<Person | 'silent' | undefined> {
  try {
    return await services.member(place, tenantId, id);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // An id that cannot be one names nobody.
    return error.code === 'address-refused' ? undefined : 'silent';
  }
}
