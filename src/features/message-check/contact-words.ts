import { wordSet } from '../../understanding/token-pattern.ts';
import type { Clause } from './clauses.ts';
import type { TimeMention } from './time-mentions.ts';

export const LEADING = wordSet('and then so , also therefore');

export const FINITE = wordSet(`
  will is are was were has have had can could should would may might must am do does did be been starts runs works
`);

export const namesContact = ({ kind, isPast }: TimeMention): boolean =>
  !isPast && (kind === 'exact' || kind === 'cadence');

export const FIRST = wordSet('i we');

/** Verbs that are contact by themselves. */
export const VERBS = wordSet(`
  write writing msg chat chatting mail mailing email emailing e-mail e-mailing message messaging ping pinging phone phoning ring ringing
  call calling text update updating inform informing tell telling notify notifying report reporting respond responding
  reply replying answer answering share sharing send sending post posting show showing present presenting discuss
  discussing speak speaking talk talking meet meeting join joining brief briefing contact contacting summarise
  summarize summarising provide providing publish publishing communicate deliver return forward confirm explain invite
  comment advise issue check announce revert sync recap circulate relay say supply submit hear
`);

/** Verbs that are contact with one of the words behind them. */
export const VERBS_WITH: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    'get getting': 'touch back you news hold',
    'come coming': 'back you',
    'am are': 'touch contact phone',
    'be being': 'touch back contact calling writing sending with online you reachable there on',
    'give giving': 'update status news feedback call report information ring answer heads',
    'let letting': 'you know everybody everyone all',
    'keep keeping': 'you posted informed loop updated everyone all',
    'follow following': 'up follow-up',
    'follow-up followup': '',
    'reach reaching': 'out you',
    checking: 'in back you',
    'walk walking': 'you through',
    'go going': 'through over',
    'set setting': 'call meeting session reminder up',
    'have having':
      'call update news answer meeting session result results summary status more feedback information word report comments you findings',
    'look looking': 'you together back comment',
    'review reviewing': 'together you',
    'touch touching': 'base',
    'circle circling': 'back',
    'catch catching': 'up',
    'sum summing': 'up',
    'drop dropping': 'you line note',
    'make making': 'contact call update',
    turn: 'back',
    'arrange schedule book organise organize plan': 'call meeting session appointment slot touchpoint check-in',
    pick: 'up you',
    'see seeing': 'you each',
    connect: '',
    take: 'contact stock you up',
    repeat: 'update',
    pass: 'on you along',
    shoot: 'you mail email note',
    hand: 'you over',
    bring: 'you',
  }).flatMap(([verbs, words]) => verbs.split(' ').map((verb) => [verb, wordSet(words)] as const)),
);

export const NOUNS = wordSet(`
  update updates mail email e-mail message messages call note reply answer contact news status report summary check-in
  checkin sync meeting session touchpoint bulletin communication follow-up followup conversation appointment feedback
  word letter response one review rca talk teams-call phone-call briefing recap touch-point notice information
`);

/** In front of a noun they make it the next one. */
export const NEXT = wordSet(`
  next my our another further following new daily hourly regular first follow-up expect expected more written short
  full final upcoming scheduled planned weekly periodic status detailed complete root brief
`);

/** Not these behind "be": "will be sent". */
export const PAST = wordSet(`
  was were sent had went came showed said wrote called spoke talked discussed met told gave shared received got
  mentioned asked posted
`);

export const DOCUMENTS = wordSet('rca report summary analysis findings review results document pir write-up writeup');

/** Doing these at a time is a promise to restore, no contact. */
export const MENDS = wordSet(`
  fix fixed fixing resolve resolved restore restored repair repaired solve solved recover mitigate restart restarting
  deploy deployed deploying running release roll rolling reset switch move start stop apply
`);

export const isInTime = (clause: Clause, at: number): boolean =>
  clause.times.some(({ from, to }) => at >= from && at < to);

export const THINKS = wordSet('know think see understand believe hope thank wish need ask were was did');

export function isContactVerb(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  if (VERBS.has(word)) return true;
  const needed = VERBS_WITH.get(word);
  if (needed === undefined) return false;
  return needed.size === 0 || needed.has('') || words.slice(at + 1, at + 7).some((next) => needed.has(next));
}

export function isNegated(words: readonly string[], at: number): boolean {
  return ['not', 'never', 'nor'].includes(words[at] ?? '');
}
