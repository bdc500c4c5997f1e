import { CUSTOMER, KEPT, NOUN, WEEKDAY, ZONE } from './follow-up-words.ts';
import { patterns, type TokenPattern } from './token-pattern.ts';

/**
 * The wordings of what people ask about follow-ups, one table per kind. Which table goes first when two fit is
 * decided in `read-follow-up.ts`.
 */

/** "1h" and "next tuesday" are times; what time they mean is read elsewhere. */
export const TIME = patterns(`
  #
  ${WEEKDAY}|tomorrow|today|tonight|noon|midnight|eod|eow|cob|morning|afternoon|evening|lunch|hour|minute|half|night
  day|days|week|month|hourly|daily|weekly|soon|later|mornin|eom|weekend|yesterday
  january|february|march|april|june|july|august|september|october|november|december|jan|feb|apr|jun|jul|aug|sep|sept|oct|nov|dec
  end of
`);

export const UNDO = patterns(`
  undo
  oops ~4 pressed|clicked|hit|button|snoozed|done|wrong
  accidentally|mistakenly|wrongly ~4 pressed|clicked|hit|snoozed|cancelled|marked|closed|deleted
  pressed|clicked|hit|snoozed|cancelled|marked|deleted ~5 mistake|accident|accidentally|mistakenly|wrongly
  wrong|wrongly button|pressed|clicked
  not ~1 mean|meant to ~2 press|click|snooze|cancel|mark|delete
`);

/** About the bot's own reminders; nothing is to be set or changed. */
export const ABOUT = patterns(`
  why ~4 no ~1 ${KEPT}
  why ~1 not ~3 remind|ping|get|receive|come|${KEPT}
  got|had|received|get|have no ~1 ${KEPT}
  you reminded|pinged me ~4 , why
  did i ~2 get|receive|miss ~1 a|any|my|your reminder|reminders|ping
  why ~6 ${KEPT}|remind|reminded|pinged|pinging|nagging|reminding
  how early|long|far|soon|late|much|often ~3 you ~2 remind|warn|ping|nag|notify|alert
  how ~4 ${KEPT}|snooze work|works
  did|do|does|will|have ~1 you ~2 remind|reminded|ping|pinged|warn
  when|what do|will|would|did you ~1 remind|ping|warn
  you reminded|remind|pinged|ping me ~6 twice|why|often|late|early|times|again
  you remind|ping|nag me too
  too many ${KEPT}
  did|does|do|has|have|will|was ~3 ${KEPT} ~2 fire|fired|come|came|go|work|working|sent|arrive|arrived
  no ${KEPT} came|come|arrived|today
  ${KEPT} ~1 not ~1 come|came|arrive|arrived|fire|fired|work
  ${KEPT} ~2 too late|early
  ${KEPT} came|come|fired ~2 late|early|twice
  got|received # ${KEPT}
  test ~2 ${KEPT}
  ${KEPT} settings|setting
  can you set ~1 recurring
  what ~1 reminders do you
`);

/** "remind me ..." and its like. */
export const REMIND = patterns(`
  remind
  reminding ~1 me|us
  ping|nudge|poke|wake|alert|buzz|nag|notify|tell|mention|warn ~1 me|us|channel|team|thread|everyone|group|lead|@
  post ~3 channel|thread|team
  ping|nudge ~3 at|in|tomorrow|when|${WEEKDAY} ~2 #
  ask me ~2 at|tomorrow|in
  set|create|add|make|schedule|new|plan ~3 reminder|followup|alarm|callback
  schedule|plan ~3 update|updates|contact|call
  need|want a|another|one reminder|followup
  not let me ~1 forget|miss
  not|never ~3 forget
`);

