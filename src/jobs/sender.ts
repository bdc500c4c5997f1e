import { setTimeout as delay } from 'node:timers/promises';
import type { Channel } from '../bot/channel.ts';
import type { SendResult } from '../bot/connector.ts';
import { AppError } from '../errors.ts';
import type { Change, Delivery, Job, Posting, Services, Undelivered } from '../features/feature.ts';
import type { Logger } from '../logger.ts';
import { isPractice } from '../practice.ts';
import { channelOf, type Finish, type Following, type Leased, type Outbox } from '../store/outbox.ts';
import { createBreaker } from './breaker.ts';

export interface SenderOptions {
  readonly outbox: Pick<Outbox, 'claim' | 'claimDue' | 'begin' | 'finish' | 'leaveAlone' | 'park'>;
  readonly channel: Pick<Channel, 'tryPost' | 'tryNewThread' | 'tryReplace' | 'probe'>;
  readonly jobs: ReadonlyMap<string, Job>;
  readonly services: Services;
  /** What the deliveries of a practice run use instead of `channel` and `services`, by their tenant. */
  readonly practice?: (tenantId: string) => Promise<Pick<SenderOptions, 'channel' | 'services'> | undefined>;
  readonly log: Logger;
  /** A clock that only goes forward, in ms. */
  readonly clock: () => number;
  /** 0 to 1, to spread what is tried again. */
  readonly random?: () => number;
  /** Waits so many ms. */
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/** Sends what the outbox has leased to it, one row at a time; what came of it is kept. */
export interface Sender {
  /** Leases the rows and sends them; resolves when they are leased. */
  take(ids: readonly string[]): Promise<void>;
  /** The same with whatever is due, at most so many; resolves to how many were looked at. */
  takeDue(limit: number): Promise<number>;
  /** How many are being sent. */
  readonly busy: number;
  /** How many of them for longer than so many ms. */
  slow(ms: number): number;
  /** Resolves when fewer are being sent than now. */
  freed(): Promise<void>;
  /** Teams does not answer, or refuses the bot as such: nothing is sent until it does. */
  paused(): Promise<boolean>;
  /** Waits until nothing is being sent. */
  settle(): Promise<void>;
}

/** A poisoned row is tried so often (row X19), and one that Teams answers with 412 (X8). */
const mostFailures = 5;

/** What is known of a post is kept as soon as the database is back, if it is back so soon: it would go out twice else. */
const keepForMs = 60_000;
const keepEveryMs = 500;

/** What a refusal means (table 1.8 of the platform notes): the place as a whole is closed, with a sentence for people. */
const closedPlaces: Readonly<Record<string, string>> = {
  BotNotInConversationRoster: 'I am not a member there any more.',
  BotDisabledByAdmin: 'An administrator has switched me off there.',
  ConversationBlockedByUser: 'I was blocked there.',
  MessageWritesBlocked: 'I may not write there.',
  ConversationNotFound: 'The conversation is not there any more.',
  InvalidBotApiHost: 'That organisation is in another cloud than I write to.',
};

export function createSender(options: SenderOptions): Sender {
  const { jobs, log, sleep = delay } = options;
  const random = options.random ?? Math.random;

  const kept = async <T>(write: () => Promise<T>): Promise<T> => {
    const until = options.clock() + keepForMs;
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (!isGone(error) || options.clock() >= until) throw error;
        await sleep(keepEveryMs);
      }
    }
  };
  // Each of these may be done twice: the second time the lease is over, or the same is said again.
  const outbox: SenderOptions['outbox'] = {
    ...options.outbox,
    finish: (row, result, more) => kept(() => options.outbox.finish(row, result, more)),
    leaveAlone: (tenantId, channelId, ms) => kept(() => options.outbox.leaveAlone(tenantId, channelId, ms)),
    park: (tenantId, channelId, reason) => kept(() => options.outbox.park(tenantId, channelId, reason)),
  };
  const breaker = createBreaker((place) => options.channel.probe(place), options.clock);
  /** What is being sent, and since when. */
  const inFlight = new Map<Promise<void>, number>();
  /** Rows that have counted a copy of which nothing can have arrived: what is taken back when something fails inside. */
  const counted = new WeakSet<Leased>();
  /** What rows of practice runs are sent with. */
  const practised = new WeakMap<Leased, Pick<SenderOptions, 'channel' | 'services'>>();
  const using = (row: Leased) => practised.get(row) ?? options;

  /** 1, 2, 4, 8 s and a little more, so that what failed together does not come back together. */
  const backoff = (failures: number) => 1_000 * 2 ** Math.min(failures, 5) * (1 + random() / 2);

  const again = (
    inMs: number,
    reason: string,
    kept: { failed?: boolean; posted?: boolean; form?: 'shorter' | 'new thread' } = {},
  ): Finish => ({
    kind: 'again',
    inMs,
    reason,
    failed: kept.failed ?? false,
    posted: kept.posted ?? false,
    ...(kept.form ? { form: kept.form } : {}),
  });

  const undelivered = async (row: Leased, why: Undelivered, posted: boolean): Promise<void> => {
    log.error({ kind: row.job, outcome: why.state, reason: why.reason }, 'a post did not surely arrive');
    const result: Finish =
      why.state === 'parked'
        ? { kind: 'parked', posted, reason: why.reason }
        : { kind: 'unconfirmed', reason: why.reason };
    let deliveries: Following['deliveries'];
    try {
      deliveries = await jobs.get(row.job)?.undelivered?.(toDelivery(row), why, using(row).services);
    } catch (error) {
      log.error({ kind: row.job, error }, 'nobody could be told of it');
    }
    await outbox.finish(row, result, deliveries ? { deliveries } : {});
  };

  /** What comes of an answer of Teams to a post. */
  const settlePost = async (
    row: Leased,
    posting: Extract<Posting, { kind: 'post' }>,
    result: SendResult,
  ): Promise<void> => {
    if (result.kind === 'sent') {
      breaker.worked(row.place);
      const { id, conversationId } = result;
      const job = jobs.get(row.job);
      const moved =
        conversationId === undefined ? undefined : job?.moved?.(toDelivery(row), { ...row.place, conversationId });
      const change = moved && posting.change ? both(moved, posting.change) : (moved ?? posting.change);
      await outbox.finish(
        row,
        { kind: 'sent', activityId: id, conversationId },
        { deliveries: posting.then ?? [], change },
      );
      return;
    }
    if (result.kind === 'unknown') {
      breaker.failed(row.place);
      log.warn(
        { kind: row.job, correlationId: row.id, outcome: 'unclear', reason: result.why },
        'a post was not confirmed',
      );
      if (row.copies + 1 >= 2) {
        const reason = 'Teams confirmed neither of two tries, so the message may or may not be there.';
        return undelivered(row, { state: 'unconfirmed', reason }, true);
      }
      await outbox.finish(row, again(5_000 + random() * 5_000, result.why, { posted: true }));
      return;
    }
    await settleRefusal(row, posting, result);
  };

  const settleRefusal = async (
    row: Leased,
    posting: Extract<Posting, { kind: 'post' }>,
    result: Extract<SendResult, { kind: 'refused' }>,
  ): Promise<void> => {
    const { status, code, why } = result;
    if (status === undefined) {
      breaker.failed(row.place);
      await outbox.finish(row, again(5_000 + random() * 5_000, why));
    } else if (status === 429) {
      // It is no failure of the row, however often: five of these must not park a promise.
      const ms = (result.retryAfterMs ?? 1_000 * 2 ** Math.min(row.attempt - 1, 5)) + random() * 500;
      await outbox.leaveAlone(row.tenantId, channelOf(row.place.conversationId), ms);
      await outbox.finish(row, again(ms, why));
    } else if (status === 401) {
      // The bot as such is refused: everything stays, somebody has to mend the settings.
      log.error({ kind: row.job, code, outcome: 'bot refused' }, 'Teams refuses the bot: nothing is sent for a minute');
      breaker.refused();
      await outbox.finish(row, again(60_000, why));
    } else if (status === 412) {
      if (row.failures + 1 < mostFailures)
        await outbox.finish(row, again(backoff(row.failures), why, { failed: true }));
      else await undelivered(row, { state: 'parked', reason: 'Teams refused it five times (412).' }, false);
    } else if (status === 413 && posting.shorter && !row.shorter) {
      await outbox.finish(row, again(0, why, { form: 'shorter' }));
    } else if (status === 404 && !row.newThread && channelOf(row.place.conversationId) !== row.place.conversationId) {
      await outbox.finish(row, again(0, why, { form: 'new thread' }));
    } else {
      const closed = code === undefined ? undefined : closedPlaces[code];
      const reason =
        closed ?? (status === 403 || status === 404 ? `Teams refuses posts there (${status}).` : undefined);
      if (reason !== undefined) await outbox.park(row.tenantId, channelOf(row.place.conversationId), reason);
      await undelivered(row, { state: 'parked', reason: reason ?? `Teams refused the message (${status}).` }, false);
    }
  };

  /** It may not begin: it was taken back, which this leaves as it is, or its channel must be left alone by now. */
  const release = async (row: Leased): Promise<void> => {
    await outbox.finish(row, again(0, 'not begun', { posted: true }));
  };

  const post = async (row: Leased, posting: Extract<Posting, { kind: 'post' }>): Promise<void> => {
    // It may be there already. A second copy is worth it only when Teams is answering at all.
    if (row.copies > 0 && !(await options.channel.probe(row.place))) {
      await outbox.finish(row, again(15_000 + random() * 15_000, 'Teams does not answer', { posted: true }));
      return;
    }
    // From here on it may have arrived; and somebody may have taken it back since it was leased.
    if (!(await outbox.begin(row))) return release(row);
    counted.add(row);
    const reply = (row.shorter ? posting.shorter : undefined) ?? posting.reply;
    const { channel } = using(row);
    const result =
      row.newThread || posting.opensThread
        ? await channel.tryNewThread(row.place, row.tenantId, reply, posting.summary)
        : await channel.tryPost(row.place, reply, posting.summary);
    if (result.kind !== 'refused') counted.delete(row);
    await settlePost(row, posting, result);
  };

  const replace = async (row: Leased, posting: Extract<Posting, { kind: 'replace' }>): Promise<void> => {
    if (!(await outbox.begin(row))) return release(row);
    counted.add(row);
    const result = await using(row).channel.tryReplace(row.place, posting.activityId, posting.reply);
    if (result.kind === 'sent') {
      await outbox.finish(row, { kind: 'sent', activityId: posting.activityId });
    } else if (
      result.kind === 'refused' &&
      result.status !== undefined &&
      result.status !== 429 &&
      result.status !== 412
    ) {
      // The message is gone, or may not be changed: nobody misses the change.
      await outbox.finish(row, { kind: 'dropped', reason: result.why });
    } else if (row.failures + 1 >= mostFailures) {
      await outbox.finish(row, { kind: 'dropped', reason: result.why });
    } else {
      // Repeating it does no harm, whatever became of the first.
      await outbox.finish(row, again(backoff(row.failures), result.why, { failed: true }));
    }
  };

  const deliver = async (row: Leased): Promise<void> => {
    if (row.copies >= 2) {
      const reason = 'I was stopped while sending it, twice, so the message may or may not be there.';
      return undelivered(row, { state: 'unconfirmed', reason }, true);
    }
    try {
      const job = jobs.get(row.job);
      if (!job) throw new AppError('internal', `no feature has a job "${row.job}"`);
      if (isPractice(row.tenantId)) {
        const practice = await options.practice?.(row.tenantId);
        if (!practice) return void (await outbox.finish(row, { kind: 'dropped', reason: 'that practice run is gone' }));
        practised.set(row, practice);
      }
      const posting = await job.run(toDelivery(row), row.now, using(row).services);
      if (posting.kind === 'drop')
        await outbox.finish(
          row,
          { kind: 'dropped', reason: posting.reason },
          { deliveries: posting.then ?? [], change: posting.change },
        );
      else if (posting.kind === 'later')
        await outbox.finish(row, again(posting.inMs, posting.reason, { posted: true }));
      else if (posting.kind === 'replace') await replace(row, posting);
      else await post(row, posting);
    } catch (error) {
      // The lease runs out by itself, and by then the database may be back.
      if (isGone(error)) throw error;
      log.warn({ kind: row.job, error }, 'a delivery failed');
      const posted = !counted.has(row);
      if (row.failures + 1 < mostFailures)
        await outbox.finish(row, again(backoff(row.failures), 'failed inside', { failed: true, posted }));
      else await undelivered(row, { state: 'parked', reason: 'Something is wrong with it on my side.' }, posted);
    }
  };

  const send = (rows: readonly Leased[]): void => {
    for (const row of rows) {
      const work = deliver(row).catch((error: unknown) =>
        log.warn({ kind: row.job, error }, 'a delivery was given up; its lease runs out'),
      );
      inFlight.set(work, options.clock());
      void work.finally(() => inFlight.delete(work));
    }
  };

  return {
    async take(ids) {
      send(await outbox.claim(ids));
    },
    async takeDue(limit) {
      const { leased, looked } = await outbox.claimDue(limit);
      send(leased);
      return looked;
    },
    slow: (ms) => [...inFlight.values()].filter((since) => options.clock() - since > ms).length,
    get busy() {
      return inFlight.size;
    },
    async freed() {
      if (inFlight.size > 0) await Promise.race(inFlight.keys());
    },
    paused: () => breaker.open(),
    async settle() {
      while (inFlight.size > 0) await Promise.all(inFlight.keys());
    },
  };
}

const both =
  (first: Change, second: Change): Change =>
  async (transaction) =>
    (await first(transaction)) && (await second(transaction));

const isGone = (error: unknown) => error instanceof AppError && error.code === 'database-unavailable';

function toDelivery(row: Leased): Delivery {
  const {
    attempt: _attempt,
    copies,
    failures: _failures,
    shorter: _shorter,
    newThread: _new,
    now: _now,
    ...delivery
  } = row;
  return { ...delivery, repeat: copies > 0 };
}
