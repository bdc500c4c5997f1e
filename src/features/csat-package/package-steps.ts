import { noteCard } from '../advice/advice-cards.ts';
import { cardReply } from '../card.ts';
import { say, type ActionTurn, type Outcome, type Services } from '../feature.ts';
import { mayAct, whoMayAct, heldPackage, type HeldPackage } from './held-package.ts';
import { letterFor } from './letter.ts';
import { emailJob, redrawn, remindersFor, remindJob } from './package-deliveries.ts';
import { askForEmail, changePackage, steps, trailBy, type PackageState, type Step } from './package-store.ts';
import { canSend, emailReply, fingerprintOf, leftOf, nameOfIcm, noticeReply, packageReply } from './package-views.ts';

/** Guards a button of a package: it must be there, and whoever presses must be allowed to. */
export async function guarded(
  turn: ActionTurn<{ readonly escalation: string }>,
  services: Services,
  act: (one: HeldPackage) => Promise<Outcome> | Outcome,
): Promise<Outcome> {
  const one = await heldPackage(turn.person.tenantId, turn.data.escalation, services);
  if (!one) return say('There is no approved escalation behind this button. Nothing was changed.');
  if (!(await mayAct(one, turn.person, services))) return say(`Nothing was changed. ${whoMayAct(one)}`);
  return act(one);
}

/** The package as it is after a change that is kept with the turn. */
const changed = (one: HeldPackage, patch: Partial<PackageState>): HeldPackage => ({
  ...one,
  package: { ...one.package, ...patch, revision: Math.max(1, one.package.revision) + 1 },
});

export const older = 'That card was out of date; this is how things are now. Nothing was changed.';

interface Tick {
  readonly escalation: string;
  readonly revision: number;
  readonly done: string;
  readonly from: 'package' | 'notice';
}

/** Keeps what is ticked. Reminders end when all is, and begin anew when something is unticked after that. */
export async function tick(one: HeldPackage, turn: ActionTurn<Tick>, services: Services): Promise<Outcome> {
  const { data, now, person } = turn;
  const shown = (which: HeldPackage, notice?: string) =>
    data.from === 'package'
      ? packageReply(which, services, notice === undefined ? {} : { notice })
      : noticeReply(which, services, {
          headline: `${leftOf(which.package)} still to be done for ${nameOfIcm(which)} (CSAT Impacting)`,
          lines: notice === undefined ? [] : [notice],
          withChecklist: true,
          repeat: false,
        });
  if (data.revision !== one.package.revision) return { reply: shown(one, older) };
  const said = new Set(data.done.split(',').map((step) => step.trim()));
  const done: ReadonlySet<Step> = new Set(steps.filter((step) => said.has(step)));
  const before = one.package.done;
  if (done.size === before.size && steps.every((step) => done.has(step) === before.has(step)))
    return { reply: shown(one, 'Nothing was different.') };
  const next = changed(one, { done });
  const { escalation } = one;
  const isAll = done.size === steps.length;
  const wasAll = before.size === steps.length;
  const kept = `${person.name} saved it: ${done.size} of ${steps.length} done.`;
  return {
    reply:
      data.from === 'notice' && isAll
        ? cardReply(noteCard, {
            line: `${nameOfIcm(one)}: all four things are done, says ${person.name}.`,
            canStart: false,
          })
        : shown(next, kept),
    forEverybody: true,
    audit: {
      event: 'csat steps ticked',
      subject: escalation.id,
      details: Object.fromEntries(steps.map((step) => [step, done.has(step)])),
    },
    changes: [
      changePackage(one.package, { done }),
      trailBy(escalation, person, now, 'checklist saved', stepsLine(before, done, services)),
      ...(isAll ? [services.takeBack(escalation.tenantId, escalation.id, remindJob)] : []),
      services.deliver([
        ...(wasAll ? await remindersFor(next, escalation.place, now, services) : []),
        ...(await redrawn(one, next.package.revision, now, services, turn.cardActivityId)),
      ]),
    ],
  };
}

