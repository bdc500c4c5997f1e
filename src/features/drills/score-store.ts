import type { Queryable } from '../../store/database.ts';
import type { Change, Person } from '../feature.ts';
import type { DrillRun } from './drill-store.ts';

/** What somebody says to one of the five questions (F88). */
export interface Score {
  /** 1 to 5. */
  readonly question: number;
  /** 1 (not at all) to 5 (completely). */
  readonly score: number;
  readonly comment: string;
}

/** The answers of all, without names, in an order that tells nothing of who gave them. */
export async function scoresOf(records: Queryable, run: DrillRun): Promise<readonly Score[]> {
  return records.query<Score>(
    `SELECT question, score, comment FROM drill_score WHERE tenant_id = $1 AND drill_id = $2
     ORDER BY question, score, comment`,
    [run.organisation, run.id],
  );
}

/** The answers of one person. */
export async function ownScores(records: Queryable, run: DrillRun, person: Person): Promise<readonly Score[]> {
  return records.query<Score>(
    `SELECT question, score, comment FROM drill_score WHERE tenant_id = $1 AND drill_id = $2 AND person_id = $3
     ORDER BY question`,
    [run.organisation, run.id, person.aadObjectId],
  );
}

/** Keeps the answers of a person in place of the former ones, as long as the findings are not shared. */
export function keepScores(run: DrillRun, person: Person, scores: readonly Score[]): Change {
  return async (transaction) => {
    // The row is held until the end, so that nothing changes while somebody shares the findings.
    const [open] = await transaction.query(
      `SELECT drill_id FROM drill_run WHERE tenant_id = $1 AND drill_id = $2 AND state = 'ended' FOR UPDATE`,
      [run.organisation, run.id],
    );
    if (!open) return false;
    for (const { question, score, comment } of scores)
      await transaction.query(
        `INSERT INTO drill_score (tenant_id, drill_id, person_id, question, score, comment)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (drill_id, person_id, question)
         DO UPDATE SET score = excluded.score, comment = excluded.comment, at = now()`,
        [run.organisation, run.id, person.aadObjectId, question, score, comment],
      );
    return true;
  };
}

/** A practice run of the past, for lists and figures. */
export interface PastDrill {
  readonly id: string;
  readonly scenario: string;
  readonly startedAt: Date;
  readonly endedAt: Date | undefined;
  readonly isShared: boolean;
  readonly participants: number;
  /** How many people answered the five questions. */
  readonly answers: number;
  /** Mean of all scores, 1 to 5. */
  readonly average: number | undefined;
}

/**
 * The practice runs of an organisation, the newest first.
 *
 * @param tenantId that of the organisation
 * @param since only those that began then or later
 */
export async function pastDrills(
  records: Queryable,
  tenantId: string,
  { limit, since = new Date(0) }: { readonly limit: number; readonly since?: Date },
): Promise<readonly PastDrill[]> {
  const rows = await records.query<{
    id: string;
    title: string;
    started_at: Date;
    ended_at: Date | null;
    state: string;
    participants: string;
    answers: string;
    average: string | null;
  }>(
    `SELECT drill_id AS id, scenario ->> 'title' AS title, started_at, ended_at, state,
       (SELECT count(*) FROM drill_participant p WHERE p.tenant_id = r.tenant_id AND p.drill_id = r.drill_id) AS participants,
       (SELECT count(DISTINCT person_id) FROM drill_score s WHERE s.tenant_id = r.tenant_id AND s.drill_id = r.drill_id) AS answers,
       (SELECT avg(score) FROM drill_score s WHERE s.tenant_id = r.tenant_id AND s.drill_id = r.drill_id) AS average
     FROM drill_run r WHERE tenant_id = $1 AND started_at >= $2 ORDER BY started_at DESC, drill_id LIMIT $3`,
    [tenantId, since.toISOString(), limit],
  );
  return rows.map((row) => ({
    id: row.id,
    scenario: row.title,
    startedAt: row.started_at,
    endedAt: row.ended_at ?? undefined,
    isShared: row.state === 'shared',
    participants: Number(row.participants),
    answers: Number(row.answers),
    average: row.average === null ? undefined : Number(row.average),
  }));
}
