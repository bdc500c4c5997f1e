import type { Queryable } from '../../store/database.ts';
import type { Change, Person } from '../feature.ts';
import { addTrail } from '../escalation/escalation-store.ts';
import type { TrailLine } from '../escalation/escalation.ts';

/** The four actions that follow an approval (F43, F45), in the order in which they are done. */
export const steps = ['srTitle', 'icmTitle', 'note', 'email'] as const;
export type Step = (typeof steps)[number];

export type EmailState = 'prepared' | 'asked' | 'sending' | 'sent' | 'failed' | 'unknown';

/** What became of the email so far. */
export interface PackageEmail {
  readonly state: EmailState;
  /** Goes up with each press of Send; 0 before the first. */
  readonly attempt: number;
  /** Since when it is in that state. */
  readonly at: Date | undefined;
  /** Who pressed Send. */
  readonly by: Person | undefined;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** Of these, whom the mail server refused. */
  readonly refused: readonly string[];
  /** A sentence for people. */
  readonly reason: string;
}

/** What is done of a package. A package of which nothing was done yet has no row and the revision 0. */
export interface PackageState {
  readonly escalationId: string;
  readonly tenantId: string;
  readonly done: ReadonlySet<Step>;
  readonly closedAt: Date | undefined;
  readonly revision: number;
  readonly email: PackageEmail;
}

export interface PackageRow {
  readonly escalation_id: string;
  readonly tenant_id: string;
  readonly sr_title: boolean;
  readonly icm_title: boolean;
  readonly note: boolean;
  readonly email: boolean;
  readonly closed_at: Date | null;
  readonly revision: number;
  readonly email_state: EmailState;
  readonly email_attempt: number;
  readonly email_at: Date | null;
  readonly email_by_id: string | null;
  readonly email_by_teams_id: string | null;
  readonly email_by_name: string | null;
  readonly email_to: string[];
  readonly email_cc: string[];
  readonly email_refused: string[];
  readonly email_reason: string;
}

export function toPackage(row: PackageRow): PackageState {
  const ticked: Readonly<Record<Step, boolean>> = {
    srTitle: row.sr_title,
    icmTitle: row.icm_title,
    note: row.note,
    email: row.email,
  };
  return {
    escalationId: row.escalation_id,
    tenantId: row.tenant_id,
    done: new Set(steps.filter((step) => ticked[step])),
    closedAt: row.closed_at ?? undefined,
    revision: row.revision,
    email: {
      state: row.email_state,
      attempt: row.email_attempt,
      at: row.email_at ?? undefined,
      by:
        row.email_by_id === null
          ? undefined
          : {
              tenantId: row.tenant_id,
              aadObjectId: row.email_by_id,
              teamsId: row.email_by_teams_id ?? '',
              name: row.email_by_name ?? '',
            },
      to: row.email_to,
      cc: row.email_cc,
      refused: row.email_refused,
      reason: row.email_reason,
    },
  };
}

export const freshPackage = (tenantId: string, escalationId: string): PackageState => ({
  escalationId,
  tenantId,
  done: new Set(),
  closedAt: undefined,
  revision: 0,
  email: { state: 'prepared', attempt: 0, at: undefined, by: undefined, to: [], cc: [], refused: [], reason: '' },
});

export async function packageOf(records: Queryable, tenantId: string, escalationId: string): Promise<PackageState> {
  const [row] = await records.query<PackageRow>(
    'SELECT * FROM csat_package WHERE tenant_id = $1 AND escalation_id = $2',
    [tenantId, escalationId],
  );
  return row ? toPackage(row) : freshPackage(tenantId, escalationId);
}

/** Sees to it that there is a row; `false` when somebody else made it since nothing was there. */
const rowFor = async (transaction: Queryable, state: PackageState): Promise<boolean> => {
  if (state.revision > 0) return true;
  const rows = await transaction.query(
    `INSERT INTO csat_package (escalation_id, tenant_id) VALUES ($1, $2)
     ON CONFLICT (escalation_id) DO NOTHING RETURNING escalation_id`,
    [state.escalationId, state.tenantId],
  );
  return rows.length === 1;
};
// A new row has the revision 1, and so has what is changed on it next to be counted from there.
const revisionOf = (state: PackageState): number => Math.max(1, state.revision);

