import { z } from 'zod';
import { defineCard, opaque, plain, text } from '../card.ts';

const lines = z.array(z.strictObject({ text: text(1_200) }));

/** A heading and some lines. */
export const noticeCard = defineCard({
  name: 'notice',
  view: z.strictObject({ title: text(150), lines }),
  samples: [{ title: 'Priya Sharma asks', lines: [{ text: 'Where is the list of outages?' }] }],
});

/** A form whose fields come out as one text to copy: what an owner needs, or a blank worksheet. */
export const sheetCard = defineCard({
  name: 'sheet',
  view: z.strictObject({
    sheet: opaque(),
    title: text(120),
    lines,
    /** What is still missing or wrong. */
    problems: lines,
    /** The text that was made: none or one. */
    results: z.array(z.strictObject({ text: plain(4_000) })),
    fields: z.array(
      z.strictObject({ name: opaque(), label: plain(120), hint: plain(120), value: plain(1_500), long: z.boolean() }),
    ),
    source: text(300),
    others: z.array(z.strictObject({ title: plain(60), sheet: opaque() })),
  }),
  samples: [
    {
      sheet: 'owner livesite-dri',
      title: 'Livesite DRI: Quota increase',
      lines: [{ text: 'Fill in what you know.' }],
      problems: [{ text: 'Region(s) is missing.' }],
      results: [{ text: 'SubscriptionId: …' }],
      fields: [
        { name: 'regions', label: 'Region(s)', hint: 'East US', value: '', long: false },
        { name: 'reasoning', label: 'Reasoning', hint: '', value: 'Black Friday', long: true },
      ],
      source: 'ICM process, How do I open an ICM (F35)',
      others: [{ title: 'CSS Escalation', sheet: 'owner css-escalation' }],
    },
    {
      sheet: 'worksheet terms',
      title: 'Key terms',
      lines: [],
      problems: [],
      results: [],
      fields: [{ name: 'alert', label: 'Your example', hint: '', value: '', long: false }],
      source: 'Incident management guide (F95)',
      others: [],
    },
  ],
});
