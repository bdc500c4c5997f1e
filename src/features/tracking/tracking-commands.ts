import { looksLikeTracking } from '../../understanding/looks-like.ts';
import { readTracking, type TrackingRequest } from '../../understanding/read-tracking.ts';
import { answerEscalation } from '../escalation/escalation-commands.ts';
import type { MessageTurn, Outcome, Services } from '../feature.ts';
import { cardFor, changed, guardTyped, shown } from './change-icm.ts';
import { handOver, takeOver } from './hand-over.ts';
import { howToReply } from './how-to.ts';
import { draftFrom, emptyDraft, formReply } from './icm-form.ts';
import { myIcms } from './icm-list.ts';
import { icmByNumber, type Icm } from './icm-store.ts';
import { meantIcm } from './meant-icm.ts';
import { mayTakeOver, isSame } from './permission.ts';
import { answerOnChange, driftOf } from './severity-drift.ts';
import { detailsIn, patchOf, trackTyped, update } from './track-icm.ts';

/** Answers a typed line about tracked ICMs: a command, or a question about the portal. */
export async function answerLine(turn: MessageTurn, services: Services): Promise<Outcome> {
  const request = readTracking(turn.text);
  switch (request.kind) {
    case 'track':
      return trackTyped(request, turn, services);
    case 'form':
      return { reply: formReply(emptyDraft, {}) };
    case 'list':
      return numbersIn(request) === 0
        ? myIcms(turn, request.includeResolved, services)
        : onIcm(request, turn, services, async (icm) => shown(icm, turn, services));
    case 'received':
      return received(request, turn, services);
    case 'resolve':
    case 'untrack':
    case 'reopen':
      return onIcm(request, turn, services, async (icm) =>
        guardTyped(icm, turn, services, async () => setStatus(request.kind as Status, icm, turn, services)),
      );
    case 'severity':
      return onIcm(request, turn, services, async (icm) =>
        guardTyped(icm, turn, services, async () => severityTyped(request, icm, turn, services)),
      );
    case 'hand-over':
      return onIcm(request, turn, services, async (icm) =>
        isTakeOver(turn)
          ? takeOver(icm, turn, services)
          : guardTyped(icm, turn, services, async () => handOver(icm, turn, services)),
      );
    case 'escalate':
      return answerEscalation(turn, services);
    case 'how-track':
    case 'how-watch-or-subscribe':
    case 'how-email':
    case 'how-stop-email':
    case 'how-resolved':
    case 'how-find':
    case 'not-documented':
    case 'unclear':
      return { reply: howToReply(request.kind, services) };
  }
}

const numbersIn = ({ icmNumbers, srNumbers, suspicious }: TrackingRequest): number =>
  icmNumbers.length + srNumbers.length + suspicious.length;

/** "take over 512345678", not "Priya takes over 512345678". */
const isTakeOver = (turn: MessageTurn): boolean =>
  turn.mentioned.length === 0 && /\b(?:take|taking)\b[^.]{0,30}\bover\b/i.test(turn.text.slice(0, 200));

/** Acts on the one ICM that the line means. What only sounds like a command is shown, not done. */
async function onIcm(
  request: TrackingRequest,
  turn: MessageTurn,
  services: Services,
  act: (icm: Icm) => Promise<Outcome>,
): Promise<Outcome> {
  const meant = await meantIcm(request, turn, services);
  if ('ask' in meant) return meant.ask;
  if (request.kind === 'list' || looksLikeTracking(turn.text)) return act(meant.icm);
  return shown(
    meant.icm,
    turn,
    services,
    'I am not sure what you want me to do, so nothing was changed. The buttons below say what they do.',
  );
}

type Status = 'resolve' | 'untrack' | 'reopen';

const portal = 'In the ICM portal nothing changes by this.';
const said = {
  resolve: { event: 'icm resolved', done: `Marked as resolved here. ${portal}`, already: 'It is marked as resolved.' },
  untrack: {
    event: 'icm untracked',
    done: `I do not follow it any more; it counts as resolved here. ${portal}`,
    already: 'I do not follow it any more.',
  },
  reopen: { event: 'icm reopened', done: `It is open again here. ${portal}`, already: 'It is open.' },
} as const;

/** Resolved, no longer followed, or open again. */
export async function setStatus(
  step: Status,
  icm: Icm,
  turn: Pick<MessageTurn, 'person' | 'place' | 'now'>,
  services: Services,
): Promise<Outcome> {
  const status = step === 'reopen' ? 'open' : 'resolved';
  const { event, done, already } = said[step];
  if (icm.status === status) return shown(icm, turn, services, `${already} Nothing was changed.`);
  return changed(icm, { status }, { event, details: {} }, turn, services, { notice: done });
}

async function severityTyped(
  request: TrackingRequest,
  icm: Icm,
  turn: MessageTurn,
  services: Services,
): Promise<Outcome> {
  const { caseSeverity, icmSeverity, caseSeverityBefore: was } = request;
  const details = detailsIn({ ...request, title: undefined, srNumber: undefined });
  const isTaken =
    ('caseSeverity' in details || caseSeverity === undefined) &&
    ('icmSeverity' in details || icmSeverity === undefined);
  if (!isTaken || (details.caseSeverity ?? details.icmSeverity ?? details.outage) === undefined)
    return shown(
      icm,
      turn,
      services,
      'Which severity is it now? A case has A, B or C, an ICM has 1, 2 or 3. Nothing was changed.',
    );
  const before: Icm = was === 'A' || was === 'B' || was === 'C' ? { ...icm, caseSeverity: was } : icm;
  const patch = patchOf(icm, details);
  if (Object.keys(patch).length > 0) return update(icm, patch, turn, services, undefined, before);
  const after = { ...icm, ...details };
  const rule = driftOf(after, services.playbook)
    ? undefined
    : answerOnChange(after, before, services.playbook).headline;
  const notice = `I have it so already.${rule === undefined ? '' : ` ${rule}`}`;
  return { reply: await cardFor(icm, turn, services, { notice, before }) };
}

/** A case that came with its ICM: the clicks (F7), and the way to track it here. */
async function received(request: TrackingRequest, turn: MessageTurn, services: Services): Promise<Outcome> {
  const { icmNumber } = request;
  if (icmNumber === undefined) return { reply: howToReply('received', services) };
  const icm = await icmByNumber(services.records, turn.person.tenantId, icmNumber);
  if (!icm) {
    const { draft, problems } = draftFrom(request);
    return { reply: formReply(draft, { problems, notice: `I do not track ${icmNumber} yet. Here you can add it.` }) };
  }
  if (isSame(icm.engineer, turn.person)) return shown(icm, turn, services, 'You look after it already.');
  const canTakeOver = await mayTakeOver(icm, turn.person, turn.place, services);
  const notice = `${icm.engineer.name} looks after it here.${canTakeOver ? ' If it is yours now, press “Take over”.' : ''}`;
  return { reply: await cardFor(icm, turn, services, { notice, canTakeOver }) };
}
