import { AppError } from '../errors.ts';
import type {
  Action,
  Command,
  Extension,
  Feature,
  MessageTurn,
  Outcome,
  Search,
  Services,
} from '../features/feature.ts';

export interface Router {
  /** Answers a typed line. */
  message(turn: MessageTurn): Promise<Outcome>;
  /** The action of a verb, or `undefined` for a verb that nobody registered. */
  action(verb: string): Action | undefined;
  /** The action that only shows the present state of what `verb` is about: `advice/answer` -> `advice/show`. */
  showing(verb: string): Action | undefined;
  /** The extension that the client names by the id of its command. */
  extension(id: string): Extension | undefined;
  /** The search that the client names by the id of its command. */
  search(id: string): Search | undefined;
  readonly commands: readonly Command[];
}

/** Who answers what: built once from the list of features. */
export function createRouter(features: readonly Feature[], services: Services): Router {
  const commands = features.flatMap((feature) => feature.commands ?? []);
  const actions = unique(
    features.flatMap((feature) => feature.actions ?? []).map((action) => [action.verb as string, action] as const),
    'verb',
  );
  unique(
    commands.map((command) => [command.name, command] as const),
    'command',
  );
  const byWords = unique(
    commands.flatMap((command) => command.examples.map((example) => [wordsOf(example), command] as const)),
    'example',
  );
  const byIntent = unique(
    commands.flatMap((command) => (command.intents ?? []).map((intent) => [intent as string, command] as const)),
    'intent',
  );
  const extensions = unique(
    features.flatMap((feature) => feature.extensions ?? []).map((extension) => [extension.id, extension] as const),
    'extension',
  );
  const searches = unique(
    features.flatMap((feature) => feature.searches ?? []).map((search) => [search.id, search] as const),
    'search',
  );
  const both = [...searches.keys()].find((id) => extensions.has(id));
  if (both !== undefined) throw new AppError('internal', `an extension and a search claim the id "${both}"`);
  const fallbacks = features.filter((feature) => feature.fallback);
  if (fallbacks.length !== 1)
    throw new AppError('internal', `expected one feature with a fallback, got ${fallbacks.length}`);
  const fallback = fallbacks[0]?.fallback as NonNullable<Feature['fallback']>;
  const byName = new Map(features.map((feature) => [feature.name, feature]));

  /** The first feature that takes the line for its own by `say`. */
  const owner = (say: 'interrupts' | 'claims', text: string): Command | undefined => {
    for (const feature of features) {
      const name = feature[say]?.(text);
      const command = feature.commands?.find((one) => one.name === name);
      if (command) return command;
    }
    return undefined;
  };

  return {
    commands,
    extension: (id) => extensions.get(id),
    search: (id) => searches.get(id),
    action: (verb) => actions.get(verb),
    showing: (verb) => actions.get(`${verb.split('/', 1)[0]}/show`),
    async message(turn) {
      const { dialog } = turn;
      const interrupting = owner('interrupts', turn.text);
      if (interrupting) return interrupting.run(turn, services);
      // A whole command is no answer to a question that happens to be open: it is done, and the dialog stays as it is.
      const whole = dialog && namesIcm(turn.text) ? owner('claims', turn.text) : undefined;
      if (whole) return whole.run(turn, services);
      const typed = dialog && byName.get(dialog.feature)?.typed?.({ ...turn, dialog }, services);
      if (typed) return typed;
      const exact = byWords.get(wordsOf(turn.text));
      if (exact) return exact.run(turn, services);
      const claimed = owner('claims', turn.text);
      if (claimed) return claimed.run(turn, services);
      const reading = services.understanding.understand(turn.text);
      for (const feature of features) {
        const answer = await feature.answers?.(turn, reading, services);
        if (answer) return answer;
      }
      if (reading.kind === 'clear') {
        const command = byIntent.get(reading.intent);
        if (command) return command.run(turn, services);
      }
      if (reading.kind === 'either') {
        const [first, second] = reading.intents.map((intent) => byIntent.get(intent));
        if (first && first === second) return first.run(turn, services);
      }
      return fallback(turn, reading, services);
    },
  };
}

/** Whether a line has the number of an ICM and words besides; a number alone may be an answer. */
const namesIcm = (text: string): boolean =>
  /(?<![\d-])(?:\d{7,10}|\d{3} \d{3} \d{3})(?![\d-])/.test(text) && /\p{L}/u.test(text.replace(/\bicm\b/gi, ''));

/** Letters and digits only, so that "Help!" is "help". */
export function wordsOf(text: string): string {
  return text
    .slice(0, 200)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}?/#]+/gu, ' ')
    .replace(/(?<=[^ ?]) ?\?+ ?$/, '')
    .trim();
}

function unique<Value>(entries: readonly (readonly [string, Value])[], what: string): Map<string, Value> {
  const map = new Map<string, Value>();
  for (const [key, value] of entries) {
    const known = map.get(key);
    if (known !== undefined && known !== value)
      throw new AppError('internal', `two features claim the ${what} "${key}"`);
    map.set(key, value);
  }
  return map;
}
