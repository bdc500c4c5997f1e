import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readInterval, readReadiness } from '../../src/understanding/read-readiness.ts';
import { readWeeks } from '../../src/understanding/read-weeks.ts';

const show = { kind: 'show' };
const done = (item: number) => ({ kind: 'mark', item, done: true });
const open = (item: number) => ({ kind: 'mark', item, done: false });
const owner = (item: number, who: string) => ({ kind: 'owner', item, who });

describe('a line about the checklist', () => {
  test.each([
    ['readiness', show],
    ['Show us our readiness checklist, please', show],
    ['show us our readiness checklist please', show],
    ["show the team's readiness", show],
    ['is item 3 done?', show],
    ['who owns item 3', show],
    ['mark item 3 done', done(3)],
    ['Mark item #3 as done!', done(3)],
    ['mark item #3 as done', done(3)],
    ['item three is done', done(3)],
    ['could you please tick item 9 off', done(9)],
    ['we have done item 2', done(2)],
    ['item 12 is complete', done(12)],
    ['reopen item 3', open(3)],
    ['item 3 is not done yet', open(3)],
    ['mark 4 as open', open(4)],
    ['I take item 3', owner(3, 'me')],
    ["I'll take item 3", owner(3, 'me')],
    ['item 3 is mine', owner(3, 'me')],
    ['assign item 3 to me', owner(3, 'me')],
    ['owner of item 3 is Ben Maier', owner(3, 'other')],
    ['assign item 7 to Lukas Weber', owner(7, 'other')],
    ['item 3 has no owner', owner(3, 'nobody')],
    ['note for item 3: We meet on Monday, room 4', { kind: 'note', item: 3, words: 'We meet on Monday, room 4' }],
    ['add a note to item 2: why not?', { kind: 'note', item: 2, words: 'why not?' }],
    ['no more nudges', { kind: 'nudges', on: false }],
    ['please stop nudging us', { kind: 'nudges', on: false }],
    ['nudge us again', { kind: 'nudges', on: true }],
    [
      'our updates go to #asa-incidents every 30 minutes',
      { kind: 'standards', isInternal: false, channel: '#asa-incidents', interval: '30 minutes' },
    ],
    [
      'internal updates go to the incident bridge every hour',
      { kind: 'standards', isInternal: true, channel: 'incident bridge', interval: 'hour' },
    ],
    [
      'we update our stakeholders every 2 hours in #status',
      { kind: 'standards', isInternal: false, channel: '#status', interval: '2 hours' },
    ],
    // Questions, and lines about something else, belong to others.
    ['what is on the readiness checklist', undefined],
    ['are we incident ready', undefined],
    ['should we mark item 3 done?', undefined],
    ['mark 512345678 as resolved', undefined],
    ['checklist item 4?', undefined],
    ['remind me to update the customer every 2 hours', undefined],
    ['how often do our updates go to the customer', undefined],
  ])('%j', (line, expected) => expect(readReadiness(line)).toEqual(expected));

  test('takes hardly any of the labelled lines, and those that it takes name the list', () => {
    const taken = ['paraphrases', 'blind-utterances']
      .flatMap((name) =>
        readFileSync(new URL(`./${name}.jsonl`, import.meta.url), 'utf8')
          .trim()
          .split('\n'),
      )
      .map((line) => (JSON.parse(line) as { text: string }).text)
      .filter((line) => readReadiness(line) ?? readWeeks(line));
    expect(taken.filter((line) => !/readiness/i.test(line))).toEqual([]);
  });
});

describe('an interval', () => {
  test.each([
    ['30 minutes', 30],
    ['every 2 hours', 120],
    ['hourly', 60],
    ['1.5 h', 90],
    ['1 h 30 min', 90],
    ['daily', 1_440],
    ['once a day', 1_440],
  ])('%j is %i minutes', (text, minutes) => expect(readInterval(text)).toEqual({ kind: 'minutes', minutes }));

  test.each(['30', 'often', 'twice a day', '30 to 60 minutes', '2 weeks', '90 seconds', '0 minutes', '-5 min'])(
    '%j is refused with what to do',
    (text) =>
      expect(readInterval(text)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('30 minutes') }),
  );

  test('an empty one is none', () => expect(readInterval('  ')).toEqual({ kind: 'none' }));
});

describe('the weeks of a line about numbers', () => {
  test.each([
    ['numbers', { kind: 'recent' }],
    ['show me the numbers please', { kind: 'recent' }],
    ['numbers for this week', { kind: 'this' }],
    ['our figures for last week', { kind: 'last', count: 1, asMonth: false }],
    ["last week's numbers", { kind: 'last', count: 1, asMonth: false }],
    ['numbers for the last 4 weeks', { kind: 'last', count: 4, asMonth: false }],
    ['statistics of the past two weeks', { kind: 'last', count: 2, asMonth: false }],
    ['numbers for last month', { kind: 'last', count: 4, asMonth: true }],
    ['numbers for the last 0 weeks', undefined],
    ['SLA numbers', undefined],
    ['letters to numbers', undefined],
    ['how do we come up with SLA numbers', undefined],
    ['numbers to convince my boss', undefined],
  ])('%j', (line, expected) => expect(readWeeks(line)).toEqual(expected));
});
