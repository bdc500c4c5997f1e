import { z } from 'zod';
import { wordSet } from '../../understanding/token-pattern.ts';
import { cardReply } from '../card.ts';
import { copyReplies } from '../csat-package/package-texts.ts';
import {
  action,
  asNewMessage,
  say,
  type ActionTurn,
  type Feature,
  type MessageTurn,
  type Outcome,
  type Services,
} from '../feature.ts';
import { icmTitle } from '../follow-ups/follow-up-views.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { zoneOfIcm } from './icm-zone.ts';
import { icmCommand, onIcm } from './on-icm.ts';
import { readIncidentLine } from './read-incident-line.ts';
import { internalOnly, timelineCsv, timelineMarkdown } from './timeline-export.ts';
import { timelineCard } from './timeline-cards.ts';
import { shownIn, timelineOf, type ShownEntry } from './timeline.ts';

const id = z.string().max(100);
const words = wordSet('timeline');
/** So many can be read in one card. */
const pageSize = 10;

/** A page of the timeline, the newest entries first by page, in order within it. */
async function show(icm: Icm, wanted: number, { now }: Pick<MessageTurn, 'now'>, services: Services): Promise<Outcome> {
  const zone = await zoneOfIcm(icm, services);
  const all = await timelineOf(icm, now, services);
  const pages = Math.max(1, Math.ceil(all.length / pageSize));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  const end = all.length - page * pageSize;
  const shown = shownIn(all, zone, now);
  const part = shown.entries.slice(Math.max(0, end - pageSize), end);
  const range = `Entries ${end - part.length + 1} to ${end} of ${all.length}.`;
  return {
    reply: cardReply(timelineCard, {
      icm: icm.id,
      heading: `Timeline of ${icmTitle(icm)}`,
      lines: [{ text: all.length === 0 ? 'Nothing is on it yet.' : `${range} All times: ${shown.zoneLine}.` }],
      days: byDay(part),
      older: String(page + 1),
      newer: String(page - 1),
      canOlder: page < pages - 1,
      canNewer: page > 0,
      canExport: all.length > 0,
    }),
  };
}

function byDay(entries: readonly ShownEntry[]) {
  const days = [...new Set(entries.map(({ stamp }) => stamp.day))];
  return days.map((day) => ({
    day,
    items: entries
      .filter(({ stamp }) => stamp.day === day)
      .map(({ time, kind, by, text }) => ({ what: `${time} · ${kind}${by === '' ? '' : ` · ${by}`}`, text })),
  }));
}

/** All of it as text to copy, below the card. */
async function exported(
  icm: Icm,
  turn: ActionTurn<{ readonly form: 'markdown' | 'csv' }>,
  services: Services,
): Promise<Outcome> {
  const zone = await zoneOfIcm(icm, services);
  const all = await timelineOf(icm, turn.now, services);
  if (all.length === 0) return say('Nothing is on the timeline yet, so there is nothing to copy.');
  const isCsv = turn.data.form === 'csv';
  const text = isCsv ? timelineCsv(icm, all, zone, turn.now) : timelineMarkdown(icm, all, zone, turn.now);
  const replies = copyReplies(
    `Timeline of ICM ${icm.number} as ${isCsv ? 'CSV' : 'Markdown'}`,
    [`${internalOnly} Copy it into a file that ends in ${isCsv ? '.csv' : '.md'}.`],
    `${isCsv ? 'CSV' : 'Markdown'} to copy`,
    text,
  );
  return {
    reply: { kind: 'text', text: 'It is in the new message below.' },
    sends: replies.map((reply) => ({ to: 'here', reply })),
  };
}

/** What happened to an incident, collected from all features (F71, F72). */
export const timelineFeature: Feature = {
  name: 'timeline',
  commands: [
    {
      name: 'timeline',
      title: 'Timeline of an ICM',
      summary: 'Notes, changes, promises and decisions of an ICM in order, to read or to copy.',
      examples: ['show the timeline', 'timeline', 'timeline 512345678'],
      run: (turn, services) =>
        icmCommand('timeline', readIncidentLine(turn.text, words)?.icmNumber, turn, services, (icm) =>
          show(icm, 0, turn, services),
        ),
    },
  ],
  claims: (text) => (readIncidentLine(text, words) ? 'timeline' : undefined),
  actions: [
    action({
      verb: 'timeline/show',
      readOnly: true,
      data: z.object({ icm: id, page: z.coerce.number().int().min(0).max(100_000) }),
      run: (turn, services) => onIcm(turn, services, (icm) => show(icm, turn.data.page, turn, services)),
    }),
    action({
      verb: 'timeline/open',
      data: z.object({ icm: id }),
      run: (turn, services) =>
        onIcm(turn, services, async (icm) =>
          asNewMessage(await show(icm, 0, turn, services), 'It is in the new message below.'),
        ),
    }),
    action({
      verb: 'timeline/export',
      data: z.object({ icm: id, form: z.enum(['markdown', 'csv']) }),
      run: (turn, services) => onIcm(turn, services, (icm) => exported(icm, turn, services)),
    }),
  ],
};
