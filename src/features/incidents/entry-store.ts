import type { Queryable } from '../../store/database.ts';
import { isUuid } from '../../store/uuid.ts';
import type { Change, Person } from '../feature.ts';

/** A note or a change that somebody wrote down of an ICM (F71 to F73). */
export interface Entry {
  readonly id: string;
  readonly tenantId: string;
  readonly icmId: string;
  readonly kind: 'note' | 'change';
  /** Its number among the notes, or the changes, of the ICM: the order in which they were written down. */
  readonly seq: number;
  /** When it happened, as said. */
  readonly at: Date;
  readonly words: string;
  /** Of a change: the team that made it; '' is not said. */
  readonly team: string;
  /** Of a change: what came of it. */
  readonly effect: { readonly words: string; readonly at: Date; readonly by: string } | undefined;
  readonly author: { readonly aadObjectId: string; readonly name: string };
  readonly revision: number;
  readonly correctedAt: Date | undefined;
  readonly deletedAt: Date | undefined;
  readonly createdAt: Date;
}

interface EntryRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly icm_id: string;
  readonly kind: Entry['kind'];
  readonly seq: number;
  readonly at: Date;
  readonly words: string;
  readonly team: string;
  readonly effect: string;
  readonly effect_at: Date | null;
  readonly effect_by_name: string | null;
  readonly author_id: string;
  readonly author_name: string;
  readonly revision: number;
  readonly corrected_at: Date | null;
  readonly deleted_at: Date | null;
  readonly created_at: Date;
}

const toEntry = (row: EntryRow): Entry => ({
  id: row.id,
  tenantId: row.tenant_id,
  icmId: row.icm_id,
  kind: row.kind,
  seq: row.seq,
  at: row.at,
  words: row.words,
  team: row.team,
  effect: row.effect_at ? { words: row.effect, at: row.effect_at, by: row.effect_by_name ?? '' } : undefined,
  author: { aadObjectId: row.author_id, name: row.author_name },
  revision: row.revision,
  correctedAt: row.corrected_at ?? undefined,
  deletedAt: row.deleted_at ?? undefined,
  createdAt: row.created_at,
});

export async function entryById(records: Queryable, tenantId: string, id: string): Promise<Entry | undefined> {
  if (!isUuid(id)) return undefined;
  const [row] = await records.query<EntryRow>('SELECT * FROM incident_entry WHERE tenant_id = $1 AND id = $2', [
    tenantId,
    id,
  ]);
  return row && toEntry(row);
}

/** Everything that was written down of an ICM, deleted ones too, in the order of writing. */
export async function entriesOf(records: Queryable, tenantId: string, icmId: string): Promise<readonly Entry[]> {
  const rows = await records.query<EntryRow>(
    'SELECT * FROM incident_entry WHERE tenant_id = $1 AND icm_id = $2 ORDER BY created_at, kind, seq',
    [tenantId, icmId],
  );
  return rows.map(toEntry);
}

/** Keeps a new entry under its number; `false` when somebody has taken the number meanwhile. */
export function addEntry(entry: Entry): Change {
  return async (transaction) => {
    const rows = await transaction.query(
      `INSERT INTO incident_entry (id, tenant_id, icm_id, kind, seq, at, words, team, effect, effect_at, effect_by_id,
         effect_by_name, author_id, author_name, created_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
       FROM icm WHERE icm.tenant_id = $2 AND icm.id = $3
       ON CONFLICT (tenant_id, icm_id, kind, seq) DO NOTHING RETURNING id`,
      [
        entry.id,
        entry.tenantId,
        entry.icmId,
        entry.kind,
        entry.seq,
        entry.at.toISOString(),
        entry.words,
        entry.team,
        entry.effect?.words ?? '',
        entry.effect?.at.toISOString() ?? null,
        entry.effect ? entry.author.aadObjectId : null,
        entry.effect ? entry.author.name : null,
        entry.author.aadObjectId,
        entry.author.name,
        entry.createdAt.toISOString(),
      ],
    );
    return rows.length === 1;
  };
}

