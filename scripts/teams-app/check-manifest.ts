import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { AppManifestUtils } = require('@microsoft/app-manifest') as {
  AppManifestUtils: { validateAgainstSchema(manifest: unknown, schema: unknown): Promise<string[]> };
};

/**
 * What Microsoft's schema says against the manifest; nothing when it fits. The schema is the one that lies in the
 * package `@microsoft/app-manifest`: left to itself that package would fetch it.
 */
export async function checkManifest(manifest: Readonly<Record<string, unknown>>): Promise<string[]> {
  const path = `@microsoft/app-manifest/build/json-schemas/teams/v${String(manifest['manifestVersion'])}/MicrosoftTeams.schema.json`;
  const schema = JSON.parse(readFileSync(require.resolve(path), 'utf8')) as unknown;
  return AppManifestUtils.validateAgainstSchema(manifest, schema);
}
