import type { Temporal } from 'temporal-polyfill';
import type { Traced } from './traced-text.ts';
import type { ZoneMeaning } from './zone-abbreviations.ts';
import {
  abbreviations,
  namedZones,
  offsetMinutes,
  offsets,
  offsetZone,
  places,
  withoutOverlaps,
  type ZoneMention,
} from './zones.ts';

/** The zones that a time was said in, the likelier first, and the stretches that said so. */
export interface ZonesSaid {
  /** Empty where the text names none: then it is the engineer's own. */
  readonly zones: readonly ZoneMeaning[];
  readonly stretches: readonly { readonly start: number; readonly end: number }[];
  /** "17:00 their time": the text points to a zone that it does not name. */
  readonly isTheirs: boolean;
}

/** `own` is the engineer's zone: of several meanings the one that fits it is taken. `now` says which clocks are alike. */
export function zonesIn(traced: Traced, own: string, now: Temporal.Instant): ZonesSaid {
  const { text } = traced;
  const mentions = withoutOverlaps([
    ...namedZones(traced),
    ...besideTime(text),
    ...offsets(traced).filter(({ start }) => !/[\d:]$/.test(text.slice(0, start))),
    ...abbreviations(traced, (start, end) => isBesideTime(text, start, end)),
    ...placesOfTime(text),
  ]);
  const ours = [...text.matchAll(/\b(?:my|our|local|mine)(?: own)? time(?: ?zone)?\b/g)];
  const theirs = [
    ...text.matchAll(/\b(?:their|his|her|customer'?s?|cx|client'?s?|cust)(?: local)? time(?: ?zone)?\b/g),
  ];
  return {
    // More than a few zones in one line are no promise.
    zones: unite(mentions.slice(0, 8), own, now),
    stretches: [
      ...mentions,
      ...[...ours, ...theirs].map((match) => ({ start: match.index, end: match.index + match[0].length })),
    ],
    isTheirs: theirs.length > 0 && mentions.length === 0,
  };
}

/** The `Z`, `+05:30` and `-0800` right behind a time. A minus between two times is a range: "14:00-15:00". */
function besideTime(text: string): ZoneMention[] {
  const found = text.matchAll(
    /(?<=\d:\d\d(?::\d\d)?(?:[.,]\d{1,9})?)( ?)(?:(z)(?![a-z])|([+-])(\d\d)(?::?(\d\d))?(?![\d:]))/g,
  );
  return [...found].flatMap((match) => {
    const [whole, space = '', zulu, sign = '+', hours = '', minutes = '0'] = match;
    const isDateTime = /\dt\d\d:\d\d(?::\d\d)?(?:[.,]\d{1,9})?$/.test(text.slice(0, match.index));
    const isRange = sign === '-' && !isDateTime && (space === '' || !/^(?:00|30|45)$/.test(minutes));
    const total = zulu === undefined ? offsetMinutes(sign, hours, minutes) : 0;
    if (total === undefined || (zulu === undefined && isRange)) return [];
    const end = match.index + whole.length;
    return [{ start: match.index, end, meanings: [{ zone: offsetZone(total), minutes: total }] }];
  });
}

/** Letters are a zone only right beside a time: "9am get it" asks for nothing in Georgia. */
function isBesideTime(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 16), start);
  const after = text.slice(end, end + 8);
  return (
    /(?:\d(?: ?[ap]m?)?|noon|midnight|eod|morning|afternoon|evening|tonight|lunch|tomorrow|today|day) ?[([,]? ?$/.test(
      before,
    ) ||
    /^ (?:at )?\d/.test(after) ||
    /^ time\b/.test(after) ||
    /\b(?:in|zone) $/.test(before)
  );
}

/** "9am Seattle time", "17:00 in London", "10:00 (Dublin)". */
function placesOfTime(text: string): ZoneMention[] {
  if (!/\btime\b|\d ?(?:[ap]m)? ?(?:[(,] ?|in )?[a-z]{4}/.test(text)) return [];
  return places(text).flatMap((mention) => {
    const after = /^(?:'s)? (?:local )?time\b/.exec(text.slice(mention.end));
    const isBehind = /(?:\d:\d\d|\d ?[ap]m|noon|midnight) ?(?:[(,] ?|in |at )?$/.test(
      text.slice(Math.max(0, mention.start - 20), mention.start),
    );
    if (after === null && !isBehind) return [];
    return [{ ...mention, end: mention.end + (after?.[0].length ?? 0) }];
  });
}

/** "(Europe/Berlin, UTC+1)" is one zone said twice; the offset settles an hour that comes twice. */
function unite(mentions: readonly ZoneMention[], own: string, now: Temporal.Instant): ZoneMeaning[] {
  const named = mentions.filter(({ meanings }) => meanings.some(({ zone }) => zone.includes('/')));
  const bare = mentions.flatMap(({ meanings }) => meanings).filter(({ zone }) => !zone.includes('/'));
  const [first] = named;
  const [offset] = bare;
  if (first !== undefined && named.length === 1 && offset !== undefined && bare.length === 1) {
    const [meaning] = fitting(first.meanings, own, now);
    if (meaning !== undefined) return [{ zone: meaning.zone, minutes: offset.minutes ?? 0 }];
  }
  const all = mentions.flatMap(({ meanings }) => fitting(meanings, own, now));
  return [...new Map(all.map((one) => [one.zone, one])).values()].slice(0, 4);
}

function fitting(meanings: readonly ZoneMeaning[], own: string, now: Temporal.Instant): readonly ZoneMeaning[] {
  const alike = meanings.find(({ zone }) => zone.includes('/') && areAlike(zone, own, now));
  // Clocks that show the same all year: the engineer's own name for them is the one they know.
  if (alike !== undefined)
    return [meanings.length > 1 || alike.minutes !== undefined ? { ...alike, zone: own } : alike];
  const near = meanings.filter(({ zone }) => zone.startsWith('America/') && own.startsWith('America/'));
  return meanings.length > 1 && near.length === 1 ? near : meanings;
}

function areAlike(one: string, other: string, now: Temporal.Instant): boolean {
  return [0, 91, 182, 273].every((days) => {
    const then = now.add({ hours: days * 24 });
    return then.toZonedDateTimeISO(one).offsetNanoseconds === then.toZonedDateTimeISO(other).offsetNanoseconds;
  });
}
