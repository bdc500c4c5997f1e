import { adviceFeature } from './advice/advice-feature.ts';
import { noteCard, notYoursCard, questionCard, reviewCard, verdictCard } from './advice/advice-cards.ts';
import type { AnyCard, Card } from './card.ts';
import type { Feature } from './feature.ts';
import { followUpCards } from './follow-ups/follow-up-cards.ts';
import { followUpFeature } from './follow-ups/follow-up-feature.ts';
import { helpFeature, menuCard } from './help-feature.ts';
import { severityCard, severityFeature } from './severity/severity-feature.ts';
import { howToCard, icmCard, icmFormCard, myIcmsCard } from './tracking/tracking-cards.ts';
import { trackingFeature } from './tracking/tracking-feature.ts';

/** What the bot can do, in the order of help. Adding a feature is a line here; nothing else registers anything. */
export const features: readonly Feature[] = [
  adviceFeature,
  severityFeature,
  trackingFeature,
  followUpFeature,
  helpFeature,
];

/** Every card, for the tests and for answering a repeat. */
export const cards: readonly AnyCard[] = [
  questionCard,
  reviewCard,
  notYoursCard,
  noteCard,
  verdictCard,
  severityCard,
  icmCard,
  icmFormCard,
  myIcmsCard,
  howToCard,
  ...followUpCards,
  menuCard,
].map((card) => card as unknown as Card);
