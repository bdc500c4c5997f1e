/**
 * Practice runs ("drills") keep what they write under a tenant of their own. Every statement names its tenant, so a
 * practice run can neither see nor change what is real, and nothing real can find what was only practised.
 */
const BETWEEN = '/practice/';

/** The tenant of the records of a practice run. `drillId` is the id of its row. */
export const practiceTenant = (tenantId: string, drillId: string): string => `${tenantId}${BETWEEN}${drillId}`;

/** Whether records under this tenant are only practised. */
export const isPractice = (tenantId: string): boolean => tenantId.includes(BETWEEN);

/** The organisation, also for the tenant of a practice run. */
export const organisationOf = (tenantId: string): string => tenantId.split(BETWEEN, 1)[0] as string;

/** Id of the practice run whose records lie under the tenant. */
export const drillIdOf = (tenantId: string): string | undefined => tenantId.split(BETWEEN, 2)[1];

/** Said on top of everything in a practice run, in words. */
export const PRACTICE_MARK = 'PRACTICE RUN. Nothing here is real.';
