import { describe, expect, test } from '@jest/globals';
import { looksLikeMessage, readCheckRequest } from '../../../src/features/message-check/read-check-request.ts';

const draft = 'Hi Ana,\nwe look into it: the job was restarted. Can you confirm? I write again at 17:00 CET.';

describe('a request to check a message', () => {
  test.each([
    'check:',
    'Check this:',
    'check this message:',
    'please check my draft:',
    'hi, can you check this mail please?',
    'can I send this?',
    'Can we send this to the customer?',
    'can I send this to cx:',
    'is this ok to send?',
    'is this message safe?',
    'review my draft:',
    'proofread this -',
    'check before I send it:',
    'may I share this with the customer?',
    'ok to send?',
  ])('%s takes what follows as it is', (lead) => {
    expect(readCheckRequest(`${lead} ${draft}`)).toEqual({ text: draft, audience: 'customer' });
    expect(readCheckRequest(`${lead}\n\n${draft}`)).toEqual({ text: draft, audience: 'customer' });
  });

  test.each(['check for colleagues:', 'check, internal:', 'can I send this to the PG?', 'check my internal update:'])(
    '%s is held against the internal standard',
    (lead) => expect(readCheckRequest(`${lead} ${draft}`)).toEqual({ text: draft, audience: 'internal' }),
  );

  test.each(['check', 'can I send this?', 'check message', 'review my draft', 'is this message safe', 'Check this!'])(
    '%s alone asks for the message',
    (line) => expect(readCheckRequest(line)).toEqual({ text: '', audience: 'customer' }),
  );

  test.each([
    'check my case: sev A, job down',
    'can I send backend logs?',
    'can i send the query plan from ASC',
    'should I open an ICM?',
    'what can I tell the customer',
    'can I share the icm number with the customer',
    'is correlation id safe to share',
    'track 512345678: job stuck',
    'check ASC first?',
    'they want weekly timeline from PG, ok to give?',
    'is 512345678 ok?',
    'is it down?',
    '',
    '   ',
    ':',
    '?',
  ])('%s is none', (line) => expect(readCheckRequest(line)).toBeUndefined());

  test.each([
    ['service is down, we are investigating - good enough?', 'service is down, we are investigating'],
    ['"Our service is down. We are looking into it", is that ok?', 'Our service is down. We are looking into it'],
  ])('%s asks behind the message', (line, text) => {
    expect(readCheckRequest(line)).toEqual({ text, audience: 'customer' });
  });

  test('a message that was pasted without a word about it is known by its greeting and its closing', () => {
    const body = 'the job has been late since this morning, and we are working on it with the product team.';
    expect(looksLikeMessage(`Hello Ana,\n\n${body} Thank you for your patience.`)).toBe(true);
    expect(looksLikeMessage(`Dear Mr. Müller,\n${body}\nKind regards`)).toBe(true);
    expect(looksLikeMessage(`Hello,\nshould I open an ICM?`)).toBe(false);
    expect(looksLikeMessage(body)).toBe(false);
  });
});
