import { Temporal } from 'temporal-polyfill';
import { workingMorning } from '../../understanding/hours.ts';
import { zoneOr } from '../../understanding/zones.ts';
import type { Playbook } from '../../playbook/schema.ts';
import { cardReply } from '../card.ts';
import type { Delivery, Job, NewDelivery, Place, Posting, Services } from '../feature.ts';
import { nextMinute } from '../follow-ups/digest-time.ts';
import { nudgeCard } from './readiness-cards.ts';
import { checklistOf, type Checklist } from './readiness-store.ts';
import { itemsOf, openItems } from './readiness-views.ts';

export const nudgeJob = 'readiness/nudge';

/** A team that has just begun, or was just told, is left alone for so long. */
const quietMs = 7 * 86_400_000;

/**
 * The first working morning of the first month in which that is at least a week ahead, at the team's time of the digest
 * (playbook, `reminders.digest`). `month` is that month there, "2026-12": a month has one nudge.
 */
export function nextNudge(now: Date, playbook: Playbook): { readonly dueAt: Date; readonly month: string } {
  const { at, zone, days } = playbook.reminders.digest;
  const place = zoneOr(zone, 'UTC');
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(place).toPlainDate();
  for (let ahead = 0; ; ahead += 1) {
    const first = today.with({ day: 1 }).add({ months: ahead });
    const midnight = new Date(first.toZonedDateTime(place).epochMilliseconds);
    const dueAt = workingMorning(midnight, { zone: place, days, from: at, to: nextMinute(at) });
    if (dueAt.getTime() >= now.getTime() + quietMs) return { dueAt, month: first.toPlainYearMonth().toString() };
  }
}

/** The next monthly post of a checklist, in its channel; asked for twice it is kept once. */
export function nudgeFor(
  checklist: Pick<Checklist, 'id' | 'tenantId' | 'channelId'>,
  place: Place,
  now: Date,
  playbook: Playbook,
): NewDelivery {
  const { dueAt, month } = nextNudge(now, playbook);
  return {
    tenantId: checklist.tenantId,
    place: { ...place, conversationId: checklist.channelId },
    job: nudgeJob,
    subject: checklist.id,
    stage: month,
    dueAt,
  };
}

/** The same for the month after a nudge, whatever became of that one. */
const following = (delivery: Delivery, now: Date, playbook: Playbook): NewDelivery =>
  nudgeFor(
    { id: delivery.subject, tenantId: delivery.tenantId, channelId: delivery.place.conversationId },
    delivery.place,
    now,
    playbook,
  );

async function nudge(delivery: Delivery, now: Date, services: Services): Promise<Posting> {
  const { playbook } = services;
  const checklist = await checklistOf(services.records, delivery.tenantId, delivery.place.conversationId);
  if (checklist?.id !== delivery.subject) return { kind: 'drop', reason: 'the checklist is gone' };
  // Whoever wants them again, or opens an item again, plans the next one with that.
  if (!checklist.nudges) return { kind: 'drop', reason: 'the channel wants no nudges' };
  const items = itemsOf(checklist, playbook);
  const open = openItems(items);
  if (open.length === 0) return { kind: 'drop', reason: 'everything is done' };
  const heading = `Readiness checklist: ${open.length} of ${items.length} ${open.length === 1 ? 'is' : 'are'} open`;
  return {
    kind: 'post',
    summary: heading,
    reply: cardReply(nudgeCard, {
      checklist: checklist.id,
      revision: String(checklist.revision),
      heading,
      lines: delivery.repeat ? [{ text: 'This may be a repeat.' }] : [],
      items: open.map(({ title, state }) => ({ text: `${title}${state.owner ? ` (${state.owner.name})` : ''}` })),
      footer: 'I post this once a month while something is open. Write “readiness” to see the whole list.',
    }),
    then: [following(delivery, now, playbook)],
  };
}

export const readinessJobs: readonly Job[] = [
  {
    name: nudgeJob,
    run: nudge,
    // Nobody misses one nudge, but the next month has its own.
    undelivered: async (delivery, _why, services) =>
      Promise.resolve([following(delivery, delivery.dueAt, services.playbook)]),
  },
];
