import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createCardRenderer, maxCardLength, warmTemplates } from '../src/bot/card-renderer.ts';
import { cards, features } from '../src/features/index.ts';
import { buttonsOf } from './support/harness.ts';

const root = new URL('..', import.meta.url).pathname;

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((name) => name.endsWith(ending) && statSync(join(root, name)).isFile());
}

/** Which folder of `src` may import which; a folder may always import itself. */
const mayImport: Record<string, readonly string[]> = {
  entry: [
    'app',
    'run',
    'bot',
    'http',
    'local',
    'playbook',
    'store',
    'understanding',
    'errors',
    'logger',
    'operation',
    'settings',
  ],
  app: [
    'http',
    'bot',
    'jobs',
    'mail',
    'features',
    'operation',
    'playbook',
    'store',
    'understanding',
    'errors',
    'logger',
  ],
  http: ['errors', 'logger'],
  // Turns are run in `bot`: it calls features and keeps what they did.
  bot: ['features', 'store', 'http', 'clean-text', 'errors', 'logger', 'practice', 'settings', 'start-cache'],
  // What the outbox sends goes out by the same channel as the answers.
  jobs: ['bot', 'features', 'store', 'errors', 'logger', 'practice'],
  // Whoever watches: knows the engine, and no feature.
  operation: ['bot', 'store', 'errors'],
  // Letters are composed and sent here; of the features it knows the types alone.
  mail: ['features'],
  features: ['playbook', 'understanding', 'store', 'clean-text', 'errors', 'practice'],
  understanding: ['playbook', 'errors'],
  // The store knows features only by their types: what a dialog and a change of one are.
  store: ['features', 'errors', 'settings', 'practice'],
  playbook: ['errors', 'start-cache'],
  local: ['logger'],
  'clean-text': [],
  errors: [],
  practice: [],
  'start-cache': [],
  logger: ['errors'],
  settings: ['errors', 'logger'],
  run: ['errors'],
};

const layerOf = (file: string): string => {
  const [first = ''] = relative(join(root, 'src'), join(root, file)).split('/');
  const name = first.replace(/\.ts$/, '');
  return /^(main|local)(-start)?$/.test(name) && first.endsWith('.ts') ? 'entry' : name;
};

describe('the house', () => {
  const sources = filesIn('src', '.ts').filter((file) => !file.startsWith('src/types/'));

  test.each(sources)('%s imports only what its layer may', (file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const imports = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map((match) => match[1] as string);
    for (const target of imports) {
      const path = relative(root, new URL(target, `file://${join(root, file)}`).pathname);
      const [from, to] = [layerOf(file), layerOf(path)];
      if (from !== to)
        expect({ file, target, allowed: (mayImport[from] ?? []).includes(to) }).toEqual({
          file,
          target,
          allowed: true,
        });
    }
  });

  test('only src/bot imports the Bot Framework', () => {
    const users = sources.filter((file) =>
      /(from |import\()'(botbuilder|botframework)/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(users.every((file) => file.startsWith('src/bot/'))).toBe(true);
  });

  test('the store takes nothing but types from the features', () => {
    for (const file of sources.filter((one) => one.startsWith('src/store/'))) {
      const text = readFileSync(join(root, file), 'utf8');
      for (const line of text.match(/^import .*features\/.*$/gm) ?? []) expect(line).toMatch(/^import type /);
    }
  });

  test('only src/settings.ts and the entries read the environment', () => {
    const readers = sources.filter((file) => /process\.env/.test(readFileSync(join(root, file), 'utf8')));
    expect(readers.sort()).toEqual(['src/local-start.ts', 'src/main-start.ts']);
  });
});

describe('cards', () => {
  const renderer = createCardRenderer(new URL('../cards/', import.meta.url));
  const templates = filesIn('cards', '.json').map((file) => ({ file, json: readFileSync(join(root, file), 'utf8') }));
  const actions = features.flatMap((feature) => feature.actions ?? []);
  beforeAll(warmTemplates);

  test('every file in cards/ belongs to a card, and every card has its file', () => {
    expect(templates.map(({ file }) => file).sort()).toEqual(cards.map((card) => `cards/${card.name}.json`).sort());
  });

  test('every verb on a card is registered, and every registered verb is on a card', () => {
    const onCards = new Set(
      templates.flatMap(({ json }) => [...json.matchAll(/"verb":\s*"([^"$]+)"/g)].map((match) => match[1])),
    );
    expect([...onCards].sort()).toEqual(actions.map((action) => action.verb).sort());
  });

  const samples = cards.flatMap((card) =>
    card.samples.map((view, index) => ({ name: `${card.name} ${index + 1}`, card, view })),
  );

  test.each(samples)('$name renders, fits, and is a card of schema 1.5', ({ card, view }) => {
    const json = renderer.render(card, view);
    const rendered = JSON.parse(json) as Record<string, unknown>;
    expect(json).not.toContain('${');
    expect(json.length).toBeLessThanOrEqual(maxCardLength);
    expect(rendered).toMatchObject({ type: 'AdaptiveCard', version: '1.5' });

    expect(json).not.toMatch(/[\u0000-\u001f]/);
  });

  test.each(samples)(
    '$name: each button has a title, data that its action takes, and the same as a fallback',
    ({ card, view }) => {
      for (const button of buttonsOf(JSON.parse(renderer.render(card, view)))) {
        expect(String(button['title']).trim()).not.toBe('');
        if (button['type'] !== 'Action.Execute') continue;
        const registered = actions.find((one) => one.verb === button['verb']);
        expect(registered?.data.safeParse(button['data']).success).toBe(true);
        // Older clients cannot do Action.Execute; what they send instead must mean the same.
        expect(button['fallback']).toMatchObject({
          type: 'Action.Submit',
          title: button['title'],
          data: { ...(button['data'] as object), verb: button['verb'] },
        });
      }
    },
  );

  test.each(samples)('$name: every input has a label and every text wraps', ({ card, view }) => {
    const walk = (node: unknown): void => {
      if (Array.isArray(node)) return node.forEach(walk);
      if (typeof node !== 'object' || node === null) return;
      const element = node as Record<string, unknown>;
      if (String(element['type']).startsWith('Input.')) expect(element['label']).toEqual(expect.stringMatching(/\S/));
      if (element['type'] === 'TextBlock') expect(element['wrap']).toBe(true);
      Object.values(element).forEach(walk);
    };
    walk(JSON.parse(renderer.render(card, view)));
  });

  test('buttons stand in an ActionSet, where every client shows them', () => {
    for (const { file, json } of templates) {
      expect({ file, topLevelActions: 'actions' in (JSON.parse(json) as object) }).toEqual({
        file,
        topLevelActions: false,
      });
    }
  });
});
