import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Template } from 'adaptivecards-templating';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import type { AnyCard } from '../features/card.ts';
import { cleanText, cutText, escapeMarkdown } from './card-text.ts';

/** An activity never exceeds this many UTF-16 units, which passes even the lowest limit that was reported (28 KB). */
export const maxCardLength = 12_000;

/** Marks a slot in an expanded card: private-use characters, which cleaned text cannot hold at these places by chance. */
const mark = { open: '\uE000', close: '\uE001' } as const;
const marks = /\uE000(\d+)\uE001/g;

/** Shares of their lengths that texts may have, tried in this order until the card fits. */
const shares = [1, 0.5, 0.25, 0.1, 0.05];

type Slot = { readonly kind: 'text' | 'plain' | 'opaque' | 'name'; readonly max: number };
type Plan =
  | { readonly kind: 'slot'; readonly slot: Slot }
  | { readonly kind: 'choice' }
  | { readonly kind: 'list'; readonly item: Plan }
  | { readonly kind: 'object'; readonly fields: readonly (readonly [string, Plan])[] };

/** A variant of a card, expanded: text, slot, text, slot, text. */
interface Variant {
  readonly texts: readonly string[];
  readonly slots: readonly number[];
}

interface Compiled {
  readonly plan: Plan;
  /** The template as it stands in its file. */
  readonly source: string;
  template: Template | undefined;
  readonly variants: Map<string, Variant>;
}

/** Counts of the work that is dear, for the benchmark and its test. */
export interface RenderCounts {
  templates: number;
  expansions: number;
}

export interface CardRenderer {
  /**
   * The card as JSON text. Texts that are too long, alone or together, are cut with a notice.
   * @throws AppError card-invalid when the view does not fit the card's shape or the result would not fit Teams
   */
  render(card: AnyCard, view: unknown): string;
  readonly counts: Readonly<RenderCounts>;
  /** What was expanded so far, here and in what it began with, to be given to `createCardRenderer` later. */
  expanded(): ExpandedCards;
}

/** What cards came to, by the name of the card. It counts only while the card's template is the one it was made from. */
export type ExpandedCards = Readonly<
  Record<string, { readonly template: string; readonly variants: Readonly<Record<string, Variant>> }>
>;

/**
 * Renders cards from their templates.
 *
 * Expanding a card costs as much as a whole turn, and most of our cards differ only in their texts. So each variant
 * (the view without its texts) is expanded once with marks in the place of the texts; a turn only puts the texts in.
 */
export function createCardRenderer(folder: URL, ready: ExpandedCards = {}): CardRenderer {
  const counts: RenderCounts = { templates: 0, expansions: 0 };
  const compiled = new Map<AnyCard, Compiled>();

  const compile = (card: AnyCard): Compiled => {
    const known = compiled.get(card);
    if (known) return known;
    const source = readTemplate(folder, card.name);
    const made = ready[card.name];
    const fresh = {
      plan: planOf(card.view as unknown as SchemaNode, card.name),
      source,
      template: undefined,
      variants: new Map<string, Variant>(made?.template === hashOf(source) ? Object.entries(made.variants) : []),
    };
    compiled.set(card, fresh);
    return fresh;
  };

  const fillIn = (card: AnyCard, entry: Compiled, view: unknown, share: number): string => {
    const values: string[] = [];
    const shape = outline(entry.plan, view, values, share);
    const key = JSON.stringify(shape);
    let variant = entry.variants.get(key);
    if (!variant) {
      entry.template ??= ((counts.templates += 1), parseTemplate(entry.source, card.name));
      counts.expansions += 1;
      variant = split(JSON.stringify(entry.template.expand({ $root: shape as object })), card.name);
      // Variants are few by design; the limit only keeps a mistake in a shape from filling the memory.
      if (entry.variants.size >= 500) entry.variants.clear();
      entry.variants.set(key, variant);
    }
    let json = variant.texts[0] as string;
    for (let at = 0; at < variant.slots.length; at += 1) {
      json += (values[variant.slots[at] as number] as string) + (variant.texts[at + 1] as string);
    }
    return json;
  };

  return {
    counts,
    expanded: () => ({
      ...ready,
      ...Object.fromEntries(
        [...compiled].map(([{ name }, { source, variants }]) => [
          name,
          { template: hashOf(source), variants: Object.fromEntries(variants) },
        ]),
      ),
    }),
    render(card, view) {
      const parsed = card.view.safeParse(view);
      if (!parsed.success)
        throw new AppError('card-invalid', `view of card ${card.name} does not fit: ${issuePaths(parsed.error)}`);
      const entry = compile(card);
      let length = 0;
      for (const share of shares) {
        const json = fillIn(card, entry, parsed.data, share);
        if (json.length <= maxCardLength) return json;
        length = json.length;
      }
      throw new AppError(
        'card-invalid',
        `card ${card.name} has ${length} characters, expected at most ${maxCardLength}`,
      );
    },
  };
}

