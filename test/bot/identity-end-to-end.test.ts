import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { hasOpenssl } from '../support/certificates.ts';
import { temporaryFolder } from '../support/databases.ts';
import { clientSecret, identityHeader, Microsoft } from '../support/microsoft.ts';
import { Production } from '../support/production.ts';
import { appId, goodActivity, issuer, newPair, serviceUrl } from '../support/tokens.ts';

if (!hasOpenssl) console.log('No openssl on this machine: the sign-in over TLS is not tested.');

let next = 1;
const message = (text: string) => ({ ...goodActivity(), id: `1700000${(next += 1)}`, text });

(hasOpenssl ? describe : describe.skip)('the production entry, signed both ways over TLS', () => {
  const folder = temporaryFolder();
  let microsoft: Microsoft;
  let bot: Production | undefined;

  beforeAll(async () => {
    microsoft = await new Microsoft(folder.path).start();
  });
  afterEach(async () => {
    await bot?.stop('SIGKILL');
    bot = undefined;
    microsoft.keysDown = false;
    microsoft.signInDown = false;
    microsoft.received.length = 0;
    for (const name of Object.keys(microsoft.asked) as (keyof Microsoft['asked'])[]) microsoft.asked[name] = 0;
  });
  afterAll(async () => {
    await microsoft.stop();
    folder.remove();
  });

  async function start(
    type: 'SingleTenant' | 'UserAssignedMSI',
    more: Readonly<Record<string, string>> = {},
  ): Promise<Production> {
    const data = `${folder.path}/data-${(next += 1)}`;
    bot = await Production.spawn({ ...microsoft.settings(type), DATA_DIR: data, ...more });
    await bot.ready();
    return bot;
  }
  const post = (to: Production, text: string) => to.post(message(text), microsoft.authorization(serviceUrl));
  const messages = async (count: number) => {
    for (let tries = 0; microsoft.received.length < count && tries < 500; tries += 1) await delay(10);
    return microsoft.received;
  };

  test.each([
    ['a client secret', 'SingleTenant', 'token'],
    ['a user-assigned managed identity', 'UserAssignedMSI', 'identity'],
  ] as const)(
    'a bot with %s answers a signed message with a signed one, and asks for keys and token once',
    async (_title, type, source) => {
      const running = await start(type);
      const answers = await Promise.all(Array.from({ length: 20 }, () => post(running, 'help')));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      expect(await messages(20)).toHaveLength(20);
      expect(microsoft.received[0]?.body).toContain('AdaptiveCard');
      expect(microsoft.asked).toEqual({ metadata: 1, keys: 1, token: 0, identity: 0, refusedSends: 0, [source]: 1 });
      if (type === 'SingleTenant')
        expect(microsoft.tokenForms.at(-1)).toMatchObject({ client_id: appId, scope: `${issuer}/.default` });
      for (const secret of [clientSecret, identityHeader]) expect(running.output).not.toContain(secret);
      expect(await running.stop()).toBe(0);
    },
    60_000,
  );

  test('a monitor outside gets a sign of life when it is ready, and its address stands nowhere', async () => {
    const asked: string[] = [];
    const monitor = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.statusCode = 500;
      response.end();
    });
    await new Promise<void>((resolve) => monitor.listen(0, '127.0.0.1', resolve));
    const { port } = monitor.address() as AddressInfo;
    const running = await start('SingleTenant', { HEARTBEAT_URL: `http://127.0.0.1:${port}/CANARY-of-the-monitor` });
    for (let tries = 0; !running.output.includes('heartbeat') && tries < 1_000; tries += 1) await delay(10);
    expect(asked).toEqual(['GET /CANARY-of-the-monitor']);
    // A monitor that fails harms nobody.
    expect((await post(running, 'help')).status).toBe(200);
    expect(await running.stop()).toBe(0);
    expect(running.output).toContain('the monitor outside does not take the sign of life');
    expect(running.output).not.toContain('CANARY');
    monitor.closeAllConnections();
    await new Promise((resolve) => monitor.close(resolve));
  }, 60_000);

  test('a message with a foreign signature, or none, is refused and nothing is sent', async () => {
    const running = await start('SingleTenant');
    const forged = microsoft.authorization(serviceUrl, newPair('channel'));
    expect((await running.post(message('help'), forged)).status).toBe(401);
    expect((await running.post(message('help'), '')).status).toBe(401);
    // What goes out for a good one, afterwards, is all there is.
    expect((await post(running, 'help')).status).toBe(200);
    expect(await messages(1)).toHaveLength(1);
  }, 60_000);

  test('keys that are known serve while their endpoint is down, and so does the token', async () => {
    const running = await start('SingleTenant');
    await post(running, 'help');
    await messages(1);
    microsoft.keysDown = true;
    microsoft.signInDown = true;
    expect((await post(running, 'help')).status).toBe(200);
    expect(await messages(2)).toHaveLength(2);
    expect(microsoft.asked).toMatchObject({ keys: 1, token: 1 });
  }, 60_000);

  test('without any keys a message is left to Teams to be sent again, and a later one is answered', async () => {
    microsoft.keysDown = true;
    const running = await start('SingleTenant');
    const first = await post(running, 'help');
    expect(first.status).toBe(503);
    expect(microsoft.received).toHaveLength(0);
    microsoft.keysDown = false;
    expect((await post(running, 'help')).status).toBe(200);
    expect(await messages(1)).toHaveLength(1);
  }, 60_000);

  test('a stand-in whose certificate nobody vouches for is not believed', async () => {
    const running = await start('SingleTenant', { NODE_EXTRA_CA_CERTS: '' });
    expect((await post(running, 'help')).status).toBe(503);
    expect(microsoft.asked).toMatchObject({ metadata: 0, keys: 0, token: 0 });
  }, 60_000);
});
