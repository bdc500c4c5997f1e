import { z } from 'zod';
import { defineCard, name, opaque, plain, text } from '../card.ts';

const lines = z.array(z.strictObject({ text: text(600) }));
const revision = opaque();

/** The scenarios, in the thread that becomes one of practice. */
export const chooseCard = defineCard({
  name: 'drill-choose',
  view: z.strictObject({
    notice: text(300).optional(),
    lines,
    scenarios: z.array(
      z.strictObject({ scenario: opaque(), title: text(80), story: text(800), facts: text(200), button: plain(80) }),
    ),
  }),
  samples: [
    {
      lines: [{ text: 'Everything in this thread will be practice, for ever.' }],
      scenarios: [
        {
          scenario: 'region-outage',
          title: 'Outage in a region',
          story: 'Several customers report at once that jobs produce no output.',
          facts: '5 injects in 45 min · Sev A, ICM Sev 1',
          button: 'Practise “Outage in a region”',
        },
      ],
    },
  ],
});

/** Where a practice run stands, with everything that moves it. */
export const runCard = defineCard({
  name: 'drill-run',
  view: z.strictObject({
    revision,
    title: text(120),
    notice: text(300).optional(),
    lines,
    topics: z.array(z.strictObject({ topic: opaque(), label: plain(60) })),
    roles: lines,
    parts: z.array(
      z.strictObject({
        part: opaque(),
        label: text(40),
        who: text(120),
        hint: text(200),
        canPlay: z.boolean(),
        button: plain(80),
      }),
    ),
    source: text(200),
    state: z.enum(['running', 'paused', 'ending', 'over']),
    hasNext: z.boolean(),
  }),
  samples: [
    {
      revision: '1',
      title: 'Practice run: Outage in a region',
      lines: [{ text: 'Several customers report at once that jobs produce no output.' }],
      topics: [{ topic: 'roles', label: 'Roles in an incident' }],
      roles: [{ text: 'Incident commander: manages the response.' }],
      parts: [
        {
          part: 'customer',
          label: 'The customer',
          who: 'nobody yet',
          hint: 'Wants to know when the next update comes.',
          canPlay: true,
          button: 'I play the customer',
        },
      ],
      source: 'Incident management guide, Practice run (F87)',
      state: 'running',
      hasNext: true,
    },
    {
      revision: '3',
      title: 'Practice run: Outage in a region',
      notice: 'Paused.',
      lines: [],
      topics: [],
      roles: [],
      parts: [],
      source: 'Incident management guide, Practice run (F87)',
      state: 'paused',
      hasNext: true,
    },
    {
      revision: '3',
      title: 'Practice run: Outage in a region. End it for everybody?',
      lines: [{ text: 'Its reminders stop, and it cannot be continued.' }],
      topics: [],
      roles: [],
      parts: [],
      source: 'Incident management guide, Practice run (F87)',
      state: 'ending',
      hasNext: false,
    },
  ],
});

/** Somebody says something in the story. */
export const injectCard = defineCard({
  name: 'drill-inject',
  view: z.strictObject({
    revision,
    inject: opaque(),
    heading: text(120),
    isPlayed: z.boolean(),
    name: name(),
    teamsId: opaque(),
    repeat: z.boolean(),
    text: text(600),
    lines,
    canNext: z.boolean(),
  }),
  samples: [
    {
      revision: '1',
      inject: '0',
      heading: 'Inject 1 of 5 · The customer',
      isPlayed: true,
      name: 'Ana Souza',
      teamsId: '29:ana',
      repeat: false,
      text: 'Our alerts stopped 20 minutes ago.',
      lines: [{ text: 'The next inject comes in about 10 min.' }],
      canNext: true,
    },
  ],
});

/** The end of a practice run, and the five questions (F88). */
export const scoreCard = defineCard({
  name: 'drill-score',
  view: z.strictObject({
    title: text(120),
    notice: text(400).optional(),
    problems: lines,
    parts: z.array(z.strictObject({ title: text(80), lines })),
    small: text(300),
    isOpen: z.boolean(),
    choices: z.array(z.strictObject({ title: plain(60), value: opaque() })),
    questions: z.array(
      z.strictObject({
        text: plain(120),
        scoreId: opaque(),
        value: opaque(),
        commentId: opaque(),
        commentLabel: plain(120),
        comment: plain(300),
      }),
    ),
  }),
  samples: [
    {
      title: 'The practice run is over: Outage in a region',
      problems: [{ text: 'Please give a score to every question.' }],
      parts: [{ title: 'How it ended', lines: [{ text: 'Resolved: a faulty configuration was rolled back.' }] }],
      small: 'This was the last update of this practice run.',
      isOpen: true,
      choices: [
        { title: '1 · not at all', value: '1' },
        { title: '5 · completely', value: '5' },
      ],
      questions: [
        {
          text: 'Did everyone know what to do?',
          scoreId: 's1',
          value: '5',
          commentId: 'c1',
          commentLabel: 'A comment on question 1, without names',
          comment: '',
        },
      ],
    },
    {
      title: 'The practice run is over: Outage in a region',
      notice: 'The findings are shared, so answers cannot be changed any more.',
      problems: [],
      parts: [],
      small: '',
      isOpen: false,
      choices: [],
      questions: [],
    },
  ],
});

/** What came of it, for leadership (F89). */
export const findingsCard = defineCard({
  name: 'drill-findings',
  view: z.strictObject({
    title: text(120),
    notice: text(400).optional(),
    lines,
    questions: z.array(
      z.strictObject({ text: text(120), result: text(200), comments: z.array(z.strictObject({ text: text(300) })) }),
    ),
    said: z.array(z.strictObject({ title: text(60), text: text(1_000) })),
    canShare: z.boolean(),
    well: plain(1_000),
    improve: plain(1_000),
    /** None, or one. */
    copies: z.array(z.strictObject({ text: plain(5_000) })),
    source: text(200),
  }),
  samples: [
    {
      title: 'Findings so far: Outage in a region',
      lines: [{ text: '3 people took part, 2 answered the five questions.' }],
      questions: [
        {
          text: 'Did everyone know what to do?',
          result: '4.5 of 5 on average, from 4 to 5 (2 answers)',
          comments: [{ text: 'It took a while until somebody was the commander.' }],
        },
      ],
      said: [],
      canShare: true,
      well: '',
      improve: '',
      copies: [],
      source: 'Incident management guide, Practice run (F89)',
    },
    {
      title: 'Findings: Outage in a region',
      lines: [],
      questions: [],
      said: [{ title: 'What went well', text: 'The updates came in time.' }],
      canShare: false,
      well: '',
      improve: '',
      copies: [{ text: '# Findings of a practice run' }],
      source: 'Incident management guide, Practice run (F89)',
    },
  ],
});

export const drillCards = [chooseCard, runCard, injectCard, scoreCard, findingsCard];
