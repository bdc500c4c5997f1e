import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ConnectorStandIn } from '../../src/local/connector-stand-in.ts';
import { createWorld, type Person } from '../../src/local/world.ts';

const world = createWorld();
const [priya, lukas] = world.people as [Person, Person];
const card = {
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: { type: 'AdaptiveCard', version: '1.5' },
};
const say = (text: string) => ({ type: 'message', text });

let standIn: ConnectorStandIn;
beforeEach(async () => {
  standIn = new ConnectorStandIn({ world });
  await standIn.start();
});
afterEach(() => standIn.stop());

interface Answer {
  readonly status: number;
  readonly body: {
    id: string;
    activityId: string;
    error?: { code: string };
    members: { name: string }[];
    continuationToken?: string;
  } & Record<string, unknown>;
}

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${standIn.url}/v3/${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text || '{}') as Answer['body'] };
}

const chat = (person: Person) => `conversations/${encodeURIComponent(person.chatId)}`;
const channel = `conversations/${encodeURIComponent(world.channel.id)}`;

async function newThread(text = 'root'): Promise<Answer['body']> {
  const answer = await call('POST', 'conversations', {
    isGroup: true,
    tenantId: world.tenantId,
    channelData: { channel: { id: world.channel.id } },
    activity: say(text),
  });
  expect(answer.status).toBe(201);
  return answer.body;
}

test('a new thread gets a conversation id that names its first post', async () => {
  const { id, activityId } = await newThread();
  expect(id).toBe(`${world.channel.id};messageid=${activityId}`);
  expect(activityId).toMatch(/^\d{13}$/);
});

test('a post to a thread id is a reply, whereas replyToId alone opens a new thread', async () => {
  const { id, activityId } = await newThread();
  const reply = await call('POST', `conversations/${encodeURIComponent(id)}/activities`, say('reply'));
  const loose = await call('POST', `${channel}/activities/${activityId}`, say('not a reply'));
  expect(reply.status).toBe(201);
  expect(standIn.conversations.message(reply.body.id)?.rootId).toBe(activityId);
  expect(standIn.conversations.message(loose.body.id)?.rootId).toBe(loose.body.id);
});

test('a personal conversation is created by Teams id or directory id', async () => {
  for (const id of [priya.id, priya.aadObjectId]) {
    const answer = await call('POST', 'conversations', { tenantId: world.tenantId, members: [{ id }] });
    expect(answer).toMatchObject({ status: 201, body: { id: priya.chatId } });
  }
});

test('a message can be updated and deleted by the bot', async () => {
  const { body } = await call('POST', `${chat(priya)}/activities`, say('one'));
  const path = `${chat(priya)}/activities/${body.id}`;
  expect(await call('PUT', path, { type: 'message', attachments: [card] })).toMatchObject({
    status: 200,
    body: { id: body.id },
  });
  expect(standIn.conversations.message(body.id)?.content).toEqual({ attachments: [card] });
  expect((await call('DELETE', path)).status).toBe(200);
  expect((await call('DELETE', path)).body.error?.code).toBe('ActivityNotFoundInConversation');
});

test.each([
  ['GET', `${channel}/members`, 5],
  ['GET', `${chat(priya)}/members`, 1],
])('%s %s lists the members', async (method, path, count) => {
  const { body } = await call(method, path);
  expect(body).toHaveLength(count);
});

test('members come in pages and one by one, without mail addresses', async () => {
  const first = await call('GET', `${channel}/pagedmembers?pageSize=3`);
  const second = await call(
    'GET',
    `${channel}/pagedmembers?pageSize=3&continuationToken=${first.body.continuationToken}`,
  );
  expect([...first.body.members, ...second.body.members].map((member) => member.name)).toEqual(
    world.people.map((person) => person.name),
  );
  expect(second.body.continuationToken).toBeUndefined();
  const { body } = await call('GET', `${channel}/members/${lukas.aadObjectId}`);
  expect(body).toMatchObject({ id: lukas.id, aadObjectId: lukas.aadObjectId, userRole: 'user' });
  expect(body).not.toHaveProperty('email');
});

