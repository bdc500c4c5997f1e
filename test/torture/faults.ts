import type { StrictConnector, Asked, Answer, Darkness } from '../support/strict-connector.ts';

/** Faults as the goals name them: 3 % 429, 6 % 500 before or after the effect, and some that are rarer. */
export function seededFaults(random: () => number): (asked: Asked) => Answer | undefined {
  return ({ method }) => {
    const times = { delayMs: 2 + random() * 18, answerMs: 3 + random() * 17 };
    if (method !== 'POST') return times;
    const drawn = random();
    const afterEffect = random() < 0.5;
    if (drawn < 0.03) {
      const says = random();
      return {
        ...times,
        status: 429,
        ...(says < 0.5 ? { retryAfter: '1' } : says < 0.6 ? { retryAfter: 'soon' } : {}),
      };
    }
    if (drawn < 0.09) return { ...times, status: 500, afterEffect };
    if (drawn < 0.1) return { ...times, reset: true, afterEffect };
    if (drawn < 0.104) return { ...times, hang: true, afterEffect };
    if (drawn < 0.109) return { ...times, status: 412 };
    return times;
  };
}

const kinds: readonly Darkness[] = ['refuses', 'answers 503', 'hangs'];

/** A span in which the connector was dark, ms since 1970. */
export interface Span {
  readonly from: number;
  to: number;
}

/** Lets the connector go dark for two to four seconds now and then, until it is stopped. */
export function darkPhases(connector: StrictConnector, random: () => number, everyMs: number) {
  const spans: Span[] = [];
  let stopped = false;
  let wake: (() => void) | undefined;
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => (clearTimeout(timer), resolve());
    });
  const run = (async () => {
    for (let at = 0; !stopped && everyMs > 0; at += 1) {
      await sleep(everyMs * (0.5 + random()));
      if (stopped) break;
      const span = { from: Date.now(), to: Infinity };
      spans.push(span);
      await connector.goDark(kinds[at % kinds.length] as Darkness);
      await sleep(2_000 + random() * 2_000);
      await connector.comeBack();
      span.to = Date.now();
    }
  })();
  return {
    spans,
    async stop() {
      stopped = true;
      wake?.();
      await run;
    },
  };
}
