import type { NumberMention } from './number-mentions.ts';

export interface NumbersSaid {
  readonly icmSeverity?: number;
  readonly caseSeverity?: '1';
  readonly unclearOne: boolean;
  /** A change of the ICM's number was told: "from 2 to 3". */
  readonly changed: boolean;
}

export function readNumbers(
  tokens: readonly string[],
  numbers: readonly NumberMention[],
  ofOutage: boolean,
): NumbersSaid {
  const ofCase = numbers.filter((mention) => mention.of === 'case');
  const others = numbers.filter((mention) => mention.of !== 'case');
  const distinct = new Set(others.map(({ value }) => value));
  const caseSeverity = ofCase.some(({ value }) => value === 1) ? ('1' as const) : undefined;
  const last = others.at(-1);
  const changed = (distinct.size === 2 && isNumberChange(tokens, others)) || isTarget(tokens, last);
  const said = { ...(caseSeverity === undefined ? {} : { caseSeverity }), changed };
  if (last === undefined || (distinct.size > 1 && !changed)) return { ...said, unclearOne: false };
  const chosen = changed && isReversed(tokens, others) ? (others[0] ?? last) : last;
  // A bare "sev 1" can be the support request's or the ICM's (T1). An outage, or a change between numbers, settles it.
  const isUnclear =
    chosen.value === 1 &&
    others.every(({ of }) => of === 'unsaid') &&
    !changed &&
    !ofOutage &&
    !isAcross(tokens, chosen);
  return isUnclear ? { ...said, unclearOne: true } : { ...said, icmSeverity: chosen.value, unclearOne: false };
}

/** "lowered my icm to 3": what it became is told. */
function isTarget(tokens: readonly string[], mention: NumberMention | undefined): boolean {
  const before = mention === undefined ? undefined : tokens[mention.index - 1];
  return before === 'to' || before === '->';
}

function isNumberChange(tokens: readonly string[], numbers: readonly NumberMention[]): boolean {
  const [first] = numbers;
  const last = numbers.at(-1);
  if (first === undefined || last === undefined) return false;
  const between = tokens.slice(first.index + 1, last.index);
  return (
    (between.includes('to') || between.includes('->') || between.includes('from') || between.includes('into')) &&
    !between.includes('or')
  );
}

/** "to 3 from 2" */
function isReversed(tokens: readonly string[], numbers: readonly NumberMention[]): boolean {
  const [first] = numbers;
  const last = numbers.at(-1);
  return first !== undefined && last !== undefined && tokens.slice(first.index, last.index).includes('from');
}

/** "A to 1?", "case A = 1", "make it 1": a number set against a letter is the ICM's. */
function isAcross(tokens: readonly string[], mention: NumberMention): boolean {
  return tokens[mention.index - 1] !== 'sev' && mention.of === 'unsaid';
}
