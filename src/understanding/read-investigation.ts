import type { InvestigationStep } from '../playbook/facts.ts';
import {
  findAll,
  isAskedOrConditional,
  isNegation,
  isSaid,
  matches,
  patterns,
  wordsBefore,
  wordSet,
} from './token-pattern.ts';

type Steps = Partial<Record<InvestigationStep, boolean>>;
const ALL: readonly InvestigationStep[] = ['asc', 'tsgs', 'existingIcms', 'outageCheck'];

/** Verbs that say that something was done, and what each step is called after them. */
const DONE = wordSet(`
  checked did done used followed looked reviewed tried exhausted completed went gone ran run searched finished
  verified validated read worked consulted applied through seen covered analysed analyzed
`);
const NOT_YET = wordSet(`
  check look looked search searched checked done read follow followed use used try tried gone go do review
  reviewed run started validated validate verified verify opened seen consulted covered looking checking searching
`);
/** The list after such a verb goes on over these words and no others. */
const LIST_WORDS = wordSet(`
  asc tsg existing similar icm outage and , / + the all for in an a any other at through steps also known of
  relevant with every both old previous on data logs related duplicate duplicates issues or my our up each case if
  there is was already into this wiki available searched checked validated verified no
`);

/** Which parts of the initial investigation (F29) were done or not done. What is not said stays away. */
export function readInvestigation(tokens: readonly string[]): { investigated?: Steps; similarIcmFound?: boolean } {
  const steps: Steps = {};
  readWhole(tokens, steps);
  for (let index = 0; index < tokens.length; index += 1) readVerb(tokens, index, steps);
  readSingleStatements(tokens, steps);
  const similarIcmFound = readSimilarIcm(tokens);
  if (similarIcmFound !== undefined) steps.existingIcms = true;
  return {
    ...(Object.keys(steps).length === 0 ? {} : { investigated: steps }),
    ...(similarIcmFound === undefined ? {} : { similarIcmFound }),
  };
}

const NOTHING_DONE = patterns(`
  not ~1 done|started|did|do ~3 investigation|troubleshooting|investigating
  no investigation|troubleshooting ~2 yet|done|started|so
  not investigated|troubleshot
  without ~1 any investigation
  investigation ~1 not ~1 started|done|begun
`);
const EVERYTHING_DONE = patterns(`
  did|done|finished|completed|complete ~2 initial|full|whole|entire|complete|all investigation
  did|done|finished|completed ~1 all ~2 investigation ~1 steps?
  initial|full|whole investigation ~1 done|complete|completed|finished
  all four ~2 done|checked|completed
  investigation is|was? ~1 complete|completed|finished
`);

function readWhole(tokens: readonly string[], steps: Steps): void {
  const undone = findAll(NOTHING_DONE, tokens).some(({ start }) => !isAskedOrConditional(tokens, start));
  const done = findAll(EVERYTHING_DONE, tokens).some(({ start }) => isSaid(tokens, start));
  if (undone === done) return;
  for (const step of ALL) steps[step] = done;
}

function readVerb(tokens: readonly string[], index: number, steps: Steps): void {
  const verb = tokens[index] ?? '';
  const before = wordsBefore(tokens, index, 4);
  const negated = before.slice(0, 3).some(isNegation);
  const skipped =
    verb === 'skipped' ||
    ((verb === 'checking' || verb === 'searching' || verb === 'looking' || verb === 'doing') &&
      before[0] === 'without');
  if (skipped || (negated && NOT_YET.has(verb))) {
    if (!isAskedOrPlanned(tokens, index)) markList(tokens, index, steps, false);
  } else if (DONE.has(verb) && !negated && !isAskedOrPlanned(tokens, index)) {
    markList(tokens, index, steps, true);
  }
}

const PLANNED = wordSet(`
  should will shall must need needs to before going could would may let please you after
`);

function isAskedOrPlanned(tokens: readonly string[], index: number): boolean {
  return isAskedOrConditional(tokens, index) || wordsBefore(tokens, index, 12).some((word) => PLANNED.has(word));
}

