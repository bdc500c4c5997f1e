/**
 * The team's words: abbreviations, synonyms, and the words worth recognising when mistyped.
 *
 * Everything is a Map or a Set: `constructor` or `__proto__` typed by a person must be plain data.
 */

/** `concept: spellings`. A spelling is one word as it leaves the scanner: lower case, no apostrophe, no hyphen. */
const SPELLINGS = `
icm: icms cri cris imc icmm iicm icn incidentticket
customer: customers cx cxs cust custs client clients cstmr cstmrs
case: cases sr srs
sev: severity sevs severities svrty sevrty svr sv seve sevr
pg: pgs
sme: smes
em: ems
pm: pms
asc: ascs
su: sus
rca: rcas
tsg: tsgs
dri: dris
sla: slas slaa slaas
csat: csats dsat
postmortem: postmortems pir
rootcause: rootcauses
outage: outages
followup: followups fup fups
should: shd shld shud shoud sould
please: pls plz plss pleas plse
thanks: thx thnx tnx tks thank tysm ty thankyou thankz
you: u ya yu
your: ur yours
are: r
what: wat wht wot
how: hw
about: abt
before: b4
because: cuz bc coz bcoz
with: w wth
without: wo
tomorrow: tmrw tmr tmw tmrrw 2moro tomo
tonight: 2nite
minute: minutes min mins mnts
hour: hours hr hrs h
day: days
week: weeks wk wks
message: messages msg msgs mesg
update: upd updt
request: req reqs reqst requests
priority: prio prios priorities
difference: diff differences
between: btwn btw8
manager: mgr mgrs managers
engineer: engineers eng engr engrs engg
developer: developers dev devs
meeting: mtg mtgs meetings
documentation: doc docs documentations
communication: comms comm communications
account: acct accounts
subscription: subscriptions subs subscriptionid subid
notification: notif notifs notifications
information: info
escalation: escalations esc escln
escalate: escl
environment: env
production: prod
mitigated: mitig
resolved: resolvd rslvd
troubleshoot: tshoot
appointment: appt
approval: approvals apprvl
number: nr num numbers
investigation: investigations
increase: increses
email: emails mail mails
retrospective: retro retros retrospectives
gameday: gamedays
dont: dnt
yes: yep yeah yup ya
no: nope nah
hello: hi hey hii hiya heya helo hola yo
ok: okay k okey kk okk
question: questions ques
someone: smone somone
nobody: noone
probably: prob probs prolly
reproduce: repro repros
reproduced: reprod reproed
colleague: colleagues coworker coworkers teammate teammates peer peers
maybe: mayb
often: offen ofen oftn
updated: updatd updtd
`;

/** `concept: wordings`, wordings separated by `|`, each of two or more words after the spellings are applied. */
const WORDINGS = `
icm: incident ticket|incident tickets|icm ticket|icm tickets|icm incident|icm incidents
case: support request|support case|support ticket|service request|service desk case|service desk ticket|customer ticket|customer case
pg: product group|product groups|product team|product teams|product engineering|product engineer|pg team|pg engineer|pg member
sme: subject matter expert|subject matter experts
em: engineer manager|engineering manager|engineering managers
pm: product manager|product managers|program manager
asc: azure support center|azure support centre|support center
su: streaming unit|streaming units|stream unit|stream units
rca: root cause analysis|root cause analyses
rootcause: root cause|root causes
tsg: troubleshooting guide|troubleshooting guides|troubleshoot guide
sla: service level agreement|service level agreements
csat: customer satisfaction|c sat
postmortem: post mortem|post mortems|post incident review|after action review
followup: follow up|follow ups|f u
gameday: game day|game days
oncall: on call
workaround: work around
readiness: incident ready
rejected: turned down|knocked back
asap: as soon as possible
nobody: no one|no body
senior-engineer: senior engineer|case engineer|sr engineer|senior engineers
by-design: by design
`;

