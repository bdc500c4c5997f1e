import { wordSet } from '../../understanding/token-pattern.ts';

/** Something that is written down. */
export interface NewEntry {
  readonly kind: 'note' | 'change';
  readonly icmNumber: string | undefined;
  /** What stands between the keyword and the words: a time, or nothing. */
  readonly when: string;
  readonly words: string;
  /** Of a change: the team that the line names, and its result. */
  readonly team: string;
  readonly effect: string;
}

/** A line that writes something down, as far as its form tells it; times are read later, in the person's zone. */
export type EntryRequest =
  | NewEntry
  | {
      readonly kind: 'result';
      readonly icmNumber: string | undefined;
      /** Which change; `undefined` is the last one that has none. */
      readonly seq: number | undefined;
      readonly words: string;
    }
  | {
      readonly kind: 'correct';
      readonly of: 'note' | 'change';
      readonly icmNumber: string | undefined;
      readonly seq: number | undefined;
      /** '' asks for the form. */
      readonly words: string;
    }
  | {
      readonly kind: 'delete';
      readonly of: 'note' | 'change';
      readonly icmNumber: string | undefined;
      readonly seq: number | undefined;
    };

/** What may stand before the keyword: "please add a note: ...". */
const FILLERS = wordSet(`
  can could would you i we want need to please pls ok okay and also hey so add take make write put log record save enter file leave jot a an the new another
  this quick short my our one last latest down
`);
const NOTE = wordSet('note notes observation remark notiz');
const CHANGE = wordSet('change changed changes');
const RESULT = wordSet('result results effect outcome');
const CORRECT = wordSet('correct correction edit fix amend reword rewrite update');
const DELETE = wordSet('delete remove drop withdraw discard erase undo');
const LINKS = wordSet('to for on in about of the icm incident ticket number no nr my our last latest');
/** What a time begins with, besides a figure. */
const TIME_BEGINS = wordSet(`
  at @ since around about yesterday today now just monday tuesday wednesday thursday friday saturday sunday mon tue wed
  thu fri sat sun noon midnight an half
`);
/** "change 2 had no effect", without a colon. */
const CAME = wordSet('had has did was is made fixed helped broke solved resolved worked caused showed brought');

const longestHeader = 100;
/** Longer lines are no notes: what was pasted by mistake is asked back. */
export const longestLine = 20_000;

/**
 * Reads "note: ...", "note 512345678 at 14:05: ...", "change: ..., team Networking", "result of change 2: ...", "correct
 * note 3: ...", "delete note 3". `undefined` where the form leaves a doubt: "notes from the shiproom", "what is a note?".
 */
export function readEntry(text: string): EntryRequest | undefined {
  const line = text.slice(0, longestLine).trim();
  const split = splitHeader(line);
  const header = tokensOf(split?.header ?? line.slice(0, longestHeader));
  const start = header.findIndex(({ word }) => !FILLERS.has(word));
  if (start === -1) return undefined;
  const [first, second] = [header[start]!, header[start + 1]];
  const isVerb = CORRECT.has(first.word) || DELETE.has(first.word);
  if (isVerb) return readOnOwn(header.slice(start), split?.body);
  if (RESULT.has(first.word)) return readResult(header.slice(start + 1), split?.body);
  if (!NOTE.has(first.word) && !CHANGE.has(first.word)) return undefined;
  const isChange = CHANGE.has(first.word);
  // "change 2 result: no effect", "change 2: no effect", "change 2 had no effect"
  if (isChange && second !== undefined && isSeq(second.word)) {
    const came = header[start + 2];
    if (split) return readResult(header.slice(start + 1), split.body);
    if (came !== undefined && CAME.has(came.word) && !line.endsWith('?'))
      return readResult([second], line.slice(came.from).trim());
    return undefined;
  }
  if (!split) return withoutColon(isChange, header, start, line);
  const rest = header.slice(start + 1);
  const { icmNumber, left } = numberIn(rest);
  const isTime = left[0] !== undefined && (TIME_BEGINS.has(left[0].word) || /^[~\d]/.test(left[0].word));
  if (left.length === 0 || isTime) return entryOf(isChange, icmNumber, typedOf(left), split.body);
  // "change the severity: ..." is a wish; "note about the customer: ..." is a note about the customer.
  if (isChange) return undefined;
  const about = typedOf(rest.filter(({ word }) => word !== icmNumber));
  return entryOf(false, icmNumber, '', `${about}: ${split.body}`);
}

const typedOf = (tokens: readonly Token[]): string => tokens.map(({ typed }) => typed).join(' ');

/** "note 512345678 gateway restarted": the number leaves no doubt. */
function withoutColon(isChange: boolean, header: readonly Token[], start: number, line: string) {
  let at = start + 1;
  while (LINKS.has(header[at]?.word ?? '')) at += 1;
  const number = header[at];
  const next = header[at + 1];
  if (!number || !next || !isIcm(number.word) || line.endsWith('?')) return undefined;
  return entryOf(isChange, number.word, '', line.slice(next.from));
}

