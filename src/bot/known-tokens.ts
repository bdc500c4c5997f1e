import { createHash } from 'node:crypto';
import type { Claims } from './token-check.ts';

/** For how long a signature that was found good is not checked again: far shorter than keys are kept for. */
const REMEMBERED_MS = 300_000;
/** Teams has one token for a bot and region at a time, and a new one each hour. */
const MOST = 100;

export interface KnownTokens {
  /** What the token says, when its signature was found good in the last five minutes. */
  find(authorization: string): Claims | undefined;
  add(authorization: string, claims: Claims): void;
}

/**
 * The tokens whose signature was found good a moment ago. Teams sends the same one with every activity for about an
 * hour, and its signature costs more than the rest of many a turn. Known by the hash of the whole header, so any
 * other letter is another token; times, channel and serviceUrl are checked for each activity all the same.
 */
export function createKnownTokens(now: () => Date): KnownTokens {
  const known = new Map<string, { readonly claims: Claims; readonly since: number }>();
  const nameOf = (authorization: string): string => createHash('sha256').update(authorization).digest('base64');
  return {
    find(authorization) {
      const found = known.get(nameOf(authorization));
      const age = found && now().getTime() - found.since;
      // A clock that was set back must not make it known for longer.
      return age !== undefined && age >= 0 && age < REMEMBERED_MS ? found?.claims : undefined;
    },
    add(authorization, claims) {
      const name = nameOf(authorization);
      known.delete(name);
      known.set(name, { claims, since: now().getTime() });
      if (known.size > MOST) known.delete(known.keys().next().value as string);
    },
  };
}