function markList(tokens: readonly string[], verbAt: number, steps: Steps, done: boolean): void {
  for (let at = verbAt + 1; at < tokens.length && at <= verbAt + 24; at += 1) {
    const token = tokens[at] ?? '';
    if (!LIST_WORDS.has(token)) return;
    if (token === 'no' && !done) return;
    const step = stepAt(tokens, at);
    // A step that was told already keeps what was told first: "checked asc but not the tsgs".
    if (step !== undefined) steps[step] = done;
  }
}

const STEP_OF_WORD = new Map<string, InvestigationStep>([
  ['asc', 'asc'],
  ['tsg', 'tsgs'],
  ['outage', 'outageCheck'],
]);

function stepAt(tokens: readonly string[], at: number): InvestigationStep | undefined {
  const token = tokens[at] ?? '';
  if (token !== 'icm') return STEP_OF_WORD.get(token);
  return wordsBefore(tokens, at, 4).some((word) => OTHER_ICMS.has(word)) ? 'existingIcms' : undefined;
}

const OTHER_ICMS = wordSet(`
  existing similar duplicate duplicates other known previous old related searched search
`);

const TSG_DONE = patterns(`
  tsg ~1 exhausted|done|checked|followed|completed|finished|reviewed|tried
  tsg no help
  tsg ~1 not ~2 help|work|helpful
  run|ran out of tsg
  through ~1 all? ~1 tsg
  steps ~1 of ~1 tsg
  not find ~3 tsg
  found no ~1 tsg
  no tsg ~1 found
`);
const ASC_DONE = patterns(`
  asc ~1 checked|done|reviewed|clean|clear|healthy
  asc shows|says|showed
  in asc ~1 i? see|saw|found
`);
const SEARCH_DONE = patterns(`
  existing icm ~1 checked|searched|done
  search ~1 of ~1 existing icm ~1 done
`);

function readSingleStatements(tokens: readonly string[], steps: Steps): void {
  const said = (wanted: ReturnType<typeof patterns>): boolean =>
    findAll(wanted, tokens).some(({ start }) => isSaid(tokens, start));
  if (steps.tsgs === undefined && said(TSG_DONE)) steps.tsgs = true;
  if (steps.asc === undefined && said(ASC_DONE)) steps.asc = true;
  if (steps.existingIcms === undefined && said(SEARCH_DONE)) steps.existingIcms = true;
}

const SIMILAR_FOUND = patterns(`
  found|find|see|saw|spotted|discovered|there|have|got|located ~4 similar|existing|same|identical|duplicate|active|matching|related ~1 icm
  found|saw|spotted ~2 icm ~5 same|similar|identical|exact|exactly|matching|matches|looks
  found one ~4 same|similar|identical|looks|matches
  similar|existing|same|identical|matching icm ~3 exists|found|already|matches|there
  existing|similar icm ~1 matches|fits|covers
  there is ~1 already ~2 icm
  already ~2 icm ~2 for ~1 this|it|same
  duplicate of ~3 icm
`);
const NONE_FOUND = patterns(`
  no ~1 similar|existing|same|matching|duplicate|related|other ~1 icm
  found no ~2 similar|existing|matching|related
  no|not|nothing similar ~1 icm? ~1 found
  not find|found|see ~4 similar|existing|same|matching|related ~1 icm|one|issue
  no duplicates ~1 found
  no match ~3 icm
`);

const NOT_SEARCHED = patterns('not ~1 searched|checked|looked|search|check ~5 icm');

function readSimilarIcm(tokens: readonly string[]): boolean | undefined {
  const none = findAll(NONE_FOUND, tokens).some(({ start }) => !isAskedOrConditional(tokens, start));
  const found = findAll(SIMILAR_FOUND, tokens).some(({ start }) => isSaid(tokens, start));
  if (none === found || matches(NOT_SEARCHED, tokens)) return undefined;
  return found;
}
