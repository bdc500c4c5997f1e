import { z } from 'zod';
import { defineCard, opaque, plain, text } from '../card.ts';

const lines = (max: number) => z.array(z.strictObject({ text: text(max) }));

const sampleIcm = '7d1c1c1e-0000-4000-8000-000000000001';
const sampleUpdate = '7d1c1c1e-0000-4000-8000-000000000003';
const field = (id: string, label: string, isShown = true) => ({
  id,
  label,
  example: 'Job fleet-eu writes its output up to 10 minutes late.',
  value: '',
  longest: 800,
  isShown,
  isLong: true,
});

/** The parts of an update, to be typed; what the check found stands above them. */
export const updateFormCard = defineCard({
  name: 'status-update-form',
  view: z.strictObject({
    icm: opaque(),
    audience: z.enum(['external', 'internal']),
    stage: z.enum(['progress', 'resolved']),
    /** The number of the newest update that the form was drawn from. */
    revision: opaque(),
    /** Rules whose findings were shown, and may be left as they are. */
    shown: opaque(),
    heading: text(230),
    standard: text(300),
    notices: lines(400),
    problems: lines(300),
    findings: z.array(
      z.strictObject({
        style: z.enum(['attention', 'warning', 'emphasis']),
        severity: text(60),
        title: text(80),
        changes: lines(400),
        why: text(300).optional(),
      }),
    ),
    isBlocked: z.boolean(),
    canPostAnyhow: z.boolean(),
    zone: opaque(),
    choices: z.array(z.strictObject({ label: plain(80), at: opaque() })),
    fields: z.array(
      z.strictObject({
        id: opaque(),
        label: plain(100),
        example: plain(150),
        value: plain(1_000),
        longest: z.number().int(),
        isShown: z.boolean(),
        isLong: z.boolean(),
      }),
    ),
    next: plain(150),
    nextHint: text(300),
    last: opaque(),
    sources: text(300),
  }),
  samples: [
    {
      icm: sampleIcm,
      audience: 'internal',
      stage: 'progress',
      revision: '0',
      shown: '',
      heading: 'Status update · ICM 512345678 · Job stuck',
      standard: 'To colleagues: what is wrong, the steps being taken, and when the next update comes.',
      notices: [{ text: 'What update 2 said stands here already. Change what is different.' }],
      problems: [],
      findings: [],
      isBlocked: false,
      canPostAnyhow: false,
      zone: 'Europe/Berlin',
      choices: [],
      fields: [field('what', 'What specifically is happening?'), field('how', 'How was it resolved?', false)],
      next: '',
      nextHint: 'No document gives an interval for updates.',
      last: 'false',
      sources: 'Incident management guide (F75, F80)',
    },
    {
      icm: sampleIcm,
      audience: 'external',
      stage: 'resolved',
      revision: '2',
      shown: 'restore-promise',
      heading: 'Status update · ICM 512345678',
      standard: 'To the customer: the five parts.',
      notices: [],
      problems: [{ text: 'Please say how that was verified.' }],
      findings: [
        {
          style: 'attention',
          severity: 'Must not leave the house',
          title: 'The word “ICM”',
          changes: [{ text: 'You wrote “an IcM”. Write instead: “a request to the product team”.' }],
          why: 'Customers do not know what an ICM is.',
        },
      ],
      isBlocked: true,
      canPostAnyhow: false,
      zone: 'Europe/Berlin',
      choices: [],
      fields: [field('how', 'How was it resolved?'), field('steps', 'Which steps are being taken?', false)],
      next: '',
      nextHint: '',
      last: 'true',
      sources: 'Incident management guide (F83, F84)',
    },
    {
      icm: sampleIcm,
      audience: 'external',
      stage: 'progress',
      revision: '2',
      shown: 'restore-promise',
      heading: 'Status update · ICM 512345678',
      standard: 'To the customer: the five parts.',
      notices: [],
      problems: [{ text: 'Which day do you mean?' }],
      findings: [
        {
          style: 'warning',
          severity: 'Should be changed',
          title: 'A promised time to restore',
          changes: [{ text: 'You wrote “by 15:00”. Write instead: “as soon as possible”.' }],
          why: 'If that time is missed, the pressure doubles.',
        },
      ],
      isBlocked: false,
      canPostAnyhow: true,
      zone: 'Europe/Berlin',
      choices: [
        { label: 'today 17:00 (Europe/Berlin, UTC+1)', at: '2026-11-20T16:00:00.000Z' },
        { label: 'Fri 27 Nov 2026, 17:00 (Europe/Berlin, UTC+1)', at: '2026-11-27T16:00:00.000Z' },
      ],
      fields: [field('what', 'What specifically is happening?')],
      next: 'friday 17:00',
      nextHint: '',
      last: 'false',
      sources: 'Incident management guide (F75, F82)',
    },
  ],
});

