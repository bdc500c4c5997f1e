import { purge } from '../../src/features/about/purge.ts';
import { loadPlaybook } from '../../src/playbook/load.ts';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Dialog, Person, Place } from '../../src/features/feature.ts';
import type { Database } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createTurns, type ActivityKey, type Effect, type Turns } from '../../src/store/turns.ts';
import { testDatabases } from '../support/databases.ts';

const person: Person = { tenantId: 'tenant', aadObjectId: 'aad-1', teamsId: '29:one', name: 'Ada' };
const other: Person = { ...person, aadObjectId: 'aad-2', teamsId: '29:two', name: 'Bo' };

describe.each(testDatabases)('turns on $name', (home) => {
  let database: Database;
  let turns: Turns;
  let place: Place;
  let problems: unknown[];

  beforeAll(async () => {
    database = await home.open();
    await migrate(database);
  });
  afterAll(() => database.close());
  beforeEach(() => {
    problems = [];
    turns = createTurns(database, (error) => problems.push(error));
    // A conversation of its own for each test.
    place = {
      kind: 'personal',
      conversationId: `chat-${randomUUID()}`,
      serviceUrl: 'http://127.0.0.1/',
      botId: '28:bot',
    };
  });

  let count = 0;
  const newKey = (activityId = `activity-${(count += 1)}`): ActivityKey => ({
    tenantId: 'tenant',
    conversationId: place.conversationId,
    activityId,
  });
  const effect = (more: Partial<Effect> = {}): Effect => ({ answer: { text: 'hi' }, answered: false, ...more });
  const rows = (table: string) =>
    database.query<Record<string, unknown>>(`SELECT * FROM ${table} WHERE conversation_id = $1`, [
      place.conversationId,
    ]);
  const ageLease = (key: ActivityKey) =>
    database.query(
      `UPDATE inbox SET lease_until = now() - interval '1 second' WHERE activity_id = $1 AND conversation_id = $2`,
      [key.activityId, key.conversationId],
    );

  /** A dialog that was started in a turn of its own. */
  async function start(state: unknown = { step: 1 }, by = person): Promise<Dialog> {
    const key = newKey();
    const id = randomUUID();
    await turns.begin(key, by.aadObjectId, undefined);
    expect(await turns.commit(key, by, effect({ dialog: { kind: 'start', id, feature: 'advice', state } }))).toBe(
      'kept',
    );
    return (await turns.readDialog('tenant', id)) as Dialog;
  }

  describe('begin', () => {
    test('takes a new activity, and a repeat of it is taken already', async () => {
      const key = newKey();
      expect(await turns.begin(key, 'aad-1', undefined)).toEqual({ kind: 'fresh', dialog: undefined });
      expect(await turns.begin(key, 'aad-1', undefined)).toEqual({ kind: 'taken', dialog: undefined });
    });

    test('of twenty repeats at once takes one', async () => {
      const key = newKey();
      const all = await Promise.all(Array.from({ length: 20 }, () => turns.begin(key, 'aad-1', undefined)));
      expect(all.filter(({ kind }) => kind === 'fresh')).toHaveLength(1);
      expect(all.filter(({ kind }) => kind === 'taken')).toHaveLength(19);
    });

    test('keeps tenants and conversations apart', async () => {
      const key = newKey();
      await turns.begin(key, 'aad-1', undefined);
      expect(await turns.begin({ ...key, tenantId: 'other' }, 'aad-1', undefined)).toMatchObject({ kind: 'fresh' });
      expect(
        await turns.begin({ ...key, conversationId: `${place.conversationId};messageid=1` }, 'aad-1', undefined),
      ).toMatchObject({ kind: 'fresh' });
    });

    test('gives the kept answer for what was answered', async () => {
      const key = newKey();
      await turns.begin(key, 'aad-1', undefined);
      await turns.commit(key, person, effect({ answer: { card: 'menu', view: { a: [1] } }, answered: true }));
      expect(await turns.begin(key, 'aad-1', undefined)).toEqual({
        kind: 'answered',
        answer: { card: 'menu', view: { a: [1] } },
        dialog: undefined,
      });
    });

    test('takes an activity over when its process has died', async () => {
      const key = newKey();
      await turns.begin(key, 'aad-1', undefined);
      await ageLease(key);
      const all = await Promise.all([1, 2, 3].map(() => turns.begin(key, 'aad-1', undefined)));
      expect(all.filter(({ kind }) => kind === 'fresh')).toHaveLength(1);
      expect(await turns.begin(key, 'aad-1', undefined)).toMatchObject({ kind: 'taken' });
    });

    test('gives what a dead process had kept but not sent, so that it is not decided again', async () => {
      const key = newKey();
      await turns.begin(key, 'aad-1', undefined);
      await turns.commit(key, person, effect({ answer: { text: 'kept' } }));
      await ageLease(key);
      expect(await turns.begin(key, 'aad-1', undefined)).toEqual({
        kind: 'fresh',
        dialog: undefined,
        kept: { text: 'kept' },
      });
    });

    test('never takes over what was answered, however old its lease', async () => {
      const key = newKey();
      await turns.begin(key, 'aad-1', undefined);
      turns.answered(key);
      await turns.flush();
      await ageLease(key);
      expect(await turns.begin(key, 'aad-1', undefined)).toEqual({ kind: 'answered', answer: null, dialog: undefined });
    });

    test("reads the person's newest open dialog in this place", async () => {
      await start({ step: 'old' });
      const newest = await start({ step: 'new' });
      await start({ step: 'of another' }, other);
      const closed = await start({ step: 'closed' });
      const key = newKey();
      await turns.begin(key, 'aad-1', undefined);
      await turns.commit(key, person, effect({ dialog: { kind: 'update', dialog: closed, state: {}, open: false } }));
      expect((await turns.begin(newKey(), 'aad-1', undefined)).dialog).toEqual(newest);
      expect((await turns.begin(newKey(), 'aad-3', undefined)).dialog).toBeUndefined();
      expect(
        (await turns.begin({ ...newKey(), conversationId: 'elsewhere' }, 'aad-1', undefined)).dialog,
      ).toBeUndefined();
      expect((await turns.begin({ ...newKey(), tenantId: 'other' }, 'aad-1', undefined)).dialog).toBeUndefined();
    });

    test('reads a dialog by its id, also one of another person or a closed one', async () => {
      const dialog = await start({ step: 1 }, other);
      expect((await turns.begin(newKey(), 'aad-1', dialog.id)).dialog).toEqual(dialog);
      expect((await turns.begin(newKey(), 'aad-1', dialog.id.toUpperCase())).dialog).toEqual(dialog);
      expect(
        (await turns.begin({ ...newKey(), conversationId: 'elsewhere' }, 'aad-1', dialog.id)).dialog,
      ).toBeUndefined();
      expect((await turns.begin({ ...newKey(), tenantId: 'other' }, 'aad-1', dialog.id)).dialog).toBeUndefined();
    });

    test.each([
      '',
      'x',
      '__proto__',
      "'; DROP TABLE dialog; --",
      '00000000-0000-0000-0000-00000000000',
      'x'.repeat(10_000),
    ])('reads no dialog for the id %j, not even the newest', async (id) => {
      await start();
      expect(await turns.begin(newKey(), 'aad-1', id.slice(0, 10_000))).toEqual({ kind: 'fresh', dialog: undefined });
    });
  });

  describe('commit', () => {
    test('starts a dialog with its owner, its state and an audit row', async () => {
      const key = newKey();
      const id = randomUUID();
      await turns.begin(key, 'aad-1', undefined);
      const kept = await turns.commit(key, person, {
        ...effect({ answered: true }),
        dialog: { kind: 'start', id, feature: 'advice', state: { a: [1, { b: null }] } },
        audit: { event: 'check started', subject: id, details: { step: 1, why: null } },
      });
      expect(kept).toBe('kept');
      expect(await turns.readDialog('tenant', id)).toEqual({
        id,
        feature: 'advice',
        place: { conversationId: place.conversationId },
        ownerId: 'aad-1',
        ownerTeamsId: '29:one',
        ownerName: 'Ada',
        revision: 1,
        state: { a: [1, { b: null }] },
        open: true,
        cardActivityId: undefined,
      });
      expect(await rows('audit')).toMatchObject([
        {
          tenant_id: 'tenant',
          actor_id: 'aad-1',
          event: 'check started',
          subject: id,
          details: { step: 1, why: null },
        },
      ]);
    });

    test('moves a dialog to another place, where it is found from then on', async () => {
      const dialog = await start();
      const elsewhere = { ...place, conversationId: `private-${dialog.id}` };
      const key = newKey();
      await turns.begin(key, 'aad-1', dialog.id);
      const change = { kind: 'update', dialog, state: {}, open: true, moveTo: elsewhere } as const;
      expect(await turns.commit(key, person, effect({ dialog: change }))).toBe('kept');
      expect((await turns.begin(newKey(), 'aad-1', undefined)).dialog).toBeUndefined();
      const there = { ...newKey(), conversationId: elsewhere.conversationId };
      expect((await turns.begin(there, 'aad-1', undefined)).dialog).toMatchObject({ id: dialog.id, revision: 2 });
    });

    test('changes a dialog on the revision that was read, and counts it up', async () => {
      const dialog = await start();
      const key = newKey();
      await turns.begin(key, 'aad-1', dialog.id);
      expect(
        await turns.commit(
          key,
          person,
          effect({ dialog: { kind: 'update', dialog, state: { step: 2 }, open: false } }),
        ),
      ).toBe('kept');
      expect(await turns.readDialog('tenant', dialog.id)).toEqual({
        ...dialog,
        revision: 2,
        state: { step: 2 },
        open: false,
      });
    });

    test('on a revision that has moved on writes nothing: no state, no audit row, no answer', async () => {
      const dialog = await start();
      const [first, second] = [newKey(), newKey()];
      await turns.begin(first, 'aad-1', dialog.id);
      await turns.begin(second, 'aad-1', dialog.id);
      const change = (step: number): Effect => ({
        ...effect({ answer: { text: `${step}` }, answered: true }),
        dialog: { kind: 'update', dialog, state: { step }, open: true },
        audit: { event: 'stepped', subject: dialog.id, details: { step } },
      });
      expect(await turns.commit(first, person, change(2))).toBe('kept');
      expect(await turns.commit(second, person, change(3))).toBe('moved');
      expect((await turns.readDialog('tenant', dialog.id))?.state).toEqual({ step: 2 });
      expect(await rows('audit')).toHaveLength(1);
      expect(await turns.begin(second, 'aad-1', dialog.id)).toMatchObject({ kind: 'taken' });
      expect((await rows('inbox')).find((row) => row['activity_id'] === second.activityId)).toMatchObject({
        answer: null,
        answered_at: null,
      });
    });

    test('of ten changes at once keeps one', async () => {
      const dialog = await start();
      const keys = Array.from({ length: 10 }, () => newKey());
      await Promise.all(keys.map((key) => turns.begin(key, 'aad-1', dialog.id)));
      const kept = await Promise.all(
        keys.map((key, step) =>
          turns.commit(key, person, effect({ dialog: { kind: 'update', dialog, state: { step }, open: true } })),
        ),
      );
      expect(kept.filter((one) => one === 'kept')).toHaveLength(1);
      expect(await turns.readDialog('tenant', dialog.id)).toMatchObject({
        revision: 2,
        state: { step: kept.indexOf('kept') },
      });
    });

    test('does not change a dialog of another tenant', async () => {
      const dialog = await start();
      const key = { ...newKey(), tenantId: 'other' };
      await turns.begin(key, 'aad-1', dialog.id);
      const foreign = { ...person, tenantId: 'other' };
      expect(
        await turns.commit(key, foreign, effect({ dialog: { kind: 'update', dialog, state: {}, open: true } })),
      ).toBe('moved');
      expect(await turns.readDialog('tenant', dialog.id)).toEqual(dialog);
      expect(await turns.readDialog('other', dialog.id)).toBeUndefined();
    });

    test('without a dialog keeps the audit row and the answer', async () => {
      const key = newKey();
      await turns.begin(key, 'aad-1', undefined);
      expect(
        await turns.commit(
          key,
          person,
          effect({ answered: true, audit: { event: 'looked', subject: '', details: {} } }),
        ),
      ).toBe('kept');
      expect(await rows('audit')).toHaveLength(1);
      expect(await turns.begin(key, 'aad-1', undefined)).toMatchObject({ kind: 'answered', answer: { text: 'hi' } });
    });

    test('that comes late does not make an answered activity unanswered', async () => {
      const key = newKey();
      await turns.begin(key, 'aad-1', undefined);
      turns.answered(key);
      await turns.flush();
      await turns.commit(key, person, effect());
      expect(await turns.begin(key, 'aad-1', undefined)).toMatchObject({ kind: 'answered' });
    });

    // Rows I1 and H14.
    test.each<[string, string, string]>([
      ['NUL', 'a\0b', 'ab'],
      ['NUL typed with a backslash', 'a\\u0000b', 'a\\u0000b'],
      ['backslashes before NUL', '\\\\\0\\', '\\\\\\'],
      ['half a surrogate pair', 'a\uD800b\uDFFF', 'a\uFFFDb\uFFFD'],
      ['half a pair typed with a backslash', '\\ud800', '\\ud800'],
      ['an emoji', '👨‍👩‍👧', '👨‍👩‍👧'],
      ['quotes and semicolons', `'";--$1`, `'";--$1`],
      ['controls', '\u0001\b\n\r\t\u001B', '\u0001\b\n\r\t\u001B'],
    ])('keeps %s in a state, an answer and an audit row', async (_title, text, kept) => {
      const dialog = await start({ text, [text]: [text] });
      expect(dialog.state).toEqual({ text: kept, [kept]: [kept] });
      const key = newKey();
      await turns.begin(key, 'aad-1', undefined);
      await turns.commit(key, person, {
        answer: { text },
        answered: true,
        audit: { event: 'e', subject: 's', details: { text } },
      });
      expect(await turns.begin(key, 'aad-1', undefined)).toMatchObject({ kind: 'answered', answer: { text: kept } });
      expect((await rows('audit'))[0]?.['details']).toEqual({ text: kept });
    });

    test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('keeps %s as a key of data', async (name) => {
      const state = JSON.parse(`{"${name}":{"polluted":true}}`) as object;
      const dialog = await start(state);
      expect(JSON.stringify(dialog.state)).toBe(JSON.stringify(state));
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    });
  });

  describe('an activity that could not be answered', () => {
    test('is given back and taken as new', async () => {
      const key = newKey();
      await turns.begin(key, 'aad-1', undefined);
      await turns.release(key);
      expect(await turns.begin(key, 'aad-1', undefined)).toEqual({ kind: 'fresh', dialog: undefined });
    });

    test('is given back with what it has kept, since deciding again would change things twice', async () => {
      const dialog = await start();
      const key = newKey();
      await turns.begin(key, 'aad-1', undefined);
      await turns.commit(
        key,
        person,
        effect({ answer: { text: 'kept' }, dialog: { kind: 'update', dialog, state: {}, open: true } }),
      );
      await turns.release(key);
      expect(await turns.begin(key, 'aad-1', undefined)).toMatchObject({
        kind: 'fresh',
        kept: { text: 'kept' },
        dialog: { revision: 2 },
      });
    });

    test('stays answered when it was answered', async () => {
      const key = newKey();
      await turns.begin(key, 'aad-1', undefined);
      await turns.commit(key, person, effect({ answered: true }));
      await turns.release(key);
      expect(await turns.begin(key, 'aad-1', undefined)).toMatchObject({ kind: 'answered' });
    });
  });

  describe('marks of what is answered', () => {
    test('are written together, in one statement, with the messages that show the dialogs', async () => {
      const [one, two] = [await start({}), await start({}, other)];
      const keys = Array.from({ length: 50 }, () => newKey());
      await Promise.all(keys.map((key) => turns.begin(key, 'aad-1', undefined)));
      const before = database.counts.statements;
      keys.forEach((key, at) =>
        turns.answered(
          key,
          at === 0
            ? { dialogId: one.id, activityId: 'm1' }
            : at === 1
              ? { dialogId: two.id, activityId: 'm2' }
              : undefined,
        ),
      );
      await turns.flush();
      expect(database.counts.statements - before).toBe(1);
      for (const key of keys) expect((await turns.begin(key, 'aad-1', undefined)).kind).toBe('answered');
      expect((await turns.readDialog('tenant', one.id))?.cardActivityId).toBe('m1');
      expect((await turns.readDialog('tenant', two.id))?.cardActivityId).toBe('m2');
    });

    test('are written at once when there are many', async () => {
      const keys = Array.from({ length: 501 }, () => newKey());
      for (const key of keys) turns.answered(key);
      await turns.flush();
      expect(problems).toEqual([]);
    });

    test('that cannot be written are told and stop nothing', async () => {
      const broken = createTurns({ ...database, query: () => Promise.reject(new Error('gone')) }, (error) =>
        problems.push(error),
      );
      broken.answered(newKey());
      await broken.flush();
      await broken.flush();
      expect(problems).toEqual([expect.objectContaining({ message: 'gone' })]);
    });

    test('are nothing when there is nothing', async () => {
      const before = database.counts.statements;
      await turns.flush();
      expect(database.counts.statements).toBe(before);
    });
  });

  test('a purge takes the inbox of a day ago and dialogs that nobody touched for 30 days, and no audit row', async () => {
    const [old, fresh] = [await start(), await start()];
    const key = newKey();
    await turns.begin(key, 'aad-1', undefined);
    await turns.commit(key, person, effect({ audit: { event: 'e', subject: 's', details: {} } }));
    const inbox = (await rows('inbox')).length;
    await database.query(
      `UPDATE inbox SET received_at = now() - interval '25 hours' WHERE conversation_id = $1 AND activity_id <> $2`,
      [place.conversationId, key.activityId],
    );
    await database.query(`UPDATE dialog SET updated_at = now() - interval '31 days' WHERE id = $1::uuid`, [old.id]);
    expect(inbox).toBeGreaterThan(1);
    await purge(database, loadPlaybook().retention);
    expect(await rows('inbox')).toHaveLength(1);
    expect(await turns.readDialog('tenant', old.id)).toBeUndefined();
    expect(await turns.readDialog('tenant', fresh.id)).toBeDefined();
    expect(await rows('audit')).toHaveLength(1);
  });

  test('a turn costs two statements', async () => {
    const dialog = await start();
    const key = newKey();
    const before = database.counts.statements;
    await turns.begin(key, 'aad-1', dialog.id);
    await turns.commit(
      key,
      person,
      effect({
        answered: true,
        dialog: { kind: 'update', dialog, state: {}, open: true },
        audit: { event: 'e', subject: 's', details: {} },
      }),
    );
    expect(database.counts.statements - before).toBe(2);
  });

  test.each([
    'UPDATE audit SET event = $1',
    'TRUNCATE audit',
    "UPDATE audit SET details = '{}' WHERE false",
    'TRUNCATE audit CASCADE',
  ])('the trail cannot be changed: %s', async (sql) => {
    const key = newKey();
    await turns.begin(key, 'aad-1', undefined);
    await turns.commit(key, person, effect({ audit: { event: 'e', subject: 's', details: {} } }));
    await expect(database.query(sql, sql.includes('$1') ? ['forged'] : [])).rejects.toThrow(
      'audit rows are never changed',
    );
    expect(await rows('audit')).toMatchObject([{ event: 'e' }]);
  });
});
