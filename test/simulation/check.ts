import type { Row } from './memory-outbox.ts';
import type { Promised } from './plan.ts';
import type { Request } from './history.ts';
import { minutes, seconds } from './time.ts';
import type { World } from './world.ts';

/** Table 1.3 of the platform notes: requests in so many ms, per channel and per tenant. */
const channelLimits = [
  [1_000, 7],
  [2_000, 8],
  [30_000, 60],
] as const;
const tenantLimits = [[1_000, 50]] as const;

/** From when on nothing holds up what still waits: the faults are over, it is due, and Teams may be asked again. */
export function lastAllowed({ plan, store }: World): number {
  let latest = plan.faultsEndAt;
  for (const row of store.open())
    latest = Math.max(latest, row.dueAt, store.notBefore(row.delivery.tenantId, row.channelId));
  return latest;
}

/** Everything that must hold of a run when it is over. */
export function check(world: World): void {
  const { history, store, plan, promises } = world;
  const fail = (what: string): void => history.violation(what);
  const keys = new Set<string>();
  const posts = new Map<string, typeof history.posts>();
  for (const post of history.posts) {
    const others = posts.get(post.request.row);
    if (others) others.push(post);
    else posts.set(post.request.row, [post]);
  }
  for (const row of store.rows.values()) {
    const there = posts.get(row.id) ?? [];
    const excuses = history.excuses.get(row.id) ?? [];
    const copies = [...there].sort((a, b) => a.request.begunAt - b.request.begunAt);
    if (row.state === 'waiting' || row.state === 'sending') fail(`${row.id} is still ${row.state}`);
    if (there.length > 2) fail(`${row.id} is there ${there.length} times`);
    if (there.length - 1 > excuses.length) fail(`${row.id} is there twice without a reason`);
    if (copies.slice(1).some(({ request }) => !request.repeat))
      fail(`the second ${row.id} does not say that it repeats`);
    if (row.state === 'sent' && there.length === 0 && !history.replacedRows.has(row.id))
      fail(`${row.id} counts as sent and is not there`);
    if (row.state === 'parked' && there.length > excuses.length) fail(`${row.id} counts as parked and is there`);
    if (row.state === 'unconfirmed' && excuses.length === 0)
      fail(`${row.id} counts as unconfirmed and nothing happened`);
    if (row.state === 'parked') checkParked(world, row, fail);
    // A replacement may be dropped; a post only when it is not wanted, or when a later one says it.
    const { delivery, reason } = row;
    const isSaidLater = reason === 'a later one is due' || delivery.job === 'promise/change';
    if (row.state === 'dropped' && promises.wanted(delivery) && !isSaidLater) fail(`${row.id} was dropped: ${reason}`);
    const key = `${delivery.tenantId} ${delivery.subject} ${delivery.job} ${delivery.stage}`;
    if (keys.has(key)) fail(`${key} is kept twice`);
    keys.add(key);
  }
  for (const row of promises.missing()) fail(`${row} was never kept`);
  for (const { dueAt, zone, wallClock } of plan.promises) checkZone({ dueAt, zone, wallClock }, fail);
  for (const [key, { at }] of history.owed)
    // It is tried for a minute; a database that is gone for longer takes it along.
    if (world.time.now - at > seconds(90) && !world.databaseGoneAt(at + seconds(58), seconds(5)))
      fail(`${key} was not left alone though Teams asked for it`);
  checkRates(world, fail);
  if (plan.profile === 'hang') checkNeighbours(world, fail);
  if (plan.profile === 'dark') checkDark(world, fail);
}

/** Nothing is given up before its five tries; a row that is always refused by itself has had them. */
function checkParked({ history }: World, row: Row, fail: (what: string) => void): void {
  const { reason = '' } = row;
  const failures = (history.answers412.get(row.id) ?? 0) + (history.throws.get(row.id) ?? 0);
  if (/412|my side/.test(reason) && failures < 5) fail(`${row.id} was parked after ${failures} failures`);
}

/** The instant shows the wall clock of the promise, or, where it was skipped, the same later by the gap. */
function checkZone(
  { dueAt, zone, wallClock }: Pick<Promised, 'dueAt' | 'zone' | 'wallClock'>,
  fail: (what: string) => void,
): void {
  const wall = Date.parse(`${wallClock}Z`);
  const shown = wallClockAt(dueAt, zone);
  const before = wallClockAt(dueAt - minutes(1), zone);
  if (shown === wall) {
    // Of two, the first: going back by the hour that is repeated must not show the same again.
    for (const gap of [30, 60])
      if (wallClockAt(dueAt - minutes(gap), zone) === wall) fail(`${wallClock} ${zone} is the second`);
  } else if (
    !(shown > wall && shown - wall <= minutes(60) && before !== shown - minutes(1)) &&
    !isGap(wall, zone, dueAt)
  )
    fail(`${wallClock} ${zone} became ${new Date(shown).toISOString()}`);
}

