import { AppError } from '../errors.ts';
import { settle } from './answers.ts';
import type { Facts, IcmSeverity } from './facts.ts';
import { questionFor } from './references.ts';
import { orderRules } from './rule-order.ts';
import { STEPS, type Condition, type DecisionRule, type Playbook, type Term, type Value } from './schema.ts';

/** What rules see of the facts. What is not known is undefined. */
export type Terms = Readonly<Partial<Record<Term, Value>>>;

/** What the rules come to: the question that has to be asked first, or the rule that decides. */
export type Decision =
  | { readonly kind: 'ask'; readonly question: string }
  | {
      readonly kind: 'verdict';
      readonly ruleId: string;
      readonly rule: DecisionRule;
      /** For `open`; null where the documents or the facts do not give one, and for every other verdict. */
      readonly severity: IcmSeverity | null;
      /** For `open`: name of the entry in `owners`, null where none fits. */
      readonly ownerId: string | null;
      readonly terms: Terms;
    };

type Check = readonly [Term, Condition];

interface CompiledRule {
  readonly id: string;
  readonly rule: DecisionRule;
  readonly when: readonly Check[];
  readonly ifKnown: readonly Check[];
}

interface Graph {
  readonly first: readonly Term[];
  readonly rules: readonly CompiledRule[];
  readonly owners: readonly (readonly [string, readonly (readonly Check[])[]])[];
  readonly questionOf: ReadonlyMap<Term, string>;
}

const checksOf = (conditions: Partial<Record<Term, Condition>> | undefined) =>
  Object.entries(conditions ?? {}) as [Term, Condition][];

// A turn must not sort rules and look for questions again; a playbook never changes while the bot runs.
const graphs = new WeakMap<Playbook, Graph>();

function graphOf(playbook: Playbook): Graph {
  let graph = graphs.get(playbook);
  if (!graph) {
    const rules = orderRules(playbook.advice.rules).map(([id, rule]) => ({
      id,
      rule,
      when: checksOf(rule.when),
      ifKnown: checksOf(rule.ifKnown),
    }));
    const terms = new Set<Term>([
      ...playbook.advice.first,
      'caseSeverity',
      ...rules.flatMap(({ when }) => when.map(([term]) => term)),
    ]);
    graph = {
      first: playbook.advice.first,
      rules,
      owners: Object.entries(playbook.owners).map(([id, owner]) => [id, owner.when.map(checksOf)] as const),
      questionOf: new Map([...terms].map((term) => [term, questionFor(term, playbook) ?? ''])),
    };
    graphs.set(playbook, graph);
  }
  return graph;
}

/** Draws the facts together into what the rules speak of. */
export function termsOf(facts: Facts): Terms {
  const known = settle(facts);
  const steps = STEPS.map((step) => known.investigated?.[step]);
  const investigation = steps.includes(false) ? 'missing' : steps.every(Boolean) ? 'complete' : undefined;
  const terms: Partial<Record<Term, Value | undefined>> = {
    need: known.need,
    outage: known.outage,
    caseSeverity: known.caseSeverity,
    severityOne: known.severityOne,
    bugEvidence: known.bugEvidence,
    requestedBy: known.requestedBy,
    investigation,
    similarIcmFound: known.similarIcmFound,
    askedColleagues: known.askedColleagues,
    askedSmes: known.askedSmes,
    smesAvailable: known.smesAvailable,
  };
  return terms;
}

/** Whether a value that may be unknown meets a condition; undefined: it cannot be told. */
function met(value: Value | undefined, condition: Condition): boolean | undefined {
  return value === undefined ? undefined : condition.values.includes(value) !== condition.not;
}

/** Whether everything is known to be met. */
export function allKnown(checks: readonly Check[], terms: Terms): boolean {
  return checks.every(([term, condition]) => met(terms[term], condition) === true);
}

/**
 * The first rule that holds decides. One that hangs on an unknown fact is asked about, unless another of its conditions
 * fails already. With `severityOptional` an open verdict does not ask for the case severity.
 */
export function decide(facts: Facts, playbook: Playbook, severityOptional = false): Decision {
  const graph = graphOf(playbook);
  const terms = termsOf(facts);
  const ask = (term: Term): Decision => ({ kind: 'ask', question: graph.questionOf.get(term) ?? '' });
  for (const term of graph.first) if (terms[term] === undefined) return ask(term);
  for (const { id, rule, when, ifKnown } of graph.rules) {
    if (when.some(([term, condition]) => met(terms[term], condition) === false)) continue;
    if (!allKnown(ifKnown, terms)) continue;
    const open = when.find(([term]) => terms[term] === undefined);
    if (open) return ask(open[0]);
    if (rule.severity === 'case' && terms.caseSeverity === undefined && !severityOptional) return ask('caseSeverity');
    return {
      kind: 'verdict',
      ruleId: id,
      rule,
      severity: severityOf(rule.severity, terms, playbook),
      ownerId: rule.verdict === 'open' ? ownerOf(terms, playbook) : null,
      terms,
    };
  }
  throw new AppError('internal', 'no rule of the playbook decides, although the last one always holds');
}

/** ICM severity by the table. */
export function severityOf(
  from: DecisionRule['severity'] | 'none',
  terms: Terms,
  playbook: Playbook,
): IcmSeverity | null {
  const { table } = playbook.severity;
  if (from === 'outage') return table.outage.icm;
  const letter = terms.caseSeverity;
  return from === 'case' && (letter === 'A' || letter === 'B' || letter === 'C') ? table[letter].icm : null;
}

/** The first owner that fits, by its name in `owners`. */
export function ownerOf(terms: Terms, playbook: Playbook): string | null {
  return graphOf(playbook).owners.find(([, ways]) => ways.some((checks) => allKnown(checks, terms)))?.[0] ?? null;
}
