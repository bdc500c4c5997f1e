import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { extremes, resultLine, resultsOf } from '../../../src/features/drills/findings.ts';
import { icsOf } from '../../../src/features/drills/invite.ts';
import { namedIn, withoutNames } from '../../../src/features/drills/no-names.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import { readDrillStep } from '../../../src/understanding/read-drill.ts';

describe('lines about practice runs', () => {
  test.each([
    ['start a drill', 'start'],
    ['Start the fire drill now!', 'start'],
    ['can you start a practice run?', 'start'],
    ["let's kick off a tabletop exercise", 'start'],
    ['drill invite for tomorrow 14:00', 'invite'],
    ['send a calendar invite for the practice run on friday 10am', 'invite'],
    ['schedule a drill for next monday 9am', 'invite'],
    ['next inject', 'next'],
    ['pause the drill', 'pause'],
    ['please resume the practice run', 'continue'],
    ['stop the practice run please', 'end'],
    ['rate the drill', 'score'],
    ['share the findings', 'findings'],
    ['past drills', 'list'],
  ])('“%s” is %s', (line, step) => expect(readDrillStep(line)).toBe(step));

  test.each([
    'what is a practice run?',
    'how do I start a drill?',
    'when was the last drill?',
    'drill',
    'after the drill',
    'plan a drill',
    'share findings with leadership',
    'our practice run has finished, and now?',
    'start a job',
    'stop the run',
    'run a query',
    'hold the line',
  ])('“%s” is left to the others', (line) => expect(readDrillStep(line)).toBeUndefined());

  test('no topic of the playbook loses one of its questions to them', () => {
    const lost = Object.values(loadPlaybook().topics)
      .flatMap(({ ask }) => ask)
      .filter((line) => readDrillStep(line) !== undefined);
    expect(lost).toEqual([]);
  });
});

describe('a calendar invite', () => {
  const invite = {
    uid: '1@practice-run',
    madeAt: new Date('2026-11-20T09:00:00.123Z'),
    from: new Date('2026-11-21T13:00:00Z'),
    minutes: 90,
    title: 'Practice run; bring paper, and a \\ pen',
    lines: ['First line', 'Second: Zoë plays the customer, then the leadership. '.repeat(4)],
  };

  test('is a published event in UTC, whose text is escaped', () => {
    const ics = icsOf(invite);
    expect(ics).toContain('METHOD:PUBLISH\r\n');
    expect(ics).toContain('DTSTAMP:20261120T090000Z\r\nDTSTART:20261121T130000Z\r\nDTEND:20261121T143000Z\r\n');
    expect(ics).toContain('SUMMARY:Practice run\\; bring paper\\, and a \\\\ pen\r\n');
    expect(ics).toContain('DESCRIPTION:First line\\nSecond: ');
    // Nobody is invited by it.
    expect(ics).not.toMatch(/ATTENDEE|ORGANIZER/);
  });

  test('whatever stands in it, lines have at most 75 bytes, unfold to what was meant, and open no property', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ maxLength: 300 }), (title, line) => {
        const ics = icsOf({ ...invite, title: title.toWellFormed(), lines: [line.toWellFormed()] });
        const lines = ics.split('\r\n');
        for (const one of lines) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(75);
        const unfolded = ics.replaceAll('\r\n ', '').split('\r\n');
        expect(unfolded).toHaveLength(17);
        const summary = unfolded.find((one) => one.startsWith('SUMMARY:'))?.slice('SUMMARY:'.length);
        const read = summary?.replace(/\\([\\;,n])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));
        expect(read).toBe(
          title
            .toWellFormed()
            .replace(/\r\n|\r|\n/g, '\n')
            .replace(/(?!\n)\p{Cc}/gu, ' '),
        );
      }),
    );
  });
});

describe('the findings', () => {
  const questions = ['One?', 'Two?', 'Three?'];
  const results = resultsOf(questions, [
    { question: 1, score: 5, comment: 'b' },
    { question: 1, score: 2, comment: 'a' },
    { question: 2, score: 4, comment: '' },
  ]);

  test('tell the average and the spread of each question', () => {
    expect(results.map(resultLine)).toEqual([
      '3.5 of 5 on average, from 2 to 5 (2 answers)',
      '4.0 of 5 on average (1 answer)',
      'Nobody answered.',
    ]);
    expect(results[0]?.comments).toEqual(['a', 'b']);
    expect(extremes(results)).toEqual({ best: 'Two?', weakest: 'One?' });
    expect(extremes(results.slice(0, 1))).toBeUndefined();
  });

  test.each([
    ['Lukas was slow', 'Lukas'],
    ['it was up to Weber', 'Weber'],
    ['lukas was slow', undefined],
    ['Lukasz was slow', undefined],
    ['Al was slow', undefined],
    ['', undefined],
  ])('the name in “%s” is %s', (text, name) => {
    expect(namedIn([text], ['Lukas Weber', 'Al Bo'])).toBe(name);
  });

  test('a name that became known later is taken out', () => {
    expect(withoutNames('Lukas asked Weber, and Lukasz knew.', ['Lukas Weber'])).toBe(
      'somebody asked somebody, and Lukasz knew.',
    );
  });
});
