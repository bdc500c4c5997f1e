import { describe, expect, test } from '@jest/globals';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createConnector } from '../../src/bot/connector.ts';
import { isLoopbackServiceUrl, isTeamsServiceUrl } from '../../src/bot/service-url.ts';

const teams = [
  'https://smba.trafficmanager.net/teams/',
  'https://smba.trafficmanager.net/emea/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee/',
  'https://smba.trafficmanager.net/amer',
  'https://smba.infra.gcc.teams.microsoft.com/teams',
  'https://smba.infra.gov.teams.microsoft.us/teams',
  'https://smba.infra.dod.teams.microsoft.us/teams',
];

/** Row H12. */
const refused: [string, string][] = [
  ['http', 'http://smba.trafficmanager.net/teams/'],
  ['no scheme', '//smba.trafficmanager.net/teams/'],
  ['another scheme', 'ftp://smba.trafficmanager.net/teams/'],
  ['a file', 'file:///etc/passwd'],
  ['data', 'data:text/plain,smba.trafficmanager.net'],
  ['script', 'javascript:alert(1)'],
  ['websocket', 'wss://smba.trafficmanager.net/teams/'],
  ['scheme in capitals', 'HTTPS://smba.trafficmanager.net/teams/'],
  ['a user', 'https://user@smba.trafficmanager.net/teams/'],
  ['a user and a password', 'https://user:pass@smba.trafficmanager.net/teams/'],
  ['the host as the user', 'https://smba.trafficmanager.net@evil.example/teams/'],
  ['the host as the password', 'https://a:smba.trafficmanager.net@evil.example/'],
  ['an empty user', 'https://@smba.trafficmanager.net/teams/'],
  ['a port', 'https://smba.trafficmanager.net:8443/teams/'],
  ['the usual port, written out', 'https://smba.trafficmanager.net:443/teams/'],
  ['the host as a beginning', 'https://smba.trafficmanager.net.evil.example/teams/'],
  ['the host as an ending', 'https://evil-smba.trafficmanager.net/teams/'],
  ['a host below it', 'https://a.smba.trafficmanager.net/teams/'],
  ['the host above it', 'https://trafficmanager.net/teams/'],
  ['a dot at the end', 'https://smba.trafficmanager.net./teams/'],
  ['capitals in the host', 'https://SMBA.trafficmanager.net/teams/'],
  ['a Cyrillic look-alike', 'https://smbа.trafficmanager.net/teams/'],
  ['full-width letters', 'https://\uFF53\uFF4D\uFF42\uFF41.trafficmanager.net/teams/'],
  ['a full-width dot', 'https://smba。trafficmanager.net/teams/'],
  ['a soft hyphen', 'https://smba\u00AD.trafficmanager.net/teams/'],
  ['punycode', 'https://xn--smb-7cd.trafficmanager.net/teams/'],
  ['escapes in the host', 'https://smba%2Etrafficmanager%2Enet/teams/'],
  ['a backslash', 'https:\\\\smba.trafficmanager.net\\teams\\'],
  ['a backslash after the host', 'https://smba.trafficmanager.net\\@evil.example/'],
  ['no slashes', 'https:smba.trafficmanager.net/teams/'],
  ['three slashes', 'https:///smba.trafficmanager.net/teams/'],
  ['a tab in the host', 'https://smba.traffic\tmanager.net/teams/'],
  ['a line break at the end', 'https://smba.trafficmanager.net/teams/\n'],
  ['a blank before', ' https://smba.trafficmanager.net/teams/'],
  ['a line break in the path', 'https://smba.trafficmanager.net/te\r\nams/'],
  ['steps upwards', 'https://smba.trafficmanager.net/teams/../../x/'],
  ['a query', 'https://smba.trafficmanager.net/teams/?x=1'],
  ['a fragment', 'https://smba.trafficmanager.net/teams/#x'],
  ['the host in the path', 'https://evil.example/smba.trafficmanager.net/'],
  ['the host in the fragment', 'https://evil.example/#smba.trafficmanager.net/'],
  ['no path', 'https://smba.trafficmanager.net'],
  ['an IPv4 address', 'https://13.107.64.2/teams/'],
  ['the metadata address', 'https://169.254.169.254/metadata/instance'],
  ['the metadata address in one number', 'https://2852039166/'],
  ['the metadata address in hexadecimal', 'https://0xA9FEA9FE/'],
  ['loopback', 'https://127.0.0.1/'],
  ['loopback, short', 'https://127.1/'],
  ['localhost', 'https://localhost/'],
  ['IPv6 loopback', 'https://[::1]/'],
  ['IPv4 in IPv6', 'https://[::ffff:169.254.169.254]/'],
  ['any address', 'https://0.0.0.0/'],
  ['a private address', 'https://10.0.0.1/'],
  ['nothing', ''],
  ['a blank', ' '],
  ['half an address', 'https://'],
  ['text', 'smba.trafficmanager.net'],
  ['NUL', 'https://smba.trafficmanager.net\0.evil.example/'],
];

test.each(teams)('%s is an address of Teams', (url) => {
  expect(isTeamsServiceUrl(url)).toBe(true);
});

describe('an address is none of Teams:', () => {
  test.each(refused)('%s', (_title, url) => {
    expect(isTeamsServiceUrl(url)).toBe(false);
  });
});

test('a connector sends nothing to a refused address, not even a connection', async () => {
  let connections = 0;
  const spy = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => spy.listen(0, '127.0.0.1', resolve));
  const { port } = spy.address() as AddressInfo;
  let tokens = 0;
  const connector = createConnector({
    token: () => Promise.resolve(`secret-${(tokens += 1)}`),
    mayCall: isTeamsServiceUrl,
  });
  const local = ['127.0.0.1', 'localhost', 'user@127.0.0.1', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '127.1'];
  const forms = [
    ...refused.map(([, url]) => url),
    ...local.flatMap((host) => ['http', 'https'].map((scheme) => `${scheme}://${host}:${port}/`)),
    `https://smba.trafficmanager.net@127.0.0.1:${port}/`,
    `https://127.0.0.1:${port}/#https://smba.trafficmanager.net/`,
  ];
  for (const url of forms) {
    await expect(connector.post(url, 'c', undefined, '{}')).rejects.toMatchObject({ code: 'address-refused' });
    await expect(connector.replace(url, 'c', 'a', '{}')).rejects.toMatchObject({ code: 'address-refused' });
  }
  await connector.close();
  await new Promise((resolve) => spy.close(resolve));
  expect([connections, tokens, connector.counts.requests]).toEqual([0, 0, 0]);
});

test.each([
  ['http://127.0.0.1:3979/', true],
  ['http://localhost:3979', true],
  ['https://[::1]:1/', true],
  ['http://127.0.0.2/', true],
  ['http://10.0.0.1/', false],
  ['http://localhost.evil.example/', false],
  ['http://user@localhost/', false],
  ['http://127.0.0.1.evil.example/', false],
  ['http://[::ffff:10.0.0.1]/', false],
  ['file://localhost/etc/passwd', false],
  ['', false],
])('in local mode %s is taken: %s', (url, expected) => {
  expect(isLoopbackServiceUrl(url)).toBe(expected);
});
