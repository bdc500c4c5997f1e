import { wordSet } from '../../understanding/token-pattern.ts';

export const STRONG = wordSet(`
  fixed resolved restored repaired solved recovered mitigated deployed gone running working live up healthy normal
  available online fix hotfix deployment
`);

export const REPORTS = wordSet(`
  update updates inform tell write report share send call message mail email rca summary analysis answer reply know
  contact touch meeting review status news findings discuss
`);

export const FUTURE = wordSet(`
  will shall going expect expects expected should promise promised guarantee guaranteed scheduled due planned aim aims
  aiming plan plans hope hopes confident sure would target targeted anticipate anticipated eta can may might commit
  committed
`);

export const PRESENT_PLANS = wordSet(`
  goes go lands land ships ship rolls roll comes come arrives arrive deploys deploy finishes finish completes complete
  ends end releases release returns return gets get starts start
`);

export const VERBS = wordSet(`
  fix fixed resolve resolved solve solved restore restored repair repaired recover recovered recovers mitigate
  mitigated correct corrected remedy remedied cure cured clear cleared deploy deployed deliver delivered ship shipped
  release released patch patched finish finished complete completed resume resumed return returns rectified rectify
  eliminated eliminate sorted unblocked settle settled worked caught drained normalise normalised normalize normalized stabilise stabilised
  restoration resolution recovery fixing repairs catches disappear disappears vanish end ends
`);

export const STATES = wordSet(`
  up gone over back live running working available ready done online normal healthy operational functional solved again
  complete normally usual zero production empty fine good ok okay stable history green current moving flowing
`);

export const THINGS = wordSet(
  'fix rollback failover hotfix deployment rollout release patch repair solution restoration resolution recovery eta',
);
