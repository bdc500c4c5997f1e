import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../../../src/errors.ts';
import { testDatabases } from '../../support/databases.ts';
import { extensionActivity, type Place, type Scene } from '../../../src/local/activities.ts';
import type { Outcome } from '../../../src/local/teams-client.ts';
import { buttonsOf, Harness, wordsIn, type CardJson } from '../../support/harness.ts';
import { fieldOf } from '../../support/fields.ts';

const commandId = 'checkCustomerMessage';
const leaky =
  'Hello Ana,\n\nI have opened an IcM for job fleet-eu, which has been late since 07:20 UTC; only Lyon is affected. I will write to you again tomorrow at 09:00 CET.';
const channel: Place = { kind: 'channel' };
const personal: Place = { kind: 'personal' };

let bot: Harness;
beforeAll(async () => {
  bot = await Harness.start();
  // Whoever wrote to the bot once has a personal chat with it.
  for (const key of ['priya', 'mei', 'amara', 'diego']) await bot.say(key, 'help');
});
afterAll(() => bot.stop());

const open = (key: string, place: Place, messageId?: string) =>
  bot.client.extension(bot.person(key), place, {
    ...{ commandId, context: messageId === undefined ? 'compose' : 'message' },
    ...(messageId === undefined ? {} : { messageId }),
  });
const submit = (key: string, place: Place, data: Record<string, unknown>) =>
  bot.client.extension(bot.person(key), place, { commandId, context: 'compose', data });

function cardIn(outcome: Outcome): CardJson {
  if (outcome.kind !== 'dialog') throw new Error(`Expected a dialog, got ${JSON.stringify(outcome)}`);
  return outcome.card as CardJson;
}
/** Data of the button with this title, with what the fields of the card hold. */
function dataOf(card: CardJson, title: string, inputs: Record<string, string> = {}): Record<string, unknown> {
  const button = buttonsOf(card).find((one) => String(one['title']).startsWith(title));
  if (button?.['type'] !== 'Action.Submit') throw new Error(`Expected a submit button ${title}`);
  return { text: fieldOf(card, 'text') ?? '', audience: 'customer', ...(button['data'] as object), ...inputs };
}

describe('Check customer message', () => {
  test('is offered on messages, at the compose box and in the command box, as data for the manifest', () => {
    expect(bot.app.extensions.filter(({ type }) => type === 'action')).toEqual([
      {
        type: 'action',
        id: commandId,
        title: 'Check customer message',
        description: expect.any(String),
        contexts: ['message', 'compose', 'commandBox'],
      },
    ]);
    for (const { title, description } of bot.app.extensions) {
      expect(title.length).toBeLessThanOrEqual(32);
      expect(description.length).toBeLessThanOrEqual(128);
    }
  });

  test('on a message in a channel it shows the findings in a dialog and posts nothing', async () => {
    await bot.client.send(bot.person('priya'), channel, leaky);
    const message = bot.messages().at(-1)!;
    const before = bot.messages().length;
    const outcome = await open('mei', channel, message.id);
    const card = cardIn(outcome);
    expect(outcome).toMatchObject({ title: 'Check customer message' });
    expect(wordsIn(card)).toContain('The word "ICM"');
    expect(fieldOf(card, 'text')).toContain('job fleet-eu, which has been late since 07:20 UTC');
    await bot.app.settle();
    expect(bot.messages().length).toBe(before);
  });

  test('at the compose box it asks for the message, and checks it again and again', async () => {
    const form = cardIn(await open('priya', personal));
    expect(wordsIn(form)).toContain('Can I send this?');
    const found = cardIn(await submit('priya', personal, dataOf(form, 'Check it', { text: leaky })));
    expect(wordsIn(found)).toContain('The word "ICM"');
    const again = cardIn(await submit('priya', personal, dataOf(found, 'Check this text again')));
    expect(wordsIn(again)).not.toContain('The word "ICM"');
  });

  test('a dialog has no Action.Execute, which Teams does not know there, and no refresh', async () => {
    const form = cardIn(await open('priya', personal));
    expect(JSON.stringify(form)).not.toMatch(/Action\.Execute|"refresh"|fallback/);
  });

  test('keeps the promise of the message, and leaves the message there to be copied', async () => {
    const icm = '713000001';
    await bot.say('amara', `track ${icm}`);
    const form = cardIn(await open('amara', channel));
    const found = cardIn(await submit('amara', channel, dataOf(form, 'Check it', { text: leaky })));
    const done = cardIn(await submit('amara', channel, dataOf(found, 'Remind me')));
    expect(wordsIn(done)).toContain(`The reminder for ICM ${icm} is set: tomorrow`);
    expect(fieldOf(done, 'text')).toContain('job fleet-eu');
    const again = cardIn(await submit('amara', channel, dataOf(found, 'Remind me')));
    expect(wordsIn(again)).toContain('is set already');
    const rows = await bot.database.query(
      'SELECT f.id FROM follow_up f JOIN icm ON icm.id = f.icm_id WHERE icm.number = $1',
      [icm],
    );
    expect(rows).toHaveLength(1);
  });

  test('a new ICM is tracked in the personal chat, since the bot may be no member of the chat that it was called in', async () => {
    const form = cardIn(await open('diego', channel));
    const found = cardIn(await submit('diego', channel, dataOf(form, 'Check it', { text: leaky })));
    const done = cardIn(await submit('diego', channel, dataOf(found, 'Remind me', { number: '713000002' })));
    expect(wordsIn(done)).toContain('The reminder for ICM 713000002 is set');
    const [row] = await bot.database.query('SELECT conversation_id FROM icm WHERE number = $1', ['713000002']);
    expect(row).toEqual({ conversation_id: bot.person('diego').chatId });
  });

  test('whoever has no personal chat with the bot is told how to get one, and nothing is tracked', async () => {
    const form = cardIn(await open('lukas', channel));
    const found = cardIn(await submit('lukas', channel, dataOf(form, 'Check it', { text: leaky })));
    const done = cardIn(await submit('lukas', channel, dataOf(found, 'Remind me', { number: '713000003' })));
    expect(wordsIn(done)).toContain('I am not in a personal chat with you');
    expect(await bot.database.query('SELECT 1 FROM icm WHERE number = $1', ['713000003'])).toEqual([]);
  });

  test('a chat of others in which it is called is not taken for the personal chat with the bot', async () => {
    const before = await bot.database.query('SELECT * FROM personal_chat');
    const lukas = bot.person('lukas');
    const scene: Scene = bot.client.scene({ ...lukas, chatId: '19:lukas_somebody@unq.gbl.spaces' }, personal);
    await bot.client.post(extensionActivity(scene, { kind: 'fetchTask', commandId, context: 'compose' }));
    await bot.app.settle();
    expect(await bot.database.query('SELECT * FROM personal_chat')).toEqual(before);
  });
});

