import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { loadPlaybook } from '../../src/playbook/load.ts';
import { hasBrowser, press, seen, Stage, startPost } from '../support/browser.ts';
import { withLeads } from '../support/leads.ts';

const minute = 60_000;
const fields: readonly (readonly [string, string])[] = [
  ['What specifically is happening?', 'Job fleet-eu writes its output up to 10 minutes late.'],
  ['When was it detected?', '20 November at 05:30 UTC'],
  ['Who does it affect?', 'Only the drivers in Lyon. Other regions work.'],
  ['What can they expect as a result?', 'Positions on the map are up to 10 minutes old. No data is lost.'],
  ['Which steps are being taken, and by which team?', 'The product team moves the job to new nodes.'],
];

(hasBrowser ? describe : describe.skip)('status updates in the browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('2026-11-20T09:00:00Z', { playbook: withLeads(loadPlaybook(), 'amara') });
  }, 120_000);
  afterAll(() => stage?.close());

  const cards = (page: Page): Locator => page.getByTestId('thread').last().getByTestId('card');
  const next = (card: Locator): Locator => card.getByLabel('When will the next update occur?');

  test('two people post, what is known follows in place, and the last one says so', async () => {
    const lukas = await stage.page('lukas', 'channel');
    await startPost(lukas, 'track 512345678 "Job fleet-eu is late" case sev A icm sev 2');
    await seen(cards(lukas).first(), 'ICM 512345678');
    await press(cards(lukas).first(), 'Status update');
    const form = cards(lukas).nth(1);
    await seen(form, 'To colleagues: be specific about what is wrong');
    await stage.picture('update-form', form, lukas);
    await press(form, 'Post the update');
    await seen(form, 'Please say who it affects.');
    await stage.picture('update-form-missing', form, lukas);
    for (const [label, words] of fields) await form.getByLabel(label).fill(words);
    await next(form).fill('friday 17:00');
    await press(form, 'Post the update');
    await seen(form, 'Which day do you mean?');
    await stage.picture('update-form-unclear', form, lukas);
    await form.getByText('today 17:00 (Europe/Berlin, UTC+1)').click();
    await press(form, 'Post the update');
    await seen(form, 'Lukas Weber posted update 1 for ICM 512345678; it stands below.');
    await stage.pass(minute);
    const first = cards(lukas).nth(2);
    await seen(first, 'ICM 512345678 · Job fleet-eu is late · update 1');
    await seen(first, 'Next update: Fri 20 Nov 2026, 17:00 (Europe/Berlin, UTC+1)');
    await stage.picture('update', first, lukas);
    const known = cards(lukas).nth(3);
    await seen(known, 'What is known · ICM 512345678');
    await seen(known, 'Only the drivers in Lyon.');

    // Somebody else goes on where the first one ended; for the customer some words must not be in it.
    const amara = await stage.page('amara', 'channel');
    await press(cards(amara).nth(2), 'Post the next update');
    const second = cards(amara).nth(4);
    await seen(second, 'What update 1 said stands here already.');
    expect(await second.getByLabel('Who does it affect?').inputValue()).toBe(fields[2]![1]);
    expect(await next(second).inputValue()).toBe('');
    await press(second, 'Write it for the customer');
    await seen(second, 'To the customer: the five parts');
    await second.getByLabel('Who does it affect?').fill('All drivers in France, see ICM 512345678.');
    await next(second).fill('in 2 hours');
    await press(second, 'Post the update');
    await seen(second, 'This must not go to a customer');
    await stage.picture('update-form-blocked', second, amara);
    await second.getByLabel('Who does it affect?').fill('All drivers in France. It will be fixed by 15:00 today.');
    await press(second, 'Post the update');
    await seen(second, 'Better change this below, or post it as it is.');
    await stage.picture('update-form-warned', second, amara);
    await second.getByLabel('Who does it affect?').fill('All drivers in France.');
    await press(second, 'Post the update');
    await seen(second, 'Amara Nowak posted update 2');
    await stage.pass(minute);
    await seen(cards(amara).nth(5), 'For the customer');
    await seen(cards(amara).nth(5), 'Who it affects · changed');
    await stage.picture('update-second', cards(amara).nth(5), amara);
    // The other person sees it in the message that was there.
    await seen(known, 'All drivers in France.');
    await seen(known, 'after update 2');
    expect(await known.innerText()).not.toContain('Lyon');
    await stage.picture('what-is-known', known, lukas);

    await press(cards(amara).nth(5), 'Copy as a customer message');
    await press(cards(lukas).nth(5), 'Post the next update');
    const last = cards(lukas).nth(6);
    await seen(last, 'What update 2 said stands here already.');
    await press(last, 'It is resolved');
    await seen(last, 'It is resolved: say how, and how that was verified.');
    await stage.picture('update-form-last', last, lukas);
    await last.getByLabel('How was it resolved?').fill('The job was moved to new nodes.');
    await last
      .getByLabel('How was that verified?')
      .fill('It has run for 6 hours without a stop, and the customer confirmed it.');
    await last.getByText('This is the last update', { exact: true }).click();
    await press(last, 'Post the update');
    await seen(last, 'It was the last update.');
    await stage.pass(minute);
    await seen(cards(lukas).nth(7), 'This is the last update.');
    await stage.picture('update-last', cards(lukas).nth(7), lukas);
    await seen(known, 'none, the last one was posted');
    await seen(known, 'How that was verified');
    await stage.picture('what-is-known-resolved', known, lukas);
    // One click away on the ICM, and back.
    await press(cards(amara).first(), 'What is known');
    await seen(cards(amara).first(), 'after update 3');
    await press(cards(amara).first(), 'Back to the ICM');
    await seen(cards(amara).first(), 'Looked after by');
    await stage.picture('icm', cards(amara).first(), amara);
    await lukas.close();
    await amara.close();
  }, 180_000);
});
