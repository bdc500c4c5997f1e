import type { HttpAnswer } from '../http/server.ts';
import { asRecord } from './as-record.ts';
import { messageText } from './message-text.ts';

/** Somebody opened the dialog of an extension, or pressed a button in it. */
export interface ExtensionCall {
  readonly kind: 'open' | 'submit';
  /** Id of the command in the manifest. */
  readonly commandId: string;
  /** Plain text of the message that it was called on. */
  readonly message: string | undefined;
  /** Verb and inputs of the button. */
  readonly data: Readonly<Record<string, unknown>>;
}

const kinds: Readonly<Record<string, ExtensionCall['kind']>> = {
  'composeExtension/fetchTask': 'open',
  'composeExtension/submitAction': 'submit',
};

export const isExtensionInvoke = (name: string | undefined): boolean =>
  name !== undefined && Object.hasOwn(kinds, name);

/** Reads the value of an extension's invoke. Anything may be in it; what has not the shape expected is not there. */
export function readExtensionCall(name: string | undefined, value: unknown): ExtensionCall | undefined {
  const kind = name === undefined || !Object.hasOwn(kinds, name) ? undefined : kinds[name];
  const { commandId, messagePayload, data } = asRecord(value);
  if (kind === undefined || typeof commandId !== 'string') return undefined;
  const { content, contentType } = asRecord(asRecord(messagePayload)['body']);
  return {
    kind,
    commandId,
    message:
      typeof content === 'string'
        ? messageText(content, typeof contentType === 'string' ? contentType : undefined)
        : undefined,
    data: asRecord(data),
  };
}

const dialog = (task: string): HttpAnswer => ({ status: 200, body: `{"task":${task}}` });

/** The dialog with a card in it; `card` is JSON as the renderer gives it. */
export function dialogCard(title: string, card: string): HttpAnswer {
  const content = JSON.stringify(withSubmits(JSON.parse(card)));
  return dialog(
    `{"type":"continue","value":{"title":${JSON.stringify(title)},"height":"large","width":"medium","card":{"contentType":"application/vnd.microsoft.card.adaptive","content":${content}}}}`,
  );
}

/** The dialog with a sentence in it, and nothing more to do there. */
export const dialogText = (text: string): HttpAnswer => dialog(JSON.stringify({ type: 'message', value: text }));

/**
 * A dialog knows no Action.Execute and nobody refreshes its card: each button becomes its fallback, an Action.Submit
 * whose data holds the verb.
 */
function withSubmits(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withSubmits);
  if (typeof node !== 'object' || node === null) return node;
  const { type, fallback, style } = node as Readonly<Record<'type' | 'fallback' | 'style', unknown>>;
  if (type === 'Action.Execute' && typeof fallback === 'object' && fallback !== null)
    return { ...fallback, ...(style === undefined ? {} : { style }) };
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) => (key === 'refresh' ? [] : [[key, withSubmits(value)]])),
  );
}
