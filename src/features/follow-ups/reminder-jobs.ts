import { showSpan, showTime } from '../../understanding/show-time.ts';
import { cardReply } from '../card.ts';
import { noteCard } from '../advice/advice-cards.ts';
import { drop, type Delivery, type Job, type Person, type Posting, type Services } from '../feature.ts';
import { officerOf, remindedOf } from '../incidents/officer.ts';
import { toPersonalChat } from '../personal-chat.ts';
import { changeIcm, icmById, type Icm } from '../tracking/icm-store.ts';
import { isSame } from '../tracking/permission.ts';
import { digestJob } from './digest-time.ts';
import { runDigest } from './digest.ts';
import { reminderCard } from './follow-up-cards.ts';
import { followUpById, type FollowUp } from './follow-up-store.ts';
import { knownPerson, preferenceOf } from './preference-store.ts';
import { remindJob, shrinkingOf, shrinkJob } from './promises.ts';
import type { Stage } from './reminder-plan.ts';

export const undeliveredJob = 'follow-up/undelivered';

const titleOf = (icm: Icm) => `ICM ${icm.number}${icm.title === '' ? '' : ` · ${icm.title}`}`;

/** Which stage a delivery is for, and of which revision of the promise. */
function stageOf(delivery: Pick<Delivery, 'stage'>): { readonly stage: Stage; readonly revision: number } {
  const [stage = '', revision = '0'] = delivery.stage.split(':');
  return { stage: stage as Stage, revision: Number(revision) };
}

async function loaded(delivery: Delivery, services: Services) {
  const followUp = await followUpById(services.records, delivery.tenantId, delivery.subject);
  const icm = followUp && (await icmById(services.records, delivery.tenantId, followUp.icmId));
  return followUp && icm ? { followUp, icm } : undefined;
}

/** A later reminder of the same promise is due as well: after an outage one post says it all. */
async function isOvertaken(delivery: Delivery, now: Date, services: Services): Promise<boolean> {
  const { revision } = stageOf(delivery);
  const rows = await services.records.query(
    `SELECT 1 AS one FROM outbox WHERE tenant_id = $1 AND subject = $2 AND job = $3 AND id <> $4 AND due_at <= $5
       AND due_at > $6 AND state IN ('waiting', 'sending') AND right(stage, $7) = $8`,
    [
      delivery.tenantId,
      delivery.subject,
      remindJob,
      delivery.id,
      now.toISOString(),
      delivery.dueAt.toISOString(),
      String(revision).length + 1,
      `:${revision}`,
    ],
  );
  return rows.length > 0;
}

interface Addressed {
  /** Who is mentioned: the communications officer or else the engineer, or who stands in. */
  readonly first: Person;
  readonly also: {
    readonly kind: 'nobody' | 'mention' | 'name';
    readonly person: Pick<Person, 'name' | 'teamsId'>;
    readonly line: string;
  };
  /** Why it goes to them and not to the engineer. */
  readonly reasons: readonly string[];
}

const nobody = { kind: 'nobody', person: { name: '', teamsId: '' }, line: '' } as const;

async function addressees(icm: Icm, stage: Stage, now: Date, services: Services): Promise<Addressed> {
  const officer = await officerOf(services.records, icm);
  const person = officer ?? icm.engineer;
  const isOther = officer !== undefined && !isSame(officer, icm.engineer);
  const preference = await preferenceOf(services.records, person);
  const away = preference.awayUntil !== undefined && preference.awayUntil > now;
  const lead = stage === 'overdue' || (away && !preference.delegate) ? await leadOf(icm, person, services) : undefined;
  if (away && preference.delegate) {
    return {
      first: preference.delegate,
      also: lead ? { ...lead, line: 'for your information, as a lead of the team' } : nobody,
      reasons: [
        isOther
          ? `${person.name}, the communications officer of ICM ${icm.number}, is away; you stand in.`
          : `${person.name} is away; you stand in.`,
      ],
    };
  }
  const line = away
    ? `${person.name} is away and nobody stands in. Please take it over, or name somebody.`
    : 'for your information, as a lead of the team';
  return {
    first: person,
    also: lead ? { ...lead, line } : nobody,
    reasons: isOther
      ? [`You are the communications officer of ICM ${icm.number}, so I remind you and not ${icm.engineer.name}.`]
      : [],
  };
}

/** The first lead of the organisation that is not reminded anyway; mentioned where their id in Teams is to be had. */
async function leadOf(icm: Icm, reminded: Person, services: Services) {
  const lead = services.playbook.people.leads.find(
    ({ tenantId, aadObjectId }) => tenantId === icm.tenantId && aadObjectId !== reminded.aadObjectId,
  );
  if (!lead) return undefined;
  const known =
    (await knownPerson(services.records, icm.tenantId, lead.aadObjectId)) ??
    // Without the roster the lead is named, not mentioned: the reminder must not wait for it.
    (await services.member(icm.place, icm.tenantId, lead.aadObjectId).catch(() => undefined));
  if (known) return { kind: 'mention' as const, person: known };
  return { kind: 'name' as const, person: { name: lead.name ?? 'The lead of the team', teamsId: '' } };
}

