import type { Change, NewDelivery, Place } from '../features/feature.ts';
import type { Database, Queryable } from './database.ts';
import { inBatches } from './in-batches.ts';

/** A row of the outbox that this process has leased. */
export interface Leased extends NewDelivery {
  readonly id: string;
  /** Fencing: an older attempt can change nothing any more. */
  readonly attempt: number;
  /** How often it may have been posted before. */
  readonly copies: number;
  readonly failures: number;
  /** Teams found it too large. */
  readonly shorter: boolean;
  /** The thread was gone: it opens a new one. */
  readonly newThread: boolean;
  /** The clock of the database when it was leased. */
  readonly now: Date;
}

/** What became of a leased row. */
export type Finish =
  | { readonly kind: 'sent'; readonly activityId: string | undefined; readonly conversationId?: string | undefined }
  /** Not wanted any more. */
  | { readonly kind: 'dropped'; readonly reason: string }
  /** Tried again in `inMs`. `posted` false: surely nothing was posted, so what `begin` counted is taken back. */
  | {
      readonly kind: 'again';
      readonly inMs: number;
      readonly failed: boolean;
      readonly posted: boolean;
      readonly reason: string;
      /** Tried in this form from now on; each request to Teams is a leased and paced one. */
      readonly form?: 'shorter' | 'new thread';
    }
  | { readonly kind: 'parked'; readonly posted: boolean; readonly reason: string }
  | { readonly kind: 'unconfirmed'; readonly reason: string };

/** What is kept together with the end of a delivery. */
export interface Following {
  readonly deliveries?: readonly NewDelivery[];
  readonly change?: Change | undefined;
}

/** A row that wants to be looked at, `at` an instant. */
export interface Alarmed {
  readonly id: string;
  readonly at: Date;
  readonly dueAt: Date;
}

/** What is late, and what people must know of. */
export interface OutboxHealth {
  /** Due for more than two minutes, and neither out nor parked. */
  readonly late: number;
  readonly oldestLate: Date | undefined;
  readonly parked: number;
  readonly unconfirmed: number;
}

/**
 * Durable intents to post. Whether something is due is decided by the clock of the database, so that the clocks of
 * several processes cannot disagree; only tests give a clock of their own.
 */
export interface Outbox {
  /** Keeps deliveries and sets their alarms in the caller's transaction; one that is there already is left as it is. */
  add(transaction: Queryable, deliveries: readonly NewDelivery[]): Promise<void>;
  /** Drops what is not out yet of a subject; a post that is under way finds out before it posts. */
  takeBack(transaction: Queryable, tenantId: string, subject: string, job?: string): Promise<void>;
  /** Leases those of the rows that are due and that the pace of their channel and tenant lets through. */
  claim(ids: readonly string[]): Promise<readonly Leased[]>;
  /** The same for whatever is due, at most `limit` rows; `looked` says how many of those were due. */
  claimDue(limit: number): Promise<{ readonly leased: readonly Leased[]; readonly looked: number }>;
  /**
   * Just before a post: is it still wanted and still ours, and is its channel still open? Counts a copy, since from now
   * on it may have arrived.
   */
  begin(row: Leased): Promise<boolean>;
  /** Keeps what became of it, and what follows from that; false when the lease was lost: then nothing was kept. */
  finish(row: Leased, result: Finish, more?: Following): Promise<boolean>;
  /** When the next row wants to be looked at; in ms from now, at most `limitMs`. */
  msToNext(limitMs: number): Promise<number>;
  /** Rows that are due and that nobody is at: their alarm was lost, or whoever had it died. At most 200. */
  lost(): Promise<readonly string[]>;
  /** Sets the alarm of every row that waits, after the tables of the queue were lost. */
  setAlarms(): Promise<void>;
  /** Teams asked to be left alone there for that long. */
  leaveAlone(tenantId: string, channelId: string, ms: number): Promise<void>;
  park(tenantId: string, channelId: string, reason: string): Promise<void>;
  /** Somebody speaks to the bot there again: what was parked is tried. */
  unpark(tenantId: string, channelId: string): Promise<void>;
  /** Channels that are parked, as "tenant channel". */
  parkedChannels(): Promise<ReadonlySet<string>>;
  health(): Promise<OutboxHealth>;
}

