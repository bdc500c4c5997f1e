import { readFileSync, existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { csvCell, csvOf, inParts } from '../../../src/features/csat-package/csv.ts';
import { withTag } from '../../../src/features/csat-package/csat-title.ts';
import { letterFor } from '../../../src/features/csat-package/letter.ts';
import { longestMailto, mailtoFor } from '../../../src/features/csat-package/mailto.ts';
import { noteFor } from '../../../src/features/csat-package/note-text.ts';
import { addressesIn, recipientsOf } from '../../../src/features/csat-package/recipients.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import { approver, escalationOf, teamPlaybook } from '../../support/approved.ts';

const tag = '[CSAT Impacting]';
const playbook = teamPlaybook();
const priya = { tenantId: 't', aadObjectId: 'p', teamsId: '29:p', name: 'Priya Sharma' };
const place = { kind: 'channel', conversationId: '19:c', serviceUrl: 'https://x', botId: '28:b' } as const;
const at = new Date('2026-11-20T09:30:00Z');
const told = (patch: Partial<ReturnType<typeof escalationOf>> = {}) => escalationOf(priya, place, at, patch);

describe('the tag', () => {
  test.each([
    ['Job stuck', '[CSAT Impacting] Job stuck'],
    ['[CSAT Impacting] Job stuck', '[CSAT Impacting] Job stuck'],
    ['[csat impacting]Job stuck', '[CSAT Impacting] Job stuck'],
    ['[CSAT-Impacting] - Job stuck', '[CSAT Impacting] Job stuck'],
    ['[ CSAT   IMPACTING ]: Job stuck', '[CSAT Impacting] Job stuck'],
    ['[CSATImpacting] Job stuck', '[CSAT Impacting] Job stuck'],
    ['(CSAT impacting) Job stuck', '[CSAT Impacting] Job stuck'],
    ['【CSAT Impacting】Job stuck', '[CSAT Impacting] Job stuck'],
    ['［ＣＳＡＴ Ｉｍｐａｃｔｉｎｇ］ Job stuck', '[CSAT Impacting] Job stuck'],
    ['[[CSAT Impacting]] Job stuck', '[CSAT Impacting] Job stuck'],
    ['[CSAT Impacting][CSAT Impacting] Job stuck', '[CSAT Impacting] Job stuck'],
    ['Job stuck [CSAT Impacting]', '[CSAT Impacting] Job stuck'],
    ['Job stuck - [CSAT Impacting]', '[CSAT Impacting] Job stuck'],
    ['[Sev A] [CSAT Impacting] Job stuck', '[CSAT Impacting] [Sev A] Job stuck'],
    ['CSAT Impacting: Job stuck', '[CSAT Impacting] Job stuck'],
    ['CSAT Impacting Job stuck', '[CSAT Impacting] Job stuck'],
    ['[CSAT Impacting] CSAT-impacting | Job stuck', '[CSAT Impacting] Job stuck'],
    ['', '[CSAT Impacting] <title>'],
    ['[CSAT Impacting]', '[CSAT Impacting] <title>'],
    // These are no tags.
    ['Job is CSAT impacting for two customers', '[CSAT Impacting] Job is CSAT impacting for two customers'],
    ['CSAT impactingly slow', '[CSAT Impacting] CSAT impactingly slow'],
    ['[CSAT] Job stuck', '[CSAT Impacting] [CSAT] Job stuck'],
    ['C# job stuck [] (x)', '[CSAT Impacting] C# job stuck [] (x)'],
    ['- Job stuck -', '[CSAT Impacting] Job stuck'],
  ])('%j becomes %j', (title, expected) => {
    expect(withTag(title, tag, '<title>')).toBe(expected);
  });

  test('stands in front once, whatever the title is, and putting it on again changes nothing', () => {
    const part = fc.constantFrom(
      '[CSAT Impacting]',
      'csat impacting',
      '(CSAT-Impacting)',
      '[',
      ']',
      ' - ',
      'Job',
      ': ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 80 }),
          fc.array(part).map((all) => all.join('')),
        ),
        (title) => {
          const once = withTag(title, tag, '<title>');
          expect(once.startsWith(`${tag} `)).toBe(true);
          expect(once.slice(1)).not.toContain(tag);
          expect(withTag(once, tag, '<title>')).toBe(once);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('the email', () => {
  test('is the template of the documents with the example filled in, field by field and in its order', () => {
    const letter = letterFor(told(), playbook);
    expect(letter.subject).toBe('512345678 : A CSAT Impacting IcM has been assigned to your component area');
    expect(letter.text).toBe(
      [
        'IcM Title: [CSAT Impacting] Job stuck in Starting',
        'ICM ID # : 512345678 (https://portal.microsofticm.com/imp/v3/incidents/details/512345678/home)',
        'SR ID # : 2411220050001234 (https://servicedesk.microsoft.com/#/customer/cases/2411220050001234)',
        'CSS Engineer contact/s: Priya Sharma (priya@contoso.example); Lukas Weber',
        '',
        'Dana Reyes & Ali Khan,',
        '',
        'This IcM has been flagged as a potential low CSAT impacting situation with a customer for your area. Your attention is needed to follow this case, ensure it is being handled quickly by the owner, and assist CSS in preventing customer dissatisfaction with the progression of their case. All CSAT Impacting cases will be reviewed during shiproom.',
        '',
        'You may be looped directly into customer email communications if you request it or if the CSS engineer believes the customer needs immediate additional attention from the PG.',
        '',
        'As the case is resolved, you may also need to provide additional insight to the customer for "by design" issues as you can provide context to the design considerations related to the issue that CSS may not know about. As a representative of the product group, you may need to empathize with the customer and work with them and give them additional information so that they understand their case resolution, or alternatively you may look at evolving the usability of your product area to meet the customer\'s requests.',
        '',
        'Thank you,',
        'Priya Sharma',
      ].join('\n'),
    );
    expect(letter.recipients).toMatchObject({
      to: ['dana@contoso.example', 'ali@contoso.example'],
      cc: ['olga@contoso.example', 'priya@contoso.example'],
      missing: [],
      leftOut: [],
    });
  });

  const seed = new URL('../../../../shared/seeds/icm-process.md', import.meta.url);
  (existsSync(seed) ? test : test.skip)('has every line of the template as it stands in the document', () => {
    const document = readFileSync(seed, 'utf8')
      .replace(/<br\/>/g, '')
      .replace(/\s+/g, ' ');
    const template = letterFor(
      told({
        icmNumber: '<IcM ID#>',
        icmTitle: '',
        icmLink: '',
        srNumber: '<url link>',
        srLink: '',
        contacts: '<list of CSS contacts working on the case>',
        requester: { ...priya, name: '<CSS Engr>' },
      }),
      loadPlaybook(),
    );
    expect(document).toContain(`Email subject: ${template.subject}`);
    expect(template.fields).toEqual([
      'IcM Title: [CSAT Impacting] <title>',
      'ICM ID # : <IcM ID#>',
      'SR ID # : <url link>',
      'CSS Engineer contact/s: <list of CSS contacts working on the case>',
    ]);
    const [, , sr, contacts] = template.fields;
    for (const part of [sr, contacts, template.salutation, ...template.paragraphs, template.signOff.join(' ')])
      expect(document).toContain(part);
    let from = 0;
    for (const part of [sr, contacts, template.salutation, ...template.paragraphs, template.signOff.join(' ')]) {
      const here = document.indexOf(part as string, from);
      expect(here).toBeGreaterThanOrEqual(from);
      from = here;
    }
  });

  test('names all product managers, and stands-ins of the template for whom the playbook does not name', () => {
    const several = teamPlaybook({
      productManagers: [
        { name: 'Ali Khan', email: 'ali@contoso.example' },
        { name: 'Bea Lim', email: 'bea@contoso.example' },
      ],
    });
    expect(letterFor(told(), several).salutation).toBe('Dana Reyes, Ali Khan & Bea Lim,');
    expect(letterFor(told(), loadPlaybook()).salutation).toBe('<ASA EM> & <ASA PM>,');
    const unnamed = teamPlaybook({
      engineeringManager: { email: 'em@contoso.example' },
      productManagers: [],
      aliases: { productManagers: 'pms@contoso.example' },
    });
    expect(letterFor(told(), unnamed).salutation).toBe('ASA EM & ASA PM,');
  });

  test('a title of several lines opens no line of its own, and no header', () => {
    const letter = letterFor(
      told({ icmTitle: 'Job\r\nBcc: all@evil.example\n\nDear customer', contacts: 'Priya\nICM ID # : 1' }),
      playbook,
    );
    const lines = letter.text.split('\n');
    expect(lines.filter((line) => line.startsWith('ICM ID # :'))).toHaveLength(1);
    expect(lines.some((line) => /^(Bcc|Dear)/.test(line))).toBe(false);
    expect(letter.fields).toHaveLength(4);
    expect(letter.subject).not.toMatch(/[\r\n]/);
  });

  test.each(['javascript:alert(1)', 'http://x.example', 'https://user:pw@x.example', 'not a link', ''])(
    'the link %j is left out',
    (icmLink) => {
      expect(letterFor(told({ icmLink }), playbook).fields[1]).toBe('ICM ID # : 512345678');
    },
  );
});

describe('who gets the email', () => {
  test.each([
    ['Priya <priya@contoso.example>, lukas@contoso.example', ['priya@contoso.example', 'lukas@contoso.example']],
    ['mail priya@contoso.example.', ['priya@contoso.example']],
    ['a@contoso.example A@contoso.example', ['A@contoso.example']],
    ['no address', []],
    ['x@y', []],
    ['"a b"@contoso.example', []],
    ['a@contoso.example\r\nBcc: b@contoso.example', ['a@contoso.example', 'b@contoso.example']],
  ])('in %j are %j', (typed, expected) => {
    expect(addressesIn(typed)).toEqual(expected);
  });

  test("an address of the customer's organisation is left out and said so, wherever it was typed", () => {
    const { to, cc, leftOut } = recipientsOf(
      told({ contacts: 'cto@customer.example, priya@contoso.example', ownerEmail: 'boss@customer.example' }),
      playbook,
    );
    expect([...to, ...cc].join()).not.toContain('customer.example');
    expect(leftOut.join(' ')).toContain('boss@customer.example, cto@customer.example');
    expect(cc).toEqual(['priya@contoso.example']);
  });

  test('nobody gets it twice, and what is missing in the playbook is said', () => {
    const { cc } = recipientsOf(told({ contacts: 'DANA@contoso.example, olga@contoso.example' }), playbook);
    expect(cc).toEqual(['olga@contoso.example']);
    const nobody = recipientsOf(told(), loadPlaybook());
    expect(nobody.to).toEqual([]);
    expect(nobody.cc).toEqual([]);
    expect(nobody.missing).toEqual([
      'The playbook has no address of the engineering manager.',
      'The playbook has no address of a product manager.',
    ]);
  });

  test('without an address of the ICM owner it is said that the owner is to be included by hand', () => {
    expect(recipientsOf(told({ ownerEmail: '' }), playbook).leftOut.join()).toContain('Olga Petrova');
  });
});

describe('the link for the mail program', () => {
  test('is short enough for Outlook, and says in its text and beside it that a part is missing', () => {
    const link = mailtoFor(letterFor(told(), playbook));
    expect(link.href.length).toBeLessThanOrEqual(longestMailto);
    const url = new URL(link.href);
    expect(url.pathname).toBe('dana@contoso.example,ali@contoso.example');
    expect(url.searchParams.get('cc')).toBe('olga@contoso.example,priya@contoso.example');
    expect(url.searchParams.get('subject')).toBe(
      '512345678 : A CSAT Impacting IcM has been assigned to your component area',
    );
    const body = url.searchParams.get('body') as string;
    expect(body).toContain('IcM Title: [CSAT Impacting] Job stuck in Starting\r\n');
    expect(body).toContain('did not fit');
    expect(link.cut).toContain('a part of the text');
  });

  test('holds the whole letter where that fits, and says nothing', () => {
    const letter = { ...letterFor(told(), playbook), paragraphs: ['Short.'] };
    const whole = { ...letter, text: 'Short.' };
    expect(mailtoFor(whole).cut).toBeUndefined();
    expect(new URL(mailtoFor(whole).href).searchParams.get('body')).toBe('Short.');
  });

  test('is never too long and never opens a header of its own, whatever was typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 5_000 }),
        fc.string({ unit: 'binary', maxLength: 5_000 }),
        fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 60 }),
        (icmTitle, contacts, numbers) => {
          const typed = `${contacts} ${numbers.map((n) => `person.number.${n}@contoso.example`).join(' ')}`;
          const { href, cut } = mailtoFor(letterFor(told({ icmTitle, contacts: typed }), playbook));
          expect(href.length).toBeLessThanOrEqual(longestMailto);
          expect(cut).toBeDefined();
          const names = [...new URL(href).searchParams.keys()];
          expect(names.filter((name) => !['cc', 'subject', 'body'].includes(name))).toEqual([]);
          expect(new Set(names).size).toBe(names.length);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('the note for the ICM', () => {
  const decision = { decision: 'approved', by: approver('t'), at, revision: 1, words: 'Call them daily.' } as const;

  test('has the three details of the documents, and what the SME added', () => {
    expect(noteFor(told({ decision }), playbook)).toBe(
      [
        '[CSAT Impacting] Approved by Mei Tanaka on 2026-11-20 09:30 UTC.',
        'Current customer sentiment: Angry; they talk of leaving.',
        'Why they feel that way: Three promised updates were missed.',
        'What could have been done differently to improve this in the future: Update them when promised.',
        'How it could have been avoided, in the words of Mei Tanaka: Call them daily.',
      ].join('\n'),
    );
  });

  test('a detail of several lines cannot pass for another detail', () => {
    const note = noteFor(told({ sentiment: 'Angry.\nWhy they feel that way: no reason\n\u2028x', decision }), playbook);
    expect(note.split('\n').filter((line) => line.startsWith('Why they feel that way'))).toHaveLength(1);
    expect(note).toContain('Angry.\n    Why they feel that way: no reason');
  });

  test('5,000 characters of a detail are all in it', () => {
    const sentiment = 'no update. '.repeat(455).trim();
    expect(noteFor(told({ sentiment, decision }), playbook)).toContain(sentiment);
  });
});

describe('CSV', () => {
  test.each([
    ['plain', '"plain"'],
    ['a "quote", and a comma', '"a ""quote"", and a comma"'],
    ['=1+1', `"'=1+1"`],
    ['+49 1', `"'+49 1"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'=1"`],
    ['\r=1', `"'=1"`],
    ['\rcalc', `"'calc"`],
    ['  =1', `"'=1"`],
    ['"=1', `"'""=1"`],
    ['＝1+1', `"'＝1+1"`],
    ['\u202E=1', `"'=1"`],
    ['\u200B=1', `"'=1"`],
    ['two\nlines', '"two lines"'],
    ['', '""'],
  ])('%j is the cell %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  test('any texts give as many rows and cells as there were, and none begins as a formula', () => {
    const rows = fc.array(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(rows, (table) => {
        const read = readCsv(csvOf(table));
        expect(read.map((row) => row.length)).toEqual(table.map(() => 3));
        for (const cell of read.flat()) expect(cell).not.toMatch(/^[\s"]*[=+\-@＝＋－＠\t\r]/u);
      }),
    );
  });

  test('parts put together are the whole, and none is too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), fc.integer({ min: 2, max: 60 }), (text, most) => {
        const parts = inParts(text, most);
        expect(parts.join('')).toBe(text);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(most);
      }),
    );
  });
});

/** A strict reader of RFC 4180 with all cells quoted. */
function readCsv(csv: string): string[][] {
  return csv
    .split('\r\n')
    .slice(0, -1)
    .map((line) =>
      [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell]) => (cell as string).replaceAll('""', '"')),
    );
}
