import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Prometheus } from './prometheus.ts';

export interface MetricsServer {
  readonly address: AddressInfo;
  close(): Promise<void>;
}

/**
 * Serves `/metrics` on a port of its own, so that whoever may talk to the bot may not read its figures, and a door that
 * is flooded can still be watched.
 * @throws the listen error (EADDRINUSE and others)
 */
export async function serveMetrics(prometheus: Prometheus, port: number, host: string): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    // One call after the other: restify puts a `writeHead` of its own, which returns nothing, into every server.
    const answer = (status: number, headers: Record<string, string> = {}, text = ''): void => {
      response.writeHead(status, headers);
      response.end(text);
    };
    if (request.url !== '/metrics') return answer(404);
    if (request.method !== 'GET') return answer(405, { allow: 'GET' });
    prometheus.scrape().then(
      (text) => answer(200, { 'content-type': prometheus.contentType }, text),
      () => answer(500),
    );
  });
  server.headersTimeout = 5_000;
  server.requestTimeout = 5_000;
  server.maxConnections = 16;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // What goes wrong with a listener of figures must not end the bot.
      server.on('error', () => {});
      resolve();
    });
  });
  // The process ends when its work does, whoever is still reading figures.
  server.unref();
  return {
    address: server.address() as AddressInfo,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
