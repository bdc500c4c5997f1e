import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startLocalTeams, type LocalTeams, type LocalTeamsOptions } from '../../src/local/local-teams.ts';
import type { MessageView } from '../../src/local/page-view.ts';
import type { Outcome } from '../../src/local/teams-client.ts';
import { createWorld, type Person } from '../../src/local/world.ts';
import { card, cardAnswer, FakeBot, messageAnswer, withCard, type Activity } from './fake-bot.ts';

const world = createWorld();
const [priya, lukas, mei] = world.people as [Person, Person, Person];
const start = Date.UTC(2026, 2, 2, 9, 0, 0);
const execute = { type: 'Action.Execute', verb: 'x/do', data: { id: 7 } };

let bot: FakeBot;
let teams: LocalTeams;
let clock: number;

beforeEach(async () => {
  clock = start;
  bot = new FakeBot();
  await bot.start();
  await open();
});
afterEach(async () => {
  await teams.stop();
  await bot.stop();
});

async function open(options: Partial<LocalTeamsOptions> = {}): Promise<void> {
  teams = await startLocalTeams({
    port: 0,
    botUrl: bot.url,
    world,
    announce: false,
    now: () => clock,
    timeoutMs: 500,
    ...options,
  });
}

async function reopen(options: Partial<LocalTeamsOptions>): Promise<void> {
  await teams.stop();
  await open(options);
}

