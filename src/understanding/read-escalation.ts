import { normalize } from './normalize.ts';
import { joinDigitGroups, readTicketNumbers } from './read-ticket-numbers.ts';
import { cutTitle } from './read-title.ts';
import { find, findAll, isNegation, matches, patterns, wordsBefore } from './token-pattern.ts';

/**
 * What is wanted of a CSAT escalation: `request` one, its `history`, its `status`, `withdraw` it, `nudge` the SMEs, or
 * `how` it goes. `untag`: the tag shall come off again, of which the documents say nothing.
 */
export type EscalationKind = 'request' | 'history' | 'status' | 'withdraw' | 'nudge' | 'untag' | 'how';

export interface EscalationRequest {
  readonly kind: EscalationKind;
  /** The one ICM that is named. */
  readonly icmNumber?: string;
  readonly srNumber?: string;
  /** What stands in double quotes beside a number. */
  readonly title?: string;
  /** The three details, where a line tells them under their names (F43). */
  readonly sentiment?: string;
  readonly why?: string;
  readonly improvement?: string;
}

const HISTORY = patterns(`
  ^ show|see|get? me? the? history|trail|timeline
  history|trail|timeline of|for ~4 escalation|csat|request|#
  escalation|csat history|trail|timeline
`);
const WITHDRAW = patterns(`
  withdraw|withdrawing|retract|revoke ~5 escalation|csat|request|#
  cancel|stop|undo|drop|abort ~3 escalation|request
  pull|take|call ~1 back ~4 escalation|csat|request|#
  pull|take|call ~4 escalation|request ~1 back
`);
/** Politely asked for, it is no question. */
const PLEASE = patterns(`
  ^ please? can|could|would|will you please? withdraw|retract|revoke|cancel|stop|undo|drop|abort|pull|take|call
`);
const UNTAG = patterns(`
  remove|delete|drop|untag|take|clear|lose ~5 tag
  untag
  remove|delete|drop csat ~1 impacting
  tag ~2 off|removed
`);
/** Whether something is allowed, or what it leads to, is no question about one's own request. */
const MAY_I = patterns(`
  ^ can|may|must|should|could|do|does i|we|my|another|a|the
  what happens if|when|after
`);
const NUDGE = patterns(`
  nudge|ping|chase|poke|remind|hurry ~3 sme|smes|approver|approvers|approval
  sme|smes|approver ~4 not|no ~2 approved|answered|answer|responded|reacted|decided
  remind|nudge ~2 to approve
`);
const STATUS = patterns(`
  status|state|progress ~5 escalation|escalations|csat|request|requests|approval
  escalation|escalations|csat|request|requests|approval ~2 status|pending
  my ~2 escalation|escalations|request|requests
  pending ~2 escalation|escalations|csat|approval|approvals|request|requests
  list|show ~5 escalation|escalations|csat
  what happened ~4 escalation|csat|request
  where is ~3 escalation|csat|request
  any ~2 answer|news|decision ~4 escalation|csat|request
  has|have|did ~2 sme|smes ~2 approved|approve|decided|answered|declined
  is ~3 escalation|request ~2 approved|declined|open|decided
`);
/** An order to do it, whatever else the line asks. */
const ORDER = patterns(`
  ^ can|could|would|will? you? please? i|we? want|need|have? to? just? escalate|request|start|raise|open|create|begin
  ^ escalate
  ^ new|start|another ~2 escalation|request
`);
const ASKS = patterns(`
  ^ how|what|which|who|whom|when|where|why|whose
  ^ is|are|do|does|did|can|may|must|should|shall|has|have|will|would|could
  process|steps|procedure|template|checklist|rule|rules
  how do|to|does|can|should|long|fast
  what is|do|does|are|should
`);

