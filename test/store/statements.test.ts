import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import ts from 'typescript';

/**
 * Every statement that reads or writes rows of a tenant names the tenant. A practice run lies under a tenant of its own,
 * so a statement without one would mix what is practised with what is real, or one organisation with another.
 */
const root = new URL('../../', import.meta.url).pathname;
const sources = readdirSync(`${root}src`, { recursive: true })
  .map((name) => `src/${String(name)}`)
  .filter((name) => name.endsWith('.ts'));

const PURGE = 'the purge is the same for everybody';
const READ_BEFORE =
  'by the id of an escalation that was read with its tenant; in practice runs the feature does nothing';
const OF_ICM = 'by the id of an ICM that was read with its tenant, and so are its promises';
/** Statements that name no tenant, by a part of them, and why they may. */
const WITHOUT_TENANT: readonly (readonly [file: string, part: string, why: string])[] = [
  ['src/features/about/what-is-kept.ts', "old('", PURGE],
  [
    'src/store/readings.ts',
    'SELECT count(*) AS waiting',
    'counts for an operator, of everything that this process sends',
  ],
  ['src/features/csat-package/package-store.ts', 'UPDATE csat_package', READ_BEFORE],
  ['src/features/csat-package/shiproom.ts', 'FROM csat_package WHERE escalation_id = ANY', READ_BEFORE],
  ['src/features/csat-package/shiproom.ts', 'FROM follow_up WHERE icm_id = $1', OF_ICM],
  [
    'src/features/escalation/escalation-store.ts',
    'FROM escalation e LEFT JOIN',
    'the beginning; each use adds its tenant',
  ],
  ['src/features/escalation/escalation-store.ts', 'UPDATE escalation SET', READ_BEFORE],
  ['src/features/escalation/escalation-store.ts', 'SELECT id FROM escalation WHERE id = $1', READ_BEFORE],
  ['src/features/follow-ups/follow-up-store.ts', 'FROM follow_up WHERE icm_id', OF_ICM],
];

/** Tables with a tenant, from the migrations. */
const tables = new Set(
  readdirSync(`${root}src/store/migrations`).flatMap((name) => {
    const sql = readFileSync(`${root}src/store/migrations/${name}`, 'utf8').replace(/--.*$/gm, '');
    return [...sql.matchAll(/CREATE TABLE (\w+) \(([^;]*?)\n\);/g)]
      .filter(([, , columns]) => /^\s*tenant_id /m.test(columns ?? ''))
      .map(([, table]) => table as string);
  }),
);

interface Statement {
  readonly file: string;
  readonly sql: string;
}

/** The texts of a file that are SQL, with the constants of the file put in. */
function statementsOf(file: string): Statement[] {
  const source = ts.createSourceFile(file, readFileSync(root + file, 'utf8'), ts.ScriptTarget.Latest, true);
  const constants = new Map<string, ts.Expression>();
  const found: string[] = [];
  const textOf = (node: ts.Node, depth = 0): string | undefined => {
    if (ts.isStringLiteralLike(node)) return node.text;
    if (ts.isIdentifier(node) && depth < 5) {
      const value = constants.get(node.text);
      return value && textOf(value, depth + 1);
    }
    if (!ts.isTemplateExpression(node)) return undefined;
    return node.templateSpans.reduce(
      (text, span) => `${text}${textOf(span.expression, depth + 1) ?? span.expression.getText()}${span.literal.text}`,
      node.head.text,
    );
  };
  const collect = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
      constants.set(node.name.text, node.initializer);
    ts.forEachChild(node, collect);
  };
  collect(source);
  const visit = (node: ts.Node): void => {
    const text = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) ? textOf(node) : undefined;
    // Lines of other kinds begin with such words too, so what follows must be a table.
    if (text !== undefined && /^\s*(WITH|SELECT|INSERT INTO|UPDATE|DELETE FROM)\b/.test(text)) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.map((sql) => ({ file, sql }));
}

const touches = (sql: string): string[] =>
  [...sql.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+(?:ONLY\s+)?(\w+)/g)]
    .map(([, table]) => table as string)
    .filter((table) => tables.has(table));

const all = sources.flatMap(statementsOf);

test('the statements are found', () => {
  expect(tables.size).toBeGreaterThan(15);
  expect(all.filter(({ sql }) => touches(sql).length > 0).length).toBeGreaterThan(80);
});

test('every statement on rows of a tenant names the tenant', () => {
  const bare = all
    .filter(({ sql }) => touches(sql).length > 0 && !/\btenant_id\b/.test(sql))
    .filter(({ file, sql }) => !WITHOUT_TENANT.some(([where, part]) => where === file && sql.includes(part)))
    .map(({ file, sql }) => `${file}: ${sql.replace(/\s+/g, ' ').slice(0, 300)}`);
  expect(bare).toEqual([]);
});

test('each exception is still there, and is one', () => {
  for (const [file, part] of WITHOUT_TENANT)
    expect({
      file,
      part,
      is: all.some((one) => one.file === file && one.sql.includes(part) && !/\btenant_id\b/.test(one.sql)),
    }).toEqual({ file, part, is: true });
});
