import type { Database } from '../../src/store/database.ts';
import { testDatabases } from '../support/databases.ts';
import type { Darkness } from '../support/strict-connector.ts';
import { postSubject, Stage, until } from './stage.ts';

const minute = 60_000;

describe.each(testDatabases)('an hour without the connector, on $name', ({ open }) => {
  test.each<Darkness>(['refuses', 'answers 503', 'hangs'])(
    'which %s, leaves 500 due rows that are out once each within 15 minutes, the oldest of a channel first',
    async (how) => {
      const stage = await Stage.start({ database: await open(), virtual: true, sendTimeoutMs: 1_000 });
      await stage.app.ready;
      const from = stage.clock.now;
      // One channel with many, and many with a few.
      const due = Array.from({ length: 500 }, (_item, n) =>
        stage.delivery({
          tenantId: `t${n % 8}`,
          channel: n < 100 ? 'many' : `c${n % 72}`,
          dueAt: from + ((n * 7_919) % 3_600) * 1_000,
        }),
      );
      await stage.add(
        ...due.map((one, n) =>
          n < 100 ? { ...one, tenantId: 't0', place: { ...one.place, conversationId: '19:t0-many' } } : one,
        ),
      );
      await stage.connector.goDark(how);
      // Each look at a connector that hangs takes a second.
      for (let at = 0; at < 12; at += 1) await stage.step(5 * minute);
      expect(stage.connector.copies).toEqual([]);
      await stage.connector.comeBack();
      const back = stage.clock.now;
      for (let at = 0; at < 1_800 && stage.connector.copies.length < 500; at += 1) await stage.step(500);
      expect(stage.clock.now - back).toBeLessThan(15 * minute);
      expect(stage.connector.complaints).toEqual([]);
      const subjects = stage.connector.copies.map(({ text }) => text.split(' ')[0]);
      expect(new Set(subjects).size).toBe(500);
      expect(subjects).toHaveLength(500);
      expect((await stage.rows()).filter(({ state }) => state !== 'sent')).toEqual([]);

      const dueOf = new Map(due.map(({ subject, dueAt }) => [subject, dueAt.getTime()]));
      const again = new Set(
        stage.connector.copies.filter(({ text }) => text.includes('repeat')).map(({ text }) => text.split(' ')[0]),
      );
      for (const copies of Map.groupBy(stage.connector.copies, (copy) => copy.conversationId).values()) {
        // Those that were under way when it went dark wait for a probe first, and may be passed meanwhile.
        const order = copies.map(({ text }) => text.split(' ')[0] as string).filter((subject) => !again.has(subject));
        const times = order.map((subject) => Math.floor((dueOf.get(subject) as number) / 1_000));
        // Posts of one moment overtake each other on the way, and a second that nobody else could use goes to whoever is
        // awake.
        const tooSoon = times.filter((time, at) => Math.min(...times.slice(at + 5), Infinity) < time);
        expect(tooSoon.length).toBeLessThanOrEqual(copies.length * 0.03);
      }
      await stage.stop();
    },
    60_000,
  );
});

