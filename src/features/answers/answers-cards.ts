import { z } from 'zod';
import { defineCard, opaque, plain, text } from '../card.ts';

const lines = z.array(z.strictObject({ text: text(700) }));
const choices = z.array(z.strictObject({ title: plain(60), topic: opaque() }));
const commands = z.array(z.strictObject({ title: plain(60), command: opaque() }));
const links = z.array(z.strictObject({ label: plain(60), url: opaque() }));

/** An answer of the playbook, with its source. */
export const answerCard = defineCard({
  name: 'answer',
  view: z.strictObject({
    topic: opaque(),
    title: text(120),
    lines,
    facts: z.array(z.strictObject({ label: text(60), text: text(300) })),
    more: lines,
    /** Where the documents disagree: none or one. */
    open: z.array(z.strictObject({ title: text(120), sides: lines, decides: text(300) })),
    source: text(600),
    quotes: lines,
    links,
    commands,
    related: choices,
  }),
  samples: [
    {
      topic: 'owner-quota',
      title: 'A quota increase',
      lines: [{ text: 'Owner: Livesite DRI. The request needs all of these:' }, { text: '• SubscriptionId' }],
      facts: [{ label: 'Critical', text: '2 hours. Severe disruption or degradation.' }],
      more: [{ text: 'The rest of it.' }],
      open: [
        {
          title: 'Quota increases are not in the list',
          sides: [{ text: '• One side.' }, { text: '• The other.' }],
          decides: 'An SME decides.',
        },
      ],
      source: 'ICM process, How do I open an ICM (F35)',
      quotes: [{ text: 'F35: “Livesite DRI : Quota increase”' }],
      links: [{ label: 'ASA SMEs (wiki)', url: 'https://example.com/smes' }],
      commands: [{ title: 'Prepare the request', command: 'prepare-quota' }],
      related: [{ title: 'Which owner gets the ICM', topic: 'owner' }],
    },
    {
      topic: 'alert',
      title: 'What is an alert?',
      lines: [{ text: 'A notification.' }],
      facts: [],
      more: [],
      open: [],
      source: 'Incident management guide, Key terms (F53)',
      quotes: [{ text: 'F53: “…”' }],
      links: [],
      commands: [],
      related: [],
    },
  ],
});

/** Topics to choose from: “which one do you mean?”, a list, or what is near when there is no answer. */
export const topicListCard = defineCard({
  name: 'topic-list',
  view: z.strictObject({
    title: text(120),
    lines,
    choices,
    commands,
    groups: z.array(z.strictObject({ title: plain(60), group: opaque() })),
    links,
    /** What was asked, to be put to colleagues or kept for the leads: none or one. */
    asked: z.array(z.strictObject({ question: plain(1_000), topic: opaque(), canPost: z.boolean() })),
  }),
  samples: [
    {
      title: 'I have no answer to that.',
      lines: [{ text: 'Either I did not understand it, or it is not in the documents.' }],
      choices: [{ title: 'Whom to ask when you are stuck', topic: 'whom-to-ask' }],
      commands: [{ title: 'Should I open an ICM?', command: 'should-i-open' }],
      groups: [],
      links: [{ label: 'Colleagues in Teams', url: 'https://example.com/colleagues' }],
      asked: [{ question: 'Where is the coffee?', topic: 'none', canPost: true }],
    },
    {
      title: 'What the playbook says',
      lines: [],
      choices: [],
      commands: [],
      groups: [{ title: 'Severity', group: 'severity' }],
      links: [],
      asked: [{ question: 'Where is the coffee?', topic: 'none', canPost: false }],
    },
  ],
});
