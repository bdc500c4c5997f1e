import type { Alarm, Rung } from '../../src/jobs/alarm.ts';
import type { Alarmed } from '../../src/store/outbox.ts';
import type { Process } from './process.ts';
import { seconds } from './time.ts';
import type { World } from './world.ts';

interface Ring extends Rung {
  readonly at: number;
  readonly dueAt: number;
  /** Somebody has it until then; if it is not off by that time, it rings again. */
  takenUntil: number;
}

/** The tables of the queue, as all processes share them: rings get lost, come twice, late and out of order. */
export class LooseAlarms {
  readonly #world: World;
  #rings: Ring[] | undefined;
  #count = 0;

  constructor(world: World) {
    this.#world = world;
  }

  loseTables(): void {
    this.#rings = undefined;
  }

  /** As the database does it. */
  keep(rows: readonly Alarmed[]): void {
    const { dice, plan, time, faults } = this.#world;
    const { alarmLost, alarmTwice, alarmLate } = time.now < plan.faultsEndAt ? plan.shares : nothing;
    for (const { id, at, dueAt } of rows) {
      if (dice.chance(alarmLost)) {
        faults.count('alarm lost');
        continue;
      }
      const isLate = dice.chance(alarmLate);
      if (isLate) faults.count('alarm late');
      const isTwice = dice.chance(alarmTwice);
      if (isTwice) faults.count('alarm twice');
      for (let n = isTwice ? 2 : 1; n > 0; n -= 1) {
        // It may come out of order or too early as well: the row decides.
        const off = isLate ? (dice.next() - 0.3) * seconds(30) : 0;
        const jobId = `j${this.#count++}`;
        this.#rings?.push({ jobId, id, at: at.getTime() + off, dueAt: dueAt.getTime(), takenUntil: -Infinity });
      }
    }
  }

  of(process: Process): Alarm {
    const { time } = this.#world;
    const tables = (): Ring[] => {
      if (!this.#rings) throw new Error('relation "job" does not exist');
      return this.#rings;
    };
    return {
      set: async (rows) => {
        if (rows.length === 0) return;
        await process.reach('alarm set', () => this.keep(rows)).catch(() => undefined);
      },
      ring: (limit) =>
        process.reach('alarm ring', () => {
          const due = tables()
            .filter(({ at, takenUntil }) => at <= time.now && takenUntil <= time.now)
            .sort((a, b) => a.dueAt - b.dueAt)
            .slice(0, limit);
          for (const ring of due) ring.takenUntil = time.now + seconds(60);
          return due.map(({ jobId, id }) => ({ jobId, id }));
        }),
      off: (jobIds) =>
        process.reach('alarm off', () => {
          const gone = new Set(jobIds);
          if (gone.size > 0) this.#rings = tables().filter(({ jobId }) => !gone.has(jobId));
        }),
      start: () =>
        process.reach('alarm start', () => {
          const isNew = this.#rings === undefined;
          this.#rings ??= [];
          return isNew;
        }),
      stop: async () => undefined,
    };
  }
}

const nothing = { alarmLost: 0, alarmTwice: 0, alarmLate: 0 };
