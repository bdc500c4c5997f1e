import { cpSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { cardActionActivity, messageActivity, type CardAction, type Scene } from '../../src/local/activities.ts';
import { ConnectorStandIn } from '../../src/local/connector-stand-in.ts';
import { temporaryFolder } from '../support/databases.ts';
import { homes } from '../support/homes.ts';
import { buttonsOf, cardOf, wordsIn, type CardJson } from '../support/harness.ts';
import { buttonWith, invokeAnswer } from './parts.ts';
import { BotProcess, freePort, takePort } from './process.ts';

const folders: (() => void)[] = [];
const processes: BotProcess[] = [];
/** A data directory in which the bot has run once: making one takes seconds. */
let usedFolder: string | undefined;
function newFolder(): string {
  const folder = temporaryFolder();
  folders.push(folder.remove);
  if (usedFolder !== undefined) cpSync(usedFolder, folder.path, { recursive: true });
  return folder.path;
}
function start(entry: string, settings: Readonly<Record<string, string>>): BotProcess {
  const bot = new BotProcess(entry, { LOG_LEVEL: 'warn', ...settings });
  processes.push(bot);
  return bot;
}
const startLocal = async (settings: Readonly<Record<string, string>>) =>
  start('src/local.ts', { PORT: String(await freePort()), DATA_DIR: newFolder(), ...settings });

let standIn: ConnectorStandIn;
beforeAll(async () => {
  standIn = new ConnectorStandIn();
  await standIn.start();
  const folder = newFolder();
  const first = await (await startLocal({ DATA_DIR: folder })).running();
  expect(await first.end('SIGTERM')).toEqual({ code: 0, signal: null });
  usedFolder = folder;
}, 120_000);
afterEach(async () => {
  standIn.onRequest = undefined;
  await Promise.all(processes.splice(0).map((bot) => bot.end('SIGKILL')));
});
afterAll(async () => {
  await standIn.stop();
  for (const remove of folders) remove();
});

const scene = (): Scene => ({
  world: standIn.world,
  person: standIn.world.people[0]!,
  place: { kind: 'personal' },
  serviceUrl: standIn.serviceUrl,
  at: Date.now(),
});
const lastMessage = () => standIn.conversations.messages.at(-1)!;
const say = (bot: BotProcess, id: string, text: string) => bot.post(messageActivity(scene(), { id, text }));
const revisionOn = (card: CardJson) => (buttonWith(card, 'Start over')['data'] as { revision: string }).revision;

describe.each(homes)('a bot that is killed in the middle of a check, on $name,', ({ make }) => {
  test('goes on with the next click, and answers a repeat of an old one as it did', async () => {
    const home = await make(usedFolder);
    const settings = { ...home.settings, PORT: String(await freePort()) };
    let bot = await start('src/local.ts', settings).running();
    const click = (card: CardJson, title: string, inputs: object = {}) => {
      const button = buttonWith(card, title);
      const action = { ...button, data: { ...(button['data'] as object), ...inputs } } as unknown as CardAction;
      return cardActionActivity(scene(), { action, replyToId: lastMessage().id });
    };
    expect((await say(bot, 'first', 'should I open an ICM?')).status).toBe(200);
    let card = cardOf(lastMessage());
    expect(wordsIn(card)).toContain('What is this about?');
    // A repeat waits until it is on record that the first was answered; a moment later would be too soon for the kill.
    expect((await say(bot, 'first', 'should I open an ICM?')).status).toBe(200);

    const steps: [string, object?][] = [
      ['Something is broken, a bug fix'],
      ['Continue', { ticked: 'bug' }],
      ['Continue', { ticked: 'asc,tsgs,existing-icms,outage-check' }],
      ['Sev A'],
    ];
    const answered: { activity: unknown; text: string }[] = [];
    for (const [at, [title, inputs]] of steps.entries()) {
      const activity = click(card, title, inputs);
      const answer = await bot.post(activity);
      // Nothing is allowed to happen between the answer and the end.
      expect(await bot.end('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
      card = invokeAnswer(answer).card as CardJson;
      expect(revisionOn(card)).toBe(String(at + 2));
      answered.push({ activity, text: answer.text });

      bot = await start('src/local.ts', settings).running();
      for (const old of answered) expect((await bot.post(old.activity)).text).toBe(old.text);
      const shown = await bot.post(
        cardActionActivity(scene(), {
          action: { ...(card['refresh'] as { action: CardAction }).action },
          trigger: 'automatic',
          replyToId: lastMessage().id,
        }),
      );
      expect(invokeAnswer(shown).card).toEqual(card);
    }
    expect(wordsIn(card)).toContain('Open an ICM');
    expect(wordsIn(card)).toContain('Sev 2.');
    expect(wordsIn(card)).toContain('CSS Escalation');

    // The first line too was answered once and for all.
    const before = standIn.requests.length;
    expect((await say(bot, 'first', 'should I open an ICM?')).status).toBe(200);
    expect(standIn.requests).toHaveLength(before);
    expect(bot.stderr).toBe('');
    await bot.end('SIGTERM');
    await home.drop();
  }, 120_000);
});

describe('the local entry', () => {
  const lines = (bot: BotProcess) => bot.stderr.trim().split('\n');

  test.each([
    ['its own port', 0],
    ['the port of the local Teams', 1],
  ])('ends with 1 and one plain line that names PORT when %s is taken', async (_, offset) => {
    const port = await freePort();
    const letGo = await takePort(port + offset);
    const bot = await startLocal({ PORT: String(port) });
    expect(await bot.ended).toEqual({ code: 1, signal: null });
    await letGo();
    expect(lines(bot)).toHaveLength(1);
    expect(bot.stderr).toContain(`PORT: ${port + offset} is taken by another program.`);
  });

  test.each(['0.0.0.0', '::', '192.168.1.20', 'bot.example.com', '127.0.0.1.example.com'])(
    'refuses to listen on %s',
    async (host) => {
      const bot = await startLocal({ HOST: host });
      expect(await bot.ended).toEqual({ code: 1, signal: null });
      expect(lines(bot)).toEqual([
        'The settings are not right:',
        '  HOST: expected 127.0.0.1, ::1 or localhost in local mode, since nobody signs in there',
      ]);
    },
  );

  test('refuses to run as production', async () => {
    const bot = await startLocal({ NODE_ENV: 'production' });
    expect(await bot.ended).toEqual({ code: 1, signal: null });
    expect(lines(bot)).toHaveLength(2);
    expect(bot.stderr).toContain('NODE_ENV: expected anything but production');
  });

  test('tells every wrong setting in a line of its own, without its value', async () => {
    const bot = await startLocal({ PORT: 'hunter2', LOG_LEVEL: 'hunter2', DATABASE_URL: 'hunter2' });
    expect(await bot.ended).toEqual({ code: 1, signal: null });
    expect(
      lines(bot)
        .slice(1)
        .map((line) => line.trim().split(':')[0]),
    ).toEqual(expect.arrayContaining(['PORT', 'LOG_LEVEL', 'DATABASE_URL']));
    expect(bot.stderr + bot.stdout).not.toContain('hunter2');
  });

  test('refuses a data directory that another one uses, which goes on', async () => {
    const folder = newFolder();
    const first = await (await startLocal({ DATA_DIR: folder })).running();
    const second = await startLocal({ DATA_DIR: folder });
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(lines(second)).toHaveLength(1);
    expect(second.stderr).toContain('DATA_DIR: another running bot uses');
    const before = standIn.requests.length;
    expect((await say(first, 'still-there', 'sev a?')).status).toBe(200);
    expect(standIn.requests).toHaveLength(before + 1);
    await first.end('SIGKILL');
    // What was killed has let go of it.
    await (await startLocal({ DATA_DIR: folder })).running();
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes what is under way on %s, takes nothing new and ends with 0',
    async (signal) => {
      const bot = await (await startLocal({})).running();
      const arrived = new Promise<void>((resolve) => {
        standIn.onRequest = () => {
          resolve();
          return { delayMs: 3_000 };
        };
      });
      const posted = standIn.conversations.messages.length;
      const answer = say(bot, `last-${signal}`, 'sev a?');
      await arrived;
      const from = Date.now();
      const ended = bot.end(signal);
      while (await bot.listens()) await delay(20);
      await expect(say(bot, 'too-late', 'sev a?')).rejects.toThrow();
      expect((await answer).status).toBe(200);
      expect(await ended).toEqual({ code: 0, signal: null });
      expect(Date.now() - from).toBeLessThan(10_000);
      expect(standIn.conversations.messages).toHaveLength(posted + 1);
      expect(bot.stderr).toBe('');
    },
  );

  test('shows a check that was begun before a clean stop', async () => {
    const settings = { DATA_DIR: newFolder(), PORT: String(await freePort()) };
    const first = await start('src/local.ts', settings).running();
    await say(first, 'clean', 'should I open an ICM?');
    const card = cardOf(lastMessage());
    expect(await first.end('SIGTERM')).toEqual({ code: 0, signal: null });
    const second = await start('src/local.ts', settings).running();
    const action = buttonWith(card, 'A quota increase') as unknown as CardAction;
    const answer = await second.post(cardActionActivity(scene(), { action, replyToId: lastMessage().id }));
    expect(wordsIn(invokeAnswer(answer).card)).toContain('Which of these hold?');
    // A typed answer finds the card of before the stop.
    await say(second, 'typed', 'none');
    expect(buttonsOf(cardOf(lastMessage())).length).toBeGreaterThan(0);
  });
});

describe('the production entry', () => {
  test('ends with 1 and a line for each missing part of its identity', async () => {
    const bot = start('src/main.ts', { PORT: String(await freePort()), DATA_DIR: newFolder() });
    expect(await bot.ended).toEqual({ code: 1, signal: null });
    const [head, ...rest] = bot.stderr.trim().split('\n');
    expect(head).toBe('The settings are not right:');
    expect(rest.map((line) => line.trim().split(':')[0]).sort()).toEqual([
      'MicrosoftAppId',
      'MicrosoftAppPassword',
      'MicrosoftAppTenantId',
    ]);
    expect(rest.every((line) => line.includes('but it is missing'))).toBe(true);
    expect(bot.stdout).toBe('');
  });

  test('says nothing of a secret that stands in the wrong line', async () => {
    const bot = start('src/main.ts', { MicrosoftAppId: 'hunter2-secret', MicrosoftAppTenantId: 'hunter2-secret' });
    expect(await bot.ended).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toContain('MicrosoftAppId: expected');
    expect(bot.stderr + bot.stdout).not.toContain('hunter2');
  });
});
