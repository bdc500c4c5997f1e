import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerParent } from '../child.ts';
import { Latencies } from '../statistics.ts';

/**
 * Takes posts of the queue benchmark. Each text is "number:when it is due"; it counts what came twice, and what came
 * before its time or how long after it.
 */
let posts = 0;
let twice = 0;
let early = 0;
let lastAt = 0;
let most = 0;
let late = new Latencies();
let seen = new Set<string>();

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (request.url === '/bench/reset') {
      [posts, twice, early, lastAt, most] = [0, 0, 0, 0, 0];
      late = new Latencies();
      seen = new Set();
    } else take(Buffer.concat(chunks).toString('utf8'));
    const body = `{"id":"${posts}"}`;
    response.writeHead(201, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
});

function take(body: string): void {
  const [, key = '', due = ''] = /"text":"(\d+):(\d+)/.exec(body) ?? [];
  lastAt = Date.now();
  posts += 1;
  if (seen.has(key)) twice += 1;
  seen.add(key);
  const behind = lastAt - Number(due);
  if (behind < 0) early += 1;
  late.add(behind);
  most = Math.max(most, behind);
}

server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => {
  answerParent({
    port: (server.address() as AddressInfo).port,
    counts: () => ({
      ...{ posts, twice, early, lastAt, most },
      p50: Latencies.quantile([late], 0.5),
      p99: Latencies.quantile([late], 0.99),
    }),
  });
});
