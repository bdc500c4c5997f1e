import { wordSet } from '../../understanding/token-pattern.ts';
import { wordsOf, type Clause } from './clauses.ts';
import type { TimeMention } from './time-mentions.ts';

/**
 * Whether a clause says of the service that something good will be so at a time: "the counts are to return before noon".
 * It is known by its parts, not by its verb: a third person, a plan, no negation, and nothing that is only worked on.
 */
export function promisesOutcome(clause: Clause, time: TimeMention): boolean {
  const all = wordsOf(clause);
  const first = beginOf(all, time.from);
  const words = all.slice(first);
  const own = { ...time, from: time.from - first, to: time.to - first };
  const plan = planIn(words);
  const isPast = words.some((word, at) => (PAST.has(word) && !isAside(words, at, plan)) || isPerfect(words, at));
  if (isPast || isOfPeople(words, own) || isNegated(words)) return false;
  if (plan !== undefined && isOutcome(words, plan)) return true;
  const isSworn = all.slice(0, first).some((word) => SWORN.has(word));
  const isNear = isSworn || isAhead(words, own);
  if (words.some((word) => DOCUMENTS.has(word))) return false;
  // "by Monday all of the weights are in your table"
  if (isNear && words.some((word, at) => /^(?:is|are)$/.test(word) && /^(?:in|on)$/.test(words[at + 1] ?? '')))
    return true;
  if (isDefinite(words, own) && !words.some((word) => isAny(ACTIVITIES, word) || HARMS.has(word))) return true;
  return isNear && words.some((word, at) => RESULTS.has(word) && !isInTime(own, at));
}

/** The same where the time is told by what the reader does: "will be on the screens before you open". */
export function plansOutcome(clause: Clause): boolean {
  const words = wordsOf(clause);
  const plan = planIn(words);
  return plan !== undefined && !isOfPeople(words, { from: 0, to: 0 }) && !isNegated(words) && isOutcome(words, plan);
}

const SWORN = wordSet('word promise guarantee assure swear certain sure confident say');

/** Behind "I give you my word that", and behind "and" where what was comes before: only the rest is about the time. */
function beginOf(words: readonly string[], time: number): number {
  const before = words.slice(0, time);
  const that = before.lastIndexOf('that');
  const isSaid = that > 0 && before.slice(0, that).some((word) => SWORN.has(word));
  const and = before.lastIndexOf('and');
  const isLater = and > 0 && before[and - 1] === ',' && before.slice(0, and).some((word) => PAST.has(word));
  return Math.max(isSaid ? that + 1 : 0, isLater ? and + 1 : 0);
}

/** "the gates, shut off since 07:44, ought to": what is told in passing. */
const isAside = (words: readonly string[], at: number, plan: number | undefined): boolean =>
  plan !== undefined && at < plan && words.slice(at, plan).includes(',');

const isInTime = ({ from, to }: Pick<TimeMention, 'from' | 'to'>, at: number): boolean => at >= from && at < to;

const PAST = wordSet('was were had did went came happened started stopped failed began since already if made now');
const NOT = wordSet('not never no nor cannot without');

/** "has been assigned", "has got"; "will have been corrected" is still to come. */
function isPerfect(words: readonly string[], at: number): boolean {
  if (!/^(?:has|have)$/.test(words[at] ?? '') || words.slice(Math.max(0, at - 3), at).some((word) => MODALS.has(word)))
    return false;
  const next = words.slice(at + 1, at + 4).find((word) => !/ly$|^(?:just|now|also|all|both)$/.test(word)) ?? '';
  return /^(?:been|got|gone|had|made|put|left|done)$|ed$/.test(next);
}

/** "no later than" and "not only" deny nothing, nor does what stands behind "but". */
function isNegated(words: readonly string[]): boolean {
  // "no row will be missing", "will not be late any more": what is denied is the trouble.
  if (words.some((word) => TROUBLES.has(word)) || / any ?more | any longer | beyond /.test(` ${words.join(' ')} `))
    return false;
  return words.some((word, at) => {
    if (!NOT.has(word)) return false;
    if (/^(?:later|longer|only|doubt)$/.test(words[at + 1] ?? '')) return false;
    return words.indexOf('but', at) < 0;
  });
}

