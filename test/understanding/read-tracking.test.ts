import { loadUnderstanding } from '../../src/understanding/load.ts';
import { readTracking } from '../../src/understanding/read-tracking.ts';
import { isUnderstoodAs, labelledAs, shareOf, table } from './lines.ts';
import { WRITTEN_AFTERWARDS, WRITTEN_FIRST } from './tracking-lines.ts';

const understanding = loadUnderstanding();
const own = [...table(WRITTEN_FIRST), ...table(WRITTEN_AFTERWARDS)];
const labelled = labelledAs('tracking_howto');

/** What answers each labelled line, in my judgement; these lines only measure. */
const LABELLED_KINDS = new Map(
  table(`
not-documented | the track option is greyed out
how-find | cant find My Tracked
how-find | where do i see all icms for my cases
how-track | icm more menu track option
form | track icm
not-documented | no track button on my icm
received | I inherited a case with an ICM, how do I follow it
how-find | how do I get back to an icm I was working on last month
how-email | i opened an icm, how to make sure i see PG's replies
how-track | how do I add tracking
how-email | email notifications for icm
list | icm list mine
how-watch-or-subscribe | watch vs subscribe
how-watch-or-subscribe | if I only subscribe, is it on my list
how-watch-or-subscribe | once I am watching it, do mails come to my notifications
track | add this icm to my tracked list 401234567
how-resolved | list of resolved tracked ICMs
how-track | link to icm tracking wiki
how-track | icm tracking guide
how-track | bookmark icm
how-resolved | my tracked incidents doesnt show the closed ones
how-watch-or-subscribe | does subscribe put it on my dashboard
not-documented | how do managers see the team's tracked icms
how-track | where is '...More' on the icm page
not-documented | how to export my tracked icm list
how-stop-email | stop getting emails from an ICM
how-resolved | how do i see resolved icms i tracked
how-resolved | query for all my icms open and resolved
how-find | dashboard my tracked where
how-email | how do I get emails when an icm is updated
how-track | how do i track an icm
how-watch-or-subscribe | whats the difference between watch and subscribe
`).map(({ kind, text }) => [text, kind]),
);

(labelled.length > 0 ? describe : describe.skip)('labelled lines about tracking', () => {
  test('at least 95 % are given to the topic', () => {
    expect(shareOf(labelled, (text) => isUnderstoodAs(understanding, text, 'tracking_howto'))).toBeGreaterThanOrEqual(
      0.95,
    );
  });
  test('every line has a judged kind', () => {
    expect(labelled.filter((text) => !LABELLED_KINDS.has(text))).toEqual([]);
  });
  test('every line is given the kind that answers it', () => {
    const others = labelled.filter((text) => readTracking(text).kind !== LABELLED_KINDS.get(text));
    expect(others.map((text) => `${text}: ${readTracking(text).kind}`)).toEqual([]);
  });
});

describe('own lines about tracking', () => {
  test('there are at least 120, and each kind has some', () => {
    expect(own.length).toBeGreaterThanOrEqual(120);
    expect(new Set(own.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(15);
  });
  test.each(own)('$kind: $text', ({ kind, text }) => {
    expect(readTracking(text).kind).toBe(kind);
  });
});

describe('what stands beside the kind', () => {
  test('an opened ICM is read with its case and severity', () => {
    expect(readTracking('I opened ICM 512345678 for SR 2411220050001234, sev B')).toMatchObject({
      kind: 'track',
      icmNumber: '512345678',
      srNumber: '2411220050001234',
      caseSeverity: 'B',
      suspicious: [],
    });
  });
  test('a title in quotes is kept as typed and tells nothing else', () => {
    const read = readTracking('track 512345678 sev C "Sev A outage: job 4711 of Contoso"');
    expect(read).toMatchObject({ kind: 'track', icmNumber: '512345678', caseSeverity: 'C' });
    expect(read.title).toBe('Sev A outage: job 4711 of Contoso');
    expect(read).not.toHaveProperty('outage');
    expect(readTracking("track 512345678 sev A 'Job stuck'").title).toBe('Job stuck');
    expect(readTracking("I opened 512345678 for the customer's job, PG's fault")).not.toHaveProperty('title');
    expect(readTracking('where is "My Tracked"')).not.toHaveProperty('title');
  });
  test('an outage is read', () => {
    expect(readTracking('track 512345678, there is an outage').outage).toBe(true);
    expect(readTracking('track 512345678, no outage').outage).toBe(false);
  });
  test('a change tells both severities', () => {
    expect(readTracking('512345678 went from B to A')).toMatchObject({
      kind: 'severity',
      icmNumber: '512345678',
      caseSeverity: 'A',
      caseSeverityBefore: 'B',
    });
    expect(readTracking('icm 512345678 is sev 2 now')).toMatchObject({ kind: 'severity', icmSeverity: 2 });
  });
  test.each([
    ['track 2411220050001234', undefined, ['2411220050001234'], []],
    ['track icm 2411220050001234', undefined, ['2411220050001234'], ['looks-like-case']],
    ['I opened ICM 512345678 for SR 401234567', '512345678', [], ['looks-like-icm']],
    ['track 5123', undefined, [], ['length']],
    ['track 512345678901', undefined, [], ['length']],
    ['track 512345678 and 598112340', undefined, [], []],
    ['case 512345678 is sev A now', '512345678', [], []],
    ['track 512 345 678', '512345678', [], []],
    ['track ICM512345678', '512345678', [], []],
    ['track #512345678', '512345678', [], []],
    ['track 512345678 for 2411-2200-5000-1234', '512345678', ['2411220050001234'], []],
  ])('the numbers of %j are told apart', (text, icmNumber, srNumbers, reasons) => {
    const read = readTracking(text);
    expect(read.icmNumber).toBe(icmNumber);
    expect(read.srNumbers).toEqual(srNumbers);
    expect(read.suspicious.map(({ why }) => why)).toEqual(reasons);
  });
  test('a suspicious number comes with the words before it', () => {
    expect(readTracking('track icm 2411220050001234').suspicious).toEqual([
      { digits: '2411220050001234', calledAs: 'icm', why: 'looks-like-case', words: 'track icm 2411220050001234' },
    ]);
  });
  test.each([
    ['hand over 512345678 to @Priya', ['Priya']],
    ['give 512345678 to Anna Schmidt', ['Anna Schmidt']],
    ['Priya takes over 512345678', ['Priya']],
    ['hand over 512345678 to my backup', []],
    ['hand over 512345678', []],
  ])('the people in %j are %j', (text, expected) => {
    expect(readTracking(text)).toMatchObject({ kind: 'hand-over', people: expected });
  });
  test('resolved ones are included on request only', () => {
    expect(readTracking('my icms incl. resolved').includeResolved).toBe(true);
    expect(readTracking('my icms').includeResolved).toBe(false);
  });
});
