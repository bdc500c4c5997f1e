import type { Change, Services } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { openFollowUp } from './follow-up-store.ts';
import { endOf, planAnew } from './promises.ts';

/**
 * What a change of an ICM means for its promise: resolved ends it, another engineer, severity or place plans its
 * reminders anew. To be kept with the change itself.
 */
export async function changesOnIcm(before: Icm, after: Icm, services: Services, now: Date): Promise<readonly Change[]> {
  const followUp = await openFollowUp(services.records, before.id);
  if (!followUp) return [];
  if (after.status === 'resolved') return endOf(followUp, 'resolved', after, now, services);
  const matters =
    before.engineer.aadObjectId !== after.engineer.aadObjectId ||
    before.caseSeverity !== after.caseSeverity ||
    before.icmSeverity !== after.icmSeverity ||
    before.outage !== after.outage ||
    before.place.conversationId !== after.place.conversationId;
  return matters ? (await planAnew(followUp, after, now, services)).changes : [];
}
