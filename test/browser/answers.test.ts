import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { hasBrowser, press, say, seen, Stage } from '../support/browser.ts';

(hasBrowser ? describe : describe.skip)('answers in the browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('2026-11-20T09:00:00Z');
  }, 120_000);
  afterAll(() => stage?.close());

  const questions: readonly (readonly [name: string, line: string, heading: string])[] = [
    ['sla', 'what are the sla targets', 'SLA targets in the guide'],
    ['quota', 'who handles quota increases', 'A quota increase'],
    ['pg', 'can I include the PG in emails', 'The product group in customer emails'],
    ['roles', 'which roles are there in an incident', 'Incident roles'],
    ['model-update', 'sample status message', 'A model update'],
    ['csat-email', 'email template for csat impacting', 'The email to EM and PMs'],
    [
      'tension',
      'is it risky to put csat impacting into the service desk title',
      'The documents leave this open: both sides',
    ],
    ['checklist', 'basic checklist', 'Getting incident ready: nine things'],
    ['which', 'what do we write down', 'Which one do you mean?'],
    ['none', 'which colour has the office carpet', 'I have no answer to that.'],
    ['privacy', 'what do you keep about me?', 'What I keep, and who sees it'],
    ['topics', 'topics', 'What the playbook says'],
    ['sheet', 'prepare a quota request', 'Livesite DRI: Quota increase'],
    ['worksheet', 'worksheets', 'Key terms'],
    ['consent', 'may I include the PG?', 'May I include the PG with this customer?'],
  ];

  test('each answer is shown as a card', async () => {
    const page = await stage.page('priya', 'personal');
    for (const [name, line, heading] of questions) {
      await say(page.getByTestId('composer-personal'), line);
      const card = page.locator('[data-testid=card]:visible').last();
      await seen(card, heading);
      await stage.picture(name, card, page);
    }
  }, 200_000);

  test('the form says what is missing and gives the text', async () => {
    const page = await stage.page('priya', 'personal');
    await say(page.getByTestId('composer-personal'), 'prepare a quota request');
    const card = page.locator('[data-testid=card]:visible').last();
    await seen(card, 'Livesite DRI: Quota increase');
    await card.getByLabel('SubscriptionId').fill('0a1b2c3d-0000-4000-8000-00000000abcd');
    await press(card, 'Make the text');
    await seen(card, 'Region(s) is missing.');
    await stage.picture('sheet-made', card, page);
    await say(page.getByTestId('composer-personal'), 'what are the sla targets');
    const answer = page.locator('[data-testid=card]:visible').last();
    await seen(answer, 'SLA targets in the guide');
    await press(answer, 'More');
    await seen(answer, 'Low, Medium, High, Critical');
    await stage.once('sla-more', answer);
    await press(answer, 'Not what I meant');
    await seen(answer, 'What did you want to know?');
    await stage.picture('not-meant', answer, page);
  }, 100_000);
});
