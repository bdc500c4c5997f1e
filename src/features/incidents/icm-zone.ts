import { showTime } from '../../understanding/show-time.ts';
import type { Services } from '../feature.ts';
import { preferenceOf } from '../follow-ups/preference-store.ts';
import { zoneOf } from '../follow-ups/promises.ts';
import type { Icm } from '../tracking/icm-store.ts';

/**
 * The zone in which everybody reads the times of an ICM, in its cards and exports: that of its engineer, whoever acts.
 * What somebody types is read in their own zone all the same.
 */
export async function zoneOfIcm(icm: Pick<Icm, 'engineer'>, services: Services): Promise<string> {
  return zoneOf(await preferenceOf(services.records, icm.engineer), undefined, services);
}

/** How typed times were read, for a writer in another zone than that of the ICM's card. */
export async function readAs(
  times: readonly Date[],
  zone: string,
  icm: Icm,
  now: Date,
  services: Services,
): Promise<readonly string[]> {
  if (times.length === 0 || zone === (await zoneOfIcm(icm, services))) return [];
  return [`I read it as ${times.map((at) => showTime(at, zone, now)).join(' and ')}.`];
}
