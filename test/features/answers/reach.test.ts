import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { topicsOf } from '../../../src/features/answers/topics.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import { testDatabases } from '../../support/databases.ts';
import { buttonsOf, cardOf, Harness, wordsIn, type CardJson } from '../../support/harness.ts';

/** Questions about each fact, written by somebody who had seen neither the examples nor the topics. */
const file = new URL('./blind-questions.jsonl', import.meta.url);
const questions = existsSync(file)
  ? readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as { f: string; text: string })
  : [];

const topics = topicsOf(loadPlaybook()).all;

(questions.length > 0 ? describe : describe.skip)('questions that were written apart', () => {
  let bot: Harness;
  beforeAll(async () => {
    bot = await Harness.start({ database: await testDatabases[0]!.open() });
  });
  afterAll(() => bot?.stop());

  /** Whether one of the topics that are offered cites the fact. */
  const offers = (card: CardJson, f: string) =>
    buttonsOf(card)
      .filter(({ verb }) => verb === 'answers/show')
      .some(({ data }) => topics.get((data as { topic: string }).topic)?.cites.includes(f));

  test('reach the fact that they are about: on the answer, or one press away', async () => {
    const reached = new Map<string, number>();
    const count = { direct: 0, offered: 0, check: 0 };
    const missed: string[] = [];
    for (const { f, text } of questions) {
      await bot.database.query('UPDATE dialog SET is_open = false');
      const cites = (card: CardJson) => new RegExp(`\\b${f}\\b`).test(wordsIn(card));
      const [message] = await bot.say('priya', text);
      const card = message?.content.attachments?.length ? cardOf(message) : {};
      if (!reached.has(f)) reached.set(f, 0);
      let way: keyof typeof count | undefined = cites(card) ? 'direct' : undefined;
      if (!way && wordsIn(card).startsWith('Which one') && offers(card, f)) way = 'offered';
      const number = Number(f.slice(1));
      // The guided check asks first; its verdict cites the rule.
      if (!way && number >= 17 && number <= 36 && buttonsOf(card).some(({ verb }) => verb === 'advice/answer'))
        way = 'check';
      if (way) {
        count[way] += 1;
        reached.set(f, (reached.get(f) ?? 0) + 1);
      } else missed.push(`${f} <- ${text} -> ${wordsIn(card).split('\n')[0]}`);
    }
    const all = count.direct + count.offered + count.check;
    const full = [...reached.values()].filter((times) => times >= 3).length;
    console.log(
      `${questions.length} questions: ${count.direct} answered with the rule, ${count.offered} one press away, ${count.check} by the guided check; ` +
        `${((100 * all) / questions.length).toFixed(1)} % in all; ${full} of ${reached.size} facts by three phrasings or more` +
        (process.env['LIST_MISSED'] ? `\n${missed.join('\n')}` : ''),
    );
    expect(all / questions.length).toBeGreaterThanOrEqual(0.95);
    for (const [f, times] of reached) expect({ f, times, enough: times >= 3 }).toMatchObject({ enough: true });
  }, 120_000);
});
