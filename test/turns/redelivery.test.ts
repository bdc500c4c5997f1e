import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cardActionActivity, messageActivity, type CardAction } from '../../src/local/activities.ts';
import { testDatabases } from '../support/databases.ts';
import { buttonsOf, cardOf, Harness, type CardJson } from '../support/harness.ts';

/**
 * Row X10: Teams delivers the same activity several times, at once and later. Half of them are messages that track an
 * ICM, half the button that resolves it. REDELIVERIES=10000 is the number of the reliability page.
 */
const count = Number(process.env['REDELIVERIES'] ?? 100);
const few = 20;

describe.each(testDatabases.map((one) => [one.name, one] as const))(
  'the same activity four times, on %s',
  (_name, { open }) => {
    let bot: Harness;
    beforeAll(async () => {
      bot = await Harness.start({ database: await open() });
    });
    afterAll(() => bot.stop());

    /** Two at once, then one after the other. */
    const fourTimes = async (activity: object) => {
      const atOnce = await Promise.all([bot.raw(activity), bot.raw(activity)]);
      return [...atOnce, await bot.raw(activity), await bot.raw(activity)];
    };
    const inParts = async (work: (n: number) => Promise<void>) => {
      for (let from = 0; from < count / 2; from += few)
        await Promise.all(Array.from({ length: Math.min(few, count / 2 - from) }, (_item, at) => work(from + at)));
    };

    test(`${count} activities have ${count} effects, and each gets the same bytes`, async () => {
      const priya = bot.person('priya');
      const scene = bot.client.scene(priya, { kind: 'personal' });
      const different: string[] = [];
      const icms = new Map<number, { messageId: string; resolve: CardJson }>();

      await inParts(async (n) => {
        const activity = messageActivity(scene, { id: `message-${n}`, text: `track ${512_000_000 + n} sev B` });
        const answers = await fourTimes(activity);
        if (new Set(answers.map(({ status, text }) => `${status} ${text}`)).size !== 1 || answers[0]?.status !== 200)
          different.push(JSON.stringify(answers));
      });
      await bot.app.settle();
      for (const message of bot.messages().filter(({ from }) => from === bot.standIn.world.bot.id)) {
        const card = message.content.attachments ? cardOf(message) : {};
        const number = /\b5120\d{5}\b/.exec(JSON.stringify(card))?.[0];
        const resolve = buttonsOf(card).find((button) => button['verb'] === 'tracking/resolve');
        if (number && resolve) icms.set(Number(number) - 512_000_000, { messageId: message.id, resolve });
      }
      const posts = bot.standIn.requests.filter(({ method }) => method === 'POST').length;
      const rows = await bot.database.query<{ n: number }>('SELECT count(*)::int AS n FROM icm WHERE tenant_id = $1', [
        bot.standIn.world.tenantId,
      ]);
      expect({ different, rows: rows[0]?.n, cards: icms.size }).toEqual({
        different: [],
        rows: count / 2,
        cards: count / 2,
      });
      // One answer each, whatever else the first of them brought along.
      expect(posts).toBeLessThan(count / 2 + 5);

      await inParts(async (n) => {
        const { messageId, resolve } = icms.get(n) as { messageId: string; resolve: CardJson };
        const action = resolve as unknown as CardAction;
        const answers = await fourTimes(
          cardActionActivity(scene, { id: `f:press-${n}`, action, replyToId: messageId }),
        );
        if (new Set(answers.map(({ status, text }) => `${status} ${text}`)).size !== 1 || answers[0]?.status !== 200)
          different.push(JSON.stringify(answers).slice(0, 1_000));
      });
      await bot.app.settle();
      const resolved = await bot.database.query<{ revision: number; n: number }>(
        `SELECT revision, count(*)::int AS n FROM icm WHERE tenant_id = $1 AND status = 'resolved' GROUP BY revision`,
        [bot.standIn.world.tenantId],
      );
      const trail = await bot.database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM audit WHERE tenant_id = $1 AND event LIKE '%resolved%'`,
        [bot.standIn.world.tenantId],
      );
      expect({ different, resolved, trail: trail[0]?.n }).toEqual({
        different: [],
        resolved: [{ revision: 2, n: count / 2 }],
        trail: count / 2,
      });
    }, 1_800_000);
  },
);
