import type { ActionTurn, Outcome, Services } from '../feature.ts';
import { gone } from '../tracking/change-icm.ts';
import { icmById, type Icm } from '../tracking/icm-store.ts';
import { keptOut } from './role-steps.ts';

/** Guards a button of an incident: the ICM must be there, and whoever presses must take part in it. */
export async function guarded<Data extends { readonly icm: string }>(
  turn: ActionTurn<Data>,
  services: Services,
  act: (icm: Icm) => Promise<Outcome>,
): Promise<Outcome> {
  const icm = await icmById(services.records, turn.person.tenantId, turn.data.icm);
  if (!icm) return gone;
  return (await keptOut(icm, turn, services)) ?? act(icm);
}
