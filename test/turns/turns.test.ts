import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../src/errors.ts';
import { action, type Command, type Feature, type Outcome } from '../../src/features/feature.ts';
import {
  botAddedActivity,
  installationUpdateActivity,
  invokeActivity,
  submitActivity,
  type Place,
} from '../../src/local/activities.ts';
import { ConnectorStandIn, type Fault } from '../../src/local/connector-stand-in.ts';
import type { Database } from '../../src/store/database.ts';
import { createTurns } from '../../src/store/turns.ts';
import { testDatabases } from '../support/databases.ts';
import { buttonsOf, cardOf, Harness, wordsIn, type CardJson } from '../support/harness.ts';
import { prototypeNames, prototypeNow } from './names.ts';
import {
  buttonWith,
  clickFrom,
  dialogsOf,
  errorsOf,
  invokeAnswer,
  messageFrom,
  postsOf,
  sceneOf,
  type RawAnswer,
} from './parts.ts';

const channel: Place = { kind: 'channel' };
const question = 'should I open an ICM?';
/** What Teams answers with a failure. */
const body = { error: { code: 'ServiceError', message: 'No.' } };
const text = (words: string): Outcome => ({ reply: { kind: 'text', text: words } });

/** Posts an activity and waits until all that follows from it is done. */
async function send(bot: Harness, body: unknown): Promise<RawAnswer> {
  const answer = await bot.raw(body);
  await bot.app.settle();
  return answer;
}

