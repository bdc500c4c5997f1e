import { VERDICTS } from '../../playbook/schema.ts';
import type { Figure, Services } from '../feature.ts';
import { countsOf, PERIODS, periodValues, type FiguresAsked } from '../figures.ts';

/**
 * How many checks came to which verdict. A check that was corrected counts once, with its last verdict and at its time.
 * Whether the ICM was opened then is not known here.
 */
export async function verdictFigures(
  asked: FiguresAsked,
  { records, playbook }: Pick<Services, 'records' | 'playbook'>,
): Promise<readonly Figure[]> {
  const rows = await records.query<{ n: string; verdict: string; times: string }>(
    `SELECT p.n, a.details ->> 'verdict' AS verdict, count(*) AS times
     FROM ${PERIODS} JOIN audit a ON a.at >= p.starts AND a.at < p.ends
     WHERE a.tenant_id = $1 AND a.event = 'verdict' AND NOT EXISTS (
       SELECT FROM audit later
       WHERE later.tenant_id = $1 AND later.subject = a.subject AND later.event = 'verdict' AND later.id > a.id)
     GROUP BY p.n, verdict`,
    periodValues(asked),
  );
  return VERDICTS.map((verdict) => ({
    group: 'Checks “should I open an ICM?”, by verdict',
    title: playbook.verdicts[verdict].name,
    unit: 'count',
    values: countsOf(
      rows.filter((row) => row.verdict === verdict),
      asked,
    ),
  }));
}
