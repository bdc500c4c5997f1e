import { readTime, type TimeReading } from '../../understanding/read-time.ts';
import { showTime } from '../../understanding/show-time.ts';
import { isZone } from '../../understanding/zones.ts';
import { cardReply } from '../card.ts';
import { noteCard } from '../advice/advice-cards.ts';
import {
  say,
  type ActionTurn,
  type AuditEvent,
  type Change,
  type MessageTurn,
  type Outcome,
  type Services,
} from '../feature.ts';
import { remindedOf } from '../incidents/officer.ts';
import { type Icm } from '../tracking/icm-store.ts';
import { openFollowUp, type FollowUp } from './follow-up-store.ts';
import { askNext, askTime, confirmation, icmTitle } from './follow-up-views.ts';
import { keepPreference, preferenceOf } from './preference-store.ts';
import { endOf, hoursOf, isOutsideHours, planAnew, planFor, promise, zoneOf } from './promises.ts';

/** Who acts, where and when: a typed line or a button. */
export type Actor = Pick<MessageTurn, 'person' | 'place' | 'now' | 'clientZone'> &
  Partial<Pick<ActionTurn, 'cardActivityId'>>;

const eventOf = (event: string, followUp: FollowUp, icm: Icm, more: AuditEvent['details'] = {}): AuditEvent => ({
  event,
  subject: followUp.id,
  details: { icm: icm.id, dueAt: followUp.dueAt.toISOString(), zone: followUp.zone, ...more },
});

/** The zone in which the actor's times are read, and what to say about it. */
export async function zoneFor(actor: Actor, services: Services): Promise<{ zone: string; isGuess: boolean }> {
  const preference = await preferenceOf(services.records, actor.person);
  const isGuess = !preference.zoneIsSet && actor.clientZone === undefined && preference.zone === undefined;
  return { zone: zoneOf(preference, actor.clientZone, services), isGuess };
}

/** Reads a time from what was typed and sets, or asks. `first` are changes that go before (the ICM is tracked now). */
export async function setFromText(
  icm: Icm,
  typed: string,
  actor: Actor,
  services: Services,
  first: readonly Change[] = [],
  lead?: string,
): Promise<Outcome> {
  const { zone, isGuess } = await zoneFor(actor, services);
  const reading = readTime(typed, { now: actor.now, zone });
  const former = first.length > 0 ? undefined : await openFollowUp(services.records, icm.id);
  if (reading.kind !== 'time') {
    const reply = askTime(icm, former, reading, saidTime(reading, typed), zone, actor.now, services);
    return first.length > 0 ? { reply, changes: first } : { reply };
  }
  const notes = [...reading.notes, ...(isGuess ? [`I do not know your time zone, so I took ${zone}.`] : [])];
  return setAt(icm, former, { at: reading.at, zone: reading.zone }, notes, actor, services, first, lead);
}

/** What was typed about the time, to be corrected; nothing when there was no time in it. */
const saidTime = (reading: TimeReading, typed: string) =>
  reading.kind === 'none' ? '' : reading.words === '' ? typed : reading.words;

/** Keeps the promise and confirms it as it was understood. */
export async function setAt(
  icm: Icm,
  former: FollowUp | undefined,
  due: { readonly at: Date; readonly zone: string },
  notes: readonly string[],
  actor: Actor,
  services: Services,
  first: readonly Change[] = [],
  lead?: string,
): Promise<Outcome> {
  const kept = await promise(icm, former, due, actor.person, actor.now, services, actor.cardActivityId);
  const outside = await outsideHours(icm, due, services);
  return {
    reply: confirmation(
      {
        icm,
        followUp: kept.followUp,
        plan: kept.plan,
        notes: [...notes, ...outside],
        ...leadOf(lead ?? (former && `It was: ${showTime(former.dueAt, former.zone, actor.now)}.`)),
      },
      actor.now,
    ),
    audit: eventOf('follow-up promised', kept.followUp, icm),
    changes: [...first, ...kept.changes, await keepClientZone(actor, services)],
  };
}

