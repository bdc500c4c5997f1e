import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { JwtTokenValidation } from 'botframework-connector/lib/auth/jwtTokenValidation.js';
import { readActivity } from '../../src/bot/activity.ts';
import { cachedToken, productionIdentity } from '../../src/bot/azure-identity.ts';
import type { BotIdentity } from '../../src/bot/identity.ts';
import { managedCredentials } from '../../src/bot/managed-credentials.ts';
import { passwordCredentials } from '../../src/bot/password-credentials.ts';
import { AppError, type ErrorCode } from '../../src/errors.ts';
import {
  appId,
  goodActivity,
  goodClaims,
  hmacToken,
  issuer,
  KeyStandIn,
  newPair,
  serviceUrl,
  tenantId,
  tokenOf,
} from '../support/tokens.ts';

const known = newPair('known');
const stranger = newPair('known');
const unendorsed = newPair('unendorsed');
const emptyEndorsed = newPair('empty-endorsed');
const otherChannel = newPair('other-channel');
const unknown = newPair('unknown');
const standIn = new KeyStandIn();
const passwordSecret = 'password-of-the-test';
let identity: BotIdentity;

beforeAll(async () => {
  // The SDK prints what it refuses; production leads the console to the log.
  jest.spyOn(console, 'error').mockImplementation(() => {});
  await standIn.start();
  standIn.add(known);
  standIn.add(unendorsed, null);
  standIn.add(emptyEndorsed, []);
  standIn.add(otherChannel, ['webchat']);
  identity = newIdentity();
});
afterAll(() => standIn.stop());

function newIdentity(now?: () => Date): BotIdentity {
  return productionIdentity({
    identity: { type: 'SingleTenant', appId, tenantId, password: passwordSecret },
    endpoints: {
      ToBotFromChannelOpenIdMetadataUrl: standIn.metadataUrl,
      ToBotFromChannelTokenIssuer: issuer,
      ToChannelFromBotLoginUrl: 'https://login.invalid/tenant',
      ToChannelFromBotOAuthScope: issuer,
    },
    ...(now ? { now } : {}),
  });
}

type Json = Record<string, unknown>;
const seconds = () => Math.floor(Date.now() / 1_000);

