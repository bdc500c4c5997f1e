import type { Change, Services } from '../feature.ts';
import { jobNames } from './escalation-plan.ts';
import type { Escalation } from './escalation.ts';

/** Takes back what time would have brought: it is counted anew, or the request is over. */
export function stopClocks({ tenantId, id }: Escalation, services: Services): readonly Change[] {
  return [jobNames.nudge, jobNames.offer, jobNames.expire].map((job) => services.takeBack(tenantId, id, job));
}
