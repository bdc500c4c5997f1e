import { cardReply } from '../card.ts';
import { drop, type Delivery, type Job, type Posting, type Services } from '../feature.ts';
import { noteCard } from '../advice/advice-cards.ts';
import { icmById } from '../tracking/icm-store.ts';
import { icmReply } from '../tracking/icm-view.ts';
import { briefingJob, chosenJob, closingJob, icmJob, injectDelivery, injectJob } from './drill-deliveries.ts';
import { injectIsOut, playersOf, runOf, type DrillRun } from './drill-store.ts';
import { injectReply, runReply } from './drill-views.ts';
import { scoreReply } from './score-drill.ts';

type Posts = (run: DrillRun, delivery: Delivery, now: Date, services: Services) => Promise<Posting>;

const withRun =
  (post: Posts): Job['run'] =>
  async (delivery, now, services) => {
    const run = await runOf(services.records, delivery.tenantId);
    return run ? post(run, delivery, now, services) : drop('the practice run is gone');
  };

/** The card with the scenarios becomes a line. */
const chosen: Posts = (run, delivery) =>
  Promise.resolve({
    kind: 'replace',
    activityId: delivery.stage,
    reply: cardReply(noteCard, { line: `“${run.scenario.title}” was chosen. See below.`, canStart: false }),
  });

const briefing: Posts = async (run, delivery, now, services) => ({
  kind: 'post',
  reply: runReply(run, await playersOf(services.records, run), now, services),
  summary: `Practice run: ${run.scenario.title}`,
  then: [{ ...delivery, job: icmJob, dueAt: now }],
});

const icm: Posts = async (run, delivery, now, services) => {
  const known = await icmById(services.records, delivery.tenantId, run.icmId);
  if (!known) return drop('the ICM is gone');
  return {
    kind: 'post',
    reply: await icmReply(known, now, services, {
      notice: `Tracked in this thread. ${known.engineer.name} looks after it.`,
    }),
    summary: `ICM ${known.number}`,
  };
};

/** Which inject a delivery is for, and of which plan. */
function stageOf({ stage }: Pick<Delivery, 'stage'>): { readonly which: number; readonly plan: number } {
  const [which, plan] = stage.split(':');
  return { which: Number(which), plan: Number(plan) };
}

const inject: Posts = async (run, delivery, _now, services) => {
  const { which, plan } = stageOf(delivery);
  if (run.state !== 'running') return drop(`the practice run is ${run.state}`);
  if (which < run.nextInject) return drop('that inject is out');
  if (plan !== run.plan) return drop('it was planned anew');
  const reply = injectReply(run, which, await playersOf(services.records, run), delivery.repeat);
  if (!reply) return drop('there is no such inject');
  return {
    kind: 'post',
    reply,
    summary: reply.view.heading,
    then: injectDelivery({ ...run, nextInject: which + 1 }, delivery.tenantId, delivery.place),
    change: injectIsOut(run, which),
  };
};

const closing: Posts = (run, _delivery, _now, services) =>
  Promise.resolve({
    kind: 'post',
    reply: scoreReply(run, services, [], {}),
    summary: `The practice run is over: ${run.scenario.title}`,
  });

export const drillJobs: readonly Job[] = [
  { name: chosenJob, run: withRun(chosen) },
  { name: briefingJob, run: withRun(briefing) },
  { name: icmJob, run: withRun(icm) },
  {
    name: injectJob,
    run: withRun(inject),
    // One that did not arrive must not end the story.
    async undelivered(delivery, _why, services) {
      const run = await runOf(services.records, delivery.tenantId);
      const { which, plan } = stageOf(delivery);
      return run && plan === run.plan
        ? injectDelivery({ ...run, nextInject: which + 1 }, delivery.tenantId, delivery.place)
        : [];
    },
  },
  { name: closingJob, run: withRun(closing) },
];
