import { wordSet } from '../../understanding/token-pattern.ts';
import type { Place } from './recovery.ts';
import { HYPOTHETICAL, PROBLEMS } from './resolved-words.ts';

const RUNS = wordSet(`
  is are was were runs run running works work working flows flow flowing arrives arrive arriving writes write writing
  reads read reading starts started processes processing delivers delivering receives receive receiving gets getting
  get shows show showing healthy live up online available current correct right normal normally fine good stable
  visible matches match matching moving complete time sync opens respond responds responding sends send sending
  produces operates operating operational reachable connected connects functional ticking alive green looks look
`);

/** "The job is running again", "everything works normally again". */
export function worksAgain(words: readonly string[]): Place | undefined {
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const isNow = word === 'now' && GOOD.has(words[at - 1] ?? '');
    if (
      !isNow &&
      word !== 'again' &&
      !(word === 'normal' && words[at - 1] === 'as') &&
      !(word === 'normally' && ['now', undefined, '.', 'since'].includes(words[at + 1]) && words.includes('now'))
    )
      continue;
    const run = lastIndexBefore(words, at, (one) => RUNS.has(one), 5);
    if (run === undefined || run === 0) continue;
    const before = words.slice(Math.max(0, run - 6), at);
    const subject = words.slice(0, run);
    if (before.some((one) => HYPOTHETICAL.has(one) || (one === 'should' && !before.includes('be')))) continue;
    if (subject.some((one) => /^(?:i|we)$/.test(one)) && !subject.includes('that')) continue;
    if (/^(?:was|were)$/.test(words[run] ?? '') && /\d/.test(words.slice(at).join(' '))) continue;
    if (words[run] === 'is' || words[run] === 'are' || words[run] === 'was' || words[run] === 'were') {
      // "ICMP is allowed again": only a state of health counts.
      if (!words.slice(run + 1, at).some((one) => RUNS.has(one) || HEALTHY.has(one))) continue;
    } else if (at - run > 3) continue;
    return { from: run, to: at + 1 };
  }
  return undefined;
}

const GOOD = wordSet('works working fine ok okay good normal normally healthy stable');

const HEALTHY = wordSet('well ok okay in order back there all');

function lastIndexBefore(
  words: readonly string[],
  at: number,
  fits: (word: string) => boolean,
  most: number,
): number | undefined {
  let found: number | undefined;
  for (let before = at - 1; before >= Math.max(0, at - most); before -= 1)
    if (fits(words[before] ?? '')) found = before;
  return found;
}

/** "no longer occurs", "the errors have stopped", "does not happen any more". */
export function isNoMore(words: readonly string[]): Place | undefined {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const before = words.slice(Math.max(0, at - 4), at);
    if (/^(?:stopped|disappeared|vanished|subsided|ceased|abated)$/.test(word)) {
      const subject = words.slice(Math.max(0, at - 6), at);
      const isProblem = subject.some(
        (one) =>
          PROBLEMS.has(one) &&
          !/^(?:job|jobs|data|events|output|outputs|input|inputs|stream|pipeline|it|processing|service|services)$/.test(
            one,
          ),
      );
      if (
        (isProblem || subject.some((one) => FAULTY.has(one))) &&
        !before.some((one) => HYPOTHETICAL.has(one) || one === 'that' || one === 'which')
      )
        return { from: at, to: at + 1 };
    }
    const isGone =
      (word === 'no' && words[at + 1] === 'longer') ||
      word === 'anymore' ||
      (word === 'any' && (words[at + 1] === 'more' || words[at + 1] === 'longer'));
    if (!isGone) continue;
    const near = words.slice(Math.max(0, at - 7), at + 7);
    if (!near.some((one) => SYMPTOMS.has(one))) continue;
    if (near.some((one) => /^(?:will|would|if|want|need|can)$/.test(one))) continue;
    return { from: at, to: Math.min(words.length, at + 2) };
  }
  return undefined;
}

const FAULTY = wordSet('late wrong extra double doubled duplicated empty missing false stale');

const SYMPTOMS = wordSet(`
  occur occurs occurring happen happens happening appear appears issue problem problems affected impacted notice see seen
  exist exists present fail fails failing delayed late duplicate duplicates duplicated stuck visible exists errors error
`);
