import { z } from 'zod';
import { cardReply } from '../card.ts';
import {
  action,
  asNewMessage,
  say,
  type ActionTurn,
  type Feature,
  type MessageTurn,
  type Outcome,
  type Reply,
  type Services,
} from '../feature.ts';
import type { Actor } from '../follow-ups/follow-up-steps.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { checkMessage } from './check-message.ts';
import { findingsReply } from './check-view.ts';
import { checkFormCard, privateCard } from './message-check-cards.ts';
import { promiseIn, remind } from './promise-reminder.ts';
import { looksLikeMessage, readCheckRequest, type Audience } from './read-check-request.ts';
import { sharingReply } from './what-to-share.ts';

/*
 * A draft is customer data. It is in the turn, in the reply and nowhere else: no outcome that holds it changes
 * anything, so nothing of it is kept for a repeat (a repeat computes again), and it is never logged.
 */

const audience = z.enum(['customer', 'internal']).catch('customer');
const draft = z.string().max(300_000).default('').catch('');
const draftFields = { text: draft, audience: audience.default('customer') };

const formReply = (problem?: string, text = '', of: Audience = 'customer', canWrite = true): Reply =>
  cardReply(checkFormCard, {
    heading: 'Can I send this?',
    lines: [
      {
        text: 'I look for what must not leave the house and for what is missing. I read the text once and do not keep it.',
      },
    ],
    ...(problem === undefined ? {} : { problem }),
    text,
    audience: of,
    canWrite,
  });

/** The check of a text as a reply; what is missing to check is asked for. */
export async function checked(
  text: string,
  of: Audience,
  actor: Actor,
  services: Services,
  said: {
    readonly notices?: readonly string[];
    /** In place of "You can send it", where nothing was found. */
    readonly clean?: string;
    readonly inDialog?: boolean;
    /** The reminder of its promise is set, so none is offered. */
    readonly isReminded?: boolean;
    /** The ICM that the message is about, where it is known. */
    readonly icm?: Icm;
  } = {},
): Promise<Reply> {
  if (text.trim() === '')
    return formReply('There is no text in it yet. Please paste the message.', '', of, !said.inDialog);
  const check = checkMessage(text, { audience: of, playbook: services.playbook });
  const promise = said.isReminded ? undefined : await promiseIn(check, text, actor, services, said.icm);
  const { notices, clean } = said;
  return findingsReply(
    {
      check,
      audience: of,
      ...(notices ? { notices } : {}),
      ...(clean !== undefined && check.findings.length === 0 ? { heading: clean } : {}),
      ...(promise ? { promise } : {}),
    },
    services.playbook,
  );
}

const instead =
  'Or select “…” (More options) on a message and then “Check customer message”: only you see what comes of it.';

function offerPrivate(pasted: boolean): Outcome {
  return {
    reply: cardReply(privateCard, {
      lines: [
        {
          text: pasted
            ? 'Everybody here can read what you pasted, so I did not check it here. If it tells something about a customer, better delete your message. I can check it in our personal chat, where only you read along.'
            : 'Everybody here can read along, so I check messages to customers in our personal chat.',
        },
        { text: instead },
      ],
      what: 'check',
      icm: '',
      variant: '',
    }),
  };
}

async function typed(turn: MessageTurn, services: Services): Promise<Outcome> {
  const request =
    readCheckRequest(turn.text) ??
    (looksLikeMessage(turn.text) ? { text: turn.text, audience: 'customer' as const } : undefined);
  if (!request) return { reply: sharingReply(turn.text, services) };
  if (turn.place.kind !== 'personal') return offerPrivate(request.text !== '');
  if (request.text === '') return { reply: formReply(undefined, '', request.audience) };
  return { reply: await checked(request.text, request.audience, turn, services) };
}

const noChat =
  'I am not in a personal chat with you yet, so I say nothing there. In Teams open Apps, search for my name and select Add. Then press the button again.';

