import { noteCard } from '../advice/advice-cards.ts';
import { cardReply } from '../card.ts';
import {
  drop,
  type Change,
  type Delivery,
  type Job,
  type NewDelivery,
  type Posting,
  type Services,
} from '../feature.ts';
import { toPersonalChat } from '../personal-chat.ts';
import { changeIcm, icmById, type Icm } from '../tracking/icm-store.ts';
import { keepKnownMessage, knownMessageOf, updateById, updatesOf } from './status-update-store.ts';
import type { StatusUpdate } from './status-update.ts';
import { knownReply, updateReply } from './update-views.ts';

/** Posts an update in the thread of its ICM; the subject is the update. */
export const postJob = 'status-update/post';
/** Draws what is known anew, in place or in a new message; the subject is the ICM. */
export const knownJob = 'status-update/known';
/** Makes a line of a message that showed what is known; the subject is the ICM, the stage the message's id. */
const shrinkJob = 'status-update/shrink';

const fresh = 'fresh:';
const personal = ':personal';

/** The post of an update: it surely goes out, also when the process dies in between. */
export const postOf = (update: StatusUpdate, icm: Icm): NewDelivery => ({
  tenantId: icm.tenantId,
  place: icm.place,
  job: postJob,
  subject: update.id,
  stage: 'post',
  dueAt: update.postedAt,
});

/** What is known in a new message at the end of the ICM's thread; the one before becomes a line. */
export const knownAnew = (icm: Icm, id: string, at: Date): NewDelivery => ({
  tenantId: icm.tenantId,
  place: icm.place,
  job: knownJob,
  subject: icm.id,
  stage: `${fresh}${id}`,
  dueAt: at,
});

async function loaded(delivery: Delivery, services: Services) {
  const update = await updateById(services.records, delivery.tenantId, delivery.subject);
  const icm = update && (await icmById(services.records, delivery.tenantId, update.icmId));
  return update && icm ? { update, icm } : undefined;
}

const notPosted =
  'I could not post this update in the thread of the ICM, or do not know whether it arrived there. So here it is; please tell the others.';

async function post(delivery: Delivery, now: Date, services: Services): Promise<Posting> {
  const found = await loaded(delivery, services);
  if (!found) return drop('the update is gone');
  const { update, icm } = found;
  const isPersonal = delivery.stage.endsWith(personal);
  const before = await updatesOf(services.records, icm, update.sequence - 1);
  return {
    kind: 'post',
    reply: updateReply(update, before, icm, services, {
      repeat: delivery.repeat,
      ...(isPersonal ? { notices: [notPosted] } : {}),
    }),
    summary: `Update ${update.sequence} for ICM ${icm.number}`,
    ...(isPersonal ? {} : { change: thenKnown(icm, update, now, services) }),
  };
}

/** Behind the update, where the ICM is by then: its post may have opened a new thread. */
const thenKnown =
  (icm: Icm, update: StatusUpdate, now: Date, services: Services): Change =>
  async (transaction) => {
    const { tenantId, place } = (await icmById(transaction, icm.tenantId, icm.id)) ?? icm;
    const next = { tenantId, place, job: knownJob, subject: icm.id, stage: update.id, dueAt: now };
    return services.deliver([next])(transaction);
  };

/** Other deliveries about what is known of the same ICM that are under way or due. */
async function others(delivery: Delivery, now: Date, services: Services) {
  return services.records.query<{ stage: string; state: string; is_later: boolean }>(
    `SELECT stage, state, (due_at, id) > ($5::timestamptz, $4::uuid) AS is_later FROM outbox
     WHERE tenant_id = $1 AND subject = $2 AND job = $3 AND id <> $4::uuid AND due_at <= $6
       AND state IN ('waiting', 'sending')`,
    [delivery.tenantId, delivery.subject, knownJob, delivery.id, delivery.dueAt.toISOString(), now.toISOString()],
  );
}

