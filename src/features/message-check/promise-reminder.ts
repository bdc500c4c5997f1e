import type { z } from 'zod';
import { readTicketNumbers } from '../../understanding/read-ticket-numbers.ts';
import { readTime } from '../../understanding/read-time.ts';
import { showTime } from '../../understanding/show-time.ts';
import { zoneOr } from '../../understanding/zones.ts';
import { AppError } from '../../errors.ts';
import type { Change, Outcome, Place, Services } from '../feature.ts';
import { findIcm } from '../follow-ups/find-icm.ts';
import { notYours } from '../follow-ups/follow-up-commands.ts';
import { openFollowUp } from '../follow-ups/follow-up-store.ts';
import { setAt, zoneFor, type Actor } from '../follow-ups/follow-up-steps.ts';
import { icmTitle } from '../follow-ups/follow-up-views.ts';
import { addIcm, icmById, icmByNumber, icmsOf, type Icm } from '../tracking/icm-store.ts';
import { mayChange } from '../tracking/permission.ts';
import type { MessageCheck } from './check-message.ts';
import type { findingsCard } from './message-check-cards.ts';

type PromiseView = NonNullable<z.input<typeof findingsCard.view>['promise']>;

const mostIcms = 8;

/**
 * The next update that the message names, as the person's zone reads it, with a button for its reminder. Without
 * records there is none: the check of the message does not wait for them.
 */
export async function promiseIn(
  check: MessageCheck,
  draft: string,
  actor: Actor,
  services: Services,
  icm?: Icm,
): Promise<PromiseView | undefined> {
  if (!check.promise) return undefined;
  try {
    const [{ zone }, icms] = await Promise.all([
      zoneFor(actor, services),
      icm ? [icm] : icmsMeant(draft, actor, services),
    ]);
    const time = timeIn(check.promise.words, zone, actor.now);
    const { about, ...part } = icmPart(icms);
    return { ...time, line: `${time.line}${about}`, ...part };
  } catch (error) {
    if (error instanceof AppError && error.code === 'database-unavailable') return undefined;
    throw error;
  }
}

type TimePart = Pick<PromiseView, 'line' | 'zone' | 'choices' | 'asksTime' | 'when'>;

function timeIn(words: string, zone: string, now: Date): TimePart {
  const reading = readTime(words, { now, zone });
  const asked = { choices: [], asksTime: true, when: words.slice(0, 200), zone };
  switch (reading.kind) {
    case 'time': {
      const at = showTime(reading.at, reading.zone, now);
      const own = showTime(reading.at, zone, now);
      const notes = reading.notes.map((note) => ` ${note}`).join('');
      // A time in the customer's zone is easily missed in one's own.
      const forYou = clockIn(own) === clockIn(at) ? '' : `, for you ${own}`;
      return {
        line: `With this message you promise the next update for ${at}${forYou}.${notes}`,
        zone: reading.zone,
        choices: [{ label: `Remind me: ${at}`, at: reading.at.toISOString() }],
        asksTime: false,
        when: '',
      };
    }
    case 'ask':
      return {
        line: `With this message you promise a next update. ${reading.question}`,
        zone: reading.zone,
        choices: reading.choices
          .slice(0, 3)
          .map(({ label, at }) => ({ label: `Remind me: ${label}`, at: at.toISOString() })),
        // None of them may be the one that was meant.
        asksTime: true,
        when: reading.choices.length === 0 ? words.slice(0, 200) : '',
      };
    case 'refused':
      return { ...asked, line: `The message names a next update, but: ${reading.reason}` };
    case 'none':
      return { ...asked, line: `The message names a next update (“${words.slice(0, 80)}”). When shall I remind you?` };
  }
}

/** Day and time without the zone behind them. */
const clockIn = (shown: string): string => shown.replace(/ \([^()]*\)$/, '');

/** The tracked ICM of a case that the message names, else the person's own open ones. */
async function icmsMeant(draft: string, actor: Actor, services: Services): Promise<readonly Icm[]> {
  const { icmNumbers, srNumbers } = readTicketNumbers(draft);
  const found = await findIcm(actor, { icmNumbers, srNumbers, shortNumbers: [] }, services);
  if (found.kind === 'one') return [found.icm];
  if (found.kind === 'several') return found.icms;
  return found.kind === 'none' ? [] : icmsOf(services.records, actor.person, false, mostIcms);
}

/** Which ICM the reminder is for; `about` says so where it is not asked. */
function icmPart(icms: readonly Icm[]): Pick<PromiseView, 'icm' | 'icms' | 'asksIcm'> & { readonly about: string } {
  const [only, ...more] = icms;
  if (!only) return { icm: '', icms: [], asksIcm: 'write', about: '' };
  if (more.length === 0) {
    const about = ` The reminder is for ICM ${only.number}; for another one write “next update on” and its number.`;
    return { icm: only.id, icms: [], asksIcm: 'no', about };
  }
  const choices = icms.slice(0, mostIcms).map((icm) => ({ label: icmTitle(icm).slice(0, 100), icm: icm.id }));
  return { icm: '', icms: choices, asksIcm: 'pick', about: '' };
}

