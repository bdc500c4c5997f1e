import { cite } from '../../playbook/cite.ts';
import { cardReply } from '../card.ts';
import {
  say,
  type ActionTurn,
  type NewDelivery,
  type Outcome,
  type Person,
  type Place,
  type Services,
} from '../feature.ts';
import { icmTitle } from '../follow-ups/follow-up-views.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { mayChange } from '../tracking/permission.ts';
import { actionsOf } from './action-store.ts';
import { findBlame } from './blame.ts';
import type { BlameFinding } from './blame-wordings.ts';
import { entriesOf } from './entry-store.ts';
import { leadershipForm } from './leadership.ts';
import { postmortemShareCard } from './postmortem-cards.ts';
import { hasWritten, keepShare, postmortemOf, sharesOf, type Postmortem } from './postmortem-store.ts';
import { showPostmortem } from './postmortem-steps.ts';
import { fieldNames } from './postmortem.ts';
import { holdersOf } from './role-store.ts';
import { timelineOf } from './timeline.ts';

export const leadJob = 'postmortem/lead';

type Turn = ActionTurn<{ readonly icm: string; readonly revision: number }>;

/** Everybody who had to do with the ICM, by the records: their names beside a fault are pointed out. */
async function peopleOf(icm: Icm, now: Date, services: Services): Promise<readonly string[]> {
  const { records } = services;
  const entries = await entriesOf(records, icm.tenantId, icm.id);
  const holders = await holdersOf(records, icm);
  const actions = await actionsOf(records, icm);
  const told = await timelineOf(icm, now, services);
  return [
    icm.engineer.name,
    ...entries.map(({ author }) => author.name),
    ...[...holders.values()].map(({ name }) => name),
    ...actions.map(({ owner }) => owner.name),
    ...told.flatMap(({ by }) => (by === undefined ? [] : [by])),
  ].filter((name) => name !== 'Somebody');
}

/** Words of blame in the fields and the actions (F90, F91). */
async function blameIn(
  postmortem: Postmortem,
  icm: Icm,
  now: Date,
  services: Services,
): Promise<readonly BlameFinding[]> {
  const people = await peopleOf(icm, now, services);
  const actions = await actionsOf(services.records, icm);
  return [...fieldNames.map((name) => postmortem.fields[name]), ...actions.map(({ what }) => what)].flatMap((text) =>
    findBlame(text, people),
  );
}

/** Who shares: who may change the ICM, who has a role in it, and who has written on it. */
async function mayShare(icm: Icm, postmortem: Postmortem, person: Person, services: Services): Promise<boolean> {
  if (await mayChange(icm, person, services)) return true;
  const holders = await holdersOf(services.records, icm);
  if ([...holders.values()].some(({ aadObjectId }) => aadObjectId === person.aadObjectId)) return true;
  return hasWritten(services.records, postmortem.id, person);
}

interface Reach {
  readonly reached: readonly { readonly id: string; readonly name: string; readonly place: Place }[];
  /** Leads who have no personal chat with the bot. */
  readonly silent: readonly string[];
}

async function leadsOf(icm: Icm, services: Services): Promise<Reach> {
  const leads = services.playbook.people.leads.filter(({ tenantId }) => tenantId === icm.tenantId);
  const found = await Promise.all(
    leads.map(async (lead) => ({
      id: lead.aadObjectId,
      name: lead.name ?? 'a lead',
      place: await services.personalChat(lead),
    })),
  );
  return {
    reached: found.flatMap(({ id, name, place }) => (place ? [{ id, name, place }] : [])),
    silent: found.filter(({ place }) => !place).map(({ name }) => name),
  };
}

const mostFindings = 6;

