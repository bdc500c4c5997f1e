import {
  BETWEEN,
  CONDITIONS,
  DUTIES,
  FAULT_NOUNS,
  FAULT_STATES,
  FAULTS,
  HANDLED,
  JUDGING,
  LOOSE_PERSON_WORDS,
  MIND_FAULTS,
  NEGATIONS,
  NO_FAULT_AFTER,
  NO_PERSONS,
  OMITTED,
  OWN_WORDS,
  PERSON_WORDS,
  ROLE_WORDS,
} from './blame-words.ts';
import { clausesOf, isName, namesIn, type Word } from './blame-text.ts';
import { wordings, type BlameFinding, type BlameKind } from './blame-wordings.ts';

/** Longer texts are cut: no field of a postmortem is that long. */
const longest = 20_000;
const mostFindings = 12;

/**
 * Finds blame by its structure: a person, a pronoun or a team as the subject of a verb of fault ("Ben broke", "you did
 * not check", "the networking team should have known"), as its agent ("broken by Ben") or its owner ("Ben's mistake"),
 * and words that judge people. `people` are the names of those who had to do with the ICM. What somebody did well
 * ("Ben found the cause") is none, nor is what a thing did ("the job failed").
 */
export function findBlame(text: string, people: readonly string[]): readonly BlameFinding[] {
  const names = namesIn(people);
  const findings: BlameFinding[] = [];
  for (const words of clausesOf(text.slice(0, longest))) {
    let from = 0;
    while (from < words.length && findings.length < mostFindings) {
      const found = findAt(words, from, names);
      if (found) findings.push(tell(text, words, found, names));
      from = found ? Math.max(found.end, from + 1) : from + 1;
    }
  }
  return findings;
}

interface Fault {
  readonly kind: BlameKind;
  /** Index of the first word behind the fault. */
  readonly rest: number;
}
type Found = Fault & { readonly start: number; readonly end: number };

function findAt(words: readonly Word[], at: number, names: ReadonlySet<string>): Found | undefined {
  const here = words[at] as Word;
  if (JUDGING.has(here.word)) return { kind: 'judging', start: at, end: at + 1, rest: at + 1 };
  if (here.word === 'should' || here.word === 'could' || here.word === 'must') {
    // Whoever it was: "should have known" judges by what is known today.
    const known = hasWord(words, at + 1, 'have') && hasWord(words, at + 2, 'known') ? at + 3 : undefined;
    if (known !== undefined) return { kind: 'should', start: Math.max(0, at - 1), end: known, rest: known };
  }
  const owned = ownedFault(words, at, names);
  if (owned) return owned;
  const agent = agentOf(words, at, names);
  if (agent) return agent;
  const subject = subjectAt(words, at, names);
  if (!subject) return undefined;
  if (isCondition(words, at)) return undefined;
  const fault = faultAfter(words, subject.end, subject.isLoose) ?? afterAside(words, subject);
  return fault && { ...fault.fault, start: at, end: fault.end };
}

interface Subject {
  /** Index after its last word. */
  readonly end: number;
  /** It may be a thing: only what people alone do counts. */
  readonly isLoose: boolean;
}

/** A person or a group of people that begins at `at`. */
function subjectAt(words: readonly Word[], at: number, names: ReadonlySet<string>): Subject | undefined {
  const here = words[at] as Word;
  const before = words[at - 1]?.word;
  if (isName(here, names)) {
    let end = at + 1;
    while (end < Math.min(words.length, at + 4) && isName(words[end] as Word, names)) end += 1;
    // "Ben and Priya missed it": the last one has the verb.
    return { end, isLoose: false };
  }
  if (PERSON_WORDS.has(here.word)) return { end: at + 1, isLoose: false };
  if (LOOSE_PERSON_WORDS.has(here.word)) return { end: at + 1, isLoose: true };
  if (ROLE_WORDS.has(here.word) && !['of', 'for', 'to', 'with'].includes(before ?? '')) {
    // "team Networking", "product group", "the on-call engineer": up to two more words belong to it.
    const isTeam = here.word === 'team' && /^\p{Lu}/u.test(words[at + 1]?.typed ?? '');
    return { end: at + (isTeam ? 2 : 1), isLoose: false };
  }
  // A name that the records do not have: whoever forgets is a person.
  return /^\p{Lu}\p{Ll}/u.test(here.typed) && !NO_PERSONS.has(here.word) ? { end: at + 1, isLoose: true } : undefined;
}

/** "Ben, who was on call, missed the page" */
function afterAside(words: readonly Word[], { end, isLoose }: Subject) {
  if (!hasWord(words, end, ',') || !hasWord(words, end + 1, 'who')) return undefined;
  const close = words.slice(end + 2, end + 14).findIndex(({ word }) => word === ',');
  return (
    faultAfter(words, end + 2, isLoose) ?? (close === -1 ? undefined : faultAfter(words, end + 3 + close, isLoose))
  );
}

