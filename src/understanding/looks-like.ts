import { TIME } from './follow-up-patterns.ts';
import { WEEKDAY } from './follow-up-words.ts';
import { normalize } from './normalize.ts';
import { readRoles } from './read-roles.ts';
import { readSeverityTokens } from './read-severity.ts';
import { joinDigitGroups, readTicketNumbers } from './read-ticket-numbers.ts';
import { cutTitle } from './read-title.ts';
import { BARE_REOPEN, BARE_RESOLVE, POLITE } from './tracking-patterns.ts';
import { find, matches, patterns, wordSet, type TokenPattern } from './token-pattern.ts';

/**
 * Commands that are recognised by their structure, before any statistics: a verb at the beginning and its object.
 * What these let through is certain; what they do not know is left to the classifier.
 */

/** What may stand before even that. */
const GREETINGS = wordSet('hey hi hello ok yes so and then bot please thanks , . ! @');

/** Nothing but the end, or what is said at one: behind "close 512345678" may come a time, or "the loop with the customer". */
const END = '$|please|now|today|then|thanks|again|.|!|,';

const NUMBERED = patterns(`
  ${POLITE} track|watch|follow|bookmark|untrack|unfollow|unwatch|resolve|reopen|reactivate|monitor ~2 #
  ${POLITE} escalate icm? # please? $
  ${POLITE} stop tracking|watching|following ~2 #
  ${POLITE} mark|set|put ~2 # as|to? ~1 resolved|closed|reopened|done|complete|completed|finished|open
  ${POLITE} mark it|this|that as? resolved|closed|reopened|done ~2 #
  ${POLITE} close|finish|complete the|this|that|my? icm? # ?|${END}
  ^ let us? close|resolve the|this|that|my? icm? # ${END}
  ${POLITE} re open ~2 #
  ${POLITE} open the|this? icm? # again
  ${POLITE} hand|give|transfer|assign|reassign|pass|handover over? ~2 # over? to
  ${POLITE} handover ~2 #
  ${POLITE} take|taking over ~1 #
  ${POLITE} show me? ~1 # please? $
  ${POLITE} add|put|save ~2 # ~1 to|on|in ~3 list|tracked|tracking
  ${POLITE} add|put|save ~5 list|tracked ~2 #
  ^ i|we? have? just|already? opened|created|filed|raised|cut|logged ~3 #
  ^ new icm #
`);
/** Told as done; asked with a question mark they are questions. */
const TOLD = patterns(`
  ^ i|we? have? just|now|already? closed|closing|finished|completed|resolved|reopened the|this|that|my? icm? # ${END}
  ^ i|we? am|are|were? all|now? done|finished with the|this|that|my? icm? # ${END}
  ^ icm|case|the? icm|case? # is|was|got|has? been? ~1 resolved|closed|reopened|done|finished|over|open $|by|now|today|again
`);
const CHANGED = patterns(`
  ^ the? icm|case? of|on|for? icm? # is|was|went|got|became|now|has|changed|goes ~3 from|to|sev|a|b|c
  ^ the? icm|case? # ~2 ->
`);
const MY_ICMS = patterns(`
  ^ please? list|show|see? me? all? my ~2 icm please? $
  ^ list|show me? ~2 my ~1 tracked ~1 icm|list? $
  ^ icm list? mine $
  ^ my ~1 icm|incidents with|including|incl|and? resolved|closed? ones? $
`);
/** A command says none of these: they ask, weigh or report something else. */
const DOUBTS = wordSet(`
  should what how why when who whom whether if but or because which where remind reminder reminders followup snooze
  queue team desk
  commander scribe roles role
`);

export function looksLikeTracking(text: string): boolean {
  const { rest } = cutTitle(text);
  const tokens = withoutGreeting(normalize(joinDigitGroups(rest)).filter((token) => token !== ':'));
  if (tokens.length > LONGEST_COMMAND || tokens.some((token) => DOUBTS.has(token))) return false;
  // "Hand over communications of 512345678 to Ben" hands over a role and not the ICM.
  if (readRoles(rest)?.certain === true) return false;
  if (beginsWith(MY_ICMS, tokens) || beginsWith([...BARE_RESOLVE, ...BARE_REOPEN], tokens)) return true;
  const numbers = readTicketNumbers(rest);
  const tickets = new Set([
    ...numbers.icmNumbers,
    ...numbers.srNumbers,
    ...numbers.shortNumbers,
    ...numbers.suspicious.map(({ digits }) => digits),
  ]);
  if (tickets.size === 0) return false;
  const words = tokens.map((token) => (/^\d/.test(token) && !tickets.has(token) ? '<number>' : token));
  if (beginsWith(NUMBERED, words) || (!words.includes('?') && beginsWith(TOLD, words))) return true;
  const { caseSeverity, icmSeverity } = readSeverityTokens(tokens);
  // A case alone may belong to no tracked ICM: the classifier's topic "severity changed" answers that.
  const isSaid = (caseSeverity !== undefined || icmSeverity !== undefined) && numbers.icmNumbers.length > 0;
  return isSaid && beginsWith(CHANGED, words) && !tokens.includes('?');
}

/** In words. Who writes more explains something. */
const LONGEST_COMMAND = 40;

function withoutGreeting(tokens: readonly string[]): readonly string[] {
  const first = tokens.findIndex((token) => !GREETINGS.has(token));
  return first === -1 ? [] : tokens.slice(first);
}

/** Only at the very beginning of the line: further on the words may be a draft or somebody else's. */
function beginsWith(wordings: readonly TokenPattern[], tokens: readonly string[]): boolean {
  return wordings.some((one) => find(one, tokens)?.start === 0);
}

const REMINDER = 'reminder|reminders|followup';
/** Certain as they stand. */
const OF_FOLLOW_UPS = patterns(`
  ${POLITE} snooze
  ${POLITE} cancel|delete|remove|drop|clear|move|reschedule|postpone|shift|list|show|extend|pause ~4 ${REMINDER}|deadlines
  ${POLITE} set|add|create|schedule a|an|another|new? ~1 ${REMINDER}
  ${POLITE} hand|handover|transfer|give|assign|reassign|delegate over? ~2 ${REMINDER}|deadlines
  ${POLITE} stop reminding|pinging|nagging ~1 me
  ${POLITE} remind me|us|channel|team to|that|about|tomorrow|later|again|in|at|on|by|#|${WEEKDAY}
  ^ no more|further? ${REMINDER} needed|please|$
  ^ my ~1 ${REMINDER}|deadlines ?|$
  ^ all? overdue ${REMINDER}|updates? ?|$
  ^ ${REMINDER}|deadlines list|?|$
  ^ update|updates sent|done $
  ^ done , ~3 customer
  ^ i am back $
  ^ quiet hour
`);
/** Certain only with a time or a number behind them. */
const WITH_TIME = patterns(`
  ${POLITE} remind|ping|nudge ~1 me|us|channel|team|@
  ${POLITE} remind
  ${POLITE} followup|chase
  ^ next update|contact|followup|communication|call
  ^ i|we? have? promised ~3 update|call|followup|answer|callback
  ^ i|we? told customer|them ~4 update|back|call
`);
const ASKS = wordSet('what how why which who whose whether if difference mean means rule policy');

export function looksLikeFollowUp(text: string): boolean {
  const tokens = withoutGreeting(normalize(text));
  if (tokens.length > LONGEST_COMMAND || tokens.some((token) => ASKS.has(token))) return false;
  if (beginsWith(OF_FOLLOW_UPS, tokens)) return true;
  return beginsWith(WITH_TIME, tokens) && matches(TIME, tokens);
}
