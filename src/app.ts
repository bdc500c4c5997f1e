import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createActivityHandler } from './bot/activity-handler.ts';
import { createChannel } from './bot/channel.ts';
import { createCardRenderer, warmTemplates, type CardRenderer } from './bot/card-renderer.ts';
import { createConnector, type Connector } from './bot/connector.ts';
import type { BotIdentity } from './bot/identity.ts';
import { createRouter } from './bot/router.ts';
import { AppError } from './errors.ts';
import { cards, features as allFeatures } from './features/index.ts';
import type { Feature, Services } from './features/feature.ts';
import { createHttpServer } from './http/server.ts';
import { createAlarm } from './jobs/alarm.ts';
import { createSender } from './jobs/sender.ts';
import { createWorker, type Worker } from './jobs/worker.ts';
import type { Logger } from './logger.ts';
import type { Playbook } from './playbook/schema.ts';
import type { Database } from './store/database.ts';
import { migrate } from './store/migrate.ts';
import { createPlaces } from './store/places.ts';
import { createOutbox, type Outbox } from './store/outbox.ts';
import { createParking } from './store/parking.ts';
import { createTurns } from './store/turns.ts';
import type { Understanding } from './understanding/intents.ts';

export interface AppOptions {
  readonly identity: BotIdentity;
  readonly database: Database;
  readonly playbook: Playbook;
  readonly understanding: Understanding;
  readonly log: Logger;
  readonly now?: () => Date;
  readonly newId?: () => string;
  /** Replaces the clock of the database by which the outbox finds what is due; for tests. */
  readonly testClock?: () => Date;
  /** Whether this process sends what is in the outbox (default true); tests may do that by hand. */
  readonly sends?: boolean;
  /** Features besides the built-in ones, for tests. */
  readonly moreFeatures?: readonly Feature[];
  readonly invokeBudgetMs?: number;
  readonly sendTimeoutMs?: number;
}

export interface App {
  /** Opens the door, then brings the tables up to date; until that is done `/readyz` says so. */
  start(port: number, host: string): Promise<AddressInfo>;
  /** Resolves when the database is ready. */
  readonly ready: Promise<void>;
  /** Takes nothing new, finishes what is under way (at most `limitMs`), closes everything. */
  stop(limitMs?: number): Promise<void>;
  /** Waits until nothing goes on in the background. */
  settle(): Promise<void>;
  readonly connector: Connector;
  readonly renderer: CardRenderer;
  readonly worker: Worker;
  readonly outbox: Outbox;
}

const cardFolder = new URL('../cards/', import.meta.url);
const tenMinutes = 600_000;

/** The only place that puts the parts together; tests and both entries use it. */
export function createApp(options: AppOptions): App {
  const { database, log, identity } = options;
  const now = options.now ?? (() => new Date());
  const features = [...allFeatures, ...(options.moreFeatures ?? [])];
  const renderer = createCardRenderer(cardFolder);
  const connector = createConnector({
    token: identity.token,
    mayCall: identity.mayCall,
    ...(options.sendTimeoutMs === undefined ? {} : { timeoutMs: options.sendTimeoutMs }),
  });
  const channel = createChannel(renderer, connector);
  const turns = createTurns(database, (error) => log.warn({ error }, 'answered turns could not be marked'));
  const places = createPlaces(database);
  const alarm = createAlarm(database, log);
  const outbox = createOutbox(database, (rows, transaction) => alarm.set(rows, transaction), options.testClock);
  const services: Services = {
    playbook: options.playbook,
    understanding: options.understanding,
    features,
    cards: new Map(cards.map((card) => [card.name, card])),
    answer: (turn) => router.message(turn),
    newId: options.newId ?? randomUUID,
    personalChat: (person) => places.personalChat(person),
    member: (place, tenantId, id) => channel.member(place, tenantId, id),
    records: database,
    deliver: (deliveries) => async (transaction) => {
      await outbox.add(transaction, deliveries);
      return true;
    },
    takeBack: (tenantId, subject, job) => async (transaction) => {
      await outbox.takeBack(transaction, tenantId, subject, job);
      return true;
    },
  };
  const router = createRouter(features, services);
  const handler = createActivityHandler({
    identity,
    router,
    renderer,
    channel,
    turns,
    places,
    parking: createParking(outbox),
    services,
    log,
    now,
    onChanged: () => worker.wake(),
    ...(options.invokeBudgetMs === undefined ? {} : { invokeBudgetMs: options.invokeBudgetMs }),
  });

  const sender = createSender({
    outbox,
    channel,
    jobs: new Map(features.flatMap((feature) => feature.jobs ?? []).map((job) => [job.name, job])),
    services,
    log,
    clock: () => options.testClock?.().getTime() ?? performance.now(),
  });
  const worker = createWorker({ outbox, alarm, sender, log, oneByOne: database.kind === 'pglite' });

  let state: 'starting' | 'ready' | 'stopping' = 'starting';
  let purging: NodeJS.Timeout | undefined;
  const whenReady = Promise.withResolvers<void>();
  // Whoever does not wait for it must not be ended by it.
  whenReady.promise.catch(() => {});

  const server = createHttpServer({
    log,
    async onActivity(body, authorization, correlationId) {
      // Without its tables nothing can be kept; Teams sends it again.
      if (state === 'starting') throw new AppError('database-unavailable', 'still starting');
      return handler.handle(body, authorization, correlationId);
    },
    async readiness() {
      if (state !== 'ready') return state;
      try {
        await database.query('SELECT 1');
        return undefined;
      } catch {
        return 'the database cannot be reached';
      }
    },
  });

  /** A database that is not there yet is waited for: it may be starting too. */
  const prepare = async (): Promise<void> => {
    const templates = warmTemplates();
    for (let attempt = 1; state === 'starting'; attempt += 1) {
      try {
        await migrate(database);
        await templates;
        state = 'ready';
        whenReady.resolve();
        if (options.sends ?? true) worker.start();
        return;
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'database-unavailable')) {
          whenReady.reject(error);
          return;
        }
        if (attempt === 1) log.warn({ error }, 'the database cannot be reached yet; trying again every second');
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  };

  return {
    connector,
    renderer,
    worker,
    outbox,
    ready: whenReady.promise,
    settle: () => handler.settle(),
    async start(port, host) {
      const address = await server.listen(port, host);
      void prepare();
      purging = setInterval(
        () =>
          void Promise.all([turns.purge(), outbox.purge()]).catch((error: unknown) =>
            log.warn({ error }, 'purge failed'),
          ),
        tenMinutes,
      );
      purging.unref();
      return address;
    },
    async stop(limitMs = 20_000) {
      state = 'stopping';
      clearInterval(purging);
      await server.close(limitMs);
      await handler.settle();
      // What is being sent ends within its time limit; a database that is gone is not waited for longer than that.
      await Promise.race([worker.stop(), delay(limitMs, undefined, { ref: false })]);
      await connector.close();
      await database.close();
    },
  };
}
