import type { Queryable } from '../../store/database.ts';
import { isUuid } from '../../store/uuid.ts';
import type { Change, Person, Place } from '../feature.ts';
import type { Decision, Escalation, EscalationDetails, EscalationState, TrailLine } from './escalation.ts';

interface EscalationRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly icm_number: string;
  readonly icm_title: string;
  readonly icm_link: string;
  readonly sr_number: string;
  readonly sr_title: string;
  readonly sr_link: string;
  readonly contacts: string;
  readonly owner_name: string;
  readonly owner_email: string;
  readonly region: string;
  readonly case_status: Escalation['caseStatus'];
  readonly sentiment: string;
  readonly why: string;
  readonly improvement: string;
  readonly exceptional: boolean;
  readonly judge_id: string | null;
  readonly judge_name: string | null;
  readonly requester_id: string;
  readonly requester_teams_id: string;
  readonly requester_name: string;
  readonly place_kind: Place['kind'];
  readonly conversation_id: string;
  readonly service_url: string;
  readonly bot_id: string;
  readonly card_activity_id: string | null;
  readonly state: EscalationState;
  readonly revision: number;
  readonly question: string | null;
  readonly question_by_id: string | null;
  readonly question_by_teams_id: string | null;
  readonly question_by_name: string | null;
  readonly is_offered: boolean;
  readonly sme_conversation_id: string | null;
  readonly sme_activity_id: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  // Of the decision, where there is one.
  readonly decision: Decision['decision'] | null;
  readonly decided_revision: number | null;
  readonly approver_id: string | null;
  readonly approver_teams_id: string | null;
  readonly approver_name: string | null;
  readonly words: string | null;
  readonly decided_at: Date | null;
}

/** Reads requests together with their decisions; to be followed by WHERE. */
export const selectEscalation = `
SELECT e.*, d.decision, d.revision AS decided_revision, d.approver_id, d.approver_teams_id, d.approver_name, d.words,
  d.at AS decided_at
FROM escalation e LEFT JOIN escalation_decision d ON d.escalation_id = e.id`;

export function toEscalation(row: object): Escalation {
  const read = row as EscalationRow;
  const tenantId = read.tenant_id;
  const person = (aadObjectId: string, teamsId: string | null, name: string | null): Person => ({
    tenantId,
    aadObjectId,
    teamsId: teamsId ?? '',
    name: name ?? '',
  });
  return {
    id: read.id,
    tenantId,
    icmNumber: read.icm_number,
    icmTitle: read.icm_title,
    icmLink: read.icm_link,
    srNumber: read.sr_number,
    srTitle: read.sr_title,
    srLink: read.sr_link,
    contacts: read.contacts,
    ownerName: read.owner_name,
    ownerEmail: read.owner_email,
    region: read.region,
    caseStatus: read.case_status,
    sentiment: read.sentiment,
    why: read.why,
    improvement: read.improvement,
    exceptional: read.exceptional,
    judge: read.judge_id === null ? undefined : { id: read.judge_id, name: read.judge_name ?? '' },
    requester: person(read.requester_id, read.requester_teams_id, read.requester_name),
    place: {
      kind: read.place_kind,
      conversationId: read.conversation_id,
      serviceUrl: read.service_url,
      botId: read.bot_id,
    },
    cardActivityId: read.card_activity_id ?? undefined,
    state: read.state,
    revision: read.revision,
    question:
      read.question === null || read.question_by_id === null
        ? undefined
        : { text: read.question, by: person(read.question_by_id, read.question_by_teams_id, read.question_by_name) },
    isOffered: read.is_offered,
    smeMessage:
      read.sme_conversation_id === null
        ? undefined
        : { conversationId: read.sme_conversation_id, activityId: read.sme_activity_id ?? undefined },
    decision:
      read.decision === null || read.approver_id === null || read.decided_at === null
        ? undefined
        : {
            decision: read.decision,
            by: person(read.approver_id, read.approver_teams_id, read.approver_name),
            at: read.decided_at,
            revision: read.decided_revision ?? 0,
            words: read.words ?? '',
          },
    createdAt: read.created_at,
    updatedAt: read.updated_at,
  };
}

export async function escalationById(
  records: Queryable,
  tenantId: string,
  id: string,
): Promise<Escalation | undefined> {
  if (!isUuid(id)) return undefined;
  const [row] = await records.query(`${selectEscalation} WHERE e.tenant_id = $1 AND e.id = $2`, [tenantId, id]);
  return row && toEscalation(row);
}

