import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js';
import { AppError } from '../errors.ts';
import { Agent, request } from './http-client.ts';

interface SigningKey {
  /** Read once here; from a PEM the SDK would read it again on every turn. */
  readonly key: KeyObject;
  readonly endorsements: string[];
}

const hour = 3_600_000;
const limits = { fresh: 24 * hour, stale: 7 * 24 * hour, betweenTries: 300_000, request: 3_000 };

/**
 * The public keys that sign what Teams sends. The SDK's own store reads them once per waiting request, waits without
 * a limit, refuses everybody when a refresh fails and takes keys that no channel endorses. This one reads once for
 * all, gives up after 3 s, goes on with keys of up to 7 days while it cannot read newer ones, looks for an unknown
 * key at most every 5 minutes, and knows only keys that are endorsed for Teams.
 *
 * @throws AppError keys-unavailable when there are no keys at all
 */
export function createSigningKeys(metadataUrl: string, now: () => Date): (keyId: string) => Promise<SigningKey | null> {
  let keys = new Map<string, SigningKey>();
  let readAt = -Infinity;
  let triedAt = -Infinity;
  let pending: Promise<void> | undefined;

  const read = async (): Promise<void> => {
    triedAt = now().getTime();
    try {
      const { jwks_uri: uri } = (await readJson(metadataUrl)) as { jwks_uri?: unknown };
      if (typeof uri !== 'string') throw new Error('no jwks_uri');
      const found = new Map(teamsKeys(await readJson(uri)));
      if (found.size === 0) throw new Error('no keys for Teams');
      keys = found;
      readAt = now().getTime();
    } catch (error) {
      throw new AppError('keys-unavailable', 'the signing keys of the Bot Framework cannot be read', error);
    }
  };
  const refresh = (): Promise<void> => (pending ??= read().finally(() => (pending = undefined)));

  return async (keyId) => {
    const at = now().getTime();
    if (at - readAt >= limits.stale) await refresh();
    else if (at - triedAt >= limits.betweenTries) {
      // What is known serves at once; only somebody with an unknown key waits for the newer ones.
      if (!keys.has(keyId)) await refresh().catch(() => {});
      else if (at - readAt >= limits.fresh) void refresh().catch(() => {});
    }
    return keys.get(keyId) ?? null;
  };
}

/** Makes the SDK take its keys for `metadataUrl` from `keys`: it holds one store per address for the whole process. */
export function useSigningKeys(metadataUrl: string, keys: ReturnType<typeof createSigningKeys>): void {
  new JwtTokenExtractor({}, metadataUrl, ['RS256']).openIdMetadata.getKey = keys as unknown as SdkKeyStore;
}

/** The SDK says that a key is a PEM text, and hands it on to a library that takes a key object as well. */
type SdkKeyStore = JwtTokenExtractor['openIdMetadata']['getKey'];

/** Keys are read once a day, and in a process that ends nothing waits for these connections. */
const agent = new Agent();

async function readJson(url: string): Promise<unknown> {
  const { statusCode, body } = await request(agent, url, {
    method: 'GET',
    signal: AbortSignal.timeout(limits.request),
  });
  if (statusCode !== 200) {
    await body.dump();
    throw new Error(`status ${statusCode}`);
  }
  return body.json();
}

function teamsKeys(jwks: unknown): [string, SigningKey][] {
  const { keys } = jwks as { keys?: unknown };
  return (Array.isArray(keys) ? (keys as (JsonWebKey | null)[]) : []).flatMap((jwk): [string, SigningKey][] => {
    const { kid, kty, endorsements } = jwk ?? {};
    if (typeof kid !== 'string' || kty !== 'RSA') return [];
    if (!Array.isArray(endorsements) || !endorsements.includes('msteams')) return [];
    try {
      const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
      return [[kid, { key, endorsements: endorsements.map(String) }]];
    } catch {
      return [];
    }
  });
}
