import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { messageActivity } from '../../../src/local/activities.ts';
import { buttonsOf, cardOf, Harness, wordsIn, type CardJson } from '../../support/harness.ts';
import { fieldOf } from '../../support/fields.ts';

const channel = { kind: 'channel' } as const;
const leaky =
  'Hello Ana,\n\nI have opened an IcM, 512345678, for job fleet-eu, which has been late since 07:20 UTC today; only your drivers in Lyon are affected. I will write to you again tomorrow at 09:00 CET.\n\nKind regards';
const clean =
  'Hello Ana,\n\nJob fleet-eu has been late by 10 minutes since 07:20 UTC today, so the positions of your drivers in Lyon are old; no other job is affected and no data is lost. I am looking into it together with our product team. I will write to you again today at 17:00 CET.\n\nKind regards';

let bot: Harness;
beforeAll(async () => {
  bot = await Harness.start();
});
afterAll(() => bot.stop());

let number = 613_000_000;
const newNumber = () => String((number += 1));

const titlesOf = (card: CardJson) => buttonsOf(card).map((button) => String(button['title']));
const reminder = (card: CardJson) => titlesOf(card).find((title) => title.startsWith('Remind me')) ?? '';

describe('the check in a personal chat', () => {
  test('names the exact words, the rule and why, and gives the message without them', async () => {
    const { card } = await bot.ask('priya', `check: ${leaky}`);
    const words = wordsIn(card);
    expect(words).toContain('Please do not send it like this');
    expect(words).toContain('**Must not leave the house:** The word "ICM"');
    expect(words).toContain('IcM');
    expect(words).toContain('What NOT to share with customers (F15');
    const corrected = fieldOf(card, 'text') ?? '';
    expect(corrected).toContain('job fleet-eu, which has been late since 07:20 UTC today');
    expect(corrected).not.toMatch(/icm|512345678/i);
  });

  test('says so when nothing speaks against the message, and gives it back as it was', async () => {
    const { card } = await bot.ask('priya', `Can I send this?\n${clean}`);
    expect(wordsIn(card)).toContain('You can send it.');
    expect(fieldOf(card, 'text')).toBe(clean);
  });

  test.each(['can I send this?', 'check message', 'review my draft'])('%s alone asks for the message', async (line) => {
    const { message, card } = await bot.ask('priya', line);
    expect(wordsIn(card)).toContain('I read the text once and do not keep it.');
    await bot.press('priya', message.id, 'Check it', { text: leaky, audience: 'customer' });
    expect(wordsIn(bot.cardFor('priya', message.id))).toContain('The word "ICM"');
    await bot.press('priya', message.id, 'Check this text again', { text: clean, audience: 'customer' });
    expect(wordsIn(bot.cardFor('priya', message.id))).toContain('You can send it.');
  });

  test('an empty form says what is missing', async () => {
    const { message } = await bot.ask('priya', 'can I send this?');
    await bot.press('priya', message.id, 'Check it', { text: '  ' });
    expect(wordsIn(bot.cardFor('priya', message.id))).toContain('There is no text in it yet.');
  });

  test('a message to colleagues may name the ICM', async () => {
    const { message, card } = await bot.ask('priya', `check for colleagues: ${leaky}`);
    expect(wordsIn(card)).not.toContain('The word "ICM"');
    expect(fieldOf(card, 'audience')).toBe('internal');
    await bot.press('priya', message.id, 'Check this text again', { text: leaky, audience: 'customer' });
    expect(wordsIn(bot.cardFor('priya', message.id))).toContain('The word "ICM"');
  });

  test('is not taken for an answer while another dialog is open', async () => {
    await bot.ask('mei', 'should I open an ICM?');
    const { card } = await bot.ask(
      'mei',
      'check: Hello Ana, there is an outage, and it is a bug. I write again on Friday at 10:00 CET.',
    );
    expect(titlesOf(card)).toContain('Check this text again');
    const rows = await bot.database.query<{ state: unknown }>('SELECT state FROM dialog');
    expect(JSON.stringify(rows)).not.toContain('"outage":true');
  });

  test('text without words is told to be none', async () => {
    const { card } = await bot.ask('priya', 'check: 🙂🙂 ---');
    expect(wordsIn(card)).toContain('There is nothing in it that I could check.');
  });

  test('a very long message is checked, and a card that cannot hold it says so', async () => {
    const { card } = await bot.ask('priya', `check: ${leaky}\n${'And more of it. '.repeat(1_500)}`);
    expect(wordsIn(card)).toContain('The word "ICM"');
    expect(wordsIn(card)).toContain('too long to stand in a card');
    expect(wordsIn(card)).toContain('I read the first 20,000 characters');
    expect(fieldOf(card, 'text')).toBeUndefined();
  });

  test('what a client sends as data is only data', async () => {
    const { message } = await bot.ask('priya', 'can I send this?');
    for (const data of [
      { text: leaky, audience: 'everybody' },
      { text: leaky, __proto__: { audience: 'internal' } },
    ]) {
      await bot.press('priya', message.id, 'Check it', data as unknown as Record<string, string>);
      const card = bot.cardFor('priya', message.id);
      expect(wordsIn(card)).toContain('The word "ICM"');
      await bot.press('priya', message.id, 'Check this text again', { text: '' });
    }
  });
});

