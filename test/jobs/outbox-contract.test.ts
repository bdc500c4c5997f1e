import { isDeepStrictEqual } from 'node:util';
import type { NewDelivery } from '../../src/features/feature.ts';
import type { Database } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createOutbox, type Alarmed, type Finish, type Leased, type Outbox } from '../../src/store/outbox.ts';
import { MemoryOutbox, outboxOver } from '../simulation/memory-outbox.ts';
import { testDatabases } from '../support/databases.ts';
import { Dice } from '../turns/mutate.ts';

const sequences = Number(process.env['CONTRACT_SEQUENCES'] ?? 200);
const steps = 30;

/** One of the two outboxes, with names for its rows that both share: the ids differ. */
class Side {
  readonly outbox: Outbox;
  readonly #alarms: Alarmed[] = [];
  readonly #names = new Map<string, string>();
  readonly #leases = new Map<string, Leased>();
  readonly #changed: (work: (outbox: Outbox) => Promise<void>) => Promise<void>;
  readonly #nameOf: (id: string) => Promise<string>;

  constructor(
    make: (setAlarms: (rows: readonly Alarmed[]) => Promise<void>) => Outbox,
    changed: (outbox: Outbox, work: (outbox: Outbox) => Promise<void>) => Promise<void>,
    nameOf: (id: string) => Promise<string>,
  ) {
    this.outbox = make(async (rows) => void this.#alarms.push(...rows));
    this.#changed = (work) => changed(this.outbox, work);
    this.#nameOf = nameOf;
  }

  async #name(id: string): Promise<string> {
    const known = this.#names.get(id) ?? (await this.#nameOf(id));
    this.#names.set(id, known);
    return known;
  }
  #ids(names: readonly string[]): string[] {
    return [...this.#names].filter(([, name]) => names.includes(name)).map(([id]) => id);
  }
  async #alarmsSince(): Promise<string[]> {
    const rows = this.#alarms.splice(0);
    return (await Promise.all(rows.map(async (row) => `${await this.#name(row.id)} ${row.at.toISOString()}`))).sort();
  }

  /** What somebody can see of a step. */
  async do(step: Step): Promise<unknown> {
    const { outbox } = this;
    switch (step.kind) {
      case 'add':
        await this.#changed((changing) => changing.add(undefined as never, step.deliveries));
        return this.#alarmsSince();
      case 'takeBack':
        await this.#changed((changing) => changing.takeBack(undefined as never, step.tenantId, step.subject, step.job));
        return undefined;
      case 'claim': {
        const leased = step.names ? await outbox.claim(this.#ids(step.names)) : (await outbox.claimDue(1_000)).leased;
        const seen = await Promise.all(
          leased.map(async (row) => {
            const name = await this.#name(row.id);
            this.#leases.set(`${name} ${row.attempt}`, row);
            return { ...row, id: name };
          }),
        );
        return { seen, alarms: await this.#alarmsSince() };
      }
      case 'begin':
        return this.#lease(step.lease, (row) => outbox.begin(row));
      case 'finish': {
        const more = step.deliveries.length > 0 ? { deliveries: step.deliveries } : {};
        const kept = await this.#lease(step.lease, (row) => outbox.finish(row, step.result, more));
        return { kept, alarms: await this.#alarmsSince() };
      }
      case 'leaveAlone':
        return outbox.leaveAlone(step.tenantId, step.channelId, step.ms);
      case 'park':
        return outbox.park(step.tenantId, step.channelId, 'closed');
      case 'unpark':
        await outbox.unpark(step.tenantId, step.channelId);
        return this.#alarmsSince();
      case 'look':
        return {
          next: await outbox.msToNext(60_000),
          lost: (await Promise.all((await outbox.lost()).map((id) => this.#name(id)))).sort(),
          health: await outbox.health(),
          parked: [...(await outbox.parkedChannels())].sort(),
        };
    }
  }

  /** Leases are named by row and attempt, so that both sides use the same, old ones as well. */
  async #lease<T>(index: number, use: (row: Leased) => Promise<T>): Promise<T | undefined> {
    const names = [...this.#leases.keys()].sort();
    const row = this.#leases.get(names[index % Math.max(1, names.length)] ?? '');
    return row && use(row);
  }
  get names(): string[] {
    return [...new Set(this.#names.values())].sort();
  }
}

type Step =
  | { readonly kind: 'add'; readonly deliveries: readonly NewDelivery[] }
  | { readonly kind: 'takeBack'; readonly tenantId: string; readonly subject: string; readonly job: string | undefined }
  | { readonly kind: 'claim'; readonly names: readonly string[] | undefined }
  | { readonly kind: 'begin'; readonly lease: number }
  | {
      readonly kind: 'finish';
      readonly lease: number;
      readonly result: Finish;
      readonly deliveries: readonly NewDelivery[];
    }
  | { readonly kind: 'leaveAlone'; readonly tenantId: string; readonly channelId: string; readonly ms: number }
  | { readonly kind: 'park' | 'unpark'; readonly tenantId: string; readonly channelId: string }
  | { readonly kind: 'look' };

/** A step that often means something: few tenants, channels and subjects, and many rows that are due. */
function stepOf(dice: Dice, tenant: string, now: number, names: readonly string[], unique: { count: number }): Step {
  const tenantId = `${tenant}${dice.below(2)}`;
  const channelId = `19:c${dice.below(3)}`;
  // What wins if one statement names two addresses for a channel is nobody's business.
  const serviceUrl = dice.pick(['http://one', 'http://two']);
  const deliveries = (most: number): NewDelivery[] =>
    Array.from({ length: dice.below(most + 1) }, () => ({
      tenantId,
      place: {
        kind: dice.pick(['channel', 'personal'] as const),
        conversationId: `19:c${dice.below(3)}${dice.chance(0.5) ? `;messageid=${dice.below(3)}` : ''}`,
        serviceUrl,
        botId: '28:b',
      },
      job: dice.pick(['test/one', 'test/two']),
      subject: `s${dice.below(8)}`,
      stage: `${dice.below(6)}`,
      // No two of the same instant: among those the ids decide, which differ.
      dueAt: new Date(Math.floor((now - 20_000 + dice.below(40_000)) / 100) * 100 + (unique.count++ % 100)),
    }));
  const results: readonly Finish[] = [
    { kind: 'sent', activityId: 'a1' },
    { kind: 'sent', activityId: undefined, conversationId: '19:c0;messageid=new' },
    { kind: 'dropped', reason: 'x' },
    { kind: 'again', inMs: dice.below(20_000), failed: dice.chance(0.5), posted: dice.chance(0.5), reason: 'x' },
    { kind: 'again', inMs: 0, failed: false, posted: false, reason: 'x', form: dice.pick(['shorter', 'new thread']) },
    { kind: 'parked', posted: dice.chance(0.5), reason: 'x' },
    { kind: 'unconfirmed', reason: 'x' },
  ];
  const roll = dice.below(100);
  if (roll < 20) return { kind: 'add', deliveries: deliveries(8) };
  if (roll < 25)
    return { kind: 'takeBack', tenantId, subject: `s${dice.below(8)}`, job: dice.pick([undefined, 'test/one']) };
  if (roll < 50) return { kind: 'claim', names: dice.chance(0.3) ? undefined : names.filter(() => dice.chance(0.8)) };
  if (roll < 65) return { kind: 'begin', lease: dice.below(1_000) };
  if (roll < 82)
    return {
      kind: 'finish',
      lease: dice.below(1_000),
      result: dice.pick(results),
      deliveries: dice.chance(0.3) ? deliveries(2) : [],
    };
  if (roll < 85) return { kind: 'leaveAlone', tenantId, channelId, ms: dice.below(15_000) };
  if (roll < 87) return { kind: 'park', tenantId, channelId };
  if (roll < 90) return { kind: 'unpark', tenantId, channelId };
  return { kind: 'look' };
}

describe.each(testDatabases)('the outbox of the simulation and the one on $name', ({ open }) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await migrate(database);
  });
  afterAll(() => database.close());

  test(`show the same in ${sequences} random sequences of ${steps} steps`, async () => {
    const meant: Record<string, number> = {};
    for (let seed = 1; seed <= sequences; seed += 1) {
      const dice = new Dice(seed * 7_919);
      const clock = { now: Date.UTC(2026, 10, 20, 9) };
      await database.query('TRUNCATE outbox, route');
      const sql = new Side(
        (setAlarms) => createOutbox(database, setAlarms, () => new Date(clock.now)),
        async (outbox, work) =>
          database.transaction((transaction) =>
            work({
              ...outbox,
              add: (_none, deliveries) => outbox.add(transaction, deliveries),
              takeBack: (_none, tenantId, subject, job) => outbox.takeBack(transaction, tenantId, subject, job),
            }),
          ),
        async (id) => {
          const [row] = await database.query<{ name: string }>(
            `SELECT tenant_id || ' ' || subject || ' ' || job || ' ' || stage AS name FROM outbox WHERE id = $1`,
            [id],
          );
          return row?.name as string;
        },
      );
      const unique = { count: 0 };
      let ids = 0;
      const store = new MemoryOutbox(
        () => clock.now,
        () => `r${ids++}`,
      );
      const memory = new Side(
        (setAlarms) => outboxOver(store, async (_name, statement) => statement(), setAlarms),
        (outbox, work) => work(outbox),
        async (id) => {
          const { tenantId, subject, job, stage } = store.rows.get(id)!.delivery;
          return `${tenantId} ${subject} ${job} ${stage}`;
        },
      );
      for (let n = 0; n < steps; n += 1) {
        if (dice.chance(0.4)) clock.now += dice.below(dice.pick([100, 1_500, 12_000]));
        const step = stepOf(dice, `t${seed}-`, clock.now, memory.names, unique);
        const [ofSql, ofMemory] = [await sql.do(step), await memory.do(step)];
        // The matcher takes longer than the statements.
        if (!isDeepStrictEqual(ofMemory, ofSql))
          expect({ seed, n, step, shown: ofMemory }).toEqual({ seed, n, step, shown: ofSql });
        const outcome = typeof ofSql === 'boolean' ? `${step.kind} ${ofSql}` : step.kind;
        meant[outcome] = (meant[outcome] ?? 0) + 1;
      }
      expect(await database.query(finalSql)).toEqual(finalOf(store));
    }
    // The sequences get somewhere.
    expect(meant['begin true']).toBeGreaterThan(sequences / 4);
    expect(meant['begin false']).toBeGreaterThan(sequences / 4);
  }, 120_000);
});

const finalSql = `SELECT subject, job, stage, tenant_id, conversation_id, state, attempt, copies, failures, shorter, new_thread,
  activity_id, reason, wake_at, lease_until, sent_at FROM outbox ORDER BY tenant_id, subject, job, stage`;

/** All that is kept, as the database would show it. */
function finalOf(store: MemoryOutbox): object[] {
  const date = (ms: number | undefined) => (ms === undefined ? null : new Date(ms));
  const rows = [...store.rows.values()].map((row) => ({
    subject: row.delivery.subject,
    job: row.delivery.job,
    stage: row.delivery.stage,
    tenant_id: row.delivery.tenantId,
    conversation_id: row.conversationId,
    state: row.state,
    attempt: row.attempt,
    copies: row.copies,
    failures: row.failures,
    shorter: row.shorter,
    new_thread: row.newThread,
    activity_id: row.activityId ?? null,
    reason: row.reason ?? null,
    wake_at: date(row.wakeAt),
    lease_until: date(row.leaseUntil),
    sent_at: date(row.sentAt),
  }));
  const key = (row: (typeof rows)[number]) => [row.tenant_id, row.subject, row.job, row.stage].join(' ');
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
