import type { CaseSeverity, IcmSeverity } from '../../playbook/facts.ts';
import type { Playbook, SeverityAnswerId } from '../../playbook/schema.ts';
import type { SeverityQuestion } from '../../playbook/severity-question.ts';
import { cite, openPoint, type Citation, type OpenPoint } from '../../playbook/cite.ts';

/** A short answer about severity. Every sentence comes from `severity` in the playbook. */
export interface SeverityAnswer {
  /** Which kind of answer it is; the names stand in `severity.answers` of the playbook. */
  readonly id: SeverityAnswerId;
  /** The answer in one line, at most about 120 characters. */
  readonly headline: string;
  /** What else matters, a sentence each. */
  readonly lines: readonly string[];
  /** The ICM severity to set. null: the documents or the question do not settle one. */
  readonly icmSeverity: IcmSeverity | null;
  /** Rules in the words of the documents, the deciding one first. */
  readonly citations: readonly Citation[];
  /** "Severity 1" was said: ask whether the support request's or the ICM's severity is meant (T1). */
  readonly ask?: 'case-or-icm';
  /** Where the documents disagree or are silent. */
  readonly disagreement?: OpenPoint;
  /** What could be asked next: words on a button and what it says. */
  readonly suggestions: readonly { readonly label: string; readonly text: string }[];
}

type Letter = 'A' | 'B' | 'C';

/** What was picked: the kind of answer and the severity it gives. */
interface Pick {
  readonly id: SeverityAnswerId;
  readonly icm: IcmSeverity | null;
  readonly ask?: 'case-or-icm';
}

/** Answers a question about severity by the table (F1-F6). Pure; what the documents do not cover is said so (T1, T2). */
export function answerSeverity(q: SeverityQuestion, playbook: Playbook): SeverityAnswer {
  const { answers } = playbook.severity;
  const pick = choose(q, playbook);
  const answer = answers[pick.id];
  const words = wordsOf(q, playbook);
  const remarks = remarksOf(q, pick.id, playbook);
  const rules = [...citedRules(pick, q, playbook), ...remarks.flatMap(({ cites }) => cites)];
  return {
    id: pick.id,
    headline: filled(answer.headline, words) ?? answer.headline,
    lines: [...answer.lines.flatMap((line) => filled(line, words) ?? []), ...remarks.map(({ text }) => text)],
    icmSeverity: pick.icm,
    citations: [...new Set(rules)].map((id) => cite(id, playbook)),
    ...(pick.ask ? { ask: pick.ask } : {}),
    ...(answer.tension === undefined ? {} : { disagreement: openPoint(answer.tension, playbook) }),
    suggestions: answer.suggestions.flatMap(({ label, text }) => {
      const full = filled(text, words);
      return full === undefined ? [] : [{ label, text: full }];
    }),
  };
}

/** Lines that are added whatever the kind of answer. */
function remarksOf(q: SeverityQuestion, id: SeverityAnswerId, playbook: Playbook) {
  const { remarks } = playbook.severity;
  const kind = q.need !== undefined && q.need !== 'unknown' && id !== 'need';
  return [
    ...(q.pressure ? [remarks.pressure] : []),
    ...(kind ? [q.outage === true && q.need === 'quota-increase' ? remarks.quotaOutage : remarks.need] : []),
    ...(OUTAGE_ANSWERS.includes(id) ? [remarks.outage] : []),
  ];
}

const OUTAGE_ANSWERS: readonly SeverityAnswerId[] = ['outage', 'outage-changes', 'outage-mismatch', 'table'];

const letterOf = (severity: CaseSeverity | undefined): Letter | undefined =>
  severity === 'A' || severity === 'B' || severity === 'C' ? severity : undefined;

/** The first kind of answer that fits. */
function choose(q: SeverityQuestion, playbook: Playbook): Pick {
  const { table } = playbook.severity;
  const now = letterOf(q.caseSeverity);
  const before = letterOf(q.caseSeverityBefore);
  const icm = now ? table[now].icm : null;
  const given = q.icmSeverity;

  if (q.outageUnclear && q.outage === undefined) return { id: 'outage-meaning', icm: null };
  // An outage that is over counts no longer, also where both were said.
  if (q.ended) return { id: 'ended', icm: null };
  if (q.outage === true) {
    const one = table.outage.icm;
    if (q.caseSeverityBefore !== undefined || q.direction === 'up') return { id: 'outage-changes', icm: one };
    return { id: given !== undefined && given !== one ? 'outage-mismatch' : 'outage', icm: one };
  }
  if (q.caseSeverity === '1') return { id: 'case-one', icm: null };
  if (q.unclearOne)
    return now ? { id: 'a-is-not-one', icm, ask: 'case-or-icm' } : { id: 'which-one', icm: null, ask: 'case-or-icm' };
  if (given !== undefined && ![1, 2, 3].includes(given)) return { id: 'no-such-severity', icm };

  const changed = now && icm ? change(q, now, before, icm, playbook) : undefined;
  if (changed) return changed;
  if (!now && (q.direction || (q.changed && given === undefined)) && q.caseSeverity !== 'unknown') {
    return { id: q.pressure ? 'pressure-table' : 'either-way', icm: null };
  }

  if (now) {
    if (given !== undefined) return { id: given === icm ? 'matches' : q.pressure ? 'pressure' : 'mismatch', icm };
    return { id: q.pressure ? 'pressure' : 'case', icm };
  }
  if (q.caseSeverity === 'unknown') return { id: 'case-unknown', icm: null };
  if (q.pressure) return { id: 'pressure-table', icm: null };
  if (given !== undefined) return { id: 'icm-only', icm: null };
  return { id: q.need === undefined || q.need === 'unknown' ? 'table' : 'need', icm: null };
}

