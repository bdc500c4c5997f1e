import { wordSet } from '../../understanding/token-pattern.ts';

/** An action as a line gives it; the owner and the day are read further by whoever knows people and zones. */
export interface ActionLine {
  readonly icmNumber: string | undefined;
  readonly what: string;
  readonly owner: string;
  readonly due: string;
}

const ACTION = wordSet('action actions todo to-do');
const AROUND = wordSet('add a an the new next please item for on to of icm incident postmortem follow-up another');

/**
 * "action: add an alert, owner @Priya, by Friday", "action 512345678: …". `undefined` where the form leaves a doubt.
 * The owner and the day stand behind commas: "owner …", and "by …", "until …" or "due …".
 */
export function readAction(text: string): ActionLine | undefined {
  const line = text.trim();
  const colon = line.slice(0, 80).indexOf(':');
  if (colon === -1) return undefined;
  const header = line
    .slice(0, colon)
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/^#/, ''))
    .filter((word) => word !== '');
  const numbers = header.filter((word) => /^\d{7,10}$/.test(word));
  if (!header.some((word) => ACTION.has(word)) || numbers.length > 1) return undefined;
  if (!header.every((word) => ACTION.has(word) || AROUND.has(word) || numbers.includes(word))) return undefined;
  return { icmNumber: numbers[0], ...partsOfAction(line.slice(colon + 1)) };
}

const DAYS = wordSet(`
  today tomorrow monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun next
`);
const isDay = (word: string, rest: readonly string[]): boolean =>
  rest.length < 4 &&
  (DAYS.has(word) ||
    (word === 'on' && rest.length > 0) ||
    (word === 'in' && /^(?:\d|an?$|two$|three$)/i.test(rest[0] ?? '')));

function partsOfAction(body: string): Omit<ActionLine, 'icmNumber'> {
  const parts = body.split(/[,;\n]/).map((part) => part.trim());
  const kept: string[] = [];
  let owner = '';
  let due = '';
  for (const [at, part] of parts.entries()) {
    const [first = '', ...rest] = part.split(/\s+/);
    const word = first.toLowerCase().replace(/:$/, '');
    if (at > 0 && word === 'owner' && rest.length > 0) owner = rest.join(' ');
    else if (at > 0 && ['by', 'until', 'due', 'till', 'before'].includes(word) && rest.length > 0) due = rest.join(' ');
    // "…, in 3 days", "…, on Friday", "…, tomorrow": a day by itself behind the last comma.
    else if (at > 0 && at === parts.length - 1 && isDay(word, rest)) due = part;
    // "@Priya" alone behind a comma is its owner.
    else if (at > 0 && part.startsWith('@')) owner = part;
    else kept.push(part);
  }
  // "… @Priya Sharma by Friday", in one go.
  const what = kept.join(', ');
  const words = what.split(' ').filter((word) => word !== '');
  const from = words.findLastIndex((word) => ['by', 'until', 'due', 'till'].includes(word.toLowerCase()));
  const isLast = from > 0 && from < words.length - 1 && words.length - from < 7;
  if (due === '' && parts.length === 1 && isLast)
    return {
      what: words.slice(0, from).join(' '),
      owner: owner.replace(/^@/, ''),
      due: words.slice(from + 1).join(' '),
    };
  return { what: what.trim(), owner: owner.replace(/^@/, ''), due };
}