describe('the protocol', () => {
  const post = async (
    kind: 'fetchTask' | 'submitAction',
    change: (activity: Record<string, unknown>) => object = (one) => one,
  ) => {
    const scene = bot.client.scene(bot.person('priya'), personal);
    const activity = extensionActivity(scene, {
      kind,
      commandId,
      context: 'compose',
      data: { verb: 'message-check/check', text: leaky },
    });
    const { status, text } = await bot.raw(change(activity));
    return { status, body: JSON.parse(text) as { task?: { type?: string; value?: unknown } } };
  };
  const isTask = ({ status, body }: Awaited<ReturnType<typeof post>>): void => {
    expect(status).toBe(200);
    const { type, value } = body.task ?? {};
    if (type === 'message') return expect(String(value).trim()).not.toBe('');
    expect(type).toBe('continue');
    expect(value).toMatchObject({ title: expect.any(String), card: { content: { type: 'AdaptiveCard' } } });
  };

  test('an unknown command, no value at all and strange values get a sentence or a card, never an error', async () => {
    for (const value of [
      undefined,
      null,
      7,
      'x',
      [],
      {},
      { commandId: 'other' },
      { commandId: 7 },
      { commandId: '__proto__' },
    ])
      for (const kind of ['fetchTask', 'submitAction'] as const) isTask(await post(kind, (one) => ({ ...one, value })));
  });

  test('whatever stands in the value, the answer is one that Teams can show', async () => {
    const value = fc.record(
      {
        commandId: fc.constantFrom(commandId, 'other'),
        commandContext: fc.anything(),
        messagePayload: fc.oneof(
          fc.anything(),
          fc.record({ body: fc.record({ content: fc.string(), contentType: fc.string() }) }),
        ),
        data: fc.oneof(
          fc.jsonValue(),
          fc.record({
            verb: fc.constantFrom(
              'message-check/check',
              'message-check/remind',
              'tracking/save',
              'advice/own',
              'constructor',
            ),
            text: fc.oneof(fc.string(), fc.jsonValue()),
            at: fc.string(),
            icm: fc.string(),
          }),
        ),
      },
      { requiredKeys: ['commandId'] },
    );
    await fc.assert(
      fc.asyncProperty(value, fc.constantFrom('fetchTask', 'submitAction'), async (one, kind) => {
        isTask(
          await post(kind, (activity) => ({
            ...activity,
            value: JSON.parse(JSON.stringify(one)) as unknown,
          })),
        );
      }),
      { numRuns: 100 },
    );
  });

  test('only its own buttons work in the dialog', async () => {
    const outcome = await submit('priya', personal, { verb: 'tracking/save', number: '713000009' });
    expect(outcome).toMatchObject({
      kind: 'notice',
      text: expect.stringContaining('This button does not work any more'),
    });
    expect(await bot.database.query('SELECT 1 FROM icm WHERE number = $1', ['713000009'])).toEqual([]);
  });

  test('somebody without an id in the directory is told that it is not for guests', async () => {
    const { body } = await post('fetchTask', (one) => ({ ...one, from: { id: '29:guest' } }));
    expect(body.task).toEqual({
      type: 'message',
      value: 'I can only help people who are signed in to your organisation.',
    });
  });

  test('other invokes of message extensions are answered as not there', async () => {
    const { status } = await post('fetchTask', (one) => ({ ...one, name: 'composeExtension/queryLink' }));
    expect(status).toBe(501);
  });

  test('a button that is sent four times at once sets one reminder, and each gets an answer', async () => {
    const scene = bot.client.scene(bot.person('mei'), personal);
    const data = {
      ...{ verb: 'message-check/remind', text: leaky, audience: 'customer', number: '713000011', zone: 'Asia/Tokyo' },
      at: new Date(bot.clock.now + 3_600_000).toISOString(),
    };
    const activity = extensionActivity(scene, {
      id: 'f:same',
      kind: 'submitAction',
      commandId,
      context: 'compose',
      data,
    });
    const answers = await Promise.all([1, 2, 3, 4].map(() => bot.raw(activity)));
    const later = await bot.raw(activity);
    for (const { status, text } of [...answers, later]) isTask({ status, body: JSON.parse(text) as never });
    expect(later.text).toContain('The reminder for ICM 713000011 is set');
    // The first answer held the message; what is kept for a repeat does not.
    expect(later.text).not.toContain('fleet-eu');
    const rows = await bot.database.query(
      'SELECT f.id FROM follow_up f JOIN icm ON icm.id = f.icm_id WHERE icm.number = $1',
      ['713000011'],
    );
    expect(rows).toHaveLength(1);
  });
});

