import { Temporal } from 'temporal-polyfill';
import { Dice } from '../turns/mutate.ts';
import type { Place } from '../../src/features/feature.ts';
import { minutes, seconds } from './time.ts';

/** How a conversation behaves while faults last, or for ever. */
export type Manner = 'fine' | 'hangs' | 'removed' | 'gone' | 'threadGone' | 'small';

export interface Conversation {
  readonly tenantId: string;
  readonly place: Place;
  readonly manner: Manner;
}

/** A promise to a customer: a wall clock in a zone, with posts before it, at it and after it. */
export interface Promised {
  readonly id: string;
  readonly conversation: Conversation;
  readonly zone: string;
  readonly wallClock: string;
  readonly dueAt: number;
  /** Ms from the deadline, the earliest first. */
  readonly stages: readonly number[];
  /** Each stage is kept when the former is out, instead of all at once. */
  readonly chained: boolean;
  readonly poisoned: boolean;
  readonly createdAt: number;
  /** `cancel` may come before the promise itself. */
  readonly later: readonly { readonly at: number; readonly kind: 'cancel' | 'move'; readonly dueAt: number }[];
}

export type Profile = 'mixed' | 'hang' | 'flood' | 'dark';

/** Shares of all requests or statements that go wrong while faults last. */
export interface Shares {
  readonly tooMany: number;
  readonly precondition: number;
  readonly failBefore: number;
  readonly failAfter: number;
  readonly timeoutBefore: number;
  readonly timeoutAfter: number;
  readonly reset: number;
  readonly noConnection: number;
  readonly slow: number;
  readonly unauthorized: number;
  readonly badRequest: number;
  readonly databaseBefore: number;
  readonly databaseAfter: number;
  readonly databaseSlow: number;
  readonly alarmLost: number;
  readonly alarmTwice: number;
  readonly alarmLate: number;
  /** A run of a job that fails and would not the next time. */
  readonly stumble: number;
  /** Per step of a process. */
  readonly kill: number;
}

export interface Window {
  readonly from: number;
  readonly to: number;
}

/** All that is known of a run before it begins. */
export interface Plan {
  readonly seed: number;
  readonly profile: Profile;
  readonly startsAt: number;
  readonly faultsEndAt: number;
  readonly shares: Shares;
  readonly conversations: readonly Conversation[];
  readonly promises: readonly Promised[];
  readonly dark: Window | undefined;
  readonly databaseGone: readonly Window[];
  readonly freezes: readonly { readonly at: number; readonly process: number; readonly ms: number }[];
  readonly stops: readonly { readonly at: number; readonly process: number }[];
  readonly jumps: readonly { readonly at: number; readonly process: number; readonly ms: number }[];
  readonly tablesLostAt: number | undefined;
  /** When somebody speaks to the bot in a place where it was parked. */
  readonly spoken: readonly { readonly at: number; readonly conversation: Conversation }[];
}

const zones = [
  'Europe/Paris',
  'Europe/Dublin',
  'America/New_York',
  'America/Los_Angeles',
  'America/Santiago',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Pacific/Chatham',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Asia/Beirut',
];

/** The changes of the clocks of 2026 and 2027 in these zones; half of the runs begin at one. */
const changes = zones.flatMap((zone) => {
  const found: { readonly zone: string; readonly at: number }[] = [];
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.from('2026-01-01T00:00Z').toZonedDateTimeISO(zone);
  while ((at = at.getTimeZoneTransition('next')) && at.year < 2028) found.push({ zone, at: at.epochMilliseconds });
  return found;
});

