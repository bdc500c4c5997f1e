/** A part of a day as people name it, found in a prepared line. */
export interface DayPart {
  readonly start: number;
  readonly end: number;
  readonly name: PartName;
  /** "this morning", "tonight": today's. */
  readonly isToday: boolean;
}

export type PartName = keyof typeof PARTS;

/**
 * What a part of the day may mean, in 24-hour times, the likeliest first. Nobody promised a customer "the afternoon"
 * to the minute, so these are offered, not taken. Source: what the team's phrases usually mean; no document says it.
 */
export const PARTS = {
  morning: ['09:00', '08:00', '10:00'],
  'before lunch': ['11:30', '12:00', '11:00'],
  lunch: ['12:00', '12:30', '13:00'],
  'after lunch': ['13:00', '14:00', '13:30'],
  afternoon: ['15:00', '14:00', '16:00'],
  'end of the day': ['17:00', '18:00'],
  evening: ['18:00', '19:00', '20:00'],
  tonight: ['20:00', '19:00', '22:00'],
  night: ['20:00', '21:00', '22:00'],
  midnight: ['00:00'],
  /** 24:00, where a day ends. */
  '24:00': ['00:00'],
} as const;

const WORDS =
  /(?:\b(?:in the|at|this|the|early|late|later|during the|on the|around|by|before|until) )?(?:early |late )?\b(before lunch|after lunch|lunch ?time|lunch(?: ?break)?|morning|afternoon|evening|tonight|night|eod|midnight|lastmidnight)\b/g;

const NAME_OF = new Map<string, PartName>([
  ['eod', 'end of the day'],
  ['lastmidnight', '24:00'],
  ['lunchtime', 'lunch'],
  ['lunch time', 'lunch'],
  ['lunch break', 'lunch'],
  ['lunchbreak', 'lunch'],
]);

export function dayPartsIn(text: string): DayPart[] {
  return [...text.matchAll(WORDS)].map((match) => {
    const word = match[1] ?? '';
    return {
      start: match.index,
      end: match.index + match[0].length,
      name: NAME_OF.get(word) ?? (word as PartName),
      isToday: word === 'tonight' || match[0].startsWith('this '),
    };
  });
}

/** Which half of the day a bare hour falls in when this part is named beside it: "at 8" and "tonight" is 20. */
export function hourIn(part: PartName, hour: number): { readonly hour: number; readonly nextDay: boolean } {
  const same = { hour, nextDay: false };
  switch (part) {
    case 'morning':
    case 'before lunch':
      return { hour: hour === 12 ? 12 : hour, nextDay: false };
    case 'afternoon':
    case 'lunch':
    case 'after lunch':
    case 'end of the day':
      return hour < 11 ? { hour: hour + 12, nextDay: false } : same;
    case 'evening':
    case 'tonight':
    case 'night':
    case 'midnight':
    case '24:00':
      if (hour === 12) return { hour: 0, nextDay: true };
      // One to four at night come after midnight.
      if (hour < 5) return { hour, nextDay: part !== 'evening' };
      return { hour: hour + 12, nextDay: false };
  }
}
