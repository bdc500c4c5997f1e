import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { keyFieldsFeature } from '../../../src/features/incidents/key-fields-feature.ts';
import { priorityOf, problemsOfMoments } from '../../../src/features/incidents/key-field-rules.ts';
import { keyFieldsOf, LEVELS } from '../../../src/features/incidents/key-field-store.ts';
import { icmByNumber } from '../../../src/features/tracking/icm-store.ts';
import type { Place } from '../../../src/local/activities.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import { testDatabases } from '../../support/databases.ts';
import { Harness, wordsIn } from '../../support/harness.ts';

const channel: Place = { kind: 'channel' };

describe('the order of moments', () => {
  const now = new Date('2026-11-20T09:00:00Z');
  const at = (clock: string) => new Date(`2026-11-20T${clock}:00Z`);

  test.each([
    [{ beganAt: at('05:20'), detectedAt: at('05:30'), firstResponseAt: at('05:41'), resolvedAt: at('07:10') }, []],
    [{ beganAt: at('05:20'), detectedAt: at('05:20') }, []],
    [{ resolvedAt: at('05:00'), beganAt: at('05:20') }, ['Resolved']],
    [{ beganAt: at('05:20'), firstResponseAt: at('05:10'), detectedAt: at('05:30') }, ['First response']],
    [{ beganAt: at('05:20'), closedAt: at('05:00'), resolvedAt: at('05:10') }, ['Resolved', 'Closed']],
    [{ beganAt: at('09:30') }, ['Began']],
    [{}, []],
  ])('%o', (moments, labels) => {
    expect(problemsOfMoments(moments, now, 'UTC').map(({ label }) => label)).toEqual(labels);
  });
});

test('priority never falls when impact or urgency rises', () => {
  const playbook = loadPlaybook();
  const rank = (impact: number, urgency: number) =>
    LEVELS.indexOf(priorityOf({ impact: LEVELS[impact], urgency: LEVELS[urgency] }, playbook)!);
  for (let impact = 0; impact < 4; impact += 1)
    for (let urgency = 0; urgency < 4; urgency += 1) {
      if (impact > 0) expect(rank(impact, urgency)).toBeGreaterThanOrEqual(rank(impact - 1, urgency));
      if (urgency > 0) expect(rank(impact, urgency)).toBeGreaterThanOrEqual(rank(impact, urgency - 1));
    }
  expect(priorityOf({ impact: 'high', urgency: undefined }, playbook)).toBeUndefined();
});