/** An update as everybody in the thread reads it. */
export const updateCard = defineCard({
  name: 'status-update',
  view: z.strictObject({
    icm: opaque(),
    update: opaque(),
    isResolved: z.boolean(),
    heading: text(230),
    kind: text(100),
    posted: text(250),
    notices: lines(300),
    repeat: z.boolean(),
    parts: z.array(z.strictObject({ label: text(100), value: text(800) })),
    next: text(200),
    canPost: z.boolean(),
    canCopy: z.boolean(),
  }),
  samples: [
    {
      icm: sampleIcm,
      update: sampleUpdate,
      isResolved: false,
      heading: 'ICM 512345678 · Job stuck · update 2',
      kind: 'For the customer',
      posted: 'Priya Sharma, Fri 20 Nov 2026, 10:05 (Europe/Berlin, UTC+1)',
      notices: [],
      repeat: false,
      parts: [
        { label: 'What is happening · changed', value: 'Job fleet-eu writes its output 10 minutes late.' },
        { label: 'Who it affects · as in update 1', value: 'Only the drivers in Lyon.' },
      ],
      next: 'Next update: Fri 20 Nov 2026, 17:00 (Europe/Berlin, UTC+1)',
      canPost: true,
      canCopy: true,
    },
    {
      icm: sampleIcm,
      update: sampleUpdate,
      isResolved: true,
      heading: 'ICM 512345678 · update 3 · resolved',
      kind: 'For colleagues',
      posted: 'Priya Sharma, Fri 20 Nov 2026, 10:05 (Europe/Berlin, UTC+1)',
      notices: [{ text: 'I could not post this in the thread of the ICM, so here it is.' }],
      repeat: true,
      parts: [],
      next: 'This is the last update.',
      canPost: false,
      canCopy: false,
    },
  ],
});

/** What is known of an ICM: the last state of each part. In its thread there is one, which is changed in place. */
export const knownCard = defineCard({
  name: 'what-is-known',
  view: z.strictObject({
    icm: opaque(),
    heading: text(230),
    asOf: text(200),
    facts: z.array(z.strictObject({ title: text(60), value: text(200) })),
    notice: text(300).optional(),
    parts: z.array(z.strictObject({ label: text(60), value: text(500), since: text(200) })),
    canPost: z.boolean(),
    /** Shown to one person in place of another card, with the way back to it. */
    back: z.enum(['none', 'icm', 'update']),
    update: opaque(),
  }),
  samples: [
    {
      icm: sampleIcm,
      heading: 'What is known · ICM 512345678 · Job stuck',
      asOf: 'As of Fri 20 Nov 2026, 10:05 (Europe/Berlin, UTC+1), after update 2.',
      facts: [
        { title: 'Case severity', value: 'A' },
        { title: 'Next update', value: 'Fri 20 Nov 2026, 17:00 (Europe/Berlin, UTC+1)' },
      ],
      parts: [
        {
          label: 'What is happening',
          value: 'Job fleet-eu writes its output up to 10 minutes late.',
          since: 'Update 2 for the customer, Fri 20 Nov 2026, 10:05 (Europe/Berlin, UTC+1)',
        },
      ],
      canPost: true,
      back: 'none',
      update: '',
    },
    {
      icm: sampleIcm,
      heading: 'What is known · ICM 512345678',
      asOf: 'As of Fri 20 Nov 2026, 10:05 (UTC).',
      facts: [],
      notice: 'No status update was posted yet.',
      parts: [],
      canPost: false,
      back: 'icm',
      update: '',
    },
    {
      icm: sampleIcm,
      heading: 'What is known · ICM 512345678',
      asOf: 'As of Fri 20 Nov 2026, 10:05 (UTC).',
      facts: [],
      parts: [],
      canPost: false,
      back: 'update',
      update: sampleUpdate,
    },
  ],
});

export const updateCards = [updateFormCard, updateCard, knownCard];
