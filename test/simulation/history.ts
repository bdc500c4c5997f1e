import type { SendResult } from '../../src/bot/connector.ts';
import type { Place } from '../../src/features/feature.ts';
import { channelOf } from '../../src/store/outbox.ts';
import type { Message } from './loose-teams.ts';
import type { Process } from './process.ts';
import { seconds } from './time.ts';
import type { World } from './world.ts';

/** A row that a process has begun and not finished: what it sends now may arrive. */
interface Begun {
  readonly process: Process;
  readonly at: number;
}

export interface Request {
  readonly row: string;
  readonly at: number;
  readonly begunAt: number;
  readonly tenantId: string;
  readonly channelId: string;
  readonly isReplace: boolean;
  readonly repeat: boolean;
  readonly process: Process;
}

/** Why a post may be there twice. */
export type Excuse = 'ambiguous' | 'killed' | 'frozen' | 'begin not answered' | 'slower than the lease' | 'not kept';

/**
 * What really happened, seen from outside: it holds what the store and the sender must keep to, and finds at once what
 * breaks it. It believes neither of them.
 */
export class History {
  readonly #world: World;
  readonly violations: string[] = [];
  readonly requests: Request[] = [];
  readonly posts: { readonly request: Request; readonly at: number; readonly conversationId: string }[] = [];
  readonly #begun = new Map<string, Begun>();
  readonly #takenBack = new Map<string, number>();
  readonly #quiet = new Map<string, { readonly since: number; readonly until: number }[]>();
  readonly excuses = new Map<string, Excuse[]>();
  readonly replacedRows = new Set<string>();
  readonly throws = new Map<string, number>();
  readonly answers412 = new Map<string, number>();
  /** Rows whose `leaveAlone` has to come, and since when. */
  readonly owed = new Map<string, { readonly process: Process; readonly at: number }>();
  kills = 0;

  constructor(world: World) {
    this.#world = world;
  }

  violation(what: string): void {
    this.#world.trace(`VIOLATION ${what}`);
    if (this.violations.length < 20) this.violations.push(what);
    this.#world.time.stopped = true;
  }

  excuse(row: string, excuse: Excuse): void {
    const others = this.excuses.get(row);
    if (others) others.push(excuse);
    else this.excuses.set(row, [excuse]);
  }

  // ---- what the store keeps

  takenBack(rows: readonly { readonly id: string }[]): void {
    for (const { id } of rows) this.#takenBack.set(id, this.#world.time.now);
  }

  began(process: Process, row: string): void {
    const { now } = this.#world.time;
    this.#begun.set(`${process.name} ${row}`, { process, at: now });
    if (!process.alive) this.excuse(row, 'killed');
    else if (now < process.frozenUntil) this.excuse(row, 'frozen');
  }

  /** The process knows that it failed, and does not post. */
  beginFailed(process: Process, row: string): void {
    if (this.#begun.delete(`${process.name} ${row}`)) this.excuse(row, 'begin not answered');
  }

  finished(process: Process, row: string): void {
    this.#begun.delete(`${process.name} ${row}`);
  }

  /** A failure inside while it was being kept. */
  notKept(row: string): void {
    this.excuse(row, 'not kept');
    this.throws.set(row, (this.throws.get(row) ?? 0) + 1);
  }

  leftAlone(process: Process, tenantId: string, channelId: string, ms: number): void {
    const { now } = this.#world.time;
    const key = `${tenantId} ${channelId}`;
    this.owed.delete(`${process.name} ${key}`);
    const others = this.#quiet.get(key) ?? [];
    others.push({ since: now, until: now + ms });
    this.#quiet.set(key, others);
  }

  // ---- what happens to processes

  killed(process: Process): void {
    this.kills += 1;
    this.#unfinished(process, 'killed');
    for (const [key, { process: owes }] of this.owed) if (owes === process) this.owed.delete(key);
  }

  frozen(process: Process): void {
    this.#unfinished(process, 'frozen');
    for (const [key, { process: owes }] of this.owed) if (owes === process) this.owed.delete(key);
  }

  #unfinished(process: Process, excuse: Excuse): void {
    for (const [key, begun] of this.#begun) {
      if (begun.process !== process) continue;
      this.excuse(key.split(' ')[1] as string, excuse);
      if (excuse === 'killed') this.#begun.delete(key);
    }
  }

  // ---- what reaches Teams

  requested(process: Process, place: Place, { row, repeat }: Message, isReplace = false): Request {
    const { time, store } = this.#world;
    const { now } = time;
    const kept = store.rows.get(row);
    const begun = this.#begun.get(`${process.name} ${row}`);
    const channelId = channelOf(place.conversationId);
    const tenantId = kept?.delivery.tenantId ?? '';
    const begunAt = begun?.at ?? -Infinity;
    this.#world.trace(`${process.name} posts ${row}${repeat ? ' (repeat)' : ''} to ${place.conversationId}`);
    if (!kept) this.violation(`${row} was posted and is not kept`);
    else if (now < kept.dueAt) this.violation(`${row} was posted ${kept.dueAt - now} ms early`);
    if (now - begunAt > seconds(4) && process.frozenUntil < begunAt)
      this.violation(`${row} was posted ${now - begunAt} ms after its begin`);
    if (!begun) this.violation(`${row} was posted by ${process.name} without a begin`);
    const taken = this.#takenBack.get(row);
    if (taken !== undefined && taken < begunAt) this.violation(`${row} was posted though it was taken back before`);
    for (const quiet of this.#quiet.get(`${tenantId} ${channelId}`) ?? [])
      if (quiet.since < begunAt && now < quiet.until)
        this.violation(`${row} was posted ${quiet.until - now} ms before ${channelId} may be spoken to again`);
    // One that was asked just before may have answered late.
    const { dark } = this.#world.plan;
    if (repeat && !isReplace && dark && begunAt > dark.from + seconds(12) && now < dark.to)
      this.violation(`${row} was repeated while Teams was dark`);
    const request = { row, at: now, begunAt, tenantId, channelId, isReplace, repeat, process };
    this.requests.push(request);
    // Each try to replace counts as a failure until one works.
    if (isReplace) this.throws.set(row, (this.throws.get(row) ?? 0) + 1);
    return request;
  }

  posted(request: Request, conversationId: string): void {
    const { time } = this.#world;
    this.#world.trace(`Teams shows ${request.row} in ${conversationId}`);
    this.posts.push({ request, at: time.now, conversationId });
  }

  replaced(row: string): void {
    this.replacedRows.add(row);
  }

  answered({ row, begunAt, process, tenantId, channelId }: Request, result: SendResult): void {
    const { now } = this.#world.time;
    this.#world.trace(`${process.name} sees of ${row}: ${result.kind} ${'why' in result ? result.why : ''}`);
    if (result.kind === 'unknown') this.excuse(row, 'ambiguous');
    // What is left of the lease is less than a statement may take: another one may have it by then.
    else if (now - begunAt > seconds(5) || this.#world.databaseGoneAt(begunAt + seconds(11), seconds(2)))
      this.excuse(row, 'slower than the lease');
    if (result.kind !== 'refused') return;
    if (result.status === 412) this.answers412.set(row, (this.answers412.get(row) ?? 0) + 1);
    if (result.status === 429 && result.retryAfterMs !== undefined)
      this.owed.set(`${process.name} ${tenantId} ${channelId}`, { process, at: now });
  }
}

/** What went wrong on purpose, by its kind. */
export class Faults {
  readonly counts: Record<string, number> = {};
  count(kind: string): void {
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
  }
}