function entryOf(isChange: boolean, icmNumber: string | undefined, when: string, body: string): EntryRequest {
  if (!isChange) return { kind: 'note', icmNumber, when, words: body.trim(), team: '', effect: '' };
  return { kind: 'change', icmNumber, when, ...partsOf(body) };
}

function readResult(header: readonly Token[], body: string | undefined): EntryRequest | undefined {
  if (body === undefined) return undefined;
  const { icmNumber, left } = numberIn(header);
  const rest = left.filter(({ word }) => !CHANGE.has(word) && !RESULT.has(word) && !LINKS.has(word));
  const seq = rest.find(({ word }) => isSeq(word));
  // Something else stands there: "result of the investigation: ..." is no result of a change.
  if (rest.some((one) => one !== seq)) return undefined;
  return { kind: 'result', icmNumber, seq: seq && Number(seq.word), words: body.trim() };
}

function readOnOwn(header: readonly Token[], body: string | undefined): EntryRequest | undefined {
  const [verb, ...after] = header;
  const { icmNumber, left } = numberIn(after);
  const rest = left.filter(({ word }) => !LINKS.has(word) && !FILLERS.has(word));
  const [what, ...more] = rest;
  if (!verb || !what || (!NOTE.has(what.word) && !CHANGE.has(what.word))) return undefined;
  const seq = more.find(({ word }) => isSeq(word));
  if (more.some((one) => one !== seq)) return undefined;
  const of = NOTE.has(what.word) ? 'note' : 'change';
  const which = { of, icmNumber, seq: seq && Number(seq.word) } as const;
  if (DELETE.has(verb.word)) return body === undefined || body === '' ? { kind: 'delete', ...which } : undefined;
  return { kind: 'correct', ...which, words: (body ?? '').trim() };
}

/** What was changed, by which team, and what came of it: "restarted the gateway, team Networking. Result: no effect" */
export function partsOf(body: string): { readonly words: string; readonly team: string; readonly effect: string } {
  const cut = /\b(?:result|effect|outcome) ?[:=]/i.exec(body);
  const effect = cut ? body.slice(cut.index + cut[0].length).trim() : '';
  const rest = (cut ? body.slice(0, cut.index) : body).trim().replace(/[,;.]$/, '');
  const at = Math.max(rest.lastIndexOf(','), rest.lastIndexOf(';'), rest.lastIndexOf('\n'), rest.lastIndexOf('('));
  const team = at > 0 ? teamIn(rest.slice(at + 1)) : undefined;
  return team === undefined ? { words: rest, team: '', effect } : { words: rest.slice(0, at).trim(), team, effect };
}

/** "team Networking", "team: Networking", "by the Networking team", "Networking team" */
function teamIn(segment: string): string | undefined {
  const words = segment
    .trim()
    .replace(/[).]$/, '')
    .split(' ')
    .filter((word) => word !== '');
  if (words.length < 2 || words.length > 7) return undefined;
  const isTeam = (word: string | undefined) => /^teams?:?$/i.test(word ?? '');
  const begin = words.findIndex((word) => !/^(?:by|the|done|from)$/i.test(word));
  const inner = words.slice(Math.max(begin, 0));
  if (isTeam(inner[0])) return inner.slice(1).join(' ').slice(0, 100);
  if (isTeam(inner.at(-1))) return inner.slice(0, -1).join(' ').slice(0, 100);
  return undefined;
}

interface Token {
  readonly word: string;
  readonly typed: string;
  /** Where it begins in the line. */
  readonly from: number;
}

function tokensOf(header: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of header.matchAll(/[^\s]+/g)) {
    const word = match[0]
      .normalize('NFKC')
      .toLowerCase()
      .replace(/^[#(@]/, '')
      .replace(/[,.;)]$/, '');
    if (word !== '') tokens.push({ word, typed: match[0], from: match.index });
  }
  return tokens;
}

const isIcm = (word: string): boolean => /^\d{7,10}$/.test(word);
const isSeq = (word: string): boolean => /^\d{1,3}$/.test(word);

/** The ICM's number in a header, and what else stands there but small words. */
function numberIn(tokens: readonly Token[]): {
  readonly icmNumber: string | undefined;
  readonly left: readonly Token[];
} {
  const number = tokens.find(({ word }) => isIcm(word));
  let left = tokens.filter((one) => one !== number);
  // "for ICM", before the number or alone, says nothing by itself.
  while (LINKS.has(left[0]?.word ?? '')) left = left.slice(1);
  return { icmNumber: number?.word, left };
}

/** Splits at the first colon that stands in no time of day, or at a dash or line end, near the beginning. */
function splitHeader(line: string): { readonly header: string; readonly body: string } | undefined {
  const near = line.slice(0, longestHeader);
  for (let at = 0; at < near.length; at += 1) {
    const sign = near[at] as string;
    const isClock = /\d/.test(near[at - 1] ?? '') && /^\d\d(?!\d)/.test(line.slice(at + 1, at + 4));
    const isDash = /[-–—]/.test(sign) && near[at - 1] === ' ' && line[at + 1] === ' ';
    if ((/[:：]/.test(sign) && !isClock) || sign === '\n' || isDash)
      return { header: near.slice(0, at), body: line.slice(at + 1).trim() };
  }
  return undefined;
}
