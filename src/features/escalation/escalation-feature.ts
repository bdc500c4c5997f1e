import { z } from 'zod';
import { looksLikeEscalation } from '../../understanding/read-escalation.ts';
import { action, asNewMessage, type Feature, type Outcome } from '../feature.ts';
import { icmById } from '../tracking/icm-store.ts';
import { maySee } from '../tracking/permission.ts';
import { approve, ask, decline } from './decide.ts';
import { answerEscalation, openForm } from './escalation-commands.ts';
import { draftFields } from './escalation-draft.ts';
import { escalationFigures } from './escalation-figures.ts';
import { historyReply } from './escalation-history.ts';
import { escalationJobs } from './escalation-jobs.ts';
import { answer, edit, save, withdraw } from './request.ts';
import { emailReply } from './sme-email.ts';
import { onEscalation, onVisible, shown } from './show-escalation.ts';
import { escalationTimeline } from './escalation-timeline.ts';

const id = z.string().max(100);
// What does not fit counts as an old card: the answer is the present state, not a sentence about the button.
const revision = z.coerce.number().int().catch(-1);
const words = z.string().max(20_000).catch('');
const onOne = z.object({ escalation: id });
const onRevision = onOne.extend({ revision });
const decision = onRevision.extend({ avoided: words, reason: words, question: words });

/** A request to the SMEs to flag a case as CSAT Impacting, and their decision (F41-F46). */
export const escalationFeature: Feature = {
  name: 'escalation',
  inPractice:
    'In a real case I would now put your request before the SMEs of the region. In a practice run nobody is asked. Write “note: escalated”, and go on.',
  timeline: escalationTimeline,
  commands: [
    {
      name: 'escalate',
      title: 'CSAT escalation',
      summary: 'Asks the SMEs to approve that a case is flagged as CSAT Impacting, and tells you what they say.',
      examples: ['escalate 512345678', 'escalate', 'escalate this case', 'my escalations'],
      intents: ['csat_escalation'],
      run: answerEscalation,
    },
    {
      name: 'history',
      title: 'History of an escalation',
      summary: 'Shows who asked, decided and changed what, and when.',
      examples: ['history 512345678'],
      run: answerEscalation,
    },
  ],
  claims(text) {
    const kind = looksLikeEscalation(text);
    return kind === undefined ? undefined : kind === 'history' ? 'history' : 'escalate';
  },
  figures: escalationFigures,
  actions: [
    action({
      verb: 'escalation/form',
      data: z.object({ icm: id.default('') }),
      async run(turn, services): Promise<Outcome> {
        const icm = await icmById(services.records, turn.person.tenantId, turn.data.icm);
        const icmNumber = icm && (await maySee(icm, turn.person, services)) ? icm.number : undefined;
        return asNewMessage(
          await openForm(icmNumber === undefined ? {} : { icmNumber }, turn, services),
          'It is in the new message below.',
        );
      },
    }),
    action({
      verb: 'escalation/save',
      data: draftFields.extend({
        escalation: id.default(''),
        revision,
        late: z
          .string()
          .max(10)
          .default('no')
          .transform((late) => late === 'yes'),
      }),
      run: save,
    }),
    action({ verb: 'escalation/edit', readOnly: true, data: onRevision, run: edit }),
    action({
      verb: 'escalation/show',
      readOnly: true,
      data: onOne,
      run: async (turn, services) =>
        onEscalation(turn, services, async (escalation) =>
          // What a client fetches by itself must cost nothing and never fail, so Teams is not asked for it.
          shown(escalation, turn, services, {}, !turn.automatic),
        ),
    }),
    action({ verb: 'escalation/approve', data: decision, run: approve }),
    action({ verb: 'escalation/decline', data: decision, run: decline }),
    action({ verb: 'escalation/ask', data: decision, run: ask }),
    action({ verb: 'escalation/answer', data: onRevision.extend({ answer: words }), run: answer }),
    action({ verb: 'escalation/withdraw', data: onRevision, run: withdraw }),
    action({
      verb: 'escalation/email',
      readOnly: true,
      data: onOne,
      run: (turn, services) => onVisible(turn, services, (escalation) => ({ reply: emailReply(escalation, services) })),
    }),
    action({
      verb: 'escalation/history',
      readOnly: true,
      data: onOne,
      run: (turn, services) =>
        onVisible(turn, services, async (escalation) => ({
          reply: await historyReply(escalation, [], turn, services),
        })),
    }),
  ],
  jobs: escalationJobs,
};
