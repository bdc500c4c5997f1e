import { describe, expect, test } from '@jest/globals';
import type { AppError } from '../../src/errors.ts';
import { isLoopback, readLocalSettings, readProductionSettings } from '../../src/settings.ts';

const appId = '11111111-2222-4333-8444-555555555555';
const tenantId = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const good = { MicrosoftAppId: appId, MicrosoftAppTenantId: tenantId, MicrosoftAppPassword: 'CANARY-password' };

type Environment = Record<string, string | undefined>;
/** The lines of a refusal, without the heading; none when the settings are taken. */
function faultsOf(read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    expect(error).toMatchObject({ code: 'settings-invalid' });
    const [heading, ...lines] = (error as AppError).message.split('\n');
    expect(heading).toBe('The settings are not right:');
    return lines.map((line) => line.trim());
  }
}
const local = (environment: Environment) => faultsOf(() => readLocalSettings(environment));
const production = (environment: Environment) => faultsOf(() => readProductionSettings({ ...good, ...environment }));

test('local mode needs no settings', () => {
  expect(readLocalSettings({})).toEqual({
    port: 3978,
    host: '127.0.0.1',
    dataDir: './.data',
    databaseUrl: undefined,
    playbookFile: undefined,
    logLevel: 'info',
    shutdownDelayMs: 0,
    identity: undefined,
  });
});

test('blank settings are missing settings, so the defaults count', () => {
  const blank = { PORT: '', HOST: ' ', DATA_DIR: '', DATABASE_URL: '\t', PLAYBOOK_FILE: '', LOG_LEVEL: ' ' };
  expect(readLocalSettings(blank)).toEqual(readLocalSettings({}));
});

test('every setting is read', () => {
  const environment = {
    PORT: '8080',
    HOST: '::1',
    DATA_DIR: '/data',
    DATABASE_URL: 'postgresql://user:pa%3Ass@host:5432/database?sslmode=require',
    PLAYBOOK_FILE: 'team.yaml',
    LOG_LEVEL: 'debug',
    SHUTDOWN_DELAY: '8',
  };
  expect(readLocalSettings(environment)).toEqual({
    port: 8080,
    host: '::1',
    dataDir: '/data',
    databaseUrl: environment.DATABASE_URL,
    playbookFile: 'team.yaml',
    logLevel: 'debug',
    shutdownDelayMs: 8_000,
    identity: undefined,
  });
});

test.each([
  ['https://monitor.contoso.com/ping/1?x=2', true],
  ['http://127.0.0.1:8000/ping', true],
  ['http://[::1]:8000/ping', true],
  ['http://localhost/ping', true],
  ['http://monitor.contoso.com/ping', false],
  ['http://localhost.evil.example/ping', false],
  ['https://user:CANARY@monitor.contoso.com/', false],
  ['ftp://localhost/', false],
  ['monitor.contoso.com/ping', false],
  ['file:///etc/passwd', false],
])('HEARTBEAT_URL %s is taken: %s', (url, isTaken) => {
  const faults = production({ HEARTBEAT_URL: url });
  expect(faults.length === 0).toBe(isTaken);
  expect(faults.join()).not.toContain('CANARY');
  if (isTaken) expect(readProductionSettings({ ...good, HEARTBEAT_URL: url }).heartbeatUrl).toBe(url);
});

test('figures are served where METRICS_PORT says, on this machine only unless METRICS_HOST says more', () => {
  expect(readProductionSettings(good).metrics).toBeUndefined();
  expect(readProductionSettings({ ...good, METRICS_PORT: '9464' }).metrics).toEqual({ port: 9464, host: '127.0.0.1' });
  const everywhere = { ...good, METRICS_PORT: '9464', METRICS_HOST: '0.0.0.0' };
  expect(readProductionSettings(everywhere).metrics).toEqual({ port: 9464, host: '0.0.0.0' });
  for (const environment of [{ METRICS_PORT: '3978' }, { PORT: '9000', METRICS_PORT: '9000' }, { METRICS_PORT: 'x' }])
    expect(production(environment)).toEqual([
      expect.stringMatching(/^METRICS_PORT: expected .* another one than PORT/),
    ]);
});

const otherCloud = {
  ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  ToBotFromChannelTokenIssuer: 'https://api.botframework.us',
  ToChannelFromBotLoginUrl: `https://login.microsoftonline.us/${tenantId}`,
  ToChannelFromBotOAuthScope: 'https://api.botframework.us',
};

test('the endpoints of another cloud are all given or none', () => {
  expect(readProductionSettings(good).endpoints).toBeUndefined();
  expect(readProductionSettings({ ...good, ...otherCloud }).endpoints).toEqual(otherCloud);
  for (const name of Object.keys(otherCloud)) {
    expect(production({ ...otherCloud, [name]: ' ' })).toEqual([
      expect.stringMatching(new RegExp(`^${name}: expected .*, but it is missing$`)),
    ]);
  }
});

