import { patterns } from './token-pattern.ts';

/**
 * The wordings of questions about the portal and its "Tracked" list, as the documents describe it (F7-F11), and of
 * those to which the documents say nothing.
 */

const ICM = 'icm|icms|incident|incidents|ticket|tickets|one|ones|it|them|this';
const LISTED = 'track|tracked|tracking|watch|watched|watching|follow|followed|following';
const MAIL = 'email|emails|notification|notifications|notified|notify|alert|alerts|alerted|mailed|outlook|inbox';

export const WATCH_OR_SUBSCRIBE = patterns(`
  difference|differ|differs|different|differnce|compare|comparison|distinguish ~6 watch|subscribe|watching|subscribing|track|tracking
  watch|watching|watched ~4 vs|versus|or|and|than|as|= ~4 subscribe|subscribing|subscription|track|tracking
  subscribe|subscribing|subscription ~4 vs|versus|or|and|than|as|= ~4 watch|watching|track|tracking
  track|tracking|bookmark ~2 vs|versus|or ~2 subscribe|subscribing|watch|watching|track
  watch subscribe
  both ~3 subscribe|watch
  what|does|do|will|is|are ~2 watch|subscribe|watching|subscribing|subscription ~1 do|does|mean|means|for|send|sends|put|puts|add|adds|also|give|adding|show|shows|the|get|email
  does|do|will|is ~3 watch|watching|subscribe|subscribing|subscription|tracking ~4 email|emails|list|dashboard|tracked|notify|notification|notifications|notified|alert
  if|when|once|after ~3 watch|watching|subscribe|subscribing ~6 list|dashboard|email|emails|mailed|notify|notified|notification|notifications
  what ~1 happens|happen ~5 watch|subscribe|watching|subscribing
  what is|are|about ~1 watch|subscribe|watching|subscribing $
  subscribe|watch = ~1 email|list|what|?
  should|must|need i ~2 watch|subscribe|watching
  do i need|have ~2 watch|subscribe
  just|only watch|subscribe
  point|purpose|use|meaning|sense|explain|benefit ~3 watch|subscribe|watching|subscribing
  when to watch|subscribe
`);
export const STOP_MAIL = patterns(`
  unsubscribe|unsubscribed|unsubscribing
  stop|disable|cancel|end|mute|reduce|fewer|less|block|silence ~5 ${MAIL}|spam|subscription
  turn|switch|shut ~6 off ~5
  too many|much ~3 ${MAIL}
  no|not ~1 more|longer|want ~3 ${MAIL}
  get rid ~3 ${MAIL}
  ${MAIL} ~2 off
  do not ~1 want ~5 ${MAIL}
  make it stop
  icm spam|spamming|spams
  spam|spamming|spammed|flood|flooded|flooding ~5 inbox|by|from|icm
  inbox ~3 full|flooded
  without ~2 ${MAIL}
`);
/** An email that should come and does not: what to click is known, why it stays away is not. */
export const MAIL_MISSING = patterns(`
  no|not ~4 ${MAIL} ~6 although|though|but|subscribed
  subscribed ~4 no|not|nothing ~4 ${MAIL}
  subscribe|subscribed but ~4 ${MAIL}
  tracked but no ${MAIL}
  ${MAIL} ~4 stopped|spam|junk|missing|broken|delayed|late|land|landing
  why ~3 not ~4 ${MAIL}
  outlook rule|folder
  ${MAIL} ~3 sender|subject|rule
`);
export const MAIL_WANTED = patterns(`
  subscribe|subscribed|subscribing|subscription|subscriptions
  ${MAIL}
  get|receive|keep|stay|want|see|hear|know|find|notice|miss|sure|tell ~8 update|updates|updated|changes|changed|reply|replies|replied|answer|answers|answered|comments|comment|writes|posts|responds|responded|informed|posted
  want|hear|know|notice|told|tell ~8 resolved|closed|fixed|mitigated
  keep|keeps|keeping|stay|stays ~2 posted|updated|informed|up|date|notified
  pg|dev|dri ~3 replied|replies|reply|answer|answers|answered|responds|comments|commented|writes|posts
  heads up
  ^ icm updates|update|changes $
  reply|replies|answers|comments ~3 pg|dev|dri
`);
const CLOSED = 'resolved|closed|finished|completed|mitigated|inactive|historic';
export const RESOLVED_ONES = patterns(`
  ${CLOSED} ~3 icm|icms|incident|incidents|one|ones|tracked|list
  icm|icms|incident|incidents|list|tracked ~5 ${CLOSED}
  view all
  only ~2 open|active|unresolved
  include|including|also|with|and|show|see|find ~2 resolved|closed
  open and resolved|closed
  full list
  query ~5 icm|resolved|tracked|incidents
  query page
  save ~1 query
  tracked query
  icm query
`);
export const FIND = patterns(`
  where|find|finding|locate|search|lookup|look|looking ~8 icm|icms|incident|incidents|list|tracked|dashboard|mine|these|them|ones|view|history|status
  not ~3 find|see|locate ~6 icm|icms|incident|list|tracked|dashboard|mine
  my tracked|list ~3 where|missing|gone|empty|disappeared|vanished
  dashboard
  ^ my tracked
  tracked list|incidents|page|tab|ui|view
  lost|forgot|forgotten|lose|remember ~5 icm|incident|number|it
  get|go|find|come ~2 back ~2 icm|to
  get|go|come|jump ~1 to ~3 icm|list|dashboard|tracked
  icm|incident ~3 gone|disappeared|vanished|missing|lost
  where ~3 icm|incident|page
  which|what ~1 page|tab|view|menu|section ~4 tracked|list|icm
  number forgotten|lost
  overview
  icm|incident search|lookup|history|portal|homepage|page
  not remember ~3 number
  see|view|access|open ~4 all|list|history|earlier|previous ~4 icm|icms|incidents
  do i see|find ~4 icm|icms|incidents
`);

