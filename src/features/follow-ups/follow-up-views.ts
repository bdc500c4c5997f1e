import { showSpan, showTime } from '../../understanding/show-time.ts';
import { zoneLabel } from '../../understanding/zones.ts';
import type { TimeReading } from '../../understanding/read-time.ts';
import { cardReply } from '../card.ts';
import type { Reply, Services } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { closeFollowUpCard, followUpCard, nextUpdateCard, whichCard } from './follow-up-cards.ts';
import type { FollowUp } from './follow-up-store.ts';
import { paceOf, type PlannedReminder } from './reminder-plan.ts';

export const icmTitle = (icm: Pick<Icm, 'number' | 'title'>) =>
  `ICM ${icm.number}${icm.title === '' ? '' : ` · ${icm.title}`}`;

const asLines = (texts: readonly string[]) => texts.map((text) => ({ text }));

/** What every card of a promise carries. Without a promise yet its id is empty and its revision 0. */
export const idsOf = (icm: Icm, followUp: FollowUp | undefined) => ({
  icm: icm.id,
  followUp: followUp?.id ?? '',
  revision: String(followUp?.revision ?? 0),
});

/** When the bot will remind, as a sentence; the zone stands in the line before it. */
function planLine(plan: readonly PlannedReminder[], zone: string, now: Date): string {
  const clock = (at: Date) => showTime(at, zone, now).replace(/ \([^()]*\)$/, '');
  const before = plan.filter(({ stage }) => stage !== 'overdue').map(({ at }) => clock(at));
  const overdue = plan.find(({ stage }) => stage === 'overdue');
  const late = overdue ? [`once more ${clock(overdue.at)} if it is still open, to the leads too`] : [];
  return `I remind you here: ${[...before, ...late].join(', ')}.`;
}

/** The promise as it was understood, with its zone, and how to correct it. */
export function confirmation(
  parts: {
    readonly icm: Icm;
    readonly followUp: FollowUp;
    readonly plan: readonly PlannedReminder[];
    readonly notes: readonly string[];
    readonly lead?: string;
  },
  now: Date,
): Reply {
  const { icm, followUp, plan } = parts;
  // Half a minute more, so that "in 5 hours" is not "in 4 h 59 min" a second later.
  const inTime = showSpan(followUp.dueAt.getTime() - now.getTime() + 30_000);
  return cardReply(followUpCard, {
    ...idsOf(icm, followUp),
    heading: `${icmTitle(icm)} · next update`,
    lines: asLines([
      ...(parts.lead === undefined ? [] : [parts.lead]),
      `Next update to the customer: ${showTime(followUp.dueAt, followUp.zone, now)}, in ${inTime}.`,
      planLine(plan, followUp.zone, now),
    ]),
    notes: asLines(parts.notes),
    zone: followUp.zone,
    choices: [],
    canChange: true,
    isOpen: true,
    inputLabel: 'Not right? Write the time',
    inputButton: 'Change the time',
    when: '',
    footer: `Read in the time zone ${zoneLabel(followUp.zone)}. To set yours, write: my time zone is Europe/Dublin`,
  });
}

/** Asks for the time: none was said, it was unclear, or it cannot be. What was typed stays in the field. */
export function askTime(
  icm: Icm,
  former: FollowUp | undefined,
  reading: Exclude<TimeReading, { kind: 'time' }>,
  typed: string,
  zone: string,
  now: Date,
  services: Services,
): Reply {
  const { suggest } = paceOf(icm, services.playbook);
  const choices =
    reading.kind === 'ask'
      ? reading.choices.map(({ label, at }) => ({ label, at: at.toISOString() }))
      : suggest.map((minutes) => {
          const at = new Date(Math.ceil((now.getTime() + minutes * 60_000) / 60_000) * 60_000);
          return { label: showTime(at, zone, now), at: at.toISOString() };
        });
  const line =
    reading.kind === 'ask'
      ? reading.question
      : reading.kind === 'refused'
        ? reading.reason
        : 'When did you promise the customer the next update?';
  return cardReply(followUpCard, {
    ...idsOf(icm, former),
    heading: `${icmTitle(icm)} · when is the next update?`,
    lines: asLines([
      line,
      ...(former ? [`The promise so far stays: ${showTime(former.dueAt, former.zone, now)}.`] : []),
    ]),
    notes: [],
    zone,
    choices,
    canChange: true,
    isOpen: former !== undefined,
    inputLabel: 'Or write the time',
    inputButton: 'Set the reminder',
    when: typed.slice(0, 200),
    ...(reading.kind === 'ask' ? {} : { footer: services.playbook.reminders.texts.interval }),
  });
}

/** Which of several ICMs is meant. */
export function askWhich(icms: readonly Icm[], what: string): Reply {
  return cardReply(whichCard, {
    heading: 'Which ICM do you mean?',
    lines: [],
    what: what.slice(0, 300),
    choices: icms.slice(0, 6).map((icm) => ({ label: icmTitle(icm).slice(0, 100), icm: icm.id })),
  });
}

/** After an update was sent. `typed`: what was in the fields when something was missing. */
export function askNext(
  icm: Icm,
  followUp: FollowUp,
  by: string,
  now: Date,
  services: Services,
  again: { readonly problem?: string; readonly when?: string; readonly how?: string; readonly verified?: string } = {},
): Reply {
  const lateMs = now.getTime() - followUp.dueAt.getTime();
  const missed = lateMs > 60_000;
  const rule = services.playbook.rules['F83'];
  return cardReply(nextUpdateCard, {
    ...idsOf(icm, followUp),
    heading: `${icmTitle(icm)} · update sent`,
    lines: asLines([
      missed
        ? `${by} sent the update, ${showSpan(lateMs)} after the promised time.`
        : `${by} sent the promised update in time.`,
    ]),
    ...(again.problem === undefined ? {} : { problem: again.problem }),
    suggestions: paceOf(icm, services.playbook).suggest.map((minutes) => ({
      label: `In ${showSpan(minutes * 60_000)}`,
      minutes: String(minutes),
    })),
    when: (again.when ?? '').slice(0, 200),
    lastRule: rule ? `The closing words: “${rule.text}” ${rule.source} (F83)` : '',
    how: (again.how ?? '').slice(0, 1_000),
    verified: (again.verified ?? '').slice(0, 1_000),
    missed,
  });
}

export function askReason(icm: Icm, followUp: FollowUp, now: Date, again?: { problem: string; reason: string }): Reply {
  return cardReply(closeFollowUpCard, {
    ...idsOf(icm, followUp),
    heading: `${icmTitle(icm)} · no more updates?`,
    lines: asLines([`Promised for ${showTime(followUp.dueAt, followUp.zone, now)}.`]),
    ...(again ? { problem: again.problem } : {}),
    reason: (again?.reason ?? '').slice(0, 300),
  });
}
