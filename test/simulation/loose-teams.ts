import type { Channel } from '../../src/bot/channel.ts';
import { readRetryAfter, type SendResult } from '../../src/bot/connector.ts';
import type { Place, Reply } from '../../src/features/feature.ts';
import { channelOf } from '../../src/store/outbox.ts';
import type { Manner } from './plan.ts';
import type { Process } from './process.ts';
import { seconds } from './time.ts';
import type { World } from './world.ts';

/** What the jobs of the simulation write into a message, so that Teams and the checker know it again. */
export interface Message {
  readonly row: string;
  readonly repeat: boolean;
  readonly large: boolean;
}
export const textOf = (message: Message): Reply => ({ kind: 'text', text: JSON.stringify(message) });
const messageOf = (reply: Reply) => JSON.parse(reply.kind === 'text' ? reply.text : '{}') as Message;

/** What a request comes to: whether and when it has its effect, and what the sender sees of it, when. */
interface Fate {
  readonly result: 'ok' | SendResult;
  readonly afterMs: number;
  readonly effectMs?: number;
}

const limitMs = 8_000;
/** What Teams writes behind `Retry-After`. */
const retryAfters = ['1', '1', '15', '15', '2.5', '3600', '86400', 'soon', '', undefined, undefined];

const refused = (status: number, code?: string, more: object = {}): SendResult => ({
  kind: 'refused',
  why: `status ${status}`,
  status,
  code,
  ...more,
});
const unknown = (why: string): SendResult => ({ kind: 'unknown', why });
const noConnection: SendResult = { kind: 'refused', why: 'no connection' };

/** Teams as it is on its worst days. */
export class LooseTeams {
  readonly #world: World;
  readonly #manners = new Map<string, Manner>();
  #threads = 0;
  #closedAs: number | undefined;

  constructor(world: World) {
    this.#world = world;
    for (const { place, manner } of world.plan.conversations) this.#manners.set(place.conversationId, manner);
  }

