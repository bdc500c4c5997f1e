import { workingMorning } from '../../understanding/hours.ts';
import type { Playbook } from '../../playbook/schema.ts';
import { cardReply } from '../card.ts';
import type { Change, Delivery, NewDelivery, Person, Posting, Services } from '../feature.ts';
import { nextMinute } from '../follow-ups/digest-time.ts';
import { followUpListCard } from '../follow-ups/follow-up-cards.ts';
import { countMiss, missesOf, type Miss } from './answers-store.ts';
import { topicsOf } from './topics.ts';

export const weeklyJob = 'answers/weekly';

/** The next Monday, at the team's time of the digest. */
export function nextList(now: Date, playbook: Playbook): { readonly dueAt: Date; readonly reportOn: string } {
  const { at, zone } = playbook.reminders.digest;
  const dueAt = workingMorning(new Date(now.getTime() + 60_000), { zone, days: [1], from: at, to: nextMinute(at) });
  return { dueAt, reportOn: dueAt.toISOString().slice(0, 10) };
}

/** Counts a miss, and sees to it that the leads get their list: one for each lead and week, however many misses. */
export async function missed(
  topic: string,
  outcome: Miss,
  turn: { readonly person: Person; readonly now: Date },
  services: Services,
): Promise<readonly Change[]> {
  const { tenantId } = turn.person;
  const { reportOn } = nextList(turn.now, services.playbook);
  return [countMiss(tenantId, reportOn, topic, outcome), services.deliver(await listFor(tenantId, turn.now, services))];
}

/** The lists of the leads who can be reached in private; for the others there is none. */
export async function listFor(tenantId: string, now: Date, services: Services): Promise<readonly NewDelivery[]> {
  const { dueAt, reportOn } = nextList(now, services.playbook);
  const leads = services.playbook.people.leads.filter((lead) => lead.tenantId === tenantId);
  const places = await Promise.all(leads.map(async (lead) => ({ lead, place: await services.personalChat(lead) })));
  return places.flatMap(({ lead, place }) =>
    place ? [{ tenantId, place, job: weeklyJob, subject: `answers ${reportOn}`, stage: lead.aadObjectId, dueAt }] : [],
  );
}

const outcomes: Readonly<Record<Miss, string>> = {
  unanswered: 'no answer',
  'not-meant': 'not what was meant',
};

/** What a week's questions missed, so that the playbook can grow. */
export async function runWeekly(delivery: Delivery, _now: Date, services: Services): Promise<Posting> {
  const { counts, words } = await missesOf(services.records, delivery.tenantId, delivery.subject.slice(-10));
  if (counts.length === 0 && words.length === 0) return { kind: 'drop', reason: 'there is nothing to tell' };
  const { all } = topicsOf(services.playbook);
  const name = (topic: string) => all.get(topic)?.title ?? 'No topic was near';
  const sections = [
    {
      title: 'How often, by the nearest topic',
      items: counts
        .slice(0, 15)
        .map(({ topic, outcome, times }) => ({ title: name(topic), detail: `${times} × ${outcomes[outcome]}` })),
    },
    {
      title: 'Words that people passed on',
      items: words.map((one) => ({ title: name(one.topic), detail: `“${one.words}”` })),
    },
  ].filter(({ items }) => items.length > 0);
  return {
    kind: 'post',
    summary: 'Questions that I could not answer',
    reply: cardReply(followUpListCard, {
      heading: 'Questions that I could not answer',
      lines: [
        { text: 'The last week. To add an answer, write a topic into the playbook file.' },
        ...(delivery.repeat ? [{ text: 'This may be a repeat.' }] : []),
      ],
      sections,
      footer: 'Words are here only where their author passed them on. Otherwise only the number is counted.',
    }),
  };
}
