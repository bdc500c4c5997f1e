import { MAX_TEXT_LENGTH, normalize } from './normalize.ts';
import { joinDigitGroups, readTicketNumbers } from './read-ticket-numbers.ts';
import { find, patterns, wordSet } from './token-pattern.ts';

export type FieldMoment = 'beganAt' | 'detectedAt' | 'firstResponseAt' | 'resolvedAt' | 'closedAt';
export type FieldLevel = 'low' | 'medium' | 'high' | 'critical';

/** What a line says of the fields of an incident that are reported on afterwards (F56, F57). */
export interface KeyFieldRequest {
  /** `show`: only the fields are asked for; `set`: at least one is said. */
  readonly kind: 'show' | 'set';
  /** What happened, and the words of its time as typed: "05:20 UTC". */
  readonly moments: readonly { readonly moment: FieldMoment; readonly words: string }[];
  readonly impact?: FieldLevel;
  readonly urgency?: FieldLevel;
  /** As typed. */
  readonly reportedBy?: string;
  readonly assignedTo?: string;
  /** ICMs that are named, whole or by their ends. */
  readonly numbers: readonly string[];
}

const LONGEST = 40;
/** What a field is called, where its value follows. Without nested repetition. */
const CALLED =
  /\b(first (?:response|reply|answer|contact)|(?:first )?responded|acknowledged|began|begun|started|start time|detected|noticed|discovered|spotted|resolved|restored|closed|impact|urgency|reported by|assigned to)\b/gi;
const MOMENTS: readonly (readonly [RegExp, FieldMoment])[] = [
  [/^(?:first|responded|acknowledged)/, 'firstResponseAt'],
  [/^(?:began|begun|start)/, 'beganAt'],
  [/^(?:detected|noticed|discovered|spotted)/, 'detectedAt'],
  [/^(?:resolved|restored)/, 'resolvedAt'],
  [/^closed/, 'closedAt'],
];
/** What may stand before the first field. */
const BEFORE = wordSet(`
  it the incident outage issue problem icm case was is were has have had we i set of for on : , and please time field
  fields key
`);
/** What may stand between a field and its value, and behind the value. */
const FILLERS = wordSet('is was at on the it of for about icm incident : = , -');
const TRAILERS = wordSet('and it was the for of icm incident we is has been , ; .');
const LEVEL = /\b(low|medium|high|critical)\b/i;
const ASKS = wordSet(`
  ? what how why which whose whether if when who where should must remind reminder snooze promised tell update track
  untrack escalate severity sev because customer mean means
`);
const OPENS_QUESTION = wordSet('can could may is are does do did has have was were would');
const SHOW = patterns(`
  ^ please? show|see|list|get|give? me? key|incident fields|field ?|of|for|#|$
  ^ # key fields ?|$
`);

/**
 * Reads "began 512345678 at 05:20 UTC, detected 05:30" or "impact high urgency critical": each field with the words that
 * follow it. `undefined` where something else is said before the first field, or it is a question.
 */
export function readKeyFields(text: string): KeyFieldRequest | undefined {
  const line = joinDigitGroups(text.trim().slice(0, MAX_TEXT_LENGTH));
  const tokens = normalize(line);
  if (tokens.length === 0 || tokens.length > LONGEST) return undefined;
  const { icmNumbers, shortNumbers } = readTicketNumbers(line);
  const numbers = [...icmNumbers, ...shortNumbers];
  if (SHOW.some((one) => find(one, tokens)?.start === 0) && tokens.length <= 8)
    return { kind: 'show', moments: [], numbers };
  const found = [...line.matchAll(CALLED)];
  const [first] = found;
  if (first === undefined) return undefined;
  const isOther = (token: string): boolean => !BEFORE.has(token) && !numbers.includes(token);
  if (normalize(line.slice(0, first.index)).some(isOther)) return undefined;
  const byWhom = found.find(({ 0: word }) => /by|to/i.test(word));
  const plain = byWhom ? normalize(line.slice(0, byWhom.index)) : tokens;
  if (plain.some((token) => ASKS.has(token)) || (found.length === 1 && isAsked(tokens))) return undefined;
  return fieldsIn(line, found, numbers);
}

const isAsked = (tokens: readonly string[]): boolean =>
  tokens.includes('?') || (OPENS_QUESTION.has(tokens[0] ?? '') && tokens.length > 1);

function fieldsIn(
  line: string,
  found: readonly RegExpExecArray[],
  numbers: readonly string[],
): KeyFieldRequest | undefined {
  const moments: { moment: FieldMoment; words: string }[] = [];
  const others: { impact?: FieldLevel; urgency?: FieldLevel; reportedBy?: string; assignedTo?: string } = {};
  for (const [at, match] of found.entries()) {
    const word = match[0].toLowerCase();
    const end = found[at + 1]?.index ?? line.length;
    const value = valueOf(line.slice(match.index + word.length, end), numbers);
    const moment = MOMENTS.find(([called]) => called.test(word))?.[1];
    const level = LEVEL.exec(value)?.[1]?.toLowerCase() as FieldLevel | undefined;
    // "Impact on customers is big" says no level, and "started" alone no time: somebody tells a story.
    if (value === '' || value.length > 120) return undefined;
    if (moment) moments.push({ moment, words: value });
    else if (word === 'impact' || word === 'urgency') {
      if (level === undefined || value.length > 20) return undefined;
      others[word] = level;
    } else if (word === 'reported by') others.reportedBy = value;
    else others.assignedTo = value;
  }
  return { kind: 'set', moments, ...others, numbers };
}

/** What follows the name of a field, without the ICM's number and the words around it. */
function valueOf(words: string, numbers: readonly string[]): string {
  const parts = words.split(/\s/).filter((word) => word !== '' && !numbers.includes(word.replace(/[#,;:.]/g, '')));
  while (parts.length > 0 && FILLERS.has(bare(parts[0] ?? ''))) parts.shift();
  while (parts.length > 0 && TRAILERS.has(bare(parts.at(-1) ?? ''))) parts.pop();
  const value = parts.join(' ');
  const isOpen = value !== '' && ':=,;.'.includes(value.charAt(0));
  const isEnded = value !== '' && ',;.'.includes(value.charAt(value.length - 1));
  return value.slice(isOpen ? 1 : 0, isEnded ? -1 : undefined).trim();
}

/** "Is:" is "is"; a sign alone stays. */
const bare = (word: string): string => (word.length > 1 ? word.replace(/[:=,;]/g, '') : word).toLowerCase();