/** What the leads would read, and what may sound like blame. The trail keeps that it was pointed out, not the words. */
export async function checkBeforeShare(icm: Icm, turn: Turn, services: Services): Promise<Outcome> {
  const kept = await postmortemOf(services.records, icm);
  if (!kept)
    return showPostmortem(icm, turn, services, ['Please fill in and save something first; so far it is only a draft.']);
  const findings = await blameIn(kept, icm, turn.now, services);
  const form = await leadershipForm(icm, kept.fields, services);
  const leads = await leadsOf(icm, services);
  const may = await mayShare(icm, kept, turn.person, services);
  const isShared = (await sharesOf(services.records, icm)).some(({ revision }) => revision === kept.revision);
  const rules = ['F90', 'F91'].map((id) => cite(id, services.playbook));
  return {
    reply: cardReply(postmortemShareCard, {
      icm: icm.id,
      revision: String(kept.revision),
      heading: `Share the postmortem of ${icmTitle(icm)}`,
      findings: findings.slice(0, mostFindings).map(({ words, why, instead }) => ({
        words: `“${words}”: ${why.charAt(0).toLowerCase()}${why.slice(1)}`,
        instead,
      })),
      ...(findings.length > mostFindings ? { more: `There are ${findings.length - mostFindings} more.` } : {}),
      rules:
        findings.length === 0 ? [] : rules.map(({ id, text, source }) => ({ text: `“${text}” ${source} (${id})` })),
      preview: [
        ...form.sections.map((one) => ({ ...one })),
        { title: 'Actions', text: form.actions.length === 0 ? 'None yet.' : form.actions.join('\n') },
      ],
      notices: noticesOf(leads, may, isShared, findings.length).map((text) => ({ text })),
      canShare: may && !isShared && leads.reached.length > 0,
      shareLabel: findings.length > 0 ? 'Share it as it is' : 'Share with the leads',
    }),
    ...(findings.length === 0
      ? {}
      : {
          audit: {
            event: 'postmortem blame pointed out',
            subject: icm.id,
            details: { revision: kept.revision, count: findings.length },
          },
        }),
  };
}

function noticesOf({ reached, silent }: Reach, may: boolean, isShared: boolean, findings: number): string[] {
  const names = reached.map(({ name }) => name).join(', ');
  return [
    ...(findings > 0 && reached.length > 0 && may
      ? ['You decide: change the wording, or share it as it is. It is only pointed out.']
      : []),
    ...(reached.length > 0 ? [`It goes to: ${names}.`] : []),
    ...(silent.length > 0
      ? [
          `${silent.join(', ')}: not reached, since I am not installed in their personal chat. Copy the Markdown for them.`,
        ]
      : []),
    ...(reached.length === 0 && silent.length === 0
      ? ['No leads are named in the playbook (people.leads), so I can send it to nobody. Copy the Markdown instead.']
      : []),
    ...(isShared ? ['This version was shared already. A new version can be shared again.'] : []),
    ...(may ? [] : ['Only who looks after the ICM, has a role in it or has written on the postmortem can share it.']),
  ];
}

/** Sends it to the leads; on the revision that was looked at, once. */
export async function share(icm: Icm, turn: Turn, services: Services): Promise<Outcome> {
  const kept = await postmortemOf(services.records, icm);
  if (!kept) return say('There is no postmortem of this ICM yet. Nothing was shared.');
  if (!(await mayShare(icm, kept, turn.person, services)))
    return say('Only who looks after the ICM, has a role in it or has written on the postmortem can share it.');
  if (turn.data.revision !== kept.revision)
    return showPostmortem(icm, turn, services, [
      'It has changed since you looked at it, so nothing was shared. Please check it once more.',
    ]);
  if ((await sharesOf(services.records, icm)).some(({ revision }) => revision === kept.revision))
    return showPostmortem(icm, turn, services, ['This version was shared already.']);
  const { reached } = await leadsOf(icm, services);
  if (reached.length === 0)
    return say('There is no lead whom I can reach. Nothing was shared; copy the Markdown instead.');
  const findings = await blameIn(kept, icm, turn.now, services);
  const deliveries: NewDelivery[] = reached.map(({ id, place }) => ({
    tenantId: icm.tenantId,
    place,
    job: leadJob,
    subject: `${kept.id}:${kept.revision}`,
    stage: id,
    dueAt: turn.now,
  }));
  return {
    reply: {
      kind: 'text',
      text: `Shared with ${reached.map(({ name }) => name).join(', ')}. They get it in their personal chat.`,
    },
    changes: [keepShare(kept, turn.person, findings.length, turn.now), services.deliver(deliveries)],
    audit: {
      event: 'postmortem shared',
      subject: icm.id,
      details: { revision: kept.revision, leads: reached.length, pointedOut: findings.length },
    },
  };
}
