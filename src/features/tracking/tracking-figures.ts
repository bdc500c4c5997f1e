import type { Playbook } from '../../playbook/schema.ts';
import type { Figure, Services } from '../feature.ts';
import { PERIODS, periodValues, type FiguresAsked } from '../figures.ts';
import { driftOf, severityFor, type Severities } from './severity-drift.ts';

interface StepRow {
  readonly n: string;
  readonly event: string;
  readonly details: unknown;
  /** Of the step before, of the same ICM. */
  readonly before: unknown;
}

/** How many ICMs were tracked, and how often their severities came to differ from the table, and to fit again (F1, F2, F6). */
export async function trackingFigures(
  asked: FiguresAsked,
  { records, playbook }: Pick<Services, 'records' | 'playbook'>,
): Promise<readonly Figure[]> {
  const rows = await records.query<StepRow>(
    `SELECT p.n, s.event, s.details, s.before FROM ${PERIODS} JOIN (
       SELECT at, event, details, lag(details) OVER (PARTITION BY subject ORDER BY id) AS before FROM audit
       WHERE tenant_id = $1 AND event IN ('icm tracked', 'icm changed') AND subject IN (
         SELECT subject FROM audit WHERE tenant_id = $1 AND event IN ('icm tracked', 'icm changed')
           AND at >= (SELECT min(starts) FROM unnest($2::timestamptz[]) AS starts))
     ) s ON s.at >= p.starts AND s.at < p.ends`,
    periodValues(asked),
  );
  const count = (is: (row: StepRow) => boolean) =>
    asked.periods.map((_period, at) => rows.filter((row) => Number(row.n) === at + 1 && is(row)).length);
  const drifts = (details: unknown) => hasDrift(severitiesIn(details), playbook);
  const fits = (details: unknown) => doFit(severitiesIn(details), playbook);
  const group = 'Tracked ICMs';
  return [
    { group, title: 'Tracked', unit: 'count', values: count(({ event }) => event === 'icm tracked') },
    {
      group,
      title: 'Severity came to differ from the table',
      unit: 'count',
      values: count(({ details, before }) => drifts(details) && !drifts(before)),
    },
    {
      group,
      title: 'Severity fits the table again',
      unit: 'count',
      values: count(({ details, before }) => fits(details) && drifts(before)),
    },
  ];
}

const hasDrift = (icm: Severities | undefined, playbook: Playbook): boolean =>
  icm !== undefined && driftOf(icm, playbook) !== undefined;

/** Both are known, and the same; where one was taken out nobody knows. */
const doFit = (icm: Severities | undefined, playbook: Playbook): boolean =>
  icm?.icmSeverity !== undefined && severityFor(icm, playbook) === icm.icmSeverity;

/** The severities that the trail holds of a step; an older version of the program may have written it. */
function severitiesIn(details: unknown): Severities | undefined {
  if (typeof details !== 'object' || details === null) return undefined;
  const { caseSeverity, icmSeverity, outage } = details as Readonly<Record<string, unknown>>;
  return {
    caseSeverity: (['A', 'B', 'C'] as const).find((one) => one === caseSeverity),
    icmSeverity: ([1, 2, 3] as const).find((one) => one === icmSeverity),
    outage: outage === true,
  };
}
