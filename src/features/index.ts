import { aboutCard, aboutFeature } from './about/about-feature.ts';
import { adviceFeature } from './advice/advice-feature.ts';
import { noteCard, notYoursCard, questionCard, reviewCard, verdictCard } from './advice/advice-cards.ts';
import { answerCard, topicListCard } from './answers/answers-cards.ts';
import { answersFeature } from './answers/answers-feature.ts';
import type { AnyCard, Card } from './card.ts';
import { drillCards } from './drills/drill-cards.ts';
import { drillFeature } from './drills/drill-feature.ts';
import { escalationCards } from './escalation/escalation-cards.ts';
import { escalationFeature } from './escalation/escalation-feature.ts';
import type { Feature } from './feature.ts';
import { csatPackageCards } from './csat-package/package-cards.ts';
import { csatPackageFeature } from './csat-package/csat-package-feature.ts';
import { followUpCards } from './follow-ups/follow-up-cards.ts';
import { followUpFeature } from './follow-ups/follow-up-feature.ts';
import { statusUpdateFeature } from './incidents/status-update-feature.ts';
import { updateCards } from './incidents/update-cards.ts';
import { helpFeature, menuCard } from './help-feature.ts';
import { keyFieldCards } from './incidents/key-field-cards.ts';
import { keyFieldsFeature } from './incidents/key-fields-feature.ts';
import { numbersCard } from './incidents/numbers-card.ts';
import { numbersFeature } from './incidents/numbers-feature.ts';
import { readinessCards } from './incidents/readiness-cards.ts';
import { readinessFeature } from './incidents/readiness-feature.ts';
import { roleCards } from './incidents/role-cards.ts';
import { rolesFeature } from './incidents/roles-feature.ts';
import { pgConsentCard, pgConsentFeature } from './pg-consent/pg-consent-feature.ts';
import { incidentCards } from './incidents/incident-cards.ts';
import { notesFeature } from './incidents/notes-feature.ts';
import { postmortemFeature } from './incidents/postmortem-feature.ts';
import { timelineFeature } from './incidents/timeline-feature.ts';
import { messageCheckCards } from './message-check/message-check-cards.ts';
import { messageCheckFeature } from './message-check/message-check-feature.ts';
import { messageDraftCards } from './message-drafts/message-draft-cards.ts';
import { messageDraftFeature } from './message-drafts/message-draft-feature.ts';
import { severityCard, severityFeature } from './severity/severity-feature.ts';
import { noticeCard, sheetCard } from './sheets/sheet-cards.ts';
import { sheetsFeature } from './sheets/sheets-feature.ts';
import { howToCard, icmCard, icmFormCard, myIcmsCard } from './tracking/tracking-cards.ts';
import { trackingFeature } from './tracking/tracking-feature.ts';

/** What the bot can do, in the order of help. Adding a feature is a line here; nothing else registers anything. */
export const features: readonly Feature[] = [
  adviceFeature,
  severityFeature,
  escalationFeature,
  csatPackageFeature,
  trackingFeature,
  followUpFeature,
  // Before the answers: where an ICM is talked about, “who is the scribe?” means its scribe.
  rolesFeature,
  keyFieldsFeature,
  answersFeature,
  pgConsentFeature,
  sheetsFeature,
  aboutFeature,
  // Before other features with notes: “note for item 3” is one of the checklist.
  readinessFeature,
  numbersFeature,
  messageCheckFeature,
  messageDraftFeature,
  drillFeature,
  statusUpdateFeature,
  notesFeature,
  timelineFeature,
  postmortemFeature,
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
  answerCard,
  topicListCard,
  noticeCard,
  sheetCard,
  pgConsentCard,
  aboutCard,
  ...escalationCards,
  ...csatPackageCards,
  ...messageCheckCards,
  ...messageDraftCards,
  ...readinessCards,
  numbersCard,
  ...drillCards,
  ...updateCards,
  ...roleCards,
  ...keyFieldCards,
  ...incidentCards,
  menuCard,
].map((card) => card as unknown as Card);