/** Words that are put right when one or two letters are wrong, apart from the ones above. */
const WORDS = `
about above accept access accidentally according action active actual actually added adding address advance advice
affected affects after again against agree agreed agreement alert alerts allowed almost already also always amount
analysis analytics angry another answer answered answers anybody anyone anything appropriate approve approved approver
approves approval asked asking assign assigned assignment attach attached attend attendees automatic automatically available
avoid aware azure back backend backlog backup basic because become been before being best better between blame blameless
blaming bookmark both bounce breach breached bridge bring broke broken bumped business busy button buttons bypass calendar
call called calling calls cancel cancelled capture captured caused change changed changes changing channel chase check checked
checking checklist clear clicked close closed closing colleague colleagues collect command commander commands comment
comments commit committed communicate communicating communications company complain complaining complaint complete completed
component concerned condition conditions conference confident confirm confirmed confirms connection consent consented
consider contact contacts contain content conversation conversations copied copy correct could count counts create
created creating creation criteria critical current currently customer dashboard data deadline deadlines debrief decide
decided decides decision decline declined default define defined definition degraded delay delete deploy deployment describe
description design desk detail details determine determining developer dialog difference different direct directly disappointed
disaster disasters discuss dismiss dispute document documented does doing done down downgrade downgraded draft drill drills dropped
duplicate during early earlier email emails employee enable encourage ended engage engineer engineering enough entry
escalate escalated escalating escalation escalations estimate estimated evening evidence exact exactly example examples exception
exercise exhausted existing exit expect expected expects expert explain export extend external extra fake feature features
feedback field fields file filed filing filled final finalize finding findings finish finished first fixed fixing follow followed
following followup followups forgot format forward forwarded found frequency frequently frustrated fully function functionality
general generate getting give given goes going good greyed group guide guideline guidelines handle handled handling handover
happened happens happy head heading hello help hide high history holding hour hours identify immediately impact impacted impacting
important improve improvement incident incidents include included including incorrect increase increased increases inform
information informed informs initial inside install instead instructions intake internal invite inviting investigate investigated
investigating investigation involve involved involvement involving issue issues items join joined joining justified
justification keep kind know known label language last late later leader leadership leads learn learned leave left less lessons
level levels likely limit limited limits link links list lists livesite location locate logs longer loop looped looping lower lowered
lowering lowest made main major making manage manager managers manual mark marked matter maximum mean meaning means medium meeting
member members mention mentioned menu message messages minute minutes mismatch missed missing mistake mitigate mitigated mitigation
mock moderate monitor month morning move moved moving much multiple name names needed needs never next nobody normal
note notes notice notified notifications notify number numbers occurred offer office official often once only open opened opening
operations opinion option options order other others outage outages outside overdue owner owners ownership page paging participants
pause paused peers pending people percentage performance permission person phone phrase pick picked piece ping pinged pinging
place plan planning platform please point policy portal possible post postmortem postmortems postpone practice
preferences prepare prevent previous prior priorities priority private probably problem problems procedure process product production
progress promise promised promising proper proposed provide provided publish published purpose question questions queue quick
quiet quota quotas raise raised raising rating read readiness ready really reason reasoning reasons receive received recent
recommended record recorded recording records recover reduce reduced refuse refused region regional regions regression
reject rejected rejection related release remind reminder reminders reminding remove removed removing reopen reopened repeat
reply report reported reporting repro reproduce request requested requesting requests required requirement
requirements requires reschedule resolution resolve resolved resolving respond responder responders response responsibilities
responsibility responsible rest restart restore restored result results retrospective return review reviewed reviewer reviewing
reviews right role roles rollback rollout root route routed routing rules running safe said same satisfaction saying says scenario
schedule scheduled scope score scribe scribes search second section security send sending senior sense sent sentiment separate
series service services session set setting settings severe severities severity share shared sharing shift should
show showing shown similar simulate simulated simulation since single situation snooze snoozed solution solved someone something soon
sound source spanish speak specific stack stakeholder stakeholders standard standards start started starting state statement
status step steps still stop stopped story stream streaming streams stuck subject submit subscribe subscribed subscribing
subscription subscriptions sudden suggest summary support supported supposed survey switch symptoms system table tabletop
tagged tagging take taken takes taking talk talking target targets task team teams technical template templates terms test testing
than thanks that their them then there these they thing things think this those thread threshold through ticket tickets time timeline
timelines timeout times timezone title today together told tomorrow tonight total track tracked tracking traffic train training
transfer transferred transition treat triage trigger triggered troubleshoot troubleshooting twice type unable unclear under
understand unhappy units unless unresolved unsubscribe until unwatch update updated updates updating upgrade upgraded upgrading upset
urgency urgent using usual usually validate validated verdict verified verify version view wait waiting want wanted wants watch
watching week weekend weekly weeks well went were what when where whether which while whom whose will window withdraw withdrawn
without wording words work workaround worked working works worse would write writing written wrong yesterday zone
repercussion timestamp simulate tabletop escalates mitigating unmitigated downtime corrective preventive retrospectives
criteria approving eligible qualifies qualify callback vacation delegate untrack unfollow often
`;

function parseTable(table: string, separator: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const line of table.trim().split('\n')) {
    const [concept = '', spellings = ''] = line.split(': ');
    for (const spelling of spellings.split(separator)) map.set(spelling.trim(), concept);
  }
  return map;
}

/** Spelling or abbreviation -> concept. */
export const CONCEPT_OF_WORD: ReadonlyMap<string, string> = parseTable(SPELLINGS, ' ');
/** Wording of two or more words, joined by one space -> concept. */
export const CONCEPT_OF_WORDING: ReadonlyMap<string, string> = parseTable(WORDINGS, '|');
/** Every word that the bot knows: nothing in here is ever taken for a typing mistake. */
export const KNOWN_WORDS: ReadonlySet<string> = new Set([
  ...CONCEPT_OF_WORD.keys(),
  ...CONCEPT_OF_WORD.values(),
  ...[...CONCEPT_OF_WORDING.keys()].flatMap((wording) => wording.split(' ')),
  ...CONCEPT_OF_WORDING.values(),
  ...WORDS.trim().split(/\s+/),
]);
