import { openPostgres } from '../../src/store/database.ts';
import { OwnServer, postgresPrograms } from './own-server.ts';
import { Stage, until } from './stage.ts';

/** RESTARTS=100 is the number of the reliability page. */
const restarts = Number(process.env['RESTARTS'] ?? 3);
const signals = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;
const ends = Array.from({ length: restarts }, (_item, n) => [signals[n % 3] as (typeof signals)[number], n] as const);

const programs = postgresPrograms();
if (programs === undefined)
  console.log(
    'No PostgreSQL programs that can be run under /usr/lib/postgresql: restarts of the server are not tested.',
  );

(programs === undefined ? describe.skip : describe)('a bot whose PostgreSQL goes away', () => {
  let server: OwnServer;
  beforeAll(async () => {
    server = await OwnServer.make(programs as string);
    await server.start();
  }, 60_000);
  afterAll(() => server.remove());

  test.each(ends)(
    'by %s and comes back after two seconds, sends what was due meanwhile within 30 s and no post three times',
    async (signal, round) => {
      const stage = await Stage.start({ database: openPostgres(server.url) });
      await stage.app.ready;
      stage.connector.faults = () => ({ delayMs: 20, answerMs: 20 });
      const from = Date.now();
      const all = Array.from({ length: 120 }, (_item, n) =>
        stage.delivery({
          tenantId: `${signal}-${round}-${n % 8}`,
          channel: `c${n}`,
          subject: `${signal}-${round}-${n}`,
          dueAt: from + 200 + n * 40,
        }),
      );
      await stage.add(...all);
      await until(() => stage.connector.copies.length >= 15, 10_000, 'the first are out');
      await server.end(signal);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      await server.start();
      const back = Date.now();
      const subjects = all.map(({ subject }) => subject);
      await until(
        () => new Set(stage.connector.copies.map(({ text }) => text.split(' ')[0])).size === 120,
        30_000,
        'all are out',
      );
      await until(
        async () => (await stage.rows(...subjects)).every(({ state }) => state === 'sent'),
        20_000,
        'all are kept as sent',
      );
      const after = stage.connector.copies.filter(({ at }) => at > back).map(({ at }) => at - back);
      expect(Math.min(...after)).toBeLessThan(30_000);
      for (const { subject, dueAt } of all) {
        const copies = stage.copiesOf(subject);
        expect(copies.length).toBeLessThanOrEqual(2);
        expect(copies.slice(1)).toEqual(copies.slice(1).map(() => `${subject} (repeat)`));
        expect(stage.triesOf(subject)[0]).toBeGreaterThanOrEqual(dueAt.getTime());
      }
      await stage.stop();
    },
    90_000,
  );

  test('is waited for at the start, and what is due goes out within 10 s of its coming', async () => {
    const first = await Stage.start({ database: openPostgres(server.url) });
    await first.app.ready;
    await first.add(first.delivery({ tenantId: 'waited', subject: 'waited', dueAt: Date.now() + 1_000 }));
    const { connector } = first;
    await first.app.stop(1_000);
    await server.end('SIGINT');
    const stage = await Stage.start({ database: openPostgres(server.url) });
    const ready = async () => (await fetch(`${stage.url}/readyz`)).status;
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(await ready()).toBe(503);
    await server.start();
    const back = Date.now();
    await until(async () => (await ready()) === 200, 10_000, '/readyz says that it runs');
    await until(() => connector.copies.some(({ text }) => text === 'waited'), 10_000, 'what was due is out');
    expect(Date.now() - back).toBeLessThan(30_000);
    await stage.stop();
    await connector.stop();
  }, 60_000);
});
