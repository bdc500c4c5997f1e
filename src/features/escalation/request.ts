import { cardReply } from '../card.ts';
import { noteCard } from '../advice/advice-cards.ts';
import type { ActionTurn, Outcome, Services } from '../feature.ts';
import { mayChangeEscalation } from './access.ts';
import { canBeDecided, regionsOf, smeChannelOf } from './approvers.ts';
import { mostWords } from './decide.ts';
import { changedFields, checkDraft, detailLines, draftOf, type Draft } from './escalation-draft.ts';
import { formReply } from './escalation-form.ts';
import { clocksOf, delivery, jobNames, redraws, smePlaceOf } from './escalation-plan.ts';
import { addEscalation, addTrail, changeEscalation, escalationsOfIcm } from './escalation-store.ts';
import { anSmeOf, escalationReply } from './escalation-view.ts';
import { asRequested, type Escalation } from './escalation.ts';
import { onEscalation, older, shown, type Where } from './show-escalation.ts';
import { emailReply } from './sme-email.ts';
import { stopClocks } from './stop-clocks.ts';

export interface SaveData extends Draft {
  readonly escalation: string;
  readonly revision: number;
  /** The case is over, and an SME shall be asked all the same (F41). */
  readonly late: boolean;
}

/** The request for an ICM that is open or approved: a second one leads to it. */
export async function standingRequest(
  icmNumber: string,
  tenantId: string,
  services: Services,
): Promise<Escalation | undefined> {
  const all = await escalationsOfIcm(services.records, tenantId, icmNumber);
  return all.find(({ state }) => state === 'open' || state === 'approved');
}

/** Leads to the request that there is. */
export async function leadTo(escalation: Escalation, turn: Where, services: Services): Promise<Outcome> {
  const notice =
    escalation.state === 'approved'
      ? 'This ICM is CSAT Impacting already: it was approved. Nothing new was sent.'
      : `${escalation.requester.name} has asked for it already. Nothing new was sent.`;
  return shown(escalation, turn, services, { notice });
}

/** The form was sent: a new request, or other details of one. */
export async function save(turn: ActionTurn<SaveData>, services: Services): Promise<Outcome> {
  if (turn.data.escalation !== '')
    return onEscalation(turn, services, async (escalation) => saveChanges(escalation, turn, services));
  const { number, details, problems } = checkDraft(turn.data, regionsOf(services.playbook, turn.person.tenantId));
  const standing = problems.some(({ label }) => label === 'ICM number')
    ? undefined
    : await standingRequest(number, turn.person.tenantId, services);
  if (standing) return leadTo(standing, turn, services);
  if (problems.length > 0) return { reply: formReply(turn.data, turn, services, { problems }) };
  if (details.caseStatus !== 'open' && !turn.data.late)
    return { reply: formReply(turn.data, turn, services, { isLate: true }) };

  const { person, place, now } = turn;
  const judge = details.exceptional ? { id: person.aadObjectId, name: person.name } : undefined;
  const escalation: Escalation = {
    ...details,
    id: services.newId(),
    tenantId: person.tenantId,
    icmNumber: number,
    judge,
    requester: person,
    place,
    cardActivityId: turn.cardActivityId,
    ...asRequested(now),
  };
  const byEmail = whyByEmail(escalation, turn, services);
  if (byEmail.length > 0) return { reply: emailReply(escalation, services, byEmail), forEverybody: true };
  const line = { at: now, actor: person, revision: 1 };
  const smes = smePlaceOf(escalation, services);
  return {
    reply: await escalationReply(escalation, 'bystander', now, services, {
      notice: `The SMEs are asked now. I tell you here what ${anSmeOf(details.region)} says.`,
    }),
    forEverybody: true,
    changes: [
      addEscalation(escalation),
      addTrail(escalation.id, { ...line, step: 'requested', words: detailLines(details) }),
      ...(judge ? [addTrail(escalation.id, { ...line, step: 'judged exceptionally bad', words: '' })] : []),
      services.deliver([
        ...(smes ? [delivery(escalation, jobNames.askSmes, smes, now)] : []),
        ...clocksOf(escalation, now, services),
      ]),
    ],
    audit: {
      event: 'escalation requested',
      subject: escalation.id,
      details: { icm: number, region: details.region, exceptional: details.exceptional },
    },
  };
}

