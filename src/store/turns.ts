import type { AuditEvent, Change, Dialog, DialogChange, Person } from '../features/feature.ts';
import type { Database } from './database.ts';
import { inBatches } from './in-batches.ts';
import { isUuid } from './uuid.ts';

/** What names an activity: a repeat has the same three. */
export interface ActivityKey {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly activityId: string;
}

/** What a turn is told of the place it is in. */
export interface Known {
  readonly dialog: Dialog | undefined;
  /** Id of the practice run that the thread belongs to. */
  readonly drill: string | undefined;
}

export type Begin =
  /**
   * This process shall answer. `kept` is what an earlier try had decided and kept before it failed to send it: to be
   * sent as it is, since deciding again would change things twice.
   */
  | (Known & { readonly kind: 'fresh'; readonly kept?: unknown })
  /** It was answered before, with this. */
  | (Known & { readonly kind: 'answered'; readonly answer: unknown })
  /** Another process is at it. */
  | (Known & { readonly kind: 'taken' });

export interface Effect {
  readonly dialog?: DialogChange | undefined;
  readonly audit?: AuditEvent | undefined;
  readonly changes?: readonly Change[] | undefined;
  /** Kept for a repeat of the activity. */
  readonly answer: unknown;
  /** The answer is out with this (an invoke); a message is answered only when it is posted. */
  readonly answered: boolean;
}

/** What came of `commit`. */
export type Kept =
  | 'kept'
  /** The dialog has moved on since it was read: nothing was kept. */
  | 'moved'
  /** The activity was answered meanwhile by another process: nothing was kept. */
  | 'repeat';

/** The records of a turn: one statement to begin it, one to keep what it did, each shared by the turns of a moment. */
export interface Turns {
  /**
   * Takes a message for this process, and reads the dialog that `dialogId` names or, without one, the person's newest
   * open one.
   */
  begin(key: ActivityKey, personId: string, dialogId: string | undefined): Promise<Begin>;
  /**
   * Reads what an action needs and takes nothing: whether it was answered, and its dialog. It is taken when it is kept;
   * two that are at it at once find that out by the revision.
   */
  look(key: ActivityKey, dialogId: string | undefined): Promise<Begin>;
  /**
   * The dialog as this process last saw it, without asking the database. It may be out of date, so only a change that
   * `commit` checks by its revision may rest on it.
   */
  remembered(key: ActivityKey, dialogId: string | undefined): Dialog | undefined;
  /** Reads a dialog again, after somebody else was quicker. */
  readDialog(tenantId: string, id: string): Promise<Dialog | undefined>;
  /** Keeps all of `effect` or nothing; says which. The trail of a practice run lies under the tenant of `person`. */
  commit(key: ActivityKey, person: Person, effect: Effect): Promise<Kept>;
  /** Notes that the answer is out; written with the next few at once. */
  answered(key: ActivityKey, card?: { readonly dialogId: string; readonly activityId: string }): void;
  /** Gives an activity back that could not be answered, so that a repeat of it is taken; see `kept`. */
  release(key: ActivityKey): Promise<void>;
  /** Writes what `answered` has gathered. */
  flush(): Promise<void>;
}

/** A turn is answered within 4 s and a send within 8 s, so after 15 s its process has died. */
const leaseSeconds = 15;

// The planner knows nothing of young tables and would read them whole; LATERAL with LIMIT 1 leads it to the keys.
const answerAndDialog = `
LEFT JOIN LATERAL (
  SELECT answered_at IS NOT NULL AS answered, answer FROM inbox
  WHERE tenant_id = k.tenant_id AND conversation_id = k.conversation_id AND activity_id = k.activity_id LIMIT 1
) i ON true
LEFT JOIN LATERAL (
  (SELECT * FROM dialog
   WHERE id = k.dialog_id AND tenant_id = k.tenant_id AND conversation_id = k.conversation_id LIMIT 1)
  UNION ALL
  (SELECT * FROM dialog
   WHERE k.person_id IS NOT NULL AND tenant_id = k.tenant_id AND conversation_id = k.conversation_id
     AND owner_id = k.person_id AND is_open ORDER BY updated_at DESC LIMIT 1)
) d ON true
LEFT JOIN LATERAL (
  SELECT id AS drill FROM drill WHERE tenant_id = k.tenant_id AND conversation_id = k.conversation_id LIMIT 1
) p ON true`;

