import { mayChangeEscalation } from '../escalation/access.ts';
import { isSame, mayChange } from '../tracking/permission.ts';
import { icmByNumber, type Icm } from '../tracking/icm-store.ts';
import { escalationById } from '../escalation/escalation-store.ts';
import type { Escalation } from '../escalation/escalation.ts';
import type { Person, Services } from '../feature.ts';
import { packageOf, type PackageState } from './package-store.ts';

/** An approved escalation with what is done of it. */
export interface HeldPackage {
  readonly escalation: Escalation;
  readonly package: PackageState;
  /** The ICM, where somebody tracks it. */
  readonly icm: Icm | undefined;
}

/** The package of an escalation; `undefined` as long as it is not approved, or when there is none in the organisation. */
export async function heldPackage(tenantId: string, id: string, services: Services): Promise<HeldPackage | undefined> {
  const escalation = await escalationById(services.records, tenantId, id);
  return escalation?.state === 'approved' ? held(escalation, services) : undefined;
}

export async function held(escalation: Escalation, { records }: Services): Promise<HeldPackage> {
  const { tenantId, id, icmNumber } = escalation;
  return {
    escalation,
    package: await packageOf(records, tenantId, id),
    icm: await icmByNumber(records, tenantId, icmNumber),
  };
}

/** Who is mentioned and expected to act: whoever looks after the ICM now, else who asked for the escalation. */
export function responsibleFor({ escalation, icm }: HeldPackage): Person {
  return icm?.status === 'open' ? icm.engineer : escalation.requester;
}

/** Whether somebody may tick, send and see the texts: who may change the request, or the tracked ICM. */
export async function mayAct({ escalation, icm }: HeldPackage, person: Person, services: Services): Promise<boolean> {
  return (
    (await mayChangeEscalation(escalation, person, services)) ||
    (icm !== undefined && (await mayChange(icm, person, services)))
  );
}

/** Who can, as a sentence. */
export function whoMayAct(one: HeldPackage): string {
  const { escalation, icm } = one;
  const others = icm && !isSame(icm.engineer, escalation.requester) ? ` or ${icm.engineer.name}` : '';
  return `Only ${escalation.requester.name}, who asked for the escalation,${others} can do that.`;
}
