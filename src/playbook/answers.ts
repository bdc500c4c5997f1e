import type { Facts, InvestigationStep } from './facts.ts';
import { STEPS, type FactName, type Playbook, type Question, type QuestionOption, type Value } from './schema.ts';

type Settings = Partial<Record<FactName, Value>>;

const isStep = (name: FactName): name is InvestigationStep => (STEPS as readonly string[]).includes(name);

/** A fact by its name in the playbook, where the four steps of the investigation stand beside the others. */
export function factOf(facts: Facts, name: FactName): Value | undefined {
  return isStep(name) ? facts.investigated?.[name] : facts[name];
}

/** The facts with some of them set. The playbook has checked that each value fits its fact. */
export function withFacts(facts: Facts, settings: Settings): Facts {
  const next: Record<string, unknown> = { ...facts };
  const steps: Partial<Record<InvestigationStep, boolean>> = { ...facts.investigated };
  for (const [name, value] of Object.entries(settings) as [FactName, Value][]) {
    if (isStep(name)) steps[name] = value === true;
    else next[name] = value;
  }
  if (Object.keys(steps).length) next['investigated'] = steps;
  return next;
}

/** Adds what follows from the facts themselves, so that no rule has to say it. */
export function settle(facts: Facts): Facts {
  const settled: { -readonly [K in keyof Facts]: Facts[K] } = { ...facts };
  const steps = { ...facts.investigated };
  // Whoever found a similar ICM has searched; whoever excludes an outage has looked, unless they say otherwise.
  if (facts.similarIcmFound === true) steps.existingIcms = true;
  if (facts.outage === false && steps.outageCheck === undefined) steps.outageCheck = true;
  // A check that left it open found no outage.
  if (facts.outage === 'unknown' && steps.outageCheck === true) settled.outage = false;
  if (facts.caseSeverity === '1') settled.severityOne = true;
  // A, B and C are not Severity 1 (T1), unless somebody said that the support request is both. A severity that could
  // not be told is not known to be Severity 1 either.
  else if (facts.severityOne === undefined && facts.caseSeverity !== undefined) settled.severityOne = false;
  settled.investigated = steps;
  return settled;
}

/**
 * The facts after an answer. `answer` holds ids of options: the one that was picked, or all that are ticked. An option
 * that is left unticked counts as "no", but never overwrites something better known ("not sure" stays "not sure").
 * Unknown questions and options change nothing.
 */
export function applyAnswer(facts: Facts, questionId: string, answer: readonly string[], playbook: Playbook): Facts {
  const question = Object.hasOwn(playbook.questions, questionId) ? playbook.questions[questionId] : undefined;
  if (!question) return facts;
  const options = Object.entries(question.options);
  if (question.kind === 'choice') {
    const picked = options.find(([id]) => id === answer[0])?.[1];
    return picked?.set ? consistent(withFacts(facts, picked.set)) : facts;
  }
  const settings: Settings = {};
  for (const [id, option] of options)
    if (answer.includes(id))
      for (const [name, value] of Object.entries(option.set ?? {}) as [FactName, Value][])
        if (!(name in settings)) settings[name] = keepsTicked(option, name, facts) ?? value;
  for (const [id, option] of options)
    if (!answer.includes(id))
      for (const [name, value] of Object.entries(option.otherwise ?? {}) as [FactName, Value][])
        if (!(name in settings) && wasUnticked(question, name, factOf(facts, name))) settings[name] = value;
  return consistent(withFacts(facts, settings));
}

/** What was known already where it counts as this option: a Sr. Engineer stays one when "an SME or Sr. Engineer" is ticked. */
function keepsTicked(option: QuestionOption, name: FactName, facts: Facts): Value | undefined {
  const known = factOf(facts, name);
  return known !== undefined && option.ticked?.[name]?.includes(known as string | boolean) ? known : undefined;
}

/** Whether an unticked option says something new: nothing was known, or what was known stood as a tick in this question. */
function wasUnticked(question: Question, name: FactName, known: Value | undefined): boolean {
  if (known === undefined) return true;
  return Object.values(question.options).some((option) =>
    option.ticked?.[name] ? option.ticked[name].includes(known as string | boolean) : option.set?.[name] === known,
  );
}

/** The last answer wins where two of them speak of Severity 1. */
function consistent(facts: Facts): Facts {
  if (facts.severityOne !== false || facts.caseSeverity !== '1') return facts;
  return Object.fromEntries(Object.entries(facts).filter(([name]) => name !== 'caseSeverity'));
}

/** Options that are known to hold already, to be shown ticked. */
export function tickedOptions(facts: Facts, question: Question): string[] {
  const settled = settle(facts);
  return Object.entries(question.options)
    .filter(([, option]) => !option.none && holds(option, settled))
    .map(([id]) => id);
}

function holds(option: QuestionOption, facts: Facts): boolean {
  if (option.ticked)
    return (Object.entries(option.ticked) as [FactName, readonly Value[]][]).every(([name, values]) => {
      const known = factOf(facts, name);
      return known !== undefined && values.includes(known);
    });
  return (Object.entries(option.set ?? {}) as [FactName, Value][]).every(
    ([name, value]) => factOf(facts, name) === value,
  );
}