export const SNOOZE_SAID = patterns(`
  snooze|snoozed|snoozing
`);
export const SNOOZE = patterns(`
  remind|ping|ask|nudge me|us ~4 later|again
  remind|ping|nudge later|again
  come back ~1 in|at|later|after
  ^ busy
  in a bit|while|moment|sec
  ^ later|again
  not now
  later ~1 please|$
  another|more # ~1 minute|hour
  another ~2 minute|minutes|hour|hours|day|while
  # more minute|hour|day
  give|gimme|need ~1 more|another
  give me # ~1 minute|hour
  give me ~4 more
  more time
  a bit|little later
  leave me ~1 alone
  hold on|off ~3 ${KEPT}
  put it|this off
`);

const OFTEN = 'often|frequently|frequent|regularly|regular';
export const HOW_OFTEN = patterns(`
  how ${OFTEN}
  how many ~1 update|updates|times|emails|calls
  how long|much ~3 between|until|before|pass ~4 ${NOUN}|contact|email|customer
  how long ~6 without ~3 ${NOUN}|contact|email|news
  how many hour|day|minute ~3 between|without|pass|until
  frequency|cadence|interval|intervals|rhythm
  max|maximum|longest|min|minimum|time|gap|hour|day ~3 between|without ~3 update|updates|contact|communication|email
  do|must|should|shall|need|have ~1 i|we ~9 every|daily|hourly|weekly|regularly
  every|each # ~1 hour|minute|day ?
  hourly|daily|weekly|twice ~4 ?|ok|enough|sufficient|fine|sufficient
  hourly|daily|weekly update|updates ~3 for|in|during
  is|are|do|does|would ~2 # ~3 per|a|every|each day|hour|week ~2 ok|enough|fine|sufficient
  enough|sufficient ~6 once|twice|daily|hourly|weekly|every|per
  is|are|would ~2 daily|hourly|weekly|one|two|once|twice ~5 ok|enough|fine|sufficient
  once|twice ~1 per|a|every day|hour|week ~3 ok|enough|fine|sufficient
  customer ~1 expects|expect|wants|want|asks|asked|demands|requests|requested|needs|insists ~6 every|hourly|daily|weekly|twice|often|each|regular
  customer ~1 expects|wants|asks|asked|demands|needs ~2 updates
  when|what ~1 should|must|shall|need|needs ~3 next|first|an|the ~3 ${NOUN}|contact|email|message|call
  when|what ~1 should|must|shall|need ~2 i|we|you ~2 next? update|contact|call|email|write|inform|tell ~4 next|again|customer
  when should|must|shall|do ~3 contact|update|inform|call ~4 next|again
  when should|must|shall ~2 update|inform|contact|call|email|write ~1 ${CUSTOMER}
  when do|does|would customer ~1 need|expect|want
  how soon|late ~3 update|updates|contact|call|inform|email
  when to ~2 update|updates|contact|call|inform|write|send|post
  when is|are the|a ~3 ${NOUN} ~1 supposed|meant|expected
  when should|must|shall ~2 customer
  update|updates|communication ~1 rule|rules|policy|standard|schedule ~2 ?|for
  rule|rules|policy|guidance ~2 for|on|about ~2 updates|update
  weekend updates
  updates ~1 needed|required|due ~3 weekend|weekends
`);

const TOLD =
  'sent|send|updated|informed|notified|briefed|emailed|mailed|called|rang|phoned|texted|wrote|written|answered|replied|contacted|messaged|pinged|spoke|spoken|talked|delivered|told';
