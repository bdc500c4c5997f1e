import type { Playbook } from '../../playbook/schema.ts';
import { showTime } from '../../understanding/show-time.ts';
import { MOMENTS, type KeyFields, type Level, type Moment } from './key-field-store.ts';

/** What the moments are called. */
export const CALLED: Readonly<Record<Moment, string>> = {
  beganAt: 'Began',
  detectedAt: 'Detected',
  firstResponseAt: 'First response',
  resolvedAt: 'Resolved',
  closedAt: 'Closed',
};

/** A field that cannot be so, with a sentence that says what to do. */
export interface FieldProblem {
  readonly label: string;
  readonly sentence: string;
}

/**
 * What cannot be in the moments of an incident: each comes after the one before it, and none is to come. `moments` are in
 * UTC; they are shown in `zone`.
 */
export function problemsOfMoments(
  moments: Partial<Record<Moment, Date | undefined>>,
  now: Date,
  zone: string,
): readonly FieldProblem[] {
  const known = MOMENTS.flatMap((moment) => {
    const at = moments[moment];
    return at ? [{ moment, at }] : [];
  });
  const shown = (at: Date) => showTime(at, zone, now);
  const late = known.filter(({ at }) => at.getTime() > now.getTime() + 60_000);
  const inOrder = known.flatMap(({ moment, at }, index): FieldProblem[] => {
    const earlier = known.slice(0, index).find((other) => other.at.getTime() > at.getTime());
    if (!earlier) return [];
    const sentence = `“${CALLED[moment]}”, ${shown(at)}, lies before “${CALLED[earlier.moment]}”, ${shown(earlier.at)}. Please correct one of the two.`;
    return [{ label: CALLED[moment], sentence }];
  });
  return [
    ...late.map(({ moment, at }) => ({
      label: CALLED[moment],
      sentence: `${shown(at)} is still to come. Please give a time that has passed.`,
    })),
    ...inOrder,
  ];
}

/** Priority by the team's own table; `undefined` while impact or urgency is not known. No document gives one (F56, F61). */
export function priorityOf(fields: Pick<KeyFields, 'impact' | 'urgency'>, playbook: Playbook): Level | undefined {
  const { impact, urgency } = fields;
  return impact && urgency ? playbook.keyFields.priority.matrix[impact][urgency] : undefined;
}
