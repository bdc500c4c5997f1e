import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { hasBrowser, press, say, seen, Stage, startPost } from '../support/browser.ts';

(hasBrowser ? describe : describe.skip)('in the browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('2026-11-20T09:00:00Z');
  }, 120_000);
  afterAll(() => stage?.close());
  const open = (as: string, place: 'personal' | 'channel'): Promise<Page> => stage.page(as, place);
  const picture = (name: string, card: Locator, page: Page): Promise<void> => stage.picture(name, card, page);

  test('two engineers run their own checks in one thread of the channel', async () => {
    const priya = await open('priya', 'channel');
    await startPost(priya, 'Should I open an ICM?');
    const thread = priya.getByTestId('thread').last();
    const mine = thread.getByTestId('card').first();
    await seen(mine, 'What is this about?');
    await picture('question', mine, priya);

    const lukas = await open('lukas', 'channel');
    const sameThread = lukas.getByTestId('thread').last();
    await press(sameThread.getByTestId('card').first(), 'A quota increase');
    await seen(sameThread.getByTestId('card').first(), 'This is Priya Sharma’s check');
    await picture('not-yours', sameThread.getByTestId('card').first(), lukas);
    await press(sameThread.getByTestId('card').first(), 'Start my own check');
    const his = sameThread.getByTestId('card').nth(1);
    await seen(his, 'What is this about?');

    await press(mine, 'Something is broken, a bug fix');
    await seen(mine, 'Which of these hold?');
    await picture('several', mine, priya);
    await press(his, 'A quota increase');
    await seen(his, 'Which of these hold?');
    await mine.getByLabel('There is evidence of a bug').check();
    await press(mine, 'Continue');
    await seen(mine, 'Which steps of the initial investigation are done?');
    await press(his, 'None of these');
    await seen(his, 'What is the severity of the support request?');
    for (const step of [
      'I looked in Azure Support Center (ASC)',
      'I went through the troubleshooting guides (TSGs)',
      'I searched the existing ICMs',
      'I checked for an outage, and there is none',
    ]) {
      await mine.getByLabel(step).check();
    }
    await press(mine, 'Continue');
    await seen(mine, 'What is the severity of the support request?');
    await press(mine, 'Change an answer');
    await seen(mine, 'Which answer do you want to change?');
    await picture('review', mine, priya);
    await press(mine, 'Keep them all');
    await press(his, 'Sev C');
    await seen(his, 'Livesite DRI');
    await picture('verdict-quota', his, lukas);
    await press(mine, 'Sev A');
    await seen(mine, 'Open an ICM');
    await seen(mine, 'Sev 2.');
    await seen(mine, 'CSS Escalation');
    await picture('verdict', mine, priya);
    await stage.once('conversation', priya);
    await press(mine, 'What to fill in');
    await press(mine, 'Open and track it');
    await press(mine, 'What would change this');
    await seen(mine, 'Title to copy');
    await picture('verdict-opened', mine, priya);

    // Both see both verdicts, and neither holds anything of the other.
    await seen(sameThread.getByTestId('card').first(), 'CSS Escalation');
    await seen(thread.getByTestId('card').nth(1), 'Livesite DRI');
    expect(await his.innerText()).not.toContain('CSS Escalation');
    await priya.close();
    await lukas.close();
  });

  test('a personal chat answers short questions, and says honestly what it does not understand', async () => {
    const page = await open('mei', 'personal');
    const composer = page.getByTestId('composer-personal');
    const newest = () => page.locator('[data-testid=card]:visible').last();
    await seen(newest(), 'Hello, I am the ICM Guide');
    await picture('welcome', newest(), page);
    await say(composer, 'sev a?');
    await seen(newest(), 'Sev A case: ICM Sev 2');
    await picture('severity', newest(), page);
    await say(composer, 'case went from A to B, do we lower the icm?');
    await seen(newest(), 'The documents leave this open');
    await picture('severity-open', newest(), page);
    await say(composer, 'sev 1?');
    await seen(newest(), 'Which one do you mean');
    await picture('severity-which', newest(), page);
    await say(composer, 'what is the meaning of life');
    await seen(newest(), 'I have no answer to that');
    await picture('not-understood', newest(), page);
    await say(composer, 'help');
    await seen(newest(), 'What I can do');
    await picture('help', newest(), page);
    await page.close();
  });

  test('the whole check can be done with the keyboard', async () => {
    const page = await open('amara', 'personal');
    await page.getByTestId('composer-personal').getByTestId('composer-input').focus();
    await page.keyboard.type('should I open an ICM?');
    await page.keyboard.press('Enter');
    const card = page.locator('[data-testid=card]:visible').last();
    await seen(card, 'What is this about?');
    await card.getByRole('button', { name: 'A question about a query', exact: true }).focus();
    await page.keyboard.press('Enter');
    await seen(card, 'Which of these hold?');
    await card.getByRole('button', { name: 'None of these', exact: true }).focus();
    await page.keyboard.press('Enter');
    await seen(card, 'Do not open an ICM');
    await picture('verdict-no', card, page);
    await page.close();
  });
});