/** At the very beginning of a line: whatever else follows, the update was sent. */
export const DONE_FIRST = patterns(`
  ^ ok|yes|okay|yeah|and|so? i|we? have? just|already? done|finished|completed|sent|sorted $
  ^ ok|yes|okay|and|so? all? done|finished|completed|sorted|sent ~1 with|by|now|it|this|that|thanks|please|already|today|yesterday|#|for|at
  ^ ok|yes? i|we? have? just|already? ${TOLD} ~2 ${CUSTOMER}|update|email|it|reply|already|to
  ^ already ~1 ${TOLD}|done|did
  ^ did ~1 it|that|already
`);
export const DONE = patterns(`
  i|we ~2 ${TOLD} ~3 ${CUSTOMER}|update|updates|email|emails|it|reply|message|out|already|now|contoso|fabrikam|northwind
  ${TOLD} ~1 ${CUSTOMER}|contoso|fabrikam|northwind
  customer ~2 updated|informed|notified|answered|called|contacted|emailed|knows|briefed|told
  update|updates|email|message|reply|answer|mail|communication|status ~2 sent|posted|delivered|done|gone
  update|email|message|reply|answer|communication ~1 went|is|was|has out|gone
  update|email|reply is? out
  sent|posted|delivered ~3 update|updates|email|message|reply|answer|communication|it|status
  customer ~2 got|has|received ~2 update|email|answer|reply|message|news
  had ~3 call|meeting|chat|conversation|talk ~1 with
  ^ all sent|done|finished|set|good|clear
  already done|sent|did|replied|answered|called|handled|informed
  just sent|done|replied|called|posted|informed
  is|was|all|it|that ~1 done $
  last|final update ~1 sent|done|out
  mark ~3 done|complete|completed|sent
`);

export const CANCEL_SAID = patterns(`
  cancel|cancels|cancelled|canceled|cancelling|canceling|delete|scrap|discard|dismiss|erase
  remove|drop|clear|kill|stop|forget|end|disable|close|ditch|skip|withdraw ~3 ${NOUN}|it|that|this|them|all|everything|#|nagging
  remove|drop|clear|kill|stop|forget|skip $
  no|not|none ~3 needed|necessary|required|wanted|relevant
  no ~2 need ~3 ${NOUN}|remind|ping|update|follow|contact|chase
  not ~2 need|want|require ~4 ${NOUN}
  no more|further|next|other ~2 ${NOUN}
  no ${KEPT}|update|updates ~3 more|longer|any|anymore|necessary|needed|due|for
  no ${KEPT} $
  not remind|ping|nag|chase
  stop reminding|pinging|nagging|bugging|bothering|chasing|asking
  stop|end ~1 remind|ping
  turn|switch|shut ~2 off
  ${KEPT} off
  not need|have to ~2 remind|update|chase
  nothing ~2 due|owed|update
  last|final update
  nvm|nevermind
  never mind
`);

export const MOVE = patterns(`
  move|moved|reschedule|rescheduled|shift|postpone|postponed|delay|delayed|extend|extended|defer|prepone|adjust
  push|pushed|bring|pull|put ~6 to|back|by|out|until|till|forward|after|on|later|earlier|in|#
  push|bring|pull ~3 followup|reminder|deadline|it|everything|all
  change|changed|correct|edit|modify|update|set|switch ~6 ${KEPT}|time|it|one ~3 to|from|#
  change|edit|modify|correct ~3 ${KEPT}|time|it|to
  make it|this|that|them ~3 #|instead|tomorrow|noon|later|earlier|${WEEKDAY}
  instead of
  rather at|than
  earlier|sooner please|,
  ^ no ,? ~1 # ~3 not
  not # ~2 #
  am|# not pm|#
  i ~1 meant|mean ~2 #|tomorrow|noon|am|pm|next|${WEEKDAY}
  wrong ~1 time|day|date|hour
  it ~1 should ~1 be|have ~2 #|tomorrow|noon|${WEEKDAY}|am|pm
  no|sorry|actually , ~1 #|tomorrow|noon|${WEEKDAY} ~3 not|instead
  can|could we|you|i ~1 do|say ~2 # ~3 instead
  skip mondays|tuesdays|wednesdays|thursdays|fridays
  customer ~1 only ~5 ${WEEKDAY}
  new|another|different|other|better day|date|time|slot
  # ~1 not ~2 work
  not|no today|tomorrow , ~2 ${WEEKDAY}|tomorrow
`);

