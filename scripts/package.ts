import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { features } from '../src/features/index.ts';
import { readPackageSettings } from './teams-app/app-settings.ts';
import { checkManifest } from './teams-app/check-manifest.ts';
import { makeManifest } from './teams-app/make-manifest.ts';

/**
 * `npm run package`: the Teams app package, `dist/teams-app.zip`, from `manifest/`, the features and the settings. It is
 * checked against Microsoft's schema first; the same input gives the same bytes.
 */
const refuse = (lines: readonly string[]): never => {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
};

const read = readPackageSettings(process.env);
if ('faults' in read) {
  refuse(['The package cannot be made:', ...read.faults.map((fault) => `  ${fault}`), 'See docs/deploy.md, step 5.']);
} else {
  const template = JSON.parse(readFileSync('manifest/manifest.json', 'utf8')) as Parameters<typeof makeManifest>[0];
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const manifest = makeManifest(template, features, read.settings, version);
  const faults = await checkManifest(manifest);
  if (faults.length > 0) refuse(["Microsoft's schema refuses the manifest:", ...faults.map((fault) => `  ${fault}`)]);
  mkdirSync('dist', { recursive: true });
  const zip = zipSync(
    {
      'manifest.json': strToU8(`${JSON.stringify(manifest, null, 2)}\n`),
      'color.png': readFileSync('manifest/color.png'),
      'outline.png': readFileSync('manifest/outline.png'),
    },
    { level: 9, mtime: '1980-01-02' },
  );
  writeFileSync('dist/teams-app.zip', zip);
  process.stdout.write('dist/teams-app.zip is ready: upload it in Teams, Apps, Manage your apps.\n');
}
