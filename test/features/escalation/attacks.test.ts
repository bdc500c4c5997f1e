import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  addEscalation,
  changeEscalation,
  decideEscalation,
  escalationById,
} from '../../../src/features/escalation/escalation-store.ts';
import { asRequested, type Escalation } from '../../../src/features/escalation/escalation.ts';
import { cardActionActivity, submitActivity, type Scene } from '../../../src/local/activities.ts';
import { ConnectorStandIn } from '../../../src/local/connector-stand-in.ts';
import { createWorld, type Person, type World } from '../../../src/local/world.ts';
import { testDatabases } from '../../support/databases.ts';
import type { Harness } from '../../support/harness.ts';
import { Dice, mutate } from '../../turns/mutate.ts';
import { EscalationStage, filled, newNumber, withPeople } from './stage.ts';

/** Rounds of 50 SMEs, actions that come four times, forged actions: a few in each run, all of them on demand. */
const rounds = Number(process.env['ESCALATION_ROUNDS'] ?? 15);
const actions = Number(process.env['ESCALATION_ACTIONS'] ?? 120);
const forged = Number(process.env['ESCALATION_FORGED'] ?? 600);
const seed = Number(process.env['ESCALATION_SEED'] ?? 20261120);
const noLimit = 3_600_000;

const plain = createWorld();
const [priya, lukas, , , diego] = plain.people as [Person, Person, Person, Person, Person];
/** Fifty SMEs of EMEA, who can all speak to the bot. */
const smes: Person[] = Array.from({ length: 50 }, (_one, at) => ({
  ...lukas,
  key: `sme${at}`,
  name: `Sme ${at}`,
  aadObjectId: `10000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  id: `29:sme${at}`,
  chatId: `a:sme${at}`,
}));
const asSme = ({ aadObjectId, name }: Person, region: string) => ({
  aadObjectId,
  name,
  tenantId: plain.tenantId,
  region,
});
const playbook = withPeople({
  smes: [...smes.map((one) => asSme(one, 'EMEA')), asSme(diego, 'Americas')],
  leads: [{ aadObjectId: diego.aadObjectId, tenantId: plain.tenantId, name: diego.name }],
});

// The race is about PostgreSQL; without one the embedded database stands in.
const home = testDatabases.at(-1)!;

describe(`escalations under attack on ${home.name}`, () => {
  let bot: Harness;
  let standIn: ConnectorStandIn;
  let world: World;
  beforeAll(async () => {
    world = { ...plain, people: [...plain.people, ...smes] };
    standIn = new ConnectorStandIn({ world });
    await standIn.start(0);
    bot = (await EscalationStage.start(await home.open(), { standIn, playbook })).bot;
  });
  afterAll(() => bot.stop());
  beforeEach(async () => {
    await bot.database.query(`UPDATE outbox SET state = 'dropped' WHERE state = 'waiting'`);
  });

  const identity = (person: Person) => ({
    tenantId: world.tenantId,
    aadObjectId: person.aadObjectId,
    teamsId: person.id,
    name: person.name,
  });
  let at = Date.UTC(2026, 10, 20, 9, 0);
  const scene = (person: Person, more: Partial<Scene> = {}): Scene => ({
    world,
    person,
    place: { kind: 'channel', rootId: '1700000000000' },
    serviceUrl: standIn.serviceUrl,
    at: (at += 1),
    ...more,
  });
  const invoke = (person: Person, verb: unknown, data: unknown, more: { trigger?: 'automatic'; id?: string } = {}) =>
    cardActionActivity(scene(person), {
      action: { type: 'Action.Execute', verb: verb as string, data },
      replyToId: '1700000000000',
      ...more,
    });
  const post = async (activity: unknown) => {
    const answer = await bot.raw(activity);
    expect(answer.status).toBe(200);
    return answer.text;
  };

  /** A request as the form would have made it. */
  const request = async (more: Partial<Escalation> = {}): Promise<Escalation> => {
    const { number: _number, exceptional: _exceptional, caseStatus: _status, ...details } = filled();
    const now = new Date(bot.clock.now);
    const escalation = {
      ...details,
      id: randomUUID(),
      tenantId: world.tenantId,
      icmNumber: newNumber(),
      caseStatus: 'open',
      exceptional: false,
      judge: undefined,
      requester: identity(priya),
      place: {
        kind: 'channel',
        conversationId: `${world.channel.id};messageid=1700000000000`,
        serviceUrl: standIn.serviceUrl,
        botId: world.bot.id,
      },
      cardActivityId: undefined,
      ...asRequested(now),
      ...more,
    } as unknown as Escalation;
    if (!(await bot.database.transaction(addEscalation(escalation)))) throw new Error('Expected a new request');
    return escalation;
  };
  const count = async (sql: string, id: string): Promise<number> =>
    Number((await bot.database.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`, [id]))[0]?.n);
  const stepsOf = (id: string) => count('escalation_trail WHERE escalation_id = $1', id);

  test(
    `fifty SMEs who press at once in ${rounds} rounds give one decision each, and all see it`,
    async () => {
      for (let round = 0; round < rounds; round += 1) {
        const { id, icmNumber } = await request();
        const answers = await Promise.all(
          smes.map((one, n) =>
            post(
              invoke(one, n % 2 === 0 ? 'escalation/approve' : 'escalation/decline', {
                escalation: id,
                revision: '1',
                avoided: '',
                reason: 'No',
                question: '',
              }),
            ),
          ),
        );
        const after = (await escalationById(bot.database, world.tenantId, id)) as Escalation;
        expect(after).toMatchObject({ revision: 2, decision: { revision: 1 } });
        const result = `${after.state === 'approved' ? 'Approved' : 'Declined'} by ${after.decision?.by.name}`;
        expect(answers.filter((text) => text.includes(result) && text.includes(icmNumber))).toHaveLength(50);
        expect(await count('escalation_decision WHERE escalation_id = $1', id)).toBe(1);
        expect(await stepsOf(id)).toBe(1);
        expect(
          await count(`outbox WHERE subject = $1 AND job IN ('csat-package/post', 'escalation/tell-requester')`, id),
        ).toBe(1);
      }
      console.log(`${rounds} rounds of 50 SMEs at once on ${home.name}: ${rounds} decisions`);
    },
    noLimit,
  );

  test(
    `${actions} actions that come four times with new ids and times have ${actions} effects; the same id gets the same answer`,
    async () => {
      const now = new Date(bot.clock.now);
      const dice = new Dice(seed);
      const asked = { text: 'When?', by: identity(smes[0]!) };
      const sme = (verb: string) => async () => {
        const { id } = await request();
        const data = { escalation: id, revision: '1', avoided: 'a', reason: 'b', question: 'c' };
        return { id, actor: dice.pick(smes), verb, data };
      };
      const steward = (verb: string, more: object) => async () => {
        const { id } = await request();
        const known = (await escalationById(bot.database, world.tenantId, id)) as Escalation;
        await bot.database.transaction(changeEscalation(known, { question: asked }, now));
        return { id, actor: priya, verb, data: { escalation: id, revision: '2', ...more } };
      };
      const kinds = [
        sme('escalation/approve'),
        sme('escalation/decline'),
        sme('escalation/ask'),
        steward('escalation/answer', { answer: 'Now.' }),
        steward('escalation/withdraw', {}),
        steward('escalation/save', { ...filled(), why: 'Other.' }),
      ];
      let effects = 0;
      const play = async (at_: number) => {
        const { id, actor, verb, data } = await kinds[at_ % kinds.length]!();
        const before = (await escalationById(bot.database, world.tenantId, id))!.revision;
        const first = invoke(actor, verb, data);
        const again = () => invoke(actor, verb, data);
        // As Teams does it: two at once, the others later.
        const [answer] = await Promise.all([post(first), post(again())]);
        await post(again());
        await post(again());
        const after = (await escalationById(bot.database, world.tenantId, id))!;
        effects += after.revision - before;
        expect({ verb, steps: await stepsOf(id), revision: after.revision }).toEqual({
          verb,
          steps: 1,
          revision: before + 1,
        });
        // Only what had an effect is kept with its answer; which of the two at once it was, nobody can know.
        const same = await Promise.all([post(first), post(first)]);
        expect(same[0]).toBe(same[1]);
        expect(answer).toContain('"statusCode":200');
      };
      for (let from = 0; from < actions; from += 8)
        await Promise.all(Array.from({ length: Math.min(8, actions - from) }, (_one, n) => play(from + n)));
      expect(effects).toBe(actions);

      // New requests: four forms with new ids make one.
      for (let n = 0; n < Math.ceil(actions / 20); n += 1) {
        const number = newNumber();
        const data = { ...filled({ number }), escalation: '', revision: '0', late: 'no' };
        await Promise.all([1, 2, 3, 4].map(() => post(invoke(priya, 'escalation/save', data))));
        expect(await count('escalation WHERE icm_number = $1', number)).toBe(1);
      }
      console.log(`${actions} actions, each delivered four times with new ids on ${home.name}: ${effects} effects`);
    },
    noLimit,
  );

  test('a repeat with the same id is answered to the letter, for each action', async () => {
    const { id } = await request();
    const steps: [Person, string, object][] = [
      [smes[0]!, 'escalation/ask', { revision: '1', question: 'When?' }],
      [priya, 'escalation/answer', { revision: '2', answer: 'Now.' }],
      [priya, 'escalation/save', { revision: '3', ...filled({ why: 'Other.' }) }],
      [smes[1]!, 'escalation/approve', { revision: '4', avoided: '' }],
    ];
    const sent: { activity: unknown; text: string }[] = [];
    for (const [person, verb, data] of steps) {
      const activity = invoke(person, verb, { escalation: id, ...data });
      sent.push({ activity, text: await post(activity) });
    }
    expect(await escalationById(bot.database, world.tenantId, id)).toMatchObject({ state: 'approved', revision: 5 });
    for (const { activity, text } of [...sent, ...sent].reverse()) expect(await post(activity)).toBe(text);
    expect(await stepsOf(id)).toBe(4);
  });

  test(
    `${forged} forged or mutated actions change nothing, and each is answered with the present state`,
    async () => {
      const now = new Date(bot.clock.now);
      const open = await request();
      const isPrivate = await request({ place: { ...open.place, kind: 'personal', conversationId: priya.chatId } });
      const edited = await request();
      await bot.database.transaction(changeEscalation(edited, { details: edited, editor: identity(smes[3]!) }, now));
      const american = await request({ region: 'Americas' });
      const approved = await request();
      await bot.database.transaction(
        decideEscalation(approved, { decision: 'approved', by: identity(smes[0]!), at: now, revision: 1, words: '' }),
      );
      const withdrawn = await request();
      await bot.database.transaction(changeEscalation(withdrawn, { state: 'withdrawn' }, now));
      const asked = await request();
      await bot.database.transaction(
        changeEscalation(asked, { question: { text: 'When?', by: identity(smes[0]!) } }, now),
      );
      const foreign = await request({ tenantId: randomUUID() });
      const all = [open, isPrivate, edited, american, approved, withdrawn, asked];
      const states: Record<string, string> = {
        [approved.id]: 'Approved by Sme 0',
        [withdrawn.id]: 'Withdrawn',
        [asked.id]: 'Waiting for an answer of Priya Sharma',
      };
      const revisions: Record<string, number> = { [edited.id]: 2, [approved.id]: 2, [withdrawn.id]: 2, [asked.id]: 2 };
      await bot.database.query(
        `INSERT INTO preference (tenant_id, person_id, teams_id, name, delegate_id, delegate_teams_id, delegate_name)
         VALUES ($1, $2, $3, 'Priya Sharma', $4, '29:sme7', 'Sme 7') ON CONFLICT (tenant_id, person_id) DO UPDATE SET delegate_id = $4`,
        [world.tenantId, priya.aadObjectId, priya.id, smes[7]!.aadObjectId],
      );
      const removed: Person = { ...lukas, aadObjectId: randomUUID(), id: '29:removed', name: 'Former Sme' };
      const snapshot = async () =>
        JSON.stringify([
          await bot.database.query('SELECT * FROM escalation ORDER BY id'),
          await bot.database.query('SELECT * FROM escalation_decision ORDER BY escalation_id'),
          await bot.database.query('SELECT * FROM escalation_trail ORDER BY id'),
          await bot.database.query('SELECT * FROM escalation_editor ORDER BY escalation_id, person_id'),
          await bot.database.query(`SELECT id, state FROM outbox ORDER BY id`),
        ]);
      const before = await snapshot();

      const dice = new Dice(seed);
      const deciding = ['escalation/approve', 'escalation/decline', 'escalation/ask'];
      /** What a bent action may hold by chance: ids and verbs that there are, but nobody who may decide. */
      const known = [...all.map(({ id }) => id), ...deciding, '1', '2'];
      const claims = {
        approved: true,
        state: 'approved',
        approver: smes[0]!.aadObjectId,
        aadObjectId: smes[0]!.aadObjectId,
        userId: smes[0]!.id,
        role: 'approver',
        isOffered: true,
        region: 'EMEA',
        tenantId: world.tenantId,
      };
      const data = (escalation: Escalation, more: object = {}) => ({
        escalation: escalation.id,
        revision: String(revisions[escalation.id] ?? 1),
        avoided: 'x',
        reason: 'x',
        question: 'x',
        answer: 'x',
        ...more,
      });
      type Forgery = { activity: Record<string, unknown>; about?: Escalation; said?: string };
      const by = (person: Person, about: Escalation, more: object = {}, verb = dice.pick(deciding)): Forgery => ({
        activity: invoke(person, verb, data(about, more)),
        about,
      });
      const wrong = (current: number): unknown =>
        dice.pick<unknown>([
          current - 1,
          current + 1,
          -1,
          99,
          '0',
          `${current + 1}`,
          '1e309',
          '',
          'x',
          null,
          {},
          [],
          true === (current !== 1),
        ]);
      const isCurrent = (value: unknown, current: number) => Number(value) === current;
      const kinds: (() => Forgery)[] = [
        () => by(priya, dice.pick([open, edited, asked, isPrivate]), claims),
        () => by(smes[3]!, edited, claims),
        () => by(smes[7]!, dice.pick([open, edited, asked]), claims),
        () => by(lukas, dice.pick(all), claims),
        () => by(removed, dice.pick(all), claims),
        () => by(diego, dice.pick([open, edited, asked]), claims),
        () => by(dice.pick(smes.slice(10)), american, claims),
        // Somebody of another organisation, and a guest.
        () => ({
          activity: cardActionActivity(scene(dice.pick(smes), { world: { ...world, tenantId: foreign.tenantId } }), {
            action: { type: 'Action.Execute', verb: dice.pick(deciding), data: data(open, claims) },
            replyToId: '1',
          }),
          said: 'I know no such escalation',
        }),
        () => {
          const { activity } = by(dice.pick(smes), dice.pick([open, edited, asked]), claims);
          const { aadObjectId: _id, ...from } = activity['from'] as Record<string, unknown>;
          return { activity: { ...activity, from }, said: 'signed in to your organisation' };
        },
        // An SME of the region, but by itself, on an older or other revision, on what is over, or on nothing.
        () => {
          const about = dice.pick([open, edited, asked, approved]);
          return {
            activity: invoke(dice.pick(smes.slice(10)), dice.pick(deciding), data(about), {
              trigger: 'automatic',
            }),
            about,
          };
        },
        () => {
          const about = dice.pick([open, edited, asked]);
          const current = revisions[about.id] ?? 1;
          let revision = wrong(current);
          while (isCurrent(revision, current)) revision = wrong(current);
          return by(dice.pick(smes.slice(10)), about, { revision });
        },
        () => by(dice.pick(smes.slice(10)), dice.pick([approved, withdrawn]), claims),
        () => ({
          activity: invoke(dice.pick(smes.slice(10)), dice.pick(deciding), {
            ...data(open),
            escalation: dice.pick([randomUUID(), foreign.id, '', "' OR 1=1", '../..', open.icmNumber]),
          }),
          said: 'I know no such escalation',
        }),
        () => ({
          activity: invoke(
            dice.pick(smes.slice(10)),
            dice.pick<unknown>([
              'escalation/decide',
              'Escalation/Approve',
              'escalation/approve ',
              {},
              7,
              'approve'.repeat(2_000),
            ]),
            data(open, claims),
          ),
        }),
        // The same as a message, as older clients send it.
        () => ({
          activity: submitActivity(scene(dice.pick([priya, lukas, removed])), {
            data: { verb: dice.pick(deciding), ...data(open, claims) },
            replyToId: '1700000000000',
          }),
        }),
        // What belongs to the requester.
        () =>
          by(
            dice.pick([lukas, removed, ...smes.slice(10)]),
            dice.pick([open, edited, asked]),
            {},
            'escalation/withdraw',
          ),
        () => by(dice.pick([lukas, removed, ...smes.slice(10)]), asked, {}, 'escalation/answer'),
        () => by(dice.pick([lukas, removed, ...smes.slice(10)]), dice.pick([open, asked]), filled(), 'escalation/save'),
        () =>
          by(
            priya,
            dice.pick([approved, withdrawn]),
            filled(),
            dice.pick(['escalation/withdraw', 'escalation/answer', 'escalation/save']),
          ),
        () => by(lukas, isPrivate, claims),
        // Any part of it bent.
        () => {
          const { activity } = by(dice.pick([priya, lukas, removed]), dice.pick(all), claims);
          return { activity: mutate(dice, activity, known) };
        },
      ];
      const answers = { cards: 0, sentences: 0, other: 0 };
      for (let from = 0; from < forged; from += 20)
        await Promise.all(
          Array.from({ length: Math.min(20, forged - from) }, async (_one, n) => {
            const { activity, about, said } = kinds[(from + n) % kinds.length]!();
            const { status, text } = await bot.raw(activity);
            const isBent = (from + n) % kinds.length === kinds.length - 1;
            if (!isBent) expect(status).toBe(200);
            answers[
              text.includes('card.adaptive') ? 'cards' : text.includes('activity.message') ? 'sentences' : 'other'
            ] += 1;
            if (said !== undefined) expect(text).toContain(said);
            if (about) {
              expect(text).toContain(`ICM ${about.icmNumber}`);
              const isHidden = about === isPrivate && text.includes('in a personal chat');
              if (!isHidden) expect(text).toContain(states[about.id] ?? 'Waiting for an SME of');
            }
          }),
        );
      expect(await snapshot()).toBe(before);
      // It was not the door that was shut: who may, can.
      await post(invoke(smes[20]!, 'escalation/approve', data(open)));
      expect(await escalationById(bot.database, world.tenantId, open.id)).toMatchObject({ state: 'approved' });
      expect(await snapshot()).not.toBe(before);
      const refusals = await bot.database.query(`SELECT 1 AS one FROM audit WHERE event = 'escalation refused'`);
      expect(refusals.length).toBeGreaterThan(forged / 10);
      console.log(
        `${forged} forged actions on ${home.name} (seed ${seed}): 0 changes; ${answers.cards} cards, ${answers.sentences} sentences, ${answers.other} other answers; ${refusals.length} refusals in the trail`,
      );
    },
    noLimit,
  );
});
