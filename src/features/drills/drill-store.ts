import { scenarioSchema, type DrillScenario } from '../../playbook/schema.ts';
import { drillIdOf, organisationOf } from '../../practice.ts';
import type { Queryable } from '../../store/database.ts';
import type { Change, Person, Place } from '../feature.ts';

/** A practice run, from its start to the findings. */
export interface DrillRun {
  /** The same id as its thread's (`drill`). */
  readonly id: string;
  /** The organisation; what is practised lies under a tenant of its own (`practiceTenant`). */
  readonly organisation: string;
  readonly scenarioName: string;
  /** As it stood in the playbook at the start. */
  readonly scenario: DrillScenario;
  /** The invented ICM, under the tenant of the practice run. */
  readonly icmId: string;
  readonly startedBy: string;
  readonly startedAt: Date;
  readonly state: 'running' | 'paused' | 'ended' | 'shared';
  /** The injects count their minutes from here. */
  readonly countsFrom: Date;
  readonly pausedAt: Date | undefined;
  /** Goes up whenever the injects are planned anew. */
  readonly plan: number;
  readonly nextInject: number;
  readonly endedAt: Date | undefined;
  readonly wentWell: string;
  readonly toImprove: string;
  readonly revision: number;
}

interface RunRow {
  readonly drill_id: string;
  readonly tenant_id: string;
  readonly scenario_name: string;
  readonly scenario: unknown;
  readonly icm_id: string;
  readonly started_by: string;
  readonly started_at: Date;
  readonly state: DrillRun['state'];
  readonly counts_from: Date;
  readonly paused_at: Date | null;
  readonly plan: number;
  readonly next_inject: number;
  readonly ended_at: Date | null;
  readonly went_well: string;
  readonly to_improve: string;
  readonly revision: number;
}

const toRun = (row: RunRow): DrillRun => ({
  id: row.drill_id,
  organisation: row.tenant_id,
  scenarioName: row.scenario_name,
  scenario: scenarioSchema.parse(row.scenario),
  icmId: row.icm_id,
  startedBy: row.started_by,
  startedAt: row.started_at,
  state: row.state,
  countsFrom: row.counts_from,
  pausedAt: row.paused_at ?? undefined,
  plan: row.plan,
  nextInject: row.next_inject,
  endedAt: row.ended_at ?? undefined,
  wentWell: row.went_well,
  toImprove: row.to_improve,
  revision: row.revision,
});

/** The practice run whose thread a turn is in, by the tenant that the engine gave it; never by anything on a card. */
export async function runOf(records: Queryable, tenantId: string): Promise<DrillRun | undefined> {
  const id = drillIdOf(tenantId);
  if (id === undefined) return undefined;
  const [row] = await records.query<RunRow>('SELECT * FROM drill_run WHERE tenant_id = $1 AND drill_id = $2::uuid', [
    organisationOf(tenantId),
    id,
  ]);
  return row && toRun(row);
}

/** Answers that do no work in a thread: whoever only asked for the scenarios has done nothing real there. */
const OFFER = 'drill-choose';

/**
 * Whether something real may have happened in a thread, or is happening: an ICM, a check, a line of the trail, a post
 * that was planned, or any line besides those that only asked for the scenarios. `but` leaves the start itself out.
 */
export async function isTouched(
  records: Queryable,
  tenantId: string,
  conversationId: string,
  but: { readonly activityId: string; readonly drillId: string },
): Promise<boolean> {
  const [row] = await records.query<{ touched: boolean }>(
    `SELECT EXISTS (SELECT FROM icm WHERE tenant_id = $1 AND conversation_id = $2)
       OR EXISTS (SELECT FROM dialog WHERE tenant_id = $1 AND conversation_id = $2)
       OR EXISTS (SELECT FROM outbox WHERE tenant_id = $1 AND conversation_id = $2)
       OR EXISTS (SELECT FROM audit WHERE tenant_id = $1 AND conversation_id = $2 AND subject <> $4)
       OR EXISTS (SELECT FROM inbox WHERE tenant_id = $1 AND conversation_id = $2 AND activity_id <> $3
            AND answer ->> 'card' IS DISTINCT FROM '${OFFER}') AS touched`,
    [tenantId, conversationId, but.activityId, but.drillId],
  );
  return row?.touched ?? true;
}

/** The practice run of a thread, if it is one. */
export async function drillIn(
  records: Queryable,
  tenantId: string,
  conversationId: string,
): Promise<string | undefined> {
  const [row] = await records.query<{ id: string }>(
    'SELECT id FROM drill WHERE tenant_id = $1 AND conversation_id = $2',
    [tenantId, conversationId],
  );
  return row?.id;
}

/**
 * Makes a thread one of practice, for ever, and whoever starts it the first who takes part. Nothing is kept when the
 * thread is one already, or when something real came in between.
 *
 * @param person under the organisation's tenant
 */
