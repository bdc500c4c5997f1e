import { cardReply } from '../card.ts';
import { say, type ActionTurn, type Outcome, type Services } from '../feature.ts';
import { zoneFor } from '../follow-ups/follow-up-steps.ts';
import { findingsCard, scoreCard } from './drill-cards.ts';
import { changeRun, namesIn, type DrillRun } from './drill-store.ts';
import { sourceOf } from './drill-views.ts';
import { countLine, dayOf, extremes, findingsText, resultLine, resultsOf } from './findings.ts';
import { namedIn, withoutNames } from './no-names.ts';
import type { Actor } from './run-steps.ts';
import { keepScores, ownScores, scoresOf, type Score } from './score-store.ts';

/** What was typed into the form; scores that are no score are ''. */
export type Answers = Readonly<Record<`s${1 | 2 | 3 | 4 | 5}` | `c${1 | 2 | 3 | 4 | 5}`, string>>;
const numbers = [1, 2, 3, 4, 5] as const;

interface Typed {
  readonly question: number;
  readonly score: string;
  readonly comment: string;
}

/** How it ended, what a good response includes, and the five questions. */
export function scoreReply(
  run: DrillRun,
  { playbook }: Services,
  own: readonly (Typed | Score)[],
  { notice, problems = [] }: { readonly notice?: string; readonly problems?: readonly string[] },
) {
  const { scenario } = run;
  const { questions, scale, small } = playbook.drills;
  const isOpen = run.state === 'ended';
  return cardReply(scoreCard, {
    title: `The practice run is over: ${scenario.title}`,
    ...(notice === undefined ? {} : { notice }),
    problems: problems.map((text) => ({ text })),
    parts: [
      {
        title: 'How it ended (invented)',
        lines: [
          { text: `Resolved: ${scenario.resolution.how}` },
          { text: `Verified: ${scenario.resolution.verified}` },
        ],
      },
      { title: 'What a good response includes', lines: scenario.good.map((text) => ({ text: `• ${text}` })) },
    ],
    small,
    isOpen,
    choices: scale.map((word, at) => ({ title: `${at + 1} · ${word}`, value: String(at + 1) })),
    questions: questions.map((text, at) => {
      const answer = own.find((one) => one.question === at + 1);
      return {
        text: `${at + 1}. ${text}`,
        scoreId: `s${at + 1}`,
        value: answer ? String(answer.score) : '',
        commentId: `c${at + 1}`,
        commentLabel: `A comment on question ${at + 1}, if you like, without names`,
        comment: answer?.comment ?? '',
      };
    }),
  });
}

const notOver = 'The practice run is still going on. The five questions come when it has ended: write “end the drill”.';
const closed = 'The findings are shared, so answers cannot be changed any more.';

/** The questions with the person's own answers. */
export async function showOwn(run: DrillRun, turn: Actor, services: Services): Promise<Outcome> {
  if (run.state === 'running' || run.state === 'paused') return say(notOver);
  const own = await ownScores(services.records, run, turn.person);
  const notice =
    run.state === 'shared'
      ? closed
      : own.length === 0
        ? 'You have not answered yet.'
        : 'These are your answers so far.';
  return { reply: scoreReply(run, services, own, { notice }) };
}

/** Keeps somebody's answers (F88); a later answer takes the place of the earlier. */
export async function score(run: DrillRun, turn: ActionTurn<Answers>, services: Services): Promise<Outcome> {
  if (run.state !== 'ended') return showOwn(run, turn, services);
  const typed: Typed[] = numbers.map((question) => ({
    question,
    score: turn.data[`s${question}`].trim(),
    comment: turn.data[`c${question}`].trim(),
  }));
  const scores = typed.map((one) => ({ ...one, score: Number(one.score) }));
  const isMissing = typed.some((one) => !/^[1-5]$/.test(one.score));
  const named = namedIn(
    typed.map(({ comment }) => comment),
    await namesIn(services.records, run),
  );
  const problems = [
    ...(isMissing ? ['Please give each of the five questions a score from 1 to 5. Nothing was kept yet.'] : []),
    ...(named === undefined ? [] : [noNames(named)]),
  ];
  if (problems.length > 0) return { reply: scoreReply(run, services, typed, { problems }) };
  return {
    reply: scoreReply(run, services, typed, {
      notice: 'Thank you, your answers are kept. You can change them until the findings are shared.',
    }),
    changes: [keepScores(run, turn.person, scores)],
    audit: { event: 'drill scored', subject: run.id, details: {} },
  };
}

