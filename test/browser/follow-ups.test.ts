import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadPlaybook } from '../../src/playbook/load.ts';
import { hasBrowser, press, say, seen, Stage, startPost } from '../support/browser.ts';
import { withLeads } from '../support/leads.ts';

const minute = 60_000;

(hasBrowser ? describe : describe.skip)('follow-ups in the browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('2026-11-19T09:00:00Z', { playbook: withLeads(loadPlaybook(), 'amara') });
  }, 120_000);
  afterAll(() => stage?.close());

  test('a promise is kept, its reminder comes in the thread, and the next one is asked for', async () => {
    const page = await stage.page('lukas', 'channel');
    await startPost(page, 'I promised the customer an update on ICM 512345678 in 2 hours');
    const cards = page.getByTestId('thread').last().getByTestId('card');
    await seen(cards.nth(0), 'Next update to the customer: today 12:00 (Europe/Berlin, UTC+1)');
    await stage.picture('promise', cards.nth(0), page);

    await stage.pass(106 * minute);
    await seen(cards.nth(1), 'update due in');
    await stage.picture('reminder', cards.nth(1), page);
    await stage.pass(14 * minute);
    await seen(cards.nth(2), 'update due now');
    await seen(cards.nth(1), 'done with');
    await stage.pass(61 * minute);
    await seen(cards.nth(3), 'update overdue since today 12:00');
    await seen(cards.nth(3), 'as a lead of the team');
    await stage.picture('reminder-overdue', cards.nth(3), page);
    await press(cards.nth(3), 'No more updates due');
    await seen(cards.nth(3), 'Why is no update due any more?');
    await stage.picture('close', cards.nth(3), page);
    await press(cards.nth(3), 'Keep the reminder');
    await seen(cards.nth(3), 'Next update to the customer');
    await press(cards.nth(3), 'Update sent');
    await seen(cards.nth(3), 'after the promised time');
    await stage.picture('next-update', cards.nth(3), page);
    await cards.nth(3).getByLabel('The time that you promised').fill('tomorrow 9am');
    await press(cards.nth(3), 'Promise this time');
    await seen(cards.nth(3), 'Next update to the customer: tomorrow, Fri 20 Nov, 09:00 (Europe/Berlin, UTC+1)');
    await stage.picture('next-promise', cards.nth(3), page);

    // The digest opens a thread of its own on the next working morning.
    await stage.pass(22 * 60 * minute);
    await page.getByText('Customer updates today').first().waitFor();
    const digest = page.getByTestId('card').filter({ hasText: 'Customer updates today' }).first();
    await stage.picture('digest', digest, page);
    expect(await digest.innerText()).toContain('ICM 512345678');
    await page.close();
  });

  test('what cannot be taken is asked back in plain words', async () => {
    const page = await stage.page('priya', 'personal');
    const composer = page.getByTestId('composer-personal');
    const newest = () => page.locator('[data-testid=card]:visible').last();
    await say(composer, 'next update on 512345699 on 1/2/2027');
    await seen(newest(), 'when is the next update?');
    await stage.picture('asked-back', newest(), page);
    await say(composer, 'next update on 512345700 tomorrow 9am');
    await seen(newest(), 'Next update to the customer');
    await say(composer, 'update sent');
    await seen(newest(), 'Which ICM do you mean?');
    await stage.picture('which', newest(), page);
    await say(composer, 'my reminders');
    await seen(newest(), 'Promised updates of Priya Sharma');
    await stage.picture('my-reminders', newest(), page);
    await page.close();
  });
});
