import { settle, tickedOptions, withFacts } from '../../playbook/answers.ts';
import { cite, openPoint, type Citation, type OpenPoint } from '../../playbook/cite.ts';
import { allKnown, decide, ownerOf, severityOf, type Decision, type Terms } from '../../playbook/decide.ts';
import type { Facts, IcmSeverity, InvestigationStep, Verdict } from '../../playbook/facts.ts';
import { STEPS, type Condition, type Playbook, type Term, type Value } from '../../playbook/schema.ts';

export { applyAnswer } from '../../playbook/answers.ts';

/** A question that has to be answered before there can be a verdict. */
export interface NextQuestion {
  readonly kind: 'question';
  readonly question: {
    /** Its name in the playbook; goes back into `applyAnswer`. */
    readonly id: string;
    /** `choice`: one option is picked. `several`: any number of options is ticked. */
    readonly kind: 'choice' | 'several';
    readonly text: string;
    readonly hint?: string;
    /** `none` marks "none of these", which stands for an empty list of ticks. */
    readonly options: readonly { readonly id: string; readonly label: string; readonly none: boolean }[];
  };
  /** Ids of options that are known to hold already, from the message or an earlier answer. */
  readonly ticked: readonly string[];
}

export interface Link {
  readonly label: string;
  readonly url: string;
}

/** Another verdict that the documents would bear as well. */
export interface Alternative {
  readonly verdict: Verdict;
  /** Within a sentence: "open an ICM, ICM Sev 2, owner CSS Escalation". */
  readonly label: string;
  readonly severity: IcmSeverity | null;
  readonly owner: string | null;
}

/** A place where the documents disagree or are silent and that matters for this verdict. */
export interface Disagreement extends OpenPoint {
  readonly alternative?: Alternative;
}

/** Somebody to ask. */
export interface Contact {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly link?: Link;
}

/** What is advised. Every sentence comes from the playbook. */
export interface VerdictResult {
  readonly kind: 'verdict';
  readonly verdict: Verdict;
  /** "Open an ICM" */
  readonly name: string;
  /** The verdict in one line: "Open an ICM: ICM Sev 2, owner CSS Escalation." */
  readonly headline: string;
  /** The rule of `advice.rules` that decided. */
  readonly ruleId: string;
  /** Why, in one plain sentence. */
  readonly because: string;
  readonly nextStep: string;
  /** ICM severity. null: not `open`, or not settled by the documents or the facts; `severityWhy` then says why. */
  readonly severity: IcmSeverity | null;
  /** For `open`: where the severity comes from, or why there is none. Otherwise null. */
  readonly severityWhy: string | null;
  /** Name of the owner to select. null: not `open`, or the documents name none; `ownerWhy` then says so. */
  readonly owner: string | null;
  /** For `open`: what the owner handles, or why there is none. Otherwise null. */
  readonly ownerWhy: string | null;
  /** A remark about the owner's name (T4), where the playbook has one. */
  readonly ownerNote: string | null;
  /** What the ICM must contain for this owner. */
  readonly required: readonly string[];
  /** For `open`: title and details to paste. What stands in < > is left to the engineer. */
  readonly paste: { readonly title: string; readonly details: string } | null;
  /** The deciding rule first; then circumstances and reasons that hold, severity and owner. Never empty. */
  readonly citations: readonly [Citation, ...Citation[]];
  /** Steps of the investigation that are known not to be done; only where they matter (open, investigate, follow). */
  readonly missingSteps: readonly InvestigationStep[];
  /** Steps of which nobody said whether they are done; only with `open`. */
  readonly untoldSteps: readonly InvestigationStep[];
  /** Where the documents leave it open. Empty when they are clear. */
  readonly disagreements: readonly Disagreement[];
  /** What else would change the verdict: "If an outage is confirmed: open an ICM, ICM Sev 1." */
  readonly changes: readonly string[];
  /** Who answers instead or helps on; for `open` only where an SME has to settle something. */
  readonly whoAnswers: readonly Contact[];
  /** For `open`: the ways in, and that the documents say no more about them. */
  readonly entryPoints: {
    readonly places: readonly { readonly label: string; readonly link?: Link }[];
    readonly note: string;
  } | null;
  /** For `open` and `follow-existing`: the clicks that track an ICM. */
  readonly tracking: readonly { readonly label: string; readonly steps: readonly string[]; readonly source: string }[];
}

type Decided = Extract<Decision, { kind: 'verdict' }>;

/**
 * The next question, or the verdict. Pure: same facts and playbook, same result. Asks only what still decides; with
 * all facts known it never asks. The rules are data (`advice` in the playbook), evaluated by `decide`.
 */
export function assess(facts: Facts, playbook: Playbook): NextQuestion | VerdictResult {
  const decision = decide(facts, playbook);
  return decision.kind === 'ask' ? askFor(decision.question, facts, playbook) : verdictOf(decision, facts, playbook);
}

