import { timeWord } from '../../understanding/time-words.ts';
import { wordSet } from '../../understanding/token-pattern.ts';
import { MEANINGS_OF } from '../../understanding/zone-abbreviations.ts';
import type { Word } from './sentences.ts';

/** A time in a sentence, by the numbers of its words; `to` is the first word after it. */
export interface TimeMention {
  readonly from: number;
  readonly to: number;
  /**
   * `exact`: a day, a time of day, a date, or one length ("in two hours"). `range`: "within 2-3 weeks", "next week".
   * `cadence`: "every two hours". `at once`: "in no time".
   */
  readonly kind: 'exact' | 'range' | 'cadence' | 'at once';
  /** "since", "from ... to", "ago", "last night": when something was. */
  readonly isPast: boolean;
  /** It holds a time of day. */
  readonly hasClock: boolean;
}

export const WEEKDAYS = wordSet('monday tuesday wednesday thursday friday saturday sunday');

export const MONTHS = wordSet('january february march april may june july august september october november december');

export const SHORT_DAYS = wordSet('mon tue tues wed thu thur thurs fri sat sun');

export const DAY_WORDS = wordSet('today tomorrow tonight overmorrow eod eob cob cop eow eobd nbd');

export const PARTS = wordSet('morning afternoon evening noon midday midnight lunchtime lunch night');

const UNITS = wordSet('second minute hour day week month workday h min mins hr hrs d');

export const LONG_UNITS = wordSet('week month quarter year');

export const NUMBERS = wordSet(
  'one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty forty-five sixty ninety an a half',
);

export const ROUGH = wordSet('few several some couple coming various');

export interface Item {
  readonly word: string;
  readonly form: string;
  readonly isCapital: boolean;
}

const MEETINGS = wordSet('call meeting session sync review check-in update mail message');

/** Forms of the words of time, remembered for the sentence: "Donnerstag" is "thursday". */
export function formsOf(words: readonly Word[]): Item[] {
  return words.map(({ word: typed, isCapital }, at) => {
    // "in Tuesday's call"
    const word = MEETINGS.has(words[at + 1]?.word ?? '') ? typed.replace(/'s$/, '') : typed;
    const isName = /^[a-z]{3,12}$/.test(word);
    let form = isName ? timeWord(word) : word;
    // "sat", "sun" and "mar" are words too; as names of days they begin with a capital.
    if (form !== word && word.length < 5 && !isCapital && (WEEKDAYS.has(form) || MONTHS.has(form))) form = word;
    if (form === 'may' && !isCapital) form = word;
    return { word, form, isCapital };
  });
}

export interface Piece {
  readonly to: number;
  readonly kind: TimeMention['kind'];
  readonly hasClock?: boolean;
  readonly isPast?: boolean;
}

export function isZone(items: readonly Item[], at: number): boolean {
  const item = items[at];
  if (item === undefined) return false;
  return MEANINGS_OF.has(item.word) && item.isCapital && item.word.length >= 2;
}

export const next2 = (items: readonly Item[], at: number): string => `${form(items, at + 1)} ${form(items, at + 2)}`;

export const form = (items: readonly Item[], at: number): string => items[at]?.form ?? '';

export const isNumber = (word: string): boolean => /^\d{1,3}(?:[.,]\d)?$/.test(word) || NUMBERS.has(word);

export const isUnit = (word: string): boolean => UNITS.has(word) || LONG_UNITS.has(word);
