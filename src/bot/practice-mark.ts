import { PRACTICE_MARK as SAID } from '../practice.ts';

/** A text of a practice run. */
export const markText = (text: string): string => `**${SAID}** ${text}`;

/** A line for the notification. */
export const markSummary = (summary: string): string => `PRACTICE: ${summary}`;

interface MentionEntity {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly mentioned?: { readonly id?: unknown };
}

/**
 * A card of a practice run: says so on top, and mentions only those who take part in it; anybody else stands there by
 * name, and Teams does not call them.
 *
 * @param json the card as JSON text
 * @param mayMention ids in Teams
 */
export function markCard(json: string, mayMention: ReadonlySet<string>): string {
  let text = json;
  const { msteams } = JSON.parse(json) as { msteams?: { entities?: readonly MentionEntity[] } };
  for (const { mentioned, text: at } of msteams?.entities ?? []) {
    if (typeof at !== 'string' || (typeof mentioned?.id === 'string' && mayMention.has(mentioned.id))) continue;
    text = text.replaceAll(inside(at), inside(at.replace(/^<at>|<\/at>$/g, '')));
  }
  const card = JSON.parse(text) as {
    body: unknown[];
    fallbackText?: string;
    msteams?: { entities?: readonly MentionEntity[] };
  };
  const entities = card.msteams?.entities?.filter(
    ({ mentioned }) => typeof mentioned?.id === 'string' && mayMention.has(mentioned.id),
  );
  return JSON.stringify({
    ...card,
    ...(card.fallbackText === undefined ? {} : { fallbackText: `${SAID} ${card.fallbackText}` }),
    ...(entities ? { msteams: { ...card.msteams, entities } } : {}),
    body: [
      {
        type: 'Container',
        style: 'attention',
        bleed: true,
        items: [{ type: 'TextBlock', text: SAID, weight: 'Bolder', wrap: true }],
      },
      ...card.body,
    ],
  });
}

/** As it stands within a JSON string. */
const inside = (value: string): string => JSON.stringify(value).slice(1, -1);
