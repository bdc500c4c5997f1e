import { afterAll, beforeAll, describe, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { hasBrowser, press, say, seen, Stage, startPost } from '../support/browser.ts';

(hasBrowser ? describe : describe.skip)('tracked ICMs in the browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('2026-11-20T09:00:00Z');
  }, 120_000);
  afterAll(() => stage?.close());
  const open = (as: string, place: 'personal' | 'channel'): Promise<Page> => stage.page(as, place);
  const picture = (name: string, card: Locator, page: Page): Promise<void> => stage.picture(name, card, page);

  test('an ICM is tracked on the form, drifts, and is handed over in the channel', async () => {
    const priya = await open('priya', 'channel');
    await startPost(priya, 'track');
    const thread = priya.getByTestId('thread').last();
    const card = thread.getByTestId('card').first();
    await seen(card, 'Track an ICM');
    await picture('form', card, priya);
    await card.getByLabel('ICM number').fill('512345678');
    await card.getByLabel('Title').fill('Job *stuck* in Starting, <at>everyone</at>');
    await card.getByLabel('Support request (SR) number').fill('2411220050001234');
    await card.getByLabel('Severity of the support request').selectOption({ label: 'Sev B' });
    await card.getByLabel('Severity of the ICM').selectOption({ label: 'Sev 3' });
    await press(card, 'Track it');
    await seen(card, 'Watch and Subscribe in the ICM portal');
    await picture('icm', card, priya);

    await press(card, 'Case severity changed');
    await press(card, 'Hand over');
    // Drawing the card in another theme closes what was opened, so this picture is taken once.
    await stage.once('icm-opened', card);
    await card.getByLabel('Sev A').check();
    await press(card, 'Save the severity');
    await seen(card, 'The ICM severity does not fit');
    await picture('drift', card, priya);

    const lukas = await open('lukas', 'channel');
    const his = lukas.getByTestId('thread').last().getByTestId('card').first();
    await press(his, 'Resolved');
    await seen(his, 'Only Priya Sharma');
    await picture('refused', his, lukas);
    await press(his, 'Take over');
    const second = thread.getByTestId('card').nth(1);
    await seen(second, 'looks after it now');
    await picture('taken-over', second, priya);
    await picture('note', card, priya);

    const reply = lukas.getByTestId('thread').last();
    await reply
      .getByTestId('start-reply')
      .click()
      .catch(() => undefined);
    await press(reply.getByTestId('card').nth(1), 'Resolved');
    await seen(second, 'resolved');
    await picture('resolved', second, priya);
    await priya.close();
    await lukas.close();
  });

  test('a personal chat asks numbers back, lists and explains', async () => {
    const page = await open('mei', 'personal');
    const composer = page.getByTestId('composer-personal');
    const newest = () => page.locator('[data-testid=card]:visible').last();
    await say(composer, 'track icm 2411220050001234 sev A "Output to Cosmos DB stalls"');
    await seen(newest(), 'looks like a support request');
    await picture('asked-back', newest(), page);
    await say(composer, 'my ICMs');
    await seen(newest(), 'You look after no open ICM');
    await picture('list-empty', newest(), page);
    for (const line of [
      'track 612345671 "Job stuck in Starting after a scale-up of the cluster in West Europe, customer blocked" sev A icm sev 3',
      'track 612345672 sev B icm sev 2',
      'track 612345673 for SR 2411220050001234 outage icm sev 1',
    ]) {
      await say(composer, line);
      await seen(newest(), line.slice(6, 15));
    }
    await say(composer, '612345672 went from A to B');
    await seen(newest(), 'The documents do not say');
    await picture('uncovered', newest(), page);
    await say(composer, 'my ICMs');
    await seen(newest(), 'open ICMs');
    await picture('list', newest(), page);
    for (const [line, words] of [
      ['watch or subscribe?', 'Both are in the same dialog'],
      ['the track option is greyed out', 'not in the documents'],
      ['how do I see resolved icms', 'View All'],
      ['escalate 612345671', 'CSAT escalation'],
      ['hand over 612345671 to Lukas', 'Write it in the channel'],
      ['help', 'What I can do'],
    ] as const) {
      await say(composer, line);
      await seen(newest(), words);
      await picture(line.replace(/[^a-z]+/gi, '-').slice(0, 20), newest(), page);
    }
    await page.close();
  });
});
