import { z } from 'zod';
import { defineCard, opaque, plain, text } from '../card.ts';

const sampleId = '7d1c1c1e-0000-4000-8000-000000000001';
const facts = z.array(z.strictObject({ title: text(60), value: text(160) }));
const onIcm = { icm: opaque(), revision: opaque() };

/** The fields of an ICM that are reported on afterwards. */
export const keyFieldsCard = defineCard({
  name: 'key-fields',
  view: z.strictObject({
    ...onIcm,
    heading: text(230),
    notice: text(600).optional(),
    facts,
    /** How long things took. */
    spans: facts,
    /** Where the priority comes from, or what it still needs. */
    priority: text(300),
    canChange: z.boolean(),
    how: text(300),
    source: text(200),
  }),
  samples: [
    {
      icm: sampleId,
      revision: '2',
      heading: 'Key fields · ICM 512345678 · Job stuck',
      notice: 'Kept: it began.',
      facts: [
        { title: 'Began', value: 'today 05:20 (UTC)' },
        { title: 'Impact', value: 'high' },
      ],
      spans: [{ title: 'Time to first response', value: '11 min from when it was detected' }],
      priority: 'The documents do not say how priority follows.',
      canChange: true,
      how: 'Or write “began 512345678 at 05:20 UTC”.',
      source: 'Incident management guide (F56, F57)',
    },
    {
      icm: sampleId,
      revision: '0',
      heading: 'Key fields · ICM 512345678',
      facts: [{ title: 'Began', value: 'not known' }],
      spans: [],
      priority: 'Impact is not known.',
      canChange: false,
      how: 'Only those who take part can change them.',
      source: 'Incident management guide (F56, F57)',
    },
  ],
});

/** The same fields, to be typed or corrected. */
export const keyFieldsFormCard = defineCard({
  name: 'key-fields-form',
  view: z.strictObject({
    ...onIcm,
    heading: text(230),
    problems: z.array(z.strictObject({ label: text(40), sentence: text(400) })),
    zone: text(200),
    beganAt: plain(120),
    detectedAt: plain(120),
    firstResponseAt: plain(120),
    resolvedAt: plain(120),
    closedAt: plain(120),
    impact: opaque(),
    urgency: opaque(),
    reportedBy: plain(120),
    assignedTo: plain(120),
  }),
  samples: [
    {
      icm: sampleId,
      revision: '2',
      heading: 'Key fields · ICM 512345678',
      problems: [{ label: 'Resolved', sentence: 'It was resolved before it began.' }],
      zone: 'Times are read in Europe/Berlin.',
      beganAt: '2026-11-20 06:20',
      detectedAt: '',
      firstResponseAt: '',
      resolvedAt: '',
      closedAt: '',
      impact: 'high',
      urgency: 'unknown',
      reportedBy: '',
      assignedTo: '',
    },
  ],
});

export const keyFieldCards = [keyFieldsCard, keyFieldsFormCard];
