import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { packageSettings } from '../../scripts/teams-app/app-settings.ts';
import { readProductionSettings, settingNames } from '../../src/settings.ts';

const read = (name: string) => readFileSync(name, 'utf8');
const lines = read('deploy/.env.example').split('\n');
const bicep = read('deploy/main.bicep');
const dockerfile = read('deploy/Dockerfile');
const packageJson = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };

describe('deploy/.env.example', () => {
  const names = lines.flatMap((line) => /^([A-Za-z_]\w*)=/.exec(line)?.[1] ?? []);

  test('names each setting of the bot and of the package once, and nothing else', () => {
    const wanted = new Set([...settingNames, ...packageSettings.map(({ name }) => name), 'POSTGRES_PASSWORD']);
    expect([...names].sort()).toEqual([...wanted].sort());
  });

  test('says of each what it is, and gives it no value', () => {
    for (const [at, line] of lines.entries()) {
      if (!/^\w+=/.test(line)) continue;
      expect(line).toMatch(/^\w+=$/);
      let above = at - 1;
      while (/^\w+=/.test(lines[above] ?? '')) above--;
      expect(lines[above]).toMatch(/^# .{10,}/);
    }
  });
});

describe('deploy/main.bicep', () => {
  const env = bicep.slice(bicep.indexOf('env: concat('), bicep.indexOf('volumeMounts:'));
  const set = [...env.matchAll(/\{ name: '(\w+)', (?:value|secretRef): ([^}]+) \}/g)];
  const names = set.map((match) => match[1] as string);

  test('sets only what the bot reads, each once', () => {
    expect(names.length).toBeGreaterThan(6);
    expect(names.filter((name) => !settingNames.includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('sets all that production needs: with these the settings are accepted', () => {
    const samples: Record<string, string> = {
      'string(port)': '3978',
      logLevel: 'info',
      'identity.properties.clientId': '00000000-0000-4000-8000-000000000001',
      'subscription().tenantId': '00000000-0000-4000-8000-000000000002',
      "'database-url'": 'postgres://icmadmin:a%40b@server.postgres.database.azure.com:5432/icm?sslmode=verify-full',
      "'heartbeat-url'": 'https://monitor.contoso.com/ping/1',
      "'smtp-url'": 'smtps://user:password@mail.contoso.com:465',
      smtpFrom: 'icm@contoso.com',
    };
    const values = Object.fromEntries(
      set.map(([, name, value = '']) => [name as string, samples[value] ?? value.replaceAll("'", '')]),
    );
    expect(readProductionSettings(values)).toMatchObject({
      identity: { type: 'UserAssignedMSI' },
      smtp: { from: 'icm@contoso.com' },
      heartbeatUrl: 'https://monitor.contoso.com/ping/1',
      databaseUrl: samples["'database-url'"],
    });
  });

  test('each name that is used is declared, and each parameter is used', () => {
    const declared = [...bicep.matchAll(/^ *(?:param|var|resource) (\w+) /gm)].map((match) => match[1] as string);
    const code = bicep.replace(/^\s*\/\/.*$/gm, '');
    for (const name of declared.filter((one) => !['bot', 'teams', 'zone'].includes(one)))
      expect({ name, uses: code.match(new RegExp(`\\b${name}\\b`, 'g'))?.length }).not.toEqual({ name, uses: 1 });
    const nested = [...bicep.matchAll(/(\w+)::(\w+)/g)].flatMap((match) => [match[1] as string, match[2] as string]);
    expect(nested.filter((name) => !declared.includes(name))).toEqual([]);
  });

  test('brackets are closed', () => {
    const bare = bicep
      .replace(/^\s*\/\/.*$/gm, '')
      .replace(/\$\{[^{}]*\}/g, '')
      .replace(/'[^'\n]*'/g, "''");
    const open: string[] = [];
    for (const sign of bare.match(/[[\](){}]/g) ?? [])
      if ('[({'.includes(sign)) open.push(sign);
      else expect(open.pop()).toBe({ ']': '[', ')': '(', '}': '{' }[sign]);
    expect(open).toEqual([]);
  });

  test('keeps two replicas, no secret in plain sight, and probes that the bot answers', () => {
    expect(bicep).toMatch(/@minValue\(2\)\nparam minReplicas int = 2/);
    expect(bicep).not.toMatch(/name: '(DATABASE_URL|SMTP_URL|HEARTBEAT_URL)', value:/);
    for (const path of bicep.matchAll(/path: '(\/\w+z)'/g)) expect(['/healthz', '/readyz']).toContain(path[1]);
    expect(bicep.match(/@secure\(\)/g)).toHaveLength(4);
  });
});

describe('the image', () => {
  test('is of the Node that the project is tried on', () => {
    const bases = [...dockerfile.matchAll(/^FROM node:(\S+?)-bookworm-slim AS/gm)].map((match) => match[1]);
    expect(bases.length).toBe(dockerfile.match(/^FROM/gm)?.length);
    expect(new Set(bases)).toEqual(new Set([packageJson.devDependencies['node']]));
  });

  test('takes only files that .dockerignore lets through', () => {
    const through = read('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? line.slice(1) : []));
    const taken = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) =>
      (match[1] as string).split(' '),
    );
    expect(taken.length).toBeGreaterThan(4);
    expect(taken.filter((name) => !through.includes(name))).toEqual([]);
  });

  test('in compose it runs without rights, with a root that nothing writes to', () => {
    const { services } = parse(read('deploy/compose.yaml')) as { services: Record<string, Record<string, unknown>> };
    expect(services['bot']).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      env_file: '.env',
    });
    const names = Object.keys(services['bot']?.['environment'] as object);
    expect(names.filter((name) => !settingNames.includes(name))).toEqual([]);
  });
});
