import { clean, MAX_TEXT_LENGTH, normalize } from '../../src/understanding/normalize.ts';

const tokens = (text: string): string => normalize(text).join(' ');

describe('spellings of one thing become one word', () => {
  test.each([
    ['ICM icms IcM CRI cri, incident ticket', 'icm icm icm icm icm , icm'],
    ['cx cust customer client', 'customer customer customer customer'],
    ['SR case support request service request', 'case case case case'],
    ['sev severity svrty Sevrity', 'sev sev sev sev'],
    ['PG product group product team', 'pg pg pg'],
    ['SMEs subject matter expert', 'sme sme'],
    ['EM engineering manager PM product manager', 'em em pm pm'],
    ['Sr. Engineer, sr engineer', 'senior-engineer , senior-engineer'],
    ['shd i ping u b4 3pm w/ pg', 'should i ping you before 3 pm with pg'],
    ['w/o f/u', 'without followup'],
    ['post-mortem, post mortem', 'postmortem , postmortem'],
    ['follow-up', 'followup'],
    ["can't won't isn't", 'can not will not is not'],
    ["what's the customer’s SLA", 'what is the customer sla'],
  ])('%s', (text, expected) => {
    expect(tokens(text)).toBe(expected);
  });
});

describe('severities come apart however they are written', () => {
  test.each([
    ['sevA', 'sev a'],
    ['sev-a', 'sev a'],
    ['Sev. A', 'sev a'],
    ['sev: B', 'sev b'],
    ['sev2', 'sev 2'],
    ['sev2.5', 'sev 2.5'],
    ['CRI3', 'icm 3'],
    ['B->A', 'b -> a'],
    ['b→a', 'b -> a'],
    ['b => a', 'b -> a'],
    ['A/B/C', 'a / b / c'],
    ['ｓｅｖ ２', 'sev 2'],
    ['[CSAT Impacting]', 'csat impacting'],
    ['24x7', '24x7'],
    ['p1', 'p1'],
  ])('%s', (text, expected) => {
    expect(tokens(text)).toBe(expected);
  });
});

describe('typing mistakes are put right, real words are left alone', () => {
  test.each([
    ['custmoer', 'customer'],
    ['shoudl i opne', 'should i open'],
    ['incrase', 'increase'],
    ['remnd', 'remind'],
    ['escaltion', 'escalation'],
    ['postmortm', 'postmortem'],
    // Short words, numbers and English words stay.
    ['imc', 'icm'],
    ['sec', 'sec'],
    ['house find west more care', 'house find west more care'],
    ['1234567', '1234567'],
  ])('%s', (text, expected) => {
    expect(tokens(text)).toBe(expected);
  });
});

describe('what cannot be seen makes no difference', () => {
  test.each([
    ['zero-width space', 's\u200bev b', 'sev b'],
    ['direction override', '\u202esev a\u202c', 'sev a'],
    ['stacked marks', 's\u0301\u0302\u0303ev a', 'sev a'],
    ['control characters', 'sev\u0000 a\u0007', 'sev a'],
    ['lone surrogate', 'sev a \ud800', 'sev a'],
    ['soft hyphen', 'sever\u00adity a', 'sev a'],
    ['picture', '👍', '<picture>'],
  ])('%s', (_name, text, expected) => {
    expect(tokens(text)).toBe(expected);
  });
});

test('names of object members are plain words', () => {
  expect(tokens('__proto__ constructor toString hasOwnProperty')).toBe(
    '__proto__ constructor tostring hasownproperty'.replaceAll('_', ''),
  );
});

test('a long text is cut', () => {
  expect(clean('x'.repeat(100_000))).toHaveLength(MAX_TEXT_LENGTH);
  // One character of Unicode can stand for eighteen.
  expect(clean('\ufdfa'.repeat(100_000)).length).toBeLessThanOrEqual(2 * MAX_TEXT_LENGTH);
});
