import { buttonsOf, wordsIn } from '../support/harness.ts';

/**
 * What the bot said without what differs from run to run: ids become `<id-1>`, `<id-2>` in the order in which they
 * appear, times `<time>`. Cards are told by their words and buttons; what they look like is tested with the cards.
 */
export class NormalForm {
  readonly #names = new Map<string, string>();
  readonly #kept: string;

  /** `kept`: what stands in here is no id that the bot has made, and stays as it is. */
  constructor(kept: string) {
    this.#kept = kept;
  }

  /** The ids that were named so far, put back into an activity that is to be sent. */
  fill<T>(activity: T): T {
    let text = JSON.stringify(activity);
    for (const [id, name] of this.#names) text = text.replaceAll(name, id);
    return JSON.parse(text) as T;
  }

  of(value: unknown): unknown {
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) return value.map((item) => this.of(item));
    if (typeof value !== 'object' || value === null) return value;
    if ((value as { type?: unknown }).type === 'AdaptiveCard') return this.#card(value as Record<string, unknown>);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.of(item)]));
  }

  #text(text: string): string {
    return text
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b17000000\d{5}\b/g, (id) => this.#name(id))
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '<time>');
  }

  #name(id: string): string {
    if (this.#kept.includes(id)) return id;
    const name = this.#names.get(id) ?? `<id-${this.#names.size + 1}>`;
    this.#names.set(id, name);
    return name;
  }

  #card(card: Record<string, unknown>): unknown {
    const refresh = card['refresh'] as { action?: { verb?: unknown }; userIds?: unknown } | undefined;
    const { type, version } = card;
    return {
      ...{ type, version },
      words: this.#text(wordsIn(card)).split('\n'),
      buttons: buttonsOf(card).map((button) => {
        const { type: kind, title, verb, data, url } = button;
        return this.of({ kind, title, verb, data, url });
      }),
      ...(refresh ? { refresh: this.of({ verb: refresh.action?.verb, userIds: refresh.userIds }) } : {}),
    };
  }
}
