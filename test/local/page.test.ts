import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { startLocalTeams, type LocalTeams } from '../../src/local/local-teams.ts';
import { createWorld, type Person } from '../../src/local/world.ts';
import { card, cardAnswer, FakeBot, messageAnswer, withCard, type Activity } from './fake-bot.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const world = createWorld();
const mei = world.people[2] as Person;

const form = card(
  [
    { type: 'TextBlock', text: 'A **form**', size: 'large' },
    { type: 'Input.Text', id: 'sr', label: 'Support request', isRequired: true, errorMessage: 'It is needed' },
  ],
  { actions: [{ type: 'Action.Execute', title: 'Go', verb: 'x/go', data: { id: 7 } }] },
);

// A machine without a browser runs everything else.
(existsSync(executablePath) ? describe : describe.skip)('the page', () => {
  let browser: Browser;
  let bot: FakeBot;
  let teams: LocalTeams;
  let page: Page;
  const strange: string[] = [];

  beforeAll(async () => {
    const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...quiet] });
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    bot = new FakeBot();
    await bot.start();
    teams = await startLocalTeams({ port: 0, botUrl: bot.url, world, announce: false });
    strange.length = 0;
    page = await visit('priya');
  });
  afterEach(async () => {
    await page.context().close();
    await teams.stop();
    await bot.stop();
    expect(strange).toEqual([]);
  });

  async function visit(as: string, more = ''): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const tab = await context.newPage();
    tab.setDefaultTimeout(15_000);
    tab.on('pageerror', (error) => strange.push(error.message));
    tab.on('request', (request) => {
      if (!request.url().startsWith(teams.url) && !request.url().startsWith('data:')) strange.push(request.url());
    });
    await tab.goto(`${teams.url}/?as=${as}${more}`);
    return tab;
  }

  const composer = (testid = 'composer-personal', tab = page): Locator =>
    tab.getByTestId(testid).getByTestId('composer-input');
  const answer = (content: Record<string, unknown>) => (activity: Activity) =>
    bot.reply(activity, content).then(() => undefined);

  async function type(text: string, testid?: string): Promise<void> {
    await composer(testid).fill(text);
    await composer(testid).press('Enter');
  }

  test('Enter sends, Markdown is drawn, and HTML stays text', async () => {
    bot.onActivity = answer({ text: 'Hello **you** <img src=x onerror=alert(1)>' });
    await type('hi');
    const bubble = page.getByTestId('message-text').nth(1);
    await bubble.waitFor();
    expect(await bubble.locator('strong').textContent()).toBe('you');
    expect(await bubble.locator('img').count()).toBe(0);
    expect(await page.getByTestId('live-region').textContent()).toContain('Hello you');
    await composer().fill('one');
    await composer().press('Shift+Enter');
    expect(await composer().inputValue()).toBe('one\n');
  });

  test('a form is checked, cannot be pressed twice, and the focus goes to the card that replaces it', async () => {
    bot.onActivity = answer(withCard(form));
    await type('form');
    const button = page.getByRole('button', { name: 'Go' });
    await button.click();
    await page.getByText('It is needed').waitFor();
    let finish = (): void => undefined;
    bot.onActivity = () =>
      new Promise((resolve) => (finish = () => resolve(cardAnswer(card([{ type: 'TextBlock', text: 'Thanks' }])))));
    await page.getByLabel('Support request').fill('123');
    await button.click();
    await page.locator('[data-testid=card][aria-busy=true]').waitFor();
    expect(await button.isDisabled()).toBe(true);
    while (bot.received.at(-1)?.type !== 'invoke') await page.waitForTimeout(10);
    finish();
    await page.getByTestId('card').getByText('Thanks').waitFor();
    expect(bot.received.at(-1)?.value?.action).toEqual({
      type: 'Action.Execute',
      title: 'Go',
      verb: 'x/go',
      data: { id: 7, sr: '123' },
    });
    expect(await page.getByTestId('card').evaluate((element) => element.ownerDocument.activeElement === element)).toBe(
      true,
    );
  });

  test('a sentence and an error are shown under the card, which can be used again', async () => {
    bot.onActivity = answer(withCard(card([], { actions: [{ type: 'Action.Execute', title: 'Go', verb: 'x/go' }] })));
    await type('card');
    await page.getByTestId('card').waitFor();
    bot.onActivity = () => messageAnswer('Noted');
    await page.getByRole('button', { name: 'Go' }).click();
    expect(await page.getByTestId('card-notice').textContent()).toBe('Noted');
    bot.status = 500;
    await page.getByRole('button', { name: 'Go' }).click();
    expect(await page.getByTestId('card-error').textContent()).toBe('Something went wrong. Unable to reach app.');
    expect(await page.getByRole('button', { name: 'Go' }).isEnabled()).toBe(true);
  });

  test('two tabs are two people, and each sees its own card', async () => {
    const refresh = { userIds: [mei.id], action: { type: 'Action.Execute', verb: 'x/view' } };
    bot.onActivity = async (activity) => {
      if (activity.type === 'invoke') return cardAnswer(card([{ type: 'TextBlock', text: 'Decide, please' }]));
      await bot.reply(activity, withCard(card([{ type: 'TextBlock', text: 'Waiting' }], { refresh })));
      return undefined;
    };
    const other = await visit('mei', '&place=channel');
    await page.getByTestId('nav-channel').click();
    await page.getByTestId('start-post').click();
    await type('please', 'composer-post');
    await page.getByTestId('card').getByText('Waiting').waitFor();
    await other.getByTestId('card').getByText('Decide, please').waitFor();
    expect(bot.received.at(-1)).toMatchObject({ from: { id: mei.id }, value: { trigger: 'automatic' } });
    await other.context().close();
  });

  test('without the mention the composer says that the bot will not see the post', async () => {
    await page.getByTestId('nav-channel').click();
    await page.getByTestId('start-post').click();
    await page.getByTestId('mention-remove').click();
    expect(await page.getByTestId('mention-warning').textContent()).toContain('will not see this');
    await composer('composer-post').pressSequentially('hello @me');
    await page.getByTestId('mention-option').getByText('Mei Tanaka').waitFor();
    await composer('composer-post').press('Enter');
    expect(await composer('composer-post').inputValue()).toBe('hello @Mei Tanaka ');
    await composer('composer-post').press('Enter');
    await page.getByTestId('thread').waitFor();
    expect(bot.received).toEqual([]);
  });

  test('the app is added with a button, and the person is changed in place', async () => {
    await page.getByTestId('person-switcher').selectOption('lukas');
    await page.getByTestId('add-app').click();
    await composer().waitFor();
    expect(bot.received.map((activity) => activity.type)).toEqual(['installationUpdate', 'conversationUpdate']);
    expect(page.url()).toContain('as=lukas');
  });

  test('an update leaves the place where the reader is', async () => {
    const ids: string[] = [];
    let first: Activity | undefined;
    bot.onActivity = async (activity) => {
      first ??= activity;
      ids.push(await bot.reply(activity, withCard(card([{ type: 'TextBlock', text: 'short' }]))));
    };
    for (let i = 0; i < 12; i++)
      await teams.client.send(world.people[0] as Person, { kind: 'personal' }, `question ${i}`);
    await page.getByTestId('message').nth(23).waitFor();
    const scroll = page.locator('[data-pane=personal] .scroll');
    await scroll.evaluate((element) => (element.scrollTop = 500));
    const before = await page.locator(`[data-message-id="${ids[8]}"]`).boundingBox();
    const long = card(Array.from({ length: 9 }, (_, i) => ({ type: 'TextBlock', text: `line ${i}` })));
    await bot.update(first as Activity, ids[0] as string, withCard(long));
    await page.getByTestId('card').getByText('line 8').waitFor({ state: 'attached' });
    expect(await page.locator(`[data-message-id="${ids[8]}"]`).boundingBox()).toEqual(before);
  });

  test('what was typed to a bot that is not there is kept', async () => {
    await bot.stop();
    await type('are you there?');
    await page.getByTestId('bot-notice').getByText('Nothing listens at').waitFor();
    await expect(composer().inputValue()).resolves.toBe('are you there?');
    await bot.start();
  });

  test('after a restart of the local Teams what is being typed is still there', async () => {
    await composer().fill('half a sen');
    const { port } = new URL(teams.url);
    await teams.stop();
    teams = await startLocalTeams({ port: Number(port), botUrl: bot.url, world, announce: false });
    teams.standIn.conversations.add((world.people[0] as Person).chatId, undefined, world.bot.id, {
      text: 'back again',
    });
    await page.getByTestId('message-text').getByText('back again').waitFor();
    expect(await composer().inputValue()).toBe('half a sen');
  });

  test('a phone has one column, without sideways scrolling', async () => {
    await page.setViewportSize({ width: 375, height: 720 });
    expect(await page.getByTestId('nav-channel').isVisible()).toBe(false);
    await page.getByTestId('show-list').click();
    await page.getByTestId('nav-channel').click();
    await page.getByTestId('start-post').waitFor();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(375);
  });
});
