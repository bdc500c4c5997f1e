import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createCardRenderer, maxCardLength, warmTemplates } from '../../../src/bot/card-renderer.ts';
import type { AnyCard } from '../../../src/features/card.ts';
import {
  escalationCard,
  escalationEmailCard,
  escalationFormCard,
  escalationHistoryCard,
  escalationNewsCard,
} from '../../../src/features/escalation/escalation-cards.ts';
import { fields } from '../../../src/features/escalation/escalation-draft.ts';

const renderer = createCardRenderer(new URL('../../../cards/', import.meta.url));
beforeAll(warmTemplates);

const family = '👩‍👩‍👧‍👦';
const hostile = [
  'a',
  '"',
  '*',
  '\\',
  '\n',
  'é',
  family,
  '\u202E',
  '<at>everyone</at>',
  '[x](https://example.com)',
  '${a}',
  '{{DATE(1)}}',
];
/** As long as a field can be, of one text. */
const long = (piece: string, most: number) => piece.repeat(Math.ceil(most / [...piece].length));
const lines = (piece: string, count: number, most: number) =>
  Array.from({ length: count }, () => ({ text: long(piece, most) }));

/** The fullest views that there can be. */
const views: [name: string, card: AnyCard, view: (piece: string) => unknown][] = [
  [
    'the SMEs’ message',
    escalationCard,
    (piece) => ({
      ...escalationCard.samples[0],
      mentions: Array.from({ length: 6 }, (_one, at) => ({
        name: `${'Name '.repeat(10)}${at}`,
        id: `29:1${'x'.repeat(80)}`,
      })),
      call: long(piece, 300),
      state: long(piece, 1_000),
      warnings: [
        { title: `Exceptionally bad: ${'Name '.repeat(10)} judged it so`, text: long('a', 300) },
        { title: 'The case is closed already', text: long('a', 300) },
      ],
      facts: (['icmTitle', 'icmLink', 'srTitle', 'srLink', 'contacts', 'ownerName'] as const).map((name) => ({
        title: fields[name].label,
        value: long(piece, fields[name].most),
      })),
      details: (['sentiment', 'why', 'improvement'] as const).map((name) => ({
        title: fields[name].label,
        text: long(piece, 800),
      })),
      talk: lines(piece, 2, 850),
      viewers: Array.from({ length: 17 }, () => `29:1${'x'.repeat(80)}`),
    }),
  ],
  [
    'an SME’s view with all that can be typed',
    escalationCard,
    (piece) => ({
      ...escalationCard.samples[1],
      details: (['sentiment', 'why', 'improvement'] as const).map((name) => ({
        title: fields[name].label,
        text: long(piece, 800),
      })),
      talk: lines(piece, 2, 850),
      avoided: long(piece, 800),
      reason: long(piece, 800),
      question: long(piece, 800),
    }),
  ],
  [
    'the form',
    escalationFormCard,
    (piece) => ({
      ...escalationFormCard.samples[0],
      ...Object.fromEntries(Object.entries(fields).map(([name, { most }]) => [name, long(piece, most)])),
      problems: Object.values(fields).map(({ label }) => ({ label, sentence: long('a', 70) })),
      caseStatus: 'closed',
      exceptional: 'true',
    }),
  ],
  ['the email', escalationEmailCard, (piece) => ({ ...escalationEmailCard.samples[1], body: long(piece, 6_000) })],
  [
    'the history',
    escalationHistoryCard,
    (piece) => ({
      ...escalationHistoryCard.samples[0],
      lines: Array.from({ length: 14 }, () => ({
        what: long(piece, 160),
        when: 'today 09:00 (UTC)',
        words: long(piece, 3_000),
      })),
    }),
  ],
  ['a notice', escalationNewsCard, (piece) => ({ ...escalationNewsCard.samples[0], lines: lines(piece, 2, 1_000) })],
];

describe.each(views)('%s', (_name, card, view) => {
  test.each(hostile)('fits with %j everywhere, and shows it as text', (piece) => {
    const json = renderer.render(card, view(piece));
    expect(json.length).toBeLessThanOrEqual(maxCardLength);
    expect(json).not.toContain('\u202E');
    const { msteams } = JSON.parse(json) as { msteams?: { entities: { mentioned: { id: string } }[] } };
    for (const { mentioned } of msteams?.entities ?? []) expect(mentioned.id).toMatch(/^29:/);
  });

  test('fits with any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (piece) => {
        expect(renderer.render(card, view(piece)).length).toBeLessThanOrEqual(maxCardLength);
      }),
      { numRuns: 40 },
    );
  });
});
