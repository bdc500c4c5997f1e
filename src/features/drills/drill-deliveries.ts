import type { NewDelivery, Place } from '../feature.ts';
import type { DrillRun } from './drill-store.ts';

export const chosenJob = 'drill/chosen';
export const briefingJob = 'drill/briefing';
export const icmJob = 'drill/icm';
export const injectJob = 'drill/inject';
export const closingJob = 'drill/closing';

/**
 * The next inject, if there is one. They are planned one after the other, so that after a stop of the bot the late ones
 * come in their order.
 */
export function injectDelivery(
  run: Pick<DrillRun, 'id' | 'scenario' | 'countsFrom' | 'plan' | 'nextInject'>,
  tenantId: string,
  place: Place,
): NewDelivery[] {
  const next = run.scenario.injects[run.nextInject];
  if (!next) return [];
  return [
    {
      tenantId,
      place,
      job: injectJob,
      subject: run.id,
      stage: `${run.nextInject}:${run.plan}`,
      dueAt: new Date(run.countsFrom.getTime() + next.after * 60_000),
    },
  ];
}
