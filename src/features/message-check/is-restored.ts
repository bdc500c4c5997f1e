import { wordSet } from '../../understanding/token-pattern.ts';
import { FUTURE, PRESENT_PLANS, STATES, THINGS, VERBS } from './restored-words.ts';
import type { TimeMention } from './time-mentions.ts';

/** "The dryers are back at 08:01", "is restored by 18:00": said in the present of what is still to come. */
export function isPresentPromise(words: readonly string[], { from, kind }: TimeMention): boolean {
  if (kind !== 'exact' || words.some((word) => ALREADY.has(word))) return false;
  const isLed =
    words.slice(Math.max(0, from - 2), from).some((word) => /^(?:by|at|until|from|before)$/.test(word)) ||
    from === 0 ||
    words[0] === 'at' ||
    words[0] === 'by';
  // "after the restart at 14:10 the alarms are gone"
  if (!isLed || words.slice(Math.max(0, from - 6), from).includes('after')) return false;
  return words.some((word, at) => {
    const before = words.slice(Math.max(0, at - 4), at);
    const isBy = words.includes('by');
    if (
      /^(?:fixed|restored|resolved|repaired|solved|back|again|gone|over)$/.test(word) ||
      (isBy && /^(?:done|running|working|normal|online|fine)$/.test(word))
    )
      return (
        before.some((one) => /^(?:is|are)$/.test(one)) ||
        words.slice(0, at).some((one) => /^(?:brings?|gets?)$/.test(one))
      );
    return word === 'away' && before.some((one) => /^goe?s?$/.test(one));
  });
}

const ALREADY = wordSet(
  'began started detected noticed opened was were has have had been since already now not if when',
);

const DOCUMENTS = wordSet(`
  rca report summary analysis findings answer results invitation invoice credit review document description steps
  instructions quote call meeting mail update feedback
`);

export function isRestored(words: readonly string[], { from }: TimeMention): boolean {
  if (words.some((word) => DOCUMENTS.has(word)) && !words.some((word) => THINGS.has(word))) return false;
  const plan = words.findIndex((word) => FUTURE.has(word));
  const thing = words.some((word) => THINGS.has(word));
  if (plan < 0) {
    // "The hotfix goes live on Friday", "ETA for the fix: 14:00".
    if (words.some((word, at) => /^(?:comes?|goes|go)$/.test(word) && /^(?:back|live|up)$/.test(words[at + 1] ?? '')))
      return true;
    return (
      thing && (words.some((word) => PRESENT_PLANS.has(word)) || words[from - 1] === ':' || words[from - 2] === ':')
    );
  }
  if (isNegatedFrom(words, plan)) return false;
  // "should be resolved now, as our developer made a change at 15:00"
  if (words.slice(plan, from).some((word) => /^(?:made|was|were|did|had)$/.test(word))) return false;
  const rest = words.slice(plan);
  if (thing && SCHEDULED.has(words[plan] ?? '')) return true;
  if (thing && !rest.some((word) => TESTED.has(word))) return true;
  // "It will definitely be by 15:00."
  if (rest.some((word, at) => word === 'be' && rest[at + 1] === 'by')) return true;
  return (
    rest.some((word, at) => {
      // "the corrected query" is none.
      if (
        VERBS.has(word) &&
        word.endsWith('ed') &&
        !rest.slice(0, at).some((one) => /^(?:be|been|have|get|got)$/.test(one))
      )
        return false;
      if (word === 'work' || word === 'function')
        return !/^(?:on|with)$/.test(rest[at + 1] ?? '') && rest[at - 1] === 'will';
      if (VERBS.has(word)) return !/^(?:i)$/.test(words[0] ?? '') || at > 0;
      // "will be up", "will all be live again"
      return (
        STATES.has(word) &&
        (rest.slice(0, at).some((one) => BECOMES.has(one)) || rest[0] === 'expect') &&
        !isQuantity(rest, at)
      );
    }) ||
    (thing && rest.some((word) => PRESENT_PLANS.has(word)))
  );
}

const TESTED = wordSet('test tested testing review reviewed discuss discussed checked start started begin trace');

const SCHEDULED = wordSet('eta expected scheduled due planned targeted target anticipated aim aiming aimed');

const BECOMES = wordSet(
  'show appear reappear be have get become come go run work bring going see return flow arrive start read write receive is',
);

/** "up to 20 minutes", "over 40 jobs" */
function isQuantity(words: readonly string[], at: number): boolean {
  const [word, next = ''] = [words[at], words[at + 1]];
  return (word === 'up' && (next === 'to' || next === 'with')) || (word === 'over' && /^(?:\d|the$|to$)/.test(next));
}

function isNegatedFrom(words: readonly string[], at: number): boolean {
  return words.slice(at, at + 3).some((word) => word === 'not' || word === 'never') || words[at - 1] === 'not';
}
