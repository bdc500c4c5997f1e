import type { Facts } from '../../src/playbook/facts.ts';
import { loadPlaybook } from '../../src/playbook/load.ts';
import { readFacts } from '../../src/understanding/read-facts.ts';
import { regionsOf } from '../../src/understanding/regions.ts';

type Row = readonly [text: string, said: Facts];

const azure = regionsOf(loadPlaybook());
const read = (text: string): Facts => readFacts(text).facts;
const ALL_DONE = { asc: true, tsgs: true, existingIcms: true, outageCheck: true };
const NOTHING_DONE = { asc: false, tsgs: false, existingIcms: false, outageCheck: false };

describe('the kind of request is read', () => {
  test.each<Row>([
    ['shoudl i opne an ICM for quota increase', { need: 'quota-increase' }],
    ['customer wants 200 more SUs in west europe, does that go to icm', { need: 'quota-increase' }],
    ['customer needs 120 more streaming units', { need: 'quota-increase' }],
    ['limit increase for jobs per region', { need: 'quota-increase' }],
    ['cx hit the SU cap', { need: 'quota-increase' }],
    ['please increase the SU limit', { need: 'quota-increase' }],
    ['feature request from customer', { need: 'feature-request' }],
    ['customer asks for a new feature', { need: 'feature-request' }],
    ['feature ask from cx. icm?', { need: 'feature-request' }],
    ['cust asking for RCA, is an icm the right thing', { need: 'rca' }],
    ['customer wants a root cause analysis', { need: 'rca' }],
    ['rca request only -> new icm?', { need: 'rca' }],
    ['customer asks for the root cause', { need: 'rca' }],
    ['we have evidence of a product bug', { need: 'bug-fix', bugEvidence: true }],
    ['customer needs a bug fix', { need: 'bug-fix' }],
    ['documentation question', { need: 'documentation-question' }],
    ['it is answered in the docs', { need: 'documentation-question' }],
    ['customer question about the documentation', { need: 'documentation-question' }],
    ['my customer wants to know how to write a tumbling window', { need: 'query-question' }],
    ['customer asks how to write a join in his query', { need: 'query-question' }],
    ['query question from cx', { need: 'query-question' }],
    ['needs help with his query', { need: 'query-question' }],
    ['not sure how to troubleshoot', { need: 'troubleshooting-help' }],
    ["i don't know how to troubleshoot this", { need: 'troubleshooting-help' }],
    ['no idea how to debug it', { need: 'troubleshooting-help' }],
    ['the case is beyond my skills', { need: 'beyond-skills' }],
    ['this is beyond my technical skills', { need: 'beyond-skills' }],
    ['too complex for me', { need: 'beyond-skills' }],
    ['out of my depth here', { need: 'beyond-skills' }],
    // Two kinds in one line, or words that only look like one.
    ['quota increase and an rca request', {}],
    ['preview feature broken', {}],
    ['not a quota issue', {}],
    ['waiting for pg', {}],
    ['slow query', {}],
    ['how many SUs do i need', {}],
    ['doc bug, does that need an incident', {}],
    ['should i open an icm', {}],
    ['', {}],
  ])('%s', (text, said) => {
    expect(read(text)).toEqual(said);
  });
});

describe('an outage is taken as there, as excluded, or not at all', () => {
  test.each<Row>([
    ['outage confirmed', { outage: true, investigated: { outageCheck: true } }],
    ['there is an outage in west europe', { outage: true }],
    ['customer sees an outage in West Europe, open an ICM?', { outage: true }],
    ['we have an outage', { outage: true }],
    ['outage in two regions', { outage: true }],
    ['sev a case, customer sees an outage, open an ICM?', { caseSeverity: 'A', outage: true }],
    ['validated the outage', { outage: true, investigated: { outageCheck: true } }],
    ['no outage', { outage: false }],
    ['there is no outage', { outage: false }],
    ['it is not an outage', { outage: false }],
    ['no outage in east us', { outage: false }],
    ['checked, no outage', { outage: false, investigated: { outageCheck: true } }],
    ['validated there is no outage', { outage: false, investigated: { outageCheck: true } }],
    ['ruled out an outage', { outage: false, investigated: { outageCheck: true } }],
    ['possible outage in East US, open icm?', {}],
    ['maybe an outage', {}],
    ['suspected outage', {}],
    ['could be an outage', {}],
    ['i think this is an outage', {}],
    ['looks like an outage', {}],
    ['checking if there is an outage', {}],
    ['is there an outage?', {}],
    ['is this an outage', {}],
    ['what counts as an outage', {}],
    ['if there is an outage, open icm?', {}],
    ['outage?', {}],
    ['no confirmed outage yet', {}],
    ['no outage declared yet', {}],
    ['outage is over', {}],
    ['after the outage', {}],
    ['not sure if there is an outage', { outage: 'unknown' }],
    ["don't know whether it's an outage", { outage: 'unknown' }],
    ['prod is down', {}],
  ])('%s', (text, said) => {
    expect(read(text)).toEqual(said);
  });
});