/** Why it cannot be asked here, one sentence each; none when it can. */
function whyByEmail(escalation: Escalation, turn: Where, { playbook }: Services): readonly string[] {
  return [
    ...(smeChannelOf(playbook, escalation.tenantId, turn.place)
      ? []
      : ['No channel of the SMEs is set up here, so I cannot post it to them.']),
    ...(canBeDecided(escalation, playbook) ? [] : ['No SMEs are named here, so nobody could approve it with me.']),
  ];
}

async function saveChanges(escalation: Escalation, turn: ActionTurn<SaveData>, services: Services): Promise<Outcome> {
  const { person, now } = turn;
  const denied = await denyChange(escalation, turn, services);
  if (denied) return denied;
  const draft: Draft = { ...turn.data, number: escalation.icmNumber };
  if (turn.data.revision !== escalation.revision)
    return {
      reply: formReply(draft, turn, services, { escalation, notice: `${older} Saving again takes your text.` }),
    };
  const { details, problems } = checkDraft(draft, regionsOf(services.playbook, person.tenantId));
  if (problems.length > 0) return { reply: formReply(draft, turn, services, { escalation, problems }) };
  if (details.caseStatus !== 'open' && escalation.caseStatus === 'open' && !turn.data.late)
    return { reply: formReply(draft, turn, services, { escalation, isLate: true }) };
  const changed = changedFields(escalation, details);
  if (changed.length === 0) return shown(escalation, turn, services, { notice: 'Nothing was different.' });
  const judge = !details.exceptional ? undefined : (escalation.judge ?? { id: person.aadObjectId, name: person.name });
  const after: Escalation = { ...escalation, ...details, judge, revision: escalation.revision + 1, updatedAt: now };
  const line = { at: now, actor: person, revision: after.revision };
  const smes = smePlaceOf(after, services);
  return {
    ...changedReply(after, turn),
    reply: await escalationReply(after, 'bystander', now, services, { notice: `Changed: ${changed.join(', ')}.` }),
    changes: [
      changeEscalation(escalation, { details, judge, editor: person }, now),
      addTrail(escalation.id, { ...line, step: 'changed', words: detailLines(details) }),
      ...(judge && !escalation.judge
        ? [addTrail(escalation.id, { ...line, step: 'judged exceptionally bad', words: '' })]
        : []),
      ...stopClocks(escalation, services),
      services.deliver([
        ...redraws(after, now, services),
        // Other people are asked now, so they are told.
        ...(smes && details.region !== escalation.region
          ? [delivery(after, jobNames.tellSmes, smes, now, 'region')]
          : []),
        ...clocksOf(after, now, services),
      ]),
    ],
    audit: { event: 'escalation changed', subject: escalation.id, details: { fields: changed.join(', ') } },
  };
}

/** What is pressed on the requester's own card is shown to everybody there; elsewhere only to whoever pressed. */
const changedReply = ({ cardActivityId }: Escalation, turn: ActionTurn): Pick<Outcome, 'forEverybody'> =>
  cardActivityId !== undefined && turn.cardActivityId === cardActivityId ? { forEverybody: true } : {};

/** Who may not, and what is over, gets the present state; `undefined`: go on. */
async function denyChange(escalation: Escalation, turn: Where, services: Services): Promise<Outcome | undefined> {
  if (!(await mayChangeEscalation(escalation, turn.person, services)))
    return {
      ...(await shown(escalation, turn, services, {
        notice: `Nothing was changed. Only ${escalation.requester.name}, who asked, or whoever stands in can do that.`,
      })),
      audit: {
        event: 'escalation refused',
        subject: escalation.id,
        details: { verb: 'change', because: 'not theirs' },
      },
    };
  if (escalation.state !== 'open')
    return shown(escalation, turn, services, { notice: 'That is settled already. Nothing was changed.' });
  return undefined;
}

