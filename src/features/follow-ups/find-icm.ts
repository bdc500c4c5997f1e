import type { MessageTurn, Services } from '../feature.ts';
import { icmsByNumbers, icmsIn, icmsOf, type Icm } from '../tracking/icm-store.ts';
import type { FollowUpRequest } from '../../understanding/read-follow-up.ts';

/** Which tracked ICM a line means. */
export type Found =
  | { readonly kind: 'one'; readonly icm: Icm }
  | { readonly kind: 'several'; readonly icms: readonly Icm[] }
  /** Numbers were named that nobody tracks; `number` where it is one ICM's. */
  | { readonly kind: 'unknown'; readonly number: string | undefined }
  /** None was named, and the person looks after none. */
  | { readonly kind: 'none' };

/**
 * By the numbers in the line; without numbers the person's own ICM of this thread, then of anywhere, if there is one
 * only. Several are asked back: a reminder must never go to the wrong one.
 */
export async function findIcm(
  turn: Pick<MessageTurn, 'person' | 'place'>,
  request: Pick<FollowUpRequest, 'icmNumbers' | 'srNumbers' | 'shortNumbers'>,
  services: Services,
): Promise<Found> {
  const { person, place } = turn;
  const named = [...request.icmNumbers, ...request.srNumbers, ...request.shortNumbers];
  if (named.length > 0) {
    const all = await icmsByNumbers(services.records, person.tenantId, named);
    // What is tracked in somebody else's personal chat is told to nobody.
    const open = all.filter(
      (icm) =>
        icm.status === 'open' && (icm.place.kind !== 'personal' || icm.engineer.aadObjectId === person.aadObjectId),
    );
    // The end of a number may fit several; the person's own comes first.
    const own = open.filter((icm) => icm.engineer.aadObjectId === person.aadObjectId);
    const fitting = open.length > 1 && own.length > 0 ? own : open;
    if (fitting.length > 0) return oneOf(fitting);
    return { kind: 'unknown', number: request.icmNumbers.length === 1 ? request.icmNumbers[0] : undefined };
  }
  const here = await icmsIn(services.records, person.tenantId, place.conversationId);
  const ownHere = here.filter((icm) => icm.engineer.aadObjectId === person.aadObjectId);
  if (ownHere.length > 0) return oneOf(ownHere);
  if (here.length === 1 && place.kind !== 'personal') return oneOf(here);
  const own = await icmsOf(services.records, person, false, 20);
  return own.length === 0 ? { kind: 'none' } : oneOf(own);
}

function oneOf(icms: readonly Icm[]): Found {
  return icms.length === 1 ? { kind: 'one', icm: icms[0] as Icm } : { kind: 'several', icms };
}
