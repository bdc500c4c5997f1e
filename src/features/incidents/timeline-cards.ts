import { z } from 'zod';
import { defineCard, opaque, text } from '../card.ts';

/** The timeline of an ICM, some entries at a time, in one zone. */
export const timelineCard = defineCard({
  name: 'incident-timeline',
  view: z.strictObject({
    icm: opaque(),
    heading: text(200),
    lines: z.array(z.strictObject({ text: text(300) })),
    days: z.array(
      z.strictObject({
        day: text(40),
        items: z.array(z.strictObject({ what: text(200), text: text(400) })),
      }),
    ),
    /** Pages are counted from the newest, which is 0. */
    older: opaque(),
    newer: opaque(),
    canOlder: z.boolean(),
    canNewer: z.boolean(),
    canExport: z.boolean(),
  }),
  samples: [
    {
      icm: '7d1c1c1e-0000-4000-8000-000000000001',
      heading: 'Timeline of ICM 512345678 · Job stuck',
      lines: [{ text: 'Entries 1 to 2 of 12. All times: Europe/Berlin (UTC+1).' }],
      days: [
        {
          day: 'Fri 20 Nov 2026',
          items: [
            { what: '14:05 · Note · Lukas Weber', text: 'Note 1: gateway restarted, no effect' },
            {
              what: '14:20 · Promise · Lukas Weber',
              text: 'Next update promised for Fri 20 Nov 2026 17:00',
            },
          ],
        },
      ],
      older: '1',
      newer: '0',
      canOlder: true,
      canNewer: false,
      canExport: true,
    },
    {
      icm: '7d1c1c1e-0000-4000-8000-000000000001',
      heading: 'Timeline of ICM 512345678',
      lines: [{ text: 'Nothing is on it yet.' }],
      days: [],
      older: '0',
      newer: '0',
      canOlder: false,
      canNewer: false,
      canExport: false,
    },
  ],
});
