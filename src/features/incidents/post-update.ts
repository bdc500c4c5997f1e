import { zoneOr } from '../../understanding/zones.ts';
import { readPastTime } from '../../understanding/read-past-time.ts';
import { readTime } from '../../understanding/read-time.ts';
import { showSpan, showTime } from '../../understanding/show-time.ts';
import { noteCard } from '../advice/advice-cards.ts';
import { cardReply } from '../card.ts';
import type { ActionTurn, Change, Outcome, Reply, Services } from '../feature.ts';
import { openFollowUp, type FollowUp } from '../follow-ups/follow-up-store.ts';
import { keepClientZone, outsideHours, zoneFor } from '../follow-ups/follow-up-steps.ts';
import { endOf, promise } from '../follow-ups/promises.ts';
import { checkMessage } from '../message-check/check-message.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { problemsOfMoments } from './key-field-rules.ts';
import { keepFields, keyFieldsOf, withTyped } from './key-field-store.ts';
import {
  cleanParts,
  knownParts,
  mergedParts,
  missingParts,
  onlyNeeded,
  prefilledParts,
  staleParts,
  type StatusUpdate,
  isOfColleagues,
} from './status-update.ts';
import { addUpdate, updatesOf } from './status-update-store.ts';
import { formReply, isSameDay, moment, type FormSaid, type UpdateDraft } from './update-form.ts';
import { postOf } from './update-jobs.ts';
import { textToCheck } from './update-text.ts';

/** What a press on "Post" comes with, besides what was typed. All of it is checked again. */
export interface PostRequest {
  readonly draft: UpdateDraft;
  /** A time that was picked where the typed one was unclear. */
  readonly picked: { readonly at: Date; readonly zone: string } | undefined;
  /** Names of rules whose findings the person has seen and leaves as they are. */
  readonly accepted: readonly string[];
}

