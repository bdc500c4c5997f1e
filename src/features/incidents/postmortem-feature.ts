import { z } from 'zod';
import { wordSet } from '../../understanding/token-pattern.ts';
import { copyReplies } from '../csat-package/package-texts.ts';
import {
  action,
  asNewMessage,
  toEverybody,
  type ActionTurn,
  type Feature,
  type MessageTurn,
  type Outcome,
  type Services,
} from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { actionJobs } from './action-jobs.ts';
import { actionForm, editAction, finish, heldAction, keepAction } from './action-steps.ts';
import type { ActionItem } from './action-store.ts';
import { actionFormReply } from './action-views.ts';
import { zoneOfIcm } from './icm-zone.ts';
import { leadershipForm, leadershipMarkdown } from './leadership.ts';
import { icmCommand, onIcm } from './on-icm.ts';
import { postmortemJobs } from './postmortem-jobs.ts';
import { postmortemMarkdown } from './postmortem-markdown.ts';
import { checkBeforeShare, share } from './postmortem-share.ts';
import { currentOf, editStep, saveStep, showPostmortem } from './postmortem-steps.ts';
import { postmortemTimeline } from './postmortem-timeline.ts';
import { fieldNames, type Field } from './postmortem.ts';
import { readAction } from './read-action.ts';
import { readIncidentLine } from './read-incident-line.ts';
import { internalOnly } from './timeline-export.ts';

const id = z.string().max(100);
const onPostmortem = z.object({ icm: id, revision: z.coerce.number().int() });
const onAction = z.object({ icm: id, action: id, revision: z.coerce.number().int() });
const step = z.enum(['what', 'problem', 'learned', 'questions']);
const words = wordSet('postmortem');
/** Longer than any field: what is too long is answered with a sentence that says so. */
const typed = z.string().max(10_000).default('');
/** Of the form only the fields of its step are sent; the others stay as they are. */
const allFields = Object.fromEntries(fieldNames.map((name) => [name, z.string().max(10_000).optional()])) as Record<
  Field,
  z.ZodOptional<z.ZodString>
>;

/** "action: add an alert, owner @Priya, by Friday" */
async function actionTyped(turn: MessageTurn, services: Services): Promise<Outcome> {
  const request = readAction(turn.text);
  return icmCommand('postmortem', request?.icmNumber, turn, services, (icm) => {
    if (!request || request.what === '')
      return Promise.resolve({ reply: actionFormReply({ what: '', owner: '', due: '' }, icm) });
    let { what } = request;
    // Whom the line mentions is its owner and no part of what is to be done.
    for (const { name } of turn.mentioned) what = what.replace(`@${name}`, '').replace(name, '');
    return keepAction(icm, { ...request, what: what.replace(/ {2,}/g, ' ').trim() }, turn, services);
  });
}

async function exported(
  icm: Icm,
  turn: ActionTurn<{ readonly form: 'whole' | 'leads' }>,
  services: Services,
): Promise<Outcome> {
  const zone = await zoneOfIcm(icm, services);
  const { fields } = await currentOf(icm, turn.now, services);
  const isWhole = turn.data.form === 'whole';
  const text = isWhole
    ? await postmortemMarkdown(icm, fields, zone, turn.now, services)
    : leadershipMarkdown(await leadershipForm(icm, fields, services));
  const replies = copyReplies(
    isWhole ? `Postmortem of ICM ${icm.number} as Markdown` : `Postmortem of ICM ${icm.number} for the leads`,
    [`${internalOnly} Copy it into a file that ends in .md.`],
    'Markdown to copy',
    text,
  );
  return {
    reply: { kind: 'text', text: 'It is in the new message below.' },
    sends: replies.map((reply) => ({ to: 'here', reply })),
  };
}

/** A button on an action that was open when it was drawn; what has moved on since is shown instead. */
const onOpenAction = <Data extends z.output<typeof onAction>>(
  turn: ActionTurn<Data>,
  services: Services,
  act: (item: ActionItem, icm: Icm) => Promise<Outcome> | Outcome,
): Promise<Outcome> =>
  onIcm(turn, services, async (icm) => {
    const held = await heldAction(turn.data, icm, services);
    return 'instead' in held ? held.instead : act(held.item, icm);
  });

