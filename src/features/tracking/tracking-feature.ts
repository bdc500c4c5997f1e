import { z } from 'zod';
import { looksLikeTracking } from '../../understanding/looks-like.ts';
import { readTracking } from '../../understanding/read-tracking.ts';
import { draftOfCheck } from '../advice/check-draft.ts';
import { action, asNewMessage, toEverybody, type Feature, type Outcome } from '../feature.ts';
import { gone, guarded, shown } from './change-icm.ts';
import { takeOverByButton } from './hand-over.ts';
import { checkDraft, draftFields, draftOf, emptyDraft, formReply } from './icm-form.ts';
import { myIcms } from './icm-list.ts';
import { icmById } from './icm-store.ts';
import { severityFor } from './severity-drift.ts';
import { patchOf, track, update } from './track-icm.ts';
import { answerLine, setStatus } from './tracking-commands.ts';
import { trackingFigures } from './tracking-figures.ts';
import { trackingTimeline } from './tracking-timeline.ts';

const id = z.string().max(100);
const onIcm = z.object({ icm: id, revision: z.coerce.number().int() });

/** A number alone, as an answer to "which one?". */
const bareNumber = /^(?:icm )?#?\d{7,10}$/i;

export const trackingFeature: Feature = {
  name: 'tracking',
  timeline: trackingTimeline,
  commands: [
    {
      name: 'track',
      title: 'Track an ICM',
      summary: 'Keeps an ICM with its severities in view. With its number, “track 512345678”, or on a form.',
      examples: ['track', 'track an ICM', 'track 512345678'],
      run: answerLine,
    },
    {
      name: 'my-icms',
      title: 'My ICMs',
      summary: 'Lists the ICMs that you look after, with the next update of each.',
      examples: ['my ICMs', 'icm list mine', 'my ICMs including resolved'],
      run: answerLine,
    },
    {
      name: 'how-to-track',
      title: 'Tracking in the portal',
      summary: 'The clicks for your “Tracked” list, for emails and for resolved ICMs.',
      examples: ['how do I track an ICM?', 'watch or subscribe?', 'how do I get emails when an ICM is updated?'],
      intents: ['tracking_howto'],
      run: answerLine,
    },
  ],
  claims(text) {
    if (!looksLikeTracking(text) && !bareNumber.test(text.trim())) return undefined;
    return readTracking(text).kind === 'list' ? 'my-icms' : 'track';
  },
  figures: trackingFigures,
  actions: [
    action({
      verb: 'tracking/form',
      data: z.object({ dialog: id.optional() }),
      run(turn, services): Outcome {
        const draft = turn.dialog && draftOfCheck(turn.dialog, services.playbook);
        return asNewMessage(
          {
            reply: formReply(
              { ...emptyDraft, ...draft },
              draft ? { notice: 'Filled in from the check, as far as it is known there.', check: turn.dialog?.id } : {},
            ),
          },
          'The form is in the new message below.',
        );
      },
    }),
    action({
      verb: 'tracking/save',
      data: draftFields.extend({
        icm: id.optional(),
        revision: z.coerce.number().int().default(0),
        dialog: id.optional(),
      }),
      async run(turn, services): Promise<Outcome> {
        const { icm: known, revision, dialog: _dialog, ...draft } = turn.data;
        const check = turn.dialog?.feature === 'advice' ? turn.dialog.id : undefined;
        if (known === undefined) {
          const { number, details, problems } = checkDraft(draft, true);
          if (problems.length > 0) return { reply: formReply(draft, { problems, check }) };
          return toEverybody(await track(number, details, turn, services, { check }));
        }
        return guarded({ ...turn, data: { icm: known, revision } }, services, async (icm) => {
          const { details, problems } = checkDraft({ ...draft, number: icm.number }, false);
          if (problems.length > 0) return { reply: formReply(draft, { icm, problems }) };
          const patch = patchOf(icm, details);
          if (Object.keys(patch).length === 0) return shown(icm, turn, services, 'Nothing was different.');
          return toEverybody(await update(icm, patch, turn, services));
        });
      },
    }),
    action({
      verb: 'tracking/edit',
      readOnly: true,
      data: onIcm,
      run: async (turn, services) =>
        guarded(turn, services, (icm): Outcome => ({ reply: formReply(draftOf(icm), { icm }) })),
    }),
    action({
      verb: 'tracking/show',
      readOnly: true,
      data: z.object({ icm: id }),
      async run(turn, services): Promise<Outcome> {
        const icm = await icmById(services.records, turn.person.tenantId, turn.data.icm);
        return icm ? shown(icm, turn, services) : gone;
      },
    }),
    action({
      verb: 'tracking/open',
      data: z.object({ icm: id.optional() }),
      async run(turn, services): Promise<Outcome> {
        const icm = await icmById(services.records, turn.person.tenantId, turn.data.icm ?? '');
        return icm ? asNewMessage(await shown(icm, turn, services), 'It is in the new message below.') : gone;
      },
    }),
    action({
      verb: 'tracking/list',
      readOnly: true,
      data: z.object({ resolved: z.enum(['yes', 'no']) }),
      run: async (turn, services) => myIcms(turn, turn.data.resolved === 'yes', services),
    }),
    action({
      verb: 'tracking/resolve',
      data: onIcm,
      run: async (turn, services) =>
        guarded(turn, services, async (icm) => toEverybody(await setStatus('resolve', icm, turn, services))),
    }),
    action({
      verb: 'tracking/reopen',
      data: onIcm,
      run: async (turn, services) =>
        guarded(turn, services, async (icm) => toEverybody(await setStatus('reopen', icm, turn, services))),
    }),
    action({
      verb: 'tracking/severity',
      data: onIcm.extend({ caseSeverity: z.string().max(20).default('') }),
      run: async (turn, services) =>
        guarded(turn, services, async (icm) => {
          const to = (['A', 'B', 'C'] as const).find((one) => one === turn.data.caseSeverity);
          if (to === undefined && turn.data.caseSeverity !== 'unknown')
            return shown(icm, turn, services, 'Pick one of the severities. Nothing was changed.');
          if (to === icm.caseSeverity) return shown(icm, turn, services, 'That is what I had. Nothing was changed.');
          return toEverybody(await update(icm, { caseSeverity: to }, turn, services));
        }),
    }),
    action({
      verb: 'tracking/align',
      data: onIcm,
      run: async (turn, services) =>
        guarded(turn, services, async (icm) => {
          const icmSeverity = severityFor(icm, services.playbook);
          // Only the way up is written down (T2): this button never takes an ICM down.
          if (icmSeverity === undefined || icm.icmSeverity === undefined || icmSeverity >= icm.icmSeverity)
            return shown(icm, turn, services, 'There is nothing to change.');
          return toEverybody(await update(icm, { icmSeverity }, turn, services));
        }),
    }),
    action({
      verb: 'tracking/take-over',
      data: onIcm,
      run: async (turn, services) =>
        guarded(
          turn,
          services,
          async (icm) => takeOverByButton(icm, turn, services),
          // Who may is decided by `takeOver`, since here nearly everybody may.
          async () => Promise.resolve(true),
        ),
    }),
  ],
};
