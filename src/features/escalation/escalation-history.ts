import { showTime } from '../../understanding/show-time.ts';
import { cardReply } from '../card.ts';
import type { Reply, Services } from '../feature.ts';
import { escalationHistoryCard } from './escalation-cards.ts';
import { trailOf } from './escalation-store.ts';
import { idsOf, zoneOf } from './escalation-view.ts';
import type { Escalation, TrailLine } from './escalation.ts';
import type { Where } from './show-escalation.ts';

/** So many steps fit on a card; the oldest are left out before the newest. */
const mostLines = 14;

/** What happened to a request, step by step, with the words of whoever did it. `earlier`: older ones of the ICM. */
export async function historyReply(
  escalation: Escalation,
  earlier: readonly Escalation[],
  turn: Where,
  services: Services,
): Promise<Reply> {
  const zone = await zoneOf(turn.person, services);
  const trail = await trailOf(services.records, escalation.id);
  const left = trail.length - mostLines;
  return cardReply(escalationHistoryCard, {
    ...idsOf(escalation),
    heading: `ICM ${escalation.icmNumber} · history of the escalation`,
    notes: [
      ...(earlier.length === 0
        ? []
        : [
            {
              text: `Before that, newest first: ${earlier.map((one) => `${one.state} (asked by ${one.requester.name})`).join(', ')}.`,
            },
          ]),
      ...(left > 0 ? [{ text: `${left} steps before these are left out.` }] : []),
    ],
    lines: trail.slice(-mostLines).map((line) => ({
      what: whatOf(line),
      when: showTime(line.at, zone, turn.now),
      ...(line.words === '' ? {} : { words: line.words }),
    })),
  });
}

const verbs: Readonly<Record<string, string>> = {
  requested: 'Asked for',
  changed: 'Changed',
  asked: 'Question',
  answered: 'Answer',
  approved: 'Approved',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  expired: 'Expired without a decision',
};

/** "Approved by Amara Nowak (version 3)" */
function whatOf({ step, actor, revision }: TrailLine): string {
  const verb = verbs[step] ?? `${step.charAt(0).toUpperCase()}${step.slice(1)}`;
  return `${verb}${actor ? ` by ${actor.name}` : ''} (version ${revision})`;
}
