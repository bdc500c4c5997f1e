import { z } from 'zod';
import { defineCard, name, opaque, plain, text } from '../card.ts';

const lines = (max: number) => z.array(z.strictObject({ text: text(max) }));
const onEscalation = { escalation: opaque(), revision: opaque() };
const mentions = z.array(z.strictObject({ name: name(), id: opaque() }));
const source = z.array(z.strictObject({ text: text(500) }));

const ids = { escalation: '7d1c1c1e-0000-4000-8000-000000000011', revision: '1' };
const sampleSources = [{ text: '“Escalate the ICM before the case is closed/resolved.” ICM process (F41)' }];
const sampleMentions = [{ name: 'Amara Nowak', id: '29:amara' }];

/** The card for somebody who may not read it: no words of the request and no buttons. */
export const nothingShown = {
  mentions: [],
  repeat: false,
  mood: 'emphasis' as const,
  warnings: [],
  facts: [],
  details: [],
  talk: [],
  sources: [],
  links: [],
  viewers: [],
  canDecide: false,
  canReview: false,
  canAnswer: false,
  canChange: false,
  canSeeHistory: false,
  declineOpen: false,
  askOpen: false,
  avoided: '',
  reason: '',
  question: '',
  answer: '',
};

/** One request, as its viewer may see it: for the SMEs, for the requester, for everybody else. */
export const escalationCard = defineCard({
  name: 'escalation',
  view: z.strictObject({
    ...onEscalation,
    heading: text(80),
    mentions,
    /** What the people above are asked to do. */
    call: text(300).optional(),
    repeat: z.boolean(),
    notice: text(600).optional(),
    state: text(1_000),
    mood: z.enum(['accent', 'good', 'warning', 'emphasis']),
    warnings: z.array(z.strictObject({ title: text(100), text: text(400) })),
    facts: z.array(z.strictObject({ title: text(60), value: text(320) })),
    details: z.array(z.strictObject({ title: text(80), text: text(800) })),
    talk: lines(900),
    sources: source,
    links: z.array(z.strictObject({ label: plain(40), url: opaque() })),
    /** Ids in Teams of those whose clients fetch their own view; at most 60. */
    viewers: z.array(opaque()).max(60),
    canDecide: z.boolean(),
    canReview: z.boolean(),
    canAnswer: z.boolean(),
    canChange: z.boolean(),
    canSeeHistory: z.boolean(),
    declineOpen: z.boolean(),
    askOpen: z.boolean(),
    // What was typed before something else came in between.
    avoided: plain(800),
    reason: plain(800),
    question: plain(800),
    answer: plain(800),
  }),
  samples: [
    {
      ...ids,
      heading: 'CSAT escalation · ICM 512345678',
      mentions: sampleMentions,
      call: 'Please look at this request and decide.',
      repeat: true,
      state: 'Waiting for an SME of EMEA',
      mood: 'accent',
      warnings: [{ title: 'Exceptionally bad', text: 'Priya Sharma judged it so.' }],
      facts: [{ title: 'ICM', value: '512345678 · Job stuck' }],
      details: [{ title: 'How the customer feels now', text: 'Furious.' }],
      talk: [],
      sources: sampleSources,
      links: [{ label: 'Open the ICM', url: 'https://example.com/' }],
      viewers: ['29:amara'],
      canDecide: false,
      canReview: true,
      canAnswer: false,
      canChange: false,
      canSeeHistory: true,
      declineOpen: false,
      askOpen: false,
      avoided: '',
      reason: '',
      question: '',
      answer: '',
    },
    {
      ...ids,
      heading: 'CSAT escalation · ICM 512345678',
      mentions: [],
      repeat: false,
      notice: 'A reason is needed.',
      state: 'Waiting for an SME of EMEA',
      mood: 'warning',
      warnings: [],
      facts: [{ title: 'ICM', value: '512345678' }],
      details: [],
      talk: [{ text: 'Amara Nowak asks: since when?' }, { text: 'Priya Sharma: since Monday.' }],
      sources: [],
      links: [],
      viewers: [],
      canDecide: true,
      canReview: false,
      canAnswer: true,
      canChange: true,
      canSeeHistory: true,
      declineOpen: true,
      askOpen: true,
      avoided: 'Earlier updates.',
      reason: '',
      question: 'Since when?',
      answer: 'Since Monday.',
    },
    {
      ...ids,
      heading: 'CSAT escalation · ICM 512345678',
      ...nothingShown,
      state: 'Somebody has asked for it in a personal chat.',
    },
  ],
});

const sampleDraft = {
  number: '512345678',
  icmTitle: 'Job stuck in Starting',
  icmLink: 'https://example.com/icm/512345678',
  srNumber: '2411220050001234',
  srTitle: '',
  srLink: 'https://example.com/sr/2411220050001234',
  contacts: 'Priya Sharma',
  ownerName: 'Olga Ivanova',
  ownerEmail: '',
  region: 'EMEA',
  caseStatus: 'closed',
  sentiment: 'Furious.',
  why: 'No update for a week.',
  improvement: 'A promised time for each update.',
  exceptional: 'true',
};

