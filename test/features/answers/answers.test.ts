import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Place } from '../../../src/local/activities.ts';
import { loadPlaybook, shippedGuide, shippedPlaybook } from '../../../src/playbook/load.ts';
import { findAnswer, searchTopics } from '../../../src/features/answers/find-answer.ts';
import { topicsOf } from '../../../src/features/answers/topics.ts';
import { features } from '../../../src/features/index.ts';
import { INTENTS, isIntent } from '../../../src/understanding/intents.ts';
import { loadUnderstanding } from '../../../src/understanding/load.ts';
import { testDatabases } from '../../support/databases.ts';
import { buttonsOf, cardOf, Harness, wordsIn } from '../../support/harness.ts';
import { withLeads } from '../../support/leads.ts';
import { asksForQuotaForm, quotaValues } from '../../../src/features/sheets/quota-line.ts';
import { fieldOf } from '../../support/fields.ts';

const playbook = loadPlaybook();
const understanding = loadUnderstanding();
const topics = topicsOf(playbook);
const channel: Place = { kind: 'channel' };
const facts = Array.from({ length: 95 }, (_, index) => `F${index + 1}`);
const tensions = Array.from({ length: 18 }, (_, index) => `T${index + 1}`);
const saying = ({ text, more, facts: rows }: (typeof playbook.topics)[string]) =>
  [text, more ?? '', ...rows.map((row) => `${row.label} ${row.text}`)].join('\n');

