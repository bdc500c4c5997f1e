import { createPublicKey, verify } from 'node:crypto';
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificates, type Certificates } from './certificates.ts';
import { appId, goodClaims, issuer, newPair, tenantId, tokenOf, type SigningPair } from './tokens.ts';

/** A message that the bot posted with a good token. */
export interface Received {
  /** As the bot was told it. */
  readonly id: string;
  readonly conversationId: string;
  /** The activity that it answers; none for what the bot says by itself. */
  readonly replyTo: string | undefined;
  readonly text: string;
  readonly body: string;
  /** ms since 1970 */
  readonly at: number;
}

/** A request to the connector with a good token. */
export interface ConnectorCall {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  readonly body: unknown;
  /** The id that it was answered with. */
  readonly id: string | undefined;
}

export const clientSecret = 'secret-of-the-stand-in';
export const identityHeader = 'header-of-the-stand-in';

/**
 * What a bot of Azure sees of Microsoft, over TLS with certificates of its own: OpenID metadata and signing keys, the
 * sign-in that gives tokens, the connector that checks them, and, in plain HTTP as on Azure, the endpoint of a managed
 * identity. Its tokens are signed with real RSA keys.
 */
export class Microsoft {
  readonly received: Received[] = [];
  /** Each request to the connector, of any method, while `keepsCalls`. */
  readonly calls: ConnectorCall[] = [];
  keepsCalls = false;
  /** Requests by what they were for. */
  readonly asked = { metadata: 0, keys: 0, token: 0, identity: 0, refusedSends: 0 };
  /** What each request for a token said, for the test to read. */
  readonly tokenForms: Record<string, string>[] = [];
  readonly channelKey: SigningPair = newPair('channel');
  /** The endpoints of the keys answer 503. */
  keysDown = false;
  /** The sign-in and the endpoint of the managed identity answer 503. */
  signInDown = false;
  tokenSeconds = 3_600;
  readonly #signInKey = newPair('sign-in');
  readonly #tls: Certificates;
  #https: Server | undefined;
  #http: Server | undefined;
  #lastId = 1_700_000_000_000;

  constructor(folder: string) {
    this.#tls = makeCertificates(folder, ['localhost', 'smba.trafficmanager.net']);
  }

