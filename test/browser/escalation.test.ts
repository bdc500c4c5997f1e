import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { loadPlaybook } from '../../src/playbook/load.ts';
import { hasBrowser, press, say, seen, Stage, startPost } from '../support/browser.ts';

const local = fileURLToPath(new URL('../../src/local/playbook.yaml', import.meta.url));

(hasBrowser ? describe : describe.skip)('a CSAT escalation in the browser', () => {
  let stage: Stage;
  let priya: Page;
  let amara: Page;
  beforeAll(async () => {
    stage = await Stage.open('2026-11-20T09:00:00Z', { playbook: loadPlaybook(local) });
    priya = await stage.page('priya', 'channel');
    amara = await stage.page('amara', 'channel');
  }, 120_000);
  afterAll(() => stage?.close());

  const fill = async (card: Locator, more: Record<string, string> = {}) => {
    const fields = {
      'ICM title': 'Job *stuck* in Starting, <at>everyone</at>',
      'ICM link': 'https://portal.microsofticm.com/imp/v3/incidents/details/512345678/home',
      'ICM owner': 'Olga Ivanova',
      'SR number': '2411220050001234',
      'SR link': 'https://example.com/sr/2411220050001234',
      'How does the customer feel now?': 'Furious since Monday. Their CTO has joined the thread.',
      'Why do they feel that way?': 'Nobody has called back twice, although we had promised it.',
      'What could have been done differently, for the future?':
        'A promised time for each update, and an SME from day one.',
      ...more,
    };
    for (const [label, value] of Object.entries(fields)) await card.getByLabel(label, { exact: true }).fill(value);
    await card.getByLabel('Region whose SMEs are asked').selectOption({ label: 'EMEA' });
  };
  const newForm = async (number: string): Promise<Locator> => {
    await startPost(priya, `escalate ${number}`);
    const card = priya.getByTestId('thread').filter({ hasText: number }).getByTestId('card').first();
    await seen(card, 'ask the SMEs');
    return card;
  };
  const thread = (page: Page, words: string) => page.getByTestId('thread').filter({ hasText: words });
  const smesCard = (page: Page, number: string) => thread(page, number).last().getByTestId('card').first();
  /** A request of Priya; gives her card and the SMEs'. */
  const request = async (number: string): Promise<{ own: Locator; hers: Locator }> => {
    const own = await newForm(number);
    await fill(own);
    await press(own, 'Ask the SMEs');
    await seen(own, 'Waiting for an SME of EMEA');
    await stage.pass(1_000);
    const hers = smesCard(amara, number);
    await seen(hers, 'Your decision');
    return { own, hers };
  };

  test('is asked for, questioned, answered and approved', async () => {
    const own = await newForm('612345678');
    await stage.picture('form', own, priya);
    await press(own, 'Ask the SMEs');
    await seen(own, 'Please look at this again');
    await stage.picture('form-problems', own, priya);
    await fill(own);
    await own.getByLabel('Yes: loop EM and PM').check();
    await own.getByLabel('Status of the case').selectOption({ label: 'Resolved' });
    await press(own, 'Ask the SMEs');
    await seen(own, 'The case is resolved already');
    await stage.picture('form-late', own, priya);
    await own.getByLabel('Status of the case').selectOption({ label: 'Open' });
    await press(own, 'Ask the SMEs');
    await seen(own, 'Waiting for an SME of EMEA');
    await stage.picture('requested', own, priya);

    await stage.pass(1_000);
    const hers = smesCard(amara, '612345678');
    await seen(hers, 'Your decision');
    await stage.picture('smes', hers, amara);
    await stage.picture('smes-others', smesCard(priya, '612345678'), priya);
    await press(hers, 'Ask for more …');
    await press(hers, 'Decline …');
    await stage.once('smes-opened', hers);
    await hers.getByLabel('Question to the requester').fill('Since when exactly, and who promised the call?');
    await press(hers, 'Send the question');
    await seen(hers, 'Your question is on its way');
    await stage.pass(1_000);
    const question = thread(priya, '612345678').first().getByTestId('card').nth(1);
    await seen(question, 'Since when exactly');
    await stage.picture('question', question, priya);
    await question.getByLabel('Your answer to the SME').fill('Since Monday 9 am; I did.');
    await press(question, 'Send the answer');
    await seen(question, 'has answered');
    await stage.picture('answered-note', question, priya);
    await stage.pass(1_000);
    const answer = thread(amara, 'has answered about').last().getByTestId('card').nth(1);
    await seen(answer, 'Since Monday 9 am; I did.');
    await stage.picture('answer', answer, amara);
    await seen(hers, 'Priya Sharma answers');
    await seen(hers, 'Your decision');
    await stage.picture('smes-answered', hers, amara);
    await hers.getByLabel('If you approve').fill('Keep the promised call, or tell the customer before.');
    await press(hers, 'Approve');
    await seen(hers, 'Approved by Amara Nowak');
    await stage.picture('approved', hers, amara);
    await stage.pass(1_000);
    await seen(own, 'Approved by Amara Nowak');
    await stage.picture('approved-requester', own, priya);
    await press(own, 'History');
    await seen(own, 'Question by Amara Nowak');
    await stage.picture('history', own, priya);
  });

  test('is declined with a reason', async () => {
    const { hers } = await request('512345679');
    await press(hers, 'Decline …');
    await press(hers, 'Decline the request');
    await seen(hers, 'Please write why');
    await stage.picture('no-reason', hers, amara);
    await press(hers, 'Decline …');
    await hers.getByLabel('Reason for declining').fill('The customer has written that they are fine with Friday.');
    await press(hers, 'Decline the request');
    await seen(hers, 'Declined by Amara Nowak');
    await stage.pass(1_000);
    const told = thread(priya, '512345679').first().getByTestId('card').nth(1);
    await seen(told, 'fine with Friday');
    await stage.picture('declined', told, priya);
  });

  test('is withdrawn, or changed, by who asked', async () => {
    const { own, hers } = await request('512345680');
    await press(own, 'Change details');
    await seen(own, 'Details of the request');
    await stage.picture('change', own, priya);
    await own.getByLabel('Why do they feel that way?').fill('Two missed calls.');
    await press(own, 'Save the changes');
    await seen(own, 'Changed: Why they feel that way.');
    await press(own, 'Email to the SMEs');
    await seen(own, 'asa-smes@example.com');
    await stage.picture('email', own, priya);
    await press(own, 'Back');
    await press(own, 'Withdraw');
    await seen(own, 'Withdrawn');
    await stage.pass(1_000);
    await seen(hers, 'Withdrawn');
    await stage.picture('withdrawn', own, priya);
  });

  test('is reminded of, explained and listed', async () => {
    const { hers } = await request('512345681');
    await stage.pass(121 * 60_000);
    const reminder = thread(amara, 'still waits for a decision').last().getByTestId('card').nth(1);
    await seen(reminder, 'still waits for a decision');
    await stage.picture('reminder', reminder, amara);
    await seen(hers, '512345681');
    const mei = await stage.page('mei', 'personal');
    await say(mei.getByTestId('composer-personal'), 'how does a csat escalation work?');
    const how = mei.locator('[data-testid=card]:visible').last();
    await seen(how, 'SME');
    await seen(how, 'F42');
    await stage.picture('how', how, mei);
    await mei.close();
  });
});
