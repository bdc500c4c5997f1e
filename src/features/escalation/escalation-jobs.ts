import { cardReply } from '../card.ts';
import { drop, type Delivery, type Job, type Person, type Posting, type Services } from '../feature.ts';
import { toPersonalChat } from '../personal-chat.ts';
import { addresseesOf, alsoAsked } from './addressees.ts';
import { escalationNewsCard } from './escalation-cards.ts';
import {
  clocksOf,
  delivery as deliveryOf,
  jobNames,
  redraws,
  smePlaceOf,
  stageOf,
  canBeOffered,
} from './escalation-plan.ts';
import { addTrail, changeEscalation, escalationById, keepPlace, keepSmeMessage, trailOf } from './escalation-store.ts';
import { anSmeOf, escalationReply, idsOf, stateOf, zoneOf } from './escalation-view.ts';
import type { Escalation } from './escalation.ts';
import { emailReply } from './sme-email.ts';

const load = async (delivery: Pick<Delivery, 'tenantId' | 'subject'>, services: Services) =>
  escalationById(services.records, delivery.tenantId, delivery.subject);

/** Runs a job on the request as it was planned for: one that has changed since has a delivery of its own. */
const onRevision =
  (work: (escalation: Escalation, delivery: Delivery, now: Date, services: Services) => Promise<Posting>): Job['run'] =>
  async (delivery, now, services) => {
    const escalation = await load(delivery, services);
    if (!escalation) return drop('there is no such request');
    if (escalation.revision !== stageOf(delivery.stage).revision) return drop('it has changed since');
    return work(escalation, delivery, now, services);
  };

const titleOf = ({ icmNumber }: Escalation) => `CSAT escalation of ICM ${icmNumber}`;

/** The SMEs' message, in a thread of its own: it shows the request as it is when it goes out. */
const askSmes: Job['run'] = async (delivery, now, services) => {
  const escalation = await load(delivery, services);
  if (!escalation) return drop('there is no such request');
  if (escalation.state !== 'open') {
    // A first one may be out, and nobody knows its id any more: another shows how it ended.
    if (!delivery.repeat) return drop('it is over');
    return {
      kind: 'post',
      opensThread: true,
      reply: await escalationReply(escalation, 'reader', now, services, { repeat: true }),
      summary: `${titleOf(escalation)}: ${escalation.state}`,
    };
  }
  const { found, missing, keep } = await addresseesOf(escalation, delivery.place, services);
  const reply = await escalationReply(escalation, 'reader', now, services, {
    mentions: found,
    call: `Please look at this request and decide.${alsoAsked(missing)}`,
    repeat: delivery.repeat,
  });
  return {
    kind: 'post',
    opensThread: true,
    reply,
    summary: `${titleOf(escalation)}: ${escalation.requester.name} asks for a decision`,
    change: keep,
    // Draws it anew if something has happened while it was on its way.
    then: [deliveryOf(escalation, jobNames.showSmes, delivery.place, now, 'posted')],
  };
};

const showSmes: Job['run'] = async (delivery, now, services) => {
  const escalation = await load(delivery, services);
  const { revision, kind } = stageOf(delivery.stage);
  if (!escalation?.smeMessage?.activityId) return drop('the SMEs have no message yet');
  // Right after the post there is something to draw only if the request has changed while it was on its way.
  const isNewer = escalation.revision !== revision;
  if (kind === 'posted' ? !isNewer : isNewer) return drop('it is drawn so already, or a newer one follows');
  return replaced(escalation, now, services);
};

async function replaced(escalation: Escalation, now: Date, services: Services): Promise<Posting> {
  const activityId = escalation.smeMessage?.activityId ?? '';
  return { kind: 'replace', activityId, reply: await escalationReply(escalation, 'reader', now, services) };
}

const showRequester = onRevision(async (escalation, _delivery, now, services) =>
  escalation.cardActivityId === undefined
    ? drop('there is no card')
    : {
        kind: 'replace',
        activityId: escalation.cardActivityId,
        reply: await escalationReply(escalation, 'bystander', now, services),
      },
);

interface News {
  readonly headline: string;
  readonly mentions: readonly Pick<Person, 'name' | 'teamsId'>[];
  readonly call?: string;
  readonly lines: readonly string[];
  readonly canAnswer?: boolean;
  readonly more?: Pick<Extract<Posting, { kind: 'post' }>, 'change'>;
}

