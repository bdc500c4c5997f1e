import { z } from 'zod';
import {
  action,
  asNewMessage,
  type ActionTurn,
  type AuditEvent,
  type Dialog,
  type Feature,
  type MessageTurn,
  type Outcome,
  type Person,
  type Place,
  type Reply,
  type Send,
  type Services,
} from '../feature.ts';
import { cardReply } from '../card.ts';
import { readFacts } from '../../understanding/read-facts.ts';
import { regionsOf } from '../../understanding/regions.ts';
import { readSeverityQuestion } from '../../understanding/read-severity.ts';
import { noteCard, notYoursCard, reviewCard } from './advice-cards.ts';
import { assess, type VerdictResult } from './assess.ts';
import { readAnswer } from './read-answer.ts';
import { factsOf, newState, readState, type CheckState } from './check-state.ts';
import { verdictFigures } from './verdict-figures.ts';
import { verdictTimeline } from './verdict-timeline.ts';
import { answersToReview, questionReply, stepOf, verdictReply, type CheckView } from './advice-views.ts';

const feature = 'advice';
const onDialog = z.object({ dialog: z.string(), revision: z.coerce.number().int() });

const moved = 'The questions have changed since you began. Your answers were kept; please look at this one.';
const unclear =
  'You wrote “Severity 1”. That can be the severity of the support request or of the ICM, and no document says that Sev A is the same. Please pick what the support request says.';
const howTo =
  'Press a button, or write the answer (in a channel with @ and my name). You can also write: back, change, start over, cancel. Stuck with the case itself? Ask your colleagues in the Teams channel, then the SMEs.';
const gone = 'This check is not there any more.';

interface Check {
  readonly dialog: Pick<Dialog, 'id' | 'revision' | 'ownerTeamsId' | 'ownerName'>;
  readonly place: Place;
  readonly state: CheckState;
}

/** The card that shows a check as it is: the next question, or the verdict. */
function show(check: Check, services: Services, notice?: string): Reply {
  return shown(check, services, notice).reply;
}

/** The same with the verdict, if that is what it shows. */
function shown(
  check: Check,
  services: Services,
  notice?: string,
): { readonly reply: Reply; readonly verdict?: VerdictResult } {
  const { state } = check;
  const { playbook } = services;
  if (state.cancelled) return { reply: cancelledNote(check.dialog.ownerName) };
  const facts = factsOf(state, playbook);
  const view: CheckView = { ...check, facts, ...(notice === undefined ? {} : { notice }) };
  if (state.asking !== undefined && playbook.questions[state.asking])
    return { reply: questionReply(view, state.asking, playbook) };
  const result = assess(facts, playbook);
  return result.kind === 'question'
    ? { reply: questionReply(view, result.question.id, playbook) }
    : { reply: verdictReply(view, result, playbook), verdict: result };
}

function cancelledNote(name: string): Reply {
  return cardReply(noteCard, { line: `${name} cancelled this check.`, canStart: true });
}

/** Begins a check of one's own with what the line says already. */
function begin(person: Person, place: Place, text: string, services: Services): { outcome: Outcome; reply: Reply } {
  const { playbook } = services;
  const said = readFacts(text, regionsOf(playbook));
  // "Severity 1" before there is an ICM can hardly be the ICM's; whose it is must be asked, unless an outage settles it.
  const one = said.unclearSeverityOne || readSeverityQuestion(text).icmSeverity === 1;
  const needsSeverity = one && said.facts.caseSeverity === undefined && said.facts.outage !== true;
  const state: CheckState = {
    ...newState(playbook, said.facts),
    regions: [...said.regions],
    srNumbers: [...said.srNumbers],
    ...(needsSeverity && playbook.questions['case-severity'] ? { asking: 'case-severity' } : {}),
  };
  const id = services.newId();
  const dialog = { id, revision: 1, ownerTeamsId: person.teamsId, ownerName: person.name };
  const { reply, verdict } = shown({ dialog, place, state }, services, needsSeverity ? unclear : undefined);
  return {
    reply,
    outcome: {
      dialog: { kind: 'start', feature, id, state },
      audit: verdict ? verdictEvent(id, verdict) : { event: 'check started', subject: id, details: {} },
    },
  };
}

