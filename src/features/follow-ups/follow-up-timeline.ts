import type { Queryable } from '../../store/database.ts';
import { showSpan } from '../../understanding/show-time.ts';
import type { Feature, TimelineEntry } from '../feature.ts';
import { namesOf } from '../tracking/names.ts';
import type { FollowUp } from './follow-up-store.ts';
import { remindJob } from './promises.ts';

interface PromiseRow {
  readonly id: string;
  readonly due_at: Date;
  readonly status: FollowUp['status'];
  readonly created_by: string;
  readonly created_at: Date;
  readonly closed_at: Date | null;
}

interface TrailRow {
  readonly at: Date;
  readonly actor_id: string;
  readonly event: string;
  readonly subject: string;
  readonly until: string | null;
}

interface ReminderRow {
  readonly stage: string;
  readonly state: string;
  readonly due_at: Date;
  readonly sent_at: Date | null;
}

/** As long as a message takes: an update that was sent within it was sent in time. */
const grace = 60_000;

/** Promises, whether they were kept, and the reminders that went out for them. */
export const followUpTimeline: NonNullable<Feature['timeline']> = async (icm, records) => {
  const promises = await records.query<PromiseRow>(
    `SELECT id, due_at, status, created_by, created_at, closed_at FROM follow_up
     WHERE tenant_id = $1 AND icm_id = $2 ORDER BY created_at`,
    [icm.tenantId, icm.id],
  );
  if (promises.length === 0) return [];
  const ids = promises.map(({ id }) => id);
  const trail = await trailOf(records, icm.tenantId, icm.id, ids);
  const names = await namesOf(records, icm.tenantId, [
    ...promises.map(({ created_by }) => created_by),
    ...trail.map(({ actor_id }) => actor_id),
  ]);
  const byOf = (event: string, id: string) =>
    names.get(trail.find((one) => one.event === event && one.subject === id)?.actor_id ?? '');
  return [
    ...promises.flatMap((one) => promiseEntries(one, names.get(one.created_by), byOf)),
    ...trail.flatMap((one) => trailEntry(one, names.get(one.actor_id))),
    ...(await remindersOf(records, icm.tenantId, ids)).map(reminderEntry),
  ];
};

/** What was done about promises; a status update that kept one counts as the update that was sent. */
async function trailOf(records: Queryable, tenantId: string, icmId: string, ids: readonly string[]) {
  return records.query<TrailRow>(
    `SELECT at, actor_id, event, subject, details->>'until' AS until FROM audit
     WHERE tenant_id = $1 AND subject = ANY ($2::text[])
       AND event IN ('update sent', 'no update due', 'last update sent', 'reminder snoozed')
     UNION ALL
     SELECT at, actor_id, 'update sent', details->>'kept', NULL FROM audit
     WHERE tenant_id = $1 AND event = 'status update posted' AND details->>'kept' = ANY ($2::text[])
       AND subject IN (SELECT id::text FROM status_update WHERE tenant_id = $1 AND icm_id = $3)
     ORDER BY at`,
    [tenantId, ids, icmId],
  );
}

async function remindersOf(records: Queryable, tenantId: string, ids: readonly string[]) {
  return records.query<ReminderRow>(
    `SELECT stage, state, due_at, sent_at FROM outbox
     WHERE tenant_id = $1 AND subject = ANY ($2::text[]) AND job = $3 AND state IN ('sent', 'unconfirmed', 'parked')
     ORDER BY due_at`,
    [tenantId, ids, remindJob],
  );
}

function promiseEntries(
  row: PromiseRow,
  by: string | undefined,
  byOf: (event: string, id: string) => string | undefined,
): TimelineEntry[] {
  const { due_at: dueAt, closed_at: closedAt, status } = row;
  const isMissed = status !== 'resolved' && (closedAt === null || closedAt.getTime() > dueAt.getTime() + grace);
  const made: TimelineEntry = {
    at: row.created_at,
    kind: 'promise',
    text: 'Next update promised for',
    about: dueAt,
    by,
  };
  const missed: TimelineEntry[] = isMissed
    ? [
        {
          at: dueAt,
          kind: 'promise',
          text: 'The promised update was not sent by its time',
          by: undefined,
          isPlanned: true,
        },
      ]
    : [];
  if (closedAt === null || status === 'open') return [made, ...missed];
  if (status === 'sent') {
    const late = closedAt.getTime() - dueAt.getTime();
    const text =
      late > grace ? `The promised update was sent, ${showSpan(late)} late` : 'The promised update was sent in time';
    return [made, ...missed, { at: closedAt, kind: 'promise', text, by: byOf('update sent', row.id) }];
  }
  if (status === 'not-due') {
    const text = 'No update to the customer is due any more';
    return [made, ...missed, { at: closedAt, kind: 'promise', text, by: byOf('no update due', row.id) }];
  }
  // A new promise in its place, or the resolved ICM, is told by itself.
  return [made, ...missed];
}

function trailEntry({ at, event, until }: TrailRow, by: string | undefined): TimelineEntry[] {
  if (event === 'last update sent')
    return [{ at, kind: 'promise', text: 'It was the last update to the customer', by }];
  if (event !== 'reminder snoozed' || until === null) return [];
  return [{ at, kind: 'reminder', text: 'Reminder snoozed until', about: new Date(until), by }];
}

const stages: Readonly<Record<string, string>> = {
  ahead: 'before the promised time',
  due: 'at the promised time',
  again: 'after a pause',
  overdue: 'since the promised update is overdue',
};

function reminderEntry({ stage, state, due_at, sent_at }: ReminderRow): TimelineEntry {
  const why = stages[stage.split(':')[0] ?? ''] ?? 'of the promised update';
  const text =
    state === 'sent'
      ? `Reminder posted ${why}`
      : state === 'unconfirmed'
        ? `Reminder ${why}: it is not known whether it arrived`
        : `Reminder ${why}: it could not be posted`;
  return { at: sent_at ?? due_at, kind: 'reminder', text, by: undefined };
}
