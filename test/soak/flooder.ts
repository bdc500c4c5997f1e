import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';

/**
 * A process of its own that sends more than the bot can take, and counts what comes back. Without `rps` each of the
 * connections sends the next as soon as the last is answered.
 */
export interface FloodOrder {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly seconds: number;
  readonly connections: number;
  /** Requests a second; without it as many as go. */
  readonly rps?: number;
  /** JSON of the activity; `#id#` is replaced by a fresh id. */
  readonly body: string;
}

export interface FloodCount {
  readonly sent: number;
  /** By HTTP status; 0: no answer. */
  readonly statuses: Readonly<Record<number, number>>;
  readonly seconds: number;
}

process.once('message', (order: FloodOrder) => {
  void run(order).then((count) => process.send?.(count, () => process.exit(0)));
});
process.on('disconnect', () => process.exit(0));

async function run({ url, authorization, seconds, connections, rps, body }: FloodOrder): Promise<FloodCount> {
  const pool = new Pool(new URL(url).origin, { connections, pipelining: 1 });
  const statuses: Record<number, number> = {};
  const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
  let sent = 0;
  const from = performance.now();
  const send = async (): Promise<void> => {
    sent += 1;
    const text = body.replaceAll('#id#', `flood-${process.pid}-${sent}`);
    const status = await pool
      .request({
        method: 'POST',
        path: new URL(url).pathname,
        headers,
        body: text,
        bodyTimeout: 15_000,
        headersTimeout: 15_000,
      })
      .then(
        async (response) => (await response.body.dump(), response.statusCode),
        () => 0,
      );
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  const isOver = (): boolean => performance.now() - from >= seconds * 1_000;
  if (rps === undefined) {
    await Promise.all(
      Array.from({ length: connections }, async () => {
        while (!isOver()) await send();
      }),
    );
  } else {
    const under: Promise<void>[] = [];
    while (!isOver()) {
      const due = Math.floor(((performance.now() - from) / 1_000) * rps);
      while (sent < due) under.push(send());
      await delay(5);
    }
    await Promise.all(under);
  }
  const took = (performance.now() - from) / 1_000;
  await pool.close();
  return { sent, statuses, seconds: took };
}