/** A case that changed, as far as it is told. Only the way up to A is written down (F6, T2). */
function change(
  q: SeverityQuestion,
  now: Letter,
  before: Letter | undefined,
  icm: IcmSeverity,
  playbook: Playbook,
): Pick | undefined {
  const { table } = playbook.severity;
  if (before && before !== now) {
    const was = table[before].icm;
    if (icm < was) return { id: q.icmSeverity === icm && !q.pressure ? 'up-done' : 'up', icm };
    if (icm > was) return { id: 'down', icm: null };
    return fits(q, icm) ? { id: 'same', icm } : undefined;
  }
  if (before || !(q.direction ?? (q.changed && !q.pressure))) return undefined;
  const toTop = icm === table.A.icm;
  // To A it can only have come up, to C only down; to B either way.
  const direction = q.direction ?? (now === 'A' ? 'up' : now === 'C' ? 'down' : undefined);
  if (direction === undefined) return q.icmSeverity === undefined ? { id: 'either-way', icm: null } : undefined;
  if (direction === 'down') return toTop ? undefined : { id: 'down-unknown', icm: null };
  if (!toTop) return fits(q, icm) ? { id: 'same', icm } : undefined;
  if (q.icmSeverity === undefined) return { id: 'up-unknown', icm };
  return q.icmSeverity < icm ? undefined : { id: q.icmSeverity === icm ? 'up-done' : 'up', icm };
}

/** Whether the ICM severity that was named, if any, is the table's; if not, that is the answer. */
const fits = (q: SeverityQuestion, icm: IcmSeverity) => q.icmSeverity === undefined || q.icmSeverity === icm;

function wordsOf(q: SeverityQuestion, playbook: Playbook): Readonly<Record<string, string | number | undefined>> {
  const { table } = playbook.severity;
  const now = letterOf(q.caseSeverity);
  const before = letterOf(q.caseSeverityBefore);
  const rows = Object.values(table).filter((row) => row.icm === q.icmSeverity);
  const icm = now && table[now].icm;
  const given = q.icmSeverity;
  return {
    case: now,
    before,
    icm,
    // Where only the ICM's severity is told, a higher number is what the ICM had before the case went up.
    was: before ? table[before].icm : icm !== undefined && given !== undefined && given > icm ? given : undefined,
    given,
    row: rows.length ? rows.map((row) => row.label).join(', ') : undefined,
    raise: icm !== undefined && given !== undefined && icm < given ? icm : undefined,
    lower: icm !== undefined && given !== undefined && icm > given && given !== 1 ? icm : undefined,
    one: given === 1 ? given : undefined,
  };
}

/** Fills words in braces; undefined when one of them is not known. */
function filled(template: string, words: Readonly<Record<string, string | number | undefined>>): string | undefined {
  let complete = true;
  const text = template.replace(/\{(\w+)\}/g, (_, word: string) => {
    const value = words[word];
    if (value === undefined) complete = false;
    return String(value);
  });
  return complete ? text : undefined;
}

/** The row of the table first where it decides, then what the answer itself cites. */
function citedRules(pick: Pick, q: SeverityQuestion, playbook: Playbook): string[] {
  const { table, answers } = playbook.severity;
  const now = letterOf(q.caseSeverity);
  const own = answers[pick.id].cites;
  if (pick.id === 'icm-only')
    return [
      ...Object.values(table)
        .filter(({ icm }) => icm === q.icmSeverity)
        .map(({ rule }) => rule),
      ...own,
    ];
  const row = now && pick.icm === table[now].icm && q.outage !== true ? [table[now].rule, ...table[now].also] : [];
  // "Yes, we change accordingly" comes before the table row that it follows.
  return pick.id.startsWith('up') ? [...own, ...row] : [...row, ...own];
}
