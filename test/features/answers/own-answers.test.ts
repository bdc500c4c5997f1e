import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';
import { findAnswer } from '../../../src/features/answers/find-answer.ts';
import { loadPlaybook } from '../../../src/playbook/load.ts';
import { loadUnderstanding } from '../../../src/understanding/load.ts';
import { temporaryFolder } from '../../support/databases.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const run = promisify(execFile);
const script = new URL('../../../scripts/check-playbook.ts', import.meta.url).pathname;

function write(name: string, content: string): string {
  const file = join(folder.path, name);
  writeFileSync(file, content);
  return file;
}

/** `npm run playbook:check -- file`, as a lead runs it. */
async function check(file: string): Promise<{ code: number; words: string }> {
  try {
    const { stdout } = await run(process.execPath, [script, file]);
    return { code: 0, words: stdout };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { code, words: stdout };
  }
}

const own = `extends: asa
rules:
  team-parking: { text: Whoever is on call parks on level two., source: 'Team page, Parking' }
topics:
  parking:
    title: Where to park on call
    about: icm
    text: On level two.
    ask: [where do I park when I am on call, parking for the on-call engineer, which level is the garage for on call]
    cites: [team-parking]
`;

test('a lead adds an answer in the playbook file alone, and it is found in other words', () => {
  const playbook = loadPlaybook(write('own.yaml', own));
  const line = 'which garage level do on-call engineers park on';
  expect(findAnswer(line, loadUnderstanding().understand(line), playbook, () => false)).toEqual({
    kind: 'topic',
    topic: 'parking',
  });
});

test('the check says that a good file can be used, and what is worth a look', async () => {
  const good = await check(write('good.yaml', own));
  expect(good).toMatchObject({ code: 0 });
  expect(good.words).toContain('can be used');
  const remarks = await check(write('remarks.yaml', `${own}    commands: [no-such-command]\n    intent: parking\n`));
  expect(remarks.code).toBe(0);
  expect(remarks.words).toContain('there is no command “no-such-command”');
  expect(remarks.words).toContain('the bot knows no intent “parking”');
});

test.each<[what: string, file: string, words: string]>([
  ['a topic without a text', own.replace('    text: On level two.\n', ''), 'topics.parking.text'],
  ['too few ways to ask', own.replace(/ask: \[.*\]/, 'ask: [parking]'), 'topics.parking.ask'],
  ['an answer that is too long', own.replace('On level two.', 'x'.repeat(601)), 'topics.parking.text'],
  ['a rule that is not there', own.replace('cites: [team-parking]', 'cites: [F96]'), 'topics.parking.cites.0'],
  ['a group that is not there', own.replace('about: icm', 'about: cars'), 'topics.parking.about'],
  ['a related topic that is not there', `${own}    related: [garage]\n`, 'topics.parking.related.0'],
  ['the name of a tension', own.replace('  parking:', '  T1:'), 'a name that no tension has'],
])('the check refuses %s, with its line', async (_what, file, words) => {
  const refused = await check(write('bad.yaml', file));
  expect(refused.code).toBe(1);
  expect(refused.words).toContain(words);
  expect(refused.words).toMatch(/bad\.yaml:\d+:\d+ .*expected/);
});