describe.each(testDatabases)('a sender on $name', ({ open }) => {
  let database: Database;
  let stage: Stage;
  beforeAll(async () => {
    database = await open();
    stage = await Stage.start({ database, virtual: true, sendTimeoutMs: 1_000 });
    await stage.app.ready;
  });
  afterAll(() => stage.stop());
  afterEach(() => {
    stage.connector.faults = undefined;
    stage.run = undefined;
  });

  test('parks a row whose job always fails after five tries, tells of it, and sends the others meanwhile', async () => {
    const [bad, good] = [stage.delivery(), stage.delivery()];
    let tries = 0;
    stage.run = async (delivery, ...more) => {
      if (delivery.subject !== bad.subject) return postSubject(delivery, ...more);
      tries += 1;
      throw new Error('poison');
    };
    await stage.add(bad, good);
    await stage.step(1_001);
    expect(stage.copiesOf(good.subject)).toHaveLength(1);
    for (let at = 0; at < 120; at += 1) await stage.step(1_000);
    expect(tries).toBe(5);
    expect(await stage.row(bad.subject)).toMatchObject({ state: 'parked', failures: 4 });
    expect(stage.told.filter(({ subject }) => subject === bad.subject)).toMatchObject([{ state: 'parked' }]);
    expect(stage.log.some((line) => line.includes('a post did not surely arrive'))).toBe(true);
  });

  test('asks a job that waits again as often as it likes, without counting a failure or a copy', async () => {
    const one = stage.delivery();
    let asked = 0;
    stage.run = async (...all) => {
      asked += 1;
      return asked > 12 ? postSubject(...all) : { kind: 'later', inMs: 2_000, reason: 'under way elsewhere' };
    };
    await stage.add(one);
    await stage.step(1_001);
    expect(asked).toBe(1);
    await stage.step(1_000);
    expect(asked).toBe(1);
    for (let at = 0; at < 40; at += 1) await stage.step(1_000);
    expect(asked).toBe(13);
    expect(await stage.row(one.subject)).toMatchObject({ state: 'sent', copies: 1, failures: 0 });
    expect(stage.copiesOf(one.subject)).toEqual([one.subject]);
  });

  test('does not forget a copy that may be there when the job fails afterwards', async () => {
    const one = stage.delivery();
    stage.connector.faults = ({ method }) => (method === 'POST' ? { status: 500, afterEffect: true } : undefined);
    await stage.add(one);
    await stage.step(1_001);
    expect(await stage.row(one.subject)).toMatchObject({ state: 'waiting', copies: 1 });
    stage.run = async () => {
      throw new Error('for a moment');
    };
    await stage.step(12_000);
    expect(await stage.row(one.subject)).toMatchObject({ state: 'waiting', copies: 1, failures: 1 });
    stage.run = undefined;
    for (let at = 0; at < 60; at += 1) await stage.step(1_000);
    expect(stage.copiesOf(one.subject)).toEqual([one.subject, `${one.subject} (repeat)`]);
    expect(await stage.row(one.subject)).toMatchObject({ state: 'unconfirmed', copies: 2 });
  });

  test('posts nothing twice as new when what follows from a post cannot be kept', async () => {
    const one = stage.delivery();
    // A row that the database refuses: it has no stage.
    stage.run = async (delivery, ...more) => {
      const posting = await postSubject(delivery, ...more);
      const then = [{ ...one, subject: 'follows', stage: null as unknown as string }];
      return posting.kind === 'post' ? { ...posting, then } : posting;
    };
    await stage.add(one);
    for (let at = 0; at < 200; at += 1) await stage.step(1_000);
    expect(stage.copiesOf(one.subject)).toEqual([one.subject, `${one.subject} (repeat)`]);
    expect(await stage.row(one.subject)).toMatchObject({ state: 'unconfirmed' });
    expect(stage.told.filter(({ subject }) => subject === one.subject)).toMatchObject([{ state: 'unconfirmed' }]);
  });

  test.each([
    ['1', 1_000],
    ['15', 15_000],
    ['3600', 3_600_000],
    ['soon', 1_000],
    ['-5', 1_000],
    [undefined, 1_000],
  ])(
    'leaves a conversation that answers 429 with Retry-After %s alone for that long, and no other',
    async (retryAfter, ms) => {
      const [busy, later, other] = [
        stage.delivery({ tenantId: 'busy' }),
        stage.delivery({ tenantId: 'busy' }),
        stage.delivery({ tenantId: 'busy' }),
      ];
      const sameChannel = { ...later, place: busy.place };
      let refused = 0;
      stage.connector.faults = ({ conversationId }) =>
        conversationId === busy.place.conversationId && refused++ === 0
          ? { status: 429, ...(retryAfter === undefined ? {} : { retryAfter }) }
          : undefined;
      await stage.add(busy);
      await stage.step(1_001);
      const from = stage.clock.now;
      await stage.add(sameChannel, other);
      await stage.step(ms - 1);
      const asked = () =>
        stage.connector.asked.filter(
          ({ conversationId, at }) => conversationId === busy.place.conversationId && at >= from,
        );
      expect(asked()).toHaveLength(1);
      await stage.step(1_001);
      expect(stage.copiesOf(other.subject)).toHaveLength(1);
      for (let at = 0; at < 20; at += 1) await stage.step(500);
      expect(
        asked()
          .slice(1)
          .every(({ at }) => at >= from + ms),
      ).toBe(true);
      expect(stage.copiesOf(busy.subject)).toEqual([busy.subject]);
      expect(stage.copiesOf(later.subject)).toEqual([later.subject]);
    },
  );

  test('tries a post that is answered with 412 at most five times, longer apart each time, then parks it', async () => {
    const [never, atLast] = [stage.delivery(), stage.delivery()];
    stage.connector.faults = ({ text }) =>
      text === never.subject || (text === atLast.subject && stage.triesOf(atLast.subject).length < 3)
        ? { status: 412 }
        : undefined;
    await stage.add(never, atLast);
    for (let at = 0; at < 120; at += 1) await stage.step(1_000);
    expect(stage.copiesOf(atLast.subject)).toEqual([atLast.subject]);
    const tries = stage.triesOf(never.subject);
    expect(tries).toHaveLength(5);
    const pauses = tries.slice(1).map((at, n) => at - (tries[n] as number));
    expect(pauses.every((pause, n) => pause >= 1_000 * 2 ** n)).toBe(true);
    expect(await stage.row(never.subject)).toMatchObject({ state: 'parked' });
  });

  test.each([
    [403, 'BotNotInConversationRoster', 'I am not a member there any more.'],
    [403, 'BotDisabledByAdmin', 'An administrator has switched me off there.'],
    [403, 'ConversationBlockedByUser', 'I was blocked there.'],
    [403, 'MessageWritesBlocked', 'I may not write there.'],
    [403, undefined, 'Teams refuses posts there (403).'],
    [404, 'ConversationNotFound', 'The conversation is not there any more.'],
  ])('parks a channel that answers %s %s, tells of it and tries no more', async (status, code, reason) => {
    const one = stage.delivery();
    const next = { ...stage.delivery(), tenantId: one.tenantId, place: one.place };
    stage.connector.faults = ({ conversationId }) =>
      conversationId === one.place.conversationId ? { status, ...(code ? { code } : {}) } : undefined;
    await stage.add(one);
    await stage.step(1_001);
    await stage.add(next);
    for (let at = 0; at < 30; at += 1) await stage.step(minute);
    expect(stage.triesOf(one.subject)).toHaveLength(1);
    expect(stage.triesOf(next.subject)).toHaveLength(0);
    expect(await stage.rows(one.subject, next.subject)).toMatchObject([
      { state: 'parked', reason },
      { state: 'parked', reason },
    ]);
    expect(stage.told.filter(({ subject }) => subject === one.subject)).toEqual([
      { state: 'parked', reason, subject: one.subject },
    ]);
    expect([...(await stage.app.outbox.parkedChannels())]).toContain(`${one.tenantId} ${one.place.conversationId}`);
  });

  test.each([400, 413])('parks a message that is answered with %s, and goes on in its channel', async (status) => {
    const one = stage.delivery();
    const next = { ...stage.delivery(), tenantId: one.tenantId, place: one.place };
    stage.connector.faults = ({ text }) => (text === one.subject ? { status } : undefined);
    await stage.add(one, next);
    for (let at = 0; at < 30; at += 1) await stage.step(minute);
    expect(stage.triesOf(one.subject)).toHaveLength(1);
    expect(await stage.row(one.subject)).toMatchObject({ state: 'parked' });
    expect(stage.told.at(-1)).toMatchObject({ subject: one.subject, state: 'parked' });
    expect(stage.copiesOf(next.subject)).toHaveLength(1);
  });

  test('sends a shorter message once when the first is too large', async () => {
    const one = stage.delivery();
    stage.run = async ({ subject }) => ({
      kind: 'post',
      reply: { kind: 'text', text: `${subject} at length` },
      shorter: { kind: 'text', text: subject },
      summary: subject,
    });
    stage.connector.faults = ({ text }) => (text.endsWith('length') ? { status: 413 } : undefined);
    await stage.add(one);
    await stage.step(1_001);
    // The second request is leased and paced for itself.
    await stage.step(1_001);
    expect(stage.copiesOf(one.subject)).toEqual([one.subject]);
  });

  test('stops all sending for a minute when Teams refuses the bot as such, and loses nothing', async () => {
    const many = Array.from({ length: 5 }, () => stage.delivery());
    stage.connector.faults = () => ({ status: 401, code: 'BotNotRegistered' });
    await stage.add(...many);
    await stage.step(1_001);
    const asked = stage.connector.asked.length;
    for (let at = 0; at < 58; at += 1) await stage.step(1_000);
    expect(stage.connector.asked).toHaveLength(asked);
    expect(stage.log.some((line) => line.includes('Teams refuses the bot') && line.includes('"level":50'))).toBe(true);
    stage.connector.faults = undefined;
    for (let at = 0; at < 10; at += 1) await stage.step(1_000);
    for (const { subject } of many) expect(stage.copiesOf(subject)).toEqual([subject]);
  });

  test('is shown by the auditor when it stands still', async () => {
    const one = stage.delivery();
    await stage.add(one);
    const before = (await stage.app.worker.audit()).late;
    stage.clock.now += 3 * minute;
    expect(await stage.app.worker.audit()).toMatchObject({ late: before + 1 });
    expect(stage.app.worker.health).toMatchObject({ late: before + 1 });
    expect(stage.log.at(-1)).toMatch(/"level":50.*posts are more than two minutes late/);
    await stage.step(1);
    expect(await stage.app.worker.audit()).toMatchObject({ late: 0 });
  });

  test('sends nothing early and nothing twice when the clock jumps by an hour or a day, also while a row is leased', async () => {
    const due = stage.clock.now + 3 * 3_600_000;
    const many = Array.from({ length: 20 }, () => stage.delivery({ dueAt: due }));
    await stage.add(...many);
    const jump = async (ms: number) => {
      await stage.step(ms);
      if (stage.clock.now < due) for (const { subject } of many) expect(stage.triesOf(subject)).toEqual([]);
    };
    for (const ms of [3_600_000, -86_400_000, 86_400_000, -3_600_000, 3_600_000]) await jump(ms);
    stage.run = async (delivery, ...more) => {
      // Back by an hour while it is leased.
      if (delivery.subject === many[0]?.subject) stage.clock.now -= 3_600_000;
      return postSubject(delivery, ...more);
    };
    for (let at = 0; at < 10; at += 1) await stage.step(3_600_000);
    for (const { subject } of many) expect(stage.copiesOf(subject)).toEqual([subject]);
  });

  test('takes up what was leased and not begun by a process that died, as if nothing had been', async () => {
    const [before, after] = [stage.delivery(), stage.delivery()];
    await stage.add(before, after);
    stage.clock.now += 1_001;
    const leased = await stage.app.outbox.claim(await stage.app.outbox.lost());
    // The other died after it had said that it begins: it may have posted.
    await stage.app.outbox.begin(leased.find(({ subject }) => subject === after.subject)!);
    await stage.step(10_000);
    expect(stage.triesOf(before.subject)).toEqual([]);
    await stage.step(2_001);
    expect(stage.copiesOf(before.subject)).toEqual([before.subject]);
    expect(stage.copiesOf(after.subject)).toEqual([`${after.subject} (repeat)`]);
  });
});

