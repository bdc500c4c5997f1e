import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hasBrowser, press, say, seen, Stage, startPost } from '../support/browser.ts';

const minute = 60_000;
const mark = 'PRACTICE RUN. Nothing here is real.';

(hasBrowser ? describe : describe.skip)('a practice run in the browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('2026-11-19T09:00:00Z');
  }, 120_000);
  afterAll(() => stage?.close());

  test('is started, played, ended and scored, and every card says that it is practice', async () => {
    const page = await stage.page('priya', 'channel');
    await startPost(page, 'start a drill');
    const thread = page.getByTestId('thread').last();
    const cards = thread.getByTestId('card');
    const card = (words: string) => cards.filter({ hasText: words }).first();
    const run = card('Practice run: Outage in a region');
    const inject = (number: number) => card(`Inject ${number} of 5 ·`);
    await seen(cards.nth(0), 'Choose what to practise.');
    await stage.picture('drill-choose', cards.nth(0), page);
    await press(cards.nth(0), 'Practise “Outage in a region”');
    await page.getByText('The practice run begins in a moment.').first().waitFor();
    await stage.pass(2_000);
    await seen(run, 'The ICM is 9000000101');
    await seen(card('Tracked in this thread.'), 'Jobs in one region without output');
    await seen(cards.nth(0), 'was chosen');
    await press(run, 'I play “Leadership”');
    await seen(run, 'Priya Sharma: give “Leadership” back');
    await stage.picture('drill-run', run, page);
    await stage.picture('drill-icm', card('Tracked in this thread.'), page);
    await stage.picture('drill-roles', card('Roles · ICM 9000000101'), page);

    await stage.pass(6 * minute);
    await seen(inject(1), 'Inject 1 of 5');
    await stage.picture('drill-inject', inject(1), page);
    // What the team does with a real ICM, it does here.
    await thread.getByTestId('reply').click();
    await say(thread.getByTestId('composer-reply'), 'note: restarted one job, no effect');
    await seen(thread, 'restarted one job, no effect');
    await press(inject(1), 'Next inject');
    await page.getByText('The next inject comes now, below.').first().waitFor();
    await stage.pass(2_000);
    await seen(inject(2), 'Inject 2 of 5');
    await stage.pass(11 * minute);
    await seen(inject(3), 'you play this part');
    await stage.picture('drill-inject-played', inject(3), page);

    await press(run, 'Refresh');
    await press(run, 'Pause');
    await seen(run, 'Paused: no inject comes until you continue.');
    await press(run, 'End the practice run');
    await seen(run, 'End it for everybody?');
    await stage.picture('drill-ask-end', run, page);
    await press(run, 'End it for everybody');
    await seen(run, 'It is over. How did it go?');
    await stage.pass(2_000);
    const closing = card('How it ended (invented)');
    await seen(closing, 'How it ended (invented)');
    await stage.picture('drill-score', closing, page);
    await press(closing, 'Keep my answers');
    await seen(closing, 'Please give each of the five questions a score');
    const scores = closing.locator('select');
    expect(await scores.count()).toBe(5);
    for (let at = 0; at < 5; at += 1) await scores.nth(at).selectOption(String(5 - (at % 2)));
    await closing.getByLabel('A comment on question 2').fill('It took a while until somebody was the commander.');
    await press(closing, 'Keep my answers');
    await seen(closing, 'Thank you, your answers are kept.');
    await stage.picture('drill-scored', closing, page);
    await press(closing, 'Findings so far');
    const findings = card('answered the five questions.');
    await seen(findings, '1 person took part, 1 answered the five questions.');
    await stage.picture('drill-findings', findings, page);
    await findings.getByLabel('What to improve').fill('Name the commander first.');
    await press(findings, 'Share the findings');
    await seen(findings, 'Share this with your leadership');
    await stage.picture('drill-shared', findings, page);

    // Every card of the thread says so in words, and so does every text.
    const count = await cards.count();
    for (let at = 0; at < count; at += 1) expect(await cards.nth(at).innerText()).toContain(mark);
    await page.close();
  }, 120_000);

  test('an invite is written, and the past ones are listed', async () => {
    const page = await stage.page('priya', 'personal');
    const composer = page.getByTestId('composer-personal');
    const newest = () => page.locator('[data-testid=card]:visible').last();
    await say(composer, 'drill invite for tomorrow 14:00');
    await seen(newest(), 'Calendar invite for a practice run');
    await stage.picture('drill-invite', newest(), page);
    await say(composer, 'drills');
    await seen(newest(), 'Outage in a region, 1 took part, 4.6 of 5 from 1 person, findings shared.');
    await stage.picture('drill-list', newest(), page);
    await page.close();
  });
});
