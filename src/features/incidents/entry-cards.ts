import { z } from 'zod';
import { defineCard, opaque, plain, text } from '../card.ts';

/** Longest words of a note or a change, and of the other fields, in characters. */
export const mostWords = 2_000;
export const mostField = 300;

const sample = { icm: '7d1c1c1e-0000-4000-8000-000000000001', entry: '7d1c1c1e-0000-4000-8000-000000000003' };

/** A note or a change that is kept: a short word of confirmation, and the way to correct it. */
export const entryCard = defineCard({
  name: 'incident-entry',
  view: z.strictObject({
    icm: opaque(),
    entry: opaque(),
    revision: opaque(),
    line: text(300),
    details: z.array(z.strictObject({ text: text(500) })),
    /** F73, where another change waits for its result. */
    advice: z.array(
      z.strictObject({ title: text(100), lines: z.array(z.strictObject({ text: text(300) })), source: text(600) }),
    ),
    asksEffect: z.boolean(),
    effectLabel: plain(80),
    canChange: z.boolean(),
  }),
  samples: [
    {
      ...sample,
      revision: '1',
      line: 'Note 3 is on the timeline of ICM 512345678, today 14:05 (Europe/Berlin, UTC+1).',
      details: [],
      advice: [],
      asksEffect: false,
      effectLabel: '',
      canChange: true,
    },
    {
      ...sample,
      revision: '1',
      line: 'Change 2 is on the timeline of ICM 512345678, today 14:05 (Europe/Berlin, UTC+1).',
      details: [{ text: 'Team: Networking' }],
      advice: [
        {
          title: 'Change only one thing at a time',
          lines: [{ text: 'Change 1 has no result yet: restarted the gateway' }],
          source: '“Change only one thing at a time.” Incident management guide, Roles (F73)',
        },
      ],
      asksEffect: true,
      effectLabel: 'Result of change 2',
      canChange: true,
    },
  ],
});

/** The fields of a note or a change: a new one whose ICM or time has to be asked for, or a correction. */
export const entryFormCard = defineCard({
  name: 'incident-entry-form',
  view: z.strictObject({
    icm: opaque(),
    entry: opaque(),
    revision: opaque(),
    kind: z.enum(['note', 'change']),
    heading: text(200),
    problem: text(400).optional(),
    words: plain(mostWords),
    wordsLabel: plain(80),
    when: plain(mostField),
    whenLabel: plain(80),
    team: plain(mostField),
    effect: plain(mostField),
    /** The ICM is asked for by its number. */
    asksNumber: z.boolean(),
    number: plain(20),
    /** One button for each ICM that may be meant. */
    choices: z.array(z.strictObject({ label: plain(100), icm: opaque() })),
    saveLabel: plain(40),
  }),
  samples: [
    {
      icm: '',
      entry: '',
      revision: '0',
      kind: 'note',
      heading: 'Which ICM is this note for?',
      words: 'gateway restarted, no effect',
      wordsLabel: 'Note',
      when: '14:05',
      whenLabel: 'When it happened (empty: now)',
      team: '',
      effect: '',
      asksNumber: true,
      number: '',
      choices: [{ label: 'ICM 512345678 · Job stuck', icm: sample.icm }],
      saveLabel: 'Save the note',
    },
    {
      ...sample,
      revision: '1',
      kind: 'change',
      heading: 'Correct change 2 of ICM 512345678',
      problem: 'Please write what was changed.',
      words: '',
      wordsLabel: 'What was changed',
      when: '',
      whenLabel: 'When it happened (empty: as it is)',
      team: 'Networking',
      effect: 'no effect',
      asksNumber: false,
      number: '',
      choices: [],
      saveLabel: 'Save the change',
    },
  ],
});
