import { z } from 'zod';
import { defineCard, opaque, plain, text } from '../card.ts';

const lines = (max: number) => z.array(z.strictObject({ text: text(max) }));
/** Longest message that a field takes; more is cut by the client. The check itself reads 20,000 characters. */
export const fieldLimit = 20_000;

/** Asks for the message. */
export const checkFormCard = defineCard({
  name: 'message-check-form',
  view: z.strictObject({
    heading: text(120),
    lines: lines(400),
    problem: text(300).optional(),
    text: plain(8_000),
    audience: opaque(),
    canWrite: z.boolean(),
  }),
  samples: [
    {
      heading: 'Can I send this?',
      lines: [{ text: 'Paste the message here. I read it once and do not keep it.' }],
      text: '',
      audience: 'customer',
      canWrite: true,
    },
    {
      heading: 'Check customer message',
      lines: [],
      problem: 'There is no text in it yet. Please paste the message.',
      text: '',
      audience: 'internal',
      canWrite: false,
    },
  ],
});

/** What the check of a message found, with the corrected message. */
export const findingsCard = defineCard({
  name: 'message-check',
  view: z.strictObject({
    heading: text(200),
    tone: z.enum(['good', 'warning', 'attention']),
    notices: lines(400),
    findings: z.array(
      z.strictObject({
        style: z.enum(['attention', 'warning', 'emphasis']),
        severity: text(60),
        title: text(80),
        changes: lines(500),
        why: text(500),
        sources: lines(400),
      }),
    ),
    /** Without a field the message is too long for a card. */
    hasField: z.boolean(),
    label: plain(120),
    text: plain(8_000),
    hint: text(300).optional(),
    audience: opaque(),
    promise: z
      .strictObject({
        line: text(500),
        /** Ids of one ICM, or empty where it is to be picked or written. */
        icm: opaque(),
        zone: opaque(),
        choices: z.array(z.strictObject({ label: plain(100), at: opaque() })),
        icms: z.array(z.strictObject({ label: plain(100), icm: opaque() })),
        asksIcm: z.enum(['no', 'pick', 'write']),
        asksTime: z.boolean(),
        when: plain(200),
      })
      .optional(),
  }),
  samples: [
    {
      heading: 'Please do not send it like this: 1 thing must not leave the house, 1 should be changed.',
      tone: 'attention',
      notices: [{ text: 'Others can read along here.' }],
      findings: [
        {
          style: 'attention',
          severity: 'Must not leave the house',
          title: 'The word “ICM”',
          changes: [{ text: 'You wrote “an IcM”. Write instead: “a request to the product team”.' }],
          why: 'Customers do not know what an ICM is. Say that you are working with the product team.',
          sources: [{ text: 'Severity and tracking, What NOT to share with customers (F15)' }],
        },
        {
          style: 'warning',
          severity: 'Should be changed',
          title: 'When will you write next?',
          changes: [{ text: 'Add: “I will write to you again [day and time].”' }],
          why: 'Every message says when the next one comes.',
          sources: [],
        },
      ],
      hasField: true,
      label: 'Corrected message: fill in what stands in [brackets]',
      text: 'Hello Ana,\n\nwe opened a request to the product team.\nI will write to you again [day and time].',
      hint: 'To copy it, select the text in the field.',
      audience: 'customer',
      promise: {
        line: 'The message names a next update. Which one is it?',
        icm: '',
        zone: 'Europe/Berlin',
        choices: [
          { label: 'Remind me: today 17:00 (Europe/Berlin, UTC+1)', at: '2026-11-20T16:00:00.000Z' },
          { label: 'Remind me: Fri 27 Nov 2026, 17:00 (Europe/Berlin, UTC+1)', at: '2026-11-27T16:00:00.000Z' },
        ],
        icms: [
          { label: 'ICM 512345678 · Job stuck', icm: '7d1c1c1e-0000-4000-8000-000000000001' },
          { label: 'ICM 512345679', icm: '7d1c1c1e-0000-4000-8000-000000000002' },
        ],
        asksIcm: 'pick',
        asksTime: false,
        when: '',
      },
    },
    {
      heading: 'You can send it. I found nothing against it.',
      tone: 'good',
      notices: [],
      findings: [],
      hasField: true,
      label: 'Your message',
      text: 'Hello Ana, …',
      audience: 'customer',
      promise: {
        line: 'The message names a next update, but I could not read when that is.',
        icm: '',
        zone: 'Europe/Berlin',
        choices: [],
        icms: [],
        asksIcm: 'write',
        asksTime: true,
        when: 'every 2 hours',
      },
    },
    {
      heading: 'You can send it, but have a look: 1 point is worth a thought.',
      tone: 'warning',
      notices: [{ text: 'The message is too long for a card, so make the changes in your own text.' }],
      findings: [],
      hasField: false,
      label: 'Your message',
      text: '',
      audience: 'internal',
    },
  ],
});

/** Where others read along: the way to do it in private. */
export const privateCard = defineCard({
  name: 'message-private',
  view: z.strictObject({ lines: lines(500), what: z.enum(['check', 'write']), icm: opaque(), variant: opaque() }),
  samples: [
    {
      lines: [{ text: 'Everybody here can read along, so I check messages to customers in private.' }],
      what: 'check',
      icm: '',
      variant: '',
    },
    {
      lines: [{ text: 'Everybody here can read along, so I write messages to customers in private.' }],
      what: 'write',
      icm: '7d1c1c1e-0000-4000-8000-000000000001',
      variant: 'progress',
    },
  ],
});

/** An answer about what to tell a customer. */
export const sharingCard = defineCard({
  name: 'sharing',
  view: z.strictObject({
    title: text(150),
    lines: lines(500),
    open: z.array(z.strictObject({ title: text(150), sides: lines(400), decides: text(300) })),
    sources: lines(500),
    canCheck: z.boolean(),
  }),
  samples: [
    {
      title: 'No, do not name the ICM.',
      lines: [{ text: 'Say that you are working alongside the product team.' }],
      open: [
        {
          title: 'Case number',
          sides: [{ text: 'One side.' }, { text: 'The other side.' }],
          decides: 'The number of the support request may be written.',
        },
      ],
      sources: [{ text: '“ICM Link” Severity and tracking, What NOT to share with customers (F15)' }],
      canCheck: true,
    },
    { title: 'The documents do not say.', lines: [], open: [], sources: [], canCheck: false },
  ],
});

export const messageCheckCards = [checkFormCard, findingsCard, privateCard, sharingCard];