/** What the documents say nothing about. */
export const OPEN_QUESTIONS = patterns(`
  greyed|grayed|grey|gray|disabled|inactive|unavailable|unclickable
  button|option|entry|menu|icon|item|link|choice|track|watch|subscribe ~3 missing|gone|broken|greyed|hidden|absent|error|fails|failing|crashes
  button|option|entry|menu|icon|item|track|tracking|watch|subscribe|dialog ~3 not ~2 there|available|working|work|visible|shown|show|clickable|react|respond|in|have|appear|open|load
  no|missing ~2 track|watch|subscribe|tracking|subscription ~2 button|option|entry|menu|item|link|icon|choice|there|$
  no ~1 button|option|more|menu|entry
  tracking|track ~2 fails|failed|error|nothing|broken
  not ~3 see|find|have|get|show|there ~3 track|watch|subscribe|button|option|menu
  menu has no
  not track|watch|subscribe|add|click|follow
  not ~2 click|select|press|use|choose
  does|do|will|can|is|may ~2 owner|pg|customer|others|dri|everybody|everyone|people ~2 see|know|notice|notified|get
  why ~3 not ~1 i? track|watch|subscribe|add|follow
  why ~4 list empty
  list ~2 empty
  tracked ~4 empty
  permission|permissions|rights|access|allowed|authorized|licence|license
  export|exporting|exported|excel|csv|download|print|printing|pdf|spreadsheet|powerbi|csv|api|automate|script
  manager|managers|lead|leads|leader|boss|director
  team|teams|colleague|someone|somebody|others|teammate ~6 ${LISTED}|icm|icms|list|dashboard|incidents|view|see|notification
  ${LISTED}|icm|list|dashboard|incidents|see ~6 team|teams|colleague|someone|somebody|others|teammate|else|everyone
  share|sharing|shared ~5 list|dashboard|query|tracked|icm
  two|several|more people|persons|engineer
  limit|maximum|max|how many ~4 ${LISTED}|i|can
  mobile|phone|app|android|iphone|ios
  sort|sorting|filter|filtering|column|columns|group ~5
  teams|slack|sms|text|push notification|channel|chat|email
  merged|merge|parent|child|duplicate|transferred|moved
  does|do|will|can|is|may ~3 ${LISTED} ~6 owner|pg|visible|customer|stop|expire|auto|end|private
  can|could|may my|the|a|an|other|others|pg|sme|customer|he|she|they ~3 see
  multiple|bulk ~3 at|${ICM}
  not mine|my|ours
  not ~1 open|opened|create|created|own
  watcher|watchers|behalf
  by ~2 sr|case|customer|title|name|tag
  customer name
  icon|colour|color|star thing
`);
/** How-to lines that name one of the clicks themselves. */
export const CLICKS = patterns(`
  more ~1 menu|button|>
  ^ icm menu
  click|clicks|press|select|choose ~5 track|follow|watch|tracking|follow
  where ~6 more|dots|menu|track|option|button|watch|subscribe|tracking
  three|3 dots
  ^ more
  add tracking
`);
export const ADD_TO_LIST = patterns(`
  tracked list ~4 add
  add|adding|put|putting|pin|save|bookmark|star|favourite ~6 list|dashboard|tracked|icm|incident
`);
export const HOW_TRACK = patterns(`
  ${LISTED}
  bookmark|bookmarks|pin|star|favourite|favorite|favourites|save|monitor|monitoring|handy|eye|watchlist|add|put|list
`);
