/**
 * Row X13 and "must show" 5: engineers who each do an own check in one thread, in random orders. A program of its own,
 * since it runs twice as fast outside of jest. Arguments: name of the database, how many interleavings, seed. Prints one
 * line of JSON for the test.
 */
import assert from 'node:assert/strict';
import { Pool } from 'undici';
import { createCardRenderer, warmTemplates } from '../../src/bot/card-renderer.ts';
import { cards, features } from '../../src/features/index.ts';
import type { Services } from '../../src/features/feature.ts';
import { loadPlaybook } from '../../src/playbook/load.ts';
import { loadUnderstanding } from '../../src/understanding/load.ts';
import { createMail } from '../../src/mail/mail.ts';
import { testDatabases } from '../support/databases.ts';
import { cardOf, Harness, wordsIn } from '../support/harness.ts';
import { Engineer, type Thread } from './engineer.ts';
import { Dice } from './mutate.ts';
import { errorsOf } from './parts.ts';

const [, , databaseName, wanted, first] = process.argv;
const rounds = Number(wanted);
const seed = Number(first);

const database = await testDatabases.find(({ name }) => name === databaseName)?.open();
assert(database, `no database ${databaseName}`);
await warmTemplates();
const bot = await Harness.start({ database });
const pool = new Pool(bot.url, { connections: 12 });
const notHere = (): never => assert.fail('a check needs nothing of this');
const services: Services = {
  playbook: loadPlaybook(),
  understanding: loadUnderstanding(),
  features,
  cards: new Map(cards.map((card) => [card.name, card])),
  answer: notHere,
  newId: notHere,
  personalChat: notHere,
  member: notHere,
  records: { query: notHere },
  deliver: notHere,
  takeBack: notHere,
  mail: createMail(undefined),
};
const shared = { bot, pool, services, renderer: createCardRenderer(new URL('../../cards/', import.meta.url)) };

const from = performance.now();
const totals = { turns: 0, checks: 0, ended: 0 };
for (let round = 0; round < rounds; round += 1) {
  try {
    await interleave(round);
  } catch (error) {
    throw new Error(`round ${round} of seed ${seed}`, { cause: error });
  }
}
const seconds = (performance.now() - from) / 1_000;
await pool.close();
await bot.stop();
process.stdout.write(`${JSON.stringify({ rounds, seed, seconds, ...totals })}\n`);

/** One thread from its first post to the last step. */
async function interleave(round: number): Promise<void> {
  const dice = new Dice(seed * 1_000_003 + round);
  const { conversations, world } = bot.standIn;
  const root = conversations.add(world.channel.id, undefined, '29:somebody', { text: 'Five cases today.' });
  const thread: Thread = { ...shared, dice, rootId: root.id };
  const engineers = world.people.map((person) => new Engineer(person, thread));
  const left = new Map(engineers.map((engineer) => [engineer, 2 + dice.below(5)]));
  while (left.size > 0) {
    const moving = [...left.keys()].filter(() => dice.chance(0.5));
    await Promise.all(moving.map((engineer) => engineer.step(engineers)));
    for (const engineer of moving) {
      const steps = (left.get(engineer) ?? 1) - 1;
      if (steps > 0) left.set(engineer, steps);
      else left.delete(engineer);
    }
  }
  await bot.app.settle();

  const kept = await bot.database.query<{ id: string; is_open: boolean }>(
    `SELECT id, owner_id, owner_name, revision, is_open, state FROM dialog WHERE conversation_id = $1 ORDER BY id`,
    [`${world.channel.id};messageid=${root.id}`],
  );
  const alone = engineers
    .flatMap(({ checks }) => checks)
    .map(({ id, ownerId, ownerName, revision, open, state }) => {
      return { id, owner_id: ownerId, owner_name: ownerName, revision, is_open: open, state };
    });
  assert.deepEqual(
    kept.map((row) => ({ ...row })),
    alone.sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
  // What everybody reads on a card is about the one whose card it is.
  for (const engineer of engineers) {
    const message = conversations.message(engineer.messageId);
    assert(message && wordsIn(cardOf(message)).includes(engineer.person.name));
  }
  assert.deepEqual(errorsOf(bot), []);

  totals.turns += engineers.reduce((sum, { turns }) => sum + turns, 0);
  totals.checks += kept.length;
  totals.ended += kept.filter((row) => !row.is_open).length;
  for (const message of bot.messages()) conversations.remove(message.id);
  bot.standIn.requests.length = 0;
  bot.log.length = 0;
}