test.each(['http://host/keys', 'https://', 'https://user@host/', 'host', 'https://host/?a=b', 'ftp://host'])(
  'an endpoint like "%s" is refused',
  (address) => {
    for (const name of Object.keys(otherCloud)) {
      expect(production({ ...otherCloud, [name]: address })).toEqual([
        expect.stringMatching(new RegExp(`^${name}: expected .*, but the value given is not that$`)),
      ]);
    }
  },
);

test('production listens everywhere, has an identity and takes ids in capitals', () => {
  expect(
    readProductionSettings({
      ...good,
      MicrosoftAppId: appId.toUpperCase(),
      MicrosoftAppTenantId: tenantId.toUpperCase(),
    }),
  ).toMatchObject({
    host: '0.0.0.0',
    identity: { type: 'SingleTenant', appId, tenantId, password: 'CANARY-password' },
  });
  expect(
    readProductionSettings({ ...good, MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppPassword: undefined }).identity,
  ).toEqual({
    type: 'UserAssignedMSI',
    appId,
    tenantId,
  });
});

const badValues: [string, string][] = [
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '3978.5'],
  ['PORT', '1e3'],
  ['PORT', '0x10'],
  ['PORT', ' 3978'],
  ['PORT', 'CANARY'],
  ['PORT', '999999'],
  ['HOST', 'http://CANARY'],
  ['HOST', 'CANARY host'],
  ['HOST', 'CANARY/'],
  ['HOST', 'x'.repeat(256)],
  ['DATABASE_URL', 'CANARY'],
  ['DATABASE_URL', 'mysql://user:CANARY@host/database'],
  ['DATABASE_URL', 'postgres://'],
  ['DATABASE_URL', 'postgres://user:CANARY@host:port/database'],
  ['DATABASE_URL', 'postgres://user:CANARY#1@host:5432/database'],
  ['LOG_LEVEL', 'CANARY'],
  ['LOG_LEVEL', 'INFO'],
  ['LOG_LEVEL', 'trace'],
  ['DATA_DIR', `CANARY${'x'.repeat(4_000)}`],
  ['PLAYBOOK_FILE', `CANARY${'x'.repeat(4_000)}`],
];

describe('a bad value gives one line that names the setting and what was expected, and not the value:', () => {
  test.each(badValues)('%s=%s', (name, value) => {
    for (const read of [local, production]) {
      const lines = read({ [name]: value });
      // A HOST that is no host is no loopback address either.
      expect(lines.length).toBe(name === 'HOST' && read === local ? 2 : 1);
      expect(lines[0]).toMatch(new RegExp(`^${name}: expected .+, but the value given is not that$`));
      expect(lines.join('\n')).not.toContain('CANARY');
    }
  });
});

