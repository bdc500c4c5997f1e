import type { Facts } from '../../playbook/facts.ts';
import type { Playbook, Question } from '../../playbook/schema.ts';
import { readFacts } from '../../understanding/read-facts.ts';
import { readSeverityQuestion } from '../../understanding/read-severity.ts';
import type { Services } from '../feature.ts';
import { assess } from './assess.ts';
import { factsOf, type CheckState } from './check-state.ts';

/** A typed line taken as the answer to the question at hand. */
export type ReadAnswer =
  | { readonly kind: 'options'; readonly question: string; readonly options: readonly string[] }
  /** The line tells facts that the question asks for, in own words. */
  | { readonly kind: 'facts'; readonly question: string; readonly facts: Facts };

/**
 * What a typed line answers, or `undefined` when it is no answer: then it is read like any other line.
 * A line that asks something is never taken for an answer.
 */
export function readAnswer(text: string, state: CheckState, services: Services): ReadAnswer | undefined {
  const { playbook } = services;
  const facts = factsOf(state, playbook);
  const id = state.asking ?? questionAt(facts, playbook);
  const question = id === undefined ? undefined : playbook.questions[id];
  if (id === undefined || !question) return undefined;
  const options = namedOptions(text, question);
  if (options) return { kind: 'options', question: id, options };
  if (isSeverityQuestion(question)) {
    const { caseSeverity, unclearOne } = readSeverityQuestion(text);
    const severity = /^\W*1\W*$/.test(text.normalize('NFKC')) ? '1' : unclearOne ? undefined : caseSeverity;
    const option = Object.entries(question.options).find(
      ([, { set }]) => severity !== undefined && set?.caseSeverity === severity,
    );
    if (option && text.length < 60) return { kind: 'options', question: id, options: [option[0]] };
  }
  const reading = services.understanding.understand(text);
  if (text.includes('?') && reading.kind === 'clear') return undefined;
  const told = readFacts(text).facts;
  const sets = new Set(Object.values(question.options).flatMap(({ set }) => Object.keys(set ?? {})));
  const answers =
    Object.keys(told).some((fact) => sets.has(fact)) ||
    Object.keys(told.investigated ?? {}).some((step) => sets.has(step));
  if (!answers) return undefined;
  return {
    kind: 'facts',
    question: id,
    facts: {
      ...facts,
      ...told,
      ...(told.investigated ? { investigated: { ...facts.investigated, ...told.investigated } } : {}),
    },
  };
}

function questionAt(facts: Facts, playbook: Playbook): string | undefined {
  const result = assess(facts, playbook);
  return result.kind === 'question' ? result.question.id : undefined;
}

const isSeverityQuestion = (question: Question) =>
  Object.values(question.options).some(({ set }) => set?.caseSeverity === 'A');

const squeeze = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Options named by their label or their name; several where the question takes several, separated by commas. */
function namedOptions(text: string, question: Question): string[] | undefined {
  const parts = question.kind === 'several' ? text.split(/[,;\n]/) : [text];
  const found: string[] = [];
  for (const part of parts.map(squeeze).filter((one) => one !== '')) {
    if (
      question.kind === 'several' &&
      ['none', 'none of these', 'none of them', 'nothing', 'no', 'no none'].includes(part)
    )
      return [];
    const option = Object.entries(question.options).find(
      ([id, { label }]) => squeeze(label) === part || squeeze(id) === part,
    );
    if (!option) return undefined;
    if (!option[1].none) found.push(option[0]);
  }
  return found.length === 0 || (question.kind === 'choice' && found.length > 1) ? undefined : found;
}
