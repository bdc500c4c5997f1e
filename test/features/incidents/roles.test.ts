import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Place } from '../../../src/local/activities.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import { rolesFeature } from '../../../src/features/incidents/roles-feature.ts';
import { holdersOf } from '../../../src/features/incidents/role-store.ts';
import { icmByNumber } from '../../../src/features/tracking/icm-store.ts';
import { testDatabases } from '../../support/databases.ts';
import { buttonsOf, Harness, wordsIn } from '../../support/harness.ts';
import { withLeads } from '../../support/leads.ts';

const minute = 60_000;
const channel: Place = { kind: 'channel' };

describe.each(testDatabases)('roles on $name', ({ open }) => {
  let bot: Harness;
  beforeAll(async () => {
    bot = await Harness.start({
      database: await open(),
      playbook: withLeads(loadPlaybook(), 'diego'),
    });
  });
  afterAll(() => bot?.stop());
  beforeEach(async () => {
    for (const table of [
      'default_role',
      'icm_role',
      'icm_key_fields',
      'follow_up',
      'outbox',
      'icm',
      'preference',
      'audit',
    ])
      await bot.database.query(`DELETE FROM ${table}`);
    await bot.database.query(`UPDATE route SET paced_to = '-infinity', not_before = '-infinity'`);
    bot.clock.now = Date.parse('2026-11-20T09:00:00Z');
  });

  const words = (key: string, id: string) => wordsIn(bot.cardFor(key, id));
  const titles = (key: string, id: string) => buttonsOf(bot.cardFor(key, id)).map((button) => String(button['title']));
  const tenantId = () => bot.standIn.world.tenantId;
  const holders = async (number = '512345678'): Promise<Record<string, string>> => {
    const icm = await icmByNumber(bot.database, tenantId(), number);
    const all = await holdersOf(bot.database, icm!);
    return Object.fromEntries([...all].map(([role, { name }]) => [role, name]));
  };
  const audit = () =>
    bot.database.query<{ event: string; details: object }>(
      `SELECT event, details FROM audit WHERE event LIKE '%role%' ORDER BY id`,
    );
  /** The thread of the answer, to go on in. */
  const threadOf = (message: { rootId?: string }) => ({ kind: 'channel' as const, rootId: message.rootId! });
  const tracked = async (line = 'track 512345678 sev B', key = 'priya') => {
    const { message } = await bot.ask(key, line, channel);
    return threadOf(message);
  };

  test('are taken, given by a mention, handed over and ended, and every step stays on record', async () => {
    const thread = await tracked();
    const first = await bot.ask('lukas', 'I am the scribe for 512345678', thread);
    expect(wordsIn(first.card)).toContain('Lukas Weber is the scribe now.');
    expect(await holders()).toEqual({ scribe: 'Lukas Weber' });
    const given = await bot.ask('lukas', 'commander of 512345678 is @Amara Nowak', thread);
    expect(wordsIn(given.card)).toContain('<at>Amara Nowak</at>, you are the incident commander of ICM 512345678 now.');
    expect((given.card['msteams'] as { entities: unknown[] }).entities).toEqual([
      { type: 'mention', text: '<at>Amara Nowak</at>', mentioned: { id: bot.person('amara').id, name: 'Amara Nowak' } },
    ]);
    // Without a number: the one ICM of the thread.
    await bot.ask('lukas', 'hand over scribe to @Mei Tanaka', thread);
    expect(await holders()).toEqual({ commander: 'Amara Nowak', scribe: 'Mei Tanaka' });
    const ended = await bot.ask('mei', 'step down as scribe', thread);
    expect(wordsIn(ended.card)).toContain('Mei Tanaka is not the scribe any more. Nobody is, for now.');
    expect(wordsIn(ended.card)).toContain('**Scribe:** nobody yet');
    expect(await holders()).toEqual({ commander: 'Amara Nowak' });
    const rows = await bot.database.query<{ person_name: string; turn: number; ended_by_name: string | null }>(
      `SELECT person_name, turn, ended_by_name FROM icm_role WHERE role = 'scribe' ORDER BY turn`,
    );
    expect(rows).toEqual([
      { person_name: 'Lukas Weber', turn: 1, ended_by_name: 'Lukas Weber' },
      { person_name: 'Mei Tanaka', turn: 2, ended_by_name: 'Mei Tanaka' },
    ]);
    const trail = await audit();
    expect(trail.map(({ event }) => event)).toEqual(Array.from({ length: 4 }, () => 'roles changed'));
    expect(JSON.stringify(trail)).not.toContain('Tanaka');
    const icm = (await icmByNumber(bot.database, tenantId(), '512345678'))!;
    const told = await rolesFeature.timeline!(icm, bot.database);
    expect(told.map(({ text, by }) => `${text} ${by}`)).toEqual([
      'Lukas Weber became scribe. Lukas Weber',
      'Amara Nowak became incident commander. Lukas Weber',
      'Mei Tanaka took over as scribe from Lukas Weber. Lukas Weber',
      'Mei Tanaka is not scribe any more. Mei Tanaka',
    ]);
  });

  test('are shown for “roles”, “who has which role” and “who is the scribe?”', async () => {
    const thread = await tracked();
    await bot.say('lukas', 'I am the scribe', thread);
    for (const line of ['roles 512345678', 'who has which role', 'who is the scribe?', 'roles']) {
      const { card } = await bot.ask('mei', line, thread);
      expect(wordsIn(card)).toContain('Roles · ICM 512345678');
      expect(wordsIn(card)).toContain('**Scribe:** Lukas Weber, since today 14:30 (Asia/Kolkata, UTC+5:30)');
    }
  });

  test.each([
    ['what does a scribe do?', 'F68'],
    ['who can be the scribe', 'F68'],
    ['what does the communications officer do', 'F67'],
    ['what is an incident commander?', 'F66'],
  ])('“%s” is still answered from the playbook, also beside an ICM', async (line, rule) => {
    const thread = await tracked();
    const { card } = await bot.ask('mei', line, thread);
    expect(wordsIn(card)).not.toContain('Roles · ICM');
    expect(wordsIn(card)).toContain(rule);
  });

  test('the answer elsewhere is posted in the thread of the ICM as well', async () => {
    const thread = await tracked();
    const messages = await bot.say('lukas', 'scribe of 512345678 is me', channel);
    expect(messages).toHaveLength(2);
    expect(messages.map(({ rootId }) => rootId)).toContain(thread.rootId);
  });

  test('a name alone is no person', async () => {
    const thread = await tracked();
    const { card } = await bot.ask('priya', 'commander of 512345678 is Amara Nowak', thread);
    expect(wordsIn(card)).toContain('A name alone does not tell me who it is.');
    expect(await holders()).toEqual({});
    const own = await bot.ask('priya', 'commander of 512345678 is Amara Nowak');
    expect(wordsIn(own.card)).toContain('Nobody else can be mentioned in our chat');
  });

  test('taking a whole ICM over and handing it over are what they were', async () => {
    const thread = await tracked();
    await bot.say('lukas', 'take over 512345678', thread);
    await bot.say('lukas', 'hand over 512345678 to @Mei Tanaka', thread);
    const icm = await icmByNumber(bot.database, tenantId(), '512345678');
    expect(icm?.engineer.name).toBe('Mei Tanaka');
    await bot.say('lukas', 'hand over communications of 512345678 to @Amara Nowak', thread);
    await bot.say('lukas', 'I take over 512345678 as scribe', thread);
    expect((await icmByNumber(bot.database, tenantId(), '512345678'))?.engineer.name).toBe('Mei Tanaka');
    expect(await holders()).toEqual({ communications: 'Amara Nowak', scribe: 'Lukas Weber' });
  });

  test('who fixes and communicates is told, and not forbidden', async () => {
    const thread = await tracked();
    const { card } = await bot.ask('priya', 'I am the communications officer for 512345678', thread);
    expect(wordsIn(card)).toContain(
      'Priya Sharma looks after the ICM and is the communications officer as well. Whoever communicates should not be the one who works on the fix. (F70, F80)',
    );
    expect(await holders()).toEqual({ communications: 'Priya Sharma' });
    await bot.say('lukas', 'I am the SME for 512345678', thread);
    const scribe = await bot.ask('lukas', 'I am the scribe for 512345678', thread);
    expect(wordsIn(scribe.card)).toContain('Lukas Weber is the subject matter expert and is the scribe as well.');
  });

  describe('the offer', () => {
    const offers = (messages: readonly { id: string }[]) =>
      messages.filter(({ id }) => JSON.stringify(bot.cardFor('priya', id)).includes('Roles · '));

    test('comes once, in the thread, when an outage is recorded', async () => {
      await tracked('track 512345678 sev B');
      expect(offers(await bot.pass(minute))).toEqual([]);
      await bot.say('priya', '512345678 is sev A now', channel);
      expect(offers(await bot.pass(minute))).toEqual([]);
      await bot.say('priya', 'track 512345678 outage', channel);
      const [offer, ...more] = offers(await bot.pass(minute));
      expect(more).toEqual([]);
      expect(words('priya', offer!.id)).toContain('There is an outage. Who does what?');
      expect(titles('priya', offer!.id)).toEqual([
        'Take: Incident commander',
        'Take: Communications officer',
        'Take: Scribe',
        'Take: Subject matter expert',
        'Pick from a list',
        'Refresh',
      ]);
      await bot.press('mei', offer!.id, 'Take: Scribe');
      await bot.press('lukas', offer!.id, 'Take: Communications officer');
      expect(await holders()).toEqual({ communications: 'Lukas Weber', scribe: 'Mei Tanaka' });
      // Everybody sees it, also who did not press.
      expect(words('priya', offer!.id)).toContain('**Scribe:** Mei Tanaka');
      await bot.say('priya', 'resolve 512345678', channel);
      await bot.say('priya', 'reopen 512345678', channel);
      expect(offers(await bot.pass(minute))).toEqual([]);
    });

    test('comes for Sev 1, and not for what is resolved again at once', async () => {
      await tracked('track 512345678 icm sev 1 outage');
      expect(offers(await bot.pass(minute))).toHaveLength(1);
      await tracked('track 512345679 outage');
      await bot.say('priya', 'resolve 512345679', channel);
      expect(offers(await bot.pass(minute))).toEqual([]);
      await tracked('track 512345680 icm sev 2');
      expect(offers(await bot.pass(minute))).toEqual([]);
    });
  });

  describe('set beforehand', () => {
    test('are kept for the channel, given with one button to who is still there, and taken out again', async () => {
      const { card } = await bot.ask('priya', 'default commander is @Amara Nowak', channel);
      expect(wordsIn(card)).toContain('Default roles of this channel');
      expect(wordsIn(card)).toContain('**Incident commander:** Amara Nowak');
      await bot.ask('lukas', 'default scribe is me', channel);
      await bot.ask('priya', 'default comms officer is @Mei Tanaka', channel);
      await tracked('track 512345678 outage');
      const [offer] = await bot.pass(minute);
      expect(words('priya', offer!.id)).toContain('Communications officer: Mei Tanaka');
      // Who has left since is not given anything.
      await bot.database.query(`UPDATE default_role SET person_id = gen_random_uuid() WHERE role = 'commander'`);
      await bot.press('priya', offer!.id, 'Take: Scribe');
      await bot.press('priya', offer!.id, 'Set the default roles');
      expect(await holders()).toEqual({ communications: 'Mei Tanaka', scribe: 'Priya Sharma' });
      const below = bot.messages().at(-1)!;
      expect(words('priya', below.id)).toContain('Amara Nowak (Incident commander) is not a member here any more.');
      expect(words('priya', below.id)).toContain('<at>Mei Tanaka</at>, you are the communications officer');
      const list = await bot.ask('mei', 'default roles', channel);
      await bot.press('mei', list.message.id, 'Take out: Scribe');
      expect(words('priya', list.message.id)).toContain('Nobody is the scribe by default now.');
      // The same button again, as from an older card: nothing happens.
      await bot.say('lukas', 'default scribe is me', channel);
      await bot.client.press(bot.person('mei'), list.message.id, {
        type: 'Action.Execute',
        verb: 'roles/remove-default',
        data: { role: 'scribe', person: bot.person('priya').aadObjectId },
      });
      expect(words('mei', list.message.id)).toContain('nothing was changed');
      const rows = await bot.database.query<{ role: string }>('SELECT role FROM default_role ORDER BY role');
      expect(rows.map(({ role }) => role)).toEqual(['commander', 'communications', 'scribe']);
    });

    test('in a personal chat they are one’s own', async () => {
      await bot.ask('priya', 'default scribe is me');
      const { card } = await bot.ask('lukas', 'default roles', channel);
      expect(wordsIn(card)).toContain('**Scribe:** nobody');
      await bot.ask('priya', 'track 512345678');
      await bot.ask('priya', 'set the default roles for 512345678');
      expect(await holders()).toEqual({ scribe: 'Priya Sharma' });
    });
  });

  describe('the list', () => {
    test('is filled with known people, and who is picked is asked of Teams', async () => {
      const thread = await tracked();
      await bot.say('lukas', 'my time zone is Europe/Berlin', thread);
      const { message } = await bot.ask('mei', 'roles 512345678', thread);
      await bot.press('mei', message.id, 'Pick from a list');
      const form = bot.cardFor('mei', message.id);
      expect(wordsIn(form)).toContain('Lukas Weber');
      const ids = { commander: bot.person('lukas').aadObjectId, scribe: bot.person('mei').aadObjectId };
      await bot.press('mei', message.id, 'Save the roles', { communications: 'nobody', sme: 'nobody', ...ids });
      expect(await holders()).toEqual({ commander: 'Lukas Weber', scribe: 'Mei Tanaka' });
      expect(words('priya', bot.messages().at(-1)!.id)).toContain(
        '<at>Lukas Weber</at>, you are the incident commander',
      );
    });

    test('a forged id is nobody, and what was picked stays', async () => {
      const thread = await tracked();
      const { message } = await bot.ask('mei', 'roles 512345678', thread);
      await bot.press('mei', message.id, 'Pick from a list');
      await bot.press('mei', message.id, 'Save the roles', {
        commander: 'a1b2c3d4-0000-4000-8000-000000000000',
        communications: bot.person('mei').aadObjectId,
        scribe: 'nobody',
        sme: '../../priya',
      });
      expect(words('mei', message.id)).toContain('Please look at this again. Nothing was changed.');
      expect(JSON.stringify(bot.cardFor('mei', message.id))).toContain(bot.person('mei').aadObjectId);
      expect(await holders()).toEqual({});
    });
  });

  describe('the communications officer', () => {
    const textsOf = (messages: readonly { id: string }[]) =>
      messages.map(({ id }) => JSON.stringify(bot.cardFor('priya', id)).replace(/\\\\/g, ''));

    test('is reminded instead of the engineer, is told why, and may answer', async () => {
      const thread = await tracked();
      await bot.ask('priya', 'next update on 512345678 in 2 hours', thread);
      const taken = await bot.ask('lukas', 'I am the communications officer for 512345678', thread);
      expect(wordsIn(taken.card)).toContain('Reminders of the promised update go to Lukas Weber from now on.');
      const [ahead, ...more] = await bot.pass(106 * minute);
      expect(more).toEqual([]);
      const [text] = textsOf([ahead!]);
      expect(text).toContain('<at>Lukas Weber</at>');
      expect(text).not.toContain('<at>Priya Sharma</at>');
      expect(text).toContain(
        'You are the communications officer of ICM 512345678, so I remind you and not Priya Sharma.',
      );
      const list = await bot.ask('lukas', 'my reminders', thread);
      expect(wordsIn(list.card)).toContain('ICM 512345678');
      // Somebody else may not answer it.
      const refused = await bot.press('mei', ahead!.id, 'Update sent');
      expect(JSON.stringify(refused)).toContain('So can Lukas Weber, its communications officer.');
      await bot.press('lukas', ahead!.id, 'Update sent');
      expect(words('priya', ahead!.id)).toContain('Lukas Weber sent the promised update in time.');
    });

    test('hands future reminders over with the role, and they come back to the engineer when nobody has it', async () => {
      const thread = await tracked();
      await bot.say('lukas', 'I am the communications officer for 512345678', thread);
      await bot.ask('priya', 'next update on 512345678 in 2 hours', thread);
      await bot.say('lukas', 'hand over communications of 512345678 to @Mei Tanaka', thread);
      const [ahead] = await bot.pass(106 * minute);
      expect(textsOf([ahead!])[0]).toContain('<at>Mei Tanaka</at>');
      await bot.say('mei', 'step down as communications officer', thread);
      const due = (await bot.pass(15 * minute)).at(-1);
      expect(textsOf([due!])[0]).toContain('<at>Priya Sharma</at>');
      expect(textsOf([due!])[0]).not.toContain('communications officer');
    });

    test('who is away is stood in for', async () => {
      const thread = await tracked();
      await bot.say('lukas', 'I am the communications officer for 512345678', thread);
      await bot.say('lukas', 'I am away until monday 9am, @Mei Tanaka stands in', thread);
      await bot.ask('priya', 'next update on 512345678 in 2 hours', thread);
      const [ahead] = await bot.pass(106 * minute);
      expect(textsOf([ahead!])[0]).toContain('<at>Mei Tanaka</at>');
      expect(textsOf([ahead!])[0]).toContain(
        'Lukas Weber, the communications officer of ICM 512345678, is away; you stand in.',
      );
      await bot.press('mei', ahead!.id, 'Update sent');
      expect(words('priya', ahead!.id)).toContain('Mei Tanaka sent the promised update');
    });

    test('is reminded in their own working time', async () => {
      const thread = await tracked();
      await bot.say('mei', 'I work 9:00 to 18:00 monday to friday', thread);
      await bot.say('mei', 'my time zone is Asia/Tokyo', thread);
      const { card } = await bot.ask('priya', 'next update on 512345678 at 11:00 UTC', thread);
      expect(wordsIn(card)).not.toContain('outside the working hours');
      await bot.say('mei', 'I am the communications officer for 512345678', thread);
      const again = await bot.ask('priya', 'next update on 512345678 at 12:00 UTC', thread);
      expect(wordsIn(again.card)).toContain('outside the working hours of Mei Tanaka (09:00 to 18:00)');
    });
  });

  describe('attacks', () => {
    const press = (key: string, messageId: string, verb: string, data: object) =>
      bot.client.press(bot.person(key), messageId, { type: 'Action.Execute', verb, data });

    test('somebody else’s role is not taken by a forged button, whatever its revision', async () => {
      const thread = await tracked();
      const { message } = await bot.ask('lukas', 'I am the scribe for 512345678', thread);
      const icm = (await icmByNumber(bot.database, tenantId(), '512345678'))!.id;
      for (const revision of [0, 1, 2, 99])
        for (const verb of ['roles/take', 'roles/end'])
          await press('mei', message.id, verb, { icm, role: 'scribe', revision });
      await press('mei', message.id, 'roles/save', {
        icm,
        revision: '0-0-1-0',
        commander: 'nobody',
        communications: 'nobody',
        scribe: bot.person('mei').aadObjectId,
        sme: 'nobody',
      });
      expect(await holders()).toEqual({ scribe: 'Lukas Weber' });
      const typed = await bot.ask('mei', 'I take over as scribe', thread);
      expect(wordsIn(typed.card)).toContain(
        'Nothing was changed. Lukas Weber is the scribe. That can be changed by Lukas Weber, Priya Sharma as the engineer of the ICM or a lead.',
      );
      const removed = await bot.ask('mei', 'remove the scribe of 512345678', thread);
      expect(wordsIn(removed.card)).toContain('Nothing was changed.');
      expect(await holders()).toEqual({ scribe: 'Lukas Weber' });
      // The commander directs the responders.
      await bot.say('amara', 'I am the incident commander for 512345678', thread);
      await bot.say('amara', 'scribe of 512345678 is @Mei Tanaka', thread);
      expect(await holders()).toEqual({ commander: 'Amara Nowak', scribe: 'Mei Tanaka' });
    });

    test('two people take one role at once: one has it, the other sees who', async () => {
      const thread = await tracked();
      const { message } = await bot.ask('priya', 'roles 512345678', thread);
      await Promise.all([bot.press('lukas', message.id, 'Take: Scribe'), bot.press('mei', message.id, 'Take: Scribe')]);
      const [scribe] = Object.values(await holders());
      expect(['Lukas Weber', 'Mei Tanaka']).toContain(scribe);
      expect(await bot.database.query('SELECT 1 AS one FROM icm_role')).toHaveLength(1);
      const loser = scribe === 'Mei Tanaka' ? 'lukas' : 'mei';
      expect(words(loser, message.id)).toContain(`**Scribe:** ${scribe}`);
      expect(JSON.stringify(bot.standIn.conversations.message(message.id)!.views[loser])).toContain(
        `That has changed meanwhile: ${scribe} is the scribe now.`,
      );
    });

    test('a role that is taken while a press for it is under way is shown as changed meanwhile', async () => {
      const thread = await tracked();
      const { message } = await bot.ask('priya', 'roles 512345678', thread);
      const { query } = bot.database;
      let isFirst = true;
      bot.database.query = async (sql, values) => {
        const rows = await query.call(bot.database, sql, values);
        if (isFirst && sql.includes('FROM icm_role ')) {
          isFirst = false;
          await bot.press('lukas', message.id, 'Take: Scribe');
        }
        return rows as never;
      };
      await bot.press('mei', message.id, 'Take: Scribe').finally(() => (bot.database.query = query));
      expect(isFirst).toBe(false);
      expect(await holders()).toEqual({ scribe: 'Lukas Weber' });
      expect(JSON.stringify(bot.standIn.conversations.message(message.id)!.views['mei'])).toContain(
        'That has changed meanwhile: Lukas Weber is the scribe now.',
      );
    });

    test('an older card changes nothing, and other roles on it still work', async () => {
      const thread = await tracked();
      const { message } = await bot.ask('priya', 'roles 512345678', thread);
      await bot.say('lukas', 'I am the scribe', thread);
      const icm = (await icmByNumber(bot.database, tenantId(), '512345678'))!.id;
      await press('mei', message.id, 'roles/take', { icm, role: 'scribe', revision: 0 });
      expect(words('mei', message.id)).toContain('That has changed meanwhile: Lukas Weber is the scribe now.');
      await press('mei', message.id, 'roles/take', { icm, role: 'commander', revision: 0 });
      expect(await holders()).toEqual({ commander: 'Mei Tanaka', scribe: 'Lukas Weber' });
    });

    test('what is tracked in a personal chat or in another tenant is nobody else’s', async () => {
      await bot.ask('priya', 'track 512345678 outage');
      const { message } = await bot.ask('priya', 'roles 512345678');
      const icm = (await icmByNumber(bot.database, tenantId(), '512345678'))!.id;
      const outcome = await press('lukas', message.id, 'roles/take', { icm, role: 'scribe', revision: 0 });
      expect(outcome.kind).not.toBe('card');
      const typed = await bot.say('lukas', 'I am the scribe for 512345678', channel);
      expect(JSON.stringify(typed)).toContain('I do not track ICM 512345678.');
      expect(await holders()).toEqual({});
      const away = { ...(await tracked('track 512345679')) };
      await bot.database.query(
        `UPDATE icm SET tenant_id = '00000000-0000-4000-8000-00000000000f' WHERE number = '512345679'`,
      );
      const other = await bot.say('priya', 'I am the scribe for 512345679', away);
      expect(JSON.stringify(other)).toContain('I do not track ICM 512345679.');
      expect(await bot.database.query('SELECT 1 AS one FROM icm_role')).toEqual([]);
    });

    test('a refresh only reads, and odd data is answered with a sentence', async () => {
      const thread = await tracked();
      const { message } = await bot.ask('priya', 'roles 512345678', thread);
      const icm = (await icmByNumber(bot.database, tenantId(), '512345678'))!.id;
      for (const data of [
        { icm, role: 'king', revision: 0 },
        { icm: 'x', role: 'scribe', revision: 0 },
        { icm, role: 'scribe', revision: 'one' },
        { icm: ['a'], role: 'scribe' },
      ])
        expect((await press('lukas', message.id, 'roles/take', data)).kind).toBe('notice');
      expect(await holders()).toEqual({});
    });
  });
});