describe('the topics of the playbook', () => {
  test.each(facts)('%s is cited by an answer', (fact) => {
    expect(Object.values(playbook.topics).some(({ cites }) => cites.includes(fact))).toBe(true);
  });

  test.each(tensions)('%s is an answer of its own, with both sides and who decides', (id) => {
    expect(topics.all.get(id)).toMatchObject({ tension: id });
    expect(playbook.tensions[id]?.sides.length).toBeGreaterThanOrEqual(2);
    expect(playbook.tensions[id]?.decides).toMatch(/\S/);
  });

  test('nothing is said in both files of the playbook', () => {
    const [first, second] = [shippedPlaybook, shippedGuide].map((file) => parse(readFileSync(file, 'utf8')) as object);
    const inBoth = (a: unknown, b: unknown, path: string): string[] =>
      typeof a === 'object' && typeof b === 'object' && a !== null && b !== null && !Array.isArray(a)
        ? Object.keys(a).flatMap((key) =>
            key in b
              ? inBoth((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], `${path}.${key}`)
              : [],
          )
        : [path];
    // In the second file the tension has the rules that people ask by.
    expect(inBoth(first, second, '').filter((path) => path !== '.tensions.T5.cites')).toEqual([]);
  });

  test('each names intents and commands that exist', () => {
    const commands = features.flatMap((feature) => feature.commands ?? []).map(({ name }) => name);
    for (const { intent, commands: named } of topics.all.values()) {
      if (intent !== undefined) expect(isIntent(intent)).toBe(true);
      for (const name of named) expect(commands).toContain(name);
    }
  });

  test('no example asks for two topics', () => {
    const seen = new Map<string, string>();
    for (const [id, { ask }] of topics.all)
      for (const line of ask) {
        const key = line.toLowerCase();
        expect({ line, also: seen.get(key) ?? id }).toEqual({ line, also: id });
        seen.set(key, id);
      }
  });

  test('each is short, and no line of it is a wall of text', () => {
    for (const [id, { text }] of Object.entries(playbook.topics)) {
      expect({ id, length: text.length, fits: text.length <= 600 }).toMatchObject({ fits: true });
      for (const line of text.split('\n')) expect({ id, line, fits: line.length <= 420 }).toMatchObject({ fits: true });
    }
  });

  // Figures, and the only answers in which they may stand (by a rule that they cite).
  test.each<[fact: string, topic: string, ...figures: string[]]>([
    ['F1', 'severity-table', 'Outage: ICM Sev 1'],
    ['F2', 'severity-table', 'Sev A case: ICM Sev 2'],
    ['F3', 'severity-table', 'Sev B or C case: ICM Sev 3'],
    ['F6', 'severity-change', 'from Sev 3 to Sev 2', 'from Sev B to Sev A'],
    ['F14', 'share-dates', 'within 2-3 weeks'],
    ['F29', 'initial-investigation', 'four parts', 'ASC', 'TSGs', 'existing ICMs', 'outage'],
    ['F35', 'owner-quota', 'Livesite DRI', 'SubscriptionId', 'Region(s)', 'reasoning', 'amount of the increase'],
    ['F43', 'csat-tag', 'three details', 'both the service desk case and the ICM', '[CSAT Impacting]'],
    ['F47', 'csat-email', '<IcM ID#> : A CSAT Impacting IcM has been assigned to your component area'],
    ['F54', 'incident', '45 second', '100 users'],
    ['F55', 'major-incident', 'more than five minutes'],
    ['F58', 'alert-to-incident', '90% CPU', '2 minutes', 'half hour', 'P1', 'P3'],
    [
      'F61',
      'sla-table',
      'Critical 2 hours',
      'High 4-6 hours',
      'Medium 8-12 hours',
      'Low 48-72 hours',
      'not a commitment',
    ],
    ['F62', 'sla-setting', '30 minutes', 'two years'],
    ['F65', 'downtime-cost', '$2,300', '$9,000', '$1 million', '$1,080,000', '$276,000'],
    ['F75', 'good-update', 'Five things'],
    ['F76', 'model-update', 'November 11, 2020', '05:45 UTC', '05:30', '06:00'],
    ['F88', 'drill-questions', 'Did everyone know what to do?', 'Did the process work well for the team?'],
    ['F94', 'checklist', 'Never stop improving'],
    ['F95', 'worksheets-topic', 'three blank worksheets', 'three columns, Low, Medium and High'],
    ['F95', 'further-reading', 'four resources', 'Atlassian Incident Management Handbook'],
  ])('the figures of %s stand in %s as in the documents', (fact, id, ...figures) => {
    const topic = playbook.topics[id]!;
    expect(topic.cites).toContain(fact);
    for (const figure of figures) expect(saying(topic)).toContain(figure);
  });

  test('lists have as many points as the documents', () => {
    const points = (id: string) => playbook.topics[id]!.text.split('\n').filter((line) => line.startsWith('- ')).length;
    expect([
      points('when-to-open'),
      points('when-not-to-open'),
      points('initial-investigation'),
      points('owner-quota'),
      points('pg-in-emails'),
      points('roles'),
      points('good-update'),
      points('external-standard'),
      points('internal-standard'),
      points('practice-run'),
      points('drill-questions'),
      points('checklist'),
    ]).toEqual([4, 4, 4, 4, 3, 4, 5, 4, 4, 5, 5, 9]);
  });

  test('no number stands in an answer that its rules, or the arithmetic on them, do not have', () => {
    const computed = ['1,080,000', '276,000', '120'];
    const named: Record<string, string> = { two: '2', three: '3', four: '4', five: '5', nine: '9', one: '1' };
    for (const [id, topic] of Object.entries(playbook.topics)) {
      const known = topic.cites
        .flatMap((rule) => [playbook.rules[rule]?.text ?? '', ''])
        .concat(Object.values(playbook.severity.table).map(({ icm }) => `Sev ${icm}`))
        .join(' ')
        .replace(/\b(one|two|three|four|five|nine)\b/g, (word) => `${word} ${named[word]}`);
      for (const [figure] of saying(topic).matchAll(/\d[\d,.:]*\d|\d/g))
        expect({
          id,
          figure,
          known: known.includes(figure) || computed.includes(figure) || allowed(id, figure),
        }).toMatchObject({ known: true });
    }
  });
});

/** Figures that the documents have beside the quoted sentence (title of a table, date of the model message, a range). */
const allowed = (id: string, figure: string): boolean =>
  (
    ({
      incident: ['45', '100'],
      'alert-to-incident': ['1', '3'],
      'model-update': ['11', '2020', '05:45'],
      'sla-setting': ['30'],
      'pg-sev-1': ['1'],
    }) as Record<string, string[]>
  )[id]?.includes(figure) ?? false;

