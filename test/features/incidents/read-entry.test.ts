import fc from 'fast-check';
import { readAction } from '../../../src/features/incidents/read-action.ts';
import { readEntry } from '../../../src/features/incidents/read-entry.ts';
import { readIncidentLine } from '../../../src/features/incidents/read-incident-line.ts';

const icm = '512345678';

describe('lines that write something down', () => {
  test.each([
    ['note: gateway restarted, no effect', { kind: 'note', words: 'gateway restarted, no effect', when: '' }],
    [`note ${icm}: x: y`, { kind: 'note', icmNumber: icm, words: 'x: y' }],
    [`Note ${icm} at 14:05 CET: foo`, { kind: 'note', icmNumber: icm, when: 'at 14:05 CET', words: 'foo' }],
    ['note 14:05: foo', { kind: 'note', when: '14:05', words: 'foo' }],
    ['note yesterday 23:10: foo', { kind: 'note', when: 'yesterday 23:10', words: 'foo' }],
    [`please add a note to icm ${icm}: customer called`, { kind: 'note', icmNumber: icm, words: 'customer called' }],
    [`note ${icm} gateway restarted`, { kind: 'note', icmNumber: icm, words: 'gateway restarted' }],
    ['Note - gateway down', { kind: 'note', words: 'gateway down' }],
    ['note from Priya: portal slow', { kind: 'note', words: 'from Priya: portal slow' }],
    ['note:\ntwo\nlines', { kind: 'note', words: 'two\nlines' }],
    [
      'change: restarted it, team Networking',
      { kind: 'change', words: 'restarted it', team: 'Networking', effect: '' },
    ],
    ['change: moved it (by the Data team)', { kind: 'change', words: 'moved it', team: 'Data' }],
    ['changed: moved a, b and c', { kind: 'change', words: 'moved a, b and c', team: '' }],
    ['change: scaled up. Result: faster', { kind: 'change', words: 'scaled up', effect: 'faster' }],
    ['result of change 2: no effect', { kind: 'result', seq: 2, words: 'no effect' }],
    ['change 2: no effect', { kind: 'result', seq: 2, words: 'no effect' }],
    [`result of change 1 of ${icm}: ok`, { kind: 'result', seq: 1, icmNumber: icm, words: 'ok' }],
    ['change 2 had no effect', { kind: 'result', seq: 2, words: 'had no effect' }],
    ['result: it works', { kind: 'result', seq: undefined, words: 'it works' }],
    ['correct note 3: foo', { kind: 'correct', of: 'note', seq: 3, words: 'foo' }],
    ['edit my last note', { kind: 'correct', of: 'note', seq: undefined, words: '' }],
    [`delete change 2 of ${icm}`, { kind: 'delete', of: 'change', seq: 2, icmNumber: icm }],
    ['remove my last note', { kind: 'delete', of: 'note', seq: undefined }],
  ])('%s', (line, expected) => {
    expect(readEntry(line)).toMatchObject(expected);
  });

  test.each([
    'what is a note?',
    'notes from the shiproom',
    'note for the product team',
    'what does a scribe do?',
    'how do I delete a note?',
    'change the severity to A',
    `change case severity of ${icm}: B to A`,
    'result of the investigation: no bug',
    'change 2',
    `did somebody note ${icm}?`,
    'notebook: lenovo',
    '',
    ':',
  ])('“%s” is left to others', (line) => {
    expect(readEntry(line)).toBeUndefined();
  });

  test('what is typed behind the colon is never lost and never changed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), (words) => {
        const read = readEntry(`note ${icm}: ${words}`);
        return read?.kind === 'note' && read.words === words.trim() && read.icmNumber === icm;
      }),
    );
  });

  test('no line keeps it busy', () => {
    // A reader that goes back and forth would not end within the time of a test.
    for (const line of [
      'note '.repeat(500_000),
      `note ${'('.repeat(1_000_000)}`,
      `change: ${', team'.repeat(200_000)}`,
      ' '.repeat(1_000_000),
    ])
      expect(() => readEntry(line)).not.toThrow();
  });
});

describe('lines that ask for a timeline or a postmortem', () => {
  const timeline = new Set(['timeline']);
  test.each([
    ['timeline', undefined],
    [`timeline ${icm}`, icm],
    [`please show me the timeline of ICM ${icm}`, icm],
    [`Timeline for incident #${icm}!`, icm],
  ])('%s', (line, number) => {
    expect(readIncidentLine(line, timeline)).toMatchObject({ icmNumber: number });
  });
  test.each([
    'what is a timeline?',
    'timeline for the deployment',
    'they want a weekly timeline',
    `timeline ${icm} 512345679`,
  ])('“%s” is none', (line) => {
    expect(readIncidentLine(line, timeline)).toBeUndefined();
  });
  test('a bare “postmortem” is left to the guide, “draft the post-mortem” is not', () => {
    const words = new Set(['postmortem']);
    expect(readIncidentLine('postmortem', words)?.isClear).toBe(false);
    expect(readIncidentLine('draft the post-mortem', words)?.isClear).toBe(true);
    expect(readIncidentLine('how do we write a postmortem', words)).toBeUndefined();
  });
});

describe('lines that add an action', () => {
  test.each([
    [
      'action: add an alert, owner Priya Sharma, by Friday',
      { what: 'add an alert', owner: 'Priya Sharma', due: 'Friday' },
    ],
    [`action ${icm}: add a, b and c, until 27 Nov`, { icmNumber: icm, what: 'add a, b and c', due: '27 Nov' }],
    ['add an action: write the runbook by next monday', { what: 'write the runbook', due: 'next monday' }],
    ['action: add an alert, owner me, in 3 days', { what: 'add an alert', owner: 'me', due: 'in 3 days' }],
    ['action: add an alert, in West Europe only', { what: 'add an alert, in West Europe only', due: '' }],
    ['todo: check alerts, @Priya Sharma, due 1 Dec', { what: 'check alerts', owner: 'Priya Sharma', due: '1 Dec' }],
  ])('%s', (line, expected) => {
    expect(readAction(line)).toMatchObject(expected);
  });
  test.each(['what actions are open?', 'action required: please reply', 'the action was: restart'])(
    '“%s” is none',
    (line) => {
      expect(readAction(line)).toBeUndefined();
    },
  );
});
