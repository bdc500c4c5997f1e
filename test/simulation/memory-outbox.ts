import type { Change, NewDelivery } from '../../src/features/feature.ts';
import type { Queryable } from '../../src/store/database.ts';
import { channelOf, type Alarmed, type Finish, type Leased, type Outbox } from '../../src/store/outbox.ts';

export type RowState = 'waiting' | 'sending' | 'sent' | 'dropped' | 'parked' | 'unconfirmed';

/** A row of the table `outbox`; instants in ms. */
export interface Row {
  readonly id: string;
  readonly delivery: NewDelivery;
  readonly channelId: string;
  conversationId: string;
  readonly dueAt: number;
  wakeAt: number;
  state: RowState;
  attempt: number;
  leaseUntil: number | undefined;
  copies: number;
  failures: number;
  shorter: boolean;
  newThread: boolean;
  activityId: string | undefined;
  reason: string | undefined;
  sentAt: number | undefined;
}

interface Route {
  serviceUrl: string;
  pacedTo: number;
  notBefore: number;
  parkedReason: string | undefined;
}

/** What can be planted into it, to see that the simulation finds it. */
export interface StoreBugs {
  readonly noFencing?: boolean;
  readonly noCopies?: boolean;
  readonly leaseMs?: number;
  readonly ignoresWakeAt?: boolean;
  readonly beginIgnoresState?: boolean;
  readonly noPace?: boolean;
  readonly ignoresNotBefore?: boolean;
  readonly doubleAdd?: boolean;
  readonly losesFollowing?: boolean;
}

const leaseMs = 11_000;
const channelPace = { every: 1_000, burst: 4_000 };
const tenantPace = { every: 40, burst: 960 };

/**
 * The outbox without a database: each method is one of its statements, with the meaning of the SQL in
 * src/store/outbox.ts. test/jobs/outbox-contract.test.ts holds the two side by side.
 */
export class MemoryOutbox {
  readonly rows = new Map<string, Row>();
  readonly #routes = new Map<string, Route>();
  readonly #byKey = new Map<string, Row>();
  readonly #bySubject = new Map<string, Row[]>();
  readonly #now: () => number;
  readonly #newId: () => string;
  readonly #bugs: StoreBugs;

  constructor(now: () => number, newId: () => string, bugs: StoreBugs = {}) {
    this.#now = now;
    this.#newId = newId;
    this.#bugs = bugs;
  }

