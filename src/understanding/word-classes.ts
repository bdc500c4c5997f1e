/**
 * Words that do the same job in a line. The model sees the class beside the word, so that "bumped" helps it with
 * "upgraded", and a word that stands in no example phrase still says something.
 *
 * A word may be in several classes. Words are in the form that `normalize` gives them.
 */
const CLASSES = `
change: change changed changes changing change switch switched moved went became becomes becoming turned modify modified adjust adjusted adapt
up: raise raised raises raising increase increased increases increasing bump bumped bumping bumps upgrade upgraded upgrading higher up upped upping worse worsened grew rise rises rose jumped escalated reraise elevate elevated promoted
down: lower lowered lowering lowers decrease decreased reduce reduced reducing downgrade downgraded downgrading drop dropped dropping down deescalate demote demoted demoting lessen lowering relax ease step
mismatch: mismatch mismatches differ differs different match matches sync inconsistent align aligned discrepancy
over: over mitigated mitigation resolved recovered restored ended fixed gone back ended finish finished workaround closed end ends healthy stable
open: open opening opened create creating created creates raise raising raised file filing filed cut log submit submitting submitted start initiate engage engaging
existing: existing similar duplicate dup another same other second new already reopen link linked
outagewords: outage down lsi degraded degradation regional region multiregion unavailable crashed broken
letter: a b c
angry: angry upset unhappy furious mad frustrated frustration annoyed disappointed dissatisfied complaining complains complained complaint complaints screaming yelling shouting boiling pissed irritated rude fuming livid displeased escalates threatening threatens threatened losing patience lost trust
survey: survey surveys rating rate rated score scored star stars feedback review verbatim nps sentiment satisfaction
remind: remind reminder reminders reminding nudge ping pings alarm alert nag alerts wake
when: today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday morning noon afternoon evening eod eob cob week weekend hour minute day days lunch midnight later pm am utc ist cet est pst gmt cest et pt mon tue wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec january february march april june july august september october november december
defer: snooze snoozed postpone postponed reschedule rescheduled move moved push pushed delay extend extended later defer shift
promise: promise promised promising promises commit committed commitment told owe expects expecting guaranteed
due: due deadline deadlines overdue late missed upcoming owed pending promised
away: leave vacation holiday ooo pto off away sick absence handover hand backup cover takeover
sent: sent send sending done mailed emailed replied updated called informed
track: track tracking tracked tracks watch watching watched watchlist subscribe subscribed subscribing subscribes unsubscribe follow following followed unfollow untrack bookmark pin pinned star starred monitor monitoring favorite favourite unwatch
portal: dashboard list lists view page tab portal query export excel csv filter search find lost history column columns saved menu
notify: notification email alert alerts notify notified notifies inbox outlook digest
share: share sharing shared tell telling told say saying send sending give giving show showing mention mentioning reveal disclose forward forwarding paste attach quote expose publish explain answer
secret: internal confidential link number log logs kusto screenshot stack trace name names tsg wiki id ids dump guid cluster backend telemetry dashboard query telemetries
draft: draft wording word phrase phrased phrasing write writing written wrote text message proofread rephrase reword review check sentence template reply sounds sound polite tone
eta: eta etas timeline timelines date dates estimate estimates estimated promise friday weeks deployment when fix
pgpeople: pg em pm developer owner dri engineering
join: join joins joined joining add adding added cc ccd bcc loop looping looped invite inviting invited include including included involve involving bring bringing copy copied pull hop attend participate put
conversation: call calls bridge meeting thread chat conversation conversations email session screenshare conference conf sync
consent: consent consents consented permission agree agrees agreed approval allowed ok willing yes
remove: remove removed removing drop take untag uncc dropping delete
owner: owner owners owning owned own owns team queue queues route routing routed assign assigned assigning assignment reassign transfer transferred bounced bounce dri oncall livesite triage component responsible handles handle path
quota: quota quotas limit limits capacity su region subscription amount reason reasoning
fields: template templates field fields details detail form required mandatory info information title description contain contains impact minimum
time: hour minute day days week time
sla: sla slo target targets breach breached breaching breaches ttr ttm tta response respond resolution resolve acknowledge ack
level: low medium high critical p0 p1 p2 p3 p4 p5 urgent priority normal urgency
role: role roles commander commanding command scribe scribes responder responders ic communication officer sme leader lead note taker notetaker observer duty duties responsibilities responsibility coordinator
takerole: take taking taken took claim claiming release releasing handover swap swapping drop assign make step stepping volunteer become replace
review: postmortem retrospective debrief blameless blame blaming review lessons learned action actions item items closing timeline record summary whys findings verified verify contributing
practice: drill drills practice practise practicing practising simulation simulations simulate simulated mock fake pretend tabletop gameday exercise exercises rehearsal rehearse rehearsing dry dryrun scenario scenarios training train readiness disaster disasters contingency preparedness war chaos inject injects onboarding
greet: hello morning evening afternoon greetings namaste hola bye goodbye cheers
ack: thanks ok cool great perfect fine nice understood appreciated gotcha got it
bot: bot you your yourself assistant ai tool
control: cancel stop start exit quit reset restart undo back menu begin end abort clear
meta: source answer answers document button buttons command commands examples example feature features topics topic feedback language settings preferences privacy gdpr history stored store keep data
ask: should do does can could may must is shall are would will
who: who whom whose
askhow: how what which where when why
need: need needed needs require required requires necessary mandatory must justified justify qualify qualifies warrant warrants worth deserve appropriate eligible allowed criteria condition conditions bar threshold rule rules valid
investigate: troubleshoot troubleshooting investigate investigation tsg asc tried repro reproduce steps logs exhausted digging checked wiki
bug: bug bugs defect regression error errors exception fail fails failed failing failure failures broken crash crashes stuck
severitywords: sev severity critical crit critsit
ask2: please kindly
other: networking python java sql game movie weather joke lunch coffee salary vpn laptop password wifi visual studio aks kubernetes databricks synapse flink kinesis kafka spark cosmos power bi football cricket song poem recipe music traffic holiday
doit: yourself behalf me
negative: not no never nobody none without
`;

const CLASSES_OF_WORD = new Map<string, string[]>();
for (const line of CLASSES.trim().split('\n')) {
  const [name = '', words = ''] = line.split(': ');
  for (const word of new Set(words.split(' '))) {
    const names = CLASSES_OF_WORD.get(word) ?? [];
    names.push(name);
    CLASSES_OF_WORD.set(word, names);
  }
}

const NONE: readonly string[] = [];

export function classesOf(word: string): readonly string[] {
  return CLASSES_OF_WORD.get(word) ?? NONE;
}