// The templating engine takes a tenth of a second to load, so it is loaded when a card needs it and not with the program.
let TemplateClass: typeof Template | undefined;

/** Loads the templating engine ahead of the first card that needs it. */
export async function warmTemplates(): Promise<void> {
  TemplateClass ??= (await import('./templating.ts')).Template;
}

/** The same for a card that cannot wait. */
function templateClass(): typeof Template {
  const beside = import.meta.url.endsWith('.ts') ? './templating.ts' : './bot/templating.mjs';
  TemplateClass ??= (createRequire(import.meta.url)(beside) as { readonly Template: typeof Template }).Template;
  return TemplateClass;
}

const unreadable = (name: string, cause: unknown): AppError =>
  new AppError('card-invalid', `cards/${name}.json cannot be read`, cause);

function readTemplate(folder: URL, name: string): string {
  try {
    return readFileSync(new URL(`${name}.json`, folder), 'utf8');
  } catch (error) {
    throw unreadable(name, error);
  }
}

function parseTemplate(source: string, name: string): Template {
  const Engine = templateClass();
  try {
    return new Engine(JSON.parse(source));
  } catch (error) {
    throw unreadable(name, error);
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

function split(json: string, name: string): Variant {
  // A name without a value stays in the card as "${name}": that is a mistake of ours and must not reach anybody.
  if (json.includes('${'))
    throw new AppError('card-invalid', `cards/${name}.json uses a name that its view does not have`);
  const texts: string[] = [];
  const slots: number[] = [];
  let from = 0;
  for (const match of json.matchAll(marks)) {
    texts.push(json.slice(from, match.index));
    slots.push(Number(match[1]));
    from = match.index + match[0].length;
  }
  texts.push(json.slice(from));
  if (texts.some((text) => text.includes(mark.open) || text.includes(mark.close)))
    throw new AppError('card-invalid', `cards/${name}.json computes with a text, which is put in after expansion`);
  return { texts, slots };
}

/** The view with a mark in the place of each text; the texts, ready for JSON, are added to `values`. */
function outline(plan: Plan, value: unknown, values: string[], share: number): unknown {
  if (value === undefined) return undefined;
  switch (plan.kind) {
    case 'choice':
      return value;
    case 'slot':
      values.push(fill(plan.slot, value as string, share));
      return `${mark.open}${values.length - 1}${mark.close}`;
    case 'list':
      return (value as unknown[]).map((item) => outline(plan.item, item, values, share));
    case 'object': {
      const result: Record<string, unknown> = {};
      for (const [name, field] of plan.fields) {
        const inner = outline(field, (value as Record<string, unknown>)[name], values, share);
        if (inner !== undefined) result[name] = inner;
      }
      return result;
    }
  }
}

function fill(slot: Slot, value: string, share: number): string {
  const max = share === 1 ? slot.max : Math.min(slot.max, Math.max(20, Math.floor(slot.max * share)));
  const shown =
    slot.kind === 'opaque'
      ? value.toWellFormed()
      : slot.kind === 'plain'
        ? cutText(cleanText(value), max)
        : slot.kind === 'name'
          ? cutText(cleanText(value), max)
              .replace(/[\\`*_~[\]<>|!#&@{}\n]/g, ' ')
              .trim()
          : escapeMarkdown(cutText(cleanText(value), max));
  return JSON.stringify(shown).slice(1, -1);
}

function issuePaths(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || '(root)'} ${issue.code}`).join(', ');
}

interface SchemaNode {
  readonly def: {
    readonly type: string;
    readonly shape?: Record<string, SchemaNode>;
    readonly element?: SchemaNode;
    readonly innerType?: SchemaNode;
  };
  meta(): { readonly slot?: Slot['kind']; readonly max?: number } | undefined;
}

function planOf(schema: SchemaNode, name: string): Plan {
  const { def } = schema;
  switch (def.type) {
    case 'object':
      return {
        kind: 'object',
        fields: Object.entries(def.shape ?? {}).map(([key, field]) => [key, planOf(field, name)] as const),
      };
    case 'array':
      return { kind: 'list', item: planOf(def.element as SchemaNode, name) };
    case 'optional':
      return planOf(def.innerType as SchemaNode, name);
    case 'string': {
      const meta = schema.meta();
      if (!meta?.slot)
        throw new AppError(
          'card-invalid',
          `card ${name}: a string of its view is neither text(), plain() nor opaque()`,
        );
      return { kind: 'slot', slot: { kind: meta.slot, max: meta.max ?? 2_000 } };
    }
    case 'boolean':
    case 'number':
    case 'enum':
    case 'literal':
      return { kind: 'choice' };
    default:
      throw new AppError('card-invalid', `card ${name}: a view cannot hold a ${def.type}`);
  }
}
