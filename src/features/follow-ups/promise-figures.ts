import type { Figure, Services } from '../feature.ts';
import { countsOf, PERIODS, periodValues, type FiguresAsked } from '../figures.ts';

/**
 * What became of the promised updates, by the time for which they were promised (F13, F80). Kept: the update was sent by
 * then. Missed: the time came without it, whatever followed. Moved: before its time another one was promised, or none
 * was due any more. What is still to come is in none of them.
 */
export async function promiseFigures(
  asked: FiguresAsked,
  { records }: Pick<Services, 'records'>,
): Promise<readonly Figure[]> {
  const rows = await records.query<{ n: string; fate: string; times: string }>(
    `SELECT p.n, f.fate, count(*) AS times FROM ${PERIODS} JOIN (
       SELECT due_at, CASE
         WHEN coalesce(closed_at, $4::timestamptz) > due_at THEN 'missed'
         WHEN status = 'open' THEN 'to come'
         WHEN status = 'sent' THEN 'kept'
         ELSE 'moved' END AS fate
       FROM follow_up WHERE tenant_id = $1
     ) f ON f.due_at >= p.starts AND f.due_at < p.ends
     GROUP BY p.n, f.fate`,
    [...periodValues(asked), asked.now.toISOString()],
  );
  const figure = (fate: string, title: string): Figure => ({
    group: 'Promised updates, by the time promised',
    title,
    unit: 'count',
    values: countsOf(
      rows.filter((row) => row.fate === fate),
      asked,
    ),
  });
  return [
    figure('kept', 'Kept in time'),
    figure('missed', 'Missed'),
    figure('moved', 'Moved or not needed, before their time'),
  ];
}