async function api(path: string, body: Record<string, unknown>): Promise<Outcome> {
  const response = await fetch(`${teams.url}/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Outcome;
}

interface State {
  readonly installed: boolean;
  readonly botProblem?: string;
  readonly messages: MessageView[];
}

async function stateOf(person: Person): Promise<State> {
  return (await fetch(`${teams.url}/api/state?as=${person.key}`)).json() as Promise<State>;
}

async function last(person: Person): Promise<MessageView> {
  const message = (await stateOf(person)).messages.at(-1);
  if (message === undefined) throw new Error('Expected a message, got none');
  return message;
}

/** The bot posts a card to the channel; `title` is what everybody sees. */
async function postCard(
  title: string,
  more: Record<string, unknown> = {},
): Promise<{ id: string; activity: Activity }> {
  let id = '';
  bot.onActivity = async (activity) => {
    if (activity.type === 'message') id = await bot.reply(activity, withCard(card([text(title)], more)));
  };
  await api('send', { as: 'priya', place: 'channel', text: `@${world.bot.name} go` });
  return { id, activity: bot.received.at(-1) as Activity };
}

const text = (words: string) => ({ type: 'TextBlock', text: words });
const shown = (view: MessageView) => JSON.stringify(view.cards);

test('a typed message arrives as Teams sends it, and the answer is shown', async () => {
  bot.onActivity = (activity) => bot.reply(activity, { text: 'hello' }).then(() => undefined);
  expect(await api('send', { as: 'priya', place: 'personal', text: 'hi' })).toEqual({ kind: 'done' });
  expect(bot.received).toEqual([
    {
      type: 'message',
      id: String(start),
      timestamp: '2026-03-02T09:00:00.000Z',
      localTimestamp: '2026-03-02T14:30:00.000+05:30',
      localTimezone: 'Asia/Kolkata',
      locale: 'en-US',
      channelId: 'msteams',
      serviceUrl: `${teams.url}/`,
      from: { id: priya.id, aadObjectId: priya.aadObjectId, name: 'Priya Sharma' },
      recipient: { id: world.bot.id, name: world.bot.name },
      conversation: { conversationType: 'personal', tenantId: world.tenantId, id: priya.chatId },
      textFormat: 'plain',
      text: 'hi',
      attachments: [{ contentType: 'text/html', content: '<p>hi</p>' }],
      entities: [{ type: 'clientInfo', locale: 'en-US', country: 'IN', platform: 'Web', timezone: 'Asia/Kolkata' }],
      channelData: { tenant: { id: world.tenantId } },
    },
  ]);
  expect((await stateOf(priya)).messages.map((message) => message.text)).toEqual(['hi', 'hello']);
  expect((await stateOf(mei)).messages).toEqual([]);
});

test('in the channel the bot gets only what mentions it', async () => {
  expect(await api('send', { as: 'priya', place: 'channel', text: 'lunch?' })).toEqual({ kind: 'not-mentioned' });
  expect(bot.received).toEqual([]);
  await api('send', { as: 'priya', place: 'channel', text: `@${world.bot.name} ask @Mei Tanaka` });
  const [activity] = bot.received as [Activity];
  expect(activity.text).toBe(`<at>${world.bot.name}</at> ask <at>Mei Tanaka</at>`);
  expect(activity['entities']).toMatchObject([{ mentioned: { id: world.bot.id } }, { mentioned: { id: mei.id } }, {}]);
  expect(activity.conversation).toMatchObject({ id: `${world.channel.id};messageid=${activity.id}`, isGroup: true });
  expect(activity['channelData']).toMatchObject({ team: { id: world.team.id }, channel: { id: world.channel.id } });
});

test('a reply stays in its thread', async () => {
  bot.onActivity = (activity) => bot.reply(activity, { text: 'here' }).then(() => undefined);
  await api('send', { as: 'priya', place: 'channel', text: `@${world.bot.name} one` });
  const root = (await stateOf(priya)).messages[0]?.id;
  await api('send', { as: 'mei', place: 'channel', rootId: root, text: `@${world.bot.name} two` });
  const { messages } = await stateOf(lukas);
  expect(messages.map((message) => message.rootId)).toEqual([root, root, root, root]);
});

test('a pressed button is an invoke, and the card in the answer is for that person alone', async () => {
  const { id } = await postCard('for all');
  bot.onActivity = () => cardAnswer(card([text('for Mei')]));
  expect(await api('press', { as: 'mei', messageId: id, action: execute })).toEqual({ kind: 'card' });
  expect(bot.received.at(-1)).toMatchObject({
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: id,
    from: { id: mei.id },
    value: { action: execute, trigger: 'manual' },
  });
  expect(shown(await last(mei))).toContain('for Mei');
  expect(shown(await last(priya))).toContain('for all');
});

test('an update by the bot ends the personal views, and the refresh is due again', async () => {
  const refresh = { userIds: [mei.id], action: execute };
  const { id, activity } = await postCard('waiting', { refresh });
  expect((await last(mei)).refreshDue).toBe(true);
  expect((await last(priya)).refreshDue).toBe(false);
  bot.onActivity = () => cardAnswer(card([text('decide')]));
  await api('refresh', { as: 'mei', messageId: id });
  expect(bot.received.at(-1)).toMatchObject({ value: { action: execute, trigger: 'automatic' } });
  expect(await last(mei)).toMatchObject({ isOwnView: true, refreshDue: false });
  await bot.update(activity, id, withCard(card([text('approved')], { refresh })));
  expect(shown(await last(mei))).toContain('approved');
  expect(await last(mei)).toMatchObject({ isOwnView: false, refreshDue: true, edited: true });
});

test('a personal view is asked for again only when it is older than a minute', async () => {
  const { id } = await postCard('waiting', { refresh: { userIds: [mei.id], action: execute } });
  bot.onActivity = () => cardAnswer(card([text('decide')]));
  await api('refresh', { as: 'mei', messageId: id });
  clock += 59_999;
  expect((await last(mei)).refreshDue).toBe(false);
  clock += 1;
  expect((await last(mei)).refreshDue).toBe(true);
});

const unable = { kind: 'error', text: 'Something went wrong. Unable to reach app.' };
const error = { statusCode: 500, type: 'application/vnd.microsoft.error', value: { code: 'x', message: 'y' } };
test.each<[string, number, unknown, unknown]>([
  ['a sentence', 200, messageAnswer('noted'), { kind: 'notice', text: 'noted' }],
  ['an error', 200, error, unable],
  ['another HTTP status', 500, cardAnswer(card([])), unable],
  ['nothing', 200, undefined, unable],
  ['a card without a type', 200, cardAnswer({}), unable],
])('an invoke answered with %s is shown as Teams shows it', async (_, status, answer, expected) => {
  const { id } = await postCard('for all');
  bot.onActivity = () => answer;
  bot.status = status;
  expect(await api('press', { as: 'mei', messageId: id, action: execute })).toEqual(expected);
});

test('an invoke without an answer in time is an error', async () => {
  const { id } = await postCard('for all');
  bot.onActivity = () => new Promise(() => undefined);
  expect(await api('press', { as: 'mei', messageId: id, action: execute })).toEqual(unable);
});

test('Action.Submit arrives as a message with a value and without text', async () => {
  const { id } = await postCard('for all');
  await api('press', { as: 'mei', messageId: id, action: { type: 'Action.Submit', data: { a: '1' } } });
  const activity = bot.received.at(-1);
  expect(activity).toMatchObject({ type: 'message', replyToId: id, value: { a: '1' } });
  expect(activity).not.toHaveProperty('text');
});

test('the app is added and removed, and the bot is told', async () => {
  expect((await stateOf(lukas)).installed).toBe(false);
  expect(await api('send', { as: 'lukas', place: 'personal', text: 'hi' })).toMatchObject({ kind: 'refused' });
  await api('install', { as: 'lukas', installed: true });
  expect(bot.received).toMatchObject([
    { type: 'installationUpdate', action: 'add', conversation: { id: lukas.chatId } },
    { type: 'conversationUpdate', membersAdded: [{ id: world.bot.id }] },
  ]);
  await api('install', { as: 'lukas', installed: false });
  expect(bot.received.at(-1)).toMatchObject({ type: 'installationUpdate', action: 'remove' });
  expect((await stateOf(lukas)).installed).toBe(false);
});

test('at the start the bot is told about the team and everybody who has the app', async () => {
  await reopen({ announce: true });
  const added = bot.received.filter((activity) => activity.type === 'installationUpdate');
  const installed = world.people.filter((person) => person.installed).map((person) => person.chatId);
  expect(added.map((activity) => activity.conversation.id)).toEqual([world.channel.id, ...installed]);
});

test('a message to a bot that is not there is given back', async () => {
  await bot.stop();
  expect(await api('send', { as: 'priya', place: 'personal', text: 'hi' })).toMatchObject({ kind: 'unreachable' });
  expect(await stateOf(priya)).toMatchObject({
    messages: [],
    botProblem: expect.stringContaining('Nothing listens at') as unknown,
  });
  await bot.start();
});

test('a message that the bot answers badly stays, with a notice', async () => {
  bot.status = 500;
  expect(await api('send', { as: 'priya', place: 'personal', text: 'hi' })).toMatchObject({ kind: 'error' });
  expect(await stateOf(priya)).toMatchObject({
    messages: [{ text: 'hi' }],
    botProblem: 'The bot answered with HTTP 500. Its log says why.',
  });
});

test('an open page is told what its person may see', async () => {
  const stream = await fetch(`${teams.url}/api/events?as=mei`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  bot.onActivity = (activity) => bot.reply(activity, { text: 'secret' }).then(() => undefined);
  await api('send', { as: 'priya', place: 'personal', text: 'hi' });
  await api('send', { as: 'priya', place: 'channel', text: 'to all' });
  let got = '';
  while (!got.includes('to all')) got += (await reader?.read())?.value ?? '';
  await reader?.cancel();
  expect(got).toContain('event: elsewhere\ndata: {"person":"priya"}');
  expect(got).not.toContain('secret');
});

test('with a file the conversations outlive a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'local-teams-'));
  const stateFile = join(folder, 'teams.json');
  await reopen({ stateFile });
  await api('send', { as: 'priya', place: 'personal', text: 'remember' });
  await api('install', { as: 'lukas', installed: true });
  await reopen({ stateFile });
  expect((await last(priya)).text).toBe('remember');
  expect((await stateOf(lukas)).installed).toBe(true);
  await rm(folder, { recursive: true });
});

/** fetch refuses to forge these headers. */
function raw(method: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${teams.url}${path}`, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end(method === 'POST' ? '{"as":"lukas","installed":true}' : undefined);
  });
}

