import type { Change, Services } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';

/**
 * What a change of an ICM does to its promise and its reminders; kept in the same transaction.
 *
 * `before` is the row as it was read, `after` the row as it will be. Nothing follows yet: there are no reminders.
 */
export async function changesOnIcm(
  _before: Icm,
  _after: Icm,
  _services: Services,
  _now: Date,
): Promise<readonly Change[]> {
  return [];
}
