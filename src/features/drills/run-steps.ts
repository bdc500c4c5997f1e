import { isPractice } from '../../practice.ts';
import { topicAnswer } from '../answers/answer-views.ts';
import {
  asNewMessage,
  say,
  type ActionTurn,
  type Change,
  type MessageTurn,
  type Outcome,
  type Services,
} from '../feature.ts';
import { icmsOpen } from '../tracking/icm-store.ts';
import { setStatus } from '../tracking/tracking-commands.ts';
import { closingJob, injectDelivery, injectJob } from './drill-deliveries.ts';
import { changeRun, dropDeliveries, keepTrail, playersOf, runOf, setPlayer, type DrillRun } from './drill-store.ts';
import { runReply } from './drill-views.ts';

/** Who acts, where and when: a typed line or a button. */
export type Actor = Pick<MessageTurn | ActionTurn, 'person' | 'place' | 'now'>;

const notHere = say(
  'There is no practice run in this thread. To start one, write a new post in a channel of your team, with nothing but my name and “start a drill”. “drills” shows those of the past.',
);
const longAgo = say(
  'This thread is one of practice, but its run was so long ago that I do not keep it any more. For another one, write “start a drill” in a new post.',
);

/** Does something with the practice run of this thread; elsewhere it says that there is none. */
export async function onRun(
  turn: Actor,
  services: Services,
  act: (run: DrillRun) => Promise<Outcome> | Outcome,
): Promise<Outcome> {
  if (!isPractice(turn.person.tenantId)) return notHere;
  const run = await runOf(services.records, turn.person.tenantId);
  return run ? act(run) : longAgo;
}

/** The card as it is now. */
export async function shown(run: DrillRun, turn: Actor, services: Services, notice?: string): Promise<Outcome> {
  const players = await playersOf(services.records, run);
  return { reply: runReply(run, players, turn.now, services, notice === undefined ? {} : { notice }) };
}

const isOver = (run: DrillRun): boolean => run.state === 'ended' || run.state === 'shared';
const over = 'The practice run is over. Nothing was changed.';

/** Guards a button: an older card says how things are now and changes nothing. */
export function asDrawn(
  turn: ActionTurn<{ readonly revision: number }>,
  services: Services,
  act: (run: DrillRun) => Promise<Outcome>,
): Promise<Outcome> {
  return onRun(turn, services, (run) =>
    run.revision === turn.data.revision
      ? act(run)
      : shown(run, turn, services, 'That card was an older one. This is how it is now; nothing was changed.'),
  );
}

const auditOf = (event: string, run: DrillRun, details: Record<string, number | string> = {}) => ({
  event,
  subject: run.id,
  details,
});

/** The next inject comes at once, and those after it as much earlier. */
export async function nextInject(run: DrillRun, turn: Actor, services: Services): Promise<Outcome> {
  if (isOver(run)) return shown(run, turn, services, over);
  if (run.state === 'paused')
    return shown(run, turn, services, 'It is paused. Press “Continue” first. Nothing was changed.');
  const next = run.scenario.injects[run.nextInject];
  if (!next) return shown(run, turn, services, 'All injects are out. Nothing was changed.');
  return planned(
    run,
    { countsFrom: new Date(turn.now.getTime() - next.after * 60_000) },
    turn,
    services,
    auditOf('drill inject taken', run, { inject: run.nextInject }),
    'The next inject comes now, below.',
  );
}

/** Changes the run and plans its injects anew. */
async function planned(
  run: DrillRun,
  patch: Partial<Pick<DrillRun, 'state' | 'countsFrom' | 'pausedAt'>>,
  turn: Actor,
  services: Services,
  audit: ReturnType<typeof auditOf>,
  notice: string,
): Promise<Outcome> {
  const { tenantId } = turn.person;
  const after: DrillRun = { ...run, ...patch, plan: run.plan + 1, revision: run.revision + 1 };
  return {
    ...(await shown(after, turn, services, notice)),
    forEverybody: true,
    changes: [
      changeRun(run, { ...patch, plan: after.plan }),
      services.takeBack(tenantId, run.id, injectJob),
      services.deliver(after.state === 'running' ? injectDelivery(after, tenantId, turn.place) : []),
    ],
    audit,
  };
}

