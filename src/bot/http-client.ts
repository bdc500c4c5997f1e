import type { Dispatcher } from 'undici';
// Not `undici` itself: it also loads fetch, WebSocket, caches and mocks, half of its time.
import requestOf from 'undici/lib/api/api-request.js';
import Agent from 'undici/lib/dispatcher/agent.js';

export { Agent };

/** undici's `request` on connections of `agent`. */
export function request(
  agent: Agent,
  url: string,
  options: Omit<Dispatcher.RequestOptions, 'origin' | 'path'>,
): Promise<Dispatcher.ResponseData> {
  const { origin, pathname, search } = new URL(url);
  return requestOf.call(agent, { ...options, origin, path: pathname + search });
}
