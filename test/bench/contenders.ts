import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Scenario } from './scenarios.ts';

export type ContenderName =
  'echo' | 'echo again' | 'ours, PostgreSQL' | 'ours, PGlite' | 'agents-hosting' | 'teams.apps';

/** One kind of bot in the benchmark, and how its process is started. */
export interface Contender {
  readonly name: ContenderName;
  readonly ours: boolean;
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  readonly scenarios: readonly Scenario['key'][];
}

const all = ['card', 'step', 'text'] as const;
const serverUrl = 'postgres://postgres@127.0.0.1:5432/test';

export const echo: Contender = { name: 'echo', ours: false, file: './echo-bot.ts', env: {}, scenarios: all };
export const echoAgain: Contender = { ...echo, name: 'echo again' };
export const peers: readonly Contender[] = [
  { name: 'agents-hosting', ours: false, file: './peers/agents-hosting.mjs', env: {}, scenarios: ['text'] },
  { name: 'teams.apps', ours: false, file: './peers/teams-apps.mjs', env: {}, scenarios: ['text'] },
];

export interface Home {
  readonly contender: Contender;
  remove(): Promise<void>;
}

/** Our bot on a schema of its own, or `undefined` where no PostgreSQL answers. */
export async function onPostgres(): Promise<Home | undefined> {
  const schema = `bench_${process.pid}_${Date.now()}`;
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 2_000 });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  try {
    await run(`CREATE SCHEMA ${schema}`);
  } catch (error) {
    console.log(`No PostgreSQL at ${serverUrl}, so our bot runs on PGlite only (${String(error)}).`);
    return undefined;
  }
  const url = `${serverUrl}?options=${encodeURIComponent(`-c search_path=${schema}`)}`;
  return {
    contender: {
      name: 'ours, PostgreSQL',
      ours: true,
      file: './our-bot.ts',
      env: { DATABASE_URL: url },
      scenarios: all,
    },
    remove: () => run(`DROP SCHEMA ${schema} CASCADE`),
  };
}

/** Our bot on an embedded database in a temporary folder. */
export function onPglite(): Home {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const env = { DATA_DIR: folder, DATABASE_URL: '' };
  return {
    contender: { name: 'ours, PGlite', ours: true, file: './our-bot.ts', env, scenarios: all },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
