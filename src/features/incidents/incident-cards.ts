import { actionCard, actionFormCard } from './action-cards.ts';
import { entryCard, entryFormCard } from './entry-cards.ts';
import { leadershipCard, postmortemCard, postmortemFormCard, postmortemShareCard } from './postmortem-cards.ts';
import { timelineCard } from './timeline-cards.ts';
import { whichIncidentCard } from './which-card.ts';

/** The cards of notes, timeline and postmortem. */
export const incidentCards = [
  entryCard,
  entryFormCard,
  timelineCard,
  whichIncidentCard,
  postmortemCard,
  postmortemFormCard,
  postmortemShareCard,
  leadershipCard,
  actionCard,
  actionFormCard,
];
