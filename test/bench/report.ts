import { figure } from '../../scripts/figures.ts';
import type { ContenderName } from './contenders.ts';
import type { Scenario } from './scenarios.ts';
import { figuresOf, ratios, type Interval, type Metric, type Sample } from './statistics.ts';

/** Least throughput, as a multiple of the echo bot's (issue 2, Must show 7). */
const goals: Readonly<Partial<Record<ContenderName, Readonly<Record<Scenario['key'], number>>>>> = {
  'ours, PostgreSQL': { card: 1.3, step: 1.1, text: 2 },
  'ours, PGlite': { card: 0.9, step: 0.75, text: 0 },
};

export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')}`;
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

export const shown = ({ value, low, high }: Interval): string =>
  `${value.toFixed(2)} [${low.toFixed(2)}-${high.toFixed(2)}]`;

const verdict = ({ value, low, high }: Interval, goal: number): string =>
  `>= ${goal.toFixed(2)} ${low >= goal ? 'reached' : value >= goal ? 'reached, within noise' : high >= goal ? 'missed, within noise' : 'MISSED'}`;

const digits: Readonly<Record<Metric, number>> = { throughput: 0, cpu: 3, p50: 2, p99: 2 };

/** One table for a scenario: each contender with its ratio to the echo bot and the goal. */
export function scenarioTable(
  scenario: Scenario,
  samples: ReadonlyMap<ContenderName, readonly Sample[]>,
  seed: number,
): string {
  const base = samples.get('echo') ?? [];
  const rows = [['', 'turns/s', 'x echo', 'CPU s/1000', 'x echo', 'p50 ms', 'x echo', 'p99 ms', 'x echo', 'goal']];
  for (const [name, own] of samples) {
    const figures = figuresOf(own);
    const against = name === 'echo' ? undefined : ratios(own, base, seed);
    const pair = (metric: Metric): string[] => [
      figures[metric].toFixed(digits[metric]),
      against ? shown(against[metric]) : '',
    ];
    const goal = goals[name]?.[scenario.key];
    if (against && name.startsWith('ours')) {
      const what = `${scenario.title}, ${name.slice('ours, '.length)}`;
      const throughput = { value: `${figures.throughput.toFixed(0)} turns/s`, ratio: shown(against.throughput) };
      figure({ by: 'bench:turns', what, ...throughput, ...(goal ? { goal: verdict(against.throughput, goal) } : {}) });
      figure({ by: 'bench:turns', what, value: `p99 ${figures.p99.toFixed(1)} ms`, ratio: shown(against.p99) });
    }
    rows.push([
      name,
      ...pair('throughput'),
      ...pair('cpu'),
      ...pair('p50'),
      ...pair('p99'),
      goal && against ? verdict(against.throughput, goal) : '',
    ]);
  }
  return `${scenario.title}\n${table(rows)}`;
}

/** Our bot against each peer; the goal is to be ahead of them. */
export function peerLines(samples: ReadonlyMap<ContenderName, readonly Sample[]>, seed: number): string[] {
  const lines: string[] = [];
  for (const peer of ['agents-hosting', 'teams.apps'] as const) {
    for (const ours of ['ours, PostgreSQL', 'ours, PGlite'] as const) {
      const [theirs, own] = [samples.get(peer), samples.get(ours)];
      if (!theirs || !own) continue;
      const { throughput, cpu } = ratios(own, theirs, seed);
      const goal = ours === 'ours, PostgreSQL' ? `   goal: ${verdict(throughput, 1)}` : '';
      lines.push(`  ${ours} / ${peer}: throughput ${shown(throughput)}, CPU ${shown(cpu)}${goal}`);
    }
  }
  return lines;
}

/**
 * A step of ours keeps its state and is compared with an invoke that the echo bot answers out of hand, without a send.
 * Against the echo bot's turn with a message it looks like this.
 */
export function stepLines(
  samples: ReadonlyMap<ContenderName, readonly Sample[]>,
  echoMessages: readonly Sample[],
  seed: number,
): string[] {
  return [...samples]
    .filter(([name]) => name.startsWith('ours'))
    .map(([name, own]) => {
      const { throughput, cpu } = ratios(own, echoMessages, seed);
      return `  ${name}, step / echo, plain text (for comparison): throughput ${shown(throughput)}, CPU ${shown(cpu)}`;
    });
}
