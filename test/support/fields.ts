import type { CardJson } from './harness.ts';

/** What the input field with this id holds; `undefined` when the card has none. */
export function fieldOf(node: unknown, id: string): string | undefined {
  if (Array.isArray(node)) return node.map((one) => fieldOf(one, id)).find((value) => value !== undefined);
  if (typeof node !== 'object' || node === null) return undefined;
  const one = node as CardJson;
  if (one['id'] === id) return typeof one['value'] === 'string' ? one['value'] : '';
  return fieldOf(Object.values(one), id);
}
