import fc from 'fast-check';
import { findBlame } from '../../../src/features/incidents/blame.ts';
import { FAULT_NOUNS, JUDGING, MIND_FAULTS } from '../../../src/features/incidents/blame-words.ts';

const people = ['Ben Carter', 'Priya Sharma', 'Lukas Weber', 'Will Mark', 'José Álvarez'];

describe('words of blame are pointed out', () => {
  test.each([
    'It was late because Ben forgot to restart the job.',
    'Ben was careless.',
    'He should have known.',
    'You should have known better.',
    'Ben broke the gateway',
    'Ben has clearly broken it again',
    'You did not check the alert.',
    'The networking team missed the alert',
    'Team Networking failed to respond.',
    "Priya didn't tell anybody.",
    'Priya didn’t escalate it in time',
    'It was broken by Ben.',
    'the alert was missed by the on-call engineer',
    "Ben's mistake cost us an hour",
    'This was a mistake of the networking team',
    'The delay was your fault',
    'Support ignored three mails',
    'Anna forgot the certificate.',
    'the on-call engineer was asleep',
    'Lukas has again overlooked the metric',
    'This was a careless change',
    'Blame it on Ben',
    'Ben took the gateway down',
    'They forgot to tell us',
    "She shouldn't have restarted it",
    'because of Ben we lost an hour',
    'Ben, who was on call, missed the page',
    'ben.. Ben simply did not bother',
    'Priya Sharma was to blame',
    'somebody deleted it and the PG messed up',
    'Ben dropped the ball',
    'Ben is responsible for the outage',
    'the developers were too slow',
    'Ben made a stupid mistake',
    'All was well.\nThen Ben ignored the page.',
    'José overlooked the certificate',
    '@Ben forgot it',
    'Ben deleted the wrong database',
    'the intern pressed the wrong button',
    'Lukas ran the script without testing it',
    'Priya never replied',
    'Ben was not paying attention',
    'management ignored the warnings',
    'Ben should’ve checked it',
    'Ben kept us waiting',
    'Ben took too long',
    'Ben was supposed to send the update',
    'The manager let us down',
    'Ben forgot to tell Priya',
  ])('%s', (text) => {
    const found = findBlame(text, people);
    expect(found.length).toBeGreaterThan(0);
    for (const { words, instead } of found) {
      expect(words).not.toBe('');
      // The neutral wording names nobody and is itself without blame.
      expect(findBlame(instead, people)).toEqual([]);
      expect(instead).not.toMatch(/Ben|Priya|Lukas/);
    }
  });

  test('with the words as they were typed and a wording that says what happened instead', () => {
    expect(findBlame('It was late because Ben forgot to restart the job.', people)).toEqual([
      {
        words: 'Ben forgot to restart the job',
        why: 'It names somebody beside a fault.',
        instead: 'This did not happen: “restart the job”. Nothing in the process pointed to it.',
      },
    ]);
  });
});

describe('what is no blame passes', () => {
  test.each([
    'Ben found the cause',
    'Ben restarted the failed gateway',
    'Priya noticed that the job failed',
    'The job failed over to the secondary',
    'The gateway broke at 14:05',
    'We forgot nothing',
    'We missed the alert because it went to a closed channel',
    'Thanks to Ben the cause was found in ten minutes',
    'Lukas fixed the broken deployment',
    'The team failed over to the second region',
    'Ben is responsible for the gateway',
    'The alert should have fired after two minutes',
    'If you miss an alert, page the next one',
    'so that nobody forgets the step',
    'Nobody is to blame',
    'It was not Ben’s fault',
    'Priya told the customer in time',
    'The customer did not respond until Monday',
    'Ben never missed an update',
    'Ben did not miss the alert',
    'Team Networking rolled the change back',
    'The certificate was missed by the scan',
    'An error in the configuration caused the outage',
    'Ben and Priya found the error',
    'The networking team broke the change into two steps',
    'Gateway’s failure was seen at 14:05',
    'They are retried when they fail',
    'The scan missed the certificate',
    'Ben had the idea to check the failed jobs',
    'Ben reported the missing metric.',
    'The process causing the load was stopped by Ben',
    'it will mark the job as failed',
    'Ben found the wrong region in the template',
    'Ben corrected the wrong setting',
    'Priya took the call and told the customer at 14:05',
    'Lukas ran the script again after testing it',
    'Without the alert the team would have looked in the wrong place',
    '',
  ])('%s', (text) => {
    expect(findBlame(text, people)).toEqual([]);
  });
});

describe('the rule holds for any name and any words', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const name = fc
    .string({ unit: fc.constantFrom(...letters), minLength: 4, maxLength: 12 })
    .map((letters) => `Q${letters}`);
  const adverb = fc.constantFrom('', 'again ', 'then ', 'simply ', 'has ', 'had also ', 'really ');
  const fault = fc.constantFrom('broke', 'missed', 'ignored', 'overlooked', 'caused', 'forgot', 'neglected', 'skipped');
  const good = fc.constantFrom('found', 'restarted', 'noticed', 'fixed', 'repaired', 'wrote', 'explained', 'improved');
  const thing = fc.constantFrom(
    'the alert',
    'the gateway',
    'the failed job',
    'the error',
    'the certificate',
    'the page',
  );
  const ending = fc.constantFrom('', ' at 14:05', ' and all was well', ', which took an hour');
  const opening = fc.constantFrom('', 'In the end ', 'It was late because ', 'At 14:05 ', 'First, ');

  test('a person of the ICM with a verb of fault is found', () => {
    fc.assert(
      fc.property(name, opening, adverb, fault, thing, ending, (who, first, how, verb, what, last) =>
        findBlame(`${first}${who} ${how}${verb} ${what}${last}.`, [`${who} Meyer`]).some(({ words }) =>
          words.includes(who),
        ),
      ),
    );
  });

  test('the same person with something done well is not', () => {
    fc.assert(
      fc.property(
        name,
        opening,
        adverb,
        good,
        thing,
        ending,
        (who, first, how, verb, what, last) =>
          findBlame(`${first}${who} ${how}${verb} ${what}${last}.`, [`${who} Meyer`]).length === 0,
      ),
    );
  });

  test('without a person, a pronoun, a team or a judging word nothing is found', () => {
    const word = fc.constantFrom(
      ...'the a gateway job failed broke missed caused error alert at after was not and because of restart down fault it'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => findBlame(words.join(' '), people).length === 0),
    );
  });

  test('a finding stays when something harmless stands around it', () => {
    const around = fc.constantFrom('', 'The job ran. ', 'At 14:05 the alert fired.\n', 'All fine; ');
    fc.assert(
      fc.property(
        around,
        around,
        fc.constantFrom(...MIND_FAULTS),
        (before, after, verb) => findBlame(`${before}Ben ${verb} it. ${after}`, people).length > 0,
      ),
    );
    for (const word of JUDGING) expect(findBlame(`It was ${word}.`, [])).toHaveLength(1);
    for (const noun of FAULT_NOUNS) expect(findBlame(`That was Ben's ${noun}.`, people).length).toBeGreaterThan(0);
  });

  test('any text ends at once and gives words that stand in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        for (const { words } of findBlame(text, people)) if (!text.replace(/\s+/g, ' ').includes(words)) return false;
        return true;
      }),
    );
    for (const piece of ['Ben ', 'Ben, who ', 'should have ', "Ben's ", 'team ', 'because of ', '\n', "n't "])
      expect(findBlame(piece.repeat(20_000), people).length).toBeLessThan(20);
  });
});
