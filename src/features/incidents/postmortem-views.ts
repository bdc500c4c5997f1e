import { cite } from '../../playbook/cite.ts';
import { showTime } from '../../understanding/show-time.ts';
import { zoneLabel } from '../../understanding/zones.ts';
import { cardReply } from '../card.ts';
import type { MessageTurn, Reply, Services } from '../feature.ts';
import { icmTitle } from '../follow-ups/follow-up-views.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { shortTitle } from '../tracking/icm-title.ts';
import { dayOf, statusName } from './action-due.ts';
import { actionsOf, type ActionItem } from './action-store.ts';
import { zoneOfIcm } from './icm-zone.ts';
import { postmortemCard, postmortemFormCard } from './postmortem-cards.ts';
import { factsFor, unknown, type Fact } from './postmortem-facts.ts';
import { sharesOf, type Postmortem } from './postmortem-store.ts';
import { FIELDS, fieldNames, STEPS, type Field, type Fields, type Step } from './postmortem.ts';

/** More actions are in the Markdown. */
const mostActions = 10;

/** The postmortem as it is; `kept` is `undefined` while it is only a draft from the records. */
export async function postmortemReply(
  icm: Icm,
  fields: Fields,
  kept: Postmortem | undefined,
  { now }: Pick<MessageTurn, 'now'>,
  services: Services,
  notices: readonly string[] = [],
): Promise<Reply> {
  const zone = await zoneOfIcm(icm, services);
  const actions = await actionsOf(services.records, icm);
  const shares = await sharesOf(services.records, icm);
  const open = actions.filter(({ status }) => status === 'open').slice(0, mostActions);
  const facts = await factsFor(icm, zone, services);
  const rule = cite('F90', services.playbook);
  const last = shares.at(-1);
  return cardReply(postmortemCard, {
    icm: icm.id,
    revision: String(kept?.revision ?? 0),
    heading: `Postmortem of ${icmTitle(icm)}`,
    notices: [...notices, ...(kept ? [] : ['This is a draft from the records. Nothing of it is saved yet.'])].map(
      (text) => ({ text }),
    ),
    state: [
      kept ? `Version ${kept.revision}, saved by ${kept.savedBy.name} ${showTime(kept.savedAt, zone, now)}.` : '',
      last ? `Version ${last.revision} was shared with the leads by ${last.by}.` : '',
      `All times: ${zoneLabel(zone)}.`,
    ]
      .filter((part) => part !== '')
      .join(' '),
    facts: [...facts],
    sections: fieldNames
      .filter((name) => fields[name].trim() !== '')
      .map((name) => ({ title: FIELDS[name].label, text: fields[name] })),
    ...missingOf(fields, facts, icm),
    actions: [
      ...actions.slice(0, mostActions).map((item) => ({ text: lineOf(item) })),
      ...(actions.length > mostActions ? [{ text: `${actions.length - mostActions} more are in the Markdown.` }] : []),
    ],
    choices: open.map((item) => ({
      label: `${item.seq}. ${shortTitle(item.what, 60)}`,
      value: `${item.id} ${item.revision}`,
    })),
    first: open[0] ? `${open[0].id} ${open[0].revision}` : '',
    rule: `“${rule.text}” ${rule.source} (F90)`,
  });
}

/** What nobody has written down yet, and how a time is added. */
function missingOf(fields: Fields, facts: readonly Fact[], icm: Icm): { readonly missing?: string } {
  const isQuestion = (name: Field) => (STEPS.questions.fields as readonly Field[]).includes(name);
  const empty = fieldNames.filter((name) => fields[name].trim() === '');
  const open = empty.filter(isQuestion).length;
  const names = [
    ...empty.filter((name) => !isQuestion(name)).map((name) => FIELDS[name].label),
    ...(open === 0 ? [] : [open === 5 ? 'the five questions' : `${open} of the five questions`]),
  ];
  const times = facts.some(({ value }) => value === unknown)
    ? ` To add a time, write for example “began ${icm.number} at 05:20 UTC”.`
    : '';
  const said = names.length === 0 ? '' : `Still empty: ${names.join(', ')}.`;
  return said + times === '' ? {} : { missing: `${said}${times}`.trim() };
}

const lineOf = (item: ActionItem): string =>
  `${item.seq}) ${shortTitle(item.what, 120)} · ${item.owner.name} · ${dayOf(item)} · ${statusName(item)}`;

/** The fields of a step. `theirs`: what somebody else saved meanwhile in fields that both changed. */
export function postmortemForm(
  icm: Icm,
  step: Step,
  fields: Fields,
  revision: number,
  extras: { readonly notices?: readonly string[]; readonly theirs?: Partial<Record<Field, string>> } = {},
): Reply {
  const { notices = [], theirs = {} } = extras;
  return cardReply(postmortemFormCard, {
    icm: icm.id,
    revision: String(revision),
    step,
    heading: `${STEPS[step].title} · ICM ${icm.number}`,
    notices: notices.map((text) => ({ text })),
    fields: STEPS[step].fields.map((name) => {
      const other = theirs[name];
      return {
        name,
        label: FIELDS[name].label,
        hint: FIELDS[name].hint,
        most: FIELDS[name].most,
        value: fields[name],
        ...(other === undefined ? {} : { theirs: other === '' ? '(empty)' : other }),
      };
    }),
  });
}
