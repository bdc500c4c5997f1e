import {
  find,
  findAll,
  isAskedOrConditional,
  isBreak,
  isNegation,
  pattern,
  patterns,
  wordsAfter,
  wordsBefore,
  type Span,
  wordSet,
} from './token-pattern.ts';

/** What a line says about an outage. */
export interface OutageSaid {
  /** There is one (true), there is none (false), or it is said not to be known. Undefined: not said, or only asked. */
  readonly now?: boolean | 'unknown';
  /** An outage is named as the case to be answered, also as a question: "icm sev for an outage". */
  readonly meant: boolean;
  /** The outage, or the impact, is said to be over or mitigated. */
  readonly ended: boolean;
  /** Somebody looked: "validated", "confirmed", "ruled out". */
  readonly checked: boolean;
}

const HEDGES = wordSet(`
  possible possibly maybe might may could suspected suspect suspecting potential potentially probably perhaps
  likely unclear unsure think thinks believe believes guess assume looks seems look seem appears feels rumour
  rumor sure know unconfirmed claims wonder wondering guessing alleged
`);
const NOT_SAID = wordSet(`
  if whether count counts qualify qualifies considered call called define definition mean check checking validate
  validating verify verifying search looking counted rated still fake mock drill practice simulate simulated plan
  previous past old earlier like ever every each makes make wait until unless when does similar
`);

const ENDED = patterns(`
  outage ~3 over|ended|resolved|mitigated|fixed|gone|finished|closed|recovered|restored|passed
  after|since ~2 outage
  end of ~2 outage
  outage ended|over|mitigated
  past|previous|earlier ~1 outage
  was ~2 outage ~2 yesterday
  mitigated|mitigation|recovered
  issue|problem|impact|incident|service|region|job|everything ~3 resolved|over|gone|restored|fixed
  workaround ~3 place|found|given|works|working|applied|accepted|provided|functioning|available|exists
  got|gave|have|found|with|accepted|applied ~2 workaround
  back to normal
  no|not ~1 longer|more ~2 impacted|impact|affected
  no active|current ~1 impact
  impact ~2 over|gone|ended
  job ~3 recovered|healthy
`);
const NOT_YET = patterns(`
  not ~2 over|ended|resolved|mitigated|fixed|gone|recovered|restored
  still ~1 ongoing|down|impacted|affected|active
  no ~1 workaround|mitigation
  before ~2 mitigation|mitigated
`);
const CHECKED = patterns(`
  confirmed|validated|verified|checked ~3 outage
  checked|validated|verified|confirmed ~2 no ~1 outage
  confirmed|validated|verified|checked ~2 not ~2 outage
  outage ~3 confirmed|validated|verified|excluded|checked
  ruled out ~3 outage
  outage ~2 ruled out
  excluded ~2 outage
`);
const EXCLUDED = patterns(`
  no|without|not|never ~2 outage
  ruled out|any ~3 outage
  excluded ~2 outage
  outage ~2 ruled out
  outage ~2 excluded
  outage = no|none|false
`);
const UNKNOWN = patterns(`
  not|unsure ~1 sure|know|clear ~2 if|whether ~5 outage
  unsure|unclear|unknown|wondering ~2 if|whether ~5 outage
  outage ~1 unknown|unclear
  no idea ~2 if|whether ~5 outage
`);
const OUTAGE = pattern('outage');

export function readOutage(tokens: readonly string[]): OutageSaid {
  const ended = matchesUnlessDenied(tokens);
  const place = find(OUTAGE, tokens);
  if (place === undefined) return { meant: false, ended, checked: false };
  const over = isOver(tokens);
  const now = over ? undefined : readNow(tokens);
  return {
    ...(now === undefined ? {} : { now }),
    meant: now !== false && !over && !isOnlyAskedAbout(tokens),
    ended: ended || over,
    checked:
      now !== undefined &&
      now !== 'unknown' &&
      findAll(CHECKED, tokens).some(({ start }) => !isHedged(tokens, start) && !isNegation(tokens[start - 1])),
  };
}

function matchesUnlessDenied(tokens: readonly string[]): boolean {
  return findAll(ENDED, tokens).length > 0 && findAll(NOT_YET, tokens).length === 0;
}

const OVER = patterns(`
  outage ~3 over|ended|resolved|mitigated|fixed|gone|finished|closed|recovered|restored|passed
  after|since|once ~2 outage
  end of ~2 outage
  past|previous|earlier|old|last ~1 outage
`);

function isOver(tokens: readonly string[]): boolean {
  return findAll(OVER, tokens).length > 0 && findAll(NOT_YET, tokens).length === 0;
}

