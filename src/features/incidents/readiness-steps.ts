import type { AuditEvent, Change, MessageTurn, Outcome, Person, Services } from '../feature.ts';
import { channelOf } from '../../store/outbox.ts';
import { zoneFor } from '../follow-ups/follow-up-steps.ts';
import { nudgeFor } from './readiness-nudge.ts';
import {
  checklistOf,
  keepChecklist,
  keepItem,
  openItem,
  type Checklist,
  type ItemState,
  type TeamStandards,
} from './readiness-store.ts';
import { itemsOf, readinessReply, standardLine, type ReadinessExtras } from './readiness-views.ts';

/** Who acts, where and when: a typed line or a button. */
export type Actor = Pick<MessageTurn, 'person' | 'place' | 'now' | 'clientZone'>;

const nothingAgreed: TeamStandards = {
  external: { channel: '', everyMinutes: undefined },
  internal: { channel: '', everyMinutes: undefined },
  consulted: [],
};

/** The checklist of the place of a turn; one that nobody has begun has revision 0 and is not kept. */
export async function checklistHere({ person, place }: Actor, services: Services): Promise<Checklist> {
  const known = await checklistOf(services.records, person.tenantId, place.conversationId);
  return (
    known ?? {
      id: services.newId(),
      tenantId: person.tenantId,
      channelId: channelOf(place.conversationId),
      revision: 0,
      nudges: true,
      standards: nothingAgreed,
      items: new Map(),
    }
  );
}

/** The checklist as it is; nothing changes. */
export async function show(
  checklist: Checklist,
  actor: Actor,
  services: Services,
  extras: ReadinessExtras = {},
): Promise<Outcome> {
  const { zone } = await zoneFor(actor, services);
  return { reply: await readinessReply(checklist, zone, actor.now, services, extras) };
}

/** Keeps a change together with the plan of the next nudge, and shows the checklist after it. */
async function changed(
  before: Checklist,
  patch: Partial<Pick<Checklist, 'nudges' | 'standards' | 'items'>>,
  more: readonly Change[],
  audit: Omit<AuditEvent, 'subject'>,
  actor: Actor,
  services: Services,
  extras: ReadinessExtras,
): Promise<Outcome> {
  const after: Checklist = { ...before, ...patch, revision: before.revision + 1 };
  const nudges = after.nudges ? [nudgeFor(after, actor.place, actor.now, services.playbook)] : [];
  return {
    ...(await show(after, actor, services, extras)),
    changes: [keepChecklist(before, after, actor.now), ...more, services.deliver(nudges)],
    audit: { ...audit, subject: before.id },
  };
}

/** An item by its name in the playbook, "item 3" in words; `undefined` where the playbook has no such item. */
function itemOf(checklist: Checklist, item: string, services: Services) {
  const items = itemsOf(checklist, services.playbook);
  const at = items.findIndex(({ name }) => name === item);
  return at < 0 ? undefined : { state: items[at]?.state ?? openItem, words: `Item ${at + 1}` };
}

const longestNote = 300;

/** What somebody does with an item. `note` is kept besides where it is not empty. */
export type ItemStep =
  | { readonly kind: 'done' | 'reopen' }
  | { readonly kind: 'owner'; readonly owner: Person | undefined }
  | { readonly kind: 'note' };