function verdictOf(state: CheckState, services: Services): VerdictResult | undefined {
  if (state.asking !== undefined || state.cancelled) return undefined;
  const result = assess(factsOf(state, services.playbook), services.playbook);
  return result.kind === 'verdict' ? result : undefined;
}

const verdictEvent = (id: string, result: VerdictResult): AuditEvent => ({
  event: 'verdict',
  subject: id,
  details: {
    verdict: result.verdict,
    rule: result.ruleId,
    severity: result.severity,
    owner: result.owner,
    said: result.headline,
    cites: result.citations.map(({ id }) => id).join(', '),
  },
});

/** What a change of the state comes to: kept, shown in place, and a verdict to everybody in the channel. */
function changed(
  turn: { readonly place: Place },
  dialog: Dialog,
  state: CheckState,
  services: Services,
  notice?: string,
): Outcome {
  const next = { ...dialog, revision: dialog.revision + 1 };
  const { reply, verdict } = shown({ dialog: next, place: turn.place, state }, services, notice);
  return {
    reply,
    dialog: { kind: 'update', dialog, state, open: verdict === undefined && !state.cancelled },
    ...(verdict ? { audit: verdictEvent(dialog.id, verdict) } : {}),
    // While it is being answered only its owner sees it change; the result is for all who read the thread.
    forEverybody: verdict !== undefined || state.cancelled,
  };
}

/**
 * Guards every button of a check: it must be there, belong to who presses, and be the card of the present revision.
 * An old card, a second press or a repeat shows where the check is now and changes nothing.
 */
function guarded<Data extends { readonly dialog: string; readonly revision?: number }>(
  turn: ActionTurn<Data>,
  services: Services,
  act: (check: { readonly dialog: Dialog; readonly state: CheckState }) => Outcome | Promise<Outcome>,
): Outcome | Promise<Outcome> {
  const { dialog } = turn;
  if (!dialog || dialog.feature !== feature) {
    return {
      reply: cardReply(notYoursCard, {
        title: gone,
        line: 'It was finished long ago, or it went on in another place. Nothing was changed.',
        dialog: '',
      }),
    };
  }
  const { state, outdated } = readState(dialog.state, services.playbook);
  if (dialog.ownerId !== turn.person.aadObjectId) return notYours(dialog, state, services);
  if (turn.data.revision !== undefined && turn.data.revision !== dialog.revision) {
    return { reply: show({ dialog, place: turn.place, state }, services) };
  }
  // Written under other questions: keep what fits and ask again, rather than take a click for something else.
  if (outdated) return changed(turn, dialog, state, services, moved);
  return act({ dialog, state });
}

function notYours(dialog: Dialog, state: CheckState, services: Services): Outcome {
  const name = dialog.ownerName;
  const ended = state.cancelled || verdictOf(state, services) !== undefined;
  return {
    reply: cardReply(notYoursCard, {
      title: `This is ${name}’s check`,
      line: ended
        ? `Only ${name} can change it. You can start your own.`
        : `${stepOf(state, services.playbook)} Only ${name} can answer it. You can start your own.`,
      ...(ended ? { showLabel: `Show ${name}’s check` } : {}),
      dialog: dialog.id,
    }),
  };
}

function answer(
  check: { readonly dialog: Dialog; readonly state: CheckState },
  question: string,
  options: readonly string[],
  turn: { readonly place: Place },
  services: Services,
): Outcome {
  const { asking: _asking, ...state } = check.state;
  const answers = [
    ...state.answers.filter((given) => given.question !== question),
    { question, options: [...options] },
  ];
  return changed(turn, check.dialog, { ...state, answers }, services);
}

function back(
  check: { readonly dialog: Dialog; readonly state: CheckState },
  turn: { readonly place: Place },
  services: Services,
): Outcome {
  const { asking, ...state } = check.state;
  const last = state.answers.at(-1);
  if (asking !== undefined && verdictOf(state, services)) return changed(turn, check.dialog, state, services);
  if (!last) return { reply: show({ ...check, place: turn.place }, services, 'This is the first question.') };
  return changed(
    turn,
    check.dialog,
    { ...state, answers: state.answers.slice(0, -1), asking: last.question },
    services,
  );
}

