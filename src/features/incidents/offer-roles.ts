import type { Change, Job, Services } from '../feature.ts';
import { icmById, type Icm } from '../tracking/icm-store.ts';
import { roleTerms } from './role-store.ts';
import { rolesReply } from './role-views.ts';

export const offerJob = 'roles/offer';

/** Whether roles are worth their while: the ICM is of the highest severity, or there is an outage (F55). */
export const isMajor = (icm: Pick<Icm, 'icmSeverity' | 'outage'>): boolean => icm.icmSeverity === 1 || icm.outage;

/**
 * Offers the roles of an ICM where it is tracked, when it is or becomes a major one: once for each ICM. `before` is the
 * ICM before the change, `undefined` for a new one. To be kept with the change itself.
 */
export function offerOf(before: Icm | undefined, after: Icm, now: Date, services: Services): readonly Change[] {
  const wasMajor = before !== undefined && before.status === 'open' && isMajor(before);
  if (wasMajor || after.status !== 'open' || !isMajor(after)) return [];
  return [
    services.deliver([
      { tenantId: after.tenantId, place: after.place, job: offerJob, subject: after.id, stage: 'offer', dueAt: now },
    ]),
  ];
}

/** Posts the card with all roles, unless somebody has a role already or the ICM is no major one any more. */
export const offerRoles: Job = {
  name: offerJob,
  async run(delivery, now, services) {
    const icm = await icmById(services.records, delivery.tenantId, delivery.subject);
    if (!icm || icm.status !== 'open' || !isMajor(icm)) return { kind: 'drop', reason: 'it is no major incident now' };
    const terms = await roleTerms(services.records, icm);
    if (terms.length > 0) return { kind: 'drop', reason: 'roles are given already' };
    const { text, cites } = services.playbook.incidentRoles.separate.communications;
    const why = icm.outage ? 'There is an outage.' : 'The ICM is Sev 1.';
    const notice = `${why} Who does what? ${text} (${cites.join(', ')})`;
    return {
      kind: 'post',
      reply: await rolesReply(icm, now, services, {
        notice: delivery.repeat ? `${notice} This may be a repeat.` : notice,
      }),
      summary: `Roles for ICM ${icm.number}`,
    };
  },
};
