import type { Mentioned } from '../features/feature.ts';
import { id } from './activity.ts';

/** A mention as Teams sends it, as far as it is there: every part may be missing or of another type. */
interface LooseEntity {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly mentioned?: { readonly id?: unknown; readonly name?: unknown } | null;
}

/**
 * The text without the mentions of the bot, trimmed. Mentions of other people stay as their plain names.
 * The SDK's own helper throws on an activity without text, on an entity without a type and on a mention of nobody,
 * so nothing is taken for granted here.
 */
export function withoutMentions(text: unknown, entities: unknown, botId: string): string {
  if (typeof text !== 'string') return '';
  let rest = text;
  for (const entity of Array.isArray(entities) ? (entities as (LooseEntity | null)[]).slice(0, 50) : []) {
    if (entity?.type !== 'mention' || typeof entity.text !== 'string' || entity.text === '') continue;
    const name = entity.mentioned?.id === botId ? ' ' : entity.text.replace(/^<at[^<>]*>|<\/at>$/g, '');
    rest = rest.replaceAll(entity.text, () => name);
  }
  return rest
    .replace(/<\/?at>/g, '')
    .replaceAll('&nbsp;', ' ')
    .trim();
}

/** The people whom a line mentions, besides the bot: from its entities, since the text alone proves nothing. */
export function peopleMentioned(entities: unknown, botId: string): Mentioned[] {
  const people: Mentioned[] = [];
  for (const entity of Array.isArray(entities) ? (entities as (LooseEntity | null)[]).slice(0, 50) : []) {
    const mentioned = entity?.type === 'mention' ? entity.mentioned : undefined;
    const teamsId = id.safeParse(mentioned?.id).data;
    if (teamsId === undefined || teamsId === botId || people.some((person) => person.teamsId === teamsId)) continue;
    const said = typeof mentioned?.name === 'string' ? mentioned.name : '';
    const name = said.replaceAll('\0', '').trim().slice(0, 200);
    people.push({ teamsId, name: name === '' ? 'Somebody' : name });
  }
  return people;
}
