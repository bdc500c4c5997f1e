import { wordSet } from '../../understanding/token-pattern.ts';

/** Where a claim stands among the words of its clause. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/**
 * What is told as a change from bad to good without a verb like "fix": "are accurate now", "no further collars
 * disappear", "has caught up", "the restart did it", "514... is done".
 */
export function recoveryIn(words: readonly string[]): Place | undefined {
  if (words.some((word) => UNREAL.has(word))) return undefined;
  return (
    isGoodNow(words) ??
    isWithout(words) ??
    hasRecovered(words) ??
    hasHelped(words) ??
    isClosed(words) ??
    isAsBefore(words) ??
    isAgain(words) ??
    isIdiom(words)
  );
}

const UNREAL = wordSet(`
  will would could may might can shall should want need hope expect try if until unless whether not never cannot yet
  almost nearly partly partially please does do did plan plans once still maybe
`);
const BE = wordSet('is are be been has have');
/** States that are good whatever it is. */
const GOOD = wordSet(`
  accurate right correct correctly properly complete current visible available present readable clean intact healthy fine okay ok
  good well normal normally flawless faultless smooth smoothly exact stable reachable free rid through punctual punctually
  green working reliable reliably usable whole identical regular regularly cured safe calm quiet
`);
/** Things that are good or done without anything having been bad. */
const PAPERS = wordSet(`
  picture trace traces log logs cause reason report summary list request ready access analysis answer plan file files
  document sample theory view preview
`);

const isOfPaper = (words: readonly string[], at: number): boolean =>
  words.slice(0, at).some((word) => PAPERS.has(word));

/** "are accurate now", "now count properly", "are now free of the extra zero". */
function isGoodNow(words: readonly string[]): Place | undefined {
  const now = words.findIndex((word, at) => word === 'now' && at > 0);
  if (now < 1 || isOfPaper(words, now)) return undefined;
  const good = words.findIndex((word, at) => GOOD.has(word) && at > now - 3 && at < now + 5);
  if (good < 1 || /^(?:on|with|together|through|at|to)$/.test(words[good + 1] ?? '')) return undefined;
  const from = Math.min(now, good);
  const isState = words.slice(Math.max(0, from - 4), good).some((word) => /^(?:is|are)$/.test(word));
  const isDone = /(?:ly|well|right|fine)$/.test(words[good] ?? '') || words[good] === 'complete';
  return isState || isDone ? { from, to: Math.max(now, good) + 1 } : undefined;
}

const TROUBLES = wordSet(`
  trouble troubles problem problems issue issues error errors fault faults failure failures delay delays lag gap gaps
  duplicate duplicates loss losses alarm alarms alert alerts timeout timeouts crash crashes restart restarts complaint
  complaints late wrong empty missing double doubled stuck delayed blank twice slow lost affected fails fail disappear disappears
  drop drops dropped vanish break breaks stops incorrect false
`);

/** "there is no more trouble", "no further collars disappear", "is no longer late". */
function isWithout(words: readonly string[]): Place | undefined {
  for (let at = 0; at < words.length; at += 1) {
    const next = words[at + 1] ?? '';
    const isEnd =
      (words[at] === 'no' && /^(?:more|further|longer)$/.test(next)) || (words[at] === 'none' && next === 'of');
    if (!isEnd || /^(?:details|information|news|questions|action|steps|update|updates)$/.test(words[at + 2] ?? ''))
      continue;
    if (words.slice(at + 2, at + 9).some((word) => TROUBLES.has(word))) return { from: at, to: at + 2 };
  }
  return undefined;
}

const RETURNED = wordSet(`
  recovered resumed returned reappeared healed normalised normalized stabilised stabilized refilled reconnected
`);

/** "has caught up", "have come back", "has recovered". */
function hasRecovered(words: readonly string[]): Place | undefined {
  for (let at = 1; at < words.length; at += 1) {
    const two = `${words[at] ?? ''} ${words[at + 1] ?? ''}`;
    const isBack = /^(?:caught up|come back|gone back|gone through|come right|started again)$/.test(two);
    if (!RETURNED.has(words[at] ?? '') && !isBack) continue;
    const before = words.slice(Math.max(0, at - 4), at);
    if (!before.some((word) => /^(?:has|have)$/.test(word)) || before.some((word) => /^(?:i|we|you|who)$/.test(word)))
      continue;
    return { from: at, to: isBack ? at + 2 : at + 1 };
  }
  return undefined;
}

const CURES = wordSet(
  'restart fix change rollback failover hotfix patch update move swap workaround replacement correction build step measure that this it which',
);

