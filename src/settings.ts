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
  /** The server that takes the bot's email; `undefined`: it sends none. */
  readonly smtp: SmtpSettings | undefined;
  /** Where figures for Prometheus are served; `undefined`: nowhere. */
  readonly metrics: { readonly port: number; readonly host: string } | undefined;
  /** A monitor outside that gets a GET each minute while all is well; `undefined`: none does. */
  readonly heartbeatUrl: string | undefined;
  /** How long it goes on answering when it is asked to end, so that balancers see that it is not ready any more. */
  readonly shutdownDelayMs: number;
  /** The bot's identity in Azure; `undefined` in local mode, where nothing is signed. */
  readonly identity: Identity | undefined;
}

/** How email is sent. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps); otherwise the connection is upgraded (STARTTLS) before anything is said. */
  readonly secure: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** Address that the email comes from. */
  readonly from: string;
}

export type Identity =
  | { readonly type: 'SingleTenant'; readonly appId: string; readonly tenantId: string; readonly password: string }
  | { readonly type: 'UserAssignedMSI'; readonly appId: string; readonly tenantId: string };

/**
 * Where the Bot Framework and the sign-in are, in the Bot Framework's own names: those of another cloud, or of a
 * stand-in. Whoever sets them says whose word counts; the check of tokens is the same.
 */
export interface Endpoints {
  readonly ToBotFromChannelOpenIdMetadataUrl: string;
  readonly ToBotFromChannelTokenIssuer: string;
  readonly ToChannelFromBotLoginUrl: string;
  readonly ToChannelFromBotOAuthScope: string;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const blankIsMissing = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsMissing, schema.optional());

const portNumber = optional(
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().min(1).max(65_535)),
);
const hostName = optional(z.string().regex(/^[A-Za-z0-9.:-]{1,255}$/));

/** https, so that nobody on the way can keep the monitor calm; plain http to this machine only. */
const heartbeatUrl = optional(
  z
    .string()
    .max(2_000)
    .refine((raw) => {
      if (!URL.canParse(raw)) return false;
      const { protocol, hostname, username, password } = new URL(raw);
      const isHere = protocol === 'http:' && isLoopback(hostname.replace(/^\[|\]$/g, ''));
      return (protocol === 'https:' || isHere) && username === '' && password === '';
    }),
);

const common = {
  PORT: portNumber,
  HOST: hostName,
  METRICS_PORT: portNumber,
  METRICS_HOST: hostName,
  HEARTBEAT_URL: heartbeatUrl,
  SHUTDOWN_DELAY: optional(
    z
      .string()
      .regex(/^\d{1,2}$/)
      .transform(Number)
      .pipe(z.number().max(30)),
  ),
  DATA_DIR: optional(z.string().max(4_000)),
  DATABASE_URL: optional(
    z
      .string()
      .regex(/^postgres(ql)?:\/\/.+/)
      .refine((url) => URL.canParse(url)),
  ),
  PLAYBOOK_FILE: optional(z.string().max(4_000)),
  LOG_LEVEL: optional(z.enum(logLevels)),
  SMTP_URL: optional(
    z
      .string()
      .max(4_000)
      .refine((url) => smtpServerIn(url) !== undefined),
  ),
  SMTP_FROM: optional(z.email().max(200)),
};

