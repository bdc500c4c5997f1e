import type { Facts } from '../../playbook/facts.ts';
import type { Playbook } from '../../playbook/schema.ts';
import { tickedOptions } from '../../playbook/answers.ts';
import { cardReply } from '../card.ts';
import type { Dialog, Place, Reply } from '../feature.ts';
import { questionCard, verdictCard } from './advice-cards.ts';
import { askFor, assess, type Disagreement, type VerdictResult } from './assess.ts';
import { factsOf, type CheckState } from './check-state.ts';

/** A check as it is to be shown. */
export interface CheckView {
  readonly dialog: Pick<Dialog, 'id' | 'revision' | 'ownerTeamsId' | 'ownerName'>;
  readonly place: Place;
  readonly state: CheckState;
  readonly facts: Facts;
  /** A line above the question: help, or why it is asked again. */
  readonly notice?: string;
}

const lines = (texts: readonly string[]) => texts.map((text) => ({ text }));

function headOf(view: CheckView, what: string) {
  return {
    dialog: view.dialog.id,
    revision: String(view.dialog.revision),
    owner: view.dialog.ownerTeamsId,
    heading: `${view.dialog.ownerName} · ${what}`,
    ...(view.notice === undefined ? {} : { notice: view.notice }),
  };
}

export function questionReply(view: CheckView, id: string, playbook: Playbook): Reply {
  const { question, ticked } = askFor(id, view.facts, playbook);
  const none = question.options.find((option) => option.none);
  const known = knownAnswers(view.state, view.facts, playbook);
  return cardReply(questionCard, {
    ...headOf(view, 'Should I open an ICM?'),
    question: question.text,
    ...(question.hint === undefined ? {} : { hint: question.hint }),
    kind: question.kind,
    questionId: id,
    options: question.options
      .filter((option) => !option.none)
      .map((option) => ({ id: option.id, label: option.label })),
    ticked: question.kind === 'several' ? ticked.join(',') : '',
    ...(none ? { noneLabel: none.label } : {}),
    known: knownLines(known),
    canGoBack: view.state.answers.length > 0,
    canChange: known.length > 0,
    canMove: view.place.kind !== 'personal',
  });
}

export function verdictReply(view: CheckView, result: VerdictResult, playbook: Playbook): Reply {
  const [rule] = result.citations;
  const open = result.verdict === 'open';
  const known = knownAnswers(view.state, view.facts, playbook);
  return cardReply(verdictCard, {
    ...headOf(view, 'Should I open an ICM?'),
    title: result.name,
    isOpen: open,
    severity: open
      ? `${result.severity === null ? 'Not settled.' : `Sev ${result.severity}.`} ${result.severityWhy ?? ''}`
      : '',
    ownerTeam: open ? (result.owner ?? 'Not named in the documents') : '',
    because: result.because,
    rule: rule.text,
    source: `${rule.source} (${rule.id})`,
    next: result.nextStep,
    missing: result.verdict === 'investigate-first' ? lines(stepsAsLines(result.missingSteps, playbook)) : [],
    disagreements: result.disagreements.map(asDisagreement),
    required: lines(result.required),
    ...(result.ownerNote === null
      ? result.owner === null && result.ownerWhy !== null
        ? { ownerNote: result.ownerWhy }
        : {}
      : { ownerNote: result.ownerNote }),
    pasteTitle: fillIn(result.paste?.title ?? '', view.state),
    pasteDetails: fillIn(result.paste?.details ?? '', view.state),
    entries: lines(result.entryPoints?.places.map((place) => place.label) ?? []),
    entryNote: result.entryPoints?.note ?? '',
    tracking: result.tracking.map((list) => ({
      label: list.label,
      steps: lines(list.steps.map((step, at) => `${at + 1}) ${step}`)),
    })),
    changes: lines(result.changes),
    known: knownLines(known),
    rules: lines(result.citations.map((cited) => `“${cited.text}” ${cited.source} (${cited.id})`)),
    links: result.whoAnswers.flatMap(({ link }) => (link ? [{ label: link.label, url: link.url }] : [])),
    canChange: known.length > 0,
    canTrack: open || result.verdict === 'follow-existing',
  });
}

function asDisagreement(entry: Disagreement) {
  return {
    title: entry.title,
    sides: lines(entry.sides),
    decides: entry.whoDecides,
    ...(entry.alternative ? { otherwise: `${entry.alternative.label}.` } : {}),
  };
}

const stepsAsLines = (steps: VerdictResult['missingSteps'], playbook: Playbook) =>
  steps.map((step) => `${playbook.investigation.steps[step].label}: ${playbook.investigation.steps[step].how}`);

/** Puts what the first message named into the text to paste. */
function fillIn(template: string, state: CheckState): string {
  let text = template;
  if (state.srNumbers.length > 0) text = text.replaceAll('<SR number>', state.srNumbers.join(', '));
  if (state.regions.length > 0) text = text.replaceAll('<region(s)>', state.regions.join(', '));
  return text;
}

interface KnownAnswer {
  readonly id: string;
  readonly about: string;
  readonly value: string;
}

/** Each question of which something is known, with what is known: from the message or from an answer. */
export function answersToReview(state: CheckState, playbook: Playbook): { id: string; label: string }[] {
  return knownAnswers(state, factsOf(state, playbook), playbook).map(({ id, about, value }) => ({
    id,
    label: `${about}: ${value}`,
  }));
}

const knownLines = (known: readonly KnownAnswer[]) => known.map(({ about, value }) => ({ title: about, value }));

function knownAnswers(state: CheckState, facts: Facts, playbook: Playbook): KnownAnswer[] {
  return Object.entries(playbook.questions).flatMap(([id, question]) => {
    const ticked = tickedOptions(facts, question).filter((option) => !question.options[option]?.none);
    const answered = state.answers.some((given) => given.question === id);
    if (ticked.length === 0 && !answered) return [];
    const value = ticked.map((option) => question.options[option]?.label ?? option).join('; ') || 'none of these';
    return [{ id, about: question.about, value }];
  });
}

/** Where somebody's check stands, in a sentence for others. */
export function stepOf(state: CheckState, playbook: Playbook): string {
  const result = assess(factsOf(state, playbook), playbook);
  const question =
    state.asking === undefined
      ? result.kind === 'question'
        ? result.question.text
        : undefined
      : playbook.questions[state.asking]?.text;
  return question === undefined ? '' : `It is at the question “${question}”`;
}