describe.each(testDatabases)('a turn on $name', ({ open }) => {
  let bot: Harness;
  beforeAll(async () => {
    bot = await Harness.start({ database: await open() });
  });
  afterAll(() => bot.stop());
  beforeEach(async () => {
    await bot.database.query('UPDATE dialog SET is_open = false');
    bot.standIn.requests.length = 0;
    bot.log.length = 0;
  });
  afterEach(() => {
    bot.standIn.onRequest = undefined;
  });

  describe('of each kind ends in a valid answer:', () => {
    test('a message is answered by one post', async () => {
      expect(await send(bot, messageFrom(bot, 'priya', 'sev a?'))).toEqual({ status: 200, text: '{}' });
      expect(postsOf(bot)).toHaveLength(1);
    });

    test('a press of Action.Execute is answered by a card in the body', async () => {
      const { message, card } = await bot.ask('priya', question);
      const pressed = clickFrom(bot, 'priya', buttonWith(card, 'A quota increase'), undefined, message.id);
      expect(wordsIn(invokeAnswer(await send(bot, pressed)).card)).toContain('Which of these hold?');
    });

    test('an automatic refresh is answered by the present card and sends nothing', async () => {
      const { card } = await bot.ask('priya', question);
      const refresh = (card['refresh'] as { action: object }).action;
      const activity = clickFrom(bot, 'priya', refresh);
      const sent = bot.standIn.requests.length;
      const answer = await send(bot, { ...activity, value: { action: refresh, trigger: 'automatic' } });
      expect(wordsIn(invokeAnswer(answer).card)).toContain('What is this about?');
      expect(bot.standIn.requests).toHaveLength(sent);
    });

    test('a press of Action.Submit, a message with a value, is answered by one post', async () => {
      const { message, card } = await bot.ask('priya', question);
      const { data } = buttonWith(card, 'A quota increase')['fallback'] as { data: object };
      const before = postsOf(bot).length;
      const answer = await send(bot, submitActivity(sceneOf(bot, 'priya'), { data, replyToId: message.id }));
      expect(answer).toEqual({ status: 200, text: '{}' });
      expect(postsOf(bot)).toHaveLength(before + 1);
    });

    test.each([
      'messageReaction',
      'messageUpdate',
      'messageDelete',
      'typing',
      'event',
      'endOfConversation',
      'command',
      'trace',
      'handoff',
      'somethingNew',
      ' ',
      '💥',
      '__proto__',
    ])('the type "%s" is taken and left at that', async (type) => {
      const activity = { ...messageFrom(bot, 'priya', 'sev a?'), type, reactionsAdded: [{ type: 'like' }] };
      expect((await send(bot, activity)).status).toBe(200);
      expect(bot.standIn.requests).toEqual([]);
    });

    test.each(['task/fetch', 'composeExtension/queryLink', 'adaptiveCard/Action', '', 'x'.repeat(200), '__proto__'])(
      'the invoke "%s" is not implemented',
      async (name) => {
        const activity = invokeActivity(sceneOf(bot, 'priya'), { name, value: {} });
        expect((await send(bot, activity)).status).toBe(501);
      },
    );

    const values: [string, unknown][] = [
      ['no value', undefined],
      ['a value that is null', null],
      ['an empty value', {}],
      ['a value that is a list', []],
      ['a value that is a text', 'advice/show'],
      ['no action', { trigger: 'manual' }],
      ['an action that is null', { action: null, trigger: 'manual' }],
      ['an action that is a text', { action: 'advice/show', trigger: 'manual' }],
      ['an action that is a number', { action: 7, trigger: 'automatic' }],
      ['an action that is a list', { action: [{ verb: 'advice/show' }], trigger: 'manual' }],
      ['data that is null', { action: { type: 'Action.Execute', verb: 'advice/show', data: null } }],
      ['data that is a text', { action: { type: 'Action.Execute', verb: 'advice/own', data: 'own' } }],
      ['a trigger that is an object', { action: { verb: 'advice/show', data: {} }, trigger: {} }],
    ];
    test.each(values)('an adaptiveCard/action with %s gets HTTP 200 with a sentence or a card', async (_, value) => {
      const activity = invokeActivity(sceneOf(bot, 'priya'), { name: 'adaptiveCard/action', value });
      invokeAnswer(await send(bot, activity));
      expect(errorsOf(bot)).toEqual([]);
    });

    const missing: [string, object][] = [
      ['without text', { text: undefined }],
      ['with a text that is a number', { text: 7 }],
      ['without from', { from: undefined }],
      ['with from of another type', { from: 'Priya' }],
      ['without aadObjectId (a guest)', { from: { id: '29:guest', name: 'Guest' } }],
      ['of an anonymous guest', { from: { id: '29:guest', aadObjectId: 'abc', userRole: 'anonymous' } }],
      ['without conversation', { conversation: undefined }],
      ['with a conversation without id', { conversation: { tenantId: 'x' } }],
      ['without recipient', { recipient: undefined }],
      ['without id', { id: undefined }],
      ['with an id that is a number', { id: 5 }],
      ['with entities that are no list', { entities: 'mention' }],
      ['with entities of no known shape', { entities: [null, 7, 'x', [], {}, { type: 7 }, { type: 'mention' }] }],
      ['with a mention of nobody', { entities: [{ type: 'mention', text: '<at>x</at>', mentioned: null }] }],
      ['with a mention without text', { entities: [{ type: 'mention', mentioned: { id: 7 } }] }],
      ['with channelData that is a text', { channelData: 'x' }],
      ['with channelData of no known shape', { channelData: { tenant: 7, team: [], channel: 'x', more: {} } }],
      ['with a timestamp that is none', { timestamp: 'yesterday', localTimestamp: {} }],
      ['with attachments of no known shape', { attachments: [null, { contentType: 7 }] }],
      ['with a value that is no button', { value: { some: 'thing' } }],
      ['with a value that is a text', { value: 'help' }],
    ];
    test.each(missing)('a message %s gets HTTP 200', async (_, change) => {
      const answer = await send(bot, { ...messageFrom(bot, 'priya', 'sev a?'), ...change });
      expect(answer.status).toBe(200);
      expect(postsOf(bot).length).toBeLessThanOrEqual(1);
      expect(errorsOf(bot)).toEqual([]);
    });

    test.each(missing)(
      'a button pressed in an activity %s gets HTTP 200 with a sentence or a card',
      async (_, change) => {
        const pressed = clickFrom(bot, 'priya', { verb: 'advice/show', data: { dialog: 'x' } });
        const rest = Object.fromEntries(Object.entries(change).filter(([name]) => name !== 'value'));
        invokeAnswer(await send(bot, { ...pressed, ...rest }));
        expect(errorsOf(bot)).toEqual([]);
      },
    );

    test('a guest is told once that the bot cannot help, however often the message comes', async () => {
      const activity = { ...messageFrom(bot, 'priya', 'sev a?'), from: { id: '29:guest', name: 'Guest' } };
      for (let time = 0; time < 3; time += 1) await send(bot, activity);
      expect(postsOf(bot)).toHaveLength(1);
    });
  });

  describe('that installs the bot', () => {
    const introductions = () =>
      postsOf(bot).filter(({ body }) => JSON.stringify(body).includes('Hello, I am the ICM Guide'));

    const places: [string, Place][] = [
      ['a personal chat', { kind: 'personal' }],
      ['a team', channel],
    ];
    test.each(places)(
      'introduces it exactly once in %s, and again after it was removed and added',
      async (_, place) => {
        const scene = sceneOf(bot, 'mei', place);
        const first = [installationUpdateActivity(scene, 'add'), botAddedActivity(scene)];
        await Promise.all(first.map((activity) => bot.raw(activity)));
        await bot.app.settle();
        expect(introductions()).toHaveLength(1);
        // Teams sends an activity again when it is in doubt.
        for (const activity of [...first, ...first]) expect((await send(bot, activity)).status).toBe(200);
        expect(introductions()).toHaveLength(1);

        const removed = installationUpdateActivity(scene, 'remove');
        expect((await send(bot, removed)).status).toBe(200);
        expect((await send(bot, removed)).status).toBe(200);
        expect(introductions()).toHaveLength(1);
        for (const activity of [botAddedActivity(scene), installationUpdateActivity(scene, 'add')])
          await send(bot, activity);
        expect(introductions()).toHaveLength(2);
        for (const activity of first) await send(bot, activity);
        expect(introductions()).toHaveLength(2);
      },
    );

    test('introduces it not again when it is upgraded', async () => {
      const scene = sceneOf(bot, 'diego');
      await send(bot, installationUpdateActivity(scene, 'add'));
      expect(introductions()).toHaveLength(1);
      for (const upgrade of ['remove-upgrade', 'add-upgrade']) {
        const activity = { ...installationUpdateActivity(scene, 'add'), action: upgrade };
        expect((await send(bot, activity)).status).toBe(200);
      }
      expect(introductions()).toHaveLength(1);
      const kept = await bot.database.query('SELECT 1 FROM personal_chat WHERE person_id = $1', [
        bot.person('diego').aadObjectId,
      ]);
      expect(kept).toHaveLength(1);
    });

    test('forgets the personal chat when it is removed', async () => {
      const scene = sceneOf(bot, 'mei');
      await send(bot, installationUpdateActivity(scene, 'add'));
      await send(bot, installationUpdateActivity(scene, 'remove'));
      const kept = await bot.database.query('SELECT 1 FROM personal_chat WHERE person_id = $1', [
        bot.person('mei').aadObjectId,
      ]);
      expect(kept).toEqual([]);
    });

    test.each([
      ['among them the bot', true],
      ['without the bot', false],
    ])('makes at most two calls to the connector for 500 added members, %s', async (_, withBot) => {
      const scene = sceneOf(bot, 'amara', channel);
      await send(bot, installationUpdateActivity(scene, 'remove'));
      const members = Array.from({ length: 500 }, (_, at) => ({ id: `29:member-${at}`, aadObjectId: `a${at}` }));
      if (withBot) members.splice(250, 1, { id: bot.standIn.world.bot.id, aadObjectId: '' });
      const activity = { ...botAddedActivity(scene), membersAdded: members };
      expect((await send(bot, activity)).status).toBe(200);
      expect(bot.standIn.requests.length).toBeLessThanOrEqual(2);
      expect(bot.standIn.requests.filter(({ path }) => path.includes('members'))).toEqual([]);
      expect(introductions()).toHaveLength(withBot ? 1 : 0);
    });

    test.each([
      { membersAdded: null },
      { membersAdded: 'everybody' },
      { membersAdded: [null, 7, 'x', [], {}] },
      { membersAdded: undefined, membersRemoved: [{ id: 'x' }], topicName: 7 },
      { action: {} },
      { action: undefined, type: 'installationUpdate' },
      { action: '__proto__', type: 'installationUpdate' },
      { from: undefined, type: 'installationUpdate', action: 'add' },
      { conversation: undefined },
    ])('takes an update of an unknown shape: %j', async (change) => {
      const activity = { ...botAddedActivity(sceneOf(bot, 'priya')), ...change };
      expect((await send(bot, activity)).status).toBe(200);
    });

    test('introduces it not twice when nobody knows whether the first try arrived', async () => {
      const scene = sceneOf(bot, 'amara');
      bot.standIn.onRequest = () => ({ status: 500, body, afterEffect: true });
      await send(bot, installationUpdateActivity(scene, 'add'));
      await send(bot, botAddedActivity(scene));
      expect(introductions()).toHaveLength(1);
    });

    test('introduces it with the second event when the first try surely did not arrive', async () => {
      const scene = sceneOf(bot, 'mei');
      await send(bot, installationUpdateActivity(scene, 'remove'));
      bot.standIn.onRequest = () => ({ status: 403, body });
      await send(bot, installationUpdateActivity(scene, 'add'));
      bot.standIn.onRequest = undefined;
      await send(bot, botAddedActivity(scene));
      expect(bot.standIn.requests.map(({ status }) => status)).toEqual([403, 201]);
    });
  });

  describe('by a button', () => {
    const strange: [string, unknown][] = [
      ['unknown', 'nothing/there'],
      ['empty', ''],
      ['in other case', 'ADVICE/OWN'],
      ['with a space', ' advice/own'],
      ['of 10 KB', 'x'.repeat(10_000)],
      ['of 10 KB of slashes', '/'.repeat(10_000)],
      ['an object', { verb: 'advice/own' }],
      ['a list', ['advice/own']],
      ['a number', 7],
      ['true', true],
      ['null', null],
      ['missing', undefined],
      ['with NUL', 'advice/own\0'],
    ];
    test.each(strange)('answers a verb that is %s with a sentence and changes nothing', async (_, verb) => {
      const before = await dialogsOf(bot);
      for (const trigger of ['manual', 'automatic']) {
        const activity = invokeActivity(sceneOf(bot, 'priya'), {
          name: 'adaptiveCard/action',
          value: { action: { type: 'Action.Execute', verb, data: {} }, trigger },
        });
        expect(invokeAnswer(await send(bot, activity)).sentence).toContain('help');
      }
      const submitted = submitActivity(sceneOf(bot, 'priya'), {
        id: `v${Math.random()}`,
        data: { verb },
        replyToId: '1',
      });
      expect((await send(bot, submitted)).status).toBe(200);
      expect(postsOf(bot)).toHaveLength(1);
      expect(await dialogsOf(bot)).toEqual(before);
      expect(errorsOf(bot)).toEqual([]);
    });

    /** How to come to a card: a line to type, then buttons to press. */
    const cards: { name: string; say: string; press: [string, Record<string, string>?][] }[] = [
      { name: 'the first question', say: question, press: [] },
      { name: 'a question with boxes', say: question, press: [['Something is broken, a bug fix']] },
      {
        name: 'a late question',
        say: question,
        press: [['Something is broken, a bug fix'], ['Continue', { ticked: 'bug' }]],
      },
      { name: 'a verdict', say: question, press: [['A question about a query'], ['None of these']] },
      {
        name: 'the answers to change',
        say: question,
        press: [['A question about a query'], ['None of these'], ['Change an answer']],
      },
      { name: 'a cancelled check', say: question, press: [['Cancel']] },
      { name: 'help', say: 'help', press: [] },
      { name: 'a severity', say: 'severity table', press: [] },
      { name: 'what is not understood', say: 'zzz qqq xxx', press: [] },
    ];
    test.each(cards)('does the same by Action.Submit as by Action.Execute: each button of $name', async (path) => {
      const reach = async () => {
        await bot.database.query('UPDATE dialog SET is_open = false');
        const { message } = await bot.ask('priya', path.say, channel);
        for (const [title, inputs] of path.press) await bot.press('priya', message.id, title, inputs);
        return { message, card: bot.cardFor('priya', message.id) };
      };
      const run = async (at: number, kind: 'Action.Execute' | 'Action.Submit') => {
        const { message, card } = await reach();
        const button = buttonsOf(card).filter(({ type }) => type === 'Action.Execute')[at] as CardJson;
        const { data } = (kind === 'Action.Submit' ? button['fallback'] : button) as { data: object };
        const before = (await dialogsOf(bot)).length;
        await bot.client.press(bot.person('priya'), message.id, {
          ...button,
          type: kind,
          // The box that is ticked goes along with a button that takes inputs.
          data: { ...data, ...(button['title'] === 'Continue' ? { ticked: 'outage' } : {}) },
        });
        await bot.app.settle();
        const rows = await dialogsOf(bot);
        const last = rows.at(-1);
        return {
          title: button['title'],
          added: rows.length - before,
          state: last && { ...last, id: undefined },
        };
      };
      const buttons = buttonsOf((await reach()).card).filter(({ type }) => type === 'Action.Execute');
      for (let at = 0; at < buttons.length; at += 1) {
        expect(await run(at, 'Action.Submit')).toEqual(await run(at, 'Action.Execute'));
      }
    });

    test('answers a repeat of it as it answered the first, also where nothing is kept but what was posted', async () => {
      const { message, card } = await bot.ask('priya', 'help', channel);
      for (const button of buttonsOf(card)) {
        const pressed = clickFrom(bot, 'priya', button, bot.standIn.conversations.placeOf(message), message.id);
        const first = await send(bot, pressed);
        const posted = postsOf(bot).length;
        expect(await send(bot, pressed)).toEqual(first);
        expect(postsOf(bot)).toHaveLength(posted);
      }
    });
  });

  describe('with names that every object has', () => {
    const before = prototypeNow();
    afterEach(() => {
      expect(prototypeNow()).toEqual(before);
      expect(Object.keys({})).toEqual([]);
      expect(errorsOf(bot)).toEqual([]);
    });

    test.each(prototypeNames)('takes "%s" as a verb and as a command', async (name) => {
      for (const verb of [name, `${name}/show`, `advice/${name}`, `${name}/${name}`]) {
        for (const trigger of ['manual', 'automatic']) {
          const value = { action: { verb, data: { dialog: 'x' } }, trigger };
          const activity = invokeActivity(sceneOf(bot, 'priya'), { name: 'adaptiveCard/action', value });
          expect(invokeAnswer(await send(bot, activity)).sentence).toBeDefined();
        }
      }
      invokeAnswer(await send(bot, clickFrom(bot, 'priya', { verb: 'help/run', data: { command: name } })));
      const posted = await bot.say('priya', name);
      expect(posted).toHaveLength(1);
    });

    test.each(prototypeNames)('takes "%s" as a question, an option, a tick and a dialog', async (name) => {
      const { card, message } = await bot.ask('priya', question);
      const { data } = buttonWith(card, 'A quota increase') as { data: object };
      const rows = await dialogsOf(bot);
      const changes = [
        { question: name },
        { question: name, option: undefined },
        { question: name, none: 'yes', option: undefined },
        { question: name, ticked: name, option: undefined },
        { option: name },
        { ticked: name, option: undefined },
        { dialog: name },
        { revision: name },
      ];
      for (const change of changes) {
        const pressed = clickFrom(
          bot,
          'priya',
          { verb: 'advice/answer', data: { ...data, ...change } },
          undefined,
          message.id,
        );
        invokeAnswer(await send(bot, pressed));
      }
      invokeAnswer(
        await send(bot, clickFrom(bot, 'priya', { verb: 'advice/change', data: { ...data, question: name } })),
      );
      expect(await dialogsOf(bot)).toEqual(rows);
    });

    test.each(prototypeNames)('takes "%s" as a name and as every id', async (name) => {
      const activity = messageFrom(bot, 'priya', question);
      for (const change of [
        { id: name },
        { from: { ...activity.from, name } },
        { from: { ...activity.from, id: name } },
        { from: { ...activity.from, aadObjectId: name } },
        { conversation: { ...activity.conversation, id: name } },
        { conversation: { ...activity.conversation, tenantId: name } },
        { conversation: { ...activity.conversation, conversationType: name } },
        { recipient: { id: name, name } },
        { replyToId: name },
        { channelData: { tenant: { id: name }, team: { id: name }, channel: { id: name } } },
        {
          entities: [
            { type: name, text: name, mentioned: { id: name } },
            { type: 'mention', text: name, mentioned: name },
          ],
        },
      ]) {
        expect((await send(bot, { ...activity, id: `p${Math.random()}`, ...change })).status).toBe(200);
      }
    });

    test.each(prototypeNames)('takes "%s" as a key at every place', async (name) => {
      const junk = `${JSON.stringify(name)}:{"polluted":true,"prototype":{"polluted":true},"toString":1}`;
      const put = (activity: unknown) => JSON.stringify(activity).replaceAll('{', `{${junk},`).replaceAll(`,}`, '}');
      expect((await send(bot, put(messageFrom(bot, 'priya', 'sev a?')))).status).toBe(200);
      const { card } = await bot.ask('priya', question);
      const pressed = clickFrom(bot, 'priya', buttonWith(card, 'A quota increase'));
      invokeAnswer(await send(bot, put(pressed)));
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    });
  });

  describe('whose answer does not get through', () => {
    /** What the person sees of the bot's new messages. */
    const seen = () => bot.messages().filter(({ from }) => from === bot.standIn.world.bot.id).length;
    const faults: { name: string; fault: Fault; arrived: boolean; again: number }[] = [
      { name: 'HTTP 500', fault: { status: 500, body }, arrived: false, again: 0 },
      { name: 'HTTP 500 after it arrived', fault: { status: 500, body, afterEffect: true }, arrived: true, again: 0 },
      { name: 'HTTP 503', fault: { status: 503, body }, arrived: false, again: 0 },
      { name: 'a cut connection', fault: { drop: true }, arrived: false, again: 0 },
      { name: 'a cut connection after it arrived', fault: { drop: true, afterEffect: true }, arrived: true, again: 0 },
      { name: 'HTTP 429', fault: { status: 429, body, headers: { 'retry-after': '60' } }, arrived: false, again: 1 },
      { name: 'HTTP 412', fault: { status: 412, body }, arrived: false, again: 1 },
      { name: 'HTTP 403', fault: { status: 403, body }, arrived: false, again: 1 },
      { name: 'HTTP 404', fault: { status: 404, body }, arrived: false, again: 1 },
      { name: 'HTTP 413', fault: { status: 413, body }, arrived: false, again: 1 },
    ];
    test.each(faults)(
      'by $name is answered with HTTP 200, posted at most once, and posted by a repeat only where it surely was not',
      async ({ fault, arrived, again }) => {
        for (const line of ['sev a?', question]) {
          await bot.database.query('UPDATE dialog SET is_open = false');
          const [before, dialogs] = [seen(), (await dialogsOf(bot)).length];
          const activity = messageFrom(bot, 'lukas', line, channel);
          bot.standIn.onRequest = () => fault;
          expect((await send(bot, activity)).status).toBe(200);
          expect(seen() - before).toBe(arrived ? 1 : 0);
          bot.standIn.onRequest = undefined;
          for (let time = 0; time < 3; time += 1) expect((await send(bot, activity)).status).toBe(200);
          expect(seen() - before).toBe((arrived ? 1 : 0) + again);
          expect((await dialogsOf(bot)).length - dialogs).toBe(line === question ? 1 : 0);
        }
      },
    );

    test('applies a typed answer once, however often it has to be sent', async () => {
      await bot.ask('lukas', question, channel);
      const [{ rootId } = {}] = bot.messages().slice(-1);
      const thread: Place = { kind: 'channel', rootId: String(rootId) };
      const activity = messageFrom(bot, 'lukas', 'a quota increase', thread);
      const before = seen();
      for (const fault of [{ status: 429, body, headers: { 'retry-after': '9' } }, { status: 403, body }, undefined]) {
        bot.standIn.onRequest = ({ method }) => (method === 'POST' ? fault : undefined);
        expect((await send(bot, activity)).status).toBe(200);
      }
      expect(seen() - before).toBe(1);
      expect(wordsIn(cardOf(bot.messages().at(-1)!))).toContain('Which of these hold?');
      expect((await dialogsOf(bot)).at(-1)).toMatchObject({ revision: 2, is_open: true });
      // The card that was sent late is the one that shrinks with the next answer.
      const late = bot.messages().at(-1)!;
      await bot.say('lukas', 'none', thread);
      expect(wordsIn(bot.cardFor('lukas', late.id))).toContain('goes on below');
    });
  });

  describe('at the same time as another', () => {
    test('has exactly one effect of two different clicks, and both get the card as it then is', async () => {
      for (let round = 0; round < 10; round += 1) {
        const { card, message } = await bot.ask('priya', question, channel);
        const place = bot.standIn.conversations.placeOf(message);
        const clicks = ['A quota increase', 'A question about a query', 'Cancel'].map((title) =>
          clickFrom(bot, 'priya', buttonWith(card, title), place, message.id),
        );
        const answers = await Promise.all(clicks.map((click) => bot.raw(click)));
        await bot.app.settle();
        const row = (await dialogsOf(bot)).at(-1)!;
        expect(row.revision).toBe(2);
        const state = row.state as { answers: { options: string[] }[]; cancelled: boolean };
        expect(state.answers.length + Number(state.cancelled)).toBe(1);
        const shown = new Set(answers.map((answer) => JSON.stringify(invokeAnswer(answer).card)));
        expect(shown.size).toBe(1);
      }
    });

    test('has one effect when one click comes many times, with its id or with new ones', async () => {
      const { card, message } = await bot.ask('priya', question, channel);
      const place = bot.standIn.conversations.placeOf(message);
      const click = clickFrom(bot, 'priya', buttonWith(card, 'A quota increase'), place, message.id);
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, at) => bot.raw(at % 2 ? click : { ...click, id: `f:again-${at}` })),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(invokeAnswer(answer).card))).size).toBe(1);
      expect((await dialogsOf(bot)).at(-1)).toMatchObject({ revision: 2 });
    });
  });

  describe('whose process dies', () => {
    const turns = () => createTurns(bot.database, () => undefined);
    const keyOf = (activity: { id: string; conversation: { id: string; tenantId: string } }) => ({
      tenantId: activity.conversation.tenantId,
      conversationId: activity.conversation.id,
      activityId: activity.id,
    });
    const timePasses = () => bot.database.query(`UPDATE inbox SET lease_until = now() - interval '1 second'`);

    test('before it has kept anything is answered by a repeat, which waits for the lease to run out', async () => {
      const activity = messageFrom(bot, 'priya', question);
      await turns().begin(keyOf(activity), bot.person('priya').aadObjectId, undefined);
      const repeat = send(bot, activity);
      await delay(300);
      expect(postsOf(bot)).toHaveLength(0);
      await timePasses();
      expect((await repeat).status).toBe(200);
      expect(postsOf(bot)).toHaveLength(1);
      await send(bot, activity);
      expect(postsOf(bot)).toHaveLength(1);
    });

    test('before it has kept a click is no hindrance: the next delivery of the click counts, once', async () => {
      const { card, message } = await bot.ask('priya', question);
      const click = clickFrom(bot, 'priya', buttonWith(card, 'A quota increase'), undefined, message.id);
      const { id: dialogId } = (await dialogsOf(bot)).at(-1)!;
      await turns().look(keyOf(click), dialogId);
      const first = await send(bot, click);
      expect(wordsIn(invokeAnswer(first).card)).toContain('Which of these hold?');
      await timePasses();
      expect(await send(bot, click)).toEqual(first);
      expect((await dialogsOf(bot)).at(-1)).toMatchObject({ revision: 2 });
    });

    test('after it has kept the change and before it has posted sends what was kept and changes nothing more', async () => {
      const activity = messageFrom(bot, 'priya', question, channel);
      bot.standIn.onRequest = () => ({ status: 403, body });
      await send(bot, activity);
      bot.standIn.onRequest = undefined;
      const before = await dialogsOf(bot);
      await timePasses();
      await send(bot, activity);
      await send(bot, activity);
      expect(postsOf(bot).filter(({ status }) => status === 201)).toHaveLength(1);
      expect(await dialogsOf(bot)).toEqual(before);
    });
  });
});