const https = optional(
  z
    .string()
    .max(2_000)
    .regex(/^https:\/\/[^/@?#]+(\/[^@?#]*)?$/)
    .refine((url) => URL.canParse(url)),
);
const endpointNames = [
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromChannelTokenIssuer',
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
] as const;

/** A part of them would leave the rest with the public cloud: tokens of one side that the other never takes. */
function endpointFaults(environment: Environment): string[] {
  const missing = endpointNames.filter((name) => blankIsMissing(environment[name]) === undefined);
  if (missing.length === endpointNames.length) return [];
  return missing.map((name) => `${name}: expected ${expected[name]}, but it is missing`);
}

/** What an SMTP_URL says. Whatever it says besides would be taken for an option by some programs; here it is refused. */
function smtpServerIn(raw: string): Omit<SmtpSettings, 'from'> | undefined {
  if (!/^smtps?:\/\/[^/]/i.test(raw.trim()) || !URL.canParse(raw.trim())) return undefined;
  const url = new URL(raw.trim());
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const user = decoded(url.username);
  const password = decoded(url.password);
  const hasMore = (url.pathname !== '' && url.pathname !== '/') || url.search !== '' || url.hash !== '';
  if (hasMore || host === '' || user === undefined || password === undefined || (user === '' && password !== ''))
    return undefined;
  return {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    user: user === '' ? undefined : user,
    password: user === '' ? undefined : password,
  };
}

function decoded(part: string): string | undefined {
  try {
    const text = decodeURIComponent(part);
    return /[\u0000-\u001f\u007f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** The sender is SMTP_FROM, else the user of SMTP_URL where that is an address. */
function smtpOf(url: string | undefined, from: string | undefined): SmtpSettings | undefined {
  const server = url === undefined ? undefined : smtpServerIn(url);
  const sender = from ?? (z.email().safeParse(server?.user).success ? server?.user : undefined);
  return server && sender !== undefined ? { ...server, from: sender } : undefined;
}

/** What is wrong between the two: a server without a sender, or a sender without a server. */
function smtpFaults(environment: Environment): string[] {
  const [url, from] = [environment['SMTP_URL'], environment['SMTP_FROM']].map(blankIsMissing);
  if (url === undefined && from !== undefined) return [`SMTP_URL: expected ${expected['SMTP_URL']}, but it is missing`];
  if (typeof url !== 'string' || from !== undefined || smtpServerIn(url) === undefined || smtpOf(url, undefined))
    return [];
  return [`SMTP_FROM: expected ${expected['SMTP_FROM']}, but it is missing`];
}

const expected: Record<string, string> = {
  PORT: 'a whole number from 1 to 65535 (default 3978)',
  HOST: 'a host name or an IP address',
  METRICS_PORT: 'a whole number from 1 to 65535, another one than PORT (none: no figures are served)',
  METRICS_HOST: 'a host name or an IP address (default 127.0.0.1)',
  HEARTBEAT_URL: 'an https address of your monitor, without user and password (none: no sign of life is given)',
  SHUTDOWN_DELAY: 'a whole number of seconds from 0 to 30 (default 0)',
  DATA_DIR: 'a path to a folder (default ./.data)',
  DATABASE_URL: 'an address like postgres://user:password@host:5432/database',
  PLAYBOOK_FILE: 'a path to a YAML file',
  LOG_LEVEL: `one of ${logLevels.join(', ')} (default info)`,
  SMTP_URL: 'an address like smtps://user:password@host:465 or smtp://user:password@host:587, and nothing behind it',
  SMTP_FROM: 'the address that email comes from (needed when the user of SMTP_URL is no address)',
  MicrosoftAppId: "the bot's app id, a GUID like 00000000-0000-0000-0000-000000000000",
  MicrosoftAppType: 'SingleTenant or UserAssignedMSI',
  MicrosoftAppTenantId: 'the id of your tenant, a GUID like 00000000-0000-0000-0000-000000000000',
  MicrosoftAppPassword: "the bot's client secret (needed with MicrosoftAppType SingleTenant)",
  ...Object.fromEntries(
    endpointNames.map((name) => [
      name,
      'an address like https://host/path (for another cloud; set all four that begin with To, or none)',
    ]),
  ),
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
    smtp: smtpOf(parsed.SMTP_URL, parsed.SMTP_FROM),
    heartbeatUrl: parsed.HEARTBEAT_URL,
    shutdownDelayMs: (parsed.SHUTDOWN_DELAY ?? 0) * 1_000,
    metrics:
      parsed.METRICS_PORT === undefined
        ? undefined
        : { port: parsed.METRICS_PORT, host: parsed.METRICS_HOST ?? '127.0.0.1' },
  };
}

/** Two listeners cannot have one port. */
function portFaults(environment: Environment): string[] {
  const [port, metrics] = [environment['PORT'], environment['METRICS_PORT']].map(blankIsMissing);
  return metrics !== undefined && metrics === (port ?? '3978')
    ? [`METRICS_PORT: expected ${expected['METRICS_PORT']}, but the value given is not that`]
    : [];
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
  const lines = [
    ...(result.success ? [] : faults(result.error, environment)),
    ...smtpFaults(environment),
    ...portFaults(environment),
  ];
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
export function readProductionSettings(environment: Environment): Settings & {
  readonly identity: Identity;
  readonly endpoints: Endpoints | undefined;
} {
  const schema = z.object({
    ...common,
    MicrosoftAppId: z.preprocess(blankIsMissing, z.string().regex(guid).toLowerCase()),
    MicrosoftAppType: optional(z.enum(['SingleTenant', 'UserAssignedMSI'])),
    MicrosoftAppTenantId: z.preprocess(blankIsMissing, z.string().regex(guid).toLowerCase()),
    MicrosoftAppPassword: optional(z.string().max(4_000)),
    ToBotFromChannelOpenIdMetadataUrl: https,
    ToBotFromChannelTokenIssuer: https,
    ToChannelFromBotLoginUrl: https,
    ToChannelFromBotOAuthScope: https,
  });
  const result = schema.safeParse(environment);
  const lines = [
    ...(result.success ? [] : faults(result.error, environment)),
    ...smtpFaults(environment),
    ...portFaults(environment),
  ];
  lines.push(...endpointFaults(environment));
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
    endpoints: endpointsOf(result.data),
  };
}

function endpointsOf(given: { readonly [Name in keyof Endpoints]?: string | undefined }): Endpoints | undefined {
  const [metadata, issuer, login, scope] = endpointNames.map((name) => given[name]);
  if (metadata === undefined || issuer === undefined || login === undefined || scope === undefined) return undefined;
  return {
    ToBotFromChannelOpenIdMetadataUrl: metadata,
    ToBotFromChannelTokenIssuer: issuer,
    ToChannelFromBotLoginUrl: login,
    ToChannelFromBotOAuthScope: scope,
  };
}

/** Every setting that the environment may hold; the templates in `deploy/` are held against it. */
export const settingNames: readonly string[] = Object.keys(expected).filter((name) => name !== 'NODE_ENV');
