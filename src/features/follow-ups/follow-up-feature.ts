import { z } from 'zod';
import { looksLikeFollowUp } from '../../understanding/looks-like.ts';
import { readTime } from '../../understanding/read-time.ts';
import { showTime } from '../../understanding/show-time.ts';
import { noteCard } from '../advice/advice-cards.ts';
import { cardReply } from '../card.ts';
import {
  action,
  asNewMessage,
  say,
  toEverybody,
  type ActionTurn,
  type AuditEvent,
  type Feature,
  type Outcome,
  type Services,
} from '../feature.ts';
import { icmById, type Icm } from '../tracking/icm-store.ts';
import { mayCommunicate } from '../incidents/role-rights.ts';
import { answer, notYours, snoozeFromText } from './follow-up-commands.ts';
import { followUpById, openFollowUp, type FollowUp } from './follow-up-store.ts';
import { asPromised, closeWithout, markSent, setAt, setFromText, snoozeUntil, zoneFor } from './follow-up-steps.ts';
import { askNext, askReason, askTime, icmTitle } from './follow-up-views.ts';
import { followUpJobs } from './reminder-jobs.ts';
import { followUpTimeline } from './follow-up-timeline.ts';
import { promiseFigures } from './promise-figures.ts';

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
  if (!(await mayCommunicate(icm, turn.person, services))) return notYours(icm, services);
  if (followUp.revision !== turn.data.revision) return asItIs(icm, followUp, turn, services);
  return act({ icm, followUp });
}

/** The same for a button that sets a time: there may be no promise yet, but an open ICM. */
async function onIcm(
  turn: ActionTurn<z.output<typeof onFollowUp>>,
  services: Services,
  act: (icm: Icm, current: FollowUp | undefined) => Promise<Outcome>,
): Promise<Outcome> {
  const icm = await icmById(services.records, turn.person.tenantId, turn.data.icm);
  if (!icm || icm.status !== 'open') return say('That ICM is not open any more, so nothing was changed.');
  if (!(await mayCommunicate(icm, turn.person, services))) return notYours(icm, services);
  const current = await openFollowUp(services.records, icm.id);
  const isAsSeen = !current || (current.id === turn.data.followUp && current.revision === turn.data.revision);
  return isAsSeen ? act(icm, current) : asItIs(icm, current, turn, services);
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
    return toEverybody(await setAt(icm, undefined, { at, zone }, [], turn, services, [], 'Update sent.'));
  }
  const reading = readTime(turn.data.when, { now: turn.now, zone });
  if (reading.kind === 'time')
    return toEverybody(
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
  timeline: followUpTimeline,
  commands: [
    {
      name: 'follow-up',
      title: 'Remind me of the next update',
      summary: 'Keeps the time that you promised the customer, and reminds you of it in time.',
      examples: ['remind me to update the customer in 4 hours', 'update sent', 'snooze 1h', 'no more updates due'],
      intents: ['followup_reminder'],
      // Each of its lines names a time; what can be sent as it stands is the list.
      listed: false,
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
  figures: promiseFigures,
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
        if (!(await mayCommunicate(icm, turn.person, services))) return notYours(icm, services);
        const followUp = await openFollowUp(services.records, icm.id);
        if (followUp) return asNewMessage(await asPromised(icm, followUp, turn.now, services));
        const { zone } = await zoneFor(turn, services);
        return asNewMessage({ reply: askTime(icm, undefined, { kind: 'none' }, '', zone, turn.now, services) });
      },
    }),
    action({
      verb: 'follow-up/set',
      data: onFollowUp.extend({ when: words(200) }),
      run: (turn, services) =>
        onIcm(turn, services, async (icm) => toEverybody(await setFromText(icm, turn.data.when, turn, services))),
    }),
    action({
      verb: 'follow-up/pick',
      data: onFollowUp.extend({ at: z.iso.datetime(), zone: z.string().max(60) }),
      run: (turn, services) =>
        onIcm(turn, services, async (icm, current) => {
          const at = new Date(turn.data.at);
          const ms = at.getTime() - turn.now.getTime();
          const { zone } = await zoneFor(turn, services);
          if (ms >= 60_000 && ms <= 90 * 86_400_000)
            return toEverybody(await setAt(icm, current, { at, zone }, [], turn, services));
          const reason = 'That time has passed. Please give one that is still to come.';
          return {
            reply: askTime(icm, current, { kind: 'refused', reason, words: '' }, '', zone, turn.now, services),
          };
        }),
    }),
    action({
      verb: 'follow-up/sent',
      data: onFollowUp,
      run: (turn, services) =>
        guarded(turn, services, async ({ icm, followUp }) =>
          isOpen(followUp)
            ? toEverybody(await markSent(icm, followUp, turn, services))
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
          return toEverybody(
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
          return toEverybody(await closeWithout(icm, followUp, reason, turn, services));
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