describe.each(testDatabases)('a running bot on $name', ({ open }) => {
  test('sends to all others while one conversation hangs', async () => {
    const stage = await Stage.start({ database: await open() });
    await stage.app.ready;
    const dueAt = Date.now() + 300;
    const hanging = Array.from({ length: 20 }, (_item, n) =>
      stage.delivery({ tenantId: 'h', channel: 'hangs', dueAt: dueAt - n }),
    );
    const others = Array.from({ length: 100 }, (_item, n) =>
      stage.delivery({ tenantId: `o${n % 8}`, channel: `c${n}`, dueAt: dueAt + n * 20 }),
    );
    stage.connector.faults = ({ conversationId }) => (conversationId === '19:h-hangs' ? { hang: true } : undefined);
    await stage.add(...hanging, ...others);
    // Long before the time limit of what hangs has let go of it.
    await until(() => stage.connector.copies.length >= 100, 30_000, 'all others are out');
    const late = others.map(({ subject, dueAt: due }) => (stage.triesOf(subject)[0] as number) - due.getTime());
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    // Who hangs is let go, so that the stop need not wait for it.
    await stage.connector.comeBack();
    await stage.stop();
  });

  test('goes on when the tables of the queue are dropped, and sends each row once', async () => {
    const stage = await Stage.start({ database: await open() });
    await stage.app.ready;
    const all = Array.from({ length: 60 }, (_item, n) =>
      stage.delivery({ tenantId: `q${n % 8}`, dueAt: Date.now() + n * 100 }),
    );
    await stage.add(...all);
    await until(() => stage.connector.copies.length >= 5, 10_000, 'the first are out');
    const [where] = await stage.database.query<{ schema: string }>('SELECT current_schema() AS schema');
    await stage.database.query(
      `DROP SCHEMA ${where?.schema === 'public' ? 'pgboss' : `${where?.schema}_boss`} CASCADE`,
    );
    await until(() => stage.connector.copies.length >= 60, 20_000, 'all are out');
    await until(async () => (await stage.rows()).every(({ state }) => state === 'sent'), 5_000, 'all are kept as sent');
    expect(stage.connector.copies).toHaveLength(60);
    const dueOf = new Map(all.map(({ subject, dueAt }) => [subject, dueAt.getTime()]));
    for (const { text, at } of stage.connector.copies) expect(at).toBeGreaterThanOrEqual(dueOf.get(text) as number);
    await stage.stop();
  });

  test('goes by the clock of the database when its own is a day ahead', async () => {
    const stage = await Stage.start({ database: await open(), now: () => new Date(Date.now() + 86_400_000) });
    await stage.app.ready;
    const [now, tomorrow] = [stage.delivery({ dueAt: Date.now() }), stage.delivery({ dueAt: Date.now() + 3_600_000 })];
    await stage.add(now, tomorrow);
    await until(() => stage.connector.copies.length > 0, 10_000, 'what is due is out');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(stage.connector.copies.map(({ text }) => text)).toEqual([now.subject]);
    await stage.stop();
  });
});