  #route(tenantId: string, channelId: string): Route | undefined {
    return this.#routes.get(`${tenantId} ${channelId}`);
  }

  /** Rows that are neither out nor given up. */
  *open(): Generator<Row> {
    for (const row of this.rows.values()) if (row.state === 'waiting' || row.state === 'sending') yield row;
  }

  /** Until when nothing may go there, for the tests. */
  notBefore(tenantId: string, channelId: string): number {
    return this.#route(tenantId, channelId)?.notBefore ?? -Infinity;
  }

  add(deliveries: readonly NewDelivery[]): Alarmed[] {
    const added: Alarmed[] = [];
    for (const delivery of deliveries) {
      const { tenantId, place, job, subject, stage, dueAt } = delivery;
      const channelId = channelOf(place.conversationId);
      for (const [channel, serviceUrl] of [
        [channelId, place.serviceUrl],
        ['', ''],
      ] as const) {
        const route = this.#route(tenantId, channel);
        if (route) route.serviceUrl = serviceUrl;
        else {
          const fresh = { serviceUrl, pacedTo: -Infinity, notBefore: -Infinity, parkedReason: undefined };
          this.#routes.set(`${tenantId} ${channel}`, fresh);
        }
      }
      const key = JSON.stringify([tenantId, subject, job, stage]);
      if (this.#byKey.has(key) && !this.#bugs.doubleAdd) continue;
      const row: Row = {
        id: this.#newId(),
        delivery,
        channelId,
        conversationId: place.conversationId,
        dueAt: dueAt.getTime(),
        wakeAt: dueAt.getTime(),
        state: 'waiting',
        attempt: 0,
        leaseUntil: undefined,
        copies: 0,
        failures: 0,
        shorter: false,
        newThread: false,
        activityId: undefined,
        reason: undefined,
        sentAt: undefined,
      };
      this.rows.set(row.id, row);
      this.#byKey.set(key, row);
      const bySubject = `${tenantId} ${subject}`;
      const others = this.#bySubject.get(bySubject);
      if (others) others.push(row);
      else this.#bySubject.set(bySubject, [row]);
      added.push(alarmOf(row));
    }
    return added;
  }

  /** The rows that it took back. */
  takeBack(tenantId: string, subject: string, job?: string): Row[] {
    const taken = (this.#bySubject.get(`${tenantId} ${subject}`) ?? []).filter(
      (row) =>
        (job === undefined || row.delivery.job === job) &&
        (row.state === 'waiting' || row.state === 'sending' || row.state === 'parked'),
    );
    for (const row of taken) Object.assign(row, { state: 'dropped', leaseUntil: undefined, reason: 'taken back' });
    return taken;
  }

  claimDue(limit: number): { readonly leased: Leased[]; readonly alarms: Alarmed[]; readonly looked: number } {
    const now = this.#now();
    const ids = [...this.open()]
      .filter((row) => row.wakeAt <= now && row.dueAt <= now)
      .filter((row) => row.leaseUntil === undefined || row.leaseUntil <= now)
      .sort((a, b) => a.dueAt - b.dueAt)
      .slice(0, limit)
      .map((row) => row.id);
    return { ...this.claim(ids), looked: ids.length };
  }

  claim(ids: readonly string[]): { readonly leased: Leased[]; readonly alarms: Alarmed[] } {
    const now = this.#now();
    const wanted = [...new Set(ids)]
      .map((id) => this.rows.get(id))
      .filter((row): row is Row => row !== undefined && isOpen(row))
      .filter((row) => row.wakeAt <= now || this.#bugs.ignoresWakeAt)
      .filter((row) => row.leaseUntil === undefined || row.leaseUntil <= now)
      .sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1));
    // All slots are counted from what the routes say before any of it is granted.
    const places = new Map<string, number>();
    const nth = (key: string) => {
      const n = places.get(key) ?? 0;
      places.set(key, n + 1);
      return n;
    };
    const start = (route: Route) => Math.max(route.pacedTo, now);
    const decided = wanted.map((row) => {
      const { tenantId } = row.delivery;
      const route = this.#route(tenantId, row.channelId) as Route;
      const tenant = this.#route(tenantId, '') as Route;
      const slot = start(route) + nth(`${tenantId} ${row.channelId}`) * channelPace.every - channelPace.burst;
      const isQuiet = route.notBefore > now && !this.#bugs.ignoresNotBefore;
      const free = route.parkedReason === undefined && (slot <= now || this.#bugs.noPace === true) && !isQuiet;
      const tenantSlot = start(tenant) + nth(`${tenantId} * ${free}`) * tenantPace.every - tenantPace.burst;
      const granted = free && (tenantSlot <= now || this.#bugs.noPace === true);
      return { row, route, tenant, slot, free, tenantSlot, granted };
    });
    const starts = new Map(decided.flatMap(({ route, tenant }) => [route, tenant]).map((r) => [r, start(r)]));
    for (const { route, tenant, granted } of decided) {
      if (!granted) continue;
      starts.set(route, (starts.get(route) as number) + channelPace.every);
      starts.set(tenant, (starts.get(tenant) as number) + tenantPace.every);
      route.pacedTo = starts.get(route) as number;
      tenant.pacedTo = starts.get(tenant) as number;
    }
    const leased: Leased[] = [];
    const alarms: Alarmed[] = [];
    for (const { row, route, slot, free, tenantSlot, granted } of decided) {
      if (granted) {
        row.state = 'sending';
        row.attempt += 1;
        row.leaseUntil = now + (this.#bugs.leaseMs ?? leaseMs);
        leased.push(leasedOf(row, route.serviceUrl, now));
        continue;
      }
      row.leaseUntil = undefined;
      if (route.parkedReason !== undefined) {
        row.state = 'parked';
        row.reason = route.parkedReason;
      } else {
        row.wakeAt = Math.max(slot, route.notBefore, free ? tenantSlot : now);
        alarms.push(alarmOf(row));
      }
    }
    return { leased, alarms };
  }

  begin({ id, attempt }: Pick<Leased, 'id' | 'attempt'>): boolean {
    const row = this.rows.get(id);
    if (!row) return false;
    if (this.#bugs.beginIgnoresState) return true;
    if (row.attempt !== attempt || row.state !== 'sending' || row.copies >= 2) return false;
    const route = this.#route(row.delivery.tenantId, row.channelId) as Route;
    if ((route.notBefore > this.#now() && !this.#bugs.ignoresNotBefore) || route.parkedReason !== undefined)
      return false;
    if (!this.#bugs.noCopies) row.copies += 1;
    row.leaseUntil = this.#now() + (this.#bugs.leaseMs ?? leaseMs);
    return true;
  }

  /** The alarms to set when it was kept. */
  finish(
    { id, attempt }: Pick<Leased, 'id' | 'attempt'>,
    result: Finish,
    deliveries: readonly NewDelivery[] = [],
  ): { readonly kept: boolean; readonly alarms: Alarmed[] } {
    const row = this.rows.get(id);
    if (!row || ((row.attempt !== attempt || row.state !== 'sending') && !this.#bugs.noFencing))
      return { kept: false, alarms: [] };
    const now = this.#now();
    const back = (result.kind === 'again' || result.kind === 'parked') && !result.posted ? 1 : 0;
    row.state = result.kind === 'again' ? 'waiting' : result.kind;
    row.reason = result.kind === 'sent' ? undefined : result.reason;
    row.leaseUntil = undefined;
    if (result.kind === 'again') row.wakeAt = now + result.inMs;
    if (result.kind === 'again' && result.failed) row.failures += 1;
    if (result.kind === 'again' && result.form === 'shorter') row.shorter = true;
    if (result.kind === 'again' && result.form === 'new thread') row.newThread = true;
    row.copies = Math.max(0, row.copies - back);
    row.activityId = result.kind === 'sent' ? result.activityId : undefined;
    if (result.kind === 'sent') row.conversationId = result.conversationId ?? row.conversationId;
    row.sentAt = result.kind === 'sent' ? now : undefined;
    const alarms = result.kind === 'again' ? [alarmOf(row)] : [];
    if (!this.#bugs.losesFollowing) alarms.push(...this.add(deliveries));
    return { kept: true, alarms };
  }

  msToNext(limitMs: number): number {
    const now = this.#now();
    let next = Infinity;
    for (const row of this.open()) if (row.wakeAt > now && row.wakeAt < next) next = row.wakeAt;
    return Math.min(limitMs, Math.max(0, Math.ceil(next - now)));
  }

  lost(): string[] {
    const now = this.#now();
    return [...this.open()]
      .filter((row) => row.wakeAt <= now - 1_000 && (row.leaseUntil === undefined || row.leaseUntil <= now))
      .sort((a, b) => a.dueAt - b.dueAt)
      .slice(0, 200)
      .map((row) => row.id);
  }

  alarms(): Alarmed[] {
    return [...this.open()].map(alarmOf);
  }

  leaveAlone(tenantId: string, channelId: string, ms: number): void {
    const route = this.#route(tenantId, channelId);
    if (route) route.notBefore = Math.max(route.notBefore, this.#now() + ms);
  }

  park(tenantId: string, channelId: string, reason: string): void {
    const route = this.#route(tenantId, channelId);
    if (route) route.parkedReason = reason;
  }

  unpark(tenantId: string, channelId: string): Alarmed[] {
    const route = this.#route(tenantId, channelId);
    if (route) route.parkedReason = undefined;
    const woken = [...this.rows.values()].filter(
      (row) =>
        row.delivery.tenantId === tenantId && row.channelId === channelId && row.state === 'parked' && row.copies < 2,
    );
    for (const row of woken)
      Object.assign(row, { state: 'waiting', reason: undefined, leaseUntil: undefined, wakeAt: this.#now() });
    return woken.map(alarmOf);
  }

  parkedChannels(): Set<string> {
    return new Set([...this.#routes].filter(([, route]) => route.parkedReason !== undefined).map(([name]) => name));
  }

  health() {
    const late = [...this.open()].filter((row) => row.dueAt < this.#now() - 120_000).map((row) => row.dueAt);
    const count = (state: RowState) => [...this.rows.values()].filter((row) => row.state === state).length;
    return {
      late: late.length,
      oldestLate: late.length > 0 ? new Date(Math.min(...late)) : undefined,
      parked: count('parked'),
      unconfirmed: count('unconfirmed'),
    };
  }
}

/** How a statement reaches the store: at once, or through a world in which things fail. */
export type Reach = <T>(name: string, statement: () => T) => Promise<T>;
export type SetAlarms = (rows: readonly Alarmed[], inTransaction: boolean) => Promise<void>;

/** What a process sees of the store; `watch` hears what was kept, in the moment when it is kept. */
export type Store = Omit<MemoryOutbox, 'rows' | 'open' | 'notBefore'>;

/** The interface of the outbox over a store in memory; alarms are set where src/store/outbox.ts sets them. */
export function outboxOver(store: Store, reach: Reach, setAlarms: SetAlarms): Outbox {
  const transaction = undefined as unknown as Queryable;
  const change = (one: Change | undefined) => void one?.(transaction);
  return {
    add: async (_transaction, deliveries) => setAlarms(store.add(deliveries), true),
    takeBack: async (_transaction, tenantId, subject, job) => void store.takeBack(tenantId, subject, job),
    async claim(ids) {
      const { leased, alarms } = await reach('claim', () => store.claim(ids));
      await setAlarms(alarms, false);
      return leased;
    },
    async claimDue(limit) {
      const { leased, alarms, looked } = await reach('claim', () => store.claimDue(limit));
      await setAlarms(alarms, false);
      return { leased, looked };
    },
    begin: (row) => reach('begin', () => store.begin(row)),
    async finish(row, result, more = {}) {
      const together = more.change !== undefined || (more.deliveries?.length ?? 0) > 0;
      const { kept, alarms } = await reach('finish', () => {
        const done = store.finish(row, result, more.deliveries);
        if (done.kept) change(more.change);
        if (together) void setAlarms(done.alarms, true);
        return done;
      });
      if (!together && alarms.length > 0) await setAlarms(alarms, false);
      return kept;
    },
    msToNext: (limitMs) => reach('next', () => store.msToNext(limitMs)),
    lost: () => reach('lost', () => store.lost()),
    setAlarms: async () => setAlarms(await reach('all', () => store.alarms()), false),
    leaveAlone: (tenantId, channelId, ms) => reach('leave', () => store.leaveAlone(tenantId, channelId, ms)),
    park: (tenantId, channelId, reason) => reach('park', () => store.park(tenantId, channelId, reason)),
    async unpark(tenantId, channelId) {
      await setAlarms(await reach('unpark', () => store.unpark(tenantId, channelId)), false);
    },
    parkedChannels: () => reach('parked', () => store.parkedChannels()),
    health: () => reach('health', () => store.health()),
  };
}

const isOpen = (row: Row) => row.state === 'waiting' || row.state === 'sending';
const alarmOf = (row: Row): Alarmed => ({ id: row.id, at: new Date(row.wakeAt), dueAt: new Date(row.dueAt) });

function leasedOf(row: Row, serviceUrl: string, now: number): Leased {
  return {
    ...row.delivery,
    id: row.id,
    place: { ...row.delivery.place, conversationId: row.conversationId, serviceUrl },
    dueAt: new Date(row.dueAt),
    attempt: row.attempt,
    copies: row.copies,
    failures: row.failures,
    shorter: row.shorter,
    newThread: row.newThread,
    now: new Date(now),
  };
}
