import { readSeverityQuestion } from '../../src/understanding/read-severity.ts';
import type { SeverityQuestion } from '../../src/playbook/severity-question.ts';

type Row = readonly [text: string, said: SeverityQuestion];

describe('the severity of a support request is read', () => {
  test.each<Row>([
    ['sevA', { caseSeverity: 'A' }],
    ['sev-a', { caseSeverity: 'A' }],
    ['Sev. A', { caseSeverity: 'A' }],
    ['sev a', { caseSeverity: 'A' }],
    ['SEV A?', { caseSeverity: 'A' }],
    ['severity a', { caseSeverity: 'A' }],
    ['SeverityB', { caseSeverity: 'B' }],
    ['sevb icm?', { caseSeverity: 'B' }],
    ['ｓｅｖ Ａ', { caseSeverity: 'A' }],
    ['ｓｅｖＢ', { caseSeverity: 'B' }],
    ['s​ev b', { caseSeverity: 'B' }],
    ['severty b', { caseSeverity: 'B' }],
    ['sevrity c case', { caseSeverity: 'C' }],
    ['svrty a', { caseSeverity: 'A' }],
    ['A case icm?', { caseSeverity: 'A' }],
    ['B case, which sev', { caseSeverity: 'B' }],
    ['c case?', { caseSeverity: 'C' }],
    ['case A', { caseSeverity: 'A' }],
    ['case: B', { caseSeverity: 'B' }],
    ['C?', { caseSeverity: 'C' }],
    ['b', { caseSeverity: 'B' }],
    ['my case is C', { caseSeverity: 'C' }],
    ['the case is A', { caseSeverity: 'A' }],
    ['SR is sev B', { caseSeverity: 'B' }],
    ['support request severity C, what for the icm', { caseSeverity: 'C' }],
    ['what sev for the ICM of a sev B case', { caseSeverity: 'B' }],
    ['what icm sev for a sev b case', { caseSeverity: 'B' }],
    ['which sev for an A case', { caseSeverity: 'A' }],
    ['icm severity for A', { caseSeverity: 'A' }],
    ['i have an A case', { caseSeverity: 'A' }],
    ['working on a sev A', { caseSeverity: 'A' }],
    ['case sev = A', { caseSeverity: 'A' }],
    ['case sev b, 24x7', { caseSeverity: 'B' }],
    ['24x7 sev a -> icm ?', { caseSeverity: 'A' }],
    ['cx opened it as C', { caseSeverity: 'C' }],
    ["it's a B", { caseSeverity: 'B' }],
    ['update my case severity to B', { caseSeverity: 'B' }],
    ['sev c icm severity', { caseSeverity: 'C' }],
    ['a sev c for cust', { caseSeverity: 'C' }],
  ])('%s', (text, said) => {
    expect(readSeverityQuestion(text)).toEqual(said);
  });
});

describe('the severity of an ICM is read', () => {
  test.each<Row>([
    ['icm sev 2', { icmSeverity: 2 }],
    ['CRI 3', { icmSeverity: 3 }],
    ['CRI3', { icmSeverity: 3 }],
    ['icm2', { icmSeverity: 2 }],
    ['sev 4', { icmSeverity: 4 }],
    ['sev2.5', { icmSeverity: 2.5 }],
    ['is sev 2.5 a thing', { icmSeverity: 2.5 }],
    ['ｓｅｖ２．５', { icmSeverity: 2.5 }],
    ['sev ２ icm', { icmSeverity: 2 }],
    ['severity two icm', { icmSeverity: 2 }],
    ['severity three', { icmSeverity: 3 }],
    ['sev-3', { icmSeverity: 3 }],
    ['sev 1 icm', { icmSeverity: 1 }],
    ['icm is a sev 1', { icmSeverity: 1 }],
    ['a CRI 1?', { icmSeverity: 1 }],
    ['case B icm 2 ok?', { caseSeverity: 'B', icmSeverity: 2 }],
    ['case A, icm 3', { caseSeverity: 'A', icmSeverity: 3 }],
    ['I set sev 3 for a sev A case', { caseSeverity: 'A', icmSeverity: 3 }],
    ['A+icm3 combo valid?', { caseSeverity: 'A', icmSeverity: 3 }],
    ['can I file a sev 2 on a C case', { caseSeverity: 'C', icmSeverity: 2 }],
    ['A case so icm 1?', { caseSeverity: 'A', icmSeverity: 1 }],
    ['A to 1?', { caseSeverity: 'A', icmSeverity: 1 }],
    ['C -> 3 right', { caseSeverity: 'C', icmSeverity: 3 }],
    ['case B, ICM is still 2', { caseSeverity: 'B', icmSeverity: 2 }],
    ['transferred case came in as A with a sev 3 icm', { caseSeverity: 'A', icmSeverity: 3 }],
    ['case reopened as sev A, old icm was sev 3', { caseSeverity: 'A', icmSeverity: 3 }],
    ['sev B case with a CRI 3', { caseSeverity: 'B', icmSeverity: 3 }],
    ['I updated the icm to sev 2', { icmSeverity: 2 }],
    ['multiple customers now, upgrade sev 2 to sev 1?', { icmSeverity: 1 }],
    ['fresh icm, its a B, I picked 3. good?', { caseSeverity: 'B', icmSeverity: 3 }],
    ['does sev c get sev 3 or sev 4', { caseSeverity: 'C' }],
    ['A case = sev2 or sev1??', { caseSeverity: 'A' }],
    ['icm 401234567', {}],
    ['changed SU from 6 to 12', {}],
    ['we have 3 customers', {}],
  ])('%s', (text, said) => {
    expect(readSeverityQuestion(text)).toEqual(said);
  });
});