/** Keeps what is ticked now, or whether it is off the shiproom list; on the revision that was read. */
export function changePackage(
  state: PackageState,
  patch: { readonly done?: ReadonlySet<Step>; readonly closedAt?: Date | null },
): Change {
  return async (transaction) => {
    if (!(await rowFor(transaction, state))) return false;
    const { done = state.done, closedAt = state.closedAt ?? null } = patch;
    const rows = await transaction.query(
      `UPDATE csat_package SET sr_title = $3, icm_title = $4, note = $5, email = $6, closed_at = $7,
         revision = revision + 1
       WHERE escalation_id = $1 AND revision = $2 RETURNING escalation_id`,
      [
        state.escalationId,
        revisionOf(state),
        ...steps.map((step) => done.has(step)),
        closedAt === null ? null : closedAt.toISOString(),
      ],
    );
    return rows.length === 1;
  };
}

/** Somebody presses Send: only for an email that surely is not out, and not at the same time as somebody else. */
export function askForEmail(
  state: PackageState,
  asked: { readonly by: Person; readonly to: readonly string[]; readonly cc: readonly string[] },
  now: Date,
): Change {
  return async (transaction) => {
    if (!(await rowFor(transaction, state))) return false;
    const rows = await transaction.query(
      `UPDATE csat_package SET email_state = 'asked', email_attempt = email_attempt + 1, email_at = $4, email_by_id = $5,
         email_by_teams_id = $6, email_by_name = $7, email_to = $8, email_cc = $9, email_refused = '{}',
         email_reason = '', revision = revision + 1
       WHERE escalation_id = $1 AND revision = $2 AND email_attempt = $3 AND email_state IN ('prepared', 'failed')
         AND NOT email
       RETURNING escalation_id`,
      [
        state.escalationId,
        revisionOf(state),
        state.email.attempt,
        now.toISOString(),
        asked.by.aadObjectId,
        asked.by.teamsId,
        asked.by.name.replaceAll('\u0000', '').toWellFormed(),
        [...asked.to],
        [...asked.cc],
      ],
    );
    return rows.length === 1;
  };
}

/**
 * Takes the email for sending: from here on it may be out. Exactly one caller of an attempt gets `true`, whatever
 * process dies or is started meanwhile, and only that one may speak to the mail server.
 */
export async function takeEmail(
  records: Queryable,
  escalationId: string,
  attempt: number,
  now: Date,
): Promise<boolean> {
  const rows = await records.query(
    `UPDATE csat_package SET email_state = 'sending', email_at = $3, revision = revision + 1
     WHERE escalation_id = $1 AND email_attempt = $2 AND email_state = 'asked' RETURNING escalation_id`,
    [escalationId, attempt, now.toISOString()],
  );
  return rows.length === 1;
}

/**
 * Keeps what became of the email, with its line of the trail, in one statement. `unknown` counts only as long as nobody
 * knows better; whoever was sending it may know better later.
 */
export async function settleEmail(
  records: Queryable,
  state: Pick<PackageState, 'escalationId'> & { readonly email: Pick<PackageEmail, 'attempt'> },
  outcome: {
    readonly state: 'sent' | 'failed' | 'unknown';
    readonly reason: string;
    readonly refused?: readonly string[];
  },
  line: Pick<TrailLine, 'at' | 'step' | 'words'>,
): Promise<boolean> {
  const refused = outcome.refused ?? [];
  const rows = await records.query(
    `WITH settled AS (
       UPDATE csat_package SET email_state = $3, email_at = $4, email_reason = $5, email_refused = $6,
         email = email OR $7, revision = revision + 1
       WHERE escalation_id = $1 AND email_attempt = $2
         AND (email_state = 'sending' OR (email_state = 'unknown' AND $3 <> 'unknown'))
       RETURNING escalation_id
     )
     INSERT INTO escalation_trail (escalation_id, at, actor_id, actor_name, step, revision, words)
     SELECT e.id, $4, '', '', $8, e.revision, $9 FROM settled s JOIN escalation e ON e.id = s.escalation_id
     RETURNING id`,
    [
      state.escalationId,
      state.email.attempt,
      outcome.state,
      line.at.toISOString(),
      outcome.reason,
      [...refused],
      // Whoever was refused has not got it, so the engineer still has something to do.
      outcome.state === 'sent' && refused.length === 0,
      line.step,
      line.words,
    ],
  );
  return rows.length === 1;
}

/** A line of the trail by somebody. */
export const trailBy = (
  escalation: { readonly id: string; readonly revision: number },
  person: Person,
  at: Date,
  step: string,
  words = '',
): Change => addTrail(escalation.id, { at, actor: person, step, revision: escalation.revision, words });
