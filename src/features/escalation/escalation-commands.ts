import { readEscalation, type EscalationRequest } from '../../understanding/read-escalation.ts';
import { showTime } from '../../understanding/show-time.ts';
import { cardReply } from '../card.ts';
import { say, type MessageTurn, type Outcome, type Services } from '../feature.ts';
import { icmByNumber } from '../tracking/icm-store.ts';
import { maySee } from '../tracking/permission.ts';
import { mayChangeEscalation, maySeeEscalation } from './access.ts';
import { escalationHowCard } from './escalation-cards.ts';
import { draftOfIcm, emptyDraft, type Draft } from './escalation-draft.ts';
import { formReply } from './escalation-form.ts';
import { historyReply } from './escalation-history.ts';
import { escalationsOf, escalationsOfIcm } from './escalation-store.ts';
import { quote, zoneOf } from './escalation-view.ts';
import type { Escalation } from './escalation.ts';
import { leadTo, standingRequest, withdrawn } from './request.ts';
import { shown, type Where } from './show-escalation.ts';

/** Answers a typed line about a CSAT escalation. */
export async function answerEscalation(turn: MessageTurn, services: Services): Promise<Outcome> {
  const request = readEscalation(turn.text);
  switch (request.kind) {
    case 'how':
      return { reply: howReply(services) };
    case 'history':
      return history(request, turn, services);
    case 'status':
      return status(request, turn, services);
    case 'nudge':
      return onOwn(request, turn, services, async (escalation) =>
        shown(escalation, turn, services, {
          notice:
            'I remind whoever is waited for by myself. To call somebody now, mention them in the thread of the SMEs.',
        }),
      );
    case 'withdraw':
      return onOwn(request, turn, services, async (escalation) =>
        escalation.state !== 'open'
          ? shown(escalation, turn, services, { notice: 'That is settled already. Nothing was changed.' })
          : (await mayChangeEscalation(escalation, turn.person, services))
            ? withdrawn(escalation, turn, services)
            : shown(escalation, turn, services, {
                notice: `Nothing was changed. Only ${escalation.requester.name}, who asked, or whoever stands in can do that.`,
              }),
      );
    case 'untag':
      return say(
        'The documents do not say how [CSAT Impacting] comes off again. Ask the SME who approved it. A request that is not decided yet can be withdrawn: write “withdraw escalation 512345678”.',
      );
    case 'request':
      return openForm(request, turn, services);
  }
}

/** The form, filled in from what is tracked and from the line; or the request that there is. */
export async function openForm(request: Partial<EscalationRequest>, turn: Where, services: Services): Promise<Outcome> {
  const { icmNumber, srNumber, title, sentiment, why, improvement } = request;
  const { tenantId } = turn.person;
  if (icmNumber !== undefined) {
    const standing = await standingRequest(icmNumber, tenantId, services);
    if (standing) return leadTo(standing, turn, services);
  }
  const icm = icmNumber === undefined ? undefined : await icmByNumber(services.records, tenantId, icmNumber);
  const tracked = icm && (await maySee(icm, turn.person, services)) ? draftOfIcm(icm) : {};
  const said = Object.fromEntries(
    Object.entries({ number: icmNumber, srNumber, icmTitle: title, sentiment, why, improvement }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as Partial<Draft>;
  const draft: Draft = { ...emptyDraft, contacts: turn.person.name, ...tracked, ...said };
  return {
    reply: formReply(draft, turn, services, {
      notice:
        Object.keys(tracked).length > 0
          ? 'Filled in from what is tracked here, as far as it is known. The SMEs get it when you press the button.'
          : 'Act before the case is closed (F41). The SMEs get this when you press the button below.',
    }),
  };
}

function howReply({ playbook }: Services) {
  const { steps, texts } = playbook.escalation;
  return cardReply(escalationHowCard, {
    icm: '',
    title: 'How a CSAT escalation goes',
    lines: [
      ...steps.map(({ text, rule }, at) => ({ text: `${at + 1}) ${text} (${rule})` })),
      { text: texts.whoDecides },
      { text: 'Write “my escalations” for yours, or “history 512345678” for what happened.' },
    ],
    sources: [{ text: quote('F41', playbook) }, { text: quote('F42', playbook) }],
  });
}

/** The one request that a line means: by its ICM, or the only open one of whoever asks. */
async function onOwn(
  request: EscalationRequest,
  turn: MessageTurn,
  services: Services,
  act: (escalation: Escalation) => Promise<Outcome>,
): Promise<Outcome> {
  if (request.icmNumber !== undefined) {
    const [newest] = await escalationsOfIcm(services.records, turn.person.tenantId, request.icmNumber);
    return newest
      ? act(newest)
      : say(`Nobody has asked to escalate ICM ${request.icmNumber} here. Nothing was changed.`);
  }
  const open = (await escalationsOf(services.records, turn.person)).filter(({ state }) => state === 'open');
  const [only, ...more] = open;
  if (only && more.length === 0) return act(only);
  if (!only) return say('You have no open escalation. Nothing was changed. To start one, write “escalate 512345678”.');
  const numbers = open.map(({ icmNumber }) => icmNumber).join(', ');
  return say(`Which one? You have open escalations of ICM ${numbers}. Write the number as well. Nothing was changed.`);
}

async function status(request: EscalationRequest, turn: MessageTurn, services: Services): Promise<Outcome> {
  if (request.icmNumber !== undefined)
    return onOwn(request, turn, services, async (escalation) => shown(escalation, turn, services));
  const own = await escalationsOf(services.records, turn.person, 10);
  const [only, ...more] = own;
  if (!only) return say('You have asked for no escalation here. To start one, write “escalate 512345678”.');
  if (more.length === 0) return shown(only, turn, services);
  const zone = await zoneOf(turn.person, services);
  const lines = own.map(
    ({ icmNumber, state, updatedAt, question }) =>
      `- ICM ${icmNumber}: ${state === 'open' ? (question ? 'open, an SME waits for your answer' : 'open, waits for an SME') : state}, ${showTime(updatedAt, zone, turn.now)}`,
  );
  return say(
    `Your escalations, the newest first:\n\n${lines.join('\n')}\n\nFor one of them write “history” and its number.`,
  );
}

async function history(request: EscalationRequest, turn: MessageTurn, services: Services): Promise<Outcome> {
  if (request.icmNumber === undefined) return say('Of which ICM? Write its number as well: “history 512345678”.');
  const all = await escalationsOfIcm(services.records, turn.person.tenantId, request.icmNumber);
  const [newest] = all;
  if (!newest) return say(`Nobody has asked to escalate ICM ${request.icmNumber} here.`);
  if (!(await maySeeEscalation(newest, turn.person, turn.place, services))) return shown(newest, turn, services);
  return { reply: await historyReply(newest, all.slice(1), turn, services) };
}
