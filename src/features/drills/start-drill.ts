import { isPractice, practiceTenant, PRACTICE_MARK } from '../../practice.ts';
import {
  say,
  type ActionTurn,
  type MessageTurn,
  type NewDelivery,
  type Outcome,
  type Person,
  type Services,
} from '../feature.ts';
import { track } from '../tracking/track-icm.ts';
import { chosenJob, briefingJob, injectDelivery } from './drill-deliveries.ts';
import { drillIn, isTouched, keepTrail, startRun } from './drill-store.ts';
import { chooseReply } from './drill-views.ts';

type Turn = Pick<MessageTurn | ActionTurn, 'person' | 'place' | 'now' | 'activityId'>;

/** What follows from the tracking waits so long. */
const storyFirstMs = 3_000;

const howTo = 'Write a new post in a channel of your team, with nothing but my name and “start a drill”.';

/** Why no practice run can begin here, or nothing where it can. */
async function whyNot({ person, place, activityId }: Turn, services: Services): Promise<Outcome | undefined> {
  if (place.kind === 'personal') return say(`A practice run needs the team, and here are only you and I. ${howTo}`);
  if (place.kind === 'group')
    return say(`A group chat has no threads, so I could not keep practice apart from what is real here. ${howTo}`);
  if (await drillIn(services.records, person.tenantId, place.conversationId))
    return say(`**${PRACTICE_MARK}** Somebody was quicker: the practice run has begun. See below.`);
  const touched = await isTouched(services.records, person.tenantId, place.conversationId, {
    activityId: activityId ?? '',
    drillId: '',
  });
  return touched
    ? say(
        `Something else was asked or done in this thread already, and practice must not mix with what is real. ${howTo}`,
      )
    : undefined;
}

/** "start a drill": the scenarios, where a practice run can begin. */
export async function offerDrill(turn: Turn, services: Services): Promise<Outcome> {
  if (isPractice(turn.person.tenantId))
    return say('This thread is a practice run already. For another one, write “start a drill” in a new post.');
  const refused = await whyNot(turn, services);
  if (refused) return refused;
  return {
    reply: chooseReply(services),
    // Nothing changes, but the answer is kept: by it the start knows that this line did nothing real in the thread.
    changes: [() => Promise.resolve(true)],
  };
}

/** A scenario is chosen: from now on everything in the thread is practice. */
export async function startDrill(
  turn: ActionTurn<{ readonly scenario: string }>,
  services: Services,
): Promise<Outcome> {
  if (isPractice(turn.person.tenantId)) return say('The practice run has begun already. See below.');
  const refused = await whyNot(turn, services);
  if (refused) return refused;
  const { scenario: name } = turn.data;
  const scenario = Object.hasOwn(services.playbook.drills.scenarios, name)
    ? services.playbook.drills.scenarios[name]
    : undefined;
  if (!scenario) return { reply: chooseReply(services, 'That scenario is not there any more. Please choose another.') };
  const id = services.newId();
  const { person, place, now } = turn;
  const practised: Person = { ...person, tenantId: practiceTenant(person.tenantId, id) };
  const { number, title, caseSeverity, icmSeverity, outage } = scenario.icm;
  // The ICM is tracked as any other is; only the tenant is that of the practice run. What follows from it comes after the
  // story has been told.
  const afterStory = new Date(now.getTime() + storyFirstMs);
  const later: Services = {
    ...services,
    deliver: (deliveries) =>
      services.deliver(deliveries.map((one) => (one.dueAt < afterStory ? { ...one, dueAt: afterStory } : one))),
  };
  const tracked = await track(
    number,
    { title, caseSeverity, ...(icmSeverity === undefined ? {} : { icmSeverity }), outage },
    { person: practised, place, now, clientZone: turn.clientZone },
    later,
  );
  const icmId = tracked.audit?.subject;
  if (icmId === undefined) return say('The invented ICM could not be tracked. Nothing was started.');
  const delivery = { tenantId: practised.tenantId, place, subject: id, dueAt: now };
  const deliveries: NewDelivery[] = [
    ...(turn.cardActivityId === undefined ? [] : [{ ...delivery, job: chosenJob, stage: turn.cardActivityId }]),
    { ...delivery, job: briefingJob, stage: 'start' },
    ...injectDelivery({ id, scenario, countsFrom: now, plan: 1, nextInject: 0 }, practised.tenantId, place),
  ];
  return {
    reply: { kind: 'text', text: `**${PRACTICE_MARK}** The practice run begins in a moment. See below.` },
    changes: [
      startRun({ id, scenarioName: name, scenario, icmId, startedAt: now }, person, place, turn.activityId ?? ''),
      ...(tracked.changes ?? []),
      ...(tracked.audit ? [keepTrail(practised, place.conversationId, tracked.audit)] : []),
      services.deliver(deliveries),
    ],
    audit: { event: 'drill started', subject: id, details: { scenario: name } },
  };
}
