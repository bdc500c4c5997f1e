import { Temporal } from 'temporal-polyfill';
import { cite } from '../../playbook/cite.ts';
import { showSpan, showTime } from '../../understanding/show-time.ts';
import { zoneLabel, zoneOr } from '../../understanding/zones.ts';
import { cardReply } from '../card.ts';
import type { Reply, Services } from '../feature.ts';
import { nameOf } from '../tracking/icm-view.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { keyFieldsCard, keyFieldsFormCard } from './key-field-cards.ts';
import { CALLED, priorityOf, type FieldProblem } from './key-field-rules.ts';
import { LEVELS, MOMENTS, type KeyFields, type Lasted, type Level, type Moment } from './key-field-store.ts';

/** What stands in the fields of the form, as typed. */
export type FieldDraft = Readonly<Record<Moment | 'impact' | 'urgency' | 'reportedBy' | 'assignedTo', string>>;

/** What stands for a degree that nobody has said. */
export const UNKNOWN = 'unknown';
const notKnown = 'not known';

/** The card of the key fields, with times in `zone`. */
export function keyFieldsReply(
  icm: Icm,
  fields: KeyFields,
  zone: string,
  now: Date,
  services: Services,
  notice?: string,
): Reply {
  const { playbook } = services;
  const priority = priorityOf(fields, playbook);
  const time = (moment: Moment) => {
    const at = fields[moment];
    return { title: CALLED[moment], value: at ? showTime(at, zone, now) : notKnown };
  };
  const rules = playbook.keyFields.cites.map((rule) => cite(rule, playbook));
  return cardReply(keyFieldsCard, {
    icm: icm.id,
    revision: String(fields.revision),
    heading: `Key fields · ${nameOf(icm)}`,
    ...(notice === undefined ? {} : { notice }),
    facts: [
      { title: 'Priority', value: priority ?? notKnown },
      { title: 'Impact', value: fields.impact ?? notKnown },
      { title: 'Urgency', value: fields.urgency ?? notKnown },
      { title: 'Reported by', value: fields.reportedBy ?? notKnown },
      { title: 'Assigned to', value: fields.assignedTo },
      ...MOMENTS.map(time),
    ],
    spans: [
      ...spanOf('Time to first response', fields.toFirstResponse),
      ...spanOf('Time to resolution', fields.toResolution),
    ],
    priority: priority
      ? playbook.keyFields.priority.note
      : `The priority needs impact and urgency. ${playbook.keyFields.priority.note}`,
    canChange: true,
    how: `Or write “began ${icm.number} at 05:20 UTC, detected 05:30”, or “impact ${icm.number} high, urgency critical”.`,
    source: `${[...new Set(rules.map(({ source }) => source))].join('; ')} (${rules.map(({ id }) => id).join(', ')})`,
  });
}

/** How long it took, and from where that is counted: no document says which of the two is meant. */
function spanOf(title: string, { fromDetected, fromBegan }: Lasted) {
  const parts = [
    ...(fromDetected === undefined ? [] : [`${showSpan(fromDetected)} from when it was detected`]),
    ...(fromBegan === undefined ? [] : [`${showSpan(fromBegan)} from when it began`]),
  ];
  return parts.length === 0 ? [] : [{ title, value: parts.join(', ') }];
}

/** "2026-11-20 06:20" on the clocks of `zone`, as the form shows it and reads it again. */
export function inForm(at: Date | undefined, zone: string): string {
  if (!at) return '';
  const there = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zoneOr(zone, 'UTC'));
  return there.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
}

/** What the form shows of fields that are there: only what was typed. */
export function draftOf({ typed }: KeyFields, zone: string): FieldDraft {
  const moments = Object.fromEntries(MOMENTS.map((moment) => [moment, inForm(typed[moment], zone)]));
  return {
    ...(moments as Record<Moment, string>),
    impact: typed.impact ?? UNKNOWN,
    urgency: typed.urgency ?? UNKNOWN,
    reportedBy: typed.reportedBy ?? '',
    assignedTo: typed.assignedTo ?? '',
  };
}

/** The form; what was typed stays in it, also what does not fit. */
export function fieldsForm(
  icm: Icm,
  revision: number,
  draft: FieldDraft,
  zone: string,
  problems: readonly FieldProblem[] = [],
): Reply {
  return cardReply(keyFieldsFormCard, {
    ...draft,
    impact: levelIn(draft.impact) ?? UNKNOWN,
    urgency: levelIn(draft.urgency) ?? UNKNOWN,
    icm: icm.id,
    revision: String(revision),
    heading: `Key fields · ${nameOf(icm)}`,
    problems: [...problems],
    zone: `Times without a zone are read in ${zoneLabel(zoneOr(zone, 'UTC'))}. Empty fields are taken from the ICM where it knows them.`,
  });
}

export const levelIn = (said: string): Level | undefined => LEVELS.find((level) => level === said);