/** "ticked: ...; unticked: ..." in the words of the checklist. */
function stepsLine(before: ReadonlySet<Step>, done: ReadonlySet<Step>, { playbook }: Services): string {
  const named = (list: readonly Step[]) => list.map((step) => playbook.csatPackage.steps[step]).join('; ');
  const ticked = steps.filter((step) => done.has(step) && !before.has(step));
  const unticked = steps.filter((step) => !done.has(step) && before.has(step));
  return [
    ...(ticked.length > 0 ? [`Ticked: ${named(ticked)}.`] : []),
    ...(unticked.length > 0 ? [`Unticked: ${named(unticked)}.`] : []),
  ].join(' ');
}

interface Send {
  readonly escalation: string;
  readonly attempt: number;
  readonly recipients: string;
}

/** Somebody presses Send: it is kept that they did, and the sending itself goes on without them. */
export async function send(one: HeldPackage, turn: ActionTurn<Send>, services: Services): Promise<Outcome> {
  const { now, person, data } = turn;
  const letter = letterFor(one.escalation, services.playbook);
  const shown = async (notice: string): Promise<Outcome> => ({
    reply: await emailReply(one, now, services, { notice }),
  });
  if (data.attempt !== one.package.email.attempt) return shown(older);
  if (!canSend(one, letter, services)) return shown('I do not send it: see below how things are. Nothing was changed.');
  if (data.recipients !== fingerprintOf(letter))
    return shown('The addresses have changed since this card was drawn. Please look at them and press again.');
  const { to, cc } = letter.recipients;
  const attempt = one.package.email.attempt + 1;
  const { escalation } = one;
  const next = changed(one, {
    email: { state: 'asked', attempt, at: now, by: person, to, cc, refused: [], reason: '' },
  });
  return {
    reply: await emailReply(next, now, services),
    forEverybody: true,
    audit: {
      event: 'csat email asked for',
      subject: escalation.id,
      details: { attempt, addresses: to.length + cc.length },
    },
    changes: [
      askForEmail(one.package, { by: person, to, cc }, now),
      trailBy(escalation, person, now, 'email asked for', `To ${[...to, ...cc].join(', ')}.`),
      services.deliver([
        {
          tenantId: escalation.tenantId,
          // Where the button is: what comes of it is said there.
          place: turn.place,
          job: emailJob,
          subject: escalation.id,
          stage: String(attempt),
          dueAt: now,
        },
        ...(await redrawn(one, next.package.revision, now, services, turn.cardActivityId)),
      ]),
    ],
  };
}

interface Close {
  readonly escalation: string;
  readonly revision: number;
  readonly closed: 'yes' | 'no';
}

/** Takes the case off the shiproom list, or puts it back. */
export async function close(one: HeldPackage, turn: ActionTurn<Close>, services: Services): Promise<Outcome> {
  const { data, now, person } = turn;
  if (data.revision !== one.package.revision) return { reply: packageReply(one, services, { notice: older }) };
  const isClosed = data.closed === 'yes';
  if (isClosed === (one.package.closedAt !== undefined)) return { reply: packageReply(one, services) };
  const next = changed(one, { closedAt: isClosed ? now : undefined });
  const { escalation } = one;
  const isOpen = steps.length > one.package.done.size;
  return {
    reply: packageReply(next, services, {
      notice: isClosed
        ? `${person.name} took the case off the shiproom list. I remind of nothing any more.`
        : `${person.name} put the case back on the shiproom list.`,
    }),
    forEverybody: true,
    audit: { event: isClosed ? 'csat case over' : 'csat case open again', subject: escalation.id, details: {} },
    changes: [
      changePackage(one.package, { closedAt: isClosed ? now : null }),
      trailBy(escalation, person, now, isClosed ? 'taken off the shiproom list' : 'put back on the shiproom list'),
      ...(isClosed ? [services.takeBack(escalation.tenantId, escalation.id, remindJob)] : []),
      services.deliver([
        ...(!isClosed && isOpen ? await remindersFor(next, escalation.place, now, services) : []),
        ...(await redrawn(one, next.package.revision, now, services, turn.cardActivityId)),
      ]),
    ],
  };
}

/** The two cards of a package, posted anew. */
export async function opened(one: HeldPackage, now: Date, services: Services): Promise<Outcome> {
  return {
    reply: packageReply(one, services),
    sends: [{ to: 'here', reply: await emailReply(one, now, services) }],
  };
}
