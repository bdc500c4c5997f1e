import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the sign-in of the Bot Framework looks like from outside: real RS256 keys, made for one test run. */
export const appId = '11111111-2222-4333-8444-555555555555';
export const tenantId = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
export const issuer = 'https://api.botframework.com';
export const serviceUrl = 'https://smba.trafficmanager.net/emea/';

export interface SigningPair {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export function newPair(kid: string): SigningPair {
  return { kid, ...generateKeyPairSync('rsa', { modulusLength: 2_048 }) };
}

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

export function tokenOf(
  pair: SigningPair,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = {},
): string {
  const text = `${encode({ typ: 'JWT', alg: 'RS256', kid: pair.kid, ...header })}.${encode(claims)}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), pair.privateKey).toString('base64url')}`;
}

/** "Signed" with the public key as if it were a shared secret: the classic confusion of algorithms. */
export function hmacToken(pair: SigningPair, claims: Readonly<Record<string, unknown>>): string {
  const text = `${encode({ typ: 'JWT', alg: 'HS256', kid: pair.kid })}.${encode(claims)}`;
  const secret = pair.publicKey.export({ type: 'spki', format: 'pem' });
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

export function goodClaims(nowMs: number): Record<string, unknown> {
  const seconds = Math.floor(nowMs / 1_000);
  return { iss: issuer, aud: appId, serviceurl: serviceUrl, nbf: seconds - 60, exp: seconds + 3_600 };
}

export function goodActivity(): Record<string, unknown> {
  return {
    type: 'message',
    id: '1700000000000',
    channelId: 'msteams',
    serviceUrl,
    from: { id: '29:somebody', aadObjectId: '99999999-0000-4000-8000-000000000001', name: 'Somebody' },
    recipient: { id: `28:${appId}`, name: 'bot' },
    conversation: { id: '19:chat', tenantId, conversationType: 'personal' },
    channelData: { tenant: { id: tenantId } },
    text: 'hello',
  };
}

/** Serves OpenID metadata and keys as login.botframework.com does, and counts who asks. */
export class KeyStandIn {
  readonly keys: Record<string, unknown>[] = [];
  requests = 0;
  /** Answers with this status instead; `hang` never answers. */
  fault: number | 'hang' | undefined;
  #server: Server | undefined;

  get metadataUrl(): string {
    return `${this.#url}/v1/.well-known/openidconfiguration`;
  }
  get #url(): string {
    return `http://127.0.0.1:${(this.#server?.address() as AddressInfo).port}`;
  }

  /** `null` leaves the endorsements out. */
  add(pair: SigningPair, endorsements: readonly string[] | null = ['msteams']): void {
    this.keys.push({
      ...pair.publicKey.export({ format: 'jwk' }),
      kid: pair.kid,
      use: 'sig',
      ...(endorsements === null ? {} : { endorsements }),
    });
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      this.requests += 1;
      if (this.fault === 'hang') return;
      response.statusCode = this.fault ?? 200;
      response.setHeader('content-type', 'application/json');
      const body = request.url === '/keys' ? { keys: this.keys } : { issuer, jwks_uri: `${this.#url}/keys` };
      response.end(JSON.stringify(this.fault === undefined ? body : {}));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#server = server;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}
