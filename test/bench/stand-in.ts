import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerParent } from './child.ts';
import { microsoftAnswer } from './signing.ts';

/**
 * The fast connector stand-in of the benchmark: takes any activity, looks at none of them and counts. The one of the
 * local Teams checks and keeps what it gets, which would be measured too.
 */
let requests = 0;
let connections = 0;
let nextId = Date.now();
let recording = false;

/** A message that a bot posted while recording. */
export interface Post {
  /** Last part of the path: the message that was answered, or that is replaced. */
  readonly target: string;
  readonly id: string;
  readonly body: string;
}
let posts: Post[] = [];

const server = createServer((request, response) => {
  const url = request.url ?? '/';
  if (url.startsWith('/v3/') || url.startsWith('/teams/v3/')) return take(request, response, url);
  if (url === '/bench/record') {
    recording = true;
    posts = [];
    return send(response, 200, '{}');
  }
  if (url === '/bench/posts') {
    recording = false;
    return send(response, 200, JSON.stringify(posts));
  }
  const answer = microsoftAnswer(url);
  send(response, answer === undefined ? 404 : 200, JSON.stringify(answer ?? {}));
});

function take(request: IncomingMessage, response: ServerResponse, url: string): void {
  requests += 1;
  const id = String((nextId += 1));
  const chunks: Buffer[] = [];
  // The body has to be read in any case, or the connection could not be used again.
  request.on('data', (chunk: Buffer) => recording && chunks.push(chunk));
  request.on('end', () => {
    if (recording) {
      const target = decodeURIComponent(url.slice(url.lastIndexOf('/') + 1));
      posts.push({ target, id, body: Buffer.concat(chunks).toString('utf8') });
    }
    send(response, request.method === 'POST' ? 201 : 200, `{"id":"${id}"}`);
  });
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

server.keepAliveTimeout = 120_000;
server.on('connection', () => (connections += 1));
server.listen(0, '127.0.0.1', () => {
  answerParent({
    port: (server.address() as AddressInfo).port,
    counts: () => ({ requests, connections }),
  });
});