  /** The way of one process to Teams. */
  of(process: Process): Pick<Channel, 'tryPost' | 'tryNewThread' | 'tryReplace' | 'probe'> {
    const { history } = this.#world;
    const post = (place: Place, reply: Reply, isThread: boolean): Promise<SendResult> => {
      const message = messageOf(reply);
      const request = history.requested(process, place, message);
      const conversationId = isThread
        ? `${channelOf(place.conversationId)};messageid=new${this.#threads++}`
        : place.conversationId;
      const fate = this.#fateOf(place, message, isThread);
      const post = () => {
        const id = `m${history.posts.length}`;
        history.posted(request, conversationId);
        return { kind: 'sent', id, ...(isThread ? { conversationId } : {}) } as const;
      };
      return this.#meet(process, fate, post).then((result) => {
        history.answered(request, result);
        return result;
      });
    };
    return {
      tryPost: (place, reply) => post(place, reply, false),
      tryNewThread: (place, _tenantId, reply) => post(place, reply, true),
      tryReplace: (place, activityId, reply) => {
        const message = messageOf(reply);
        history.requested(process, place, message, true);
        return this.#meet(process, this.#fateOf(place, message, false), () => {
          history.replaced(message.row);
          return { kind: 'sent', id: activityId };
        });
      },
      probe: async (place) => {
        const small = { row: '', repeat: false, large: false };
        const fate = this.#fateOf(place, small, false);
        const result = await this.#meet(process, fate, () => ({ kind: 'sent', id: undefined }));
        return (
          result.kind === 'sent' || (result.kind === 'refused' && result.status !== undefined && result.status !== 429)
        );
      },
    };
  }

  /** The effect may come long after the sender has given up. */
  #meet(process: Process, fate: Fate, effect: () => SendResult): Promise<SendResult> {
    const { result, afterMs, effectMs } = fate;
    if (result === 'ok')
      return process.ask({ name: 'post', up: effectMs ?? 0, down: afterMs - (effectMs ?? 0), effect });
    if (effectMs !== undefined && effectMs >= afterMs) this.#world.time.after(effectMs, effect);
    const isSoon = effectMs !== undefined && effectMs < afterMs;
    const up = isSoon ? effectMs : afterMs / 2;
    const onTheWay = () => {
      if (isSoon) effect();
      return result;
    };
    return process.ask({ name: 'post', up, down: afterMs - up, effect: onTheWay });
  }

  #fateOf(place: Place, message: Message, isThread: boolean): Fate {
    const { dice, time, plan, faults } = this.#world;
    const isActive = time.now < plan.faultsEndAt;
    const { shares } = plan;
    const quick = 20 + dice.next() * 100;
    const isSlow = isActive && dice.chance(shares.slow);
    const ms = isSlow ? dice.next() * 7_900 : quick;
    const fail = (name: string, fate: Fate): Fate => {
      faults.count(name);
      return fate;
    };
    const late = dice.chance(0.2) ? limitMs + dice.next() * seconds(15) : dice.next() * limitMs;

    if (plan.dark && time.now >= plan.dark.from && time.now < plan.dark.to) {
      const how = dice.below(3);
      if (how === 0) return fail('dark', { result: noConnection, afterMs: 3_000 });
      if (how === 1) return fail('dark', { result: unknown('status 503'), afterMs: quick });
      return fail('dark', { result: unknown('timeout'), afterMs: limitMs });
    }
    const manner = this.#manners.get(place.conversationId) ?? 'fine';
    if (manner === 'hangs' && isActive) {
      const effectMs = dice.chance(0.3) ? late : undefined;
      return fail('hanging', { result: unknown('timeout'), afterMs: limitMs, ...(effectMs ? { effectMs } : {}) });
    }
    if (manner === 'removed') {
      const codes = [
        'BotNotInConversationRoster',
        'BotDisabledByAdmin',
        'ConversationBlockedByUser',
        'MessageWritesBlocked',
      ];
      this.#closedAs ??= dice.below(4);
      return fail('403', { result: refused(403, codes[this.#closedAs]), afterMs: ms });
    }
    if (manner === 'gone' || (manner === 'threadGone' && !isThread && place.conversationId.includes(';messageid=')))
      return fail('404', { result: refused(404, 'ConversationNotFound'), afterMs: ms });
    if (manner === 'small' && message.large) return fail('413', { result: refused(413), afterMs: ms });
    if (!isActive) return { result: 'ok', afterMs: ms, effectMs: ms / 2 };

    if (dice.chance(shares.tooMany)) {
      const value = dice.pick(retryAfters);
      // As src/bot/connector.ts reads it.
      const retryAfterMs = value === undefined ? undefined : readRetryAfter(value, time.now);
      return fail('429', { result: refused(429, undefined, { retryAfterMs }), afterMs: ms });
    }
    if (dice.chance(shares.precondition)) return fail('412', { result: refused(412), afterMs: ms });
    if (dice.chance(shares.failBefore)) return fail('5xx before', { result: unknown('status 502'), afterMs: ms });
    if (dice.chance(shares.failAfter))
      return fail('5xx after', { result: unknown('status 500'), afterMs: ms, effectMs: ms / 2 });
    if (dice.chance(shares.timeoutBefore))
      return fail('timeout before', { result: unknown('timeout'), afterMs: limitMs });
    if (dice.chance(shares.timeoutAfter))
      return fail('timeout after', { result: unknown('timeout'), afterMs: limitMs, effectMs: late });
    if (dice.chance(shares.reset))
      return fail('reset', {
        result: unknown('connection broke'),
        afterMs: ms,
        ...(dice.chance(0.5) ? { effectMs: ms / 2 } : {}),
      });
    if (dice.chance(shares.noConnection)) return fail('no connection', { result: noConnection, afterMs: quick });
    if (dice.chance(shares.unauthorized)) return fail('401', { result: refused(401, 'BotNotRegistered'), afterMs: ms });
    if (dice.chance(shares.badRequest)) return fail('400', { result: refused(400, 'BadSyntax'), afterMs: ms });
    if (isSlow) faults.count('slow');
    return { result: 'ok', afterMs: ms, effectMs: ms * dice.next() };
  }
}
