import type { Services } from '../../src/features/feature.ts';
import { createSender } from '../../src/jobs/sender.ts';
import { createWorker, type Worker } from '../../src/jobs/worker.ts';
import type { LogFields, Logger } from '../../src/logger.ts';
import { channelOf, type Outbox } from '../../src/store/outbox.ts';
import { Dice } from '../turns/mutate.ts';
import { Faults, History } from './history.ts';
import { LooseAlarms } from './loose-alarm.ts';
import { LooseTeams } from './loose-teams.ts';
import { MemoryOutbox, outboxOver, type Store, type StoreBugs } from './memory-outbox.ts';
import type { Plan } from './plan.ts';
import { Process } from './process.ts';
import { Promises } from './promises.ts';
import { seconds, Time } from './time.ts';

interface Replica {
  readonly process: Process;
  readonly worker: Worker;
}

/** Two processes with the real sender and the real worker over one store, one queue and one Teams. */
export class World {
  readonly plan: Plan;
  readonly time: Time;
  /** Everything that is not planned comes from here, in the order in which it happens. */
  readonly dice: Dice;
  readonly history: History;
  readonly faults = new Faults();
  readonly store: MemoryOutbox;
  readonly alarms: LooseAlarms;
  readonly teams: LooseTeams;
  readonly promises: Promises;
  readonly #replicas: (Replica | undefined)[] = [];
  readonly #say: ((line: string) => void) | undefined;
  #processes = 0;

  constructor(plan: Plan, bugs: StoreBugs, say: ((line: string) => void) | undefined) {
    this.plan = plan;
    this.#say = say;
    this.time = new Time(plan.startsAt);
    this.dice = new Dice(plan.seed * 31 + 7);
    this.history = new History(this);
    let rows = 0;
    this.store = new MemoryOutbox(
      () => this.time.now,
      () => `r${String(rows++).padStart(5, '0')}`,
      bugs,
    );
    this.alarms = new LooseAlarms(this);
    this.teams = new LooseTeams(this);
    this.promises = new Promises(this);
    this.#schedule();
  }

  trace(line: string): void {
    this.#say?.(`${((this.time.now - this.plan.startsAt) / 1_000).toFixed(3).padStart(9)} s  ${line}`);
  }

  #schedule(): void {
    const { plan, time } = this;
    const at = (when: number, what: string, run: () => void) =>
      time.at(when, () => {
        this.trace(what);
        run();
      });
    for (const promised of plan.promises) {
      at(promised.createdAt, `promise ${promised.id}`, () => this.promises.make(promised));
      for (const { at: when, kind, dueAt } of promised.later) {
        const change = () => (kind === 'cancel' ? this.promises.cancel(promised) : this.promises.move(promised, dueAt));
        at(when, `${kind} ${promised.id}`, change);
      }
    }
    for (const slot of [0, 1]) this.#start(slot);
    for (const { at: when, process, ms } of plan.freezes)
      at(when, `freeze ${process}`, () => this.#freeze(process, ms));
    for (const { at: when, process } of plan.stops) at(when, `stop ${process}`, () => this.#stop(process));
    for (const { at: when, process, ms } of plan.jumps)
      at(when, `clock of ${process} jumps`, () => {
        this.faults.count('clock jump');
        const replica = this.#replicas[process];
        if (replica) replica.process.skew += ms;
      });
    if (plan.tablesLostAt !== undefined)
      at(plan.tablesLostAt, 'tables of the queue lost', () => {
        this.faults.count('queue lost');
        this.alarms.loseTables();
      });
    for (const { at: when, conversation } of plan.spoken) {
      const { tenantId, place } = conversation;
      at(when, `somebody speaks in ${place.conversationId}`, () =>
        this.alarms.keep(this.store.unpark(tenantId, channelOf(place.conversationId))),
      );
    }
  }

  databaseGoneAt(instant: number, marginMs: number): boolean {
    return this.plan.databaseGone.some(({ from, to }) => instant >= from && instant < to + marginMs);
  }

  // ---- processes

  kill(process: Process, where: string): void {
    if (!process.alive) return;
    this.trace(`kill ${process.name} at ${where}`);
    this.faults.count('kill');
    process.alive = false;
    this.history.killed(process);
    this.#replicas[process.slot] = undefined;
    this.time.after(500 + this.dice.next() * seconds(10), () => this.#start(process.slot));
  }

  #freeze(slot: number, ms: number): void {
    const process = this.#replicas[slot]?.process;
    if (!process) return;
    this.faults.count('freeze');
    process.frozenUntil = Math.max(process.frozenUntil, this.time.now + ms);
    this.history.frozen(process);
  }

  /** As a deploy does it: what is under way is waited for, for 20 s. */
  #stop(slot: number): void {
    const replica = this.#replicas[slot];
    if (!replica) return;
    this.faults.count('stop');
    void replica.worker.stop().then(() => this.kill(replica.process, 'the end'));
    this.time.after(seconds(20), () => this.kill(replica.process, 'its time limit'));
  }