/** A question as `assess` would ask it; also for answers that somebody wants to change. */
export function askFor(questionId: string, facts: Facts, playbook: Playbook): NextQuestion {
  const question = playbook.questions[questionId];
  if (!question) throw new Error(`the playbook has no question ${questionId}`);
  return {
    kind: 'question',
    question: {
      id: questionId,
      kind: question.kind,
      text: question.text,
      ...(question.hint === undefined ? {} : { hint: question.hint }),
      options: Object.entries(question.options).map(([id, option]) => ({
        id,
        label: option.label,
        none: option.none === true,
      })),
    },
    ticked: tickedOptions(facts, question),
  };
}

function verdictOf(decision: Decided, facts: Facts, playbook: Playbook): VerdictResult {
  const { rule, ruleId, severity, ownerId } = decision;
  const open = rule.verdict === 'open';
  const words = playbook.verdicts[rule.verdict];
  const owner = ownerId === null ? undefined : playbook.owners[ownerId];
  const after = afterwards(decision, playbook);
  const { texts } = playbook.advice;
  const steps = (done: boolean | undefined) => STEPS.filter((step) => settle(facts).investigated?.[step] === done);
  const stepsMatter = open || rule.verdict === 'investigate-first' || rule.verdict === 'follow-existing';
  const headline = open
    ? `${words.name}: ${severity === null ? texts.severityOpen : fill(texts.severity, { icm: severity })}, ${owner ? fill(texts.owner, { owner: owner.name }) : texts.ownerOpen}.`
    : `${words.name}.`;
  return {
    kind: 'verdict',
    verdict: rule.verdict,
    name: words.name,
    headline,
    ruleId,
    because: rule.because,
    nextStep: rule.next ?? words.next,
    severity,
    severityWhy: open ? severityWhy(decision, playbook) : null,
    owner: owner?.name ?? null,
    ownerWhy: open ? (owner?.handles ?? playbook.noOwner.why) : null,
    ownerNote: owner?.note ?? null,
    required: owner?.required ?? [],
    paste: open ? paste(decision, facts, playbook) : null,
    citations: citationsOf(decision, playbook),
    missingSteps: stepsMatter ? steps(false) : [],
    untoldSteps: open ? steps(undefined) : [],
    disagreements: disagreementsOf(decision, after, playbook),
    changes: changesOf(decision, after, facts, playbook),
    whoAnswers: (rule.help ?? words.help).map((id) => contact(id, playbook)),
    entryPoints: open
      ? {
          places: Object.values(playbook.entryPoints.places).map((place) => ({
            label: place.label,
            ...linkOf(place.link, playbook),
          })),
          note: playbook.entryPoints.note,
        }
      : null,
    tracking:
      open || rule.verdict === 'follow-existing'
        ? Object.values(playbook.tracking).map((list) => ({
            label: list.label,
            steps: list.steps,
            source: cite(list.rule, playbook).source,
          }))
        : [],
  };
}

/** Fills words in braces; a word that is not given stays as it is. */
function fill(template: string, words: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, word: string) =>
    Object.hasOwn(words, word) ? String(words[word]) : whole,
  );
}

function severityWhy({ rule, severity, terms }: Decided, playbook: Playbook): string {
  const { why } = playbook.severity;
  if (rule.severity === 'outage') return why.outage;
  if (rule.severity === 'undecided') return why.undecided;
  return severity === null ? why.unknown : fill(why.case, { case: String(terms.caseSeverity), icm: severity });
}

function paste({ severity, ownerId, terms }: Decided, facts: Facts, playbook: Playbook) {
  const template = (ownerId === null ? undefined : playbook.owners[ownerId]?.template) ?? playbook.noOwner.template;
  const { texts } = playbook.advice;
  const known = settle(facts).investigated ?? {};
  const told = (step: InvestigationStep) =>
    known[step] === undefined ? texts.notSaid : known[step] ? texts.yes : texts.no;
  const words = {
    need: playbook.needs[facts.need ?? 'unknown'],
    icmSeverity: severity ?? texts.severityOpen,
    case:
      terms.caseSeverity === undefined || terms.caseSeverity === 'unknown' ? texts.notSaid : String(terms.caseSeverity),
    steps: STEPS.map((step) => `${playbook.investigation.steps[step].label}: ${told(step)}`).join('; '),
  };
  return { title: fill(template.title, words), details: fill(template.details, words) };
}

