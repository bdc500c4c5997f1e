import { AppError } from '../../src/errors.ts';
import type { Reach } from './memory-outbox.ts';
import type { World } from './world.ts';

/** A request of a process to something outside of it. */
export interface Asked<T> {
  readonly name: string;
  /** Ms until it is there and until the answer is back. */
  readonly up: number;
  readonly down: number;
  /** What it does there, whether or not whoever asked still lives; what it throws is the answer. */
  readonly effect: () => T;
}

/**
 * One process of the bot. Each of its awaits is a request that takes time and can be its last: it is killed before the
 * request leaves, before or after its effect, or before it sees the answer.
 */
export class Process {
  readonly #world: World;
  readonly name: string;
  /** Which of the replicas it is. */
  readonly slot: number;
  alive = true;
  frozenUntil = -Infinity;
  /** What its own clock is off by; the database's is right. */
  skew = 0;

  constructor(world: World, slot: number, name: string) {
    this.#world = world;
    this.slot = slot;
    this.name = name;
  }

  /** Runs it unless the process is dead; later, if it is frozen. */
  run(work: () => void): void {
    const { time } = this.#world;
    if (!this.alive) return;
    if (time.now < this.frozenUntil) time.at(this.frozenUntil, () => this.run(work));
    else work();
  }

  ask<T>({ name, up, down, effect }: Asked<T>): Promise<T> {
    const { world } = { world: this.#world };
    const { time, dice } = world;
    const isActive = time.now < world.plan.faultsEndAt;
    const dies = isActive && dice.chance(world.plan.shares.kill) ? dice.below(3) : undefined;
    // A connection that breaks with its process may take the request with it.
    const isCut = dice.chance(0.5);
    return new Promise((resolve, reject) => {
      const arrive = (): void => {
        if (!this.alive && isCut) return;
        if (dies === 0) {
          world.kill(this, name);
          if (isCut) return;
        }
        let answer: () => void;
        try {
          const result = effect();
          answer = () => resolve(result);
        } catch (error) {
          answer = () => reject(error instanceof Error ? error : new Error(String(error)));
        }
        if (dies === 1) world.kill(this, name);
        time.after(down, () => {
          if (dies === 2) world.kill(this, name);
          this.run(answer);
        });
      };
      time.after(up, arrive);
    });
  }

  /** A statement: atomic, slow at times, and lost before or after its effect at times. */
  readonly reach: Reach = (name, statement) => {
    const { plan, dice, time, faults } = this.#world;
    const isActive = time.now < plan.faultsEndAt;
    const isSlow = isActive && dice.chance(plan.shares.databaseSlow);
    const before = isActive && dice.chance(plan.shares.databaseBefore);
    const after = isActive && dice.chance(plan.shares.databaseAfter);
    const gone = () => plan.databaseGone.some(({ from, to }) => time.now >= from && time.now < to);
    const ms = () => (isSlow ? dice.next() * 2_900 : 0.3 + dice.next() * 2);
    if (isSlow) faults.count('database slow');
    return this.ask({
      name,
      up: ms(),
      down: ms(),
      effect: () => {
        if (before || gone()) {
          faults.count('database gone before');
          throw new AppError('database-unavailable', 'before');
        }
        const result = statement();
        if (!after) return result;
        faults.count('database gone after');
        throw new AppError('database-unavailable', 'after');
      },
    });
  };
}