export async function pause(run: DrillRun, turn: Actor, services: Services): Promise<Outcome> {
  if (isOver(run)) return shown(run, turn, services, over);
  if (run.state === 'paused') return shown(run, turn, services, 'It is paused already. Nothing was changed.');
  return planned(
    run,
    { state: 'paused', pausedAt: turn.now },
    turn,
    services,
    auditOf('drill paused', run),
    'Paused: no inject comes until you continue. Reminders of promised updates still come.',
  );
}

export async function goOn(run: DrillRun, turn: Actor, services: Services): Promise<Outcome> {
  if (isOver(run)) return shown(run, turn, services, over);
  if (run.state !== 'paused' || !run.pausedAt)
    return shown(run, turn, services, 'It is going on already. Nothing was changed.');
  const waited = turn.now.getTime() - run.pausedAt.getTime();
  return planned(
    run,
    { state: 'running', pausedAt: undefined, countsFrom: new Date(run.countsFrom.getTime() + waited) },
    turn,
    services,
    auditOf('drill continued', run),
    'It goes on. The injects come as much later as it was paused.',
  );
}

/**
 * Ends it: nothing that was planned goes out any more, what was tracked is resolved as it always is, and the five
 * questions are posted.
 */
export async function endRun(run: DrillRun, turn: Actor, services: Services): Promise<Outcome> {
  if (isOver(run)) return shown(run, turn, services, over);
  const { person, place, now } = turn;
  const resolving: Change[] = [];
  for (const icm of await icmsOpen(services.records, person.tenantId)) {
    const { changes, audit } = await setStatus('resolve', icm, turn, services);
    resolving.push(...(changes ?? []), ...(audit ? [keepTrail(person, place.conversationId, audit)] : []));
  }
  const after: DrillRun = { ...run, state: 'ended', endedAt: now, pausedAt: undefined, revision: run.revision + 1 };
  return {
    ...(await shown(after, turn, services, 'It is over. How did it go? See below.')),
    forEverybody: true,
    changes: [
      changeRun(run, { state: 'ended', endedAt: now, pausedAt: undefined }),
      ...resolving,
      dropDeliveries(person.tenantId),
      services.deliver([
        { tenantId: person.tenantId, place, job: closingJob, subject: run.id, stage: 'end', dueAt: now },
      ]),
    ],
    audit: auditOf('drill ended', run, { injects: run.nextInject }),
  };
}

export async function askEnd(run: DrillRun, turn: Actor, services: Services): Promise<Outcome> {
  if (isOver(run)) return shown(run, turn, services, over);
  return { reply: runReply(run, [], turn.now, services, { isEnding: true }) };
}

/** Takes a stakeholder's part, or gives it back. */
export async function play(run: DrillRun, part: string, turn: Actor, services: Services): Promise<Outcome> {
  if (isOver(run)) return shown(run, turn, services, over);
  if (!Object.hasOwn(run.scenario.parts, part))
    return shown(run, turn, services, 'That part is not in this scenario. Nothing was changed.');
  const { person } = turn;
  const players = await playersOf(services.records, run);
  const player = players.find((one) => one.part === part);
  if (player && player.personId !== person.aadObjectId)
    return shown(
      run,
      turn,
      services,
      `${player.name} plays that part. Only they can give it back. Nothing was changed.`,
    );
  const others = players.filter((one) => one !== player);
  const after = { ...run, revision: run.revision + 1 };
  const now = player
    ? others
    : [...others, { part, personId: person.aadObjectId, teamsId: person.teamsId, name: person.name }];
  return {
    reply: runReply(after, now, turn.now, services),
    forEverybody: true,
    changes: [changeRun(run), setPlayer(run, part, person, !player)],
    audit: auditOf(player ? 'drill part given back' : 'drill part taken', run, { part }),
  };
}

/** A topic of the process, for everybody to read. */
export function readTopic(topic: string, services: Services): Outcome {
  const reply = topicAnswer(topic, services);
  return reply
    ? asNewMessage({ reply }, 'It is in the new message below.')
    : say('That topic is not there any more. Write “topics” to see what I know.');
}
