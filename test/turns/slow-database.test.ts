import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openPostgres } from '../../src/store/database.ts';
import { Harness } from '../support/harness.ts';

const url = process.env['TEST_POSTGRES'];

(url === undefined ? describe.skip : describe)('a bot whose PostgreSQL is too slow', () => {
  const schema = `slow_${randomBytes(6).toString('hex')}`;
  const inSchema = `${url}${url?.includes('?') ? '&' : '?'}options=-csearch_path%3D${schema}`;
  let bot: Harness;
  let other: pg.Client;
  beforeAll(async () => {
    other = new pg.Client({ connectionString: url as string, options: `-c search_path=${schema}` });
    await other.connect();
    await other.query(`CREATE SCHEMA ${schema}`);
    bot = await Harness.start({ database: openPostgres(inSchema, { max: 3 }) });
  });
  afterAll(async () => {
    await bot.stop();
    await other.query(`DROP SCHEMA ${schema} CASCADE; DROP SCHEMA IF EXISTS ${schema}_boss CASCADE`);
    await other.end();
  });

  /** Asks and presses while the records are out of reach; gives what is said and how long each took. */
  const pressAll = async (messageIds: readonly string[]) =>
    Promise.all(
      messageIds.map(async (id) => {
        const from = performance.now();
        const outcome = await bot.press('priya', id, 'Something is broken, a bug fix');
        return { outcome, ms: performance.now() - from };
      }),
    );
  const cards = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let at = 0; at < count; at += 1) ids.push((await bot.ask('priya', 'should I open an ICM?')).message.id);
    return ids;
  };

  test('answers every button with a sentence in less than 4 s while all connections are taken', async () => {
    const ids = await cards(4);
    const busy = Array.from({ length: 3 }, () => bot.database.query('SELECT pg_sleep(4.5)'));
    const answers = await pressAll(ids);
    for (const { outcome, ms } of answers) {
      expect(outcome).toMatchObject({ kind: 'notice' });
      expect(ms).toBeLessThan(4_000);
    }
    await Promise.all(busy);
  });

  test('answers every button with a sentence in less than 4 s while a lock holds up its statements, and then as ever', async () => {
    const ids = await cards(2);
    await other.query('BEGIN; LOCK TABLE dialog IN ACCESS EXCLUSIVE MODE');
    const answers = await pressAll(ids);
    await other.query('ROLLBACK');
    for (const { outcome, ms } of answers) {
      expect(outcome).toMatchObject({ kind: 'notice' });
      expect(ms).toBeLessThan(4_000);
    }
    await bot.app.settle();
    expect((await pressAll(await cards(1)))[0]?.outcome).toMatchObject({ kind: 'card' });
  });
});
