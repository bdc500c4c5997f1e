import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createActivityHandler } from './bot/activity-handler.ts';
import { createChannel } from './bot/channel.ts';
import { createCardRenderer, warmTemplates, type CardRenderer } from './bot/card-renderer.ts';
import { keepExpanded, readExpanded } from './bot/expanded-cards.ts';
import { createConnector, type Connector } from './bot/connector.ts';
import type { BotIdentity } from './bot/identity.ts';
import { createRouter } from './bot/router.ts';
import { createPracticeScenes, type Scene } from './bot/scenes.ts';
import { AppError } from './errors.ts';
import { cards, features as allFeatures } from './features/index.ts';
import { purge } from './features/about/purge.ts';
import type { Feature, Services } from './features/feature.ts';
import { offeredExtensions, type OfferedExtension } from './features/offered-extensions.ts';
import { createHttpServer } from './http/server.ts';
import { createAlarm } from './jobs/alarm.ts';
import { inSteps } from './jobs/in-steps.ts';
import { createSender } from './jobs/sender.ts';
import { createWorker, type Worker } from './jobs/worker.ts';
import type { Logger } from './logger.ts';
import { createMail, type SmtpServer } from './mail/mail.ts';
import { noMetrics, turnKindOf, type Metrics } from './operation/metrics.ts';
import { observeOutbox } from './operation/observe-outbox.ts';
import type { Playbook } from './playbook/schema.ts';
import type { Database } from './store/database.ts';
import { migrate } from './store/migrate.ts';
import { createPlaces } from './store/places.ts';
import { createOutbox, type Outbox } from './store/outbox.ts';
import { createParking } from './store/parking.ts';
import { createPracticeRuns } from './store/practice-runs.ts';
import { createTurns } from './store/turns.ts';
import type { Understanding } from './understanding/intents.ts';

export interface AppOptions {
  readonly identity: BotIdentity;
  readonly database: Database;
  readonly playbook: Playbook;
  readonly understanding: Understanding;
  readonly log: Logger;
  /** Whoever watches; default nobody. */
  readonly metrics?: Metrics | undefined;
  readonly now?: () => Date;
  readonly newId?: () => string;
  /** Replaces the clock of the database by which the outbox finds what is due; for tests. */
  readonly testClock?: () => Date;
  /** Whether this process sends what is in the outbox (default true); tests may do that by hand. */
  readonly sends?: boolean;
  /** The server that takes email; without one letters are shown to be copied. */
  readonly smtp?: SmtpServer | undefined;
  /** Time for one email, in ms. */
  readonly mailTimeoutMs?: number;
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
  /**
   * Takes nothing new, finishes what is under way (at most `limitMs`), closes everything. For `lingerMs` before that it
   * is not ready any more and still answers, so that a balancer has turned away when the door closes.
   */
  stop(limitMs?: number, lingerMs?: number): Promise<void>;
  /**
   * What is wrong now, in a few words: not ready, no database, posts that are late, or nobody who looks after them;
   * `undefined`: nothing. For a monitor outside; `/readyz` says less, since late posts are no reason to restart.
   */
  problem(): Promise<string | undefined>;
  /** Waits until nothing goes on in the background. */
  settle(): Promise<void>;
  readonly connector: Connector;
  readonly renderer: CardRenderer;
  readonly worker: Worker;
  readonly outbox: Outbox;
  /** What the menus of Teams offer; the manifest and the local Teams list them. */
  readonly extensions: readonly OfferedExtension[];
}

const cardFolder = new URL('../cards/', import.meta.url);
const tenMinutes = 600_000;
/** The auditor looks each minute; three are what row X29 of docs/reliability.md allows, ms. */
const longestUnaudited = 180_000;

