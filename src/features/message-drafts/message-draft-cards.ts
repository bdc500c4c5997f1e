import { z } from 'zod';
import { DRAFT_VARIANTS } from '../../playbook/schema.ts';
import { defineCard, opaque, plain, text } from '../card.ts';
import { noFields } from './write-message.ts';

const lines = (max: number) => z.array(z.strictObject({ text: text(max) }));

const { isLast: _isLast, ...blank } = noFields;

/** The parts of a message to a customer. What is not asked for in a variant is not shown. */
export const draftFormCard = defineCard({
  name: 'message-draft',
  view: z.strictObject({
    heading: text(200),
    lines: lines(400),
    problems: lines(200),
    icm: opaque(),
    variant: z.enum(DRAFT_VARIANTS),
    others: z.array(z.strictObject({ label: plain(40), variant: opaque() })),
    customer: plain(100),
    sr: plain(60),
    what: plain(1_000),
    since: plain(200),
    who: plain(500),
    expect: plain(500),
    how: plain(1_000),
    verified: plain(500),
    rca: plain(100),
    next: plain(200),
    last: opaque(),
    sources: text(400),
  }),
  samples: [
    {
      ...blank,
      heading: 'ICM 512345678 · an update for the customer',
      lines: [{ text: 'Fill in what the customer needs to know; I put it into words.' }],
      problems: [{ text: 'Please say who is affected.' }],
      icm: '7d1c1c1e-0000-4000-8000-000000000001',
      variant: 'progress',
      others: [
        { label: 'First contact', variant: 'first-contact' },
        { label: 'Resolved', variant: 'resolution' },
      ],
      customer: 'Ana',
      what: 'Job fleet-eu stops every few minutes.',
      since: 'today at 05:30 UTC',
      next: 'tomorrow 9am',
      last: 'false',
      sources: 'Incident management guide (F75)',
    },
    {
      ...blank,
      heading: 'A message to the customer: resolved',
      lines: [],
      problems: [],
      icm: '',
      variant: 'resolution',
      others: [],
      last: 'true',
      sources: 'Incident management guide (F83, F84)',
    },
    {
      ...blank,
      heading: 'A message to the customer: first contact',
      lines: [],
      problems: [],
      icm: '',
      variant: 'first-contact',
      others: [],
      sr: '2411220050001234',
      last: 'false',
      sources: '',
    },
    {
      ...blank,
      heading: 'A message to the customer: RCA to follow',
      lines: [],
      problems: [],
      icm: '',
      variant: 'rca',
      others: [],
      rca: 'within 2-3 weeks',
      last: 'false',
      sources: '',
    },
  ],
});

export const messageDraftCards = [draftFormCard];
