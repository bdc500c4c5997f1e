import type { ServiceClientCredentialsFactory } from 'botframework-connector';
// Not the packages as a whole: they load the clients, streaming and every kind of sign-in too, twice the time.
import { AuthenticationConfiguration } from 'botframework-connector/lib/auth/authenticationConfiguration.js';
import { ChannelValidation } from 'botframework-connector/lib/auth/channelValidation.js';
import { JwtTokenValidation } from 'botframework-connector/lib/auth/jwtTokenValidation.js';
import { AppError } from '../errors.ts';
import type { Endpoints, Identity } from '../settings.ts';
import type { TokenSource } from './connector.ts';
import type { BotIdentity } from './identity.ts';
import { createKnownTokens } from './known-tokens.ts';
import { isTeamsServiceUrl } from './service-url.ts';
import { createSigningKeys, useSigningKeys } from './signing-keys.ts';
import { checkClaims, readClaims } from './token-check.ts';

const botFramework = 'https://api.botframework.com';
const keysOfBotFramework = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

export interface ProductionIdentityOptions {
  readonly identity: Identity;
  readonly now?: () => Date;
  /** Another cloud than the public one, or a stand-in; all four or none. */
  readonly endpoints?: Endpoints | undefined;
  readonly credentials?: ServiceClientCredentialsFactory;
}

export interface WarmIdentity extends BotIdentity {
  /** Fetches keys and token ahead of the first message; a failure is left to that message. */
  warm(): Promise<void>;
}

/** The identity of a bot that is registered in Azure. There is no way to switch it off. */
export function productionIdentity(options: ProductionIdentityOptions): WarmIdentity {
  const { identity } = options;
  const now = options.now ?? (() => new Date());
  const { endpoints } = options;
  const keysUrl = endpoints?.ToBotFromChannelOpenIdMetadataUrl ?? keysOfBotFramework;
  const issuer = endpoints?.ToBotFromChannelTokenIssuer ?? botFramework;
  const signingKeys = createSigningKeys(keysUrl, now);
  useSigningKeys(keysUrl, signingKeys);
  // The SDK has one such address, and one such issuer, for the whole process.
  ChannelValidation.OpenIdMetadataEndpoint = keysUrl;
  ChannelValidation.ToBotFromChannelTokenValidationParameters.issuer = [issuer];
  const rules = { appId: identity.appId, issuer };
  const knownTokens = createKnownTokens(now);
  const bot = {
    isValidAppId: (id: string) => Promise.resolve(id === identity.appId),
    isAuthenticationDisabled: () => Promise.resolve(false),
    getAppPassword: () => Promise.reject(new AppError('internal', 'nothing in the check of a token needs the secret')),
  };

  const token = cachedToken(async () => {
    const login = endpoints?.ToChannelFromBotLoginUrl ?? `https://login.microsoftonline.com/${identity.tenantId}`;
    const scope = endpoints?.ToChannelFromBotOAuthScope ?? botFramework;
    const credentials = options.credentials ?? (await credentialsOf(identity, endpoints));
    const signer = await credentials.createCredentials(identity.appId, scope, login, true);
    // The type promises less than every one of the SDK's credentials can do.
    return (signer as unknown as { getToken(): Promise<string> }).getToken();
  }, now);

  const checkSignature = async (body: Record<string, unknown>, authorization: string): Promise<void> => {
    try {
      await JwtTokenValidation.authenticateRequest(body, authorization, bot, '', new AuthenticationConfiguration());
    } catch (error) {
      if (error instanceof AppError) throw error;
      // The SDK answers 500 to a bad signature, with its own text; to the outside it is one and the same thing.
      throw new AppError('unauthorized', 'token: signature or endorsement', error);
    }
  };

  return {
    mayCall: isTeamsServiceUrl,
    token,
    async warm() {
      await Promise.allSettled([signingKeys(''), token()]);
    },
    async admit(body, activity, authorization) {
      const known = knownTokens.find(authorization);
      const claims = known ?? readClaims(authorization, rules);
      checkClaims(claims, activity, now());
      if (!known) {
        await checkSignature(body, authorization);
        knownTokens.add(authorization, claims);
      }
      const { tenantId } = activity.conversation ?? {};
      if (tenantId !== identity.tenantId || activity.channelData?.tenant?.id !== identity.tenantId) {
        throw new AppError('forbidden', 'activity of another tenant');
      }
      if (!isTeamsServiceUrl(activity.serviceUrl ?? ''))
        throw new AppError('forbidden', 'serviceUrl is not on the list');
    },
  };
}

/** Those of the SDK for this kind of identity; loaded with the first token, since each brings a sign-in library. */
async function credentialsOf(
  identity: Identity,
  endpoints: Endpoints | undefined,
): Promise<ServiceClientCredentialsFactory> {
  if (identity.type === 'SingleTenant' && endpoints)
    return (await import('./other-cloud-credentials.ts')).otherCloudCredentials(
      identity.appId,
      identity.password,
      endpoints.ToChannelFromBotLoginUrl,
    );
  return identity.type === 'SingleTenant'
    ? (await import('./password-credentials.ts')).passwordCredentials(
        identity.appId,
        identity.password,
        identity.tenantId,
      )
    : (await import('./managed-credentials.ts')).managedCredentials(identity.appId);
}

/**
 * Asks for a token once for all who wait for it and keeps it. From five minutes before it runs out a new one is asked
 * for, while the old one serves on: a sign-in that is down for a moment stops nothing.
 */
export function cachedToken(fetchToken: () => Promise<string>, now: () => Date, limitMs = 10_000): TokenSource {
  let held: { token: string; expires: number } | undefined;
  let pending: Promise<string> | undefined;
  const renew = async (): Promise<string> => {
    const token = await within(limitMs, fetchToken());
    held = { token, expires: expiryOf(token) * 1_000 };
    return token;
  };
  return () => {
    const left = held ? held.expires - now().getTime() : 0;
    if (held && left > 300_000) return Promise.resolve(held.token);
    pending ??= renew().finally(() => (pending = undefined));
    if (!held || left <= 0) return pending;
    pending.catch(() => {});
    return Promise.resolve(held.token);
  };
}

/** A sign-in that hangs must not hold up every send for ever: MSAL itself waits without a limit. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError('send-refused', 'no token in time')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function expiryOf(token: string): number {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp?: unknown };
    return typeof claims.exp === 'number' ? claims.exp : 0;
  } catch {
    return 0;
  }
}