describe('changes are read', () => {
  test.each<Row>([
    ['B to A', { caseSeverity: 'A', caseSeverityBefore: 'B' }],
    ['b -> a', { caseSeverity: 'A', caseSeverityBefore: 'B' }],
    ['B->A', { caseSeverity: 'A', caseSeverityBefore: 'B' }],
    ['b→a', { caseSeverity: 'A', caseSeverityBefore: 'B' }],
    ['sev b => sev a', { caseSeverity: 'A', caseSeverityBefore: 'B' }],
    ['went from C to A', { caseSeverity: 'A', caseSeverityBefore: 'C' }],
    ['case went from B to A, do i change the icm', { caseSeverity: 'A', caseSeverityBefore: 'B' }],
    ['case went C to B', { caseSeverity: 'B', caseSeverityBefore: 'C' }],
    ['svrty changed b to a', { caseSeverity: 'A', caseSeverityBefore: 'B' }],
    ['customer lowered sev from A to B', { caseSeverity: 'B', caseSeverityBefore: 'A' }],
    ['B now, was C', { caseSeverity: 'B', caseSeverityBefore: 'C' }],
    ['was C, now B', { caseSeverity: 'B', caseSeverityBefore: 'C' }],
    ['it was sev b and now it is sev a', { caseSeverity: 'A', caseSeverityBefore: 'B' }],
    ['raised to A from C', { caseSeverity: 'A', caseSeverityBefore: 'C' }],
    ['B became A', { caseSeverity: 'A', caseSeverityBefore: 'B' }],
    ['bumped to A', { caseSeverity: 'A' }],
    ['sev raised to A, icm is still 3', { caseSeverity: 'A', icmSeverity: 3 }],
    ['case just got bumped to A', { caseSeverity: 'A' }],
    ['case got lowered to C, must the icm follow?', { caseSeverity: 'C' }],
    ['downgraded to sev C, what about the icm', { caseSeverity: 'C' }],
    ['went to B', { caseSeverity: 'B' }],
    ['my case is A now but the ICM still says 3', { caseSeverity: 'A', icmSeverity: 3 }],
    ['SR 2407220030004455 now A', { caseSeverity: 'A' }],
    ['case is C now but icm still 2', { caseSeverity: 'C', icmSeverity: 2 }],
    ['sev up', { direction: 'up' }],
    ['sev down', { direction: 'down' }],
    ['case severity bumped, update ICM?', { direction: 'up' }],
    ['case got raised', { direction: 'up' }],
    ['severity got reduced', { direction: 'down' }],
    ['what happens when the case severity goes up', { direction: 'up' }],
    ['case was downgraded', { direction: 'down' }],
    ['can we lower the severity', { direction: 'down' }],
    ['do we follow the case both ways up and down', {}],
    ['raise an icm', {}],
    ['should i raise an ICM', {}],
    ['sev change procedure', {}],
    ['sev flip flopping A B A all week', {}],
    ['downgraded from 2 to 3', { icmSeverity: 3 }],
    ['icm went from 3 to 2', { icmSeverity: 2 }],
    ['2 -> 3', { icmSeverity: 3 }],
  ])('%s', (text, said) => {
    expect(readSeverityQuestion(text)).toEqual(said);
  });
});

