/** A small seeded generator (mulberry32): the same seed gives the same order of contenders and the same intervals. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function shuffled<Value>(values: readonly Value[], random: () => number): Value[] {
  const result = [...values];
  for (let at = result.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [result[at], result[other]] = [result[other] as Value, result[at] as Value];
  }
  return result;
}

/** Latencies in buckets 1 % wide from 10 microseconds up: small, and rounds can be added without sorting. */
export class Latencies {
  static readonly #size = 1_600;
  readonly counts = new Uint32Array(Latencies.#size);

  add(ms: number): void {
    const bucket = Math.round(Math.log(Math.max(ms, 0.01) / 0.01) / Math.log(1.01));
    const at = Math.min(bucket, Latencies.#size - 1);
    this.counts[at] = (this.counts[at] as number) + 1;
  }

  /** Milliseconds that `share` of the latencies of all `parts` do not exceed. */
  static quantile(parts: readonly Latencies[], share: number): number {
    const sum = new Uint32Array(Latencies.#size);
    let total = 0;
    for (const part of parts) {
      for (let at = 0; at < sum.length; at += 1) {
        const count = part.counts[at] as number;
        sum[at] = (sum[at] as number) + count;
        total += count;
      }
    }
    let seen = 0;
    for (let at = 0; at < sum.length; at += 1) {
      seen += sum[at] as number;
      if (seen >= total * share) return 0.01 * 1.01 ** at;
    }
    return Number.NaN;
  }
}

/** What one contender did in one scenario of one round. */
export interface Sample {
  readonly turns: number;
  readonly seconds: number;
  /** CPU seconds of the bot process. */
  readonly cpu: number;
  readonly latencies: Latencies;
}

export const metrics = ['throughput', 'cpu', 'p50', 'p99'] as const;
export type Metric = (typeof metrics)[number];
/** Turns per second, CPU seconds per 1,000 turns, milliseconds. */
export type Figures = Readonly<Record<Metric, number>>;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The figures of all rounds together: totals over totals, not the mean of ratios. */
export function figuresOf(samples: readonly Sample[]): Figures {
  const turns = sum(samples.map((sample) => sample.turns));
  const latencies = samples.map((sample) => sample.latencies);
  return {
    throughput: turns / sum(samples.map((sample) => sample.seconds)),
    cpu: (sum(samples.map((sample) => sample.cpu)) / turns) * 1_000,
    p50: Latencies.quantile(latencies, 0.5),
    p99: Latencies.quantile(latencies, 0.99),
  };
}

export interface Interval {
  readonly value: number;
  /** 95 % of the resampled values lie between these two. */
  readonly low: number;
  readonly high: number;
}

/** Draws whole rounds again and again; `compute` is given the indexes of the rounds drawn. */
function bootstrap<Key extends string>(
  rounds: number,
  seed: number,
  compute: (drawn: readonly number[]) => Readonly<Record<Key, number>>,
): Record<Key, Interval> {
  const random = seededRandom(seed);
  const every = Array.from({ length: rounds }, (_, at) => at);
  const value = compute(every);
  const draws = Array.from({ length: 1_000 }, () => compute(every.map(() => Math.floor(random() * rounds))));
  const intervalOf = (key: Key): Interval => {
    const sorted = draws.map((draw) => draw[key]).sort((a, b) => a - b);
    return { value: value[key], low: sorted[25] as number, high: sorted[974] as number };
  };
  return Object.fromEntries((Object.keys(value) as Key[]).map((key) => [key, intervalOf(key)])) as Record<
    Key,
    Interval
  >;
}

/** `ours` over `theirs` for each metric. Rounds are drawn in pairs, since the noise of a round hits both. */
export function ratios(ours: readonly Sample[], theirs: readonly Sample[], seed: number): Record<Metric, Interval> {
  return bootstrap(Math.min(ours.length, theirs.length), seed, (drawn) => {
    const above = figuresOf(drawn.map((at) => ours[at] as Sample));
    const below = figuresOf(drawn.map((at) => theirs[at] as Sample));
    return Object.fromEntries(metrics.map((metric) => [metric, above[metric] / below[metric]])) as Figures;
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[half] as number)
    : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}

/** Median of `ours` over median of `theirs`, for the start times. */
export function medianRatio(ours: readonly number[], theirs: readonly number[], seed: number): Interval {
  return bootstrap(Math.min(ours.length, theirs.length), seed, (drawn) => ({
    ratio: median(drawn.map((at) => ours[at] as number)) / median(drawn.map((at) => theirs[at] as number)),
  })).ratio;
}
