import { showSpan } from '../../understanding/show-time.ts';
import type { Services } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { entriesOf, type Entry } from './entry-store.ts';
import { keyFieldsOf, type KeyFields } from './key-field-store.ts';
import { emptyFields, FIELDS, type Field, type Fields } from './postmortem.ts';
import { prefilledParts } from './status-update.ts';
import { updatesOf } from './status-update-store.ts';

/** What the records say of the customer's updates. */
interface Promises {
  readonly kept: number;
  readonly late: number;
  /** Their time came, and no update was sent for them: still open, promised anew after it, or ended with the ICM. */
  readonly missed: number;
}

/**
 * What the records tell by themselves, for somebody to go on from. Nothing is guessed: what nobody has written down
 * (problem, symptoms, root cause) stays empty. No names: F91.
 */
export async function draftOf(icm: Icm, now: Date, services: Services): Promise<Fields> {
  const { records } = services;
  const entries = await entriesOf(records, icm.tenantId, icm.id);
  const keys = await keyFieldsOf(records, icm);
  const promises = await promisesOf(icm, now, services);
  // What the status updates said, in their last words.
  const { who, how, verified } = prefilledParts(await updatesOf(records, icm));
  const fields: Partial<Record<Field, string>> = {
    summary: summaryOf(icm),
    impact: [...(keys.impact ? [`Impact: ${keys.impact}.`] : []), ...(who === '' ? [] : [`Affected: ${who}`])].join(
      '\n',
    ),
    solution: [how, changesOf(entries)].filter((words) => words !== '').join('\n'),
    verified,
    wentWell: wentWell(keys, promises),
    improve: improve(entries, promises),
  };
  const cut = Object.entries(fields).map(([name, words]) => [
    name,
    [...words].slice(0, FIELDS[name as Field].most).join(''),
  ]);
  return { ...emptyFields, ...(Object.fromEntries(cut) as Partial<Fields>) };
}

function summaryOf(icm: Icm): string {
  const facts = [
    ...(icm.outage ? ['an outage'] : []),
    ...(icm.caseSeverity ? [`case severity ${icm.caseSeverity}`] : []),
    ...(icm.icmSeverity ? [`ICM severity ${icm.icmSeverity}`] : []),
  ];
  const title = icm.title === '' ? `ICM ${icm.number}` : `ICM ${icm.number}: ${icm.title}`;
  return facts.length === 0 ? `${title}.` : `${title} (${facts.join(', ')}).`;
}

/** Every change in its order, with what came of it (F71). */
function changesOf(entries: readonly Entry[]): string {
  return entries
    .filter(({ kind, deletedAt }) => kind === 'change' && !deletedAt)
    .map(
      ({ seq, words, team, effect }) =>
        `Change ${seq}: ${words}${team === '' ? '' : ` (team ${team})`}. Result: ${effect?.words ?? 'not written down'}.`,
    )
    .join('\n');
}

async function promisesOf(icm: Icm, now: Date, { records }: Services): Promise<Promises> {
  const rows = await records.query<{ status: string; due_at: Date; closed_at: Date | null }>(
    `SELECT status, due_at, closed_at FROM follow_up WHERE tenant_id = $1 AND icm_id = $2`,
    [icm.tenantId, icm.id],
  );
  const sent = rows.filter(({ status }) => status === 'sent');
  const late = rows.filter(({ due_at, closed_at }) => (closed_at ?? now).getTime() > due_at.getTime() + 60_000);
  const sentLate = late.filter(({ status }) => status === 'sent').length;
  return { kept: sent.length - sentLate, late: sentLate, missed: late.length - sentLate };
}

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** What can be celebrated (F90), as far as the records know. */
function wentWell(keys: KeyFields, { kept }: Promises): string {
  const response = keys.toFirstResponse.fromDetected;
  return [
    ...(response === undefined ? [] : [`The first response came ${showSpan(response)} after the detection.`]),
    ...(kept === 0 ? [] : [`${count(kept, 'promised update was', 'promised updates were')} sent in time.`]),
  ].join('\n');
}

/** What the records show that could go better, without anybody's name. */
function improve(entries: readonly Entry[], { late, missed }: Promises): string {
  const changes = entries.filter(({ kind, deletedAt }) => kind === 'change' && !deletedAt);
  const open = changes.filter(({ effect }) => effect === undefined).length;
  return [
    ...(late === 0
      ? []
      : [`${count(late, 'promised update was', 'promised updates were')} sent after the promised time.`]),
    ...(missed === 0
      ? []
      : [
          `${count(missed, 'promised update was', 'promised updates were')} not sent by the promised time, nor after it.`,
        ]),
    ...(open === 0 ? [] : [`${count(open, 'change has', 'changes have')} no result written down.`]),
  ].join('\n');
}