/** What the button of a promise sends: a time or words for one, and which ICM. All of it is checked again. */
export interface RemindRequest {
  readonly at?: string | undefined;
  readonly zone: string;
  readonly when: string;
  readonly icm: string;
  readonly which: string;
  readonly number: string;
}

export type Reminded =
  /** Something is missing or wrong; nothing was changed. */
  | { readonly kind: 'ask'; readonly sentence: string }
  | { readonly kind: 'set'; readonly outcome: Outcome; readonly sentence: string };

/** Keeps the promise of the message as a follow-up. `place` is where an ICM that nobody tracks yet is tracked. */
export async function remind(
  request: RemindRequest,
  actor: Actor,
  place: Place | undefined,
  services: Services,
): Promise<Reminded> {
  const meant = await icmOf(request, actor, place, services);
  if ('ask' in meant) return { kind: 'ask', sentence: meant.ask };
  const { icm, first } = meant;
  if (icm.status !== 'open')
    return {
      kind: 'ask',
      sentence: `ICM ${icm.number} is resolved. If it goes on, write “reopen ${icm.number}” first.`,
    };
  if (first.length === 0 && !(await mayChange(icm, actor.person, services))) {
    const { reply } = await notYours(icm, services);
    return { kind: 'ask', sentence: reply?.kind === 'text' ? reply.text : 'That ICM is somebody else’s.' };
  }
  const due = await dueOf(request, actor, services);
  if ('ask' in due) return { kind: 'ask', sentence: due.ask };
  const former = first.length > 0 ? undefined : await openFollowUp(services.records, icm.id);
  const at = showTime(due.at, due.zone, actor.now);
  // Pressed twice, or sent again by Teams under another id.
  if (former?.dueAt.getTime() === due.at.getTime())
    return { kind: 'ask', sentence: `The reminder for ICM ${icm.number} is set already: ${at}.` };
  const lead = first.length > 0 ? `I track ICM ${icm.number} from now on.` : undefined;
  return {
    kind: 'set',
    outcome: await setAt(icm, former, due, [], actor, services, first, lead),
    sentence: `The reminder for ICM ${icm.number} is set: ${at}. You find it under “my reminders” in our chat.`,
  };
}

async function icmOf(
  request: RemindRequest,
  actor: Actor,
  place: Place | undefined,
  services: Services,
): Promise<{ readonly icm: Icm; readonly first: readonly Change[] } | { readonly ask: string }> {
  const { tenantId } = actor.person;
  const id = request.icm === '' ? request.which : request.icm;
  if (id !== '') {
    const icm = await icmById(services.records, tenantId, id);
    return icm ? { icm, first: [] } : { ask: 'That ICM is not tracked any more. Nothing was changed.' };
  }
  const { icmNumbers } = readTicketNumbers(request.number);
  const [number, ...more] = icmNumbers;
  if (number === undefined || more.length > 0)
    return {
      ask: 'Which ICM is it about? Please pick or write it, then press the button again. It has 7 to 10 digits.',
    };
  const known = await icmByNumber(services.records, tenantId, number);
  if (known) return { icm: known, first: [] };
  if (!place)
    return {
      ask: 'I do not track that ICM yet, and I am not in a personal chat with you. In Teams open Apps, search for my name and select Add. Then press the button again.',
    };
  const icm: Icm = {
    id: services.newId(),
    tenantId,
    number,
    title: '',
    srNumber: undefined,
    caseSeverity: undefined,
    icmSeverity: undefined,
    outage: false,
    status: 'open',
    place,
    engineer: actor.person,
    revision: 1,
  };
  return { icm, first: [addIcm(icm)] };
}

const day = 86_400_000;

async function dueOf(
  request: RemindRequest,
  actor: Actor,
  services: Services,
): Promise<{ readonly at: Date; readonly zone: string } | { readonly ask: string }> {
  const { zone } = await zoneFor(actor, services);
  if (request.at === undefined) {
    const reading = readTime(request.when, { now: actor.now, zone });
    if (reading.kind === 'time') return { at: reading.at, zone: reading.zone };
    if (reading.kind === 'refused') return { ask: reading.reason };
    if (reading.kind === 'ask') return { ask: `${reading.question} Please write it out, for example “Friday 17:00”.` };
    return { ask: 'When do you write next? Please write the time, for example “tomorrow 9am”.' };
  }
  const at = new Date(request.at);
  const ahead = at.getTime() - actor.now.getTime();
  if (ahead < 60_000) return { ask: 'That time has passed. Please give one that is still to come.' };
  if (ahead > 90 * day) return { ask: 'I remind you of what is at most 90 days ahead.' };
  return { at, zone: zoneOr(request.zone, zone) };
}
