import { cpSync } from 'node:fs';
import { openPostgres, type Database } from '../../src/store/database.ts';
import { openEmbedded } from '../../src/store/embedded-database.ts';
import { newSchema, temporaryFolder } from './databases.ts';

/** Where the records of a process are, so that the next one finds them when a test has killed it. */
export interface Home {
  readonly settings: Record<string, string>;
  open(): Promise<Database>;
  drop(): Promise<void>;
}

interface Homes {
  readonly name: string;
  /** `from`: a folder in which the bot has run already, since making one takes seconds. */
  readonly make: (from?: string) => Promise<Home>;
}

const onDisk: Homes = {
  name: 'PGlite',
  make(from) {
    const { path, remove } = temporaryFolder();
    if (from !== undefined) cpSync(from, path, { recursive: true });
    return Promise.resolve({
      settings: { DATA_DIR: path },
      open: () => openEmbedded(path),
      drop: async () => Promise.resolve(remove()),
    });
  },
};

const onServer: Homes = {
  name: 'PostgreSQL',
  async make() {
    const { url, drop } = await newSchema('killed');
    const { path, remove } = temporaryFolder();
    return {
      settings: { DATABASE_URL: url, DATA_DIR: path },
      open: async () => Promise.resolve(openPostgres(url)),
      async drop() {
        await drop();
        remove();
      },
    };
  },
};

export const homes: readonly Homes[] = process.env['TEST_POSTGRES'] ? [onDisk, onServer] : [onDisk];
