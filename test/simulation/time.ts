/** Something that happens at an instant. */
interface Event {
  readonly at: number;
  /** Those of one instant come in the order in which they were planned. */
  readonly order: number;
  readonly run: () => void;
  /** A poll of somebody who has nothing to do: others who have nothing to do may sleep past it. */
  readonly idle: boolean;
  cancelled: boolean;
}

/** Virtual time. Nothing here looks at a real clock, so one seed is one run. */
export class Time {
  #heap: Event[] = [];
  #order = 0;
  /** In ms since 1970: the clock of the database. */
  now: number;
  events = 0;
  /** Ends the run after the event that is under way. */
  stopped = false;

  constructor(now: number) {
    this.now = now;
  }

  at(instant: number, run: () => void, idle = false): () => void {
    const event = { at: Math.max(instant, this.now), order: this.#order++, run, idle, cancelled: false };
    this.#push(event);
    return () => void (event.cancelled = true);
  }

  after(ms: number, run: () => void, idle = false): () => void {
    return this.at(this.now + Math.max(0, ms), run, idle);
  }

  /** When the next thing happens that is not a mere poll. */
  nextBusy(): number {
    let next = Infinity;
    for (const event of this.#heap) if (!event.idle && !event.cancelled && event.at < next) next = event.at;
    return next;
  }

  /** One event after another until nothing is left or `until` has come; `after` looks at the world after each. */
  async run(until: number, after: () => void): Promise<void> {
    for (;;) {
      const event = this.#heap[0];
      if (!event || event.at > until || this.stopped) return;
      this.#pop();
      if (event.cancelled) continue;
      this.now = event.at;
      this.events += 1;
      event.run();
      // A tick runs when all promises that the event has settled have run out: whoever waits, waits for an event again.
      await new Promise<void>((resolve) => process.nextTick(resolve));
      after();
    }
  }

  #before(a: Event, b: Event): boolean {
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let at = heap.push(event) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(event, heap[parent] as Event)) break;
      heap[at] = heap[parent] as Event;
      at = parent;
    }
    heap[at] = event;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Event;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#before(heap[child + 1] as Event, heap[child] as Event)) child += 1;
      if (!this.#before(heap[child] as Event, last)) break;
      heap[at] = heap[child] as Event;
      at = child;
    }
    heap[at] = last;
  }
}

export const seconds = (n: number) => n * 1_000;
export const minutes = (n: number) => n * 60_000;
