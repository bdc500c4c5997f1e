import type { Playbook } from './schema.ts';

/** A rule in the words of the documents. */
export interface Citation {
  /** F-number, or a team's own name. */
  readonly id: string;
  readonly text: string;
  /** Document and section. */
  readonly source: string;
}

/** A place where the documents disagree or are silent: both sides, and who decides. */
export interface OpenPoint {
  /** T-number, or a name of the playbook. */
  readonly tension: string;
  readonly title: string;
  /** Both sides, in plain words. */
  readonly sides: readonly string[];
  readonly whoDecides: string;
  readonly citations: readonly Citation[];
}

/** A rule as it is cited. */
export function cite(id: string, playbook: Playbook): Citation {
  const rule = playbook.rules[id];
  if (!rule) throw new Error(`the playbook has no rule ${id}`);
  return { id, text: rule.text, source: rule.source };
}

/** A place where the documents disagree or are silent, by its name in the playbook. */
export function openPoint(id: string, playbook: Playbook): OpenPoint {
  const tension = playbook.tensions[id];
  if (!tension) throw new Error(`the playbook has no tension ${id}`);
  return {
    tension: id,
    title: tension.title,
    sides: tension.sides,
    whoDecides: tension.decides,
    citations: tension.cites.map((rule) => cite(rule, playbook)),
  };
}