function citationsOf(
  { rule, severity, ownerId, terms }: Decided,
  playbook: Playbook,
): readonly [Citation, ...Citation[]] {
  const cited = new Set(rule.cites);
  for (const entry of [...Object.values(playbook.opening), ...Object.values(playbook.notAppropriate)])
    if (allKnown(checksOf(entry.when), terms)) cited.add(entry.rule);
  const row =
    severity === null
      ? undefined
      : rule.severity === 'outage'
        ? playbook.severity.table.outage
        : tableRow(terms, playbook);
  if (row) [row.rule, ...row.also].forEach((id) => cited.add(id));
  const owner = ownerId === null ? undefined : playbook.owners[ownerId];
  if (owner) cited.add(owner.rule);
  // The schema demands at least one rule of every decision.
  return [...cited].map((id) => cite(id, playbook)) as unknown as readonly [Citation, ...Citation[]];
}

function tableRow(terms: Terms, playbook: Playbook) {
  const letter = terms.caseSeverity;
  return letter === 'A' || letter === 'B' || letter === 'C' ? playbook.severity.table[letter] : undefined;
}

const checksOf = (conditions: Partial<Record<Term, Condition>>) => Object.entries(conditions) as [Term, Condition][];

type After = Readonly<Record<string, Value | undefined>>;

/** What conditions of disagreements and changes see: the facts and what the verdict came to. */
function afterwards({ rule, ruleId, severity, ownerId, terms }: Decided, playbook: Playbook): After {
  return {
    ...terms,
    rule: ruleId,
    verdict: rule.verdict,
    owner: ownerId ?? 'none',
    icmSeverity: severity ?? 'none',
    circumstance: Object.values(playbook.opening).some((entry) => allKnown(checksOf(entry.when), terms)),
  };
}

/** Two-valued: what is not known equals nothing, and so meets every `not`. */
function holds(when: Readonly<Record<string, Condition | undefined>> | undefined, after: After): boolean {
  return Object.entries(when ?? {}).every(([name, condition]) => {
    const value = after[name];
    return condition === undefined || (value !== undefined && condition.values.includes(value)) !== condition.not;
  });
}

function disagreementsOf(decision: Decided, after: After, playbook: Playbook): Disagreement[] {
  return Object.values(playbook.advice.disagreements)
    .filter((entry) => holds(entry.when, after))
    .map((entry) => ({
      ...openPoint(entry.tension, playbook),
      ...(entry.alternative ? { alternative: alternativeOf(entry.alternative, decision, playbook) } : {}),
    }));
}

type AlternativeData = NonNullable<Playbook['advice']['disagreements'][string]['alternative']>;

function alternativeOf(data: AlternativeData, decision: Decided, playbook: Playbook): Alternative {
  const { verdict } = data;
  const open = verdict === 'open';
  const same = decision.rule.verdict === 'open' && data.severity === undefined;
  const severity = !open
    ? null
    : same
      ? decision.severity
      : severityOf(data.severity ?? 'case', decision.terms, playbook);
  const ownerId = open ? (data.owner ?? ownerOf(decision.terms, playbook)) : null;
  return {
    verdict,
    label: outcome(verdict, severity, ownerId, playbook),
    severity,
    owner: ownerId === null ? null : (playbook.owners[ownerId]?.name ?? null),
  };
}

/** A verdict within a sentence: "open an ICM, ICM Sev 2, owner CSS Escalation". */
function outcome(verdict: Verdict, severity: IcmSeverity | null, ownerId: string | null, playbook: Playbook): string {
  const { texts } = playbook.advice;
  const owner = ownerId === null ? undefined : playbook.owners[ownerId];
  return [
    playbook.verdicts[verdict].short,
    ...(severity === null ? [] : [fill(texts.severity, { icm: severity })]),
    ...(owner ? [fill(texts.owner, { owner: owner.name })] : []),
  ].join(', ');
}

/** Tries each change of the playbook on the facts and keeps those that lead to another verdict, severity or owner. */
function changesOf(decision: Decided, after: After, facts: Facts, playbook: Playbook): string[] {
  const { changes, texts } = playbook.advice;
  const sentences: string[] = [];
  for (const change of Object.values(changes)) {
    if (!holds(change.when, after)) continue;
    const other = decide(withFacts(facts, change.set), playbook, true);
    if (other.kind === 'ask') {
      sentences.push(fill(texts.change, { if: change.if, outcome: texts.askAgain }));
      continue;
    }
    const { rule, severity, ownerId } = other;
    if (rule.verdict === decision.rule.verdict && severity === decision.severity && ownerId === decision.ownerId)
      continue;
    sentences.push(fill(texts.change, { if: change.if, outcome: outcome(rule.verdict, severity, ownerId, playbook) }));
  }
  return sentences;
}

function contact(id: string, playbook: Playbook): Contact {
  const rung = playbook.ladder[id];
  if (!rung) throw new Error(`the playbook has no entry ${id} in its ladder`);
  return { id, label: rung.label, text: rung.text, ...linkOf(rung.link, playbook) };
}

function linkOf(id: string | undefined, playbook: Playbook): { link?: Link } {
  const link = id === undefined ? undefined : playbook.links[id];
  return link ? { link } : {};
}
