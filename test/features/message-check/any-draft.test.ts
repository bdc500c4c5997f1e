import fc from 'fast-check';
import { readDrafts } from '../../../scripts/eval-drafts.ts';
import { checkMessage } from '../../../src/features/message-check/check-message.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';

const playbook = loadPlaybook();
const check = (text: string) => checkMessage(text, { audience: 'customer', playbook });
const rulesOf = (text: string): string[] => check(text).findings.map(({ rule }) => rule);
const drafts = readDrafts(new URL('own-drafts.jsonl', import.meta.url));

/** Sentences that say nothing of their own. */
const CLEAN = [
  'Thank you for your patience.',
  'We are working alongside the product team on this.',
  'Please let me know if you have any questions.',
  'I hope this finds you well.',
  'Your support request stays open.',
];

test('a clean sentence beside it never takes a finding away', () => {
  fc.assert(
    fc.property(fc.constantFrom(...drafts), fc.constantFrom(...CLEAN), fc.boolean(), ({ text }, sentence, isFirst) => {
      const longer = isFirst ? `${sentence}\n\n${text}` : `${text}\n\n${sentence}`;
      const still = new Set(rulesOf(longer));
      expect(rulesOf(text).filter((rule) => !still.has(rule))).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

const LETTERS = {
  i: ['I', 'i', 'І', 'і', 'Ι', 'ι', 'Ｉ', 'ｉ', '𝐈', '𝑖', 'Ⅰ', 'ı', 'Í', 'Ӏ'],
  c: ['C', 'c', 'С', 'с', 'Ϲ', 'Ｃ', 'ｃ', '𝐂', '𝒄', 'Ⅽ', 'ç', 'Ć'],
  m: ['M', 'm', 'М', 'м', 'Μ', 'Ｍ', 'ｍ', '𝐌', '𝓶', 'Ⅿ', 'ṁ'],
};
const GAPS = ['', '.', '-', '_', ' ', '\u200b', '\u200d', '\u2060', '\u00ad', '·', '\u0301', '*', '/'];
const FRAMES = [
  (word: string) => `We opened an ${word} for you.`,
  (word: string) => `The ${word} is with the product team`,
  (word: string) => `${word} 512345678 was raised`,
  (word: string) => `See our (${word}) for it.`,
];

test('the word "ICM" is found however it is dressed up', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...LETTERS.i),
      fc.constantFrom(...LETTERS.c),
      fc.constantFrom(...LETTERS.m),
      fc.constantFrom(...GAPS),
      fc.constantFrom('', 's', '.'),
      fc.constantFrom(...FRAMES),
      (i, c, m, gap, ending, frame) => {
        expect(rulesOf(frame(`${i}${gap}${c}${gap}${m}${ending}`))).toContain('icm-word');
      },
    ),
    { numRuns: 1_000 },
  );
});

test.each([
  'ICMP is blocked',
  'ICMPv6 echo requests',
  'icmp-allow is the name of the rule',
  'the medicmobile team',
  'an ICM-20948 sensor',
  'areas I, C, M and N',
  'Mrs I. C. Moreau',
  'the lcm of 4 and 6',
  'job icm-warszawa stopped',
])('"%s" does not hold the word', (text) => {
  expect(rulesOf(text)).not.toContain('icm-word');
});

test('no text is too strange to be read, and places lie within it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
      const { findings, corrected } = check(text);
      for (const { start, end, words } of findings) expect(text.slice(start, end)).toBe(words);
      expect(typeof corrected).toBe('string');
    }),
    { numRuns: 1_000 },
  );
});

test.each(['', '   ', '\n\n', '👍👍', '""', '\u200b'])('there is nothing to check in %j', (text) => {
  expect(check(text)).toEqual({ findings: [], corrected: text, toFill: [], isEmpty: true });
});

test('a long draft is read to its 20,000th character, and the rest stays as it is', () => {
  const text = `${'We look at job x. '.repeat(2_000)}ICM`;
  const { readTo, corrected, findings } = check(text);
  expect(readTo).toBeLessThanOrEqual(20_000);
  expect(findings.map(({ rule }) => rule)).not.toContain('icm-word');
  expect(corrected.endsWith('ICM')).toBe(true);
});

test('a long draft is not cut within a grapheme', () => {
  const { readTo = 0 } = check(`a${'👩‍👩‍👧‍👦'.repeat(4_000)}`);
  expect((readTo - 1) % '👩‍👩‍👧‍👦'.length).toBe(0);
});

test('places are those of the typed text where it holds invisible and wide characters', () => {
  const text = '👩‍👩‍👧‍👦 é\u0301 see the I\u200bC\u200bM now';
  const word = check(text).findings.find(({ rule }) => rule === 'icm-word');
  expect(word?.words).toBe('I\u200bC\u200bM');
});

test('the promised next contact is handed on with its words', () => {
  const { promise } = check('Hi Eve, I am looking into job a-b. I will write to you tomorrow at 15:00 CET.');
  expect(promise?.words).toBe('tomorrow at 15:00 CET');
});

test('what only the engineer knows is told', () => {
  expect(check('Service is down.').toFill).toContain('[day and time of your next update, with the time zone]');
});

describe('a message to colleagues', () => {
  const internal = (text: string) => checkMessage(text, { audience: 'internal', playbook });

  test('may hold numbers, links and log lines of an ICM', () => {
    const text =
      'ICM 512345678: job metro-lisboa drops 2 % on partition 7 since 09:10 UTC. Restarting node 4 now. Next update 11:00 UTC.\n2024-11-18 07:12:09,334 [41] ERROR Sink.TableStorage - EntityTooLarge';
    expect(internal(text).findings).toEqual([]);
  });

  test('says how it was resolved and verified', () => {
    const { findings } = internal(
      'Job metro-lisboa is fixed, partition 7 was stuck since 09:10. Next update 11:00 UTC.',
    );
    expect(findings.map(({ rule, cites }) => [rule, cites[0]])).toEqual([['premature-resolved', 'F83']]);
  });
});
