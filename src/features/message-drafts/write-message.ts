import type { DraftPart, DraftVariant, Playbook } from '../../playbook/schema.ts';

/** What stands in the fields of the form, as typed. */
export interface DraftFields {
  readonly customer: string;
  readonly sr: string;
  readonly what: string;
  readonly since: string;
  readonly who: string;
  readonly expect: string;
  readonly how: string;
  readonly verified: string;
  readonly rca: string;
  /** The next update as people write it, or as it was read. */
  readonly next: string;
  readonly isLast: boolean;
}

export const noFields: DraftFields = {
  customer: '',
  sr: '',
  what: '',
  since: '',
  who: '',
  expect: '',
  how: '',
  verified: '',
  rca: '',
  next: '',
  isLast: false,
};

type Needed = Exclude<keyof DraftFields, 'customer' | 'sr' | 'isLast'>;

const always = ['what', 'since', 'who'] as const;
/** The five parts of a good update (F75); at the end how it was resolved and how that was verified (F83, F84). */
const needed: Readonly<Record<DraftVariant, readonly Needed[]>> = {
  'first-contact': [...always, 'expect', 'next'],
  progress: [...always, 'expect', 'next'],
  resolution: [...always, 'how', 'verified', 'next'],
  rca: [...always, 'how', 'verified', 'rca', 'next'],
};
const asked: Readonly<Record<Needed, string>> = {
  what: 'what exactly is happening',
  since: 'when it was detected',
  who: 'who is affected',
  expect: 'what the customer can expect as a result',
  how: 'how it was resolved',
  verified: 'how that was verified',
  rca: 'about when the root cause can be expected',
  next: 'when you will write next',
};

/** What is still missing, as sentences. A closing message names the next contact or is the last one (T18). */
export function missingIn(fields: DraftFields, variant: DraftVariant): string[] {
  return needed[variant].flatMap((name) => {
    if (fields[name].trim() !== '') return [];
    if (name !== 'next' || variant !== 'resolution') return [`Please say ${asked[name]}.`];
    return fields.isLast ? [] : ['Please say when you will write next, or that it is the last update.'];
  });
}

/** The message in the playbook's words, one part a paragraph. `engineer` signs it. */
export function writeMessage(
  fields: DraftFields,
  variant: DraftVariant,
  engineer: string,
  texts: Playbook['messageDrafts'],
): string {
  const { parts, variants } = texts;
  const { order, intro } = variants[variant];
  const values: Partial<Record<DraftPart, string>> = {
    case: fields.sr.trim(),
    what: asSentence(fields.what),
    since: asPhrase(fields.since),
    who: asSentence(fields.who),
    expect: asSentence(fields.expect),
    how: asSentence(fields.how),
    verified: asSentence(fields.verified),
    rca: asPhrase(fields.rca),
    next: asPhrase(fields.next),
  };
  const sentences = order.flatMap((part) => {
    if (part === 'intro') return [intro];
    if (part === 'next' && fields.isLast && values.next === '') return [parts.last];
    const value = values[part];
    if (value === undefined || value === '') return [];
    return [fill(part === 'next' && isInterval(value) ? parts.interval : parts[part], part, value)];
  });
  const name = withoutEnd(fields.customer.trim(), ',;:!. ');
  return [
    name === '' ? texts.greetingNobody : fill(texts.greeting, 'customer', name),
    sentences.join('\n'),
    texts.closing,
    fill(texts.signature, 'engineer', engineer),
  ].join('\n\n');
}

/** An interval is a promise as well (T7): "every 2 hours". */
export const isInterval = (next: string): boolean => /^\s*(?:every|each|hourly|daily|weekly)\b/i.test(next);

const fill = (text: string, word: string, value: string): string => text.replaceAll(`{${word}}`, () => value);

/** Begins with a capital and ends as a sentence; a word such as "fleet-eu" keeps its letters. */
function asSentence(typed: string): string {
  const text = typed.trim().replace(/[ \t]+/g, ' ');
  if (text === '') return '';
  const first = text.charAt(0);
  const plainWord = /^\p{Ll}\p{Ll}* /u.test(text);
  const begun = plainWord ? first.toUpperCase() + text.slice(1) : text;
  return /[.!?…)\]]$/.test(begun) ? begun : `${begun}.`;
}

/** Goes into the middle of a sentence: without its own full stop. */
const asPhrase = (typed: string): string => withoutEnd(typed.trim().replace(/[ \t]+/g, ' '), '.;, ');

/** The text without these signs at its end. */
function withoutEnd(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && signs.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
