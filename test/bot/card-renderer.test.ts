import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import MarkdownIt from 'markdown-it';
import { z } from 'zod';
import { createCardRenderer, maxCardLength, warmTemplates, type CardRenderer } from '../../src/bot/card-renderer.ts';
import { cleanText, cutText } from '../../src/bot/card-text.ts';
import { defineCard, opaque, plain, text, type AnyCard } from '../../src/features/card.ts';
import { menuCard } from '../../src/features/help-feature.ts';
import { temporaryFolder } from '../support/databases.ts';

const folder = temporaryFolder();
const template = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: 'Rule ${id}: ${words}', wrap: true },
    { type: 'TextBlock', $when: '${urgent}', text: 'Urgent, ${count} times' },
    { type: 'TextBlock', $when: "${kind == 'open'}", text: 'open' },
    { type: 'TextBlock', $when: '${exists(note)}', text: '${note}' },
    { type: 'TextBlock', $data: '${items}', text: '${label}' },
    { type: 'Input.Text', id: 'title', value: '${draft}' },
  ],
  actions: [{ type: 'Action.Execute', title: 'Go', verb: 'test/go', data: { dialog: '${id}' } }],
};
const card = defineCard({
  name: 'small',
  view: z.strictObject({
    id: opaque(),
    words: text(200),
    urgent: z.boolean(),
    count: z.number(),
    kind: z.enum(['open', 'closed']),
    note: text(100).optional(),
    items: z.array(z.strictObject({ label: text(50) })),
    draft: plain(300),
  }),
  samples: [{ id: '1', words: 'w', urgent: false, count: 1, kind: 'open', items: [], draft: '' }],
});
type View = z.input<typeof card.view>;
const sample = card.samples[0];
const asAny = (one: unknown) => one as AnyCard;
const write = (name: string, json: unknown) => writeFileSync(join(folder.path, `${name}.json`), JSON.stringify(json));

let renderer: CardRenderer;
beforeAll(async () => {
  write('small', template);
  await warmTemplates();
  renderer = createCardRenderer(pathToFileURL(`${folder.path}/`));
});
afterAll(() => folder.remove());

interface Block {
  readonly type: string;
  readonly text?: string;
  readonly value?: string;
  readonly items?: Block[];
  readonly actions?: { title: string; data: Record<string, unknown> }[];
}
interface CardJson {
  readonly body: Block[];
  readonly actions: { data: Record<string, unknown> }[];
}
const render = (view: Partial<View>, by = renderer) =>
  JSON.parse(by.render(asAny(card), { ...sample, ...view })) as CardJson;

const markdown = new MarkdownIt({ html: false });
const words = (shown: string) => shown.replace(/\s+/gu, ' ').trim();
const seen = (source: string | undefined) =>
  words(
    markdown
      .render(source ?? '')
      .replace(/<[^>]*>/g, ' ')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&'),
  );

