import { channelOf } from '../../store/outbox.ts';
import { workingMorning } from '../../understanding/hours.ts';
import type { Playbook } from '../../playbook/schema.ts';
import type { NewDelivery } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';

export const digestJob = 'follow-up/digest';

/**
 * The next digest of the channel or chat that an ICM belongs to: at the team's time of a working day (playbook,
 * `reminders.digest`). The same digest asked for twice is kept once.
 */
export function channelDigest(icm: Pick<Icm, 'tenantId' | 'place'>, now: Date, playbook: Playbook): NewDelivery[] {
  const { at, zone, days } = playbook.reminders.digest;
  // A working time of one minute, so that its next start is the time of the digest.
  const hours = { zone, days, from: at, to: nextMinute(at) };
  const dueAt = workingMorning(new Date(now.getTime() + 60_000), hours);
  const conversationId = channelOf(icm.place.conversationId);
  return [
    {
      tenantId: icm.tenantId,
      place: { ...icm.place, conversationId },
      job: digestJob,
      subject: conversationId,
      stage: dueAt.toISOString(),
      dueAt,
    },
  ];
}

/** "09:00" -> "09:01" */
export function nextMinute(at: string): string {
  const minutes = (Number(at.slice(0, 2)) * 60 + Number(at.slice(3)) + 1) % 1_440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
