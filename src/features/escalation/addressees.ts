import type { Change, Person, Place, Services } from '../feature.ts';
import { keepPreference, knownPeople } from '../follow-ups/preference-store.ts';
import { approversFor, sameId, type Approver } from './approvers.ts';
import type { Escalation } from './escalation.ts';
import { editorsOf } from './escalation-store.ts';

/** SMEs as they can be spoken to. */
export interface Addressees {
  /** With their ids in Teams: they are mentioned. */
  readonly found: readonly Person[];
  /** Named, but not to be found in the roster: their names, where the playbook tells them. */
  readonly missing: readonly string[];
  /** Keeps the ids that were looked up. */
  readonly keep: Change;
}

/** So many are mentioned; a message that calls more calls nobody. */
const mostMentioned = 6;

/**
 * The SMEs of a request who may decide, with their ids in Teams. Who has never met the bot is looked up in the roster of
 * the SMEs' team; one who is not to be found there, or of whom Teams tells nothing now, is named without a mention.
 */
export async function addresseesOf(
  escalation: Escalation,
  place: Place,
  services: Services,
  which: (approver: Approver) => boolean = () => true,
): Promise<Addressees> {
  const editors = [...(await editorsOf(services.records, escalation.id))];
  const asked = approversFor(escalation, services.playbook)
    // Who stands in for an SME sees it as well, but is not called besides them.
    .filter((one) => one.standsInFor === undefined && which(one))
    .filter((one) => !editors.some((id) => sameId(id, one.aadObjectId)));
  const unique = asked.filter(
    (one, at) => asked.findIndex((other) => sameId(other.aadObjectId, one.aadObjectId)) === at,
  );
  const { tenantId } = escalation;
  const known = await knownPeople(
    services.records,
    tenantId,
    unique.map(({ aadObjectId }) => aadObjectId),
  );
  const found: Person[] = [];
  const fresh: Person[] = [];
  const missing: string[] = [];
  for (const one of unique) {
    const met = known.find(({ aadObjectId, teamsId }) => teamsId !== '' && sameId(aadObjectId, one.aadObjectId));
    const person =
      met ??
      (fresh.length < mostMentioned
        ? await services.member(place, tenantId, one.aadObjectId).catch(() => undefined)
        : undefined);
    if (!person || !sameId(person.aadObjectId, one.aadObjectId)) missing.push(one.name ?? 'an SME without a name');
    else found.push(person);
    if (person && !met) fresh.push(person);
  }
  return {
    found: found.slice(0, mostMentioned),
    missing: [...found.slice(mostMentioned).map(({ name }) => name), ...missing],
    keep: async (transaction) => {
      for (const person of fresh) await keepPreference(person, {})(transaction);
      return true;
    },
  };
}

/** "Also asked, without a mention: A, B and 3 more"; '' when all are mentioned. */
export function alsoAsked(missing: readonly string[]): string {
  if (missing.length === 0) return '';
  const shown = missing.slice(0, 5).join(', ');
  return ` Also asked, without a mention: ${shown}${missing.length > 5 ? ` and ${missing.length - 5} more` : ''}.`;
}
