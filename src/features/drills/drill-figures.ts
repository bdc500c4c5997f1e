import { channelOf } from '../../store/outbox.ts';
import type { Figure, ReadinessHint, Services } from '../feature.ts';
import { countsOf, PERIODS, periodValues, valuesOf, type FiguresAsked } from '../figures.ts';

/** How many practice runs began, and what was answered to the five questions (F88): each in the period of its beginning. */
export async function drillFigures(
  asked: FiguresAsked,
  { records }: Pick<Services, 'records'>,
): Promise<readonly Figure[]> {
  const rows = await records.query<{ n: string; times: string; average: string | null }>(
    `SELECT p.n, count(*) AS times, avg(s.average) AS average FROM ${PERIODS}
     JOIN drill_run r ON r.started_at >= p.starts AND r.started_at < p.ends
     LEFT JOIN LATERAL (
       SELECT avg(score) AS average FROM drill_score WHERE tenant_id = r.tenant_id AND drill_id = r.drill_id
     ) s ON true
     WHERE r.tenant_id = $1 GROUP BY p.n`,
    periodValues(asked),
  );
  const scored = rows.filter((row) => row.average !== null);
  const group = 'Practice runs';
  return [
    { group, title: 'Begun', unit: 'count', values: countsOf(rows, asked) },
    {
      group,
      title: 'Answers to the five questions, mean of 1 to 5',
      unit: 'score',
      values: valuesOf(scored, asked, ({ average }) => Number(average)),
      none: 'no answers',
    },
  ];
}

/** When the channel practised last: what the bot can tell of the item "Simulate an incident" (F94). */
export async function drillReadiness(
  { tenantId, channelId }: { readonly tenantId: string; readonly channelId: string },
  { records }: Pick<Services, 'records'>,
): Promise<readonly ReadinessHint[]> {
  const rows = await records.query<{ conversation_id: string; title: string; day: string }>(
    `SELECT d.conversation_id, r.scenario ->> 'title' AS title, to_char(r.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day
     FROM drill_run r JOIN drill d ON d.id = r.drill_id AND d.tenant_id = r.tenant_id
     WHERE r.tenant_id = $1 ORDER BY r.started_at DESC LIMIT 200`,
    [tenantId],
  );
  const last = rows.find(({ conversation_id: conversation }) => channelOf(conversation) === channelId);
  return last ? [{ item: 'drill', text: `The last practice run here began on ${last.day} (UTC): ${last.title}.` }] : [];
}
