import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';

let loaded: typeof Yaml | undefined;

/**
 * The package that reads YAML, loaded when a file is really parsed: most starts find it parsed (`parsed-cache.ts`).
 * The bundle has `yaml-bundled.ts` in its place, since there is no package to load there.
 */
export const yamlPackage = (): typeof Yaml => (loaded ??= createRequire(import.meta.url)('yaml') as typeof Yaml);
