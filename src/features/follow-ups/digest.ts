import { showTime } from '../../understanding/show-time.ts';
import type { Queryable } from '../../store/database.ts';
import { cardReply } from '../card.ts';
import type { Delivery, Posting, Services } from '../feature.ts';
import { toIcm, type Icm } from '../tracking/icm-store.ts';
import { driftOf } from '../tracking/severity-drift.ts';
import { channelDigest } from './digest-time.ts';
import { followUpListCard } from './follow-up-cards.ts';
import { openFollowUps, type FollowUp } from './follow-up-store.ts';

/** Promises and ICMs of a channel or chat, as the digest and the lists show them. */
export interface Promises {
  readonly icms: readonly Icm[];
  readonly followUps: ReadonlyMap<string, FollowUp>;
}

/** Everything open in a channel, all its threads, at most 100 ICMs. */
export async function openIn(records: Queryable, tenantId: string, channelId: string): Promise<Promises> {
  const rows = await records.query<Parameters<typeof toIcm>[0]>(
    `SELECT * FROM icm WHERE tenant_id = $1 AND status = 'open'
       AND (conversation_id = $2 OR conversation_id LIKE $3) ORDER BY created_at LIMIT 100`,
    [tenantId, channelId, `${channelId.replace(/[\\%_]/g, '\\$&')};messageid=%`],
  );
  const icms = rows.map(toIcm);
  return {
    icms,
    followUps: await openFollowUps(
      records,
      icms.map(({ id }) => id),
    ),
  };
}

const titleOf = (icm: Icm) => `ICM ${icm.number}${icm.title === '' ? '' : ` · ${icm.title}`}`;

/** Sections of a list: overdue, due within a day, later, without a promise. Empty ones are left out. */
export function sectionsOf({ icms, followUps }: Promises, now: Date, withRest: boolean) {
  const promised = icms
    .flatMap((icm) => {
      const followUp = followUps.get(icm.id);
      return followUp ? [{ icm, followUp }] : [];
    })
    .sort((a, b) => a.followUp.dueAt.getTime() - b.followUp.dueAt.getTime());
  const item = ({ icm, followUp }: (typeof promised)[number]) => ({
    title: titleOf(icm),
    detail: `${icm.engineer.name}, ${showTime(followUp.dueAt, followUp.zone, now)}`,
  });
  const dayFromNow = now.getTime() + 86_400_000;
  const overdue = promised.filter(({ followUp }) => followUp.dueAt <= now);
  const soon = promised.filter(({ followUp }) => followUp.dueAt > now && followUp.dueAt.getTime() <= dayFromNow);
  const later = promised.filter(({ followUp }) => followUp.dueAt.getTime() > dayFromNow);
  const without = icms.filter((icm) => !followUps.has(icm.id));
  return [
    { title: 'Overdue', items: overdue.map(item) },
    { title: 'Due in the next 24 hours', items: soon.map(item) },
    ...(withRest
      ? [
          { title: 'Later', items: later.map(item) },
          {
            title: 'No promised update',
            items: without.map((icm) => ({ title: titleOf(icm), detail: icm.engineer.name })),
          },
        ]
      : []),
  ]
    .map((section) => ({ ...section, items: section.items.slice(0, 15) }))
    .filter((section) => section.items.length > 0);
}

/** The digest of a channel: overdue, due today, drift, what could not be delivered; nothing when there is nothing. */
export async function runDigest(delivery: Delivery, now: Date, services: Services): Promise<Posting> {
  const { playbook, records } = services;
  const open = await openIn(records, delivery.tenantId, delivery.subject);
  // Without an ICM there is no next one; the next that is tracked begins them anew.
  const then = open.icms.length === 0 ? [] : channelDigest(delivery, now, playbook);
  const drifting = open.icms.flatMap((icm) => {
    const drift = driftOf(icm, playbook);
    return drift ? [{ title: titleOf(icm), detail: drift.short }] : [];
  });
  const sections = [
    ...sectionsOf(open, now, false),
    { title: 'Severities that do not fit', items: drifting.slice(0, 10) },
    { title: 'Reminders that may not have arrived', items: await stuckIn(delivery, now, records) },
  ].filter((section) => section.items.length > 0);
  if (sections.length === 0) return { kind: 'drop', reason: 'there is nothing to tell', then };
  return {
    kind: 'post',
    summary: 'Customer updates today',
    reply: cardReply(followUpListCard, {
      heading: 'Customer updates today',
      lines: delivery.repeat ? [{ text: 'This may be a repeat.' }] : [],
      sections,
      footer: 'Write “my reminders” to see your own.',
    }),
    then,
  };
}

/** Reminders of the last week that did not surely go out, and those that are late right now. */
async function stuckIn(delivery: Delivery, now: Date, records: Queryable) {
  const rows = await records.query<{ number: string; state: string; reason: string | null; due_at: Date }>(
    `SELECT icm.number, o.state, o.reason, o.due_at FROM outbox o
     JOIN follow_up f ON f.id::text = o.subject JOIN icm ON icm.id = f.icm_id
     WHERE o.tenant_id = $1 AND o.channel_id = $2 AND o.job = 'follow-up/remind' AND o.due_at > $3 AND f.status = 'open'
       AND (o.state IN ('parked', 'unconfirmed') OR (o.state IN ('waiting', 'sending') AND o.due_at < $4))
     ORDER BY o.due_at LIMIT 10`,
    [
      delivery.tenantId,
      delivery.subject,
      new Date(now.getTime() - 7 * 86_400_000).toISOString(),
      new Date(now.getTime() - 120_000).toISOString(),
    ],
  );
  return rows.map((row) => ({
    title: `ICM ${row.number}`,
    detail: `${row.reason ?? 'It is late and still being tried.'} It was for ${showTime(row.due_at, 'UTC', now)}.`,
  }));
}
