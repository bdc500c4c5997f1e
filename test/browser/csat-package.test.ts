import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { loadPlaybook } from '../../src/playbook/load.ts';
import { hasBrowser, press, seen, Stage, startPost } from '../support/browser.ts';
import { MailServer } from '../support/mail-server.ts';

const local = fileURLToPath(new URL('../../src/local/playbook.yaml', import.meta.url));

(hasBrowser ? describe : describe.skip)('the package of an approved escalation in the browser', () => {
  let stage: Stage;
  let server: MailServer;
  let priya: Page;
  let amara: Page;
  beforeAll(async () => {
    server = await new MailServer().start();
    stage = await Stage.open('2026-11-20T09:00:00Z', { playbook: loadPlaybook(local), smtp: server.settings });
    priya = await stage.page('priya', 'channel');
    amara = await stage.page('amara', 'channel');
  }, 120_000);
  afterAll(async () => {
    await stage?.close();
    await server?.stop();
  });

  const thread = (page: Page, words: string) => page.getByTestId('thread').filter({ hasText: words });

  /** Priya asks and Amara approves; gives the cards of the package. */
  async function approved(number: string, more: { exceptional: boolean }): Promise<{ main: Locator; email: Locator }> {
    await startPost(priya, `escalate ${number}`);
    const own = thread(priya, number).getByTestId('card').first();
    await seen(own, 'ask the SMEs');
    const fields = {
      'ICM title': 'Job *stuck* in Starting, <at>everyone</at>',
      'ICM link': `https://portal.microsofticm.com/imp/v3/incidents/details/${number}/home`,
      'ICM owner': 'Olga Ivanova',
      'Email of the ICM owner (optional)': 'olga.ivanova@example.com',
      'SR number': '2411220050001234',
      'SR title (optional)': '[csat-impacting] Stream job does not start',
      'SR link': 'https://example.com/sr/2411220050001234',
      'CSS contacts who work on the case: names, with email if you have it':
        'Priya Sharma, priya.sharma@example.com; the customer: cto@fabrikam.test',
      'How does the customer feel now?': 'Furious since Monday. Their CTO has joined the thread.',
      'Why do they feel that way?': 'Nobody has called back twice, although we had promised it.',
      'What could have been done differently, for the future?': 'A promised time for each update.',
    };
    for (const [label, value] of Object.entries(fields)) await own.getByLabel(label, { exact: true }).fill(value);
    await own.getByLabel('Region whose SMEs are asked').selectOption({ label: 'EMEA' });
    if (more.exceptional) await own.getByLabel('Yes: loop EM and PM').check();
    await press(own, 'Ask the SMEs');
    await seen(own, 'Waiting for an SME of EMEA');
    await stage.pass(1_000);
    const hers = thread(amara, number).last().getByTestId('card').first();
    await hers.getByLabel('If you approve').fill('Keep the promised call.');
    await press(hers, 'Approve');
    await seen(hers, 'Approved by Amara Nowak');
    await stage.pass(4_000);
    const cards = thread(priya, number).filter({ hasText: 'is CSAT Impacting now' }).getByTestId('card');
    const main = cards.filter({ hasText: 'is CSAT Impacting now' }).first();
    await seen(main, 'Amara Nowak approved it');
    return { main, email: cards.filter({ hasText: 'Email about ICM' }).first() };
  }

  test('is posted, ticked, and its email is sent once', async () => {
    const { main, email } = await approved('612345678', { exceptional: true });
    await seen(email, 'Not sent yet.');
    expect(await main.getByLabel('Title of support request').inputValue()).toBe(
      '[CSAT Impacting] Stream job does not start',
    );
    expect(await main.getByLabel('Title of ICM 612345678').inputValue()).toBe(
      '[CSAT Impacting] Job *stuck* in Starting, <at>everyone</at>',
    );
    await stage.picture('package', main, priya);
    await stage.picture('email', email, priya);

    await press(email, 'As an .eml file to copy');
    const eml = thread(priya, '612345678').getByTestId('card').filter({ hasText: 'as a file' }).first();
    await seen(eml, 'Paste it into a file');
    await stage.picture('eml', eml, priya);

    await press(email, 'Send it now');
    await seen(email, 'Priya Sharma pressed Send');
    await stage.picture('email-asked', email, priya);
    await stage.pass(4_000);
    await seen(email, 'Sent today');
    expect(server.taken).toHaveLength(1);
    await stage.picture('email-sent', email, priya);
    const notice = thread(priya, '612345678').getByTestId('card').filter({ hasText: 'is out' }).last();
    await stage.picture('notice-sent', notice, priya);

    await main.getByLabel('The new title is in the ICM').check();
    await main.getByLabel('The note is in the ICM').check();
    await press(main, 'Save what is done');
    await seen(main, '3 of 4 done');
    await stage.picture('package-ticked', main, priya);

    await stage.pass(121 * 60_000);
    const reminder = thread(priya, '612345678').getByTestId('card').filter({ hasText: 'Not ticked yet' }).last();
    await seen(reminder, 'one thing is still to be done');
    await stage.picture('reminder', reminder, priya);
    await reminder.getByLabel('The new title is in the support request').check();
    await press(reminder, 'Save what is done');
    await seen(thread(priya, '612345678'), 'all four things are done, says Priya Sharma');
    await stage.pass(2_000);
    await seen(main, 'All four things are done');
  }, 120_000);

  test('its email that failed, or that nobody knows of, is said so; others cannot press', async () => {
    const { main, email } = await approved('612345679', { exceptional: false });
    const diego = await stage.page('mei', 'channel');
    const theirs = thread(diego, '612345679').getByTestId('card').filter({ hasText: 'Email about ICM' }).first();
    await press(theirs, 'Send it now');
    await diego.getByText('Only Priya Sharma').first().waitFor();
    await stage.once('refused', diego);
    await diego.close();

    server.withText = 'refuse';
    await press(email, 'Send it now');
    await seen(email, 'pressed Send');
    await stage.pass(4_000);
    await seen(email, 'The mail server refused the email (it said 554). Nothing was sent.');
    await stage.picture('email-failed', email, priya);
    server.withText = 'take and hang up';
    await press(email, 'Send it now');
    await seen(email, 'pressed Send');
    await stage.pass(4_000);
    await seen(email, 'I do not know whether it is out.');
    await stage.picture('email-unknown', email, priya);
    await seen(main, 'Four things are to be done now');
  }, 120_000);

  test('shiproom lists the cases and gives them as CSV', async () => {
    await stage.pass(60 * 60_000);
    await startPost(amara, 'shiproom');
    const list = amara.getByTestId('card').filter({ hasText: 'Open CSAT Impacting cases' }).last();
    await seen(list, 'ICM 612345679');
    await stage.picture('shiproom', list, amara);
    await press(list, 'Export as CSV');
    const csv = amara.getByTestId('card').filter({ hasText: 'as CSV' }).last();
    await seen(csv, 'Copy it into a file');
    expect(await csv.getByLabel('CSV to copy').inputValue()).toContain('"612345679"');
    await stage.picture('csv', csv, amara);
  }, 60_000);
});
