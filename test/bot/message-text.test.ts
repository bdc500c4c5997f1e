import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { messageText } from '../../src/bot/message-text.ts';

describe('the text of a message', () => {
  test.each([
    ['<p>Hello Ana,</p><p>we look into it.</p>', 'Hello Ana,\nwe look into it.'],
    ['<div>one<br>two<br/>three</div>', 'one\ntwo\nthree'],
    ['one<br><br>two', 'one\n\ntwo'],
    ['I<b>C</b>M', 'ICM'],
    ['<p><at id="0">ICM Guide</at>&nbsp;check: this</p>', 'check: this'],
    ['<p>Hello <at id="0">Ana</at>, this</p>', 'Hello Ana, this'],
    ['a &lt; b &amp;&amp; c &gt; d &quot;e&quot; &#39;f&#x27;', `a < b && c > d "e" 'f'`],
    ['non&nbsp;breaking', 'non breaking'],
    ['a < b and c > d', 'a < b and c > d'],
    ['cut off <b', 'cut off <b'],
    [
      '<a href="https://portal.microsofticm.com/1?x=1&amp;y=2">this page</a>.',
      'this page (https://portal.microsofticm.com/1?x=1&y=2).',
    ],
    ['<a href="https://example.org">https://example.org</a>', 'https://example.org'],
    ['look <emoji alt="🙂"></emoji> <img alt="a picture" src="x">', 'look 🙂 a picture'],
    ['<style>p{}</style>seen<script>alert(1)</script>', 'seen'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
    ['<ul><li>first</li><li>second</li></ul>', 'first\nsecond'],
    ['&#0; &#xD800; &#99999999; &bogus;', '&#0; &#xD800; &#99999999; &bogus;'],
    ['', ''],
  ])('%s', (html, text) => {
    expect(messageText(html, 'html')).toBe(text);
  });

  test('plain text stays as it is', () => {
    expect(messageText('<b>1 < 2</b> &amp; so on', 'text')).toBe('<b>1 < 2</b> &amp; so on');
  });

  test('typed words come through escaping and back', () => {
    const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const word = fc.stringMatching(/^[a-zA-Z<>&;#0-9"']{1,20}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
        const typed = words.join(' ');
        expect(messageText(`<p>${escape(typed)}</p>`, 'html')).toBe(typed);
      }),
    );
  });

  test('anything is read without an error', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 500 }),
        (html) => typeof messageText(html, 'html') === 'string',
      ),
    );
    const tags = fc.array(
      fc.constantFrom('<a href="', '">', '<', '>', '</a>', '<style>', '&#', ';', 'x', '<p', '<!--'),
    );
    fc.assert(fc.property(tags, (parts) => typeof messageText(parts.join(''), 'html') === 'string'));
  });

  // A quadratic reader would need minutes; the limit only tells the two apart.
  test.each([
    '<',
    'x<p>',
    'x<a href=y>z</a>',
    '<at>x</at>',
    '<a href="',
    '<a',
    '&#',
    '<p>',
    '<style>',
    '<a href=">">',
    '</',
  ])('100 KB of %s are read at once', (piece) => {
    const from = performance.now();
    messageText(piece.repeat(100_000 / piece.length), 'html');
    expect(performance.now() - from).toBeLessThan(25_000);
  });
});
