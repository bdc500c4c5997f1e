import { channelOf } from '../../store/outbox.ts';
import type { Person, Place, Services } from '../feature.ts';
import { preferenceOf } from '../follow-ups/preference-store.ts';
import { isSame } from '../tracking/permission.ts';
import { approversFor, sameId } from './approvers.ts';
import type { Escalation } from './escalation.ts';

/** Whether somebody may change, answer or withdraw a request: who asked, who stands in for them, a lead. */
export async function mayChangeEscalation(
  escalation: Escalation,
  person: Person,
  services: Services,
): Promise<boolean> {
  if (person.aadObjectId === '' || person.tenantId !== escalation.tenantId) return false;
  if (isSame(escalation.requester, person)) return true;
  if (services.playbook.people.leads.some((lead) => isSame(lead, person))) return true;
  const { delegate } = await preferenceOf(services.records, escalation.requester);
  return delegate !== undefined && isSame(delegate, person);
}

/**
 * Whether somebody may read a request: everybody where it was asked for in a channel. What comes out of a personal chat
 * is for whoever may change it, for the SMEs who are asked, and for those in the SMEs' channel, where it stands.
 */
export async function maySeeEscalation(
  escalation: Escalation,
  person: Person,
  place: Pick<Place, 'conversationId'>,
  services: Services,
): Promise<boolean> {
  if (escalation.place.kind !== 'personal') return true;
  const { smeMessage } = escalation;
  if (smeMessage && channelOf(smeMessage.conversationId) === channelOf(place.conversationId)) return true;
  if (approversFor(escalation, services.playbook).some((one) => sameId(one.aadObjectId, person.aadObjectId)))
    return true;
  return mayChangeEscalation(escalation, person, services);
}