/** What the plan of a seed is, whatever happens in the run. */
export function planOf(seed: number): Plan {
  const dice = new Dice(seed * 2_654_435_761 + 97);
  // The first numbers of neighbouring seeds are alike.
  for (let n = 0; n < 5; n += 1) dice.next();
  const roll = dice.next();
  const profile: Profile = roll < 0.002 ? 'dark' : roll < 0.03 ? 'flood' : roll < 0.06 ? 'hang' : 'mixed';
  const change = dice.pick(changes);
  const isChange = dice.chance(0.5) && profile !== 'dark';
  const startsAt = isChange
    ? change.at - minutes(2)
    : Date.UTC(2026, dice.below(12), 1 + dice.below(28), dice.below(24));
  const zoneOf = () => (isChange && dice.chance(0.7) ? change.zone : dice.pick(zones));
  const lasts = profile === 'dark' ? minutes(60) : profile === 'mixed' ? minutes(2 + dice.below(5)) : minutes(2);
  const faultsEndAt = startsAt + lasts;
  const anyTime = () => startsAt + dice.next() * lasts;

  /** Half of the faults do not occur in a run, so that the others are seen alone as well. */
  const share = (most: number) => (profile !== 'mixed' || dice.chance(0.5) ? 0 : dice.next() ** 2 * most);
  const shares: Shares = {
    tooMany: share(0.4),
    precondition: share(0.3),
    failBefore: share(0.3),
    failAfter: share(0.3),
    timeoutBefore: share(0.2),
    timeoutAfter: share(0.2),
    reset: share(0.2),
    noConnection: share(0.3),
    slow: share(0.3),
    unauthorized: share(0.01),
    badRequest: share(0.02),
    databaseBefore: share(0.1),
    databaseAfter: share(0.1),
    databaseSlow: share(0.1),
    alarmLost: share(0.6),
    alarmTwice: share(0.5),
    alarmLate: share(0.5),
    stumble: share(0.4),
    kill: profile === 'flood' ? 0.001 : share(0.03),
  };

  const tenants = Array.from(
    { length: profile === 'dark' ? 4 : profile === 'flood' ? 1 : 1 + dice.below(3) },
    (_item, n) => `t${n}`,
  );
  const manners: readonly Manner[] = ['removed', 'gone', 'threadGone', 'small', 'hangs'];
  const many = { dark: 20, flood: 2 + dice.below(40), hang: 4 + dice.below(5), mixed: 2 + dice.below(7) }[profile];
  const conversations = Array.from({ length: many }, (_item, n): Conversation => {
    const isHanging = profile === 'hang' && n <= seed % 4;
    const isOdd = profile === 'mixed' && dice.chance(0.25);
    const manner = isHanging ? 'hangs' : isOdd ? dice.pick(manners) : 'fine';
    const thread = dice.chance(0.6) ? `;messageid=${n}` : '';
    return {
      tenantId: dice.pick(tenants),
      // Some are threads of one channel: they share its pace and its fate.
      place: {
        kind: thread ? 'channel' : 'personal',
        conversationId: `19:c${thread && manner === 'fine' && n > 3 ? 3 : n}${thread}`,
        serviceUrl: 'http://teams',
        botId: '28:bot',
      },
      manner,
    };
  });
  if (profile === 'hang')
    for (let n = 4; n < 12; n += 1)
      conversations.push({
        tenantId: dice.pick(tenants),
        place: { kind: 'personal', conversationId: `19:h${n}`, serviceUrl: 'http://teams', botId: '28:bot' },
        manner: 'fine',
      });

  const count = { dark: 500, flood: 100 + dice.below(120), hang: 60, mixed: 4 + dice.below(12) }[profile];
  const promises = Array.from({ length: count }, (_item, n): Promised => {
    const zone = zoneOf();
    // A wall clock to the second, as somebody might say it; it may be skipped or come twice.
    const around = profile === 'flood' ? startsAt + seconds(30 + dice.below(10)) : anyTime();
    const wall = Temporal.Instant.fromEpochMilliseconds(Math.floor(around))
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()
      .round('second')
      .add({ minutes: isChange && dice.chance(0.2) ? 30 : 0 });
    const dueAt = wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
    const createdAt = profile === 'mixed' ? Math.min(anyTime(), dueAt) : startsAt;
    const conversation =
      profile === 'hang' && n < 12 ? (conversations[n % 4] as Conversation) : dice.pick(conversations);
    const later: Promised['later'][number][] = [];
    if (profile === 'mixed')
      while (dice.chance(0.35)) {
        const kind = dice.chance(0.5) ? 'cancel' : 'move';
        // Often in the moment when it is being posted.
        const at = dice.chance(0.6) ? Math.max(createdAt, dueAt + dice.next() * 2_000 - 200) : anyTime() - seconds(20);
        later.push({ at: Math.min(at, faultsEndAt), kind, dueAt: anyTime() });
      }
    return {
      id: `p${n}`,
      conversation,
      zone,
      wallClock: wall.toString(),
      dueAt,
      stages:
        profile === 'flood' || profile === 'hang'
          ? [0]
          : [-seconds(60 + dice.below(30)), 0, seconds(60)].slice(dice.below(3)),
      chained: dice.chance(0.4) && profile !== 'dark',
      poisoned: profile === 'mixed' && dice.chance(0.04),
      createdAt,
      later: later.sort((a, b) => a.at - b.at),
    };
  });

  const some = <T>(share: number, most: number, one: () => T): T[] =>
    profile === 'mixed' && dice.chance(share) ? Array.from({ length: 1 + dice.below(most) }, one) : [];
  const window = (most: number) => {
    const from = anyTime();
    return { from, to: Math.min(faultsEndAt, from + dice.next() * most) };
  };
  return {
    seed,
    profile,
    startsAt,
    faultsEndAt,
    shares,
    conversations,
    promises,
    dark: profile === 'dark' ? { from: startsAt, to: faultsEndAt } : some(0.15, 1, () => window(minutes(3)))[0],
    databaseGone: some(0.2, 2, () => window(seconds(40))),
    freezes: some(0.2, 3, () => ({ at: anyTime(), process: dice.below(2), ms: dice.next() * seconds(40) })),
    stops: some(0.2, 2, () => ({ at: anyTime(), process: dice.below(2) })),
    jumps: some(0.5, 6, () => ({
      at: anyTime(),
      process: dice.below(2),
      ms: dice.pick([1, -1]) * dice.pick([minutes(60), minutes(60 * 24)]),
    })),
    tablesLostAt: some(0.1, 1, anyTime)[0],
    spoken: some(0.4, 3, () => ({ at: anyTime(), conversation: dice.pick(conversations) })),
  };
}