/** Gives the code and the message of what `admit` throws; undefined when it lets the activity in. */
async function refusalOf(authorization: string, activity: Json = {}, who = identity): Promise<AppError | undefined> {
  const body = { ...goodActivity(), ...activity };
  try {
    await who.admit(body, readActivity(body), authorization);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
const signed = (claims: Json = {}, header: Json = {}, pair = known) =>
  `Bearer ${tokenOf(pair, { ...goodClaims(Date.now()), ...claims }, header)}`;
const without = (name: string): string => {
  const claims = goodClaims(Date.now());
  delete claims[name];
  return `Bearer ${tokenOf(known, claims)}`;
};

describe('an activity is let in', () => {
  const rows: [string, () => string, Json?][] = [
    ['with a good token', () => signed()],
    ['with a token that ran out 4 minutes ago', () => signed({ exp: seconds() - 240 })],
    ['with a token without nbf', () => without('nbf')],
    ['with a token that is valid in 4 minutes', () => signed({ nbf: seconds() + 240 })],
    ['with fields that nobody knows', () => signed({ extra: { a: 1 } }), { unknown: [1, 2, 3] }],
    ['of another type', () => signed(), { type: 'somethingNew' }],
  ];
  test.each(full(rows))('%s', async (_title, authorization, activity) => {
    expect(await refusalOf(authorization(), activity)).toBeUndefined();
  });
});

/** Junk is turned away without a question to the key server; the others need a key or come after the signature. */
const junk: [string, () => string, Json?][] = [
  ['an empty header', () => ''],
  ['a blank header', () => ' '],
  ['only the scheme', () => 'Bearer'],
  ['the scheme and a blank', () => 'Bearer '],
  ['a word', () => 'junk'],
  ['a token without its scheme', () => signed().slice('Bearer '.length)],
  ['another scheme', () => signed().replace('Bearer', 'Basic')],
  ['the scheme in small letters', () => signed().replace('Bearer', 'bearer')],
  ['the scheme twice', () => `Bearer ${signed()}`],
  ['two tokens', () => `${signed()}, ${signed()}`],
  ['two blanks', () => signed().replace(' ', '  ')],
  ['a blank at the end', () => `${signed()} `],
  ['a token in two parts', () => signed().split('.').slice(0, 2).join('.')],
  ['a token in four parts', () => `${signed()}.AAAA`],
  ['three dots', () => 'Bearer ...'],
  ['parts that are no JSON', () => 'Bearer YQ.YQ.YQ'],
  ['parts that are JSON null', () => 'Bearer bnVsbA.bnVsbA.AAAA'],
  ['parts that are lists', () => 'Bearer W10.W10.AAAA'],
  ['letters outside of base64', () => signed().replace('.', '.%')],
  ['a header of 20,000 characters', () => signed({ extra: 'x'.repeat(20_000) })],
  ['a token without a signature', () => signed().replace(/\.[^.]*$/, '.')],
  ['algorithm none', () => signed({}, { alg: 'none' })],
  ['algorithm None, unsigned', () => signed({}, { alg: 'None' }).replace(/\.[^.]*$/, '.AA')],
  ['algorithm HS256 with the public key as the secret', () => `Bearer ${hmacToken(known, goodClaims(Date.now()))}`],
  ['algorithm RS512', () => signed({}, { alg: 'RS512' })],
  ['algorithm as a list', () => signed({}, { alg: ['RS256'] })],
  ['no key id', () => signed({}, { kid: undefined })],
  ['a key id that is a number', () => signed({}, { kid: 7 })],
  ['a token that ran out 6 minutes ago', () => signed({ exp: seconds() - 360 })],
  ['no exp', () => without('exp')],
  ['exp as text', () => signed({ exp: String(seconds() + 600) })],
  ['exp null', () => signed({ exp: null })],
  ['nbf in 10 minutes', () => signed({ nbf: seconds() + 600 })],
  ['nbf as text', () => signed({ nbf: 'now' })],
  ['another aud', () => signed({ aud: '00000000-0000-4000-8000-000000000000' })],
  ['no aud', () => without('aud')],
  ['aud as a list with the right one', () => signed({ aud: [appId] })],
  ['another iss', () => signed({ iss: 'https://evil.example' })],
  ['the iss with a slash', () => signed({ iss: `${issuer}/` })],
  ['no iss', () => without('iss')],
  ['iss as a list with the right one', () => signed({ iss: [issuer] })],
  [
    'an emulator token of the own tenant, v1',
    () => signed({ iss: `https://sts.windows.net/${tenantId}/`, appid: appId }),
  ],
  [
    'an emulator token of the Bot Framework tenant, v2',
    () =>
      signed({
        iss: 'https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0',
        azp: appId,
        ver: '2.0',
      }),
  ],
  ['a token of another bot (skill), v1', () => signed({ ver: '1.0', appid: '00000000-0000-4000-8000-000000000000' })],
  ['a token of another bot (skill), v2', () => signed({ ver: '2.0', azp: '00000000-0000-4000-8000-000000000000' })],
  ['a token of a bot without a name (skill)', () => signed({ appid: 'AnonymousSkill' })],
  ['no serviceurl claim', () => without('serviceurl')],
  ['another serviceurl claim', () => signed({ serviceurl: 'https://smba.trafficmanager.net/amer/' })],
  ['a serviceurl claim that is an object', () => signed({ serviceurl: { url: serviceUrl } })],
  ['an empty serviceurl claim and address', () => signed({ serviceurl: '' }), { serviceUrl: '' }],
  ['serviceUrl missing in the activity', () => signed(), { serviceUrl: undefined }],
  ['serviceUrl "" in the activity', () => signed(), { serviceUrl: '' }],
  ['serviceUrl null in the activity', () => signed(), { serviceUrl: null }],
  ['serviceUrl a list with the right one', () => signed(), { serviceUrl: [serviceUrl] }],
  ['channelId ""', () => signed(), { channelId: '' }],
  ['channelId " "', () => signed(), { channelId: ' ' }],
  ['channelId null', () => signed(), { channelId: null }],
  ['channelId missing', () => signed(), { channelId: undefined }],
  ['channelId of another channel', () => signed(), { channelId: 'webchat' }],
  ['channelId of the emulator', () => signed(), { channelId: 'emulator' }],
  ['channelId in capitals', () => signed(), { channelId: 'MSTEAMS' }],
  ['channelId a list with the right one', () => signed(), { channelId: ['msteams'] }],
];

const badKeys: [string, () => string][] = [
  ['an unknown key', () => signed({}, {}, unknown)],
  ['the signature of another key of the same id', () => signed({}, {}, stranger)],
  ['a changed payload', () => changed(signed())],
  ['a key without endorsements', () => signed({}, {}, unendorsed)],
  ['a key with an empty list of endorsements', () => signed({}, {}, emptyEndorsed)],
  ['a key endorsed for another channel only', () => signed({}, {}, otherChannel)],
  ['the key id of a property of every object', () => signed({}, { kid: '__proto__' })],
];

/** Each row with all three parts: jest takes a missing one for a callback to wait for. */
function full(rows: readonly [string, () => string, Json?][]): [string, () => string, Json][] {
  return rows.map(([title, authorization, activity = {}]) => [title, authorization, activity]);
}

/** The same token with another claim in it. */
function changed(authorization: string): string {
  const [head, , signature] = authorization.split('.');
  const claims = Buffer.from(JSON.stringify({ ...goodClaims(Date.now()), more: true })).toString('base64url');
  return `${head}.${claims}.${signature}`;
}

describe('a request is refused with 401, no detail and no question to the key server', () => {
  test.each(full(junk))('%s', async (_title, authorization, activity) => {
    const fresh = newIdentity();
    const before = standIn.requests;
    expectPlain(await refusalOf(authorization(), activity, fresh), 'unauthorized', 401);
    expect(standIn.requests).toBe(before);
  });
});

describe('a request is refused with 401 and no detail', () => {
  test.each(badKeys)('%s', async (_title, authorization) => {
    expectPlain(await refusalOf(authorization()), 'unauthorized', 401);
  });
});

describe('an activity is refused with 403', () => {
  const foreign = '00000000-1111-4222-8333-444444444444';
  const rows: [string, Json][] = [
    ['of a foreign tenant', tenants(foreign, foreign)],
    ['whose conversation is of a foreign tenant', tenants(foreign, tenantId)],
    ['whose channel data is of a foreign tenant', tenants(tenantId, foreign)],
    ['without a tenant in the conversation', tenants(undefined, tenantId)],
    ['without a tenant in the channel data', tenants(tenantId, undefined)],
    ['without any tenant', tenants(undefined, undefined)],
    ['with an empty tenant', tenants('', '')],
    ['with a list of tenants', tenants([tenantId], [tenantId])],
    ['without channel data', { channelData: undefined }],
    ['with null channel data', { channelData: null }],
    ['without a conversation', { conversation: undefined }],
    ['with channel data that is a text', { channelData: tenantId }],
  ];
  test.each(rows)('%s', async (_title, activity) => {
    expectPlain(await refusalOf(signed(), activity), 'forbidden', 403);
  });
  test('whose signed address is none of Teams', async () => {
    const evil = 'https://evil.example/';
    expectPlain(await refusalOf(signed({ serviceurl: evil }), { serviceUrl: evil }), 'forbidden', 403);
  });
});

function tenants(inConversation: unknown, inData: unknown): Json {
  return {
    conversation: { id: '19:chat', conversationType: 'personal', tenantId: inConversation },
    channelData: { tenant: { id: inData } },
  };
}

function expectPlain(error: AppError | undefined, code: ErrorCode, status: number): void {
  expect(error).toMatchObject({ code, status });
  // What goes out is the fixed sentence; the message for the log names a rule and no value.
  for (const part of [appId, tenantId, issuer, serviceUrl, passwordSecret]) expect(error?.message).not.toContain(part);
  expect(error?.message.length).toBeLessThan(60);
}

describe('the signing keys', () => {
  beforeEach(() => (standIn.fault = undefined));

  test('are read once for a hundred requests that come at once', async () => {
    const fresh = newIdentity();
    const before = standIn.requests;
    const all = await Promise.all(Array.from({ length: 100 }, () => refusalOf(signed(), {}, fresh)));
    expect(all.every((refusal) => refusal === undefined)).toBe(true);
    expect(standIn.requests - before).toBe(2);
  });

  test('are looked up anew for an unknown key at most every five minutes', async () => {
    let now = Date.now();
    const fresh = newIdentity(() => new Date(now));
    await refusalOf(signed(), {}, fresh);
    const before = standIn.requests;
    for (let count = 0; count < 5; count += 1) await refusalOf(signed({}, {}, unknown), {}, fresh);
    expect(standIn.requests).toBe(before);
    now += 301_000;
    const later = newPair('later');
    standIn.add(later);
    expect(await refusalOf(signed({}, {}, later), {}, fresh)).toBeUndefined();
    expect(standIn.requests).toBe(before + 2);
  });

  test.each([503, 'hang'] as const)('of a day ago serve on while the key server answers %s', async (fault) => {
    let now = Date.now();
    const fresh = newIdentity(() => new Date(now));
    expect(await refusalOf(signed(), {}, fresh)).toBeUndefined();
    standIn.fault = fault;
    now += 26 * 3_600_000;
    // The token has to be valid by this clock and by the SDK's own.
    const long = signed({ exp: Math.floor(now / 1_000) + 600 });
    expect(await refusalOf(long, {}, fresh)).toBeUndefined();
    now += 7 * 24 * 3_600_000;
    const longer = signed({ exp: Math.floor(now / 1_000) + 600 });
    expect(await refusalOf(longer, {}, fresh)).toMatchObject({ code: 'keys-unavailable', status: 503 });
  });

  test.each([503, 404, 'hang'] as const)('that cannot be had (%s) end in 503 within seconds', async (fault) => {
    const fresh = newIdentity();
    standIn.fault = fault;
    expect(await refusalOf(signed(), {}, fresh)).toMatchObject({ code: 'keys-unavailable', status: 503 });
    standIn.fault = undefined;
    expect(await refusalOf(signed(), {}, fresh)).toBeUndefined();
  });
});

describe('a token that was found good', () => {
  const check = jest.spyOn(JwtTokenValidation, 'authenticateRequest');
  const start = Date.now();
  let now = start;
  let who: BotIdentity;
  const token = signed({ exp: Math.floor(start / 1_000) + 600 });
  beforeEach(async () => {
    now = start;
    who = newIdentity(() => new Date(now));
    expect(await refusalOf(token, {}, who)).toBeUndefined();
    check.mockClear();
  });
  afterAll(() => check.mockRestore());

  test('is known for five minutes, and then its signature is checked again', async () => {
    now += 299_000;
    expect(await refusalOf(token, {}, who)).toBeUndefined();
    expect(check).not.toHaveBeenCalled();
    now += 2_000;
    expect(await refusalOf(token, {}, who)).toBeUndefined();
    expect(check).toHaveBeenCalledTimes(1);
  });
  test.each([
    ['the channel', { channelId: 'webchat' }],
    ['the address', { serviceUrl: 'https://smba.trafficmanager.net/amer/' }],
  ])('lets nothing in that does not fit it: %s', async (_title, activity) => {
    expectPlain(await refusalOf(token, activity, who), 'unauthorized', 401);
  });
  test('is refused once it has run out', async () => {
    now += 200_000;
    const short = signed({ exp: Math.floor(now / 1_000) - 200 });
    expect(await refusalOf(short, {}, who)).toBeUndefined();
    now += 101_000;
    expectPlain(await refusalOf(short, {}, who), 'unauthorized', 401);
  });
  test('vouches for no other with the same claims', async () => {
    const other = `${token.slice(0, -4)}${token.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    expectPlain(await refusalOf(other, {}, who), 'unauthorized', 401);
    expect(check).toHaveBeenCalledTimes(1);
  });
  test('is not known for longer when the clock is set back', async () => {
    now -= 1_000;
    expect(await refusalOf(token, {}, who)).toBeUndefined();
    expect(check).toHaveBeenCalledTimes(1);
  });
  test('one that was refused is not remembered', async () => {
    const bad = signed({}, {}, stranger);
    for (let count = 1; count <= 2; count += 1) {
      expectPlain(await refusalOf(bad, {}, who), 'unauthorized', 401);
      expect(check).toHaveBeenCalledTimes(count);
    }
  });
});

describe('the token for sending', () => {
  const start = Date.UTC(2026, 0, 1);
  let now: number;
  let asked: number;
  beforeEach(() => {
    now = start;
    asked = 0;
  });
  const tokenUntil = (ms: number, name = 't') =>
    `${name}.${Buffer.from(JSON.stringify({ exp: ms / 1_000 })).toString('base64url')}.s`;
  const source = (until: () => number, gate: Promise<void> = Promise.resolve()) =>
    cachedToken(
      async () => {
        const name = `t${(asked += 1)}`;
        await gate;
        return tokenUntil(until(), name);
      },
      () => new Date(now),
    );

  test('is asked for once by a hundred who want it at once', async () => {
    const gate = Promise.withResolvers<void>();
    const token = source(() => start + 3_600_000, gate.promise);
    const all = Promise.all(Array.from({ length: 100 }, () => token()));
    gate.resolve();
    expect(new Set(await all).size).toBe(1);
    expect(asked).toBe(1);
  });

  test('is used again until five minutes before it runs out, and then renewed', async () => {
    const token = source(() => now + 3_600_000);
    const first = await token();
    now += 3_299_000;
    expect(await token()).toBe(first);
    expect(asked).toBe(1);
    now += 2_000;
    // The old one is still good and serves whoever asks while the new one is on its way.
    expect(await token()).toBe(first);
    expect(asked).toBe(2);
    await new Promise(setImmediate);
    expect(await token()).not.toBe(first);
    expect(asked).toBe(2);
  });

  test('that has run out is never used', async () => {
    const token = source(() => now + 3_600_000);
    const first = await token();
    now += 3_600_000;
    expect(await token()).not.toBe(first);
  });

  test.each([
    ['text', 'not a token'],
    ['no exp', `a.${Buffer.from('{}').toString('base64url')}.b`],
  ])('without a readable expiry (%s) is asked for each time', async (_title, value) => {
    const token = cachedToken(
      () => Promise.resolve((asked += 1) > 0 ? value : ''),
      () => new Date(now),
    );
    await token();
    await token();
    expect(asked).toBe(2);
  });

  test('is asked for again after a failure, and a held one serves while the sign-in is down', async () => {
    let down = true;
    const token = cachedToken(
      () => (down ? Promise.reject(new Error('down')) : Promise.resolve(tokenUntil(start + 3_600_000))),
      () => new Date(now),
    );
    await expect(token()).rejects.toThrow('down');
    down = false;
    const held = await token();
    down = true;
    now = start + 3_400_000;
    expect(await token()).toBe(held);
    expect(await token()).toBe(held);
    now = start + 3_600_000;
    await expect(token()).rejects.toThrow('down');
  });

  test('is given up after its limit when the sign-in hangs, and asked for anew', async () => {
    let hangs = true;
    const token = cachedToken(
      () => (hangs ? new Promise<string>(() => {}) : Promise.resolve(tokenUntil(start + 3_600_000))),
      () => new Date(now),
      50,
    );
    await expect(token()).rejects.toMatchObject({ code: 'send-refused' });
    hangs = false;
    await expect(token()).resolves.toContain('.');
  });

  test('for each kind of bot the SDK has credentials of its own', async () => {
    const login = `https://login.microsoftonline.com/${tenantId}`;
    const password = await passwordCredentials(appId, passwordSecret, tenantId).createCredentials(
      appId,
      issuer,
      login,
      true,
    );
    expect(password).toMatchObject({ appId, tenant: tenantId, oAuthScope: issuer, oAuthEndpoint: login });
    expect(password.constructor.name).toBe('MicrosoftAppCredentials');
    const managed = await managedCredentials(appId).createCredentials(appId, issuer);
    expect(managed).toMatchObject({ appId, oAuthScope: issuer });
    expect(managed.constructor.name).toBe('ManagedIdentityAppCredentials');
  });

  test('comes from the credentials of the SDK with the app id, the scope and the address of the tenant', async () => {
    const seen: unknown[][] = [];
    const credentials = {
      isValidAppId: () => Promise.resolve(true),
      isAuthenticationDisabled: () => Promise.resolve(false),
      createCredentials: (...args: unknown[]) => {
        seen.push(args);
        return Promise.resolve({ getToken: () => Promise.resolve(tokenUntil(Date.now() + 3_600_000)) } as never);
      },
    };
    const { token, mayCall } = productionIdentity({
      identity: { type: 'SingleTenant', appId, tenantId, password: passwordSecret },
      credentials,
    });
    await token();
    await token();
    expect(seen).toEqual([[appId, issuer, `https://login.microsoftonline.com/${tenantId}`, true]]);
    expect(mayCall(serviceUrl)).toBe(true);
    expect(mayCall('http://127.0.0.1:1/')).toBe(false);
  });
});
