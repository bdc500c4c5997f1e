import { readdirSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Person, Place } from '../../src/features/feature.ts';
import { openPostgres, type Database } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createPlaces, type Places } from '../../src/store/places.ts';
import { temporaryFolder, testDatabases } from '../support/databases.ts';

const migrations = readdirSync(new URL('../../src/store/migrations/', import.meta.url)).sort();

describe.each(testDatabases)('a database on $name', (home) => {
  let database: Database;
  beforeEach(async () => {
    database = await home.open();
  });
  afterEach(() => database.close());

  const numbers = async () =>
    (await database.query<{ n: number }>('SELECT n FROM number ORDER BY n')).map(({ n }) => n);
  const makeTable = () => database.query('CREATE TABLE number (n integer PRIMARY KEY)');

  test('keeps what a transaction did', async () => {
    await makeTable();
    const result = await database.transaction(async (transaction) => {
      await transaction.query('INSERT INTO number VALUES (1), (2)');
      return 'done';
    });
    expect([result, await numbers()]).toEqual(['done', [1, 2]]);
  });

  test.each<[string, (run: (sql: string) => Promise<unknown>) => Promise<unknown>]>([
    ['throws', () => Promise.reject(new Error('changed my mind'))],
    ['has a failed statement', (run) => run('SELECT 1 / 0')],
    ['breaks a rule', (run) => run('INSERT INTO number VALUES (1)')],
    ['swallows a failed statement', (run) => run('SELECT 1 / 0').catch(() => {})],
  ])('rolls back a transaction that %s, and goes on', async (_title, fail) => {
    await makeTable();
    const work = database.transaction(async (transaction) => {
      await transaction.query('INSERT INTO number VALUES (1)');
      await fail((sql) => transaction.query(sql));
    });
    await expect(work).rejects.toThrow();
    expect(await numbers()).toEqual([]);
    await database.query('INSERT INTO number VALUES (7)');
    expect(await numbers()).toEqual([7]);
  });

  test('is not poisoned by failed statements, one after the other or many at once', async () => {
    const bad = [
      'SELECT 1 / 0',
      'SELEC 1',
      'SELECT * FROM nowhere',
      "SELECT '\u{1F600}'::integer",
      'BEGIN; SELECT 1 / 0',
      'COMMIT; SELECT 1 / 0',
    ];
    for (const sql of bad) {
      await expect(database.query(sql)).rejects.toThrow();
      expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    }
    const all = await Promise.allSettled(
      Array.from({ length: 40 }, (_, at) => database.query(at % 2 ? 'SELECT 1 / 0' : 'SELECT 1 AS one')),
    );
    expect(all.map(({ status }) => status)).toEqual(
      Array.from({ length: 40 }, (_, at) => (at % 2 ? 'rejected' : 'fulfilled')),
    );
  });

  test('passes a failure on as it is, with the code of the database', async () => {
    await makeTable();
    await database.query('INSERT INTO number VALUES (1)');
    await expect(database.query('INSERT INTO number VALUES (1)')).rejects.toMatchObject({ code: '23505' });
  });

  test('gives the same types for the same columns', async () => {
    const [row] = await database.query(
      `SELECT 1::int AS a, 2::bigint AS b, true AS c, 'x'::text AS d, '{"e":[1]}'::jsonb AS e, NULL AS f, now() AS g`,
    );
    expect(row).toEqual({ a: 1, b: '2', c: true, d: 'x', e: { e: [1] }, f: null, g: expect.any(Date) as unknown });
  });

  describe('migrations', () => {
    test('run once, in the order of their names', async () => {
      expect(await migrate(database)).toEqual(migrations);
      expect(await migrate(database)).toEqual([]);
    });

    test('run once when several processes start at the same time', async () => {
      const all = await Promise.all(Array.from({ length: 5 }, () => migrate(database)));
      expect(all.flat().sort()).toEqual(migrations);
      expect(await database.query('SELECT name FROM migration ORDER BY at')).toEqual(
        migrations.map((name) => ({ name })),
      );
    });

    test('that fail leave nothing behind, and run when they are mended', async () => {
      const folder = temporaryFolder();
      const write = (name: string, sql: string) => writeFileSync(join(folder.path, name), sql);
      const files = pathToFileURL(`${folder.path}/`);
      try {
        write(
          '0001-a.sql',
          "-- it's a comment; not code\nCREATE TABLE a (\n  x text DEFAULT ';'\n);\nINSERT INTO a VALUES ('1');\n",
        );
        write('0002-b.sql', 'CREATE TABLE b (x text);\nSELECT 1 / 0;\n');
        write('notes.txt', 'no SQL');
        await expect(migrate(database, files)).rejects.toMatchObject({ code: '22012' });
        expect(
          await database.query(`SELECT to_regclass('a') IS NOT NULL AS a, to_regclass('b') IS NOT NULL AS b`),
        ).toEqual([{ a: true, b: false }]);
        write(
          '0002-b.sql',
          'CREATE TABLE b (x text);\nCREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  RETURN 1;\nEND $$;\nINSERT INTO b SELECT f();',
        );
        expect(await migrate(database, files)).toEqual(['0002-b.sql']);
        expect(await database.query('SELECT x FROM b')).toEqual([{ x: '1' }]);
      } finally {
        folder.remove();
      }
    });
  });
});