/** Posts `reply` in the person's personal chat; what is shown where the button was is a sentence. */
export async function inPrivate(turn: ActionTurn, reply: Reply, services: Services): Promise<Outcome> {
  const chat = await services.personalChat(turn.person);
  if (!chat) return say(noChat);
  return { reply: { kind: 'text', text: 'I wrote to you in our personal chat.' }, sends: [{ to: chat, reply }] };
}

const remindData = z.object({
  ...draftFields,
  at: z.iso.datetime().optional(),
  zone: z.string().max(60).default(''),
  when: z.string().max(200).default(''),
  icm: z.string().max(100).default(''),
  which: z.string().max(100).default(''),
  number: z.string().max(100).default(''),
});

/** From the promise of a message to its reminder. In a dialog the message stays to be copied. */
async function remindOf(turn: ActionTurn<z.output<typeof remindData>>, services: Services): Promise<Outcome> {
  const { text, audience: of } = turn.data;
  const place = turn.inDialog ? await services.personalChat(turn.person) : turn.place;
  const reminded = await remind(turn.data, turn, place, services);
  if (!turn.inDialog) return reminded.kind === 'set' ? asNewMessage(reminded.outcome) : say(reminded.sentence);
  const shown =
    text.trim() === ''
      ? undefined
      : await checked(text, of, turn, services, {
          notices: [reminded.sentence],
          inDialog: true,
          isReminded: reminded.kind === 'set',
        });
  const reply: Reply = shown ?? { kind: 'text', text: reminded.sentence };
  // The reply holds the message again, so only the sentence is kept for a repeat.
  return reminded.kind === 'set' ? { ...reminded.outcome, reply, keptAs: reminded.sentence } : { reply };
}

export const messageCheckFeature: Feature = {
  name: 'message-check',
  commands: [
    {
      name: 'check-message',
      title: 'Can I send this?',
      summary: 'Reads a message to a customer before you send it: what must not leave the house, what is missing.',
      examples: ['can I send this?', 'check message', 'what can I share with the customer?'],
      intents: ['what_to_share'],
      run: typed,
    },
  ],
  interrupts: (text) => {
    const request = readCheckRequest(text);
    return (request && request.text !== '') || looksLikeMessage(text) ? 'check-message' : undefined;
  },
  claims: (text) => (readCheckRequest(text) ? 'check-message' : undefined),
  actions: [
    action({
      verb: 'message-check/check',
      readOnly: true,
      data: z.object(draftFields),
      run: async (turn, services): Promise<Outcome> => ({
        reply: await checked(turn.data.text, turn.data.audience, turn, services, { inDialog: turn.inDialog }),
      }),
    }),
    action({
      verb: 'message-check/form',
      data: z.object({}),
      run: (turn): Outcome =>
        turn.place.kind === 'personal' || turn.inDialog
          ? asNewMessage({ reply: formReply() })
          : asNewMessage(offerPrivate(false)),
    }),
    action({
      verb: 'message-check/private',
      data: z.object({}),
      run: (turn, services) => inPrivate(turn, formReply(), services),
    }),
    action({ verb: 'message-check/remind', data: remindData, run: remindOf }),
  ],
  extensions: [
    {
      id: 'checkCustomerMessage',
      title: 'Check customer message',
      description: 'Finds what must not leave the house and what is missing. Only you see it; nothing is kept.',
      contexts: ['message', 'compose', 'commandBox'],
      verbs: ['message-check/check', 'message-check/remind'],
      async open(turn, services): Promise<Outcome> {
        const { message } = turn;
        if (message === undefined || message === '') {
          const problem = 'That message has no text that I can read. Please paste it here.';
          return { reply: formReply(message === '' ? problem : undefined, '', 'customer', false) };
        }
        // A message that asked the bot to check it, in a channel: what it holds behind the question.
        const asked = readCheckRequest(message);
        const [text, of] = asked && asked.text !== '' ? [asked.text, asked.audience] : [message, 'customer' as const];
        return { reply: await checked(text, of, turn, services, { inDialog: true }) };
      },
    },
  ],
};
