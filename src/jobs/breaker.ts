import type { Place } from '../features/feature.ts';
import { channelOf } from '../store/outbox.ts';

/** Stops sending while Teams as a whole does not answer, so that no promise uses up its two tries on a dead line. */
export interface Breaker {
  /** A post to this place got through. */
  worked(place: Place): void;
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
  /** The place that worked last: asked first, so that a few places that hang for themselves hold up no others. */
  let well: Place | undefined;
  let nextProbe = 0;
  let refusedUntil = 0;
  const failed = (place: Place): void => {
    const name = channelOf(place.conversationId);
    if (well && channelOf(well.conversationId) === name) well = undefined;
    failing.set(name, place);
  };
  return {
    worked(place) {
      well = place;
      failing.clear();
    },
    failed(place) {
      const before = failing.size;
      failed(place);
      if (before < placesToOpen && failing.size === placesToOpen) nextProbe = clock() + (well ? 0 : probeEveryMs);
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
      const [place = well] = well ? [well] : failing.values();
      if (!place) return false;
      failing.delete(channelOf(place.conversationId));
      failed(place);
      if (!(await probe(place))) return true;
      well = place;
      failing.clear();
      return false;
    },
  };
}
