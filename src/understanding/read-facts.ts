import type { Facts } from '../playbook/facts.ts';
import { normalize } from './normalize.ts';
import { readBugEvidence } from './read-bug.ts';
import { readInvestigation } from './read-investigation.ts';
import { readNeed } from './read-need.ts';
import { readOutage } from './read-outage.ts';
import { readPeople } from './read-people.ts';
import { readIcmNumbers, readRegions, readSrNumbers } from './read-places.ts';
import { readSeverityTokens } from './read-severity.ts';
import type { Region } from './regions.ts';

/** What a message already says about the case, so that it is not asked again. What is unclear is left out. */
export interface ReadFacts {
  readonly facts: Facts;
  /** "Severity 1" was said, and it could be the support request's or the ICM's (T1). */
  readonly unclearSeverityOne: boolean;
  readonly regions: readonly string[];
  /** Numbers of support requests, 16 digits. */
  readonly srNumbers: readonly string[];
  /** Numbers of ICMs, 8 or 9 digits. */
  readonly icmNumbers: readonly string[];
}

export function readFacts(text: string, regions: readonly Region[] = []): ReadFacts {
  const tokens = normalize(text);
  const severity = readSeverityTokens(tokens);
  const outage = readOutage(tokens);
  const { investigated, similarIcmFound } = readInvestigation(tokens);
  const steps = outage.checked ? { ...investigated, outageCheck: true } : investigated;
  const said: Facts = {
    need: readNeed(tokens),
    outage: outage.now,
    caseSeverity: severity.caseSeverity,
    bugEvidence: readBugEvidence(tokens),
    investigated: steps,
    similarIcmFound,
    ...readPeople(tokens),
  };
  return {
    facts: Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
    unclearSeverityOne: severity.unclearOne === true,
    regions: readRegions(tokens, regions),
    srNumbers: readSrNumbers(text),
    icmNumbers: readIcmNumbers(text),
  };
}
