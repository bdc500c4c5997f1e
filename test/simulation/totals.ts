import type { Run } from './simulate.ts';

type Counts = Record<string, number>;

/** What many runs came to, small enough to be handed from process to process. */
export interface Totals {
  runs: number;
  posts: number;
  requests: number;
  extraCopies: number;
  events: number;
  virtualSeconds: number;
  readonly profiles: Counts;
  readonly rows: Counts;
  readonly excuses: Counts;
  readonly faults: Counts;
  /** The longest recovery of a run of this kind, in ms. */
  readonly recoveryMs: Counts;
  /** Posts beside conversations that hang, by how late they were: up to 100 ms, up to 200 ms and so on. */
  readonly lateness: Counts;
  readonly failed: { readonly seed: number; readonly violations: readonly string[] }[];
}

export const noTotals = (): Totals => ({
  runs: 0,
  posts: 0,
  requests: 0,
  extraCopies: 0,
  events: 0,
  virtualSeconds: 0,
  profiles: {},
  rows: {},
  excuses: {},
  faults: {},
  recoveryMs: {},
  lateness: {},
  failed: [],
});

const addTo = (sum: Counts, more: Counts): void => {
  for (const [name, n] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + n;
};

export function add(totals: Totals, run: Run): void {
  totals.runs += 1;
  for (const name of ['posts', 'requests', 'extraCopies', 'events', 'virtualSeconds'] as const)
    totals[name] += run[name];
  addTo(totals.profiles, { [run.profile]: 1 });
  addTo(totals.rows, run.rows);
  addTo(totals.excuses, run.excuses);
  addTo(totals.faults, run.faults);
  totals.recoveryMs[run.profile] = Math.max(totals.recoveryMs[run.profile] ?? 0, run.recoveryMs);
  for (const ms of run.lateness) addTo(totals.lateness, { [Math.ceil(ms / 100) * 100]: 1 });
  if (run.violations.length > 0) totals.failed.push({ seed: run.seed, violations: run.violations });
}

export function merge(totals: Totals, more: Totals): void {
  for (const name of ['runs', 'posts', 'requests', 'extraCopies', 'events', 'virtualSeconds'] as const)
    totals[name] += more[name];
  for (const name of ['profiles', 'rows', 'excuses', 'faults', 'lateness'] as const) addTo(totals[name], more[name]);
  for (const [name, ms] of Object.entries(more.recoveryMs))
    totals.recoveryMs[name] = Math.max(totals.recoveryMs[name] ?? 0, ms);
  totals.failed.push(...more.failed);
}

/** As people read it. */
export function tableOf(totals: Totals, realSeconds: number): string {
  const sum = (counts: Counts) => Object.values(counts).reduce((one, other) => one + other, 0);
  const list = (counts: Counts) =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([name, n]) => `${name} ${n.toLocaleString('en')}`)
      .join(', ');
  const share = (part: number) => `${((100 * part) / Math.max(1, totals.posts)).toFixed(2)} % of the posts`;
  const { kill: kills = 0, ...faults } = totals.faults;
  const lines: [string, string][] = [
    ['seeds', `${totals.runs.toLocaleString('en')} (${list(totals.profiles)})`],
    [
      'rate',
      `${Math.round(totals.runs / realSeconds)} seeds/s, ${Math.round(totals.events / realSeconds).toLocaleString('en')} events/s`,
    ],
    [
      'time',
      `${Math.round(realSeconds)} s real, ${Math.round(totals.virtualSeconds / 3_600).toLocaleString('en')} h virtual`,
    ],
    ['deliveries', `${sum(totals.rows).toLocaleString('en')}: ${list(totals.rows)}`],
    ['posts in Teams', `${totals.posts.toLocaleString('en')} of ${totals.requests.toLocaleString('en')} requests`],
    ['kills', kills.toLocaleString('en')],
    ['other faults', list(faults)],
    ['extra copies', `${totals.extraCopies.toLocaleString('en')} (${share(totals.extraCopies)})`],
    ['reasons for one', `${sum(totals.excuses).toLocaleString('en')}: ${list(totals.excuses)}`],
    [
      'longest recovery',
      Object.entries(totals.recoveryMs)
        .map(([name, ms]) => `${name} ${Math.round(ms / 1_000)} s`)
        .join(', '),
    ],
    ['beside one that hangs', latenessOf(totals.lateness)],
    ['violations', String(totals.failed.length)],
  ];
  return lines.map(([name, value]) => `${name.padEnd(22)}${value}`).join('\n');
}

/** The upper ends of the buckets that hold the median and so on. */
function latenessOf(buckets: Counts): string {
  const sorted = Object.entries(buckets)
    .map(([ms, n]) => [Number(ms), n] as const)
    .sort(([a], [b]) => a - b);
  const count = sorted.reduce((sum, [, n]) => sum + n, 0);
  const at = (part: number) => {
    let seen = 0;
    return sorted.find(([, n]) => (seen += n) >= count * part)?.[0] ?? 0;
  };
  return `${count.toLocaleString('en')} posts, late by at most ${at(0.5)} ms (p50), ${at(0.99)} ms (p99), ${at(1)} ms (all)`;
}
