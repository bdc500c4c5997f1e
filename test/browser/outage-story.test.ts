import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { loadPlaybook } from '../../src/playbook/load.ts';
import { hasBrowser, press, say, seen, Stage, startPost } from '../support/browser.ts';
import { withLeads } from '../support/leads.ts';

const minute = 60_000;

/** From the first question to the shared postmortem: one thread, three people, one ICM. */
(hasBrowser ? describe : describe.skip)('a whole outage in the browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('2026-11-19T09:00:00Z', { playbook: withLeads(loadPlaybook(), 'diego') });
    await keepTimeOf(stage);
  }, 120_000);
  afterAll(() => stage?.close());

  const open = async (as: string, place: 'personal' | 'channel'): Promise<Page> => {
    const page = await stage.page(as, place);
    // Four pages at once take their time on a busy machine.
    page.setDefaultTimeout(20_000);
    return page;
  };
  const threadOf = (page: Page): Locator => page.getByTestId('thread').last();
  /** The first card of the thread with these words: cards that follow do not move it. */
  const cardOf = (page: Page, words: string): Locator =>
    threadOf(page).getByTestId('card').filter({ hasText: words }).first();
  const after = async (minutes: number): Promise<void> => {
    await stage.pass(minutes * minute);
    await setTimeOf(stage);
  };
  const reply = async (page: Page, line: string): Promise<void> => {
    await after(1);
    const start = threadOf(page).getByTestId('reply');
    if (await start.isVisible()) await start.click();
    await say(threadOf(page).getByTestId('composer-reply'), line);
  };

  test('three people bring it from the first question to the shared postmortem', async () => {
    // The lead is reached in the personal chat with the bot.
    const diego = await open('diego', 'personal');
    await say(diego.getByTestId('composer-personal'), 'help');
    await diego.getByText('What I can do').first().waitFor();

    // Is it an ICM, and of which severity? What the line says is not asked again.
    const lukas = await open('lukas', 'channel');
    await startPost(lukas, 'outage in West Europe confirmed, sev A case, it is a bug: should I open an ICM?');
    const check = cardOf(lukas, 'Should I open an ICM?');
    await seen(check, 'Open an ICM');
    await seen(check, 'Sev 1.');
    expect(await check.innerText()).toContain('CSS Escalation');
    expect(await check.innerText()).toContain('Outage');
    await stage.picture('story-verdict', check, lukas);

    // It is opened in the ICM portal, tracked here, and the roles are offered without a question.
    await reply(lukas, "I opened ICM 512345678 'Jobs without output in West Europe', sev A, outage, icm sev 1");
    const icm = cardOf(lukas, 'Looked after by');
    await seen(icm, 'Tracked in this thread.');
    expect(await icm.innerText()).not.toContain('does not fit');
    await after(1);
    const roles = cardOf(lukas, 'Roles · ICM 512345678');
    await seen(roles, 'There is an outage. Who does what?');
    await stage.picture('story-roles-offered', roles, lukas);

    // Three people take a role each; everybody sees it in the card that is there.
    const priya = await open('priya', 'channel');
    const mei = await open('mei', 'channel');
    await press(roles, 'Take: Incident commander');
    await seen(cardOf(priya, 'Roles · ICM 512345678'), 'Lukas Weber, since today');
    await press(cardOf(priya, 'Roles · ICM 512345678'), 'Take: Communications officer');
    await seen(cardOf(mei, 'Roles · ICM 512345678'), 'Priya Sharma, since today');
    await press(cardOf(mei, 'Roles · ICM 512345678'), 'Take: Scribe');
    for (const name of ['Lukas Weber', 'Priya Sharma', 'Mei Tanaka'])
      await seen(cardOf(lukas, 'Roles · ICM 512345678'), `${name}, since today`);
    await stage.picture('story-roles', roles, lukas);

    // Notes of everybody, one change and its result, and a change too early.
    await reply(priya, 'note: two customers see no output since 09:50');
    await cardOf(lukas, 'Note 1 is on the timeline of ICM 512345678').waitFor();
    await reply(mei, 'note: the gateway of cluster weu-3 refuses connections');
    await cardOf(lukas, 'Note 2 is on the timeline of ICM 512345678').waitFor();
    await reply(lukas, 'change: restarted the gateway of weu-3, team Networking');
    await cardOf(lukas, 'Change 1 is on the timeline').waitFor();
    await reply(lukas, 'change: moved the jobs to weu-4, team Stream Analytics');
    const early = cardOf(lukas, 'Change 2 is on the timeline');
    await seen(early, 'Change only one thing at a time');
    await stage.picture('story-second-change', early, lukas);
    await reply(mei, 'result of change 1: no effect');
    await seen(cardOf(mei, 'no effect'), 'has its result on the timeline');

    // The communications officer posts the update; all read it, and what is known follows.
    await reply(priya, 'status update');
    const form = cardOf(priya, 'Post the update');
    for (const [label, words] of [
      ['What specifically is happening?', 'Jobs in West Europe write no output.'],
      ['When was it detected?', '19 November at 08:50 UTC'],
      ['Who does it affect?', 'Customers with jobs in West Europe. Other regions work.'],
      ['What can they expect as a result?', 'Output is late. No data is lost: input is kept.'],
      ['Which steps are being taken, and by which team?', 'Stream Analytics moves the jobs to another cluster.'],
    ] as const)
      await form.getByLabel(label).fill(words);
    await form.getByLabel('When will the next update occur?').fill('in 30 minutes');
    await press(form, 'Post the update');
    await seen(priya.getByTestId('thread').last(), 'posted update 1 for ICM 512345678; it stands below.');
    await after(1);
    const update = cardOf(lukas, '· update 1');
    await seen(update, 'Next update:');
    await seen(update, 'Other regions work.');
    await stage.picture('story-update', update, lukas);
    const known = cardOf(mei, 'What is known · ICM 512345678');
    await seen(known, 'Jobs in West Europe write no output.');
    await stage.picture('story-known', known, mei);

    // Before the promised time the communications officer is reminded, not who works on the fix.
    await after(22);
    const reminder = cardOf(priya, 'Priya Sharma update due in');
    await seen(reminder, 'so I remind you and not Lukas Weber.');
    await stage.picture('story-reminder', reminder, priya);

    // It works again. The last update says how, and how that was verified.
    await reply(lukas, 'result of change 2: jobs write output again');
    await seen(cardOf(lukas, 'jobs write output again'), 'has its result on the timeline');
    await after(1);
    await press(cardOf(priya, '· update 1'), 'Post the next update');
    const last = cardOf(priya, 'Post the update');
    await seen(last, 'What update 1 said stands here already.');
    await press(last, 'It is resolved');
    await seen(last, 'It is resolved: say how, and how that was verified.');
    await last.getByLabel('How was it resolved?').fill('The jobs were moved to another cluster.');
    await last
      .getByLabel('How was that verified?')
      .fill('All jobs have written output for 20 minutes, and both customers confirmed it.');
    await last.getByText('This is the last update', { exact: true }).click();
    await press(last, 'Post the update');
    await seen(priya.getByTestId('thread').last(), 'It was the last update.');
    await after(1);
    await seen(cardOf(lukas, '· update 2'), 'This is the last update.');
    await seen(known, 'none, the last one was posted');
    await stage.picture('story-last-update', cardOf(lukas, '· update 2'), lukas);
    await press(icm, 'Resolved');
    await icm.getByRole('button', { name: 'Reopen', exact: true }).waitFor();

    // The promise was kept: nothing more is reminded of.
    await seen(threadOf(priya), 'done with');
    await after(120);
    for (const words of ['update due now', 'update overdue']) expect(await cardOf(priya, words).count()).toBe(0);

    // The timeline has collected it all, in its order.
    await reply(mei, 'timeline 512345678');
    const timeline = cardOf(mei, 'All of it as Markdown');
    await seen(timeline, 'Marked as resolved');
    await seen(timeline, 'The promised update was sent in time');
    expect(await timeline.innerText()).toMatch(
      /restarted the[^]*moved the jobs[^]*Result of change 1[^]*Update 1 for coll[^]*Result of change 2[^]*Verified: All jobs/,
    );
    expect(await timeline.innerText()).not.toContain('was not sent by its time');
    await stage.picture('story-timeline', timeline, mei);
    await press(timeline, 'Earlier');
    await seen(timeline, 'is tracked from here on');
    expect(await timeline.innerText()).toMatch(
      /is tracked from here on[^]*Mei Tanaka[^]*two customers see no output[^]*refuses connections/,
    );

    // The postmortem begins with the records; words of blame are pointed out, and the lead reads it without them.
    await reply(mei, 'draft the postmortem');
    const paper = cardOf(mei, 'This is a draft from the records');
    // What the updates and the changes said need not be typed again.
    for (const words of [
      'Affected: Customers with jobs in West',
      'Result: no effect.',
      'and both customers confirmed it.',
    ])
      await seen(paper, words);
    await stage.picture('story-postmortem', paper, mei);
    const postmortem = cardOf(mei, 'Check and share');
    await press(postmortem, 'What happened');
    await postmortemField(mei, 'Summary').fill('Output stood still because Lukas forgot to watch the gateway.');
    await postmortemField(mei, 'Impact').fill('Two customers saw no output for 45 minutes.');
    await press(threadOf(mei), 'Save');
    await seen(postmortem, 'Version 1, saved by Mei Tanaka');
    await press(postmortem, 'Check and share');
    const blame = cardOf(mei, 'Words that may sound like blame');
    await blame.waitFor();
    await stage.picture('story-blame', blame, mei);
    await press(blame, 'Change the wording');
    await press(postmortem, 'What happened');
    await postmortemField(mei, 'Summary').fill(
      'Output stood still: nobody was told that the gateway refused connections.',
    );
    await press(threadOf(mei), 'Save');
    await seen(postmortem, 'Version 2');
    await press(postmortem, 'Check and share');
    await press(threadOf(mei), 'Share with the leads');
    await seen(threadOf(mei), 'Shared with Diego Alvarez.');
    await after(1);
    const shared = diego.getByTestId('card').filter({ hasText: 'What we learned from ICM 512345678' }).first();
    await shared.waitFor();
    expect(await shared.innerText()).toContain('that the gateway refused connections');
    expect(await shared.innerText()).toContain('and both customers confirmed it.');
    expect(await shared.innerText()).not.toContain('forgot');
    await stage.picture('story-shared', shared, diego);
    for (const page of [lukas, priya, mei, diego]) await page.close();
  }, 180_000);

  const postmortemField = (page: Page, label: string): Locator => threadOf(page).getByLabel(label, { exact: true });
});

/** The database stamps some rows with its own time: here what it stamps follows the clock of the story. */
async function keepTimeOf(stage: Stage): Promise<void> {
  await stage.database.query('CREATE TABLE story_clock (at timestamptz NOT NULL)');
  await stage.database.query('INSERT INTO story_clock VALUES ($1)', [new Date(stage.clock.now)]);
  await stage.database.query(
    `CREATE FUNCTION story_time() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       RETURN jsonb_populate_record(NEW, (
         SELECT coalesce(jsonb_object_agg(key, to_jsonb(c.at)), '{}') FROM jsonb_each(to_jsonb(NEW)), story_clock c
         WHERE value = to_jsonb(now())));
     END $$`,
  );
  for (const table of ['audit', 'icm', 'follow_up'])
    await stage.database.query(
      `CREATE TRIGGER story_time BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION story_time()`,
    );
}
const setTimeOf = (stage: Stage): Promise<unknown> =>
  stage.database.query('UPDATE story_clock SET at = $1', [new Date(stage.clock.now)]);
