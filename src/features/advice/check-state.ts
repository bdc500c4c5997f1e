import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Facts } from '../../playbook/facts.ts';
import { FACT_VALUES, type FactName, type Playbook } from '../../playbook/schema.ts';
import { onceForEach } from '../../understanding/once-for-each.ts';
import { applyAnswer } from './assess.ts';

/** An answer as it was given: one option, or the ticked ones of several. */
const givenAnswer = z.object({ question: z.string(), options: z.array(z.string()) });
export type GivenAnswer = z.output<typeof givenAnswer>;

const stateSchema = z.object({
  /** Which questions and rules it was written under. */
  graph: z.string(),
  /** What the first message, or a typed line, said about the case. */
  said: z.record(z.string(), z.unknown()),
  answers: z.array(givenAnswer),
  /** A question that is asked although it could be answered: somebody wants to change it, or it was unclear. */
  asking: z.string().optional(),
  regions: z.array(z.string()).default([]),
  srNumbers: z.array(z.string()).default([]),
  cancelled: z.boolean().default(false),
});

/** What is kept of a check between two clicks. */
export type CheckState = Omit<z.output<typeof stateSchema>, 'said'> & { readonly said: Facts };

/** Changes whenever the questions or the rules do, so that a check from before is noticed. */
export const graphOf = onceForEach(({ questions, advice }: Playbook): string =>
  createHash('sha256')
    .update(JSON.stringify([questions, advice.rules]))
    .digest('hex')
    .slice(0, 16),
);

export function newState(playbook: Playbook, said: Facts = {}): CheckState {
  return {
    graph: graphOf(playbook),
    said,
    answers: [],
    regions: [],
    srNumbers: [],
    cancelled: false,
  };
}

/**
 * Reads a kept state. One that was written under other questions keeps the answers that still fit; `outdated` tells
 * it, so that the person is asked again rather than taken by a word that has changed its meaning.
 */
export function readState(
  raw: unknown,
  playbook: Playbook,
): { readonly state: CheckState; readonly outdated: boolean } {
  const parsed = stateSchema.safeParse(raw);
  if (!parsed.success) return { state: newState(playbook), outdated: true };
  const state: CheckState = { ...parsed.data, said: fittingFacts(parsed.data.said) };
  if (state.graph === graphOf(playbook)) return { state, outdated: false };
  const answers = state.answers.filter(({ question, options }) => {
    const known = playbook.questions[question];
    return known !== undefined && options.every((option) => known.options[option] !== undefined);
  });
  const { asking: _asking, ...rest } = state;
  return { state: { ...rest, graph: graphOf(playbook), answers }, outdated: true };
}

/** Everything known: what was said, then the answers in their order. */
export function factsOf(state: CheckState, playbook: Playbook): Facts {
  return state.answers.reduce<Facts>(
    (facts, answer) => applyAnswer(facts, answer.question, answer.options, playbook),
    state.said,
  );
}

/** Takes over only what is a fact with a value that it can have. */
function fittingFacts(raw: Readonly<Record<string, unknown>>): Facts {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (name === 'investigated' && typeof value === 'object' && value !== null) {
      kept[name] = Object.fromEntries(
        Object.entries(value).filter(([step, done]) => Object.hasOwn(FACT_VALUES, step) && typeof done === 'boolean'),
      );
    } else if (
      Object.hasOwn(FACT_VALUES, name) &&
      (FACT_VALUES[name as FactName] as readonly unknown[]).includes(value)
    ) {
      kept[name] = value;
    }
  }
  return kept;
}
