import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Letter } from '../../src/features/feature.ts';
import { createMail } from '../../src/mail/mail.ts';
import { MailServer } from '../support/mail-server.ts';

const at = new Date('2026-11-20T09:30:00Z');
const letter: Letter = {
  to: ['dana@contoso.example', 'ali@contoso.example'],
  cc: ['olga@contoso.example'],
  replyTo: ['priya@contoso.example'],
  subject: '512345678 : A CSAT Impacting IcM has been assigned to your component area',
  text: 'IcM Title: Jöb\n.\nThank you,\nPriya',
  messageId: '<csat-1@contoso.example>',
};

let server: MailServer;
beforeEach(async () => {
  server = await new MailServer().start();
});
afterEach(() => server.stop());

const send = (patch: object = {}, limitMs = 2_000) =>
  createMail({ ...server.settings, ...patch }, limitMs).send(letter, at);

describe('an email over a real mail server', () => {
  test('arrives whole, once, for everybody it was for', async () => {
    expect(await send()).toEqual({ kind: 'sent', refused: [] });
    expect(server.taken).toHaveLength(1);
    const [mail] = server.taken;
    expect(mail?.from).toBe('bot@contoso.example');
    expect(mail?.to).toEqual(['dana@contoso.example', 'ali@contoso.example', 'olga@contoso.example']);
    const [head, body] = split(mail?.raw ?? '');
    expect(head['to']).toBe('dana@contoso.example, ali@contoso.example');
    expect(head['cc']).toBe('olga@contoso.example');
    expect(head['reply-to']).toBe('priya@contoso.example');
    expect(head['message-id']).toBe('<csat-1@contoso.example>');
    expect(head['date']).toBe('Fri, 20 Nov 2026 09:30:00 +0000');
    expect(head['subject']).toBe(letter.subject);
    expect(decoded(head, body).replaceAll('\r\n', '\n').trimEnd()).toBe(letter.text);
  });

  test('a wrong password is said in plain words, without the password and what the server said', async () => {
    const outcome = await send({ password: 'CANARY-secret' });
    expect(outcome).toMatchObject({ kind: 'failed' });
    const { reason } = outcome as { reason: string };
    expect(reason).toContain('did not accept the user name or password');
    expect(reason).toContain('Nothing was sent.');
    expect(reason).not.toContain('CANARY');
    expect(server.taken).toEqual([]);
  });

  test('a refused recipient is named, and the others get it', async () => {
    server.refused.add('ali@contoso.example');
    expect(await send()).toEqual({ kind: 'sent', refused: ['ali@contoso.example'] });
    expect(server.taken[0]?.to).toEqual(['dana@contoso.example', 'olga@contoso.example']);
  });

  test('when every recipient is refused, nothing was sent', async () => {
    for (const address of [...letter.to, ...letter.cc]) server.refused.add(address);
    const outcome = await send();
    expect(outcome).toMatchObject({ kind: 'failed' });
    expect((outcome as { reason: string }).reason).toContain('refused every address (it said 550): dana@');
    expect(server.taken).toEqual([]);
  });

  test('a server that says nothing before the text: surely nothing was sent', async () => {
    server.saysNothing = true;
    expect(await send({}, 300)).toEqual({
      kind: 'failed',
      reason: 'The mail server did not answer in time. Nothing was sent.',
    });
  });

  test.each(['say nothing', 'hang up', 'take and hang up'] as const)(
    'a server that has the text and does this: %s; then nobody knows whether it is out',
    async (what) => {
      server.withText = what;
      expect(await send({}, 500)).toMatchObject({ kind: 'unknown' });
    },
  );

  test('a server that refuses the text: surely nothing was sent', async () => {
    server.withText = 'refuse';
    expect(await send()).toEqual({
      kind: 'failed',
      reason: 'The mail server refused the email (it said 554). Nothing was sent.',
    });
  });

  test('a server that is not there: surely nothing was sent', async () => {
    await server.stop();
    expect(await send()).toEqual({ kind: 'failed', reason: 'I could not reach the mail server. Nothing was sent.' });
    server = await new MailServer().start();
  });

  test('a server that takes the connection and never greets is not waited for longer than the limit', async () => {
    const silent = await listen();
    const from = performance.now();
    expect(await send({ port: (silent.address() as AddressInfo).port }, 400)).toEqual({
      kind: 'failed',
      reason: 'The mail server did not answer in time. Nothing was sent.',
    });
    expect(performance.now() - from).toBeLessThan(15_000);
    silent.close();
  });

  test('without a server it says so', async () => {
    expect(await createMail(undefined).send(letter, at)).toEqual({
      kind: 'failed',
      reason: 'No mail server is set, so I can send no email.',
    });
  });
});

describe('the letter as a file', () => {
  const mail = createMail(undefined);

  test('is a draft of RFC 5322: ASCII, lines of at most 998 characters that end in CR LF', async () => {
    const text = await mail.compose({ ...letter, text: `Zoë ${'x'.repeat(2_000)}\n${'ü'.repeat(500)}` }, at);
    expect(text).toMatch(/^[\x00-\x7F]*$/);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of text.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
    const [head, body] = split(text);
    expect(head['x-unsent']).toBe('1');
    expect(head['from']).toBeUndefined();
    expect(decoded(head, body).replaceAll('\r\n', '\n')).toContain(`${'ü'.repeat(500)}`);
  });

  test('nothing that was typed becomes a header', async () => {
    const names = Object.keys(split(await mail.compose(letter, at))[0]).sort();
    const nasty = fc.array(
      fc.oneof(
        fc.constantFrom(
          '\r\nBcc: evil@x.example',
          '\nX-A: b',
          '\r\rTo: x',
          '\u2028Cc: x',
          '\u0085Bcc: y',
          '\r\n\r\n',
          '\0',
        ),
        fc.string({ unit: 'binary', maxLength: 40 }),
      ),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (subject, text) => {
        const composed = await mail.compose({ ...letter, subject: subject.join('') || 'x', text: text.join('') }, at);
        const found = Object.keys(split(composed)[0]).sort();
        expect(found.filter((name) => !names.includes(name) && name !== 'content-transfer-encoding')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

function listen(): Promise<Server> {
  return new Promise((resolve) => {
    const silent = createServer(() => {});
    silent.listen(0, '127.0.0.1', () => resolve(silent));
  });
}

/** Headers by their names in small letters, unfolded, and the body. */
function split(raw: string): [Record<string, string>, string] {
  const end = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, end).replace(/\r\n[ \t]+/g, ' ');
  return [
    Object.fromEntries(
      head.split('\r\n').map((line) => {
        const at = line.indexOf(':');
        return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
      }),
    ),
    raw.slice(end + 4),
  ];
}

function decoded(head: Record<string, string>, body: string): string {
  const encoding = head['content-transfer-encoding'];
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
