import type { TrackingRequest } from '../../understanding/read-tracking.ts';
import { say, type Outcome, type Services } from '../feature.ts';
import { formReply, draftFrom } from './icm-form.ts';
import { icmByNumber, icmsByNumbers, icmsIn, resolvedIn, type Icm } from './icm-store.ts';
import { whichOne } from './icm-list.ts';
import type { Where } from './change-icm.ts';
import { isSame, visibleTo } from './permission.ts';

/** What a line means by its numbers: one ICM, or the answer that asks back. */
export type Meant = { readonly icm: Icm } | { readonly ask: Outcome };

/**
 * Finds the ICM that a line names: by its number, or by the end of it or of its case's number where only one fits.
 * Somebody's own ones come before those of others.
 */
export async function meantIcm(request: TrackingRequest, turn: Where, services: Services): Promise<Meant> {
  const { records } = services;
  const { tenantId } = turn.person;
  if (request.icmNumber !== undefined) {
    const icm = await icmByNumber(records, tenantId, request.icmNumber);
    return icm ? { icm } : { ask: notTracked(request, request.icmNumber) };
  }
  const said = [...request.icmNumbers, ...request.srNumbers, ...request.suspicious.map(({ digits }) => digits)];
  if (said.length === 0) {
    const isReopen = request.kind === 'reopen';
    const here = isReopen ? resolvedIn : icmsIn;
    const [icm, ...others] = await here(records, tenantId, turn.place.conversationId);
    if (icm) return others.length === 0 ? { icm } : { ask: await whichOne([icm, ...others], turn, services) };
    const none = isReopen ? 'I know no resolved ICM here.' : 'I track no open ICM here.';
    return { ask: say(`Which ICM? ${none} Write its number as well, or “my ICMs” to see yours.`) };
  }
  const fitting = await visibleTo(await icmsByNumbers(records, tenantId, said), turn.person, services);
  const own = fitting.filter((icm) => isSame(icm.engineer, turn.person));
  const [only, ...more] = own.length > 0 && request.icmNumbers.length < 2 ? own : fitting;
  if (!only) return { ask: notTracked(request, said[0] ?? '') };
  return more.length === 0 ? { icm: only } : { ask: await whichOne([only, ...more], turn, services) };
}

function notTracked(request: TrackingRequest, digits: string): Outcome {
  const { draft } = draftFrom(request);
  const isWhole = request.icmNumber !== undefined;
  return isWhole
    ? { reply: formReply(draft, { notice: `I do not track ${digits} yet. Here you can add it.` }) }
    : say(`I track no ICM whose number, or whose case number, ends in ${digits}. Write “my ICMs” to see yours.`);
}
