import { z } from 'zod';
import type { Queryable } from '../../store/database.ts';
import { readKeyFields } from '../../understanding/read-key-fields.ts';
import { action, asNewMessage, toEverybody, type Feature, type Outcome, type TimelineEntry } from '../feature.ts';
import { zoneFor } from '../follow-ups/follow-up-steps.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { guarded } from './guarded.ts';
import { answerKeyFields, changedMeanwhile, keepDraft, showFields } from './key-field-commands.ts';
import { keyFieldsOf, MOMENTS, typedFieldsOf, type Moment } from './key-field-store.ts';
import { draftOf, fieldsForm, UNKNOWN } from './key-field-views.ts';
import { icmsHere } from './which-icm.ts';

const onIcm = z.object({ icm: z.string().max(100) });
const onFields = onIcm.extend({ revision: z.coerce.number().int() });
const words = z.string().max(500).default('');
const degree = z.string().max(20).default(UNKNOWN);

const HAPPENED: Readonly<Record<Moment, string>> = {
  beganAt: 'The incident began.',
  detectedAt: 'It was detected.',
  firstResponseAt: 'The first response was given.',
  resolvedAt: 'It was resolved.',
  closedAt: 'It was closed.',
};

/** What was typed of the key fields, each moment at its own time (F57). */
async function timeline(icm: Pick<Icm, 'tenantId' | 'id'>, records: Queryable): Promise<readonly TimelineEntry[]> {
  const { typed, changedAt } = await typedFieldsOf(records, icm);
  const moments = MOMENTS.flatMap((moment): TimelineEntry[] => {
    const at = typed[moment];
    return at ? [{ at, kind: 'field', text: HAPPENED[moment], by: undefined }] : [];
  });
  const degrees = [
    ...(typed.impact ? [`Impact: ${typed.impact}.`] : []),
    ...(typed.urgency ? [`Urgency: ${typed.urgency}.`] : []),
  ];
  if (!changedAt || degrees.length === 0) return moments;
  return [...moments, { at: changedAt, kind: 'field', text: degrees.join(' '), by: undefined }];
}

/** The fields of an ICM that are reported on afterwards (F56, F57). */
export const keyFieldsFeature: Feature = {
  name: 'key-fields',
  commands: [
    {
      name: 'key-fields',
      title: 'Key fields of an ICM',
      summary: 'When it began, was detected, answered and resolved, with impact, urgency and how long it took.',
      examples: ['key fields 512345678', 'began 512345678 at 05:20 UTC', 'impact 512345678 high, urgency critical'],
      run: answerKeyFields,
    },
  ],
  claims(text) {
    const request = readKeyFields(text);
    return request && request.numbers.length > 0 ? 'key-fields' : undefined;
  },
  async answers(turn, _reading, services): Promise<Outcome | undefined> {
    if (!readKeyFields(turn.text) || (await icmsHere(turn, services)).length === 0) return undefined;
    return answerKeyFields(turn, services);
  },
  timeline,
  actions: [
    action({
      verb: 'key-fields/show',
      readOnly: true,
      data: onIcm,
      run: (turn, services) => guarded(turn, services, async (icm) => showFields(icm, turn, services)),
    }),
    action({
      verb: 'key-fields/open',
      data: onIcm,
      run: (turn, services) =>
        guarded(turn, services, async (icm) =>
          asNewMessage(await showFields(icm, turn, services), 'The key fields are in the new message below.'),
        ),
    }),
    action({
      verb: 'key-fields/edit',
      readOnly: true,
      data: onFields,
      run: (turn, services) =>
        guarded(turn, services, async (icm): Promise<Outcome> => {
          const fields = await keyFieldsOf(services.records, icm);
          const { zone } = await zoneFor(turn, services);
          return { reply: fieldsForm(icm, fields.revision, draftOf(fields, zone), zone) };
        }),
    }),
    action({
      verb: 'key-fields/save',
      data: onFields.extend({
        beganAt: words,
        detectedAt: words,
        firstResponseAt: words,
        resolvedAt: words,
        closedAt: words,
        impact: degree,
        urgency: degree,
        reportedBy: words,
        assignedTo: words,
      }),
      run: (turn, services) =>
        guarded(turn, services, async (icm) => {
          const { icm: _icm, revision, ...draft } = turn.data;
          const fields = await keyFieldsOf(services.records, icm);
          if (fields.revision !== revision) return changedMeanwhile(icm, fields, draft, turn, services);
          return toEverybody(await keepDraft(icm, fields, draft, turn, services));
        }),
    }),
  ],
};
