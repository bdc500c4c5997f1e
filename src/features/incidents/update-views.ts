import type { UpdatePart } from '../../playbook/schema.ts';
import { showSpan } from '../../understanding/show-time.ts';
import { cardReply } from '../card.ts';
import type { Reply, Services } from '../feature.ts';
import { openFollowUp } from '../follow-ups/follow-up-store.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { nameOf } from '../tracking/icm-view.ts';
import { zoneOfIcm } from './icm-zone.ts';
import { holdersOf } from './role-store.ts';
import { roleName } from './role-views.ts';
import { knownParts, neededParts, statesOf, wordsOf, type StatusUpdate } from './status-update.ts';
import { updatesOf } from './status-update-store.ts';
import { knownCard, updateCard } from './update-cards.ts';
import { calledAs, moment } from './update-form.ts';

/** An update as it stands in the thread. `before`: the updates before it, oldest first. */
export function updateReply(
  update: StatusUpdate,
  before: readonly StatusUpdate[],
  icm: Icm,
  services: Services,
  said: { readonly notices?: readonly string[]; readonly repeat?: boolean } = {},
): Reply {
  const { parts: names, texts } = services.playbook.statusUpdates;
  const earlier = new Map(statesOf(before).map((state) => [state.part, state]));
  const labelOf = (part: UpdatePart): string => {
    const { name } = wordsOf(part, update.stage, names);
    const former = earlier.get(part);
    if (before.length === 0) return name;
    if (!former) return `${name} · new`;
    return former.text === update.parts[part]
      ? `${name} · as in update ${former.update.sequence}`
      : `${name} · changed`;
  };
  const isResolved = update.stage === 'resolved';
  return cardReply(updateCard, {
    icm: icm.id,
    update: update.id,
    isResolved,
    heading: `${nameOf(icm)} · update ${update.sequence}${isResolved ? ' · resolved' : ''}`,
    kind: `${update.audience === 'external' ? 'For the customer' : 'For colleagues'}${isResolved ? ': resolved' : ''}`,
    posted: `${update.postedBy.name}, ${moment(update.postedAt, update.zone)}`,
    notices: (said.notices ?? []).map((text) => ({ text })),
    repeat: said.repeat ?? false,
    parts: neededParts(update.audience, update.stage).map((part) => ({
      label: labelOf(part),
      value: update.parts[part],
    })),
    next: update.next ? `Next update: ${moment(update.next.at, update.next.zone)}` : texts.last,
    canPost: update.next !== undefined,
    canCopy: update.audience === 'external',
  });
}

/** Where the card of what is known is shown in place of another one, and which. */
export type Back = { readonly kind: 'none' | 'icm' } | { readonly kind: 'update'; readonly update: string };

/** What is known of an ICM at `now`: the last state of each part, since when, and who does what. */
export async function knownReply(
  icm: Icm,
  now: Date,
  services: Services,
  back: Back = { kind: 'none' },
): Promise<Reply> {
  const { records, playbook } = services;
  const [updates, followUp, holders] = await Promise.all([
    updatesOf(records, icm),
    openFollowUp(records, icm.id),
    holdersOf(records, icm),
  ]);
  const zone = await zoneOfIcm(icm, services);
  const last = updates.at(-1);
  return cardReply(knownCard, {
    icm: icm.id,
    heading: `What is known · ${nameOf(icm)}`,
    asOf: `As of ${moment(now, zone)}${last ? `, after update ${last.sequence}` : ''}.`,
    facts: [
      ...factsOf(icm),
      ...[...holders].map(([role, { name }]) => ({ title: roleName(role, playbook), value: name })),
      {
        title: 'Next update',
        value: followUp
          ? `${moment(followUp.dueAt, zone)}${followUp.dueAt < now ? `, overdue by ${showSpan(now.getTime() - followUp.dueAt.getTime())}` : ''}`
          : last && !last.next
            ? 'none, the last one was posted'
            : 'no promise yet',
      },
    ],
    ...(last ? {} : { notice: 'No status update was posted yet, so this is what tracking knows.' }),
    parts: knownParts(updates).map(({ part, text, update }) => ({
      label: wordsOf(part, last?.stage ?? 'progress', playbook.statusUpdates.parts).name,
      value: text,
      since: `Since ${calledAs(update)}, ${moment(update.postedAt, zone)}`,
    })),
    canPost: icm.status === 'open',
    back: back.kind,
    update: back.kind === 'update' ? back.update : '',
  });
}

function factsOf(icm: Icm): { readonly title: string; readonly value: string }[] {
  return [
    { title: 'Case severity', value: icm.caseSeverity ?? 'not known' },
    { title: 'ICM severity', value: icm.icmSeverity === undefined ? 'not known' : `Sev ${icm.icmSeverity}` },
    ...(icm.outage ? [{ title: 'Outage', value: 'yes' }] : []),
    { title: 'Status', value: icm.status },
    { title: 'Looked after by', value: icm.engineer.name },
  ];
}
