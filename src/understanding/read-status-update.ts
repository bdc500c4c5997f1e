import { normalize } from './normalize.ts';
import { joinDigitGroups, readTicketNumbers } from './read-ticket-numbers.ts';
import { matches, patterns, wordSet } from './token-pattern.ts';

/** A line that asks for a status update to be posted (`post`), or for what is known of an ICM so far (`known`). */
export interface StatusUpdateRequest {
  readonly kind: 'post' | 'known';
  /** For whom, where the line says it: the customer (`external`) or colleagues. */
  readonly audience?: 'external' | 'internal';
  /** The line says that it is resolved, or the last one. */
  readonly isResolved: boolean;
  readonly icmNumbers: readonly string[];
  readonly srNumbers: readonly string[];
  /** Ends of numbers. */
  readonly shortNumbers: readonly string[];
}

const POSTING = wordSet('post publish share give send add posting');
const UPDATE = wordSet('update updates');
const EXTERNAL = wordSet('external customer customers client cx');
const INTERNAL = wordSet('internal colleagues team');
const RESOLVED = wordSet('resolved resolution last final closing');
/** With any other word the line is a question, a story, or names a time: not a command to post. */
const FILLERS = wordSet(`
  please can could would will you i we want need to just now let us me have hey hi hello ok so and then
  a an the this that our my new another first quick short status progress situation
  for on about of with regarding re in here thread channel icm case incident number everybody all , . : !
`);
const ASKED = wordSet('can could would will');
/** What the line says is known: each ends where the number does. */
const KNOWN = patterns(`
  ^ what is|do|are we|you? know|known so? far? already|now? about|on|of|for|in|with icm|case|incident? # ?|$
  ^ what do we have so? far? on|about|for icm|case|incident? # ?|$
  ^ what is|are the? latest|current|present? status|state|situation of|for|on|with icm|case|incident? # ?|$
  ^ any? the? latest|current|present? status|state of|for|on? icm|case|incident? # ?|$
  ^ where do|are we stand? with|on icm|case|incident? # ?|$
  ^ how does|do|is it? things? stand|standing with|on icm|case|incident? # ?|$
  ^ sitrep|summary|summarize|recap|overview of|for|on? the? icm|case|incident? # ?|$
  ^ any|an? updates|update|news on|about|for|of icm|case|incident? # ?
  ^ show|tell|give me|us? what is|we known|know so? far? about|on|of|for icm|case|incident? # ?|$
  ^ latest on|for|of icm|case|incident? # ?|$
`);
/** In words. Who writes more explains something. */
const longest = 20;

/** "status update 512345678", "what is known about 512345678?"; `undefined` when the line asks no such thing. */
export function readStatusUpdate(line: string): StatusUpdateRequest | undefined {
  const tokens = normalize(joinDigitGroups(line)).filter((token) => token !== ':');
  if (tokens.length > longest) return undefined;
  const { icmNumbers, srNumbers, shortNumbers } = readTicketNumbers(line);
  const numbers = { icmNumbers, srNumbers, shortNumbers };
  const tickets = new Set([...icmNumbers, ...srNumbers, ...shortNumbers]);
  const words = tokens.filter((token) => !tickets.has(token));
  if (tickets.size > 0 && matches(KNOWN, tokens)) return { kind: 'known', isResolved: false, ...numbers };
  const says = (some: ReadonlySet<string>): boolean => words.some((word) => some.has(word));
  // "Could you post an update?" asks the bot to; "can I post an update?" asks whether one may.
  if (words.at(-1) === '?' && ASKED.has(words[words.indexOf('you') - 1] ?? '')) words.pop();
  const all = [POSTING, UPDATE, EXTERNAL, INTERNAL, RESOLVED, FILLERS];
  if (!says(UPDATE) || !words.every((word) => all.some((some) => some.has(word)))) return undefined;
  // "update 512345678" may mean its details, and "send an update" is said of a customer whom nobody named.
  const isNamed = words.includes('status') || says(EXTERNAL) || says(INTERNAL) || says(RESOLVED);
  const isPosted = says(POSTING);
  if (tickets.size === 0 ? !(isPosted && isNamed) : !isPosted && !isNamed) return undefined;
  const audience = says(EXTERNAL) ? 'external' : says(INTERNAL) ? 'internal' : undefined;
  return { kind: 'post', ...(audience ? { audience } : {}), isResolved: says(RESOLVED), ...numbers };
}
