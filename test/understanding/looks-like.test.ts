import { looksLikeFollowUp, looksLikeTracking } from '../../src/understanding/looks-like.ts';
import { loadPhrases } from '../../src/understanding/load-phrases.ts';
import { readFollowUp } from '../../src/understanding/read-follow-up.ts';
import { readTracking } from '../../src/understanding/read-tracking.ts';
import { LABELLED } from './lines.ts';

describe('typed commands of a tracked ICM', () => {
  test.each([
    ['track 512345678', 'track'],
    ['Track icm 512345678 please', 'track'],
    ['hey, could you track 512345678?', 'track'],
    ['track 512 345 678', 'track'],
    ['track 512345678 sev B "should it restart?"', 'track'],
    ['track 2411220050001234', 'track'],
    ['track 5123', 'track'],
    ['trak 512345678', 'track'],
    ['I opened ICM 512345678 for SR 2411220050001234, sev B', 'track'],
    ['just opened icm: 512345678', 'track'],
    ['add 512345678 to my list', 'track'],
    ['resolve 512345678', 'resolve'],
    ['ICM 512345678 is resolved', 'resolve'],
    ['mark 512345678 as resolved', 'resolve'],
    ['pls reopen 512345678', 'reopen'],
    ['hand over 512345678 to @Priya', 'hand-over'],
    ['hand 512345678 over to Priya', 'hand-over'],
    ['give 512345678 to tom', 'hand-over'],
    ['512345678 went from B to A', 'severity'],
    ['case 512345678 is sev A now', 'severity'],
    ['icm 512345678 is sev 2 now', 'severity'],
    ['untrack 512345678', 'untrack'],
    ['take over 512345678', 'hand-over'],
    ['show 512345678', 'list'],
    ['escalate 512345678', 'escalate'],
    ['my ICMs', 'list'],
    ['icm list mine', 'list'],
    ['show my icms', 'list'],
    ['my icms including resolved', 'list'],
  ])('%j is one, and is read as %s', (text, kind) => {
    expect(looksLikeTracking(text)).toBe(true);
    expect(looksLikeFollowUp(text)).toBe(false);
    expect(readTracking(text).kind).toBe(kind);
  });

  test.each([
    'should i open an icm',
    'should i resolve 512345678 or wait for the PG',
    'PG wants to close 512345678 as by design',
    'I opened ICM 512345678 but PG says it is no bug',
    'how do i track an icm',
    'transfer 512345678 to the networking queue',
    'what severity should 512345678 have',
    'SR 2411220050001234 is sev A now',
    'escalate 512345678 to csat, customer is furious',
    'is 512345678 sev 2 now?',
    '512345678',
    'my icm got rejected',
    '',
  ])('%j is none', (text) => {
    expect(looksLikeTracking(text)).toBe(false);
  });
});

describe('typed commands of follow-ups', () => {
  test.each([
    ['remind me to update the customer on 512345678 in 4 hours', 'set'],
    ['pls ping me tmrw 9am', 'set'],
    ['next update friday 17:00', 'set'],
    ['followup 590123456 30m', 'set'],
    ['remind the channel at 15:00 that the sev A update is due', 'set'],
    ['snooze 1h', 'snooze'],
    ['cancel the reminder for 4321', 'cancel'],
    ['move my 3pm follow-up to 5', 'move'],
    ['list my reminders', 'list'],
    ['my deadlines', 'list'],
    ['overdue?', 'overdue'],
    ['done, updated the customer', 'done'],
    ['hand over my follow-ups to Priya', 'away'],
  ])('%j is one, and is read as %s', (text, kind) => {
    expect(looksLikeFollowUp(text)).toBe(true);
    expect(looksLikeTracking(text)).toBe(false);
    expect(readFollowUp(text).kind).toBe(kind);
  });

  test.each([
    'remind me what the severity table says',
    'remind me how to open an icm',
    'draft: engineering is on it, next update at 17:00 UTC',
    'i promised the customer a fix by friday',
    'resolve 512345678',
    '',
  ])('%j is none', (text) => {
    expect(looksLikeFollowUp(text)).toBe(false);
  });
});

/** Structure alone must not take a line away from the topic that answers it. */
describe('lines of the other topics', () => {
  const others = LABELLED.filter(({ intent }) => intent !== 'tracking_howto' && intent !== 'followup_reminder');
  test('no labelled one is taken for a command', () => {
    expect(others.filter(({ text }) => looksLikeTracking(text) || looksLikeFollowUp(text))).toEqual([]);
  });
  test('at most one of a thousand example phrases is', () => {
    const phrases = [...loadPhrases()].flatMap(([intent, texts]) => texts.map((text) => ({ intent, text })));
    const taken = phrases.filter(
      ({ intent, text }) =>
        (intent !== 'tracking_howto' && looksLikeTracking(text)) ||
        (intent !== 'followup_reminder' && looksLikeFollowUp(text)),
    );
    expect(taken.length / phrases.length).toBeLessThan(0.001);
  });
});
