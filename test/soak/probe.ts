import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { writeHeapSnapshot } from 'node:v8';

/**
 * Loaded before a bot that is watched (`--import`, with `--expose-gc`): answers on a port of its own what the process
 * looks like from inside. The bot knows nothing of it, and the bare bot that it is compared with carries the same.
 */
export interface Look {
  /** Bytes. */
  readonly rss: number;
  readonly heapUsed: number;
  /** The same after a full collection. */
  readonly heapKept: number;
  readonly external: number;
  /** Event loop delay since the last look, in ms. */
  readonly delayP99: number;
  readonly delayMax: number;
  /** CPU seconds since the start. */
  readonly cpu: number;
  /** What keeps the process alive, by kind: sockets, timers, servers. */
  readonly resources: Readonly<Record<string, number>>;
}

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

function look(): Look {
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const resources: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  const [delayP99, delayMax] = [delay.percentile(99) / 1e6, delay.max / 1e6];
  // Twice: what the first one finalises is freed by the second.
  void globalThis.gc?.();
  void globalThis.gc?.();
  const { heapUsed: heapKept } = process.memoryUsage();
  // The two collections stop the process; that is no delay of the bot.
  setImmediate(() => delay.reset());
  return { rss, heapUsed, heapKept, external, delayP99, delayMax, cpu: (user + system) / 1e6, resources };
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/snapshot') writeHeapSnapshot(url.searchParams.get('file') ?? undefined);
  // One after the other: restify's `writeHead` returns nothing.
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(look()));
});
server.unref();
server.listen(Number(process.env['PROBE_PORT']), '127.0.0.1');
