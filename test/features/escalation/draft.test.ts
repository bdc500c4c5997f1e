import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  checkDraft,
  detailLines,
  draftFields,
  fields,
  type Draft,
} from '../../../src/features/escalation/escalation-draft.ts';
import { looksLikeEscalation, readEscalation } from '../../../src/understanding/read-escalation.ts';
import { filled } from './stage.ts';

const regions = ['EMEA', 'APAC'];
const check = (more: Record<string, string>) => checkDraft(draftFields.parse(filled(more)), regions);

describe('the form', () => {
  test('takes what is complete', () => {
    expect(check({ number: ' #512 345-678 ' })).toMatchObject({ number: '512345678', problems: [] });
  });

  test.each<[field: keyof Draft, value: string, said: string]>([
    ['number', '', 'missing'],
    ['number', '2411220050001234', 'support request'],
    ['number', '５１２', '7 to 10 digits'],
    ['icmTitle', ' \n ', 'missing'],
    ['icmLink', '', 'missing'],
    ['icmLink', 'http://example.com', 'https://'],
    ['icmLink', 'javascript:alert(1)', 'https://'],
    ['icmLink', 'https://user:word@example.com/', 'https://'],
    ['icmLink', `https://example.com/${'a'.repeat(300)}`, '300'],
    ['srNumber', '512345678', 'ICM number'],
    ['srLink', 'data:text/html,x', 'https://'],
    ['contacts', '', 'CSS engineers'],
    ['contacts', 'x'.repeat(301), '301 characters; 300'],
    ['ownerName', '', 'owns'],
    ['ownerEmail', 'olga@', 'not an email'],
    ['ownerEmail', 'olga@example.com\nBcc: x@example.com', 'not an email'],
    ['region', 'emea', 'Pick'],
    ['caseStatus', 'almost', 'Pick'],
    ['sentiment', '', 'missing'],
    ['why', 'x'.repeat(801), '801 characters; 800'],
    ['improvement', '\u0000', 'missing'],
  ])('says of %s %j: %s', (field, value, said) => {
    const { problems } = check({ [field]: value });
    expect(problems).toEqual([{ label: fields[field].label, sentence: expect.stringContaining(said) }]);
  });

  test('takes any text without a throw, and nothing too long or too short passes', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(fields)), fc.string({ unit: 'binary', maxLength: 900 })),
        (typed) => {
          const { problems, details, number } = checkDraft(draftFields.parse({ ...filled(), ...typed }), regions);
          expect(detailLines(details)).not.toContain('undefined');
          if (problems.length > 0) return;
          expect(number).toMatch(/^\d{7,10}$/);
          for (const link of [details.icmLink, details.srLink]) expect(new URL(link).protocol).toBe('https:');
          for (const name of ['sentiment', 'why', 'improvement'] as const) expect(details[name]).toMatch(/\S/);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a line about an escalation', () => {
  test.each([
    ['escalate 512345678', 'request'],
    ['please escalate this, the customer is furious', 'request'],
    ['can you escalate ICM 512345678?', 'request'],
    ['customer is very unhappy', 'request'],
    ['history 512345678', 'history'],
    ['show me the trail of escalation 512345678', 'history'],
    ['withdraw the escalation, they are happy again', 'withdraw'],
    ['please take my csat request back', 'withdraw'],
    ['cancel escalation 512345678', 'withdraw'],
    ['what happens if I cancel my escalation?', 'how'],
    ['do not withdraw my escalation', 'status'],
    ['could you please cancel my escalation?', 'withdraw'],
    ['remove the tag, they are happy again', 'untag'],
    ['can I approve my own request', 'how'],
    ['status of my escalation', 'status'],
    ['has the SME approved?', 'status'],
    ['any news on the csat request?', 'status'],
    ['poke the approver', 'nudge'],
    ['the SME has not answered yet', 'nudge'],
    ['who may approve it?', 'how'],
    ['what do I need for a csat escalation', 'how'],
    ['csat process', 'how'],
  ])('“%s” is %s', (line, kind) => {
    expect(readEscalation(line).kind).toBe(kind);
  });

  test('tells the three details under their names', () => {
    expect(
      readEscalation('Sentiment: angry. Still angry. Why: no call; Could have done better: call\nicm 512345678'),
    ).toMatchObject({ kind: 'request', icmNumber: '512345678', sentiment: 'angry. Still angry', why: 'no call' });
  });

  test.each([
    ['escalate 512345678', 'request'],
    ['could you please escalate ICM #512345678', 'request'],
    ['history of the escalation of 512345678', 'history'],
    ['my escalations', 'status'],
    ['escalate the follow-up of 512345678 to my lead at 5pm', undefined],
    ['should I escalate 512345678?', undefined],
    ['history', undefined],
  ])('“%s” is certain by its form: %s', (line, kind) => {
    expect(looksLikeEscalation(line)).toBe(kind);
  });

  test('any text is read without a throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (line) => {
        readEscalation(line);
        looksLikeEscalation(line);
      }),
    );
  });
});
