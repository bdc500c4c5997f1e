import { z } from 'zod';
import { defineCard, opaque, plain, text } from '../card.ts';

const lines = z.array(z.strictObject({ text: text(600) }));
const sample = { icm: '7d1c1c1e-0000-4000-8000-000000000001', revision: '3' };

/** The postmortem of an ICM: what is in it, and what is missing. */
export const postmortemCard = defineCard({
  name: 'postmortem',
  view: z.strictObject({
    icm: opaque(),
    revision: opaque(),
    heading: text(200),
    notices: lines,
    state: text(300),
    facts: z.array(z.strictObject({ title: text(60), value: text(200) })),
    sections: z.array(z.strictObject({ title: text(60), text: text(400) })),
    missing: text(400).optional(),
    actions: lines,
    choices: z.array(z.strictObject({ label: plain(100), value: opaque() })),
    first: opaque(),
    rule: text(600),
  }),
  samples: [
    {
      ...sample,
      heading: 'Postmortem of ICM 512345678 · Job stuck',
      notices: [],
      state: 'Version 3, saved by Priya Sharma. Times: Europe/Berlin (UTC+1).',
      facts: [
        { title: 'Began', value: 'Fri 20 Nov 2026 14:05 (UTC+1)' },
        { title: 'Time to resolution', value: '2 h 10 min after the detection' },
      ],
      sections: [{ title: 'Summary', text: 'Jobs stood still for two hours.' }],
      missing: 'Still empty: Symptoms, Root cause.',
      actions: [{ text: '1. Add an alert · Priya Sharma · Fri 27 Nov 2026 · open' }],
      choices: [{ label: '1. Add an alert', value: '7d1c1c1e-0000-4000-8000-000000000004 1' }],
      first: '7d1c1c1e-0000-4000-8000-000000000004 1',
      rule: "“Keep in mind that postmortems aren't about blame.” Incident management guide, Postmortem (F90)",
    },
    {
      ...sample,
      revision: '0',
      heading: 'Postmortem of ICM 512345678',
      notices: [{ text: 'This is a draft from the records. Nothing of it is saved yet.' }],
      state: 'Not saved yet. Times: UTC.',
      facts: [],
      sections: [],
      actions: [],
      choices: [],
      first: '',
      rule: '',
    },
  ],
});

/** Some of its fields to fill in. */
export const postmortemFormCard = defineCard({
  name: 'postmortem-form',
  view: z.strictObject({
    icm: opaque(),
    revision: opaque(),
    step: z.enum(['what', 'problem', 'learned', 'questions']),
    heading: text(200),
    notices: lines,
    fields: z.array(
      z.strictObject({
        name: opaque(),
        label: plain(60),
        hint: plain(100),
        most: z.number(),
        value: plain(1_200),
        /** What somebody else has saved there meanwhile. */
        theirs: text(300).optional(),
      }),
    ),
  }),
  samples: [
    {
      ...sample,
      step: 'what',
      heading: 'What happened · ICM 512345678',
      notices: [],
      fields: [
        { name: 'summary', label: 'Summary', hint: 'What happened', most: 1_200, value: 'Jobs stood still.' },
        { name: 'impact', label: 'Impact', hint: 'Who was affected', most: 800, value: '', theirs: 'Three customers.' },
      ],
    },
  ],
});

/** Before it is shared: what the leads will read, and words of blame in it. */
export const postmortemShareCard = defineCard({
  name: 'postmortem-share',
  view: z.strictObject({
    icm: opaque(),
    revision: opaque(),
    heading: text(200),
    findings: z.array(z.strictObject({ words: text(200), instead: text(300) })),
    more: text(200).optional(),
    rules: lines,
    preview: z.array(z.strictObject({ title: text(60), text: text(500) })),
    notices: lines,
    canShare: z.boolean(),
    shareLabel: plain(60),
  }),
  samples: [
    {
      ...sample,
      heading: 'Share the postmortem of ICM 512345678',
      findings: [
        {
          words: '“Ben forgot to restart the job”: it names somebody beside a fault.',
          instead: 'This did not happen: “restart the job”. Nothing in the process pointed to it.',
        },
      ],
      rules: [{ text: "“Don't name names, throw blame, or call out people.” (F91)" }],
      preview: [{ title: 'What happened', text: 'Jobs stood still for two hours.' }],
      notices: [{ text: 'It goes to: Amara Nowak.' }],
      canShare: true,
      shareLabel: 'Share it as it is',
    },
    {
      ...sample,
      heading: 'Share the postmortem of ICM 512345678',
      findings: [],
      rules: [],
      preview: [],
      notices: [{ text: 'No leads are named in the playbook.' }],
      canShare: false,
      shareLabel: 'Share with the leads',
    },
  ],
});

/** The postmortem as the leads get it. */
export const leadershipCard = defineCard({
  name: 'postmortem-leads',
  view: z.strictObject({
    heading: text(200),
    lines,
    sections: z.array(z.strictObject({ title: text(60), text: text(900) })),
    actions: lines,
    footer: text(300),
  }),
  samples: [
    {
      heading: 'What we learned from ICM 512345678 · Job stuck',
      lines: [],
      sections: [{ title: 'What happened', text: 'Jobs stood still for two hours.' }],
      actions: [{ text: 'Add an alert · Scribe · Fri 27 Nov 2026' }],
      footer: 'Shared by Priya Sharma. Internal.',
    },
  ],
});