describe('evidence of a bug is told from a claim and from a doubt', () => {
  test.each<Row>([
    ['yes there is evidence of a bug, what do i do', { need: 'bug-fix', bugEvidence: true }],
    ['i have proof of a bug', { need: 'bug-fix', bugEvidence: true }],
    ['stack trace points to a bug', { need: 'bug-fix', bugEvidence: true }],
    ['repro shows a bug in the product', { need: 'bug-fix', bugEvidence: true }],
    ['confirmed bug', { need: 'bug-fix', bugEvidence: true }],
    ['it is a confirmed product bug', { need: 'bug-fix', bugEvidence: true }],
    ["it's probably a bug but I can't repro", { need: 'bug-fix', bugEvidence: 'unknown' }],
    ["maybe it's a bug", { need: 'bug-fix', bugEvidence: 'unknown' }],
    ['looks like a product bug', { need: 'bug-fix', bugEvidence: 'unknown' }],
    ['we suspect a bug', { need: 'bug-fix', bugEvidence: 'unknown' }],
    ['sme said prob a bug', { need: 'bug-fix', bugEvidence: 'unknown', askedSmes: true }],
    ["can't reproduce the bug", { need: 'bug-fix', bugEvidence: 'unknown' }],
    ['not a bug', { bugEvidence: false }],
    ["it's not a bug", { bugEvidence: false }],
    ["it isn't a bug", { bugEvidence: false }],
    ['no evidence of a bug', { bugEvidence: false }],
    ['there is no evidence of a bug', { bugEvidence: false }],
    ['is it a bug?', {}],
    ['if it is a bug, do i open', {}],
    ['does a bug need an icm', {}],
    ['bug in the bot', {}],
  ])('%s', (text, said) => {
    expect(read(text)).toEqual(said);
  });
});

describe('the investigation is read', () => {
  test.each<Row>([
    ['checked ASC', { investigated: { asc: true } }],
    ["haven't checked ASC", { investigated: { asc: false } }],
    ['I have not looked at ASC yet', { investigated: { asc: false } }],
    ['checked ASC and TSGs', { investigated: { asc: true, tsgs: true } }],
    ['checked asc, tsgs and existing icms', { investigated: { asc: true, tsgs: true, existingIcms: true } }],
    [
      'checked ASC, TSGs and existing ICMs, no outage',
      { outage: false, investigated: { asc: true, tsgs: true, existingIcms: true, outageCheck: true } },
    ],
    ['i went through the TSG', { investigated: { tsgs: true } }],
    ['followed all the steps of the troubleshooting guide', { investigated: { tsgs: true } }],
    ['TSG exhausted, next step PG?', { investigated: { tsgs: true } }],
    ["can't find any TSG for this, icm?", { investigated: { tsgs: true } }],
    ['skipped the tsgs', { investigated: { tsgs: false } }],
    ["didn't search existing icms", { investigated: { existingIcms: false } }],
    ['searched for similar icms', { investigated: { existingIcms: true } }],
    ["haven't searched for similar icms", { investigated: { existingIcms: false } }],
    ["I haven't done any investigation yet, can I create the icm first", { investigated: NOTHING_DONE }],
    ['no investigation done so far', { investigated: NOTHING_DONE }],
    ['did the full investigation', { investigated: ALL_DONE }],
    ['initial investigation is done', { investigated: ALL_DONE }],
    ['should i check asc first', {}],
    ['do i have to check the tsgs', {}],
    ['i will check asc', {}],
    ['what do i check in asc', {}],
    ['need to have checked asc?', {}],
    ['found a similar icm, do i open my own', { similarIcmFound: true, investigated: { existingIcms: true } }],
    ['found an existing icm with same stack', { similarIcmFound: true, investigated: { existingIcms: true } }],
    ['there is already an icm for this', { similarIcmFound: true, investigated: { existingIcms: true } }],
    ['no similar icm found', { similarIcmFound: false, investigated: { existingIcms: true } }],
    ['found no similar icms', { similarIcmFound: false, investigated: { existingIcms: true } }],
    ["didn't find a similar icm", { similarIcmFound: false, investigated: { existingIcms: true } }],
    ['is there a similar icm?', {}],
    ['if a similar icm exists, what then', {}],
    ['how do i find similar icms', {}],
  ])('%s', (text, said) => {
    expect(read(text)).toEqual(said);
  });
});

