import { randomUUID } from 'node:crypto';
import type { Microsoft } from '../support/microsoft.ts';
import { appId, serviceUrl, tenantId } from '../support/tokens.ts';

/** One message of an engineer and what came of it. */
export interface Said {
  readonly activityId: string;
  readonly kind: 'promise' | 'question';
  readonly from: number;
  ms: number;
  /** HTTP status of the first time that it was delivered, and of the second if there was one. */
  first: number;
  second: number | undefined;
}

const questions = [
  'help',
  'my reminders',
  'my icms',
  'the job is down for all customers in west europe, what severity?',
];

/** Engineers in their personal chats. As Teams does, a message that fails is delivered once more, with the same id. */
export class Engineers {
  readonly said: Said[] = [];
  readonly #ids: readonly string[];
  readonly #microsoft: Microsoft;
  readonly #url: () => string;
  #next = 0;

  constructor(count: number, microsoft: Microsoft, url: () => string) {
    this.#ids = Array.from({ length: count }, () => randomUUID());
    this.#microsoft = microsoft;
    this.#url = url;
  }

  static number(engineer: number): string {
    return String(512_000_000 + engineer);
  }

  static chat(engineer: number): string {
    return `a:rehearsal-${engineer}`;
  }

  promise(engineer: number): Promise<void> {
    return this.#say(engineer, 'promise', `next update on ${Engineers.number(engineer)} in 2 minutes`);
  }

  ask(): Promise<void> {
    const n = (this.#next += 1);
    return this.#say(n % this.#ids.length, 'question', questions[n % questions.length] as string);
  }

  async #say(engineer: number, kind: Said['kind'], text: string): Promise<void> {
    const activityId = randomUUID();
    const said: Said = { activityId, kind, from: Date.now(), ms: 0, first: 0, second: undefined };
    this.said.push(said);
    const activity = {
      type: 'message',
      id: activityId,
      channelId: 'msteams',
      serviceUrl,
      from: { id: `29:${engineer}`, aadObjectId: this.#ids[engineer], name: `Engineer ${engineer}` },
      recipient: { id: `28:${appId}`, name: 'bot' },
      conversation: { id: Engineers.chat(engineer), tenantId, conversationType: 'personal' },
      channelData: { tenant: { id: tenantId } },
      localTimezone: 'Europe/Berlin',
      text,
    };
    said.first = await this.#post(activity);
    said.ms = Date.now() - said.from;
    if (said.first === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    said.second = await this.#post(activity);
  }

  async #post(activity: object): Promise<number> {
    try {
      const response = await fetch(`${this.#url()}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: this.#microsoft.authorization(serviceUrl) },
        body: JSON.stringify(activity),
        signal: AbortSignal.timeout(15_000),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }
}