test('texts, choices, lists and optional parts come where the template puts them', () => {
  const { body, actions } = render({
    id: 'a-1',
    words: 'it works',
    urgent: true,
    count: 3,
    note: 'n',
    items: [{ label: 'x' }, { label: 'y' }],
    draft: 'd',
  });
  expect(body.map((block) => block.text ?? block.value)).toEqual([
    'Rule a-1: it works',
    'Urgent, 3 times',
    'open',
    'n',
    'x',
    'y',
    'd',
  ]);
  expect(actions[0]?.data).toEqual({ dialog: 'a-1' });
  expect(render({ kind: 'closed' }).body).toHaveLength(2);
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 100 }).map((codes) => String.fromCharCode(...codes)),
  fc
    .array(
      fc.constantFrom(
        '${',
        '}',
        '${words}',
        '${json(x)}',
        '{{',
        '}}',
        '{{DATE(2017-02-14T06:08:00Z)}}',
        '$data',
        '\\',
        '"',
        '\n',
        '\r\n',
        '\t',
        '\0',
        '\uD800',
        '\uE000',
        '\uE001',
        '\uE0000\uE001',
        '<at>everyone</at>',
        '[x](javascript:alert(1))',
        '**',
        '# ',
        '|',
        '\u202E',
        '\u2028',
        'z\u0335\u0335\u0335\u0335\u0335\u0335',
        '👨‍👩‍👧',
        '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
        'word ',
        '1. ',
        '__proto__',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
);

// Rows I1, I2 and I3.
test('any text is shown to the letter, cut with a notice, in JSON that is valid and fits', () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, (one, two, three) => {
      const json = renderer.render(asAny(card), {
        ...sample,
        words: one,
        note: two,
        items: [{ label: three }, { label: one }],
        draft: two,
      });
      expect(json.length).toBeLessThanOrEqual(maxCardLength);
      expect(json.isWellFormed()).toBe(true);

      expect(json).not.toMatch(/[\0-\u001F\u007F-\u009F]/);
      const { body } = JSON.parse(json) as CardJson;
      const shown = (raw: string, max: number) => words(cutText(cleanText(raw), max));
      expect(seen(body[0]?.text)).toBe(words(`Rule 1: ${cutText(cleanText(one), 200)}`));
      expect(seen(body[2]?.text)).toBe(shown(two, 100));
      expect([seen(body[3]?.text), seen(body[4]?.text)]).toEqual([shown(three, 50), shown(one, 50)]);
      expect(body[5]?.value).toBe(cutText(cleanText(two), 300));
    }),
    { numRuns: 5_000 },
  );
});

test('the menu card shows any text to the letter, and its buttons carry any id as it is', () => {
  const real = createCardRenderer(new URL('../../cards/', import.meta.url));
  fc.assert(
    fc.property(anyText, anyText, (one, two) => {
      const json = real.render(asAny(menuCard), {
        title: one,
        lines: [{ text: two }],
        choices: [{ title: one, command: two, note: one }],
        footer: two,
      });
      expect(json.length).toBeLessThanOrEqual(maxCardLength);
      const { body } = JSON.parse(json) as CardJson;
      expect(seen(body[0]?.text)).toBe(words(cutText(cleanText(one), 120)));
      const [action] = body[2]?.items?.[0]?.actions ?? [];
      expect(action).toMatchObject({ title: cutText(cleanText(one), 60), data: { command: two.toWellFormed() } });
    }),
    { numRuns: 2_000 },
  );
  for (const view of menuCard.samples) expect(real.render(asAny(menuCard), view)).not.toContain('${');
});

// Row I4.
test.each([28_000, 100_000])('texts of %d characters everywhere are cut so far that the card fits', (length) => {
  for (const letter of ['a', '\\', '"', '👨‍👩‍👧', '\n', '&amp;', '🏴󠁧󠁢󠁥󠁮󠁧󠁿']) {
    const long = letter.repeat(length / letter.length);
    const items = Array.from({ length: 20 }, () => ({ label: long }));
    const json = renderer.render(asAny(card), { ...sample, words: long, note: long, items, draft: long });
    expect(json.length).toBeLessThanOrEqual(maxCardLength);
    const { body } = JSON.parse(json) as CardJson;
    if (letter !== '\n') expect(seen(body[0]?.text)).toMatch(/… \(\d+ more characters\)$/);
  }
});

