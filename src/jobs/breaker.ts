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
const placesToKeep = 5;

/** `probe` tells whether Teams answers at all when it is asked for that place; `clock` only goes forward, in ms. */
export function createBreaker(probe: (place: Place) => Promise<boolean>, clock: () => number): Breaker {
  const failing = new Map<string, Place>();
  /** Places that worked, the last one last: asked first, so that a few that hang for themselves hold up no others. */
  const well = new Map<string, Place>();
  let nextProbe = 0;
  let refusedUntil = 0;
  const works = (place: Place): void => {
    failing.clear();
    well.delete(place.conversationId);
    well.set(place.conversationId, place);
    const [oldest] = well.keys();
    if (well.size > placesToKeep) well.delete(oldest as string);
  };
  return {
    worked: works,
    failed(place) {
      const name = channelOf(place.conversationId);
      // With the third one it may be all of Teams: that is found out at once where there is somebody better to ask.
      if (!failing.has(name) && failing.size === placesToOpen - 1) nextProbe = clock() + (well.size ? 0 : probeEveryMs);
      failing.set(name, place);
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
      const place = [...well.values()].at(-1) ?? [...failing.values()][0];
      if (!place) return false;
      well.delete(place.conversationId);
      failing.delete(channelOf(place.conversationId));
      failing.set(channelOf(place.conversationId), place);
      if (!(await probe(place))) return true;
      works(place);
      return false;
    },
  };
}
