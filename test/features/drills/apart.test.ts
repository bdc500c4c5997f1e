import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { features } from '../../../src/features/index.ts';
import type { Playbook } from '../../../src/playbook/schema.ts';
import type { Database } from '../../../src/store/database.ts';
import { testDatabases } from '../../support/databases.ts';
import { buttonsOf, cardOf, Harness, type CardJson } from '../../support/harness.ts';
import { begin, channel, MARK, minute, type Begun } from './stage.ts';
import { filled, playbook as local } from '../escalation/stage.ts';

/**
 * A practice run is apart: whatever is typed and pressed in its thread, forged data included, no real row changes, no
 * post leaves the thread, nobody is called who did not come, and everything is marked.
 */
const people = ['priya', 'lukas', 'mei', 'amara', 'diego'] as const;
const realNumber = '512345678';
const otherReal = '512345999';
const invented = '9000000101';
/** Stands in real rows alone, so it must never be read in a practice run. */
const SECRET = 'Quagga';

// ---- what is done in the thread --------------------------------------------------------------------------------------

const actionOf = new Map(features.flatMap(({ actions }) => actions ?? []).map((one) => [one.verb as string, one]));
const verbs = [...actionOf.keys()];
const examples = features.flatMap(({ commands }) => commands ?? []).flatMap(({ examples: lines }) => [...lines]);
const lines = [
  ...examples,
  `track ${realNumber}`,
  `track ${otherReal} sev A`,
  `resolve ${realNumber}`,
  `hand over ${realNumber} to @Lukas Weber`,
  `hand over ${invented} to @Amara Nowak`,
  `take over ${realNumber}`,
  `take over ${invented}`,
  `resolve ${invented}`,
  `reopen ${invented}`,
  `${invented} sev A -> B`,
  `escalate ${realNumber}`,
  `escalate ${invented}`,
  `remind me about ${invented} in 2 minutes`,
  `remind me about ${realNumber} in 2 minutes`,
  'next update in 3 minutes',
  'update sent',
  'snooze 15m',
  'I am away until tomorrow 9am',
  'my time zone is Europe/Berlin',
  'send my digest at 9am',
  '@Amara Nowak please take over',
  'what does a scribe do?',
  'I am the commander',
  'I take the scribe role',
  '@Mei Tanaka is the scribe',
  '@Amara Nowak is the communications officer',
  'who does what?',
  'note: restarted the job',
  `note ${realNumber}: restarted the job`,
  'change: scaled out to 12 SU, result: no effect',
  'timeline',
  `timeline ${realNumber}`,
  'postmortem',
  `postmortem ${realNumber}`,
  `status update ${realNumber}`,
  'status update',
  'what is known?',
  `what is known about ${realNumber}`,
  'what is the meaning of life and of the carpet in the office',
];

type Step =
  | { readonly kind: 'say'; readonly who: number; readonly line: string }
  | {
      readonly kind: 'press';
      readonly who: number;
      readonly message: number;
      readonly button: number;
      readonly words: string;
    }
  | {
      readonly kind: 'forge';
      readonly who: number;
      readonly verb: string;
      readonly id: number;
      readonly revision: number;
      readonly submit: boolean;
    }
  | {
      readonly kind: 'extension';
      readonly who: number;
      readonly verb: string;
      readonly id: number;
      readonly revision: number;
    }
  | { readonly kind: 'pass'; readonly minutes: number };

const who = fc.nat(people.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('say' as const), who, line: fc.constantFrom(...lines) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('press' as const),
      who,
      message: fc.nat(30),
      button: fc.nat(20),
      words: fc.constantFrom('', 'in 5 minutes', 'Everything went well', 'A', '3', `@Amara Nowak`, realNumber),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('forge' as const),
      who,
      verb: fc.constantFrom(...verbs),
      id: fc.nat(20),
      revision: fc.integer({ min: 1, max: 3 }),
      submit: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('extension' as const),
      who,
      verb: fc.constantFrom(...verbs),
      id: fc.nat(20),
      revision: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 40 }) }) },
);

// ---- what is looked at -------------------------------------------------------------------------------------------------

const tablesSql = `SELECT t.table_name AS name,
    EXISTS (SELECT FROM information_schema.columns c WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name
      AND c.column_name = 'tenant_id') AS has_tenant
  FROM information_schema.tables t
  WHERE t.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND t.table_name NOT LIKE 'drill%' ORDER BY 1`;
/** Where a person can be reached, and where a channel may be written to: nothing of an incident. */
const besides = ['personal_chat', 'introduction', 'route', 'migration'];