const noNames = (name: string): string =>
  `You wrote “${name}”. Please say it without names: it is about the process, not about who did what. Nothing was kept yet.`;

/** The findings as they are, with a form to share them; once they are shared, as they went out. */
export async function findingsReply(
  run: DrillRun,
  turn: Actor,
  services: Services,
  more: { readonly notice?: string; readonly well?: string; readonly improve?: string } = {},
) {
  const { playbook, records } = services;
  const names = await namesIn(records, run);
  const scores = await scoresOf(records, run);
  const results = resultsOf(
    playbook.drills.questions,
    scores.map((one) => ({ ...one, comment: withoutNames(one.comment, names) })),
  );
  const participants = names.length;
  const { zone } = await zoneFor({ clientZone: undefined, ...turn }, services);
  const day = dayOf(run.startedAt, zone);
  const ends = extremes(results);
  const isShared = run.state === 'shared';
  const said = [
    { title: 'What went well', text: run.wentWell },
    { title: 'What to improve', text: run.toImprove },
  ].filter(({ text }) => text !== '');
  return cardReply(findingsCard, {
    title: `${isShared ? 'Findings' : 'Findings so far'}: ${run.scenario.title}`,
    ...(more.notice === undefined ? {} : { notice: more.notice }),
    lines: [
      { text: `Practised on ${day}. ${countLine({ results, participants })}` },
      ...(ends ? [{ text: `Best: ${ends.best}` }, { text: `Weakest: ${ends.weakest}` }] : []),
      ...(isShared
        ? [
            {
              text: 'Share this with your leadership and key decision-makers: copy the text below. I send it to nobody.',
            },
          ]
        : []),
    ],
    questions: results.map((result) => ({
      text: result.question,
      result: resultLine(result),
      comments: result.comments.slice(0, 5).map((text) => ({ text })),
    })),
    said,
    canShare: run.state === 'ended',
    well: more.well ?? '',
    improve: more.improve ?? '',
    copies: isShared ? [{ text: findingsText({ run, results, participants, day }) }] : [],
    source: sourceOf('F89', playbook),
  });
}

export async function showFindings(run: DrillRun, turn: Actor, services: Services): Promise<Outcome> {
  if (run.state === 'running' || run.state === 'paused') return say(notOver);
  return { reply: await findingsReply(run, turn, services) };
}

/** Closes the questions and posts the findings in the thread, with the text for leadership (F89). */
export async function share(
  run: DrillRun,
  said: { readonly well: string; readonly improve: string },
  turn: Actor,
  services: Services,
): Promise<Outcome> {
  if (run.state !== 'ended') return showFindings(run, turn, services);
  const [wentWell, toImprove] = [said.well.trim(), said.improve.trim()];
  const named = namedIn([wentWell, toImprove], await namesIn(services.records, run));
  if (named !== undefined)
    return { reply: await findingsReply(run, turn, services, { ...said, notice: noNames(named) }) };
  const after: DrillRun = { ...run, state: 'shared', wentWell, toImprove, revision: run.revision + 1 };
  return {
    reply: await findingsReply(after, turn, services, {
      notice: `${turn.person.name} shares the findings. Now run the postmortem of it in this thread, if you have not yet.`,
    }),
    forEverybody: true,
    changes: [changeRun(run, { state: 'shared', wentWell, toImprove })],
    audit: { event: 'drill findings shared', subject: run.id, details: {} },
  };
}