describe.each(testDatabases)('places on $name', (home) => {
  let database: Database;
  let places: Places;
  beforeAll(async () => {
    database = await home.open();
    await migrate(database);
    places = createPlaces(database);
  });
  afterAll(() => database.close());
  const person: Person = { tenantId: 't', aadObjectId: 'aad', teamsId: '29:x', name: 'Ada' };
  const chat = (conversationId: string, serviceUrl = 'https://one/'): Place => ({
    kind: 'personal',
    conversationId,
    serviceUrl,
    botId: '28:b',
  });

  test('the newest personal chat of a person counts, and another person has none', async () => {
    await places.keepPersonalChat(person, chat('a'));
    await places.keepPersonalChat(person, chat('b', 'https://two/'));
    expect(await places.personalChat(person)).toEqual(chat('b', 'https://two/'));
    expect(await places.personalChat({ ...person, aadObjectId: 'x' })).toBeUndefined();
    expect(await places.personalChat({ ...person, tenantId: 'x' })).toBeUndefined();
  });

  test('a chat from which the bot was removed is forgotten, and only that one', async () => {
    await places.keepPersonalChat(person, chat('b'));
    await places.forgetPersonalChat('t', 'a');
    await places.forgetPersonalChat('x', 'b');
    expect(await places.personalChat(person)).toEqual(chat('b'));
    await places.forgetPersonalChat('t', 'b');
    expect(await places.personalChat(person)).toBeUndefined();
  });

  test('the bot introduces itself once in a conversation, until it is removed', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => places.introduceOnce('t', 'c')));
    expect(all.filter(Boolean)).toHaveLength(1);
    expect(await places.introduceOnce('x', 'c')).toBe(true);
    await places.forgetIntroduction('t', 'c');
    expect([await places.introduceOnce('t', 'c'), await places.introduceOnce('t', 'c')]).toEqual([true, false]);
  });
});

describe('a PostgreSQL', () => {
  const url = process.env['TEST_POSTGRES'];
  const where = url === undefined ? test.skip : test;

  test('that is not there is unavailable, whatever is asked of it', async () => {
    const database = openPostgres('postgres://user:CANARY@127.0.0.1:1/nowhere');
    for (const work of [() => database.query('SELECT 1'), () => database.transaction(() => Promise.resolve())]) {
      const failure: unknown = await work().catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'database-unavailable' });
      expect((failure as Error).message).not.toContain('CANARY');
    }
    await database.close();
  });

  where('that cuts connections in use, idle or in a transaction ends no process, and the next turn works', async () => {
    const database = openPostgres(url as string, { max: 2 });
    const other = openPostgres(url as string, { max: 1 });
    const pidOf = async (from: Pick<Database, 'query'>) =>
      (await from.query<{ pid: number }>('SELECT pg_backend_pid() AS pid'))[0]?.pid;
    const cut = (pid: number | undefined) => other.query('SELECT pg_terminate_backend($1)', [pid]);
    try {
      const inTransaction = database.transaction(async (transaction) => {
        await cut(await pidOf(transaction));
        // The news reaches the connection while nobody asks anything of it.
        await other.query('SELECT pg_sleep(0.2)');
        await transaction.query('SELECT 1');
      });
      await expect(inTransaction).rejects.toMatchObject({ code: 'database-unavailable' });
      const sleeping = database.transaction(async (transaction) => {
        const pid = await pidOf(transaction);
        await Promise.all([transaction.query('SELECT pg_sleep(4)'), cut(pid)]);
      });
      await expect(sleeping).rejects.toMatchObject({ code: 'database-unavailable' });
      await cut(await pidOf(database));
      await other.query('SELECT pg_sleep(0.2)');
      expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      await database.close();
      await other.close();
    }
  });

  where('whose statement hangs gives up after five seconds', async () => {
    const database = openPostgres(url as string, { max: 1 });
    await expect(database.query('SELECT pg_sleep(60)')).rejects.toMatchObject({ code: 'database-unavailable' });
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await database.close();
  });
});
