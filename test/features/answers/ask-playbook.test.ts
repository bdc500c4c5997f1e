import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../../../src/errors.ts';
import { topicsOf } from '../../../src/features/answers/topics.ts';
import type { Feature } from '../../../src/features/feature.ts';
import { searchActivity, type TeamsActivity } from '../../../src/local/activities.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import { testDatabases } from '../../support/databases.ts';
import { buttonsOf, Harness, wordsIn, type CardJson } from '../../support/harness.ts';

const playbook = loadPlaybook();
const own = { commandId: 'askPlaybook', parameter: 'question' };

interface Attachment {
  readonly contentType: string;
  readonly content: CardJson;
  readonly preview: {
    readonly contentType: string;
    readonly content: { readonly title: string; readonly text: string };
  };
}
interface Result {
  readonly type: 'result' | 'message';
  readonly attachmentLayout?: string;
  readonly attachments: readonly Attachment[];
  readonly text?: string;
}

let bot: Harness;
beforeAll(async () => {
  bot = await Harness.start();
});
afterAll(() => bot.stop());

const activityOf = (call: Partial<Parameters<typeof searchActivity>[1]>, from = bot, key = 'priya') =>
  searchActivity(from.client.scene(from.person(key), { kind: 'personal' }), { ...own, ...call });

async function sent(activity: TeamsActivity | object, from = bot): Promise<Result> {
  const { status, text } = await from.raw(activity);
  expect(status).toBe(200);
  const { composeExtension } = JSON.parse(text) as { composeExtension: Result };
  if (composeExtension.type === 'message') expect(composeExtension.text?.trim()).toBeTruthy();
  else expect(composeExtension).toMatchObject({ type: 'result', attachmentLayout: 'list' });
  return composeExtension;
}
const search = (text?: string, page: { skip?: number; count?: number } = {}) =>
  sent(activityOf({ ...(text === undefined ? {} : { text }), ...page }));
