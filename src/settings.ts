import { isIP } from 'node:net';
import { z } from 'zod';
import { AppError } from './errors.ts';
import { logLevels, type LogLevel } from './logger.ts';

/** The only reader of the environment. Every setting, its default and its meaning: README, "Settings". */
export interface Settings {
  readonly port: number;
  /** Address to listen on. Local: loopback only. Production default: all interfaces. */
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly playbookFile: string | undefined;
  readonly logLevel: LogLevel;
  /** The bot's identity in Azure; `undefined` in local mode, where nothing is signed. */
  readonly identity: Identity | undefined;
}

export type Identity =
  | { readonly type: 'SingleTenant'; readonly appId: string; readonly tenantId: string; readonly password: string }
  | { readonly type: 'UserAssignedMSI'; readonly appId: string; readonly tenantId: string };

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const blankIsMissing = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsMissing, schema.optional());

const common = {
  PORT: optional(
    z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .pipe(z.number().min(1).max(65_535)),
  ),
  HOST: optional(z.string().regex(/^[A-Za-z0-9.:-]{1,255}$/)),
  DATA_DIR: optional(z.string().max(4_000)),
  DATABASE_URL: optional(
    z
      .string()
      .regex(/^postgres(ql)?:\/\/.+/)
      .refine((url) => URL.canParse(url)),
  ),
  PLAYBOOK_FILE: optional(z.string().max(4_000)),
  LOG_LEVEL: optional(z.enum(logLevels)),
};

const expected: Record<string, string> = {
  PORT: 'a whole number from 1 to 65535 (default 3978)',
  HOST: 'a host name or an IP address',
  DATA_DIR: 'a path to a folder (default ./.data)',
  DATABASE_URL: 'an address like postgres://user:password@host:5432/database',
  PLAYBOOK_FILE: 'a path to a YAML file',
  LOG_LEVEL: `one of ${logLevels.join(', ')} (default info)`,
  MicrosoftAppId: "the bot's app id, a GUID like 00000000-0000-0000-0000-000000000000",
  MicrosoftAppType: 'SingleTenant or UserAssignedMSI',
  MicrosoftAppTenantId: 'the id of your tenant, a GUID like 00000000-0000-0000-0000-000000000000',
  MicrosoftAppPassword: "the bot's client secret (needed with MicrosoftAppType SingleTenant)",
  NODE_ENV: 'anything but production (npm start is for trying the bot; use src/main.ts in production)',
};

type Environment = Readonly<Record<string, string | undefined>>;

function faults(error: z.ZodError, environment: Environment): string[] {
  const names = [...new Set(error.issues.map((issue) => String(issue.path[0] ?? '?')))];
  // The value itself is never printed: any of them may be a secret pasted into the wrong line.
  return names.map(
    (name) =>
      `${name}: expected ${expected[name] ?? 'another value'}, ${blankIsMissing(environment[name]) === undefined ? 'but it is missing' : 'but the value given is not that'}`,
  );
}

function refuse(lines: readonly string[]): never {
  throw new AppError(
    'settings-invalid',
    ['The settings are not right:', ...lines.map((line) => `  ${line}`)].join('\n'),
  );
}

function shared(
  parsed: z.output<ReturnType<typeof z.object<typeof common>>>,
  defaultHost: string,
): Omit<Settings, 'identity'> {
  return {
    port: parsed.PORT ?? 3978,
    host: parsed.HOST ?? defaultHost,
    dataDir: parsed.DATA_DIR ?? './.data',
    databaseUrl: parsed.DATABASE_URL,
    playbookFile: parsed.PLAYBOOK_FILE,
    logLevel: parsed.LOG_LEVEL ?? 'info',
  };
}

/** Whether only this machine can reach what listens on `host`. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * Settings of the local mode: no identity, loopback only.
 * @throws AppError settings-invalid, one line per fault
 */
export function readLocalSettings(environment: Environment): Settings {
  const result = z.object(common).safeParse(environment);
  const lines = result.success ? [] : faults(result.error, environment);
  if (environment['NODE_ENV'] === 'production') lines.push(`NODE_ENV: expected ${expected['NODE_ENV']}`);
  const host = blankIsMissing(environment['HOST']);
  if (typeof host === 'string' && !isLoopback(host)) {
    lines.push('HOST: expected 127.0.0.1, ::1 or localhost in local mode, since nobody signs in there');
  }
  if (!result.success || lines.length > 0) refuse(lines);
  return { ...shared(result.data, '127.0.0.1'), identity: undefined };
}

/**
 * Settings of a production process: the identity is required and there is no way to turn the check of tokens off.
 * @throws AppError settings-invalid, one line per fault
 */
export function readProductionSettings(environment: Environment): Settings & { readonly identity: Identity } {
  const schema = z.object({
    ...common,
    MicrosoftAppId: z.preprocess(blankIsMissing, z.string().regex(guid).toLowerCase()),
    MicrosoftAppType: optional(z.enum(['SingleTenant', 'UserAssignedMSI'])),
    MicrosoftAppTenantId: z.preprocess(blankIsMissing, z.string().regex(guid).toLowerCase()),
    MicrosoftAppPassword: optional(z.string().max(4_000)),
  });
  const result = schema.safeParse(environment);
  const lines = result.success ? [] : faults(result.error, environment);
  const type = blankIsMissing(environment['MicrosoftAppType']) ?? 'SingleTenant';
  if (type === 'SingleTenant' && blankIsMissing(environment['MicrosoftAppPassword']) === undefined) {
    lines.push(`MicrosoftAppPassword: expected ${expected['MicrosoftAppPassword']}, but it is missing`);
  }
  if (!result.success || lines.length > 0) refuse(lines);
  const { MicrosoftAppId: appId, MicrosoftAppTenantId: tenantId, MicrosoftAppPassword: password } = result.data;
  return {
    ...shared(result.data, '0.0.0.0'),
    identity:
      type === 'SingleTenant' && password !== undefined
        ? { type: 'SingleTenant', appId, tenantId, password }
        : { type: 'UserAssignedMSI', appId, tenantId },
  };
}
