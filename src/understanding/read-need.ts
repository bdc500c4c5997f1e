import type { Need } from '../playbook/facts.ts';
import {
  findAll,
  isAskedOrConditional,
  isNegation,
  patterns,
  wordsBefore,
  type TokenPattern,
} from './token-pattern.ts';

/** How people name the kind of request. Each needs words that can hardly mean anything else. */
const NEEDS: readonly (readonly [Need, readonly TokenPattern[]])[] = [
  [
    'quota-increase',
    patterns(`
      quota|quotas
      limit increase|raise|bump|extension
      increase|raise|bump|lift|extend|higher ~3 limit|limits|cap
      more|additional|extra su
      su increase|limit|cap|quota|capacity
      increase ~3 su
      # su more|extra
    `),
  ],
  [
    'feature-request',
    patterns(`
      feature request|requests|ask|wish|suggestion|requested
      requests|request|wants|want|asks|asking|requested|requesting ~3 new feature
      new feature
      request|requests ~2 feature
      design change request
      enhancement request
    `),
  ],
  [
    'rca',
    patterns(`
      rca request|needed|wanted|requested|only|ask|required
      ask|asks|asked|asking|want|wants|need|needs|request|requests|requested|requesting|demands|demanding|expects|insists ~3 rca|rootcause
      icm|open|create|raise|file|incident ~2 for ~1 rca
      only ~1 rca
      rca ~1 icm|incident
    `),
  ],
  [
    'bug-fix',
    patterns(`
      bug fix|fixed
      fix ~2 bug
      evidence|proof|indication ~3 bug|defect
      product|confirmed|known|clear|real bug|defect
      points|point|pointing|indicates|shows|suggests ~4 bug|defect
      is|has|be|hit|found|think|suspect ~3 bug|defect
      regression
      reproduce|reproduced ~3 bug
      bug but
      probably|maybe|possibly|might|likely|potential|suspected ~2 bug|defect
      not ~1 reproduce|reproduced ~3 bug|defect
    `),
  ],
  [
    'documentation-question',
    patterns(`
      documentation question|questions
      question ~3 documentation
      answered|answer|answerable|covered|explained|described|documented|is ~3 in|by|via|with ~1 documentation
      in ~2 public documentation
      simple|pure|plain documentation
    `),
  ],
  [
    'query-question',
    patterns(`
      query question|questions|syntax|help
      question|questions|asks|asking ~4 query
      how to|do|can ~4 write|build|use|optimize|optimise|rewrite|create|join|make|express|do|aggregate ~4 query|queries|tumbling|hopping|sliding|window|windows|join|joins|windowing
      write|writing|optimize|rewrite|improve ~3 query
      help ~2 with ~3 query
      query involving
    `),
  ],
  [
    'troubleshooting-help',
    patterns(`
      not|unsure|no ~2 sure|know|idea|clue ~1 how|where ~1 to ~1 troubleshoot|debug|investigate|diagnose|analyse|analyze|troubleshooting
      unsure|clueless ~1 how ~1 to ~1 troubleshoot|debug|investigate|diagnose
      not know how ~2 troubleshoot|debug|investigate|diagnose
      no idea|clue how ~2 troubleshoot|debug|investigate|diagnose
      not sure how ~2 troubleshoot|debug|investigate|diagnose
      need|needs|want ~1 help ~2 troubleshooting|debugging|troubleshoot|investigating
    `),
  ],
  [
    'beyond-skills',
    patterns(`
      beyond|above|exceeds|outside|over ~3 skill|skills|skillset|knowledge|expertise|ability|abilities|competence|depth|head|capabilities
      out of my depth|league
      too complex|difficult|hard|technical|complicated|advanced for me|us
      lack|lacking ~3 skill|skills|knowledge|expertise|experience
      not skilled|experienced|qualified|knowledgeable|technical enough
      not have ~3 skill|skills|knowledge|expertise
    `),
  ],
];

/** The kind of request where exactly one is named; two kinds in one line are left for the engineer to say. */
export function readNeed(tokens: readonly string[]): Need | undefined {
  const named = NEEDS.filter(([need, wanted]) => isNamed(need, wanted, tokens)).map(([need]) => need);
  return named.length === 1 ? named[0] : undefined;
}

/** These begin with a "not" of their own. */
const NEGATED_BY_NATURE: ReadonlySet<Need> = new Set<Need>(['troubleshooting-help', 'beyond-skills']);

function isNamed(need: Need, wanted: readonly TokenPattern[], tokens: readonly string[]): boolean {
  return findAll(wanted, tokens).some(({ start, end }) => {
    if (NEGATED_BY_NATURE.has(need)) return true;
    if (wordsBefore(tokens, start, 3).some(isNegation)) return false;
    return need !== 'bug-fix' || isProductBug(tokens, start, end);
  });
}

/** A fault of the documentation or of this bot, or a bug that is only asked about, is no request for a bug fix. */
function isProductBug(tokens: readonly string[], start: number, end: number): boolean {
  const span = tokens.slice(Math.max(0, start - 1), end + 3);
  return !span.includes('documentation') && !span.includes('bot') && !isAskedOrConditional(tokens, start + 1);
}