describe('in a channel', () => {
  test('a message is not checked in front of everybody, and the offer goes to the personal chat', async () => {
    const { message, card } = await bot.ask('priya', `check: ${leaky}`, channel);
    expect(wordsIn(card)).toContain('Everybody here can read what you pasted, so I did not check it here.');
    expect(JSON.stringify(card)).not.toMatch(/fleet-eu|512345678|Lyon/);
    const before = bot.messages().length;
    const pressed = await bot.press('priya', message.id, 'Check it in my personal chat');
    expect(pressed).toEqual({ kind: 'notice', text: 'I wrote to you in our personal chat.' });
    const posted = bot.messages().slice(before);
    expect(posted.map((one) => one.conversationId)).toEqual([bot.person('priya').chatId]);
    expect(wordsIn(cardOf(posted[0]!))).toContain('Can I send this?');
  });

  test('a question alone is told where to ask it', async () => {
    const { card } = await bot.ask('mei', 'can I send this?', channel);
    expect(wordsIn(card)).toContain('Everybody here can read along');
    expect(titlesOf(card)).toEqual(['Check it in my personal chat']);
  });

  test('who has no personal chat is told how to get one', async () => {
    const { message } = await bot.ask('lukas', 'can I send this?', channel);
    const pressed = await bot.press('lukas', message.id, 'Check it in my personal chat');
    expect(pressed).toMatchObject({
      kind: 'notice',
      text: expect.stringContaining('I am not in a personal chat with you yet'),
    });
  });

  test('a question about sharing is answered for all', async () => {
    const { card } = await bot.ask('mei', 'can I share the icm number with the customer?', channel);
    expect(wordsIn(card)).toContain('ICM numbers, links and the word "ICM"');
    expect(wordsIn(card)).toContain('F15');
    expect(wordsIn(card)).toContain('The documents leave this open');
  });
});