/** The requests for an ICM, newest first. At most 20. */
export async function escalationsOfIcm(
  records: Queryable,
  tenantId: string,
  icmNumber: string,
): Promise<readonly Escalation[]> {
  const rows = await records.query(
    `${selectEscalation} WHERE e.tenant_id = $1 AND e.icm_number = $2 ORDER BY e.created_at DESC, e.id LIMIT 20`,
    [tenantId, icmNumber],
  );
  return rows.map(toEscalation);
}

/** The requests of a person, newest first. At most `limit`. */
export async function escalationsOf(
  records: Queryable,
  person: Pick<Person, 'tenantId' | 'aadObjectId'>,
  limit = 20,
): Promise<readonly Escalation[]> {
  const rows = await records.query(
    `${selectEscalation} WHERE e.tenant_id = $1 AND e.requester_id = $2 ORDER BY e.created_at DESC, e.id LIMIT $3`,
    [person.tenantId, person.aadObjectId, limit],
  );
  return rows.map(toEscalation);
}

/** Ids of whoever asked for or changed a request: they never decide on it. */
export async function editorsOf(records: Queryable, id: string): Promise<ReadonlySet<string>> {
  const rows = await records.query<{ person_id: string }>(
    'SELECT person_id FROM escalation_editor WHERE escalation_id = $1',
    [id],
  );
  return new Set(rows.map((row) => row.person_id));
}

export async function trailOf(records: Queryable, id: string): Promise<readonly TrailLine[]> {
  const rows = await records.query<{
    at: Date;
    actor_id: string;
    actor_name: string;
    step: string;
    revision: number;
    words: string;
  }>(
    'SELECT at, actor_id, actor_name, step, revision, words FROM escalation_trail WHERE escalation_id = $1 ORDER BY id',
    [id],
  );
  return rows.map(({ at, actor_id, actor_name, step, revision, words }) => ({
    at,
    actor: actor_id === '' ? undefined : { aadObjectId: actor_id, name: actor_name },
    step,
    revision,
    words,
  }));
}