/** Reads a line that is about a CSAT escalation; what it is not sure of is a `request`, which shows the form. */
export function readEscalation(text: string): EscalationRequest {
  const { rest, title } = cutTitle(text);
  const numbers = readTicketNumbers(rest);
  const tokens = normalize(joinDigitGroups(rest)).filter((token) => token !== ':');
  const icmNumber = numbers.icmNumbers.length === 1 ? numbers.icmNumbers[0] : undefined;
  const srNumber = numbers.srNumbers.length === 1 ? numbers.srNumbers[0] : undefined;
  const details = readDetails(text);
  return {
    kind: Object.keys(details).length > 0 ? 'request' : kindOf(tokens),
    ...(icmNumber === undefined ? {} : { icmNumber }),
    ...(srNumber === undefined ? {} : { srNumber }),
    ...(title === undefined ? {} : { title }),
    ...details,
  };
}

const begins = (wordings: typeof ORDER, tokens: readonly string[]): boolean =>
  wordings.some((one) => find(one, tokens)?.start === 0);

/** Asked for, and not denied: "do not cancel it" cancels nothing. */
const orders = (wordings: typeof ORDER, tokens: readonly string[]): boolean =>
  findAll(wordings, tokens).some(({ start }) => !wordsBefore(tokens, start, 3).some(isNegation));

function kindOf(tokens: readonly string[]): EscalationKind {
  if (matches(HISTORY, tokens)) return 'history';
  if (orders(WITHDRAW, tokens) && (!matches(ASKS, tokens) || begins(PLEASE, tokens))) return 'withdraw';
  if (matches(UNTAG, tokens) && !matches(ASKS, tokens)) return 'untag';
  if (begins(MAY_I, tokens)) return 'how';
  if (begins(ORDER, tokens)) return 'request';
  if (matches(NUDGE, tokens)) return 'nudge';
  if (matches(STATUS, tokens)) return 'status';
  return matches(ASKS, tokens) ? 'how' : 'request';
}

/** Names under which people write the three details, each at the beginning of its part: "why: two missed callbacks". */
const LABELS = {
  sentiment: ['sentiment', 'current sentiment', 'customer sentiment', 'current customer sentiment'],
  why: ['why', 'reason', 'reasons', 'because', 'cause', 'why they feel that way', 'reason for it'],
  improvement: [
    'better',
    'differently',
    'improvement',
    'improvements',
    'could have done better',
    'could have been better',
    'could have been done differently',
    'what could have been done differently',
  ],
} as const satisfies Record<string, readonly string[]>;

function readDetails(text: string): Pick<EscalationRequest, 'sentiment' | 'why' | 'improvement'> {
  const found: { sentiment?: string; why?: string; improvement?: string } = {};
  let last: keyof typeof LABELS | undefined;
  for (const part of text.slice(0, 4_000).split(/[.;\n]/)) {
    const colon = part.indexOf(':');
    const label = colon === -1 ? '' : part.slice(0, colon).trim().toLowerCase();
    const name = (Object.keys(LABELS) as (keyof typeof LABELS)[]).find((one) =>
      (LABELS[one] as readonly string[]).includes(label),
    );
    const said = (name === undefined ? part : part.slice(colon + 1)).trim();
    if (name !== undefined) last = name;
    if (last === undefined || said === '') continue;
    found[last] = found[last] === undefined ? said : `${found[last] ?? ''}. ${said}`;
  }
  return found.sentiment === undefined ? {} : found;
}

const ESCALATE = patterns(`
  ^ can|could|would? you? please? just? escalate icm|incident? # 
  ^ escalate this|the|my? case|icm|incident? $
`);
const HISTORY_OF = patterns(`
  ^ show|see|get? me? the? history|trail of|for? the? escalation|csat? of|for? icm? # $
`);
const OWN = patterns(`
  ^ show|list? my escalations|escalation $
`);

/** What is certain by its form: "escalate 512345678", "history 512345678", "my escalations". */
export function looksLikeEscalation(text: string): EscalationKind | undefined {
  const { rest } = cutTitle(text.slice(0, 2_000));
  const tokens = normalize(joinDigitGroups(rest)).filter((token) => token !== ':');
  if (tokens.length > 40 || tokens.includes('?')) return undefined;
  if (begins(HISTORY_OF, tokens)) return 'history';
  if (begins(OWN, tokens)) return 'status';
  return begins(ESCALATE, tokens) && readTicketNumbers(rest).icmNumbers.length > 0 ? 'request' : undefined;
}