describe.each(testDatabases)('two processes on one database ($name)', ({ open }) => {
  let [first, second]: Harness[] = [];
  let database: Database;
  beforeAll(async () => {
    database = await open();
    const shared: Database = { ...database, close: async () => undefined };
    first = await Harness.start({ database: shared });
    second = await Harness.start({ database: shared, standIn: first.standIn });
  });
  afterAll(async () => {
    await second?.app.stop(1_000);
    await first?.stop();
    await database.close();
  });
  const pair = (): [Harness, Harness] => [first as Harness, second as Harness];

  test('bring a check forward in turns, and answer a repeat of what the other has answered as the other did', async () => {
    const [one, other] = pair();
    const { message, card: start } = await one.ask('priya', question, channel);
    const place = one.standIn.conversations.placeOf(message);
    let card = start;
    const clicks: { activity: unknown; answer: RawAnswer }[] = [];
    const steps = [
      ['Something is broken, a bug fix', {}],
      ['Continue', { ticked: 'bug' }],
      ['Continue', { ticked: 'asc,tsgs,existing-icms,outage-check' }],
      ['Back', {}],
      ['Continue', { ticked: 'asc,tsgs,existing-icms,outage-check' }],
      ['Sev A', {}],
    ] as const;
    for (const [at, [title, inputs]] of steps.entries()) {
      const button = buttonWith(card, title);
      const data = { ...(button['data'] as object), ...inputs };
      const activity = clickFrom(one, 'priya', { ...button, data }, place, message.id);
      const [here, there] = at % 2 ? [one, other] : [other, one];
      const answer = await send(here, activity);
      expect(await send(there, activity)).toEqual(answer);
      card = invokeAnswer(answer).card as CardJson;
      clicks.push({ activity, answer });
      for (const old of clicks) expect(await send(there, old.activity)).toEqual(old.answer);
      // A press on the card of before, there where it is still remembered.
      const late = clickFrom(one, 'priya', { ...button, data }, place, message.id);
      expect(invokeAnswer(await send(there, late)).card).toEqual(card);
    }
    expect(wordsIn(card)).toContain('Sev 2.');
    expect((await dialogsOf(one)).at(-1)).toMatchObject({ revision: 7, is_open: false });
  });

  test('have one effect of one activity, and of two different clicks, that come to both at once', async () => {
    const [one, other] = pair();
    for (let round = 0; round < 10; round += 1) {
      await database.query('UPDATE dialog SET is_open = false');
      const before = postsOf(one).length;
      const line = messageFrom(one, 'priya', question);
      await Promise.all([one.raw(line), other.raw(line), one.raw(line), other.raw(line)]);
      await Promise.all([one.app.settle(), other.app.settle()]);
      expect(postsOf(one)).toHaveLength(before + 1);
      const message = one.messages().at(-1)!;
      const place = one.standIn.conversations.placeOf(message);
      const clicks = ['A quota increase', 'A question about a query'].map((title) =>
        clickFrom(one, 'priya', buttonWith(cardOf(message), title), place, message.id),
      );
      const [left, right] = clicks;
      const answers = await Promise.all([one.raw(left), other.raw(right), one.raw(right), other.raw(left)]);
      expect(new Set(answers.map((answer) => JSON.stringify(invokeAnswer(answer).card))).size).toBe(1);
      expect((await dialogsOf(one)).at(-1)).toMatchObject({ revision: 2 });
    }
  });

  test('post once for a button that posts, though it comes to both at once', async () => {
    const [one, other] = pair();
    const { message, card } = await one.ask('lukas', 'help', channel);
    const place = one.standIn.conversations.placeOf(message);
    const posting = buttonsOf(card).filter(({ verb }) => verb === 'help/run');
    expect(posting.length).toBeGreaterThan(10);
    for (const button of [...posting, { verb: 'advice/own', data: {} }]) {
      const before = postsOf(one).length;
      const click = clickFrom(one, 'lukas', button, place, message.id);
      const answers = await Promise.all([one.raw(click), other.raw(click)]);
      await Promise.all([one.app.settle(), other.app.settle()]);
      answers.forEach((answer) => invokeAnswer(answer));
      expect(postsOf(one)).toHaveLength(before + 1);
    }
  });
});

