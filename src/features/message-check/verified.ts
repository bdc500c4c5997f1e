import { matches, patterns, wordSet } from '../../understanding/token-pattern.ts';
import { clausesIn, wordsOf, type Clause } from './clauses.ts';
import type { Sentence } from './sentences.ts';

/** Whether a draft tells how somebody made sure that it is resolved (F83): who looked, or what is seen since. */
export function isVerified(sentences: readonly Sentence[]): boolean {
  return sentences.some(
    (sentence) =>
      !sentence.isQuestion &&
      clausesIn(sentence).some((clause) => checksDone(clause) || isSeenSince(clause) || isCounted(wordsOf(clause))),
  );
}

const CHECKED = wordSet(`
  confirmed verified validated tested checked monitored watched observed compared retested re-tested reconfirmed
  double-checked replayed re-ran reran looked cross-checked reconciled
`);
const STRONG = wordSet(
  'confirmed verified validated retested reconfirmed double-checked cross-checked confirms verify reconciled',
);
const PENDING = wordSet(`
  will would should could can may might please to once until if when before after not never yet shall must going want
  cannot still need needs being awaiting pending
`);
const WATCHERS = wordSet('we i you team both colleague colleagues engineer engineers they and have has was were been');
const RESULTS = wordSet(`
  again normal fine current zero 0 no none without since hours minutes clean same match matched matches equal complete
  healthy working works runs running correct right delay errors error fix fixed resolved gone stable passed both all
  ok you side customer
`);

function checksDone(clause: Clause): boolean {
  if (clause.opener !== undefined && PENDING.has(clause.opener)) return false;
  const words = wordsOf(clause);
  return words.some((word, at) => {
    if (!CHECKED.has(word)) return false;
    const before = words.slice(Math.max(0, at - 4), at);
    if (before.some((one) => PENDING.has(one))) return false;
    // "tested" alone says nothing of the result.
    return STRONG.has(word)
      ? !isOtherThing(words, at)
      : before.some((one) => WATCHERS.has(one)) &&
          words.slice(at + 1).some((one) => RESULTS.has(one) || /^\d/.test(one));
  });
}

const LOOKS = wordSet(`
  counted looked compared watched followed checked tested tried ran measured sampled opened replayed saw found told wrote said
  reported agreed sees see confirm confirms tells says shows show read gave passed came queried matched agree sum sums
`);
const WHOLE = wordSet('every all none nothing whole each both same equal identical passed zero');
const PEOPLE = wordSet('i we you your colleague colleagues team test replay metric dashboard');

/** "I counted 500 in the hub and 500 in the table", "your colleague found every truck", "400 against 400", "none in 2,000". */
function isCounted(words: readonly string[]): boolean {
  if (words.some((word) => PENDING.has(word) && !/^(?:to|not|once|before|after|when|still)$/.test(word))) return false;
  const figures = words.filter((word) => /^\d/.test(word) && !/:/.test(word));
  const line = ` ${words.join(' ')} `;
  if (/ \d\S* (?:against|out of|of|versus|vs) (?:the )?(\d)/.test(line) && new Set(figures).size < figures.length)
    return true;
  if (
    / (?:none|nothing|not one|not a single|no \p{L}+) (?:\p{L}+ )?(?:in|of|over|during) (?:\d|two|three|four|five|six|many|all)/u.test(
      line,
    )
  )
    return true;
  if (/ (?:hours?|days?|nights?|runs?|shifts?) (?:in a row|on end|running|not one|without) /.test(line)) return true;
  if (
    / for (?:\d+|two|three|four|five|six|eight|ten|twelve) (?:hours|days|nights|runs) /.test(line) &&
    / (?:not|no|none|nothing|every|all) /.test(line)
  )
    return true;
  const looks = words.findIndex((word) => LOOKS.has(word));
  if (looks < 1 || !words.slice(0, looks).some((word) => PEOPLE.has(word))) return false;
  const rest = words.slice(looks);
  const isTwice = figures.length > 1 && new Set(figures).size < figures.length;
  return (
    isTwice ||
    (rest.some((word) => WHOLE.has(word)) &&
      !rest.some((word) => /^(?:missing|wrong|late|cause|reason|lost|double|doubled)$/.test(word)))
  );
}

/** "the product team confirmed that this is by design" */
function isOtherThing(words: readonly string[], at: number): boolean {
  return words.slice(at).some((word) => /^(?:design|cause|bug|receipt|suspicion|theory)$/.test(word));
}

/** "no errors since 10:00", "has been current for six hours", "the metric has stayed at zero". */
function isSeenSince(clause: Clause): boolean {
  const words = wordsOf(clause);
  // "which had shown it since Thursday": how bad it was.
  if (words.some((word) => AHEAD.has(word) || word === 'had')) return false;
  // Some minutes prove nothing.
  if (words.some((word) => /^(?:minutes?|min|mins)$/.test(word))) return false;
  const isLong = clause.times.some(({ isPast }) => isPast) || matches(LONG, words);
  return isLong && matches(STEADY, words);
}
const AHEAD = wordSet('will should if please expect');
const COUNT = '#|two|three|four|five|six|eight|ten|twelve|several|many|a|an|then|that';
const LONG = patterns(`
  since|for|during|over|in|within the|more? last|past|than? ${COUNT}
  since|for|during|over the? last|past|whole
`);
const STEADY = patterns(`
  no|zero|without|0 ~3 error|errors|delay|delays|duplicate|duplicates|failure|failures|gap|gaps|alert|alerts|restart|restarts|loss|losses|crash|crashes|lag|backlog|recurrence|timeout|timeouts|drop|drops|late|missing
  stayed|remained|held|kept|been ~3 current|zero|normal|stable|healthy|steady|below|under|flat|clean|green|error-free|within|running
  ran|run|runs|running|worked|written|arrived|processed ~4 without|cleanly|error-free|normally|stably|smoothly|time
  stayed|remained ~2 at|on
`);

/** "We do not call it resolved yet": the word stands there to be kept back. */
export function waitsWithTheWord(sentences: readonly Sentence[]): boolean {
  return sentences.some((sentence) =>
    clausesIn(sentence).some((clause) => {
      const words = wordsOf(clause);
      const at = words.findIndex((word) =>
        /^(?:call|consider|say|declare|regard|treat|calling|mark|close|report|claim)$/.test(word),
      );
      return (
        at > 0 &&
        words.slice(Math.max(0, at - 5), at).some((word) => word === 'not' || word === 'before' || word === 'never') &&
        words.slice(at).some((word) => /^(?:resolved|fixed|solved|closed|over|done|it|this)$/.test(word))
      );
    }),
  );
}