/** The next time as it was understood; `none`: this is the last update. */
type Next =
  | { readonly kind: 'time'; readonly at: Date; readonly zone: string; readonly notes: readonly string[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'problem'; readonly problem: string; readonly choices?: FormSaid['choices'] };

/**
 * Checks an update and posts it, or shows the form again with what is wrong; nothing that was typed is lost. Its next
 * time becomes the promise of the ICM, and the promise before it is kept with it (F75, F80); what was promised to the
 * customer is not kept by an update for colleagues.
 */
export async function postUpdate(
  icm: Icm,
  request: PostRequest,
  turn: ActionTurn,
  services: Services,
): Promise<Outcome> {
  const { records, playbook } = services;
  const [updates, { zone, isGuess }] = await Promise.all([updatesOf(records, icm), zoneFor(turn, services)]);
  const { draft, notice, isOver } = onNewest({ ...request.draft, parts: cleanParts(request.draft.parts) }, updates);
  const again = (said: FormSaid): Outcome => ({ reply: formAgain(icm, draft, services, said, notice, zone) });
  const newest = updates.at(-1);
  if (isOver && newest)
    return again({
      problems: [
        `${newest.postedBy.name} posted update ${newest.sequence} while you wrote, and it says that it is resolved. If it goes on all the same, post yours again.`,
      ],
    });
  const parts = onlyNeeded(draft.parts, draft.audience, draft.stage);
  const next = nextOf(icm, draft, request.picked, zone, turn.now);
  const problems = [
    ...missingParts(parts, draft.audience, draft.stage).map((part) => playbook.statusUpdates.parts[part].missing),
    ...staleParts(parts, knownParts(updates), (at) => isSameDay(at, turn.now, zone)).map(
      ({ part, update }) =>
        `“${playbook.statusUpdates.parts[part].name}” names a time by the day and was written ${moment(update.postedAt, zone)}. Please write the date, or what holds now.`,
    ),
    ...(next.kind === 'problem' ? [next.problem] : []),
  ];
  if (problems.length > 0 || next.kind === 'problem')
    return again({ problems, ...(next.kind === 'problem' && next.choices ? { choices: next.choices } : {}) });
  const update: StatusUpdate = {
    id: services.newId(),
    tenantId: icm.tenantId,
    icmId: icm.id,
    sequence: (newest?.sequence ?? 0) + 1,
    audience: draft.audience,
    stage: draft.stage,
    parts,
    next: next.kind === 'time' ? { at: next.at, zone: next.zone } : undefined,
    postedBy: { aadObjectId: turn.person.aadObjectId, name: turn.person.name },
    postedAt: turn.now,
    zone,
  };
  const { findings } = checkMessage(textToCheck(update, turn.person.name, playbook), {
    audience: draft.audience === 'external' ? 'customer' : 'internal',
    playbook,
  });
  const open = findings.filter(
    ({ severity, rule }) => severity === 'must-not-leave' || !request.accepted.includes(rule),
  );
  if (open.length > 0) return again({ findings });
  const notes = [
    ...(next.kind === 'time' ? next.notes : []),
    ...(isGuess ? [`I do not know your time zone, so I took ${zone}.`] : []),
  ];
  return posted(icm, update, newest, notes, turn, services);
}

/** Keeps the update, its promise and its post together; the form becomes a line for everybody. */
async function posted(
  icm: Icm,
  update: StatusUpdate,
  before: StatusUpdate | undefined,
  notes: readonly string[],
  turn: ActionTurn,
  services: Services,
): Promise<Outcome> {
  const open = await openFollowUp(services.records, icm.id);
  const stays = open && update.audience === 'internal' && !isOfColleagues(open, before) ? open : undefined;
  const former = stays ? undefined : open;
  const { next } = update;
  const promised = stays ? [] : await promiseOf(icm, former, next, turn, services);
  const outside = next && !stays ? await outsideHours(icm, next, services) : [];
  const detected = await detectedIn(update, before, icm, turn, services);
  const lateMs = former ? turn.now.getTime() - former.dueAt.getTime() : 0;
  const where = icm.place.conversationId === turn.place.conversationId ? 'below' : 'in the thread of the ICM';
  const line = [
    `${turn.person.name} posted update ${update.sequence} for ICM ${icm.number}; it stands ${where}.`,
    next
      ? `The next one is due ${showTime(next.at, next.zone, turn.now)}${stays ? '.' : ', and I remind of it.'}`
      : `It was the last update.${icm.status === 'open' ? ` When the ICM is resolved too, write “resolve ${icm.number}”.` : ''}`,
    ...(former && lateMs > 60_000
      ? [
          `It came ${showSpan(lateMs)} after the promised time. If the customer is upset, write “escalate ${icm.number}”.`,
        ]
      : []),
    ...(stays
      ? [
          `The customer was promised an update for ${showTime(stays.dueAt, stays.zone, turn.now)}: that stays open, and it is what I remind of.`,
        ]
      : []),
    ...detected.notes,
    ...notes,
    ...outside,
  ].join(' ');
  return {
    reply: cardReply(noteCard, { line, canStart: false }),
    forEverybody: true,
    audit: {
      event: 'status update posted',
      subject: update.id,
      details: {
        icm: icm.id,
        sequence: update.sequence,
        audience: update.audience,
        stage: update.stage,
        dueAt: next?.at.toISOString() ?? null,
        kept: former?.id ?? null,
        late: lateMs > 0,
      },
    },
    changes: [
      addUpdate(update, icm),
      ...promised,
      ...detected.changes,
      await keepClientZone(turn, services),
      services.deliver([postOf(update, icm)]),
    ],
  };
}

/** The time of detection that the update tells, for the key field of the ICM where nobody has filled that in (F57). */
async function detectedIn(
  { parts, zone }: StatusUpdate,
  before: StatusUpdate | undefined,
  icm: Icm,
  turn: ActionTurn,
  services: Services,
): Promise<{ readonly changes: readonly Change[]; readonly notes: readonly string[] }> {
  const nothing = { changes: [], notes: [] };
  // What stood there before was read when it was written: “20 minutes ago” would be another time now.
  if (parts.since === before?.parts.since) return nothing;
  const { typed, known, revision, detectedAt } = await keyFieldsOf(services.records, icm);
  const reading = readPastTime(parts.since, { now: turn.now, zone });
  if (detectedAt || reading.kind !== 'time') return nothing;
  const fields = { ...typed, detectedAt: reading.at };
  const all = withTyped(fields, known, revision + 1, turn.now);
  if (problemsOfMoments(all, turn.now, zone).length > 0) return nothing;
  return {
    changes: [keepFields(icm, fields, revision, turn.person, turn.now)],
    notes: [
      `In the key fields I took ${showTime(reading.at, zone, turn.now)} as when it was detected. If that is wrong, write “detected ${icm.number} at …”.`,
    ],
  };
}

/** The open promise is kept with this update, and its next time is the new one. */
async function promiseOf(
  icm: Icm,
  former: FollowUp | undefined,
  next: StatusUpdate['next'],
  turn: ActionTurn,
  services: Services,
): Promise<readonly Change[]> {
  const ended = former ? await endOf(former, 'sent', icm, turn.now, services) : [];
  const made = next ? (await promise(icm, undefined, next, turn.person, turn.now, services)).changes : [];
  return [...ended, ...made];
}

/** The draft on the newest update, where another one was posted while it was written; `isOver`: that was the end. */
function onNewest(
  draft: UpdateDraft,
  updates: readonly StatusUpdate[],
): { readonly draft: UpdateDraft; readonly notice: string | undefined; readonly isOver: boolean } {
  const newest = updates.at(-1);
  if (!newest || newest.sequence <= draft.revision) return { draft, notice: undefined, isOver: false };
  const base = prefilledParts(updates.filter(({ sequence }) => sequence <= draft.revision));
  const parts = mergedParts(draft.parts, base, prefilledParts(updates));
  return {
    draft: { ...draft, revision: newest.sequence, parts },
    notice: `${newest.postedBy.name} posted update ${newest.sequence} while you wrote. What you left as it was says what that one says.`,
    isOver: newest.stage === 'resolved' && draft.stage === 'progress',
  };
}

const formAgain = (
  icm: Icm,
  draft: UpdateDraft,
  services: Services,
  said: FormSaid,
  notice: string | undefined,
  zone: string,
): Reply => formReply(icm, draft, services, { ...said, zone, ...(notice === undefined ? {} : { notices: [notice] }) });

const day = 86_400_000;

/** When the next update occurs, as follow-ups read it. A last one has none and says so (T18). */
function nextOf(icm: Icm, draft: UpdateDraft, picked: PostRequest['picked'], zone: string, now: Date): Next {
  const isResolved = draft.stage === 'resolved';
  if (isResolved && draft.isLast) return { kind: 'none' };
  if (icm.status === 'resolved')
    return {
      kind: 'problem',
      problem: `ICM ${icm.number} is resolved, so only its last update can be posted. If it goes on, write “reopen ${icm.number}” first.`,
    };
  const reading = readTime(draft.next, { now, zone });
  // What was written out since it was asked counts more than a pick.
  if (reading.kind !== 'time' && picked) {
    const ahead = picked.at.getTime() - now.getTime();
    if (ahead >= 60_000 && ahead <= 90 * day)
      return { kind: 'time', at: picked.at, zone: zoneOr(picked.zone, zone), notes: [] };
    return { kind: 'problem', problem: 'That time has passed. Please give one that is still to come.' };
  }
  switch (reading.kind) {
    case 'time':
      return { kind: 'time', at: reading.at, zone: reading.zone, notes: reading.notes };
    case 'ask':
      return { kind: 'problem', problem: reading.question, choices: reading.choices };
    case 'refused':
      return { kind: 'problem', problem: reading.reason };
    case 'none':
      return {
        kind: 'problem',
        problem: `Please say when the next update will occur, for example “today 17:00” or “in 2 hours”${isResolved ? ', or that this is the last one' : ''}.`,
      };
  }
}
