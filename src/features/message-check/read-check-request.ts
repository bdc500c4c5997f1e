export type Audience = 'customer' | 'internal';

/** A typed line that asks for the check of a message. */
export interface CheckRequest {
  /** The message as it was pasted; empty when it is still to be asked for. */
  readonly text: string;
  readonly audience: Audience;
}

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));
const union = (...sets: readonly ReadonlySet<string>[]): ReadonlySet<string> =>
  new Set(sets.flatMap((one) => [...one]));

const polite = set('hi hello hey ok okay so and now please pls quick quickly just bot could can would will you');
const verbs = set('check review proofread polish verify validate lint');
const sending = set('send share post mail email go');
const permission = set('can could may shall should must');
const pronouns = set('this that it these following below');
const nouns = set('message messages msg draft text mail email reply response update communication comms wording');
const judging = set('ok okay fine safe good enough right alright sufficient clean ready');
const internal = set('internal internally colleague colleagues pg product sme smes dri engineering');
/** What else may stand there. With any other word it is a question of its own: "can I send logs?" */
const tail = set(`
  to the my our a an for me us with before after i we send sending out now again please quick quickly once more if is
  customer customers client cx cust s in team group like so as here one last time
`);

/** The words before the message end here. */
const separator = /[:?\n]|(?<= )[-–—](?= )/g;
const longestLead = 120;

/** Reads the lead ("check:", "can I send this?") and what follows it. `undefined`: the line asks no such thing. */
export function readCheckRequest(line: string): CheckRequest | undefined {
  const lead = line.slice(0, longestLead);
  for (const { index, 0: mark } of lead.matchAll(separator)) {
    const text = line.slice(index + 1).trim();
    const head = wordsOf(line.slice(0, index));
    if (isLead(head, text !== '', mark === ':')) return { text, audience: audienceOf(head) };
  }
  const head = wordsOf(line);
  const isWhole = line.length <= longestLead && isLead(head, false, false);
  return isWhole ? { text: '', audience: audienceOf(head) } : atTheEnd(line);
}

/** Whether the words ask for a check: "check this", "can I send this", "is this ok to send". */
function isLead(words: readonly string[], hasText: boolean, hasColon: boolean): boolean {
  if (words.length === 0 || words.length > 14) return false;
  return asksToCheck(words, hasText && hasColon) || asksToSend(words) || asksWhetherGood(words, hasText);
}

const within = (words: readonly string[], known: ReadonlySet<string>): boolean =>
  words.every((word) => known.has(word));
const has = (words: readonly string[], some: ReadonlySet<string>): boolean => words.some((word) => some.has(word));
const objects = union(pronouns, nouns);
const mayFollow = union(objects, judging, internal, tail, sending);

function asksToCheck(words: readonly string[], isClear: boolean): boolean {
  const at = words.findIndex((word) => verbs.has(word));
  const rest = words.slice(at + 1);
  if (at === -1 || !within(words.slice(0, at), polite) || !within(rest, mayFollow)) return false;
  return has(rest, objects) || isClear || (words.length === 1 && words[0] !== 'review');
}

function asksToSend(words: readonly string[]): boolean {
  const at = words.findIndex((word, index) => sending.has(word) && /^(?:i|we)$/.test(words[index - 1] ?? ''));
  const [object = '', ...rest] = words.slice(at + 1);
  const isAsked = at >= 2 && permission.has(words[at - 2] ?? '') && within(words.slice(0, at - 2), polite);
  if (!isAsked || !within(rest, mayFollow)) return false;
  return pronouns.has(object) || (/^(?:the|my|our)$/.test(object) && nouns.has(rest[0] ?? ''));
}

const judged = union(objects, judging, sending, tail, set('it is are can'), internal);
const determiners = set('this that my our the');

function asksWhetherGood(words: readonly string[], hasText: boolean): boolean {
  if (!within(words, judged) || !has(words, judging)) return false;
  if (has(words, nouns)) return has(words, determiners);
  return (words.includes('to') && has(words, sending)) || (hasText && has(words, pronouns));
}

const audienceOf = (words: readonly string[]): Audience =>
  words.some((word) => internal.has(word)) ? 'internal' : 'customer';

/** "Service is down, we are investigating - good enough?": the question comes behind the message. */
const asksBehind =
  /[-–—,.:;"”'\n] ?(?:is (?:this|that|it) )?(?:(?:good )?enough|ok(?:ay)?(?: to send)?|fine|sufficient|can i send (?:this|that|it)|ready to send)\?+ ?$/i;

function atTheEnd(line: string): CheckRequest | undefined {
  const found = asksBehind.exec(line.slice(-80));
  if (!found) return undefined;
  const text = line
    .slice(0, line.length - found[0].length)
    .trim()
    .replace(/^["“]|["”]$/g, '');
  // A question about a message is none: "they want a weekly timeline, ok?"
  const isMessage =
    /\b(?:we|our|service|hi|hello|dear)\b/i.test(text) &&
    !/^(?:can|may|should|is|are|do|they|he|she|customer|cx)\b/i.test(text);
  return isMessage && wordsOf(text).length >= 4 ? { text, audience: 'customer' } : undefined;
}

const wordsOf = (text: string): string[] =>
  text
    .slice(0, 2_000)
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** A greeting on a line of its own, a text, and a closing: a message to a customer that was pasted as it is. */
export function looksLikeMessage(line: string): boolean {
  const [first = '', ...rest] = line.trim().split('\n');
  const greets = /^(?:hi|hello|dear|hey|hallo|good (?:morning|afternoon|evening)) [\p{L} .'-]{1,60}[,!:]?$/iu.test(
    first.trim().slice(0, 100),
  );
  const body = rest.join('\n').slice(0, 4_000);
  return greets && wordsOf(body).length >= 20 && /\b(?:your|regards|thank you|thanks)\b/i.test(body);
}
