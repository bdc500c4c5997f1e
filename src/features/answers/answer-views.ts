import { openPoint } from '../../playbook/cite.ts';
import type { Playbook } from '../../playbook/schema.ts';
import { cardReply } from '../card.ts';
import type { Place, Reply, Services } from '../feature.ts';
import { answerCard, topicListCard } from './answers-cards.ts';
import { topicsOf } from './topics.ts';

/** Lines of a text of the playbook; what begins with "- " is a point. */
export const linesOf = (text: string): { text: string }[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => ({ text: line.startsWith('- ') ? `• ${line.slice(2)}` : line }));

const choicesOf = (ids: readonly string[], playbook: Playbook) =>
  ids.flatMap((topic) => {
    const found = topicsOf(playbook).all.get(topic);
    return found ? [{ title: found.title, topic }] : [];
  });

const commandsOf = (names: readonly string[], services: Services) =>
  names.flatMap((name) => {
    const command = services.features
      .flatMap(({ commands }) => commands ?? [])
      .find((candidate) => candidate.name === name);
    return command ? [{ title: command.title, command: name }] : [];
  });

const linksOf = (names: readonly string[], playbook: Playbook) =>
  names.flatMap((name) => {
    const link = playbook.links[name];
    return link ? [{ label: link.label, url: link.url }] : [];
  });

/** Rules of one place of a document stand together: "ICM process, When do we open ICMs (F19, F20)". */
function sourceOf(cites: readonly string[], playbook: Playbook): string {
  const places = new Map<string, string[]>();
  for (const id of cites) {
    const rule = playbook.rules[id];
    if (rule) places.set(rule.source, [...(places.get(rule.source) ?? []), id]);
  }
  return [...places].map(([source, ids]) => `${source} (${ids.join(', ')})`).join('; ');
}

type CardReply = Extract<Reply, { kind: 'card' }>;

/** The answer of a topic, or of a tension (T1 to T18), as a card; `undefined` for a name that is not there. */
export function topicAnswer(id: string, services: Services): CardReply | undefined {
  const { playbook } = services;
  const topic = topicsOf(playbook).all.get(id);
  if (!topic) return undefined;
  const point = topic.tension === undefined ? undefined : openPoint(topic.tension, playbook);
  const cites = [...new Set([...topic.cites, ...(point?.citations.map((one) => one.id) ?? [])])];
  return cardReply(answerCard, {
    topic: id,
    title: topic.title,
    lines: linesOf(topic.text),
    facts: [...topic.facts],
    more: linesOf(topic.more ?? ''),
    open: point
      ? [
          {
            title: topic.about === 'open' ? 'both sides' : point.title,
            sides: point.sides.map((side) => ({ text: `• ${side}` })),
            decides: point.whoDecides,
          },
        ]
      : [],
    source: sourceOf(cites, playbook),
    quotes: cites.flatMap((rule) => {
      const found = playbook.rules[rule];
      return found ? [{ text: `${rule}: “${found.text}”` }] : [];
    }),
    links: linksOf(topic.links, playbook),
    commands: commandsOf(topic.commands, services),
    related: choicesOf(topic.related, playbook).slice(0, 4),
  });
}

/**
 * The same answer for a chat in which the bot may not be: nothing on it leads on to the bot, and the source stands for
 * the documents' words.
 */
export function sharedAnswer(id: string, services: Services): CardReply | undefined {
  const reply = topicAnswer(id, services);
  return reply && { ...reply, view: { ...(reply.view as object), quotes: [], commands: [], related: [] } };
}

/** "Which one do you mean?" */
export function whichReply(topics: readonly string[], commands: readonly string[], services: Services): Reply {
  return cardReply(topicListCard, {
    title: 'Which one do you mean?',
    lines: [],
    choices: choicesOf(topics, services.playbook),
    commands: commandsOf(commands, services),
    groups: [],
    links: [],
    asked: [],
  });
}

/** All groups, or the topics of one. */
export function browseReply(group: string | undefined, services: Services): Reply {
  const { playbook } = services;
  const label = group === undefined ? undefined : playbook.topicGroups[group];
  const of = [...topicsOf(playbook).all].filter(([, topic]) => topic.about === group).map(([id]) => id);
  return cardReply(topicListCard, {
    title: label ?? 'What the playbook says',
    lines: label === undefined ? [{ text: 'Pick a subject, or ask me in your own words.' }] : [],
    choices: label === undefined ? [] : choicesOf(of, playbook),
    commands: [],
    groups:
      label === undefined
        ? Object.entries(playbook.topicGroups).map(([name, title]) => ({ title, group: name }))
        : [{ title: 'All subjects', group: 'all' }],
    links: [],
    asked: [],
  });
}

/**
 * There is no answer: what is near, whom to ask, and what can be done with the question, each on a press. Without a
 * question the person is asked for it; `topic` is then what it was taken for.
 */
export function unansweredReply(
  question: string,
  near: readonly string[],
  commands: readonly string[],
  place: Place,
  services: Services,
  topic = near[0] ?? 'none',
  problem?: string,
): Reply {
  const { playbook } = services;
  const rungs = ['colleagues', 'smes', 'collab-channel'].flatMap((name) => playbook.ladder[name] ?? []);
  const people = rungs.map(({ text, rule }) => ({ text: `• ${text} (${rule})` }));
  const hasNear = near.length + commands.length > 0;
  return cardReply(topicListCard, {
    title: problem ?? (question === '' ? 'What did you want to know?' : 'I have no answer to that.'),
    lines:
      question === ''
        ? [{ text: 'Ask me again in other words, or pick one of these.' }]
        : [
            { text: 'Either I did not understand it, or it is not in the documents. I do not guess.' },
            { text: 'If it is about a case and you are stuck, people can help, in this order:' },
            ...people,
            ...(hasNear ? [{ text: 'Or did you mean one of these?' }] : []),
          ],
    choices: choicesOf(near, playbook),
    commands: commandsOf(commands, services),
    groups: [{ title: 'What the playbook says', group: 'all' }],
    links: linksOf(
      rungs.flatMap(({ link }) => link ?? []),
      playbook,
    ),
    asked: [{ question: question.slice(0, 1_000), topic, canPost: place.kind !== 'personal' }],
  });
}
