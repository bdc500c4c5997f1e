import { describe, expect, test } from '@jest/globals';
import { sharingAnswerFor } from '../../../src/features/message-check/what-to-share.ts';
import type { SharingAnswerId } from '../../../src/playbook/schema.ts';

const rows: readonly (readonly [string, SharingAnswerId])[] = [
  ['may I give the customer the ICM number', 'icm'],
  ['is the word incident ok in a mail', 'icm'],
  ['can the customer open the icm link', 'icm'],
  ['I sent the icm number by mistake', 'icm-slipped'],
  ['the customer asked me what a CRI is', 'icm-slipped'],
  ['may they have the Kusto output', 'logs'],
  ['can I paste a stack trace from the backend', 'logs'],
  ['are activity ids fine', 'ids'],
  ['can I give them an ETA', 'dates'],
  ['may I say it is fixed by Friday', 'dates'],
  ['promise a fix?', 'dates'],
  ['can I promise to call every four hours', 'cadence'],
  ['which interval for updates', 'cadence'],
  ['when may I call it resolved', 'resolved'],
  ['the customer sees [CSAT Impacting]', 'csat'],
  ['tag in the subject line of the email', 'csat'],
  ['what belongs in a good update', 'updates'],
  ['what must a status mail contain', 'updates'],
  ['what goes into the closing mail', 'closing'],
  ['what can I share', 'overview'],
  ["do's and don'ts", 'overview'],
  ['may I pass on the wiki page', 'other'],
  ['can I tell them that others are affected', 'other'],
  ['can I name the engineer of the PG', 'other'],
];

describe('what to share', () => {
  test.each(rows)('%s: %s', (question, answer) => expect(sharingAnswerFor(question)).toBe(answer));
});
