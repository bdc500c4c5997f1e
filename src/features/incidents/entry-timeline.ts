import type { TimelineEntry } from '../feature.ts';
import type { Entry } from './entry-store.ts';
import { nameOfEntry } from './entry-views.ts';

/** Notes and changes as the timeline tells them; the result of a change is an entry of its own, at its own time (F71). */
export function entryTimeline(entries: readonly Entry[]): readonly TimelineEntry[] {
  return entries.flatMap((entry) => {
    const name = nameOfEntry(entry);
    const { kind, at } = entry;
    const by = entry.author.name;
    if (entry.deletedAt) return [{ at, kind, text: `${name}: deleted by its writer`, by }];
    const marks = entry.correctedAt ? ' (corrected)' : '';
    const team = entry.team === '' ? '' : ` (team ${entry.team})`;
    const first: TimelineEntry = { at, kind, text: `${name}: ${entry.words}${team}${marks}`, by };
    if (!entry.effect) return [first];
    const { effect } = entry;
    return [first, { at: effect.at, kind, text: `Result of change ${entry.seq}: ${effect.words}`, by: effect.by }];
  });
}