/** Every real row, as text; of the thread of practice itself only what is no line and no check. */
async function realRows(database: Database, tenantId: string, thread: string): Promise<Map<string, string[]>> {
  const rows = new Map<string, string[]>();
  for (const { name, has_tenant } of await database.query<{ name: string; has_tenant: boolean }>(tablesSql)) {
    if (besides.includes(name)) continue;
    const ofThread = name === 'inbox' || name === 'dialog' ? `AND conversation_id <> $2` : 'AND $2 <> $1';
    const found = has_tenant
      ? await database.query<{ row: string }>(
          `SELECT to_jsonb(t)::text AS row FROM ${name} t WHERE tenant_id = $1 ${ofThread} ORDER BY 1`,
          [tenantId, thread],
        )
      : await database.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t ORDER BY 1`);
    rows.set(
      name,
      found.map(({ row }) => row),
    );
  }
  return rows;
}

/** Whatever is wrong with one of the bot's cards or texts in the thread. */
function faultsOf(content: unknown, taking: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const { text, attachments } = content as { text?: string; attachments?: { content?: CardJson }[] };
  if (!attachments?.length) {
    if (text !== undefined && !text.startsWith(`**${MARK}**`)) faults.push(`a text is not marked: ${text}`);
    return faults;
  }
  for (const { content: card } of attachments) faults.push(...faultsOfCard(card, taking));
  return faults;
}
function faultsOfCard(card: unknown, taking: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const { body, msteams } = card as {
    body: { items?: { text?: string }[] }[];
    msteams?: { entities?: { mentioned?: { id?: string; name?: string } }[] };
  };
  if (body[0]?.items?.[0]?.text !== MARK) faults.push(`a card is not marked: ${JSON.stringify(card).slice(0, 300)}`);
  for (const { mentioned } of msteams?.entities ?? [])
    if (!taking.has(mentioned?.id ?? '')) faults.push(`${mentioned?.name} is mentioned and takes no part`);
  return faults;
}

describe.each(testDatabases)('a practice run is apart, on $name', ({ open, name }) => {
  let bot: Harness;
  const ids: string[] = [];
  /** Threads of practice, also those of the runs before, in which something may still come. */
  const threads = new Set<string | undefined>();
  const playbook: Playbook = local;
  const tenant = () => bot.standIn.world.tenantId;

  beforeAll(async () => {
    bot = await Harness.start({ database: await open(), playbook });
    // Something of everything is real before.
    await bot.say('priya', 'help');
    await bot.say('mei', 'help');
    await bot.ask('priya', `track ${realNumber} sev B, title: ${SECRET} of a customer`, channel);
    await bot.ask('lukas', `track ${otherReal} sev C`, channel);
    await bot.say('priya', `remind me about ${realNumber} in 20 days`, channel);
    await bot.say('priya', 'my time zone is Asia/Kolkata');
    await bot.say('lukas', 'should I open an ICM?', channel);
    await bot.say('mei', `I am the scribe for ${realNumber}`, channel);
    await bot.say('priya', `note ${realNumber}: ${SECRET} restarted the job`, channel);
    await bot.say('priya', `change ${realNumber}: ${SECRET} scaled out, result: no effect`, channel);
    await bot.say('priya', `impact ${realNumber} high, urgency critical`, channel);
    await bot.say('priya', `postmortem ${realNumber}`, channel);
    const form = await bot.ask('priya', `escalate ${realNumber}`, channel);
    await bot.press('priya', form.message.id, 'Ask the SMEs', filled({ sentiment: `Furious at the ${SECRET}` }));
    const odd = await bot.ask('priya', 'which colour has the office carpet');
    await bot.press('priya', odd.message.id, 'Pass my words to the leads', { question: 'the carpet' });
    // What is real goes out at its own time, which these tests do not reach.
    await bot.pass(minute);
    await bot.database.query(
      `UPDATE outbox SET due_at = due_at + interval '2 years', wake_at = wake_at + interval '2 years' WHERE state = 'waiting'`,
    );
    for (const table of ['icm', 'follow_up', 'dialog', 'escalation', 'incident_entry', 'icm_role'])
      ids.push(
        ...(
          await bot.database.query<{ id: string }>(
            `SELECT ${table === 'icm_role' ? 'icm_id AS id' : 'id'} FROM ${table} ORDER BY 1`,
          )
        ).map(({ id }) => id),
      );
    expect(ids.length).toBeGreaterThanOrEqual(5);
  }, 60_000);
  afterAll(() => bot?.stop());

  const messagesIn = ({ rootId }: Begun) =>
    bot.messages().filter((message) => message.rootId === rootId && message.from === bot.standIn.world.bot.id);

  async function forged(
    at: { readonly verb: string; readonly id: number; readonly revision: number },
    begun: Begun,
  ): Promise<object> {
    const practised = (
      await bot.database.query<{ id: string }>(
        `SELECT id FROM icm WHERE tenant_id LIKE $1 AND conversation_id LIKE $2 UNION ALL
         SELECT id FROM follow_up WHERE tenant_id LIKE $1`,
        [`${tenant()}/practice/%`, `%messageid=${begun.rootId}`],
      )
    ).map((row) => row.id);
    const all = [...ids, ...practised];
    const id = all[at.id % all.length] as string;
    const known: Record<string, unknown> = {
      ...filled(),
      revision: at.revision,
      number: realNumber,
      when: 'in 4 minutes',
      at: new Date(bot.clock.now + 30 * minute).toISOString(),
      zone: 'Europe/Berlin',
      caseSeverity: 'A',
      scenario: 'lost-data',
      part: 'customer',
      command: 'my-icms',
      topic: 'roles',
    };
    // Whatever an action takes: an id of something real wherever one fits, and else the first that does.
    const shape = (
      actionOf.get(at.verb)?.data as { shape?: Record<string, { safeParse(value: unknown): { success: boolean } }> }
    ).shape;
    const guesses = [id, 'forged', '1', 'A', 'yes', 'no', 'external', 'internal', 'commander', 'true', at.revision, []];
    return Object.fromEntries(
      Object.entries(shape ?? {}).map(([key, field]) => [
        key,
        key in known && field.safeParse(known[key]).success
          ? known[key]
          : guesses.find((guess) => field.safeParse(guess).success),
      ]),
    );
  }

  async function take(one: Step, begun: Begun, taking: Set<string>): Promise<string[]> {
    const messages = messagesIn(begun);
    if (one.kind === 'pass') {
      await bot.pass(one.minutes * minute);
      return [];
    }
    const key = people[one.who] as string;
    const person = bot.person(key);
    if (one.kind === 'say') {
      taking.add(person.id);
      await bot.say(key, one.line, begun.place);
      return [];
    }
    const [first] = messages;
    const conversation = one.kind === 'extension' ? undefined : first;
    if (one.kind === 'extension') {
      taking.add(person.id);
      for (const { id } of bot.app.extensions)
        await bot.client.extension(person, begun.place, {
          commandId: id,
          context: 'compose',
          data: { verb: one.verb, ...(await forged(one, begun)) },
        });
      await bot.app.settle();
      return [];
    }
    if (!conversation) return [];
    const message = one.kind === 'press' ? messages[one.message % messages.length] : conversation;
    if (!message) return [];
    let pressed: CardJson;
    if (one.kind === 'press') {
      if (!message.content.attachments?.length) return [];
      const buttons = buttonsOf(bot.cardFor(key, message.id)).filter(({ type }) => type === 'Action.Execute');
      const button = buttons[one.button % Math.max(1, buttons.length)];
      if (!button) return [];
      const inputs = JSON.stringify(cardOf(message)).matchAll(/"type":"Input\.[A-Za-z]+","id":"([^"]+)"/g);
      pressed = {
        ...button,
        data: {
          ...Object.fromEntries([...inputs].map(([, input]) => [input as string, one.words])),
          ...(button['data'] as object),
        },
      };
    } else {
      const data = await forged(one, begun);
      pressed = one.submit
        ? { type: 'Action.Submit', data: { verb: one.verb, ...data } }
        : { type: 'Action.Execute', verb: one.verb, data };
    }
    taking.add(person.id);
    const outcome = await bot.client.press(person, message.id, { ...pressed, type: String(pressed['type']) });
    await bot.app.settle();
    return outcome.kind === 'notice' && !outcome.text.startsWith(`**${MARK}**`) && !outcome.text.startsWith('Done')
      ? [`a sentence is not marked: ${outcome.text}`]
      : [];
  }

  /** Plays the steps in a new practice run; everything that is wrong afterwards. */
  async function play(steps: readonly Step[]): Promise<string[]> {
    const taking = new Set([bot.person('priya').id]);
    const begun = await begin(bot);
    threads.add(begun.rootId);
    const thread = `${bot.standIn.world.channel.id};messageid=${begun.rootId}`;
    const before = await realRows(bot.database, tenant(), thread);
    const messagesBefore = new Set(bot.messages().map(({ id }) => id));
    const revisions = new Map(bot.messages().map(({ id, revision }) => [id, revision]));
    const faults: string[] = [];
    for (const one of steps) faults.push(...(await take(one, begun, taking)));
    // Reminders and injects that are still to come.
    await bot.pass(60 * minute);
    for (const message of bot.messages().filter(({ from }) => from === bot.standIn.world.bot.id)) {
      const isHere = message.rootId === begun.rootId;
      if (
        !threads.has(message.rootId) &&
        (!messagesBefore.has(message.id) || message.revision !== revisions.get(message.id))
      )
        faults.push(`a post outside of the thread: ${JSON.stringify(message.content).slice(0, 300)}`);
      if (!isHere) continue;
      faults.push(...faultsOf(message.content, taking));
      if (JSON.stringify([message.content, message.views]).includes(SECRET)) faults.push('real words in the thread');
      for (const { card } of Object.values(message.views)) faults.push(...faultsOfCard(card, taking));
    }
    const after = await realRows(bot.database, tenant(), thread);
    for (const [table, rows] of after) {
      const known = new Set(before.get(table));
      const fresh = rows.filter((row) => !known.has(row));
      if (fresh.length > 0 || rows.length !== before.get(table)?.length)
        faults.push(`real rows of ${table} changed: ${fresh.join(' ').slice(0, 300)}`);
    }
    return faults;
  }

  const runs = Number(process.env['PRACTICE_RUNS'] ?? (name === 'PGlite' ? 60 : 30));
  test('whatever is done in its thread', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        expect(await play(steps)).toEqual([]);
      }),
      { numRuns: runs, endOnFailure: false, ...(process.env['SEED'] ? { seed: Number(process.env['SEED']) } : {}) },
    );
  }, 280_000);
});