/** Longer than the time limit of a send (8 s) and of a token (2 s) together; what a dead process leaves, is taken then. */
const leaseSeconds = 11;

/** How fast posts are let through, as intervals of PostgreSQL: one `every` so often, and ahead of that up to `burst`. */
export interface Pace {
  readonly channel: { readonly every: string; readonly burst: string };
  readonly tenant: { readonly every: string; readonly burst: string };
}

// Table 1.3 of the platform notes allows 7 posts in 1 s, 8 in 2 s and 60 in 30 s to a channel, and 50 in 1 s to a
// tenant. A burst of 5 and then one a second stays below it (6, 7 and 35), and so do 25 and then 25 a second (50).
export const teamsPace: Pace = {
  channel: { every: '1 second', burst: '4 seconds' },
  tenant: { every: '40 milliseconds', burst: '960 milliseconds' },
};

// Whole milliseconds, as a `Date` has them: an alarm is set by a `Date`, and one that rings some microseconds before its
// row may be taken rings for nothing.
const clockNow = `date_trunc('milliseconds', coalesce($2::timestamptz, now()))`;
const clock = `clock AS (SELECT ${clockNow} AS now)`;

const free = `(o.lease_until IS NULL OR o.lease_until <= ${clockNow} OR o.lease_until > ${clockNow} + interval '1 minute')`;
const byIds = `o.id = ANY ($1::uuid[]) AND o.wake_at <= ${clockNow} AND ${free} ORDER BY o.id`;
/**
 * The oldest promise first, as the alarm has it: by the time of the next try, those that were tried in an outage would
 * come after all others.
 */
const anyDue = `o.wake_at <= ${clockNow} AND o.due_at <= ${clockNow} AND ${free} ORDER BY o.due_at LIMIT $1`;

const claimSqlAt = ({ channel, tenant }: Pace, which: typeof byIds | typeof anyDue) => `
WITH ${clock}, wanted AS (
  SELECT o.id, o.tenant_id, o.channel_id, o.due_at FROM outbox o
  WHERE o.is_open AND ${which} FOR UPDATE OF o SKIP LOCKED
), keys AS (
  SELECT tenant_id, channel_id FROM wanted UNION SELECT tenant_id, '' FROM wanted ORDER BY 1, 2
), pace AS (
  SELECT r.*, -- Further ahead than a burst it can only be when the clock of the database was set back.
         CASE WHEN r.paced_to > clock.now + interval '10 seconds' THEN clock.now
              ELSE greatest(r.paced_to, clock.now) END AS start
  FROM clock, keys k CROSS JOIN LATERAL (
    -- One by one by its key, and locked in the order of the keys, so that two claims cannot wait for each other.
    SELECT tenant_id, channel_id, not_before, parked_reason, service_url, paced_to FROM route
    WHERE tenant_id = k.tenant_id AND channel_id = k.channel_id FOR UPDATE
  ) r
), by_channel AS (
  SELECT w.*, p.parked_reason, p.not_before, p.service_url,
         p.start + (row_number() OVER (PARTITION BY w.tenant_id, w.channel_id ORDER BY w.due_at, w.id) - 1)
           * interval '${channel.every}' - interval '${channel.burst}' AS slot
  FROM wanted w JOIN pace p USING (tenant_id, channel_id)
), open AS (
  SELECT b.*, b.parked_reason IS NULL AND b.slot <= clock.now AND (b.not_before <= clock.now OR b.not_before > clock.now + interval '61 minutes') AS free
  FROM by_channel b, clock
), by_tenant AS (
  SELECT o.*, p.start + (row_number() OVER (PARTITION BY o.tenant_id, o.free ORDER BY o.due_at, o.id) - 1)
           * interval '${tenant.every}' - interval '${tenant.burst}' AS tenant_slot
  FROM open o JOIN pace p ON p.tenant_id = o.tenant_id AND p.channel_id = ''
), decided AS (
  SELECT b.*, b.free AND b.tenant_slot <= clock.now AS granted FROM by_tenant b, clock
), paced AS (
  UPDATE route r SET paced_to = p.start + g.n * CASE WHEN r.channel_id = '' THEN interval '${tenant.every}' ELSE interval '${channel.every}' END
  FROM pace p JOIN (
    SELECT tenant_id, channel_id, count(*) AS n FROM decided WHERE granted GROUP BY 1, 2
    UNION ALL SELECT tenant_id, '', count(*) FROM decided WHERE granted GROUP BY 1
  ) g USING (tenant_id, channel_id)
  WHERE r.tenant_id = p.tenant_id AND r.channel_id = p.channel_id
)
UPDATE outbox o SET
  state = CASE WHEN d.granted THEN 'sending' WHEN d.parked_reason IS NOT NULL THEN 'parked' ELSE o.state END,
  reason = CASE WHEN d.granted THEN o.reason ELSE coalesce(d.parked_reason, o.reason) END,
  attempt = o.attempt + CASE WHEN d.granted THEN 1 ELSE 0 END,
  lease_until = CASE WHEN d.granted THEN clock.now + interval '${leaseSeconds} seconds' END,
  wake_at = CASE WHEN d.granted OR d.parked_reason IS NOT NULL THEN o.wake_at
            ELSE greatest(d.slot, d.not_before, CASE WHEN d.free THEN d.tenant_slot ELSE clock.now END) END
FROM decided d, clock
WHERE o.id = d.id
RETURNING o.id, o.tenant_id, o.conversation_id, o.place_kind, o.bot_id, o.job, o.subject, o.stage, o.due_at,
  CASE WHEN NOT d.granted THEN o.wake_at END AS wake_at, o.attempt, o.copies, o.failures, o.shorter, o.new_thread,
  clock.now, d.granted, d.service_url, d.parked_reason IS NOT NULL AS is_parked`;

