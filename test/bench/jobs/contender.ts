import { createCardRenderer } from '../../../src/bot/card-renderer.ts';
import { createChannel } from '../../../src/bot/channel.ts';
import { createConnector } from '../../../src/bot/connector.ts';
import { isLoopbackServiceUrl } from '../../../src/bot/service-url.ts';
import type { Job, Services } from '../../../src/features/feature.ts';
import { createAlarm } from '../../../src/jobs/alarm.ts';
import { createSender } from '../../../src/jobs/sender.ts';
import { createWorker } from '../../../src/jobs/worker.ts';
import { createLogger } from '../../../src/logger.ts';
import { openPostgres, type Database } from '../../../src/store/database.ts';
import { createOutbox, teamsPace, type Pace } from '../../../src/store/outbox.ts';
import { answerParent } from '../child.ts';
import { bareSchema, textOf, type ContenderName, type Item } from './home.ts';
import { reserve } from './reserve.ts';

/** One worker process of one contender. All post by the same client, so many at once. */
const atOnce = Number(process.env['AT_ONCE'] ?? 64);
const name = process.env['CONTENDER'] as ContenderName;
const isPaced = process.env['PACE'] === 'on';
const url = process.env['DATABASE_URL'] as string;
const serviceUrl = process.env['STAND_IN'] as string;
const connector = createConnector({ token: () => Promise.resolve(undefined), mayCall: isLoopbackServiceUrl });

const noPace: Pace = {
  channel: { every: '0 seconds', burst: '1 second' },
  tenant: { every: '0 seconds', burst: '1 second' },
};

function ours(): () => Promise<void> {
  const database = openPostgres(url);
  const log = createLogger('warn');
  const alarm = createAlarm(database, log);
  const outbox = createOutbox(
    database,
    (rows, transaction) => alarm.set(rows, transaction),
    undefined,
    isPaced ? teamsPace : noPace,
  );
  const job: Job = {
    name: 'bench/post',
    async run({ subject, dueAt }) {
      const text = textOf(subject, dueAt.getTime());
      return { kind: 'post', reply: { kind: 'text', text }, summary: 'bench' };
    },
  };
  const sender = createSender({
    outbox,
    channel: createChannel(createCardRenderer(new URL('../../../cards/', import.meta.url)), connector),
    jobs: new Map([[job.name, job]]),
    services: {} as Services,
    log,
    clock: () => performance.now(),
  });
  const worker = createWorker({ outbox, alarm, sender, log });
  worker.start();
  return () => worker.stop();
}

const post = async ({ key, channelId, dueAt }: Pick<Item, 'key' | 'channelId' | 'dueAt'>): Promise<void> => {
  const activity = {
    type: 'message',
    from: { id: '28:b' },
    conversation: { id: channelId },
    summary: 'bench',
    textFormat: 'markdown',
    text: textOf(key, dueAt),
  };
  const result = await connector.tryPost(serviceUrl, channelId, JSON.stringify(activity));
  if (result.kind !== 'sent') throw new Error(`not sent: ${result.why}`);
};

/** Posts a batch, each item when the pace lets it through. */
async function postAll(database: Database, items: readonly Item[]): Promise<void> {
  const waits = isPaced ? await reserve(database, items) : [];
  await Promise.all(
    items.map(async (item, at) => {
      const waitMs = waits[at] ?? 0;
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      await post(item);
    }),
  );
}

async function bareBoss(): Promise<() => Promise<void>> {
  const { PgBoss } = await import('pg-boss');
  const database = openPostgres(url, { max: 2 });
  const boss = new PgBoss({ connectionString: url, schema: bareSchema, max: 8, schedule: false });
  boss.on('error', (error) => console.error(error));
  await boss.start();
  await boss.work<Item>(
    'post',
    { batchSize: atOnce, pollingIntervalSeconds: 0.5, burstWhenBatchFull: true },
    async (jobs) =>
      postAll(
        database,
        jobs.map(({ data }) => data),
      ),
  );
  return async () => boss.stop({ graceful: true, timeout: 5_000 });
}

function plainLoop(): () => Promise<void> {
  const database = openPostgres(url);
  let stopping = false;
  let wake: (() => void) | undefined;
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => (clearTimeout(timer), resolve());
    });
  const run = async (): Promise<void> => {
    while (!stopping) {
      const rows = await database.query<{ id: string; tenant_id: string; channel_id: string; due_at: Date }>(
        `UPDATE plain SET state = 'sending' WHERE id IN (
           SELECT id FROM plain WHERE state = 'waiting' AND due_at <= now() ORDER BY due_at LIMIT $1
           FOR UPDATE SKIP LOCKED
         ) RETURNING *`,
        [atOnce],
        'plain-claim',
      );
      if (rows.length > 0) {
        await postAll(
          database,
          rows.map((row) => ({
            key: Number(row.id),
            tenantId: row.tenant_id,
            channelId: row.channel_id,
            dueAt: row.due_at.getTime(),
          })),
        );
        await database.query(
          `UPDATE plain SET state = 'sent' WHERE id = ANY ($1::bigint[])`,
          [rows.map(({ id }) => id)],
          'plain-sent',
        );
        continue;
      }
      const [next] = await database.query<{ ms: string | null }>(
        `SELECT extract(epoch FROM min(due_at) - now()) * 1000 AS ms FROM plain WHERE state = 'waiting'`,
        [],
        'plain-next',
      );
      await sleep(Math.max(0, Math.min(1_000, Math.ceil(Number(next?.ms ?? 1_000)))));
    }
  };
  const running = run();
  return async () => {
    stopping = true;
    wake?.();
    await running;
  };
}

const stop = name === 'ours' ? ours() : name === 'pg-boss' ? await bareBoss() : plainLoop();
answerParent({ port: 0, stop });
