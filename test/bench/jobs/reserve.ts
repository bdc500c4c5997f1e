import type { Database } from '../../../src/store/database.ts';
import type { Item } from './home.ts';

/**
 * The pace of table 1.3 for the contenders that have none: reserves a slot for each item in its channel and its tenant,
 * in one statement for a batch as ours does it, and says how many ms each has to wait.
 */
export async function reserve(database: Database, items: readonly Item[]): Promise<readonly number[]> {
  const rows = await database.query<{ n: number; ms: string }>(
    `WITH k AS (
       SELECT * FROM json_to_recordset($1::json) AS t(n int, tenant_id text, channel_id text)
     ), p AS (
       SELECT tenant_id, channel_id, greatest(paced_to, now()) AS start FROM paced
       WHERE (tenant_id, channel_id) IN (SELECT tenant_id, channel_id FROM k UNION SELECT tenant_id, '' FROM k)
       ORDER BY tenant_id, channel_id FOR UPDATE
     ), slots AS (
       SELECT k.n,
         c.start + (row_number() OVER (PARTITION BY k.tenant_id, k.channel_id ORDER BY k.n) - 1) * interval '1 second'
           - interval '4 seconds' AS in_channel,
         t.start + (row_number() OVER (PARTITION BY k.tenant_id ORDER BY k.n) - 1) * interval '40 milliseconds'
           - interval '960 milliseconds' AS in_tenant
       FROM k JOIN p c USING (tenant_id, channel_id) JOIN p t ON t.tenant_id = k.tenant_id AND t.channel_id = ''
     ), taken AS (
       UPDATE paced r SET paced_to = p.start + g.n * CASE WHEN r.channel_id = '' THEN interval '40 milliseconds' ELSE interval '1 second' END
       FROM p JOIN (
         SELECT tenant_id, channel_id, count(*) AS n FROM k GROUP BY 1, 2
         UNION ALL SELECT tenant_id, '', count(*) FROM k GROUP BY 1
       ) g USING (tenant_id, channel_id)
       WHERE r.tenant_id = p.tenant_id AND r.channel_id = p.channel_id
     )
     SELECT n, extract(epoch FROM greatest(in_channel, in_tenant) - now()) * 1000 AS ms FROM slots`,
    [JSON.stringify(items.map(({ tenantId, channelId }, n) => ({ n, tenant_id: tenantId, channel_id: channelId })))],
    'reserve',
  );
  const waits = items.map(() => 0);
  for (const { n, ms } of rows) waits[n] = Math.ceil(Number(ms));
  return waits;
}
