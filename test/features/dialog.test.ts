import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Place } from '../../src/local/activities.ts';
import { testDatabases } from '../support/databases.ts';
import { buttonsOf, cardOf, Harness, wordsIn } from '../support/harness.ts';

const channel: Place = { kind: 'channel' };

describe.each(testDatabases)('the check on $name', ({ open }) => {
  let bot: Harness;
  beforeAll(async () => {
    bot = await Harness.start({ database: await open() });
  });
  afterAll(() => bot.stop());
  // An open check of the test before would take the first line for an answer.
  beforeEach(async () => {
    await bot.database.query('UPDATE dialog SET is_open = false');
  });

  /** What this person reads on the card now. */
  const words = (key: string, id: string) => wordsIn(bot.cardFor(key, id));
  const tick = (...ids: string[]) => ({ ticked: ids.join(',') });

  test('leads by buttons on one card to open, Sev 2, CSS Escalation', async () => {
    const { message } = await bot.ask('priya', 'should I open an ICM?', channel);
    expect(words('priya', message.id)).toContain('What is this about?');
    await bot.press('priya', message.id, 'Something is broken, a bug fix');
    await bot.press('priya', message.id, 'Continue', tick('bug'));
    await bot.press('priya', message.id, 'Continue', tick('asc', 'tsgs', 'existing-icms', 'outage-check'));
    await bot.press('priya', message.id, 'Sev A');
    const verdict = words('priya', message.id);
    expect(verdict).toContain('Open an ICM');
    expect(verdict).toContain('Sev 2.');
    expect(verdict).toContain('CSS Escalation');
    expect(verdict).toContain('There is evidence of a bug.');
    expect(verdict).toContain('From Azure Support Center');
    expect(verdict).toContain('Add tracking');
    // The verdict is for everybody in the thread.
    expect(words('lukas', message.id)).toContain('Open an ICM');
  });

  test('does not ask what the message says already', async () => {
    const { message } = await bot.ask(
      'priya',
      'sev A case, customer sees an outage in West Europe, open an ICM?',
      channel,
    );
    expect(words('priya', message.id)).toContain('What is this about?');
    await bot.press('priya', message.id, 'Something is broken, a bug fix');
    expect(words('priya', message.id)).toContain('Sev 1.');
    expect(words('priya', message.id)).toContain('West Europe');
  });

  test('goes back, changes an answer, starts over and is cancelled', async () => {
    const { message } = await bot.ask('priya', 'should I open an ICM?', channel);
    await bot.press('priya', message.id, 'A question about a query');
    expect(words('priya', message.id)).toContain('Which of these hold?');
    await bot.press('priya', message.id, 'Back');
    expect(words('priya', message.id)).toContain('What is this about?');
    await bot.press('priya', message.id, 'A question about a query');
    await bot.press('priya', message.id, 'None of these');
    expect(words('priya', message.id)).toContain('Do not open an ICM');
    await bot.press('priya', message.id, 'Change an answer');
    const choice = buttonsOf(bot.cardFor('priya', message.id)).find((button) =>
      String(button['title']).startsWith('Request:'),
    );
    await bot.press('priya', message.id, String(choice?.['title']));
    await bot.press('priya', message.id, 'A quota increase');
    expect(words('priya', message.id)).toContain('What is the severity of the support request?');
    await bot.press('priya', message.id, 'Start over');
    expect(words('priya', message.id)).toContain('What is this about?');
    expect(words('priya', message.id)).not.toContain('What I know so far');
    await bot.press('priya', message.id, 'Cancel');
    expect(words('lukas', message.id)).toContain('Priya Sharma cancelled this check.');
  });

  test('takes typed answers, and leaves one live card', async () => {
    const { message: first } = await bot.ask('priya', 'should I open an ICM?');
    const [second] = await bot.say('priya', 'a quota increase');
    expect(wordsIn(cardOf(second!))).toContain('Which of these hold?');
    expect(wordsIn(bot.cardFor('priya', first.id))).toContain('goes on below');
    await bot.say('priya', 'none');
    const [last] = await bot.say('priya', 'sev b');
    expect(wordsIn(cardOf(last!))).toContain('Livesite DRI');
    expect(wordsIn(cardOf(last!))).toContain('SubscriptionId');
  });

  test('answers another question in between and keeps the check', async () => {
    await bot.ask('priya', 'should I open an ICM?');
    const { card } = await bot.ask('priya', 'sev a?');
    expect(wordsIn(card)).toContain('Sev A case: ICM Sev 2');
    const [next] = await bot.say('priya', 'a quota increase');
    expect(wordsIn(cardOf(next!))).toContain('Which of these hold?');
  });

  test('asks which Severity 1 is meant, and never takes Sev A for it', async () => {
    const { message } = await bot.ask('priya', 'should I open an ICM for a severity 1 bug?', channel);
    expect(words('priya', message.id)).toContain('no document says that Sev A is the same');
    await bot.press('priya', message.id, 'Severity 1');
    await bot.press('priya', message.id, 'Something is broken, a bug fix');
    await bot.press('priya', message.id, 'Continue', tick('severity-one'));
    const verdict = words('priya', message.id);
    expect(verdict).toContain('Open an ICM');
    expect(verdict).toContain('Not settled.');
    expect(verdict).toContain('"Severity 1" has two meanings');
  });

  test('tells somebody else whose check it is, and offers an own one', async () => {
    const { message } = await bot.ask('priya', 'should I open an ICM?', channel);
    await bot.press('lukas', message.id, 'A quota increase');
    expect(words('lukas', message.id)).toContain('This is Priya Sharma’s check');
    expect(words('priya', message.id)).toContain('What is this about?');
    const before = bot.messages().length;
    await bot.press('lukas', message.id, 'Start my own check');
    expect(bot.messages().length).toBe(before + 1);
    const own = bot.messages().at(-1)!;
    expect(own.rootId).toBe(message.rootId);
    await bot.press('lukas', own.id, 'A quota increase');
    expect(words('lukas', own.id)).toContain('Which of these hold?');
    expect(words('priya', message.id)).toContain('What is this about?');
  });

  test('shows an old card where the check is now, and changes nothing', async () => {
    const { message } = await bot.ask('priya', 'should I open an ICM?', channel);
    const old = buttonsOf(cardOf(message)).find((button) => button['title'] === 'A question about a query')!;
    await bot.press('priya', message.id, 'A quota increase');
    const before = await bot.database.query('SELECT revision, state FROM dialog ORDER BY updated_at');
    await bot.client.press(bot.person('priya'), message.id, { ...old, type: 'Action.Execute' });
    expect(words('priya', message.id)).toContain('Which of these hold?');
    expect(await bot.database.query('SELECT revision, state FROM dialog ORDER BY updated_at')).toEqual(before);
  });

  test('does the same by Action.Submit as by Action.Execute', async () => {
    const { message } = await bot.ask('priya', 'should I open an ICM?', channel);
    const execute = buttonsOf(cardOf(message)).find((button) => button['title'] === 'A quota increase')!;
    const submit = execute['fallback'] as { data: unknown };
    const before = bot.messages().length;
    await bot.client.press(bot.person('priya'), message.id, { type: 'Action.Submit', data: submit.data });
    await bot.app.settle();
    expect(wordsIn(cardOf(bot.messages().at(-1)!))).toContain('Which of these hold?');
    expect(bot.messages().length).toBe(before + 1);
  });

  test('goes on in private only where the bot is installed, and says how to install it', async () => {
    const { message } = await bot.ask('lukas', 'should I open an ICM?', channel);
    const before = bot.messages().length;
    await bot.press('lukas', message.id, 'Go on in private');
    expect(words('lukas', message.id)).toContain('select Add');
    expect(bot.messages().length).toBe(before);
    await bot.client.setInstalled(bot.person('lukas'), true);
    await bot.app.settle();
    await bot.press('lukas', message.id, 'Go on in private');
    expect(words('priya', message.id)).toContain('Lukas Weber goes on in private.');
    const own = bot.messages().at(-1)!;
    expect(own.conversationId).toBe(bot.person('lukas').chatId);
    await bot.press('lukas', own.id, 'A quota increase');
    expect(words('lukas', own.id)).toContain('Which of these hold?');
    await bot.client.setInstalled(bot.person('lukas'), false);
  });

  test('keeps the answers when the questions have changed since, and asks again', async () => {
    const { message } = await bot.ask('priya', 'should I open an ICM?', channel);
    await bot.press('priya', message.id, 'A question about a query');
    await bot.database.query(`UPDATE dialog SET state = jsonb_set(state, '{graph}', '"older"')`);
    // Other questions come with another version of the program, so with a restart.
    const restarted = await Harness.start({
      database: { ...bot.database, close: async () => {} },
      standIn: bot.standIn,
    });
    await restarted.press('priya', message.id, 'None of these');
    expect(words('priya', message.id)).toContain('The questions have changed since you began.');
    expect(words('priya', message.id)).toContain('Which of these hold?');
    await restarted.press('priya', message.id, 'None of these');
    expect(words('priya', message.id)).toContain('Do not open an ICM');
    await restarted.app.stop(1_000);
  });

  test('gives a refresh the present card, and a refresh with another verb changes nothing', async () => {
    const { message } = await bot.ask('priya', 'should I open an ICM?', channel);
    await bot.press('priya', message.id, 'A quota increase');
    const before = await bot.database.query('SELECT revision FROM dialog ORDER BY updated_at');
    await bot.client.refresh(bot.person('priya'), message.id);
    expect(words('priya', message.id)).toContain('Which of these hold?');
    const answer = buttonsOf(bot.cardFor('priya', message.id)).find((button) => button['title'] === 'None of these')!;
    const { cardActionActivity } = await import('../../src/local/activities.ts');
    const scene = bot.client.scene(bot.person('priya'), bot.standIn.conversations.placeOf(message));
    const { status, text } = await bot.raw(
      cardActionActivity(scene, {
        action: { ...answer, type: 'Action.Execute' },
        trigger: 'automatic',
        replyToId: message.id,
      }),
    );
    expect(status).toBe(200);
    expect(text).toContain('Which of these hold?');
    expect(await bot.database.query('SELECT revision FROM dialog ORDER BY updated_at')).toEqual(before);
  });

  test('gives a redelivered click the same bytes and one effect', async () => {
    const { message } = await bot.ask('priya', 'should I open an ICM?', channel);
    const button = buttonsOf(cardOf(message)).find((one) => one['title'] === 'A quota increase')!;
    const { cardActionActivity } = await import('../../src/local/activities.ts');
    const scene = bot.client.scene(bot.person('priya'), bot.standIn.conversations.placeOf(message));
    const activity = cardActionActivity(scene, {
      action: { ...button, type: 'Action.Execute' },
      replyToId: message.id,
    });
    const at_once = await Promise.all([bot.raw(activity), bot.raw(activity)]);
    const later = await bot.raw(activity);
    const fresh = await bot.raw({ ...activity, id: 'f:another-id' });
    expect(new Set([...at_once, later].map((answer) => answer.text)).size).toBe(1);
    expect(JSON.parse(fresh.text)).toMatchObject({ statusCode: 200 });
    const [row] = await bot.database.query<{ revision: number }>(
      'SELECT revision FROM dialog ORDER BY created_at DESC LIMIT 1',
    );
    expect(row?.revision).toBe(2);
  });

  test('posts one answer to a redelivered message', async () => {
    const { messageActivity } = await import('../../src/local/activities.ts');
    const scene = bot.client.scene(bot.person('priya'), { kind: 'personal' });
    const activity = messageActivity(scene, { id: '1234567890', text: 'sev a?' });
    const before = bot.messages().length;
    await Promise.all([bot.raw(activity), bot.raw(activity)]);
    await bot.raw(activity);
    await bot.app.settle();
    expect(bot.messages().length).toBe(before + 1);
  });
});