/** Says so where a time is outside the working hours of whoever is reminded, and that matters. */
export async function outsideHours(
  icm: Icm,
  due: { readonly at: Date; readonly zone: string },
  services: Services,
): Promise<readonly string[]> {
  const reminded = await remindedOf(services.records, icm);
  const preference = await preferenceOf(services.records, reminded);
  const hours = hoursOf(preference, zoneOf(preference, due.zone, services), services);
  if (!isOutsideHours(due.at, hours, icm)) return [];
  return [
    `That is outside the working hours of ${reminded.name} (${hours.from} to ${hours.to}). I remind all the same.`,
  ];
}

/** What the client said is kept for reminders that nobody triggers, unless the person has set a zone. */
export async function keepClientZone(
  actor: Pick<Actor, 'person'> & Partial<Pick<Actor, 'clientZone'>>,
  services: Services,
): Promise<Change> {
  const { zoneIsSet } = await preferenceOf(services.records, actor.person);
  const { clientZone } = actor;
  // A client may send anything; no database holds NUL.
  const isNew = !zoneIsSet && clientZone !== undefined && isZone(clientZone);
  return keepPreference(actor.person, isNew ? { zone: clientZone } : {});
}

const leadOf = (lead: string | undefined) => (lead === undefined ? {} : { lead });

/** The update was sent: reminders end at once, and the next promise is asked for. */
export async function markSent(icm: Icm, followUp: FollowUp, actor: Actor, services: Services): Promise<Outcome> {
  return {
    // With the revision that it has once it is closed.
    reply: askNext(icm, { ...followUp, revision: followUp.revision + 1 }, actor.person.name, actor.now, services),
    audit: eventOf('update sent', followUp, icm, { late: actor.now > followUp.dueAt }),
    changes: await endOf(followUp, 'sent', icm, actor.now, services, actor.cardActivityId),
  };
}

/** Pauses the reminders. The promise itself stays as it is. */
export async function snoozeUntil(
  icm: Icm,
  followUp: FollowUp,
  until: Date,
  actor: Actor,
  services: Services,
): Promise<Outcome> {
  const { most } = services.playbook.reminders.snooze;
  const { now } = actor;
  if (followUp.snoozes >= most)
    return say(
      `It was snoozed ${most} times, so I go on reminding. Send the update, or promise the customer a new time.`,
    );
  if (until.getTime() - now.getTime() > 86_400_000)
    return say('I snooze for at most a day. If the customer agreed to a later time, promise that one instead.');
  const kept = await planAnew(followUp, icm, now, services, { snoozeUntil: until });
  const lead = `${actor.person.name} snoozed the reminder until ${showTime(until, followUp.zone, now)} (${kept.followUp.snoozes} of ${most}). The promise stays.`;
  return {
    reply: confirmation({ icm, ...kept, notes: [], lead }, now),
    audit: eventOf('reminder snoozed', kept.followUp, icm, {
      until: until.toISOString(),
      count: kept.followUp.snoozes,
    }),
    changes: kept.changes,
  };
}

/** The promise as it stands, with its buttons. */
export async function asPromised(icm: Icm, followUp: FollowUp, now: Date, services: Services): Promise<Outcome> {
  return { reply: confirmation({ icm, followUp, plan: await planFor(icm, followUp, now, services), notes: [] }, now) };
}

/** No update is due any more; the reason is said in the thread and not kept in the trail. */
export async function closeWithout(
  icm: Icm,
  followUp: FollowUp,
  reason: string,
  actor: Actor,
  services: Services,
): Promise<Outcome> {
  return {
    reply: cardReply(noteCard, {
      line: `${icmTitle(icm)}: ${actor.person.name} said that no update is due any more (${reason}).`,
      canStart: false,
    }),
    audit: eventOf('no update due', followUp, icm),
    changes: await endOf(followUp, 'not-due', icm, actor.now, services, actor.cardActivityId),
  };
}
