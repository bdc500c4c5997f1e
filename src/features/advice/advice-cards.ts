import { z } from 'zod';
import { defineCard, opaque, plain, text } from '../card.ts';

const who = { dialog: opaque(), revision: opaque(), owner: opaque(), heading: text(200) };
const sampleWho = {
  dialog: '7d1c1c1e-0000-4000-8000-000000000001',
  revision: '3',
  owner: '29:sample',
  heading: 'Priya Sharma · Should I open an ICM? · question 2',
};

/** One question of the check, as buttons (`choice`) or boxes to tick (`several`). */
export const questionCard = defineCard({
  name: 'question',
  view: z.strictObject({
    ...who,
    notice: text(500).optional(),
    question: text(300),
    hint: text(500).optional(),
    kind: z.enum(['choice', 'several']),
    questionId: opaque(),
    options: z.array(z.strictObject({ id: opaque(), label: plain(100) })),
    /** Ids of the ticked options, separated by commas. */
    ticked: opaque(),
    noneLabel: plain(60).optional(),
    known: z.array(z.strictObject({ title: text(80), value: text(200) })),
    canGoBack: z.boolean(),
    canChange: z.boolean(),
    canMove: z.boolean(),
  }),
  samples: [
    {
      ...sampleWho,
      question: 'What does the customer need?',
      kind: 'choice',
      questionId: 'need',
      options: [
        { id: 'bug-fix', label: 'A bug fixed' },
        { id: 'quota-increase', label: 'More quota' },
      ],
      ticked: '',
      known: [{ title: 'Outage', value: 'yes' }],
      canGoBack: false,
      canChange: true,
      canMove: true,
    },
    {
      ...sampleWho,
      notice: 'The questions have changed since. Your answers were kept.',
      question: 'Which of these hold for the case?',
      hint: 'A Sev A case is not the same as a support request that is Severity 1.',
      kind: 'several',
      questionId: 'grounds',
      options: [
        { id: 'bug', label: 'There is evidence of a bug' },
        { id: 'outage', label: 'An outage is confirmed' },
      ],
      ticked: 'bug',
      noneLabel: 'None of these',
      known: [],
      canGoBack: true,
      canChange: false,
      canMove: false,
    },
  ],
});

/** The answers so far, each a button that asks it again. */
export const reviewCard = defineCard({
  name: 'review',
  view: z.strictObject({ ...who, answers: z.array(z.strictObject({ id: opaque(), label: plain(150) })) }),
  samples: [{ ...sampleWho, answers: [{ id: 'need', label: 'What the customer needs: a bug fixed' }] }],
});

/** Shown to somebody who presses on another person's check, or on one that is gone. */
export const notYoursCard = defineCard({
  name: 'not-yours',
  view: z.strictObject({ title: text(200), line: text(400), showLabel: plain(100).optional(), dialog: opaque() }),
  samples: [
    {
      title: 'This is Priya Sharma’s check',
      line: 'Only Priya Sharma can answer it. You can start your own.',
      dialog: '',
    },
    {
      title: 'This is Priya Sharma’s check',
      line: 'Only Priya Sharma can answer it.',
      showLabel: 'Show Priya Sharma’s check',
      dialog: sampleWho.dialog,
    },
  ],
});

/** A check that is over or goes on elsewhere, in one line. */
export const noteCard = defineCard({
  name: 'note',
  view: z.strictObject({ line: text(400), canStart: z.boolean() }),
  samples: [
    { line: 'Priya Sharma cancelled this check.', canStart: true },
    { line: 'Priya Sharma goes on below.', canStart: false },
  ],
});

const lines = (max: number) => z.array(z.strictObject({ text: text(max) }));

/** The verdict with its rule, the next step and, for "open", everything that the ICM needs. */
export const verdictCard = defineCard({
  name: 'verdict',
  view: z.strictObject({
    ...who,
    notice: text(500).optional(),
    title: text(120),
    isOpen: z.boolean(),
    severity: text(300),
    ownerTeam: text(100),
    because: text(300),
    rule: text(400),
    source: text(150),
    next: text(400),
    missing: lines(200),
    disagreements: z.array(
      z.strictObject({ title: text(150), sides: lines(400), decides: text(200), otherwise: text(200).optional() }),
    ),
    required: lines(200),
    ownerNote: text(300).optional(),
    pasteTitle: plain(200),
    pasteDetails: plain(1_500),
    entries: lines(150),
    entryNote: text(200),
    tracking: z.array(z.strictObject({ label: text(80), steps: lines(200) })),
    changes: lines(250),
    known: z.array(z.strictObject({ title: text(80), value: text(200) })),
    rules: lines(500),
    links: z.array(z.strictObject({ label: plain(100), url: opaque() })),
    canChange: z.boolean(),
    canTrack: z.boolean(),
  }),
  samples: [
    {
      ...sampleWho,
      title: 'Open an ICM',
      isOpen: true,
      severity: 'Sev 2. A Sev A case gives ICM Sev 2.',
      ownerTeam: 'CSS Escalation',
      because: 'There is evidence of a bug, and the initial investigation is done.',
      rule: 'There is evidence of a bug.',
      source: 'ICM process, When do we open ICMs (F19)',
      next: 'Open the ICM with what is listed here, then track it.',
      missing: [],
      disagreements: [
        {
          title: 'A similar ICM exists',
          sides: [
            { text: 'Following the one you found fits the process.' },
            { text: 'No document says that it replaces an own one.' },
          ],
          decides: 'An SME decides in doubt.',
          otherwise: 'follow the existing ICM',
        },
      ],
      required: [{ text: 'The ASC template, filled in' }],
      ownerNote: 'The name of a queue.',
      pasteTitle: 'Bug: <what happens>',
      pasteDetails: 'Kind of request: Bug\nCase severity A',
      entries: [{ text: 'From Azure Support Center' }],
      entryNote: 'The documents give no further steps.',
      tracking: [{ label: 'Put it on your list', steps: [{ text: '1. Open the ICM.' }] }],
      changes: [{ text: 'If an outage is confirmed: open an ICM, ICM Sev 1.' }],
      known: [{ title: 'Case severity', value: 'A' }],
      rules: [{ text: '“There is evidence of a bug.” ICM process, When do we open ICMs (F19)' }],
      links: [],
      canChange: true,
      canTrack: true,
    },
    {
      ...sampleWho,
      title: 'Investigate first',
      isOpen: false,
      severity: '',
      ownerTeam: '',
      because: 'The initial investigation is not finished.',
      rule: 'Based on guidance in meeting perform initial investigation.',
      source: 'ICM process, Step by step (F29)',
      next: 'Finish the missing steps, then ask me again.',
      missing: [{ text: 'Outage check: Validate whether there is an outage.' }],
      disagreements: [],
      required: [],
      pasteTitle: '',
      pasteDetails: '',
      entries: [],
      entryNote: '',
      tracking: [],
      changes: [],
      known: [],
      rules: [],
      links: [{ label: 'Daily morning meeting', url: 'https://teams.microsoft.com/' }],
      canChange: false,
      canTrack: false,
    },
  ],
});
