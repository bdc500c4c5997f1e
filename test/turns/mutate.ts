import { prototypeNames } from './names.ts';

/** Random numbers that are the same for the same seed (mulberry32). */
export class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }
  /** True in this share of all throws. */
  chance(share: number): boolean {
    return this.next() < share;
  }
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

type Json = Record<string, unknown> | unknown[];

const types = [
  'message',
  'invoke',
  'conversationUpdate',
  'installationUpdate',
  'messageReaction',
  'messageUpdate',
  'messageDelete',
  'typing',
  'event',
  'endOfConversation',
  'contactRelationUpdate',
  'command',
  'commandResult',
  'handoff',
  'suggestion',
  'trace',
  'delay',
  'unheardOf',
];

const nasty = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\uD800',
  'x\uDC00\uD800x',
  '\u202Egnp.exe',
  '\u200B\u200D\uFEFF',
  '\u2028\u2029\u0085',
  '\uE0000\uE001',
  '\uE0001\uE001\uE000',
  'Z̴̢͕̈́a̷͙͒l̶̻̀g̸̠͝o̵̤͐',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  '${dialog}',
  '${string(1)}{{name}}$data$when',
  '<at>everyone</at><script>alert(1)</script>',
  '[x](javascript:alert(1)) **b** # h | t |',
  "'; DROP TABLE dialog; --",
  '../../etc/passwd',
  '..',
  '.',
  '%00%2e%2e%2f',
  'http://127.0.0.1:1/',
  'https://smba.trafficmanager.net.evil/',
  '9'.repeat(400),
  '-1',
  '1e309',
  'NaN',
  'null',
  'true',
  '00000000-0000-4000-8000-000000000000',
  '00000000-0000-0000-0000-00000000000g',
  '2147483648',
  '9007199254740993',
  'should I open an ICM?',
  'back',
  'cancel',
  'help',
];

/** Something of any type, as it comes out of JSON. */
function junk(dice: Dice, depth = 0): unknown {
  switch (dice.below(depth > 4 ? 7 : 10)) {
    case 0:
      return null;
    case 1:
      return dice.chance(0.5);
    case 2:
      return dice.pick([0, -1, 1, 0.5, 2 ** 31, 2 ** 53, -1e308, 1e21]);
    case 3:
      return dice.pick(prototypeNames);
    case 4:
    case 5:
    case 6:
      return dice.pick(nasty);
    case 7:
      return Array.from({ length: dice.below(4) }, () => junk(dice, depth + 1));
    case 8: {
      const made: Record<string, unknown> = {};
      for (let at = dice.below(4); at > 0; at -= 1)
        set(made, dice.pick([...prototypeNames, 'id', 'type', 'x']), junk(dice, depth + 1));
      return made;
    }
    default: {
      let nested: unknown = 'deep';
      for (let at = dice.below(12); at > 0; at -= 1) nested = dice.chance(0.5) ? [nested] : { value: nested };
      return nested;
    }
  }
}

/** Sets a field of its own, also one named `__proto__`. */
function set(target: Json, key: string | number, value: unknown): void {
  // A list goes to JSON without its names.
  if (Array.isArray(target) && !/^\d+$/.test(String(key))) return;
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Every object and list in a tree, the tree itself first. */
function nodesOf(tree: unknown, found: Json[] = []): Json[] {
  if (typeof tree !== 'object' || tree === null) return found;
  found.push(tree as Json);
  for (const value of Object.values(tree)) nodesOf(value, found);
  return found;
}

/** Every text in a tree, keys included: what can be put in the place of another. */
export function textsOf(tree: unknown, found = new Set<string>()): Set<string> {
  if (typeof tree === 'string') found.add(tree);
  if (typeof tree === 'object' && tree !== null)
    for (const [key, value] of Object.entries(tree)) {
      found.add(key);
      textsOf(value, found);
    }
  return found;
}

function spoil(dice: Dice, text: string): string {
  switch (dice.below(6)) {
    case 0:
      return text.slice(0, dice.below(text.length + 1));
    case 1:
      return text + dice.pick(nasty);
    case 2:
      return dice.chance(0.5) ? text.toUpperCase() : text.toLowerCase();
    case 3: {
      const at = dice.below(text.length + 1);
      return text.slice(0, at) + dice.pick(nasty) + text.slice(at);
    }
    case 4:
      return text.repeat(1 + dice.below(20));
    default:
      return dice.pick(['x', 'ß', '💥', '\\u0000', '*', 'a b ', '\n']).repeat(dice.below(20_000));
  }
}

/** Changes one thing at a random place of the tree. `known` are texts that mean something to the bot. */
function change(dice: Dice, tree: Record<string, unknown>, known: readonly string[]): void {
  const node = dice.pick(nodesOf(tree));
  const keys = Object.keys(node);
  const key = keys.length > 0 ? dice.pick(keys) : 'x';
  const old = (node as Record<string, unknown>)[key];
  switch (dice.below(12)) {
    case 0:
      if (Array.isArray(node)) node.splice(Number(key) || 0, 1);
      else delete node[key];
      break;
    case 1:
    case 2:
      set(node, key, junk(dice));
      break;
    case 3:
      set(node, dice.pick(prototypeNames), junk(dice));
      break;
    case 4:
      set(node, dice.pick(known).slice(0, 100), structuredClone(old));
      break;
    case 5:
    case 6:
      set(node, key, dice.pick(known));
      break;
    case 7:
    case 8:
      if (typeof old === 'string') set(node, key, spoil(dice, old));
      else set(node, key, dice.pick([JSON.stringify(old) ?? 'x', [old], { value: old }, null]));
      break;
    case 9:
      if (typeof old === 'string') set(node, key, dice.pick([[old], { id: old }, Number(old), true, null]));
      else if (Array.isArray(old)) set(node, key, [...(old as unknown[]), ...(old as unknown[]), junk(dice)]);
      else set(node, key, structuredClone(dice.pick(nodesOf(tree))));
      break;
    case 10: {
      const other = dice.pick(nodesOf(tree));
      const otherKey = dice.pick([...Object.keys(other), 'x']);
      set(node, key, structuredClone((other as Record<string, unknown>)[otherKey]));
      break;
    }
    default:
      set(tree, 'type', dice.chance(0.9) ? dice.pick(types) : junk(dice));
  }
}

/** A copy with one to six things changed. */
export function mutate(dice: Dice, activity: object, known: readonly string[]): Record<string, unknown> {
  const copy = structuredClone(activity) as Record<string, unknown>;
  for (let times = 1 + dice.below(dice.chance(0.7) ? 2 : 6); times > 0; times -= 1) change(dice, copy, known);
  return copy;
}