describe('a view is refused as card-invalid:', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a missing text', { ...sample, words: undefined }],
    ['a text that is null', { ...sample, words: null }],
    ['a text that is an object', { ...sample, words: { a: 1 } }],
    ['a text that is a list', { ...sample, words: ['a'] }],
    ['a choice that is not there', { ...sample, kind: '${x}' }],
    ['a number that is a text', { ...sample, count: '1' }],
    ['NaN', { ...sample, count: NaN }],
    ['a field too many', { ...sample, extra: 'x' }],
    ['items that are no list', { ...sample, items: { 0: { label: 'x' } } }],
    ['an item too many fields', { ...sample, items: [{ label: 'x', more: 1 }] }],
    ['more items than fit', { ...sample, items: Array.from({ length: 2_000 }, () => ({ label: 'x' })) }],
    ['an id longer than the card may be', { ...sample, id: 'x'.repeat(maxCardLength) }],
  ])('%s', (_title, view) => {
    expect(() => renderer.render(asAny(card), view)).toThrow(expect.objectContaining({ code: 'card-invalid' }));
  });

  test('and the message names the field and not what stood in it', () => {
    const refuse = () => renderer.render(asAny(card), { ...sample, words: { secret: 'CANARY' }, kind: 'CANARY' });
    expect(refuse).toThrow(/words .*kind /);
    expect(refuse).not.toThrow(/CANARY/);
  });
});

describe('a mistake in a card is told as card-invalid:', () => {
  const make = (view: z.ZodType, body: unknown, name: string) => {
    write(name, { type: 'AdaptiveCard', version: '1.5', body });
    return asAny({ name, view, samples: [{}] });
  };
  test.each<[string, z.ZodType, unknown, unknown]>([
    [
      'a name that its view does not have',
      z.strictObject({ a: text() }),
      [{ type: 'TextBlock', text: '${b}' }],
      { a: 'x' },
    ],
    ['a text that is neither text, plain nor opaque', z.strictObject({ a: z.string() }), [], { a: 'x' }],
    ['a view with a record', z.strictObject({ a: z.record(z.string(), z.string()) }), [], { a: {} }],
    ['a view with a union', z.strictObject({ a: z.union([text(), z.number()]) }), [], { a: 1 }],
    [
      'a template that cuts a text',
      z.strictObject({ a: text() }),
      [{ type: 'TextBlock', text: '${substring(a, 0, 1)}' }],
      { a: 'x' },
    ],
  ])('%s', (title, view, body, value) => {
    const wrong = make(view, body, `wrong-${title.replace(/\W+/g, '-')}`);
    expect(() => renderer.render(wrong, value)).toThrow(expect.objectContaining({ code: 'card-invalid' }));
  });

  test('a file that is not there or is no JSON', () => {
    expect(() => renderer.render(asAny({ ...card, name: 'nowhere' }), sample)).toThrow(
      expect.objectContaining({ code: 'card-invalid' }),
    );
    writeFileSync(join(folder.path, 'broken.json'), '{');
    expect(() => renderer.render(asAny({ ...card, name: 'broken' }), sample)).toThrow(
      expect.objectContaining({ code: 'card-invalid' }),
    );
  });
});

test('a variant is expanded once, and a card has one template', () => {
  const fresh = createCardRenderer(pathToFileURL(`${folder.path}/`));
  render({ words: 'first' }, fresh);
  expect(fresh.counts).toEqual({ templates: 1, expansions: 1 });
  for (let at = 0; at < 1_000; at += 1) render({ id: `${at}`, words: `text ${at} \${x}`, draft: `${at}` }, fresh);
  expect(fresh.counts).toEqual({ templates: 1, expansions: 1 });
  render({ urgent: true }, fresh);
  render({ note: 'n' }, fresh);
  render({ items: [{ label: 'x' }] }, fresh);
  expect(fresh.counts).toEqual({ templates: 1, expansions: 4 });
  render({ urgent: true, words: 'again' }, fresh);
  render({ note: 'again' }, fresh);
  render({ items: [{ label: 'again' }] }, fresh);
  expect(fresh.counts).toEqual({ templates: 1, expansions: 4 });
});

test('a shape with endless variants does not fill the memory', () => {
  const fresh = createCardRenderer(pathToFileURL(`${folder.path}/`));
  for (let count = 0; count < 1_100; count += 1) render({ count }, fresh);
  expect(render({ urgent: true, count: 7 }, fresh).body[1]?.text).toBe('Urgent, 7 times');
  expect(fresh.counts).toEqual({ templates: 1, expansions: 1_101 });
});
