import { workingMorning } from '../../understanding/hours.ts';
import { readTime } from '../../understanding/read-time.ts';
import { stampOf } from '../../understanding/show-time.ts';
import type { Playbook } from '../../playbook/schema.ts';
import type { NewDelivery, Services } from '../feature.ts';
import { nextMinute } from '../follow-ups/digest-time.ts';
import type { Icm } from '../tracking/icm-store.ts';
import type { ActionItem } from './action-store.ts';

export const actionJob = 'postmortem/remind';

export type Due = { readonly at: Date; readonly zone: string } | { readonly problem: string };

const hour = 3_600_000;

/**
 * The day of an action, as typed: "Friday", "27 Nov", "in 2 weeks". Its owner is reminded at the team's time of that day
 * (`reminders.digest.at`); a time of day that is said counts instead.
 */
export function dueOf(typed: string, zone: string, now: Date, playbook: Playbook): Due {
  if (typed.trim() === '') return { problem: 'Until when? Please write a day, for example “Friday” or “27 Nov”.' };
  const { at } = playbook.reminders.digest;
  const asSaid = readTime(typed, { now, zone });
  if (asSaid.kind === 'time') return { at: asSaid.at, zone: asSaid.zone };
  const atTime = readTime(`${typed} at ${at}`, { now, zone });
  if (atTime.kind === 'time') return { at: atTime.at, zone: atTime.zone };
  // "today" after that time: still today.
  if (/^\s*today\s*$/i.test(typed)) return { at: new Date(now.getTime() + hour), zone };
  const reading = atTime.kind === 'none' ? asSaid : atTime;
  if (reading.kind === 'refused') return { problem: reading.reason };
  if (reading.kind === 'ask') return { problem: `${reading.question} Please write the day out, for example “27 Nov”.` };
  return { problem: `I cannot read “${typed.slice(0, 60)}” as a day. Please write it like “Friday” or “27 Nov”.` };
}

/** "Fri 27 Nov 2026" */
export const dayOf = ({ dueAt, zone }: Pick<ActionItem, 'dueAt' | 'zone'>): string => stampOf(dueAt, zone).day;

/** The state of an action in words for people. */
export const statusName = ({ status }: Pick<ActionItem, 'status'>): string =>
  status === 'dropped' ? 'no longer needed' : status;

/** On the day, and once more on the next working morning if it is still open. */
export function remindersOfAction(item: ActionItem, icm: Icm, services: Services): readonly NewDelivery[] {
  const { at, days } = services.playbook.reminders.digest;
  const hours = { zone: item.zone, days, from: at, to: nextMinute(at) };
  const overdueAt = workingMorning(new Date(item.dueAt.getTime() + 12 * hour), hours);
  return [['due', item.dueAt] as const, ['overdue', overdueAt] as const].map(([stage, dueAt]) => ({
    tenantId: item.tenantId,
    place: icm.place,
    job: actionJob,
    subject: item.id,
    // What was planned before the last change counts no more.
    stage: `${stage}:${item.revision}`,
    dueAt,
  }));
}
