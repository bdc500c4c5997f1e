import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What stands before the replicas: one after the other in turn, asks each four times a second whether it is ready, and
 * gives a request that reached nobody to the next one. What broke on the way is answered 502, never repeated.
 */
export class Balancer {
  readonly #ports = new Set<number>();
  readonly #ready = new Set<number>();
  #server: Server | undefined;
  #asking: NodeJS.Timeout | undefined;
  #turn = 0;
  /** Requests that were given to another replica, since nobody listened at the first. */
  movedOn = 0;

  get url(): string {
    return `http://127.0.0.1:${(this.#server?.address() as AddressInfo).port}`;
  }

  add(port: number): void {
    this.#ports.add(port);
    this.#ready.add(port);
  }

  remove(port: number): void {
    this.#ports.delete(port);
    this.#ready.delete(port);
  }

  async start(): Promise<this> {
    this.#server = createServer((incoming, response) => void this.#serve(incoming, response));
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    this.#asking = setInterval(() => this.#ports.forEach((port) => void this.#ask(port)), 250);
    return this;
  }

  async stop(): Promise<void> {
    clearInterval(this.#asking);
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  async #ask(port: number): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(
      () => undefined,
    );
    await answer?.arrayBuffer().catch(() => undefined);
    if (answer?.status === 200 && this.#ports.has(port)) this.#ready.add(port);
    else this.#ready.delete(port);
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    this.#turn += 1;
    const ports = [...this.#ready];
    for (let tried = 0; tried < ports.length; tried += 1) {
      const port = ports[(this.#turn + tried) % ports.length] as number;
      const answer = await forward(port, incoming, body);
      if (answer === 'nobody there') {
        this.movedOn += 1;
        this.#ready.delete(port);
        continue;
      }
      response.writeHead(answer === 'broke' ? 502 : answer.status, { 'content-type': 'application/json' });
      response.end(answer === 'broke' ? '{}' : answer.body);
      return;
    }
    response.writeHead(503).end();
  }
}

type Forwarded = { readonly status: number; readonly body: string } | 'nobody there' | 'broke';

function forward(
  port: number,
  { url = '/', method = 'GET', headers }: IncomingMessage,
  body: Buffer,
): Promise<Forwarded> {
  return new Promise((resolve) => {
    const outgoing = request(
      { host: '127.0.0.1', port, path: url, method, headers: { ...headers, connection: 'close' }, agent: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 502, body: Buffer.concat(chunks).toString() }));
        answer.on('error', () => resolve('broke'));
      },
    );
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? 'nobody there' : 'broke'),
    );
    outgoing.end(body);
  });
}
