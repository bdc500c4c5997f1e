import { createApp, type App } from '../../src/app.ts';
import { localIdentity } from '../../src/bot/identity.ts';
import type { Delivery, Feature, Job, NewDelivery, Undelivered } from '../../src/features/feature.ts';
import { createLogger } from '../../src/logger.ts';
import { loadPlaybook } from '../../src/playbook/load.ts';
import type { Database } from '../../src/store/database.ts';
import { loadUnderstanding } from '../../src/understanding/load.ts';
import { StrictConnector } from '../support/strict-connector.ts';

const playbook = loadPlaybook();
const understanding = loadUnderstanding();

export interface RowState {
  readonly subject: string;
  readonly state: string;
  readonly copies: number;
  readonly failures: number;
  readonly reason: string | null;
  readonly due_at: Date;
}

export interface StageOptions {
  readonly database: Database;
  /** The clock stands still and is moved by `step`; nothing is sent but then. Otherwise time is real. */
  readonly virtual?: boolean;
  readonly sendTimeoutMs?: number;
  readonly now?: () => Date;
  /** What the job does instead of posting its subject. */
  readonly run?: Job['run'];
}

/** The whole bot with one job, on a connector that can fail in every way. */
export class Stage {
  readonly app: App;
  readonly database: Database;
  readonly connector: StrictConnector;
  /** Where the bot listens, without a closing slash. */
  readonly url: string;
  readonly clock: { now: number };
  readonly log: string[];
  /** What the job was told of deliveries that failed. */
  readonly told: (Undelivered & { subject: string })[];
  run: Job['run'] | undefined;
  #count = 0;

  private constructor(parts: Pick<Stage, 'app' | 'database' | 'connector' | 'url' | 'clock' | 'log' | 'told'>) {
    this.app = parts.app;
    this.database = parts.database;
    this.connector = parts.connector;
    this.url = parts.url;
    this.clock = parts.clock;
    this.log = parts.log;
    this.told = parts.told;
  }

  static async start(options: StageOptions): Promise<Stage> {
    const clock = { now: Date.UTC(2026, 10, 20, 9) };
    const log: string[] = [];
    const told: Stage['told'] = [];
    const connector = await new StrictConnector(options.virtual ? { now: () => clock.now } : {}).start();
    const holder: { stage?: Stage } = {};
    const feature: Feature = {
      name: 'test',
      jobs: [
        {
          name: 'test/post',
          run: async (...all) => (holder.stage?.run ?? postSubject)(...all),
          async undelivered(delivery, why) {
            told.push({ ...why, subject: delivery.subject });
            return [];
          },
        },
      ],
    };
    const app = createApp({
      identity: localIdentity(),
      database: options.database,
      playbook,
      understanding,
      log: createLogger('debug', { write: (line: string) => void log.push(line) }),
      moreFeatures: [feature],
      ...(options.now ? { now: options.now } : {}),
      ...(options.virtual ? { testClock: () => new Date(clock.now), sends: false } : {}),
      ...(options.sendTimeoutMs === undefined ? {} : { sendTimeoutMs: options.sendTimeoutMs }),
    });
    const { port } = await app.start(0, '127.0.0.1');
    const url = `http://127.0.0.1:${port}`;
    const stage = new Stage({ app, database: options.database, connector, url, clock, log, told });
    stage.run = options.run;
    holder.stage = stage;
    return stage;
  }

  async stop(): Promise<void> {
    if (this.connector.dark !== undefined) await this.connector.comeBack();
    await this.app.stop(2_000);
    await this.connector.stop();
  }

  /** A delivery that is due now, in a tenant and channel of its own unless they are named. */
  delivery(
    more: { tenantId?: string; channel?: string; thread?: string; dueAt?: number; subject?: string } = {},
  ): NewDelivery {
    this.#count += 1;
    const tenantId = more.tenantId ?? `t${this.#count}`;
    const channel = `19:${tenantId}-${more.channel ?? `c${this.#count}`}`;
    return {
      tenantId,
      place: {
        kind: 'channel',
        conversationId: more.thread === undefined ? channel : `${channel};messageid=${more.thread}`,
        serviceUrl: this.connector.serviceUrl,
        botId: '28:b',
      },
      job: 'test/post',
      subject: more.subject ?? `s${this.#count}`,
      stage: 'one',
      dueAt: new Date(more.dueAt ?? this.clock.now),
    };
  }

  async add(...deliveries: NewDelivery[]): Promise<void> {
    await this.database.transaction((transaction) => this.app.outbox.add(transaction, deliveries));
  }

  /** Moves the clock and sends what is due then. */
  async step(ms: number): Promise<void> {
    this.clock.now += ms;
    await this.app.worker.drain();
  }

  async rows(...subjects: string[]): Promise<RowState[]> {
    return this.database.query<RowState>(
      'SELECT * FROM outbox WHERE $1::text[] IS NULL OR subject = ANY ($1) ORDER BY due_at, id',
      [subjects.length > 0 ? subjects : null],
    );
  }

  async row(subject: string): Promise<RowState> {
    return (await this.rows(subject))[0] as RowState;
  }

  /** What people see of a subject. */
  copiesOf(subject: string): string[] {
    return this.connector.copies.map(({ text }) => text).filter((text) => text.split(' ')[0] === subject);
  }

  /** When the connector was asked to post it, ms since 1970. */
  triesOf(subject: string): number[] {
    return this.connector.asked
      .filter(({ method, text }) => method === 'POST' && text.split(' ')[0] === subject)
      .map(({ at }) => at);
  }
}

export const postSubject: Job['run'] = async (delivery: Delivery) => ({
  kind: 'post',
  reply: { kind: 'text', text: `${delivery.subject}${delivery.repeat ? ' (repeat)' : ''}` },
  summary: delivery.subject,
});

/** Waits in real time; fails after `limitMs`. */
export async function until(holds: () => boolean | Promise<boolean>, limitMs: number, what: string): Promise<void> {
  const from = performance.now();
  while (!(await holds())) {
    if (performance.now() - from > limitMs) throw new Error(`Expected within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
