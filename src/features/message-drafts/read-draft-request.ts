import type { DraftVariant } from '../../playbook/schema.ts';
import { readTicketNumbers } from '../../understanding/read-ticket-numbers.ts';

/** A typed line that asks the bot to write a message to a customer. */
export interface DraftRequest {
  readonly variant: DraftVariant;
  readonly icmNumbers: readonly string[];
  readonly srNumbers: readonly string[];
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const writing = set('draft write compose prepare formulate generate word phrase');
const things = set(
  'update updates message mail email reply response answer note contact resolution closing rca status communication draft',
);
/** What may stand before the verb, and between the words. With others it is a question or a story. */
const fillers = set(
  `please pls can could would will you i we need want to help me us with a an the my our for to customer customers cx client
   about on icm sr case first next progress initial final last closing resolution resolved close holding rca follow
   follows following root cause and new now of it is it's that this update updates`.replace(/\s+/g, ' '),
);
/** After these the bot is told something, or shall remind: not write. */
const mostWords = 18;

/** "draft an update for 512345678", "write the closing message"; `undefined` when the line asks no such thing. */
export function readDraftRequest(line: string): DraftRequest | undefined {
  if (line.length > 200 || line.includes('?')) return undefined;
  const words = line
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}']+/u)
    .filter((word) => word !== '');
  const at = words.findIndex((word) => writing.has(word));
  if (at === -1 || words.length > mostWords || !words.slice(0, at).every((word) => fillers.has(word))) return undefined;
  const rest = words.slice(at + 1).filter((word) => !/^#?\d+$/.test(word));
  if (!rest.some((word) => things.has(word)) || !rest.every((word) => things.has(word) || fillers.has(word)))
    return undefined;
  const { icmNumbers, srNumbers } = readTicketNumbers(line);
  return { variant: variantOf(rest), icmNumbers, srNumbers };
}

function variantOf(words: readonly string[]): DraftVariant {
  const has = (some: string): boolean => words.some((word) => set(some).has(word));
  if (has('rca root')) return 'rca';
  if (has('closing close resolution resolved final last')) return 'resolution';
  if (has('first initial')) return 'first-contact';
  return 'progress';
}
