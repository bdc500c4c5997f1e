import { z } from 'zod';
import { readDrillStep } from '../../understanding/read-drill.ts';
import { action, asNewMessage, say, type Feature, type MessageTurn, type Outcome, type Services } from '../feature.ts';
import { drillFigures, drillReadiness } from './drill-figures.ts';
import { drillJobs } from './drill-jobs.ts';
import { drillTimeline } from './drill-timeline.ts';
import { makeInvite } from './make-invite.ts';
import { listDrills } from './past-drills.ts';
import { asDrawn, askEnd, endRun, goOn, nextInject, onRun, pause, play, readTopic, shown } from './run-steps.ts';
import { score, share, showFindings, showOwn } from './score-drill.ts';
import { offerDrill, startDrill } from './start-drill.ts';

const revision = z.coerce.number().int();
const onRevision = z.object({ revision });
const name = z.string().max(100);
const comment = z.string().max(300).default('');
const digit = z.string().max(5).default('');
const words = z.string().max(1_000).default('');

/** Whatever moves a practice run that is there. */
async function move(turn: MessageTurn, services: Services): Promise<Outcome> {
  return onRun(turn, services, (run) => {
    switch (readDrillStep(turn.text)) {
      case 'next':
        return nextInject(run, turn, services);
      case 'pause':
        return pause(run, turn, services);
      case 'continue':
        return goOn(run, turn, services);
      case 'end':
        return endRun(run, turn, services);
      case 'score':
        return showOwn(run, turn, services);
      case 'findings':
        return showFindings(run, turn, services);
      case 'start':
      case 'invite':
      case 'list':
      case undefined:
        return shown(run, turn, services);
    }
  });
}

const commandOf = { start: 'start-drill', invite: 'drill-invite', list: 'drills' } as const;

export const drillFeature: Feature = {
  name: 'drills',
  figures: drillFigures,
  readiness: drillReadiness,
  commands: [
    {
      name: 'start-drill',
      title: 'Start a practice run',
      summary: 'Plays through an invented incident in a thread of its own, with everything I can do.',
      examples: ['start a drill', 'start a practice run'],
      run: offerDrill,
    },
    {
      name: 'drills',
      title: 'Practice runs',
      summary: 'Lists the practice runs of the past. “drill invite for tomorrow 14:00” writes a calendar invite.',
      examples: ['drills', 'past drills', 'practice runs'],
      run: listDrills,
    },
    {
      name: 'drill-invite',
      title: 'Invite for a practice run',
      summary: 'Writes a calendar invite to copy.',
      hidden: true,
      examples: ['drill invite for tomorrow 14:00', 'drill invite'],
      run: makeInvite,
    },
    {
      name: 'move-drill',
      title: 'Practice run',
      summary: 'Where the practice run of this thread stands, and what moves it.',
      hidden: true,
      examples: [
        'drill status',
        'next inject',
        'pause the drill',
        'continue the drill',
        'end the drill',
        'score the drill',
      ],
      run: move,
    },
  ],
  claims(text) {
    const step = readDrillStep(text);
    if (step === undefined) return undefined;
    return step === 'start' || step === 'invite' || step === 'list' ? commandOf[step] : 'move-drill';
  },
  jobs: drillJobs,
  timeline: drillTimeline,
  actions: [
    action({ verb: 'drill/start', data: z.object({ scenario: name }), run: startDrill }),
    action({
      verb: 'drill/show',
      readOnly: true,
      data: z.object({}),
      run: (turn, services) => onRun(turn, services, (run) => shown(run, turn, services)),
    }),
    action({
      verb: 'drill/topic',
      data: z.object({ topic: name }),
      run: (turn, services): Outcome => readTopic(turn.data.topic, services),
    }),
    action({
      verb: 'drill/play',
      data: onRevision.extend({ part: name }),
      run: (turn, services) => asDrawn(turn, services, (run) => play(run, turn.data.part, turn, services)),
    }),
    action({
      verb: 'drill/next',
      data: onRevision,
      run: (turn, services) => asDrawn(turn, services, (run) => nextInject(run, turn, services)),
    }),
    action({
      // Below an inject: it is the next one only while that inject is the newest.
      verb: 'drill/next-below',
      data: z.object({ inject: z.coerce.number().int() }),
      run: (turn, services) =>
        onRun(turn, services, async (run): Promise<Outcome> => {
          if (run.nextInject !== turn.data.inject + 1) return say('The next inject is out already. See below.');
          const { forEverybody: _here, ...outcome } = await nextInject(run, turn, services);
          return outcome.changes ? { ...outcome, ...say('The next inject comes now, below.') } : asNewMessage(outcome);
        }),
    }),
    action({
      verb: 'drill/pause',
      data: onRevision,
      run: (turn, services) => asDrawn(turn, services, (run) => pause(run, turn, services)),
    }),
    action({
      verb: 'drill/continue',
      data: onRevision,
      run: (turn, services) => asDrawn(turn, services, (run) => goOn(run, turn, services)),
    }),
    action({
      verb: 'drill/ask-end',
      readOnly: true,
      data: onRevision,
      run: (turn, services) => onRun(turn, services, (run) => askEnd(run, turn, services)),
    }),
    action({
      verb: 'drill/end',
      data: onRevision,
      run: (turn, services) => asDrawn(turn, services, (run) => endRun(run, turn, services)),
    }),
    action({
      verb: 'drill/score',
      data: z.object({
        ...{ s1: digit, s2: digit, s3: digit, s4: digit, s5: digit },
        ...{ c1: comment, c2: comment, c3: comment, c4: comment, c5: comment },
      }),
      run: (turn, services) => onRun(turn, services, (run) => score(run, turn, services)),
    }),
    action({
      verb: 'drill/own',
      readOnly: true,
      data: z.object({}),
      run: (turn, services) => onRun(turn, services, (run) => showOwn(run, turn, services)),
    }),
    action({
      verb: 'drill/findings',
      data: z.object({}),
      run: (turn, services) =>
        onRun(turn, services, async (run) => asNewMessage(await showFindings(run, turn, services))),
    }),
    action({
      verb: 'drill/share',
      data: z.object({ well: words, improve: words }),
      run: (turn, services) =>
        onRun(turn, services, (run) =>
          share(run, { well: turn.data.well, improve: turn.data.improve }, turn, services),
        ),
    }),
  ],
};