// Row H10, what applies: there is no anonymous flag and no memory storage to be switched on.
describe('production does not start', () => {
  test.each<[string, Environment, string, string]>([
    ['without an app id', { MicrosoftAppId: undefined }, 'MicrosoftAppId', 'is missing'],
    ['with an empty app id', { MicrosoftAppId: '' }, 'MicrosoftAppId', 'is missing'],
    ['with a blank app id', { MicrosoftAppId: '  ' }, 'MicrosoftAppId', 'is missing'],
    ['with an app id that is no GUID', { MicrosoftAppId: 'CANARY' }, 'MicrosoftAppId', 'is not that'],
    ['with an app id in braces', { MicrosoftAppId: `{${appId}}` }, 'MicrosoftAppId', 'is not that'],
    ['with a line break after the app id', { MicrosoftAppId: `${appId}\n` }, 'MicrosoftAppId', 'is not that'],
    ['without a tenant', { MicrosoftAppTenantId: undefined }, 'MicrosoftAppTenantId', 'is missing'],
    ['with a blank tenant', { MicrosoftAppTenantId: ' ' }, 'MicrosoftAppTenantId', 'is missing'],
    ['with the tenant "common"', { MicrosoftAppTenantId: 'common' }, 'MicrosoftAppTenantId', 'is not that'],
    [
      'with a list of tenants',
      { MicrosoftAppTenantId: `${tenantId},${tenantId}` },
      'MicrosoftAppTenantId',
      'is not that',
    ],
    ['without a password', { MicrosoftAppPassword: undefined }, 'MicrosoftAppPassword', 'is missing'],
    ['with a blank password', { MicrosoftAppPassword: ' ' }, 'MicrosoftAppPassword', 'is missing'],
    ['for several tenants', { MicrosoftAppType: 'MultiTenant' }, 'MicrosoftAppType', 'is not that'],
    ['with an unknown type', { MicrosoftAppType: 'CANARY' }, 'MicrosoftAppType', 'is not that'],
  ])('%s', (_title, environment, name, why) => {
    const lines = production(environment);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name}: expected .+${why}$`));
    expect(lines.join()).not.toContain('CANARY');
  });

  test('and tells of all faults at once, one line each', () => {
    const lines = faultsOf(() => readProductionSettings({ PORT: 'x', LOG_LEVEL: 'x' }));
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'PORT',
      'LOG_LEVEL',
      'MicrosoftAppId',
      'MicrosoftAppTenantId',
      'MicrosoftAppPassword',
    ]);
  });
});

test('no setting switches the check of tokens off', () => {
  const tries = {
    NODE_ENV: 'development',
    AUTH: 'off',
    ANONYMOUS: 'true',
    BotOpenIdMetadata: 'http://evil.example',
    MicrosoftAppType: undefined,
  };
  expect(readProductionSettings({ ...good, ...tries }).identity).toMatchObject({ appId, tenantId });
});

describe('local mode does not start', () => {
  test.each([
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '192.168.1.5',
    'bot.example',
    'localhost.example',
    '127.0.0.1.example',
    '::ffff:127.0.0.1',
    '127.1',
    '0',
  ])('on HOST=%s', (HOST) => {
    expect(local({ HOST })).toEqual([
      'HOST: expected 127.0.0.1, ::1 or localhost in local mode, since nobody signs in there',
    ]);
  });

  test('as production', () => {
    expect(local({ NODE_ENV: 'production' })).toEqual([
      expect.stringMatching(/^NODE_ENV: expected anything but production/),
    ]);
    expect(local({ NODE_ENV: 'production', HOST: '0.0.0.0', PORT: 'x' })).toHaveLength(3);
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.255.255.254', true],
  ['::1', true],
  ['localhost', true],
  ['127.0.0.256', false],
  ['128.0.0.1', false],
  ['', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

describe('the mail server', () => {
  const smtp = (environment: Environment) => readLocalSettings(environment).smtp;

  test.each([
    [
      'smtps://bot%40contoso.example:p%3Aw%2F%40@mail.contoso.example',
      { host: 'mail.contoso.example', port: 465, secure: true, user: 'bot@contoso.example', password: 'p:w/@' },
    ],
    [
      'smtp://bot%40contoso.example:pw@mail.contoso.example:2525',
      { host: 'mail.contoso.example', port: 2525, secure: false, user: 'bot@contoso.example', password: 'pw' },
    ],
  ])('%s is read, and its user is the sender', (url, expected) => {
    expect(smtp({ SMTP_URL: url })).toEqual({ ...expected, from: 'bot@contoso.example' });
  });

  test('needs a sender where its user is no address', () => {
    expect(local({ SMTP_URL: 'smtp://mail.contoso.example' })).toEqual([
      expect.stringContaining('SMTP_FROM: expected the address that email comes from'),
    ]);
    expect(smtp({ SMTP_URL: 'smtp://mail.contoso.example', SMTP_FROM: 'bot@contoso.example' })).toEqual({
      host: 'mail.contoso.example',
      port: 587,
      secure: false,
      user: undefined,
      password: undefined,
      from: 'bot@contoso.example',
    });
    expect(production({ SMTP_FROM: 'bot@contoso.example' })).toEqual([expect.stringContaining('SMTP_URL: expected')]);
  });

  test.each([
    'mail.contoso.example',
    'https://mail.contoso.example',
    'smtp://',
    'smtp://bot:CANARY@',
    'smtp://bot:CANARY%0d%0aRCPT@mail.contoso.example',
    'smtp://bot:CANARY%zz@mail.contoso.example',
    'smtp://:CANARY@mail.contoso.example',
    'smtp://mail.contoso.example/CANARY',
    'smtp://mail.contoso.example?tls.rejectUnauthorized=false',
    'smtp://mail.contoso.example:99999',
  ])('%j is refused, without its value', (url) => {
    const faults = production({ SMTP_URL: url, SMTP_FROM: 'bot@contoso.example' });
    expect(faults).toEqual([expect.stringContaining('SMTP_URL: expected an address like smtps://')]);
    expect(faults.join()).not.toContain('CANARY');
  });

  test.each(['bot', 'bot@', 'a@b.example\r\nBcc: c@d.example'])('the sender %j is refused', (from) => {
    expect(local({ SMTP_URL: 'smtp://mail.contoso.example', SMTP_FROM: from })).toEqual([
      expect.stringContaining('SMTP_FROM: expected'),
    ]);
  });
});