describe('a failure inside', () => {
  const canaries = Array.from({ length: 20 }, (_, at) => `canary-${at}-S3cr3t/${at}`);
  const secret = (at: number) => `postgres://bot:${canaries[at]}@db.internal:5432 token=${canaries[at]}`;
  const withStack = (error: Error, stack: string) => Object.assign(error, { stack });
  class StrangeError extends Error {
    override get name(): string {
      return secret(7);
    }
  }
  const throwers: readonly (() => unknown)[] = [
    () => new Error(secret(0)),
    () => new Error('outer', { cause: new Error(secret(1)) }),
    () => withStack(new Error('x'), `Error: ${secret(2)}\n${secret(2)}`),
    () => secret(3),
    () => ({ message: secret(4), stack: secret(4), cause: secret(4) }),
    () => new AppError('internal', 'a step failed', new Error(secret(5))),
    () => new AppError('database-unavailable', 'gone', { detail: secret(6) }),
    () => new StrangeError('x'),
    () => new AggregateError([new Error(secret(8))], secret(8)),
    () => Object.assign(new Error('x'), { code: secret(9), detail: secret(9), query: secret(9), where: secret(9) }),
    () => new Error(`first line\n    at connect (${secret(10)}:1:1)\n    at more`),
    () => new Error('a', { cause: new Error('b', { cause: new Error('c', { cause: new Error(secret(11)) }) }) }),
    () => Object.assign(new Error('before'), { message: secret(12) }),
    () => Object.assign(new TypeError('x'), { toString: () => secret(13), toJSON: () => secret(13) }),
    () => new z.ZodError([{ code: 'custom', path: [secret(14)], message: secret(14), input: secret(14) }]),
    () => new DOMException(secret(15), 'AbortError'),
    () =>
      Object.defineProperty(new Error('x'), 'stack', {
        get: () => {
          throw new Error(secret(16));
        },
      }),
    () => new URIError(`${secret(17)}\u2028    at ${secret(17)}`),
    () => new SyntaxError(`Unexpected token in JSON: ${secret(18)}`),
    () => new Proxy(new Error(secret(19)), {}),
  ];
  const fail = (at: number): never => {
    throw throwers[at]?.();
  };
  const numbered = z.object({ at: z.coerce.number().int(), dialog: z.string().optional() });
  const faulty: Feature = {
    name: 'faulty',
    commands: throwers.map((_, at): Command => ({
      name: `fail-${at}`,
      title: `Fail ${at}`,
      summary: 'Fails.',
      examples: [`please fail ${at} now`],
      run: at % 2 ? () => fail(at) : async () => fail(at),
    })),
    actions: [
      action({ verb: 'faulty/act', data: numbered, run: (turn) => fail(turn.data.at) }),
      action({ verb: 'faulty/show', readOnly: true, data: numbered, run: async (turn) => fail(turn.data.at) }),
      action({
        verb: 'faulty/card',
        data: z.object({}),
        run: (): Outcome => ({
          reply: { kind: 'card', card: { name: 'none', view: z.object({}), samples: [{}] }, view: 7 },
        }),
      }),
      action({
        verb: 'faulty/check',
        data: z.object({ at: z.coerce.number().refine((at) => fail(at)) }),
        run: () => text('x'),
      }),
    ],
  };
  let bot: Harness;
  beforeAll(async () => {
    bot = await Harness.start({ moreFeatures: [faulty] });
  });
  afterAll(() => bot.stop());

  test('tells nothing of 20 secrets in the answer, in what is posted and in the log', async () => {
    const said: string[] = [];
    for (let at = 0; at < throwers.length; at += 1) {
      const message = await send(bot, messageFrom(bot, 'priya', `please fail ${at} now`, channel));
      expect(message).toEqual({ status: 200, text: '{}' });
      for (const verb of ['faulty/act', 'faulty/show', 'faulty/check']) {
        const answer = await send(bot, clickFrom(bot, 'priya', { verb, data: { at } }));
        expect(invokeAnswer(answer).sentence).toMatch(/Something went wrong on my side|cannot reach my records/);
        said.push(answer.text);
      }
      await send(
        bot,
        submitActivity(sceneOf(bot, 'priya'), { id: `s${at}`, data: { verb: 'faulty/act', at }, replyToId: '1' }),
      );
    }
    expect(postsOf(bot)).toHaveLength(2 * throwers.length);
    const everything = [...said, ...bot.log, JSON.stringify(bot.standIn.requests)].join('\n');
    expect(canaries.filter((canary) => everything.includes(canary))).toEqual([]);
    expect(canaries.filter((canary) => everything.includes(canary.split('/')[0] as string))).toEqual([]);
    // Each failure is told to whoever runs the bot, in one line of JSON.
    expect(errorsOf(bot).length).toBe(5 * throwers.length);
    expect(bot.log.map((line) => JSON.parse(line) as unknown)).toHaveLength(bot.log.length);
  });

  test('of a card that cannot be rendered is answered with a sentence', async () => {
    const answer = await send(bot, clickFrom(bot, 'priya', { verb: 'faulty/card', data: {} }));
    expect(invokeAnswer(answer).sentence).toContain('Something went wrong on my side');
  });

  test('leaves the bot answering', async () => {
    expect(wordsIn((await bot.ask('priya', 'sev a?')).card)).toContain('Sev');
  });
});