const restart = (check: { readonly dialog: Dialog }, turn: { readonly place: Place }, services: Services): Outcome =>
  changed(turn, check.dialog, newState(services.playbook), services);

const cancel = (
  check: { readonly dialog: Dialog; readonly state: CheckState },
  turn: { readonly place: Place },
  services: Services,
): Outcome => changed(turn, check.dialog, { ...check.state, cancelled: true }, services);

function review(
  check: { readonly dialog: Dialog; readonly state: CheckState },
  turn: { readonly place: Place },
  services: Services,
): Outcome {
  const answers = answersToReview(check.state, services.playbook);
  if (answers.length === 0)
    return { reply: show({ ...check, place: turn.place }, services, 'There is no answer to change yet.') };
  const { dialog } = check;
  return {
    reply: cardReply(reviewCard, {
      dialog: dialog.id,
      revision: String(dialog.revision),
      owner: dialog.ownerTeamsId,
      heading: `${dialog.ownerName} · Should I open an ICM?`,
      answers,
    }),
  };
}

async function inPrivate(
  check: { readonly dialog: Dialog; readonly state: CheckState },
  turn: ActionTurn,
  services: Services,
): Promise<Outcome> {
  const { dialog, state } = check;
  const chat = await services.personalChat(turn.person);
  if (!chat) {
    return {
      reply: show(
        { dialog, place: turn.place, state },
        services,
        'I am not in a personal chat with you yet, so I say nothing there. In Teams open Apps, search for my name and select Add. Then press “Go on in private” again.',
      ),
    };
  }
  const next = { ...dialog, revision: dialog.revision + 1 };
  return {
    reply: cardReply(noteCard, { line: `${dialog.ownerName} goes on in private.`, canStart: true }),
    forEverybody: true,
    dialog: { kind: 'update', dialog, state, open: true, moveTo: chat },
    sends: [{ to: chat, reply: show({ dialog: next, place: chat, state }, services) }],
  };
}

/** Words that steer a check, as people type them. */
const steering = new Map(
  Object.entries({
    back: ['back', 'go back', 'undo', 'previous', 'zurück'],
    review: ['change', 'change an answer', 'change answer', 'wrong button', 'i clicked the wrong button'],
    restart: ['start over', 'restart', 'reset', 'new', 'again'],
    cancel: ['cancel', 'stop', 'exit', 'quit', 'abort', 'never mind', 'nevermind'],
    help: ['help me', 'what now', 'i am stuck'],
  }).flatMap(([step, words]) => words.map((word) => [word, step] as const)),
);

function typed(turn: MessageTurn & { readonly dialog: Dialog }, services: Services): Outcome | undefined {
  const { dialog } = turn;
  const { state, outdated } = readState(dialog.state, services.playbook);
  const check = { dialog, state };
  const word = turn.text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
  const step = steering.get(word);
  const outcome = (): Outcome | undefined => {
    if (step === 'back') return back(check, turn, services);
    if (step === 'review') return review(check, turn, services);
    if (step === 'restart') return restart(check, turn, services);
    if (step === 'cancel') return cancel(check, turn, services);
    if (step === 'help') return { reply: show({ ...check, place: turn.place }, services, howTo) };
    const read = readAnswer(turn.text, state, services);
    if (!read) return undefined;
    if (outdated) return changed(turn, dialog, state, services, moved);
    if (read.kind === 'options') return answer(check, read.question, read.options, turn, services);
    const { asking: _asking, ...rest } = state;
    const answers = rest.answers.filter((given) => given.question !== read.question);
    return changed(turn, dialog, { ...rest, answers, said: read.facts }, services);
  };
  const result = outcome();
  if (!result) return undefined;
  // The answer comes as a new message, where the eye is; the card above it shrinks to a line.
  const { forEverybody: _forEverybody, ...rest } = result;
  const shrink: Send[] =
    result.dialog && dialog.cardActivityId !== undefined
      ? [
          {
            to: 'replace',
            activityId: dialog.cardActivityId,
            reply: cardReply(noteCard, { line: `${dialog.ownerName} goes on below.`, canStart: false }),
          },
        ]
      : [];
  return { ...rest, sends: [...(result.sends ?? []), ...shrink] };
}

