import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { drillFigures, drillReadiness } from '../../../src/features/drills/drill-figures.ts';
import { migrate } from '../../../src/store/migrate.ts';
import type { Database } from '../../../src/store/database.ts';
import { testDatabases } from '../../support/databases.ts';

const tenantId = 'tenant-1';
const periods = ['2026-11-02', '2026-11-09', '2026-11-16'].map((day) => ({
  from: new Date(`${day}T00:00:00Z`),
  to: new Date(Date.parse(`${day}T00:00:00Z`) + 7 * 86_400_000),
}));

describe.each(testDatabases)('practice runs in numbers on $name', (home) => {
  let records: Database;
  const drill = async (tenant: string, channel: string, at: string, scores: readonly number[]) => {
    const id = randomUUID();
    await records.query(
      `INSERT INTO drill (id, tenant_id, conversation_id, service_url, bot_id) VALUES ($1, $2, $3, 'https://x', 'bot')`,
      [id, tenant, `${channel};messageid=${id}`],
    );
    await records.query(
      `INSERT INTO drill_run (drill_id, tenant_id, scenario_name, scenario, icm_id, started_by, started_at, counts_from)
       VALUES ($1, $2, 'outage', $3, $4, 'somebody', $5, $5)`,
      [id, tenant, JSON.stringify({ title: `Run of ${at.slice(0, 10)}` }), randomUUID(), at],
    );
    for (const [index, score] of scores.entries())
      await records.query(
        'INSERT INTO drill_score (tenant_id, drill_id, person_id, question, score) VALUES ($1, $2, $3, $4, $5)',
        [tenant, id, `person-${index}`, 1 + (index % 5), score],
      );
  };

  beforeAll(async () => {
    records = await home.open();
    await migrate(records);
    await drill(tenantId, '19:one@thread', '2026-11-02T00:00:00Z', [2, 4]);
    await drill(tenantId, '19:two@thread', '2026-11-08T23:59:59Z', [5]);
    await drill(tenantId, '19:one@thread', '2026-11-16T10:00:00Z', []);
    await drill('tenant-2', '19:one@thread', '2026-11-17T10:00:00Z', [1]);
  });
  afterAll(() => records.close());

  test('each run counts in the week of its beginning; runs have one weight, however many answered', async () => {
    const [begun, mean] = await drillFigures({ tenantId, periods, now: new Date('2026-11-20T00:00:00Z') }, { records });
    expect(begun?.values).toEqual([2, 0, 1]);
    expect(mean?.values).toEqual([4, undefined, undefined]);
  });

  test('a channel is told of its own last run', async () => {
    expect(await drillReadiness({ tenantId, channelId: '19:one@thread' }, { records })).toEqual([
      { item: 'drill', text: 'The last practice run here began on 2026-11-16 (UTC): Run of 2026-11-16.' },
    ]);
    expect(await drillReadiness({ tenantId, channelId: '19:three@thread' }, { records })).toEqual([]);
  });
});