// The attempts as one object that is looked into by id: a join with them is planned for one row, and compares each with
// each.
const beginSql = `
WITH ${clock}
UPDATE outbox o SET copies = o.copies + 1, lease_until = clock.now + interval '${leaseSeconds} seconds'
FROM clock
WHERE o.id = ANY ($3::uuid[]) AND o.attempt = ($1::jsonb ->> o.id::text)::int AND o.state = 'sending' AND o.copies < 2
  AND NOT EXISTS (
    SELECT FROM route r WHERE r.tenant_id = o.tenant_id AND r.channel_id = o.channel_id
      AND (r.not_before > clock.now OR r.parked_reason IS NOT NULL))
RETURNING o.id, o.attempt`;

const finishSql = `
WITH ${clock}, k AS (
  SELECT * FROM json_to_recordset($1::json) AS t(
    n int, id uuid, attempt int, state text, reason text, in_ms float8, failed int, back int, activity_id text,
    conversation_id text, form text)
)
UPDATE outbox o SET
  state = k.state, reason = k.reason, lease_until = NULL,
  wake_at = coalesce(clock.now + ceil(k.in_ms) * interval '1 millisecond', o.wake_at),
  failures = o.failures + k.failed, copies = greatest(0, o.copies - k.back), activity_id = k.activity_id,
  conversation_id = coalesce(k.conversation_id, o.conversation_id),
  shorter = o.shorter OR k.form IS NOT DISTINCT FROM 'shorter',
  new_thread = o.new_thread OR k.form IS NOT DISTINCT FROM 'new thread',
  sent_at = CASE WHEN k.state = 'sent' THEN clock.now END
FROM k, clock
WHERE o.id = ANY ($3::uuid[]) AND o.id = k.id AND o.attempt = k.attempt AND o.state = 'sending'
RETURNING k.n, o.wake_at`;

interface OutboxRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly conversation_id: string;
  readonly place_kind: Place['kind'];
  readonly bot_id: string;
  readonly service_url: string;
  readonly job: string;
  readonly subject: string;
  readonly stage: string;
  readonly due_at: Date;
  readonly wake_at: Date;
  readonly attempt: number;
  readonly copies: number;
  readonly failures: number;
  readonly shorter: boolean;
  readonly new_thread: boolean;
  readonly now: Date;
  readonly granted: boolean;
  readonly is_parked: boolean;
}

