import { readSeverityQuestion } from '../../understanding/read-severity.ts';
import { cutTitle } from '../../understanding/read-title.ts';
import type { TrackingRequest } from '../../understanding/read-tracking.ts';
import { checkBefore } from '../advice/verdict-timeline.ts';
import type { MessageTurn, Outcome, Services } from '../feature.ts';
import { keepClientZone } from '../follow-ups/follow-up-steps.ts';
import { offerOf } from '../incidents/offer-roles.ts';
import { cardFor, changed, clicksFor, shown, type Where } from './change-icm.ts';
import { draftFrom, formReply, type Details } from './icm-form.ts';
import { addIcm, icmByNumber, type Icm, type IcmPatch } from './icm-store.ts';
import { cleanTitle } from './icm-title.ts';
import { icmReply } from './icm-view.ts';
import { isSame, mayTakeOver } from './permission.ts';
import { answerOnChange, driftOf } from './severity-drift.ts';

const placeName = ({ place }: Where) => (place.kind === 'channel' ? 'this thread' : 'this chat');

/** `track 512345678 …`: what cannot be taken as it stands is asked back on the form. */
export async function trackTyped(request: TrackingRequest, turn: MessageTurn, services: Services): Promise<Outcome> {
  const { draft, problems } = draftFrom(request);
  if (request.icmNumber === undefined || problems.length > 0 || request.suspicious.length > 0)
    return { reply: formReply(draft, { problems }) };
  const { unclearOne, outage } = readSeverityQuestion(cutTitle(turn.text).rest);
  // No document says that one "Severity 1" is the other (T1), so it is not taken.
  const remark =
    unclearOne && outage !== true
      ? 'You wrote “Sev 1”, which can be the support request’s or the ICM’s. I took neither: press “Change details” and say which.'
      : undefined;
  const check = await checkBefore(services.records, turn);
  return track(request.icmNumber, detailsIn(request), turn, services, { remark, check });
}

export function detailsIn(request: TrackingRequest): Details {
  const { caseSeverity, icmSeverity } = request;
  return {
    ...(request.title === undefined ? {} : { title: cleanTitle(request.title) }),
    ...(request.srNumber === undefined ? {} : { srNumber: request.srNumber }),
    ...(caseSeverity === 'A' || caseSeverity === 'B' || caseSeverity === 'C' ? { caseSeverity } : {}),
    ...(icmSeverity === 1 || icmSeverity === 2 || icmSeverity === 3 ? { icmSeverity } : {}),
    ...(request.outage === undefined ? {} : { outage: request.outage }),
  };
}

/** Tracks an ICM for whoever asks; one that is tracked already stays with its engineer. */
export async function track(
  number: string,
  details: Details,
  turn: Where,
  services: Services,
  /** `check`: the id of the check whose verdict it was opened on. */
  { remark, check }: { readonly remark?: string | undefined; readonly check?: string | undefined } = {},
): Promise<Outcome> {
  const known = await icmByNumber(services.records, turn.person.tenantId, number);
  if (known) return trackAgain(known, details, turn, services, remark);
  const icm: Icm = {
    id: services.newId(),
    tenantId: turn.person.tenantId,
    number,
    title: details.title ?? '',
    srNumber: details.srNumber,
    caseSeverity: details.caseSeverity,
    icmSeverity: details.icmSeverity,
    outage: details.outage ?? false,
    status: 'open',
    place: turn.place,
    engineer: turn.person,
    revision: 1,
  };
  const shows = await clicksFor(icm, services);
  return {
    reply: await icmReply(icm, turn.now, services, {
      notice: [`Tracked in ${placeName(turn)}. ${turn.person.name} looks after it.`, ...(remark ? [remark] : [])].join(
        ' ',
      ),
      withClicks: shows !== undefined,
    }),
    changes: [
      addIcm(icm),
      await keepClientZone(turn, services),
      ...offerOf(undefined, icm, turn.now, services),
      ...(shows ? [shows] : []),
    ],
    audit: {
      event: 'icm tracked',
      subject: icm.id,
      details: { ...severitiesOf(icm), ...(check === undefined ? {} : { check }) },
    },
  };
}

async function trackAgain(
  icm: Icm,
  details: Details,
  turn: Where,
  services: Services,
  remark: string | undefined,
): Promise<Outcome> {
  const and = remark === undefined ? '' : ` ${remark}`;
  if (!isSame(icm.engineer, turn.person)) {
    const canTakeOver = await mayTakeOver(icm, turn.person, turn.place, services);
    const notice = `It is tracked already: ${icm.engineer.name} looks after it. Nothing was changed.${canTakeOver ? ' If it is yours now, press “Take over”.' : ''}`;
    return { reply: await cardFor(icm, turn, services, { notice, canTakeOver }) };
  }
  if (icm.status === 'resolved')
    return shown(
      icm,
      turn,
      services,
      'You tracked it before and it is marked as resolved. Nothing was changed. To follow it again, press “Reopen”.',
    );
  const patch = patchOf(icm, details);
  if (Object.keys(patch).length === 0) return shown(icm, turn, services, `You track it already.${and}`);
  return update(icm, patch, turn, services, `You track it already; I added what is new.${and}`);
}

/** Only what is said and differs. */
export function patchOf(icm: Icm, details: Details): IcmPatch {
  return Object.fromEntries(Object.entries(details).filter(([name, value]) => icm[name as keyof Details] !== value));
}

/** Other details, with the rule where the severities change. */
export async function update(
  icm: Icm,
  patch: IcmPatch,
  turn: Where,
  services: Services,
  notice?: string,
  /** What the severities were, where the line tells more than the records. */
  before: Icm = icm,
): Promise<Outcome> {
  const after = { ...icm, ...patch };
  const isSeverity = 'caseSeverity' in patch || 'outage' in patch || 'icmSeverity' in patch;
  const rule = isSeverity ? ruleOn(before, after, services) : undefined;
  const said = [notice, rule].filter((part) => part !== undefined).join(' ');
  return changed(
    icm,
    patch,
    { event: 'icm changed', details: { fields: Object.keys(patch).join(','), ...severitiesOf(after) } },
    turn,
    services,
    { ...(said === '' ? {} : { notice: said }), before },
  );
}

/** What the playbook says of the change, where the drift on the card does not say it anyway. */
export function ruleOn(before: Icm, after: Icm, { playbook }: Services): string | undefined {
  if (driftOf(after, playbook)) return undefined;
  if (after.caseSeverity === undefined && !after.outage && !before.outage) return undefined;
  const { headline, citations } = answerOnChange(after, before, playbook);
  const rules = citations.slice(0, 2).map(({ id }) => id);
  return rules.length === 0 ? headline : `${headline} (${rules.join(', ')})`;
}

const severitiesOf = (icm: Icm) => ({
  caseSeverity: icm.caseSeverity ?? null,
  icmSeverity: icm.icmSeverity ?? null,
  outage: icm.outage,
});
