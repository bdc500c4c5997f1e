import type { Playbook } from '../../playbook/schema.ts';
import type { Person, Services } from '../feature.ts';
import { icmTitle } from '../follow-ups/follow-up-views.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { dayOf } from './action-due.ts';
import { actionsOf, type ActionItem } from './action-store.ts';
import { keyFieldsOf } from './key-field-store.ts';
import { markdownLine } from './markdown.ts';
import { durationOf } from './postmortem-facts.ts';
import type { Fields } from './postmortem.ts';
import { holdersOf, type Role } from './role-store.ts';
import { roleName } from './role-views.ts';
import { exportHeader } from './timeline-export.ts';

/** What the leads read of a postmortem (F83, F84, F89): short, and owners by their role and not by name (F91). */
export interface LeadershipForm {
  readonly heading: string;
  /** For whom it is, and whether it was only practised. */
  readonly header: string;
  readonly sections: readonly { readonly title: string; readonly text: string }[];
  readonly actions: readonly string[];
}

const notWritten = 'Not written down.';

export async function leadershipForm(icm: Icm, fields: Fields, services: Services): Promise<LeadershipForm> {
  const { records } = services;
  const keys = await keyFieldsOf(records, icm);
  const actions = (await actionsOf(records, icm)).filter(({ status }) => status !== 'dropped');
  const holders = await holdersOf(records, icm);
  const said = (words: string) => (words.trim() === '' ? notWritten : words);
  return {
    heading: `What we learned from ${icmTitle(icm)}`,
    header: exportHeader(icm),
    sections: [
      { title: 'What happened', text: said(fields.summary) },
      { title: 'Impact', text: said(fields.impact) },
      { title: 'How long', text: durationOf(keys) },
      { title: 'How it was resolved', text: said(fields.solution) },
      { title: 'How that was verified', text: said(fields.verified) },
      { title: 'What went well', text: said(fields.wentWell) },
      { title: 'What we improve', text: said(fields.improve) },
    ],
    actions: actions.map(
      (item) =>
        `${item.what} · ${roleOf(item, icm, holders, services.playbook)} · ${dayOf(item)}${item.status === 'done' ? ' · done' : ''}`,
    ),
  };
}

/** The owner's part in the incident; somebody without one is a member of the team. */
function roleOf({ owner }: ActionItem, icm: Icm, holders: ReadonlyMap<Role, Person>, playbook: Playbook): string {
  if (owner.aadObjectId === '') return 'Member of the team';
  const role = [...holders].find(([, person]) => person.aadObjectId === owner.aadObjectId)?.[0];
  if (role !== undefined) return roleName(role, playbook);
  return owner.aadObjectId === icm.engineer.aadObjectId ? 'Engineer of the ICM' : 'Member of the team';
}

/** The same as Markdown, to copy. */
export function leadershipMarkdown({ heading, header, sections, actions }: LeadershipForm): string {
  return [
    `# ${markdownLine(heading, 300)}`,
    '',
    header,
    ...sections.flatMap(({ title, text }) => [
      '',
      `## ${title}`,
      '',
      ...text.split('\n').map((one) => markdownLine(one)),
    ]),
    '',
    '## Actions',
    '',
    ...(actions.length === 0 ? ['None yet.'] : actions.map((one) => `- ${markdownLine(one)}`)),
    '',
  ].join('\n');
}
