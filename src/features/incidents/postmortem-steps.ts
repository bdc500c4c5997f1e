import { cleanText } from '../../clean-text.ts';
import { say, type ActionTurn, type Outcome, type Services } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';
import type { Writer } from './entry-steps.ts';
import { draftOf } from './postmortem-draft.ts';
import { postmortemAt, postmortemOf, savePostmortem, type Postmortem } from './postmortem-store.ts';
import { postmortemForm, postmortemReply } from './postmortem-views.ts';
import { FIELDS, mergeFields, STEPS, type Field, type Fields, type Step } from './postmortem.ts';

/** The kept postmortem, or the draft from the records. */
export async function currentOf(icm: Icm, now: Date, services: Services) {
  const kept = await postmortemOf(services.records, icm);
  return { kept, fields: kept?.fields ?? (await draftOf(icm, now, services)) };
}

export async function showPostmortem(
  icm: Icm,
  turn: Writer,
  services: Services,
  notices: readonly string[] = [],
): Promise<Outcome> {
  const { kept, fields } = await currentOf(icm, turn.now, services);
  return { reply: await postmortemReply(icm, fields, kept, turn, services, notices) };
}

export async function editStep(icm: Icm, step: Step, now: Date, services: Services): Promise<Outcome> {
  const { kept, fields } = await currentOf(icm, now, services);
  return { reply: postmortemForm(icm, step, fields, kept?.revision ?? 0) };
}

export type SaveData = { readonly icm: string; readonly revision: number; readonly step: Step } & Readonly<
  Partial<Record<Field, string | undefined>>
>;

/**
 * Saves the fields of a step. Where somebody has saved meanwhile, what only one of the two changed is kept from both;
 * what both changed comes back in the form with the other's words beside it, and nothing is saved yet.
 */
export async function saveStep(icm: Icm, turn: ActionTurn<SaveData>, services: Services): Promise<Outcome> {
  const { data } = turn;
  const names: readonly Field[] = STEPS[data.step].fields;
  const typed = Object.fromEntries(names.map((name) => [name, cleanText(data[name] ?? '').trim()])) as Partial<Fields>;
  const long = names.find((name) => [...(typed[name] ?? '')].length > FIELDS[name].most);
  if (long !== undefined)
    return say(
      `“${FIELDS[long].label}” has ${[...(typed[long] ?? '')].length} characters; ${FIELDS[long].most} are the most. Nothing was saved; please make it shorter.`,
    );
  const { kept, fields: now } = await currentOf(icm, turn.now, services);
  const base = await baseOf(icm, data.revision, kept, turn.now, services);
  if (!base) return say('That form is of another postmortem. Nothing was changed.');
  const mine: Fields = { ...base, ...typed };
  const { fields, conflicts } = mergeFields(base, now, mine);
  const isStale = data.revision !== (kept?.revision ?? 0);
  if (conflicts.length > 0 && kept)
    return {
      reply: postmortemForm(icm, data.step, fields, kept.revision, {
        notices: [
          `${kept.savedBy.name} has saved meanwhile, and you both changed: ${conflicts.map((name) => FIELDS[name].label).join(', ')}. Nothing of yours is saved yet. Put together what shall stay, and save.`,
        ],
        theirs: Object.fromEntries(conflicts.map((name) => [name, now[name]])),
      }),
    };
  return keep(icm, kept, fields, turn, services, isStale ? kept : undefined);
}

/** What the form was drawn with. */
async function baseOf(
  icm: Icm,
  revision: number,
  kept: Postmortem | undefined,
  now: Date,
  services: Services,
): Promise<Fields | undefined> {
  if (revision === 0) return draftOf(icm, now, services);
  if (!kept) return undefined;
  if (revision === kept.revision) return kept.fields;
  return (await postmortemAt(services.records, icm.tenantId, kept.id, revision))?.fields;
}

async function keep(
  icm: Icm,
  former: Postmortem | undefined,
  fields: Fields,
  turn: Writer,
  services: Services,
  /** Who saved meanwhile. */
  meanwhile: Postmortem | undefined,
): Promise<Outcome> {
  const { aadObjectId, name } = turn.person;
  const after: Postmortem = {
    id: former?.id ?? services.newId(),
    tenantId: icm.tenantId,
    icmId: icm.id,
    revision: (former?.revision ?? 0) + 1,
    fields,
    savedBy: { aadObjectId, name },
    savedAt: turn.now,
  };
  const notices = meanwhile ? [`${meanwhile.savedBy.name} had saved meanwhile; what you both wrote is in it.`] : [];
  return {
    reply: await postmortemReply(icm, fields, after, turn, services, notices),
    // Only for whoever saved: an update of the message would close the form of somebody who is writing in it.
    changes: [savePostmortem(icm, former, { id: after.id, fields }, turn.person, turn.now)],
    audit: {
      event: 'postmortem saved',
      subject: icm.id,
      details: { postmortem: after.id, revision: after.revision },
    },
  };
}
