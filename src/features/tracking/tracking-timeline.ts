import type { Queryable } from '../../store/database.ts';
import type { Feature, TimelineEntry } from '../feature.ts';
import { namesOf } from './names.ts';

interface Row {
  readonly at: Date;
  readonly actor_id: string;
  readonly event: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The severities after an event, as the trail has them. */
interface Severities {
  readonly caseSeverity: string | undefined;
  readonly icmSeverity: string | undefined;
  readonly outage: boolean;
}

const events = [
  'icm tracked',
  'icm changed',
  'icm handed over',
  'icm taken over',
  'icm resolved',
  'icm untracked',
  'icm reopened',
];

/** Tracked, severities, handed over, resolved: from the trail, which keeps who did what (`audit.subject` is the ICM). */
export const trackingTimeline: NonNullable<Feature['timeline']> = async (icm, records) => {
  const [row] = await records.query<{ created_at: Date }>(
    'SELECT created_at FROM icm WHERE tenant_id = $1 AND id = $2',
    [icm.tenantId, icm.id],
  );
  if (!row) return [];
  const trail = await trailOf(icm, records);
  const names = await namesOf(records, icm.tenantId, trail.flatMap(idsIn));
  const begun = trail.find(({ event }) => event === 'icm tracked');
  const entries: TimelineEntry[] = [
    {
      at: row.created_at,
      kind: 'tracking',
      text: `ICM ${icm.number} is tracked from here on${begun ? told(severitiesOf(begun)) : ''}`,
      by: begun && names.get(begun.actor_id),
    },
  ];
  let before = begun && severitiesOf(begun);
  for (const one of trail) {
    if (one === begun) continue;
    entries.push({ at: one.at, by: names.get(one.actor_id), ...sayingOf(one, before, names) });
    if (one.event === 'icm changed') before = severitiesOf(one);
  }
  return entries;
};

async function trailOf(icm: { readonly tenantId: string; readonly id: string }, records: Queryable) {
  return records.query<Row>(
    `SELECT at, actor_id, event, details FROM audit WHERE tenant_id = $1 AND subject = $2 AND event = ANY ($3::text[])
     ORDER BY id`,
    [icm.tenantId, icm.id, events],
  );
}

const idsIn = ({ actor_id, details }: Row): string[] => [
  actor_id,
  ...[details['from'], details['to']].filter((id): id is string => typeof id === 'string'),
];

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

const severitiesOf = ({ details }: Row): Severities => ({
  caseSeverity: textOf(details['caseSeverity']),
  icmSeverity: textOf(details['icmSeverity']),
  outage: details['outage'] === true,
});

const someone = (id: unknown, names: ReadonlyMap<string, string>): string => names.get(String(id)) ?? 'somebody';

function sayingOf(
  row: Row,
  before: Severities | undefined,
  names: ReadonlyMap<string, string>,
): Pick<TimelineEntry, 'kind' | 'text'> {
  switch (row.event) {
    case 'icm changed':
      return changeOf(row, before);
    case 'icm handed over':
      return {
        kind: 'tracking',
        text: `Handed over from ${someone(row.details['from'], names)} to ${someone(row.details['to'], names)}`,
      };
    case 'icm taken over':
      return { kind: 'tracking', text: `Taken over from ${someone(row.details['from'], names)}` };
    case 'icm resolved':
      return { kind: 'tracking', text: 'Marked as resolved' };
    case 'icm untracked':
      return { kind: 'tracking', text: 'No longer followed; it counts as resolved here' };
    default:
      return { kind: 'tracking', text: 'Open again' };
  }
}

const fieldNames: Readonly<Record<string, string>> = {
  title: 'title',
  srNumber: 'support request',
  caseSeverity: 'case severity',
  icmSeverity: 'ICM severity',
  outage: 'outage',
};

/** "Case severity changed from B to A"; what was before is not known where the trail does not reach back. */
function changeOf(row: Row, before: Severities | undefined): Pick<TimelineEntry, 'kind' | 'text'> {
  const after = severitiesOf(row);
  const fields = (textOf(row.details['fields']) ?? '').split(',').filter((field) => Object.hasOwn(fieldNames, field));
  const parts = fields.map((field) => {
    if (field === 'outage') return after.outage ? 'an outage now' : 'no outage any more';
    if (field !== 'caseSeverity' && field !== 'icmSeverity') return fieldNames[field] as string;
    const was = before?.[field];
    return `${fieldNames[field]}${was === undefined ? '' : ` from ${was}`} to ${after[field] ?? 'not known'}`;
  });
  const isSeverity = fields.some((field) => field !== 'title' && field !== 'srNumber');
  return { kind: isSeverity ? 'severity' : 'tracking', text: `Changed: ${parts.join(', ') || 'details'}` };
}

function told({ caseSeverity, icmSeverity, outage }: Severities): string {
  const parts = [
    ...(caseSeverity === undefined ? [] : [`case severity ${caseSeverity}`]),
    ...(icmSeverity === undefined ? [] : [`ICM severity ${icmSeverity}`]),
    ...(outage ? ['an outage'] : []),
  ];
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}
