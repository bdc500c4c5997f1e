import { cleanText } from '../../clean-text.ts';
import { say, type MessageTurn, type Outcome, type Services } from '../feature.ts';
import { zoneFor } from '../follow-ups/follow-up-steps.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { mostAction } from './action-cards.ts';
import { actionJob, dayOf, dueOf, remindersOfAction } from './action-due.ts';
import { ownerOf } from './action-owner.ts';
import { actionById, actionsOf, addAction, changeAction, endAction, type ActionItem } from './action-store.ts';
import { actionFormReply, actionReply, nameOfAction, type ActionDraft } from './action-views.ts';
import type { Writer } from './entry-steps.ts';

type Actor = Writer & Pick<MessageTurn, 'mentioned'>;

interface Checked {
  readonly what: string;
  readonly owner: ActionItem['owner'];
  readonly at: Date;
  readonly zone: string;
}

/** What was typed of an action, checked; or the sentence that says what is missing. `former` keeps its day when none is said. */
async function checked(
  draft: ActionDraft,
  actor: Actor,
  services: Services,
  former?: ActionItem,
): Promise<Checked | { readonly problem: string }> {
  const what = cleanText(draft.what).trim();
  if (what === '') return { problem: 'What is to be done? Please write it in a sentence.' };
  if ([...what].length > mostAction)
    return { problem: `It has ${[...what].length} characters; ${mostAction} are the most. Please make it shorter.` };
  const whose = await ownerOf(draft.owner, actor, services);
  if ('problem' in whose) return whose;
  const { zone } = await zoneFor(actor, services);
  const isSame = former !== undefined && (draft.due.trim() === '' || draft.due.trim() === dayOf(former));
  const due = isSame ? { at: former.dueAt, zone: former.zone } : dueOf(draft.due, zone, actor.now, services.playbook);
  return 'problem' in due ? due : { what, owner: whose.owner, ...due };
}

/** Keeps a new action with its reminders; what is missing comes back in the form with all that was typed. */
export async function keepAction(icm: Icm, draft: ActionDraft, actor: Actor, services: Services): Promise<Outcome> {
  const found = await checked(draft, actor, services);
  const named = actor.mentioned.length === 1 ? { ...draft, owner: actor.mentioned[0]?.name ?? draft.owner } : draft;
  if ('problem' in found) return { reply: actionFormReply(named, icm, { problem: found.problem }) };
  const { aadObjectId, name } = actor.person;
  const item: ActionItem = {
    id: services.newId(),
    tenantId: icm.tenantId,
    icmId: icm.id,
    seq: (await actionsOf(services.records, icm)).length + 1,
    what: found.what,
    owner: found.owner,
    dueAt: found.at,
    zone: found.zone,
    status: 'open',
    revision: 1,
    addedBy: { aadObjectId, name },
    createdAt: actor.now,
    ended: undefined,
  };
  return {
    reply: actionReply(item, icm, 'is on the list', { notes: [reminderNote(item)] }),
    changes: [addAction(item), services.deliver(remindersOfAction(item, icm, services))],
    audit: { event: 'action added', subject: icm.id, details: { action: item.id, number: item.seq } },
  };
}

const reminderNote = ({ owner }: ActionItem): string =>
  owner.teamsId === ''
    ? `I remind on that day where the ICM is tracked. I do not know who ${owner.name} is in Teams, so I cannot mention them; a real @ mention in the line “action: …” does that.`
    : 'I remind on that day where the ICM is tracked, and once more if it is still open.';

/** Changes an open action; its reminders are planned anew. */
export async function editAction(
  item: ActionItem,
  icm: Icm,
  draft: ActionDraft,
  actor: Actor,
  services: Services,
): Promise<Outcome> {
  // The same name as before is the same person.
  const isSameOwner = draft.owner.trim() === item.owner.name;
  const found = await checked(draft, actor, services, item);
  if ('problem' in found) return { reply: actionFormReply(draft, icm, { item, problem: found.problem }) };
  const patch = {
    what: found.what,
    owner: isSameOwner ? item.owner : found.owner,
    dueAt: found.at,
    zone: found.zone,
  };
  const after: ActionItem = { ...item, ...patch, revision: item.revision + 1 };
  return {
    reply: actionReply(after, icm, 'is changed', { notes: [reminderNote(after)] }),
    changes: [
      changeAction(item, patch),
      services.takeBack(item.tenantId, item.id, actionJob),
      services.deliver(remindersOfAction(after, icm, services)),
    ],
    audit: { event: 'action changed', subject: icm.id, details: { action: item.id, number: item.seq } },
  };
}

/** Done, or no longer needed: whoever can see the ICM may say so, and is named. */
export function finish(
  item: ActionItem,
  icm: Icm,
  status: 'done' | 'dropped',
  actor: Writer,
  services: Services,
): Outcome {
  const after: ActionItem = {
    ...item,
    status,
    revision: item.revision + 1,
    ended: { at: actor.now, by: actor.person.name },
  };
  return {
    reply: actionReply(after, icm, status === 'done' ? 'is done' : 'is no longer needed'),
    forEverybody: true,
    changes: [endAction(item, status, actor.person, actor.now), services.takeBack(item.tenantId, item.id, actionJob)],
    audit: { event: `action ${status}`, subject: icm.id, details: { action: item.id, number: item.seq } },
  };
}

/** An open action by the id of a button; otherwise what is shown in its place, and nothing changes. */
export async function heldAction(
  data: { readonly action: string; readonly revision: number },
  icm: Icm,
  services: Services,
): Promise<{ readonly item: ActionItem } | { readonly instead: Outcome }> {
  const item = await actionById(services.records, icm.tenantId, data.action);
  if (!item || item.icmId !== icm.id)
    return { instead: say('That action is not there any more. Nothing was changed.') };
  if (item.status === 'open' && item.revision === data.revision) return { item };
  const notes = ['That card was an older one. This is how it is now; nothing was changed.'];
  const state = item.status === 'open' ? 'is open' : item.status === 'done' ? 'is done' : 'is no longer needed';
  return { instead: { reply: actionReply(item, icm, state, { notes }) } };
}

export const actionForm = (item: ActionItem, icm: Icm): Outcome => ({
  reply: actionFormReply({ what: item.what, owner: item.owner.name, due: dayOf(item) }, icm, { item }),
});

export { nameOfAction };
