import { z } from 'zod';
import { readFollowUp, type FollowUpRequest } from '../../understanding/read-follow-up.ts';
import { readTime } from '../../understanding/read-time.ts';
import { looksLikeFollowUp } from '../../understanding/looks-like.ts';
import { showTime } from '../../understanding/show-time.ts';
import { cardReply } from '../card.ts';
import { noteCard } from '../advice/advice-cards.ts';
import {
  action,
  asNewMessage,
  type ActionTurn,
  type AuditEvent,
  type Feature,
  type MessageTurn,
  type Outcome,
  type Services,
} from '../feature.ts';
import { mayChange, whoMayChange } from '../tracking/permission.ts';
import { addIcm, icmById, icmByNumber, icmsOf, type Icm } from '../tracking/icm-store.ts';
import { openIn, sectionsOf } from './digest.ts';
import { findIcm } from './find-icm.ts';
import { followUpListCard } from './follow-up-cards.ts';
import { followUpById, openFollowUp, openFollowUps, type FollowUp } from './follow-up-store.ts';
import {
  asPromised,
  closeWithout,
  markSent,
  say,
  setAt,
  setFromText,
  snoozeUntil,
  zoneFor,
  type Actor,
} from './follow-up-steps.ts';
import { askNext, askReason, askTime, askWhich, icmTitle } from './follow-up-views.ts';
import { channelOf } from '../../store/outbox.ts';
import { setAway, setBack, setHours, setZone } from './own-settings.ts';
import { followUpJobs } from './reminder-jobs.ts';

const notTracked =
  'I do not track that ICM yet. Write “track” and its number first, or name the ICM with the time: “next update on 512345678 friday 17:00”.';
const noIcm =
  'You look after no tracked ICM, so tell me which one: “next update on 512345678 friday 17:00”. It is tracked with that.';
const nonePromised = (icm: Icm) =>
  `No update is promised for ${icmTitle(icm)}. To promise one, write “next update on ${icm.number} tomorrow 9am”.`;
const about =
  'When you promise a customer an update, tell me the time. I remind you here before it, at it, and once after it, when the leads are named too. You can snooze a reminder, or say that no update is due any more.';

// ---- what is typed --------------------------------------------------------------------------------------------------

