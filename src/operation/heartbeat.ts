import { Agent, request } from '../bot/http-client.ts';

export interface HeartbeatOptions {
  /** Of the monitor outside, which raises an alarm when nothing comes. It is a secret: whoever has it can keep it calm. */
  readonly url: string;
  /** What is wrong now; `undefined`: nothing, so that a sign of life is given. */
  readonly problem: () => Promise<string | undefined>;
  /** Told once when a sign of life could not be given, and once when it could again. Never told the address. */
  readonly onChange: (outcome: 'failing' | 'given') => void;
  /** Default: each minute, ms. */
  readonly everyMs?: number;
  /** Time for one request, ms. */
  readonly limitMs?: number;
}

export interface Heartbeat {
  /** Stops at once; a request under way is given up. */
  stop(): Promise<void>;
}

/**
 * A GET to a monitor outside, now and each minute while nothing is wrong. It is the one alarm that rings although the
 * whole place is gone: process, network, Prometheus. Whatever becomes of it, the bot goes on.
 */
export function startHeartbeat({
  url,
  problem,
  onChange,
  everyMs = 60_000,
  limitMs = 10_000,
}: HeartbeatOptions): Heartbeat {
  const agent = new Agent({ connect: { timeout: limitMs }, connections: 1 });
  const ending = new AbortController();
  let failing = false;
  let underWay = false;

  const beat = async (): Promise<void> => {
    if (underWay) return;
    underWay = true;
    try {
      // Silence is the alarm, so what is wrong is not told to anybody here.
      if ((await problem()) !== undefined) return;
      const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(limitMs)]);
      const answer = await request(agent, url, { method: 'GET', signal });
      await answer.body.dump();
      if (answer.statusCode < 200 || answer.statusCode > 299) throw new Error('not taken');
      if (failing) onChange('given');
      failing = false;
    } catch {
      if (!failing && !ending.signal.aborted) onChange('failing');
      failing = true;
    } finally {
      underWay = false;
    }
  };
  void beat();
  const timer = setInterval(() => void beat(), everyMs);
  // A process that has nothing else to do ends.
  timer.unref();

  return {
    async stop() {
      clearInterval(timer);
      ending.abort();
      await agent.destroy();
    },
  };
}