async function remind(delivery: Delivery, now: Date, services: Services): Promise<Posting> {
  const found = await loaded(delivery, services);
  if (!found) return drop('the promise is gone');
  const { followUp, icm } = found;
  const { stage, revision } = stageOf(delivery);
  if (followUp.status !== 'open' || icm.status !== 'open') return drop(`the promise is ${followUp.status}`);
  if (followUp.revision !== revision) return drop('it was planned anew');
  if (await isOvertaken(delivery, now, services)) return drop('a later reminder is due as well');
  const { first, also, reasons } = await addressees(icm, stage, now, services);
  const { snooze } = services.playbook.reminders;
  const canSnooze = followUp.snoozes < snooze.most;
  const view = {
    icm: icm.id,
    followUp: followUp.id,
    revision: String(followUp.revision),
    name: first.name,
    teamsId: first.teamsId,
    headline: `${stateOf(followUp, now)} · ${titleOf(icm)}`,
    also: also.kind,
    alsoName: also.person.name,
    alsoTeamsId: also.person.teamsId,
    alsoLine: also.line,
    repeat: delivery.repeat,
    lines: [
      { text: `Promised for ${showTime(followUp.dueAt, followUp.zone, now)}.` },
      ...reasons.map((text) => ({ text })),
      ...(followUp.snoozes > 0 ? [{ text: `Snoozed ${followUp.snoozes} of ${snooze.most} times.` }] : []),
    ],
    snoozes: canSnooze
      ? snooze.minutes.map((minutes) => ({ label: `Snooze ${showSpan(minutes * 60_000)}`, minutes: String(minutes) }))
      : [],
    canSnooze,
  };
  return {
    kind: 'post',
    reply: cardReply(reminderCard, view),
    summary: `${first.name}: ${view.headline}`,
    then: await shrinkingOf(followUp, icm, now, services, { stage: delivery.stage }),
  };
}

/** "update due in 15 min", "update due now", "update overdue since today 17:00"; the zone stands in the line below. */
export function stateOf(followUp: Pick<FollowUp, 'dueAt' | 'zone'>, now: Date): string {
  const ms = followUp.dueAt.getTime() - now.getTime();
  if (ms >= 60_000) return `update due in ${showSpan(ms + 30_000)}`;
  if (ms > -120_000) return 'update due now';
  return `update overdue since ${showTime(followUp.dueAt, followUp.zone, now).replace(/ \([^()]*\)$/, '')}`;
}

async function shrink(delivery: Delivery, now: Date, services: Services): Promise<Posting> {
  const found = await loaded(delivery, services);
  const [row] = await services.records.query<{ activity_id: string | null; sent_at: Date | null }>(
    `SELECT activity_id, sent_at FROM outbox WHERE tenant_id = $1 AND subject = $2 AND job = $3 AND stage = $4`,
    [delivery.tenantId, delivery.subject, remindJob, delivery.stage],
  );
  if (!found || !row?.activity_id) return drop('there is nothing to shrink');
  const { followUp, icm } = found;
  const at = row.sent_at ? ` ${showTime(row.sent_at, followUp.zone, now)}` : '';
  return {
    kind: 'replace',
    activityId: row.activity_id,
    reply: cardReply(noteCard, { line: `Reminder for ICM ${icm.number},${at}: done with.`, canStart: false }),
  };
}

/** A reminder that did not surely arrive is told in the personal chat of whom it was for, if there is one. */
const reportUndelivered: Job['undelivered'] = async (delivery, why, services) => {
  const found = await loaded(delivery, services);
  if (!found) return [];
  const next = { job: undeliveredJob, stage: `${delivery.stage}:${why.state}` };
  return toPersonalChat(delivery, next, await remindedOf(services.records, found.icm), services);
};

async function tellUndelivered(delivery: Delivery, now: Date, services: Services): Promise<Posting> {
  const found = await loaded(delivery, services);
  if (!found || found.followUp.status !== 'open') return drop('it does not matter any more');
  const { followUp, icm } = found;
  const unconfirmed = delivery.stage.endsWith(':unconfirmed');
  const text = unconfirmed
    ? `I do not know whether my reminder for ICM ${icm.number} arrived in its channel.`
    : `I could not post my reminder for ICM ${icm.number} in its channel.`;
  return {
    kind: 'post',
    reply: {
      kind: 'text',
      text: `${text} So here: you promised the customer an update ${showTime(followUp.dueAt, followUp.zone, now)}. When it is sent, write “update sent ${icm.number}”.`,
    },
    summary: text,
  };
}

export const followUpJobs: readonly Job[] = [
  {
    name: remindJob,
    run: remind,
    undelivered: reportUndelivered,
    // The thread is gone and the reminder has opened a new one: what follows goes there.
    moved: (delivery, place) => async (transaction) => {
      const [row] = await transaction.query<{ icm_id: string }>(
        'SELECT icm_id FROM follow_up WHERE tenant_id = $1 AND id = $2',
        [delivery.tenantId, delivery.subject],
      );
      const icm = row && (await icmById(transaction, delivery.tenantId, row.icm_id));
      if (!icm) return true;
      await changeIcm(icm, { place })(transaction);
      await transaction.query(
        `UPDATE outbox SET conversation_id = $3 WHERE tenant_id = $1 AND subject = $2 AND state = 'waiting'`,
        [delivery.tenantId, delivery.subject, place.conversationId],
      );
      return true;
    },
  },
  { name: shrinkJob, run: shrink },
  { name: undeliveredJob, run: tellUndelivered },
  { name: digestJob, run: runDigest },
];
