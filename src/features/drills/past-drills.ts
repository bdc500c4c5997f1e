import { isPractice, organisationOf } from '../../practice.ts';
import { cardReply } from '../card.ts';
import type { MessageTurn, Outcome, Services } from '../feature.ts';
import { zoneFor } from '../follow-ups/follow-up-steps.ts';
import { noticeCard } from '../sheets/sheet-cards.ts';
import { dayOf } from './findings.ts';
import { pastDrills, type PastDrill } from './score-store.ts';

const most = 12;

const line = (drill: PastDrill, zone: string): string => {
  const score =
    drill.average === undefined
      ? 'not scored'
      : `${drill.average.toFixed(1)} of 5 from ${drill.answers} ${drill.answers === 1 ? 'person' : 'people'}`;
  const state = drill.endedAt ? (drill.isShared ? ', findings shared' : '') : ', still going on';
  return `• ${dayOf(drill.startedAt, zone)}: ${drill.scenario}, ${drill.participants} took part, ${score}${state}.`;
};

/** The practice runs of the organisation, the newest first. */
export async function listDrills(turn: MessageTurn, services: Services): Promise<Outcome> {
  const organisation = organisationOf(turn.person.tenantId);
  const drills = await pastDrills(services.records, organisation, { limit: most });
  const { zone } = await zoneFor(turn, services);
  const howTo = 'To start one, write “start a drill” in a new post of a channel.';
  return {
    reply: cardReply(noticeCard, {
      title: isPractice(turn.person.tenantId) ? 'Practice runs, this one among them' : 'Practice runs',
      lines:
        drills.length === 0
          ? [{ text: `There was none yet, as far as I know. ${howTo}` }]
          : [...drills.map((drill) => ({ text: line(drill, zone) })), { text: howTo }],
    }),
  };
}
