import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { licencesOf, type LockFile } from './supply-chain/licences.ts';

/**
 * `npm run sbom`: what the production image is built from, as `dist/sbom.cdx.json` (CycloneDX, by npm itself) and
 * `dist/licences.md`, read from the lock file. Nothing is asked of the network.
 */
mkdirSync('dist', { recursive: true });
const sbom = execFileSync('npm', ['sbom', '--package-lock-only', '--omit=dev', '--sbom-format=cyclonedx'], {
  encoding: 'utf8',
  maxBuffer: 64_000_000,
  stdio: ['ignore', 'pipe', 'inherit'],
});
writeFileSync('dist/sbom.cdx.json', sbom);
const rows = licencesOf(JSON.parse(readFileSync('package-lock.json', 'utf8')) as LockFile).filter((row) => !row.dev);
const table = rows.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
writeFileSync('dist/licences.md', ['| package | version | licence |', '| --- | --- | --- |', ...table, ''].join('\n'));
const parts = (JSON.parse(sbom) as { components: unknown[] }).components.length;
process.stdout.write(`dist/sbom.cdx.json: ${parts} parts; dist/licences.md: ${rows.length} packages\n`);
