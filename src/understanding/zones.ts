import { ALSO_WORDS, MEANINGS_OF, type ZoneMeaning } from './zone-abbreviations.ts';
import { NEW_NAME_OF, ZONES_OF_PLACE } from './zone-places.ts';
import { fold, typed, type Traced } from './traced-text.ts';

/** A time zone that a line names. Zones are IANA names, `UTC`, or a fixed offset such as `+05:30`. */
export type ZoneReading =
  | { readonly kind: 'zone'; readonly zone: string; readonly words: string }
  | {
      readonly kind: 'ask';
      /** A plain sentence that ends in a question. */
      readonly question: string;
      /** The likeliest first, at most four. */
      readonly choices: readonly { readonly label: string; readonly zone: string }[];
    }
  | { readonly kind: 'none' };

/** A stretch of a folded text that names a zone. `end` is the first unit after it. */
export interface ZoneMention {
  readonly start: number;
  readonly end: number;
  readonly meanings: readonly ZoneMeaning[];
}

const known = new Map<string, boolean>();

/** Whether `name` is a zone that times can be reckoned in: an IANA name in any case, `UTC`, or `+05:30`. */
export function isZone(name: string): boolean {
  if (name === 'UTC' || name === 'GMT') return true;
  if (/^[+-]\d\d:\d\d$/.test(name))
    return offsetMinutes(name.slice(0, 1), name.slice(1, 3), name.slice(4)) !== undefined;
  if (name.length > 40 || !/^[A-Za-z_]+\/[A-Za-z0-9_+/-]+$/.test(name)) return false;
  const remembered = known.get(name);
  if (remembered !== undefined) return remembered;
  // Bounded, so that hostile text cannot grow it without end.
  if (known.size >= 2_000) known.clear();
  const accepted = isKnownToTheRuntime(name);
  known.set(name, accepted);
  return accepted;
}