/** Changes an item; what would change nothing says so. */
export async function changeItem(
  checklist: Checklist,
  item: string,
  step: ItemStep,
  typed: string,
  actor: Actor,
  services: Services,
): Promise<Outcome> {
  const found = itemOf(checklist, item, services);
  if (!found)
    return show(checklist, actor, services, { notice: 'Pick one of the items. Nothing was changed.', note: typed });
  const { state, words } = found;
  const note = typed.trim();
  if ([...note].length > longestNote)
    return show(checklist, actor, services, {
      notice: `That note has ${[...note].length} characters, and ${longestNote} are the most. Nothing was changed.`,
      item,
      note: typed,
    });
  const next = stepOn(state, step, note, actor);
  const said = saidOf(words, step, actor.person, state, next);
  if (sameItem(state, next)) return show(checklist, actor, services, { notice: said.already, item });
  const isOther = step.kind === 'owner' && step.owner && step.owner.aadObjectId !== actor.person.aadObjectId;
  return changed(
    checklist,
    { items: new Map([...checklist.items, [item, next]]) },
    [keepItem(checklist, item, next)],
    { event: `readiness ${step.kind}`, details: { item } },
    actor,
    services,
    {
      notice: said.done,
      ...(isOther && step.owner
        ? { assigned: { name: step.owner.name, id: step.owner.teamsId, what: `owns ${words.toLowerCase()} now.` } }
        : {}),
    },
  );
}

function stepOn(state: ItemState, step: ItemStep, note: string, { person, now }: Actor): ItemState {
  const noted = { ...state, note: note === '' ? state.note : note };
  switch (step.kind) {
    case 'done':
      return state.done ? noted : { ...noted, done: { at: now, by: person } };
    case 'reopen':
      return { ...noted, done: undefined };
    case 'owner':
      return state.owner?.aadObjectId === step.owner?.aadObjectId ? noted : { ...noted, owner: step.owner };
    case 'note':
      return { ...state, note };
  }
}

const sameItem = (one: ItemState, other: ItemState): boolean =>
  one.done === other.done && one.owner === other.owner && one.note === other.note;

function saidOf(words: string, step: ItemStep, person: Person, state: ItemState, next: ItemState) {
  const nothing = 'Nothing was changed.';
  switch (step.kind) {
    case 'done':
      return { done: `${words} is marked as done by ${person.name}.`, already: `${words} is done already. ${nothing}` };
    case 'reopen':
      return { done: `${person.name} opened ${words.toLowerCase()} again.`, already: `${words} is open. ${nothing}` };
    case 'owner':
      return step.owner
        ? {
            done: `${step.owner.name} owns ${words.toLowerCase()} now.`,
            already: `${step.owner.name} owns ${words.toLowerCase()} already. ${nothing}`,
          }
        : { done: `${words} has no owner now.`, already: `${words} has no owner. ${nothing}` };
    case 'note':
      return {
        done: `The note of ${words.toLowerCase()} is ${next.note === '' ? 'taken out' : 'kept'}.`,
        already: state.note === '' ? `Write the note first. ${nothing}` : `It is the same note. ${nothing}`,
      };
  }
}

/** Monthly nudges on or off. */
export async function setNudges(checklist: Checklist, on: boolean, actor: Actor, services: Services): Promise<Outcome> {
  if (checklist.revision === 0)
    return show(checklist, actor, services, {
      notice: 'I nudge nobody here: the checklist has not been begun. Nothing was changed.',
    });
  if (checklist.nudges === on)
    return show(checklist, actor, services, {
      notice: `${on ? 'I nudge you once a month already.' : 'I post no nudges here already.'} Nothing was changed.`,
    });
  return changed(checklist, { nudges: on }, [], { event: 'readiness nudges', details: { on } }, actor, services, {
    notice: on
      ? 'I post once a month what is still open, on a working morning.'
      : 'No more nudges. Write “nudge us again” when you want them back.',
  });
}

/** Keeps what the team agreed on about its updates. */
export async function agree(
  checklist: Checklist,
  standards: TeamStandards,
  actor: Actor,
  services: Services,
): Promise<Outcome> {
  const { external, internal } = standards;
  return changed(
    checklist,
    { standards },
    [],
    {
      event: 'readiness standards',
      details: {
        externalMinutes: external.everyMinutes ?? null,
        internalMinutes: internal.everyMinutes ?? null,
        consulted: standards.consulted.length,
      },
    },
    actor,
    services,
    {
      notice:
        standardLine(external) === undefined && standardLine(internal) === undefined && standards.consulted.length === 0
          ? 'Nothing is agreed on any more.'
          : 'Kept. The interval is your own decision; status updates can propose it.',
    },
  );
}
