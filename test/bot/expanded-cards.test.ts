import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'expanded-'));
const cards = join(folder, 'cards');
cpSync(new URL('../../cards/', import.meta.url), cards, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (path: string): string => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href);
const script = `
  import { pathToFileURL } from 'node:url';
  import { createCardRenderer } from ${at('bot/card-renderer.ts')};
  import { keepExpanded, readExpanded } from ${at('bot/expanded-cards.ts')};
  import { cards } from ${at('features/index.ts')};
  const renderer = createCardRenderer(pathToFileURL(process.argv[1] + '/'), readExpanded());
  const wanted = cards.find(({ name }) => name === process.argv[2]);
  const card = renderer.render(wanted, wanted.samples[0]);
  keepExpanded(renderer.expanded());
  console.log(JSON.stringify({ card, ...renderer.counts }));`;

/** A process of its own, as the compile cache belongs to a process. Nothing has loaded the templating engine there. */
const start = (card = 'severity'): { card: string; templates: number; expansions: number } =>
  JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script, cards, card], {
      env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache') },
      encoding: 'utf8',
    }),
  ) as ReturnType<typeof start>;

test('a second start shows a card without the engine, and the same card', () => {
  const first = start();
  expect(first).toMatchObject({ templates: 1, expansions: 1 });
  expect(start()).toEqual({ ...first, templates: 0, expansions: 0 });
});

test('a start that shows another card keeps what earlier ones expanded', () => {
  start();
  expect(start('note').expansions).toBe(1);
  expect(start()).toMatchObject({ templates: 0, expansions: 0 });
});

test('a card whose template has changed is expanded anew', () => {
  const file = join(cards, 'severity.json');
  const before = start();
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace('"body": [', '"body": [{ "type": "TextBlock", "text": "New", "wrap": true },'),
  );
  const after = start();
  expect(after.expansions).toBe(1);
  expect(JSON.parse(after.card)).not.toEqual(JSON.parse(before.card));
  expect(start()).toEqual({ ...after, templates: 0, expansions: 0 });
});

test('what is kept names the engine that it was made with', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const source = readFileSync(new URL('../../src/bot/expanded-cards.ts', import.meta.url), 'utf8');
  expect(source).toContain(`'adaptivecards-templating ${dependencies['adaptivecards-templating']}'`);
});