describe('finding', () => {
  const ways = (line: string) =>
    findAnswer(line, understanding.understand(line), playbook, (intent) =>
      features.some((feature) => feature.commands?.some((command) => command.intents?.includes(intent))),
    );

  test('every example and title finds its topic, or the command that knows more', () => {
    const detailed = ['severity_mapping', 'severity_changed', 'tracking_howto'];
    for (const [id, { title, ask, intent }] of Object.entries(playbook.topics))
      for (const line of [title, ...ask]) {
        const found = ways(line);
        if (found.kind === 'none' && intent !== undefined && detailed.includes(intent)) continue;
        expect({ line, found }).toEqual({ line, found: { kind: 'topic', topic: id } });
      }
  });

  test.each(INTENTS.filter((intent) => topics.general.has(intent)))('%s has a general answer', (intent) => {
    expect(topics.all.get(topics.general.get(intent)!)).toMatchObject({ intent });
  });

  test('any text is read without a failure', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 3_000 }), fc.string({ maxLength: 200 })), (line) => {
        const found = ways(line);
        expect(['topic', 'which', 'none']).toContain(found.kind);
        expect(searchTopics(line, playbook).length).toBeLessThanOrEqual(8);
      }),
      { numRuns: 300 },
    );
  });

  test('two answers that fit about equally are asked back, also where a command could answer', () => {
    const found = ways('when is it ok to tell the customer that it is resolved');
    expect(found).toMatchObject({ kind: 'which', topics: expect.arrayContaining(['not-resolved-yet']) });
  });

  test.each([
    ['organising postmortems', 'organizing postmortems'],
    ['advice on customising the tool', 'advice on customizing the tool'],
    ['how do we prioritise incidents', 'how do we prioritize incidents'],
  ])('“%s” and “%s” find the same', (one, other) => {
    expect(topics.finder.find(one)).toEqual(topics.finder.find(other));
  });

  test('a search gives the best first, and knows abbreviations', () => {
    expect(searchTopics('quota cx', playbook)[0]).toBe('owner-quota');
    expect(searchTopics('PG in emails', playbook).slice(0, 3)).toContain('pg-in-emails');
    expect(searchTopics('sla', playbook)[0]).toBe('sla-table');
  });
});