/** A verb or state of fault right after the subject. */
function faultAfter(
  words: readonly Word[],
  from: number,
  isLoose: boolean,
): { readonly fault: Fault; readonly end: number } | undefined {
  let at = from;
  let negated = false;
  for (; at < words.length && at < from + 6; at += 1) {
    const { word } = words[at] as Word;
    if (NEGATIONS.has(word)) {
      negated = true;
      continue;
    }
    if (word === 'did' || word === 'do' || word === 'does' || BETWEEN.has(word) || word.endsWith('ly')) {
      if (JUDGING.has(word)) return { fault: { kind: 'judging', rest: at + 1 }, end: at + 1 };
      const wasState = !negated && !isLoose && stateAt(words, at);
      if (wasState) return wasState;
      continue;
    }
    break;
  }
  const here = words[at]?.word;
  if (here === undefined) return undefined;
  if (!isLoose && (here === 'should' || here === 'could' || here === 'ought')) return shouldAt(words, at);
  if (negated) {
    if (isLoose || !DUTIES.has(here)) return undefined;
    return { fault: { kind: 'left-out', rest: at }, end: at + 1 };
  }
  if (MIND_FAULTS.has(here)) return { fault: { kind: 'left-out', rest: at + 1 }, end: at + 1 };
  if (isLoose) return undefined;
  if (here === 'made' || here === 'makes') return madeMistake(words, at);
  if (here === 'supposed') return { fault: { kind: 'should', rest: at + 1 }, end: at + 1 };
  if (hasWord(words, at, 'dropped') && hasWord(words, at + 2, 'ball'))
    return { fault: { kind: 'broke', rest: at + 3 }, end: at + 3 };
  if ((here === 'took' || here === 'brought') && words.slice(at + 1, at + 5).some(({ word }) => word === 'down'))
    return { fault: { kind: 'broke', rest: at + 1 }, end: at + 2 };
  const badly = handledBadly(words, at);
  if (badly) return badly;
  if (!FAULTS.has(here)) return undefined;
  if (words.slice(at + 1, at + 5).some(({ word }) => NO_FAULT_AFTER.has(word))) return undefined;
  const isBreaking = /^(?:br|caus|crash|wreck|ruin|destroy|kill|corrupt|spoil|delay|sabot)/.test(here);
  return { fault: { kind: isBreaking ? 'broke' : 'left-out', rest: at + 1 }, end: at + 1 };
}

/** "deleted the wrong job", "ran it without testing", "took too long", "let us down", "kept us waiting" */
function handledBadly(words: readonly Word[], at: number) {
  const here = words[at]?.word ?? '';
  const after = words.slice(at + 1, at + 8);
  const comma = after.findIndex(({ word }) => word === ',');
  const object = (comma === -1 ? after : after.slice(0, comma)).map(({ word }) => word);
  const without = object.findIndex((word, index) => word === 'without' && OMITTED.has(object[index + 1] ?? ''));
  if (without !== -1) return { fault: { kind: 'left-out', rest: at + 2 + without } as const, end: at + 3 + without };
  const wrong = object.indexOf('wrong');
  if (HANDLED.has(here) && wrong !== -1 && wrong < 4)
    return { fault: { kind: 'broke', rest: words.length } as const, end: at + 2 + wrong };
  const isSlow = here === 'took' && object.includes('too');
  const isLeft = (here === 'let' && object.includes('down')) || (here === 'kept' && object.includes('waiting'));
  return isSlow || isLeft ? { fault: { kind: 'state', rest: at + 1 } as const, end: at + 2 } : undefined;
}

/** "was late", "is to blame", "was at fault", "were responsible for the outage" */
function stateAt(words: readonly Word[], at: number) {
  if (!['is', 'are', 'was', 'were', 'been'].includes(words[at]?.word ?? '')) return undefined;
  let next = at + 1;
  while (BETWEEN.has(words[next]?.word ?? '') || (words[next]?.word ?? '').endsWith('ly')) next += 1;
  const word = words[next]?.word ?? '';
  const isToBlame = word === 'to' && hasWord(words, next + 1, 'blame');
  const isAtFault = word === 'at' && hasWord(words, next + 1, 'fault');
  if (isToBlame || isAtFault) return { fault: { kind: 'state', rest: next + 2 } as const, end: next + 2 };
  if (word === 'too')
    return { fault: { kind: 'state', rest: next + 2 } as const, end: Math.min(next + 2, words.length) };
  if (word === 'responsible') {
    // Whoever is responsible for a service has a task; who is responsible for an outage is blamed.
    const of = words
      .slice(next + 1, next + 6)
      .some(({ word: one }) => /^(?:outage|incident|delay|problem|failure|mess)$/.test(one));
    return of ? { fault: { kind: 'state', rest: next + 1 } as const, end: next + 1 } : undefined;
  }
  if (FAULT_STATES.has(word)) return { fault: { kind: 'state', rest: next + 1 } as const, end: next + 1 };
  return undefined;
}

