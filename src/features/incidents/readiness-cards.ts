import { z } from 'zod';
import { defineCard, name, opaque, plain, text } from '../card.ts';

const lines = z.array(z.strictObject({ text: text(300) }));
const ids = { checklist: opaque(), revision: opaque() };
const sampleIds = { checklist: '7d1c1c1e-0000-4000-8000-000000000003', revision: '2' };

/** The nine items (F94), and one form that changes any of them. */
export const readinessCard = defineCard({
  name: 'readiness',
  view: z.strictObject({
    ...ids,
    heading: text(120),
    notice: text(400).optional(),
    /** Who has just been made the owner of an item by somebody else. */
    assigned: z.array(z.strictObject({ name: name(), id: opaque(), what: text(160) })),
    items: z.array(z.strictObject({ title: text(140), state: text(260), lines })),
    standards: lines,
    /** The item that the form is at. */
    item: opaque(),
    choices: z.array(z.strictObject({ title: plain(140), value: opaque() })),
    note: plain(1_000),
    nudges: z.enum(['none', 'on', 'off']),
    source: text(200),
  }),
  samples: [
    {
      ...sampleIds,
      heading: 'Readiness checklist: 1 of 2 done',
      notice: 'Item 1 is marked as done.',
      assigned: [],
      items: [
        {
          title: '1. Define incident roles',
          state: '☑ Done today 10:00 (Europe/Berlin, UTC+1) by Lukas Weber. Owner: Lukas Weber.',
          lines: [{ text: 'Note: see the wiki' }],
        },
        { title: '2. Simulate an incident', state: '☐ Open. No owner yet.', lines: [] },
      ],
      standards: [{ text: 'Updates to stakeholders and customers: #asa-incidents, every 30 min' }],
      item: 'drill',
      choices: [
        { title: '1. Define incident roles', value: 'roles' },
        { title: '2. Simulate an incident', value: 'drill' },
      ],
      note: '',
      nudges: 'on',
      source: 'Incident management guide, Basic checklist (F94)',
    },
    {
      checklist: '',
      revision: '0',
      heading: 'Readiness checklist: 0 of 1 done',
      assigned: [{ name: 'Priya Sharma', id: '29:priya', what: 'owns item 1 now: Simulate an incident' }],
      items: [{ title: '1. Simulate an incident', state: '☐ Open. Owner: Priya Sharma.', lines: [] }],
      standards: [],
      item: 'drill',
      choices: [{ title: '1. Simulate an incident', value: 'drill' }],
      note: '',
      nudges: 'none',
      source: 'Incident management guide, Basic checklist (F94)',
    },
    {
      ...sampleIds,
      heading: 'Readiness checklist: 1 of 1 done',
      assigned: [],
      items: [{ title: '1. Simulate an incident', state: '☑ Done today 10:00 (UTC) by Priya Sharma.', lines: [] }],
      standards: [],
      item: 'drill',
      choices: [{ title: '1. Simulate an incident', value: 'drill' }],
      note: 'typed',
      nudges: 'off',
      source: 'Incident management guide, Basic checklist (F94)',
    },
  ],
});

/** What the team agrees on about its updates (F82, F83, F86). */
export const standardsCard = defineCard({
  name: 'readiness-standards',
  view: z.strictObject({
    ...ids,
    lines,
    problems: lines,
    externalTitle: text(120),
    internalTitle: text(120),
    externalChannel: plain(80),
    externalInterval: plain(60),
    internalChannel: plain(80),
    internalInterval: plain(60),
    /** Names of groups with commas between them. */
    consulted: opaque(),
    groups: z.array(z.strictObject({ title: plain(80), value: opaque() })),
    sources: lines,
  }),
  samples: [
    {
      ...sampleIds,
      lines: [{ text: 'No document gives an interval for updates. What you write here is your own decision.' }],
      problems: [{ text: 'I could not read “often” as an interval.' }],
      externalTitle: 'Updates to stakeholders and customers',
      internalTitle: 'Updates to our own people',
      externalChannel: '#asa-incidents',
      externalInterval: 'often',
      internalChannel: '',
      internalInterval: '',
      consulted: 'engineering,support',
      groups: [
        { title: 'Engineering', value: 'engineering' },
        { title: 'Support', value: 'support' },
      ],
      sources: [{ text: '“Be explicit.” Incident management guide, Communication standards (F82)' }],
    },
    {
      checklist: '',
      revision: '0',
      lines: [],
      problems: [],
      externalTitle: 'Updates to stakeholders and customers',
      internalTitle: 'Updates to our own people',
      externalChannel: '',
      externalInterval: '',
      internalChannel: '',
      internalInterval: '',
      consulted: '',
      groups: [],
      sources: [],
    },
  ],
});

/** The monthly post: what is still open. */
export const nudgeCard = defineCard({
  name: 'readiness-nudge',
  view: z.strictObject({
    ...ids,
    heading: text(120),
    lines,
    items: lines,
    footer: text(300),
  }),
  samples: [
    {
      ...sampleIds,
      heading: 'Readiness checklist: 2 of 9 are open',
      lines: [{ text: 'This may be a repeat.' }],
      items: [{ text: '6. Simulate an incident (Lukas Weber)' }, { text: '7. Simulate a postmortem' }],
      footer: 'I come back in a month while something is open.',
    },
  ],
});

export const readinessCards = [readinessCard, standardsCard, nudgeCard];
