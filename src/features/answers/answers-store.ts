import type { Queryable } from '../../store/database.ts';
import type { Change, Person } from '../feature.ts';

export type Miss = 'unanswered' | 'not-meant';

/** One more miss of a topic, in the list of the Monday `reportOn` (a date, "2026-11-23"). No person, no words. */
export function countMiss(tenantId: string, reportOn: string, topic: string, outcome: Miss): Change {
  return async (transaction) => {
    await transaction.query(
      `INSERT INTO answer_count (tenant_id, report_on, topic, outcome) VALUES ($1, $2, $3, $4)
       ON CONFLICT (tenant_id, report_on, topic, outcome) DO UPDATE SET times = answer_count.times + 1`,
      [tenantId, reportOn, topic, outcome],
    );
    return true;
  };
}

export interface KeptWords {
  readonly id: string;
  readonly reportOn: string;
  readonly topic: string;
  readonly words: string;
}

/** Words that their author passed to the leads. */
export function keepWords(person: Person, kept: KeptWords): Change {
  return async (transaction) => {
    await transaction.query(
      'INSERT INTO kept_words (id, tenant_id, person_id, report_on, topic, words) VALUES ($1, $2, $3, $4, $5, $6)',
      [kept.id, person.tenantId, person.aadObjectId, kept.reportOn, kept.topic, kept.words],
    );
    return true;
  };
}

export interface Misses {
  readonly counts: readonly { readonly topic: string; readonly outcome: Miss; readonly times: number }[];
  readonly words: readonly { readonly topic: string; readonly words: string }[];
}

/** What the leads are told on that Monday: the most frequent topics, and the newest words. */
export async function missesOf(records: Queryable, tenantId: string, reportOn: string): Promise<Misses> {
  const counts = await records.query<{ topic: string; outcome: Miss; times: number }>(
    `SELECT topic, outcome, times FROM answer_count WHERE tenant_id = $1 AND report_on = $2
     ORDER BY times DESC, topic, outcome LIMIT 30`,
    [tenantId, reportOn],
  );
  const words = await records.query<{ topic: string; words: string }>(
    `SELECT topic, words FROM kept_words WHERE tenant_id = $1 AND report_on = $2 ORDER BY created_at DESC LIMIT 15`,
    [tenantId, reportOn],
  );
  return { counts, words };
}