  #start(slot: number): void {
    const process = new Process(this, slot, `${'AB'[slot]}${++this.#processes}`);
    this.trace(`start ${process.name}`);
    const log = this.#logOf(process);
    const alarm = this.alarms.of(process);
    const outbox = this.#watched(
      process,
      outboxOver(this.#storeOf(process), process.reach, (rows, isInTransaction) => {
        if (!isInTransaction) return alarm.set(rows);
        this.alarms.keep(rows);
        return Promise.resolve();
      }),
    );
    // A clock that only goes forward starts anywhere.
    const offset = this.dice.next() * 1e9;
    const clock = () => this.time.now + offset;
    const sender = createSender({
      outbox,
      channel: this.teams.of(process),
      jobs: this.promises.jobs(process),
      services: {} as Services,
      log,
      clock,
      random: () => this.dice.next(),
      sleep: (ms) => new Promise<void>((resolve) => this.time.after(ms, () => process.run(resolve))),
    });
    const worker = createWorker({
      outbox,
      alarm,
      sender,
      log,
      // Every third run takes the way of very many at once.
      burst: this.plan.seed % 3 === 0 ? 2 : 64,
      timers: {
        now: clock,
        after: (ms, run, background) =>
          this.time.after(background ? ms : this.#longer(ms), () => process.run(run), true),
      },
    });
    this.#replicas[slot] = { process, worker };
    worker.start();
  }

  /** Nothing happens in most polls of a quiet hour: those are left out, so that a run takes milliseconds. */
  #longer(ms: number): number {
    const { now } = this.time;
    let next = this.time.nextBusy();
    for (const row of this.store.open()) {
      const looked = Math.max(row.wakeAt, row.leaseUntil ?? -Infinity);
      if (looked < next) next = looked;
    }
    if (!Number.isFinite(next) || next - now <= ms) return ms;
    return Math.max(1, Math.floor((next - now) / ms)) * ms;
  }

  /** The store as this process reaches it: the history hears of what is kept in the moment when it is kept. */
  #storeOf(process: Process): Store {
    const { history, store, time } = this;
    const names = Object.getOwnPropertyNames(MemoryOutbox.prototype) as (keyof Store)[];
    const bound = Object.fromEntries(names.map((name) => [name, (store[name] as () => unknown).bind(store)]));
    return {
      ...(bound as unknown as Store),
      begin: (row) => {
        const granted = store.begin(row);
        this.trace(`${process.name} begins ${row.id}: ${granted}`);
        if (granted) history.began(process, row.id);
        return granted;
      },
      finish: (row, result, deliveries) => {
        if (deliveries?.length && time.now < this.plan.faultsEndAt && this.dice.chance(this.plan.shares.stumble / 4)) {
          this.faults.count('following not kept');
          history.notKept(row.id);
          throw new Error('what follows cannot be kept');
        }
        const done = store.finish(row, result, deliveries);
        this.trace(`${process.name} finishes ${row.id} as ${result.kind}: ${done.kept}`);
        // One that comes too late says nothing of the attempt that is under way.
        if (done.kept) history.finished(process, row.id);
        return done;
      },
      leaveAlone: (tenantId, channelId, ms) => {
        store.leaveAlone(tenantId, channelId, ms);
        history.leftAlone(process, tenantId, channelId, ms);
      },
    };
  }

  /** A begin that is not answered posts nothing. */
  #watched(process: Process, outbox: Outbox): Outbox {
    return {
      ...outbox,
      begin: (row) =>
        outbox.begin(row).catch((error: unknown) => {
          this.history.beginFailed(process, row.id);
          throw error;
        }),
    };
  }

  #logOf(process: Process): Logger {
    const line = ({ error, ...fields }: LogFields, message: string) =>
      this.trace(
        `${process.name} says: ${message} ${JSON.stringify(fields)} ${error instanceof Error ? error.message : ''}`,
      );
    return { debug: line, info: line, warn: line, error: line };
  }
}
