import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { testDatabases } from '../support/databases.ts';
import { readRecorded, recordedVersions, type Recorded } from './recorded.ts';

const migrations = new URL('../../src/store/migrations/', import.meta.url);
const names = readdirSync(migrations)
  .filter((name) => name.endsWith('.sql'))
  .sort();
const versions = recordedVersions();

/** The tables as a version has made them. */
async function migrateTo(database: Database, version: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  try {
    mkdirSync(folder, { recursive: true });
    for (const name of names.filter((one) => one.slice(0, 4) <= version))
      copyFileSync(new URL(name, migrations), join(folder, name));
    await migrate(database, pathToFileURL(`${folder}/`));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const valueOf = (value: unknown): unknown => {
  const time = (value as { $date?: string } | null)?.$date;
  return time === undefined ? value : new Date(time);
};

/** Says it all once more; how many rows came of each statement, or why it was refused. */
async function replay(database: Database, recorded: readonly Recorded[]): Promise<string[]> {
  const came: string[] = [];
  for (let at = 0; at < recorded.length;) {
    const { transaction } = recorded[at] as Recorded;
    let end = at + 1;
    while (transaction !== undefined && recorded[end]?.transaction === transaction) end += 1;
    const part = recorded.slice(at, end);
    await database
      .transaction(async (inside) => {
        for (const { sql, values } of part)
          came.push(`${(await inside.query(sql, values.map(valueOf))).length} rows: ${sql.slice(0, 80)}`);
      })
      .catch((error: unknown) => {
        came.push(`${String(error)}: ${part.map(({ sql }) => sql).join('; ')}`);
      });
    at = end;
  }
  return came;
}

/** A statement without its comments and strings, in capital letters. */
function bare(sql: string): string[] {
  return sql
    .replace(/--.*$/gm, '')
    .replace(/\$\$[\s\S]*?\$\$/g, '$$$$')
    .replace(/'[^']*'/g, "''")
    .split(';')
    .map((statement) => statement.replace(/\s+/g, ' ').trim().toUpperCase())
    .filter(Boolean);
}

/** What takes something away from whoever still runs on the tables as they were. */
const takesAway: readonly (readonly [string, RegExp])[] = [
  ['drops a table, a column or a type', /\bDROP (?:TABLE|COLUMN|VIEW|SCHEMA|TYPE|FUNCTION|DEFAULT)\b/],
  ['renames', /\bRENAME\b/],
  ['changes the type of a column', /\bALTER (?:COLUMN )?\w+ (?:SET DATA )?TYPE\b/],
  ['wants a value that was not wanted', /\bSET NOT NULL\b/],
  ['empties a table', /^(?:TRUNCATE|DELETE FROM)\b/],
];

/** What is wrong with a migration for the version before it. */
function harmsIn(sql: string): string[] {
  const parts = bare(sql);
  const own = new Set(parts.flatMap((part) => /^CREATE TABLE (?:IF NOT EXISTS )?(\w+)/.exec(part)?.[1] ?? []));
  return parts.flatMap((part) => {
    const harms = takesAway.filter(([, pattern]) => pattern.test(part)).map(([what]) => what);
    const table = /^ALTER TABLE (?:ONLY |IF EXISTS )*(\w+)/.exec(part)?.[1];
    const unique = /^CREATE UNIQUE INDEX .*? ON (\w+)/.exec(part)?.[1];
    if (unique !== undefined && !own.has(unique)) harms.push('refuses rows that were taken (unique index)');
    if (table !== undefined && !own.has(table)) {
      // A column that an older statement does not name must fill itself.
      for (const column of part.split(/\bADD (?:COLUMN )?/).slice(1)) {
        if (/^(?:CONSTRAINT|CHECK|UNIQUE|PRIMARY|FOREIGN|EXCLUDE)\b/.test(column)) harms.push('adds a constraint');
        else if (/\bNOT NULL\b/.test(column) && !/\b(?:DEFAULT|GENERATED)\b/.test(column))
          harms.push('adds a column that must be given');
        else if (
          /\b(?:UNIQUE|CHECK|REFERENCES)\b/.test(column) &&
          !/\bDEFAULT\b/.test(column) &&
          /\bNOT NULL\b/.test(column)
        )
          harms.push('adds a constraint');
      }
    }
    return harms.map((harm) => `${harm}: ${part.slice(0, 100)}`);
  });
}

describe.each(testDatabases.map((one) => [one.name, one] as const))('on %s', (_name, { open }) => {
  test.each(versions)(
    'what the version of %s says works on the newest tables as on its own',
    async (version) => {
      const [own, newest] = [await open(), await open()];
      try {
        const recorded = readRecorded(version);
        // It must be no small part of what a version says.
        expect(new Set(recorded.map(({ sql }) => sql)).size).toBeGreaterThan(30);
        await migrateTo(own, version);
        const before = await replay(own, recorded);
        expect(before.filter((line) => line.includes('rror'))).toEqual([]);
        await migrate(newest);
        expect(await replay(newest, recorded)).toEqual(before);
      } finally {
        await own.close();
        await newest.close();
      }
    },
    120_000,
  );

  test.each(versions)(
    'tables that the version of %s has filled are brought up to date',
    async (version) => {
      const database = await open();
      try {
        await migrateTo(database, version);
        const recorded = readRecorded(version);
        await replay(database, recorded.slice(0, recorded.length / 2));
        const fresh = await migrate(database);
        expect(fresh).toEqual(names.filter((name) => name.slice(0, 4) > version));
        // The old version goes on beside the new one.
        const refused = (await replay(database, recorded.slice(recorded.length / 2))).filter((line) =>
          line.includes('rror'),
        );
        expect(refused).toEqual([]);
      } finally {
        await database.close();
      }
    },
    120_000,
  );
});

test.each(names)('%s takes nothing away from the version before it', (name) => {
  expect(harmsIn(readFileSync(new URL(name, migrations), 'utf8'))).toEqual([]);
});

test.each([
  'ALTER TABLE icm DROP COLUMN title',
  'ALTER TABLE icm RENAME COLUMN title TO name',
  'ALTER TABLE icm ALTER COLUMN number TYPE integer',
  'ALTER TABLE icm ALTER title SET NOT NULL',
  'ALTER TABLE icm ADD COLUMN lead text NOT NULL',
  'ALTER TABLE icm ADD COLUMN a text, ADD COLUMN b text NOT NULL',
  'ALTER TABLE icm ADD CONSTRAINT short CHECK (length(title) < 10)',
  'CREATE UNIQUE INDEX one ON icm (tenant_id, title)',
  'DROP TABLE follow_up',
  'DELETE FROM follow_up',
])('the check of migrations finds: %s', (sql) => {
  expect(harmsIn(`-- DROP TABLE in a remark is none\nCREATE TABLE fresh (id uuid NOT NULL);\n${sql};\n`)).toHaveLength(
    1,
  );
});
