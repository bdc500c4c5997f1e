import { isQuiet, nextWorking, type Hours } from '../../understanding/hours.ts';
import type { Playbook } from '../../playbook/schema.ts';
import type { Icm } from '../tracking/icm-store.ts';

/** Before the promised time, at it, and once after it. `again` is a reminder that was snoozed. */
export type Stage = 'ahead' | 'due' | 'again' | 'overdue';

export interface PlannedReminder {
  readonly stage: Stage;
  readonly at: Date;
}

export interface PlanContext {
  /** The promised time. */
  readonly dueAt: Date;
  /** From when on there is something to remind of: when it was promised, or planned anew. */
  readonly from: Date;
  /** Minutes, from the playbook. */
  readonly ahead: number;
  readonly overdueAfter: number;
  /** Working time of whoever is reminded. */
  readonly hours: Hours;
  /** Sev A cases and outages are reminded of at any hour. */
  readonly exempt: boolean;
  readonly snoozedUntil?: Date | undefined;
}

const minute = 60_000;
const after = (date: Date, minutes: number) => new Date(date.getTime() + minutes * minute);

/**
 * When to remind of a promise. What lies before `from` is left out, but the last of them that matters is never: there
 * is always one more reminder at the promised time or later.
 */
export function planReminders(context: PlanContext): readonly PlannedReminder[] {
  const { dueAt, from, hours, exempt, snoozedUntil } = context;
  const awake = (at: Date): Date => (exempt ? at : nextWorking(at, hours));
  const overdueAt = awake(after(dueAt, context.overdueAfter));
  if (snoozedUntil && snoozedUntil >= from) {
    // Whoever says when to be reminded again means it, whatever the hour.
    return snoozedUntil < overdueAt
      ? [
          { stage: 'again', at: snoozedUntil },
          ...(snoozedUntil < dueAt ? [{ stage: 'due', at: dueAt } as const] : []),
          { stage: 'overdue', at: overdueAt },
        ]
      : [{ stage: 'overdue', at: snoozedUntil }];
  }
  const ahead = aheadOf(context);
  // The promise itself is reminded of at its time, whatever the hour: it was pointed out when it was made.
  const all: PlannedReminder[] = [
    ...(ahead ? [{ stage: 'ahead', at: ahead } as const] : []),
    { stage: 'due', at: dueAt },
    { stage: 'overdue', at: overdueAt },
  ];
  const left = all.filter(({ at }) => at >= from);
  return left.length > 0 ? left : [{ stage: 'overdue', at: from }];
}

/** Sooner for a near promise: a third of the time that is left. None when there are only minutes. */
function aheadOf({ dueAt, from, ahead, hours, exempt }: PlanContext): Date | undefined {
  const minutesLeft = (dueAt.getTime() - from.getTime()) / minute;
  if (minutesLeft < 6) return undefined;
  const at = after(dueAt, -Math.min(ahead, Math.floor(minutesLeft / 3)));
  if (exempt || !isQuiet(at, hours)) return at;
  // At the start of the working day, if that still leaves a moment to write.
  const morning = nextWorking(at, hours);
  return dueAt.getTime() - morning.getTime() >= 2 * minute ? morning : undefined;
}

/** Sev A cases and outages are exempt from quiet hours. */
export function isExempt(icm: Pick<Icm, 'caseSeverity' | 'outage' | 'icmSeverity'>): boolean {
  return icm.caseSeverity === 'A' || icm.outage || icm.icmSeverity === 1;
}

/** The playbook's minutes for an ICM; the documents give none (T11). */
export function paceOf(icm: Pick<Icm, 'icmSeverity'>, playbook: Playbook) {
  const { severities } = playbook.reminders;
  return icm.icmSeverity === undefined ? severities.none : severities[`${icm.icmSeverity}`];
}
