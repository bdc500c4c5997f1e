import { drop, type Delivery, type Job, type Posting, type Services } from '../feature.ts';
import { icmById } from '../tracking/icm-store.ts';
import { actionJob } from './action-due.ts';
import { actionById } from './action-store.ts';
import { actionReply, nameOfAction } from './action-views.ts';

/** On its day, and once more when it is overdue. */
async function remind(delivery: Delivery, _now: Date, services: Services): Promise<Posting> {
  const item = await actionById(services.records, delivery.tenantId, delivery.subject);
  const icm = item && (await icmById(services.records, delivery.tenantId, item.icmId));
  if (!item || !icm) return drop('the action is gone');
  const [stage = '', revision = ''] = delivery.stage.split(':');
  if (item.status !== 'open') return drop(`the action is ${item.status}`);
  if (String(item.revision) !== revision) return drop('it was planned anew');
  const state = stage === 'due' ? 'is due today' : 'is overdue';
  const notes = [
    ...(stage === 'overdue' ? ['This is my last reminder of it. If the day has moved, press “Change”.'] : []),
    ...(delivery.repeat ? ['This may be a repeat.'] : []),
  ];
  return {
    kind: 'post',
    reply: actionReply(item, icm, state, { notes, mentions: true }),
    summary: `${item.owner.name}: ${nameOfAction(item, icm)} ${state}`,
  };
}

export const actionJobs: readonly Job[] = [{ name: actionJob, run: remind }];