describe('a handler that hangs', () => {
  let release: () => void = () => undefined;
  const slow: Feature = {
    name: 'slow',
    actions: [
      action({
        verb: 'slow/act',
        data: z.object({}),
        run: async () => {
          await new Promise<void>((resolve) => (release = resolve));
          return { ...text('Finished.'), audit: { event: 'slow', subject: 'x', details: {} } };
        },
      }),
    ],
  };
  let bot: Harness;
  beforeAll(async () => {
    bot = await Harness.start({ moreFeatures: [slow], invokeBudgetMs: 100 });
  });
  afterAll(() => bot.stop());

  test('is answered within the budget, also when the press comes again, and with its result once it is there', async () => {
    const click = clickFrom(bot, 'priya', { verb: 'slow/act', data: {} });
    expect(invokeAnswer(await bot.raw(click)).sentence).toContain('still working');
    expect(invokeAnswer(await bot.raw(click)).sentence).toContain('still working');
    expect(wordsIn((await bot.ask('lukas', 'sev a?', channel)).card)).toContain('Sev');
    release();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(invokeAnswer(await bot.raw(click)).sentence).toBe('Finished.');
    expect(await bot.database.query(`SELECT 1 FROM audit WHERE event = 'slow'`)).toHaveLength(1);
  });
});

