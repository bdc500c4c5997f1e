import { channelOf } from '../../store/outbox.ts';
import { readFollowUp, type FollowUpRequest } from '../../understanding/read-follow-up.ts';
import { readTime } from '../../understanding/read-time.ts';
import { showTime } from '../../understanding/show-time.ts';
import { cardReply } from '../card.ts';
import { say, type MessageTurn, type Outcome, type Services } from '../feature.ts';
import { addIcm, icmByNumber, icmsOf, type Icm } from '../tracking/icm-store.ts';
import { icmsAsOfficer, officerOf } from '../incidents/officer.ts';
import { mayCommunicate } from '../incidents/role-rights.ts';
import { whoMayChange } from '../tracking/permission.ts';
import { openIn, sectionsOf } from './digest.ts';
import { findIcm } from './find-icm.ts';
import { followUpListCard } from './follow-up-cards.ts';
import { openFollowUp, openFollowUps, type FollowUp } from './follow-up-store.ts';
import { markSent, setAt, setFromText, snoozeUntil, zoneFor, type Actor } from './follow-up-steps.ts';
import { askReason, askWhich, icmTitle } from './follow-up-views.ts';
import { setAway, setBack, setHours, setZone } from './own-settings.ts';

const notTracked =
  'I do not track that ICM yet. Write “track” and its number first, or name the ICM with the time: “next update on 512345678 friday 17:00”.';
const noIcm =
  'You look after no tracked ICM, so tell me which one: “next update on 512345678 friday 17:00”. It is tracked with that.';
const nonePromised = (icm: Icm) =>
  `No update is promised for ${icmTitle(icm)}. To promise one, write “next update on ${icm.number} tomorrow 9am”.`;
const about =
  'When you promise a customer an update, tell me the time. I remind you here before it, at it, and once after it, when the leads are named too. You can snooze a reminder, or say that no update is due any more.';

/** Answers a line about follow-ups; `icm` when it was picked on a card. */
export async function answer(turn: MessageTurn, services: Services, icm?: Icm): Promise<Outcome> {
  const request = readFollowUp(turn.text);
  switch (request.kind) {
    case 'list':
    case 'overdue':
      return list(turn, request, services);
    case 'zone':
      return setZone(turn, services);
    case 'hours':
      return setHours(turn, services);
    case 'away':
      return setAway(turn, request, services);
    case 'back':
      return setBack(turn);
    case 'how-often':
      return howOften(turn, request, services);
    case 'about':
      return say(about);
    case 'undo':
      return say(
        'Nothing is lost: write the promise again, for example “next update on 512345678 at 17:00”. It takes the place of what was there.',
      );
    case 'unclear':
      return say(
        `${about} For example: “next update on 512345678 friday 17:00”, “update sent”, “snooze 1h”, “my reminders”.`,
      );
    case 'set':
    case 'move':
    case 'snooze':
    case 'cancel':
    case 'done': {
      const found = icm ? ({ kind: 'one', icm } as const) : await findIcm(turn, request, services);
      if (found.kind === 'several') return { reply: askWhich(found.icms, turn.text) };
      if (found.kind === 'one') return act(request, found.icm, turn, services);
      if (found.kind === 'unknown' && found.number !== undefined && (request.kind === 'set' || request.kind === 'move'))
        return trackAndSet(found.number, request, turn, services);
      return say(found.kind === 'unknown' || request.kind !== 'set' ? notTracked : noIcm);
    }
  }
}

async function act(request: FollowUpRequest, icm: Icm, turn: MessageTurn, services: Services): Promise<Outcome> {
  if (!(await mayCommunicate(icm, turn.person, services))) return notYours(icm, services);
  if (request.kind === 'set' || request.kind === 'move') return setFromText(icm, turn.text, turn, services);
  const followUp = await openFollowUp(services.records, icm.id);
  if (!followUp) {
    const hasTime = request.kind === 'done' && (await zoneFor(turn, services));
    if (hasTime && readTime(turn.text, { now: turn.now, zone: hasTime.zone }).kind === 'time')
      return setFromText(icm, turn.text, turn, services);
    return say(nonePromised(icm));
  }
  if (request.kind === 'done') return done(icm, followUp, turn, services);
  if (request.kind === 'cancel') return { reply: askReason(icm, followUp, turn.now) };
  return snoozeFromText(icm, followUp, turn.text, turn, services);
}

/** "update sent, next one friday 17:00": both at once. */
async function done(icm: Icm, followUp: FollowUp, turn: MessageTurn, services: Services): Promise<Outcome> {
  const { zone } = await zoneFor(turn, services);
  const next = readTime(turn.text, { now: turn.now, zone });
  if (next.kind !== 'time') return markSent(icm, followUp, turn, services);
  const sent = await markSent(icm, followUp, turn, services);
  const set = await setAt(
    icm,
    undefined,
    { at: next.at, zone: next.zone },
    next.notes,
    turn,
    services,
    sent.changes,
    'Update sent.',
  );
  return { ...set, ...(sent.audit ? { audit: sent.audit } : {}) };
}

