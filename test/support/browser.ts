import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { createApp, type App, type AppOptions } from '../../src/app.ts';
import { localIdentity } from '../../src/bot/identity.ts';
import { startLocalTeams, type LocalTeams } from '../../src/local/local-teams.ts';
import { createLogger } from '../../src/logger.ts';
import { loadPlaybook } from '../../src/playbook/load.ts';
import type { Database } from '../../src/store/database.ts';
import { loadUnderstanding } from '../../src/understanding/load.ts';
import { testDatabases } from './databases.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const hasBrowser = existsSync(executablePath);
if (!hasBrowser)
  console.log(`The browser tests are left out: there is no ${executablePath} (set CHROMIUM to another path).`);

/** With SCREENSHOTS=folder every card of a story is kept as a picture, light and dark, wide and narrow. */
const folder = process.env['SCREENSHOTS'];

/** The bot with its local Teams in a real browser, and a clock that the test moves. */
export class Stage {
  readonly app: App;
  readonly database: Database;
  readonly clock: { now: number };
  readonly #teams: LocalTeams;
  readonly #browser: Browser;
  #pictures = 0;

  private constructor(parts: {
    app: App;
    database: Database;
    clock: { now: number };
    teams: LocalTeams;
    browser: Browser;
  }) {
    this.app = parts.app;
    this.database = parts.database;
    this.clock = parts.clock;
    this.#teams = parts.teams;
    this.#browser = parts.browser;
  }

  static async open(now: string, options: Partial<Pick<AppOptions, 'playbook' | 'smtp'>> = {}): Promise<Stage> {
    const clock = { now: Date.parse(now) };
    const database = await testDatabases[0]!.open();
    const app = createApp({
      identity: localIdentity(),
      database,
      playbook: options.playbook ?? loadPlaybook(),
      understanding: loadUnderstanding(),
      log: createLogger('silent'),
      now: () => new Date(clock.now),
      testClock: () => new Date(clock.now),
      sends: false,
      smtp: options.smtp,
    });
    const { port } = await app.start(0, '127.0.0.1');
    await app.ready;
    const teams = await startLocalTeams({
      port: 0,
      botUrl: `http://127.0.0.1:${port}/api/messages`,
      extensions: app.extensions,
    });
    const browser = await chromium.launch({
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
    return new Stage({ app, database, clock, teams, browser });
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#teams.stop();
    await this.app.stop(2_000);
  }

  async page(as: string, place: 'personal' | 'channel'): Promise<Page> {
    const page = await this.#browser.newPage({ viewport: { width: 1180, height: 1100 } });
    page.setDefaultTimeout(8_000);
    await page.goto(`${this.#teams.url}/?as=${as}&place=${place}`);
    await page.getByTestId('pane-title').waitFor();
    return page;
  }

  /** Lets time pass and sends what falls due. */
  async pass(ms: number): Promise<void> {
    const end = this.clock.now + ms;
    while (this.clock.now < end) {
      this.clock.now = Math.min(end, this.clock.now + 60_000);
      await this.app.worker.drain();
    }
    this.clock.now += 2_000;
    await this.app.worker.drain();
  }

  /** One picture, as it is at the moment. */
  async once(name: string, what: Page | Locator): Promise<void> {
    if (folder) await what.screenshot({ path: join(folder, `${name}.png`) });
  }

  async picture(name: string, card: Locator, page: Page): Promise<void> {
    if (!folder) return;
    this.#pictures += 1;
    for (const [width, theme] of [
      [1180, 'light'],
      [1180, 'dark'],
      [375, 'light'],
      [375, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 1100 });
      const isDark = (await page.getByTestId('theme-toggle').getAttribute('aria-pressed')) === 'true';
      if (isDark !== (theme === 'dark')) await page.getByTestId('theme-toggle').click();
      // A card that is taller than the page would be kept with the page's bars across it.
      const { height = 0 } = (await card.boundingBox()) ?? {};
      await page.setViewportSize({ width, height: Math.max(1100, Math.ceil(height) + 400) });
      const file = `${String(this.#pictures).padStart(2, '0')}-${name}-${width}-${theme}.png`;
      await card.screenshot({ path: join(folder, file) });
    }
    await page.getByTestId('theme-toggle').click();
    await page.setViewportSize({ width: 1180, height: 1100 });
  }
}

export async function say(composer: Locator, text: string): Promise<void> {
  await composer.getByTestId('composer-input').fill(text);
  await composer.getByTestId('send').click();
}
/** Writes a new post in the channel. Its composer stays open after the first one. */
export async function startPost(page: Page, text: string): Promise<void> {
  const composer = page.getByTestId('composer-post');
  if (!(await composer.isVisible())) await page.getByTestId('start-post').click();
  await say(composer, text);
}
export const press = (card: Locator, title: string) => card.getByRole('button', { name: title, exact: true }).click();
export const seen = (card: Locator, words: string) => card.getByText(words, { exact: false }).first().waitFor();
