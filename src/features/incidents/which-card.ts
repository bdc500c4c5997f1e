import { z } from 'zod';
import { defineCard, opaque, plain, text } from '../card.ts';

const choices = [
  { label: 'ICM 512345678 · Job stuck', icm: '7d1c1c1e-0000-4000-8000-000000000001' },
  { label: 'ICM 512345679', icm: '7d1c1c1e-0000-4000-8000-000000000002' },
];

/** Which of several ICMs is meant, for what only reads. */
export const whichIncidentCard = defineCard({
  name: 'incident-which',
  view: z.strictObject({
    heading: text(200),
    isTimeline: z.boolean(),
    choices: z.array(z.strictObject({ label: plain(100), icm: opaque() })),
  }),
  samples: [
    { heading: 'Which ICM do you want the timeline of?', isTimeline: true, choices },
    { heading: 'Which ICM do you want the postmortem of?', isTimeline: false, choices },
  ],
});
