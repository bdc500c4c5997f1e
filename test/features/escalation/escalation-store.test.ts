import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Escalation } from '../../../src/features/escalation/escalation.ts';
import {
  addEscalation,
  addTrail,
  changeEscalation,
  decideEscalation,
  escalationById,
  trailOf,
} from '../../../src/features/escalation/escalation-store.ts';
import type { Database } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { escalationOf } from '../../support/approved.ts';
import { testDatabases } from '../../support/databases.ts';

const tenantId = randomUUID();
const now = new Date('2026-11-20T09:00:00Z');
const person = (aadObjectId = randomUUID()) => ({
  tenantId,
  aadObjectId,
  teamsId: `29:${aadObjectId}`,
  name: 'Somebody',
});
const priya = person();
const amara = person();
const place = { kind: 'channel', conversationId: '19:a', serviceUrl: 'http://127.0.0.1/', botId: '28:b' } as const;

describe.each(testDatabases)('the records of an escalation on $name', ({ open }) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await migrate(database);
  });
  afterAll(() => database.close());

  let number = 500_000_000;
  const fresh = async (): Promise<Escalation> => {
    const escalation = escalationOf(priya, place, now, {
      icmNumber: String((number += 1)),
      icmTitle: 'Job \u0000stuck \ud800',
    });
    expect(await database.transaction(addEscalation(escalation))).toBe(true);
    return (await escalationById(database, tenantId, escalation.id))!;
  };
  const by = (who = amara, more: object = {}) =>
    ({ decision: 'approved', by: who, at: now, revision: 1, words: '', ...more }) as const;
  const insertDecision = (
    id: string,
    approver: string,
    more: { revision?: number; tenant?: string; decision?: string; words?: string } = {},
  ) =>
    database.query(
      `INSERT INTO escalation_decision (escalation_id, tenant_id, decision, revision, approver_id, approver_teams_id, approver_name, words, at)
       VALUES ($1, $2, $3, $4, $5, '', '', $6, now())`,
      [id, more.tenant ?? tenantId, more.decision ?? 'approved', more.revision ?? 1, approver, more.words ?? ''],
    );

  test('what was written is read, without what PostgreSQL cannot hold', async () => {
    const escalation = await fresh();
    expect(escalation).toMatchObject({
      icmTitle: 'Job stuck \ufffd',
      requester: priya,
      revision: 1,
      decision: undefined,
    });
    expect(await escalationById(database, randomUUID(), escalation.id)).toBeUndefined();
    expect(await escalationById(database, tenantId, "x' OR 1=1")).toBeUndefined();
  });

  test('an ICM has one open or approved request', async () => {
    const first = await fresh();
    expect(await database.transaction(addEscalation({ ...first, id: randomUUID() }))).toBe(false);
    expect(await database.transaction(changeEscalation(first, { state: 'withdrawn' }, now))).toBe(true);
    expect(await database.transaction(addEscalation({ ...first, id: randomUUID() }))).toBe(true);
  });

  test('it is decided once, on the revision that was seen', async () => {
    const escalation = await fresh();
    const other = person();
    expect(await database.transaction(decideEscalation(escalation, by(amara, { revision: 2 })))).toBe(false);
    const results = await Promise.all(
      [amara, other, person(), person()].map((who) => database.transaction(decideEscalation(escalation, by(who)))),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await escalationById(database, tenantId, escalation.id)).toMatchObject({ state: 'approved', revision: 2 });
    await expect(insertDecision(escalation.id, randomUUID(), { revision: 2 })).rejects.toThrow(/only an open request/);
    expect(await database.transaction(changeEscalation(escalation, { state: 'withdrawn' }, now))).toBe(false);
  });

  test('the database itself refuses the requester, an editor in any spelling, an old revision and another organisation', async () => {
    const escalation = await fresh();
    const editor = person();
    const refused = (approver: string, more = {}) =>
      expect(insertDecision(escalation.id, approver, more)).rejects.toThrow(/only an open request|does not decide/);
    await refused(priya.aadObjectId);
    await refused(priya.aadObjectId.toUpperCase());
    await database.transaction(changeEscalation(escalation, { details: escalation, editor }, now));
    await refused(editor.aadObjectId, { revision: 2 });
    await refused(editor.aadObjectId.toUpperCase(), { revision: 2 });
    await refused(amara.aadObjectId, { revision: 1 });
    await refused(amara.aadObjectId, { revision: 2, tenant: randomUUID() });
    await expect(
      insertDecision(escalation.id, amara.aadObjectId, { revision: 2, decision: 'declined' }),
    ).rejects.toThrow();
    await expect(insertDecision(escalation.id, '', { revision: 2 })).rejects.toThrow();
    expect(await escalationById(database, tenantId, escalation.id)).toMatchObject({ state: 'open', revision: 2 });
  });

  test('no state is reached but by its own way', async () => {
    const escalation = await fresh();
    const set = (column: string, value: unknown) =>
      database.query(`UPDATE escalation SET ${column} = $2 WHERE id = $1`, [escalation.id, value]);
    await expect(set('state', 'approved')).rejects.toThrow(/decided by a decision/);
    await expect(set('requester_id', amara.aadObjectId)).rejects.toThrow(/who asked stays/);
    await expect(set('revision', 0)).rejects.toThrow();
    await database.transaction(changeEscalation(escalation, { state: 'expired' }, now));
    await expect(set('state', 'open')).rejects.toThrow(/over once/);
  });

  test('trail, decision and editors are never changed', async () => {
    const escalation = await fresh();
    await database.transaction(
      addTrail(escalation.id, { at: now, actor: amara, step: 'asked', revision: 1, words: 'when\u0000?' }),
    );
    await database.transaction(decideEscalation(escalation, by()));
    for (const table of ['escalation_trail', 'escalation_decision', 'escalation_editor']) {
      await expect(database.query(`DELETE FROM ${table}`)).rejects.toThrow(/never changed/);
      await expect(database.query(`UPDATE ${table} SET escalation_id = escalation_id`)).rejects.toThrow(
        /never changed/,
      );
      await expect(database.query(`TRUNCATE ${table}`)).rejects.toThrow(/never changed/);
    }
    expect(await trailOf(database, escalation.id)).toEqual([
      {
        at: now,
        actor: { aadObjectId: amara.aadObjectId, name: 'Somebody' },
        step: 'asked',
        revision: 1,
        words: 'when?',
      },
    ]);
  });
});
