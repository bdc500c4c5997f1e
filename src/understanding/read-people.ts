import type { Facts, Requester } from '../playbook/facts.ts';
import {
  findAll,
  isAskedOrConditional,
  isBreak,
  isNegation,
  isSaid,
  patterns,
  wordsAfter,
  wordsBefore,
  type Span,
  wordSet,
} from './token-pattern.ts';

type People = Pick<Facts, 'requestedBy' | 'askedColleagues' | 'askedSmes' | 'smesAvailable'>;

/** What a line says about the people of the ladder: colleagues, SMEs, the product group (F20, F21, F30-F32). */
export function readPeople(tokens: readonly string[]): People {
  const said = {
    requestedBy: readRequester(tokens),
    askedColleagues: readAsked(tokens, ASKED_COLLEAGUES, NOT_ASKED_COLLEAGUES),
    askedSmes: readAsked(tokens, ASKED_SMES, NOT_ASKED_SMES),
    smesAvailable: readAvailable(tokens),
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

// ---- who indicated that an ICM is required ----

const SUBJECTS = new Map<string, Requester>([
  ['sme', 'sme'],
  ['senior-engineer', 'sr-engineer'],
  ['pg', 'product-group'],
]);
const INDICATED = patterns(`
  sme|senior-engineer|pg ~5 said|says|say|told|tells|asked|asks|wants|want|requested|requests|indicated|indicates|recommended|recommends|suggested|suggests|advised|advises|insists|insisted|confirmed|confirms|needs|requires|thinks|agreed|agrees ~7 icm|open|raise|create|file|incident
  sme|senior-engineer|pg ~2 approved|wants|requested|requires ~3 icm
  icm ~2 requested|required|recommended|suggested|advised|wanted|approved by ~2 sme|senior-engineer|pg
  requested|required|recommended|advised|told|asked by ~2 sme|senior-engineer|pg ~4 icm|open|raise|create|file
  told|asked|advised by ~2 sme|senior-engineer|pg to ~2 open|raise|create|file
`);
const NOBODY = patterns(`
  nobody ~2 said|says|asked|requested|indicated|told|wants|suggested|recommended ~6 icm
  nobody|none ~5 sme|pg|senior-engineer ~3 said|asked|requested|indicated|told ~6 icm
`);
/** Between "said" and "icm" these turn the statement into a question, a refusal or a doubt. */
const UNSETTLING = wordSet(`
  if whether why wait maybe might until unless later unnecessary close closed there existing severity sev lower
  downgrade when how who instead owner old link similar status tracked about
`);

function readRequester(tokens: readonly string[]): Requester | undefined {
  if (findAll(NOBODY, tokens).some(({ start }) => !isAskedOrConditional(tokens, start))) return 'none';
  const requesters = new Set<Requester>();
  for (const span of findAll(INDICATED, tokens)) {
    if (!isIndication(tokens, span)) continue;
    for (const token of tokens.slice(span.start, span.end)) {
      const requester = SUBJECTS.get(token);
      if (requester !== undefined) requesters.add(requester);
    }
  }
  return requesters.size === 1 ? [...requesters][0] : undefined;
}

function isIndication(tokens: readonly string[], span: Span): boolean {
  const inside = tokens.slice(span.start, span.end);
  if (inside.some((word) => UNSETTLING.has(word) || isNegation(word))) return false;
  if (isAskedOrConditional(tokens, span.start) || wordsBefore(tokens, span.start, 3).some(isNegation)) return false;
  // "asked sme" or "customer told pg": there the SME is the one who is told.
  if (SUBJECTS.has(inside[0] ?? '') && wordsBefore(tokens, span.start, 2).some((word) => ASKING_VERBS.has(word)))
    return false;
  const after = wordsAfter(tokens, span.end, 5);
  if (after.some(isNegation) || after.includes('unnecessary')) return false;
  const [first] = after;
  return first !== 'owner' && first !== 'sev' && first !== 'number';
}

const ASKING_VERBS = wordSet(`
  asked ask asking pinged told contacted emailed with to asks messaged before without need no if
`);

// ---- who was asked ----

const ASKED_COLLEAGUES = patterns(`
  asked|pinged|consulted|messaged|tried|contacted ~3 colleague|team|swarm|everyone
  checked|talked|spoke|spoken|discussed|reached|discuss ~1 with|to|out ~3 colleague|team
  posted|asked|wrote ~4 teams? ~1 channel|chat|swarm
  colleague ~2 not ~2 know|help|sure
  colleague ~2 know|have|has|had no|neither
  colleague ~1 could not ~1 help
  colleague ~1 no idea|clue
  colleague ~2 said|says|think|thinks|suggested|answered|replied
  nobody ~1 answered|answers|replied|responded|knows|knew|reacted ~5 channel|chat|swarm
  no ~1 answer|reply|response|reaction ~3 colleague|channel|swarm|team|chat
`);
const NOT_ASKED_COLLEAGUES = patterns(`
  not ~2 asked|consulted|pinged|contacted|posted|talked|ask ~4 colleague|channel|swarm
  never asked ~3 colleague
`);
const ASKED_SMES = patterns(`
  asked|pinged|consulted|messaged|contacted|emailed|tried ~3 sme
  checked|talked|spoke|spoken|discussed|reached ~1 with|to|out ~3 sme
  posted|asked ~4 sme channel
  sme ~1 said|says|told|thinks|confirmed|answered|replied|suggested|recommended|advised|agreed|agrees|disagrees|decided|reviewed|approved
  sme|smes ~2 not ~2 know|help|sure
  sme do|does|did not ~1 know|help
  sme ~1 no idea|clue
  nobody ~1 answered|replied|responded ~5 sme channel
  no ~1 answer|reply|response ~3 sme
  sme ~1 has|have|did? not ~1 answered|replied|responded|reply|answer|respond
  suggested|recommended|advised by ~2 sme
`);
const NOT_ASKED_SMES = patterns(`
  not ~2 asked|consulted|pinged|contacted|talked|ask ~4 sme
  never asked ~3 sme
`);
/** These channels are not the colleagues' one: SMEs and the product group sit there. */
const OTHER_CHANNELS = new Set(['sme', 'collab', 'pg', 'css', 'av']);

function readAsked(
  tokens: readonly string[],
  asked: ReturnType<typeof patterns>,
  notAsked: ReturnType<typeof patterns>,
): boolean | undefined {
  const no = findAll(notAsked, tokens).some(
    ({ start, end }) => !isAskedOrConditional(tokens, start) && isOwnChannel(tokens, start, end, notAsked),
  );
  const yes = findAll(asked, tokens).some(
    ({ start, end }) => isAskedThen(tokens, start) && isOwnChannel(tokens, start, end, asked),
  );
  return no === yes ? undefined : yes;
}

function isOwnChannel(
  tokens: readonly string[],
  start: number,
  end: number,
  which: ReturnType<typeof patterns>,
): boolean {
  if (which !== ASKED_COLLEAGUES && which !== NOT_ASKED_COLLEAGUES) return true;
  const span = tokens.slice(start, end);
  return !span.some((word) => OTHER_CHANNELS.has(word));
}

/** Done, not planned, asked about or denied. */
function isAskedThen(tokens: readonly string[], start: number): boolean {
  if (isAskedOrConditional(tokens, start)) return false;
  const before = wordsBefore(tokens, start, 12);
  return !before.slice(0, 3).some(isNegation) && !before.some((word) => PLANNED.has(word));
}

const PLANNED = wordSet(`
  should shall must will if whether before until unless could would when need may
`);

// ---- can SMEs be reached ----

const AWAY = patterns(`
  sme ~4 out|away|unavailable|off|ooo|offline|unreachable|gone|asleep|sleeping|leave|sick|holiday|holidays|vacation|absent
  sme ~2 not ~2 available|around|online|reachable|here|reached|in
  no sme ~2 available|around|online|reachable|here|awake|on
  not ~1 reach|find|get ~3 sme
  sme ~2 nobody|none ~2 available|around|online
  none ~2 sme ~2 available|around|online|here
`);
const THERE = patterns(`
  sme is|are ~1 available|online|around|here|back|reachable
  sme available|online $
`);

function readAvailable(tokens: readonly string[]): boolean | undefined {
  const away = findAll(AWAY, tokens).some((span) => isSaidOfSmes(tokens, span));
  const there = findAll(THERE, tokens).some(({ start }) => isSaid(tokens, start));
  return away === there ? undefined : there;
}

function isSaidOfSmes(tokens: readonly string[], { start, end }: Span): boolean {
  const span = tokens.slice(start, end);
  // "the SME I asked is out of ideas", "ruled out", "sme said to leave it": another verb in between changes it.
  if (span[0] !== 'not' && span.slice(1, -1).some((word) => OTHER_VERBS.has(word))) return false;
  const last = tokens[end - 1];
  if ((last === 'out' || last === 'off') && OUT_OF.has(tokens[end] ?? '')) return false;
  if (last === 'leave' && isBreak(tokens[end]) === false && !LEAVE_OK.has(tokens[end] ?? '')) return false;
  return !isAskedOrConditional(tokens, start);
}

const OTHER_VERBS = wordSet(`
  said says told tells ruled asked to find figure figured reach sign signs wants if when check turned can should
  found
`);
const OUT_OF = wordSet(`
  of that if how what on the a
`);
const LEAVE_OK = wordSet(`
  today this until till now right all for so and can who do what tomorrow
`);