const toLeased = (row: OutboxRow): Leased => ({
  id: row.id,
  tenantId: row.tenant_id,
  place: {
    kind: row.place_kind,
    conversationId: row.conversation_id,
    serviceUrl: row.service_url,
    botId: row.bot_id,
  },
  job: row.job,
  subject: row.subject,
  stage: row.stage,
  dueAt: row.due_at,
  attempt: row.attempt,
  copies: row.copies,
  failures: row.failures,
  shorter: row.shorter,
  newThread: row.new_thread,
  now: row.now,
});

type WakeRow = Pick<OutboxRow, 'id' | 'wake_at' | 'due_at'>;
const toAlarmed = (row: WakeRow): Alarmed => ({ id: row.id, at: row.wake_at, dueAt: row.due_at });

/** The channel of a thread, or the conversation itself. */
export function channelOf(conversationId: string): string {
  return conversationId.split(';messageid=', 1)[0] as string;
}

/** What a statement for several rows at once is given of each. */
interface Keyed {
  readonly id: string;
  readonly attempt: number;
}

function finishColumns(row: Leased, result: Finish): Keyed & Record<string, unknown> {
  const base = { id: row.id, attempt: row.attempt, reason: null, in_ms: null, failed: 0, back: 0, activity_id: null };
  switch (result.kind) {
    case 'sent':
      return {
        ...base,
        state: 'sent',
        activity_id: result.activityId ?? null,
        conversation_id: result.conversationId ?? null,
      };
    case 'again':
      return {
        ...base,
        state: 'waiting',
        in_ms: result.inMs,
        failed: result.failed ? 1 : 0,
        back: result.posted ? 0 : 1,
        reason: result.reason,
        form: result.form ?? null,
      };
    case 'parked':
      return { ...base, state: 'parked', back: result.posted ? 0 : 1, reason: result.reason };
    case 'dropped':
    case 'unconfirmed':
      return { ...base, state: result.kind, reason: result.reason };
  }
}

/**
 * `setAlarms` sets alarms, in a transaction where one is given. `testClock` replaces the clock of the database; only
 * tests give one, and only benchmarks another pace.
 */
