import { say, type Outcome, type Person, type Services } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { maySee, whoMayChange } from '../tracking/permission.ts';
import { officerOf } from './officer.ts';

/** Somebody may not post: who can. What is tracked in a personal chat is told to nobody else. */
export async function refusedPost(icm: Icm, person: Person, services: Services): Promise<Outcome> {
  const who = await whoMayChange(icm, services);
  if (!(await maySee(icm, person, services))) return say(`Nothing was posted. ${who}`);
  const officer = await officerOf(services.records, icm);
  const also = officer
    ? ` So can ${officer.name}, its communications officer.`
    : ` To become its communications officer, write “I am communications officer of ${icm.number}”.`;
  return say(`Nothing was posted. ${who}${also}`);
}
