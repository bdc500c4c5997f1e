import { z } from 'zod';
import { readWeeks, type WeeksAsked } from '../../understanding/read-weeks.ts';
import { copyReplies } from '../csat-package/package-texts.ts';
import {
  action,
  say,
  type Feature,
  type Figure,
  type MessageTurn,
  type Outcome,
  type Reply,
  type Services,
} from '../feature.ts';
import { zoneFor } from '../follow-ups/follow-up-steps.ts';
import { isSame } from '../tracking/permission.ts';
import { numbersCsv, numbersReply, weeksFromCode } from './numbers-views.ts';
import { weeksFor, type Week } from './weeks.ts';

type Reader = Pick<MessageTurn, 'person' | 'place' | 'now' | 'clientZone'>;

/** Why somebody does not get the numbers; `undefined` for a lead of the playbook. Decided by ids of the directory. */
function refusalFor({ person }: Reader, { playbook }: Services): Outcome | undefined {
  const leads = playbook.people.leads.filter(({ tenantId }) => tenantId === person.tenantId);
  if (leads.length === 0)
    return say(
      'I show the numbers to the leads of the team, and no lead is named yet. Whoever runs me can name them in the playbook file, under “people”, “leads”.',
    );
  if (leads.some((lead) => isSame(lead, person))) return undefined;
  return say(
    'I show the numbers to the leads of the team only. They are about the team and never about one person; please ask a lead.',
  );
}

interface Numbers {
  readonly figures: readonly Figure[];
  readonly weeks: readonly Week[];
  readonly zone: string;
}

/** Every feature's figures of the weeks, in the order of the features. */
async function numbersOf(asked: WeeksAsked, reader: Reader, services: Services): Promise<Numbers> {
  const { zone } = await zoneFor(reader, services);
  const weeks = weeksFor(asked, reader.now, zone);
  const { tenantId } = reader.person;
  const told: (readonly Figure[])[] = [];
  for (const feature of services.features)
    told.push((await feature.figures?.({ tenantId, periods: weeks, now: reader.now }, services)) ?? []);
  return { figures: told.flat(), weeks, zone };
}

/** Only the lead's own personal chat shows them: in a channel everybody would read along. */
async function privately(replies: readonly Reply[], reader: Reader, services: Services): Promise<Outcome> {
  const chat = await services.personalChat(reader.person);
  if (!chat)
    return say('The numbers are for the leads only, so I do not post them here. Write “numbers” in our personal chat.');
  return {
    reply: { kind: 'text', text: 'The numbers are for the leads only. They are in our personal chat.' },
    sends: replies.map((reply) => ({ to: chat, reply })),
  };
}

/** Answers a typed line, or a button for other weeks. */
async function show(asked: WeeksAsked, reader: Reader, services: Services): Promise<Outcome> {
  const refusal = refusalFor(reader, services);
  if (refusal) return refusal;
  const { figures, weeks, zone } = await numbersOf(asked, reader, services);
  const reply = numbersReply(figures, weeks, asked, zone);
  return reader.place.kind === 'personal' ? { reply } : privately([reply], reader, services);
}

async function csv(asked: WeeksAsked, reader: Reader, services: Services): Promise<Outcome> {
  const refusal = refusalFor(reader, services);
  if (refusal) return refusal;
  const { figures, weeks, zone } = await numbersOf(asked, reader, services);
  const replies = copyReplies(
    'The numbers as CSV',
    ['Copy it into a file that ends in .csv. It is text and not a link to a file, so that nobody else can open it.'],
    'CSV to copy',
    numbersCsv(figures, weeks, zone),
  );
  if (reader.place.kind !== 'personal') return privately(replies, reader, services);
  return {
    reply: { kind: 'text', text: 'The CSV is in the new message below.' },
    sends: replies.map((reply) => ({ to: 'here', reply })),
  };
}

const ofWeeks = z.object({ weeks: z.string().max(20) });
const unknownWeeks = say(
  'I do not know those weeks. Write “numbers”, “numbers for last week” or “numbers for the last 4 weeks”.',
);

/** Figures of the team for its leads, week by week. */
export const numbersFeature: Feature = {
  name: 'numbers',
  inPractice: 'The numbers count real work, so they stay out of a practice run. Write “numbers” in our personal chat.',
  commands: [
    {
      name: 'numbers',
      title: 'Numbers of the team',
      summary: 'For the leads: verdicts, severities, promised updates and escalations, week by week.',
      examples: ['numbers', 'numbers for this week', 'numbers for last week', 'numbers for the last 4 weeks'],
      run: async (turn, services) => show(readWeeks(turn.text) ?? { kind: 'recent' }, turn, services),
    },
  ],
  claims: (text) => (readWeeks(text) ? 'numbers' : undefined),
  actions: [
    action({
      verb: 'numbers/show',
      readOnly: true,
      data: ofWeeks,
      async run(turn, services): Promise<Outcome> {
        const asked = weeksFromCode(turn.data.weeks);
        return asked ? show(asked, turn, services) : unknownWeeks;
      },
    }),
    action({
      verb: 'numbers/csv',
      data: ofWeeks,
      async run(turn, services): Promise<Outcome> {
        const asked = weeksFromCode(turn.data.weeks);
        return asked ? csv(asked, turn, services) : unknownWeeks;
      },
    }),
  ],
};
