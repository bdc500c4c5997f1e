import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppError } from '../errors.ts';
import { describe, show, valueAt, type Finding } from './describe-issue.ts';
import { parsedCache } from './parsed-cache.ts';
import { checkReferences } from './references.ts';
import { playbookSchema, type Playbook } from './schema.ts';
import { yamlPackage } from './yaml-package.ts';
import { placeOf, type Source } from './yaml-source.ts';

export { missingPeople } from './people.ts';

/** A mistake in a playbook file. `line` and `column` count from 1. */
export interface PlaybookFault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Way to the place in the file: `owners.livesite-dri.rule`. Empty for the file as a whole. */
  readonly path: string;
  /** "expected ..., got ..." */
  readonly message: string;
}

/** The playbook cannot be used. The message has one line per fault. */
export class PlaybookError extends AppError {
  readonly faults: readonly PlaybookFault[];
  constructor(faults: readonly PlaybookFault[], cause?: unknown) {
    super('playbook-invalid', faults.map(lineOf).join('\n'), cause);
    this.name = 'PlaybookError';
    this.faults = faults;
  }
}

const lineOf = (fault: PlaybookFault) =>
  `${fault.file}:${fault.line}:${fault.column} ${fault.path ? `${fault.path}: ` : ''}${fault.message}`;

/** The playbook that comes with the program. */
export const shippedPlaybook = fileURLToPath(new URL('./asa.yaml', import.meta.url));
/** Its second part: the answers. */
export const shippedGuide = fileURLToPath(new URL('./asa-guide.yaml', import.meta.url));

const parsedPlaybook = fileURLToPath(new URL('./asa.json', import.meta.url));

/**
 * Reads a playbook: the shipped one, or a team's file, which is complete or starts with `extends: asa` and holds only
 * what differs. Throws a PlaybookError that tells every fault with its place.
 */
export function loadPlaybook(path?: string): Playbook {
  // The production build holds the shipped playbook ready parsed beside the program (scripts/bundle.ts).
  if (path === undefined && existsSync(parsedPlaybook))
    return check(JSON.parse(readFileSync(parsedPlaybook, 'utf8')), []);
  if (path === undefined) {
    const shipped = readShipped();
    return check(dataOf(shipped), shipped);
  }
  const own = read(path);
  if (!isPlain(own.data))
    throw new PlaybookError([
      {
        file: own.file,
        line: 1,
        column: 1,
        path: '',
        message: `expected a map of the parts of a playbook, got ${show(own.data)}`,
      },
    ]);
  if (!Object.hasOwn(own.data, 'extends')) return check(own.data, [own]);
  const { extends: base, ...difference } = own.data;
  if (base !== 'asa')
    throw new PlaybookError([
      faultAt([own], {
        path: ['extends'],
        message: `expected asa (the playbook that comes with the bot), got ${show(base)}`,
      }),
    ]);
  const shipped = readShipped();
  return check(merge(dataOf(shipped), difference), [own, ...shipped]);
}

const readShipped = (): readonly Source[] => [read(shippedPlaybook), read(shippedGuide)];
const dataOf = (parts: readonly Source[]): unknown => parts.map(({ data }) => data).reduce(merge);

/** The shipped playbook as data, its parts put together; not checked. */
export function shippedData(): unknown {
  return dataOf(readShipped());
}

function read(file: string): Source {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (cause) {
    const code = (cause as { code?: unknown }).code;
    const what = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${String(code)})`;
    throw new PlaybookError(
      [{ file, line: 1, column: 1, path: '', message: `expected a playbook, but ${what}` }],
      cause,
    );
  }
  const kept = parsedCache.get(content);
  if (kept === undefined) return parse(file, content);
  // Only to say where a fault is, the file itself is needed.
  let parsed: Source | undefined;
  return {
    file,
    data: kept,
    get document() {
      return (parsed ??= parse(file, content)).document;
    },
    get lines() {
      return (parsed ??= parse(file, content)).lines;
    },
  };
}

function parse(file: string, content: string): Source {
  const { LineCounter, parseDocument } = yamlPackage();
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false });
  const problems = [...document.errors, ...document.warnings].map((problem) => {
    const { line, col } = lines.linePos(problem.pos[0]);
    const message =
      problem.code === 'DUPLICATE_KEY'
        ? 'expected each name once, got the same name twice'
        : `expected YAML, but ${problem.message}`;
    return { file, line, column: col, path: '', message };
  });
  if (problems.length) throw new PlaybookError(problems);
  try {
    const data: unknown = document.toJS();
    parsedCache.set(content, data);
    return { file, document, lines, data };
  } catch (cause) {
    throw new PlaybookError(
      [{ file, line: 1, column: 1, path: '', message: 'expected YAML without aliases that multiply' }],
      cause,
    );
  }
}

function check(data: unknown, sources: readonly Source[]): Playbook {
  const parsed = playbookSchema.safeParse(data, { jitless: true });
  if (!parsed.success)
    throw new PlaybookError(
      unique(parsed.error.issues.flatMap((issue) => describe(issue, data)).map((finding) => faultAt(sources, finding))),
    );
  const references = checkReferences(parsed.data);
  if (references.length)
    throw new PlaybookError(
      references.map(({ path, expected, got }) =>
        faultAt(sources, { path, message: `expected ${expected}, got ${got ?? show(valueAt(data, path), path)}` }),
      ),
    );
  return freeze(parsed.data);
}

const faultAt = (sources: readonly Source[], { path, message, atName }: Finding): PlaybookFault => ({
  ...placeOf(sources, path, atName),
  path: path.join('.'),
  message,
});

const unique = (faults: readonly PlaybookFault[]) => [
  ...new Map(faults.map((fault) => [lineOf(fault), fault])).values(),
];

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Maps are merged by name, everything else is replaced, and null takes an entry out. */
function merge(base: unknown, difference: unknown): unknown {
  if (!isPlain(base) || !isPlain(difference)) return difference;
  const names = [...new Set([...Object.keys(base), ...Object.keys(difference)])];
  return Object.fromEntries(
    names
      .filter((name) => difference[name] !== null)
      .map((name) => [
        name,
        Object.hasOwn(difference, name)
          ? Object.hasOwn(base, name)
            ? merge(base[name], difference[name])
            : difference[name]
          : base[name],
      ]),
  );
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
