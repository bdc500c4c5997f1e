import { z } from 'zod';
import { defineCard, opaque, text } from '../card.ts';

/** The team's numbers: bars with the figures in words beside them. */
export const numbersCard = defineCard({
  name: 'numbers',
  view: z.strictObject({
    heading: text(120),
    lines: z.array(z.strictObject({ text: text(300) })),
    groups: z.array(
      z.strictObject({
        title: text(100),
        /** By week under the figure's title or, for one week alone, all figures in one list. */
        lists: z.array(
          z.strictObject({
            title: text(120).optional(),
            rows: z.array(z.strictObject({ label: text(120), value: text(60) })),
          }),
        ),
      }),
    ),
    footer: text(300),
    /** The weeks that the CSV is of: as on the card. */
    weeks: opaque(),
  }),
  samples: [
    {
      heading: 'Numbers: the last 2 weeks',
      lines: [{ text: 'Weeks run from Monday to Sunday in Berlin (Europe/Berlin).' }],
      groups: [
        {
          title: 'Promised updates, by the time promised',
          lists: [
            {
              title: 'Kept in time',
              rows: [
                { label: '9 to 15 Nov', value: '▇▇▇▇ 2' },
                { label: '16 to 22 Nov', value: '▇▇▇▇▇▇▇▇▇▇ 5' },
              ],
            },
            { rows: [{ label: 'Missed', value: '0' }] },
          ],
        },
      ],
      footer: 'No figure is about a single person.',
      weeks: 'last 2',
    },
  ],
});
