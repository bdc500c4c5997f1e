import * as yaml from 'yaml';

/** Stands for `yaml-package.ts` in the bundle (scripts/bundle.ts). */
export const yamlPackage = (): typeof yaml => yaml;
