import { z } from 'zod';
import { defineCard, name, opaque, plain, text } from '../card.ts';

const lines = (max: number) => z.array(z.strictObject({ text: text(max) }));
const clicks = z.array(z.strictObject({ label: text(80), steps: lines(200) }));
const onIcm = { icm: opaque(), revision: opaque() };

const sampleId = '7d1c1c1e-0000-4000-8000-000000000001';
const sampleClicks = [
  { label: 'Put it on your list', steps: [{ text: '1) Open the ICM.' }, { text: '2) Select "Watch".' }] },
];

/** One tracked ICM, with what can be done about it. */
export const icmCard = defineCard({
  name: 'icm',
  view: z.strictObject({
    ...onIcm,
    heading: text(230),
    notice: text(600).optional(),
    canTakeOver: z.boolean(),
    /** It has just changed hands: both are mentioned. */
    moved: z.array(z.strictObject({ to: name(), toId: opaque(), from: name(), fromId: opaque() })),
    facts: z.array(z.strictObject({ title: text(60), value: text(120) })),
    drift: z.array(
      z.strictObject({
        title: text(100),
        headline: text(200),
        lines: lines(300),
        sources: lines(400),
        whoDecides: text(300).optional(),
        alignLabel: plain(60).optional(),
      }),
    ),
    /** The portal's Watch and Subscribe, once for each ICM and engineer. */
    clicks,
    clicksWhen: text(300),
    clicksSource: text(200),
    isOpen: z.boolean(),
    canReopen: z.boolean(),
    /** Whether promises can be kept: off until follow-ups are there. */
    canPromise: z.boolean(),
    caseSeverity: opaque(),
    handOver: text(200),
  }),
  samples: [
    {
      icm: sampleId,
      revision: '1',
      heading: 'ICM 512345678 · Job stuck in Starting',
      notice: 'Tracked in this thread. You look after it.',
      canTakeOver: false,
      moved: [],
      facts: [
        { title: 'Case severity', value: 'A' },
        { title: 'Next update', value: 'no promise yet' },
      ],
      drift: [
        {
          title: 'The ICM severity does not fit',
          headline: 'Change the ICM from Sev 3 to Sev 2.',
          lines: [{ text: 'The case is Sev A now.' }],
          sources: [{ text: '“Sev A case: ICM Sev 2” Severity and tracking (F2)' }],
          alignLabel: 'The ICM is Sev 2 now',
        },
      ],
      clicks: sampleClicks,
      clicksWhen: 'Whenever you create an ICM, you can add it to your list.',
      clicksSource: 'Severity and tracking (F7, F8)',
      isOpen: true,
      canReopen: false,
      canPromise: true,
      caseSeverity: 'A',
      handOver: 'Write “hand over 512345678 to @name”.',
    },
    {
      icm: sampleId,
      revision: '2',
      heading: 'ICM 512345678',
      canTakeOver: true,
      moved: [{ to: 'Lukas Weber', toId: '29:lukas', from: 'Priya Sharma', fromId: '29:priya' }],
      facts: [{ title: 'Status', value: 'resolved' }],
      drift: [],
      clicks: [],
      clicksWhen: '',
      clicksSource: '',
      isOpen: false,
      canReopen: true,
      canPromise: false,
      caseSeverity: 'unknown',
      handOver: '',
    },
    {
      icm: sampleId,
      revision: '3',
      heading: 'ICM 512345678',
      notice: 'Nothing was changed. Only Priya Sharma can do that.',
      canTakeOver: true,
      moved: [],
      facts: [{ title: 'Status', value: 'open' }],
      drift: [
        {
          title: 'The documents do not cover this severity',
          headline: 'The documents do not cover a case that goes down from Sev A to B.',
          lines: [],
          sources: [],
          whoDecides: 'An SME decides.',
        },
      ],
      clicks: [],
      clicksWhen: '',
      clicksSource: '',
      isOpen: true,
      canReopen: false,
      canPromise: false,
      caseSeverity: 'B',
      handOver: 'Write “hand over 512345678 to @name”.',
    },
  ],
});