/** What the SMEs must know, to be typed or changed. Without an id it is a new request. */
export const escalationFormCard = defineCard({
  name: 'escalation-form',
  view: z.strictObject({
    ...onEscalation,
    isNew: z.boolean(),
    title: text(120),
    notice: text(500).optional(),
    problems: z.array(z.strictObject({ label: text(60), sentence: text(200) })),
    /** The case is over, so an SME has to be asked first (F41). */
    isLate: z.boolean(),
    lateStatus: text(20),
    lateText: text(400),
    lateSource: text(400),
    regions: z.array(z.strictObject({ label: plain(100) })),
    exceptionalText: text(400),
    sources: source,
    number: plain(60),
    icmTitle: plain(200),
    icmLink: plain(300),
    srNumber: plain(60),
    srTitle: plain(200),
    srLink: plain(300),
    contacts: plain(300),
    ownerName: plain(100),
    ownerEmail: plain(200),
    region: plain(100),
    caseStatus: opaque(),
    sentiment: plain(800),
    why: plain(800),
    improvement: plain(800),
    exceptional: opaque(),
  }),
  samples: [
    {
      escalation: '',
      revision: '0',
      isNew: true,
      title: 'CSAT escalation',
      notice: 'Filled in from what you track.',
      problems: [{ label: 'ICM link', sentence: 'It is missing.' }],
      isLate: true,
      lateStatus: 'closed',
      lateText: 'An SME decides whether it still makes sense.',
      lateSource: '“Escalate the ICM before the case is closed/resolved.” ICM process (F41)',
      regions: [{ label: 'EMEA' }, { label: 'APAC' }],
      exceptionalText: 'Which of the two holds is a judgement.',
      sources: sampleSources,
      ...sampleDraft,
    },
    {
      ...ids,
      isNew: false,
      title: 'Details of the request for ICM 512345678',
      problems: [],
      isLate: false,
      lateStatus: '',
      lateText: '',
      lateSource: '',
      regions: [{ label: 'EMEA' }],
      exceptionalText: 'Which of the two holds is a judgement.',
      sources: [],
      ...sampleDraft,
      exceptional: 'false',
    },
  ],
});

/** The email to the SMEs, ready to copy (F42, T12). */
export const escalationEmailCard = defineCard({
  name: 'escalation-email',
  view: z.strictObject({
    ...onEscalation,
    title: text(100),
    /** Why it has to be done by email. */
    reasons: lines(300),
    toLine: text(300),
    subject: plain(300),
    body: plain(6_000),
    source: text(300),
    canGoBack: z.boolean(),
  }),
  samples: [
    {
      ...ids,
      title: 'Email to the SMEs',
      reasons: [],
      toLine: 'To: smes@example.com',
      subject: 'Please review: CSAT escalation of ICM 512345678',
      body: 'Hello SMEs',
      source: '“Email @CSS Azure Stream Analytics SMEs” ICM process (F42)',
      canGoBack: true,
    },
    {
      escalation: '',
      revision: '0',
      title: 'Please ask by email',
      reasons: [{ text: 'No channel of the SMEs is set up here.' }],
      toLine: 'To: the mail alias of the SMEs',
      subject: 'Please review',
      body: 'Hello SMEs',
      source: '(F42)',
      canGoBack: false,
    },
  ],
});

/** What happened to the requests for an ICM. */
export const escalationHistoryCard = defineCard({
  name: 'escalation-history',
  view: z.strictObject({
    ...onEscalation,
    heading: text(100),
    notes: lines(300),
    lines: z.array(z.strictObject({ what: text(160), when: text(60), words: text(400).optional() })),
  }),
  samples: [
    {
      ...ids,
      heading: 'ICM 512345678 · history of the escalation',
      notes: [{ text: '2 earlier requests: declined, withdrawn.' }],
      lines: [
        { what: 'Requested by Priya Sharma', when: 'today 09:00 (UTC)', words: 'Furious.' },
        { what: 'Approved by Amara Nowak', when: 'today 09:10 (UTC)' },
      ],
    },
  ],
});

/** Something happened that somebody must be told of: a new message with a mention. */
export const escalationNewsCard = defineCard({
  name: 'escalation-news',
  view: z.strictObject({
    ...onEscalation,
    headline: text(200),
    mentions,
    call: text(300).optional(),
    repeat: z.boolean(),
    lines: lines(1_000),
    canAnswer: z.boolean(),
  }),
  samples: [
    {
      ...ids,
      headline: 'ICM 512345678 · an SME asks',
      mentions: [{ name: 'Priya Sharma', id: '29:priya' }],
      call: 'Please answer below.',
      repeat: true,
      lines: [{ text: 'Since when?' }],
      canAnswer: true,
    },
    { ...ids, headline: 'ICM 512345678 · expired', mentions: [], repeat: false, lines: [], canAnswer: false },
  ],
});

/** The steps of an escalation in the words of the playbook. */
export const escalationHowCard = defineCard({
  name: 'escalation-how',
  view: z.strictObject({ icm: opaque(), title: text(100), lines: lines(500), sources: source }),
  samples: [
    {
      icm: '',
      title: 'How a CSAT escalation goes',
      lines: [{ text: '1) Act before the case is closed (F41).' }],
      sources: sampleSources,
    },
  ],
});

export const escalationCards = [
  escalationCard,
  escalationFormCard,
  escalationEmailCard,
  escalationHistoryCard,
  escalationNewsCard,
  escalationHowCard,
];