/** An ICM that nobody tracks yet is tracked with its first promise, so that the promise is not lost. */
async function trackAndSet(
  number: string,
  request: FollowUpRequest,
  turn: MessageTurn,
  services: Services,
): Promise<Outcome> {
  const known = await icmByNumber(services.records, turn.person.tenantId, number);
  if (known?.status === 'open') return notYours(known, services);
  if (known) return say(`ICM ${number} is resolved. If it goes on, write “reopen ${number}” first.`);
  const icm: Icm = {
    id: services.newId(),
    tenantId: turn.person.tenantId,
    number,
    title: '',
    srNumber: request.srNumbers.length === 1 ? request.srNumbers[0] : undefined,
    caseSeverity: letterOf(request.caseSeverity),
    icmSeverity: undefined,
    outage: false,
    status: 'open',
    place: turn.place,
    engineer: turn.person,
    revision: 1,
  };
  return setFromText(icm, turn.text, turn, services, [addIcm(icm)], `I track ICM ${number} from now on.`);
}

const letterOf = (severity: FollowUpRequest['caseSeverity']): Icm['caseSeverity'] =>
  severity === 'A' || severity === 'B' || severity === 'C' ? severity : undefined;

export async function snoozeFromText(
  icm: Icm,
  followUp: FollowUp,
  text: string,
  actor: Actor,
  services: Services,
): Promise<Outcome> {
  const { zone } = await zoneFor(actor, services);
  const reading = readTime(text, { now: actor.now, zone });
  if (reading.kind === 'time') return snoozeUntil(icm, followUp, reading.at, actor, services);
  if (reading.kind === 'refused') return say(reading.reason);
  if (reading.kind === 'ask') return say(`${reading.question} Write for example “snooze until 14:30”.`);
  const [first = 15] = services.playbook.reminders.snooze.minutes;
  return snoozeUntil(icm, followUp, new Date(actor.now.getTime() + first * 60_000), actor, services);
}

async function list(turn: MessageTurn, request: FollowUpRequest, services: Services): Promise<Outcome> {
  const ofTeam = request.ofTeam && turn.place.kind !== 'personal';
  const open = ofTeam
    ? await openIn(services.records, turn.person.tenantId, channelOf(turn.place.conversationId))
    : await ownPromises(turn, services);
  const sections = sectionsOf(open, turn.now, request.kind === 'list').filter(
    ({ title }) => request.kind === 'list' || title === 'Overdue',
  );
  const nothing = request.kind === 'overdue' ? 'No promised update is overdue.' : 'No update is promised.';
  return {
    reply: cardReply(followUpListCard, {
      heading: ofTeam ? 'Promised updates in this channel' : `Promised updates of ${turn.person.name}`,
      lines: sections.length === 0 ? [{ text: nothing }] : [],
      sections,
      footer: 'To change one: “next update on 512345678 tomorrow 9am”, “update sent 512345678”, “snooze 512345678 1h”.',
    }),
  };
}

/** What the person looks after, and what they communicate for. */
async function ownPromises(turn: MessageTurn, services: Services) {
  const icms = [
    ...(await icmsOf(services.records, turn.person, false)),
    ...(await icmsAsOfficer(services.records, turn.person)),
  ];
  return {
    icms,
    followUps: await openFollowUps(
      services.records,
      icms.map(({ id }) => id),
    ),
  };
}

/** The documents give no interval (T11); what counts is what was promised. */
async function howOften(turn: MessageTurn, request: FollowUpRequest, services: Services): Promise<Outcome> {
  const { playbook } = services;
  const found = await findIcm(turn, request, services);
  const followUp = found.kind === 'one' ? await openFollowUp(services.records, found.icm.id) : undefined;
  const tension = playbook.tensions['T11'];
  const promised =
    found.kind === 'one' && followUp
      ? ` For ${icmTitle(found.icm)} that is ${showTime(followUp.dueAt, followUp.zone, turn.now)}.`
      : ' Tell me the time, and I remind you.';
  return say(`${playbook.reminders.texts.interval}${promised}${tension ? ` (${tension.decides} T11)` : ''}`);
}

export async function notYours(icm: Icm, services: Services): Promise<Outcome> {
  const officer = await officerOf(services.records, icm);
  const also = officer ? ` So can ${officer.name}, its communications officer.` : '';
  return say(`${await whoMayChange(icm, services)}${also} To take it over, write “track ${icm.number}”.`);
}