const lookColumns = 'n int, tenant_id text, conversation_id text, activity_id text, person_id text, dialog_id uuid';

const beginSql = `
WITH k AS (
  SELECT * FROM json_to_recordset($1::json) AS t(${lookColumns})
), claim AS (
  INSERT INTO inbox (tenant_id, conversation_id, activity_id, lease_until)
  SELECT tenant_id, conversation_id, activity_id, now() + interval '${leaseSeconds} seconds' FROM k
  ORDER BY tenant_id, conversation_id, activity_id
  ON CONFLICT (tenant_id, conversation_id, activity_id) DO UPDATE SET lease_until = excluded.lease_until
    WHERE inbox.answered_at IS NULL AND inbox.lease_until < now()
  RETURNING tenant_id, conversation_id, activity_id
)
SELECT c.activity_id IS NOT NULL AS claimed, i.answered, i.answer, p.drill, d.*
FROM k
LEFT JOIN claim c USING (tenant_id, conversation_id, activity_id)
${answerAndDialog}
ORDER BY k.n`;

const lookSql = `
WITH k AS (
  SELECT * FROM json_to_recordset($1::json) AS t(${lookColumns})
)
SELECT i.answered IS NOT TRUE AS claimed, i.answered, i.answer, p.drill, d.*
FROM k
${answerAndDialog}
ORDER BY k.n`;

// The dialog, the trail and the answer stand or fall together. A change of a dialog is kept when the revision is the
// one that was read; anything else is kept when nobody has answered the activity yet.
const commitSql = `
WITH k AS (
  SELECT * FROM json_to_recordset($1::json) AS t(
    n int, tenant_id text, conversation_id text, activity_id text, actor_id text,
    trail_tenant text, event text, subject text, details jsonb, answer jsonb, answered boolean,
    kind text, dialog_id uuid, revision int, state jsonb, is_open boolean, move_to text,
    feature text, teams_id text, name text)
), u AS (
  UPDATE dialog SET state = k.state, is_open = k.is_open, conversation_id = coalesce(k.move_to, dialog.conversation_id),
    revision = dialog.revision + 1, updated_at = now()
  FROM k
  WHERE k.kind = 'update' AND dialog.id = k.dialog_id AND dialog.tenant_id = k.tenant_id AND dialog.revision = k.revision
  RETURNING k.n
), claim AS (
  INSERT INTO inbox (tenant_id, conversation_id, activity_id, lease_until, answer, answered_at)
  SELECT tenant_id, conversation_id, activity_id, now(), answer, CASE WHEN answered THEN now() END FROM k
  WHERE kind <> 'update' OR n IN (SELECT n FROM u)
  ORDER BY tenant_id, conversation_id, activity_id
  ON CONFLICT (tenant_id, conversation_id, activity_id) DO UPDATE
    SET answer = excluded.answer, answered_at = excluded.answered_at
    WHERE inbox.answered_at IS NULL
  RETURNING tenant_id, conversation_id, activity_id
), ok AS (
  SELECT k.* FROM k LEFT JOIN claim c USING (tenant_id, conversation_id, activity_id)
  WHERE CASE WHEN kind = 'update' THEN n IN (SELECT n FROM u) ELSE c.activity_id IS NOT NULL END
), s AS (
  INSERT INTO dialog (id, tenant_id, conversation_id, feature, owner_id, owner_teams_id, owner_name, state)
  SELECT dialog_id, tenant_id, conversation_id, feature, actor_id, teams_id, name, state FROM ok WHERE kind = 'start'
), a AS (
  INSERT INTO audit (tenant_id, actor_id, conversation_id, event, subject, details)
  SELECT trail_tenant, actor_id, conversation_id, event, subject, details FROM ok WHERE event IS NOT NULL
)
SELECT n FROM ok`;

interface DialogRow {
  readonly id: string | null;
  readonly feature: string;
  readonly conversation_id: string;
  readonly owner_id: string;
  readonly owner_teams_id: string;
  readonly owner_name: string;
  readonly revision: number;
  readonly state: unknown;
  readonly is_open: boolean;
  readonly card_activity_id: string | null;
  readonly drill: string | null;
}
interface BeginRow extends DialogRow {
  readonly claimed: boolean;
  readonly answered: boolean | null;
  readonly answer: unknown;
}