describe('records that cannot be reached', () => {
  let bot: Harness;
  /** Lets so many statements through, then none. */
  let left = Infinity;
  beforeAll(async () => {
    const database = await (testDatabases[0] as (typeof testDatabases)[number]).open();
    const failing: Database = {
      ...database,
      query: (sql, values, name) => {
        left -= 1;
        return left < 0
          ? Promise.reject(new AppError('database-unavailable', 'gone', new Error('password=hunter2')))
          : database.query(sql, values, name);
      },
    };
    bot = await Harness.start({ database: failing });
  });
  afterAll(() => bot.stop());
  beforeEach(() => {
    left = Infinity;
    bot.standIn.requests.length = 0;
  });

  test.each([0, 1, 2])(
    'after %d statements of a turn are told to the person, in every kind of turn',
    async (allowed) => {
      const { card, message } = await bot.ask('priya', question, channel);
      const place = bot.standIn.conversations.placeOf(message);
      const button = buttonWith(card, 'A quota increase');
      const before = await dialogsOf(bot);
      bot.standIn.requests.length = 0;

      left = allowed;
      expect(await bot.raw(messageFrom(bot, 'lukas', question, channel))).toEqual({ status: 200, text: '{}' });
      expect(postsOf(bot)).toHaveLength(1);
      const posted = JSON.stringify(postsOf(bot)[0]?.body);
      if (allowed < 2) expect(posted).toContain('I cannot reach my records right now. Nothing was changed.');

      left = allowed;
      const click = clickFrom(bot, 'priya', button, place, message.id);
      const { sentence, card: shown } = invokeAnswer(await bot.raw(click));
      if (allowed < 2) expect(sentence).toContain('I cannot reach my records right now. Nothing was changed.');
      else expect(shown).toBeDefined();

      left = 0;
      for (const activity of [
        installationUpdateActivity(sceneOf(bot, 'mei'), 'add'),
        botAddedActivity(sceneOf(bot, 'mei')),
        submitActivity(sceneOf(bot, 'priya', place), { data: { verb: 'advice/own' }, replyToId: message.id }),
      ])
        expect((await bot.raw(activity)).status).toBe(200);
      expect((await fetch(`${bot.url}/readyz`)).status).toBe(503);
      await bot.app.settle();

      left = Infinity;
      if (allowed < 2) expect(await dialogsOf(bot)).toEqual(before);
      // The same press, once the records are there again, counts once.
      for (let time = 0; time < 2; time += 1)
        expect(wordsIn(invokeAnswer(await bot.raw(click)).card)).toContain('Which of these hold?');
      expect(
        await bot.database.query('SELECT 1 FROM dialog WHERE id = $1 AND revision = 2', [
          (button['data'] as { dialog: string }).dialog,
        ]),
      ).toHaveLength(1);
      expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
      expect(wordsIn((await bot.ask('lukas', 'sev a?', channel)).card)).toContain('Sev');
      expect(bot.log.join('\n')).not.toContain('hunter2');
    },
  );

  test('cost no more than that turn: where the bot can be reached in private is kept by the next one', async () => {
    left = 0;
    await bot.raw(messageFrom(bot, 'diego', 'sev a?'));
    await bot.app.settle();
    left = Infinity;
    await bot.raw(messageFrom(bot, 'diego', 'sev a?'));
    await bot.app.settle();
    const rows = await bot.database.query('SELECT 1 FROM personal_chat WHERE person_id = $1', [
      bot.person('diego').aadObjectId,
    ]);
    expect(rows).toHaveLength(1);
  });
});

