import { z } from 'zod';
import { readStatusUpdate, type StatusUpdateRequest } from '../../understanding/read-status-update.ts';
import { readTracking } from '../../understanding/read-tracking.ts';
import {
  action,
  asNewMessage,
  say,
  type ActionTurn,
  type Feature,
  type MessageTurn,
  type Outcome,
  type Services,
  type TimelineEntry,
} from '../feature.ts';
import { findIcm } from '../follow-ups/find-icm.ts';
import { checked, inPrivate } from '../message-check/message-check-feature.ts';
import { shown } from '../tracking/change-icm.ts';
import { whichOne } from '../tracking/icm-list.ts';
import { icmById, type Icm } from '../tracking/icm-store.ts';
import { meantIcm } from '../tracking/meant-icm.ts';
import { maySee } from '../tracking/permission.ts';
import { postUpdate } from './post-update.ts';
import { longestPart, type StatusUpdate, type UpdateParts } from './status-update.ts';
import { updateById, updatesOf } from './status-update-store.ts';
import { refusedPost } from './update-access.ts';
import { mayCommunicate } from './role-rights.ts';
import { formReply, freshForm, type UpdateDraft } from './update-form.ts';
import { knownAnew, updateJobs } from './update-jobs.ts';
import { customerMessage, ended } from './update-text.ts';
import { knownReply, updateReply, type Back } from './update-views.ts';

const id = z.string().max(100);
const words = z.string().max(20_000).default('').catch('');
const onIcm = z.object({ icm: id });
const onUpdate = z.object({ icm: id, update: id.default('') });
const filled = onIcm.extend({
  audience: z.enum(['external', 'internal']).catch('internal'),
  stage: z.enum(['progress', 'resolved']).catch('progress'),
  revision: z.coerce.number().int().min(0).catch(0),
  shown: z.string().max(500).default('').catch(''),
  what: words,
  since: words,
  who: words,
  expect: words,
  steps: words,
  how: words,
  verified: words,
  next: words,
  last: z.enum(['true', 'false']).default('false').catch('false'),
});
const posting = filled.extend({
  at: z.iso.datetime().optional().catch(undefined),
  zone: z.string().max(60).default(''),
});

const gone = say('I do not track that ICM any more. Nothing was posted.');

function draftOf({ audience, stage, revision, next, last, ...data }: z.output<typeof filled>): UpdateDraft {
  const parts = Object.fromEntries(
    Object.keys(longestPart).map((part) => [part, data[part as keyof UpdateParts]]),
  ) as UpdateParts;
  return { audience, stage, revision, parts, next, isLast: last === 'true' };
}

/** Guards everything that posts or begins to: the ICM must be there, and the person's to speak for. */
async function guarded<Data extends { readonly icm: string }>(
  turn: ActionTurn<Data>,
  services: Services,
  act: (icm: Icm) => Promise<Outcome> | Outcome,
): Promise<Outcome> {
  const icm = await icmById(services.records, turn.person.tenantId, turn.data.icm);
  if (!icm) return gone;
  return (await mayCommunicate(icm, turn.person, services)) ? act(icm) : refusedPost(icm, turn.person, services);
}

/** The ICM that a line means: by its number, else the one of this thread, else the person's only one. */
async function meant(
  request: StatusUpdateRequest,
  turn: MessageTurn,
  services: Services,
): Promise<{ readonly icm: Icm } | { readonly ask: Outcome }> {
  if (request.icmNumbers.length + request.srNumbers.length + request.shortNumbers.length > 0)
    return meantIcm(readTracking(turn.text), turn, services);
  const found = await findIcm(turn, request, services);
  if (found.kind === 'one') return { icm: found.icm };
  if (found.kind === 'several') return { ask: await whichOne(found.icms, turn, services) };
  return { ask: say('Which ICM? Write its number as well, for example “status update 512345678”.') };
}

const bare = (kind: StatusUpdateRequest['kind']): StatusUpdateRequest => ({
  kind,
  isResolved: false,
  icmNumbers: [],
  srNumbers: [],
  shortNumbers: [],
});

async function typedPost(turn: MessageTurn, services: Services): Promise<Outcome> {
  const request = readStatusUpdate(turn.text) ?? bare('post');
  const found = await meant(request, turn, services);
  if ('ask' in found) return found.ask;
  const { icm } = found;
  if (!(await mayCommunicate(icm, turn.person, services))) return refusedPost(icm, turn.person, services);
  return {
    reply: await freshForm(
      icm,
      {
        ...(request.audience ? { audience: request.audience } : {}),
        ...(request.isResolved ? { isResolved: true } : {}),
      },
      turn,
      services,
    ),
  };
}

/** In the ICM's own thread it is the one message that is changed in place; elsewhere it is how things are now. */
async function typedKnown(turn: MessageTurn, services: Services): Promise<Outcome> {
  const request = readStatusUpdate(turn.text) ?? bare('known');
  const found = await meant(request, turn, services);
  if ('ask' in found) return found.ask;
  const { icm } = found;
  if (!(await maySee(icm, turn.person, services))) return shown(icm, turn, services);
  if (icm.place.conversationId === turn.place.conversationId)
    return { changes: [services.deliver([knownAnew(icm, services.newId(), turn.now)])] };
  return { reply: await knownReply(icm, turn.now, services) };
}