const PEOPLE = wordSet('i we you my our colleague colleagues manager he she who');
const READERS = wordSet(
  'team colleague colleagues admin administrator network it dba vendor supplier partner developers side staff shift',
);

/** What people do at a time is work or contact; what they see then is an outcome all the same. */
function isOfPeople(words: readonly string[], time: Pick<TimeMention, 'from' | 'to'>): boolean {
  const first = words.findIndex((word, at) => /^\p{L}/u.test(word) && !FILLERS.has(word) && !isInTime(time, at));
  const [subject = '', next = ''] = words.slice(Math.max(0, first));
  if (subject === 'you') return !/^(?:will|shall|should|can)$/.test(next) || !words.some((word) => SEEN.has(word));
  if (subject === 'your') return READERS.has(next);
  return PEOPLE.has(subject);
}
const FILLERS = wordSet('and so then but also therefore that with this by from on at before today tomorrow');
const SEEN = wordSet('see have find get again');

/** Where what is planned begins: behind "will", "ought to", "is to", "guarantees". */
function planIn(words: readonly string[]): number | undefined {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (MODALS.has(word)) return at + 1;
    if (COMMITMENTS.has(word) && words[at - 1] !== 'as') return at + 1;
    if (/^(?:is|are)$/.test(word) && words[at + 1] === 'to') return at + 2;
    if (/^(?:ought|set|bound|meant|supposed)$/.test(word) && words[at + 1] === 'to') return at + 2;
  }
  return undefined;
}
const MODALS = wordSet('will shall going should would');
const COMMITMENTS = wordSet(`
  promise promises promised promising guarantee guarantees guaranteed commit commits committed expect expects expected
  anticipate anticipates anticipated plan plans planned scheduled due assure assures assured pledge pledges pledged swear
  vow vows undertake undertakes vouch vouches reckon reckons foresee foresees foreseen aim aims
`);

function isOutcome(words: readonly string[], plan: number): boolean {
  const verb = words.slice(plan).find((word) => /^\p{L}/u.test(word) && !HELPERS.has(word) && !/ly$/.test(word)) ?? '';
  const rest = words.slice(plan, plan + 9);
  const isWorkOn = verb === 'work' && /^(?:on|with|at|to|through)$/.test(words[words.indexOf('work', plan) + 1] ?? '');
  if (
    isWorkOn ||
    isAny(ACTIVITIES, verb) ||
    (verb.endsWith('ing') && !isAny(BRINGS, verb)) ||
    words.some((word) => DOCUMENTS.has(word))
  )
    return false;
  const isDenied = words.some((word) => NOT.has(word) || word === 'nothing' || word === 'none');
  if (rest.some((word) => HARMS.has(word) || TROUBLES.has(word))) return isDenied;
  if (isDenied && /^(?:last|take|see|notice|happen|occur)$/.test(verb)) return true;
  // "will be on the screens"
  if (
    rest.some((word, at) => word === 'be' && /^(?:on|in|at|with)$/.test(rest[at + 1] ?? '') && rest[at + 2] !== 'you')
  )
    return true;
  // What the service does then is an outcome, whatever the verb; what the reader does or is given must say so itself.
  const isService =
    !words.some((word) => PEOPLE.has(word) || word === 'you') && !words.some((word) => NEUTRAL.has(word));
  return isService || rest.some((word) => isAny(RESULTS, word) || isAny(ENDS, word) || isAny(BRINGS, word));
}

/** What may well be done at a time without anything being good by it. */
const NEUTRAL = wordSet(`
  case ticket closed close off switched session meeting call window team engineer engineers specialist specialists shift
  back within poke ping reach batch job's next
`);

