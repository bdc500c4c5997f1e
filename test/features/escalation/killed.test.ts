import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { cardActionActivity, messageActivity, type Scene } from '../../../src/local/activities.ts';
import { ConnectorStandIn } from '../../../src/local/connector-stand-in.ts';
import { homes } from '../../support/homes.ts';
import { Dice } from '../../turns/mutate.ts';
import { BotProcess, freePort } from '../../turns/process.ts';
import { filled, newNumber } from './stage.ts';

/** Kills in each run; more on demand. */
const kills = Number(process.env['ESCALATION_KILLS'] ?? 3);
const seed = Number(process.env['ESCALATION_SEED'] ?? 20261120);

describe.each(homes)('a bot that is killed between the decision and what follows, on $name,', ({ make }) => {
  let standIn: ConnectorStandIn;
  const running: BotProcess[] = [];
  beforeAll(async () => {
    standIn = new ConnectorStandIn();
    await standIn.start();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((bot) => bot.end('SIGKILL')));
  });
  afterAll(() => standIn.stop());

  test(`loses nothing in ${kills} kills, and decides once`, async () => {
    const home = await make();
    const settings = { ...home.settings, PORT: String(await freePort()), LOG_LEVEL: 'silent' };
    const start = async () => {
      const bot = await new BotProcess('test/features/escalation/child.ts', settings).running();
      running.push(bot);
      return bot;
    };
    const scene = (key: string): Scene => ({
      world: standIn.world,
      person: standIn.world.people.find((one) => one.key === key)!,
      place: { kind: 'personal' },
      serviceUrl: standIn.serviceUrl,
      at: Date.now(),
    });
    const until = async (what: () => boolean, ms = 30_000) => {
      for (const end = Date.now() + ms; !what(); await delay(20)) {
        if (Date.now() > end) throw new Error(`Expected ${String(what)} within ${ms} ms`);
      }
    };
    const dice = new Dice(seed);
    const packages = (id: string) =>
      standIn.conversations.messages.filter(({ content }) => content.text === `package of ${id}`).length;
    let copies = 0;
    let bot = await start();
    for (let n = 0; n < kills; n += 1) {
      const number = newNumber();
      const before = new Set(standIn.conversations.messages.map(({ id }) => id));
      await bot.post(messageActivity(scene('priya'), { id: `form${n}`, text: 'escalate this case' }));
      await until(() => standIn.conversations.messages.some(({ id }) => !before.has(id)));
      const form = standIn.conversations.messages.find(({ id }) => !before.has(id))!;
      const press = (key: string, verb: string, data: object) =>
        cardActionActivity(scene(key), { action: { type: 'Action.Execute', verb, data }, replyToId: form.id });
      const saved = await bot.post(
        press('priya', 'escalation/save', { ...filled({ number }), escalation: '', revision: '0', late: 'no' }),
      );
      const id = /"escalation":"([0-9a-f-]{36})"/.exec(saved.text)![1]!;
      const smesSee = (words: string) =>
        standIn.conversations.messages.some(
          ({ content, rootId, id: own }) =>
            rootId === own && [number, words].every((part) => JSON.stringify(content).includes(part)),
        );
      await until(() => smesSee('Waiting for an SME'));

      const approve = () => press('amara', 'escalation/approve', { escalation: id, revision: '1', avoided: '' });
      const answer = bot.post(approve()).catch(() => undefined);
      // Right after the answer, or in the middle of it.
      if (dice.chance(0.5)) await answer;
      else await delay(dice.below(25));
      expect(await bot.end('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
      await answer;

      bot = await start();
      // Who saw no answer presses again.
      expect((await bot.post(approve())).text).toContain('Approved by Amara Nowak');
      await until(() => packages(id) > 0);
      // In their message, or in another one where the first was out but the process died before it was noted.
      await until(() => smesSee('Approved by Amara Nowak'));
      copies += packages(id);
      const history = await bot.post(press('priya', 'escalation/history', { escalation: id }));
      expect(history.text.match(/Approved by Amara Nowak/g)).toHaveLength(1);
    }
    // A post whose answer was lost is repeated once, and never more.
    expect(copies).toBeGreaterThanOrEqual(kills);
    expect(copies).toBeLessThanOrEqual(2 * kills);
    console.log(`${kills} kills (seed ${seed}): ${kills} decisions, ${copies} posts of what follows, 0 lost`);
    await bot.end('SIGTERM');
    await home.drop();
  }, 600_000);
});
