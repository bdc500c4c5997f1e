import { AppError } from '../errors.ts';
import type { Activity } from './activity.ts';

/** What a token for this bot must say (platform notes 4.1). */
export interface TokenRules {
  readonly appId: string;
  /** `https://api.botframework.com`; in the Government cloud `https://api.botframework.us`. */
  readonly issuer: string;
}

/** Seconds by which clocks may differ. A token that ran out 4 minutes ago passes, one of 6 minutes does not. */
const tolerance = 300;

/** What a token says that has to fit each activity anew, whoever signed it. */
export interface Claims {
  /** Seconds since 1970, UTC. */
  readonly expires: number;
  /** Seconds since 1970, UTC. */
  readonly notBefore: number;
  readonly serviceUrl: unknown;
}

const refuse = (why: string): never => {
  throw new AppError('unauthorized', `token: ${why}`);
};

/**
 * The claims that the SDK takes too lightly, checked before it looks at the signature. Junk is turned away here,
 * without a request to the key server. Passing this proves nothing: the signature is checked after it.
 *
 * @throws AppError unauthorized
 */
export function readClaims(authorization: string, rules: TokenRules): Claims {
  const match = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization.length > 16_384 ? '' : authorization);
  const header = decode(match?.[1]);
  const claims = decode(match?.[2]);
  if (!header || !claims) return refuse('not a signed token');
  // An unsigned or symmetrically "signed" token would be one that anybody can make.
  if (header['alg'] !== 'RS256') refuse('algorithm');
  if (typeof header['kid'] !== 'string') refuse('no key id');
  // The SDK also takes tokens of other issuers (emulator, tenant), with which the caller picks the serviceUrl freely.
  if (claims['iss'] !== rules.issuer) refuse('issuer');
  if (claims['aud'] !== rules.appId) refuse('audience');
  const { exp: expires, nbf: notBefore = -Infinity, serviceurl: serviceUrl } = claims;
  if (typeof expires !== 'number') return refuse('no expiry');
  if (typeof notBefore !== 'number') return refuse('not valid yet');
  return { expires, notBefore, serviceUrl };
}

/**
 * Whether the claims fit this activity now. Checked for each, also where the token is known.
 *
 * @throws AppError unauthorized
 */
export function checkClaims(claims: Claims, activity: Activity, now: Date): void {
  const seconds = now.getTime() / 1_000;
  if (claims.expires + tolerance < seconds) refuse('expired');
  if (claims.notBefore - tolerance > seconds) refuse('not valid yet');
  // With an empty channelId or serviceUrl the SDK skips the check that goes with it.
  if (activity.channelId !== 'msteams') refuse('channel');
  if (!activity.serviceUrl || claims.serviceUrl !== activity.serviceUrl) refuse('serviceUrl');
}

function decode(part: string | undefined): Record<string, unknown> | undefined {
  if (part === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
