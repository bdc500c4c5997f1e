import { readFollowUp } from '../../src/understanding/read-follow-up.ts';
import { loadUnderstanding } from '../../src/understanding/load.ts';
import { WRITTEN_AFTERWARDS, WRITTEN_FIRST } from './follow-up-lines.ts';
import { isUnderstoodAs, labelledAs, shareOf, table } from './lines.ts';

const understanding = loadUnderstanding();
const own = [...table(WRITTEN_FIRST), ...table(WRITTEN_AFTERWARDS)];
const labelled = labelledAs('followup_reminder');

/** What answers each labelled line, in my judgement; these lines only measure. */
const LABELLED_KINDS = new Map(
  table(`
set | set follow up tomorrow 9am
move | move my 3pm follow-up to 5
snooze | snooze this til after lunch
away | transfer reminders to backup engineer
cancel | cancel the reminder for 4321
zone | i'm in Bangalore, set my time zone
set | i promised the customer an update by EOD
set | next update at 25:00
how-often | how often should i update the customer
set | remind the channel at 15:00 that the sev A update is due
set | remnd me tmrw mornign
snooze | snooze 1h
set | next update 16:00 UTC for SR 2401080040004321
set | in 15 mins pls
list | list my reminders
done | done, updated the customer
hours | don't ping me at night
away | i'm on leave next week, hand my follow-ups to Priya
how-often | when should the next communication go out
cancel | no reminder needed for this one
list | follow up due?
overdue | who missed their follow up today
list | my deadlines
set | told the cust we'd get back in 4 hrs
list | when is my next update due
how-often | customer expects an update every 2 hours during sev A
set | chase PG tomorrow
set | next upd 14:30
overdue | overdue?
set | remind me to update the customer at 3pm
`).map(({ kind, text }) => [text, kind]),
);

(labelled.length > 0 ? describe : describe.skip)('labelled lines about follow-ups', () => {
  test('at least 95 % are given to the topic', () => {
    expect(
      shareOf(labelled, (text) => isUnderstoodAs(understanding, text, 'followup_reminder')),
    ).toBeGreaterThanOrEqual(0.95);
  });
  test('every line has a judged kind', () => {
    expect(labelled.filter((text) => !LABELLED_KINDS.has(text))).toEqual([]);
  });
  test('every line is given the kind that answers it', () => {
    const others = labelled.filter((text) => readFollowUp(text).kind !== LABELLED_KINDS.get(text));
    expect(others.map((text) => `${text}: ${readFollowUp(text).kind}`)).toEqual([]);
  });
});

describe('own lines about follow-ups', () => {
  test('there are at least 120, and each kind has some', () => {
    expect(own.length).toBeGreaterThanOrEqual(120);
    expect(new Set(own.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(13);
  });
  test.each(own)('$kind: $text', ({ kind, text }) => {
    expect(readFollowUp(text).kind).toBe(kind);
  });
});

describe('what stands beside the kind', () => {
  test('numbers are told apart by their length', () => {
    expect(readFollowUp('next update 16:00 UTC for SR 2401080040004321 / ICM 512345678')).toMatchObject({
      srNumbers: ['2401080040004321'],
      icmNumbers: ['512345678'],
      shortNumbers: [],
      suspicious: [],
    });
  });
  test.each([
    ['cancel the reminder for 4321', ['4321']],
    ['move 4321 to 1500', ['4321']],
    ['snooze 4321 30 minutes', ['4321']],
    ['next update at 1530', []],
    ['remind me by 1730', []],
    ['remind me on 24 november 2026', []],
    ['remind me 2026-12-01 10:00', []],
    ['snooze 120 minutes', []],
    ['done for 54321', ['54321']],
  ])('the ends of numbers in %j are %j', (text, expected) => {
    expect(readFollowUp(text).shortNumbers).toEqual(expected);
  });
  test.each([
    ["i'm on leave next week, hand my follow-ups to Priya", ['Priya']],
    ['give my follow ups to raj', ['raj']],
    ['transfer all my reminders to Anna Schmidt until friday', ['Anna Schmidt']],
    ['ooo, @Lena takes my reminders', ['Lena']],
    ['could Sven cover for me tomorrow', ['Sven']],
    ['make Anna my backup', ['Anna']],
    ['ooo next week, my backup is tom', ['tom']],
    ['remind Priya at 3 to send the update', ['Priya']],
    ['transfer reminders to backup engineer', []],
    ['hand my reminders to a colleague', []],
    ['move my reminder to friday', []],
    ['remind me at 3', []],
    ['HAND MY FOLLOW-UPS TO PRIYA', ['PRIYA']],
  ])('the people in %j are %j', (text, expected) => {
    expect(readFollowUp(text).people).toEqual(expected);
  });
  test('a case severity that is said is read', () => {
    expect(readFollowUp('customer expects an update every 2 hours during sev A').caseSeverity).toBe('A');
    expect(readFollowUp('remind me at 3')).not.toHaveProperty('caseSeverity');
  });
  test('the channel is told from the engineer, and the team from the own list', () => {
    expect(readFollowUp('remind the channel at 15:00 that the sev A update is due').toChannel).toBe(true);
    expect(readFollowUp('remind me at 15:00').toChannel).toBe(false);
    expect(readFollowUp('who missed their follow up today').ofTeam).toBe(true);
    expect(readFollowUp('am i overdue').ofTeam).toBe(false);
  });
});