function post(escalation: Escalation, delivery: Delivery, news: News): Posting {
  const { headline, mentions, call, lines, canAnswer = false } = news;
  return {
    kind: 'post',
    reply: cardReply(escalationNewsCard, {
      ...idsOf(escalation),
      headline,
      mentions: mentions.map(({ name, teamsId }) => ({ name, id: teamsId })),
      ...(call === undefined ? {} : { call }),
      repeat: delivery.repeat,
      lines: lines.map((text) => ({ text })),
      canAnswer,
    }),
    summary: `${titleOf(escalation)}: ${headline}`,
    ...news.more,
  };
}

const tellRequester = onRevision(async (escalation, delivery, now, services) => {
  const { requester, state, question } = escalation;
  const zone = await zoneOf(requester, services);
  if (state === 'open' && question)
    return post(escalation, delivery, {
      headline: `${question.by.name} asks about the escalation of ICM ${escalation.icmNumber}`,
      mentions: [requester],
      call: 'Please answer below, so that it can be decided.',
      lines: [question.text],
      canAnswer: true,
    });
  if (state === 'open') return drop('nothing to tell');
  return post(escalation, delivery, {
    headline: `The escalation of ICM ${escalation.icmNumber} is ${state}`,
    mentions: [requester],
    lines: [
      stateOf(escalation, zone, now),
      ...(state === 'declined'
        ? [`With something new it can be asked for again: write “escalate ${escalation.icmNumber}”.`]
        : []),
    ],
  });
});

/** In the SMEs' thread: an answer to whoever asked, or that other SMEs are asked from now on. */
const tellSmes = onRevision(async (escalation, delivery, _now, services) => {
  if (escalation.state !== 'open') return drop('it is over');
  if (stageOf(delivery.stage).kind === 'answer') {
    const talk = (await trailOf(services.records, escalation.id)).filter(
      ({ step }) => step === 'asked' || step === 'answered',
    );
    const answered = talk.at(-1);
    const asked = talk.at(-2);
    const asker =
      asked?.actor &&
      (await addresseesOf(
        escalation,
        delivery.place,
        services,
        ({ aadObjectId }) => aadObjectId === asked.actor?.aadObjectId,
      ));
    return post(escalation, delivery, {
      headline: `${answered?.actor?.name ?? 'The requester'} has answered about ICM ${escalation.icmNumber}`,
      mentions: asker?.found ?? [],
      lines: [answered?.words ?? ''],
      ...(asker ? { more: { change: asker.keep } } : {}),
    });
  }
  const { found, missing, keep } = await addresseesOf(escalation, delivery.place, services);
  return post(escalation, delivery, {
    headline: `ICM ${escalation.icmNumber}: ${escalation.isOffered ? 'an SME of any region may decide now' : `${anSmeOf(escalation.region)} is asked now`}`,
    mentions: found,
    call: `Please look at the request and decide.${alsoAsked(missing)}`,
    lines: [],
    more: { change: keep },
  });
});

/** Whoever is waited for is reminded, once: the SMEs, or the requester who has not answered yet. */
const nudge = onRevision(async (escalation, delivery, now, services) => {
  const { state, question, requester } = escalation;
  if (state !== 'open') return drop('it is over');
  const trail = addTrail(escalation.id, {
    at: now,
    actor: undefined,
    step: question ? 'reminded the requester' : 'reminded the SMEs',
    revision: escalation.revision,
    words: '',
  });
  if (question)
    return post(escalation, delivery, {
      headline: `The question about ICM ${escalation.icmNumber} is still open`,
      mentions: [requester],
      call: `${question.by.name} waits for your answer before deciding.`,
      lines: [question.text],
      canAnswer: true,
      more: { change: trail },
    });
  const { found, missing, keep } = await addresseesOf(escalation, delivery.place, services);
  return post(escalation, delivery, {
    headline: `ICM ${escalation.icmNumber} still waits for a decision`,
    mentions: found,
    call: `Please look at the request and decide.${alsoAsked(missing)}`,
    lines: [],
    more: { change: async (transaction) => (await keep(transaction)) && trail(transaction) },
  });
});

/** Nobody of the region has decided: where the playbook allows it, the SMEs of the other regions may as well. */
const offer = onRevision(async (escalation, _delivery, now, services) => {
  if (escalation.state !== 'open' || escalation.question || !canBeOffered(escalation, services))
    return drop('not offered');
  const after: Escalation = { ...escalation, isOffered: true, revision: escalation.revision + 1, updatedAt: now };
  const smes = smePlaceOf(after, services);
  return {
    kind: 'drop',
    reason: 'offered to the other regions',
    change: all(
      changeEscalation(escalation, { isOffered: true }, now),
      addTrail(escalation.id, {
        at: now,
        actor: undefined,
        step: 'offered to the SMEs of other regions',
        revision: after.revision,
        words: '',
      }),
    ),
    then: [
      ...redraws(after, now, services),
      ...(smes ? [deliveryOf(after, jobNames.tellSmes, smes, now, 'offer')] : []),
      ...clocksOf(after, now, services),
    ],
  };
});

