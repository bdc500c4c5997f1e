import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { tenantId } from './people.ts';

/**
 * Tokens where both bots check them: the stand-in plays the key server of the Bot Framework and the sign-in of Entra
 * (fake-hosts.ts leads the bots to it). One key for the run.
 */
export const appId = '9a3c5e12-7f84-4b6d-8c1e-0d2f6b7a9c33';
const issuer = 'https://api.botframework.com';
const keyId = 'bench';

/** Base64 of a private key; the stand-in gets it as BENCH_KEY. */
export function newKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
}

const privateKey = () =>
  createPrivateKey({ key: Buffer.from(process.env['BENCH_KEY'] ?? '', 'base64'), format: 'der', type: 'pkcs8' });

function token(claims: Readonly<Record<string, unknown>>): string {
  const seconds = Math.floor(Date.now() / 1_000);
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const head = encode({ typ: 'JWT', alg: 'RS256', kid: keyId });
  const text = `${head}.${encode({ iss: issuer, nbf: seconds - 60, exp: seconds + 7_200, ...claims })}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey()).toString('base64url')}`;
}

/** The `authorization` header of what Teams posts to the bot; with another `number` it is another token. */
export function channelAuthorization(serviceUrl: string, number = 0): string {
  return `Bearer ${token({ aud: appId, serviceurl: serviceUrl, jti: String(number) })}`;
}

/** Settings of a registered bot, in the Bot Framework's own names. */
export const botSettings: Readonly<Record<string, string>> = {
  MicrosoftAppId: appId,
  MicrosoftAppPassword: 'bench',
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: tenantId,
};

const login = `https://login.microsoftonline.com/${tenantId}`;

/** What the hosts of Microsoft answer, by path; `undefined` for what is not theirs. */
export function microsoftAnswer(path: string): unknown {
  if (path === '/v1/.well-known/openidconfiguration') {
    return { issuer, jwks_uri: 'https://login.botframework.com/keys', endorsements: ['msteams'] };
  }
  if (path === '/keys') {
    const jwk = createPublicKey(privateKey()).export({ format: 'jwk' });
    return { keys: [{ ...jwk, kid: keyId, use: 'sig', endorsements: ['msteams'] }] };
  }
  if (path.startsWith(`/${tenantId}/v2.0/.well-known/`)) {
    return {
      issuer: `${login}/v2.0`,
      token_endpoint: `${login}/oauth2/v2.0/token`,
      authorization_endpoint: `${login}/oauth2/v2.0/authorize`,
      jwks_uri: 'https://login.microsoftonline.com/keys',
    };
  }
  if (path.startsWith(`/${tenantId}/oauth2/v2.0/token`)) {
    return { token_type: 'Bearer', expires_in: 7_200, access_token: token({ aud: issuer, appid: appId }) };
  }
  return undefined;
}