describe('when something is wrong', () => {
  test('a database that is gone does not stop the check of a message', async () => {
    const database = await testDatabases[0]!.open();
    let isGone = false;
    const own = await Harness.start({
      database: {
        ...database,
        query: (...query) =>
          isGone ? Promise.reject(new AppError('database-unavailable', 'gone')) : database.query(...query),
      },
    });
    isGone = true;
    const call = { commandId, context: 'compose' as const };
    const form = cardIn(await own.client.extension(own.person('priya'), personal, call));
    const data = dataOf(form, 'Check it', { text: leaky });
    const found = cardIn(await own.client.extension(own.person('priya'), personal, { ...call, data }));
    expect(wordsIn(found)).toContain('The word "ICM"');
    isGone = false;
    await own.stop();
  });

  test('what takes too long is told within the budget', async () => {
    const own = await Harness.start({ invokeBudgetMs: 1, moreFeatures: [slow] });
    const outcome = await own.client.extension(own.person('priya'), personal, {
      commandId: 'slow',
      context: 'compose',
    });
    expect(outcome).toEqual({ kind: 'notice', text: 'That took too long. Please close this window and try again.' });
    release.resolve();
    await own.stop();
  });

  test('an error shows nothing from inside', async () => {
    const own = await Harness.start({ moreFeatures: [failing] });
    const outcome = await own.client.extension(own.person('priya'), personal, {
      commandId: 'failing',
      context: 'compose',
    });
    expect(outcome).toMatchObject({
      kind: 'notice',
      text: expect.stringContaining('Something went wrong on my side.'),
    });
    expect(JSON.stringify(outcome)).not.toContain('secret');
    expect(own.log.join('\n')).not.toContain('secret');
    await own.stop();
  });
});

const release = Promise.withResolvers<void>();
const extension = { title: 'x', description: 'x', contexts: ['compose'], verbs: [] } as const;
const slow = {
  name: 'slow',
  extensions: [{ ...extension, id: 'slow', open: () => release.promise.then(() => ({})) }],
};
const failing = {
  name: 'failing',
  extensions: [{ ...extension, id: 'failing', open: () => Promise.reject(new Error('a secret')) }],
};
