import { z } from 'zod';
import { cardReply, defineCard, text } from '../card.ts';
import {
  action,
  say,
  type ActionTurn,
  type Feature,
  type MessageTurn,
  type Outcome,
  type Services,
} from '../feature.ts';
import { forget, openIcmsOf } from './forget.ts';
import { WHAT_IS_KEPT } from './what-is-kept.ts';

const lines = z.array(z.strictObject({ text: text(600) }));

export const aboutCard = defineCard({
  name: 'about',
  view: z.strictObject({
    title: text(120),
    parts: z.array(z.strictObject({ title: text(120), lines })),
    /** Whether the button forgets at once, or only explains it. */
    asks: z.boolean(),
  }),
  samples: [
    { title: 'What I keep', parts: [{ title: 'Who sees it', lines: [{ text: 'Nobody else.' }] }], asks: false },
    { title: 'Shall I forget you?', parts: [], asks: true },
  ],
});

type Turn = Pick<MessageTurn | ActionTurn, 'person' | 'place'>;

function about({ place }: Turn, { playbook }: Services): Outcome {
  const seen =
    place.kind === 'personal'
      ? 'Nobody else sees what you ask me here.'
      : 'Everybody who can read this conversation sees what you ask me here. What is not for everybody, ask me in a personal chat.';
  return {
    reply: cardReply(aboutCard, {
      title: 'What I keep, and who sees it',
      parts: [
        {
          title: 'Who sees what you ask',
          lines: [
            { text: seen },
            {
              text: 'Your leads are told which topics had no answer and how often, never who asked. Words reach them only if you pass them on. They also see counts of the team by week, never of one person.',
            },
            {
              text: 'I understand your words by myself: they are not sent to a language model or any other service. Whoever runs me can look into the database.',
            },
          ],
        },
        {
          title: 'What I keep, and for how long',
          lines: WHAT_IS_KEPT.map(({ what, until }) => ({ text: `• ${what} Kept: ${until(playbook.retention)}.` })),
        },
      ],
      asks: false,
    }),
  };
}

async function ask({ person, place }: Turn, services: Services): Promise<Outcome> {
  if (place.kind !== 'personal') return say('That is between us: write “forget me” in our personal chat.');
  const open = await openIcmsOf(services.records, person);
  if (open.length > 0) return stillOpen(open);
  return {
    reply: cardReply(aboutCard, {
      title: 'Shall I forget you?',
      parts: [
        {
          title: 'This cannot be undone',
          lines: WHAT_IS_KEPT.map(({ what, forgotten }) => ({ text: `• ${what} ${forgotten}` })),
        },
        {
          title: 'What I cannot delete',
          lines: [
            { text: 'Messages that are in Teams already, and what a lead wrote into the playbook.' },
            { text: 'If you write to me again, I begin anew.' },
          ],
        },
      ],
      asks: true,
    }),
  };
}

const stillOpen = (open: readonly string[]): Outcome =>
  say(
    `You still look after open ICMs: ${open.join(', ')}. The team would lose sight of them. Resolve them or hand them over first (“hand over ${open[0]} to @name”), then write “forget me” again.`,
  );

export const aboutFeature: Feature = {
  name: 'about',
  commands: [
    {
      name: 'about',
      title: 'What do you keep about me?',
      summary: 'What I keep, for how long, and who sees it.',
      examples: [
        'what do you keep about me?',
        'privacy',
        'what data do you keep?',
        'who can see what I ask?',
        'who sees my questions?',
        'can others see what I ask you?',
        'how long do you keep my data?',
        'do you store my questions?',
        'about you',
      ],
      run: (turn, services) => about(turn, services),
    },
    {
      name: 'forget-me',
      title: 'Forget me',
      summary: 'Deletes what I keep about you.',
      hidden: true,
      examples: [
        'forget me',
        'delete my data',
        'forget everything about me',
        'how can I be forgotten?',
        'erase my data',
      ],
      run: (turn, services) => ask(turn, services),
    },
  ],
  actions: [
    action({ verb: 'about/ask', readOnly: true, data: z.object({}), run: (turn, services) => ask(turn, services) }),
    action({
      verb: 'about/forget',
      data: z.object({}),
      async run(turn, services): Promise<Outcome> {
        if (turn.place.kind !== 'personal') return ask(turn, services);
        const open = await openIcmsOf(services.records, turn.person);
        if (open.length > 0) return stillOpen(open);
        const alias = `forgotten-${services.newId()}`;
        return {
          reply: { kind: 'text', text: 'Done. I have forgotten you. If you write to me again, I begin anew.' },
          changes: [forget(turn.person, alias)],
          audit: { event: 'person forgotten', subject: alias, details: {} },
        };
      },
    }),
  ],
};
