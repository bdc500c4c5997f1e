import { MAX_TEXT_LENGTH, normalize } from './normalize.ts';
import { wordSet, wordsBefore } from './token-pattern.ts';

/** The numbers of tickets in a line, told apart by their length alone, each once and in the order of the line. */
export interface TicketNumbers {
  /** 7 to 10 digits. */
  readonly icmNumbers: readonly string[];
  /** 15 or 16 digits. */
  readonly srNumbers: readonly string[];
  /** 3 to 6 digits that are no time and no amount: "the reminder for 4321" names a ticket by its end. */
  readonly shortNumbers: readonly string[];
  /** What does not fit the place where it stands, or nothing at all. To be asked back, never to be guessed. */
  readonly suspicious: readonly SuspiciousNumber[];
}

export interface SuspiciousNumber {
  readonly digits: string;
  /** What the words before the number call it. */
  readonly calledAs: 'icm' | 'case' | undefined;
  /** `length`: neither an ICM's nor a case's; otherwise the number is as long as the other kind's. */
  readonly why: 'length' | 'looks-like-case' | 'looks-like-icm';
  /** The number with the words before it, as the bot read them: "icm 2411220050001234". */
  readonly words: string;
}

type Length = 'icm' | 'case' | 'short' | 'odd';

interface Mention {
  readonly digits: string;
  readonly length: Length;
  readonly calledAs: 'icm' | 'case' | undefined;
  readonly words: string;
}

/** `shortIsOdd`: where a whole number is wanted, the end of one is to be asked back as well. */
export function readTicketNumbers(text: string, shortIsOdd = false): TicketNumbers {
  const mentions = mentionsIn(normalize(joinDigitGroups(text.trim().slice(0, MAX_TEXT_LENGTH))));
  const ofLength = (length: Length): string[] => [
    ...new Set(mentions.filter((mention) => mention.length === length).map(({ digits }) => digits)),
  ];
  return {
    icmNumbers: ofLength('icm'),
    srNumbers: ofLength('case'),
    shortNumbers: ofLength('short'),
    suspicious: mentions.flatMap((mention) => {
      const why = shortIsOdd && mention.length === 'short' ? 'length' : whySuspicious(mention, mentions);
      return why === undefined
        ? []
        : [{ digits: mention.digits, calledAs: mention.calledAs, why, words: mention.words }];
    }),
  };
}

/** "512 345 678" and "2411-2200-5000-1234" are one number each. */
export function joinDigitGroups(text: string): string {
  return text.replace(/\d{3,4}(?:[ -]\d{3,4}){2,3}/g, (groups, offset: number) => {
    const parts = groups.split(/[ -]/);
    const isNumber = parts.length === (parts[0]?.length === 3 ? 3 : 4);
    const isEven = parts.every(({ length }) => length === parts[0]?.length);
    // One more digit on either side: it is another number, or a list of them.
    const before = text.slice(Math.max(0, offset - 2), offset);
    const after = text.slice(offset + groups.length, offset + groups.length + 2);
    const isAlone = !/\d[ -]?$/.test(before) && !/^[ -]?\d/.test(after);
    return isNumber && isEven && isAlone ? parts.join('') : groups;
  });
}

function mentionsIn(tokens: readonly string[]): Mention[] {
  return tokens.flatMap((token, index) => {
    if (!/^\d+$/.test(token) || UNITS.has(tokens[index + 1] ?? '')) return [];
    const length = lengthOf(token, tokens, index);
    if (length === undefined) return [];
    const before = wordsBefore(tokens, index, 3).reverse();
    return [{ digits: token, length, calledAs: calledAs(tokens, index), words: [...before, token].join(' ') }];
  });
}

function lengthOf(digits: string, tokens: readonly string[], index: number): Length | undefined {
  if (digits.length >= 7 && digits.length <= 10) return 'icm';
  if (digits.length === 15 || digits.length === 16) return 'case';
  if (digits.length > 10) return 'odd';
  return isShortNumber(digits, tokens, index) ? 'short' : undefined;
}

/** After these a number is an amount of something. */
const UNITS = wordSet(`
  minute hour day week month months year years second seconds am pm oclock percent % mb gb kb su times x people
  utc gmt cet cest est edt pst pdt ist cst bst jst sgt aest
`);
/** Before a clock time. */
const BEFORE_TIME = wordSet(`
  at by until till til to before after from around -> @ / : . since between
`);
/** Before the end of a ticket's number. */
const BEFORE_TICKET = wordSet(`
  icm case for about on ending number one of reminder followup snooze cancel delete remove drop move resolve resolved
  close track untrack reopen escalate over give transfer regarding abt re the mute done ticket incident stop
`);

function isShortNumber(digits: string, tokens: readonly string[], index: number): boolean {
  const before = tokens[index - 1] ?? '';
  if (digits.length < 3 || BEFORE_TIME.has(before) || isInDate(tokens, index)) return false;
  // "1530" can be a time: only a word that calls for a ticket makes it one. Three digits are mostly amounts.
  const canBeTime = /^(?:[01]\d|2[0-3])[0-5]\d$/.test(digits) || digits.length === 3;
  return !canBeTime || BEFORE_TICKET.has(before);
}

const MONTH = /^(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|ober)?$/;

function isInDate(tokens: readonly string[], index: number): boolean {
  const near = [tokens[index - 2], tokens[index - 1], tokens[index + 1]];
  return (
    near.some((token) => token !== undefined && (MONTH.test(token) || /^\d\d?$/.test(token))) && isYear(tokens[index])
  );
}

function isYear(token: string | undefined): boolean {
  return token !== undefined && /^20\d\d$/.test(token);
}

const BETWEEN = wordSet('number is was = the with id no a an new');

function calledAs(tokens: readonly string[], index: number): 'icm' | 'case' | undefined {
  for (const word of wordsBefore(tokens, index, 4)) {
    if (word === 'icm' || word === 'incident') return 'icm';
    if (word === 'case') return 'case';
    if (!BETWEEN.has(word)) return undefined;
  }
  return undefined;
}

function whySuspicious(mention: Mention, all: readonly Mention[]): SuspiciousNumber['why'] | undefined {
  if (mention.length === 'odd') return 'length';
  if (mention.length === 'case' && mention.calledAs === 'icm') return 'looks-like-case';
  // People say "case 512345678" of an ICM alone; beside another ICM it stands where a case number belongs.
  const isSecond = all.some((other) => other.length === 'icm' && other.digits !== mention.digits);
  return mention.length === 'icm' && mention.calledAs === 'case' && isSecond ? 'looks-like-icm' : undefined;
}
