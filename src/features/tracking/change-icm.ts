import { changesOnIcm } from '../follow-ups/icm-changes.ts';
import { keepClientZone } from '../follow-ups/follow-up-steps.ts';
import { offerOf } from '../incidents/offer-roles.ts';
import {
  say,
  type ActionTurn,
  type AuditEvent,
  type Change,
  type Outcome,
  type Person,
  type Place,
  type Reply,
  type Services,
} from '../feature.ts';
import { changeIcm, icmById, markTrackingShown, wasShownTracking, type Icm, type IcmPatch } from './icm-store.ts';
import { icmReply, type IcmExtras } from './icm-view.ts';
import { isSame, mayChange, maySee, mayTakeOver, whoMayChange } from './permission.ts';

/** What the handlers need of a turn, typed or pressed. */
export interface Where {
  readonly person: Person;
  readonly place: Place;
  readonly now: Date;
  readonly clientZone?: string | undefined;
}

export const gone = say('I do not track that ICM. Nothing was changed. Write “my ICMs” to see yours.');

const older = 'That card was an older one. This is how it is now; nothing was changed.';

/** A change of an ICM with all that follows: its promise, the offer of roles, the trail, the card. */
export async function changed(
  icm: Icm,
  patch: IcmPatch,
  audit: Omit<AuditEvent, 'subject'>,
  turn: Where,
  services: Services,
  extras: IcmExtras = {},
): Promise<Outcome> {
  const after: Icm = { ...icm, ...patch, revision: icm.revision + 1 };
  const follows = await changesOnIcm(icm, after, services, turn.now);
  const shows = after.engineer === icm.engineer ? undefined : await clicksFor(after, services);
  const isNew = after.engineer !== icm.engineer && isSame(after.engineer, turn.person);
  return {
    reply: await icmReply(after, turn.now, services, { ...extras, ...(shows ? { withClicks: true } : {}) }),
    changes: [
      changeIcm(icm, patch),
      ...follows,
      ...offerOf(icm, after, turn.now, services),
      ...(shows ? [shows] : []),
      ...(isNew ? [await keepClientZone(turn, services)] : []),
    ],
    audit: { ...audit, subject: icm.id },
  };
}

/** Marks that the engineer sees Watch and Subscribe now; `undefined` when they have been shown before (F7: once). */
export async function clicksFor(icm: Icm, services: Services): Promise<Change | undefined> {
  const wasShown = await wasShownTracking(services.records, icm.engineer, icm.number);
  return wasShown ? undefined : markTrackingShown(icm.engineer, icm.number);
}

/** The card as it is, for whoever asks for it: what is tracked in a personal chat is told to nobody else. */
export async function cardFor(icm: Icm, turn: Where, services: Services, extras: IcmExtras): Promise<Reply> {
  const isPrivate = !(await maySee(icm, turn.person, services));
  return icmReply(icm, turn.now, services, { ...extras, ...(isPrivate ? { isPrivate } : {}) });
}

/** The same with a remark. */
export async function shown(icm: Icm, turn: Where, services: Services, notice?: string): Promise<Outcome> {
  return { reply: await cardFor(icm, turn, services, { notice }) };
}

/** Somebody wants to change what is another's: who can, and the way to become the one who can. */
export async function refused(icm: Icm, turn: Where, services: Services): Promise<Outcome> {
  const canTakeOver = await mayTakeOver(icm, turn.person, turn.place, services);
  const notice = [
    `Nothing was changed. ${await whoMayChange(icm, services)}`,
    ...(canTakeOver
      ? ['If you look after it from now on, press “Take over”.']
      : icm.place.kind === 'personal'
        ? [`It is tracked in a personal chat, so ${icm.engineer.name} has to hand it over.`]
        : []),
  ].join(' ');
  return { reply: await cardFor(icm, turn, services, { notice, canTakeOver }) };
}

/** Guards a change that was typed. */
export async function guardTyped(
  icm: Icm,
  turn: Where,
  services: Services,
  act: () => Outcome | Promise<Outcome>,
): Promise<Outcome> {
  return (await mayChange(icm, turn.person, services)) ? act() : refused(icm, turn, services);
}

/**
 * Guards every button of an ICM: it must be there, whoever presses must be allowed to, and the card must be of the
 * present revision. Otherwise the card is shown as it is now, and nothing changes.
 */
export async function guarded<Data extends { readonly icm: string; readonly revision: number }>(
  turn: ActionTurn<Data>,
  services: Services,
  act: (icm: Icm) => Outcome | Promise<Outcome>,
  may: (icm: Icm) => Promise<boolean> = async (icm) => mayChange(icm, turn.person, services),
): Promise<Outcome> {
  const icm = await icmById(services.records, turn.person.tenantId, turn.data.icm);
  if (!icm) return gone;
  if (!(await may(icm))) return refused(icm, turn, services);
  if (turn.data.revision !== icm.revision) return shown(icm, turn, services, older);
  return act(icm);
}