describe('who was asked, who said what, and who is away', () => {
  test.each<Row>([
    ['asked colleagues, asked sme, still no idea', { askedColleagues: true, askedSmes: true }],
    ['i asked my colleagues already', { askedColleagues: true }],
    ["haven't asked colleagues", { askedColleagues: false }],
    ['nobody answered me in the teams channel, do i open icm now?', { askedColleagues: true }],
    ['posted in the channel, no reply', { askedColleagues: true }],
    ["colleagues don't know either", { askedColleagues: true }],
    ['asked the SMEs', { askedSmes: true }],
    ['asked SME', { askedSmes: true }],
    ["didn't ask the SMEs yet", { askedSmes: false }],
    ['no response from any sme, 24h passed', { askedSmes: true }],
    ['asked in SME channel 3 hrs ago', { askedSmes: true }],
    ['should i ask colleagues', {}],
    ['do i have to ask an sme', {}],
    ['can i open without asking colleagues', {}],
    ['SMEs are out today', { smesAvailable: false }],
    ['SMEs are all out today, can i open an icm without them', { smesAvailable: false }],
    ['no SME around', { smesAvailable: false }],
    ['smes are not available', { smesAvailable: false }],
    ["can't reach the SMEs", { smesAvailable: false }],
    ['sme is on vacation', { smesAvailable: false }],
    ['SMEs are available', { smesAvailable: true }],
    ['are the SMEs out today?', {}],
    ['if the SMEs are away, what do i do', {}],
    ['sme is out of ideas', {}],
    ['pg engineer said on the channel that we need an icm for this one', { requestedBy: 'product-group' }],
    ['PG told me we need an ICM, just go ahead?', { requestedBy: 'product-group' }],
    ['product group asked for an icm', { requestedBy: 'product-group' }],
    ['SME said to open an icm', { requestedBy: 'sme', askedSmes: true }],
    ['sme recommends an ICM', { requestedBy: 'sme' }],
    ['Sr. Engineer says we need an icm', { requestedBy: 'sr-engineer' }],
    ['senior engineer told me to raise it', { requestedBy: 'sr-engineer' }],
    ['icm requested by PG', { requestedBy: 'product-group' }],
    ['nobody said we need an icm', { requestedBy: 'none' }],
    ['sme said no icm needed', { askedSmes: true }],
    ["sme didn't say we need an icm", {}],
    ['pg says an icm is not needed', {}],
    ['did the sme say we need an icm?', {}],
    ['asked SME if we need an icm', { askedSmes: true }],
    ['Do I need SME approval before creating an ICM', {}],
    ['my manager wants an icm', {}],
    ['customer demands an icm', {}],
    ['who decides if an icm is needed', {}],
    ['what happens if pg asks for an icm', {}],
    ['nobody said', {}],
  ])('%s', (text, said) => {
    expect(read(text)).toEqual(said);
  });
});

describe('case severity is read, and severity 1 is never taken for A', () => {
  test.each<[string, Facts, boolean]>([
    ['sev A case, open icm?', { caseSeverity: 'A' }, false],
    ['case is sev 1', { caseSeverity: '1' }, false],
    ['severity 1 support request, open icm?', { caseSeverity: '1' }, false],
    ['sev 1, open icm?', {}, true],
    ["it's a severity 1", {}, true],
    ['sev 1 icm?', {}, false],
    ['critical case, open icm?', {}, false],
    ['open an icm for a case', {}, false],
  ])('%s', (text, said, unclear) => {
    expect(readFacts(text).facts).toEqual(said);
    expect(readFacts(text).unclearSeverityOne).toBe(unclear);
  });
});

describe('regions and numbers are read', () => {
  test('known regions are named once, the longest name wins', () => {
    expect(readFacts('outage in East US 2 and westeurope, also WEU', azure).regions).toEqual([
      'East US 2',
      'West Europe',
    ]);
    expect(readFacts('possible outage in East US', azure).regions).toEqual(['East US']);
    expect(readFacts('in the east of us all', azure).regions).toEqual([]);
  });
  test('a list of regions can be given', () => {
    const regions = [{ name: 'Moon Base', aliases: ['moon', 'luna 1'] }];
    expect(readFacts('outage on the MOON', regions).regions).toEqual(['Moon Base']);
    expect(readFacts('outage in Luna 1', regions).regions).toEqual(['Moon Base']);
    expect(readFacts('outage in East US', regions).regions).toEqual([]);
  });
  test('support requests have sixteen digits, ICMs eight or nine', () => {
    const said = readFacts(
      'SR 2411220050001234, ICM 512345678 and 51234567, sub 1234567, 9911220050001234, ５１２３４５６７９',
    );
    expect(said.srNumbers).toEqual(['2411220050001234']);
    expect(said.icmNumbers).toEqual(['512345678', '51234567', '512345679']);
  });
});

test('several facts in one message are read together', () => {
  const said = readFacts(
    'SR 2411220050001234 is a sev B. Customer sees an outage in West Europe. Checked ASC and TSGs, found no similar icm. SMEs are out today.',
    azure,
  );
  expect(said).toEqual({
    facts: {
      outage: true,
      caseSeverity: 'B',
      investigated: { asc: true, tsgs: true, existingIcms: true },
      similarIcmFound: false,
      smesAvailable: false,
    },
    unclearSeverityOne: false,
    regions: ['West Europe'],
    srNumbers: ['2411220050001234'],
    icmNumbers: [],
  });
});
