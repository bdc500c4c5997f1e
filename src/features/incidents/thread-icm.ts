import type { MessageTurn, Services } from '../feature.ts';
import { icmByNumber, icmsIn, icmsOf, toIcm, type Icm } from '../tracking/icm-store.ts';
import { maySee, visibleTo } from '../tracking/permission.ts';

/** Which tracked ICM a line of a thread means. */
export type ThreadIcm =
  | { readonly kind: 'one'; readonly icm: Icm }
  /** None was named, and the thread has none or several. What may be meant, the likeliest first, at most six. */
  | { readonly kind: 'several'; readonly icms: readonly Icm[] }
  | { readonly kind: 'untracked'; readonly number: string }
  /** It is tracked in a personal chat that is not theirs. */
  | { readonly kind: 'private'; readonly icm: Icm };

/**
 * The ICM with the number; without one the only open ICM of the thread or chat, else the only one there that is
 * resolved. Nothing beyond the thread is guessed: a note on the wrong ICM is worse than a question.
 */
export async function threadIcm(
  number: string | undefined,
  turn: Pick<MessageTurn, 'person' | 'place'>,
  services: Services,
): Promise<ThreadIcm> {
  const { person, place } = turn;
  if (number !== undefined) {
    const icm = await icmByNumber(services.records, person.tenantId, number);
    if (!icm) return { kind: 'untracked', number };
    return (await maySee(icm, person, services)) ? { kind: 'one', icm } : { kind: 'private', icm };
  }
  const open = await visibleTo(await icmsIn(services.records, person.tenantId, place.conversationId), person, services);
  if (open.length === 1) return { kind: 'one', icm: open[0] as Icm };
  if (open.length > 1) return { kind: 'several', icms: open.slice(0, 6) };
  const over = await visibleTo(await resolvedIn(turn, services), person, services);
  if (over.length === 1) return { kind: 'one', icm: over[0] as Icm };
  const own = await icmsOf(services.records, person, false, 6);
  return { kind: 'several', icms: [...over, ...own].slice(0, 6) };
}

async function resolvedIn({ person, place }: Pick<MessageTurn, 'person' | 'place'>, { records }: Services) {
  const rows = await records.query<Parameters<typeof toIcm>[0]>(
    `SELECT * FROM icm WHERE tenant_id = $1 AND conversation_id = $2 AND status = 'resolved'
     ORDER BY resolved_at DESC LIMIT 3`,
    [person.tenantId, place.conversationId],
  );
  return rows.map(toIcm);
}

/** What is said where no ICM can be acted on. */
export function cannot(found: Extract<ThreadIcm, { kind: 'untracked' | 'private' }>): string {
  return found.kind === 'untracked'
    ? `I do not track ICM ${found.number} yet. Write “track ${found.number}” first.`
    : `ICM ${found.icm.number} is tracked in a personal chat. ${found.icm.engineer.name} looks after it and has to hand it over first.`;
}
