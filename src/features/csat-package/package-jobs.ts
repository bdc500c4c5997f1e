import { keepPlace } from '../escalation/escalation-store.ts';
import { drop, type Delivery, type Job, type NewDelivery, type Posting, type Services } from '../feature.ts';
import { toPersonalChat } from '../personal-chat.ts';
import { heldPackage } from './held-package.ts';
import { emailJob, postJob, redrawJob, remindersFor, remindJob } from './package-deliveries.ts';
import { emailReply, leftOf, missingSteps, nameOfIcm, noticeReply, packageReply } from './package-views.ts';
import { steps } from './package-store.ts';
import { sendEmail } from './send-email.ts';

/** The first post has the stage of the approval; the email that follows it "email:" before that. */
const kindOf = (stage: string): 'package' | 'email' => (stage.startsWith('email') ? 'email' : 'package');

/** Posts the package: first titles, note and checklist, then the email; from then on what is not ticked is reminded of. */
async function post(delivery: Delivery, now: Date, services: Services): Promise<Posting> {
  const one = await heldPackage(delivery.tenantId, delivery.subject, services);
  if (!one) return drop('it is not approved');
  const { repeat } = delivery;
  if (kindOf(delivery.stage) === 'email')
    return {
      kind: 'post',
      reply: await emailReply(one, now, services, { repeat }),
      summary: `The email about ${nameOfIcm(one)}`,
    };
  const email: NewDelivery = {
    tenantId: delivery.tenantId,
    place: delivery.place,
    job: postJob,
    subject: delivery.subject,
    stage: `email:${delivery.stage}`,
    dueAt: now,
  };
  return {
    kind: 'post',
    reply: packageReply(one, services, { repeat }),
    summary: `${nameOfIcm(one)} is CSAT Impacting: four things are to be done`,
    then: [email, ...(await remindersFor(one, delivery.place, now, services))],
  };
}

/** What is not ticked, once for each time of the playbook; nothing when all is, or the case is over. */
async function remind(delivery: Delivery, now: Date, services: Services): Promise<Posting> {
  const one = await heldPackage(delivery.tenantId, delivery.subject, services);
  if (!one) return drop('it is not approved');
  const { package: state } = one;
  if (state.done.size === steps.length) return drop('all is done');
  if (state.closedAt !== undefined || one.icm?.status === 'resolved') return drop('the case is over');
  if (await isOvertaken(delivery, now, services)) return drop('a later reminder is due as well');
  const isLast = Number(delivery.stage.split(':')[0]) >= services.playbook.csatPackage.remindAfter.length;
  const missing = missingSteps(state, services.playbook);
  return {
    kind: 'post',
    reply: noticeReply(one, services, {
      headline: `${leftOf(state)} still to be done for ${nameOfIcm(one)} (CSAT Impacting)`,
      lines: [
        ...missing.map((step) => `Not ticked yet: ${step}.`),
        ...(isLast ? ['This is my last reminder of it; the shiproom list goes on showing what is missing.'] : []),
      ],
      withChecklist: true,
      repeat: delivery.repeat,
    }),
    summary: `${nameOfIcm(one)}: ${missing.length} of 4 still to be done`,
  };
}

/** After an outage one reminder says it all. */
async function isOvertaken(delivery: Delivery, now: Date, services: Services): Promise<boolean> {
  const rows = await services.records.query(
    `SELECT 1 AS one FROM outbox WHERE tenant_id = $1 AND subject = $2 AND job = $3 AND id <> $4 AND due_at <= $5
       AND due_at > $6 AND state IN ('waiting', 'sending')`,
    [delivery.tenantId, delivery.subject, remindJob, delivery.id, now.toISOString(), delivery.dueAt.toISOString()],
  );
  return rows.length > 0;
}

/** Draws a posted card as things are now. */
async function redraw(delivery: Delivery, now: Date, services: Services): Promise<Posting> {
  const [stage = ''] = delivery.stage.split('#');
  const one = await heldPackage(delivery.tenantId, delivery.subject, services);
  const [row] = await services.records.query<{ activity_id: string | null }>(
    `SELECT activity_id FROM outbox WHERE tenant_id = $1 AND subject = $2 AND job = $3 AND stage = $4`,
    [delivery.tenantId, delivery.subject, postJob, stage],
  );
  if (!one || !row?.activity_id) return drop('there is nothing to draw anew');
  const reply = kindOf(stage) === 'email' ? await emailReply(one, now, services) : packageReply(one, services);
  return { kind: 'replace', activityId: row.activity_id, reply };
}

/** What did not surely arrive in the channel goes to the engineer's personal chat as well, if there is one. */
const inPersonalChat: Job['undelivered'] = async (delivery, _why, services) => {
  const one = await heldPackage(delivery.tenantId, delivery.subject, services);
  if (!one) return [];
  return toPersonalChat(delivery, { stage: `${delivery.stage}:personal` }, one.escalation.requester, services);
};

/** The thread is gone and the message opened a new one: what follows goes there. */
const moved: Job['moved'] = (delivery, place) => async (transaction) => {
  await keepPlace(delivery.subject, place)(transaction);
  await transaction.query(
    `UPDATE outbox SET conversation_id = $3 WHERE tenant_id = $1 AND subject = $2 AND state = 'waiting'
       AND conversation_id = $4`,
    [delivery.tenantId, delivery.subject, place.conversationId, delivery.place.conversationId],
  );
  return true;
};

export const csatPackageJobs: readonly Job[] = [
  { name: postJob, run: post, undelivered: inPersonalChat, moved },
  { name: remindJob, run: remind, undelivered: inPersonalChat, moved },
  { name: redrawJob, run: redraw },
  { name: emailJob, run: sendEmail, undelivered: inPersonalChat, moved },
];
