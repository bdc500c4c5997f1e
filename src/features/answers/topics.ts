import { openPoint } from '../../playbook/cite.ts';
import type { Playbook, Topic } from '../../playbook/schema.ts';
import { topicFinderInSteps, type TopicFinder } from '../../understanding/topic-finder.ts';
import { normalize } from '../../understanding/normalize.ts';

/** The topics of a playbook, ready to be searched. Places where the documents disagree are topics as well (T1 to T18). */
export interface Topics {
  readonly all: ReadonlyMap<string, Topic>;
  readonly finder: TopicFinder;
  /** A line that stands in the playbook as an example. */
  readonly toTheLetter: (text: string) => string | undefined;
  /** The general answer to an intent. */
  readonly general: ReadonlyMap<string, string>;
}

const made = new WeakMap<Playbook, Topics>();
/** Those that are being made in the background. */
const underWay = new WeakMap<Playbook, Generator<undefined, Topics>>();

/**
 * Kept with the playbook. Making them takes some tenths of a second, so it is done beforehand (`topicsInSteps`); who
 * comes earlier waits for the rest of it.
 */
export function topicsOf(playbook: Playbook): Topics {
  for (;;) {
    const known = made.get(playbook);
    if (known) return known;
    step(playbook);
  }
}

/** Makes the topics in steps of a few ms; does nothing where they are there already. */
export function* topicsInSteps(playbook: Playbook): Generator<undefined, void> {
  while (!made.has(playbook)) {
    step(playbook);
    yield;
  }
}

function step(playbook: Playbook): void {
  try {
    makingOf(playbook).next();
  } catch (error) {
    // A generator that threw is at its end, and would never come to anything.
    underWay.delete(playbook);
    throw error;
  }
}

function makingOf(playbook: Playbook): Generator<undefined, Topics> {
  const known = underWay.get(playbook);
  if (known) return known;
  const fresh = create(playbook);
  underWay.set(playbook, fresh);
  return fresh;
}

function* create(playbook: Playbook): Generator<undefined, Topics> {
  const all = new Map<string, Topic>([...Object.entries(playbook.topics), ...tensionTopics(playbook)]);
  const examples = new Map<string, string>();
  for (const [id, { title, ask }] of all) {
    for (const line of [title, ...ask]) if (!examples.has(keyOf(line))) examples.set(keyOf(line), id);
    yield;
  }
  const general = new Map<string, string>();
  for (const [id, { intent }] of all) if (intent !== undefined && !general.has(intent)) general.set(intent, id);
  const found = [...all].map(([id, topic]) => ({ id, ...topic, body: bodyOf(topic, playbook) }));
  const topics: Topics = {
    all,
    general,
    finder: yield* topicFinderInSteps(found),
    toTheLetter: (text) => examples.get(keyOf(text)),
  };
  made.set(playbook, topics);
  underWay.delete(playbook);
  return topics;
}

const keyOf = (text: string): string =>
  normalize(text)
    .filter((token) => token !== '?' && token !== '.')
    .join(' ');

/** A tension that people ask about is an answer of its own: both sides, and who decides. */
function tensionTopics(playbook: Playbook): [string, Topic][] {
  return Object.entries(playbook.tensions)
    .filter(([, { ask }]) => ask.length > 0)
    .map(([id, { title, ask, cites, intent }]) => [
      id,
      {
        title: title.slice(0, 60),
        about: 'open',
        ahead: false,
        ...(intent === undefined ? {} : { intent }),
        text: 'Here are both sides, and who decides.',
        facts: [],
        ask,
        cites,
        tension: id,
        related: Object.entries(playbook.topics)
          .filter(([, topic]) => topic.tension === id)
          .map(([name]) => name)
          .slice(0, 3),
        commands: [],
        links: [],
      },
    ]);
}

function bodyOf(topic: Topic, playbook: Playbook): string {
  const facts = topic.facts.map(({ label, text }) => `${label} ${text}`);
  const rules = topic.cites.map((id) => playbook.rules[id]?.text ?? '');
  const sides = topic.about === 'open' && topic.tension ? openPoint(topic.tension, playbook).sides : [];
  return [topic.text, topic.more ?? '', ...facts, ...rules, ...sides].join('\n');
}
