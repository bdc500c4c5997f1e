import {
  findAll,
  isAskedOrConditional,
  isNegation,
  isSaid,
  patterns,
  wordsAfter,
  wordsBefore,
  wordSet,
} from './token-pattern.ts';

const EVIDENCE = patterns(`
  evidence|proof|proven ~3 bug|defect
  repro|reproduce|reproduced|stack|trace|stacktrace|logs|log|dump|exception|traces|kusto|telemetry|this|everything ~2 points|point|pointing|indicates|indicate|shows|show|suggests|proves|prove ~4 bug|defect|product
  confirmed|verified|proven|reproduced|known|clear ~2 bug|defect
  reproduce|reproduced ~2 bug|defect
  have|got|found ~2 reproduce ~2 bug|defect
  bug|defect ~2 confirmed|verified|proven|reproduced|reproducible
`);
const NO_BUG = patterns(`
  no|not ~1 a|an|the|any|product|this? ~1 bug|defect
  no bug|defect
  not bug|defect
  bug ~2 excluded
  bug ~2 ruled out
  ruled out ~3 bug
  no ~1 evidence|proof|sign|indication ~4 bug|defect
  no ~1 evidence|proof ~2 bug
`);
const DOUBT = wordSet(`
  probably maybe might may could possibly suspect suspected suspecting likely perhaps looks look seems seem think
  thinks potential possible potentially smells feels appears believe believes guess sure unsure claims unclear
  apparently assume
`);
const CANNOT_REPRODUCE = patterns(`
  not ~1 able|possible? ~1 to? ~1 reproduce|reproduced|reproducible
  not reproduce|reproduced|reproducible
  unable to reproduce
  no reproduce
  reproduce ~2 not ~2 possible
  failed ~1 to? reproduce
`);
const BUG = patterns('bug|defect');
/** A bug of something else than the product, or one only asked about. */
const NOT_THIS = wordSet(`
  documentation bot ui portal old fixed previous another other report similar existing
`);
/** Whether there is evidence of a bug (F19): a claim alone is none, and a doubt is `'unknown'`. */
export function readBugEvidence(tokens: readonly string[]): boolean | 'unknown' | undefined {
  const places = findAll(BUG, tokens).filter(({ start }) => isProductBug(tokens, start));
  const [first] = places;
  if (first === undefined || isAskedOrConditional(tokens, first.start)) return undefined;
  const doubted = places.some(({ start }) => isDoubted(tokens, start));
  const shown = findAll(EVIDENCE, tokens).filter(
    ({ start }) => isSaid(tokens, start) && isSaid(tokens, start + 1),
  ).length;
  const denied = findAll(NO_BUG, tokens).filter(({ start }) => !isAskedOrConditional(tokens, start)).length;
  if (doubted) return shown > 0 && denied === 0 ? undefined : 'unknown';
  if (findAll(CANNOT_REPRODUCE, tokens).length > 0) return shown > 0 ? undefined : 'unknown';
  if (denied > 0) return shown === 0 && hasOneNegation(tokens, first.start) ? false : undefined;
  return shown > 0 ? true : undefined;
}

function isProductBug(tokens: readonly string[], index: number): boolean {
  if (wordsBefore(tokens, index, 2).some((word) => NOT_THIS.has(word))) return false;
  return !(
    tokens[index + 1] === 'in' && wordsAfter(tokens, index + 1, 3).some((word) => word === 'bot' || word === 'you')
  );
}

/** "probably a bug"; but "pretty sure it is a bug" is none. */
function isDoubted(tokens: readonly string[], index: number): boolean {
  const before = wordsBefore(tokens, index, 6);
  if (!before.some((word) => DOUBT.has(word))) return false;
  return !before.includes('sure') || before.some(isNegation);
}

function hasOneNegation(tokens: readonly string[], index: number): boolean {
  return wordsBefore(tokens, index, 12).filter(isNegation).length <= 1;
}