export const OVERDUE = patterns(`
  overdue
  over due
  past due|deadline
  late $
  am|are|is|be|i|running|anything|anyone|who|which|what|we|someone|any ~4 late|behind
  late updates|followup|ones|list
  what|which ~3 late
  missed|forgot|forgotten|slipped|lapsed|neglected
  miss|forget ~3 ${NOUN}|any|anything|anyone|anybody|one|it|somebody|someone
  which|what|who ~6 miss|missed|forget|forgot
  broke|broken ~2 promise|promises
  promise|promises ~3 broke|broken|missed|late
  not ~2 updated|contacted|heard ~5 time|days|day|hours|hour
  not|without ~2 heard ~3 me|us
  nobody|never updated|contacted
`);

export const LIST = patterns(`
  list|show|see|view|display|overview|digest|summary|agenda
  what|which|when|any|anything|anyone|whose|everything ~5 due|owe|owed|promise|promised|promises|committed|commit
  what|which|any|how ~2 many? ~2 ${NOUN} ~3 ?|today|tomorrow|open|have|are|is|left|set|pending|due|this|exist
  any|open|pending|upcoming|outstanding|active ~2 ${NOUN}
  how much|long ~8 my ~2 ${NOUN}
  when is customer ~2 expecting|waiting
  which|what|who ~1 customer ~4 waiting|update|call|hear|reply|answer
  ^ followup ~4 ?
  when do i ~4 again
  when do|must|have|need i ~3 update|contact|call|email|write ~2 customer
  ^ reminders|deadlines|promises|followups
  ^ ${KEPT} ?
  ^ next ~3 ${NOUN}|touch|contact ~5 ?
  ^ deadline ~5 ?
  ^ daily|weekly digest|list|overview
  when|what ~1 time? ~1 is|are|was ~2 my|the|next|our ~4 ${NOUN}|contact|call
  when|what ~1 is|are|was ~1 ${NOUN}|followup
  when do|must|need|have|should|will i ~3 next? update|contact|call|write|followup|get|reply|inform ~6 next
  when do|did i ~4 update|contact|call|write|followup|reply|inform|answer
  when|what time ~4 next ${NOUN}|contact|call
  what is next
  what is ~1 on my
  what ~1 do i have ~1 to
  next ~1 ${NOUN}|contact ~3 ?
  next ${KEPT} $
  who is next
  my ~3 ${NOUN} $
  ^ my ~3 ${NOUN} ~3 today|tomorrow|this|for|please
  ^ all|team|our ~3 ${NOUN}
  team ~1 ${NOUN}
  ${NOUN} ~2 of|from|for ~1 team|everyone|everybody|others|all
  ${NOUN} list|overview|status|summary
  did i ~4 send|sent|update|call|promise|write|commit|reply
  have|has ~1 i|anybody|anyone|we ~3 sent|updated|called|replied
`);
/** "due" asks what is due, unless a time follows: "update due at 6" promises. */
export const DUE = patterns(`
  due
`);
export const DUE_AT = patterns(`
  ${NOUN} ~3 due ~1 at|by|on|tomorrow|today|tonight|in|friday|monday|noon|#|${WEEKDAY}
  ${NOUN}|customer ~3 due ~1 #
`);

/** A time given for an update: the zone in such a line belongs to the time. */
export const TIMED_UPDATE = patterns(`
  update|followup|contact|call|promised|promise|told ~4 at|by|# ~1 #|${ZONE}
  update|followup|contact|call|promised|promise ~2 #
`);

/** What a promise, a plan to write or a bare wish for a reminder sounds like. */
export const SET = patterns(`
  ${NOUN}|contact|call|chase|chasing|check|ping|nudge|reminder|owe
  promised|promise|promissed|committed|commit|told|said|agreed|assured
  expects|expecting|waiting|wait
  write|email|mail|send|answer|reply|inform|respond|get back
  set|schedule|plan
`);

export const OF_TEAM = patterns(`
  who|whose|anyone|anybody|everyone|everybody|somebody|someone|team|teams|channel|colleague|others
  all ~1 engineer
`);
export const TO_CHANNEL = patterns(`
  remind|ping|tell|notify|alert|nudge|mention|post|poke|warn ~4 channel|team|everyone|everybody|group|thread|all|us
`);

export type Wordings = readonly TokenPattern[];
