import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createCardRenderer, maxCardLength, warmTemplates } from '../../../src/bot/card-renderer.ts';
import { cleanText } from '../../../src/bot/card-text.ts';
import type { Finding, MessageCheck } from '../../../src/features/message-check/check-message.ts';
import { findingsReply } from '../../../src/features/message-check/check-view.ts';
import { MESSAGE_RULES } from '../../../src/playbook/schema.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import { fieldOf } from '../../support/fields.ts';
import { wordsIn } from '../../support/harness.ts';

const playbook = loadPlaybook();
const renderer = createCardRenderer(new URL('../../../cards/', import.meta.url));
beforeAll(warmTemplates);

const finding = (rule: (typeof MESSAGE_RULES)[number], words: string): Finding => {
  const { title, severity, why, cites, tension, replacement } = playbook.messageCheck.rules[rule];
  return {
    ...{ rule, title, severity, why, cites, words, start: 0, end: words.length },
    ...(tension === undefined ? {} : { tension }),
    ...(replacement === undefined ? {} : { replacement }),
  };
};
const promise = {
  line: 'With this message you promise the next update for today 17:00 (Europe/Berlin, UTC+1).',
  icm: '',
  zone: 'Europe/Berlin',
  choices: [1, 2, 3].map((n) => ({
    label: `Remind me: Fri ${n} Nov 2026, 17:00 (Europe/Berlin, UTC+1)`,
    at: 'x'.repeat(24),
  })),
  icms: Array.from({ length: 8 }, (_, n) => ({ label: `ICM 51234567${n} · ${'t'.repeat(85)}`, icm: 'x'.repeat(36) })),
  asksIcm: 'pick' as const,
  asksTime: false,
  when: '',
};

function render(check: MessageCheck, withPromise: boolean) {
  const reply = findingsReply({ check, audience: 'customer', ...(withPromise ? { promise } : {}) }, playbook);
  if (reply.kind !== 'card') throw new Error('expected a card');
  const json = renderer.render(reply.card, reply.view);
  const field = JSON.stringify(JSON.parse(json)).includes('"id":"text"');
  return { json, card: JSON.parse(json) as unknown, field };
}

describe('the card of a checked message', () => {
  test('the message to copy is whole or not there, never a part of it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({
        unit: fc.constantFrom('a', '\n', '"', '*', '_', '\\', '<', '&', '😀', 'ä'),
        maxLength: 14_000,
        size: 'max',
      }),
    );
    fc.assert(
      fc.property(
        text,
        fc.array(fc.tuple(fc.constantFrom(...MESSAGE_RULES), fc.string({ maxLength: 400 })), { maxLength: 20 }),
        fc.boolean(),
        (corrected, found, withPromise) => {
          const findings = found.map(([rule, words]) => finding(rule, words));
          const check = { findings, corrected, toFill: [], isEmpty: false };
          const { json, card, field } = render(check, withPromise);
          expect(json.length).toBeLessThanOrEqual(maxCardLength);
          if (!field) return;
          expect(fieldOf(card, 'text')).toBe(cleanText(corrected));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a usual message with every kind of finding stands in one card with the field', () => {
    const findings = MESSAGE_RULES.map((rule) => finding(rule, 'some words of the message'));
    const { field, card } = render(
      { findings, corrected: 'A usual message. '.repeat(60), toFill: [], isEmpty: false },
      false,
    );
    expect(field).toBe(true);
    for (const rule of MESSAGE_RULES) expect(wordsIn(card)).toContain(playbook.messageCheck.rules[rule].title);
  });

  test('what must not leave comes first, and the heading counts each rule once', () => {
    const findings = [finding('no-next-update', ''), finding('icm-word', 'IcM'), finding('icm-word', 'ICM')];
    const words = wordsIn(render({ findings, corrected: 'x', toFill: [], isEmpty: false }, false).card);
    expect(words).toContain('Please do not send it like this: 1 thing must not leave the house, 1 should be changed.');
    expect(words.indexOf('The word "ICM"')).toBeLessThan(words.indexOf('When will you write next?'));
    expect(words).toContain('You wrote “IcM”');
    expect(words).toContain('You wrote “ICM”');
    expect(words).toContain('What NOT to share with customers (F15)');
  });
});
