import type { IncomingMessage } from 'node:http';

const NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Says why a request is refused, or undefined when it comes from this machine.
 * Listening on 127.0.0.1 is not enough: a page from anywhere, open in a browser here, can post to
 * loopback (so Origin is checked) or point its own name at 127.0.0.1 (so Host is checked).
 */
export function refusal(request: IncomingMessage): string | undefined {
  const hosts = NAMES.map((name) => `${name}:${request.socket.localPort}`);
  const { host = '(none)', origin } = request.headers;
  if (!hosts.includes(host)) return `Expected Host to be one of ${hosts.join(', ')}, got ${host}`;
  if (origin !== undefined && !hosts.some((own) => origin === `http://${own}`)) {
    return `Expected Origin to be this page, got ${origin}`;
  }
  return undefined;
}
