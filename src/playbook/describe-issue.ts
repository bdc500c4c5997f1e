import { z } from 'zod';
import { playbookSchema } from './schema.ts';
import type { Path } from './yaml-source.ts';

/** Something that does not fit, and where in the data. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  /** It is the name that does not fit, not what stands under it. */
  readonly atName?: boolean;
}

/** What stands at a path, undefined if nothing does. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined,
    data,
  );
}

/** A value as a fault names it. What stands under `people` may be an address or a name, so only its kind is told. */
export function show(value: unknown, path: Path = []): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty entry';
  if (Array.isArray(value)) return value.length ? 'a list' : 'an empty list';
  if (typeof value === 'object') return Object.keys(value).length ? 'a map' : 'an empty map';
  if (path[0] === 'people') return typeof value === 'string' ? 'another text' : `another ${typeof value}`;
  if (typeof value === 'string')
    return value === '' ? 'an empty text' : JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
  return `the ${typeof value} ${JSON.stringify(value)}`;
}

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

/** What the schema found, as "expected ..., got ...". */
export function describe(issue: z.core.$ZodIssue, data: unknown): Finding[] {
  const path = issue.path as Path;
  const found = (expected: string): Finding[] => [
    { path, message: `expected ${expected}, got ${show(valueAt(data, path), path)}` },
  ];
  // Messages of the schema itself say what is expected; those of the library start with "Invalid" or "Too".
  const own = /^(Invalid|Too|Unrecognized)/.test(issue.message) ? undefined : issue.message;
  if (issue.code === 'unrecognized_keys') {
    const names = namesAt(path);
    return issue.keys.map((name) => ({
      path: [...path, name],
      atName: true,
      message: `expected ${names.length ? `one of ${names.join(', ')}` : 'no such entry'}, got ${JSON.stringify(name)}`,
    }));
  }
  if (issue.code === 'invalid_key')
    return [
      {
        path,
        atName: true,
        message: `expected ${issue.issues[0]?.message ?? 'another name'}, got ${JSON.stringify(String(path.at(-1)))}`,
      },
    ];
  if (own) return found(own);
  if (issue.code === 'invalid_type') return found(KINDS[issue.expected] ?? issue.expected);
  if (issue.code === 'invalid_value') return found(`one of ${issue.values.join(', ')}`);
  if (issue.code === 'too_small')
    return found(issue.origin === 'string' ? 'a text that is not empty' : `at least ${String(issue.minimum)} entries`);
  if (issue.code === 'too_big') return found(`at most ${String(issue.maximum)} characters`);
  if (issue.code === 'invalid_union') return found('a text, true or false');
  return found('something else');
}

/** Names that a map of the schema may hold, to help whoever misspelt one. */
function namesAt(path: Path): string[] {
  let schema: unknown = playbookSchema;
  for (const name of path) {
    schema = bare(schema);
    if (schema instanceof z.ZodObject) schema = (schema.shape as Record<string, unknown>)[name];
    else if (schema instanceof z.ZodRecord) schema = schema.valueType;
    else if (schema instanceof z.ZodArray) schema = schema.element;
    else return [];
  }
  schema = bare(schema);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function bare(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? bare(schema.unwrap()) : schema;
}
