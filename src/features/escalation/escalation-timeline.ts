import type { Queryable } from '../../store/database.ts';
import type { Feature, TimelineEntry } from '../feature.ts';

/** A step of an escalation of an ICM, as the trail has it. */
export interface TrailStep {
  readonly at: Date;
  readonly step: string;
  /** `undefined`: the bot, or it was asked for in a personal chat, whose people are not told. */
  readonly by: string | undefined;
  readonly words: string;
}

/** All steps of the escalations of an ICM, in order; also those of what follows an approval. */
export async function trailStepsOf(
  records: Queryable,
  tenantId: string,
  icmNumber: string,
): Promise<readonly TrailStep[]> {
  const rows = await records.query<{
    at: Date;
    step: string;
    actor_name: string;
    words: string;
    place_kind: string;
  }>(
    `SELECT t.at, t.step, t.actor_name, t.words, e.place_kind FROM escalation_trail t
     JOIN escalation e ON e.id = t.escalation_id WHERE e.tenant_id = $1 AND e.icm_number = $2 ORDER BY t.id`,
    [tenantId, icmNumber],
  );
  return rows.map(({ at, step, actor_name, words, place_kind }) => ({
    at,
    step,
    by: actor_name === '' || place_kind === 'personal' ? undefined : actor_name,
    words,
  }));
}

/** What is told of each step: facts, not the words that were typed, which may come out of a personal chat. */
const told: Readonly<Record<string, string>> = {
  requested: 'CSAT escalation requested',
  'judged exceptionally bad': 'Judged exceptionally bad',
  changed: 'CSAT escalation changed',
  asked: 'An SME asked for more on the CSAT escalation',
  answered: 'The question of the SMEs was answered',
  approved: 'CSAT escalation approved',
  declined: 'CSAT escalation declined',
  withdrawn: 'CSAT escalation withdrawn',
  expired: 'CSAT escalation expired without a decision',
  'offered to the SMEs of other regions': 'CSAT escalation offered to the SMEs of other regions',
};
const reminders: Readonly<Record<string, string>> = {
  'reminded the requester': 'Requester of the CSAT escalation reminded of the open question',
  'reminded the SMEs': 'SMEs reminded of the CSAT escalation',
};

/** Requested, asked, decided, and the reminders in between. */
export const escalationTimeline: NonNullable<Feature['timeline']> = async (icm, records) =>
  (await trailStepsOf(records, icm.tenantId, icm.number)).flatMap(({ at, step, by }): TimelineEntry[] => {
    if (Object.hasOwn(told, step)) return [{ at, kind: 'escalation', text: told[step] as string, by }];
    if (Object.hasOwn(reminders, step)) return [{ at, kind: 'reminder', text: reminders[step] as string, by }];
    return [];
  });
