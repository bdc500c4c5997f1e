import { AppError } from '../../errors.ts';
import type { Playbook } from '../../playbook/schema.ts';
import type { Person, Place, Services } from '../feature.ts';
import { preferenceOf } from '../follow-ups/preference-store.ts';
import type { Escalation } from './escalation.ts';
import { editorsOf } from './escalation-store.ts';

/** Somebody whom the playbook lets decide: an SME, or who stands in for one. */
export interface Approver {
  readonly aadObjectId: string;
  readonly name: string | undefined;
  readonly region: string;
  /** The SME for whom they stand in; `undefined`: an SME themselves. */
  readonly standsInFor: string | undefined;
}

/** Ids of the directory are the same in capitals. */
export const sameId = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function approversOf({ people }: Pick<Playbook, 'people'>, tenantId: string): readonly Approver[] {
  return people.smes
    .filter((sme) => sameId(sme.tenantId, tenantId))
    .flatMap(({ aadObjectId, name, region, delegate }) => [
      { aadObjectId, name, region, standsInFor: undefined },
      ...(delegate === undefined ? [] : [{ aadObjectId: delegate, name: undefined, region, standsInFor: aadObjectId }]),
    ]);
}

/** Regions in which an organisation has SMEs, as the playbook names them. */
export function regionsOf(playbook: Pick<Playbook, 'people'>, tenantId: string): readonly string[] {
  return [...new Set(approversOf(playbook, tenantId).map(({ region }) => region))];
}

/** Who may be asked about a request: the SMEs of its region, or of all once it is offered to all. */
export function approversFor(
  { tenantId, region, isOffered }: Pick<Escalation, 'tenantId' | 'region' | 'isOffered'>,
  playbook: Pick<Playbook, 'people'>,
): readonly Approver[] {
  return approversOf(playbook, tenantId).filter((one) => isOffered || one.region === region);
}

/** Whether it can be decided at all: an empty list of SMEs means nobody, not everybody. */
export function canBeDecided(request: Parameters<typeof approversFor>[0], playbook: Pick<Playbook, 'people'>): boolean {
  return playbook.people.smeChannel?.membership === 'enough' || approversFor(request, playbook).length > 0;
}

/** The SMEs' channel of an organisation. Where the playbook gives no address of Teams, the one of `near` is taken. */
export function smeChannelOf(playbook: Pick<Playbook, 'people'>, tenantId: string, near: Place): Place | undefined {
  const { smeChannel } = playbook.people;
  if (!smeChannel || !sameId(smeChannel.tenantId, tenantId)) return undefined;
  return {
    kind: 'channel',
    conversationId: smeChannel.channelId,
    serviceUrl: smeChannel.serviceUrl ?? near.serviceUrl,
    botId: near.botId,
  };
}

/** Whether somebody may decide; if not, why, as a sentence. */
export type MayDecide =
  { readonly may: true } | { readonly may: false; readonly because: string; readonly sentence: string };

const no = (because: string, sentence: string): MayDecide => ({ may: false, because, sentence });

/**
 * Whether somebody may decide on a request, by their verified id and the playbook: an SME of its region or who stands in
 * for one, never who asked, changed it or stands in for the requester (T13).
 *
 * `live`: membership is asked of Teams where the playbook wants that, and without an answer nobody may; otherwise only
 * what is known without asking counts, which is enough to draw a card.
 */
export async function mayDecide(
  escalation: Escalation,
  person: Person,
  services: Services,
  live: boolean,
): Promise<MayDecide> {
  const { playbook } = services;
  if (person.aadObjectId === '' || !sameId(person.tenantId, escalation.tenantId))
    return no('guest', 'Guests cannot decide on an escalation.');
  const editors = [...(await editorsOf(services.records, escalation.id))];
  const isEditor = (id: string) =>
    sameId(id, escalation.requester.aadObjectId) || editors.some((one) => sameId(one, id));
  if (sameId(person.aadObjectId, escalation.requester.aadObjectId))
    return no('requester', 'You asked for it, so somebody else has to decide.');
  if (isEditor(person.aadObjectId))
    return no('editor', 'You have changed or answered something in the request, so somebody else has to decide.');
  const { delegate } = await preferenceOf(services.records, escalation.requester);
  if (delegate && sameId(delegate.aadObjectId, person.aadObjectId))
    return no('delegate', `You stand in for ${escalation.requester.name}, who asked, so somebody else has to decide.`);

  const { membership = 'not-asked' } = playbook.people.smeChannel ?? {};
  if (membership !== 'enough') {
    const isListed = approversFor(escalation, playbook).some(
      ({ aadObjectId, standsInFor }) =>
        sameId(aadObjectId, person.aadObjectId) && (standsInFor === undefined || !isEditor(standsInFor)),
    );
    if (!isListed)
      return no(
        'not listed',
        escalation.isOffered
          ? 'Only the SMEs can decide on it.'
          : `Only the SMEs of ${escalation.region === '' ? 'the playbook' : escalation.region} can decide on it.`,
      );
  }
  if (membership === 'not-asked') return { may: true };
  if (live) return memberOfSmes(escalation, person, services);
  return membership === 'required'
    ? { may: true }
    : no('not asked yet', 'Only members of the SMEs’ team can decide on it.');
}

async function memberOfSmes(escalation: Escalation, person: Person, services: Services): Promise<MayDecide> {
  const channel = smeChannelOf(services.playbook, escalation.tenantId, escalation.place);
  if (!channel) return no('no channel', 'No channel of the SMEs is set up here, so nobody can decide.');
  try {
    const member = await services.member(channel, escalation.tenantId, person.aadObjectId);
    return member && sameId(member.aadObjectId, person.aadObjectId)
      ? { may: true }
      : no('not a member', 'Only members of the SMEs’ team can decide on it.');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Without an answer of Teams nobody is let in.
    return no(
      'membership unknown',
      'Teams does not tell me at the moment whether you are in the SMEs’ team. Please try again in a minute.',
    );
  }
}
