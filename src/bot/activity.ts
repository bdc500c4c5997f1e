import { z } from 'zod';
import { AppError } from '../errors.ts';

/**
 * The part of an activity that the bot reads. What it needs to answer at all is required; everything else is dropped
 * when it has another shape than expected, since Teams adds fields and types at any time and takes an error for a
 * reason to send again.
 */
const loose = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
// Ids go into addresses and records, which hold neither halves of letters nor, in PostgreSQL, NUL.
const id = z
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
  role: loose(z.string().max(50)),
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
  conversation: loose(
    z.object({ id, tenantId: loose(id), conversationType: loose(z.string().max(50)), isGroup: loose(z.boolean()) }),
  ),
  text: loose(words(300_000)),
  value: z.unknown().optional(),
  entities: z.unknown().optional(),
  replyToId: loose(id),
  action: loose(z.string().max(100)),
  deliveryMode: loose(z.string().max(50)),
  membersAdded: loose(z.array(z.unknown())),
  channelData: loose(
    z.object({
      tenant: loose(z.object({ id: loose(id) })),
      team: loose(z.object({ id: loose(id) })),
      channel: loose(z.object({ id: loose(id) })),
    }),
  ),
});

export type Activity = z.output<typeof activitySchema>;

/** @throws AppError bad-request when there is no type: then it is no activity */
export function readActivity(body: Record<string, unknown>): Activity {
  const result = activitySchema.safeParse(body);
  if (!result.success) throw new AppError('bad-request', 'body is not an activity');
  return result.data;
}
