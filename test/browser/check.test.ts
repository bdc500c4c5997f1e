import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { createApp, type App } from '../../src/app.ts';
import { localIdentity } from '../../src/bot/identity.ts';
import { startLocalTeams, type LocalTeams } from '../../src/local/local-teams.ts';
import { createLogger } from '../../src/logger.ts';
import { loadPlaybook } from '../../src/playbook/load.ts';
import { loadUnderstanding } from '../../src/understanding/load.ts';
import { testDatabases } from '../support/databases.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
if (!hasBrowser)
  console.log(`The browser test is left out: there is no ${executablePath} (set CHROMIUM to another path).`);

/** With SCREENSHOTS=folder every card of the story is kept as a picture, light and dark, wide and narrow. */
const folder = process.env['SCREENSHOTS'];

(hasBrowser ? describe : describe.skip)('in the browser', () => {
  let app: App;
  let teams: LocalTeams;
  let browser: Browser;

  beforeAll(async () => {
    app = createApp({
      identity: localIdentity(),
      database: await testDatabases[0]!.open(),
      playbook: loadPlaybook(),
      understanding: loadUnderstanding(),
      log: createLogger('silent'),
    });
    const { port } = await app.start(0, '127.0.0.1');
    await app.ready;
    teams = await startLocalTeams({ port: 0, botUrl: `http://127.0.0.1:${port}/api/messages` });
    browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    if (folder) mkdirSync(folder, { recursive: true });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await teams?.stop();
    await app?.stop(2_000);
  });

  const open = async (as: string, place: 'personal' | 'channel'): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1180, height: 1100 } });
    page.setDefaultTimeout(8_000);
    await page.goto(`${teams.url}/?as=${as}&place=${place}`);
    await page.getByTestId('pane-title').waitFor();
    return page;
  };
  const say = async (composer: Locator, text: string) => {
    await composer.getByTestId('composer-input').fill(text);
    await composer.getByTestId('send').click();
  };
  const press = (card: Locator, title: string) => card.getByRole('button', { name: title, exact: true }).click();
  const seen = (card: Locator, words: string) => card.getByText(words, { exact: false }).first().waitFor();

  let pictures = 0;
  const picture = async (name: string, card: Locator, page: Page) => {
    if (!folder) return;
    pictures += 1;
    for (const [width, theme] of [
      [1180, 'light'],
      [1180, 'dark'],
      [375, 'light'],
      [375, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 1100 });
      const isDark = (await page.getByTestId('theme-toggle').getAttribute('aria-pressed')) === 'true';
      if (isDark !== (theme === 'dark')) await page.getByTestId('theme-toggle').click();
      await card.screenshot({
        path: join(folder, `${String(pictures).padStart(2, '0')}-${name}-${width}-${theme}.png`),
      });
    }
    await page.getByTestId('theme-toggle').click();
    await page.setViewportSize({ width: 1180, height: 1100 });
  };

  test('two engineers run their own checks in one thread of the channel', async () => {
    const priya = await open('priya', 'channel');
    await priya
      .getByTestId('start-post')
      .click()
      .catch(() => undefined);
    await say(priya.getByTestId('composer-post'), 'Should I open an ICM?');
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
    if (folder) await priya.screenshot({ path: join(folder, 'conversation.png') });
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