async function showKnown(delivery: Delivery, now: Date, services: Services): Promise<Posting> {
  const icm = await icmById(services.records, delivery.tenantId, delivery.subject);
  if (!icm) return drop('the ICM is gone');
  const isFresh = delivery.stage.startsWith(fresh);
  const rest = await others(delivery, now, services);
  // The later one shows all that this one would; but one that was asked for in a new message is posted there.
  if (rest.some((other) => other.is_later && (!isFresh || other.stage.startsWith(fresh))))
    return drop('a later one shows it as well');
  if (rest.some((other) => !other.is_later && other.state === 'sending'))
    return { kind: 'later', inMs: 2_000, reason: 'another one is being posted' };
  const message = await knownMessageOf(services.records, icm);
  const reply = await knownReply(icm, now, services);
  if (message?.conversationId === delivery.place.conversationId && !isFresh)
    return { kind: 'replace', activityId: message.activityId, reply };
  return {
    kind: 'post',
    reply,
    summary: `What is known about ICM ${icm.number}`,
    change: keepKnownMessage(icm, delivery.id),
    then: message
      ? [
          {
            tenantId: icm.tenantId,
            place: { ...delivery.place, conversationId: message.conversationId },
            job: shrinkJob,
            subject: icm.id,
            stage: message.activityId,
            dueAt: now,
          },
        ]
      : [],
  };
}

async function shrink(delivery: Delivery, _now: Date, services: Services): Promise<Posting> {
  const icm = await icmById(services.records, delivery.tenantId, delivery.subject);
  if (!icm) return drop('the ICM is gone');
  const line = `What is known about ICM ${icm.number} is in a newer message.`;
  return {
    kind: 'replace',
    activityId: delivery.stage,
    reply: cardReply(noteCard, { line, canStart: false }),
  };
}

/** What did not surely arrive in the thread goes to whoever posted it, in their personal chat. */
const inPersonalChat: Job['undelivered'] = async (delivery, _why, services) => {
  const found = await loaded(delivery, services);
  if (!found || delivery.stage.endsWith(personal)) return [];
  const person = { tenantId: delivery.tenantId, aadObjectId: found.update.postedBy.aadObjectId };
  return toPersonalChat(delivery, { stage: `${delivery.stage}${personal}` }, person, services);
};

/** The thread is gone and the message opened a new one: the ICM goes there, with what waits for it. */
const moved =
  (icmOf: (delivery: Delivery) => { readonly sql: string; readonly values: readonly unknown[] }): Job['moved'] =>
  (delivery, place) =>
  async (transaction) => {
    const { sql, values } = icmOf(delivery);
    const [row] = await transaction.query<{ icm_id: string }>(sql, [...values]);
    const icm = row && (await icmById(transaction, delivery.tenantId, row.icm_id));
    if (!icm || icm.place.conversationId !== delivery.place.conversationId) return true;
    await changeIcm(icm, { place })(transaction);
    await transaction.query(
      `UPDATE outbox SET conversation_id = $3 WHERE tenant_id = $1 AND conversation_id = $2 AND state = 'waiting'
         AND (subject = $4 OR subject IN (SELECT id::text FROM follow_up WHERE tenant_id = $1 AND icm_id = $5)
           OR subject IN (SELECT id::text FROM status_update WHERE tenant_id = $1 AND icm_id = $5))`,
      [delivery.tenantId, delivery.place.conversationId, place.conversationId, icm.id, icm.id],
    );
    return true;
  };

export const updateJobs: readonly Job[] = [
  {
    name: postJob,
    run: post,
    undelivered: inPersonalChat,
    moved: moved(({ tenantId, subject }) => ({
      sql: 'SELECT icm_id FROM status_update WHERE tenant_id = $1 AND id = $2',
      values: [tenantId, subject],
    })),
  },
  {
    name: knownJob,
    run: showKnown,
    moved: moved(({ tenantId, subject }) => ({
      sql: 'SELECT id AS icm_id FROM icm WHERE tenant_id = $1 AND id = $2',
      values: [tenantId, subject],
    })),
  },
  { name: shrinkJob, run: shrink },
];