/** The postmortem of an incident: drafted from the records, without blame, shared, and its actions followed up (F88 to F92). */
export const postmortemFeature: Feature = {
  name: 'postmortem',
  timeline: postmortemTimeline,
  jobs: [...actionJobs, ...postmortemJobs],
  commands: [
    {
      name: 'postmortem',
      title: 'Postmortem of an ICM',
      summary:
        'A draft from the timeline to fill in and share with the leads. Then: “action: …, owner @name, by Friday”.',
      examples: ['draft the postmortem', 'write the postmortem', 'postmortem 512345678'],
      run: (turn, services) =>
        icmCommand('postmortem', readIncidentLine(turn.text, words)?.icmNumber, turn, services, (icm) =>
          showPostmortem(icm, turn, services),
        ),
    },
    {
      name: 'postmortem-action',
      title: 'Add an action',
      summary: 'Something to be done after an ICM: “action: add an alert, owner @name, by Friday”. I remind its owner.',
      examples: ['add an action', 'new action'],
      hidden: true,
      listed: false,
      run: actionTyped,
    },
  ],
  claims(text) {
    if (readAction(text)) return 'postmortem-action';
    return readIncidentLine(text, words)?.isClear ? 'postmortem' : undefined;
  },
  actions: [
    action({
      verb: 'postmortem/show',
      readOnly: true,
      data: z.object({ icm: id }),
      run: (turn, services) => onIcm(turn, services, (icm) => showPostmortem(icm, turn, services)),
    }),
    action({
      verb: 'postmortem/open',
      data: z.object({ icm: id }),
      run: (turn, services) =>
        onIcm(turn, services, async (icm) =>
          asNewMessage(await showPostmortem(icm, turn, services), 'It is in the new message below.'),
        ),
    }),
    action({
      verb: 'postmortem/edit',
      data: z.object({ icm: id, step }),
      run: (turn, services) => onIcm(turn, services, (icm) => editStep(icm, turn.data.step, turn.now, services)),
    }),
    action({
      verb: 'postmortem/save',
      data: onPostmortem.extend({
        step,
        ...allFields,
      }),
      run: (turn, services) => onIcm(turn, services, (icm) => saveStep(icm, turn, services)),
    }),
    action({
      verb: 'postmortem/check',
      data: onPostmortem,
      run: (turn, services) => onIcm(turn, services, (icm) => checkBeforeShare(icm, turn, services)),
    }),
    action({
      verb: 'postmortem/share',
      data: onPostmortem,
      run: (turn, services) => onIcm(turn, services, (icm) => share(icm, turn, services)),
    }),
    action({
      verb: 'postmortem/export',
      data: z.object({ icm: id, form: z.enum(['whole', 'leads']) }),
      run: (turn, services) => onIcm(turn, services, (icm) => exported(icm, turn, services)),
    }),
    action({
      verb: 'action/new',
      data: z.object({ icm: id }),
      run: (turn, services) =>
        onIcm(turn, services, (icm) =>
          Promise.resolve(asNewMessage({ reply: actionFormReply({ what: '', owner: '', due: '' }, icm) })),
        ),
    }),
    action({
      verb: 'action/save',
      data: onAction.extend({ what: typed, owner: typed, due: typed }),
      run: (turn, services) =>
        turn.data.action === ''
          ? onIcm(turn, services, async (icm) => toEverybody(await keepAction(icm, turn.data, turn, services)))
          : onOpenAction(turn, services, async (item, icm) =>
              toEverybody(await editAction(item, icm, turn.data, turn, services)),
            ),
    }),
    action({
      verb: 'action/edit',
      data: onAction,
      run: (turn, services) => onOpenAction(turn, services, (item, icm) => actionForm(item, icm)),
    }),
    action({
      verb: 'action/done',
      data: onAction,
      run: (turn, services) => onOpenAction(turn, services, (item, icm) => finish(item, icm, 'done', turn, services)),
    }),
    action({
      verb: 'action/drop',
      data: onAction,
      run: (turn, services) =>
        onOpenAction(turn, services, (item, icm) => finish(item, icm, 'dropped', turn, services)),
    }),
    action({
      verb: 'action/pick',
      data: z.object({ icm: id, what: z.enum(['done', 'edit']), which: z.string().max(100).default('') }),
      run: (turn, services) =>
        onIcm(turn, services, async (icm) => {
          const [action = '', revision = ''] = turn.data.which.split(' ');
          const held = await heldAction({ action, revision: Number(revision) }, icm, services);
          if ('instead' in held) return asNewMessage(held.instead);
          if (turn.data.what === 'edit') return asNewMessage(actionForm(held.item, icm));
          const { forEverybody: _own, ...outcome } = finish(held.item, icm, 'done', turn, services);
          return asNewMessage(outcome, `Action ${held.item.seq} is done.`);
        }),
    }),
  ],
};
