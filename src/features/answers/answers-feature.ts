import { z } from 'zod';
import type { Intent, Reading } from '../../understanding/intents.ts';
import { cardReply } from '../card.ts';
import {
  action,
  asNewMessage,
  say,
  type Command,
  type Feature,
  type MessageTurn,
  type Outcome,
  type Services,
} from '../feature.ts';
import { noticeCard } from '../sheets/sheet-cards.ts';
import { browseReply, topicAnswer, unansweredReply, whichReply } from './answer-views.ts';
import { keepWords } from './answers-store.ts';
import { findAnswer } from './find-answer.ts';
import { askSearch } from './ask-search.ts';
import { topicsInSteps, topicsOf } from './topics.ts';
import { listFor, missed, nextList, runWeekly, weeklyJob } from './weekly.ts';

const gone = say('That answer is not there any more. Write “topics” to see what I know.');
const id = z.string().max(100);

const commandFor = (intent: Intent, services: Services): Command | undefined =>
  services.features.flatMap(({ commands }) => commands ?? []).find(({ intents }) => intents?.includes(intent));

const show = (topic: string, services: Services): Outcome => {
  const reply = topicAnswer(topic, services);
  return reply ? { reply } : gone;
};

/** Commands and topics that a line may have meant, the likelier first. */
function nearTo(turn: MessageTurn, reading: Reading, services: Services) {
  const found = findAnswer(turn.text, reading, services.playbook, () => false);
  const intents =
    reading.kind === 'clear' ? [reading.intent] : reading.kind === 'either' ? reading.intents : reading.nearest;
  const commands = intents.flatMap((intent) => commandFor(intent, services) ?? []);
  const topics = found.kind === 'topic' ? [found.topic] : found.kind === 'which' ? found.topics : found.near;
  return { topics, commands: [...new Set(commands.map(({ name }) => name))] };
}

/** "Which one?": an intent is its command or, where none has it, its general answer. */
function twoMeanings(reading: Extract<Reading, { kind: 'either' }>, services: Services): Outcome | undefined {
  const { general } = topicsOf(services.playbook);
  const commands = reading.intents.flatMap((intent) => commandFor(intent, services)?.name ?? []);
  const topics = reading.intents.flatMap((intent) => (commandFor(intent, services) ? [] : (general.get(intent) ?? [])));
  return commands.length + topics.length === 2 ? { reply: whichReply(topics, commands, services) } : undefined;
}

export const answersFeature: Feature = {
  name: 'answers',
  commands: [
    {
      name: 'topics',
      title: 'What the playbook says',
      summary: 'Lists what I know, by subject. Or ask in your own words.',
      examples: ['topics', 'what do you know?', 'list topics', 'playbook'],
      run: (_turn, services): Outcome => ({ reply: browseReply(undefined, services) }),
    },
  ],
  answers(turn, reading, services) {
    const found = findAnswer(
      turn.text,
      reading,
      services.playbook,
      (intent) => commandFor(intent, services) !== undefined,
    );
    if (found.kind === 'topic') return show(found.topic, services);
    return found.kind === 'which' ? { reply: whichReply(found.topics, [], services) } : undefined;
  },
  async fallback(turn, reading, services): Promise<Outcome> {
    if (turn.text === '') {
      const help = commandFor('help', services);
      if (help) return help.run(turn, services);
    }
    if (reading.kind === 'either') {
      const which = twoMeanings(reading, services);
      if (which) return which;
    }
    const near = nearTo(turn, reading, services);
    const reply = unansweredReply(turn.text, near.topics.slice(0, 2), near.commands.slice(0, 2), turn.place, services);
    return { reply, changes: await missed(near.topics[0] ?? 'none', 'unanswered', turn, services) };
  },
  actions: [
    action({
      verb: 'answers/show',
      readOnly: true,
      data: z.object({ topic: id }),
      run: (turn, services): Outcome => show(turn.data.topic, services),
    }),
    action({
      verb: 'answers/group',
      readOnly: true,
      data: z.object({ group: id }),
      run: (turn, services): Outcome => ({
        reply: browseReply(
          Object.hasOwn(services.playbook.topicGroups, turn.data.group) ? turn.data.group : undefined,
          services,
        ),
      }),
    }),
    action({
      verb: 'answers/do',
      data: z.object({ command: id }),
      async run(turn, services): Promise<Outcome> {
        const command = services.features
          .flatMap(({ commands }) => commands ?? [])
          .find(({ name }) => name === turn.data.command);
        if (!command) return say('That is not there any more. Write “help” to see what I can do.');
        return asNewMessage(await command.run({ ...turn, text: command.examples[0], dialog: undefined }, services));
      },
    }),
    action({
      verb: 'answers/not-meant',
      data: z.object({ topic: id }),
      async run(turn, services): Promise<Outcome> {
        const topic = topicsOf(services.playbook).all.get(turn.data.topic);
        if (!topic) return gone;
        return {
          reply: unansweredReply('', topic.related.slice(0, 3), [], turn.place, services, turn.data.topic),
          changes: await missed(turn.data.topic, 'not-meant', turn, services),
        };
      },
    }),
    action({
      verb: 'answers/post',
      data: z.object({ topic: id, question: z.string().max(2_000).default('') }),
      run(turn, services): Outcome {
        const question = turn.data.question.trim().slice(0, 1_000);
        if (question === '')
          return {
            reply: unansweredReply('', [], [], turn.place, services, turn.data.topic, 'Write your question first.'),
          };
        if (turn.place.kind === 'personal') return say('There are no colleagues here. Ask in the channel instead.');
        const asked = cardReply(noticeCard, {
          title: `${turn.person.name} asks`,
          lines: [{ text: question }, { text: 'It is not in my playbook. Who knows?' }],
        });
        return {
          reply: { kind: 'text', text: 'Your question is in the new message below.' },
          sends: [{ to: 'here', reply: asked }],
          audit: { event: 'question posted', subject: turn.data.topic, details: {} },
        };
      },
    }),
    action({
      verb: 'answers/keep',
      data: z.object({ topic: id, question: z.string().max(2_000).default('') }),
      async run(turn, services): Promise<Outcome> {
        const words = turn.data.question.trim().slice(0, 1_000);
        if (words === '')
          return {
            reply: unansweredReply('', [], [], turn.place, services, turn.data.topic, 'Write your question first.'),
          };
        const { reportOn } = nextList(turn.now, services.playbook);
        const days = services.playbook.retention.words;
        return {
          reply: {
            kind: 'text',
            text: `Thank you. The leads see these words, without your name, in their next weekly list. I keep them for ${days} days; “forget me” takes them back.`,
          },
          changes: [
            keepWords(turn.person, { id: services.newId(), reportOn, topic: turn.data.topic, words }),
            services.deliver(await listFor(turn.person.tenantId, turn.now, services)),
          ],
          audit: { event: 'question passed to the leads', subject: turn.data.topic, details: {} },
        };
      },
    }),
  ],
  jobs: [{ name: weeklyJob, run: runWeekly }],
  searches: [askSearch],
  prepare: ({ playbook }) => topicsInSteps(playbook),
};
