-- A status update of an ICM, posted in its thread: the parts as they were typed (F75, F83). Rows are added and never
-- changed, but for the name of whoever asks to be forgotten. Without `next_at` it is the last one (T18).
CREATE TABLE status_update (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  icm_id uuid NOT NULL REFERENCES icm (id) ON DELETE CASCADE,
  -- 1, 2, 3 for each ICM: two that are posted at once are both kept, one after the other.
  sequence integer NOT NULL,
  audience text NOT NULL CHECK (audience IN ('external', 'internal')),
  stage text NOT NULL CHECK (stage IN ('progress', 'resolved')),
  what text NOT NULL,
  since text NOT NULL,
  who text NOT NULL,
  expect text NOT NULL DEFAULT '',
  steps text NOT NULL DEFAULT '',
  how text NOT NULL DEFAULT '',
  verified text NOT NULL DEFAULT '',
  next_at timestamptz,
  next_zone text,
  posted_by text NOT NULL,
  posted_by_name text NOT NULL,
  posted_at timestamptz NOT NULL,
  -- IANA zone of whoever posted it; its time is shown in it.
  zone text NOT NULL,
  UNIQUE (icm_id, sequence)
);
CREATE INDEX status_update_person ON status_update (tenant_id, posted_by);

-- The one message of an ICM's thread that shows what is known, changed in place with every update.
CREATE TABLE what_is_known (
  icm_id uuid PRIMARY KEY REFERENCES icm (id) ON DELETE CASCADE,
  tenant_id text NOT NULL,
  conversation_id text NOT NULL,
  activity_id text NOT NULL
);
