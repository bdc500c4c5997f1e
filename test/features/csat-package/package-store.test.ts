import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { addEscalation, decideEscalation, trailOf } from '../../../src/features/escalation/escalation-store.ts';
import type { Change } from '../../../src/features/feature.ts';
import {
  askForEmail,
  changePackage,
  packageOf,
  settleEmail,
  takeEmail,
} from '../../../src/features/csat-package/package-store.ts';
import type { Database } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { approver, escalationOf } from '../../support/approved.ts';
import { testDatabases } from '../../support/databases.ts';

const priya = { tenantId: 't', aadObjectId: 'priya', teamsId: '29:p', name: 'Priya Sharma' };
const place = { kind: 'channel', conversationId: '19:c', serviceUrl: 'https://x', botId: '28:b' } as const;
const at = new Date('2026-11-20T09:00:00Z');
const addresses = { by: priya, to: ['dana@contoso.example'], cc: [] };

describe.each(testDatabases)('packages on $name', ({ open }) => {
  let database: Database;
  let number = 512_345_000;
  beforeAll(async () => {
    database = await open();
    await migrate(database);
  }, 60_000);
  afterAll(() => database.close());

  const kept = (change: Change) => database.transaction((transaction) => change(transaction));
  async function approved() {
    const escalation = escalationOf(priya, place, at, { icmNumber: String((number += 1)) });
    await kept(addEscalation(escalation));
    const { tenantId, id } = escalation;
    const decision = { decision: 'approved', by: approver(tenantId), at, revision: 1, words: '' } as const;
    await kept(decideEscalation(escalation, decision));
    return { id, now: () => packageOf(database, tenantId, id) };
  }
  const line = { at, step: 'email', words: '' };

  test('a package of which nothing was done has no row, and its first change makes one', async () => {
    const { now } = await approved();
    const fresh = await now();
    expect(fresh).toMatchObject({ revision: 0, email: { state: 'prepared', attempt: 0 } });
    expect(await kept(changePackage(fresh, { done: new Set(['note', 'srTitle']) }))).toBe(true);
    const state = await now();
    expect([...state.done]).toEqual(['srTitle', 'note']);
    expect(state.revision).toBe(2);
  });

  test('of two changes on the same revision one is kept, also when both are the first', async () => {
    const { now } = await approved();
    for (const round of [0, 1]) {
      const state = await now();
      const done = new Set(round === 0 ? (['note'] as const) : (['srTitle'] as const));
      const results = await Promise.all([kept(changePackage(state, { done })), kept(changePackage(state, { done }))]);
      expect(results.sort()).toEqual([false, true]);
    }
  });

  test('an email is taken by one of many, once for each time that somebody asked', async () => {
    const { id, now } = await approved();
    expect(await takeEmail(database, id, 1, at)).toBe(false);
    expect(await kept(askForEmail(await now(), addresses, at))).toBe(true);
    const taken = await Promise.all(Array.from({ length: 20 }, () => takeEmail(database, id, 1, at)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await takeEmail(database, id, 1, at)).toBe(false);
  });

  test('what is sent, or may be, is never asked for again; what surely failed may be', async () => {
    const { id, now } = await approved();
    await kept(askForEmail(await now(), addresses, at));
    expect(await kept(askForEmail(await now(), addresses, at))).toBe(false);
    await takeEmail(database, id, 1, at);
    expect(await kept(askForEmail(await now(), addresses, at))).toBe(false);
    expect(await settleEmail(database, await now(), { state: 'failed', reason: 'No.' }, line)).toBe(true);
    expect(await kept(askForEmail(await now(), addresses, at))).toBe(true);
    await takeEmail(database, id, 2, at);
    // The first attempt has nothing to say any more.
    const first = { ...(await now()), email: { ...(await now()).email, attempt: 1 } };
    expect(await settleEmail(database, first, { state: 'sent', reason: '' }, line)).toBe(false);
    expect(await settleEmail(database, await now(), { state: 'unknown', reason: 'Killed.' }, line)).toBe(true);
    expect(await kept(askForEmail(await now(), addresses, at))).toBe(false);
    expect((await now()).email).toMatchObject({ state: 'unknown', attempt: 2, reason: 'Killed.' });
    // Whoever was sending it may come to know after all.
    expect(await settleEmail(database, await now(), { state: 'sent', reason: '' }, line)).toBe(true);
    expect((await now()).done.has('email')).toBe(true);
    expect(await settleEmail(database, await now(), { state: 'unknown', reason: '' }, line)).toBe(false);
    expect((await trailOf(database, id)).map(({ step }) => step)).toEqual(['email', 'email', 'email']);
  });

  test('an email that somebody was refused does not count as done', async () => {
    const { id, now } = await approved();
    await kept(askForEmail(await now(), addresses, at));
    await takeEmail(database, id, 1, at);
    await settleEmail(database, await now(), { state: 'sent', reason: '', refused: ['dana@contoso.example'] }, line);
    expect((await now()).done.has('email')).toBe(false);
    expect((await now()).email.refused).toEqual(['dana@contoso.example']);
  });

  test.each([
    [`UPDATE csat_package SET email_state = 'sending' WHERE escalation_id = $1`],
    [`UPDATE csat_package SET email_attempt = 2 WHERE escalation_id = $1`],
    [`UPDATE csat_package SET email_state = 'prepared', email_attempt = 0 WHERE escalation_id = $1`],
  ])('the database refuses, of an email whose outcome is not known: %s', async (sql) => {
    const { id, now } = await approved();
    await kept(askForEmail(await now(), addresses, at));
    await takeEmail(database, id, 1, at);
    await settleEmail(database, await now(), { state: 'unknown', reason: '' }, line);
    await expect(database.query(sql, [id])).rejects.toMatchObject({ code: '23514' });
  });

  test('there is no package without an escalation', async () => {
    const fresh = await packageOf(database, 't', randomUUID());
    await expect(kept(changePackage(fresh, { done: new Set() }))).rejects.toThrow();
  });
});
