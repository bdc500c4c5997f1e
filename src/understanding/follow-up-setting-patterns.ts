import { KEPT, NOUN, REST, WEEKDAY, ZONE } from './follow-up-words.ts';
import { patterns } from './token-pattern.ts';

/** The wordings about an engineer's time zone, hours and absence. */

export const ZONE_SAID = patterns(`
  time zone|zones
  timezone|timezones|tz|zone|dst
  daylight saving|savings|time
  local time
  use|show|switch|set ~3 ${ZONE}
  ^ in ${ZONE}
  is|are that|this|it|these|those|times ~1 in? ${ZONE}
  times ~1 in ${ZONE}
  ^ ${ZONE} please? $
`);
/** Before the name of a place. */
export const LIVES_IN = patterns(`
  i am|live|work|sit|moved|relocated|am|flew ~1 now|working|based|located|living|travelling|sitting? in|to|from
  based|located|working|living in|from|out
  ^ moved|relocated|moving to
  my place|location|city|country is
`);

export const HOURS = patterns(`
  quiet ~1 hour|time|period
  working|work|office|business|duty ~1 hour|day|days|times
  my hour|shift|shifts
  ^ i ~1 start|begin|finish|stop ~2 #
  do not|dnd ~1 disturb
  dnd|dndmode
  not|no|never|stop ~1 ping|pings|pinging|disturb|remind|reminding|reminders|reminder|notifications|notification|message|messages|messaging|call|bother|notify|alert|alerts|anything|write ~5 ${REST}
  not|no|never|stop ~1 ping|pings|pinging|disturb|remind|reminders|reminder|notification|message|bother|notify|alert|alerts|anything ~3 after|before|past|between|from|until ~2 #
  not|no|never|stop ~2 send|sending|want|get|give|need ~4 reminders|reminder|pings|notifications|messages|message|notification|anything ~3 ${REST}
  ^ not ~1 at|on|before|after|during ~2 ${REST}|#
  ^ no ${REST}
  ${REST} ~2 off|free|excluded
  not work|working ~3 ${REST}|friday|fridays|#
  i work|am|start|finish ~2 from # to|until|till|- #
  i work # to|until|till #
  only ~1 ping|remind|notify ~5 between|during|weekdays|hour
  mute|mutes|muted|unmute|silence|silent|silenced|sleep mode
  mute|muted|unmute|silence
  sleep mode
  quiet mode|please|until
  pause|resume|unpause ~3 ${NOUN}
  turn|switch ~1 on|back ~2 reminders
  turn|switch ~3 back on
`);

export const BACK = patterns(`
  i|we am|are? ~1 back $|again|from|now|today|online
  i|we am|are? ~1 back at|in|to work|office|desk|town|duty
  ^ back from|again|online|now
  ^ back at|in ~1 work|office|desk|town
  ^ back $
  i|we have? returned
  returned|back from ~2 leave|vacation|holiday|holidays|pto|sick|trip
`);

const GONE = 'leave|vacation|vacations|holiday|holidays|pto|ooo|oof|sick|away|travelling|traveling|absent|sabbatical';
export const AWAY = patterns(`
  i|we am|are|will|was|be|have|take|taking|going|feel|got ~4 ${GONE}|unavailable
  i|we am|are|will ~2 off|out|offline today|tomorrow|next|until|till|on|from|for|this|of|sick|${WEEKDAY}|$
  ooo|oof|pto
  out of office
  ^ on|taking|going ~2 ${GONE}
  ^ ${GONE} from|until|till|next|tomorrow|on|today|this|#
  ^ off ~1 today|tomorrow|sick|next|until|${WEEKDAY}
  backup|delegate|deputy|standin|substitute|replacement
  who ~2 covers|cover|takes|take|gets|get|covering|replaces|handles ~3 ${NOUN}|me|my|for|over|while
  cover|covers|covering ~1 for|my|me
  take|takes|taking|took ~1 over ~4 ${NOUN}|from|for|while|my
  takes|gets|has|have|get|take|inherits my|the|all|these|over ~2 ${NOUN}
  on my behalf
  instead of me
  hand|hands|handing ~1 over ~4 ${NOUN}
  handover ~3 ${NOUN}
  delegate|delegates|delegating
`);
/** With these words followups go to somebody; whether to a person or to a time, the word after "to" tells. */
export const HANDS = patterns(`
  pass ~1 my|the|all|these|it|them|on ~4 to
  hand|give|transfer|assign|reassign|forward|move|switch|send|route|handing ~6 ${KEPT}|updates|it|all|everything|them ~4 to
  hand|give|assign|reassign|transfer ~3 my|the|all|these ~2 ${KEPT}
`);
