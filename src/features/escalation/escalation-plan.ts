import type { NewDelivery, Place, Services } from '../feature.ts';
import { regionsOf, smeChannelOf } from './approvers.ts';
import type { Escalation } from './escalation.ts';

/** What goes out about a request; the subject of each delivery is its id, the stage begins with its revision. */
export const jobNames = {
  askSmes: 'escalation/ask-smes',
  showSmes: 'escalation/show-smes',
  showRequester: 'escalation/show-requester',
  tellSmes: 'escalation/tell-smes',
  tellRequester: 'escalation/tell-requester',
  undelivered: 'escalation/undelivered',
  nudge: 'escalation/nudge',
  offer: 'escalation/offer',
  expire: 'escalation/expire',
  /** What follows an approval; it is another feature's. */
  package: 'csat-package/post',
} as const;

const minute = 60_000;

/** Which revision a delivery is about, and what of it. */
export function stageOf(stage: string): { readonly revision: number; readonly kind: string } {
  const [revision = '', kind = ''] = stage.split(':');
  return { revision: Number(revision), kind };
}

/** A delivery about the request as it is after a step. */
export function delivery(
  escalation: Pick<Escalation, 'id' | 'tenantId' | 'revision'>,
  job: string,
  place: Place,
  dueAt: Date,
  kind = '',
): NewDelivery {
  const stage = kind === '' ? String(escalation.revision) : `${escalation.revision}:${kind}`;
  return { tenantId: escalation.tenantId, place, job, subject: escalation.id, stage, dueAt };
}

/** Where the SMEs are spoken to: the thread of their message, or the channel while it has none. */
export function smePlaceOf(escalation: Escalation, { playbook }: Pick<Services, 'playbook'>): Place | undefined {
  const channel = smeChannelOf(playbook, escalation.tenantId, escalation.place);
  return channel && { ...channel, conversationId: escalation.smeMessage?.conversationId ?? channel.conversationId };
}

/** Whether there are SMEs of other regions whom the playbook lets decide as well. */
export function canBeOffered(escalation: Escalation, { playbook }: Pick<Services, 'playbook'>): boolean {
  return (
    playbook.escalation.offerAfter !== undefined &&
    !escalation.isOffered &&
    regionsOf(playbook, escalation.tenantId).length > 1
  );
}

/** What time brings to an open request, each counted from now: a reminder, other regions, its end. */
export function clocksOf(escalation: Escalation, now: Date, services: Services): readonly NewDelivery[] {
  const smes = smePlaceOf(escalation, services);
  const { nudgeAfter, offerAfter, expireAfter } = services.playbook.escalation;
  const at = (minutes: number) => new Date(now.getTime() + minutes * minute);
  const waitsForSmes = escalation.question === undefined;
  const nudged = waitsForSmes ? smes : escalation.place;
  return [
    ...(nudged && nudgeAfter < expireAfter ? [delivery(escalation, jobNames.nudge, nudged, at(nudgeAfter))] : []),
    ...(smes && waitsForSmes && offerAfter !== undefined && canBeOffered(escalation, services)
      ? [delivery(escalation, jobNames.offer, smes, at(offerAfter))]
      : []),
    delivery(escalation, jobNames.expire, escalation.place, at(expireAfter)),
  ];
}

/** The cards of both sides drawn anew after a step. */
export function redraws(escalation: Escalation, now: Date, services: Services): readonly NewDelivery[] {
  const smes = smePlaceOf(escalation, services);
  return [
    ...(smes ? [delivery(escalation, jobNames.showSmes, smes, now)] : []),
    ...(escalation.cardActivityId === undefined
      ? []
      : [delivery(escalation, jobNames.showRequester, escalation.place, now)]),
  ];
}
