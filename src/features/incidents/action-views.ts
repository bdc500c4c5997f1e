import { cardReply } from '../card.ts';
import type { Reply } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { actionCard, actionFormCard, mostAction } from './action-cards.ts';
import { dayOf } from './action-due.ts';
import type { ActionItem } from './action-store.ts';

export const nameOfAction = (item: Pick<ActionItem, 'seq'>, icm: Pick<Icm, 'number'>): string =>
  `Action ${item.seq} of ICM ${icm.number}`;

/** An action with what is said of it: "is on the list", "is due today". */
export function actionReply(
  item: ActionItem,
  icm: Pick<Icm, 'number'>,
  state: string,
  extras: { readonly notes?: readonly string[]; readonly mentions?: boolean } = {},
): Reply {
  const { owner } = item;
  const canMention = extras.mentions === true && owner.teamsId !== '';
  return cardReply(actionCard, {
    icm: item.icmId,
    action: item.id,
    revision: String(item.revision),
    mentions: canMention ? [{ name: owner.name, teamsId: owner.teamsId }] : [],
    headline: `${nameOfAction(item, icm)} ${state}`,
    lines: [
      item.what,
      `Owner: ${owner.name}. Due: ${dayOf(item)}.`,
      ...(item.ended ? [`${item.status === 'done' ? 'Done' : 'Dropped'}: ${item.ended.by}.`] : []),
      ...(extras.notes ?? []),
    ].map((text) => ({ text })),
    isOpen: item.status === 'open',
  });
}

/** What stands in the fields of the form. */
export interface ActionDraft {
  readonly what: string;
  readonly owner: string;
  readonly due: string;
}

export function actionFormReply(
  draft: ActionDraft,
  icm: Pick<Icm, 'id' | 'number'>,
  context: { readonly item?: ActionItem; readonly problem?: string } = {},
): Reply {
  const { item, problem } = context;
  return cardReply(actionFormCard, {
    icm: icm.id,
    action: item?.id ?? '',
    revision: String(item?.revision ?? 0),
    heading: item ? `Change action ${item.seq} of ICM ${icm.number}` : `A new action for ICM ${icm.number}`,
    ...(problem === undefined ? {} : { problem }),
    what: draft.what.slice(0, mostAction),
    owner: draft.owner.slice(0, 100),
    due: draft.due.slice(0, 100),
  });
}
