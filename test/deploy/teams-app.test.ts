import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { features } from '../../src/features/index.ts';
import type { Command, Feature } from '../../src/features/feature.ts';
import { packageSettings, readPackageSettings, type PackageSettings } from '../../scripts/teams-app/app-settings.ts';
import { checkManifest } from '../../scripts/teams-app/check-manifest.ts';
import { commandList } from '../../scripts/teams-app/command-list.ts';
import { drawIcons } from '../../scripts/teams-app/draw-icons.ts';
import { makeManifest } from '../../scripts/teams-app/make-manifest.ts';
import { Harness } from '../support/harness.ts';

const template = JSON.parse(readFileSync('manifest/manifest.json', 'utf8')) as Parameters<typeof makeManifest>[0];
const environment = {
  MicrosoftAppId: '00000000-0000-4000-8000-000000000001',
  BOT_DOMAIN: 'bot.contoso.com',
  DEVELOPER_NAME: 'Contoso "Support" {{TERMS_URL}}',
  WEBSITE_URL: 'https://contoso.com/bot',
  PRIVACY_URL: 'https://contoso.com/privacy',
  TERMS_URL: 'https://contoso.com/terms',
};
const settings = (readPackageSettings(environment) as { settings: PackageSettings }).settings;
const manifest = makeManifest(template, features, settings, '1.2.3');
const listed = commandList(features);
const commands = features.flatMap((feature) => feature.commands ?? []);
const commandOf = (title: string) => commands.find((command) => command.examples.includes(title));

describe('the manifest', () => {
  test.each(['1.22', '1.25', '1.30'])('fits the schema %s that Microsoft packs', async (manifestVersion) => {
    expect(await checkManifest({ ...manifest, manifestVersion })).toEqual([]);
  });

  test('is refused by the schema when something in it is wrong', async () => {
    const [bot] = manifest['bots'] as readonly [Record<string, unknown>];
    expect(await checkManifest({ ...manifest, accentColor: 'blue' })).not.toEqual([]);
    expect(await checkManifest({ ...manifest, bots: [{ ...bot, botId: 'me' }] })).not.toEqual([]);
    expect(await checkManifest({ ...manifest, more: true })).not.toEqual([]);
  });

  test('holds the settings as they are, and no placeholder of its own is left', () => {
    expect(manifest).toMatchObject({
      id: environment.MicrosoftAppId,
      version: '1.2.3',
      developer: { name: environment.DEVELOPER_NAME, privacyUrl: environment.PRIVACY_URL },
      validDomains: ['bot.contoso.com'],
      bots: [{ botId: environment.MicrosoftAppId, scopes: ['personal', 'team'] }],
    });
    expect(JSON.stringify(manifest).replaceAll('{{TERMS_URL}}', '')).not.toContain('{{');
  });

  test('asks for no permission and no resource-specific consent', () => {
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['authorization']));
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['webApplicationInfo']));
  });

  test('offers each extension of the features', () => {
    const extensions = [
      ...features.flatMap((feature) => feature.extensions ?? []),
      ...features.flatMap((feature) => feature.searches ?? []),
    ];
    const offered = (manifest['composeExtensions'] as [{ commands: Record<string, unknown>[] }] | undefined)?.[0]
      .commands;
    expect((offered ?? []).map(({ id, title, context }) => ({ id, title, contexts: context }))).toEqual(
      extensions.map(({ id, title, contexts }) => ({ id, title, contexts })),
    );
  });
});

