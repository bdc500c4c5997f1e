import { check, lastAllowed, latenessOfOthers } from './check.ts';
import type { StoreBugs } from './memory-outbox.ts';
import { planOf, type Profile } from './plan.ts';
import { minutes, seconds } from './time.ts';
import { World } from './world.ts';

/** What came of one seed. */
export interface Run {
  readonly seed: number;
  readonly profile: Profile;
  readonly violations: readonly string[];
  readonly rows: Readonly<Record<string, number>>;
  readonly posts: number;
  readonly requests: number;
  readonly extraCopies: number;
  readonly excuses: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly events: number;
  readonly virtualSeconds: number;
  /** From the end of the faults, or when the last was due or Teams wanted to be asked again, until nothing waited. */
  readonly recoveryMs: number;
  /** Of posts beside conversations that hang; only in those runs. */
  readonly lateness: readonly number[];
}

/** One seed is one run. `say` hears what happens. */
export async function simulate(
  seed: number,
  options: { bugs?: StoreBugs; say?: (line: string) => void } = {},
): Promise<Run> {
  const plan = planOf(seed);
  const world = new World(plan, options.bugs ?? {}, options.say);
  const { time, history, store, faults } = world;
  let quietSince: number | undefined;
  let lastDue = plan.faultsEndAt;
  await time.run(plan.startsAt + seconds(3 * 3_600), () => {
    if (time.now < plan.faultsEndAt) return;
    if (store.open().next().done) {
      quietSince ??= time.now;
      // What is still on its way to Teams arrives.
      if (time.now > quietSince + seconds(30)) time.stopped = true;
    } else {
      quietSince = undefined;
      lastDue = Math.max(lastDue, lastAllowed(world));
      if (time.now > lastDue + (plan.profile === 'dark' ? minutes(15) : minutes(4))) time.stopped = true;
    }
  });
  if (history.violations.length === 0) check(world);
  const rows: Record<string, number> = {};
  for (const { state } of store.rows.values()) rows[state] = (rows[state] ?? 0) + 1;
  const excuses: Record<string, number> = {};
  for (const excuse of [...history.excuses.values()].flat()) excuses[excuse] = (excuses[excuse] ?? 0) + 1;
  return {
    seed,
    profile: plan.profile,
    violations: history.violations,
    rows,
    posts: history.posts.length,
    requests: history.requests.length,
    extraCopies: history.posts.length - new Set(history.posts.map(({ request }) => request.row)).size,
    excuses,
    faults: faults.counts,
    events: time.events,
    virtualSeconds: Math.round((time.now - plan.startsAt) / 1_000),
    recoveryMs: Math.max(0, (quietSince ?? time.now) - lastDue),
    lateness: plan.profile === 'hang' ? latenessOfOthers(world).map(Math.round) : [],
  };
}