/** In any form of a regular verb. */
const isAny = (set: ReadonlySet<string>, word: string): boolean =>
  set.has(word) || set.has(word.replace(/(?:ing|ed|s)$/, '')) || set.has(word.replace(/(?:ing|ed)$/, 'e'));

const HELPERS = wordSet('be been to all both also have has then each now the it they still that of by');
/** What is done at a time without saying what comes of it. */
const ACTIVITIES = wordSet(`
  look check investigate review discuss meet test try decide continue examine analyse analyze study collect compare
  consider ask write call report tell send mail inform update join talk search trace watch monitor observe evaluate
  answer reproduce begin take need hold open
`);
const DOCUMENTS = wordSet(`
  rca report summary analysis findings answer invitation invoice credit review document description steps instructions
  quote call meeting mail feedback workshop training webinar news statement version copy verification proposal mailbox inbox query queries numbers
`);
const TROUBLES = wordSet(
  'missing late lost delayed wrong empty doubled duplicate duplicated stuck blank stale affected',
);
const HARMS = wordSet(`
  stop drop fail expire lose miss delete deleted lost missing break disappear retire retired maintenance end window late
  delayed fall
`);
/** What is so when it is good again. */
const RESULTS = wordSet(`
  again back right correct correctly properly accurate accurately complete completely normal normally usual usually full fully working
  works work have there follow follows free live healthy fine green current caught running counted recorded
  shown arrive arrives intact clean catch catches up-to-date reliable reliably steady
`);
/** Verbs for the end of a disturbance. */
const ENDS = wordSet(`
  return returns resume resumes recover recovers restore restored repair repaired fix fixed resolve resolved solve solved
  correct corrected clear cleared finish finished complete completed replace replaced over done gone sorted land lands
  reappear reappears refill refilled fill filled drain drained rebuild rebuilt reconnect reconnected rectified undone
  remedied cured mended patched healed lifted settled unblocked
`);
/** Verbs for what the service does when it is well. */
const BRINGS = wordSet(`
  flow flows move moves count counts show shows read reads receive receives reach reaches deliver delivered deliver
  display displayed appear appears write writes process processes load loads loaded match matches add up see ready
  reload reloaded ship shipped deploy deployed release released rolled installed applied
`);

const OUTAGES = wordSet('outage disruption disturbance delay trouble interruption end remedy repair fix');

/** "The gates open again on Friday at 10:00": a day and an hour make a present tense a promise where it is good. */
function isDefinite(words: readonly string[], { from, to, hasClock }: TimeMention): boolean {
  const own = words.slice(from, to);
  if (!hasClock || own.length < 2 || words.some((word) => /^(?:every|let|us|me|i|we|you|about|for)$/.test(word)))
    return false;
  const rest = words.filter((_, at) => at < from || at >= to);
  const isGood = rest.some(
    (word) =>
      RESULTS.has(word) || /^(?:opens?|alive|behind|up|starts?|begins?|flows?|arrives?|reach|runs?)$/.test(word),
  );
  const isEnd =
    rest.some((word) => OUTAGES.has(word)) && rest.some((word) => /^(?:ends?|is|arrives?|comes?|lands?)$/.test(word));
  return (
    isEnd ||
    (isGood && rest.some((word) => /^(?:again|back|live|behind|up|normal|alive|flowing|right|complete)$/.test(word)))
  );
}

/** A present tense that means the future: "by Monday all weights are in your table", "gets its counts at 19:00 today". */
function isAhead(words: readonly string[], { from, to, hasClock }: TimeMention): boolean {
  const before = words.slice(Math.max(0, from - 3), from);
  const own = words.slice(from, to);
  if (before.includes('until') || before.includes('after') || before.includes('every')) return false;
  if (before.includes('by') || before.includes('than') || before.includes('within') || own[0] === 'within') return true;
  const isDay = own.some((word) => /^(?:today|tomorrow|tonight)$/.test(word));
  return (
    isDay && (hasClock || before.length > 0 || from === 0) && before.every((word) => word !== 'for' && word !== 'of')
  );
}