const thread = { isGroup: true, tenantId: world.tenantId, channelData: { channel: { id: world.channel.id } } };
test.each<[string, string, string, unknown, number, string]>([
  ['an unknown conversation', 'POST', 'conversations/19:nobody/activities', say('x'), 404, 'ConversationNotFound'],
  [
    'a thread without a first post',
    'POST',
    `${channel}%3Bmessageid%3D1/activities`,
    say('x'),
    404,
    'ConversationNotFound',
  ],
  ['an unknown message', 'PUT', `${channel}/activities/1`, say('x'), 404, 'ActivityNotFoundInConversation'],
  ['an unknown member', 'GET', `${channel}/members/29:nobody`, undefined, 404, 'MemberNotFoundInConversation'],
  ['a chat without the app', 'POST', `${chat(lukas)}/activities`, say('x'), 403, 'BotNotInConversationRoster'],
  [
    'the roster of a chat without the app',
    'GET',
    `${chat(lukas)}/members`,
    undefined,
    403,
    'BotNotInConversationRoster',
  ],
  ['text with a card', 'POST', `${channel}/activities`, { ...say('x'), attachments: [card] }, 400, 'BadArgument'],
  ['nothing to show', 'POST', `${channel}/activities`, { type: 'message' }, 400, 'BadSyntax'],
  ['an activity over 28 KB', 'POST', `${channel}/activities`, say('x'.repeat(15_000)), 413, 'MessageSizeTooBig'],
  ['a thread without an activity', 'POST', 'conversations', thread, 400, 'BadSyntax'],
  [
    'another tenant',
    'POST',
    'conversations',
    { members: [{ id: priya.id }], tenantId: 'x' },
    403,
    'ForbiddenOperationException',
  ],
])('%s is refused', async (_, method, path, body, status, code) => {
  expect(await call(method, path, body)).toMatchObject({ status, body: { error: { code } } });
});

test('what a person wrote is not the bot’s to change', async () => {
  const { id } = standIn.conversations.add(priya.chatId, undefined, priya.id, { text: 'mine' });
  expect((await call('PUT', `${chat(priya)}/activities/${id}`, say('x'))).status).toBe(403);
});

test('a typing indicator is no message', async () => {
  expect((await call('POST', `${chat(priya)}/activities`, { type: 'typing' })).status).toBe(201);
  expect(standIn.conversations.messages).toEqual([]);
});

test('a fault answers instead of the truth, before or after the effect', async () => {
  const throttled = {
    status: 429,
    headers: { 'retry-after': '2' },
    body: { error: { code: 'Throttled', message: '' } },
  };
  standIn.onRequest = ({ method }) => (method === 'POST' ? throttled : undefined);
  expect((await call('POST', `${chat(priya)}/activities`, say('x'))).status).toBe(429);
  expect(standIn.conversations.messages).toHaveLength(0);
  standIn.onRequest = () => ({ status: 502, afterEffect: true });
  expect((await call('POST', `${chat(priya)}/activities`, say('x'))).status).toBe(502);
  expect(standIn.conversations.messages).toHaveLength(1);
  expect(standIn.requests.map(({ method, status }) => [method, status])).toEqual([
    ['POST', 429],
    ['POST', 502],
  ]);
});

test('a fault can cut the connection after the effect', async () => {
  standIn.onRequest = () => ({ drop: true, afterEffect: true });
  await expect(call('POST', `${chat(priya)}/activities`, say('x'))).rejects.toThrow('fetch failed');
  expect(standIn.conversations.messages).toHaveLength(1);
  expect(standIn.requests[0]?.status).toBeUndefined();
});

test('a page from elsewhere cannot drive it', async () => {
  const answer = await call('POST', `${chat(priya)}/activities`, say('x'), { origin: 'https://evil.example' });
  expect(answer.status).toBe(403);
  expect(standIn.conversations.messages).toEqual([]);
});

test('two messages in the same millisecond have different ids', async () => {
  const still = new ConnectorStandIn({ world, now: () => 1_700_000_000_000 });
  const ids = ['a', 'b'].map((text) => still.conversations.add(priya.chatId, undefined, priya.id, { text }).id);
  expect(ids).toEqual(['1700000000000', '1700000000001']);
});