export const adviceFeature: Feature = {
  name: feature,
  commands: [
    {
      name: 'should-i-open',
      title: 'Should I open an ICM?',
      summary: 'A few questions, then a verdict with its rule, the severity and the owner.',
      examples: ['should I open an ICM?', 'open an ICM?', 'do I need an ICM?', 'check my case'],
      intents: ['should_open_icm'],
      run(turn, services): Outcome {
        const { outcome, reply } = begin(turn.person, turn.place, turn.text, services);
        return { ...outcome, reply };
      },
    },
  ],
  figures: verdictFigures,
  timeline: verdictTimeline,
  actions: [
    action({
      verb: 'advice/answer',
      data: onDialog.extend({
        question: z.string().max(100),
        option: z.string().max(100).optional(),
        ticked: z.string().max(1_000).optional(),
        none: z.literal('yes').optional(),
      }),
      run: (turn, services) =>
        guarded(turn, services, (check): Outcome => {
          const { question: id, option, ticked, none } = turn.data;
          const { questions } = services.playbook;
          const question = Object.hasOwn(questions, id) ? questions[id] : undefined;
          const given = none
            ? []
            : option !== undefined
              ? [option]
              : (ticked ?? '').split(',').filter((one) => one !== '');
          const fits =
            question !== undefined &&
            given.every((one) => Object.hasOwn(question.options, one)) &&
            (question.kind === 'several' || given.length === 1);
          if (!fits)
            return {
              reply: show(
                { ...check, place: turn.place },
                services,
                'That answer is not one of these. Nothing was changed.',
              ),
            };
          if (question.kind === 'several' && !none && given.length === 0) {
            return {
              reply: show(
                { ...check, place: turn.place },
                services,
                'Tick at least one, or press the button that says none of them holds.',
              ),
            };
          }
          return answer(check, id, given, turn, services);
        }),
    }),
    action({
      verb: 'advice/change',
      data: onDialog.extend({ question: z.string().max(100) }),
      run: (turn, services) =>
        guarded(turn, services, (check): Outcome => {
          if (!Object.hasOwn(services.playbook.questions, turn.data.question))
            return { reply: show({ ...check, place: turn.place }, services) };
          return changed(turn, check.dialog, { ...check.state, asking: turn.data.question }, services);
        }),
    }),
    action({
      verb: 'advice/back',
      data: onDialog,
      run: (turn, services) => guarded(turn, services, (check) => back(check, turn, services)),
    }),
    action({
      verb: 'advice/restart',
      data: onDialog,
      run: (turn, services) => guarded(turn, services, (check) => restart(check, turn, services)),
    }),
    action({
      verb: 'advice/cancel',
      data: onDialog,
      run: (turn, services) => guarded(turn, services, (check) => cancel(check, turn, services)),
    }),
    action({
      verb: 'advice/private',
      data: onDialog,
      run: (turn, services) => guarded(turn, services, (check) => inPrivate(check, turn, services)),
    }),
    action({
      verb: 'advice/review',
      readOnly: true,
      data: onDialog,
      run: (turn, services) => guarded(turn, services, (check) => review(check, turn, services)),
    }),
    action({
      verb: 'advice/help',
      readOnly: true,
      data: onDialog,
      run: (turn, services) =>
        guarded(turn, services, (check) => ({ reply: show({ ...check, place: turn.place }, services, howTo) })),
    }),
    action({
      verb: 'advice/show',
      readOnly: true,
      data: z.object({ dialog: z.string() }),
      run(turn, services) {
        const { dialog } = turn;
        // The verdict of another is for reading by all; everything else goes through the guard.
        if (dialog?.feature === feature && dialog.ownerId !== turn.person.aadObjectId) {
          const { state } = readState(dialog.state, services.playbook);
          if (state.cancelled || verdictOf(state, services))
            return { reply: show({ dialog, place: turn.place, state }, services) };
        }
        return guarded(turn, services, (check) => ({ reply: show({ ...check, place: turn.place }, services) }));
      },
    }),
    action({
      verb: 'advice/own',
      data: z.object({}),
      run(turn, services): Outcome {
        const { outcome, reply } = begin(turn.person, turn.place, '', services);
        return asNewMessage({ ...outcome, reply }, 'Your own check is in the new message below.');
      },
    }),
  ],
  typed,
};