const titles = ({ attachments }: Result) => attachments.map(({ preview }) => preview.content.title);
/** Every row of every table, also those of the queue. */
async function rows(database: Harness['database']): Promise<string> {
  const tables = await database.query<{ name: string }>(
    `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const found = await Promise.all(tables.map(({ name }) => database.query(`SELECT t::text AS row FROM ${name} t`)));
  return JSON.stringify(found);
}

describe('Ask the playbook', () => {
  test('is offered at the compose box and in the command box, as data for the manifest', () => {
    const offered = bot.app.extensions.filter(({ type }) => type === 'query');
    expect(offered).toEqual([
      {
        type: 'query',
        id: 'askPlaybook',
        title: 'Ask the playbook',
        description: expect.any(String),
        contexts: ['compose', 'commandBox'],
        initialRun: true,
        parameters: [{ name: 'question', title: expect.any(String), description: expect.any(String) }],
      },
    ]);
    for (const one of offered)
      for (const { title, description } of [one, ...('parameters' in one ? one.parameters : [])]) {
        expect(title.length).toBeLessThanOrEqual(32);
        expect(description.length).toBeLessThanOrEqual(128);
      }
  });

  test.each([
    ['quota increase', 'A quota increase', 'F35'],
    ['who should be the scribe', 'The scribe', 'F71'],
    ['may pg be in the mail to the cx', 'PG in emails', 'F37'],
    ['what does an outage cost per minute', 'cost', '$9,000'],
  ])('“%s” finds the answer first, with its source', async (text, title, part) => {
    const { attachments } = await search(text);
    const [first] = attachments;
    expect(first).toMatchObject({
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', version: '1.5' },
      preview: { contentType: 'application/vnd.microsoft.card.thumbnail' },
    });
    expect(`${first!.preview.content.title} ${wordsIn(first!.content)}`.toLowerCase()).toContain(title.toLowerCase());
    expect(wordsIn(first!.content)).toContain(part);
    expect(wordsIn(first!.content)).toMatch(/^Source: /m);
  });

  test('before anything is typed it offers what is asked most, then everything else, page by page', async () => {
    const all = topicsOf(playbook).all;
    const shown: string[] = [];
    for (let skip = 0; skip <= all.size; skip += 25) shown.push(...titles(await search(undefined, { skip })));
    expect(shown.slice(0, playbook.mostAsked.length)).toEqual(playbook.mostAsked.map((id) => all.get(id)?.title));
    expect(shown).toHaveLength(all.size);
    expect(titles(await search('   '))).toEqual(shown.slice(0, 25));
    expect((await search(undefined, { skip: 5_000 })).attachments).toEqual([]);
  });

  test('a page is as long as it is asked for, and the next one goes on', async () => {
    const both = titles(await search('customer', { count: 6 }));
    expect(both).toHaveLength(6);
    const pages = [await search('customer', { count: 3 }), await search('customer', { skip: 3, count: 3 })];
    expect(pages.flatMap(titles)).toEqual(both);
  });

  test('no card that goes into a message calls the bot, and each says its source', async () => {
    const all: Attachment[] = [];
    for (let skip = 0; skip < topicsOf(playbook).all.size; skip += 25)
      all.push(...(await search(undefined, { skip })).attachments);
    for (const { content, preview } of all) {
      expect(JSON.stringify(content)).not.toMatch(/Action\.(Execute|Submit)|"refresh"|"verb"|"actions":\[\]/);
      for (const { type } of buttonsOf(content)) expect(['Action.OpenUrl', 'Action.ToggleVisibility']).toContain(type);
      expect(wordsIn(content)).toMatch(/^Source: .*\(F\d/m);
      expect(preview.content.title).not.toBe('');
      expect(preview.content.text).not.toMatch(/[<>&]|^$/);
    }
  });

  test('where the documents disagree the card shows both sides and who decides', async () => {
    const { attachments } = await search('is the sla table official');
    expect(wordsIn(attachments[0]!.content)).toContain('Who decides:');
  });

  test('a page is small enough to be sent at every letter', async () => {
    for (const text of [undefined, 'customer', 'icm', 'who decides']) {
      const { text: body } = await bot.raw(activityOf(text === undefined ? {} : { text }));
      expect(body.length).toBeLessThan(120_000);
    }
  });

  test('what is not there is said so', async () => {
    expect(await search('zzz qqq xxx')).toEqual({ type: 'message', text: expect.stringContaining('I found nothing') });
  });

  test('a text that is far too long is read as far as it goes', async () => {
    const long = await search(`quota increase ${'x'.repeat(60_000)}`);
    expect(['result', 'message']).toContain(long.type);
    expect(titles(await search(`quota increase ${' '.repeat(60_000)}`))[0]).toBe('A quota increase');
  });

  test('nothing is posted and nothing of it is kept, neither in the records nor in the log', async () => {
    const before = { posts: bot.messages().length, rows: await rows(bot.database) };
    await search('quota for gramblewick vexilloth');
    await search('vexilloth');
    await bot.app.settle();
    expect(bot.messages().length).toBe(before.posts);
    expect(await rows(bot.database)).toBe(before.rows);
    expect(bot.log.join('\n')).not.toMatch(/gramblewick|vexilloth/);
  });
});

describe('the protocol of the search', () => {
  test('whatever stands in the value, the answer is one that Teams can show', async () => {
    const parameter = fc.record({
      name: fc.oneof(fc.constant('question'), fc.anything()),
      value: fc.oneof(fc.string({ unit: 'binary' }), fc.anything()),
    });
    const value = fc.record(
      {
        commandId: fc.constantFrom<unknown>('askPlaybook', 'askPlaybook', 'checkCustomerMessage', '__proto__', 7, null),
        parameters: fc.oneof(fc.array(parameter), fc.anything()),
        queryOptions: fc.oneof(fc.record({ skip: fc.anything(), count: fc.anything() }), fc.anything()),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(value, fc.jsonValue()), async (one) => {
        const json = JSON.stringify({ ...activityOf({}), value: one }, (_, inner: unknown) =>
          typeof inner === 'bigint' ? Number(inner) : inner,
        );
        const { attachments = [] } = await sent(JSON.parse(json) as object);
        expect(attachments.length).toBeLessThanOrEqual(25);
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    [0, 1],
    [-5, 1],
    [1e9, 25],
    ['3', 25],
    [2.9, 2],
  ])('a page of %j has %i results', async (count, length) => {
    const activity = activityOf({});
    const value = { ...(activity['value'] as object), queryOptions: { skip: -1, count } };
    expect((await sent({ ...activity, value })).attachments).toHaveLength(length);
  });

  test('somebody without an id in the directory is told that it is not for guests', async () => {
    const answer = await sent({ ...activityOf({ text: 'quota' }), from: { id: '29:guest' } });
    expect(answer).toEqual({
      type: 'message',
      text: 'I can only help people who are signed in to your organisation.',
    });
  });

  test('the id of a dialog opens no search, and the id of a search no dialog', async () => {
    expect(await sent(activityOf({ commandId: 'checkCustomerMessage' }))).toMatchObject({ type: 'message' });
    const activity = { ...activityOf({}), name: 'composeExtension/fetchTask' };
    expect(JSON.parse((await bot.raw(activity)).text)).toMatchObject({ task: { type: 'message' } });
  });

  test('an activity that comes again gets the same answer', async () => {
    const activity = activityOf({ id: 'f:again', text: 'quota' });
    const [first, ...more] = await Promise.all([1, 2, 3].map(() => bot.raw(activity)));
    const later = await bot.raw(activity);
    for (const answer of [...more, later]) expect(answer).toEqual(first);
  });

  test('a link that somebody pastes is left alone', async () => {
    const activity = { ...activityOf({}), name: 'composeExtension/queryLink', value: { url: 'https://example.com' } };
    expect((await bot.raw(activity)).status).toBe(501);
  });

  test('a search in a chat of others is not taken for the personal chat with the bot', async () => {
    const before = await bot.database.query('SELECT * FROM personal_chat');
    const scene = bot.client.scene(
      { ...bot.person('lukas'), chatId: '19:others@unq.gbl.spaces' },
      { kind: 'personal' },
    );
    await sent(searchActivity(scene, { ...own, text: 'quota' }));
    await bot.app.settle();
    expect(await bot.database.query('SELECT * FROM personal_chat')).toEqual(before);
  });

  test('a database that is gone does not stop it', async () => {
    const database = await testDatabases[0]!.open();
    let isGone = false;
    const other = await Harness.start({
      database: {
        ...database,
        query: (...query) =>
          isGone ? Promise.reject(new AppError('database-unavailable', 'gone')) : database.query(...query),
      },
    });
    isGone = true;
    expect(titles(await sent(activityOf({ text: 'quota increase' }, other), other))[0]).toBe('A quota increase');
    isGone = false;
    await other.stop();
  });

  test('an error shows nothing from inside', async () => {
    const other = await Harness.start({ moreFeatures: [failing] });
    const answer = await sent(activityOf({ commandId: 'failing', text: 'x' }, other), other);
    expect(answer).toMatchObject({
      type: 'message',
      text: expect.stringContaining('Something went wrong on my side.'),
    });
    expect(JSON.stringify(answer) + other.log.join('\n')).not.toContain('secret');
    await other.stop();
  });
});

const failing: Feature = {
  name: 'failing',
  searches: [
    {
      id: 'failing',
      title: 'x',
      description: 'x',
      contexts: ['compose'],
      parameter: { name: 'question', title: 'x', description: 'x' },
      find: () => {
        throw new Error('a secret');
      },
    },
  ],
};
