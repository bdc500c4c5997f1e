import { describe, expect, test } from '@jest/globals';
import {
  cardActionActivity,
  extensionActivity,
  messageActivity,
  submitActivity,
  type Place,
} from '../../../src/local/activities.ts';
import type { Database } from '../../../src/store/database.ts';
import { testDatabases } from '../../support/databases.ts';
import { fieldOf } from '../../support/fields.ts';
import { buttonsOf, Harness } from '../../support/harness.ts';

/** Words that stand nowhere but in the drafts; each draft has some of them. */
const canaries = [
  'quoxlimbo',
  'Zarpendia',
  '2411220050009876',
  'vexilloth',
  'gramblewick',
  '598765432',
  'Nurfelheim',
  'brokentide',
];
const draft = `Hello Zarpendia,\n\nI have opened an IcM, 598765432, for case 2411220050009876: job quoxlimbo has been late since 07:20 UTC today, only vexilloth is affected. I will write to you again tomorrow at 09:00 CET.\n\nKind regards`;
const personal: Place = { kind: 'personal' };
const channel: Place = { kind: 'channel' };

/** Every row of every table, also those of the queue. */
async function dump(database: Database): Promise<string> {
  const tables = await database.query<{ schema: string; name: string }>(
    `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
       AND (table_schema LIKE current_schema() || '%' OR current_schema() = 'public')`,
  );
  expect(tables.length).toBeGreaterThan(8);
  const rows: unknown[] = [];
  for (const { schema, name } of tables)
    rows.push(name, ...(await database.query(`SELECT to_jsonb(t) AS row FROM "${schema}"."${name}" t`)));
  return JSON.stringify(rows);
}

describe.each(testDatabases)('a draft on $name', ({ open }) => {
  test('is in no table and in no line of the log after every way that it can take', async () => {
    const database = await open();
    const bot = await Harness.start({ database });
    const inputs = { text: draft, audience: 'customer' };

    // Typed: checked, asked for colleagues, while another dialog is open, pasted as it is, behind a question.
    await bot.say('priya', 'should I open an ICM?');
    for (const lead of ['check: ', 'can I send this?\n', 'check for colleagues: ', ''])
      await bot.say('priya', `${lead}${draft}`);
    await bot.say('priya', `Our service quoxlimbo is down, we are investigating - good enough?`);
    // By the form, and by the button of an older client.
    const { message: form } = await bot.ask('priya', 'can I send this?');
    await bot.press('priya', form.id, 'Check it', inputs);
    await bot.press('priya', form.id, 'Check this text again', inputs);
    const scene = bot.client.scene(bot.person('priya'), personal);
    await bot.client.post(
      submitActivity(scene, { id: 's-1', data: { verb: 'message-check/check', ...inputs }, replyToId: form.id }),
    );
    // In the channel, where it is not checked.
    await bot.say('mei', 'help');
    const { message: offer } = await bot.ask('mei', `check: ${draft}`, channel);
    await bot.press('mei', offer.id, 'Check it in my personal chat');
    // From the promise to its reminder, with the message in the fields; each twice.
    const { message: found, card } = await bot.ask('amara', `check: ${draft}`);
    const remind = String(buttonsOf(card).find((one) => String(one['title']).startsWith('Remind me'))!['title']);
    await bot.press('amara', found.id, remind, inputs);
    await bot.press('amara', found.id, remind, { ...inputs, number: '613999001' });
    await bot.press('amara', found.id, remind, { ...inputs, number: '613999001' });
    // By the extension: on a message, in the dialog, with its reminder, and each once more with the same id.
    await bot.client.send(bot.person('mei'), channel, draft);
    const pasted = bot.messages().at(-1)!;
    const commandId = 'checkCustomerMessage';
    await bot.client.extension(bot.person('mei'), channel, { commandId, context: 'message', messageId: pasted.id });
    for (const data of [
      { verb: 'message-check/check', ...inputs },
      { verb: 'message-check/remind', ...inputs, number: '613999002', when: 'tomorrow 9am' },
      { verb: 'message-check/remind', ...inputs, number: draft, when: draft.slice(0, 200) },
      { verb: 'quoxlimbo', ...inputs },
    ]) {
      const activity = extensionActivity(bot.client.scene(bot.person('mei'), channel), {
        kind: 'submitAction',
        commandId,
        context: 'compose',
        data,
      });
      for (let n = 0; n < 2; n += 1) await bot.client.post(activity);
    }
    // Written by the bot.
    const { message: write } = await bot.ask('diego', 'draft an update');
    const parts = {
      what: 'gramblewick is late',
      since: 'today 07:00 UTC',
      who: 'Nurfelheim',
      expect: 'brokentide',
      next: 'tomorrow 9am',
    };
    await bot.press('diego', write.id, 'Write the message', { ...parts, next: '' });
    expect(fieldOf(bot.cardFor('diego', write.id), 'what')).toBe('gramblewick is late');
    await bot.press('diego', write.id, 'First contact', parts);
    await bot.press('diego', write.id, 'Write the message', parts);
    expect(fieldOf(bot.cardFor('diego', write.id), 'text')).toContain('Nurfelheim');
    const written = bot.cardFor('diego', write.id);
    const title = String(buttonsOf(written).find((one) => String(one['title']).startsWith('Remind me'))!['title']);
    await bot.press('diego', write.id, title, { number: '613999003', text: fieldOf(written, 'text') ?? '' });
    // What goes wrong: the same activity again, an answer that Teams does not take, data that fit nothing.
    const again = messageActivity(scene, { id: 'again-1', text: `check: ${draft}` });
    bot.standIn.onRequest = ({ method }) => (method === 'POST' ? { status: 500 } : undefined);
    await bot.client.post(again);
    bot.standIn.onRequest = () => undefined;
    for (let n = 0; n < 2; n += 1) await bot.client.post(again);
    const action = { type: 'Action.Execute', verb: 'message-check/remind', data: { ...inputs, at: draft, icm: draft } };
    await bot.client.post(cardActionActivity(scene, { action, replyToId: form.id }));
    await bot.app.settle();

    const kept = (await dump(database)) + bot.log.join('\n');
    expect(canaries.filter((word) => kept.toLowerCase().includes(word.toLowerCase()))).toEqual([]);
    // The search itself finds what is kept.
    expect(kept).toContain('613999002');
    await bot.stop();
  }, 60_000);
});