describe('the command list of Teams', () => {
  test('has at most ten lines, each once, of at most 32 characters, with the summary of its command', () => {
    expect(listed.length).toBeLessThanOrEqual(10);
    expect(new Set(listed.map(({ title }) => title)).size).toBe(listed.length);
    for (const { title, description } of listed) {
      expect(title.length).toBeLessThanOrEqual(32);
      expect(description.length).toBeLessThanOrEqual(128);
      expect(commandOf(title)?.summary).toBe(description);
      expect(commandOf(title)?.hidden).not.toBe(true);
    }
  });

  test('names help', () => {
    expect(listed.map(({ title }) => commandOf(title)?.name)).toContain('help');
  });

  test('gives each feature one line before any gets two, and keeps help, however many there are', () => {
    const command = (name: string): Command => ({
      name,
      title: name,
      summary: name,
      examples: [name],
      run: () => ({}),
    });
    const letters = [...'abcdefghijkl'];
    const many = (count: number): Feature[] =>
      letters.slice(0, count).map((one) => ({ name: one, commands: [command(one), command(`${one} too`)] }));
    const titles = (of: readonly Feature[]) => commandList(of).map(({ title }) => title);
    const help: Feature = { name: 'help', commands: [command('help')] };
    expect(titles([...many(3), help])).toEqual(['a', 'a too', 'b', 'b too', 'c', 'c too', 'help']);
    expect(titles([...many(8), help])).toEqual(['a', 'a too', ...letters.slice(1, 8), 'help']);
    expect(titles([...many(12), help])).toEqual([...letters.slice(0, 9), 'help']);
    expect(titles([])).toEqual([]);
  });

  test('leaves out a command whose lines all hold a number, and one that does not want to stand in it', () => {
    const base = { title: 't', summary: 's', run: () => ({}) };
    const feature: Feature = {
      name: 'f',
      commands: [
        { ...base, name: 'numbers', examples: ['history 512345678'] },
        { ...base, name: 'unlisted', examples: ['hello'], listed: false },
        { ...base, name: 'own', examples: ['first', 'second'], listed: 'second' },
      ],
    };
    expect(commandList([feature]).map(({ title }) => title)).toEqual(['second']);
  });

  test('each line, sent as Teams puts it, is understood', async () => {
    const harness = await Harness.start();
    try {
      const shown = async (line: string) => {
        const answers = await harness.say('priya', line);
        expect(answers).toHaveLength(1);
        return JSON.stringify(answers[0]?.content);
      };
      const notUnderstood = await shown('zzz qqq zzz');
      for (const { title } of listed) expect(await shown(title)).not.toBe(notUnderstood);
    } finally {
      await harness.stop();
    }
  });
});

describe('the settings of the package', () => {
  test('name each one that is missing or wrong, without repeating what was given', () => {
    const read = readPackageSettings({
      ...environment,
      BOT_DOMAIN: 'https://secret',
      TERMS_URL: ' ',
      PRIVACY_URL: 'http://a',
    });
    expect(read).toEqual({
      faults: [
        expect.stringMatching(/^BOT_DOMAIN: expected .*, but the value given is not that$/),
        expect.stringMatching(/^PRIVACY_URL: .*not that$/),
        expect.stringMatching(/^TERMS_URL: .*missing$/),
      ],
    });
    expect(JSON.stringify(read)).not.toContain('secret');
  });

  test('an empty environment names all that is required', () => {
    const { faults } = readPackageSettings({}) as { faults: string[] };
    expect(faults.map((line) => line.split(':')[0])).toEqual(
      packageSettings.map(({ name }) => name).filter((name) => !name.startsWith('TEAMS_APP')),
    );
  });
});

describe('the icons', () => {
  test.each([
    ['color.png', 192],
    ['outline.png', 32],
  ] as const)('%s is what the script draws, %i pixels square', (name, side) => {
    const kept = readFileSync(`manifest/${name}`);
    const pixels = (file: Buffer) => inflateSync(file.subarray(file.indexOf('IDAT') + 4, file.indexOf('IEND') - 8));
    expect(pixels(kept).equals(pixels(drawIcons()[name]))).toBe(true);
    expect([kept.readUInt32BE(16), kept.readUInt32BE(20)]).toEqual([side, side]);
  });

  test('the outline is white and transparent, nothing else', () => {
    const file = drawIcons()['outline.png'];
    const rows = inflateSync(file.subarray(file.indexOf('IDAT') + 4, file.indexOf('IEND') - 8));
    let visible = 0;
    for (let row = 0; row < 32; row++)
      for (let column = 0; column < 32; column++) {
        const at = row * 129 + 1 + column * 4;
        expect([...rows.subarray(at, at + 3)]).toEqual([255, 255, 255]);
        if ((rows[at + 3] ?? 0) > 0) visible++;
      }
    expect(visible).toBeGreaterThan(100);
    expect(visible).toBeLessThan(800);
  });
});
