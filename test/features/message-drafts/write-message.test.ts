import { describe, expect, test } from '@jest/globals';
import { readDraftRequest } from '../../../src/features/message-drafts/read-draft-request.ts';
import { showPromise } from '../../../src/features/message-drafts/show-promise.ts';
import {
  missingIn,
  noFields,
  writeMessage,
  type DraftFields,
} from '../../../src/features/message-drafts/write-message.ts';
import { checkMessage } from '../../../src/features/message-check/check-message.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import { DRAFT_VARIANTS, type DraftVariant } from '../../../src/playbook/schema.ts';
import { readTime } from '../../../src/understanding/read-time.ts';

const playbook = loadPlaybook();
const fields: DraftFields = {
  ...noFields,
  customer: 'Ana',
  what: 'job fleet-eu writes its output up to 10 minutes late',
  since: 'today at 05:30 UTC',
  who: 'only the drivers in North America; other regions work.',
  expect: 'positions on the map come up to 10 minutes late, and no data is lost',
  how: 'the job was moved to new nodes',
  verified: 'it has run for 24 hours without a stop, and you confirmed it yourself',
  rca: 'within 2-3 weeks',
  next: 'on Friday, 20 November at 17:00 (UTC+1)',
};
const write = (variant: DraftVariant, change: Partial<DraftFields> = {}) =>
  writeMessage({ ...fields, ...change }, variant, 'Priya Sharma', playbook.messageDrafts);

describe('a written message', () => {
  test('says the five parts of a good update (F75), in sentences', () => {
    expect(write('progress')).toBe(
      [
        'Hello Ana,',
        '',
        'Job fleet-eu writes its output up to 10 minutes late.',
        'It was first detected today at 05:30 UTC.',
        'Affected: Only the drivers in North America; other regions work.',
        'Our team is working on this alongside the product team.',
        'As a result: Positions on the map come up to 10 minutes late, and no data is lost.',
        'We will send you the next update on Friday, 20 November at 17:00 (UTC+1).',
        '',
        'Please reply to this message if you have any questions.',
        '',
        'Kind regards,',
        'Priya Sharma',
      ].join('\n'),
    );
  });

  test.each(DRAFT_VARIANTS)('%s passes the check', (variant) => {
    const { findings } = checkMessage(write(variant), { audience: 'customer', playbook });
    expect(findings.map(({ rule, words }) => `${rule}: ${words}`)).toEqual([]);
  });

  test.each([
    ['first-contact', { customer: '', sr: '2411220050001234' }],
    ['progress', { next: 'every 2 hours' }],
    ['resolution', { next: '', isLast: true }],
    ['resolution', { expect: '' }],
  ] as const)('%s with %j passes the check', (variant, change) => {
    const { findings } = checkMessage(write(variant, change), { audience: 'customer', playbook });
    expect(findings.map(({ rule, words }) => `${rule}: ${words}`)).toEqual([]);
  });

  test('a closing message says how it was resolved and verified (F83), and that it is the last one (T18)', () => {
    const text = write('resolution', { next: '', isLast: true });
    expect(text).toContain('How it was resolved: The job was moved to new nodes.');
    expect(text).toContain('How this was verified: It has run for 24 hours without a stop');
    expect(text).toContain('This is the last update on this case');
  });

  test('what was typed goes in to the letter, whatever it looks like', () => {
    const what = 'fleet-eu shows $& and {next} and $1 for {customer}';
    expect(write('progress', { what })).toContain(`${what}.`);
  });

  test.each([
    ['progress', { what: ' ' }, ['Please say what exactly is happening.']],
    ['progress', { next: '', isLast: true }, ['Please say when you will write next.']],
    [
      'resolution',
      { how: '', next: '' },
      ['Please say how it was resolved.', 'Please say when you will write next, or that it is the last update.'],
    ],
    ['resolution', { next: '', isLast: true }, []],
    ['rca', { rca: '' }, ['Please say about when the root cause can be expected.']],
    ['first-contact', {}, []],
  ] as const)('%s with %j: %j', (variant, change, problems) => {
    expect(missingIn({ ...fields, ...change }, variant)).toEqual(problems);
  });
});

describe('the next update', () => {
  const now = new Date('2026-11-19T09:00:00Z');
  test.each([
    ['2026-11-20T16:00:00Z', 'Europe/Berlin', 'on Friday, 20 November at 17:00 (UTC+1)'],
    ['2026-11-20T16:00:00Z', 'Asia/Kolkata', 'on Friday, 20 November at 21:30 (UTC+5:30)'],
    ['2026-12-01T00:05:00Z', 'UTC', 'on Tuesday, 1 December at 00:05 (UTC)'],
    ['2026-12-01T00:05:00Z', 'America/Chicago', 'on Monday, 30 November at 18:05 (UTC-6)'],
  ])('%s in %s is %s, and is read back as the same moment', (iso, zone, words) => {
    expect(showPromise(new Date(iso), zone)).toBe(words);
    expect(readTime(`the next update ${words}`, { now, zone })).toMatchObject({ kind: 'time', at: new Date(iso) });
  });
});

describe('a request to write', () => {
  test.each([
    ['draft an update for 512345678', { variant: 'progress', icmNumbers: ['512345678'], srNumbers: [] }],
    ['please write the first contact', { variant: 'first-contact' }],
    [
      'can you draft a closing message for 2411220050001234',
      { variant: 'resolution', srNumbers: ['2411220050001234'] },
    ],
    ['write a message that the RCA follows', { variant: 'rca' }],
    ['compose a resolution mail to the customer', { variant: 'resolution' }],
  ])('%s', (line, request) => expect(readDraftRequest(line)).toMatchObject(request));

  test.each([
    'write an ICM',
    'draft: Hello Ana, we are late',
    'how do I write an update?',
    'remind me to write an update',
    'update sent',
    'create an incident',
    'review my draft',
    'what makes a good update',
    'draft an escalation for 512345678',
  ])('%s is none', (line) => expect(readDraftRequest(line)).toBeUndefined());
});