describe('from promise to reminder', () => {
  test('one button keeps the promise of the message for the one ICM of the engineer', async () => {
    const icm = newNumber();
    await bot.say('amara', `track ${icm}`);
    const { message, card } = await bot.ask('amara', `check: ${clean}`);
    expect(wordsIn(card)).toContain('With this message you promise the next update for today 17:00 (');
    expect(wordsIn(card)).toContain(`The reminder is for ICM ${icm};`);
    const posted = bot.messages().length;
    await bot.press('amara', message.id, reminder(card));
    const confirmation = cardOf(bot.messages().at(-1)!);
    expect(bot.messages().length).toBe(posted + 1);
    expect(wordsIn(confirmation)).toContain(`ICM ${icm} · next update`);
    expect(wordsIn(confirmation)).toContain('Next update to the customer: today 17:00 (');
    // The message is still there to be copied.
    expect(fieldOf(bot.cardFor('amara', message.id), 'text')).toBe(clean);
    const again = await bot.press('amara', message.id, reminder(card));
    expect(again).toMatchObject({ kind: 'notice', text: expect.stringContaining('is set already') });
    const rows = await bot.database.query(
      'SELECT id FROM follow_up WHERE status = $1 AND icm_id IN (SELECT id FROM icm WHERE number = $2)',
      ['open', icm],
    );
    expect(rows).toHaveLength(1);
  });

  test('of several ICMs one is asked for', async () => {
    const [first, second] = [newNumber(), newNumber()];
    await bot.say('diego', `track ${first}`);
    await bot.say('diego', `track ${second}`);
    const { message, card } = await bot.ask('diego', `check: ${clean}`);
    const missing = await bot.press('diego', message.id, reminder(card));
    expect(missing).toMatchObject({ kind: 'notice', text: expect.stringContaining('Which ICM is it about?') });
    const [row] = await bot.database.query<{ id: string }>('SELECT id FROM icm WHERE number = $1', [second]);
    await bot.press('diego', message.id, reminder(card), { which: row!.id });
    expect(wordsIn(cardOf(bot.messages().at(-1)!))).toContain(`ICM ${second} · next update`);
  });

  test('an ICM that is not tracked yet is tracked with its first promise', async () => {
    const icm = newNumber();
    const { message, card } = await bot.ask('mei', `check: ${clean}`);
    await bot.press('mei', message.id, reminder(card), { number: icm });
    expect(wordsIn(cardOf(bot.messages().at(-1)!))).toContain(`I track ICM ${icm} from now on.`);
  });

  test("somebody else's ICM is not touched, whatever the card's data says", async () => {
    const icm = newNumber();
    await bot.say('amara', `track ${icm}`);
    const [row] = await bot.database.query<{ id: string }>('SELECT id FROM icm WHERE number = $1', [icm]);
    const { message, card } = await bot.ask('diego', `check: ${clean}`);
    const refused = await bot.press('diego', message.id, reminder(card), { which: row!.id, icm: row!.id });
    expect(refused).toMatchObject({ kind: 'notice', text: expect.stringContaining('Only Amara Nowak') });
    for (const at of ['2020-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z']) {
      const own = await bot.ask('amara', `check: ${clean}`);
      const answer = await bot.press('amara', own.message.id, reminder(own.card), {
        at,
        icm: row!.id,
      });
      expect(answer.kind).toBe('notice');
    }
    expect(await bot.database.query('SELECT id FROM follow_up WHERE icm_id = $1', [row!.id])).toEqual([]);
  });

  test('what is no one moment offers the likely ones, and takes another', async () => {
    const { message, card } = await bot.ask('mei', `check: ${clean.replace('today at 17:00 CET', 'on Monday')}`);
    expect(wordsIn(card)).toContain('With this message you promise a next update. At what time?');
    expect(titlesOf(card).filter((title) => title.startsWith('Remind me: Mon 23 Nov 2026, ')).length).toBeGreaterThan(
      0,
    );
    const unclear = await bot.press('mei', message.id, 'Remind me', { when: 'some day' });
    expect(unclear).toMatchObject({ kind: 'notice', text: expect.stringContaining('Please write') });
    await bot.press('mei', message.id, 'Remind me', { when: 'monday 11:00' });
    expect(wordsIn(cardOf(bot.messages().at(-1)!))).toContain('Mon 23 Nov 2026, 11:00 (Asia/Tokyo, UTC+9)');
  });
});

describe('repeats', () => {
  test('an activity that is sent again is answered once and nothing of it is kept', async () => {
    const scene = bot.client.scene(bot.person('priya'), { kind: 'personal' });
    const activity = messageActivity(scene, { id: 'repeat-1', text: `check: ${leaky}` });
    const before = bot.messages().length;
    for (let n = 0; n < 3; n += 1) await bot.client.post(activity);
    await bot.app.settle();
    expect(bot.messages().length).toBe(before + 1);
    const rows = await bot.database.query('SELECT answer FROM inbox WHERE activity_id = $1', ['repeat-1']);
    expect(rows).toEqual([{ answer: null }]);
  });
});
