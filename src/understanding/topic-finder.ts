import { normalize } from './normalize.ts';
import { stemOf } from './stem.ts';
import { classesOf } from './word-classes.ts';

/** Something that can be found: an answer of the playbook. */
export interface Findable {
  readonly id: string;
  readonly title: string;
  /** How people ask for it. */
  readonly ask: readonly string[];
  /** What it says, with the words of the documents. */
  readonly body: string;
}

export interface Hit {
  readonly id: string;
  /** 0 to about 1: how much the line is like what is asked for there. */
  readonly score: number;
}

export interface TopicFinder {
  /** All of them, the best first. Never throws; the text is cut at 2,000 characters. */
  find(text: string): readonly Hit[];
}

/**
 * What a kind of likeness counts. Chosen by leaving a sixth of the examples out in turn (scripts/eval.ts); none of them
 * matters by more than two percent.
 */
const TUNING = { neighbours: 0.5, kind: 0.7, start: 0.4, small: 0.3, body: 0.05, flatten: 0.6, covered: 0.3 };

/** A long pasted text says what it is about at its beginning. */
const MAX_TOKENS = 60;
const HAS_LETTER = /[\p{L}\p{N}]/u;
/** Words that stand in every kind of question. They count, but little. */
const SMALL = new Set(
  `a an the of to in on for and or is are be do does i we my our it this that with at as by me you your can will would
  should what how who which when where why if there have has was am any some from not s t please about`.split(/\s+/),
);

type Weights = Map<string, number>;

/** Words, pairs of neighbours, beginnings and kinds of words of a line, each once. */
function termsOf(text: string): Weights {
  const words = normalize(text)
    .slice(0, MAX_TOKENS)
    .filter((token) => HAS_LETTER.test(token));
  const terms: Weights = new Map();
  let previous = '^';
  let share = TUNING.small;
  for (const word of words) {
    const stem = stemOf(inOneSpelling(word));
    const own = SMALL.has(word) ? TUNING.small : 1;
    terms.set(`w ${stem}`, own);
    terms.set(`b ${previous} ${stem}`, (TUNING.neighbours * (own + share)) / 2);
    if (own === 1) {
      if (word.length > 4) terms.set(`h ${word.slice(0, 4)}`, TUNING.start);
      for (const name of classesOf(word)) terms.set(`c ${name}`, TUNING.kind);
    }
    previous = stem;
    share = own;
  }
  return terms;
}

/** "customisation" and "customization", "prioritise" and "prioritize" are one word each. */
const inOneSpelling = (word: string): string =>
  word.length > 6 ? word.replace(/is(e|ed|es|er|ing|ation|ations)$/, 'iz$1') : word;

function countIn(sets: readonly ReadonlyMap<string, unknown>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const set of sets) for (const name of set.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function unit(weights: Weights): Weights {
  const length = Math.hypot(...weights.values()) || 1;
  return new Map([...weights].map(([name, weight]) => [name, weight / length]));
}

/** What a topic knows of a term: its share in the topic's examples, and that it occurs there at all. */
interface Posting {
  readonly topic: number;
  readonly weight: number;
}

/**
 * Finds answers by their examples: a line is compared with the centre of the examples of each topic (cosine of weighted
 * terms), and by how much of it occurs in the topic at all. Rare words count more. No network, no language model; made
 * in a fraction of a second, so that what a team adds to its file is found as well as what comes with the bot.
 */
export function createTopicFinder(topics: readonly Findable[]): TopicFinder {
  const steps = topicFinderInSteps(topics);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same in steps of a few ms, between which other work can be done. */
export function* topicFinderInSteps(topics: readonly Findable[]): Generator<undefined, TopicFinder> {
  const examples: Weights[][] = [];
  const bodies: Weights[] = [];
  for (const { title, ask, body } of topics) {
    examples.push([title, ...ask].map(termsOf));
    bodies.push(termsOfLines(body));
    yield;
  }
  const lines = examples.flat();
  const inLines = countIn(lines);
  const rarity = (name: string): number => Math.log(1 + lines.length / (1 + (inLines.get(name) ?? 0)));
  const weigh = (terms: Weights): Weights =>
    unit(new Map([...terms].map(([name, weight]) => [name, weight * rarity(name)])));

  const centres: Weights[] = [];
  for (const index of topics.keys()) {
    const sum: Weights = new Map();
    const add = (terms: Weights, share: number): void => {
      for (const [name, weight] of terms) sum.set(name, (sum.get(name) ?? 0) + weight * share);
    };
    for (const example of examples[index] ?? []) add(weigh(example), 1);
    for (const [name, weight] of bodies[index] ?? [])
      sum.set(name, (sum.get(name) ?? 0) + weight * rarity(name) * TUNING.body);
    // Flattened, so that a word of many examples does not drown the rest.
    centres.push(unit(new Map([...sum].map(([name, weight]) => [name, weight ** TUNING.flatten]))));
    yield;
  }
  const inTopics = countIn(centres);
  const rarityOfTopic = (name: string): number => Math.log(1 + topics.length / (0.5 + (inTopics.get(name) ?? 0)));
  const postings = new Map<string, Posting[]>();
  centres.forEach((centre, topic) => {
    for (const [name, weight] of centre) {
      const list = postings.get(name);
      if (list) list.push({ topic, weight });
      else postings.set(name, [{ topic, weight }]);
    }
  });

  return {
    find(text) {
      const terms = termsOf(text);
      const likeness = new Float64Array(topics.length);
      const covered = new Float64Array(topics.length);
      let whole = 0;
      const weighted = weigh(terms);
      const sureness = surenessOf(terms);
      for (const [name, weight] of terms) {
        const share = weight * rarityOfTopic(name);
        whole += share;
        for (const posting of postings.get(name) ?? []) {
          likeness[posting.topic]! += posting.weight * (weighted.get(name) ?? 0);
          covered[posting.topic]! += share;
        }
      }
      return topics
        .map(({ id }, index) => ({
          id,
          score: sureness * ((likeness[index] ?? 0) + (TUNING.covered * (covered[index] ?? 0)) / (whole || 1)),
        }))
        .sort((a, b) => b.score - a.score);
    },
  };
}

/** A word or two fit too well wherever they stand ("close", "send email"): 0.55 for none, 1 from three words on. */
function surenessOf(terms: Weights): number {
  let words = 0;
  for (const [name, weight] of terms) if (name.startsWith('w ') && weight === 1) words += 1;
  return Math.min(1, 0.55 + 0.15 * words);
}

function termsOfLines(text: string): Weights {
  const terms: Weights = new Map();
  for (const line of text.split('\n')) for (const [name, weight] of termsOf(line)) terms.set(name, weight);
  return terms;
}
