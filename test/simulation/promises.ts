import type { Delivery, Job, NewDelivery } from '../../src/features/feature.ts';
import { textOf } from './loose-teams.ts';
import type { Promised } from './plan.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

/** The row of a promise, as a feature would keep it. */
interface Kept {
  readonly promised: Promised;
  revision: number;
  dueAt: number;
  open: boolean;
}

/** A feature in small: promises are made, moved and cancelled in transactions, and its jobs say what is posted. */
export class Promises {
  readonly #world: World;
  readonly kept = new Map<string, Kept>();
  /** Cancelled before it was there: it never comes to be. */
  readonly #tombstones = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  make(promised: Promised): void {
    const { id, dueAt } = promised;
    if (this.#tombstones.has(id)) return;
    const kept = { promised, revision: 1, dueAt, open: true };
    this.kept.set(id, kept);
    this.#keep(this.#stages(kept));
    // Teams hands over a message again.
    if (this.#world.dice.chance(0.1)) this.#keep(this.#stages(kept));
  }

  cancel({ id, conversation }: Promised): void {
    const kept = this.kept.get(id);
    if (!kept) return void this.#tombstones.add(id);
    kept.open = false;
    this.#takeBack(conversation.tenantId, id);
  }

  move({ id, conversation }: Promised, dueAt: number): void {
    const kept = this.kept.get(id);
    if (!kept?.open) return;
    kept.revision += 1;
    kept.dueAt = dueAt;
    this.#takeBack(conversation.tenantId, id);
    this.#keep(this.#stages(kept));
  }

  #keep(deliveries: readonly NewDelivery[]): void {
    const { store, alarms } = this.#world;
    alarms.keep(store.add(deliveries));
  }

  /** From here on none of the rows that there are may begin, whatever the store makes of it. */
  #takeBack(tenantId: string, subject: string): void {
    const { store, history } = this.#world;
    const there = [...store.rows.values()].filter(({ delivery }) => delivery.subject === subject);
    store.takeBack(tenantId, subject);
    history.takenBack(there);
  }

  /** Whether the row says what the promise says now; those that a post has led to always do. */
  wanted({ job, subject, stage }: NewDelivery): boolean {
    const kept = this.kept.get(subject);
    return job !== 'promise/post' || (kept !== undefined && kept.open && stage.endsWith(`@${kept.revision}`));
  }

  /** What there is to post, from a stage on; the next one only, if they are chained. */
  #stages({ promised, revision, dueAt }: Kept, from = 0): NewDelivery[] {
    const { stages, chained, id, conversation } = promised;
    const all = stages.slice(from).map((offset, n) => ({
      tenantId: conversation.tenantId,
      place: conversation.place,
      job: 'promise/post',
      subject: id,
      stage: `${from + n}@${revision}`,
      dueAt: new Date(Math.floor(dueAt + offset)),
    }));
    return chained ? all.slice(0, 1) : all;
  }

  /** All stages of the promises that still hold must be rows: what follows is kept with what it follows from. */
  missing(): string[] {
    const { store } = this.#world;
    const rows = new Map([...store.rows.values()].map((row) => [`${row.delivery.subject} ${row.delivery.stage}`, row]));
    return [...this.kept.values()].flatMap(({ promised, revision, open }) =>
      promised.stages.flatMap((_offset, n) => {
        if (!open || rows.has(`${promised.id} ${n}@${revision}`)) return [];
        const former = rows.get(`${promised.id} ${n - 1}@${revision}`);
        return promised.chained && former?.state !== 'sent' ? [] : [`${promised.id} ${n}@${revision}`];
      }),
    );
  }

  jobs(process: Process): ReadonlyMap<string, Job> {
    const { dice, plan, time, history, faults } = this.#world;
    const stumble = (row: string): void => {
      if (time.now >= plan.faultsEndAt || !dice.chance(plan.shares.stumble)) return;
      faults.count('job stumbled');
      history.throws.set(row, (history.throws.get(row) ?? 0) + 1);
      throw new Error('a run of a job failed');
    };
    const notice = (delivery: Delivery): NewDelivery => ({
      ...delivery,
      place: { ...delivery.place, conversationId: '19:fallback' },
      job: 'promise/notice',
      subject: `notice ${delivery.id}`,
      stage: 'one',
      dueAt: new Date(Math.floor(time.now)),
    });
    const post: Job = {
      name: 'promise/post',
      run: async (delivery, now) => {
        const { id, repeat, subject, stage, place, tenantId } = delivery;
        const kept = await process.reach('read', () => ({ ...(this.kept.get(subject) as Kept) }));
        const { promised, revision, dueAt, open } = kept;
        const [n = 0, of = 0] = stage.split('@').map(Number);
        if (promised.poisoned) {
          history.throws.set(id, (history.throws.get(id) ?? 0) + 1);
          throw new Error('poisoned');
        }
        stumble(id);
        if (!open || of !== revision) return { kind: 'drop', reason: 'not wanted any more' };
        const next = promised.stages[n + 1];
        // After an outage there is one post for a promise, the latest.
        if (next !== undefined && !promised.chained && dueAt + next <= now.getTime())
          return { kind: 'drop', reason: 'a later one is due' };
        const following = promised.chained ? this.#stages(kept, n + 1) : [];
        const change = {
          job: 'promise/change',
          subject: `change ${id}`,
          stage: 'one',
          dueAt: new Date(Math.floor(time.now)),
        };
        return {
          kind: 'post',
          reply: textOf({ row: id, repeat, large: true }),
          shorter: textOf({ row: id, repeat, large: false }),
          summary: 'a reminder',
          then: n > 0 ? [...following, { tenantId, place, ...change }] : following,
        };
      },
      undelivered: async (delivery) => {
        stumble(delivery.id);
        return [notice(delivery)];
      },
      moved: () => async () => true,
    };
    const told: Job = {
      name: 'promise/notice',
      run: async ({ id, repeat }) => ({
        kind: 'post',
        reply: textOf({ row: id, repeat, large: false }),
        summary: 'a notice',
      }),
    };
    const change: Job = {
      name: 'promise/change',
      run: async ({ id, repeat }) => {
        stumble(id);
        return { kind: 'replace', activityId: 'm1', reply: textOf({ row: id, repeat, large: false }) };
      },
    };
    return new Map([post, told, change].map((job) => [job.name, job]));
  }
}
