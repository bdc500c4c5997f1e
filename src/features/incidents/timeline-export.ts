import { isPractice, PRACTICE_MARK } from '../../practice.ts';
import { stampOf } from '../../understanding/show-time.ts';
import { csvOf } from '../csat-package/csv.ts';
import type { TimelineEntry } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { markdownLine } from './markdown.ts';
import { shownIn } from './timeline.ts';

export const internalOnly = 'Internal document, not for the customer.';

/** Stands on top of every export; the copy of a practice run must not pass for a real incident. */
export const exportHeader = ({ tenantId }: Pick<Icm, 'tenantId'>): string =>
  isPractice(tenantId) ? `${PRACTICE_MARK} ${internalOnly}` : internalOnly;

const titleOf = (icm: Pick<Icm, 'number' | 'title'>): string =>
  `ICM ${icm.number}${icm.title === '' ? '' : ` · ${icm.title}`}`;

/** The lines of a timeline under a heading for each day. */
export function timelineLines(entries: readonly TimelineEntry[], zone: string, now: Date): readonly string[] {
  let day = '';
  return shownIn(entries, zone, now).entries.flatMap((one) => {
    const heading = one.stamp.day === day ? [] : ['', `### ${one.stamp.day}`, ''];
    ({ day } = one.stamp);
    const by = one.by === '' ? '' : ` (${markdownLine(one.by, 100)})`;
    return [...heading, `- ${one.time} · ${one.kind} · ${markdownLine(one.text, 4_000)}${by}`];
  });
}

/** The whole timeline as Markdown, oldest first, in one zone that is stated at the top. */
export function timelineMarkdown(icm: Icm, entries: readonly TimelineEntry[], zone: string, now: Date): string {
  const made = stampOf(now, zone);
  return [
    `# Timeline of ${markdownLine(titleOf(icm), 300)}`,
    '',
    exportHeader(icm),
    '',
    `All times: ${shownIn(entries, zone, now).zoneLine}. Made ${made.day} ${made.clock}. Entries: ${entries.length}.`,
    ...timelineLines(entries, zone, now),
    '',
  ].join('\n');
}

/** The same as CSV. The first row says what it is, the second has the names of the columns. */
export function timelineCsv(icm: Icm, entries: readonly TimelineEntry[], zone: string, now: Date): string {
  const shown = shownIn(entries, zone, now);
  return csvOf([
    [`Timeline of ICM ${icm.number}. ${exportHeader(icm)} All times: ${shown.zoneLine}; the second column is UTC.`],
    [`Time (${shown.zone})`, 'Time (UTC)', 'Kind', 'What happened', 'By'],
    ...shown.entries.map((one) => [one.stamp.iso, one.at.toISOString(), one.kind, one.text, one.by]),
  ]);
}