export interface RevisionData {
  readonly escalation: string;
  readonly revision: number;
}

/** The form with what is known; it changes nothing. */
export async function edit(turn: ActionTurn<RevisionData>, services: Services): Promise<Outcome> {
  return onEscalation(turn, services, async (escalation) => {
    const denied = await denyChange(escalation, turn, services);
    if (denied?.reply) return { reply: denied.reply };
    return { reply: formReply(draftOf(escalation), turn, services, { escalation }) };
  });
}

export async function withdraw(turn: ActionTurn<RevisionData>, services: Services): Promise<Outcome> {
  return onEscalation(turn, services, async (escalation) => {
    const denied = await denyChange(escalation, turn, services);
    if (denied) return denied;
    if (turn.data.revision !== escalation.revision) return shown(escalation, turn, services, { notice: older });
    return { ...(await withdrawn(escalation, turn, services)), ...changedReply(escalation, turn) };
  });
}

/** Takes an open request back. */
export async function withdrawn(escalation: Escalation, turn: Where, services: Services): Promise<Outcome> {
  const { person, now } = turn;
  const after: Escalation = {
    ...escalation,
    state: 'withdrawn',
    revision: escalation.revision + 1,
    question: undefined,
    updatedAt: now,
  };
  return {
    reply: await escalationReply(after, 'bystander', now, services),
    changes: [
      changeEscalation(escalation, { state: 'withdrawn', question: undefined }, now),
      addTrail(escalation.id, { at: now, actor: person, step: 'withdrawn', revision: after.revision, words: '' }),
      ...stopClocks(escalation, services),
      services.deliver(redraws(after, now, services)),
    ],
    audit: { event: 'escalation withdrawn', subject: escalation.id, details: { icm: escalation.icmNumber } },
  };
}

export interface AnswerData extends RevisionData {
  readonly answer: string;
}

/** The requester answers an SME's question. Whoever answers has a part in the request and does not decide on it. */
export async function answer(turn: ActionTurn<AnswerData>, services: Services): Promise<Outcome> {
  return onEscalation(turn, services, async (escalation) => {
    const denied = await denyChange(escalation, turn, services);
    if (denied) return denied;
    const typed = { answer: turn.data.answer };
    const { question } = escalation;
    if (!question) return shown(escalation, turn, services, { notice: 'No question is open. Nothing was changed.' });
    if (turn.data.revision !== escalation.revision) return shown(escalation, turn, services, { notice: older, typed });
    const words = turn.data.answer.trim();
    if (words === '' || [...words].length > mostWords)
      return shown(escalation, turn, services, {
        notice:
          words === ''
            ? 'Please write your answer first. Nothing was sent.'
            : `Your answer has ${[...words].length} characters; ${mostWords} are the most. Nothing was sent.`,
        typed,
      });
    const { person, now } = turn;
    const after: Escalation = {
      ...escalation,
      revision: escalation.revision + 1,
      question: undefined,
      updatedAt: now,
    };
    const smes = smePlaceOf(after, services);
    const isOwnCard = turn.cardActivityId === escalation.cardActivityId;
    return {
      reply: isOwnCard
        ? await escalationReply(after, 'bystander', now, services, { notice: 'The SMEs have your answer.' })
        : cardReply(noteCard, {
            line: `${person.name} has answered ${question.by.name}’s question about ICM ${escalation.icmNumber}.`,
            canStart: false,
          }),
      forEverybody: true,
      changes: [
        changeEscalation(escalation, { question: undefined, editor: person }, now),
        addTrail(escalation.id, { at: now, actor: person, step: 'answered', revision: after.revision, words }),
        ...stopClocks(escalation, services),
        services.deliver([
          ...redraws(after, now, services),
          ...(smes ? [delivery(after, jobNames.tellSmes, smes, now, 'answer')] : []),
          ...clocksOf(after, now, services),
        ]),
      ],
      audit: { event: 'escalation answered', subject: escalation.id, details: { icm: escalation.icmNumber } },
    };
  });
}
