import { MAX_TEXT_LENGTH } from './normalize.ts';
import { REAL_WORDS } from './real-words.ts';
import { wordSet } from './token-pattern.ts';
import { CONCEPT_OF_WORD, KNOWN_WORDS } from './vocabulary.ts';

/**
 * People named as those who take something over or are to be told: "hand ... to Priya", "can Tom cover for me",
 * "@Anna". As typed, each once. Who that is, is for the caller to find out; a role ("my backup") is no name.
 */
export function readNames(text: string): string[] {
  const pieces =
    text
      .trim()
      .slice(0, MAX_TEXT_LENGTH)
      .replace(/\p{Cf}/gu, '')
      .match(PIECE) ?? [];
  // Where everything is in capitals they tell nothing.
  const words: readonly Piece[] = pieces.map((typed) => ({ typed, low: typed.toLowerCase() }));
  const shouted = words.every(({ typed, low }) => typed === typed.toUpperCase() || typed === low);
  const names = words.flatMap((_, index) => {
    if (!startsName(words, index, shouted)) return [];
    return [
      words
        .slice(index, endOfName(words, index, shouted))
        .map(({ typed }) => typed)
        .join(' '),
    ];
  });
  return [...new Set(names)];
}

const PIECE = /\p{L}[\p{L}'’-]*|\d+|[@,.;:!?()]/gu;

interface Piece {
  readonly typed: string;
  readonly low: string;
}

const HANDING = wordSet(`
  hand hands handed handing give gives given giving transfer transfers transferred assign assigned reassign delegate
  delegated pass passed passing forward move moved goes go went handover switch send over belongs
`);
const TAKING = wordSet(`
  take takes taking took cover covers covering covered handle handles gets get has have own owns replaces replace
  inherits
`);
const HELPERS = wordSet('can could will would should may please is shall');
const DEPUTIES = wordSet('backup delegate deputy cover replacement substitute standin');
const TELLING = wordSet('remind ping nudge tell notify alert mention poke');
const OWNED = wordSet('my the all these this it them everything our his her');
/** Words that are neither in the vocabulary nor anybody's name. */
const NO_NAMES = wordSet(`
  a an the my your his her our their its me you him us them it this that these those i we he she they who whoever whom
  what which where when why how and or but if so to of in on at by for from with until till til into onto over off
  up out as is am are was were be been do does did has have had can could will would shall should may might must
  noon midnight lunch dinner breakfast afternoon evening morning night eod eow cob asap monday tuesday wednesday
  thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february march april june july
  august september october november december jan feb mar apr jun jul aug sep sept oct nov dec pm oclock
  anyone anybody somebody everyone everybody all both each every another some any none more else same new old there
  here back backup delegate deputy him self myself yourself shift duty whole group folks guys buddy mate boss sir
  just only really very too also again let get got go goes going went take takes took give gives make makes made put
  want wants need needs yes no not dont thx hi hey hello ok okay
`);

function startsName(words: readonly Piece[], index: number, shouted: boolean): boolean {
  if (!isNameLike(words, index, shouted)) return false;
  const before = words[index - 1]?.low ?? '';
  if (before === '@') return true;
  const after = words.slice(endOfName(words, index, shouted)).map(({ low }) => low);
  const earlier = words.slice(0, index).map(({ low }) => low);
  if (before === 'to' && earlier.some((word) => HANDING.has(word))) return true;
  if (before === 'by' && earlier.some((word) => TAKING.has(word))) return true;
  if (HANDING.has(before) && before !== 'go' && OWNED.has(after[0] ?? '')) return true;
  if (HANDING.has(before) && /^\d/.test(after[0] ?? '')) return true;
  if (TELLING.has(before)) return true;
  if (DEPUTIES.has(earlier.at(-2) ?? '') && (before === 'is' || before === ':')) return true;
  if ((before === 'make' || before === 'set' || before === 'as') && after.some((word) => DEPUTIES.has(word)))
    return true;
  if ((before === 'from' || before === 'of') && isTakenFrom(earlier)) return true;
  return isTaker(after);
}

/** "Maria takes my reminders", "can Priya take over", "Tom is my backup". */
function isTaker(after: readonly string[]): boolean {
  const [first = '', second = '', third = ''] = after;
  const verb = HELPERS.has(first) ? second : first;
  if (first === 'is' && (DEPUTIES.has(second) || DEPUTIES.has(third))) return true;
  const next = verb === first ? second : third;
  if (!TAKING.has(verb)) return false;
  return OWNED.has(next) || next === 'over' || next === 'for' || /^\d/.test(next) || next === '';
}

/** "take over the reminders from Sam". */
function isTakenFrom(earlier: readonly string[]): boolean {
  return earlier.some((word) => word === 'take' || word === 'taking' || word === 'took');
}

function isNameLike(words: readonly Piece[], index: number, shouted: boolean): boolean {
  const word = words[index];
  if (word === undefined || !/^\p{L}/u.test(word.typed) || word.low.length < 2 || word.low.length > 40) return false;
  const plain = word.low.replace(/['’-]/g, '');
  if (NO_NAMES.has(plain) || CONCEPT_OF_WORD.has(plain)) return words[index - 1]?.typed === '@' && !NO_NAMES.has(plain);
  const isCapital = !shouted && index > 0 && word.typed !== word.low;
  return isCapital || !(KNOWN_WORDS.has(plain) || REAL_WORDS.has(plain) || /(?:ing|ed)$/.test(plain));
}

/** First and last name: further words with a capital, or one more unknown word that ends the clause. */
function endOfName(words: readonly Piece[], index: number, shouted: boolean): number {
  let end = index + 1;
  const isCapital = (at: number): boolean => words[at] !== undefined && words[at].typed !== words[at].low;
  while (!shouted && end < index + 3 && isCapital(index) && isCapital(end) && isNameLike(words, end, shouted)) end += 1;
  if (end > index + 1 || isCapital(index)) return end;
  const next = words[end + 1];
  const endsClause = next === undefined || /^[,.;:!?()]$/.test(next.typed);
  return isNameLike(words, end, shouted) && endsClause ? end + 1 : end;
}
