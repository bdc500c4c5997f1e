import { readdirSync } from 'node:fs';
import { purge } from '../../src/features/about/purge.ts';
import { loadPlaybook } from '../../src/playbook/load.ts';
import type { Database, Queryable } from '../../src/store/database.ts';
import { createReadings } from '../../src/store/readings.ts';
import { testDatabases } from '../support/databases.ts';
import { EscalationStage } from '../features/escalation/stage.ts';
import { buttonsOf, cardOf } from '../support/harness.ts';
import { writeRecorded, type Recorded } from './recorded.ts';

/**
 * `node test/upgrade/record.ts`: what this version says to its tables while people use it, kept in `statements/` under
 * the name of its newest migration. The versions after it are held against that file (`upgrade.test.ts`); record once
 * when a version is released, and never anew for an older one.
 */
const recorded: Recorded[] = [];
const seen = new Set<string>();
let transactions = 0;

const plain = (value: unknown): unknown => (value instanceof Date ? { $date: value.toISOString() } : value);

/** The same database; what is said to it is written down. */
function recording(database: Database): Database {
  const noting = (to: Queryable, transaction: number | undefined): Queryable => ({
    async query<Row extends object>(sql: string, values: readonly unknown[] = [], name?: string) {
      const rows = await to.query<Row>(sql, values, name);
      recorded.push({ sql, values: values.map(plain), ...(transaction === undefined ? {} : { transaction }) });
      seen.add(sql);
      return rows;
    },
  });
  return {
    ...database,
    ...noting(database, undefined),
    transaction: (work) => {
      transactions += 1;
      const number = transactions;
      return database.transaction((transaction) => work(noting(transaction, number)));
    },
  };
}

const database = await (testDatabases[0] as (typeof testDatabases)[number]).open();
const watched = recording(database);
const stage = await EscalationStage.start(watched, { moreFeatures: [] });
const { bot } = stage;
// The migrations themselves are no part of it.
recorded.splice(0);
seen.clear();

const channel = { kind: 'channel' } as const;
const minute = 60_000;
for (const place of [undefined, channel]) {
  for (const line of [
    'help',
    'sev a?',
    'zzz qqq',
    'my time zone is Europe/Berlin',
    'track 512345678 sev B',
    'next update on 512345678 in 30 minutes',
    'my reminders',
    'my icms',
  ])
    await bot.say('priya', line, place);
  await bot.pass(35 * minute);
  for (const line of [
    'snooze 1h',
    'update sent',
    'remind me about 512345678 in 3 hours',
    'no more updates due',
    'escalate 512345678',
    'my escalations',
    'csat package 512345678',
    'shiproom',
    'history 512345678',
    'what do you keep about me?',
    'resolve 512345678',
    'topics',
  ])
    await bot.say('priya', line, place);
  // Every button of every card, with something in each field, by its owner and by another.
  for (const line of ['should I open an ICM?', 'escalate 512345678', 'track 512345679', 'zzz qqq', 'sev a?']) {
    const [message] = await bot.say('priya', line, place);
    if (!message?.content.attachments?.length) continue;
    for (const button of buttonsOf(cardOf(message)).slice(0, 12)) {
      if (button['type'] !== 'Action.Execute') continue;
      const data = { ...(button['data'] as object | undefined), ...filled(bot.cardFor('priya', message.id)) };
      for (const who of ['priya', 'mei'])
        await bot.client.press(bot.person(who), message.id, { ...button, data, type: 'Action.Execute' });
      await bot.app.settle();
    }
  }
  await bot.pass(24 * 60 * minute);
}

// What needs more than one person, or none.
await bot.client.announceInstalls();
await bot.client.setInstalled(bot.person('lukas'), true);
const approved = await stage.request('priya', { number: '600000001' });
await stage.decide('amara', approved.smes, 'Send the question', { question: 'Since when?' });
const [asked] = await bot.pass(1_000);
if (asked) await bot.press('priya', asked.id, 'Send the answer', { answer: 'Since Monday.' });
await stage.decide('amara', approved.smes, 'Approve', { avoided: 'Call back in time.' });
const packages = await bot.pass(minute);
for (const { id, content } of packages.filter((message) => message.content.attachments?.length))
  for (const button of buttonsOf(content.attachments?.[0]?.content))
    if (button['type'] === 'Action.Execute')
      await bot.client.press(bot.person('priya'), id, {
        ...button,
        type: 'Action.Execute',
        data: { ...(button['data'] as object), done: 'srTitle,note' },
      });
await bot.app.settle();
const declined = await stage.request('lukas', { number: '600000002' });
await stage.decide('amara', declined.smes, 'Decline the request', { reason: 'No risk.' });
const withdrawn = await stage.request('lukas', { number: '600000003' });
await bot.press('lukas', withdrawn.card.id, 'Withdraw');
await bot.pass(72 * 60 * minute);
for (const line of ['shiproom', 'history 600000001', 'my escalations']) await bot.say('priya', line);
await createReadings(watched)();
await bot.say('priya', 'resolve 512345679');
const { message } = await bot.ask('priya', 'forget me');
await bot.press('priya', message.id, 'Forget me');
await purge(watched, loadPlaybook().retention);
await bot.stop();

function filled(card: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    const { type, id, choices, value } = node as Record<string, unknown> & { choices?: { value: string }[] };
    if (typeof type === 'string' && type.startsWith('Input.') && typeof id === 'string')
      found[id] = choices?.[0]?.value ?? (typeof value === 'string' && value !== '' ? value : 'Some words');
    Object.values(node).forEach(walk);
  };
  walk(card);
  return found;
}

const newest = readdirSync(new URL('../../src/store/migrations/', import.meta.url))
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .at(-1)
  ?.slice(0, 4);
if (newest === undefined) throw new Error('Expected migrations');
writeRecorded(newest, recorded);
process.stdout.write(`${recorded.length} statements, ${seen.size} different, as version ${newest}
`);
