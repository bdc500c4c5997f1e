interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers what comes in while a statement is under way and runs it as one. Alone, an item goes out at once; under load
 * many turns share a round trip, a commit and a wake-up, which cost more than the statement itself.
 *
 * `run` takes the items of a batch and gives their results in the same order; all of a batch is kept or none of it. If
 * a batch fails, each of its items is tried on its own, so that a bad one does not fail the others.
 */
export function inBatches<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  limits: { readonly atOnce: number; readonly most: number } = { atOnce: 2, most: 100 },
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let running = 0;
  let planned = false;

  const settle = async (batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await run(batch.map((entry) => entry.item));
      batch.forEach((entry, at) => entry.resolve(results[at] as Result));
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else await Promise.all(batch.map((entry) => settle([entry])));
    }
  };
  const next = (): void => {
    planned = false;
    while (running < limits.atOnce && waiting.length > 0) {
      const batch = waiting.slice(0, limits.most);
      waiting = waiting.slice(limits.most);
      running += 1;
      void settle(batch).finally(() => {
        running -= 1;
        next();
      });
    }
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (planned || running >= limits.atOnce) return;
      planned = true;
      // What came in with the same poll of the event loop goes together.
      setImmediate(next);
    });
}
