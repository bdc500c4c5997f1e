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

  const pressAll = (messageIds: readonly string[]) =>
    Promise.all(messageIds.map((id) => bot.press('priya', id, 'Something is broken, a bug fix')));
  const cards = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let at = 0; at < count; at += 1) ids.push((await bot.ask('priya', 'should I open an ICM?')).message.id);
    return ids;
  };

  test('answers every button with a sentence while all connections are taken, and does not wait for one', async () => {
    const ids = await cards(4);
    let isFree = false;
    const busy = Promise.all(Array.from({ length: 3 }, () => bot.database.query('SELECT pg_sleep(4.8)')));
    void busy.then(() => (isFree = true));
    const answers = await pressAll(ids);
    expect(isFree).toBe(false);
    for (const outcome of answers) expect(outcome).toMatchObject({ kind: 'notice' });
    await busy;
  });

  test('answers every button with a sentence while a lock holds up its statements, and then as ever', async () => {
    const ids = await cards(2);
    await other.query('BEGIN; LOCK TABLE dialog IN ACCESS EXCLUSIVE MODE');
    const answers = await pressAll(ids);
    await other.query('ROLLBACK');
    for (const outcome of answers) expect(outcome).toMatchObject({ kind: 'notice' });
    await bot.app.settle();
    expect((await pressAll(await cards(1)))[0]).toMatchObject({ kind: 'card' });
  });
});