describe.each(testDatabases)('key fields on $name', ({ open }) => {
  let bot: Harness;
  beforeAll(async () => {
    bot = await Harness.start({ database: await open() });
  });
  afterAll(() => bot?.stop());
  beforeEach(async () => {
    for (const table of ['icm_role', 'icm_key_fields', 'follow_up', 'outbox', 'icm', 'preference', 'audit'])
      await bot.database.query(`DELETE FROM ${table}`);
    bot.clock.now = Date.parse('2026-11-20T09:00:00Z');
  });
  const words = (key: string, id: string) => wordsIn(bot.cardFor(key, id));
  const icmOf = async () => (await icmByNumber(bot.database, bot.standIn.world.tenantId, '512345678'))!;
  const fields = async () => keyFieldsOf(bot.database, await icmOf());
  const tracked = async () => {
    const { message } = await bot.ask('priya', 'track 512345678 outage', channel);
    return { kind: 'channel' as const, rootId: message.rootId! };
  };
  const row = () => bot.database.query('SELECT * FROM icm_key_fields');

  test('are typed one by one or together, and the spans are counted from both', async () => {
    const thread = await tracked();
    const first = await bot.ask('lukas', 'began 512345678 at 05:20 UTC', thread);
    expect(wordsIn(first.card)).toContain('Kept: began.');
    expect(wordsIn(first.card)).toContain('Began\ntoday 10:50 (Asia/Kolkata, UTC+5:30)');
    expect(wordsIn(first.card)).toContain('Assigned to\nPriya Sharma');
    expect(wordsIn(first.card)).toContain('Reported by\nPriya Sharma');
    await bot.ask('lukas', 'detected at 06:30', thread);
    await bot.ask('mei', 'first response 05:41 UTC', thread);
    const { card } = await bot.ask('priya', 'impact high urgency critical', thread);
    expect(wordsIn(card)).toContain('Priority\ncritical');
    expect(wordsIn(card)).toContain('The documents do not say how priority follows from impact and urgency.');
    expect(wordsIn(card)).toContain(
      'Time to first response\n11 min from when it was detected, 21 min from when it began',
    );
    bot.clock.now = Date.parse('2026-11-20T09:30:00Z');
    await bot.say('priya', 'resolve 512345678', thread);
    // Tracking knows when it was resolved; the clock of the database is not the clock of the test.
    const resolvedAt = new Date('2026-11-20T07:30:00Z');
    await bot.database.query('UPDATE icm SET resolved_at = $1', [resolvedAt.toISOString()]);
    expect((await fields()).resolvedAt).toEqual(resolvedAt);
    expect((await fields()).toResolution).toEqual({ fromDetected: 120 * 60_000, fromBegan: 130 * 60_000 });
    const trail = await bot.database.query<{ details: object }>(
      `SELECT details FROM audit WHERE event = 'key fields changed' ORDER BY id`,
    );
    expect(trail.map(({ details }) => details)).toContainEqual({ fields: 'impact,urgency', revision: 4 });
    const told = await keyFieldsFeature.timeline!(await icmOf(), bot.database);
    expect(told.map(({ at, text }) => `${at.toISOString().slice(11, 16)} ${text}`)).toEqual([
      '05:20 The incident began.',
      '05:30 It was detected.',
      '05:41 The first response was given.',
      '09:00 Impact: high. Urgency: critical.',
    ]);
  });

  test('what cannot be is told, and what was typed stays', async () => {
    const thread = await tracked();
    await bot.say('priya', 'began 512345678 at 05:20 UTC', thread);
    const order = await bot.ask('priya', 'resolved 512345678 at 04:00 UTC', thread);
    expect(wordsIn(order.card)).toContain('“Resolved”, today 09:30 (Asia/Kolkata, UTC+5:30), lies before “Began”');
    expect(wordsIn(order.card)).toContain('04:00 UTC');
    const future = await bot.ask('priya', 'detected 512345678 tomorrow 9am', thread);
    expect(wordsIn(future.card)).toContain('is still to come');
    expect(wordsIn(future.card)).toContain('tomorrow 9am');
    expect((await fields()).typed.resolvedAt).toBeUndefined();
    expect((await fields()).revision).toBe(1);
  });

  test('are typed on the form; what is wrong comes back, and two writers lose nothing', async () => {
    const thread = await tracked();
    const { message } = await bot.ask('priya', 'key fields 512345678', thread);
    await bot.press('priya', message.id, 'Change the fields');
    const typed = {
      beganAt: '10:50',
      detectedAt: 'when we saw it',
      firstResponseAt: '',
      resolvedAt: '',
      closedAt: '',
      impact: 'medium',
      urgency: 'unknown',
      reportedBy: 'Contoso **bold** <at>Lukas</at>',
      assignedTo: '',
    };
    await bot.press('priya', message.id, 'Save the fields', typed);
    expect(words('priya', message.id)).toContain('**Detected:** I see no time there.');
    expect(words('priya', message.id)).toContain('when we saw it');
    expect(await row()).toEqual([]);
    // Meanwhile somebody else is faster.
    await bot.say('lukas', 'impact 512345678 high', thread);
    await bot.press('priya', message.id, 'Save the fields', { ...typed, detectedAt: '' });
    expect(words('priya', message.id)).toContain('Somebody has changed the fields while you wrote.');
    expect(words('priya', message.id)).toContain('impact: high');
    expect(words('priya', message.id)).toContain('10:50');
    await bot.press('priya', message.id, 'Save the fields', { ...typed, detectedAt: '' });
    expect((await fields()).typed).toMatchObject({ impact: 'medium', reportedBy: typed.reportedBy });
    expect((await fields()).beganAt?.toISOString()).toBe('2026-11-20T05:20:00.000Z');
    // Hostile text is shown as text, to everybody.
    expect(words('lukas', message.id)).toContain('Contoso **bold**');
    expect(JSON.stringify(bot.cardFor('lukas', message.id))).toContain('Contoso \\\\*\\\\*bold');
    expect(JSON.stringify(bot.cardFor('lukas', message.id))).not.toContain('"mention"');
    const trail = await bot.database.query('SELECT details FROM audit');
    expect(JSON.stringify(trail)).not.toContain('Contoso');
    expect(bot.log.join('\n')).not.toContain('Contoso');
  });

  test('without an ICM beside it, such a line is no field', async () => {
    const [message] = await bot.say('mei', 'detected at 05:30');
    expect(JSON.stringify(message)).not.toContain('Key fields');
    const { card } = await bot.ask('mei', 'what are the key fields of an incident?');
    expect(wordsIn(card)).toContain('F56');
  });

  test('are nobody else’s when the ICM is tracked in a personal chat or another tenant', async () => {
    await bot.ask('priya', 'track 512345678');
    const { message } = await bot.ask('priya', 'key fields 512345678');
    const icm = (await icmOf()).id;
    const outcome = await bot.client.press(bot.person('mei'), message.id, {
      type: 'Action.Execute',
      verb: 'key-fields/save',
      data: { icm, revision: 0, impact: 'low' },
    });
    expect(outcome.kind).not.toBe('card');
    const typed = await bot.say('mei', 'impact 512345678 high', channel);
    expect(JSON.stringify(typed)).toContain('I do not track ICM 512345678.');
    await bot.database.query(`UPDATE icm SET tenant_id = '00000000-0000-4000-8000-00000000000f'`);
    const other = await bot.say('priya', 'impact 512345678 high');
    expect(JSON.stringify(other)).toContain('I do not track ICM 512345678.');
    expect(await row()).toEqual([]);
  });
});