function toDialog(row: DialogRow): Dialog | undefined {
  if (row.id === null) return undefined;
  return {
    id: row.id,
    feature: row.feature,
    place: { conversationId: row.conversation_id },
    ownerId: row.owner_id,
    ownerTeamsId: row.owner_teams_id,
    ownerName: row.owner_name,
    revision: row.revision,
    state: row.state,
    open: row.is_open,
    cardActivityId: row.card_activity_id ?? undefined,
    drill: row.drill ?? undefined,
  };
}

/**
 * JSON that PostgreSQL takes: it cannot hold NUL, nor half a surrogate pair. The text is read escape by escape, since
 * somebody may have typed a backslash before "u0000".
 */
const storable = (value: unknown): string => {
  const json = JSON.stringify(value ?? null);
  // Most of them have none of it, and the answer to a turn holds a whole card.
  if (!json.includes('\\u')) return json;
  return json.replace(/\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/g, (escape) =>
    escape === '\\u0000' ? '' : escape.startsWith('\\ud') ? '\uFFFD' : escape,
  );
};

const validId = (id: string | undefined) => (id !== undefined && isUuid(id) ? id : null);

const columnsOf = (key: ActivityKey) => ({
  tenant_id: key.tenantId,
  conversation_id: key.conversationId,
  activity_id: key.activityId,
});

function changeColumns(change: DialogChange | undefined, person: Person): object {
  if (change === undefined) return { kind: 'nothing' };
  if (change.kind === 'start') {
    return {
      kind: 'start',
      dialog_id: change.id,
      state: change.state,
      feature: change.feature,
      teams_id: person.teamsId,
      name: person.name,
    };
  }
  return {
    kind: 'update',
    dialog_id: change.dialog.id,
    revision: change.dialog.revision,
    state: change.state,
    is_open: change.open,
    move_to: change.moveTo?.conversationId ?? null,
  };
}

function begun(row: BeginRow, dialog: Dialog | undefined): Begin {
  const known: Known = { dialog, drill: row.drill ?? undefined };
  if (row.claimed) return { kind: 'fresh', ...known, ...(row.answer === null ? {} : { kept: row.answer }) };
  return row.answered ? { kind: 'answered', answer: row.answer, ...known } : { kind: 'taken', ...known };
}

/** How many dialogs a process remembers: far more than are answered at a time. */
const mostRemembered = 5_000;

/** The dialog as the database has it after a change. */
const changedDialog = ({ dialog, state, open, moveTo }: Extract<DialogChange, { kind: 'update' }>): Dialog => ({
  ...dialog,
  revision: dialog.revision + 1,
  state: JSON.parse(storable(state)) as unknown,
  open,
  place: { conversationId: moveTo?.conversationId ?? dialog.place.conversationId },
});

interface Answered extends ActivityKey {
  readonly dialogId: string | null;
  readonly cardId: string | null;
}

