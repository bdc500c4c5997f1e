import { oneLine } from '../csat-package/typed-text.ts';
import type { MessageTurn, Services } from '../feature.ts';
import { memberOf } from '../tracking/permission.ts';
import type { ActionItem } from './action-store.ts';

type Owner = ActionItem['owner'];

/**
 * Whose an action is. A mention is asked of Teams; "me" is whoever writes; a name is looked up among those whom the bot
 * has met, and stays a name where it is not exactly one of them. A name gives no rights to anybody.
 */
export async function ownerOf(
  typed: string,
  turn: Pick<MessageTurn, 'person' | 'place' | 'mentioned'>,
  services: Services,
): Promise<{ readonly owner: Owner } | { readonly problem: string }> {
  const name = oneLine(typed, 100).replace(/^@/, '').trim();
  const [mentioned, ...others] = turn.mentioned;
  if (mentioned && others.length > 0) return { problem: 'An action has one owner. Please mention one person.' };
  if (mentioned) {
    const member = await memberOf(turn.place, turn.person.tenantId, mentioned.teamsId, services);
    if (member && member !== 'silent') return { owner: ownerFrom(member) };
    // Teams does not tell who that is: the name is kept, so that nothing typed is lost.
    return { owner: { aadObjectId: '', teamsId: '', name: mentioned.name } };
  }
  if (name === '') return { problem: 'Who takes care of it? Please name one person as the owner.' };
  if (/^(?:me|i|myself)$/i.test(name)) return { owner: ownerFrom(turn.person) };
  const rows = await services.records.query<{ person_id: string; teams_id: string; name: string }>(
    `SELECT person_id, teams_id, name FROM preference WHERE tenant_id = $1 AND lower(name) = lower($2) LIMIT 2`,
    [turn.person.tenantId, name],
  );
  const [only, ...more] = rows;
  if (only && more.length === 0)
    return { owner: { aadObjectId: only.person_id, teamsId: only.teams_id, name: only.name } };
  if (name.toLowerCase() === turn.person.name.toLowerCase()) return { owner: ownerFrom(turn.person) };
  return { owner: { aadObjectId: '', teamsId: '', name } };
}

const ownerFrom = ({ aadObjectId, teamsId, name }: Owner): Owner => ({ aadObjectId, teamsId, name });