const json = { 'content-type': 'application/json' };
test.each<[string, string, string, Record<string, string>, number]>([
  ['a foreign page', 'POST', '/api/install', { ...json, origin: 'https://evil.example' }, 403],
  ['a sandboxed page', 'POST', '/api/install', { ...json, origin: 'null' }, 403],
  ['a page on another local port', 'POST', '/api/install', { ...json, origin: 'http://127.0.0.1:1' }, 403],
  ['a name that points here', 'GET', '/', { host: 'evil.example' }, 403],
  ['a form', 'POST', '/api/install', { 'content-type': 'text/plain' }, 415],
  ['a path out of the page', 'GET', '/..%2flocal-teams.ts', {}, 404],
  ['an unknown person', 'GET', '/api/state?as=nobody', {}, 404],
])('%s is turned away', async (_, method, path, headers, status) => {
  expect(await raw(method, path, headers)).toBe(status);
  expect(bot.received).toEqual([]);
});

test('a body of another shape is refused', async () => {
  const response = await fetch(`${teams.url}/api/send`, { method: 'POST', headers: json, body: '{"as":1}' });
  expect(response.status).toBe(400);
});

test.each(['/', '/style.css', '/page.js', '/vendor/adaptivecards.js', '/vendor/markdown-it.js'])(
  '%s is served',
  async (path) => {
    const response = await fetch(`${teams.url}${path}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect((await response.text()).length).toBeGreaterThan(500);
  },
);