/** `onProblem` hears of marks that could not be written. */
export function createTurns(database: Database, onProblem: (error: unknown) => void): Turns {
  let waiting: Answered[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    try {
      await database.query(
        `WITH done AS (
           SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::text[]) AS t(tenant_id, conversation_id, activity_id, dialog_id, card_id)
         ), d AS (
           UPDATE dialog SET card_activity_id = done.card_id FROM done WHERE dialog.id = done.dialog_id
         )
         UPDATE inbox SET answered_at = now() FROM done
         WHERE inbox.tenant_id = done.tenant_id AND inbox.conversation_id = done.conversation_id
           AND inbox.activity_id = done.activity_id AND inbox.answered_at IS NULL`,
        [
          batch.map((row) => row.tenantId),
          batch.map((row) => row.conversationId),
          batch.map((row) => row.activityId),
          batch.map((row) => row.dialogId),
          batch.map((row) => row.cardId),
        ],
        'turn-answered',
      );
    } catch (error) {
      // Without the mark a repeat of the activity would be answered once more: a nuisance, no loss.
      onProblem(error);
    }
  };
  const asJson = (items: readonly object[]) => storable(items.map((item, n) => ({ n, ...item })));
  const beginOne = inBatches((items: readonly object[]) =>
    database.query<BeginRow>(beginSql, [asJson(items)], 'turn-begin'),
  );
  const lookOne = inBatches((items: readonly object[]) =>
    database.query<BeginRow>(lookSql, [asJson(items)], 'turn-look'),
  );
  const commitOne = inBatches(async (items: readonly object[]) => {
    const rows = await database.query<{ n: number }>(commitSql, [asJson(items)], 'turn-commit');
    const kept = new Set(rows.map((row) => row.n));
    return items.map((_item, n) => kept.has(n));
  });
  /** The same with rows of a feature: one transaction for this turn alone. */
  const commitWith = async (item: object, changes: readonly Change[]): Promise<boolean | 'moved'> => {
    const moved = new Error('a row has moved on');
    try {
      return await database.transaction(async (transaction) => {
        // The activity first: a repeat that is at it in this moment waits here and then finds it answered.
        if ((await transaction.query(commitSql, [asJson([item])])).length === 0) return false;
        for (const change of changes) if (!(await change(transaction))) throw moved;
        return true;
      });
    } catch (error) {
      if (error === moved) return 'moved';
      throw error;
    }
  };
  const memory = new Map<string, { readonly tenantId: string; readonly dialog: Dialog }>();
  const remember = (tenantId: string, dialog: Dialog | undefined): Dialog | undefined => {
    if (!dialog) return undefined;
    memory.delete(dialog.id);
    memory.set(dialog.id, { tenantId, dialog });
    if (memory.size > mostRemembered) memory.delete(memory.keys().next().value as string);
    return dialog;
  };
  const flush = (): Promise<void> => (writing = writing.then(write));

  return {
    async begin(key, personId, dialogId) {
      const row = await beginOne({
        ...columnsOf(key),
        // A button that names no valid dialog belongs to none, not to the person's newest.
        person_id: dialogId === undefined ? personId : null,
        dialog_id: validId(dialogId),
      });
      return begun(row, remember(key.tenantId, toDialog(row)));
    },
    async look(key, dialogId) {
      const row = await lookOne({ ...columnsOf(key), person_id: null, dialog_id: validId(dialogId) });
      return begun(row, remember(key.tenantId, toDialog(row)));
    },
    remembered(key, dialogId) {
      const known = dialogId === undefined ? undefined : memory.get(dialogId);
      const isHere = known?.tenantId === key.tenantId && known.dialog.place.conversationId === key.conversationId;
      return isHere ? known.dialog : undefined;
    },
    async readDialog(tenantId, id) {
      const [row] = await database.query<DialogRow>(
        `SELECT dialog.*, drill.id AS drill FROM dialog LEFT JOIN drill USING (tenant_id, conversation_id)
         WHERE dialog.id = $2::uuid AND tenant_id = $1`,
        [tenantId, id],
        'dialog-read',
      );
      return row && remember(tenantId, toDialog(row));
    },
    async commit(key, person, effect) {
      const { dialog, audit, changes } = effect;
      const item = {
        ...columnsOf(key),
        actor_id: person.aadObjectId,
        trail_tenant: person.tenantId,
        event: audit?.event ?? null,
        subject: audit?.subject ?? '',
        details: audit?.details ?? {},
        answer: effect.answer,
        answered: effect.answered,
        ...changeColumns(dialog, person),
      };
      const kept = changes?.length ? await commitWith(item, changes) : await commitOne(item);
      if (kept === 'moved') return 'moved';
      if (dialog?.kind === 'update') {
        if (kept) remember(key.tenantId, changedDialog(dialog));
        else memory.delete(dialog.dialog.id);
      }
      return kept ? 'kept' : dialog?.kind === 'update' ? 'moved' : 'repeat';
    },
    answered(key, card) {
      waiting.push({ ...key, dialogId: card?.dialogId ?? null, cardId: card?.activityId ?? null });
      if (waiting.length >= 500) void flush();
      else timer ??= setTimeout(() => void flush(), 200);
    },
    async release(key) {
      await database.query(
        `WITH gone AS (
           DELETE FROM inbox
           WHERE tenant_id = $1 AND conversation_id = $2 AND activity_id = $3 AND answered_at IS NULL AND answer IS NULL
         )
         UPDATE inbox SET lease_until = '-infinity'
         WHERE tenant_id = $1 AND conversation_id = $2 AND activity_id = $3 AND answered_at IS NULL AND answer IS NOT NULL`,
        [key.tenantId, key.conversationId, key.activityId],
      );
    },
    flush,
  };
}
