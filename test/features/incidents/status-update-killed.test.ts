import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { cardActionActivity, messageActivity, type Scene } from '../../../src/local/activities.ts';
import { ConnectorStandIn } from '../../../src/local/connector-stand-in.ts';
import { wordsIn } from '../../support/harness.ts';
import { homes } from '../../support/homes.ts';
import { BotProcess, freePort } from '../../turns/process.ts';

describe.each(homes)('a bot on $name that is killed between keeping an update and posting it', ({ make }) => {
  let standIn: ConnectorStandIn;
  let bot: BotProcess | undefined;
  beforeAll(async () => {
    standIn = new ConnectorStandIn();
    await standIn.start();
  });
  afterEach(() => bot?.end('SIGKILL'));
  afterAll(() => standIn.stop());

  test('posts it when it is back, then what is known, and reminds of the next one once', async () => {
    const home = await make();
    const settings = { ...home.settings, PORT: String(await freePort()), LOG_LEVEL: 'silent' };
    const start = async () => (bot = await new BotProcess('src/local.ts', settings).running());
    const scene = (): Scene => ({
      world: standIn.world,
      person: standIn.world.people[0]!,
      place: { kind: 'personal' },
      serviceUrl: standIn.serviceUrl,
      at: Date.now(),
    });
    const all = () => standIn.conversations.messages.map((message) => ({ id: message.id, words: wordsIn(message) }));
    const until = async (words: string): Promise<{ id: string; words: string }> => {
      for (const end = Date.now() + 60_000; ; await delay(25)) {
        const found = all().findLast((message) => message.words.includes(words));
        if (found) return found;
        if (Date.now() > end) throw new Error(`Expected a message with “${words}”`);
      }
    };
    let running = await start();
    await running.post(messageActivity(scene(), { id: 'track', text: 'track 516000001' }));
    await until('ICM 516000001');
    await running.post(messageActivity(scene(), { id: 'form', text: 'status update 516000001' }));
    const form = await until('What specifically is happening?');
    const icm = /"icm":"([0-9a-f-]{36})"/.exec(JSON.stringify(standIn.conversations.message(form.id)))![1]!;
    // From here on nothing new gets out; the form itself is changed in place.
    standIn.onRequest = ({ method }) => (method === 'POST' ? { status: 503, body: {} } : undefined);
    const answer = await running.post(
      cardActionActivity(scene(), {
        action: {
          type: 'Action.Execute',
          verb: 'status-update/post',
          data: {
            icm,
            audience: 'internal',
            stage: 'progress',
            revision: '0',
            what: 'job fleet-eu writes its output up to 10 minutes late',
            since: '20 November at 05:30 UTC',
            who: 'only the drivers in Lyon',
            expect: 'positions are up to 10 minutes old, and no data is lost',
            steps: 'the product team moves the job to new nodes',
            next: 'in 3 hours',
          },
        },
        replyToId: form.id,
      }),
    );
    expect(answer.text).toContain('posted update 1 for ICM 516000001');
    expect(await running.end('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
    expect(all().filter(({ words }) => words.includes('fleet-eu'))).toEqual([]);
    standIn.onRequest = undefined;
    running = await start();
    await until('Steps being taken');
    const known = await until('What is known · ICM 516000001');
    expect(known.words).toContain('the product team moves the job to new nodes');
    const posts = all().filter(({ words }) => words.includes('ICM 516000001 · update 1'));
    expect(posts).toHaveLength(1);
    const reminders = await running.post(messageActivity(scene(), { id: 'list', text: 'my reminders' }));
    expect(reminders.status).toBe(200);
    expect((await until('Promised updates of')).words.match(/516000001/g)?.length).toBeGreaterThanOrEqual(1);
    await running.end('SIGTERM');
    await home.drop();
  }, 180_000);
});