export function startRun(
  run: Pick<DrillRun, 'id' | 'scenarioName' | 'scenario' | 'icmId' | 'startedAt'>,
  person: Person,
  place: Place,
  activityId: string,
): Change {
  return async (transaction) => {
    const added = await transaction.query(
      `INSERT INTO drill (id, tenant_id, conversation_id, service_url, bot_id) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (tenant_id, conversation_id) DO NOTHING RETURNING id`,
      [run.id, person.tenantId, place.conversationId, place.serviceUrl, place.botId],
    );
    if (added.length === 0) return false;
    if (await isTouched(transaction, person.tenantId, place.conversationId, { activityId, drillId: run.id }))
      return false;
    await transaction.query(
      `INSERT INTO drill_run (drill_id, tenant_id, scenario_name, scenario, icm_id, started_by, started_at, counts_from)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
      [
        run.id,
        person.tenantId,
        run.scenarioName,
        JSON.stringify(run.scenario),
        run.icmId,
        person.aadObjectId,
        run.startedAt.toISOString(),
      ],
    );
    await transaction.query(
      'INSERT INTO drill_participant (tenant_id, drill_id, person_id, teams_id, name) VALUES ($1, $2, $3, $4, $5)',
      [person.tenantId, run.id, person.aadObjectId, person.teamsId, person.name],
    );
    return true;
  };
}

/** Changes a run that is still at the revision that was read. */
export function changeRun(
  run: DrillRun,
  patch: Partial<
    Pick<DrillRun, 'state' | 'countsFrom' | 'pausedAt' | 'plan' | 'nextInject' | 'endedAt' | 'wentWell' | 'toImprove'>
  > = {},
): Change {
  const after = { ...run, ...patch };
  return async (transaction) => {
    const rows = await transaction.query(
      `UPDATE drill_run SET state = $4, counts_from = $5, paused_at = $6, ended_at = $7, went_well = $8, to_improve = $9,
         plan = $10, next_inject = greatest(next_inject, $11),
         revision = revision + 1
       WHERE tenant_id = $1 AND drill_id = $2 AND revision = $3 RETURNING drill_id`,
      [
        run.organisation,
        run.id,
        run.revision,
        after.state,
        after.countsFrom.toISOString(),
        after.pausedAt?.toISOString() ?? null,
        after.endedAt?.toISOString() ?? null,
        after.wentWell,
        after.toImprove,
        after.plan,
        after.nextInject,
      ],
    );
    return rows.length === 1;
  };
}

/** An inject is out. It cannot be taken back, so this never refuses. */
export function injectIsOut(run: DrillRun, inject: number): Change {
  return async (transaction) => {
    await transaction.query(
      `UPDATE drill_run SET next_inject = greatest(next_inject, $3) WHERE tenant_id = $1 AND drill_id = $2`,
      [run.organisation, run.id, inject + 1],
    );
    return true;
  };
}

/** Nothing that was planned in a practice run goes out any more. */
export function dropDeliveries(tenantId: string): Change {
  return async (transaction) => {
    await transaction.query(
      `UPDATE outbox SET state = 'dropped', lease_until = NULL, reason = 'the practice run is over'
       WHERE tenant_id = $1 AND state IN ('waiting', 'sending', 'parked')`,
      [tenantId],
    );
    return true;
  };
}

/** A line of the trail of a practice run that belongs to no turn in it. */
export function keepTrail(
  person: Person,
  conversationId: string,
  event: { readonly event: string; readonly subject: string; readonly details: object },
): Change {
  return async (transaction) => {
    await transaction.query(
      `INSERT INTO audit (tenant_id, actor_id, conversation_id, event, subject, details) VALUES ($1, $2, $3, $4, $5, $6)`,
      [person.tenantId, person.aadObjectId, conversationId, event.event, event.subject, JSON.stringify(event.details)],
    );
    return true;
  };
}

/** Who plays a stakeholder. */
export interface Player {
  readonly part: string;
  readonly personId: string;
  readonly teamsId: string;
  readonly name: string;
}

export async function playersOf(records: Queryable, run: DrillRun): Promise<readonly Player[]> {
  const rows = await records.query<{ part: string; person_id: string; teams_id: string; name: string }>(
    'SELECT part, person_id, teams_id, name FROM drill_part WHERE tenant_id = $1 AND drill_id = $2',
    [run.organisation, run.id],
  );
  return rows.map((row) => ({ part: row.part, personId: row.person_id, teamsId: row.teams_id, name: row.name }));
}

/** Takes a part that nobody plays, or gives one back that the person plays. */
export function setPlayer(run: DrillRun, part: string, person: Person, plays: boolean): Change {
  return async (transaction) => {
    const rows = plays
      ? await transaction.query(
          `INSERT INTO drill_part (tenant_id, drill_id, part, person_id, teams_id, name) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (drill_id, part) DO NOTHING RETURNING part`,
          [run.organisation, run.id, part, person.aadObjectId, person.teamsId, person.name],
        )
      : await transaction.query(
          'DELETE FROM drill_part WHERE tenant_id = $1 AND drill_id = $2 AND part = $3 AND person_id = $4 RETURNING part',
          [run.organisation, run.id, part, person.aadObjectId],
        );
    return rows.length === 1;
  };
}

/** Names of those who took part. */
export async function namesIn(records: Queryable, run: DrillRun): Promise<readonly string[]> {
  const rows = await records.query<{ name: string }>(
    'SELECT name FROM drill_participant WHERE tenant_id = $1 AND drill_id = $2 ORDER BY since, person_id',
    [run.organisation, run.id],
  );
  return rows.map(({ name }) => name);
}
