import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TeamsActivity } from '../../src/local/activities.ts';

export type Activity = TeamsActivity & {
  readonly text?: string;
  readonly value?: { action?: { verb?: string; data?: Record<string, unknown> }; trigger?: string } & Record<
    string,
    unknown
  >;
};

/** What a bot returns for an invoke; nothing for anything else. */
export type Handler = (activity: Activity, bot: FakeBot) => unknown;

/** The smallest bot: records what it gets and does what the test says. */
export class FakeBot {
  readonly received: Activity[] = [];
  onActivity: Handler = () => undefined;
  status = 200;
  #server: Server | undefined;

  get url(): string {
    return `http://127.0.0.1:${(this.#server?.address() as AddressInfo).port}/api/messages`;
  }

  async start(port = 0): Promise<void> {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const activity = JSON.parse(Buffer.concat(chunks).toString()) as Activity;
        this.received.push(activity);
        void Promise.resolve(this.onActivity(activity, this)).then((body) => {
          response.writeHead(this.status, { 'content-type': 'application/json' });
          response.end(body === undefined ? undefined : JSON.stringify(body));
        });
      });
    });
    await new Promise<void>((resolve) => this.#server?.listen(port, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    const server = this.#server;
    const closed = new Promise((resolve) => server?.close(resolve));
    server?.closeAllConnections();
    await closed;
  }

  /** Answers where the activity came from. */
  async reply(to: Activity, content: Record<string, unknown>): Promise<string> {
    return this.#call(
      'POST',
      `${to.serviceUrl}v3/conversations/${encodeURIComponent(to.conversation.id)}/activities`,
      content,
    );
  }

  async update(to: Activity, id: string, content: Record<string, unknown>): Promise<string> {
    return this.#call(
      'PUT',
      `${to.serviceUrl}v3/conversations/${encodeURIComponent(to.conversation.id)}/activities/${id}`,
      content,
    );
  }

  async #call(method: string, url: string, content: Record<string, unknown>): Promise<string> {
    const response = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', ...content }),
    });
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { id: string }).id;
  }
}

export function withCard(content: Record<string, unknown>): Record<string, unknown> {
  return { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] };
}

export function card(body: unknown[], more: Record<string, unknown> = {}): Record<string, unknown> {
  return { type: 'AdaptiveCard', version: '1.5', body, ...more };
}

export function cardAnswer(value: unknown): unknown {
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value };
}

export function messageAnswer(value: string): unknown {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value };
}
