import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fieldOf } from '../../support/fields.ts';
import { buttonsOf, cardOf, Harness, wordsIn } from '../../support/harness.ts';

const channel = { kind: 'channel' } as const;
const parts = {
  what: 'job fleet-eu writes its output up to 10 minutes late',
  since: 'today at 05:30 UTC',
  who: 'only the drivers in Lyon',
  expect: 'positions on the map are up to 10 minutes old, and no data is lost',
  next: 'tomorrow 9am',
};

let bot: Harness;
beforeAll(async () => {
  bot = await Harness.start();
});
afterAll(() => bot.stop());
const newest = () => cardOf(bot.messages().at(-1)!);

describe('a message that the bot writes', () => {
  test('is prefilled from tracking, names the next update with its zone and passes the check', async () => {
    await bot.say('priya', 'track 614000001 "Job tram-lisboa lags" case 2411220050001234');
    await bot.say('priya', 'next update on 614000001 tomorrow 9am');
    const { message, card } = await bot.ask('priya', 'draft an update for 614000001');
    expect(wordsIn(card)).toContain('ICM 614000001 · Job tram-lisboa lags · message to the customer: progress');
    expect(fieldOf(card, 'what')).toBe('Job tram-lisboa lags');
    expect(fieldOf(card, 'next')).toBe('on Saturday, 21 November at 09:00 (UTC+5:30)');
    await bot.press('priya', message.id, 'Write the message', { ...parts, next: fieldOf(card, 'next')! });
    const written = bot.cardFor('priya', message.id);
    expect(wordsIn(written)).toContain('Here is the message. It passes the check.');
    const text = fieldOf(written, 'text')!;
    expect(text).toContain('Job fleet-eu writes its output up to 10 minutes late.');
    expect(text).toContain('We will send you the next update on Saturday, 21 November at 09:00 (UTC+5:30).');
    expect(text).not.toMatch(/614000001|icm/i);
    // The promise is the one that is tracked.
    const remind = buttonsOf(written).find((button) => String(button['title']).startsWith('Remind me'))!;
    const again = await bot.press('priya', message.id, String(remind['title']));
    expect(again).toMatchObject({ kind: 'notice', text: expect.stringContaining('is set already') });
  });

  test('another kind of message keeps what was filled in', async () => {
    const { message } = await bot.ask('priya', 'write the first contact');
    await bot.press('priya', message.id, 'RCA to follow', parts);
    const rca = bot.cardFor('priya', message.id);
    expect(fieldOf(rca, 'what')).toBe(parts.what);
    expect(fieldOf(rca, 'rca')).toBe('');
    await bot.press('priya', message.id, 'Write the message', {
      ...parts,
      how: 'new nodes',
      verified: 'it ran for a day',
    });
    expect(wordsIn(bot.cardFor('priya', message.id))).toContain(
      'Please say about when the root cause can be expected.',
    );
    expect(fieldOf(bot.cardFor('priya', message.id), 'how')).toBe('new nodes');
  });

  test.each([
    ['yesterday', 'in the past'],
    ['when we know more', 'I could not read when you will write next.'],
  ])('a next update of "%s" is asked again', async (next, sentence) => {
    const { message } = await bot.ask('priya', 'draft an update');
    await bot.press('priya', message.id, 'Write the message', { ...parts, next });
    expect(wordsIn(bot.cardFor('priya', message.id))).toContain(sentence);
    expect(fieldOf(bot.cardFor('priya', message.id), 'next')).toBe(next);
  });

  test("what must not leave is found in the engineer's own words as well", async () => {
    const { message } = await bot.ask('priya', 'draft an update');
    await bot.press('priya', message.id, 'Write the message', {
      ...parts,
      what: 'IcM 614000001 shows that job fleet-eu is late',
    });
    expect(wordsIn(bot.cardFor('priya', message.id))).toContain('The word "ICM"');
  });

  test('in a channel the form is offered in private', async () => {
    const { message, card } = await bot.ask('priya', 'draft an update for 614000001', channel);
    expect(wordsIn(card)).toContain('Everybody here can read along');
    expect(JSON.stringify(card)).not.toContain('tram-lisboa');
    const before = bot.messages().length;
    await bot.press('priya', message.id, 'Write it in my personal chat');
    expect(bot.messages().length).toBe(before + 1);
    expect(bot.messages().at(-1)!.conversationId).toBe(bot.person('priya').chatId);
    expect(fieldOf(newest(), 'what')).toBe('Job tram-lisboa lags');
  });

  test('what somebody else tracks in a personal chat fills in nothing', async () => {
    await bot.say('mei', 'help');
    const { message, card } = await bot.ask('mei', 'draft an update for 614000001');
    expect(JSON.stringify(card)).not.toContain('tram-lisboa');
    const [row] = await bot.database.query<{ id: string }>('SELECT id FROM icm WHERE number = $1', ['614000001']);
    await bot.press('mei', message.id, 'Resolved', { icm: row!.id });
    expect(JSON.stringify(bot.cardFor('mei', message.id))).not.toMatch(/tram-lisboa|2411220050001234/);
  });

  test('a reminder offers to help with the writing', async () => {
    await bot.say('amara', 'help');
    await bot.say('amara', 'next update on 614000009 in 1 hour', channel);
    const [due] = await bot.pass(50 * 60_000);
    await bot.press('amara', due!.id, 'Help me write it');
    expect(bot.messages().at(-1)!.conversationId).toBe(bot.person('amara').chatId);
    expect(wordsIn(newest())).toContain('ICM 614000009 · message to the customer: progress');
  });
});
