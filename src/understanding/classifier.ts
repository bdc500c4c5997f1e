import { featuresOf } from './features.ts';
import { INTENTS, type Intent, type Phrases, type Reading, type Understanding } from './intents.ts';
import { onceForEachLine } from './last-lines.ts';
import { placeOf, probabilitiesOf, type Model } from './model.ts';
import { train } from './train.ts';

/** Learns the topics from their example phrases. No language model, no network, the same result every time. */
export function createUnderstanding(phrases: Phrases): Understanding {
  return understandingOf(train(phrases));
}

export function understandingOf(model: Model): Understanding {
  return { understand: onceForEachLine((text) => readLine(text, model)) };
}

/** Below this probability the best topic is a guess. */
const LEAST_CONFIDENCE = 0.25;
/** Two topics this close in probability are both meant, as far as one can tell. */
const CLOSE = 0.08;
/** The more of a line's words were never seen, the surer the model has to be: such a line is about something else. */
const COST_OF_UNKNOWN = 0.6;

interface Ranked {
  readonly intent: Intent;
  readonly probability: number;
}

function readLine(text: string, model: Model): Reading {
  const { features, words } = featuresOf(text);
  const ranked = rank(features, model);
  const [first, second] = ranked;
  if (first === undefined || second === undefined) return { kind: 'none', nearest: [] };
  const bar = LEAST_CONFIDENCE + COST_OF_UNKNOWN * (1 - shareKnown(words, model));
  if (first.probability < (first.intent === 'out_of_scope' ? LEAST_CONFIDENCE : bar)) {
    return { kind: 'none', nearest: nearestTopics(ranked) };
  }
  // A topic that could not stand alone in a line of unknown words is not asked back either.
  const isSecondMeant = first.intent !== 'out_of_scope' || second.probability >= bar;
  if (isSecondMeant && first.probability - second.probability < CLOSE)
    return { kind: 'either', intents: [first.intent, second.intent] };
  return { kind: 'clear', intent: first.intent, confidence: first.probability };
}

function rank(features: ReadonlySet<string>, model: Model): Ranked[] {
  const probabilities = probabilitiesOf(features, model);
  return INTENTS.map((intent, index) => ({ intent, probability: probabilities[index] ?? 0 })).sort(
    (a, b) => b.probability - a.probability,
  );
}

function shareKnown(words: ReadonlySet<string>, model: Model): number {
  if (words.size === 0) return 1;
  return [...words].filter((word) => placeOf(word, model) !== -1).length / words.size;
}

function nearestTopics(ranked: readonly Ranked[]): Intent[] {
  return ranked
    .map(({ intent }) => intent)
    .filter((intent) => intent !== 'out_of_scope')
    .slice(0, 3);
}
