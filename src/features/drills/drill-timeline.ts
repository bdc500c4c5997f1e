import type { Feature } from '../feature.ts';
import { injectJob } from './drill-deliveries.ts';
import { runOf } from './drill-store.ts';

/** What a practice run tells of its invented ICM: who said what, and when. */
export const drillTimeline: NonNullable<Feature['timeline']> = async (icm, records) => {
  const run = await runOf(records, icm.tenantId);
  if (run?.icmId !== icm.id) return [];
  const sent = await records.query<{ stage: string; sent_at: Date }>(
    `SELECT stage, sent_at FROM outbox
     WHERE tenant_id = $1 AND subject = $2 AND job = $3 AND state = 'sent' AND sent_at IS NOT NULL`,
    [icm.tenantId, run.id, injectJob],
  );
  return sent.flatMap(({ stage, sent_at }) => {
    const inject = run.scenario.injects[Number(stage.split(':', 1)[0])];
    const by = inject && run.scenario.parts[inject.who]?.label;
    return inject ? [{ at: sent_at, kind: 'note' as const, text: `“${inject.text}”`, by }] : [];
  });
};
