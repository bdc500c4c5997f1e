import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testDatabases } from '../../support/databases.ts';
import type { Harness } from '../../support/harness.ts';
import { channel, minute, newNumber, shownTo, startBot, threadOf, words } from './stage.ts';

let bot: Harness;
beforeAll(async () => {
  bot = await startBot(await testDatabases[0]!.open());
  bot.clock.now = Date.parse('2026-11-20T09:00:00Z');
});
afterAll(() => bot?.stop());

const india = 'Asia/Kolkata (UTC+5:30)';

test('every card and export of an ICM has the times of its engineer’s zone, whoever acts', async () => {
  const number = newNumber();
  const { message } = await bot.ask('priya', `track ${number} outage`, channel);
  const thread = threadOf(message);

  const note = await bot.ask('lukas', `note ${number} at 09:30: gateway restarted`, thread);
  expect(words(note.card)).toContain('today 14:00 (Asia/Kolkata, UTC+5:30)');
  expect(words(note.card)).toContain('I read it as today 09:30 (Europe/Berlin, UTC+1).');
  const fields = await bot.ask('lukas', `detected ${number} at 09:20`, thread);
  expect(words(fields.card)).toContain('Detected\ntoday 13:50 (Asia/Kolkata, UTC+5:30)');
  expect(words(fields.card)).toContain('I read it as today 09:20 (Europe/Berlin, UTC+1).');
  const roles = await bot.ask('lukas', `I am the scribe for ${number}`, thread);
  expect(words(roles.card)).toContain('Lukas Weber, since today 14:30 (Asia/Kolkata, UTC+5:30)');

  const timeline = await bot.ask('lukas', `timeline ${number}`, thread);
  expect(words(timeline.card)).toContain(india);
  expect(words(timeline.card)).toContain('14:00 · Note · Lukas Weber');
  await bot.press('lukas', timeline.message.id, 'All of it as Markdown');
  await bot.pass(minute);
  expect(shownTo(bot, 'mei', bot.messages().at(-1)!)).toContain(`All times: ${india}`);

  const postmortem = await bot.ask('lukas', `postmortem ${number}`, thread);
  expect(words(postmortem.card)).toContain('All times: Kolkata (Asia/Kolkata)');
  expect(words(postmortem.card)).toContain('Detected\nFri 20 Nov 2026 13:50 (UTC+5:30)');
});

test('it is the zone of whoever takes the ICM over', async () => {
  const number = newNumber();
  const { message } = await bot.ask('priya', `track ${number} outage`, channel);
  const again = await bot.ask('lukas', `track ${number}`, threadOf(message));
  await bot.press('lukas', again.message.id, 'Take over');
  const { card } = await bot.ask('priya', `postmortem ${number}`, threadOf(message));
  expect(words(card)).toContain('All times: Berlin (Europe/Berlin)');
});
