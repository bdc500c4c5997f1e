import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadPlaybook } from '../../src/playbook/load.ts';
import { createWorld } from '../../src/local/world.ts';
import { hasBrowser, press, say, seen, Stage, startPost } from '../support/browser.ts';
import { withLeads } from '../support/leads.ts';

const day = 86_400_000;

(hasBrowser ? describe : describe.skip)('readiness and numbers in the browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('2026-11-20T09:00:00Z', { playbook: withLeads(loadPlaybook(), 'amara') });
  }, 120_000);
  afterAll(() => stage?.close());

  test('the checklist is ticked, owned and noted, updates are agreed on, and what is open comes back in a month', async () => {
    const page = await stage.page('lukas', 'channel');
    await startPost(page, 'readiness');
    const card = page.getByTestId('thread').last().getByTestId('card').first();
    await seen(card, 'Readiness checklist: 0 of 9 done');
    await card.getByLabel('Item', { exact: true }).selectOption({ label: '3. Define incident roles' });
    await card.getByLabel('Note for this item').fill('On the wiki, page “Roles”');
    await press(card, 'Mark done');
    await seen(card, 'Readiness checklist: 1 of 9 done');
    await seen(card, '☑ Done today 10:00 (Europe/Berlin, UTC+1) by Lukas Weber.');
    await seen(card, 'Note: On the wiki, page “Roles”');
    await card.getByLabel('Item', { exact: true }).selectOption({ label: '6. Simulate an incident' });
    await press(card, 'I take it');
    await seen(card, 'Lukas Weber owns item 6 now.');

    await press(card, 'Agree on updates');
    await seen(card, 'No document gives an interval for updates.');
    await card.getByLabel('Main channel for stakeholders').fill('#asa-incidents');
    await card.getByLabel('Interval of updates to stakeholders').fill('often');
    await card.getByLabel('Support', { exact: true }).check();
    await press(card, 'Save');
    await seen(card, 'I could not read “often” as an interval.');
    await stage.picture('standards', card, page);
    await card.getByLabel('Interval of updates to stakeholders').fill('30 minutes');
    await press(card, 'Save');
    await seen(card, 'Updates to stakeholders and customers: #asa-incidents, every 30 min');
    await seen(card, 'Asked about it: Support');
    await stage.picture('checklist', card, page);

    // Tuesday, 1 December, at the team's time of the digest.
    await stage.pass(11 * day);
    const nudge = page.getByTestId('card').filter({ hasText: 'Readiness checklist: 8 of 9 are open' }).first();
    await nudge.waitFor();
    await stage.picture('nudge', nudge, page);
    await press(nudge, 'No more nudges');
    await page.getByText('Write “nudge us again” when you want them back.').first().waitFor();
    await page.close();
  }, 120_000);

  test('the numbers are bars with words, for the lead, and as CSV to copy', async () => {
    stage.clock.now = Date.parse('2026-11-20T09:00:00Z');
    const { tenantId } = createWorld();
    const verdicts = ['open', 'open', 'open', 'do-not-open', 'ask-smes', 'investigate-first'];
    for (const [week, monday] of ['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16'].entries())
      for (const [at, verdict] of verdicts.slice(0, 3 + week).entries())
        await stage.database.query(
          `INSERT INTO audit (at, tenant_id, actor_id, conversation_id, event, subject, details)
           VALUES ($1, $2, 'a', 'c', 'verdict', gen_random_uuid()::text, jsonb_build_object('verdict', $3::text))`,
          [`${monday}T1${at}:00:00Z`, tenantId, verdict],
        );
    for (const [number, due, closed] of [
      ['1', '2026-11-18T12:00:00Z', '2026-11-18T11:00:00Z'],
      ['2', '2026-11-18T12:00:00Z', '2026-11-18T11:30:00Z'],
      ['3', '2026-11-11T12:00:00Z', '2026-11-11T13:00:00Z'],
    ])
      await stage.database.query(
        `WITH i AS (
           INSERT INTO icm (id, tenant_id, number, place_kind, conversation_id, service_url, bot_id, engineer_id,
             engineer_teams_id, engineer_name)
           VALUES (gen_random_uuid(), $1, $2, 'channel', 'c', 's', 'b', 'e', 't', 'n') RETURNING id)
         INSERT INTO follow_up (id, tenant_id, icm_id, due_at, zone, status, created_by, closed_at)
         SELECT gen_random_uuid(), $1, id, $3, 'Etc/UTC', 'sent', 'e', $4 FROM i`,
        [tenantId, number, due, closed],
      );
    const page = await stage.page('amara', 'personal');
    const composer = page.getByTestId('composer-personal');
    const newest = () => page.locator('[data-testid=card]:visible').last();
    await say(composer, 'numbers');
    await seen(newest(), 'Numbers: this week so far, and the 3 weeks before');
    await seen(newest(), '▇▇▇▇▇▇▇▇▇▇ 3');
    await seen(newest(), 'No figure is about a single person.');
    await stage.picture('numbers', newest(), page);
    await press(newest(), 'Last week');
    await seen(newest(), 'Numbers: last week');
    await stage.picture('numbers-last-week', newest(), page);
    await press(newest(), 'Export as CSV');
    await page.getByLabel('CSV to copy').first().waitFor();
    expect(await page.getByLabel('CSV to copy').first().inputValue()).toContain(
      '"2026-W46","2026-11-09","2026-11-15","Europe/Warsaw","Promised updates, by the time promised","Missed","count","1"',
    );
    await page.close();
  }, 120_000);
});