/** What is known of an ICM, to be typed or corrected. Without an id it is a new one. */
export const icmFormCard = defineCard({
  name: 'icm-form',
  view: z.strictObject({
    ...onIcm,
    /** The check that it was filled in from. */
    dialog: opaque(),
    isNew: z.boolean(),
    title: text(120),
    notice: text(400).optional(),
    problems: z.array(z.strictObject({ label: text(40), sentence: text(300) })),
    number: plain(60),
    icmTitle: plain(200),
    srNumber: plain(60),
    caseSeverity: opaque(),
    icmSeverity: opaque(),
    outage: opaque(),
  }),
  samples: [
    {
      icm: '',
      revision: '',
      dialog: '',
      isNew: true,
      title: 'Track an ICM',
      problems: [],
      number: '',
      icmTitle: '',
      srNumber: '',
      caseSeverity: 'unknown',
      icmSeverity: 'unknown',
      outage: 'false',
    },
    {
      icm: '',
      revision: '',
      dialog: '',
      isNew: true,
      title: 'Track an ICM',
      notice: 'Filled in from your check.',
      problems: [{ label: 'ICM number', sentence: '12345 has 5 digits. An ICM number has 7 to 10.' }],
      number: '12345',
      icmTitle: 'Job stuck',
      srNumber: '2411220050001234',
      caseSeverity: 'A',
      icmSeverity: '2',
      outage: 'true',
    },
    {
      icm: sampleId,
      revision: '4',
      dialog: '',
      isNew: false,
      title: 'Details of ICM 512345678',
      problems: [],
      number: '',
      icmTitle: 'Job stuck',
      srNumber: '',
      caseSeverity: 'B',
      icmSeverity: 'unknown',
      outage: 'false',
    },
  ],
});

/** ICMs of an engineer, or the ones that a line may mean. */
export const myIcmsCard = defineCard({
  name: 'my-icms',
  view: z.strictObject({
    title: text(150),
    notice: text(300).optional(),
    items: z.array(z.strictObject({ title: text(90), facts: text(260) })),
    choices: z.array(z.strictObject({ id: opaque(), label: plain(60) })),
    first: opaque(),
    more: text(200).optional(),
    canTrack: z.boolean(),
    canShowResolved: z.boolean(),
    canHideResolved: z.boolean(),
  }),
  samples: [
    {
      title: 'Priya Sharma · open ICMs',
      items: [
        { title: '512345678 · Job stuck', facts: 'Sev A case · next update: today 17:00 (UTC)\n\nSeverity: ICM Sev 3' },
        { title: '512345679', facts: 'no promise yet' },
      ],
      choices: [
        { id: sampleId, label: '512345678 · Job stuck' },
        { id: sampleId, label: '512345679' },
      ],
      first: sampleId,
      more: 'These are the newest 20; 3 more are open.',
      canTrack: true,
      canShowResolved: true,
      canHideResolved: false,
    },
    {
      title: 'Priya Sharma · open ICMs',
      notice: 'You have no open ICMs here.',
      items: [],
      choices: [],
      first: '',
      canTrack: true,
      canShowResolved: false,
      canHideResolved: true,
    },
  ],
});

/** Clicks in the ICM portal, word for word from the documents, or what they do not say. */
export const howToCard = defineCard({
  name: 'how-to',
  view: z.strictObject({
    title: text(120),
    lines: lines(500),
    clicks,
    sources: lines(300),
    silent: z.array(z.strictObject({ text: text(500), ladder: lines(200) })),
    links: z.array(z.strictObject({ label: plain(100), url: opaque() })),
    canTrack: z.boolean(),
  }),
  samples: [
    {
      title: 'How to track an ICM',
      lines: [{ text: 'Whenever you create an ICM, you can add it to your list.' }],
      clicks: sampleClicks,
      sources: [{ text: '“Find your list” Severity and tracking (F8)' }],
      silent: [],
      links: [],
      canTrack: true,
    },
    {
      title: 'That is not in the documents',
      lines: [],
      clicks: [],
      sources: [],
      silent: [{ text: 'They do not say it.', ladder: [{ text: 'Ask your colleagues.' }] }],
      links: [{ label: 'ASA SMEs (wiki)', url: 'https://dev.azure.com/' }],
      canTrack: false,
    },
  ],
});