/** The only place that puts the parts together; tests and both entries use it. */
export function createApp(options: AppOptions): App {
  const { database, log, identity, metrics = noMetrics } = options;
  const now = options.now ?? (() => new Date());
  const features = [...allFeatures, ...(options.moreFeatures ?? [])];
  const expanded = readExpanded();
  const renderer = createCardRenderer(cardFolder, expanded);
  const connector = createConnector({
    token: identity.token,
    mayCall: identity.mayCall,
    onResult: (result, ms) => metrics.sent(result, ms / 1_000),
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
    mail: createMail(options.smtp, options.mailTimeoutMs),
  };
  const router = createRouter(features, services);
  const everyday: Scene = { router, services, renderer, channel, says: (text) => text };
  const parking = createParking(outbox);
  const practice = createPracticeScenes({
    everyday,
    connector,
    runs: createPracticeRuns(database),
    unpark: (tenantId, conversationId) => parking.unpark(tenantId, conversationId),
    mail: createMail(undefined),
  });
  const handler = createActivityHandler({
    identity,
    scene: everyday,
    practice,
    turns,
    places,
    parking,
    log,
    now,
    onChanged: () => worker.wake(),
    onFailed: (code) => metrics.turnFailed(code),
    ...(options.invokeBudgetMs === undefined ? {} : { invokeBudgetMs: options.invokeBudgetMs }),
  });

  let auditedAt = performance.now();
  const watching: Metrics = {
    ...metrics,
    audited(health) {
      auditedAt = performance.now();
      metrics.audited(health);
    },
  };
  const observed = observeOutbox(outbox, watching, () => (options.testClock?.() ?? now()).getTime());
  const sender = createSender({
    outbox: observed,
    channel,
    jobs: new Map(features.flatMap((feature) => feature.jobs ?? []).map((job) => [job.name, job])),
    services,
    practice,
    log,
    clock: () => options.testClock?.().getTime() ?? performance.now(),
  });
  const worker = createWorker({ outbox: observed, alarm, sender, log, oneByOne: database.kind === 'pglite' });

  let state: 'starting' | 'ready' | 'stopping' = 'starting';
  let purging: NodeJS.Timeout | undefined;
  let warming: NodeJS.Timeout | undefined;
  let preparing: { stop(): void } | undefined;
  const whenReady = Promise.withResolvers<void>();
  // Whoever does not wait for it must not be ended by it.
  whenReady.promise.catch(() => {});

  const server = createHttpServer({
    log,
    async onActivity(body, authorization, correlationId) {
      // Without its tables nothing can be kept; Teams sends it again.
      if (state === 'starting') throw new AppError('database-unavailable', 'still starting');
      const [kind, from] = [turnKindOf(body['type']), performance.now()];
      const seen = (outcome: 'answered' | 'refused') => metrics.turn(kind, outcome, (performance.now() - from) / 1_000);
      try {
        const answer = await handler.handle(body, authorization, correlationId);
        seen('answered');
        return answer;
      } catch (error) {
        seen('refused');
        throw error;
      }
    },
    onRefused: (code) => metrics.refused(code),
    readiness: () => readiness(),
  });
  const readiness = async (): Promise<string | undefined> => {
    if (state !== 'ready') return state;
    try {
      await database.query('SELECT 1');
      return undefined;
    } catch {
      return 'the database cannot be reached';
    }
  };

  /** A database that is not there yet is waited for: it may be starting too. */
  const prepare = async (): Promise<void> => {
    // With the usual cards at hand the first answers need no engine; it comes when they are out.
    const templates = expanded ? undefined : warmTemplates();
    if (expanded) warming = setTimeout(() => void warmTemplates(), 3_000);
    warming?.unref();
    for (let attempt = 1; state === 'starting'; attempt += 1) {
      try {
        await migrate(database);
        await templates;
        state = 'ready';
        whenReady.resolve();
        if (options.sends ?? true) worker.start();
        preparing = inSteps(
          features.flatMap((feature) => (feature.prepare ? [feature.prepare(services)] : [])),
          (error) => log.warn({ error }, 'preparing failed; it is done with the first question'),
        );
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
    extensions: offeredExtensions(features),
    ready: whenReady.promise,
    async problem() {
      const found = await readiness();
      if (found !== undefined) return found;
      if ((worker.health?.late ?? 0) > 0) return 'posts are late';
      return performance.now() - auditedAt > longestUnaudited ? 'nobody looks after the posts' : undefined;
    },
    settle: () => handler.settle(),
    async start(port, host) {
      const address = await server.listen(port, host);
      void prepare();
      purging = setInterval(
        () =>
          void purge(database, options.playbook.retention).catch((error: unknown) =>
            log.warn({ error }, 'purge failed'),
          ),
        tenMinutes,
      );
      purging.unref();
      return address;
    },
    async stop(limitMs = 20_000, lingerMs = 0) {
      state = 'stopping';
      if (lingerMs > 0) await server.drain(lingerMs);
      clearInterval(purging);
      clearTimeout(warming);
      if (renderer.counts.expansions > 0) keepExpanded(renderer.expanded());
      preparing?.stop();
      await server.close(limitMs);
      await handler.settle();
      // What is being sent ends within its time limit; a database that is gone is not waited for longer than that.
      await Promise.race([worker.stop(), delay(limitMs, undefined, { ref: false })]);
      await connector.close();
      await database.close();
    },
  };
}