describe('a connector that hangs', () => {
  test('is waited for no longer than the limit, and what it may have got is not sent again', async () => {
    const bot = await Harness.start({ sendTimeoutMs: 150 });
    try {
      bot.standIn.onRequest = () => ({ delayMs: 3_000 });
      const activity = messageFrom(bot, 'priya', 'sev a?');
      const from = Date.now();
      expect((await send(bot, activity)).status).toBe(200);
      expect(Date.now() - from).toBeLessThan(2_800);
      bot.standIn.onRequest = undefined;
      await send(bot, activity);
      expect(postsOf(bot)).toHaveLength(1);
      expect(wordsIn((await bot.ask('lukas', 'sev a?', channel)).card)).toContain('Sev');
    } finally {
      await bot.stop();
    }
  });
});

/** The button to the next page of help. */
const moreOf = (card: CardJson): string | undefined =>
  buttonsOf(card)
    .map(({ title }) => String(title))
    .find((title) => title.startsWith('More ('));

describe('a feature that is added', () => {
  const example = 'Ring the Bell (twice), please!';
  const extra: Feature = {
    name: 'bell',
    commands: [
      {
        name: 'ring',
        title: 'Ring the bell',
        summary: 'Rings it twice.',
        examples: [example, 'ding dong'],
        run: (turn) => text(`Ring for “${turn.text}”.`),
      },
    ],
    actions: [
      action({
        verb: 'bell/ring',
        data: z.object({ times: z.coerce.number().int().max(5) }),
        run: (turn) => text(`Rang ${turn.data.times} times.`),
      }),
    ],
  };

  test('has its command, verb and help entry with no other change', async () => {
    const bot = await Harness.start({ moreFeatures: [extra] });
    try {
      for (const line of [example, 'ring the bell twice please', 'DING DONG', 'ding-dong!'])
        expect((await bot.say('priya', line, channel))[0]?.content.text).toBe(`Ring for “${line}”.`);
      const { message } = await bot.ask('priya', 'help');
      const shown = () => bot.cardFor('priya', message.id);
      for (
        let more = moreOf(shown());
        more !== undefined && !wordsIn(shown()).includes('Ring the bell');
        more = moreOf(shown())
      )
        await bot.press('priya', message.id, more);
      expect(wordsIn(shown())).toContain('Ring the bell');
      expect(wordsIn(shown())).toContain(`Rings it twice. For example: “${example}”`);
      await bot.press('priya', message.id, 'Ring the bell');
      expect(bot.messages().at(-1)?.content.text).toBe(`Ring for “${example}”.`);
      const click = (times: unknown) => send(bot, clickFrom(bot, 'priya', { verb: 'bell/ring', data: { times } }));
      expect(invokeAnswer(await click(2)).sentence).toBe('Rang 2 times.');
      expect(invokeAnswer(await click(6)).sentence).toContain('does not work any more');
      await send(
        bot,
        submitActivity(sceneOf(bot, 'priya'), { data: { verb: 'bell/ring', times: '3' }, replyToId: '1' }),
      );
      expect(bot.messages().at(-1)?.content.text).toBe('Rang 3 times.');
    } finally {
      await bot.stop();
    }
  });

  const again = (change: Partial<Feature>): Feature => ({ name: 'other', ...change });
  const ring = extra.commands?.[0] as Command;
  test.each([
    [
      'verb',
      again({ actions: [action({ verb: 'bell/ring', data: z.object({}), run: () => text('x') })] }),
      'the verb "bell/ring"',
    ],
    ['command', again({ commands: [{ ...ring, examples: ['something else'] }] }), 'the command "ring"'],
    [
      'example',
      again({ commands: [{ ...ring, name: 'ring-2', examples: ['DING DONG!'] }] }),
      'the example "ding dong"',
    ],
    ['fallback', again({ fallback: () => text('x') }), 'expected one feature with a fallback, got 2'],
  ])('is refused at the start when its %s belongs to another', async (_, other, reason) => {
    const database = await (testDatabases[0] as (typeof testDatabases)[number]).open();
    const standIn = new ConnectorStandIn();
    await expect(Harness.start({ database, standIn, moreFeatures: [extra, other] })).rejects.toThrow(reason);
    await database.close();
  });
});
