import { z } from 'zod';
import { cardReply, defineCard, opaque, plain, text } from './card.ts';
import {
  action,
  asNewMessage,
  say,
  type Command,
  type Feature,
  type Outcome,
  type Place,
  type Services,
} from './feature.ts';

/** A heading, some lines and buttons that lead to commands: help, the introduction, "not understood". */
export const menuCard = defineCard({
  name: 'menu',
  view: z.strictObject({
    title: text(120),
    lines: z.array(z.strictObject({ text: text(600) })),
    choices: z.array(z.strictObject({ title: plain(60), command: opaque(), note: text(200) })),
    /** Where the next commands are, of too many for one card; `more` is the button to them. */
    from: opaque().optional(),
    more: plain(60).optional(),
    footer: text(400).optional(),
  }),
  samples: [
    {
      title: 'I did not understand that.',
      lines: [{ text: 'Did you mean one of these?' }],
      choices: [
        {
          title: 'Should I open an ICM?',
          command: 'should-i-open',
          note: 'A few questions, then a verdict with its rule.',
        },
        { title: 'Which ICM severity?', command: 'severity', note: 'For example: sev a?' },
      ],
      from: '16',
      more: 'More (12)',
      footer: 'Write “help” to see everything I can do.',
    },
    { title: 'Hello', lines: [], choices: [] },
  ],
});

/** Commands that are shown to people, in the order of the features. */
export function shownCommands(services: Services): Command[] {
  return services.features.flatMap((feature) => feature.commands ?? []).filter((command) => !command.hidden);
}

const choice = (command: Command) => ({
  title: command.title,
  command: command.name,
  note: `${command.summary} For example: “${command.examples[0]}”`,
});

const purpose =
  'I help with incident tickets (ICMs): whether to open one, and with which severity. I keep track of them, and remind you of the updates that you promised the customer. What I advise names the rule that it rests on.';

/** Who reads along, and how to reach the bot; differs between a personal chat and a channel. */
const manners = (place: Place) =>
  place.kind === 'personal'
    ? ['Ask me in your own words. Nobody else sees what you ask me here.']
    : [
        'Ask me in your own words. I only read lines that mention me, so begin with @ and my name; the buttons work without it.',
        'Everybody here can read along. What is not for everybody, ask me in a personal chat.',
      ];

/** A card holds about 25 commands; in fewer one finds what one looks for. */
const onePage = 16;

function helpCard(services: Services, title: string, place: Place, from = 0) {
  const commands = shownCommands(services).filter((command) => command.name !== 'help');
  const left = commands.length - from - onePage;
  return cardReply(menuCard, {
    title,
    lines: [purpose, ...manners(place)].map((line) => ({ text: line })),
    choices: commands.slice(from, from + onePage).map(choice),
    ...(left > 0
      ? { from: String(from + onePage), more: `More (${left})` }
      : from > 0
        ? { from: '0', more: 'Back to the first' }
        : {}),
    footer: 'During a check you can also write: back, change, start over, cancel.',
  });
}

/** What to say to the small words that need no card. */
const small: Readonly<Record<string, string>> = {
  thanks: 'You are welcome.',
  'thank you': 'You are welcome.',
  thx: 'You are welcome.',
  ok: 'Fine. Write “help” to see what I can do.',
  cancel: 'There is nothing to cancel: you have no open check here.',
  back: 'There is nothing to go back to: you have no open check here.',
  'start over': 'You have no open check here. Write “should I open an ICM?” to start one.',
};
const smallWords = {
  ...small,
  exit: small['cancel'],
  stop: small['cancel'],
  'go back': small['back'],
  undo: small['back'],
  restart: small['start over'],
  reset: small['start over'],
};

export const helpFeature: Feature = {
  name: 'help',
  commands: [
    {
      name: 'help',
      title: 'Help',
      summary: 'Shows what I can do.',
      examples: ['help', '?', 'what can you do?', 'hi', 'hello', 'examples', 'list commands', 'options'],
      intents: ['help'],
      run: (turn, services): Outcome => ({ reply: helpCard(services, 'What I can do', turn.place) }),
    },
    {
      name: 'small-talk',
      title: 'Thanks',
      summary: 'Answers small words.',
      hidden: true,
      examples: Object.keys(smallWords) as [string, ...string[]],
      run: (turn): Outcome => {
        const said = Object.entries(smallWords).find(
          ([words]) =>
            turn.text
              .toLowerCase()
              .replace(/[^a-z ]/g, '')
              .trim() === words,
        );
        return say(said?.[1] ?? 'You are welcome.');
      },
    },
  ],
  actions: [
    action({
      verb: 'help/run',
      data: z.object({ command: z.string().max(100) }),
      async run(turn, services): Promise<Outcome> {
        const command = shownCommands(services).find((candidate) => candidate.name === turn.data.command);
        if (!command) return say('That is not there any more. Write “help” to see what I can do.');
        return asNewMessage(await command.run({ ...turn, text: command.examples[0], dialog: undefined }, services));
      },
    }),
    action({
      verb: 'help/page',
      readOnly: true,
      data: z.object({ from: z.coerce.number().int().min(0).max(1_000) }),
      run: (turn, services): Outcome => ({
        reply: helpCard(services, 'What I can do', turn.place, turn.data.from),
      }),
    }),
  ],
  introduction: (place, services) => helpCard(services, 'Hello, I am the ICM Guide', place),
};
