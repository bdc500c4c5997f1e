import { nextWorking, type Hours } from '../../understanding/hours.ts';
import { zoneOr } from '../../understanding/zones.ts';
import type { Change, NewDelivery, Person, Services } from '../feature.ts';
import { remindedOf } from '../incidents/officer.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { channelDigest } from './digest-time.ts';
import { addFollowUp, closeFollowUp, touchFollowUp, type FollowUp } from './follow-up-store.ts';
import { preferenceOf, type Preference } from './preference-store.ts';
import { isExempt, paceOf, planReminders, type PlannedReminder } from './reminder-plan.ts';

export const remindJob = 'follow-up/remind';
export const shrinkJob = 'follow-up/shrink';

/** The zone of a person: as they set it, else as their client says, else as it said last, else the team's. */
export function zoneOf(preference: Preference, clientZone: string | undefined, services: Services): string {
  const said = preference.zoneIsSet ? preference.zone : (clientZone ?? preference.zone);
  return zoneOr(said, services.playbook.reminders.zone);
}

export function hoursOf(preference: Preference, zone: string, services: Services): Hours {
  return { zone, ...(preference.hours ?? services.playbook.reminders.hours) };
}

/** What has just changed and is not in the records yet. */
interface Changed {
  readonly newHours?: Preference['hours'];
  /** Who is reminded from now on. */
  readonly reminded?: Person | undefined;
}

/** When a promise is reminded of, in the working time of whoever is reminded. `from` is the moment of planning. */
export async function planFor(
  icm: Icm,
  followUp: Pick<FollowUp, 'dueAt' | 'zone' | 'snoozedUntil'>,
  from: Date,
  services: Services,
  { newHours, reminded }: Changed = {},
): Promise<readonly PlannedReminder[]> {
  const kept = await preferenceOf(services.records, reminded ?? (await remindedOf(services.records, icm)));
  const preference = newHours ? { ...kept, hours: newHours } : kept;
  const { ahead, overdueAfter } = paceOf(icm, services.playbook);
  return planReminders({
    dueAt: followUp.dueAt,
    from,
    ahead,
    overdueAfter,
    hours: hoursOf(preference, zoneOf(preference, followUp.zone, services), services),
    exempt: isExempt(icm),
    snoozedUntil: followUp.snoozedUntil,
  });
}

function remindersOf(icm: Icm, followUp: FollowUp, plan: readonly PlannedReminder[]): NewDelivery[] {
  return plan.map(({ stage, at }) => ({
    tenantId: icm.tenantId,
    place: icm.place,
    job: remindJob,
    subject: followUp.id,
    // A reminder that was planned before the last change counts no more.
    stage: `${stage}:${followUp.revision}`,
    dueAt: at,
  }));
}

/** Keeps a new promise in place of `former`, with all its reminders; gives what was planned as well. */
export async function promise(
  icm: Icm,
  former: FollowUp | undefined,
  due: { readonly at: Date; readonly zone: string },
  by: Person,
  now: Date,
  services: Services,
  butMessage?: string,
): Promise<{
  readonly followUp: FollowUp;
  readonly plan: readonly PlannedReminder[];
  readonly changes: readonly Change[];
}> {
  const followUp: FollowUp = {
    id: services.newId(),
    tenantId: icm.tenantId,
    icmId: icm.id,
    dueAt: due.at,
    zone: due.zone,
    status: 'open',
    snoozedUntil: undefined,
    snoozes: 0,
    revision: 1,
    createdAt: now,
  };
  const plan = await planFor(icm, followUp, now, services);
  return {
    followUp,
    plan,
    changes: [
      ...(former ? await endOf(former, 'replaced', icm, now, services, butMessage) : []),
      addFollowUp(followUp, by.aadObjectId),
      services.deliver([...remindersOf(icm, followUp, plan), ...channelDigest(icm, now, services.playbook)]),
    ],
  };
}

/**
 * Ends a promise: what would still remind of it is taken back, what has reminded of it shrinks to a line; but not
 * `butMessage`, the card that was pressed, which shows what follows.
 */
export async function endOf(
  followUp: FollowUp,
  status: Exclude<FollowUp['status'], 'open'>,
  icm: Icm,
  now: Date,
  services: Services,
  butMessage?: string,
): Promise<readonly Change[]> {
  return [
    closeFollowUp(followUp, status),
    services.takeBack(followUp.tenantId, followUp.id, remindJob),
    services.deliver(await shrinkingOf(followUp, icm, now, services, { message: butMessage })),
  ];
}

/** Plans the reminders of an open promise anew: it was snoozed, or its ICM or whoever is reminded changed. */
export async function planAnew(
  followUp: FollowUp,
  icm: Icm,
  now: Date,
  services: Services,
  why: Changed & { readonly snoozeUntil?: Date } = {},
): Promise<{
  readonly followUp: FollowUp;
  readonly plan: readonly PlannedReminder[];
  readonly changes: readonly Change[];
}> {
  const { snoozeUntil } = why;
  const next: FollowUp = {
    ...followUp,
    revision: followUp.revision + 1,
    ...(snoozeUntil ? { snoozedUntil: snoozeUntil, snoozes: followUp.snoozes + 1 } : {}),
  };
  const plan = await planFor(icm, next, now, services, why);
  return {
    followUp: next,
    plan,
    changes: [
      touchFollowUp(followUp, snoozeUntil ? { until: snoozeUntil } : undefined),
      services.takeBack(followUp.tenantId, followUp.id, remindJob),
      services.deliver(remindersOf(icm, next, plan)),
    ],
  };
}

/** The reminders of a promise that were posted and still have their buttons. */
export async function shrinkingOf(
  followUp: Pick<FollowUp, 'id' | 'tenantId'>,
  icm: Icm,
  now: Date,
  services: Services,
  but: { readonly stage?: string | undefined; readonly message?: string | undefined } = {},
): Promise<NewDelivery[]> {
  const rows = await services.records.query<{ stage: string }>(
    `SELECT stage FROM outbox WHERE tenant_id = $1 AND subject = $2 AND job = $3 AND state = 'sent'
       AND activity_id <> $5 AND stage <> $4`,
    [followUp.tenantId, followUp.id, remindJob, but.stage ?? '', but.message ?? ''],
  );
  return rows.map(({ stage }) => ({
    tenantId: followUp.tenantId,
    place: icm.place,
    job: shrinkJob,
    subject: followUp.id,
    stage,
    dueAt: now,
  }));
}

/** Whether `at` falls outside of the working time of whoever is reminded, where that matters. */
export function isOutsideHours(at: Date, hours: Hours, icm: Icm): boolean {
  return !isExempt(icm) && nextWorking(at, hours).getTime() !== at.getTime();
}