/** Answers a line about follow-ups; `icm` when it was picked on a card. */
async function answer(turn: MessageTurn, services: Services, icm?: Icm): Promise<Outcome> {
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
      return setAway(turn, services);
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
  if (!(await mayChange(icm, turn.person, services))) return notYours(icm, services);
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

async function snoozeFromText(
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

async function ownPromises(turn: MessageTurn, services: Services) {
  const icms = await icmsOf(services.records, turn.person, false);
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

const notYours = async (icm: Icm, services: Services): Promise<Outcome> =>
  say(`${await whoMayChange(icm, services)} To take it over, write “track ${icm.number}”.`);

// ---- buttons --------------------------------------------------------------------------------------------------------

const onFollowUp = z.object({
  icm: z.string().max(100),
  followUp: z.string().max(100),
  revision: z.coerce.number().int(),
});
const words = (max: number) => z.string().max(max).default('');

interface Held {
  readonly icm: Icm;
  readonly followUp: FollowUp;
}

/**
 * Guards a button of a promise: it must be there, be the person's to act on, and be as the card shows it. An old card
 * or a second press says how things are now and changes nothing.
 */
async function guarded(
  turn: ActionTurn<z.output<typeof onFollowUp>>,
  services: Services,
  act: (held: Held) => Promise<Outcome> | Outcome,
): Promise<Outcome> {
  const followUp = await followUpById(services.records, turn.person.tenantId, turn.data.followUp);
  const icm = followUp && (await icmById(services.records, turn.person.tenantId, followUp.icmId));
  if (!followUp || !icm) return say('This promise is not there any more. Nothing was changed.');
  if (!(await mayChange(icm, turn.person, services))) return notYours(icm, services);
  if (followUp.revision !== turn.data.revision) return asItIs(icm, followUp, turn, services);
  return act({ icm, followUp });
}

/** What an old card becomes: where the promise stands now. */
async function asItIs(icm: Icm, seen: FollowUp, turn: ActionTurn, services: Services): Promise<Outcome> {
  const now = await openFollowUp(services.records, icm.id);
  const state = now
    ? `The next update is promised for ${showTime(now.dueAt, now.zone, turn.now)}.`
    : seen.status === 'sent'
      ? 'The update was sent, and no next one is promised.'
      : 'No update is promised.';
  return {
    reply: cardReply(noteCard, { line: `${icmTitle(icm)}: this card is out of date. ${state}`, canStart: false }),
  };
}

/** Shown to everybody in place of the card that was pressed. */
const forAll = (outcome: Outcome): Outcome => (outcome.changes ? { ...outcome, forEverybody: true } : outcome);

const isOpen = (followUp: FollowUp) => followUp.status === 'open';

/** The next promise, after an update: set from words or from a button's minutes. */
async function next(
  held: Held,
  turn: ActionTurn<{ minutes?: number | undefined; when: string; how: string; verified: string }>,
  services: Services,
): Promise<Outcome> {
  const { icm, followUp } = held;
  const current = await openFollowUp(services.records, icm.id);
  if (current) return asItIs(icm, followUp, turn, services);
  const { zone } = await zoneFor(turn, services);
  if (turn.data.minutes !== undefined) {
    const at = new Date(Math.ceil((turn.now.getTime() + turn.data.minutes * 60_000) / 60_000) * 60_000);
    return forAll(await setAt(icm, undefined, { at, zone }, [], turn, services, [], 'Update sent.'));
  }
  const reading = readTime(turn.data.when, { now: turn.now, zone });
  if (reading.kind === 'time')
    return forAll(
      await setAt(
        icm,
        undefined,
        { at: reading.at, zone: reading.zone },
        reading.notes,
        turn,
        services,
        [],
        'Update sent.',
      ),
    );
  const problem =
    reading.kind === 'refused'
      ? reading.reason
      : reading.kind === 'ask'
        ? `${reading.question} Please write it out.`
        : 'Please write the time that you promised, for example “tomorrow 9am”, or say that it was the last update.';
  return { reply: askNext(icm, followUp, turn.person.name, turn.now, services, { ...turn.data, problem }) };
}

/** It was the last update: asks for the closing words (F83, F84), T18. */
function last(
  held: Held,
  turn: ActionTurn<{ when: string; how: string; verified: string }>,
  services: Services,
): Outcome {
  const { icm, followUp } = held;
  const { how, verified } = turn.data;
  if (how.trim() === '' || verified.trim() === '') {
    const missing = how.trim() === '' ? 'how it was resolved' : 'how that was verified';
    const problem = `Please say ${missing}. Closing without it does not give confidence (F84).`;
    return { reply: askNext(icm, followUp, turn.person.name, turn.now, services, { ...turn.data, problem }) };
  }
  const audit: AuditEvent = { event: 'last update sent', subject: followUp.id, details: { icm: icm.id } };
  return {
    reply: cardReply(noteCard, {
      line: `${icmTitle(icm)}: ${turn.person.name} sent the last update. Resolved: ${how.trim().slice(0, 300)} Verified: ${verified.trim().slice(0, 300)} Tell the customer: “${services.playbook.reminders.texts.lastUpdate}” When the ICM is resolved too, write “resolve ${icm.number}”.`,
      canStart: false,
    }),
    forEverybody: true,
    audit,
  };
}

/** After a missed promise the customer is upset: say how an escalation goes (F41, F42). */
function upset(held: Held, services: Services): Outcome {
  const rule = services.playbook.rules['F41'];
  return say(
    `Do not let it drag on: escalate before the case is closed. Write “escalate ${held.icm.number}”.${rule ? ` “${rule.text}” ${rule.source} (F41)` : ''}`,
  );
}

const minutesField = z.coerce.number().int().min(1).max(10_080).optional();

export const followUpFeature: Feature = {
  name: 'follow-up',
  commands: [
    {
      name: 'follow-up',
      title: 'Remind me of the next update',
      summary: 'Keeps the time that you promised the customer, and reminds you of it in time.',
      examples: ['remind me to update the customer in 4 hours', 'update sent', 'snooze 1h', 'no more updates due'],
      intents: ['followup_reminder'],
      run: (turn, services) => answer(turn, services),
    },
    {
      name: 'my-reminders',
      title: 'My reminders',
      summary: 'The updates that you promised, the next one first.',
      examples: ['my reminders', 'list my reminders', 'my deadlines', 'overdue?'],
      run: (turn, services) => answer(turn, services),
    },
  ],
  claims: (text) => (looksLikeFollowUp(text) ? 'follow-up' : undefined),
  jobs: followUpJobs,
  actions: [
    action({
      verb: 'follow-up/for',
      data: z.object({ icm: z.string().max(100), what: z.string().max(300) }),
      async run(turn, services): Promise<Outcome> {
        const icm = await icmById(services.records, turn.person.tenantId, turn.data.icm);
        if (!icm) return say('That ICM is not tracked any more.');
        return answer({ ...turn, text: turn.data.what, dialog: undefined }, services, icm);
      },
    }),
    action({
      verb: 'follow-up/ask',
      data: z.object({ icm: z.string().max(100) }),
      async run(turn, services): Promise<Outcome> {
        const icm = await icmById(services.records, turn.person.tenantId, turn.data.icm);
        if (!icm || icm.status !== 'open') return say('That ICM is not open any more, so there is nothing to promise.');
        if (!(await mayChange(icm, turn.person, services))) return notYours(icm, services);
        const followUp = await openFollowUp(services.records, icm.id);
        if (followUp) return asNewMessage(await asPromised(icm, followUp, turn.now, services));
        const { zone } = await zoneFor(turn, services);
        return asNewMessage({ reply: askTime(icm, undefined, { kind: 'none' }, '', zone, turn.now, services) });
      },
    }),
    action({
      verb: 'follow-up/set',
      data: onFollowUp.extend({ when: words(200) }),
      async run(turn, services): Promise<Outcome> {
        const icm = await icmById(services.records, turn.person.tenantId, turn.data.icm);
        if (!icm || icm.status !== 'open') return say('That ICM is not open any more, so nothing was changed.');
        if (!(await mayChange(icm, turn.person, services))) return notYours(icm, services);
        const current = await openFollowUp(services.records, icm.id);
        if (current && (current.id !== turn.data.followUp || current.revision !== turn.data.revision))
          return asItIs(icm, current, turn, services);
        return forAll(await setFromText(icm, turn.data.when, turn, services));
      },
    }),
    action({
      verb: 'follow-up/pick',
      data: onFollowUp.extend({ at: z.iso.datetime(), zone: z.string().max(60) }),
      async run(turn, services): Promise<Outcome> {
        const icm = await icmById(services.records, turn.person.tenantId, turn.data.icm);
        if (!icm || icm.status !== 'open') return say('That ICM is not open any more, so nothing was changed.');
        if (!(await mayChange(icm, turn.person, services))) return notYours(icm, services);
        const current = await openFollowUp(services.records, icm.id);
        if (current && (current.id !== turn.data.followUp || current.revision !== turn.data.revision))
          return asItIs(icm, current, turn, services);
        const at = new Date(turn.data.at);
        const ms = at.getTime() - turn.now.getTime();
        const { zone } = await zoneFor(turn, services);
        if (!(ms >= 60_000 && ms <= 90 * 86_400_000))
          return {
            reply: askTime(
              icm,
              current,
              { kind: 'refused', reason: 'That time has passed. Please give one that is still to come.', words: '' },
              '',
              zone,
              turn.now,
              services,
            ),
          };
        return forAll(await setAt(icm, current, { at, zone }, [], turn, services));
      },
    }),
    action({
      verb: 'follow-up/sent',
      data: onFollowUp,
      run: (turn, services) =>
        guarded(turn, services, async ({ icm, followUp }) =>
          isOpen(followUp)
            ? forAll(await markSent(icm, followUp, turn, services))
            : asItIs(icm, followUp, turn, services),
        ),
    }),
    action({
      verb: 'follow-up/snooze',
      data: onFollowUp.extend({ minutes: minutesField, until: words(200) }),
      run: (turn, services) =>
        guarded(turn, services, async ({ icm, followUp }) => {
          if (!isOpen(followUp)) return asItIs(icm, followUp, turn, services);
          const { minutes, until } = turn.data;
          if (minutes === undefined && until.trim() === '')
            return say('Write when I shall remind you again, for example “14:30” or “in 2 hours”.');
          return forAll(
            minutes === undefined
              ? await snoozeFromText(icm, followUp, until, turn, services)
              : await snoozeUntil(icm, followUp, new Date(turn.now.getTime() + minutes * 60_000), turn, services),
          );
        }),
    }),
    action({
      verb: 'follow-up/close',
      data: onFollowUp,
      run: (turn, services) =>
        guarded(turn, services, ({ icm, followUp }) =>
          isOpen(followUp) ? { reply: askReason(icm, followUp, turn.now) } : asItIs(icm, followUp, turn, services),
        ),
    }),
    action({
      verb: 'follow-up/none',
      data: onFollowUp.extend({ reason: words(300) }),
      run: (turn, services) =>
        guarded(turn, services, async ({ icm, followUp }) => {
          if (!isOpen(followUp)) return asItIs(icm, followUp, turn, services);
          const reason = turn.data.reason.trim();
          if (reason === '')
            return { reply: askReason(icm, followUp, turn.now, { problem: 'Please say why in a few words.', reason }) };
          return forAll(await closeWithout(icm, followUp, reason, turn, services));
        }),
    }),
    action({
      verb: 'follow-up/keep',
      data: onFollowUp,
      run: (turn, services) =>
        guarded(turn, services, ({ icm, followUp }) =>
          isOpen(followUp) ? asPromised(icm, followUp, turn.now, services) : asItIs(icm, followUp, turn, services),
        ),
    }),
    action({
      verb: 'follow-up/next',
      data: onFollowUp.extend({ minutes: minutesField, when: words(200), how: words(1_000), verified: words(1_000) }),
      run: (turn, services) => guarded(turn, services, (held) => next(held, turn, services)),
    }),
    action({
      verb: 'follow-up/last',
      data: onFollowUp.extend({ when: words(200), how: words(1_000), verified: words(1_000) }),
      run: (turn, services) => guarded(turn, services, (held) => last(held, turn, services)),
    }),
    action({
      verb: 'follow-up/upset',
      data: onFollowUp,
      run: (turn, services) => guarded(turn, services, (held) => upset(held, services)),
    }),
  ],
};