/** "The restart did it", "the change did the trick", "the fix has taken effect". */
function hasHelped(words: readonly string[]): Place | undefined {
  const at = words.findIndex((word, index) => {
    const next = words[index + 1] ?? '';
    return (
      index > 0 &&
      ((word === 'has' && /^(?:worked|helped)$/.test(next)) ||
        (/^(?:did|done)$/.test(word) && next === 'the' && /^(?:trick|job|magic)$/.test(words[index + 2] ?? '')) ||
        (/^(?:taken|took)$/.test(word) && next === 'effect'))
    );
  });
  if (at < 1 || !words.slice(Math.max(0, at - 6), at).some((word) => CURES.has(word))) return undefined;
  return { from: at, to: Math.min(words.length, at + 2) };
}

const MATTERS = wordSet(`
  case ticket incident matter subject topic item thing story issue problem icm request point task affair bug defect entry
  record one everything it that this
`);
const CLOSED = wordSet('done closed finished completed ended shut concluded over');

/** "The incident is closed", "512345678 is done", "is off the list". */
function isClosed(words: readonly string[]): Place | undefined {
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const before = words.slice(Math.max(0, at - 6), at);
    const isOff =
      (word === 'off' && words[at + 1] === 'the' && /^(?:list|table|books)$/.test(words[at + 2] ?? '')) ||
      (word === 'done' && words[at + 1] === 'with') ||
      (word === 'ticked' && words[at + 1] === 'off');
    if (isOff && before.length > 0) return { from: at, to: Math.min(words.length, at + 2) };
    if (!CLOSED.has(word)) continue;
    const be = before.findLastIndex((one) => BE.has(one));
    const isIncident = before.some((one) => /^(?:icm|incident|bug|defect)$/.test(one) || /^\d{7,10}$/.test(one));
    if (
      be < 0
        ? isIncident && words[at - 1] !== 'the'
        : isIncident || (MATTERS.has(before[be - 1] ?? '') && word !== 'over' && word !== 'closed')
    )
      return { from: at, to: at + 1 };
  }
  return undefined;
}

/** "are open again", "is itself once more": any state that is there again. */
function isAgain(words: readonly string[]): Place | undefined {
  const at = words.findIndex((word, index) => word === 'again' || (word === 'once' && words[index + 1] === 'more'));
  if (at < 2 || /^(?:i|we|you)$/.test(words[0] ?? '') || words.some((word) => HELD.has(word))) return undefined;
  const be = words.findLastIndex((word, index) => index < at && /^(?:is|are)$/.test(word));
  return be > 0 && at - be >= 2 && at - be <= 4 ? { from: be, to: at + 1 } : undefined;
}
const HELD = wordSet(
  'allowed possible open-ended watching looking checking working asking trying investigating reviewing testing then afterwards sorry late wrong missing',
);

const IDIOMS = [
  'has been worked off',
  'have been worked off',
  'down to zero',
  'has been brought back',
  'have been brought back',
  'come to an end',
  'came to an end',
  'under control',
  'took hold',
  'has cracked it',
  'have cracked it',
  'out of the world',
  'as they used to',
  'as it used to',
  'tick this off',
  'tick that off',
  'mission accomplished',
  'has not come back',
  'is live since',
  'are live since',
  'has been running since',
  'have been running since',
  'are alive',
  'is alive',
  'nothing is missing',
  'has caught up',
].map((idiom) => idiom.split(' '));

function isIdiom(words: readonly string[]): Place | undefined {
  for (let at = 0; at < words.length; at += 1) {
    const idiom = IDIOMS.find((one) => one.every((word, index) => words[at + index] === word));
    if (idiom !== undefined) return { from: at, to: at + idiom.length };
  }
  return undefined;
}

/** "as they should", "as before", "like before the change": with "again" or "once more" beside. */
function isAsBefore(words: readonly string[]): Place | undefined {
  const at = words.findIndex(
    (word, index) =>
      index > 1 &&
      ((/^(?:as|like)$/.test(word) && /^(?:before|they|it|ever|expected|intended)$/.test(words[index + 1] ?? '')) ||
        (word === 'once' && words[index + 1] === 'more') ||
        (word === 'where' &&
          /^(?:they|it)$/.test(words[index + 1] ?? '') &&
          /^belongs?$/.test(words[index + 2] ?? ''))),
  );
  if (at < 0 || !words.some((word) => /^(?:now|again|back|more)$/.test(word))) return undefined;
  return words[0] === 'i' || words[0] === 'we' ? undefined : { from: at, to: at + 2 };
}
