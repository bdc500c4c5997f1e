import type { Look } from './probe.ts';
import { slopeOf, uncertaintyOf } from './slope.ts';

/** What was seen of one minute. */
export interface Minute {
  readonly minute: number;
  readonly turns: number;
  readonly failed: number;
  /** ms */
  readonly p50: number;
  readonly p99: number;
  /** Connections to PostgreSQL; `undefined` on the embedded database. */
  readonly sql: number | undefined;
  /** Posts that answer nobody: reminders and what else fell due. */
  readonly reminders: number;
  readonly look: Look;
}

const columns = [
  'min',
  'turns',
  'failed',
  'p50 ms',
  'p99 ms',
  'RSS MB',
  'kept MB',
  'loop p99',
  'SQL',
  'handles',
  'due',
];
const row = (cells: readonly (string | number)[]) => cells.map((cell) => String(cell).padStart(8)).join(' ');
const handlesOf = ({ resources }: Look) => Object.values(resources).reduce((total, count) => total + count, 0);

export const minuteHead = row(columns);

export function shownMinute({ minute, turns, failed, p50, p99, sql, reminders, look }: Minute): string {
  const [rss, kept] = [look.rss, look.heapKept].map((bytes) => (bytes / 1e6).toFixed(1));
  return row([
    ...[minute, turns, failed, p50.toFixed(1), p99.toFixed(1), rss ?? '', kept ?? ''],
    ...[look.delayP99.toFixed(1), sql ?? '-', handlesOf(look), reminders],
  ]);
}

export interface Soaked {
  readonly minutes: readonly Minute[];
  readonly faults: readonly string[];
  readonly refusedSends: number;
  readonly say: (line: string) => void;
}

/** Most growth of the heap that is left after a collection, in MB for 10,000 turns. */
const mostGrowth = 1;
/** More than the pool of one replica may have. */
const mostConnections = 10;

/**
 * Prints the verdict: nothing failed, and nothing grows. Growth is the slope of the line through the minutes after the
 * first third, in which caches fill; it counts as growth when it is above the goal by more than twice its own
 * uncertainty, since ten minutes are few points.
 */
export function judge({ minutes, faults, refusedSends, say }: Soaked): boolean {
  const late = minutes.slice(Math.floor(minutes.length / 3));
  const turnsAt = (at: number) => minutes.slice(0, at).reduce((total, { turns }) => total + turns, 0);
  const line = (value: (minute: Minute) => number): { slope: number; error: number } => {
    const points = late.map((minute) => [turnsAt(minute.minute), value(minute)] as const);
    return { slope: slopeOf(points) * 10_000, error: uncertaintyOf(points) * 10_000 };
  };
  const kept = line(({ look }) => look.heapKept / 1e6);
  const rss = line(({ look }) => look.rss / 1e6);
  const handles = line(({ look }) => handlesOf(look));
  const sql = Math.max(0, ...minutes.map((minute) => minute.sql ?? 0));
  const shown = ({ slope, error }: { slope: number; error: number }) =>
    Number.isFinite(error) ? `${slope.toFixed(2)} +- ${(2 * error).toFixed(2)}` : 'too few minutes to say';
  const grows = kept.slope - 2 * kept.error > mostGrowth;
  const leaks = handles.slope - 2 * handles.error > 20;
  say(`turns                       ${turnsAt(minutes.length)}, failed ${faults.length}, sends refused ${refusedSends}`);
  for (const fault of faults.slice(0, 10)) say(`  ${fault.slice(0, 300)}`);
  say(`heap after collection       ${shown(kept)} MB for 10,000 turns (goal at most ${mostGrowth})`);
  say(`RSS                         ${shown(rss)} MB for 10,000 turns`);
  say(`handles                     ${shown(handles)} for 10,000 turns`);
  say(`connections to the database at most ${sql} (goal at most ${mostConnections})`);
  const isOk = faults.length + refusedSends === 0 && !grows && !leaks && sql <= mostConnections;
  say(isOk ? 'HOLDS: no turn failed, nothing grows' : 'DOES NOT HOLD');
  return isOk;
}
