import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadPlaybook, shippedPlaybook } from '../../src/playbook/load.ts';

const playbook = loadPlaybook();
const seeds = fileURLToPath(new URL('../../../shared/seeds/', import.meta.url));

/** Words only: no list marks, images, link targets, emphasis or curly quotes. */
function plain(markdown: string): string {
  return markdown
    .replace(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(\d+\.|-)\s+/gm, ' ')
    .replace(/[*_]/g, '')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}

if (!existsSync(seeds)) {
  test('the rules are compared with the documents (skipped: the documents are not beside the repository)', () => {
    console.warn('skipped: no documents at ../shared/seeds');
  });
} else {
  const documents = {
    'ICM process': plain(readFileSync(`${seeds}icm-process.md`, 'utf8')),
    'Severity and tracking': plain(readFileSync(`${seeds}severity-and-tracking.md`, 'utf8')),
    'Incident management guide': plain(readFileSync(`${seeds}incident-management-guide.md`, 'utf8')),
  };

  test.each(Object.entries(playbook.rules))('rule %s is in the words of its document', (_id, rule) => {
    const document = Object.entries(documents).find(([title]) => rule.source.startsWith(`${title}, `));
    expect(document?.[0]).toBeDefined();
    expect(document?.[1]).toContain(plain(rule.text));
  });
}

test('every circumstance, reason, step of the ladder and owner of the documents is there', () => {
  const expected = ['F1', 'F2', 'F3', 'F4', 'F5', 'F6', ...Array.from({ length: 20 }, (_, index) => `F${index + 17}`)];
  expect(Object.keys(playbook.rules)).toEqual(expect.arrayContaining(expected));
  expect(Object.values(playbook.opening).map(({ rule }) => rule)).toEqual(['F19', 'F20', 'F21', 'F22']);
  expect(Object.values(playbook.notAppropriate).map(({ rule }) => rule)).toEqual(['F23', 'F24', 'F25', 'F26']);
  expect(Object.values(playbook.ladder).map(({ rule }) => rule)).toEqual(['F28', 'F30', 'F31', 'F32', 'F33']);
  expect(Object.values(playbook.owners).map(({ name }) => name)).toEqual(['Livesite DRI', 'CSS Escalation']);
  expect(Object.keys(playbook.tensions)).toEqual(
    expect.arrayContaining(['T1', 'T2', 'T3', 'T4', 'T5', 'T15', 'T16', 'T17']),
  );
});

test('the shipped playbook names nobody and holds no address', () => {
  const text = readFileSync(shippedPlaybook, 'utf8');
  expect(text).not.toMatch(/[\w.+-]+(@|%40)[\w-]+\.(?!skype)\w+/);
  expect(text).not.toMatch(/safelinks/i);
  expect(playbook.people).toEqual({ productManagers: [], aliases: {}, smes: [], leads: [] });
});

test('regions are spelt in one way each', () => {
  const spellings = Object.entries(playbook.regions).flatMap(([name, others]) => [name.toLowerCase(), ...others]);
  expect(Object.keys(playbook.regions).length).toBeGreaterThanOrEqual(40);
  expect(new Set(spellings).size).toBe(spellings.length);
});
