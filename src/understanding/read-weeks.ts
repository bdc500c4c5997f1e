import { normalize } from './normalize.ts';
import { find, patterns, type TokenPattern } from './token-pattern.ts';

/** The weeks that a line asks the team's numbers for. */
export type WeeksAsked =
  /** This week so far, and the three before it. */
  | { readonly kind: 'recent' }
  /** This week so far. */
  | { readonly kind: 'this' }
  /** That many whole weeks before this one. `asMonth`: the line said "month". */
  | { readonly kind: 'last'; readonly count: number; readonly asMonth: boolean };

const FIGURES = 'number|figures|statistics|stats|metrics|kpis';
const HEAD = `^ please? show|give|get|send|see? me|us? the|our|my? weekly|teams|team? ${FIGURES}`;
const OF = 'for|of|from|in|over?';

const RECENT = patterns(`
  ${HEAD} please? $
`);
const THIS = patterns(`
  ${HEAD} ${OF} the? this|current|present week please? $
  ^ this week|weeks ${FIGURES} please? $
`);
const LAST = patterns(`
  ${HEAD} ${OF} the? last|past|previous week please? $
  ^ last week|weeks ${FIGURES} please? $
`);
const LAST_FEW = patterns(`
  ${HEAD} ${OF} the? last|past|previous # week|weeks please? $
`);
const MONTH = patterns(`
  ${HEAD} ${OF} the? this|last|past|previous|current month please? $
`);

const NUMBER_OF = new Map(
  'one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, at) => [word, String(at + 1)] as const),
);

/** Reads "numbers", "numbers for last week"; `undefined` for every other line. */
export function readWeeks(text: string): WeeksAsked | undefined {
  const tokens = normalize(text).map((token) => NUMBER_OF.get(token) ?? token);
  const is = (wordings: readonly TokenPattern[]) => wordings.some((one) => find(one, tokens)?.start === 0);
  if (is(RECENT)) return { kind: 'recent' };
  if (is(THIS)) return { kind: 'this' };
  if (is(LAST)) return { kind: 'last', count: 1, asMonth: false };
  if (is(LAST_FEW)) {
    const count = Number(tokens.find((token) => /^\d/.test(token)));
    return Number.isInteger(count) && count > 0 ? { kind: 'last', count, asMonth: false } : undefined;
  }
  return is(MONTH) ? { kind: 'last', count: 4, asMonth: true } : undefined;
}