describe('outages are read', () => {
  test.each<Row>([
    ['icm sev for outage', { outage: true }],
    ['outage in two regions, severity?', { outage: true }],
    ['regional outage confirmed, what sev', { outage: true }],
    ['icm sev when there is an outage and my case is sev B', { outage: true, caseSeverity: 'B' }],
    ['outage + sev C case = ?', { outage: true, caseSeverity: 'C' }],
    ['it was B and is now an outage', { outage: true, caseSeverityBefore: 'B' }],
    ['no outage, sev A', { outage: false, caseSeverity: 'A' }],
    ['sev B without an outage', { outage: false, caseSeverity: 'B' }],
    ['it is not an outage, case is A', { outage: false, caseSeverity: 'A' }],
    ['outage is over, do we lower the sev 1', { ended: true, icmSeverity: 1, direction: 'down' }],
    ['outage ended', { ended: true }],
    ['after the outage, which sev', { ended: true }],
    ['mitigated, case is A', { ended: true, caseSeverity: 'A' }],
    ['workaround in place, can we drop the severity', { ended: true, direction: 'down' }],
    ['should icm be lowered once mitigated', { ended: true, direction: 'down' }],
    ['not mitigated yet, sev A', { caseSeverity: 'A' }],
    ['the outage is not over', { outage: true }],
    ['possible outage, sev A', { caseSeverity: 'A' }],
    ['we have 3 customers hit, is that an outage for sev purposes', { outageUnclear: true }],
    ['what counts as an outage', { outageUnclear: true }],
    ['how many customers make an outage', { outageUnclear: true }],
    ['maybe an outage', {}],
  ])('%s', (text, said) => {
    expect(readSeverityQuestion(text)).toEqual(said);
  });
});

describe('what the documents leave open, or do not know, is not guessed', () => {
  test.each<Row>([
    ['sev 1', { unclearOne: true }],
    ['sev1?', { unclearOne: true }],
    ['severity one', { unclearOne: true }],
    ["it's a sev 1", { unclearOne: true }],
    ['severity 1, open icm?', { unclearOne: true }],
    ['is Sev A the same as Sev 1', { caseSeverity: 'A', unclearOne: true }],
    ['case is sev 1', { caseSeverity: '1' }],
    ['support request is severity 1', { caseSeverity: '1' }],
    ['sev 1 case', { caseSeverity: '1' }],
    ['severity 1 support request', { caseSeverity: '1' }],
    ['SR is sev1', { caseSeverity: '1' }],
    ['need sev for icm, case is critical', {}],
    ['whats the icm sev for non critical case', {}],
    ['critical case', {}],
    ['crit sit severity?', {}],
    ['case severity is 2', {}],
    ['A B C to 1 2 3', {}],
    ['icm severity for severity B/C', {}],
    ['confirm: outage sev1, A sev2, B/C sev3', {}],
    ['A or B case?', {}],
    ['sev mapping??', {}],
    ['severity best practices', {}],
    ['what sev a case gets', {}],
    ['set the sev a bit lower', { direction: 'down' }],
    ['is it a case for pg', {}],
    ['is this a bug', {}],
    ['a customer is waiting', {}],
    ['plan b', {}],
    ['it failed b/c of the network', {}],
    ['sevD', {}],
    ['sev z', {}],
    ['sev', {}],
    ['workaround in place, drop to C?', { ended: true, direction: 'down' }],
    ['Customer refuses to lower to B', {}],
    ['cust wants it raised to A, icm is at 3', { icmSeverity: 3 }],
    ['__proto__ constructor toString', {}],
    ['', {}],
  ])('%s', (text, said) => {
    expect(readSeverityQuestion(text)).toEqual(said);
  });
});

describe('pressure and the kind of request are read', () => {
  test.each<Row>([
    ['PG says make it 3', { icmSeverity: 3, pressure: true }],
    ['PG says make it sev 3 but the case is A', { icmSeverity: 3, caseSeverity: 'A', pressure: true }],
    ['manager wants sev 1', { unclearOne: true, pressure: true }],
    ['manager wants a sev 1 icm', { icmSeverity: 1, pressure: true }],
    ['pg wants sev 3 on my sev A case', { icmSeverity: 3, caseSeverity: 'A', pressure: true }],
    ['pg told me to use sev 3', { icmSeverity: 3, pressure: true }],
    ['PG downgraded my ICM from 2 to 3, case is still A', { icmSeverity: 3, caseSeverity: 'A', pressure: true }],
    ['pg lowered my icm to 3', { icmSeverity: 3, pressure: true }],
    ['case is severity C and lead says file as 3', { caseSeverity: 'C', icmSeverity: 3, pressure: true }],
    ['customer wants 50 more SUs', { need: 'quota-increase' }],
    ['customer bumped the case to A', { caseSeverity: 'A' }],
    ['my manager changed the case to sev B, icm is sev 2', { caseSeverity: 'B', icmSeverity: 2 }],
    ['sev for a feature request icm', { need: 'feature-request' }],
    ['icm sev for rca icm', { need: 'rca' }],
    ['severity of a quota icm', { need: 'quota-increase' }],
  ])('%s', (text, said) => {
    expect(readSeverityQuestion(text)).toEqual(said);
  });
});