function isKnownToTheRuntime(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** `name` where it is a zone, else `fallback`, else UTC: a wrong setting must not stop a reminder. */
export function zoneOr(name: string | undefined, fallback: string): string {
  if (name !== undefined && isZone(name)) return name;
  return isZone(fallback) ? fallback : 'UTC';
}

/** Reads where somebody is, or which zone they mean: "I'm in Bangalore", "Europe/Berlin", "CET", "UTC+2". */
export function readZone(text: string): ZoneReading {
  const traced = fold(text);
  const mentions = [
    ...namedZones(traced),
    ...offsets(traced),
    ...abbreviations(traced, () => true),
    ...places(traced.text),
  ];
  const first = withoutOverlaps(mentions);
  const zones = [...new Set(first.flatMap(({ meanings }) => meanings.map(({ zone }) => zone)))];
  const [zone, ...others] = zones;
  const [mention] = first;
  if (zone === undefined || mention === undefined) return { kind: 'none' };
  if (others.length === 0) return { kind: 'zone', zone, words: typed(traced, mention.start, mention.end) };
  const words = first.map(({ start, end }) => typed(traced, start, end)).join(', ');
  return {
    kind: 'ask',
    question: `Which time zone do you mean by "${words.slice(0, 60)}"?`,
    choices: zones.slice(0, 4).map((one) => ({ label: zoneLabel(one), zone: one })),
  };
}

/** "America/New_York" as people read it: "New York (America/New_York)". */
export function zoneLabel(zone: string): string {
  const city = zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  return zone.includes('/') ? `${city} (${zone})` : zone.startsWith('+') || zone.startsWith('-') ? `UTC${zone}` : zone;
}

/** IANA names, in any case: `europe/berlin`. */
export function namedZones({ text }: Traced): ZoneMention[] {
  return [...text.matchAll(/(?<![a-z0-9_/])[a-z_]{2,20}\/[a-z0-9_+/-]{2,36}/g)].flatMap((match) => {
    const name = match[0].replace(/[-+/]$/, '');
    const zone = NAME_OF.get(name);
    if (zone !== undefined) return [{ start: match.index, end: match.index + name.length, meanings: [{ zone }] }];
    return [];
  });
}

const NAME_OF: ReadonlyMap<string, string> = new Map(
  [...Intl.supportedValuesOf('timeZone'), ...NEW_NAME_OF.values(), 'Etc/UTC', 'Etc/GMT', 'Australia/ACT', 'US/Pacific']
    .concat(['US/Eastern', 'US/Central', 'US/Mountain', 'America/Montreal', 'Asia/Chongqing'])
    .map((name) => [name.toLowerCase(), NEW_NAME_OF.get(name) ?? name]),
);

/** "UTC+2", "GMT -5:30", and "+05:30" where it cannot be a number. */
export function offsets({ text }: Traced): ZoneMention[] {
  const found = text.matchAll(/(?<![a-z0-9])(utc|gmt)?(?: {0,2})([+-]) {0,1}(\d{1,2})(?::?(\d\d))?(?![\d:])/g);
  return [...found].flatMap((match) => {
    const [whole, name, sign = '+', hours = '', minutes] = match;
    if (name === undefined && !(hours.length === 2 && minutes !== undefined && whole.includes(':'))) return [];
    const total = offsetMinutes(sign, hours, minutes ?? '0');
    const start = match.index + whole.length - whole.trimStart().length;
    if (total === undefined) return [];
    return [{ start, end: match.index + whole.length, meanings: [{ zone: offsetZone(total), minutes: total }] }];
  });
}

/** Minutes east of UTC; undefined outside of what clocks on Earth show. */
export function offsetMinutes(sign: string, hours: string, minutes: string): number | undefined {
  const total = Number(hours) * 60 + Number(minutes);
  if (!(total <= 14 * 60) || Number(minutes) > 59) return undefined;
  return sign === '-' ? -total : total;
}

/** The zone of a fixed offset: 330 gives "+05:30", 0 gives "UTC". */
export function offsetZone(total: number): string {
  if (total === 0) return 'UTC';
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${total < 0 ? '-' : '+'}${two(Math.floor(Math.abs(total) / 60))}:${two(Math.abs(total) % 60)}`;
}

/** Abbreviations; those that are words too only in capitals, and only where `isLikely` says so. */
export function abbreviations(traced: Traced, isLikely: (start: number, end: number) => boolean): ZoneMention[] {
  return [...traced.text.matchAll(/(?<![a-z0-9_/+-])[a-z]{2,4}(?![a-z0-9_/]| {0,2}[+-] ?\d)/g)].flatMap((match) => {
    const meanings = MEANINGS_OF.get(match[0]);
    const [start, end] = [match.index, match.index + match[0].length];
    if (meanings === undefined || !isLikely(start, end)) return [];
    const asTyped = typed(traced, start, end);
    const isAlone = traced.text.trim() === match[0];
    if (ALSO_WORDS.has(match[0]) && !isAlone && asTyped !== asTyped.toUpperCase()) return [];
    return [{ start, end, meanings }];
  });
}

const LONGEST_PLACE = 4;

/** Cities and countries. */
export function places(text: string): ZoneMention[] {
  const words = [...text.matchAll(/[a-z]+(?:'s)?/g)];
  const found: ZoneMention[] = [];
  for (let at = 0; at < words.length; at += 1) {
    for (let length = Math.min(LONGEST_PLACE, words.length - at); length > 0; length -= 1) {
      const [first, last] = [words[at], words[at + length - 1]];
      if (first === undefined || last === undefined) continue;
      const end = last.index + last[0].length;
      const name = text.slice(first.index, end).replace(/[,.\s-]+/g, ' ');
      const zones = ZONES_OF_PLACE.get(name) ?? ZONES_OF_PLACE.get(name.replace(/'s$/, ''));
      // "us" is a pronoun in a sentence and a country where it stands by itself or after "in the".
      if (zones === undefined || (name === 'us' && !/^\s*$|\bthe\s$/.test(text.slice(0, first.index)))) continue;
      found.push({ start: first.index, end, meanings: zones.map((zone) => ({ zone })) });
      at += length - 1;
      break;
    }
  }
  return found;
}

/** Of stretches that share text the one that begins first, then the longest. */
export function withoutOverlaps(mentions: readonly ZoneMention[]): ZoneMention[] {
  const kept: ZoneMention[] = [];
  for (const mention of [...mentions].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (mention.start >= (kept.at(-1)?.end ?? 0)) kept.push(mention);
  }
  return kept;
}
