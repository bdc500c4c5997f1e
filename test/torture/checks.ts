import type { StrictConnector } from '../support/strict-connector.ts';
import { readText, type Reminder } from './feature.ts';
import type { Span } from './faults.ts';
import type { Row } from './homes.ts';

/** A SIGKILL, and what the process was at. */
export interface Kill {
  readonly name: string;
  readonly at: number;
  /** Posts of it that the connector had and had not answered. */
  readonly inFlight: number;
  /** Rows that it had leased and, as far as its posts tell, not finished. */
  readonly held: readonly string[];
}

/** All that is known at the end of a run. */
export interface Evidence {
  readonly kills: readonly Kill[];
  /** Reminders whose transaction was confirmed. */
  readonly kept: readonly Reminder[];
  /** Rows of which a process heard no clear answer in time, whatever the connector answered. */
  readonly unclear: ReadonlySet<string>;
  readonly rows: readonly Row[];
  readonly connector: Pick<StrictConnector, 'copies' | 'asked' | 'complaints'>;
  readonly dark: readonly Span[];
  /** Processes that ended without a kill. */
  readonly died: readonly string[];
  /** Rows that were confirmed and were not there after a later reopening. */
  readonly vanished: readonly string[];
}

export interface Verdict {
  readonly figures: Readonly<Record<string, number | string>>;
  /** What must not be; empty when the run is good. */
  readonly violations: readonly string[];
}

