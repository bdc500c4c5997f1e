import { z } from 'zod';
import { defineCard, name, opaque, plain, text } from '../card.ts';

const lines = z.array(z.strictObject({ text: text(700) }));
const escalation = '7d1c1c1e-0000-4000-8000-000000000003';
const checklist = {
  steps: z.array(z.strictObject({ value: opaque(), title: plain(100) })),
  done: opaque(),
};
const sampleSteps = [
  { value: 'srTitle', title: 'The new title is in the support request' },
  { value: 'icmTitle', title: 'The new title is in the ICM' },
  { value: 'note', title: 'The note is in the ICM' },
  { value: 'email', title: 'The email is out' },
];

/** What the engineer does after an approval (F43): titles and note to copy, and the list of what is done. */
export const csatPackageCard = defineCard({
  name: 'csat-package',
  view: z.strictObject({
    escalation: opaque(),
    revision: opaque(),
    name: name(),
    teamsId: opaque(),
    headline: text(260),
    repeat: z.boolean(),
    notice: text(400).optional(),
    summary: text(400),
    srLabel: plain(100),
    copySr: plain(500),
    icmLabel: plain(100),
    copyIcm: plain(500),
    tagWarning: text(400),
    tagSource: text(160),
    /** None where it is too long for the card. */
    note: z.array(z.strictObject({ text: plain(4_000) })),
    isLong: z.boolean(),
    /** Where it is exceptionally bad (F46, T6). */
    loopIn: z.array(
      z.strictObject({
        title: text(120),
        sides: z.array(z.strictObject({ text: text(300) })),
        decides: text(200),
        judged: text(250),
        source: text(160),
      }),
    ),
    ...checklist,
    shiproom: text(200),
    shiproomSource: text(160),
    isClosed: z.boolean(),
  }),
  samples: [
    {
      escalation,
      revision: '0',
      name: 'Priya Sharma',
      teamsId: '29:priya',
      headline: 'ICM 512345678 is CSAT Impacting: approved by Mei Tanaka',
      repeat: true,
      summary: 'Four things are to be done now.',
      srLabel: 'Title of support request 2411220050001234, to copy',
      copySr: '[CSAT Impacting] Job stuck',
      icmLabel: 'Title of ICM 512345678, to copy',
      copyIcm: '[CSAT Impacting] Job stuck',
      tagWarning: 'Case titles often become the subject of emails to the customer.',
      tagSource: 'ICM process (F43)',
      note: [{ text: 'Current customer sentiment: angry' }],
      isLong: false,
      loopIn: [
        {
          title: 'May the product group be in emails to the customer?',
          sides: [{ text: 'By default not.' }, { text: 'In an exceptionally bad case, yes.' }],
          decides: 'Whoever asks.',
          judged: 'Priya Sharma judged this case to be exceptionally bad.',
          source: 'ICM process (F37, F46)',
        },
      ],
      steps: sampleSteps,
      done: '',
      shiproom: 'All CSAT Impacting cases will be reviewed during shiproom.',
      shiproomSource: 'ICM process (F50)',
      isClosed: false,
    },
    {
      escalation,
      revision: '7',
      name: 'Priya Sharma',
      teamsId: '29:priya',
      headline: 'ICM 512345678 is CSAT Impacting: approved by Mei Tanaka',
      repeat: false,
      notice: 'Nothing was different.',
      summary: 'All four are done.',
      srLabel: 'Title of the support request, to copy',
      copySr: '[CSAT Impacting] <title>',
      icmLabel: 'Title of the ICM, to copy',
      copyIcm: '[CSAT Impacting] Job stuck',
      tagWarning: 'Case titles often become the subject of emails to the customer.',
      tagSource: 'ICM process (F43)',
      note: [],
      isLong: true,
      loopIn: [],
      steps: sampleSteps,
      done: 'srTitle,icmTitle,note,email',
      shiproom: 'All CSAT Impacting cases will be reviewed during shiproom.',
      shiproomSource: 'ICM process (F50)',
      isClosed: true,
    },
  ],
});