export function createOutbox(
  database: Database,
  setAlarms: (rows: readonly Alarmed[], transaction?: Queryable) => Promise<void>,
  testClock?: () => Date,
  pace: Pace = teamsPace,
): Outbox {
  const claimSql = claimSqlAt(pace, byIds);
  const claimDueSql = claimSqlAt(pace, anyDue);
  const keepClaimed = async (rows: OutboxRow[]): Promise<readonly Leased[]> => {
    const byDue = rows.sort((a, b) => a.due_at.getTime() - b.due_at.getTime());
    await setAlarms(byDue.filter((row) => !row.granted && !row.is_parked).map(toAlarmed));
    return byDue.filter((row) => row.granted).map(toLeased);
  };
  const now = (): string | null => testClock?.().toISOString() ?? null;
  const beginOne = inBatches(
    async (items: readonly Keyed[]): Promise<boolean[]> => {
      const attempts = JSON.stringify(Object.fromEntries(items.map(({ id, attempt }) => [id, attempt])));
      const rows = await database.query<Keyed>(beginSql, [attempts, now(), items.map(({ id }) => id)], 'outbox-begin');
      const begun = new Map(rows.map(({ id, attempt }) => [id, attempt]));
      return items.map(({ id, attempt }) => begun.get(id) === attempt);
    },
    { atOnce: 2, most: 256 },
  );
  // The ids once more by themselves: what is joined with a function is planned for rows by the hundred, and may read the
  // whole table.
  const finishValues = (items: readonly Keyed[]) => [
    JSON.stringify(items.map((item, n) => ({ n, ...item }))),
    now(),
    items.map(({ id }) => id),
  ];
  /** For each the instant that it wakes at, or nothing if it was not hit. */
  const finishOne = inBatches(
    async (items: readonly Keyed[]): Promise<(Date | undefined)[]> => {
      const rows = await database.query<{ n: number; wake_at: Date }>(finishSql, finishValues(items), 'outbox-finish');
      const hit = new Map(rows.map((row) => [row.n, row.wake_at]));
      return items.map((_item, n) => hit.get(n));
    },
    { atOnce: 1, most: 256 },
  );
  const finishWith = async (row: Leased, result: Finish, more: Following): Promise<boolean> => {
    const moved = new Error('a row has moved on');
    const work = async (transaction: Queryable): Promise<boolean> => {
      const [done] = await transaction.query<{ wake_at: Date }>(finishSql, finishValues([finishColumns(row, result)]));
      if (!done) return false;
      // What is out cannot be taken back; what only changes rows is tried again on the newer ones when its lease is over.
      if (more.change && !(await more.change(transaction)) && result.kind === 'dropped') throw moved;
      await outbox.add(transaction, more.deliveries ?? []);
      if (result.kind === 'again') await setAlarms([{ id: row.id, at: done.wake_at, dueAt: row.dueAt }], transaction);
      return true;
    };
    try {
      return await database.transaction(work);
    } catch (error) {
      if (error === moved) return false;
      throw error;
    }
  };

  const outbox: Outbox = {
    async add(transaction, deliveries) {
      if (deliveries.length === 0) return;
      const rows = deliveries.map((delivery) => ({
        tenant_id: delivery.tenantId,
        channel_id: channelOf(delivery.place.conversationId),
        conversation_id: delivery.place.conversationId,
        place_kind: delivery.place.kind,
        bot_id: delivery.place.botId,
        service_url: delivery.place.serviceUrl,
        job: delivery.job,
        subject: delivery.subject,
        stage: delivery.stage,
        due_at: delivery.dueAt.toISOString(),
      }));
      const added = await transaction.query<WakeRow>(
        `WITH k AS (
           SELECT * FROM json_to_recordset($1::json) AS t(tenant_id text, channel_id text, conversation_id text,
             place_kind text, bot_id text, service_url text, job text, subject text, stage text, due_at timestamptz)
         ), r AS (
           INSERT INTO route (tenant_id, channel_id, service_url)
           SELECT DISTINCT ON (tenant_id, channel_id) tenant_id, channel_id, service_url FROM (
             SELECT tenant_id, channel_id, service_url FROM k UNION ALL SELECT tenant_id, '', '' FROM k
           ) both_levels ORDER BY tenant_id, channel_id
           ON CONFLICT (tenant_id, channel_id) DO UPDATE SET service_url = excluded.service_url
           WHERE route.service_url <> excluded.service_url
         )
         INSERT INTO outbox (tenant_id, channel_id, conversation_id, place_kind, bot_id, job, subject, stage, due_at, wake_at)
         SELECT tenant_id, channel_id, conversation_id, place_kind, bot_id, job, subject, stage, due_at, due_at FROM k
         ON CONFLICT (tenant_id, subject, job, stage) DO NOTHING
         RETURNING id, wake_at, due_at`,
        [JSON.stringify(rows)],
        'outbox-add',
      );
      await setAlarms(added.map(toAlarmed), transaction);
    },
    async takeBack(transaction, tenantId, subject, job) {
      await transaction.query(
        `UPDATE outbox SET state = 'dropped', lease_until = NULL, reason = 'taken back'
         WHERE tenant_id = $1 AND subject = $2 AND ($3::text IS NULL OR job = $3)
           AND state IN ('waiting', 'sending', 'parked')`,
        [tenantId, subject, job ?? null],
      );
    },
    claim: async (ids) => keepClaimed(await database.query<OutboxRow>(claimSql, [ids, now()], 'outbox-claim')),
    async claimDue(limit) {
      const rows = await database.query<OutboxRow>(claimDueSql, [limit, now()], 'outbox-claim-due');
      return { leased: await keepClaimed(rows), looked: rows.length };
    },
    begin: ({ id, attempt }) => beginOne({ id, attempt }),
    async finish(row, result, more = {}) {
      if (more.change || more.deliveries?.length) return finishWith(row, result, more);
      const wakeAt = await finishOne(finishColumns(row, result));
      if (wakeAt && result.kind === 'again') await setAlarms([{ id: row.id, at: wakeAt, dueAt: row.dueAt }]);
      return wakeAt !== undefined;
    },
    async msToNext(limitMs) {
      const [row] = await database.query<{ ms: string | null }>(
        `SELECT extract(epoch FROM (
           SELECT wake_at FROM outbox WHERE is_open AND wake_at > coalesce($1::timestamptz, now())
           ORDER BY wake_at LIMIT 1
         ) - coalesce($1::timestamptz, now())) * 1000 AS ms`,
        [now()],
        'outbox-next',
      );
      return row?.ms == null ? limitMs : Math.min(limitMs, Math.max(0, Math.ceil(Number(row.ms))));
    },
    async lost() {
      // A moment of grace, so that an alarm that is just ringing is not taken for lost.
      const rows = await database.query<{ id: string }>(
        `SELECT id FROM outbox
         WHERE is_open AND wake_at <= coalesce($1::timestamptz, now()) - interval '1 second'
           AND (lease_until IS NULL OR lease_until <= coalesce($1::timestamptz, now())
             OR lease_until > coalesce($1::timestamptz, now()) + interval '1 minute')
           AND due_at <= coalesce($1::timestamptz, now())
         ORDER BY due_at LIMIT 200`,
        [now()],
        'outbox-lost',
      );
      return rows.map((row) => row.id);
    },
    async setAlarms() {
      let after: string | null = null;
      for (;;) {
        const rows: WakeRow[] = await database.query<WakeRow>(
          `SELECT id, wake_at, due_at FROM outbox
           WHERE is_open AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT 1000`,
          [after],
        );
        await setAlarms(rows.map(toAlarmed));
        if (rows.length < 1_000) return;
        after = (rows.at(-1) as WakeRow).id;
      }
    },
    async leaveAlone(tenantId, channelId, ms) {
      await database.query(
        `UPDATE route SET not_before = greatest(not_before,
           date_trunc('milliseconds', coalesce($4::timestamptz, now())) + ceil($3::float8) * interval '1 millisecond')
         WHERE tenant_id = $1 AND channel_id = $2`,
        [tenantId, channelId, ms, now()],
      );
    },
    async park(tenantId, channelId, reason) {
      await database.query(
        `UPDATE route SET parked_reason = $3, parked_at = coalesce($4::timestamptz, now())
         WHERE tenant_id = $1 AND channel_id = $2`,
        [tenantId, channelId, reason, now()],
      );
    },
    async unpark(tenantId, channelId) {
      const rows = await database.query<WakeRow>(
        `WITH r AS (
           UPDATE route SET parked_reason = NULL, parked_at = NULL WHERE tenant_id = $1 AND channel_id = $2
         )
         UPDATE outbox SET state = 'waiting', reason = NULL, lease_until = NULL, wake_at = date_trunc('milliseconds', coalesce($3::timestamptz, now()))
         WHERE tenant_id = $1 AND channel_id = $2 AND state = 'parked' AND copies < 2
         RETURNING id, wake_at, due_at`,
        [tenantId, channelId, now()],
      );
      await setAlarms(rows.map(toAlarmed));
    },
    async parkedChannels() {
      const rows = await database.query<{ name: string }>(
        `SELECT tenant_id || ' ' || channel_id AS name FROM route WHERE parked_reason IS NOT NULL`,
      );
      return new Set(rows.map((row) => row.name));
    },
    async health() {
      const [row] = await database.query<{ late: string; oldest: Date | null; parked: string; unconfirmed: string }>(
        `SELECT l.late, l.oldest, s.parked, s.unconfirmed FROM (
           SELECT count(*) AS late, min(due_at) AS oldest FROM outbox
           WHERE is_open AND due_at < coalesce($1::timestamptz, now()) - interval '2 minutes'
         ) l, (
           SELECT count(*) FILTER (WHERE state = 'parked') AS parked,
                  count(*) FILTER (WHERE state = 'unconfirmed') AS unconfirmed
           FROM outbox WHERE is_stuck
         ) s`,
        [now()],
      );
      return {
        late: Number(row?.late ?? 0),
        oldestLate: row?.oldest ?? undefined,
        parked: Number(row?.parked ?? 0),
        unconfirmed: Number(row?.unconfirmed ?? 0),
      };
    },
  };
  return outbox;
}
