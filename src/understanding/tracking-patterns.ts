import { patterns } from './token-pattern.ts';

/**
 * The wordings of commands about tracked ICMs, one table per kind; questions about the portal's list are in
 * `portal-patterns.ts`. Which table goes first when two fit is decided in `read-tracking.ts`.
 */

// ---- without a number: the ICM of the thread ----

/** What a person may put before a command: "could you please just ...". */
export const POLITE = '^ can|could|would|will? you? please? i|we? want|need? to? just?';

export const BARE_RESOLVE = patterns(`
  ${POLITE} resolve it|this|the? icm|one? please? $
  ${POLITE} close it please? $
  ${POLITE} close the|this icm|one please? $
`);
export const BARE_REOPEN = patterns(`
  ${POLITE} reopen it|this|the? icm|one? please|again? $
`);

// ---- commands: with a number they are the bot's own ----

export const UNTRACK = patterns(`
  untrack|untracked|unwatch|unfollow|untracking
  stop|quit|end ~2 tracking|watching|following|track|watch|follow
  remove|delete|drop|take|clear|clean ~6 list|tracked|tracking|dashboard|track
  not ~1 track|watch|follow # 
  not ~2 want ~2 track|watch|follow
  clear|clean ~3 tracked|list
`);
export const REOPEN = patterns(`
  reopen|reopened|reopens|reopening|reactivate|reactivated|unresolve|unresolved
  re open
  open|active|live again
  open ~3 # again
  mark|set|put ~3 # ~2 open
  not resolved|closed|fixed after all|yet
  back ~1 open|active
`);
export const RESOLVE = patterns(`
  resolve|resolves|resolving
  close|closing|finish|complete ~3 #
  done|finished with ~3 #
  mark|marks|set|put ~4 resolved|closed|done|complete|completed
  # ~4 resolved|closed|fixed|done|completed|finished|over
  resolved|closed ~4 #
  pg|dri|they ~2 resolved|closed|fixed ~3 #
`);
export const HAND_OVER = patterns(`
  hand|hands|handing|handed ~1 over|off|to
  hand|handover|give|transfer|assign|reassign|pass|move|delegate|handing|giving|transferring|forward ~6 to
  handover ~3 #
  give|hand|assign ~2 #
  # ~3 goes|go|moves|belongs ~2 to
  takes|take|taking|took|has|owns|gets|inherits over? ~2 #
  takes|take|taking|took # over
  new owner|engineer ~2 #
`);
export const OPENED = patterns(`
  opened|created|filed|cut|submitted|logged|new|made ~6 #
  # ~4 opened|created|filed
`);
/** "Raised" opens an ICM or lifts a severity: only where no severity changes it is the first. */
export const RAISED = patterns(`
  raised|raise|open|create|file ~6 #
  # ~6 to|on ~2 list|tracked|dashboard
`);
export const TRACK = patterns(`
  track|tracking|watch|follow|bookmark|pin|star|monitor|add|save|remember|register|log|favourite|favorite|tracked|observe ~6 #
  keep ~4 eye|track|tabs|handy ~4 #
  # ~3 track|watch|follow|bookmark
`);
export const ESCALATE = patterns(`
  escalate|escalating|escalated ~3 #
`);
export const BECAME = patterns(`
  ->
  from ~3 to
  now|became|becomes|went|rose|changed|raised|bumped|lowered|dropped|upgraded|downgraded|increased|decreased|turned
  bump|raise|lower|change|drop|upgrade|downgrade|set|make ~4 to|sev
  is sev
  is a|b|c
`);

// ---- the case came with its ICM (F7) ----

export const RECEIVED = patterns(`
  got|get|received|receive|inherited|inherit|taking|taken|took|assigned|given|handed|picked|transferred|receiving ~6 case
  case ~6 transferred|handed|assigned|given|passed|moved|dispatched|routed ~3 me|us
  handed|gave|passed|assigned|transferred|gives|dispatched ~2 me|us
  transferred|handed|passed|gave ~4 to me|us
  inherited|inherit|received ~3 icm|case
  took|taking|taken over ~4 icm|case
  i|we take|takes over ~3 case
  new case|owner ~8 icm
  case ~5 landed|arrived|came|moved|reached ~3 my|me|mine|us
  case ~2 comes|came|arrived ~6 icm
  got|have a|an|the|this|another icm ~3 from
  got|was|been|getting|am assigned|given
`);

// ---- the own list ----

export const MINE = patterns(`
  ^ my ~4 icm|icms|incident|incidents|list $
  ^ my ~2 tracked|open|active|resolved ~2 icm|incidents|ones ~2 please|with|including|incl|also|too|and|$
  ^ all|only my ~2 icm|incidents $
  ^ my ~1 icm|list with|including|incl|and|plus ~2 resolved|closed
  icm|icms|incidents list? mine
  mine ~2 icm|incidents|$
  ^ list|show|display|see|get|view|give|gimme ~6 icm|icms|incidents|tracked|list|resolved|mine|#
  list of ~3 icm|incidents
  ^ icm list|status|overview $
  ^ icm list|overview ~2 me|mine|my
  ^ icm status list
  which|what ~1 icm|incidents|ones ~3 i|mine|my|open|me
  what am i ~1 tracking|watching|following
  what ~1 do i track|watch|follow|have
  ^ overview of ~3 icm|incidents|tracked
  ^ all? icm ~2 i opened|created|own|have $
  ^ icm|incident ~2 my case
  need|want|get ~2 overview|list ~3 icm|incidents
  status|state|progress ~4 #
  # status|state|progress|?
  is|was # ~3 resolved|closed|fixed|open
  ^ # $
  ^ icm # $
  ^ tracked icm|incidents|list $
`);

/** A request to the bot, which then shows its form: "track an icm for me". */
export const FORM = patterns(`
  ^ please? track|add|register ~2 icm|incident|it|this|new|one $|please|for|from|of
  ^ track $|something|anything
  want|like|need|have|please|you ~3 track|add|register ~4 icm|incident|one|it|this|$
  ^ new ~1 icm $
  ^ i|we|have? just? ~2 opened|created|raised|filed ~2 icm $
  start tracking
`);
