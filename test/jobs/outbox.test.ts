import { createAlarm } from '../../src/jobs/alarm.ts';
import type { NewDelivery } from '../../src/features/feature.ts';
import { createLogger } from '../../src/logger.ts';
import type { Database } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createOutbox, type Leased, type Outbox } from '../../src/store/outbox.ts';
import { testDatabases } from '../support/databases.ts';

describe.each(testDatabases)('the outbox on $name', ({ open }) => {
  let database: Database;
  let outbox: Outbox;
  const alarms: { id: string; at: Date }[] = [];
  const clock = { now: Date.UTC(2026, 10, 20, 9) };
  let count = 0;

  beforeAll(async () => {
    database = await open();
    await migrate(database);
    outbox = createOutbox(
      database,
      async (rows) => void alarms.push(...rows),
      () => new Date(clock.now),
    );
  });
  afterAll(() => database.close());

  const delivery = (more: Partial<NewDelivery> & { channel?: string } = {}): NewDelivery => {
    count += 1;
    return {
      tenantId: `t${count}`,
      place: {
        kind: 'channel',
        conversationId: `${more.channel ?? `19:c${count}`};messageid=${count}`,
        serviceUrl: 'http://x',
        botId: '28:b',
      },
      job: 'test/post',
      subject: `s${count}`,
      stage: 'one',
      dueAt: new Date(clock.now),
      ...more,
    };
  };
  const add = async (...deliveries: NewDelivery[]): Promise<string[]> => {
    const from = alarms.length;
    await database.transaction((transaction) => outbox.add(transaction, deliveries));
    return alarms.slice(from).map(({ id }) => id);
  };
  const stateOf = async (id: string) =>
    (
      await database.query<{ state: string; copies: number; wake_at: Date }>('SELECT * FROM outbox WHERE id = $1', [id])
    )[0];

  test('a row is leased once, and again only when its lease has run out', async () => {
    const ids = await add(delivery());
    expect(await outbox.claim(ids)).toHaveLength(1);
    expect(await outbox.claim(ids)).toHaveLength(0);
    clock.now += 11_001;
    const [second] = await outbox.claim(ids);
    expect(second?.attempt).toBe(2);
  });

  test('whoever lost the lease can neither begin nor finish', async () => {
    const ids = await add(delivery());
    const [first] = await outbox.claim(ids);
    clock.now += 11_001;
    const [second] = await outbox.claim(ids);
    expect(await outbox.begin(first as Leased)).toBe(false);
    expect(await outbox.finish(first as Leased, { kind: 'sent', activityId: '1' })).toBe(false);
    expect(await outbox.begin(second as Leased)).toBe(true);
    expect(await outbox.finish(second as Leased, { kind: 'sent', activityId: '2' })).toBe(true);
    expect(await stateOf(ids[0] as string)).toMatchObject({ state: 'sent', copies: 1, activity_id: '2' });
  });

  test('nothing is leased before its time, and the same delivery is kept once', async () => {
    const later = delivery({ dueAt: new Date(clock.now + 60_000) });
    const ids = await add(later);
    expect(await add(later)).toEqual([]);
    expect(await outbox.claim(ids)).toHaveLength(0);
    clock.now += 60_000;
    expect(await outbox.claim(ids)).toHaveLength(1);
  });

  test('what is taken back between the lease and the post is not posted', async () => {
    const one = delivery();
    const ids = await add(one);
    const [row] = await outbox.claim(ids);
    await database.transaction((transaction) => outbox.takeBack(transaction, one.tenantId, one.subject));
    expect(await outbox.begin(row as Leased)).toBe(false);
    expect(await stateOf(ids[0] as string)).toMatchObject({ state: 'dropped' });
  });

  test('a third copy is never begun', async () => {
    const ids = await add(delivery());
    for (const copies of [1, 2]) {
      const [row] = await outbox.claim(ids);
      expect(await outbox.begin(row as Leased)).toBe(true);
      expect(await stateOf(ids[0] as string)).toMatchObject({ copies });
      clock.now += 11_001;
    }
    const [third] = await outbox.claim(ids);
    expect(third?.copies).toBe(2);
    expect(await outbox.begin(third as Leased)).toBe(false);
  });

  test('what surely did not arrive gives its copy back and waits', async () => {
    const ids = await add(delivery());
    const [row] = await outbox.claim(ids);
    await outbox.begin(row as Leased);
    await outbox.finish(row as Leased, {
      kind: 'again',
      inMs: 5_000,
      failed: true,
      posted: false,
      reason: 'status 429',
    });
    expect(await stateOf(ids[0] as string)).toMatchObject({ state: 'waiting', copies: 0, failures: 1 });
    expect(alarms.at(-1)).toMatchObject({ id: ids[0], at: new Date(clock.now + 5_000) });
    expect(await outbox.claim(ids)).toHaveLength(0);
    clock.now += 5_000;
    expect(await outbox.claim(ids)).toHaveLength(1);
  });

  test('a channel gets five at once and then one a second, the oldest promise first', async () => {
    const tenantId = 'paced';
    const many = Array.from({ length: 40 }, (_item, n) =>
      delivery({ tenantId, channel: '19:paced', dueAt: new Date(clock.now - ((n * 17) % 40)) }),
    );
    const ids = await add(...many);
    const first = await outbox.claim(ids);
    expect(first.map((row) => row.dueAt.getTime())).toEqual([39, 38, 37, 36, 35].map((ago) => clock.now - ago));
    const posted: number[] = first.map(() => clock.now);
    for (let tick = 0; posted.length < 40 && tick < 200; tick += 1) {
      clock.now += 500;
      for (const _row of await outbox.claim(ids)) posted.push(clock.now);
    }
    expect(posted).toHaveLength(40);
    const within = (ms: number) =>
      Math.max(...posted.map((at) => posted.filter((other) => other >= at && other < at + ms).length));
    expect(within(1_000)).toBeLessThanOrEqual(7);
    expect(within(2_000)).toBeLessThanOrEqual(8);
    expect(within(30_000)).toBeLessThanOrEqual(50);
    expect(posted.at(-1)! - posted[0]!).toBeLessThanOrEqual(36_000);
  });

  test('a tenant gets 25 at once and then 25 a second, over all its channels', async () => {
    const ids = await add(...Array.from({ length: 60 }, () => delivery({ tenantId: 'big' })));
    expect(await outbox.claim(ids)).toHaveLength(25);
    clock.now += 1_000;
    expect(await outbox.claim(ids)).toHaveLength(25);
    clock.now += 1_000;
    expect(await outbox.claim(ids)).toHaveLength(10);
  });

  test('a channel that asked to be left alone is left alone, others are not', async () => {
    const [quiet, loud] = [delivery({ tenantId: 'q' }), delivery({ tenantId: 'q' })];
    const ids = await add(quiet, loud);
    await outbox.leaveAlone('q', quiet.place.conversationId.split(';')[0] as string, 3_600_000);
    expect((await outbox.claim(ids)).map((row) => row.subject)).toEqual([loud.subject]);
    clock.now += 3_599_000;
    expect(await outbox.claim(ids)).toHaveLength(1);
    clock.now += 1_000;
    expect((await outbox.claim([ids[0] as string])).map((row) => row.subject)).toEqual([quiet.subject]);
  });

  test('what is leased is not begun when its channel is to be left alone, or parked, since', async () => {
    const [quiet, closed] = [delivery({ tenantId: 'late' }), delivery({ tenantId: 'late' })];
    const ids = await add(quiet, closed);
    const [first, second] = await outbox.claim(ids);
    await outbox.leaveAlone('late', quiet.place.conversationId.split(';')[0] as string, 2_000);
    await outbox.park('late', closed.place.conversationId.split(';')[0] as string, 'closed');
    expect(await outbox.begin(first as Leased)).toBe(false);
    expect(await outbox.begin(second as Leased)).toBe(false);
    clock.now += 2_000;
    expect(await outbox.begin(first as Leased)).toBe(true);
    await outbox.unpark('late', closed.place.conversationId.split(';')[0] as string);
  });

  test('a row remembers in which form it is tried next', async () => {
    const ids = await add(delivery());
    for (const form of ['shorter', 'new thread'] as const) {
      const [row] = await outbox.claim(ids);
      await outbox.finish(row as Leased, { kind: 'again', inMs: 0, failed: false, posted: false, reason: 'x', form });
    }
    expect((await outbox.claim(ids))[0]).toMatchObject({ shorter: true, newThread: true, copies: 0 });
  });

  test('a parked channel keeps what is for it, and gives it out when somebody speaks there again', async () => {
    const one = delivery({ channel: '19:parked' });
    const ids = await add(one);
    await outbox.park(one.tenantId, '19:parked', 'I was removed there.');
    expect(await outbox.claim(ids)).toHaveLength(0);
    expect(await stateOf(ids[0] as string)).toMatchObject({ state: 'parked', reason: 'I was removed there.' });
    expect(await outbox.health()).toMatchObject({ parked: 1 });
    expect([...(await outbox.parkedChannels())]).toEqual([`${one.tenantId} 19:parked`]);
    await outbox.unpark(one.tenantId, '19:parked');
    expect(await outbox.claim(ids)).toHaveLength(1);
  });

  test('what is over two minutes late is found by the auditor', async () => {
    const before = (await outbox.health()).late;
    await add(delivery({ dueAt: new Date(clock.now - 121_000) }));
    expect((await outbox.health()).late).toBe(before + 1);
  });

  test('a row whose alarm was lost is found a second later', async () => {
    const ids = await add(delivery());
    expect(await outbox.lost()).not.toContain(ids[0]);
    clock.now += 1_000;
    expect(await outbox.lost()).toContain(ids[0]);
  });
});

