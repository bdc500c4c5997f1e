import type { Playbook } from '../../playbook/schema.ts';
import { wordSet } from '../../understanding/token-pattern.ts';
import { hide, overlaps } from './draft-text.ts';
import type { Draft, Edit, Found } from './found.ts';
import { plainLetters } from './look-alikes.ts';

type Wordings = Playbook['messageCheck']['wordings'];

/** Up to three signs between letters, as in "I.C.M.", "I-C-M", "I **C** M" and "(I)(C)(M)". */
const SPELT = /(?<![\p{L}\p{N}])([il|!])([^\p{L}\p{N}\n]{0,3})c([^\p{L}\p{N}\n]{0,3})m(?!\p{M})/gu;

/** The word "ICM", however it is spelt (F15): look-alike letters, signs between the letters, word parts behind it. */
export function findIcmWords(draft: Draft, wordings: Wordings): Found[] {
  const skeleton = hide(plainLetters(draft.text), draft.links);
  return [...skeleton.matchAll(SPELT)].flatMap((match): Found[] => {
    const [whole, first = '', before = '', behind = ''] = match;
    const word = { start: match.index, end: match.index + whole.length };
    if (!isSpelling(draft, word.start, first, before, behind)) return [];
    const tail = TAIL.exec(skeleton.slice(word.end, word.end + 24));
    if (tail === null || isSomethingElse(skeleton, draft, word, before + behind)) return [];
    const end = word.end + tail[0].length;
    if (overlaps({ start: word.start, end }, draft.logs) && before + behind !== '') return [];
    return [{ rule: 'icm-word', start: word.start, end, edit: wordingFor(draft, skeleton, word.start, end, wordings) }];
  });
}

/** What may follow the three letters for it to be the word: nothing, an ending, a noun run together with it, a number. */
const TAIL =
  /^(?:['’]?s|['’]d|ed|ing|er|n)?(?:tickets?|incidents?|cases?|numbers?|no|nr|nummer|ids?|links?|urls?|portal|system|tool|teams?|queue|item|entry|record|request|board|sev|page|updates?|comments?|notes?)?(?![\p{L}])/u;

/** Whether signs between the letters, and letters that are no I, were meant to spell it. */
function isSpelling(draft: DraftLike, start: number, first: string, before: string, behind: string): boolean {
  const gaps = [before, behind];
  if (gaps.some((gap) => gap.includes(','))) return false;
  const typedLetters = lettersAt(draft, start, 3 + before.length + behind.length);
  const isCapital = /^.CM$/u.test(typedLetters);
  // "lCM" and "|CM" look like it, "lcm" is arithmetic.
  if (first !== 'i') return isCapital && before + behind === '';
  const spaced = gaps.filter((gap) => /\s/.test(gap)).length;
  if (spaced === 1) return isCapital && gaps.some((gap) => gap === '') && gaps.some((gap) => gap === ' ');
  return true;
}

type DraftLike = Pick<Draft, 'source' | 'from' | 'to'>;

/** The letters of a spelling in the case that they were typed in. */
function lettersAt({ source, from, to }: DraftLike, start: number, length: number): string {
  const typed = source.slice(from[start] ?? 0, to[start + length - 1] ?? source.length);
  return typed.normalize('NFKC').replace(/[^\p{L}|!]/gu, '');
}

const COMPANY = /^ ?(?:gmbh|ag|ltd|inc|llc|plc|s\.?a\b|b\.?v\b|kg|corp|group|institute|university)/;

/** Initials, parts of a chip's name, companies and the customer's own names for things. */
function isSomethingElse(
  skeleton: string,
  draft: Draft,
  { start, end }: { start: number; end: number },
  signs: string,
): boolean {
  const after = skeleton.slice(end, end + 40);
  if (COMPANY.test(after) || /^[- ]?\d{5}(?!\d)/.test(after)) return true;
  if (/\b(?:model|institute?|university|centre|center|company) $/.test(skeleton.slice(Math.max(0, start - 14), start)))
    return true;
  // "I. C. M. Rossi": initials and a name.
  if (/\. /.test(signs) && /^\. \p{Lu}/u.test(draft.source.slice(draft.to[end - 1] ?? 0).slice(0, 4))) return true;
  const isLower = /^\p{Ll}/u.test(draft.source.slice(draft.from[start] ?? 0));
  if (signs !== '' || !isLower) return false;
  const joined = /^[-_./\\]([\p{L}\p{N}]+)/u.exec(after);
  if (joined !== null && !ICM_NOUNS.has(joined[1] ?? '') && !/^\d{7,}$/.test(joined[1] ?? '')) return true;
  return /[\p{L}\p{N}][-_./\\]$/u.test(skeleton.slice(Math.max(0, start - 2), start)) && joined === null
    ? !/\b(?:non|pre|post|the|our|an)[-]$/.test(skeleton.slice(Math.max(0, start - 6), start))
    : false;
}

const ICM_NOUNS = wordSet(`
  ticket tickets incident incidents case cases number numbers no nr nummer id ids link links url urls portal system
  tool team teams queue item entry record request board sev page update updates comment comments note notes related
  based side level style wise owner owners engineer engineers process
`);

/** Nouns behind the word that go with it: tickets, places, people. */
const BEHIND =
  /^(?:( (?:tickets?|incidents?|cases?|items?|entry|entries|requests?|records?|bugs?))|( (?:portal|system|tool|site|board|queue|database|page|website))|( (?:teams?|owners?|engineers?|folks|people|guys|group)))\b/;

/** What stands there instead, with the noun behind it and an article that would not fit any more. */
function wordingFor(draft: Draft, skeleton: string, start: number, end: number, wordings: Wordings): Edit {
  const behind = BEHIND.exec(skeleton.slice(end, end + 40).replace(/^-/, ' '));
  const stop = end + (behind?.[0].length ?? 0);
  const isMany = skeleton.slice(start, stop).endsWith('s') && behind?.[2] === undefined && behind?.[3] === undefined;
  const near = skeleton.slice(stop, stop + 40);
  const isNamed = /^ (?:with|to|by|at|from|of) (?:the |our )?(?:product|engineering|pg)\b/.test(near);
  const words =
    behind?.[2] !== undefined
      ? wordings.system
      : behind?.[3] !== undefined
        ? wordings.team
        : isMany
          ? isNamed
            ? `${wordings.requestShort}s`
            : wordings.requests
          : isNamed
            ? wordings.requestShort
            : wordings.request;
  // "an ICM" is "a request", and what stands without an article gets one.
  const article = /(?<![\p{L}\p{N}])an? $/u.exec(skeleton.slice(Math.max(0, start - 4), start));
  if (article !== null) {
    const capital = /^\p{Lu}/u.test(draft.source.slice(draft.from[start - article[0].length] ?? 0));
    return { start: start - article[0].length, end: stop, text: `${capital ? 'A' : 'a'} ${words}` };
  }
  const hasDeterminer =
    /(?<![\p{L}\p{N}])(?:the|our|this|that|my|your|their|his|her|new|internal|another|any|each|same|corresponding|related|existing|open) $/u.test(
      skeleton.slice(Math.max(0, start - 16), start),
    );
  if (hasDeterminer || isMany || behind?.[2] !== undefined) return { start, end: stop, text: words };
  const before = skeleton.slice(Math.max(0, start - 4), start);
  const isFirst = before.trim() === '' || before.includes('\n') || /[.!?:]/.test(before);
  return { start, end: stop, text: `${isFirst ? 'Our' : 'our'} ${words}` };
}
