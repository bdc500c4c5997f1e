import { z } from 'zod';
import { defineCard, name, opaque, plain, text } from '../card.ts';

const lines = z.array(z.strictObject({ text: text(400) }));
const ids = { icm: opaque(), followUp: opaque(), revision: opaque() };
const sampleIds = {
  icm: '7d1c1c1e-0000-4000-8000-000000000001',
  followUp: '7d1c1c1e-0000-4000-8000-000000000002',
  revision: '2',
};
const minuteButtons = z.array(z.strictObject({ label: plain(40), minutes: opaque() }));

/** A promise: confirmed, or asked back. */
export const followUpCard = defineCard({
  name: 'follow-up',
  view: z.strictObject({
    ...ids,
    heading: text(200),
    lines,
    notes: lines,
    zone: opaque(),
    choices: z.array(z.strictObject({ label: plain(80), at: opaque() })),
    canChange: z.boolean(),
    isOpen: z.boolean(),
    inputLabel: plain(80),
    inputButton: plain(40),
    when: plain(200),
    footer: text(400).optional(),
  }),
  samples: [
    {
      ...sampleIds,
      heading: 'ICM 512345678 · next update',
      lines: [
        { text: 'You promised the customer an update today 17:00 (Europe/Berlin, UTC+1), in 3 h.' },
        { text: 'I remind you at 16:45, at 17:00, and once more at 18:00 if it is still open.' },
      ],
      notes: [{ text: 'That is outside your working hours. I remind you all the same.' }],
      zone: 'Europe/Berlin',
      choices: [],
      canChange: true,
      isOpen: true,
      inputLabel: 'Another time',
      inputButton: 'Change the time',
      when: '',
      footer: 'Another zone? Write: my time zone is Europe/Dublin',
    },
    {
      ...sampleIds,
      followUp: '',
      revision: '0',
      heading: 'ICM 512345678 · when is the next update?',
      lines: [{ text: '“Friday” is today. Do you mean today or a week from now?' }],
      notes: [],
      zone: 'Europe/Berlin',
      choices: [
        { label: 'today 17:00 (Europe/Berlin, UTC+1)', at: '2026-11-20T16:00:00.000Z' },
        { label: 'Fri 27 Nov 17:00 (Europe/Berlin, UTC+1)', at: '2026-11-27T16:00:00.000Z' },
      ],
      canChange: true,
      isOpen: false,
      inputLabel: 'Or write the time',
      inputButton: 'Set the reminder',
      when: 'friday 17:00',
    },
  ],
});

/** Which of several ICMs is meant. `what` is the line that was typed, read again with the answer. */
export const whichCard = defineCard({
  name: 'follow-up-which',
  view: z.strictObject({
    heading: text(200),
    lines,
    what: plain(300),
    choices: z.array(z.strictObject({ label: plain(100), icm: opaque() })),
  }),
  samples: [
    {
      heading: 'Which ICM do you mean?',
      lines: [{ text: 'You look after more than one.' }],
      what: 'next update friday 17:00',
      choices: [
        { label: 'ICM 512345678 · Job stuck', icm: sampleIds.icm },
        { label: 'ICM 512345679', icm: sampleIds.followUp },
      ],
    },
  ],
});