/** Corrects an entry that is still as it was read; what it said before is kept beside it. */
export function correctEntry(
  entry: Entry,
  patch: Pick<Entry, 'at' | 'words' | 'team'> & { readonly effect: string },
  by: Person,
  now: Date,
): Change {
  return async (transaction) => {
    const rows = await transaction.query(
      `WITH former AS (
         SELECT * FROM incident_entry
         WHERE tenant_id = $1 AND id = $2 AND revision = $3 AND author_id = $4 AND deleted_at IS NULL FOR UPDATE
       ), kept AS (
         INSERT INTO incident_entry_version (entry_id, tenant_id, revision, at, words, team, effect, replaced_at)
         SELECT id, tenant_id, revision, at, words, team, effect, $9::timestamptz FROM former
       )
       UPDATE incident_entry e SET at = $5, words = $6, team = $7, effect = $8, revision = e.revision + 1,
         corrected_at = $9::timestamptz,
         effect_at = CASE WHEN $8 = '' THEN NULL ELSE coalesce(e.effect_at, $9::timestamptz) END,
         effect_by_id = CASE WHEN $8 = '' THEN NULL ELSE coalesce(e.effect_by_id, $4) END,
         effect_by_name = CASE WHEN $8 = '' THEN NULL ELSE coalesce(e.effect_by_name, $10) END
       FROM former WHERE e.tenant_id = $1 AND e.id = former.id RETURNING e.id`,
      [
        entry.tenantId,
        entry.id,
        entry.revision,
        by.aadObjectId,
        patch.at.toISOString(),
        patch.words,
        patch.team,
        patch.effect,
        now.toISOString(),
        by.name,
      ],
    );
    return rows.length === 1;
  };
}

/** What came of a change that is still as it was read. A result that stood there before is kept beside it. */
export function keepEffect(entry: Entry, words: string, by: Person, now: Date): Change {
  return async (transaction) => {
    const rows = await transaction.query(
      `WITH former AS (
         SELECT * FROM incident_entry
         WHERE tenant_id = $1 AND id = $2 AND revision = $3 AND kind = 'change' AND deleted_at IS NULL FOR UPDATE
       ), kept AS (
         INSERT INTO incident_entry_version (entry_id, tenant_id, revision, at, words, team, effect, replaced_at)
         SELECT id, tenant_id, revision, at, words, team, effect, $5::timestamptz FROM former WHERE effect <> ''
       )
       UPDATE incident_entry e SET effect = $4, effect_at = $5::timestamptz, effect_by_id = $6, effect_by_name = $7,
         revision = e.revision + 1
       FROM former WHERE e.tenant_id = $1 AND e.id = former.id RETURNING e.id`,
      [entry.tenantId, entry.id, entry.revision, words, now.toISOString(), by.aadObjectId, by.name],
    );
    return rows.length === 1;
  };
}

/** Deletes the words of an entry, former ones too, if it is still as it was read; its number stays. */
export function deleteEntry(entry: Entry, by: Person, now: Date): Change {
  return async (transaction) => {
    const rows = await transaction.query(
      `UPDATE incident_entry SET words = '', team = '', effect = '', effect_at = NULL, effect_by_id = NULL,
         effect_by_name = NULL, deleted_at = $5, revision = revision + 1
       WHERE tenant_id = $1 AND id = $2 AND revision = $3 AND author_id = $4 AND deleted_at IS NULL RETURNING id`,
      [entry.tenantId, entry.id, entry.revision, by.aadObjectId, now.toISOString()],
    );
    if (rows.length !== 1) return false;
    await transaction.query('DELETE FROM incident_entry_version WHERE tenant_id = $1 AND entry_id = $2', [
      entry.tenantId,
      entry.id,
    ]);
    return true;
  };
}
