import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { cleanText, cutText, escapeMarkdown } from '../../src/bot/card-text.ts';

const markdown = new MarkdownIt({ html: false, linkify: false });

/** What a reader sees: the words of the rendered text, with runs of white space as one blank. */
function seen(source: string): string {
  const html = markdown.render(source);
  // Only what markdown-it itself wrote is a tag: it escapes every "<" of the text.
  return words(
    html
      .replace(/<[^>]*>/g, ' ')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&'),
  );
}
const words = (text: string) => text.replace(/\s+/gu, ' ').trim();

/** Tags that mean more than a paragraph. */
const tagsIn = (source: string) =>
  [...markdown.render(source).matchAll(/<\/?([a-z0-9]+)/g)]
    .map(([, name]) => name)
    .filter((name) => name !== 'p' && name !== 'br');

const nasty = [
  '**bold** _it_ ~~gone~~ `code`',
  '# heading',
  'a\n===',
  'a\n---',
  'a\n:-:',
  'a|b\n:-:',
  'a | b\n--|--\nc | d',
  '- a\n- b',
  '+ a',
  '* a',
  '1. a\n2) b',
  '123456789. a',
  '> quote',
  '    four spaces',
  'a\n\n    *four* after a line',
  '\t*tab*',
  'a\n \t*blank and tab*',
  '```\ncode\n```',
  '~~~\ncode\n~~~',
  '[x](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  '[x]: https://evil.example',
  '[x][y]\n\n[y]: https://evil.example',
  '<https://evil.example>',
  '<b>x</b> <at>everyone</at> <script>',
  '&lt;b&gt; &amp; &#x41; &#65; &nbsp;',
  '\\*not bold\\* \\\\ \\',
  'line  \nbreak\\\nbreak',
  '***',
  '- - -',
  '___',
  '${name} ${range(1,100)} {{name}} {{DATE(2017-02-14T06:08:00Z, SHORT)}} {{{x}}}',
  '$data $when $root $index',
  '__proto__ constructor.prototype',
  '¯\\_(ツ)_/¯',
  'a*b*c 2*3*4 snake_case_name',
  '-1 -a',
  '=====',
  ':-:',
  '-',
  '',
  ' ',
  '\n\n',
];

describe('escaped text is shown to the letter:', () => {
  test.each(nasty)('%j', (text) => {
    const escaped = escapeMarkdown(cleanText(text));
    expect(seen(escaped)).toBe(words(cleanText(text)));
    expect(tagsIn(escaped)).toEqual([]);
  });

  test('whatever is put together from Markdown', () => {
    const piece = fc.constantFrom(
      ...'*_~`[]()<>#+-.!|\\&={}:;$"\'^%/?@, \n\ta1',
      'http://x.y',
      '&amp;',
      '    ',
      '1.',
      '${x}',
      '{{',
      '</at>',
      '\u00A0',
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(text, (raw) => {
        const clean = cleanText(raw);
        const escaped = escapeMarkdown(clean);
        expect(seen(escaped)).toBe(words(clean));
        expect(tagsIn(escaped)).toEqual([]);
      }),
      { numRuns: 20_000 },
    );
  });

  test('a date function of Adaptive Cards is none any more', () => {
    // The expression is the one of the adaptivecards package.
    const dates =
      /\{{2}(DATE|TIME)\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|(?:[-+]\d{2}:\d{2})))(?:, ?(COMPACT|LONG|SHORT))?\)\}{2}/;
    for (const text of ['{{DATE(2017-02-14T06:08:00Z)}}', '{{{TIME(2017-02-14T06:08:00Z)}}}']) {
      expect(dates.test(text)).toBe(true);
      expect(dates.test(escapeMarkdown(text))).toBe(false);
    }
  });
});

describe('clean text', () => {
  test.each<[string, string, string]>([
    ['loses bidirectional controls', '\u202Eabc\u202C \u2066x\u2069\u200F\u200E\u061C', 'abc x'],
    ['loses what has no width', 'a\u200Bb\u200Cc\u2060d\uFEFFe\u00ADf\u180Eg', 'abcdefg'],
    ['loses a joiner that joins nothing', 'a\u200Db', 'ab'],
    ['loses hidden letters', 'a\u{E0041}\u{E0042}b\u{E0001}', 'ab'],
    ['loses control characters', 'a\0b\u0007c\u001B[31md\u009Be', 'abc[31mde'],
    ['has one kind of line break', 'a\r\nb\rc\u2028d\u2029e', 'a\nb\nc\nd\ne'],
    ['keeps tabs and line breaks', 'a\tb\nc', 'a\tb\nc'],
    ['has no half surrogate pairs', 'a\uD800b\uDC00', 'a\uFFFDb\uFFFD'],
    ['is composed', 'e\u0301', 'é'],
    ['is composed where something invisible stood between', 'e\u200B\u0301', 'é'],
    ['has four marks on a letter at most', `z${'\u0335'.repeat(50)}!`, `z${'\u0335'.repeat(4)}!`],
    ['keeps families', '👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    ['keeps skin tones and professions', '👩🏽‍🚒', '👩🏽‍🚒'],
    ['keeps hearts that burn', '❤️‍🔥', '❤️‍🔥'],
    ['keeps flags', '🇫🇷🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇫🇷🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['keeps other scripts', 'שלום مرحبا नमस्ते 日本語 ไทย', 'שלום مرحبا नमस्ते 日本語 ไทย'],
  ])('%s', (_title, raw, expected) => {
    expect(cleanText(raw)).toBe(expected);
  });

  test('is well-formed and stays as it is when cleaned again', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
        ),
        (raw) => {
          const clean = cleanText(raw);
          expect(clean.isWellFormed()).toBe(true);

          expect(clean).not.toMatch(/[\0-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]/);
          expect(cleanText(clean)).toBe(clean);
        },
      ),
      { numRuns: 10_000 },
    );
  });
});

describe('a cut', () => {
  const graphemes = (text: string) => [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment);
  test('keeps whole graphemes, at most as many as asked for, and says how many are missing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 1, max: 100 }), (text, max) => {
        const parts = graphemes(text);
        const cut = cutText(text, max);
        if (parts.length <= max) return expect(cut).toBe(text);
        expect(cut).toBe(`${parts.slice(0, max).join('')}… (${parts.length - max} more characters)`);
      }),
      { numRuns: 5_000 },
    );
  });

  test.each([
    ['letters', 'a'],
    ['families', '👨‍👩‍👧‍👦'],
    ['flags', '🇫🇷'],
    ['accents', 'e\u0301\u0323'],
    ['lines', 'a\n'],
  ])('of 100,000 units of %s is short and quick', (_title, unit) => {
    const text = unit.repeat(100_000 / unit.length);
    const start = performance.now();
    const cut = cutText(cleanText(text), 500);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(cut.length).toBeLessThan(500 * 12 + 50);
    expect(cut).toMatch(/… \(\d{4,6} more characters\)$/);
  });

  test('does not let one grapheme without an end through', () => {
    const chain = `ab${'👨\u200D'.repeat(5_000)}👨`;
    expect(cutText(cleanText(chain), 500)).toMatch(/^ab… \(\d+ more characters\)$/);
  });
});
