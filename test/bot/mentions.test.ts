import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { peopleMentioned, withoutMentions } from '../../src/bot/mentions.ts';

const bot = '28:bot';
const mention = (id: unknown, text: unknown) => ({ type: 'mention', text, mentioned: { id } });

test('people are those with an id that a record can hold, each once', () => {
  const named = (id: unknown, name?: unknown) => ({ type: 'mention', mentioned: { id, name } });
  const entities = [
    ...[named(bot, 'ICM'), named('29:a', ' An\0a '), named('29:a', 'again'), named('29:b\0', 'x'), named('', 'x')],
    ...[
      named('29:c\uD800', 'x'),
      named('x'.repeat(1_025)),
      named(7),
      null,
      { type: 'mention' },
      named('29:d', { a: 1 }),
    ],
  ];
  expect(peopleMentioned(entities, bot)).toEqual([
    { teamsId: '29:a', name: 'Ana' },
    { teamsId: '29:d', name: 'Somebody' },
  ]);
});

test.each<[string, unknown, unknown, string]>([
  ['the bot in front', '<at>ICM</at> help', [mention(bot, '<at>ICM</at>')], 'help'],
  ['the bot at the end', 'help <at>ICM</at>', [mention(bot, '<at>ICM</at>')], 'help'],
  ['the bot in the middle', 'sev <at>ICM</at> a', [mention(bot, '<at>ICM</at>')], 'sev   a'],
  ['the bot twice', '<at>ICM</at><at>ICM</at> x', [mention(bot, '<at>ICM</at>')], 'x'],
  ['the bot with attributes', '<at id="0">ICM</at> x', [mention(bot, '<at id="0">ICM</at>')], 'x'],
  ['another person', 'ask <at>Lukas</at>', [mention('29:lukas', '<at>Lukas</at>')], 'ask Lukas'],
  ['a name with $&', 'ask <at>$& $1</at>', [mention('29:x', '<at>$& $1</at>')], 'ask $& $1'],
  ['a tag without an entity', '<at>everyone</at> x', [], 'everyone x'],
  ['a space that does not break', '<at>ICM</at>&nbsp;help', [mention(bot, '<at>ICM</at>')], 'help'],
  ['no entities', 'help', undefined, 'help'],
  ['entities that are no list', 'help', { 0: mention(bot, 'help') }, 'help'],
  ['an entity that is null', 'help', [null], 'help'],
  ['an entity without a type', 'help', [{ text: 'help' }], 'help'],
  ['a mention of nobody', '<at>ICM</at> x', [{ type: 'mention', text: '<at>ICM</at>' }], 'ICM x'],
  ['a mention of null', '<at>ICM</at> x', [{ type: 'mention', text: '<at>ICM</at>', mentioned: null }], 'ICM x'],
  ['a mention without text', 'help', [{ type: 'mention', mentioned: { id: bot } }], 'help'],
  ['a mention with empty text', 'help', [mention(bot, '')], 'help'],
  ['a mention whose text is a number', 'help 7', [mention(bot, 7)], 'help 7'],
  [
    'a mentioned that is a text',
    '<at>ICM</at> x',
    [{ type: 'mention', text: '<at>ICM</at>', mentioned: bot }],
    'ICM x',
  ],
  ['no text', undefined, [mention(bot, '<at>ICM</at>')], ''],
  ['text that is a number', 7, undefined, ''],
  ['text that is null', null, null, ''],
  ['only the mention', '<at>ICM</at>', [mention(bot, '<at>ICM</at>')], ''],
])('%s leaves the words', (_title, text, entities, expected) => {
  expect(withoutMentions(text, entities, bot)).toBe(expected);
});

test('anything at all gives a trimmed text and never throws', () => {
  const anything = fc.anything({ withNullPrototype: true });
  const entity = fc.oneof(
    anything,
    fc.record({
      type: fc.constantFrom('mention', 'clientInfo', 7),
      text: fc.oneof(fc.string(), anything),
      mentioned: anything,
    }),
  );
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), anything),
      fc.oneof(anything, fc.array(entity)),
      (text, entities) => {
        const rest = withoutMentions(text, entities, bot);
        expect(rest).toBe(rest.trim());
        if (typeof text !== 'string') expect(rest).toBe('');
      },
    ),
    { numRuns: 5_000 },
  );
});

test('a long text with many mentions costs little', () => {
  const entities = Array.from({ length: 1_000 }, (_, at) => mention(bot, `<at>${at}</at>`));
  const text = '<at'.repeat(40_000) + '<at>1</at>'.repeat(10_000);
  const start = performance.now();
  withoutMentions(text, entities, bot);
  expect(performance.now() - start).toBeLessThan(5_000);
});
