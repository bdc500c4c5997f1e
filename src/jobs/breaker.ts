import type { Place } from '../features/feature.ts';
import { channelOf } from '../store/outbox.ts';

/** Stops sending while Teams as a whole does not answer, so that no promise uses up its two tries on a dead line. */
export interface Breaker {
  /** A post got through. */
  worked(): void;
  /** A post to this place got no answer, or one of failure. */
  failed(place: Place): void;
  /** Teams refuses the bot as such: nothing is tried for a minute. */
  refused(): void;
  /** Whether to hold back; asks Teams something harmless from time to time to find out whether it answers again. */
  open(): Promise<boolean>;
}

/** One place that fails may be at fault itself; with three of them in a row it is the line. */
const placesToOpen = 3;
const probeEveryMs = 5_000;

/** `probe` tells whether Teams answers at all when it is asked for that place; `clock` only goes forward, in ms. */
export function createBreaker(probe: (place: Place) => Promise<boolean>, clock: () => number): Breaker {
  const failing = new Map<string, Place>();
  let nextProbe = 0;
  let refusedUntil = 0;
  return {
    worked() {
      failing.clear();
    },
    failed(place) {
      failing.set(channelOf(place.conversationId), place);
      if (failing.size === placesToOpen) nextProbe = clock() + probeEveryMs;
    },
    refused() {
      refusedUntil = clock() + 60_000;
    },
    async open() {
      if (clock() < refusedUntil) return true;
      if (failing.size < placesToOpen) return false;
      if (clock() < nextProbe) return true;
      nextProbe = clock() + probeEveryMs;
      // Another place each time: the one that is asked may be at fault itself.
      const [[name, place]] = failing as unknown as [[string, Place]];
      failing.delete(name);
      failing.set(name, place);
      if (await probe(place)) {
        failing.clear();
        return false;
      }
      return true;
    },
  };
}
