import type { Period } from './feature.ts';

/** What a feature is asked its figures for. */
export interface FiguresAsked {
  readonly tenantId: string;
  readonly periods: readonly Period[];
  readonly now: Date;
}

/**
 * Periods as a table in SQL: `$1` is the tenant, `p.n` counts the periods from 1, and a moment belongs to a period where
 * `moment >= p.starts AND moment < p.ends`. The values are those of `periodValues`.
 */
export const PERIODS = 'unnest($2::timestamptz[], $3::timestamptz[]) WITH ORDINALITY AS p(starts, ends, n)';

export const periodValues = ({ tenantId, periods }: FiguresAsked): readonly unknown[] => [
  tenantId,
  periods.map(({ from }) => from.toISOString()),
  periods.map(({ to }) => to.toISOString()),
];

/** Values by period from rows that have only the periods with something in them; `n` as in `PERIODS`. */
export function valuesOf<Row extends { readonly n: string }>(
  rows: readonly Row[],
  { periods }: FiguresAsked,
  value: (row: Row) => number,
): readonly (number | undefined)[] {
  const byPeriod = new Map(rows.map((row) => [Number(row.n), value(row)]));
  return periods.map((_period, at) => byPeriod.get(at + 1));
}

/** The same for counts: a period without a row has none. */
export const countsOf = <Row extends { readonly n: string; readonly times: string }>(
  rows: readonly Row[],
  asked: FiguresAsked,
): readonly number[] => valuesOf(rows, asked, ({ times }) => Number(times)).map((count) => count ?? 0);
