import { nextWorking } from '../../understanding/hours.ts';
import type { NewDelivery, Place, Services } from '../feature.ts';
import { preferenceOf } from '../follow-ups/preference-store.ts';
import { hoursOf, zoneOf } from '../follow-ups/promises.ts';
import { responsibleFor, type HeldPackage } from './held-package.ts';

export const postJob = 'csat-package/post';
export const remindJob = 'csat-package/remind';
export const redrawJob = 'csat-package/redraw';
export const emailJob = 'csat-package/email';

/**
 * When what is not ticked is reminded of: the playbook's minutes from now, and never outside of the engineer's working
 * time; what a night or a weekend holds up keeps its distance from the one before. `round` goes up when something was unticked after all of it was done.
 */
export async function remindersFor(
  one: HeldPackage,
  place: Place,
  now: Date,
  services: Services,
  round = one.package.revision,
): Promise<NewDelivery[]> {
  const { escalation } = one;
  const preference = await preferenceOf(services.records, responsibleFor(one));
  const hours = hoursOf(preference, zoneOf(preference, undefined, services), services);
  let before = { dueAt: now, minutes: 0 };
  return services.playbook.csatPackage.remindAfter.map((minutes, at) => {
    const dueAt = nextWorking(new Date(before.dueAt.getTime() + (minutes - before.minutes) * 60_000), hours);
    before = { dueAt, minutes };
    return {
      tenantId: escalation.tenantId,
      place,
      job: remindJob,
      subject: escalation.id,
      stage: `${at + 1}:${round}`,
      dueAt,
    };
  });
}

/**
 * Draws the cards of a package anew where they were posted, but not `butMessage`: the one that was pressed shows it
 * already. `revision` is the one that they show then.
 */
export async function redrawn(
  one: HeldPackage,
  revision: number,
  now: Date,
  services: Services,
  butMessage?: string,
): Promise<NewDelivery[]> {
  const { escalation } = one;
  const rows = await services.records.query<{ stage: string; conversation_id: string; place_kind: Place['kind'] }>(
    `SELECT stage, conversation_id, place_kind FROM outbox
     WHERE tenant_id = $1 AND subject = $2 AND job = $3 AND state = 'sent' AND activity_id <> $4`,
    [escalation.tenantId, escalation.id, postJob, butMessage ?? ''],
  );
  return rows.map((row) => ({
    tenantId: escalation.tenantId,
    place: { ...escalation.place, conversationId: row.conversation_id, kind: row.place_kind },
    job: redrawJob,
    subject: escalation.id,
    stage: `${row.stage}#${revision}`,
    dueAt: now,
  }));
}
