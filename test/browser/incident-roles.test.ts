import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hasBrowser, press, say, seen, Stage, startPost } from '../support/browser.ts';

const minute = 60_000;

(hasBrowser ? describe : describe.skip)('roles and key fields in the browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('2026-11-19T09:00:00Z');
  }, 120_000);
  afterAll(() => stage?.close());

  test('an outage is tracked, roles are offered, two people take one each, and one is handed over', async () => {
    const page = await stage.page('priya', 'channel');
    await startPost(page, "track 512345678 sev A outage 'Jobs stuck in West Europe'");
    const cards = page.getByTestId('thread').last().getByTestId('card');
    await seen(cards.nth(0), 'Looked after by');
    await stage.pass(minute);
    await seen(cards.nth(1), 'There is an outage. Who does what?');
    await stage.picture('roles-offered', cards.nth(1), page);
    await press(cards.nth(1), 'Take: Communications officer');
    await seen(cards.nth(1), 'Priya Sharma looks after the ICM and is the communications officer as well.');
    await stage.picture('roles-doubled', cards.nth(1), page);
    await press(cards.nth(1), 'Pick from a list');
    await seen(cards.nth(1), 'These are people whom I know from here.');
    await stage.picture('roles-list', cards.nth(1), page);
    await press(cards.nth(1), 'Back');

    const other = await stage.page('lukas', 'channel');
    const theirs = other.getByTestId('thread').last().getByTestId('card');
    await seen(theirs.nth(1), 'Priya Sharma, since today');
    await press(theirs.nth(1), 'Take: Scribe');
    await seen(theirs.nth(1), 'Lukas Weber is the scribe now.');
    // Who took the other role sees it without doing anything.
    await seen(cards.nth(1), 'Lukas Weber, since today');

    const thread = page.getByTestId('thread').last();
    await thread.getByTestId('reply').click();
    await say(thread.getByTestId('composer-reply'), 'hand over communications of 512345678 to @Lukas Weber');
    await seen(cards.nth(2), 'you are the communications officer of ICM 512345678 now.');
    await stage.picture('roles-handed-over', cards.nth(2), page);
    expect(await cards.nth(2).innerText()).not.toContain('looks after the ICM and is the communications officer');
    await other.close();
    await page.close();
  });

  test('default roles and key fields', async () => {
    const page = await stage.page('priya', 'personal');
    const composer = page.getByTestId('composer-personal');
    const newest = () => page.locator('[data-testid=card]:visible').last();
    await say(composer, 'default scribe is me');
    await seen(newest(), 'Default roles of this chat');
    await stage.picture('default-roles', newest(), page);
    await say(composer, "track 512345679 'Late output'");
    await seen(newest(), 'Looked after by');
    await say(composer, 'began 512345679 at 05:20 UTC, detected 05:30 UTC, first response 05:41 UTC');
    await seen(newest(), 'Kept: began, detected, first response.');
    await seen(newest(), '11 min from when it was detected, 21 min from when it began');
    await stage.picture('key-fields', newest(), page);
    await press(newest(), 'Change the fields');
    await newest().getByLabel('Resolved').fill('04:00 UTC');
    await newest().getByLabel('Reported by').fill('Contoso');
    await press(newest(), 'Save the fields');
    await seen(newest(), '“Resolved”, today 09:30 (Asia/Kolkata, UTC+5:30), lies before “Began”');
    expect(await newest().getByLabel('Reported by').inputValue()).toBe('Contoso');
    await stage.picture('key-fields-form', newest(), page);
    await newest().getByLabel('Resolved').fill('06:30 UTC');
    await press(newest(), 'Save the fields');
    await seen(newest(), 'Kept: resolved, reported by.');
    await page.close();
  });
});
