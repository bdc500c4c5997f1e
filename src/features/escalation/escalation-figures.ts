import type { Figure, Services } from '../feature.ts';
import { countsOf, PERIODS, periodValues, valuesOf, type FiguresAsked } from '../figures.ts';

/**
 * How many CSAT escalations were asked for and how they were decided (F41, F42), and how long a decision took from the
 * request on: each in the period of its own moment.
 */
export async function escalationFigures(
  asked: FiguresAsked,
  { records }: Pick<Services, 'records'>,
): Promise<readonly Figure[]> {
  const requested = await records.query<{ n: string; times: string }>(
    `SELECT p.n, count(*) AS times FROM ${PERIODS}
     JOIN escalation e ON e.created_at >= p.starts AND e.created_at < p.ends
     WHERE e.tenant_id = $1 GROUP BY p.n`,
    periodValues(asked),
  );
  const decided = await records.query<{ n: string; decision: string; times: string }>(
    `SELECT p.n, d.decision, count(*) AS times FROM ${PERIODS}
     JOIN escalation_decision d ON d.at >= p.starts AND d.at < p.ends
     WHERE d.tenant_id = $1 GROUP BY p.n, d.decision`,
    periodValues(asked),
  );
  const spans = await records.query<{ n: string; median: string; longest: string }>(
    `SELECT p.n, percentile_cont(0.5) WITHIN GROUP (ORDER BY s.ms) AS median, max(s.ms) AS longest FROM ${PERIODS}
     JOIN (
       SELECT d.at, (extract(epoch FROM d.at - e.created_at) * 1000)::float8 AS ms
       FROM escalation_decision d JOIN escalation e ON e.id = d.escalation_id AND e.tenant_id = d.tenant_id
       WHERE d.tenant_id = $1
     ) s ON s.at >= p.starts AND s.at < p.ends
     GROUP BY p.n`,
    periodValues(asked),
  );
  const group = 'CSAT escalations';
  const decisions = (decision: string) =>
    countsOf(
      decided.filter((row) => row.decision === decision),
      asked,
    );
  const none = 'no decision';
  return [
    { group, title: 'Asked for', unit: 'count', values: countsOf(requested, asked) },
    { group, title: 'Approved', unit: 'count', values: decisions('approved') },
    { group, title: 'Declined', unit: 'count', values: decisions('declined') },
    {
      group,
      title: 'Time to the decision, median',
      unit: 'ms',
      values: valuesOf(spans, asked, ({ median }) => Number(median)),
      none,
    },
    {
      group,
      title: 'Time to the decision, longest',
      unit: 'ms',
      values: valuesOf(spans, asked, ({ longest }) => Number(longest)),
      none,
    },
  ];
}