/** A reminder: a new post, since an edit notifies nobody. */
export const reminderCard = defineCard({
  name: 'reminder',
  view: z.strictObject({
    ...ids,
    name: name(),
    teamsId: opaque(),
    headline: text(200),
    also: z.enum(['nobody', 'mention', 'name']),
    alsoName: name(),
    alsoTeamsId: opaque(),
    alsoLine: text(200),
    repeat: z.boolean(),
    lines,
    snoozes: minuteButtons,
    canSnooze: z.boolean(),
  }),
  samples: [
    {
      ...sampleIds,
      name: 'Priya Sharma',
      teamsId: '29:priya',
      headline: 'update due in 15 min · ICM 512345678',
      also: 'nobody',
      alsoName: '',
      alsoTeamsId: '',
      alsoLine: '',
      repeat: false,
      lines: [{ text: 'You promised the customer an update by today 17:00 (Europe/Berlin, UTC+1).' }],
      snoozes: [
        { label: 'Snooze 15 min', minutes: '15' },
        { label: 'Snooze 1 h', minutes: '60' },
      ],
      canSnooze: true,
    },
    {
      ...sampleIds,
      name: 'Priya Sharma',
      teamsId: '29:priya',
      headline: 'update overdue since 17:00 · ICM 512345678',
      also: 'mention',
      alsoName: 'Amara Nowak',
      alsoTeamsId: '29:amara',
      alsoLine: 'for your information, as a lead of the team',
      repeat: true,
      lines: [{ text: 'The promise was: today 17:00 (Europe/Berlin, UTC+1).' }],
      snoozes: [],
      canSnooze: false,
    },
    {
      ...sampleIds,
      name: 'Priya Sharma',
      teamsId: '29:priya',
      headline: 'update overdue since 17:00 · ICM 512345678',
      also: 'name',
      alsoName: 'Amara Nowak',
      alsoTeamsId: '',
      alsoLine: 'for your information, as a lead of the team',
      repeat: false,
      lines: [],
      snoozes: [{ label: 'Snooze 15 min', minutes: '15' }],
      canSnooze: true,
    },
  ],
});

/** After an update was sent: the next promise, or the closing words (F83, F84, T18). */
export const nextUpdateCard = defineCard({
  name: 'next-update',
  view: z.strictObject({
    ...ids,
    heading: text(200),
    lines,
    problem: text(400).optional(),
    suggestions: minuteButtons,
    when: plain(200),
    lastRule: text(400),
    how: plain(1_000),
    verified: plain(1_000),
    missed: z.boolean(),
  }),
  samples: [
    {
      ...sampleIds,
      heading: 'ICM 512345678 · update sent',
      lines: [{ text: 'Priya Sharma sent the promised update. Every update says when the next one comes.' }],
      suggestions: [
        { label: 'In 1 h', minutes: '60' },
        { label: 'In 4 h', minutes: '240' },
      ],
      when: '',
      lastRule: 'A closing update says how it was resolved and how that was verified.',
      how: '',
      verified: '',
      missed: false,
    },
    {
      ...sampleIds,
      heading: 'ICM 512345678 · update sent',
      lines: [],
      problem: '“yesterday” is in the past. Please give a time that is still to come.',
      suggestions: [],
      when: 'yesterday',
      lastRule: 'A closing update says how it was resolved and how that was verified.',
      how: 'Job restarted',
      verified: '',
      missed: true,
    },
  ],
});

/** Asks why no update is due any more. */
export const closeFollowUpCard = defineCard({
  name: 'close-follow-up',
  view: z.strictObject({ ...ids, heading: text(200), lines, problem: text(300).optional(), reason: plain(300) }),
  samples: [
    {
      ...sampleIds,
      heading: 'ICM 512345678 · no more updates?',
      lines: [{ text: 'You promised the customer an update today 17:00 (Europe/Berlin, UTC+1).' }],
      problem: 'Please say why in a few words.',
      reason: '',
    },
    { ...sampleIds, heading: 'ICM 512345678 · no more updates?', lines: [], reason: '' },
  ],
});

/** Promises in groups: my own, the team's, the digest. */
export const followUpListCard = defineCard({
  name: 'follow-up-list',
  view: z.strictObject({
    heading: text(200),
    lines,
    sections: z.array(
      z.strictObject({ title: text(100), items: z.array(z.strictObject({ title: text(150), detail: text(300) })) }),
    ),
    footer: text(300).optional(),
  }),
  samples: [
    {
      heading: 'Customer updates today',
      lines: [],
      sections: [
        {
          title: 'Overdue',
          items: [{ title: 'ICM 512345678 · Job stuck', detail: 'Priya Sharma, since yesterday 17:00 (UTC)' }],
        },
        {
          title: 'Due today',
          items: [{ title: 'ICM 512345679', detail: 'Lukas Weber, today 14:00 (UTC)' }],
        },
      ],
      footer: 'Write “my reminders” to see your own.',
    },
    { heading: 'Your promised updates', lines: [{ text: 'None is open.' }], sections: [] },
  ],
});

export const followUpCards = [
  followUpCard,
  whichCard,
  reminderCard,
  nextUpdateCard,
  closeFollowUpCard,
  followUpListCard,
];