export function judge(evidence: Evidence): Verdict {
  const { kills, kept, rows, connector, dark } = evidence;
  const violations = [...evidence.died.map((who) => `a process died by itself: ${who}`)];
  violations.push(...evidence.vanished.map((subject) => `${subject} was confirmed, and gone after a reopening`));
  violations.push(...connector.complaints.slice(0, 20));
  const known = new Map(rows.map((row) => [row.subject, row]));
  const copies = Map.groupBy(connector.copies, (copy) => readText(copy.text).subject);

  let [lost, silent, sent, unconfirmed, unconfirmedThere, parked] = [0, 0, 0, 0, 0, 0];
  for (const { subject } of kept) {
    const row = known.get(subject);
    const there = copies.has(subject);
    if (!there) lost += 1;
    if (row?.state === 'sent' && there) sent += 1;
    else if (row?.state === 'unconfirmed') {
      unconfirmed += 1;
      if (there) unconfirmedThere += 1;
    } else if (row?.state === 'parked') parked += 1;
    else {
      silent += 1;
      violations.push(
        `${subject} is lost: its row is ${row?.state ?? 'gone'}, ${copies.get(subject)?.length ?? 0} there`,
      );
    }
  }

  let [extra, most, early] = [0, 0, 0];
  for (const [subject, all] of copies) {
    extra += all.length - 1;
    most = Math.max(most, all.length);
    if (all.length > 2) violations.push(`${subject} is there ${all.length} times`);
    if (all.slice(1).some(({ text }) => !readText(text).repeat))
      violations.push(`${subject}: a repeat does not say so`);
    const row = known.get(subject);
    if (!row) violations.push(`${subject} was posted and has no row`);
    if (row && all.some(({ at }) => at < row.due_at.getTime())) {
      early += 1;
      violations.push(`${subject} was posted before its time`);
    }
  }

  const posts = connector.asked.filter(({ method }) => method === 'POST');
  const inFlight = kills.reduce((sum, kill) => sum + kill.inFlight, 0);
  const unanswered = posts.filter(({ status }) => status === undefined).length;
  const isAmbiguous = ({ status }: { readonly status?: number }) => status === undefined || status >= 500;
  const ofAmbiguous = new Set(posts.filter(isAmbiguous).map(({ text }) => readText(text).subject));
  const heardNothing = rows.filter(({ id, subject }) => evidence.unclear.has(id) && !ofAmbiguous.has(subject)).length;
  const ambiguous =
    heardNothing +
    posts.filter(({ status }) => status !== undefined && status >= 500).length +
    Math.max(0, unanswered - inFlight);
  // Over a few kills one of them may hit several posts; over many it must not come to more than one each.
  if (kills.length >= 100 && extra > kills.length + ambiguous)
    violations.push(`${extra} extra posts are more than kills and ambiguous answers`);
  const diedAt = new Map(kills.map(({ name, at }) => [name, at]));
  const bySubject = Map.groupBy(posts, ({ text }) => readText(text).subject);
  for (const [subject, all] of copies) {
    if (all.length < 2) continue;
    const first = bySubject.get(subject)?.find(({ effect }) => effect);
    const end = first && diedAt.get(readText(first.text).by);
    const isUnclear =
      first?.status === undefined || first.status >= 500 || evidence.unclear.has(known.get(subject)?.id ?? '');
    // It was killed between the answer and the end of the transaction that keeps it.
    const wasKilled = first && end !== undefined && end - first.at < 5_000;
    if (!isUnclear && !wasKilled) violations.push(`${subject} was posted again although nothing was unclear`);
  }

  const firstAsked = new Map<string, number>();
  for (const { text, at } of posts) {
    const { subject } = readText(text);
    if (!firstAsked.has(subject)) firstAsked.set(subject, at);
  }
  const first = kills.flatMap(({ at }) => {
    // Only where there was something to send: from when on something was due that had never been tried.
    const due = kept.filter(({ subject }) => (firstAsked.get(subject) ?? Infinity) > at).map(({ dueAt }) => dueAt);
    const from = Math.max(at, Math.min(...due));
    const to = firstAfter(posts, at, () => true);
    const wasDark = dark.some((span) => span.from < to && span.to > at);
    return due.length === 0 || wasDark || !Number.isFinite(to) ? [] : [Math.max(0, to - from)];
  });
  const held = kills.flatMap((kill) =>
    kill.held
      .map((subject) => ({ from: kill.at, to: firstAfter(connector.asked, kill.at, matches(subject, known)) }))
      // What the connector did not let through is not the fault of whoever sends.
      .filter(({ from, to }) => Number.isFinite(to) && !dark.some((span) => span.from < to && span.to > from))
      .map(({ from, to }) => to - from),
  );
  // In a short run, which runs beside other tests, it says how busy the machine is.
  if (kills.length >= 100 && Math.max(0, ...first) > 15_000)
    violations.push(`the first send after a kill came after ${Math.max(...first)} ms`);
  const late = [...copies.entries()].map(
    ([subject, all]) => (all[0]?.at ?? 0) - (known.get(subject)?.due_at.getTime() ?? 0),
  );

  return {
    violations,
    figures: {
      kills: kills.length,
      reminders: kept.length,
      sent,
      unconfirmed: `${unconfirmed} (${unconfirmedThere} there)`,
      parked,
      'lost, flagged': lost - silent,
      'silently lost': silent,
      '429 answers': posts.filter(({ status }) => status === 429).length,
      'ambiguous answers': ambiguous,
      'of these answered, but heard too late': heardNothing,
      'posts in flight at kills': inFlight,
      'extra posts': `${extra} (at most ${kills.length + ambiguous})`,
      'most copies of one': most,
      'too early': early,
      'over the rate': connector.complaints.length,
      'first send after a kill, ms': spread(first),
      'row of the dead taken up, ms': `${spread(held)} (${held.length})`,
      'behind the due time, ms': spread(late),
    },
  };
}

/** A request for that row: its post. */
const matches = (subject: string, known: ReadonlyMap<string, Row>) => (asked: { text: string }) =>
  known.has(subject) && readText(asked.text).subject === subject;

function firstAfter<Item extends { readonly at: number }>(
  items: readonly Item[],
  at: number,
  fits: (item: Item) => boolean,
): number {
  // They are in the order of their times.
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as Item).at <= at) low = middle + 1;
    else high = middle;
  }
  for (let index = low; index < items.length; index += 1) {
    const item = items[index] as Item;
    if (fits(item)) return item.at;
  }
  return Infinity;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const spread = (values: readonly number[]): string =>
  `p50 ${quantile(values, 0.5)}, p99 ${quantile(values, 0.99)}, max ${quantile(values, 1)}`;
