import { z } from 'zod';
import { defineCard, name, opaque, plain, text } from '../card.ts';

/** Longest words of an action, in characters. */
export const mostAction = 500;

const ids = { icm: '7d1c1c1e-0000-4000-8000-000000000001', action: '7d1c1c1e-0000-4000-8000-000000000004' };

/** An action: kept, or its owner reminded of it. */
export const actionCard = defineCard({
  name: 'incident-action',
  view: z.strictObject({
    icm: opaque(),
    action: opaque(),
    revision: opaque(),
    /** Whom the headline mentions, where they can be mentioned. */
    mentions: z.array(z.strictObject({ name: name(), teamsId: opaque() })),
    headline: text(200),
    lines: z.array(z.strictObject({ text: text(600) })),
    isOpen: z.boolean(),
  }),
  samples: [
    {
      ...ids,
      revision: '1',
      mentions: [{ name: 'Priya Sharma', teamsId: '29:priya' }],
      headline: 'Action 1 of ICM 512345678 is due today',
      lines: [{ text: 'Add an alert for gateway errors' }, { text: 'Owner: Priya Sharma. Due: Fri 27 Nov 2026.' }],
      isOpen: true,
    },
    {
      ...ids,
      revision: '2',
      mentions: [],
      headline: 'Action 1 of ICM 512345678 is done',
      lines: [{ text: 'Add an alert for gateway errors' }],
      isOpen: false,
    },
  ],
});

/** The fields of an action. */
export const actionFormCard = defineCard({
  name: 'incident-action-form',
  view: z.strictObject({
    icm: opaque(),
    action: opaque(),
    revision: opaque(),
    heading: text(200),
    problem: text(400).optional(),
    what: plain(mostAction),
    owner: plain(100),
    due: plain(100),
  }),
  samples: [
    {
      icm: ids.icm,
      action: '',
      revision: '0',
      heading: 'A new action for ICM 512345678',
      what: '',
      owner: '',
      due: '',
    },
    {
      ...ids,
      revision: '1',
      heading: 'Change action 1 of ICM 512345678',
      problem: 'Until when? Please write a day, for example “Friday” or “27 Nov”.',
      what: 'Add an alert for gateway errors',
      owner: 'Priya Sharma',
      due: '',
    },
  ],
});
