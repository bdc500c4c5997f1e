import type { ActionTurn, Outcome, Services } from '../feature.ts';
import { maySeeEscalation } from './access.ts';
import { mayDecide } from './approvers.ts';
import { clocksOf, delivery, jobNames, redraws } from './escalation-plan.ts';
import { addTrail, changeEscalation, decideEscalation } from './escalation-store.ts';
import { escalationReply, type Extras } from './escalation-view.ts';
import type { Decision, Escalation } from './escalation.ts';
import { onEscalation, older, shown, type Where } from './show-escalation.ts';
import { stopClocks } from './stop-clocks.ts';

/** What the SMEs' card sends: the request, the revision that it showed, and all that was typed. */
export interface DecisionData {
  readonly escalation: string;
  readonly revision: number;
  readonly avoided: string;
  readonly reason: string;
  readonly question: string;
}

/** Longest words of a decision or a question, in characters. */
export const mostWords = 800;

/**
 * Guards every button of an SME: the request must be open and theirs to decide, by their verified id and not by
 * anything on the card, and the card must be of the present revision. Otherwise the present state is shown and nothing
 * changes; what was typed stays in its field.
 */
async function guarded(
  verb: string,
  turn: ActionTurn<DecisionData>,
  services: Services,
  act: (escalation: Escalation, typed: NonNullable<Extras['typed']>) => Promise<Outcome>,
): Promise<Outcome> {
  return onEscalation(turn, services, async (escalation) => {
    const { avoided, reason, question } = turn.data;
    const typed = { avoided, reason, question };
    if (!(await maySeeEscalation(escalation, turn.person, turn.place, services)))
      return refused(verb, 'private', escalation, turn, services);
    if (escalation.state !== 'open')
      return shown(escalation, turn, services, { notice: 'That is settled already. Nothing was changed.' });
    const allowed = await mayDecide(escalation, turn.person, services, true);
    if (!allowed.may) return refused(verb, allowed.because, escalation, turn, services, allowed.sentence);
    if (turn.data.revision !== escalation.revision)
      return shown(escalation, turn, services, { notice: older, typed }, true);
    return act(escalation, typed);
  });
}

async function refused(
  verb: string,
  because: string,
  escalation: Escalation,
  turn: Where,
  services: Services,
  sentence?: string,
): Promise<Outcome> {
  const notice = sentence === undefined ? {} : { notice: `Nothing was changed. ${sentence}` };
  return {
    ...(await shown(escalation, turn, services, notice)),
    audit: { event: 'escalation refused', subject: escalation.id, details: { verb, because } },
  };
}

const tooLong = (words: string): string | undefined =>
  [...words].length > mostWords
    ? `It has ${[...words].length} characters; ${mostWords} are the most. Nothing was changed.`
    : undefined;

export async function approve(turn: ActionTurn<DecisionData>, services: Services): Promise<Outcome> {
  return guarded('approve', turn, services, async (escalation, typed) => {
    const problem = tooLong(typed.avoided?.trim() ?? '');
    if (problem) return shown(escalation, turn, services, { notice: problem, typed }, true);
    return decided('approved', typed.avoided?.trim() ?? '', escalation, turn, services);
  });
}

export async function decline(turn: ActionTurn<DecisionData>, services: Services): Promise<Outcome> {
  return guarded('decline', turn, services, async (escalation, typed) => {
    const reason = typed.reason?.trim() ?? '';
    const problem =
      reason === ''
        ? 'Please write why under “Decline …”: the requester gets to read it. Nothing was changed.'
        : tooLong(reason);
    if (problem) return shown(escalation, turn, services, { notice: problem, typed }, true);
    return decided('declined', reason, escalation, turn, services);
  });
}

async function decided(
  decision: Decision['decision'],
  words: string,
  escalation: Escalation,
  turn: Where,
  services: Services,
): Promise<Outcome> {
  const { person, now } = turn;
  const made: Decision = { decision, by: person, at: now, revision: escalation.revision, words };
  const after: Escalation = {
    ...escalation,
    state: decision,
    revision: escalation.revision + 1,
    question: undefined,
    decision: made,
    updatedAt: now,
  };
  const follows =
    decision === 'approved'
      ? delivery(after, jobNames.package, escalation.place, now)
      : delivery(after, jobNames.tellRequester, escalation.place, now);
  return {
    reply: await escalationReply(after, 'reader', now, services, {}, person),
    changes: [
      decideEscalation(escalation, made),
      addTrail(escalation.id, { at: now, actor: person, step: decision, revision: after.revision, words }),
      ...stopClocks(escalation, services),
      services.deliver([...redraws(after, now, services), follows]),
    ],
    audit: {
      event: `escalation ${decision}`,
      subject: escalation.id,
      details: { icm: escalation.icmNumber, revision: escalation.revision },
    },
  };
}

/** A question to the requester, who answers on a card; until then they are waited for. */
export async function ask(turn: ActionTurn<DecisionData>, services: Services): Promise<Outcome> {
  return guarded('ask', turn, services, async (escalation, typed) => {
    const text = typed.question?.trim() ?? '';
    const problem =
      text === '' ? 'Please write your question under “Ask for more …”. Nothing was changed.' : tooLong(text);
    if (problem) return shown(escalation, turn, services, { notice: problem, typed }, true);
    const { person, now } = turn;
    const question = { text, by: person };
    const after: Escalation = { ...escalation, revision: escalation.revision + 1, question, updatedAt: now };
    return {
      reply: await escalationReply(after, 'reader', now, services, { notice: 'Your question is on its way.' }, person),
      changes: [
        changeEscalation(escalation, { question }, now),
        addTrail(escalation.id, { at: now, actor: person, step: 'asked', revision: after.revision, words: text }),
        ...stopClocks(escalation, services),
        services.deliver([
          ...redraws(after, now, services),
          delivery(after, jobNames.tellRequester, escalation.place, now),
          ...clocksOf(after, now, services),
        ]),
      ],
      audit: { event: 'escalation asked', subject: escalation.id, details: { icm: escalation.icmNumber } },
    };
  });
}
