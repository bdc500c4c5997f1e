import { createHttpServer } from '../../src/http/server.ts';
import { createLogger } from '../../src/logger.ts';

/** The door alone in a process of its own, which tells its memory when it is asked. */
const server = createHttpServer({
  log: createLogger('silent'),
  onActivity: async () => ({ status: 200, body: '{}' }),
  readiness: async () => undefined,
});
const { port } = await server.listen(0, '127.0.0.1');
process.on('message', () => {
  globalThis.gc?.();
  process.send?.({ rss: process.memoryUsage().rss });
});
process.send?.({ port });