/** The email of F45 and F47 to F52: who gets it, its text to copy, and what became of it. */
export const csatEmailCard = defineCard({
  name: 'csat-email',
  view: z.strictObject({
    escalation: opaque(),
    attempt: opaque(),
    /** Stands for the addresses as they are shown: Send counts only for these. */
    recipients: opaque(),
    heading: text(120),
    repeat: z.boolean(),
    notice: text(400).optional(),
    state: text(900),
    to: text(1_500),
    cc: text(2_200),
    warnings: lines,
    subject: plain(300),
    body: z.array(z.strictObject({ text: plain(4_500) })),
    isLong: z.boolean(),
    source: text(160),
    mailto: opaque(),
    cut: text(400).optional(),
    canSend: z.boolean(),
    sendNote: text(400),
  }),
  samples: [
    {
      escalation,
      attempt: '0',
      recipients: 'a1b2c3',
      heading: 'Email about ICM 512345678',
      repeat: true,
      state: 'Not sent yet.',
      to: 'em@example.com, pm@example.com',
      cc: 'owner@example.com',
      warnings: [{ text: 'There is no address of the ICM owner.' }],
      subject: '512345678 : A CSAT Impacting IcM has been assigned to your component area',
      body: [{ text: 'IcM Title: [CSAT Impacting] Job stuck' }],
      isLong: false,
      source: 'ICM process (F45, F47 to F52)',
      mailto: 'mailto:em@example.com?subject=512345678',
      cut: 'The link holds a part of the text.',
      canSend: true,
      sendNote: 'I send it once, from bot@example.com.',
    },
    {
      escalation,
      attempt: '1',
      recipients: 'a1b2c3',
      heading: 'Email about ICM 512345678',
      repeat: false,
      notice: 'Nothing was sent.',
      state: 'Sent.',
      to: 'nobody yet',
      cc: 'nobody',
      warnings: [],
      subject: '512345678 : A CSAT Impacting IcM has been assigned to your component area',
      body: [],
      isLong: true,
      source: 'ICM process (F45, F47 to F52)',
      mailto: 'mailto:?subject=512345678',
      canSend: false,
      sendNote: '',
    },
  ],
});

/** A reminder of what is not done yet, or what became of the email. */
export const csatNoticeCard = defineCard({
  name: 'csat-notice',
  view: z.strictObject({
    escalation: opaque(),
    revision: opaque(),
    name: name(),
    teamsId: opaque(),
    headline: text(260),
    repeat: z.boolean(),
    lines,
    ...checklist,
  }),
  samples: [
    {
      escalation,
      revision: '1',
      name: 'Priya Sharma',
      teamsId: '29:priya',
      headline: 'two things are still to be done for ICM 512345678',
      repeat: true,
      lines: [{ text: 'Not ticked yet: the note is in the ICM.' }],
      steps: sampleSteps,
      done: 'srTitle',
    },
    {
      escalation,
      revision: '2',
      name: 'Priya Sharma',
      teamsId: '29:priya',
      headline: 'the email about ICM 512345678 is out',
      repeat: false,
      lines: [{ text: 'To: em@example.com' }],
      steps: [],
      done: '',
    },
  ],
});

/** A long text, or a part of one, to copy. */
export const csatTextCard = defineCard({
  name: 'csat-text',
  view: z.strictObject({ title: text(160), lines, label: plain(120), copy: plain(5_000) }),
  samples: [
    {
      title: 'CSV of the shiproom list, part 1 of 2',
      lines: [{ text: 'Copy it into a file that ends in .csv.' }],
      label: 'CSV to copy',
      copy: '"ICM","Title"',
    },
  ],
});

/** Open CSAT Impacting cases, as shiproom reviews them (F50). */
export const shiproomCard = defineCard({
  name: 'shiproom',
  view: z.strictObject({
    title: text(120),
    rule: text(200),
    source: text(160),
    notice: text(300).optional(),
    items: z.array(z.strictObject({ title: text(110), lines: z.array(z.strictObject({ text: text(260) })) })),
    more: text(200).optional(),
    canExport: z.boolean(),
  }),
  samples: [
    {
      title: 'Open CSAT Impacting cases: 2',
      rule: 'All CSAT Impacting cases will be reviewed during shiproom.',
      source: 'ICM process (F50)',
      items: [
        { title: 'ICM 512345678 · Job stuck', lines: [{ text: 'For 3 days.' }, { text: 'Still missing: the note.' }] },
        { title: 'ICM 512345679', lines: [{ text: 'For 2 h.' }] },
      ],
      more: '3 more are in the CSV.',
      canExport: true,
    },
    {
      title: 'Open CSAT Impacting cases: 0',
      rule: 'All CSAT Impacting cases will be reviewed during shiproom.',
      source: 'ICM process (F50)',
      notice: 'There is none.',
      items: [],
      canExport: false,
    },
  ],
});

export const csatPackageCards = [csatPackageCard, csatEmailCard, csatNoticeCard, csatTextCard, shiproomCard];
