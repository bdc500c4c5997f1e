-- What people write down of an incident (F71 to F73): notes, and changes with what came of them. A number for each kind
-- and ICM, in the order of writing; `at` is when it happened, as said. A deleted one keeps its number and nothing else.
CREATE TABLE incident_entry (
  id uuid PRIMARY KEY,
  tenant_id text NOT NULL,
  icm_id uuid NOT NULL REFERENCES icm (id) ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('note', 'change')),
  seq integer NOT NULL CHECK (seq > 0),
  at timestamptz NOT NULL,
  words text NOT NULL,
  -- Of a change: who made it, and what came of it; '' is not said (yet).
  team text NOT NULL DEFAULT '',
  effect text NOT NULL DEFAULT '',
  effect_at timestamptz,
  effect_by_id text,
  effect_by_name text,
  author_id text NOT NULL,
  author_name text NOT NULL,
  -- Goes up with every change; a button carries the one that it was drawn with.
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  corrected_at timestamptz,
  deleted_at timestamptz,
  created_at timestamptz NOT NULL,
  UNIQUE (tenant_id, icm_id, kind, seq),
  CHECK (kind = 'change' OR (team = '' AND effect = '')),
  CHECK ((effect_at IS NULL) = (effect_by_id IS NULL)),
  CHECK (deleted_at IS NULL OR (words = '' AND team = '' AND effect = ''))
);
CREATE INDEX incident_entry_author ON incident_entry (tenant_id, author_id);

-- What a note or change said before it was corrected. Gone when it is deleted.
CREATE TABLE incident_entry_version (
  entry_id uuid NOT NULL REFERENCES incident_entry (id) ON DELETE CASCADE,
  tenant_id text NOT NULL,
  revision integer NOT NULL,
  at timestamptz NOT NULL,
  words text NOT NULL,
  team text NOT NULL,
  effect text NOT NULL,
  replaced_at timestamptz NOT NULL,
  PRIMARY KEY (entry_id, revision)
);
