import { stampOf } from '../../understanding/show-time.ts';
import type { Services } from '../feature.ts';
import { icmTitle } from '../follow-ups/follow-up-views.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { dayOf, statusName } from './action-due.ts';
import { actionsOf } from './action-store.ts';
import { markdownLine } from './markdown.ts';
import { factsFor } from './postmortem-facts.ts';
import { FIELDS, fieldNames, type Field, type Fields } from './postmortem.ts';
import { exportHeader, timelineLines } from './timeline-export.ts';
import { shownIn, timelineOf } from './timeline.ts';

/** The whole postmortem with its timeline as Markdown, all times in one zone that is stated at the top. */
export async function postmortemMarkdown(
  icm: Icm,
  fields: Fields,
  zone: string,
  now: Date,
  services: Services,
): Promise<string> {
  const entries = await timelineOf(icm, now, services);
  const actions = await actionsOf(services.records, icm);
  const facts = await factsFor(icm, zone, services);
  const made = stampOf(now, zone);
  const section = (name: Field) => [
    '',
    `## ${FIELDS[name].label}`,
    '',
    ...(fields[name].trim() === '' ? ['Not written down.'] : fields[name].split('\n').map((one) => markdownLine(one))),
  ];
  return [
    `# Postmortem of ${markdownLine(icmTitle(icm), 300)}`,
    '',
    exportHeader(icm),
    '',
    `All times: ${shownIn(entries, zone, now).zoneLine}. Made ${made.day} ${made.clock}.`,
    '',
    ...facts.map(({ title, value }) => `- ${title}: ${value}`),
    ...fieldNames.flatMap(section),
    '',
    '## Actions',
    '',
    ...(actions.length === 0
      ? ['None yet.']
      : actions.map(
          (item) =>
            `- ${item.seq}. ${markdownLine(item.what)} · ${markdownLine(item.owner.name, 100)} · ${dayOf(item)} · ${statusName(item)}`,
        )),
    '',
    '## Timeline',
    ...timelineLines(entries, zone, now),
    '',
  ].join('\n');
}
