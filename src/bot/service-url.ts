import { isLoopback } from '../settings.ts';

/** Hosts of the Teams connector: world, GCC, GCC High, DoD (platform notes 1.7). */
const teamsHosts = new Set([
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
]);

export type ServiceUrlRule = (url: string) => boolean;

/**
 * Whether the bot may answer to `url`, and send its token there: https, a host of the list, no user, port or trick.
 * Checked when an activity comes in and again before each send, since a stored address may be old.
 */
export const isTeamsServiceUrl: ServiceUrlRule = (url) => {
  const parsed = URL.parse(url);
  return (
    parsed !== null &&
    parsed.protocol === 'https:' &&
    parsed.username === '' &&
    parsed.password === '' &&
    parsed.port === '' &&
    parsed.search === '' &&
    parsed.hash === '' &&
    // No escapes, line breaks, look-alike letters or steps upwards that the parser would tidy away.
    parsed.href === url &&
    teamsHosts.has(parsed.hostname)
  );
};

/** The local mode answers to this machine only. */
export const isLoopbackServiceUrl: ServiceUrlRule = (url) => {
  const parsed = URL.parse(url);
  return (
    parsed !== null &&
    (parsed.protocol === 'http:' || parsed.protocol === 'https:') &&
    parsed.username === '' &&
    parsed.password === '' &&
    isLoopback(parsed.hostname.replace(/^\[|\]$/g, ''))
  );
};
