/** The parts of `package-lock.json` that are read here. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
}

export interface LicenceRow {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** As the package says it; `not said` where the lock file has none. */
  readonly licence: string;
  /** Needed only to build and test; not in the production image. */
  readonly dev: boolean;
  readonly hasInstallScript: boolean;
  /** From the npm registry (where the lock file names no place, npm asks there), and held by the sum of its bytes. */
  readonly pinned: boolean;
}

const registry = 'https://registry.npmjs.org/';

/** Each package of the lock file, by name and version. */
export function licencesOf(lock: LockFile): LicenceRow[] {
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, one]) => ({
      path,
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: one.version ?? '',
      licence: one.license ?? 'not said',
      dev: one.dev === true,
      hasInstallScript: one.hasInstallScript === true,
      pinned: one.integrity !== undefined && (one.resolved ?? registry).startsWith(registry),
    }))
    .sort((a, b) => (a.name === b.name ? (a.version < b.version ? -1 : 1) : a.name < b.name ? -1 : 1));
}
