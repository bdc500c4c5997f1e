import { z } from 'zod';

/**
 * A card is a JSON template in `cards/` with the shape of what fills it.
 *
 * In the shape, a string is a slot: free text that is escaped for Markdown and put in late. Booleans, numbers, enums,
 * literals and the lengths of lists choose the variant of the card; each variant is expanded once (see card-renderer).
 */
export interface Card<Schema extends z.ZodType = z.ZodType> {
  /** File name in `cards/` without `.json`. */
  readonly name: string;
  readonly view: Schema;
  /** Views to try the card with: each must render, fit and make sense. At least one. */
  readonly samples: readonly [z.input<Schema>, ...z.input<Schema>[]];
}
export type AnyCard = Card;

export function defineCard<Schema extends z.ZodType>(definition: Card<Schema>): Card<Schema> {
  return definition;
}

/** Free text from the playbook or from people: escaped for Markdown, cut at `max` graphemes with a notice. */
export function text(max = 500) {
  return z.string().meta({ slot: 'text', max });
}

/**
 * A person's name as it stands in a mention: the text and the entity of a mention must be the same to the letter, so
 * what Markdown would read is left out instead of escaped.
 */
export function name() {
  return z.string().meta({ slot: 'name', max: 100 });
}

/** Text for an input field or a code: no Markdown is read there, so nothing is escaped. */
export function plain(max = 2_000) {
  return z.string().meta({ slot: 'plain', max });
}

/** An id or an https address that the program built itself. */
export function opaque() {
  return z.string().meta({ slot: 'opaque' });
}

/** The reply that shows `card` with `view`; the view is checked when it is rendered. */
export function cardReply<Schema extends z.ZodType>(card: Card<Schema>, view: z.input<Schema>) {
  return { kind: 'card', card: card as unknown as AnyCard, view } as const;
}