  get port(): number {
    return (this.#https?.address() as AddressInfo).port;
  }
  get url(): string {
    return `https://localhost:${this.port}`;
  }

  /** Settings of a registered bot; the same names in production, with Microsoft's own addresses by default. */
  settings(type: 'SingleTenant' | 'UserAssignedMSI'): Record<string, string> {
    const identityPort = (this.#http?.address() as AddressInfo).port;
    return {
      MicrosoftAppId: appId,
      MicrosoftAppTenantId: tenantId,
      MicrosoftAppType: type,
      ToBotFromChannelOpenIdMetadataUrl: `${this.url}/v1/.well-known/openidconfiguration`,
      ToBotFromChannelTokenIssuer: issuer,
      ToChannelFromBotLoginUrl: `${this.url}/${tenantId}`,
      ToChannelFromBotOAuthScope: issuer,
      NODE_EXTRA_CA_CERTS: this.#tls.caFile,
      STAND_IN_PORT: String(this.port),
      ...(type === 'SingleTenant'
        ? { MicrosoftAppPassword: clientSecret }
        : { IDENTITY_ENDPOINT: `http://127.0.0.1:${identityPort}/msi/token`, IDENTITY_HEADER: identityHeader }),
    };
  }

  /** The `authorization` header of what Teams posts to the bot. */
  authorization(serviceUrl: string, pair: SigningPair = this.channelKey): string {
    return `Bearer ${tokenOf(pair, { ...goodClaims(Date.now()), serviceurl: serviceUrl })}`;
  }

  async start(): Promise<this> {
    const listen = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#https = createServer(
      { key: this.#tls.key, cert: this.#tls.cert },
      (request, response) => void this.#serve(request, response),
    );
    this.#http = createHttpServer((request, response) => this.#identity(request, response));
    this.#https.keepAliveTimeout = 120_000;
    await Promise.all([listen(this.#https), listen(this.#http)]);
    return this;
  }

  async stop(): Promise<void> {
    for (const server of [this.#https, this.#http]) {
      server?.closeAllConnections();
      await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return; // whoever asked was killed
    }
    const body = Buffer.concat(chunks).toString();
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (request.headers.host === 'smba.trafficmanager.net') return this.#connector(request, response, path, body);
    if (path === '/v1/.well-known/openidconfiguration' || path === '/keys') {
      const isKeys = path === '/keys';
      this.asked[isKeys ? 'keys' : 'metadata'] += 1;
      if (this.keysDown) return answer(response, 503, {});
      const jwk = { ...this.channelKey.publicKey.export({ format: 'jwk' }), kid: this.channelKey.kid, use: 'sig' };
      return answer(
        response,
        200,
        isKeys ? { keys: [{ ...jwk, endorsements: ['msteams'] }] } : { issuer, jwks_uri: `${this.url}/keys` },
      );
    }
    const login = `${this.url}/${tenantId}`;
    if (path === `/${tenantId}/v2.0/.well-known/openid-configuration`)
      return answer(response, 200, {
        issuer: `${login}/v2.0`,
        token_endpoint: `${login}/oauth2/v2.0/token`,
        authorization_endpoint: `${login}/oauth2/v2.0/authorize`,
        jwks_uri: `${this.url}/sign-in-keys`,
      });
    if (path === `/${tenantId}/oauth2/v2.0/token` && request.method === 'POST') {
      this.asked.token += 1;
      const form = Object.fromEntries(new URLSearchParams(body));
      this.tokenForms.push(form);
      if (this.signInDown) return answer(response, 503, {});
      if (
        form['client_id'] !== appId ||
        form['client_secret'] !== clientSecret ||
        form['grant_type'] !== 'client_credentials'
      )
        return answer(response, 401, { error: 'invalid_client', error_description: 'not this bot' });
      return answer(response, 200, {
        token_type: 'Bearer',
        expires_in: this.tokenSeconds,
        access_token: this.#token(form['scope']?.replace(/\/\.default\b.*$/, '')),
      });
    }
    answer(response, 404, {});
  }

  #token(audience: string | undefined): string {
    const seconds = Math.floor(Date.now() / 1_000);
    return tokenOf(this.#signInKey, { aud: audience, appid: appId, nbf: seconds, exp: seconds + this.tokenSeconds });
  }

  #identity(request: IncomingMessage, response: ServerResponse): void {
    this.asked.identity += 1;
    const query = new URL(request.url ?? '', 'http://localhost').searchParams;
    if (this.signInDown) return answer(response, 503, {});
    if (request.headers['x-identity-header'] !== identityHeader || query.get('client_id') !== appId)
      return answer(response, 400, { error: 'invalid_request' });
    const resource = query.get('resource') ?? '';
    answer(response, 200, {
      access_token: this.#token(resource),
      expires_on: String(Math.floor(Date.now() / 1_000) + this.tokenSeconds),
      resource,
      token_type: 'Bearer',
      client_id: appId,
    });
  }

  /** Takes a message only with a token that the sign-in gave to this bot for the connector. */
  #connector(request: IncomingMessage, response: ServerResponse, path: string, body: string): void {
    if (!this.#isSigned(request.headers.authorization ?? '')) {
      this.asked.refusedSends += 1;
      return answer(response, 401, { error: { code: 'Unauthorized', message: 'no good token' } });
    }
    const keep = (id?: string): void => {
      const parsed: unknown = body === '' ? undefined : JSON.parse(body);
      const call = { method: request.method ?? '', path: decodeURIComponent(path), body: parsed, id };
      if (this.keepsCalls) this.calls.push(call);
    };
    if (request.method === 'GET') {
      keep();
      return answer(response, 200, { members: [] });
    }
    const [, , , , conversationId = '', , replyTo] = path.split('/').map(decodeURIComponent);
    const { text } = JSON.parse(body) as { text?: unknown };
    const id = String((this.#lastId += 1));
    keep(id);
    const words = typeof text === 'string' ? text : '';
    this.received.push({ id, conversationId, replyTo, text: words, body, at: Date.now() });
    answer(response, 201, { id });
  }

  #isSigned(authorization: string): boolean {
    const [head = '', claims = '', signature = ''] = authorization.replace(/^Bearer /, '').split('.');
    const key = createPublicKey(this.#signInKey.publicKey.export({ type: 'spki', format: 'pem' }));
    const good = verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'));
    if (!good) return false;
    const { aud, appid, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
    return aud === issuer && appid === appId && typeof exp === 'number' && exp > Date.now() / 1_000;
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  // One after the other: where restify is loaded as well, its `writeHead` returns nothing.
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