/** Adds a line to the trail. It is kept for good, so nothing is to be in it that must be forgotten. */
export function addTrail(escalationId: string, line: TrailLine): Change {
  return async (transaction) => {
    await transaction.query(
      `INSERT INTO escalation_trail (escalation_id, at, actor_id, actor_name, step, revision, words)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        escalationId,
        line.at.toISOString(),
        line.actor?.aadObjectId ?? '',
        line.actor?.name ?? '',
        line.step,
        line.revision,
        storable(line.words),
      ],
    );
    return true;
  };
}

/** PostgreSQL holds no NUL, and half a surrogate pair is no text. */
const storable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();

const detailColumns = (details: EscalationDetails): unknown[] => [
  ...[
    details.icmTitle,
    details.icmLink,
    details.srNumber,
    details.srTitle,
    details.srLink,
    details.contacts,
    details.ownerName,
    details.ownerEmail,
    details.region,
    details.caseStatus,
    details.sentiment,
    details.why,
    details.improvement,
  ].map(storable),
  details.exceptional,
];

/** Keeps a new request; nothing is kept when there is an open or approved one for the ICM already. */
export function addEscalation(escalation: Escalation): Change {
  const { requester, place, judge } = escalation;
  return async (transaction) => {
    const rows = await transaction.query(
      `INSERT INTO escalation (id, tenant_id, icm_number, icm_title, icm_link, sr_number, sr_title, sr_link, contacts,
         owner_name, owner_email, region, case_status, sentiment, why, improvement, exceptional, judge_id, judge_name,
         requester_id, requester_teams_id, requester_name, place_kind, conversation_id, service_url, bot_id,
         card_activity_id, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
         $24, $25, $26, $27, $28, $28)
       ON CONFLICT (tenant_id, icm_number) WHERE state IN ('open', 'approved') DO NOTHING RETURNING id`,
      [
        escalation.id,
        escalation.tenantId,
        escalation.icmNumber,
        ...detailColumns(escalation),
        judge?.id ?? null,
        judge === undefined ? null : storable(judge.name),
        requester.aadObjectId,
        requester.teamsId,
        storable(requester.name),
        place.kind,
        place.conversationId,
        place.serviceUrl,
        place.botId,
        escalation.cardActivityId ?? null,
        escalation.createdAt.toISOString(),
      ],
    );
    if (rows.length === 0) return false;
    return addEditor(escalation.id, requester)(transaction);
  };
}

const addEditor =
  (id: string, person: Person): Change =>
  async (transaction) => {
    await transaction.query(
      'INSERT INTO escalation_editor (escalation_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [id, person.aadObjectId],
    );
    return true;
  };

/** What a step may set besides the details; what is not named stays. */
export interface EscalationPatch {
  readonly state?: 'withdrawn' | 'expired';
  readonly question?: Escalation['question'];
  readonly isOffered?: true;
  readonly judge?: Escalation['judge'];
}

/**
 * Changes an open request that is still at the revision that was read. Whoever changes the details is its editor from
 * then on, and does not decide on it.
 */
export function changeEscalation(
  escalation: Escalation,
  patch: EscalationPatch & { readonly details?: EscalationDetails; readonly editor?: Person },
  now: Date,
): Change {
  return async (transaction) => {
    const { state = escalation.state, details = escalation, isOffered = escalation.isOffered } = patch;
    const question = 'question' in patch ? patch.question : escalation.question;
    const judge = 'judge' in patch ? patch.judge : escalation.judge;
    const rows = await transaction.query(
      `UPDATE escalation SET icm_title = $3, icm_link = $4, sr_number = $5, sr_title = $6, sr_link = $7, contacts = $8,
         owner_name = $9, owner_email = $10, region = $11, case_status = $12, sentiment = $13, why = $14,
         improvement = $15, exceptional = $16, judge_id = $17, judge_name = $18, state = $19, question = $20,
         question_by_id = $21, question_by_teams_id = $22, question_by_name = $23, is_offered = $24,
         updated_at = $25, revision = revision + 1
       WHERE id = $1 AND revision = $2 AND state = 'open' RETURNING id`,
      [
        escalation.id,
        escalation.revision,
        ...detailColumns(details),
        judge?.id ?? null,
        judge === undefined ? null : storable(judge.name),
        state,
        question === undefined ? null : storable(question.text),
        question?.by.aadObjectId ?? null,
        question?.by.teamsId ?? null,
        question === undefined ? null : storable(question.by.name),
        isOffered,
        now.toISOString(),
      ],
    );
    if (rows.length === 0) return false;
    return patch.editor === undefined || addEditor(escalation.id, patch.editor)(transaction);
  };
}

/**
 * Decides an open request that is still at the revision that was read. The database refuses a second decision, one on
 * another revision, and one by whoever asked or changed the request.
 */
export function decideEscalation(escalation: Escalation, decision: Decision): Change {
  return async (transaction) => {
    const [open] = await transaction.query(
      `SELECT id FROM escalation WHERE id = $1 AND revision = $2 AND state = 'open' FOR UPDATE`,
      [escalation.id, decision.revision],
    );
    if (!open) return false;
    await transaction.query(
      `INSERT INTO escalation_decision (escalation_id, tenant_id, decision, revision, approver_id, approver_teams_id,
         approver_name, words, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        escalation.id,
        escalation.tenantId,
        decision.decision,
        decision.revision,
        decision.by.aadObjectId,
        decision.by.teamsId,
        storable(decision.by.name),
        storable(decision.words),
        decision.at.toISOString(),
      ],
    );
    await transaction.query(
      `UPDATE escalation SET state = $2, revision = revision + 1, question = NULL, question_by_id = NULL,
         question_by_teams_id = NULL, question_by_name = NULL, updated_at = $3
       WHERE id = $1`,
      [escalation.id, decision.decision, decision.at.toISOString()],
    );
    return true;
  };
}

/** Keeps where the SMEs' message is. It changes nothing that anybody decides on, so the revision stays. */
export function keepSmeMessage(id: string, conversationId: string, activityId: string | undefined): Change {
  return async (transaction) => {
    await transaction.query('UPDATE escalation SET sme_conversation_id = $2, sme_activity_id = $3 WHERE id = $1', [
      id,
      conversationId,
      activityId ?? null,
    ]);
    return true;
  };
}

/** Keeps where the requester reads it. */
export function keepPlace(id: string, place: Place): Change {
  return async (transaction) => {
    await transaction.query(
      'UPDATE escalation SET place_kind = $2, conversation_id = $3, service_url = $4, bot_id = $5 WHERE id = $1',
      [id, place.kind, place.conversationId, place.serviceUrl, place.botId],
    );
    return true;
  };
}
