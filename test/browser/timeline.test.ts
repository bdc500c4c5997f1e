import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadPlaybook } from '../../src/playbook/load.ts';
import { hasBrowser, press, say, seen, Stage, startPost } from '../support/browser.ts';
import { withLeads } from '../support/leads.ts';

const minute = 60_000;

(hasBrowser ? describe : describe.skip)('timeline and postmortem in the browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    // The trail is stamped by the database: on its day the timeline reads as it would in an incident.
    stage = await Stage.open(new Date().toISOString(), { playbook: withLeads(loadPlaybook(), 'amara') });
  }, 120_000);
  afterAll(() => stage?.close());

  test('notes and changes, the timeline, and a postmortem that is checked and shared', async () => {
    // The lead is reached in the personal chat with the bot.
    const amara = await stage.page('amara', 'personal');
    await say(amara.getByTestId('composer-personal'), 'help');
    await amara.getByText('What I can do').first().waitFor();

    const page = await stage.page('lukas', 'channel');
    await startPost(page, 'track 512345678 sev b, icm sev 3');
    const thread = page.getByTestId('thread').last();
    const cards = thread.getByTestId('card');
    await seen(cards.nth(0), 'ICM 512345678');
    const reply = async (line: string) => {
      stage.clock.now += minute;
      const start = thread.getByTestId('reply');
      if (await start.isVisible()) await start.click();
      await say(thread.getByTestId('composer-reply'), line);
    };
    await reply('note: customers see an empty output');
    await seen(cards.nth(1), 'Note 1 is on the timeline of ICM 512345678');
    await stage.picture('note', cards.nth(1), page);
    await reply('change: restarted the gateway, team Networking');
    await seen(cards.nth(2), 'Result of change 1');
    await reply('change: moved the job to another cluster');
    await seen(cards.nth(3), 'Change only one thing at a time');
    await stage.picture('change-advice', cards.nth(3), page);
    await cards.nth(3).getByLabel('Result of change 2').fill('jobs run again');
    await press(cards.nth(3), 'Save the result');
    await seen(cards.nth(3), 'has its result on the timeline');
    await press(cards.nth(1), 'Correct');
    await seen(cards.nth(1), 'Correct note 1');
    await stage.picture('correct', cards.nth(1), page);
    await cards.nth(1).getByLabel('Note', { exact: true }).fill('customers see an empty output in the portal');
    await press(cards.nth(1), 'Save the note');
    await seen(cards.nth(1), 'is corrected on the timeline');
    await reply('note today 23:59: later');
    await seen(cards.nth(4), 'still to come');
    await stage.picture('asked-back', cards.nth(4), page);

    await reply('timeline 512345678');
    await seen(cards.nth(5), 'Timeline of ICM 512345678');
    await seen(cards.nth(5), 'in the portal (corrected)');
    await stage.picture('timeline', cards.nth(5), page);
    await press(cards.nth(5), 'All of it as Markdown');
    await seen(cards.nth(6), 'Internal document, not for the customer.');
    await stage.picture('markdown', cards.nth(6), page);

    await reply('draft the postmortem');
    const paper = cards.nth(7);
    await seen(paper, 'This is a draft from the records');
    await stage.picture('postmortem-draft', paper, page);
    await press(paper, 'What happened');
    await stage.picture('postmortem-form', paper, page);
    await paper.getByLabel('Summary').fill('Output stood still because Lukas forgot to restart the gateway.');
    await paper.getByLabel('Impact').fill('Two customers saw no output for an hour.');
    await press(paper, 'Save');
    await seen(paper, 'Version 1, saved by Lukas Weber');
    await press(paper, 'Problem and solution');
    await stage.picture('postmortem-problem', paper, page);
    await press(paper, 'Back without saving');
    await seen(paper, 'Version 1');
    await reply('action: add an alert for the gateway, owner me, in 3 days');
    await seen(cards.nth(8), 'Action 1 of ICM 512345678 is on the list');
    await stage.picture('action', cards.nth(8), page);
    await press(paper, 'Check and share');
    await seen(paper, 'Words that may sound like blame');
    await stage.picture('postmortem-blame', paper, page);
    await press(paper, 'Change the wording');
    await seen(paper, 'Action');
    await stage.picture('postmortem', paper, page);
    await press(paper, 'What happened');
    await paper.getByLabel('Summary').fill('Output stood still: the gateway was not restarted after the update.');
    await press(paper, 'Save');
    await seen(paper, 'Version 2');
    await press(paper, 'Check and share');
    await press(paper, 'Share with the leads');
    // Time passes only when it is kept.
    await page.getByText('Shared with Amara Nowak.').first().waitFor();
    await stage.pass(minute);
    const shared = amara.getByTestId('card').filter({ hasText: 'What we learned from ICM 512345678' }).first();
    await shared.waitFor();
    expect(await shared.innerText()).toContain('the gateway was not restarted');
    expect(await shared.innerText()).not.toContain('forgot');
    await stage.picture('leads', shared, amara);
    await stage.pass(4 * 24 * 60 * minute);
    const reminder = cards.filter({ hasText: 'is due today' }).first();
    await reminder.waitFor();
    await stage.picture('action-due', reminder, page);
    await page.close();
    await amara.close();
  }, 120_000);
});