describe.each(testDatabases)('the alarm on $name', ({ open }) => {
  let database: Database;
  const log: string[] = [];
  beforeAll(async () => {
    database = await open();
    await migrate(database);
  });
  afterAll(() => database.close());

  test('rings what is due, the oldest first, to one process only, and never what is not due', async () => {
    const logger = createLogger('warn', { write: (line: string) => void log.push(line) });
    const [one, two] = [createAlarm(database, logger), createAlarm(database, logger)];
    expect(await one.start()).toBe(true);
    expect(await two.start()).toBe(false);
    const soon = (n: number) => ({
      id: crypto.randomUUID(),
      at: new Date(Date.now() - 5_000),
      dueAt: new Date(Date.now() - n * 60_000),
    });
    const rows = [soon(1), soon(3), soon(2)];
    await one.set([...rows, { ...soon(9), at: new Date(Date.now() + 60_000) }]);
    const first = await one.ring(2);
    expect(new Set(first.map(({ id }) => id))).toEqual(new Set([rows[1]?.id, rows[2]?.id]));
    const rest = await two.ring(10);
    expect(rest.map(({ id }) => id)).toEqual([rows[0]?.id]);
    await one.off([...first, ...rest].map(({ jobId }) => jobId));
    expect(await one.ring(10)).toEqual([]);
    await Promise.all([one.stop(), two.stop()]);
    expect(log).toEqual([]);
  });

  test('an alarm in a transaction that is rolled back never rings, and lost tables do not fail the transaction', async () => {
    const alarm = createAlarm(database, createLogger('silent'));
    await alarm.start();
    const row = { id: crypto.randomUUID(), at: new Date(0), dueAt: new Date(0) };
    await expect(
      database.transaction(async (transaction) => {
        await alarm.set([row], transaction);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await alarm.ring(10)).toEqual([]);
    const [where] = await database.query<{ schema: string }>('SELECT current_schema() AS schema');
    await database.query(`DROP SCHEMA ${where?.schema === 'public' ? 'pgboss' : `${where?.schema}_boss`} CASCADE`);
    await database.transaction(async (transaction) => {
      await alarm.set([row], transaction);
      await transaction.query('SELECT 1');
    });
    await expect(alarm.ring(1)).rejects.toThrow();
    expect(await alarm.start()).toBe(true);
    await alarm.set([row]);
    expect(await alarm.ring(1)).toHaveLength(1);
    await alarm.stop();
  });
});
