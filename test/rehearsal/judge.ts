import type { Queryable } from '../../src/store/database.ts';
import type { Microsoft } from '../support/microsoft.ts';
import type { Said } from './engineers.ts';

/** A reminder that was due, and what of it arrived. */
export interface Reminder {
  readonly copies: number;
  /** From its time to its first copy; `undefined` when there is none. */
  readonly lateMs: number | undefined;
}

/** The reminders at the promised time, as the records have them, beside what Teams got. */
export async function reminders(records: Queryable, microsoft: Microsoft): Promise<readonly Reminder[]> {
  const due = await records.query<{ conversation_id: string; due_at: Date }>(
    `SELECT conversation_id, due_at FROM outbox WHERE due_at <= now() AND stage LIKE 'due:%'`,
  );
  return due.map((row) => {
    const copies = microsoft.received.filter(
      ({ conversationId, replyTo, at }) =>
        conversationId === row.conversation_id && replyTo === undefined && at >= row.due_at.getTime() - 1_000,
    );
    const first = copies[0]?.at;
    return { copies: copies.length, lateMs: first === undefined ? undefined : first - row.due_at.getTime() };
  });
}

export interface Run {
  readonly said: readonly Said[];
  readonly microsoft: Microsoft;
  /** When one was killed, and when it was gone; ms since 1970. */
  readonly killed: { readonly at: number; readonly gone: number };
  /** When the other was asked to end. */
  readonly askedAt: number;
  readonly reminders: readonly Reminder[];
  readonly promised: number;
  readonly startMs: readonly number[];
  readonly movedOn: number;
  /** What the replicas that live show of themselves. */
  readonly figures: readonly string[];
  readonly ended: number | NodeJS.Signals | null;
  readonly say: (line: string) => void;
}

/** Prints what came of the run, and says whether nothing was lost. */
export function judge(run: Run): boolean {
  const { said, microsoft, killed, say } = run;
  const answers = new Map<string, number>();
  for (const { replyTo } of microsoft.received)
    if (replyTo !== undefined) answers.set(replyTo, (answers.get(replyTo) ?? 0) + 1);
  const failed = said.filter(({ first }) => first !== 200);
  const inFlight = failed.filter(({ from, ms }) => from <= killed.gone && killed.at <= from + ms);
  const elsewhere = failed.filter((one) => !inFlight.includes(one));
  const stillFailed = failed.filter(({ second }) => second !== 200);
  const unanswered = said.filter(({ activityId }) => !answers.has(activityId));
  const twice = said.filter(({ activityId }) => (answers.get(activityId) ?? 0) > 1);
  const times = said.filter(({ first }) => first === 200).map(({ ms }) => ms);
  const late = run.reminders.flatMap(({ lateMs }) => (lateMs === undefined ? [] : [lateMs]));
  const lost = run.reminders.filter(({ copies }) => copies === 0).length;
  const most = Math.max(0, ...run.reminders.map(({ copies }) => copies));
  const again = run.reminders.filter(({ copies }) => copies > 1).length;
  const memory = run.figures.map((text) => Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1e6);

  say(`turns                     ${said.length}, p50 ${at(times, 0.5)} ms, p99 ${at(times, 0.99)} ms`);
  say(`  failed, in flight       ${inFlight.length} (on the replica that was killed)`);
  say(`  failed otherwise        ${elsewhere.length}`);
  for (const { first, from, ms } of elsewhere.slice(0, 20))
    say(
      `    status ${first} after ${ms} ms, ${from - killed.at} ms after the kill, ${from - run.askedAt} ms after the other was asked`,
    );
  say(`  failed when sent again  ${stillFailed.length}`);
  say(`  without an answer       ${unanswered.length}, answered twice ${twice.length}`);
  say(`  given to the other      ${run.movedOn} (nobody listened at the first)`);
  say(`reminders due             ${run.reminders.length} of ${run.promised} promised`);
  say(`  lost                    ${lost}, came twice ${again}, most copies ${most}`);
  say(`  after their time        p50 ${at(late, 0.5)} ms, p99 ${at(late, 0.99)} ms, most ${at(late, 1)} ms`);
  say(
    `tokens asked for          ${microsoft.asked.token + microsoft.asked.identity} by ${run.startMs.length} processes`,
  );
  say(
    `key fetches               ${microsoft.asked.keys}; sends refused for their token ${microsoft.asked.refusedSends}`,
  );
  say(`start to ready            ${run.startMs.map((ms) => Math.round(ms)).join(', ')} ms`);
  say(`memory of the replicas    ${memory.map((mb) => Math.round(mb)).join(', ')} MB`);
  const isOk =
    elsewhere.length + stillFailed.length + unanswered.length + lost + microsoft.asked.refusedSends === 0 &&
    run.reminders.length === run.promised &&
    most <= 2 &&
    run.ended === 0;
  say(isOk ? 'HOLDS: no turn failed but those in flight, no reminder was lost' : 'DOES NOT HOLD');
  return isOk;
}

function at(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN);
}