/** "should have checked", "should not have restarted", "could have known", "ought to have told" */
function shouldAt(words: readonly Word[], at: number) {
  let next = at + 1;
  while (next < at + 4 && ['not', 'to', 'never', 'at', 'least', 'really'].includes(words[next]?.word ?? '')) next += 1;
  if (!hasWord(words, next, 'have')) return undefined;
  return { fault: { kind: 'should', rest: next + 1 } as const, end: Math.min(next + 2, words.length) };
}

/** "made a mistake", "made a stupid error" */
function madeMistake(words: readonly Word[], at: number) {
  const noun = words.slice(at + 1, at + 5).findIndex(({ word }) => FAULT_NOUNS.has(word));
  return noun === -1 ? undefined : { fault: { kind: 'left-out', rest: at + 2 + noun } as const, end: at + 2 + noun };
}

/** "Ben's mistake", "your fault", "the fault of Ben", "blame Ben" */
function ownedFault(words: readonly Word[], at: number, names: ReadonlySet<string>): Found | undefined {
  const here = words[at] as Word;
  const isDenied = words.slice(Math.max(0, at - 4), at).some(({ word }) => NEGATIONS.has(word));
  if (isDenied) return undefined;
  const isOwner =
    OWN_WORDS.has(here.word) ||
    (/['’]s?$/.test(here.typed) && (isName(here, names) || ROLE_WORDS.has(here.word) || /^\p{Lu}/u.test(here.typed)));
  if (isOwner) {
    const noun = words.slice(at + 1, at + 4).findIndex(({ word }) => FAULT_NOUNS.has(word));
    const isThing = !OWN_WORDS.has(here.word) && !isName(here, names) && !ROLE_WORDS.has(here.word);
    // "Gateway's failure" is about a thing; "Anna's negligence" is not.
    const word = words[at + 1 + noun]?.word ?? '';
    if (noun !== -1 && !(isThing && /^(?:failure|failures|error|errors|fault|misconfiguration)$/.test(word)))
      return { kind: 'owned', start: at, end: at + 2 + noun, rest: at + 2 + noun };
  }
  const isBlaming =
    /^(?:blame|blames|blamed)$/.test(here.word) || (FAULT_NOUNS.has(here.word) && hasWord(words, at + 1, 'of'));
  if (!isBlaming) return undefined;
  const end = personWithin(words, at + 1, 4, names);
  return end === undefined ? undefined : { kind: 'owned', start: at, end, rest: end };
}

/** "broken by Ben", "was missed by the networking team", "because of Ben" */
function agentOf(words: readonly Word[], at: number, names: ReadonlySet<string>): Found | undefined {
  const here = (words[at] as Word).word;
  const isPassive = (FAULTS.has(here) || MIND_FAULTS.has(here)) && hasWord(words, at + 1, 'by');
  const isReason = here === 'because' && hasWord(words, at + 1, 'of');
  if (!isPassive && !isReason) return undefined;
  if (words.slice(Math.max(0, at - 3), at).some(({ word }) => NEGATIONS.has(word))) return undefined;
  const end = personWithin(words, at + 2, isReason ? 2 : 4, names);
  return end === undefined ? undefined : { kind: isReason ? 'owned' : 'broke', start: at, end, rest: end };
}

/** Index after a person or a group that stands within the next few words. */
function personWithin(
  words: readonly Word[],
  from: number,
  most: number,
  names: ReadonlySet<string>,
): number | undefined {
  for (let at = from; at < Math.min(words.length, from + most); at += 1) {
    const here = words[at] as Word;
    if (isName(here, names) || ROLE_WORDS.has(here.word) || PERSON_WORDS.has(here.word) || here.word === 'him')
      return at + 1;
  }
  return undefined;
}

const hasWord = (words: readonly Word[], at: number, word: string): boolean => words[at]?.word === word;

/** "if you miss an alert", "so that nobody forgets": a case that may come. */
function isCondition(words: readonly Word[], at: number): boolean {
  const before = words.slice(Math.max(0, at - 3), at).map(({ word }) => word);
  return before.some((word) => CONDITIONS.has(word));
}

function tell(text: string, words: readonly Word[], found: Found, names: ReadonlySet<string>): BlameFinding {
  const first = words[found.start] as Word;
  const last = words[Math.min(words.length, found.end + 5) - 1] as Word;
  const cut = text.slice(first.from, last.to).replace(/\s+/g, ' ');
  const restWords = words.slice(found.rest, found.rest + 10);
  const end = restWords.findIndex(({ typed }) => /^[,()]$/.test(typed));
  const kept = end === -1 ? restWords : restWords.slice(0, end);
  // The words are told again only where they name and judge nobody.
  const isClean = !kept.some((one) => isName(one, names) || JUDGING.has(one.word) || ROLE_WORDS.has(one.word));
  const rest = (isClean && kept[0] ? text.slice(kept[0].from, (kept.at(-1) as Word).to) : '').replace(/\s+/g, ' ');
  const isDuty = DUTIES.has(words[found.rest]?.word ?? '');
  return { words: cut.slice(0, 160), ...wordings(found.kind, rest.slice(0, 120), isDuty) };
}
