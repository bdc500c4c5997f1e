import type { HttpAnswer } from '../http/server.ts';
import { asRecord } from './as-record.ts';

/** Somebody types into the search of an extension. */
export interface SearchCall {
  /** Id of the command in the manifest. */
  readonly commandId: string;
  /** What is typed so far; empty when the search was just opened. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Results to leave out, from the first on. */
  readonly skip: number;
  /** Results that are wanted at most, 1 to 25. */
  readonly count: number;
}

/** A result as it goes out; `card` is JSON as the renderer gives it. */
export interface FoundCard {
  readonly title: string;
  readonly line: string;
  readonly card: string;
}

const maxText = 500;
const pageSize = 25;
/** Nobody scrolls that far; whoever asks for it gets an empty page. */
const maxSkip = 10_000;

export const isSearchInvoke = (name: string | undefined): boolean => name === 'composeExtension/query';

/** Reads the value of a search. Anything may be in it; what has not the shape expected is not there. */
export function readSearchCall(value: unknown): SearchCall | undefined {
  const { commandId, parameters, queryOptions } = asRecord(value);
  if (typeof commandId !== 'string') return undefined;
  const { skip, count } = asRecord(queryOptions);
  const typed = (Array.isArray(parameters) ? parameters.slice(0, 10) : []).flatMap((one: unknown) => {
    const { name, value: text } = asRecord(one);
    return typeof name === 'string' && typeof text === 'string' ? [[name, text.trim().slice(0, maxText)] as const] : [];
  });
  return {
    commandId,
    parameters: new Map(typed),
    skip: between(skip, 0, maxSkip, 0),
    count: between(count, 1, pageSize, pageSize),
  };
}

const between = (value: unknown, least: number, most: number, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, Math.trunc(value))) : otherwise;

const answer = (composeExtension: object): HttpAnswer => ({ status: 200, body: JSON.stringify({ composeExtension }) });

/** A sentence in the place of results. */
export const searchText = (text: string): HttpAnswer => answer({ type: 'message', text });

/** The list of what was found. */
export const searchResults = (found: readonly FoundCard[]): HttpAnswer =>
  answer({
    type: 'result',
    attachmentLayout: 'list',
    attachments: found.map(({ title, line, card }) => ({
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: withoutBot(JSON.parse(card)),
      preview: {
        contentType: 'application/vnd.microsoft.card.thumbnail',
        content: { title: inPreview(title), text: inPreview(line) },
      },
    })),
  });

/** Teams reads HTML in a preview, and shows it to the letter in some clients: no sign of it is left in. */
const inPreview = (text: string): string => text.replace(/[<>&]/g, (sign) => (sign === '&' ? 'and' : ' ')).trim();

/** Buttons that the client does by itself. */
const ownButtons = new Set(['Action.OpenUrl', 'Action.ToggleVisibility']);

/**
 * The card for a chat that the bot may be no member of: a button that calls the bot would fail there, so only those stay
 * that need none. Nothing refreshes it.
 */
function withoutBot(node: unknown): unknown {
  if (Array.isArray(node)) return node.filter((one) => !isIdle(one)).map(withoutBot);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) => {
      if (key === 'refresh') return [];
      return [[key, key === 'actions' && Array.isArray(value) ? value.filter(isOwn) : withoutBot(value)]];
    }),
  );
}

const isOwn = (action: unknown): boolean => ownButtons.has(String(asRecord(action)['type']));

/** A row of buttons of which none would stay. */
function isIdle(node: unknown): boolean {
  const { type, actions } = asRecord(node);
  return type === 'ActionSet' && !(Array.isArray(actions) && actions.some(isOwn));
}
