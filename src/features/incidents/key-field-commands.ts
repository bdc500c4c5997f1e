import { readKeyFields, type KeyFieldRequest } from '../../understanding/read-key-fields.ts';
import { readPastTime } from '../../understanding/read-past-time.ts';
import type { AuditEvent, MessageTurn, Outcome, Reply, Services } from '../feature.ts';
import { zoneFor, type Actor } from '../follow-ups/follow-up-steps.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { cleanTitle } from '../tracking/icm-title.ts';
import { readAs, zoneOfIcm } from './icm-zone.ts';
import { CALLED, problemsOfMoments, type FieldProblem } from './key-field-rules.ts';
import {
  keepFields,
  keyFieldsOf,
  MOMENTS,
  withTyped,
  type KeyFields,
  type Moment,
  type TypedFields,
} from './key-field-store.ts';
import { draftOf, fieldsForm, inForm, keyFieldsReply, levelIn, UNKNOWN, type FieldDraft } from './key-field-views.ts';
import { keptOut } from './role-steps.ts';
import { icmMeant } from './which-icm.ts';

/** Answers a typed line about the key fields of an ICM: shows them, or keeps what is said. */
export async function answerKeyFields(turn: MessageTurn, services: Services): Promise<Outcome> {
  const request: KeyFieldRequest = readKeyFields(turn.text) ?? { kind: 'show', moments: [], numbers: [] };
  const meant = await icmMeant(turn, request.numbers, services);
  if ('ask' in meant) return meant.ask;
  const { icm } = meant;
  const out = await keptOut(icm, turn, services);
  if (out) return out;
  if (request.kind === 'show') return showFields(icm, turn, services);
  const fields = await keyFieldsOf(services.records, icm);
  const { zone } = await zoneFor(turn, services);
  const said = Object.fromEntries(request.moments.map(({ moment, words }) => [moment, words]));
  const { impact, urgency, reportedBy, assignedTo } = request;
  const draft: FieldDraft = {
    ...draftOf(fields, zone),
    ...said,
    ...(impact === undefined ? {} : { impact }),
    ...(urgency === undefined ? {} : { urgency }),
    ...(reportedBy === undefined ? {} : { reportedBy }),
    ...(assignedTo === undefined ? {} : { assignedTo }),
  };
  return keepDraft(icm, fields, draft, turn, services);
}

/** The fields as they are, with a remark. */
export async function showFields(icm: Icm, turn: Actor, services: Services, notice?: string): Promise<Outcome> {
  return { reply: await shown(icm, await keyFieldsOf(services.records, icm), turn, services, notice) };
}

const shown = async (icm: Icm, fields: KeyFields, turn: Actor, services: Services, notice?: string): Promise<Reply> =>
  keyFieldsReply(icm, fields, await zoneOfIcm(icm, services), turn.now, services, notice);

/** Keeps what stands in the fields, or gives the form back with a sentence for each that does not fit. */
export async function keepDraft(
  icm: Icm,
  fields: KeyFields,
  draft: FieldDraft,
  turn: Actor,
  services: Services,
): Promise<Outcome> {
  const { zone } = await zoneFor(turn, services);
  const { typed, problems } = readDraft(draft, fields, zone, turn.now);
  const after = withTyped(typed, fields.known, fields.revision + 1, turn.now);
  const all = [...problems, ...problemsOfMoments(after, turn.now, zone)];
  if (all.length > 0) return { reply: fieldsForm(icm, fields.revision, draft, zone, all) };
  const differing = differingIn(fields.typed, typed);
  if (differing.length === 0) return showFields(icm, turn, services, 'It is so already. Nothing was changed.');
  const times = MOMENTS.flatMap((moment) => (differing.includes(moment) && typed[moment] ? [typed[moment]] : []));
  const read = await readAs(times, zone, icm, turn.now, services);
  const audit: AuditEvent = {
    event: 'key fields changed',
    subject: icm.id,
    details: { fields: differing.join(','), revision: after.revision },
  };
  return {
    reply: await shown(
      icm,
      after,
      turn,
      services,
      [`Kept: ${differing.map((one) => LABELS[one]).join(', ')}.`, ...read].join(' '),
    ),
    changes: [keepFields(icm, typed, fields.revision, turn.person, turn.now)],
    audit,
  };
}

/** Somebody else was faster: what they kept is told, and what was typed here stays in the form. */
export async function changedMeanwhile(
  icm: Icm,
  fields: KeyFields,
  draft: FieldDraft,
  turn: Actor,
  services: Services,
): Promise<Outcome> {
  const { zone } = await zoneFor(turn, services);
  const current = draftOf(fields, zone);
  const others = NAMES.filter((name) => current[name].trim() !== draft[name].trim());
  const now = others.map((name) => `${LABELS[name]}: ${current[name] === '' ? 'empty' : current[name]}`).join(', ');
  const sentence = `Somebody has changed the fields while you wrote. It differs from yours: ${now}. Your words are still here; save them if they are right.`;
  return { reply: fieldsForm(icm, fields.revision, draft, zone, [{ label: 'Changed meanwhile', sentence }]) };
}

type FieldName = keyof FieldDraft;
const LABELS: Readonly<Record<FieldName, string>> = {
  ...(Object.fromEntries(MOMENTS.map((moment) => [moment, CALLED[moment].toLowerCase()])) as Record<Moment, string>),
  impact: 'impact',
  urgency: 'urgency',
  reportedBy: 'reported by',
  assignedTo: 'assigned to',
};
const NAMES = Object.keys(LABELS) as FieldName[];

function differingIn(before: TypedFields, after: TypedFields): readonly FieldName[] {
  const plain = (value: Date | string | undefined) => (value instanceof Date ? value.getTime() : value);
  return NAMES.filter((name) => plain(before[name]) !== plain(after[name]));
}

/** Reads the fields of the form. What is in a field as it was shown stays to the second. */
function readDraft(draft: FieldDraft, fields: KeyFields, zone: string, now: Date) {
  const problems: FieldProblem[] = [];
  const moments: Partial<Record<Moment, Date>> = {};
  for (const moment of MOMENTS) {
    const words = draft[moment].trim();
    const known = fields.typed[moment];
    if (words === '') continue;
    if (known && words === inForm(known, zone)) {
      moments[moment] = known;
      continue;
    }
    const reading = readPastTime(words, { now, zone });
    if (reading.kind === 'time') moments[moment] = reading.at;
    else problems.push({ label: CALLED[moment], sentence: sentenceFor(reading) });
  }
  for (const [name, label] of [
    ['impact', 'Impact'],
    ['urgency', 'Urgency'],
  ] as const)
    if (levelIn(draft[name]) === undefined && draft[name] !== UNKNOWN)
      problems.push({ label, sentence: 'Pick low, medium, high or critical, or “not known”.' });
  const words = (typed: string) => (cleanTitle(typed) === '' ? undefined : cleanTitle(typed));
  const typed: TypedFields = {
    ...moments,
    impact: levelIn(draft.impact),
    urgency: levelIn(draft.urgency),
    reportedBy: words(draft.reportedBy),
    assignedTo: words(draft.assignedTo),
  };
  return { typed, problems };
}

function sentenceFor(reading: Exclude<ReturnType<typeof readPastTime>, { kind: 'time' }>): string {
  if (reading.kind === 'refused') return reading.reason;
  if (reading.kind === 'none')
    return 'I see no time there. Please write for example “05:20 UTC” or “2026-11-19 22:10”.';
  const choices = reading.choices.map(({ label }) => label).join(', or ');
  return `${reading.question} ${choices}. Please write it out, for example “2026-11-19 22:10”.`;
}