/** Nobody has decided in time: it is over, and the requester is told. */
const expire = onRevision(async (escalation, _delivery, now, services) => {
  if (escalation.state !== 'open') return drop('it is over');
  const after: Escalation = { ...escalation, state: 'expired', revision: escalation.revision + 1, updatedAt: now };
  return {
    kind: 'drop',
    reason: 'expired',
    change: all(
      changeEscalation(escalation, { state: 'expired', question: undefined }, now),
      addTrail(escalation.id, { at: now, actor: undefined, step: 'expired', revision: after.revision, words: '' }),
    ),
    then: [...redraws(after, now, services), deliveryOf(after, jobNames.tellRequester, escalation.place, now)],
  };
});

const all =
  (...changes: readonly NonNullable<Extract<Posting, { kind: 'drop' }>['change']>[]): (typeof changes)[number] =>
  async (transaction) => {
    for (const change of changes) if (!(await change(transaction))) return false;
    return true;
  };

/** The SMEs were surely or perhaps not reached: the requester is told, and given the email instead. */
const smesNotReached: Job['undelivered'] = async (delivery, why, services) => {
  const escalation = await load(delivery, services);
  return escalation?.state === 'open'
    ? [deliveryOf(escalation, jobNames.undelivered, escalation.place, delivery.dueAt, why.state)]
    : [];
};

const tellUndelivered: Job['run'] = async (delivery, _now, services) => {
  const escalation = await load(delivery, services);
  if (!escalation || escalation.state !== 'open') return drop('it is over');
  const reason =
    stageOf(delivery.stage).kind === 'parked'
      ? 'I could not post your request in the SMEs’ channel.'
      : 'I do not know whether your request has arrived in the SMEs’ channel.';
  const reply = emailReply(escalation, services, [reason, 'It stays open here: an SME who finds it can decide on it.']);
  return { kind: 'post', reply, summary: `${titleOf(escalation)}: ${reason}` };
};

/** What does not reach the requester where they asked is told in their personal chat, if there is one. */
const requesterNotReached: Job['undelivered'] = async (delivery, _why, services) => {
  const escalation = await load(delivery, services);
  if (!escalation) return [];
  const stage = `${delivery.stage.split(':', 1)[0] ?? ''}:chat`;
  return toPersonalChat(delivery, { stage }, escalation.requester, services);
};

/** A thread has opened: what follows of the request there goes into it. */
const follow =
  (delivery: Delivery, conversationId: string): NonNullable<ReturnType<NonNullable<Job['moved']>>> =>
  async (transaction) => {
    await transaction.query(
      `UPDATE outbox SET conversation_id = $4
       WHERE tenant_id = $1 AND subject = $2 AND conversation_id = $3 AND state = 'waiting'`,
      [delivery.tenantId, delivery.subject, delivery.place.conversationId, conversationId],
    );
    return true;
  };

const smesMoved: Job['moved'] = (delivery, { conversationId }) =>
  all(
    keepSmeMessage(delivery.subject, conversationId, conversationId.split(';messageid=', 2)[1]),
    follow(delivery, conversationId),
  );

const requesterMoved: Job['moved'] = (delivery, place) =>
  all(keepPlace(delivery.subject, place), follow(delivery, place.conversationId));

/** A thread of the SMEs that is gone: what is said opens a new one, but the request itself stays where it was. */
const smesReplyMoved: Job['moved'] = (delivery, { conversationId }) => follow(delivery, conversationId);

export const escalationJobs: readonly Job[] = [
  { name: jobNames.askSmes, run: askSmes, moved: smesMoved, undelivered: smesNotReached },
  { name: jobNames.showSmes, run: showSmes },
  { name: jobNames.showRequester, run: showRequester },
  { name: jobNames.tellSmes, run: tellSmes, moved: smesReplyMoved },
  { name: jobNames.tellRequester, run: tellRequester, moved: requesterMoved, undelivered: requesterNotReached },
  { name: jobNames.undelivered, run: tellUndelivered, moved: requesterMoved },
  { name: jobNames.nudge, run: nudge },
  { name: jobNames.offer, run: offer },
  { name: jobNames.expire, run: expire },
];
