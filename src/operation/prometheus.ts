import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Readings } from '../store/readings.ts';
import type { Metrics } from './metrics.ts';

export interface PrometheusOptions {
  /** What the database says now; a failure is shown as `icm_bot_database_up 0`. */
  readonly readings: () => Promise<Readings>;
  readonly now?: () => number;
  /** Time for the database, in ms: a scrape is given up by Prometheus after 10 s. */
  readonly limitMs?: number;
}

export interface Prometheus extends Metrics {
  readonly contentType: string;
  /** Everything, in the text format of Prometheus. Never throws because of the database. */
  scrape(): Promise<string>;
}

const rowStates = ['waiting', 'due', 'late', 'parked', 'unconfirmed'] as const;

/** Counters of this process and, at each scrape, what stands in the database that all processes share. */
export function createPrometheus({ readings, now = Date.now, limitMs = 4_000 }: PrometheusOptions): Prometheus {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name: `icm_bot_${name}`, help, labelNames, registers: [register] });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge({ name: `icm_bot_${name}`, help, labelNames, registers: [register] });
  const histogram = <L extends string>(name: string, help: string, buckets: number[], labelNames: readonly L[] = []) =>
    new Histogram({ name: `icm_bot_${name}`, help, buckets, labelNames, registers: [register] });

  const turns = counter('turns_total', 'Activities of Teams, answered or refused', ['kind', 'outcome']);
  const turnSeconds = histogram(
    'turn_seconds',
    'From the whole activity to its answer',
    [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3.5, 5, 10, 15],
    ['kind'],
  );
  const failures = counter('turn_failures_total', 'Turns that told a person that something failed', ['code']);
  const refusals = counter('refused_total', 'Requests answered with an error', ['code']);
  const sends = counter('sends_total', 'Requests to Teams; sent, unknown, or what they were refused with', ['result']);
  const sendSeconds = histogram('send_seconds', 'A request to Teams', [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8]);
  const deliveries = counter('deliveries_total', 'What became of posts of the outbox', ['job', 'outcome']);
  const lateness = histogram(
    'delivery_lateness_seconds',
    'From when a post was due until it was out',
    [1, 2, 5, 10, 30, 60, 120, 300, 900, 3_600, 14_400],
  );
  const auditedAt = gauge('auditor_last_look_seconds', 'When the auditor of this process looked, seconds since 1970');
  const auditedLate = gauge('auditor_late_rows', 'Posts more than two minutes late, as the auditor found it');
  const databaseUp = gauge('database_up', 'Whether the database answered this scrape');
  const rows = gauge('outbox_rows', 'Posts by state; due and late are among the waiting', ['state']);
  const oldest = gauge('outbox_oldest_due_seconds', 'For how long the oldest post that is not out has been due');
  const channels = gauge('parked_channels', 'Channels and chats where nothing is posted');
  const escalations = gauge('escalations_open', 'Escalations that wait for a decision');
  // A series that begins at 1 shows no increase: what somebody is alerted of begins at 0.
  for (const result of ['sent', 'unknown', '401', '429', 'no answer']) sends.inc({ result }, 0);
  for (const code of ['keys-unavailable', 'unauthorized', 'busy']) refusals.inc({ code }, 0);
  for (const code of ['internal', 'database-unavailable']) failures.inc({ code }, 0);
  // Until the first look it is as old as the process, so that one that never looks is seen.
  auditedAt.set(now() / 1_000);

  const show = (found: Readings | undefined): void => {
    databaseUp.set(found ? 1 : 0);
    // Not 0, which would say that all is well.
    for (const state of rowStates) rows.set({ state }, found?.rows[state] ?? NaN);
    oldest.set(found?.oldestDueSeconds ?? NaN);
    channels.set(found?.parkedChannels ?? NaN);
    escalations.set(found?.escalationsOpen ?? NaN);
  };

  return {
    contentType: register.contentType,
    async scrape() {
      show(await within(limitMs, readings()).catch(() => undefined));
      return register.metrics();
    },
    turn(kind, outcome, seconds) {
      turns.inc({ kind, outcome });
      turnSeconds.observe({ kind }, seconds);
    },
    turnFailed: (code) => failures.inc({ code }),
    refused: (code) => refusals.inc({ code }),
    sent(result, seconds) {
      const how = result.kind === 'refused' ? String(result.status ?? 'no answer') : result.kind;
      sends.inc({ result: how });
      sendSeconds.observe(seconds);
    },
    delivered(job, outcome, lateSeconds) {
      deliveries.inc({ job, outcome });
      if (outcome === 'sent') lateness.observe(lateSeconds);
    },
    audited({ late }) {
      auditedAt.set(now() / 1_000);
      auditedLate.set(late);
    },
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
