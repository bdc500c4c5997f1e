import { stampOf, type Stamp } from '../../understanding/show-time.ts';
import { zoneOr } from '../../understanding/zones.ts';
import type { Services, TimelineEntry } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';

/** Words for people, so that nobody has to know a kind by its colour or sign. */
export const kindNames: Readonly<Record<TimelineEntry['kind'], string>> = {
  note: 'Note',
  change: 'Change',
  decision: 'Decision',
  severity: 'Severity',
  tracking: 'Tracking',
  role: 'Role',
  field: 'Details',
  update: 'Update',
  promise: 'Promise',
  reminder: 'Reminder',
  escalation: 'Escalation',
  action: 'Action',
};

/** Everything that the features tell of an ICM, oldest first (F71, F72). What lies ahead of `now` has not happened. */
export async function timelineOf(icm: Icm, now: Date, services: Services): Promise<readonly TimelineEntry[]> {
  const told: (readonly TimelineEntry[])[] = [];
  // One after the other: a slow record store must not meet ten questions at once for one card.
  for (const { timeline } of services.features) if (timeline) told.push(await timeline(icm, services.records));
  return inOrder(told.flat(), now);
}

/** Oldest first; what has the same time keeps the order in which it was told. */
export function inOrder(entries: readonly TimelineEntry[], now: Date): readonly TimelineEntry[] {
  return entries
    .filter(({ at, isPlanned }) => at.getTime() <= now.getTime() + (isPlanned ? 0 : clockSlack))
    .sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** The clocks of the bot and of its database may differ a little. */
const clockSlack = 5 * 60_000;

/** An entry as it is shown: in one zone. */
export interface ShownEntry {
  readonly at: Date;
  readonly stamp: Stamp;
  /** "14:05", with its offset where the timeline has several: a clock that is set back shows an hour twice. */
  readonly time: string;
  readonly kind: string;
  readonly text: string;
  /** '' is the bot, or not known. */
  readonly by: string;
}

export interface ShownTimeline {
  /** IANA name. */
  readonly zone: string;
  /** "Europe/Berlin (UTC+1)", or with all offsets that occur. */
  readonly zoneLine: string;
  readonly entries: readonly ShownEntry[];
}

/** Entries in one zone, which is named once. */
export function shownIn(entries: readonly TimelineEntry[], wanted: string, now: Date): ShownTimeline {
  const zone = zoneOr(wanted, 'UTC');
  const moments = entries.flatMap(({ at, about }) => (about ? [at, about] : [at]));
  const offsets = [...new Set((moments.length > 0 ? moments : [now]).map((at) => stampOf(at, zone).offset))];
  const isMixed = offsets.length > 1;
  const withOffset = (stamp: Stamp) => (isMixed ? `${stamp.clock} ${stamp.offset}` : stamp.clock);
  return {
    zone,
    zoneLine: zone === 'UTC' ? 'UTC' : `${zone} (${offsets.join(' and ')})`,
    entries: entries.map(({ at, kind, text, about, by }) => {
      const stamp = stampOf(at, zone);
      const moment = about && stampOf(about, zone);
      return {
        at,
        stamp,
        time: withOffset(stamp),
        kind: kindNames[kind],
        text: moment ? `${text} ${moment.day} ${withOffset(moment)}` : text,
        by: by ?? '',
      };
    }),
  };
}
