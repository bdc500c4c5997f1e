import { z } from 'zod';
import { AppError } from '../errors.ts';

/**
 * The part of an activity that the bot reads. What it needs to answer at all is required; everything else is dropped
 * when it has another shape than expected, since Teams adds fields and types at any time and takes an error for a
 * reason to send again.
 */
const loose = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
// Ids go into addresses and records, which hold neither halves of letters nor, in PostgreSQL, NUL.
export const id = z
  .string()
  .min(1)
  .max(1_024)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u);
const words = (max: number) =>
  z
    .string()
    .max(max)
    .transform((value) => value.replaceAll('\0', ''));

const account = z.object({
  id,
  aadObjectId: loose(id.max(100)),
  name: loose(words(1_000)),
  userRole: loose(z.string().max(50)),
});

const activitySchema = z.object({
  type: z.string().min(1).max(100),
  id: loose(id),
  name: loose(z.string().max(200)),
  channelId: loose(z.string().max(100)),
  serviceUrl: loose(z.string().max(2_000)),
  from: loose(account),
  recipient: loose(account),
  conversation: loose(z.object({ id, tenantId: loose(id), conversationType: loose(z.string().max(50)) })),
  text: loose(words(300_000)),
  value: z.unknown().optional(),
  entities: z.unknown().optional(),
  replyToId: loose(id),
  action: loose(z.string().max(100)),
  localTimezone: loose(z.string().max(100)),
  membersAdded: loose(z.array(z.unknown())),
  channelData: loose(z.object({ tenant: loose(z.object({ id: loose(id) })) })),
});

export type Activity = z.output<typeof activitySchema>;

/** @throws AppError bad-request when there is no type: then it is no activity */
export function readActivity(body: Record<string, unknown>): Activity {
  const result = activitySchema.safeParse(body);
  if (!result.success) throw new AppError('bad-request', 'body is not an activity');
  return result.data;
}

/** The zone that the person's client is in: in an entity of type clientInfo, or in a field of its own. */
export function clientZoneOf(activity: Activity): string | undefined {
  for (const entity of entitiesOf(activity)) {
    if (entity['type'] === 'clientInfo' && typeof entity['timezone'] === 'string')
      return entity['timezone'].slice(0, 100);
  }
  return activity.localTimezone;
}

/** The entities that are objects; Teams may send any. At most 50 are looked at. */
export function entitiesOf(activity: Pick<Activity, 'entities'>): Record<string, unknown>[] {
  const { entities } = activity;
  if (!Array.isArray(entities)) return [];
  return entities
    .slice(0, 50)
    .filter((entity): entity is Record<string, unknown> => typeof entity === 'object' && entity !== null);
}
