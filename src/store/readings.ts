import type { Database } from './database.ts';

/** What an operator wants to know of the records, as counts. */
export interface Readings {
  /** Posts that wait (`due` and `late` are among them; late is more than two minutes), and those people must know of. */
  readonly rows: Readonly<Record<'waiting' | 'due' | 'late' | 'parked' | 'unconfirmed', number>>;
  /** 0 when nothing is due. */
  readonly oldestDueSeconds: number;
  readonly parkedChannels: number;
  readonly escalationsOpen: number;
}

type Counts = Record<'waiting' | 'due' | 'late' | 'parked' | 'unconfirmed' | 'oldest' | 'channels' | 'open', string>;

// Parked and unconfirmed rows are kept for 30 days, but only the last day is news.
const sql = `
SELECT o.*, s.*, r.*, e.* FROM (
  SELECT count(*) AS waiting, count(*) FILTER (WHERE due_at <= now()) AS due,
         count(*) FILTER (WHERE due_at < now() - interval '2 minutes') AS late,
         greatest(0, coalesce(extract(epoch FROM now() - min(due_at)), 0)) AS oldest
  FROM outbox WHERE is_open
) o, (
  SELECT count(*) FILTER (WHERE state = 'parked') AS parked,
         count(*) FILTER (WHERE state = 'unconfirmed') AS unconfirmed
  FROM outbox WHERE is_stuck AND due_at > now() - interval '1 day'
) s, (
  SELECT count(*) AS channels FROM route WHERE parked_reason IS NOT NULL
) r, (
  SELECT count(*) AS open FROM escalation WHERE state = 'open'
) e`;

/** Reads them; asked again within `keepMs`, it gives what it read, so that nobody loads the database by asking often. */
export function createReadings(database: Pick<Database, 'query'>, keepMs = 5_000): () => Promise<Readings> {
  let readAt = -Infinity;
  let last: Promise<Readings> | undefined;
  const read = async (): Promise<Readings> => {
    const [found] = await database.query<Counts>(sql);
    const number = (name: keyof Counts) => Number(found?.[name] ?? 0);
    return {
      rows: {
        waiting: number('waiting'),
        due: number('due'),
        late: number('late'),
        parked: number('parked'),
        unconfirmed: number('unconfirmed'),
      },
      oldestDueSeconds: number('oldest'),
      parkedChannels: number('channels'),
      escalationsOpen: number('open'),
    };
  };
  return () => {
    if (last && performance.now() - readAt < keepMs) return last;
    readAt = performance.now();
    const reading = read();
    last = reading;
    // A failure is not kept.
    reading.catch(() => {
      if (last === reading) last = undefined;
    });
    return reading;
  };
}