function readNow(tokens: readonly string[]): boolean | 'unknown' | undefined {
  if (findAll(UNKNOWN, tokens).length > 0) return 'unknown';
  const excluded = findAll(EXCLUDED, tokens);
  const stated = findAll(STATED, tokens);
  const said = new Set<boolean>();
  tokens.forEach((token, index) => {
    const one = token === 'outage' ? readOne(tokens, index, excluded, stated) : undefined;
    if (one !== undefined) said.add(one);
  });
  // Both said in one line: leave it to a question.
  return said.size === 1 ? [...said][0] : undefined;
}

function readOne(
  tokens: readonly string[],
  index: number,
  excluded: readonly Span[],
  stated: readonly Span[],
): boolean | undefined {
  const covers = ({ start, end }: Span): boolean => start <= index && index < end;
  if (isHedged(tokens, index) || isAsked(tokens, index)) return undefined;
  if (excluded.some(covers)) return isPlainExclusion(tokens, index) ? false : undefined;
  if (wordsBefore(tokens, index, 6).some(isNegation)) return undefined;
  const after = wordsAfter(tokens, index + 1, 4);
  if (after.some((word) => isNegation(word) || HEDGES.has(word))) return undefined;
  if (COMPOUND.has(after[0] ?? '')) return undefined;
  return stated.some(covers) ? true : undefined;
}

/** An outage is only taken as there when the line says so: a verb, a confirmation, or where it is. */
const STATED = patterns(`
  confirmed|validated|verified|declared|known|acknowledged|active|ongoing|current|widespread|there|have|has|having|see|sees|seeing|saw|noticed|reports|reported|reporting|facing|experiencing|hit|caused|due|because|is|are|became|into|during|lsi ~4 outage
  outage ~2 confirmed|validated|verified|declared|acknowledged|ongoing|affecting|impacting|started|happening|detected
  ^ ~1 outage in|across|since|affecting|at|today|now|again|right
  outage in|across ~4 region|regions|us|europe|asia|india|japan|uk|australia|canada|brazil|africa|france|germany|east|west|north|south|central|weu|neu
`);

/** "outage check", "outage bridge", "outage case": the word names something else. */
const COMPOUND = wordSet(`
  check bridge call scenario checklist communication page definition status post mail severity
`);

/** "no confirmed outage" and "no outage declared yet" do not say that there is none. */
function isPlainExclusion(tokens: readonly string[], index: number): boolean {
  const beside = [...wordsBefore(tokens, index, 3), ...wordsAfter(tokens, index + 1, 3)];
  if (beside.some((word) => NOT_FINAL.has(word))) return false;
  const negations = wordsBefore(tokens, index, 8).filter(isNegation).length;
  return negations <= 1;
}

const NOT_FINAL = wordSet(`
  confirmed declared yet announced posted reported official officially communicated acknowledged only just sure
  sev severity information communication page check
`);

function isHedged(tokens: readonly string[], index: number): boolean {
  return wordsBefore(tokens, index, 7).some((word) => HEDGES.has(word));
}

/** "is this an outage", "what counts as an outage", "when there is an outage": nothing is said to be there. */
function isAsked(tokens: readonly string[], index: number): boolean {
  const before = wordsBefore(tokens, index, 9);
  if (before.some((word) => NOT_SAID.has(word))) return true;
  // The word alone, with or without a question mark, says nothing.
  return isAskedOrConditional(tokens, index) || tokens.every((token) => token === 'outage' || isBreak(token));
}

const ABOUT = patterns(`
  is|was|are|it|this|that|as|for|count|counts|qualify|qualifies|called ~4 an|a outage
  what|how|when ~4 outage
  count|counts|qualify|qualifies|considered|called|mean|level|definition|define ~4 outage
  possible|possibly|maybe|might|may|suspected|suspect|potential|probably|think|looks|seems|if|whether ~4 outage
  sure|know|unsure ~4 outage
  outage level|or
`);
const MEANT_ANYWAY = patterns(`
  when|if|there|have|has ~2 is|an|a ~1 outage
  for ~1 an|a outage
  is now ~1 outage
  became|into ~2 outage
  during|with|in ~1 an|a? outage
`);

const DOUBTFUL = patterns(
  'count|counts|qualify|considered|level|definition|possible|possibly|maybe|might|suspected|suspect|potential|probably|think|looks|seems|whether|sure',
);

function isOnlyAskedAbout(tokens: readonly string[]): boolean {
  const asked = findAll(ABOUT, tokens);
  if (asked.length === 0) return false;
  return findAll(MEANT_ANYWAY, tokens).length === 0 || findAll(DOUBTFUL, tokens).length > 0;
}