/** What is known, in place of the card that was pressed and for that person alone, with the way back. */
async function showKnown(
  turn: ActionTurn<{ readonly icm: string; readonly update: string; readonly back: Back['kind'] }>,
  services: Services,
): Promise<Outcome> {
  const icm = await icmById(services.records, turn.person.tenantId, turn.data.icm);
  if (!icm) return gone;
  if (!(await maySee(icm, turn.person, services))) return shown(icm, turn, services);
  const { back: kind, update } = turn.data;
  const back: Back = kind === 'update' ? { kind, update } : { kind };
  return { reply: await knownReply(icm, turn.now, services, back) };
}

/** An update of an ICM that the person may see. */
async function heldUpdate(turn: ActionTurn<z.output<typeof onUpdate>>, services: Services) {
  const update = await updateById(services.records, turn.person.tenantId, turn.data.update);
  const icm = update && (await icmById(services.records, turn.person.tenantId, update.icmId));
  return update && icm && (await maySee(icm, turn.person, services)) ? { update, icm } : undefined;
}

const noUpdate = say('That update is not there any more.');

/** The update as a message to the customer, checked; where others read along it goes to the person alone. */
async function asMessage(turn: ActionTurn<z.output<typeof onUpdate>>, services: Services): Promise<Outcome> {
  const held = await heldUpdate(turn, services);
  if (!held) return noUpdate;
  const { update, icm } = held;
  if (update.audience !== 'external')
    return say('That update is for colleagues, so I make no message to the customer of it.');
  const text = customerMessage(update, turn.person.name, services.playbook);
  const reply = await checked(text, 'customer', turn, services, {
    clean: `Update ${update.sequence} as a message to the customer. It passes the check.`,
    // Its next time is the promise of the ICM already.
    isReminded: true,
    icm,
  });
  if (turn.place.kind === 'personal') return asNewMessage({ reply });
  return (await services.personalChat(turn.person)) ? inPrivate(turn, reply, services) : { reply };
}

/** What each update said in short. When the next one was to come is told by its promise, in the zone of the ICM. */
function entryOf(update: StatusUpdate): TimelineEntry {
  const { audience, stage, parts, next } = update;
  const short = (text: string): string => ended(text.length <= 160 ? text : `${text.slice(0, 159).toWellFormed()}…`);
  const said =
    stage === 'resolved'
      ? `Resolved: ${short(parts.how)} Verified: ${short(parts.verified)}`
      : `${short(parts.what)} Affects: ${short(parts.who)}${parts.steps === '' ? '' : ` Steps: ${short(parts.steps)}`}`;
  return {
    at: update.postedAt,
    kind: 'update',
    text: `Update ${update.sequence} for ${audience === 'external' ? 'the customer' : 'colleagues'}: ${said}${next ? '' : ' It was the last update.'}`,
    by: update.postedBy.name,
  };
}

export const statusUpdateFeature: Feature = {
  name: 'status-update',
  commands: [
    {
      name: 'status-update',
      title: 'Post a status update',
      summary: 'Asks for the parts of a good update, checks them, and posts it in the thread of the ICM.',
      examples: ['post a status update', 'status update', 'status update 512345678', 'post an update for 512345678'],
      run: typedPost,
    },
    {
      name: 'what-is-known',
      title: 'What is known',
      summary:
        'The last state of an ICM by its status updates: what happens, whom it affects, who does what, what is next.',
      examples: ['what is known', 'what do we know so far', 'what is known about 512345678'],
      run: typedKnown,
    },
  ],
  claims(text) {
    const request = readStatusUpdate(text);
    return request && (request.kind === 'post' ? 'status-update' : 'what-is-known');
  },
  jobs: updateJobs,
  actions: [
    action({
      verb: 'status-update/open',
      data: onIcm,
      run: async (turn, services) =>
        guarded(turn, services, async (icm) =>
          asNewMessage({ reply: await freshForm(icm, {}, turn, services) }, 'The form is in the new message below.'),
        ),
    }),
    action({
      verb: 'status-update/form',
      readOnly: true,
      data: filled,
      run: async (turn, services) =>
        guarded(turn, services, (icm): Outcome => ({ reply: formReply(icm, draftOf(turn.data), services) })),
    }),
    action({
      verb: 'status-update/post',
      data: posting,
      run: async (turn, services) =>
        guarded(turn, services, async (icm) => {
          const { at, zone } = turn.data;
          const picked = at === undefined ? undefined : { at: new Date(at), zone };
          return postUpdate(icm, { draft: draftOf(turn.data), picked, accepted: [] }, turn, services);
        }),
    }),
    action({
      verb: 'status-update/anyhow',
      data: posting,
      run: async (turn, services) =>
        guarded(turn, services, async (icm) => {
          const accepted = turn.data.shown.split(',');
          return postUpdate(icm, { draft: draftOf(turn.data), picked: undefined, accepted }, turn, services);
        }),
    }),
    action({
      verb: 'status-update/known',
      readOnly: true,
      data: onUpdate.extend({ back: z.enum(['none', 'icm', 'update']).catch('none') }),
      run: showKnown,
    }),
    action({
      verb: 'status-update/show',
      readOnly: true,
      data: onUpdate,
      async run(turn, services): Promise<Outcome> {
        const held = await heldUpdate(turn, services);
        if (!held) return noUpdate;
        const before = await updatesOf(services.records, held.icm, held.update.sequence - 1);
        return { reply: updateReply(held.update, before, held.icm, services) };
      },
    }),
    action({ verb: 'status-update/message', data: onUpdate, run: asMessage }),
  ],
  async timeline(icm, records): Promise<readonly TimelineEntry[]> {
    return (await updatesOf(records, icm)).map(entryOf);
  },
};
