/** Nothing is done in this time after the start, in ms: whoever waited for it comes first. */
const REST_MS = 250;
/** One go takes about this long at most, in ms, so that an answer never waits for long. */
const GO_MS = 4;

/**
 * Does work in the background, a few ms at a time with everything else in between. Keeps no process alive. A failure ends
 * the work that failed, and is told to `onFailure`.
 */
export function inSteps(works: readonly Iterable<unknown>[], onFailure: (error: unknown) => void): { stop(): void } {
  const left = works.map((work) => work[Symbol.iterator]());
  let timer: NodeJS.Timeout | undefined;
  const go = (): void => {
    const end = performance.now() + GO_MS;
    while (left[0] && performance.now() < end) {
      try {
        if (left[0].next().done) left.shift();
      } catch (error) {
        left.shift();
        onFailure(error);
      }
    }
    // A timer and not an immediate: requests that have come in are read in between.
    if (left.length > 0) timer = setTimeout(go, 1).unref();
  };
  if (left.length > 0) timer = setTimeout(go, REST_MS).unref();
  return { stop: () => clearTimeout(timer) };
}
