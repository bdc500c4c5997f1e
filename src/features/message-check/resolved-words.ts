import { wordSet } from '../../understanding/token-pattern.ts';

export const HYPOTHETICAL = wordSet(`
  will would could may might can shall to want need hope expect try trying aim plan must ll going not never neither nor
  being guarantee promise ensure guaranteed make sure without yet cannot almost nearly partly partially hardly unless whether if please
`);

export const RESOLVED = wordSet(`
  fixed resolved solved repaired cured remedied mitigated rectified sorted healed eliminated overcome corrected cleared
  restored recovered lifted removed settled addressed handled gone over history finished ended normalised normalized
  stabilised stabilized unblocked repaired patched gone. undone done remediated
`);

export const ACTIVE = wordSet(`
  fixed solved resolved cured repaired remedied mitigated rectified eliminated remedied
`);

export const PROBLEMS = wordSet(`
  problem problems issue issues error errors fault faults failure failures bug bugs delay delays lag lags backlog
  duplicates duplication duplicate outage disruption interruption disturbance trouble troubles incident blockage stall
  alert alerts alarm alarms gap gaps loss losses leak throttling timeouts timeout crash crashes disconnects regression defect glitch hiccup
  slowness latency spike spikes symptom symptoms malfunction matter situation impact degradation mismatch counting
  everything it this that all service services job jobs output outputs input inputs data events pipeline stream
  connectivity connection access availability function functionality operation operations processing performance
  throughput they both lines
`);

export const COPULAS = wordSet('is are was were been got be gets became');

export const DOCUMENTS = wordSet(`
  typo typos summary mail email title subject link wording spelling table chart sentence text attachment hostname name
  names host dns address fqdn endpoint window size schedule version
`);

export const STRICT_PROBLEMS = wordSet(
  'problem issue error fault failure bug delay outage disruption disturbance incident duplicates',
);