describe.each(testDatabases)('answers on $name', ({ open }) => {
  let bot: Harness;
  beforeAll(async () => {
    bot = await Harness.start({
      database: await open(),
      playbook: withLeads(playbook, 'amara'),
    });
  });
  afterAll(() => bot?.stop());
  beforeEach(async () => {
    for (const table of ['answer_count', 'kept_words', 'pg_consent', 'outbox', 'dialog', 'audit', 'preference'])
      await bot.database.query(`DELETE FROM ${table}`);
  });
  const words = (key: string, id: string) => wordsIn(bot.cardFor(key, id));
  const titles = (card: unknown) => buttonsOf(card).map((button) => button['title']);

  test.each([
    ['sla for a critical issue', 'not a commitment', 'F61'],
    ['who should be the scribe', 'The scribe could be your service desk agent', 'F71'],
    ['can I cc the product group on the mail', 'Only when the PG consents', 'F39'],
    ['who gets an icm about a bug', 'CSS Escalation', 'F36'],
    ['what is a postmortem good for', 'not about blame', 'F90'],
    ['how do we do a mock incident', 'Send a calendar invite', 'F87'],
    ['what does an outage cost per minute', '$9,000', 'F65'],
    ['is the sla table official', 'Who decides', 'F61'],
  ])('“%s” is answered with its source', async (line, part, rule) => {
    const { card } = await bot.ask('priya', line, channel);
    expect(wordsIn(card)).toContain(part);
    expect(wordsIn(card)).toContain('Source: ');
    expect(wordsIn(card)).toContain(rule);
  });

  test('a related topic takes the place of the answer, for whoever presses', async () => {
    const { message } = await bot.ask('priya', 'which roles are there in an incident', channel);
    await bot.press('priya', message.id, 'The scribe');
    expect(words('priya', message.id)).toContain('in which order');
    expect(words('lukas', message.id)).toContain('Incident commander');
  });

  test('subjects can be looked through', async () => {
    const { message } = await bot.ask('priya', 'topics');
    await bot.press('priya', message.id, 'SLAs');
    await bot.press('priya', message.id, 'Making SLAs known');
    expect(words('priya', message.id)).toContain('auto-response');
  });

  describe('without an answer', () => {
    const odd = 'which colour has the office carpet';

    test('the bot says so, names people in their order, and nothing is posted or kept', async () => {
      const { card } = await bot.ask('priya', odd, channel);
      expect(wordsIn(card)).toContain('I have no answer to that.');
      expect(wordsIn(card)).toMatch(/colleagues[^]*SME[^]*collab|findings/);
      expect(titles(card)).toContain('Ask colleagues in this channel');
      expect(await bot.database.query('SELECT words FROM kept_words')).toEqual([]);
      expect(await bot.database.query('SELECT outcome, times FROM answer_count')).toEqual([
        { outcome: 'unanswered', times: 1 },
      ]);
      const [{ n } = { n: 0 }] = await bot.database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM audit WHERE details::text LIKE '%carpet%' OR subject LIKE '%carpet%'`,
      );
      expect(n).toBe(0);
    });

    test('a press posts the question for colleagues, in the name of whoever pressed', async () => {
      const { message } = await bot.ask('priya', odd, channel);
      const before = bot.messages().length;
      await bot.press('priya', message.id, 'Ask colleagues in this channel', { question: 'Which *carpet*?' });
      const posted = bot.messages().slice(before);
      expect(posted).toHaveLength(1);
      expect(wordsIn(cardOf(posted[0]!))).toContain('Priya Sharma asks\nWhich *carpet*?');
    });

    test('in a personal chat nothing can be posted', async () => {
      const { card } = await bot.ask('priya', odd);
      expect(titles(card)).not.toContain('Ask colleagues in this channel');
    });

    test('words reach the leads only on a press, without a name, once a week', async () => {
      await bot.client.setInstalled(bot.person('amara'), true);
      await bot.say('amara', 'help');
      const { message } = await bot.ask('priya', odd, channel);
      await bot.press('priya', message.id, 'Pass my words to the leads', { question: odd });
      await bot.say('lukas', 'what is the colour of the sky over there', channel);
      const lists = (await bot.pass(8 * 86_400_000)).filter((one) => one.content.attachments?.length);
      const texts = lists.map((one) => wordsIn(cardOf(one)));
      expect(texts.filter((one) => one.includes('Questions that I could not answer'))).toHaveLength(1);
      const list = texts.find((one) => one.includes('Questions that I could not answer'))!;
      expect(list).toContain('office carpet');
      expect(list).not.toMatch(/sky|Priya|Lukas/);
      expect(list).toContain('no answer');
    });

    test('“not what I meant” counts for its topic', async () => {
      const { message } = await bot.ask('priya', 'sla for a critical issue', channel);
      await bot.press('priya', message.id, 'Not what I meant');
      expect(words('priya', message.id)).toContain('What did you want to know?');
      expect(await bot.database.query('SELECT topic, outcome FROM answer_count')).toEqual([
        { topic: 'sla-table', outcome: 'not-meant' },
      ]);
    });
  });

  describe('the form for a request', () => {
    test('says what is missing, keeps what was typed, and gives the text', async () => {
      const { message } = await bot.ask('priya', 'prepare a quota request');
      const subscription = '0a1b2c3d-0000-4000-8000-00000000abcd';
      await bot.press('priya', message.id, 'Make the text', { subscription, amount: 'from 120 to 240', regions: ' ' });
      expect(words('priya', message.id)).toContain('Region(s) is missing.');
      expect(words('priya', message.id)).toContain('Reasoning for the request is missing.');
      expect(words('priya', message.id)).toContain('Region(s): <missing>');
      await bot.press('priya', message.id, 'Make the text', {
        subscription,
        amount: 'from 120 to 240',
        regions: 'East US',
        reasoning: 'Black *Friday*',
      });
      expect(words('priya', message.id)).not.toContain('is missing');
      expect(words('priya', message.id)).toContain(
        `Owner: Livesite DRI\nSubscriptionId: ${subscription}\nRegion(s): East US\nAmount of the increase: from 120 to 240\nReasoning for the request: Black *Friday*`,
      );
    });

    test('what the line says already stands in the form', async () => {
      const subscription = '0a1b2c3d-0000-4000-8000-00000000abcd';
      const line = `prepare a quota increase for ${subscription} from 120 to 240 SUs`;
      const { message, card } = await bot.ask('priya', line);
      expect([fieldOf(card, 'subscription'), fieldOf(card, 'amount')]).toEqual([subscription, 'from 120 to 240 SUs']);
      expect(fieldOf(card, 'reasoning') ?? '').toBe('');
      await bot.press('priya', message.id, 'Make the text', {
        ...{ subscription, amount: 'from 120 to 240 SUs', regions: 'East US', reasoning: 'Black Friday' },
      });
      expect(words('priya', message.id)).not.toContain('is missing');
    });

    test.each([
      ['prepare a quota request', {}],
      ['prepare the quota request for East US, by 60 units', { regions: 'East US', amount: 'by 60 units' }],
      ['prepare quota form: west europe and East US 2', { regions: 'West Europe, East US 2' }],
      ['prepare a quota request to 12', { amount: 'to 12' }],
    ])('“%s” says %j', (line, said) => {
      const regions = { 'East US': ['eastus'], 'West Europe': ['westeurope'], 'East US 2': ['eastus2'] };
      expect(asksForQuotaForm(line)).toBe(true);
      expect(quotaValues(line, { ...playbook, regions })).toEqual(said);
    });

    test.each(['should I open an ICM for a quota increase', 'what is the quota', 'is a quota increase an ICM?'])(
      '“%s” is a question and no order for the form',
      (line) => expect(asksForQuotaForm(line)).toBe(false),
    );

    test('a subscription that is no id is told so', async () => {
      const { message } = await bot.ask('priya', 'prepare a quota request');
      await bot.press('priya', message.id, 'Make the text', { subscription: '1234' });
      expect(words('priya', message.id)).toContain('SubscriptionId: that is no id');
    });

    test('a blank worksheet comes out as text', async () => {
      const { message } = await bot.ask('priya', 'worksheets');
      await bot.press('priya', message.id, 'SLA table');
      await bot.press('priya', message.id, 'Make the text', { 'high-target': '3 hours' });
      expect(words('priya', message.id)).toContain('High - SLA target: 3 hours');
      expect(words('priya', message.id)).not.toContain('Critical -');
    });
  });

  describe('the product group in emails', () => {
    const form = (more: Record<string, string> = {}) => ({
      ground: 'exhausted',
      engineer: 'true',
      sme: 'true',
      customer: 'true',
      consent: 'true',
      ticket: 'ICM 512345678',
      contact: 'Ada, connectors',
      when: 'today 09:00 UTC',
      ...more,
    });
    const rows = () => bot.database.query('SELECT ticket, ground, contact FROM pg_consent');

    test.each([
      [{ ground: 'none' }, 'No. Without one of the three'],
      [{ ground: 'pg-asked' }, 'Yes. The PG has requested direct involvement'],
      [{ ground: 'sev-1' }, 'A Sev A case is not a Sev 1'],
      [{ customer: 'false' }, 'Not said to be at the end of their options: the customer.'],
      [{ engineer: 'false', sme: 'false' }, 'support engineers, SMEs.'],
      [{ consent: 'false' }, 'Only when the PG consents'],
      [{}, 'Yes. All options are exhausted, and the PG consents'],
      [{ ground: '' }, 'Pick which one holds first.'],
    ])('%j: %s', async (more, part) => {
      const { message } = await bot.ask('priya', 'may I include the PG?');
      await bot.press('priya', message.id, 'May I include the PG?', form(more));
      expect(words('priya', message.id)).toContain(part);
      expect(await rows()).toEqual([]);
    });

    test('a consent is kept only when it holds and says who and when', async () => {
      const { message } = await bot.ask('priya', 'may I include the PG?');
      await bot.press('priya', message.id, 'Keep it on record', form({ consent: 'false' }));
      await bot.press('priya', message.id, 'Keep it on record', form({ contact: ' ' }));
      expect(words('priya', message.id)).toContain('Still missing: who at the PG asked or consents');
      expect(await rows()).toEqual([]);
      await bot.press('priya', message.id, 'Keep it on record', form());
      expect(await rows()).toEqual([{ ticket: '512345678', ground: 'exhausted', contact: 'Ada, connectors' }]);
      expect(words('priya', message.id)).toContain('On record for 512345678: all options exhausted; Ada, connectors');
    });

    test('another chat does not show what is on record here', async () => {
      const { message } = await bot.ask('priya', 'may I include the PG?');
      await bot.press('priya', message.id, 'Keep it on record', form());
      await bot.client.setInstalled(bot.person('lukas'), true);
      await bot.app.settle();
      const other = await bot.ask('lukas', 'may I include the PG?');
      await bot.press('lukas', other.message.id, 'May I include the PG?', form());
      expect(words('lukas', other.message.id)).not.toContain('On record');
    });
  });
});
