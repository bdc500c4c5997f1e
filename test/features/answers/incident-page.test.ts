import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testDatabases } from '../../support/databases.ts';
import { cardOf, Harness, wordsIn } from '../../support/harness.ts';

/** The rows of the table in docs/incident-practice.md: the F-number, and what to type for the answer. */
const rows = readFileSync(new URL('../../../docs/incident-practice.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => /^\| F\d+ /.test(line))
  .map((line) => {
    const [, f = '', , type = ''] = line.split('|').map((cell) => cell.trim());
    return [f, /answer(?:ed only\*\*)?: `([^`]+)`$/.exec(type)?.[1] ?? ''] as const;
  });

describe('the page about incidents', () => {
  let bot: Harness;
  beforeAll(async () => {
    bot = await Harness.start({ database: await testDatabases[0]!.open() });
  });
  afterAll(() => bot?.stop());

  test('has a row for each of F66 to F94', () => {
    expect(rows.map(([f]) => f)).toEqual(Array.from({ length: 29 }, (_, at) => `F${at + 66}`));
  });

  test.each(rows)('%s is answered when one types “%s”', async (f, line) => {
    await bot.database.query('UPDATE dialog SET is_open = false');
    const [message] = await bot.say('priya', line);
    expect(wordsIn(cardOf(message!))).toMatch(new RegExp(`\\b${f}\\b`));
  });
});