/** No instant near it shows this wall clock. */
function isGap(wall: number, zone: string, near: number): boolean {
  for (let off = -minutes(120); off <= minutes(120); off += minutes(15))
    if (wallClockAt(near + off, zone) === wall) return false;
  return true;
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** Read by Intl and not by the library that made the instant. */
function wallClockAt(at: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'], part['second']);
}

function checkRates({ history }: World, fail: (what: string) => void): void {
  const byPlace = new Map<string, Request[]>();
  for (const request of history.requests) {
    // A process that stands still between its begin and its post cannot keep any pace.
    if (request.isReplace || request.at - request.begunAt > seconds(1)) continue;
    for (const key of [`${request.tenantId} ${request.channelId}`, request.tenantId]) {
      const others = byPlace.get(key);
      if (others) others.push(request);
      else byPlace.set(key, [request]);
    }
  }
  for (const [key, requests] of byPlace)
    for (const [ms, most] of key.includes(' ') ? channelLimits : tenantLimits)
      for (let from = 0, to = 0; to < requests.length; to += 1) {
        while ((requests[to] as Request).at - (requests[from] as Request).at >= ms) from += 1;
        if (to - from + 1 > most) {
          fail(`${key} got ${to - from + 1} posts in ${ms} ms`);
          return;
        }
      }
}

/** How late the posts to conversations that are well were, in ms, the least first. */
export function latenessOfOthers({ plan, history, store }: World): number[] {
  const well = new Set(
    plan.conversations.filter(({ manner }) => manner === 'fine').map(({ place }) => place.conversationId),
  );
  const first = new Map<string, number>();
  for (const { row, at } of history.requests) if (!first.has(row)) first.set(row, at);
  return [...store.rows.values()]
    .filter((row) => row.state === 'sent' && well.has(row.delivery.place.conversationId))
    .map((row) => (first.get(row.id) ?? Infinity) - Math.max(row.dueAt, plan.startsAt))
    .sort((a, b) => a - b);
}

/** One conversation that hangs delays no other; with several, the others still flow. */
function checkNeighbours(world: World, fail: (what: string) => void): void {
  const late = latenessOfOthers(world);
  const p99 = late[Math.max(0, Math.ceil(late.length * 0.99) - 1)] ?? 0;
  const worst = late.at(-1) ?? 0;
  const hanging = world.plan.conversations.filter(({ manner }) => manner === 'hangs').length;
  if (p99 > (hanging < 3 ? seconds(2) : seconds(5)))
    fail(`others were ${Math.round(p99)} ms late (p99) beside ${hanging} that hang`);
  if (worst > seconds(15)) fail(`one was ${Math.round(worst)} ms late beside ${hanging} that hang`);
}

/** After an hour of darkness: one post for each promise, and in each channel the oldest deadline first. */
function checkDark({ history, store, plan, faults }: World, fail: (what: string) => void): void {
  const { faultsEndAt } = plan;
  // Two processes ask every five seconds whether it is over; nothing else is tried on a dead line.
  const asked = faults.counts['dark'] ?? 0;
  if (asked > 2_000) fail(`Teams was asked ${asked} times in the darkness`);
  const posts = new Map<string, number>();
  const dueIn = new Map<string, number[]>();
  for (const { row, at, tenantId, channelId, isReplace } of history.requests) {
    const { delivery, dueAt } = store.rows.get(row) as Row;
    if (at < faultsEndAt || dueAt > faultsEndAt || isReplace || delivery.job !== 'promise/post') continue;
    posts.set(delivery.subject, (posts.get(delivery.subject) ?? 0) + 1);
    const key = `${tenantId} ${channelId}`;
    dueIn.set(key, [...(dueIn.get(key) ?? []), dueAt]);
  }
  const most = Math.max(0, ...posts.values());
  if (most > 1) fail(`${most} posts for one promise after the darkness`);
  let pairs = 0;
  let wrong = 0;
  for (const due of dueIn.values())
    for (const [n, one] of due.entries())
      for (const later of due.slice(n + 1)) {
        pairs += 1;
        if (later < one) wrong += 1;
      }
  // A few that were tried as the darkness ended wait for their own time.
  if (wrong > pairs * 0.15) fail(`${wrong} of ${pairs} pairs of posts came in the wrong order after the darkness`);
}
