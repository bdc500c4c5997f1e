import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { hasBrowser, press, say, seen, Stage, startPost } from '../support/browser.ts';

const leaky =
  'Hello Ana,\n\nI have opened an IcM, 512345678, for job fleet-eu, which has been late by 10 minutes since 07:20 UTC today; only your drivers in Lyon are affected, and no data is lost. The product team will fix it by 15:00 sharp. I will write to you again tomorrow at 09:00 CET.\n\nKind regards\nPriya';

(hasBrowser ? describe : describe.skip)('a customer message in the browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('2026-11-20T09:00:00Z');
  }, 120_000);
  afterAll(() => stage?.close());
  const newest = (page: Page): Locator => page.locator('[data-testid=card]:visible').last();
  /** Selects and copies what is in the field, as a person does, and gives what is in the clipboard. */
  const copied = async (page: Page, field: Locator): Promise<string> => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await field.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('ControlOrMeta+C');
    return page.evaluate('navigator.clipboard.readText()');
  };

  test('is pasted, its findings are read, the corrected text is copied, and its promise becomes a reminder', async () => {
    const page = await stage.page('priya', 'personal');
    const composer = page.getByTestId('composer-personal');
    await say(composer, 'track 512345678');
    await seen(newest(page), '512345678');
    await say(composer, 'can I send this?');
    await seen(newest(page), 'I read the text once and do not keep it.');
    await stage.picture('check-form', newest(page), page);
    await newest(page).getByLabel('The message').fill(leaky);
    await press(newest(page), 'Check it');
    const findings = page.getByTestId('card').filter({ hasText: 'Please do not send it like this' });
    await seen(findings, 'The word "ICM"');
    await seen(findings, 'Number of an ICM');
    await seen(findings, 'A promised time to restore');
    await stage.picture('findings', findings, page);
    const field = findings.getByRole('textbox').first();
    const text = await copied(page, field);
    expect(text).toContain('job fleet-eu, which has been late by 10 minutes since 07:20 UTC today');
    expect(text).not.toMatch(/icm|512345678|15:00/i);
    const remind = findings.getByRole('button', { name: /^Remind me/ });
    await seen(
      findings,
      'tomorrow, Sat 21 Nov, 09:00 (Europe/Berlin, UTC+1), for you tomorrow, Sat 21 Nov, 13:30 (Asia/Kolkata',
    );
    await remind.click();
    await seen(newest(page), 'Next update to the customer: tomorrow, Sat 21 Nov, 09:00 (Europe/Berlin, UTC+1)');
    await stage.picture('promise-reminder', newest(page), page);
    // The corrected message is still there, and it passes when it is checked once more.
    await field.fill(text.replace(/\[[^\]]*\]/g, 'soon'));
    await press(findings, 'Check this text again');
    await seen(page.getByTestId('card').filter({ hasText: 'Check this text again' }), 'You can send it');
    await stage.pass(28 * 3_600_000);
    await seen(page.getByTestId('card').filter({ hasText: 'update due' }).first(), 'ICM 512345678');
    await page.close();
  });

  test('in the channel it is offered in private, and the menu of the message opens a dialog', async () => {
    const page = await stage.page('mei', 'channel');
    await startPost(page, `check: ${leaky}`);
    const offer = page.getByTestId('card').filter({ hasText: 'Everybody here can read what you pasted' });
    await seen(offer, 'select “…”');
    await stage.picture('channel-offer', offer, page);

    const post = page.getByTestId('message').filter({ hasText: 'I have opened an IcM' }).first();
    await post.getByTestId('more').locator('summary').click();
    await stage.once('message-menu', page);
    await post.getByRole('button', { name: 'Check customer message' }).click();
    const dialog = page.getByTestId('task-dialog');
    await seen(dialog, 'Please do not send it like this');
    await stage.once('dialog-findings', page);
    await dialog.getByLabel('Number of the ICM that it is about').fill('512345679');
    await dialog.getByRole('button', { name: /^Remind me/ }).click();
    await seen(dialog, 'The reminder for ICM 512345679 is set');
    await stage.once('dialog-reminder', page);
    await dialog.getByTestId('task-close').click();
    await dialog.waitFor({ state: 'detached' });

    await press(offer, 'Check it in my personal chat');
    await seen(page.locator('main'), 'I wrote to you in our personal chat.');
    await page.close();
  });

  test('the button at the compose box asks for the message in the dialog', async () => {
    const page = await stage.page('amara', 'personal');
    await page.getByRole('button', { name: 'Check customer message' }).last().click();
    const dialog = page.getByTestId('task-dialog');
    await seen(dialog, 'Can I send this?');
    await dialog.getByRole('button', { name: 'Check it' }).click();
    await seen(dialog, 'There is no text in it yet.');
    await stage.once('dialog-form', page);
    await dialog.getByLabel('The message').fill(leaky);
    await dialog.getByRole('button', { name: 'Check it' }).click();
    await seen(dialog, 'The word "ICM"');
    await page.setViewportSize({ width: 375, height: 800 });
    await stage.once('dialog-375', page);
    await page.close();
  });

  test('one is written with the bot, from the parts of a good update to the text and its reminder', async () => {
    const page = await stage.page('diego', 'personal');
    const composer = page.getByTestId('composer-personal');
    await say(composer, 'track 512345690 "Job taxi-us is late" case 2411220050001234');
    await seen(newest(page), '512345690');
    await say(composer, 'draft an update for 512345690');
    await seen(newest(page), 'Message to the customer: progress'.slice(1));
    await stage.picture('draft-form', newest(page), page);
    await press(newest(page), 'Write the message');
    await seen(newest(page), 'There is something missing.');
    await stage.picture('draft-missing', newest(page), page);
    await newest(page).getByLabel("The customer's name").fill('Sam');
    await newest(page).getByLabel('What exactly is happening?').fill('Job taxi-us writes its output 10 minutes late');
    await newest(page).getByLabel('Since when? When was it detected?').fill('today at 05:30 UTC');
    await newest(page).getByLabel('Who or what is affected?').fill('only the taxis in Austin');
    await newest(page)
      .getByLabel('What can the customer expect as a result?')
      .fill('positions on the map are 10 minutes old; no data is lost');
    await newest(page).getByLabel('When will you write next?').fill('today 17:00');
    await press(newest(page), 'Write the message');
    await seen(newest(page), 'Here is the message. It passes the check.');
    await stage.picture('draft-written', newest(page), page);
    expect(await newest(page).getByRole('textbox').first().inputValue()).toContain(
      'We will send you the next update on Saturday, 21 November at 17:00 (UTC-6).',
    );
    await newest(page)
      .getByRole('button', { name: /^Remind me/ })
      .click();
    await seen(newest(page), 'ICM 512345690');
    await seen(newest(page), 'today 17:00 (America/Chicago, UTC-6)');

    await say(composer, 'draft a closing message for 512345690');
    await seen(newest(page), 'How was that verified?');
    await stage.picture('draft-closing', newest(page), page);
    await say(composer, 'what can I share with the customer?');
    await seen(newest(page), 'What to tell a customer, and what not');
    await stage.picture('sharing', newest(page), page);
    await page.close();
  });
});
